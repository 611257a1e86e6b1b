//! `juesuan query` and `juesuan rank`: questions to an archive. What is said stands in `catalog/query.toml`.

use std::fs;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Context, Result};
use juesuan_catalog::{Catalog, QueryWords, Question, filled};
use juesuan_office::State;
use juesuan_query::engine::{Engine, Limits};
use juesuan_query::{Asked, Error, Form, Target, copies, out, rank};

use crate::cli::{Query, Rank, RowForm};
use crate::exit::Refused;
use crate::terminal::{self, Out};

/// Asks.
pub fn run(options: &Query, catalog: &Catalog) -> Result<State> {
    let words = &catalog.query.words;
    let Some(archive) = &options.archive else {
        return Ok(list(catalog));
    };
    if options.questions {
        return Ok(list(catalog));
    }
    let done = ask(options, archive, catalog);
    let told = done.map_err(|fault| refused(&fault, words))?;
    if !told.is_empty() {
        terminal::say(told);
    }
    Ok(State::Clean)
}

fn ask(options: &Query, archive: &Path, catalog: &Catalog) -> Result<String, Error> {
    let asked =
        options.question.as_ref().map(|name| Asked::new(&catalog.query.questions, name, &settings(&options.set)?));
    let asked = asked.transpose()?;
    let engine = Engine::open(archive, catalog, limits(options.memory))?;
    let answer = match &asked {
        Some(asked) => asked.ask(&engine)?,
        None if options.copied => copies(&engine, options.sql.as_deref())?,
        None => engine.ask(options.sql.as_deref().unwrap_or_default(), Vec::new())?,
    };
    let target = options.out.as_deref().map_or(Target::Screen { rows: options.rows }, Target::File);
    let mut screen = BufWriter::new(Out);
    let told = out::write(answer, form(options), &target, &mut screen, &catalog.query.words)?;
    screen.flush()?;
    Ok(told)
}

/// Ranks.
pub fn ranked(options: &Rank, catalog: &Catalog) -> Result<State> {
    let words = &catalog.query.words;
    if let Some(folder) = &options.out {
        fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    let told = score(options, catalog).map_err(|fault| refused(&fault, words))?;
    terminal::say(told);
    Ok(State::Clean)
}

fn score(options: &Rank, catalog: &Catalog) -> Result<String, Error> {
    let words = &catalog.query.words;
    let engine = Engine::open(&options.archive, catalog, limits(options.memory))?;
    if let Some(folder) = &options.out {
        let files = rank::write(&engine, folder)?.join(" ");
        return Ok(filled(&words.said.ranked, &[("files", &files), ("folder", &folder.display().to_string())]));
    }
    let Some(answer) = rank::first(&engine)? else { return Ok(words.said.none.clone()) };
    let mut screen = BufWriter::new(Out);
    let told = out::write(answer, Form::Table, &Target::Screen { rows: usize::MAX }, &mut screen, words)?;
    screen.flush()?;
    Ok(told)
}

/// Lists the named questions with what may be set.
fn list(catalog: &Catalog) -> State {
    let said = &catalog.query.words.said;
    for question in catalog.query.questions.iter() {
        terminal::say(filled(&said.listed, &[("key", &question.key), ("title", &question.title)]));
        parameters(question, &catalog.query.words);
    }
    let count = catalog.query.questions.iter().count().to_string();
    terminal::say(filled(&said.how, &[("count", &count)]));
    State::Clean
}

fn parameters(question: &Question, words: &QueryWords) {
    for own in &question.parameters {
        let default = if own.default.is_empty() { &words.said.empty } else { &own.default };
        let values = [("name", own.name.as_str()), ("default", default), ("about", &own.about)];
        terminal::say(filled(&words.said.parameter, &values));
    }
}

/// `name=value` as people set it.
fn settings(set: &[String]) -> Result<Vec<(String, String)>, Error> {
    let split = |text: &String| match text.split_once('=') {
        Some((name, value)) => Ok((name.trim().to_owned(), value.trim().to_owned())),
        None => Err(Error::NoParameter { name: text.clone(), near: String::new() }),
    };
    set.iter().map(split).collect()
}

fn limits(memory: Option<usize>) -> Limits {
    let usual = Limits::default();
    Limits { megabytes: memory.unwrap_or(usual.megabytes), ..usual }
}

/// The form that was asked for, or that the name of the file says.
fn form(options: &Query) -> Form {
    let ending = options.out.as_deref().and_then(Path::extension).map(|ending| ending.to_string_lossy().to_lowercase());
    match (options.form, ending.as_deref()) {
        (Some(RowForm::Csv), _) | (None, Some("csv")) => Form::Csv,
        (Some(RowForm::Json), _) | (None, Some("json")) => Form::Json,
        (Some(RowForm::Parquet), _) | (None, Some("parquet")) => Form::Parquet,
        _ => Form::Table,
    }
}

fn refused(fault: &Error, words: &QueryWords) -> anyhow::Error {
    let state = if fault.is_misuse() { State::Misuse } else { State::Machine };
    Refused::error(state, fault.told(words))
}

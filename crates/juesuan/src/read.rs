//! `juesuan read`: what was recognised of a document, and what was not.

mod trace;

use std::collections::BTreeMap;

use anyhow::Result;
use juesuan_catalog::Catalog;
use juesuan_catalog::names::compared_with;
use juesuan_model::{Block, Cell, DocumentKind, Package, Place, Table};
use juesuan_office::data::ReadDocuments;
use juesuan_office::documents::{Detail, Found, Seen, each};
use juesuan_office::{Job, State, means};
use juesuan_write::escaped;

use crate::check;
use crate::cli::{Read, ReadFormat};
use crate::terminal;

/// Prints what was recognised of every document.
pub fn run(options: &Read, catalog: &Catalog) -> Result<State> {
    let mut exit = State::Clean;
    let mut documents = ReadDocuments::default();
    let disks = check::disks(&options.files);
    let detail = if options.trace { Detail::Trace } else { Detail::Result };
    let usual = means::usual();
    let job = Job::default().with_means(&usual);
    each(&check::trees(&disks), catalog, job, detail, |found| {
        match (found, options.format) {
            (Found::Skipped(problem), _) => terminal::warn(problem.to_string()),
            (Found::Refused(problem), ReadFormat::Text) => {
                exit = exit.max(State::Unread);
                terminal::warn(format!("没有读出　{problem}"));
            }
            (Found::Refused(problem), ReadFormat::Json) => {
                exit = exit.max(State::Unread);
                documents.push_refused(problem);
            }
            (Found::Document(seen), format) => {
                if !seen.problems.is_empty() || !seen.unread.is_empty() || seen.package.kind == DocumentKind::Unknown {
                    exit = exit.max(State::Unread);
                }
                match format {
                    ReadFormat::Text => people(&seen, catalog),
                    ReadFormat::Json => documents.push(*seen),
                }
            }
        }
        Ok(())
    })?;
    if options.format == ReadFormat::Json {
        terminal::say(escaped(&serde_json::to_string_pretty(&documents)?));
    }
    Ok(exit)
}

fn people(seen: &Seen, catalog: &Catalog) {
    terminal::say(format!("文件 {}", seen.file));
    terminal::say(check::identity(&seen.package, seen.pages, catalog));
    for unit in seen.package.entity.unit_names() {
        terminal::say(format!("　所属单位　{unit}"));
    }
    for part in &seen.package.document.parts {
        terminal::say(if part.title.is_empty() { "（没有标题的部分）" } else { part.title.as_str() });
        for block in &part.blocks {
            match block {
                Block::Heading { level, text, .. } => {
                    terminal::say(format!("{}{text}", "　".repeat(usize::from(*level))));
                }
                Block::Table(table) => terminal::say(format!("　　{}", table_line(table, &seen.package))),
                Block::Paragraph { .. } | Block::Chart(_) => {}
            }
        }
    }
    figures(&seen.package);
    for problem in &seen.problems {
        terminal::say(format!("没有读出　{}", without_file(&problem.place, &problem.message)));
    }
    for (place, text) in &seen.unread {
        terminal::say(format!("没有读懂　{}", without_file(place, text)));
    }
    if seen.problems.is_empty() && seen.unread.is_empty() {
        terminal::say("没有遗留没有读懂的地方。");
    }
    if let Some(trace) = &seen.trace {
        trace::say(trace);
    }
}

fn without_file(place: &Place, text: &str) -> String {
    let place = Place { file: None, ..place.clone() }.to_string();
    if place.is_empty() { text.to_owned() } else { format!("{place}：{text}") }
}

/// `收入决算表（income-by-function）　第9页　12行　数 34　空 50`.
fn table_line(table: &Table, package: &Package) -> String {
    let form = if table.form.is_empty() { "目录里没有的表".to_owned() } else { table.form.clone() };
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for cell in table.rows.iter().flat_map(|row| &row.cells) {
        let Some(figure) = cell.figure.and_then(|id| package.figure(id)) else { continue };
        let word = match figure.cell {
            Cell::Number(_) => "数",
            Cell::Blank | Cell::Dash | Cell::Absent => "空",
            Cell::Unreadable => "读不出",
        };
        *counts.entry(word).or_default() += 1;
    }
    let counts: Vec<String> = counts.into_iter().map(|(word, count)| format!("{word} {count}")).collect();
    let pages = match (table.pages.first(), table.pages.last()) {
        (Some(first), Some(last)) if first != last => format!("　第{first}—{last}页"),
        (Some(first), _) => format!("　第{first}页"),
        _ => String::new(),
    };
    format!("表 {}（{form}）{pages}　{}行　{}", table.title, table.rows.len(), counts.join("　"))
}

/// Every figure of the running text with its meaning; those of tables are counted above.
fn figures(package: &Package) {
    for figure in package.figures.iter().filter(|figure| figure.place.table.is_none()) {
        let Cell::Number(printed) = figure.cell else { continue };
        let meanings: Vec<String> = figure.meanings.iter().map(ToString::to_string).collect();
        let place = without_file(&figure.place, "");
        terminal::say(format!(
            "数　{printed}　{}　{}　{}",
            meanings.join("；"),
            measure_words(&figure.measure),
            place.trim_end_matches('：')
        ));
    }
}

fn measure_words(measure: &juesuan_model::Measure) -> String {
    use juesuan_model::Measure;
    let against = |against: &juesuan_model::Against| compared_with(*against);
    match measure {
        Measure::Amount => "金额".to_owned(),
        Measure::Change(than) => format!("比{}增减额", against(than)),
        Measure::Growth(than) => format!("比{}增减率", against(than)),
        Measure::Share { of } => format!("占{of}的比重"),
        Measure::Completion(than) => format!("完成{}的比例", against(than)),
        Measure::Count => "数量".to_owned(),
        Measure::Score => "得分".to_owned(),
    }
}

//! The budget of a body, as its final accounts say that it was approved: one table of 项 and a sentence.

use std::collections::BTreeMap;

use juesuan_catalog::names::{fund, item, stage};
use juesuan_model::table::{HeadColumn, TableBuilder};
use juesuan_model::{
    Block, Dimension, Document, Mark, Meaning, Measure, Money, Package, Part, Printed, Run, TableCell,
};
use serde::Deserialize;

/// Words of a budget; `{name}`, `{year}` and `{amount}` stand for what is the body's.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BudgetWords {
    /// Cover.
    pub title: String,
    /// Title of the part of the table.
    pub part: String,
    /// Title of the table.
    pub table: String,
    /// Who, above the table.
    pub entity: String,
    /// Unit, above the table.
    pub unit: String,
    /// Heads of code, name and amount.
    pub head: [String; 3],
    /// Name of the last row.
    pub total: String,
    /// Title of the part of the text.
    pub notes: String,
    /// Heading of the text.
    pub heading: String,
    /// The sentence.
    pub text: String,
    /// What the name of its file says.
    pub file: String,
}

/// The budget of which final accounts tell; `None` where they do not tell of all.
pub fn budget(accounts: &Package, words: &BudgetWords) -> Option<Document> {
    let general = Meaning::new()
        .with(Dimension::Item, item::EXPENSE)
        .with(Dimension::Stage, stage::INITIAL)
        .with(Dimension::Fund, fund::GENERAL);
    let mut functions: BTreeMap<String, Money> = BTreeMap::new();
    let mut whole = None;
    for figure in accounts.figures.iter().filter(|figure| figure.measure == Measure::Amount) {
        for meaning in &figure.meanings {
            match (meaning.get(Dimension::Function), figure.exact_fen) {
                (Some(function), Some(amount))
                    if function.len() == 7 && meaning.clone().without(Dimension::Function) == general =>
                {
                    functions.insert(function.to_owned(), amount);
                }
                (None, Some(amount)) if *meaning == general => whole = Some(amount),
                _ => {}
            }
        }
    }
    let sum: Money = functions.values().copied().sum();
    // A 项 that had a budget and spent nothing is not told of.
    let whole = whole.filter(|whole| *whole == sum)?;
    let names = names(accounts);
    let filled = |text: &str| {
        text.replace("{name}", &accounts.entity.name)
            .replace("{year}", &accounts.entity.year.to_string())
            .replace("{amount}", &Printed::wan_yuan(whole).digits_trimmed())
    };
    let table = table(&functions, whole, &names, words, &filled)?;
    let run = Run { text: filled(&words.text), figure: None, mark: Mark::Plain };
    let text = vec![
        Block::Heading { level: 1, text: words.heading.clone(), origin: Vec::new() },
        Block::Paragraph { runs: vec![run], origin: Vec::new() },
    ];
    let part = |title: &str, blocks| Part { title: filled(title), blocks, ..Part::default() };
    Some(Document {
        title: vec![filled(&words.title)],
        parts: vec![part(&words.part, vec![Block::Table(table)]), part(&words.notes, text)],
        ..Document::default()
    })
}

fn table(
    functions: &BTreeMap<String, Money>,
    whole: Money,
    names: &BTreeMap<&str, &str>,
    words: &BudgetWords,
    filled: &impl Fn(&str) -> String,
) -> Option<juesuan_model::Table> {
    let heads: Vec<HeadColumn<'_>> =
        words.head.iter().zip([12, 30, 14]).map(|(head, width)| HeadColumn::new(head, width)).collect();
    let mut rows: BTreeMap<&str, Money> = BTreeMap::new();
    for (function, amount) in functions {
        for digits in [3, 5, 7] {
            *rows.entry(function.get(..digits)?).or_default() += *amount;
        }
    }
    let number = |amount: Money| TableCell::number(Printed::wan_yuan(amount).digits(), None);
    let mut builder = TableBuilder::new(&heads);
    for (code, amount) in rows {
        builder.row(vec![TableCell::code(code), TableCell::words(*names.get(code)?), number(amount)]);
    }
    builder.total(vec![TableCell::code(""), TableCell::words(words.total.as_str()), number(whole)]);
    let mut table = builder.finish();
    (table.title, table.entity, table.unit) = (filled(&words.table), filled(&words.entity), filled(&words.unit));
    Some(table)
}

/// The names of codes, as the tables of the accounts print them.
fn names(accounts: &Package) -> BTreeMap<&str, &str> {
    let rows = accounts.document.tables().flat_map(|table| &table.rows);
    rows.filter_map(|row| match row.cells.as_slice() {
        [code, name, ..] if code.role == juesuan_model::CellRole::Code => Some((code.text.as_str(), name.text.trim())),
        _ => None,
    })
    .collect()
}

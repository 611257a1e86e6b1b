//! The budget of a body, as its final accounts say that it was approved: a sentence of all and one of each 项.

use std::collections::BTreeMap;

use juesuan_catalog::names::{fund, item, stage};
use juesuan_model::{Block, Dimension, Document, Mark, Meaning, Measure, Money, Package, Part, Printed, Run};
use serde::Deserialize;

/// Words of a budget; `{name}`, `{year}` and the like stand for what is the body's.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BudgetWords {
    /// Cover.
    pub title: String,
    /// Title of the part.
    pub part: String,
    /// Heading of the text.
    pub heading: String,
    /// The sentence of all.
    pub text: String,
    /// The sentence of one 项.
    pub line: String,
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
    let filled = |text: &str, amount: Money| {
        text.replace("{name}", &accounts.entity.name)
            .replace("{year}", &accounts.entity.year.to_string())
            .replace("{amount}", &Printed::wan_yuan(amount).digits_trimmed())
    };
    let mut texts = vec![filled(&words.text, whole)];
    for (number, (function, amount)) in (1..).zip(&functions) {
        let mut line = filled(&words.line, *amount).replace("{number}", &i32::to_string(&number));
        for (slot, digits) in [("{class}", 3), ("{section}", 5), ("{item}", 7)] {
            line = line.replace(slot, names.get(function.get(..digits)?)?);
        }
        texts.push(line);
    }
    let run = |text| Run { text, figure: None, mark: Mark::Plain };
    let paragraphs = texts.into_iter().map(|text| Block::Paragraph { runs: vec![run(text)], origin: Vec::new() });
    let heading = Block::Heading { level: 1, text: words.heading.clone(), origin: Vec::new() };
    let blocks = std::iter::once(heading).chain(paragraphs).collect();
    Some(Document {
        title: vec![filled(&words.title, whole)],
        parts: vec![Part { title: words.part.clone(), blocks, ..Part::default() }],
        ..Document::default()
    })
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

//! A table of last year that was photographed or scanned, as rows of last year's figures that somebody has yet to confirm.
//!
//! Each row says in its last column where the figure stands and how it was seen. As long as something stands in that column, the figure
//! counts and is told as unconfirmed: whoever has held it against the picture empties the cell.

use std::collections::BTreeMap;

use juesuan_catalog::pictured::PicturedWords;
use juesuan_catalog::{Catalog, InputFile};
use juesuan_facts::record::Record;
use juesuan_model::{Cell, Dimension, Figure, Meaning, Measure, Package, Place, Problem, Seen, Unit};

use crate::words::filled;

/// The kind of the rows.
const KIND: &str = "figures";
/// The column that says what nobody has confirmed.
const CONFIRM: &str = "confirm";
/// Columns and the coordinates that they hold.
const COLUMNS: [(&str, Dimension); 7] = [
    ("item", Dimension::Item),
    ("fund", Dimension::Fund),
    ("source", Dimension::Source),
    ("nature", Dimension::Nature),
    ("function", Dimension::Function),
    ("economic", Dimension::Economic),
    ("theme", Dimension::Theme),
];

/// What one place says of a meaning.
struct Said<'p> {
    amount: String,
    count: String,
    figure: &'p Figure,
    /// Another place says something else.
    torn: bool,
}

/// The rows of what was read of a document, as the file that holds them; `None` if nothing of it is a figure of last year.
pub fn rows(package: &Package, catalog: &Catalog) -> Option<(String, usize)> {
    let words = &catalog.pictured;
    let mut known: BTreeMap<Meaning, Said<'_>> = BTreeMap::new();
    for figure in &package.figures {
        let Some((amount, count)) = values(figure) else { continue };
        for meaning in figure.meanings.iter().filter_map(of_the_year) {
            let new = Said { amount: amount.clone(), count: count.clone(), figure, torn: false };
            match known.get_mut(&meaning) {
                None => drop(known.insert(meaning, new)),
                Some(old) if (&old.amount, &old.count) == (&amount, &count) => {
                    if better(figure.seen, old.figure.seen) {
                        *old = new;
                    }
                }
                Some(old) => old.torn = true,
            }
        }
    }
    let rows: Vec<String> = known.iter().map(|(meaning, said)| row(meaning, said, words)).collect();
    let spec = catalog.inputs.get(KIND)?;
    let keys = COLUMNS.iter().map(|(key, _)| *key).chain(["amount", "count", CONFIRM]);
    let head = |key| spec.column(key).and_then(|column| column.header.first()).map_or(key, String::as_str);
    let heads: Vec<&str> = keys.map(head).collect();
    (!rows.is_empty()).then(|| (format!("{}\n{}", heads.join(","), rows.concat()), rows.len()))
}

/// Amount in 元, or count, of a figure of last year; nothing of any other.
fn values(figure: &Figure) -> Option<(String, String)> {
    let Cell::Number(printed) = figure.cell else { return None };
    match figure.measure {
        Measure::Amount => Some((printed.money()?.to_string(), String::new())),
        Measure::Count if printed.unit == Unit::Piece && printed.decimals == 0 => {
            Some((String::new(), printed.mantissa.to_string()))
        }
        _ => None,
    }
}

/// A meaning whose coordinates all have a column: what was carried out in the year of the document.
fn of_the_year(meaning: &Meaning) -> Option<Meaning> {
    let has_column = |dimension: Dimension| COLUMNS.iter().any(|(_, own)| *own == dimension);
    let fits = meaning.get(Dimension::Item).is_some() && meaning.coordinates().all(|(own, _)| has_column(own));
    fits.then(|| meaning.clone())
}

fn better(new: Seen, old: Seen) -> bool {
    new.is_certain() && !old.is_certain()
}

fn row(meaning: &Meaning, said: &Said<'_>, words: &PicturedWords) -> String {
    let cells = COLUMNS.iter().map(|(_, dimension)| quoted(meaning.get(*dimension).unwrap_or_default()));
    let cells: Vec<String> =
        cells.chain([said.amount.clone(), said.count.clone(), quoted(&note(said, words))]).collect();
    format!("{}\n", cells.join(","))
}

/// What nobody has confirmed: how the figure was seen, and where it stands. Of a text nothing has to be confirmed.
fn note(said: &Said<'_>, words: &PicturedWords) -> String {
    let place = Place { file: None, quote: None, ..said.figure.place.clone() }.to_string();
    let how = match (said.torn, said.figure.seen) {
        (true, _) => words.torn.clone(),
        (false, Seen::Text | Seen::Corrected) => return String::new(),
        (false, Seen::Proven) => words.proven.clone(),
        (false, Seen::Picture(sure)) => filled(&words.unsure, &[("percent", &(u16::from(sure) / 10).to_string())]),
    };
    filled(&words.note, &[("how", &how), ("place", &place)])
}

fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

/// Tells of rows of last year's figures that nobody has confirmed, once a file.
pub(crate) fn unconfirmed(records: &[Record], catalog: &Catalog, problems: &mut Vec<Problem>) {
    let column = catalog.inputs.get(KIND).and_then(|kind: &InputFile| kind.column(CONFIRM));
    let Some(header) = column.and_then(|column| column.header.first()) else { return };
    let mut open: BTreeMap<Option<String>, (usize, Place)> = BTreeMap::new();
    for record in records.iter().filter(|record| record.filled(CONFIRM).is_some()) {
        let place = record.place(CONFIRM);
        open.entry(place.file.clone()).or_insert((0, place)).0 += 1;
    }
    for (count, first) in open.into_values() {
        let message = filled(&catalog.pictured.unconfirmed, &[("count", &count.to_string()), ("column", header)]);
        problems.push(Problem::doubt(first, message));
    }
}

#[cfg(test)]
mod tests {
    use juesuan_model::{Confidence, Printed};

    use super::*;

    fn figure(item: &str, more: Option<(Dimension, &str)>, digits: &str, seen: Seen) -> Figure {
        let mut meaning = Meaning::new().with(Dimension::Item, item);
        if let Some((dimension, node)) = more {
            meaning = meaning.with(dimension, node);
        }
        let cell = Cell::Number(Printed::parse(digits, Unit::WanYuan).unwrap());
        let place = Place { page: Some(3), row: Some("合计".into()), ..Place::default() };
        Figure { meanings: vec![meaning], measure: Measure::Amount, cell, exact_fen: None, place, seen }
    }

    #[test]
    fn figures_of_pictures_are_rows_that_say_what_is_to_be_confirmed() {
        let catalog = Catalog::load(&[]).unwrap();
        let unsure = Seen::Picture(Confidence::thousandths(870));
        let package = Package {
            figures: vec![
                figure("收入总计", None, "921.96", unsure),
                figure("收入总计", None, "921.96", Seen::Proven),
                figure("支出", Some((Dimension::Function, "2010301")), "1.50", unsure),
                figure("支出", Some((Dimension::Theme, "公务接待费")), "1.00", unsure),
                figure("支出", Some((Dimension::Theme, "公务接待费")), "7.00", unsure),
                // Of the budget: no column says so.
                figure("支出", Some((Dimension::Stage, "年初预算")), "3.00", unsure),
            ],
            ..Package::default()
        };
        let (file, count) = rows(&package, &catalog).unwrap();
        let lines: Vec<&str> = file.lines().collect();
        assert_eq!((count, lines.len()), (3, 4), "{file}");
        assert!(
            lines[0].starts_with("指标,资金性质,收入种类,支出性质,功能科目,经济科目,专题,金额,数量,待确认"),
            "{file}"
        );
        let line = |begin: &str| lines.iter().find(|line| line.starts_with(begin)).copied().unwrap_or_default();
        assert!(line("收入总计").contains(",9219600.00,,") && line("收入总计").contains("由合计验证"), "{file}");
        assert!(line("支出,,,,2010301").contains(",15000.00,,") && file.contains("87%"), "{file}");
        assert!(file.contains("两处不同"), "{file}");
        assert!(rows(&Package::default(), &catalog).is_none());
    }
}

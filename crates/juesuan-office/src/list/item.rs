//! One question of the list, with what was answered to it.

use juesuan_catalog::AskWords;
use juesuan_inputs::entered::answers::{Row, code};
use juesuan_model::{Ask, Need, Place, Wanted};
use juesuan_write::{AskCell, AskRow};

/// Between the parts of a place in the list.
const BETWEEN: char = '\u{3000}';

/// A question, with the words in which people are asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Whose document asks; empty: the department's.
    pub unit: String,
    /// Where it will stand: section, table, row, column, as far as they are known.
    pub place: Vec<String>,
    /// What to fill in.
    pub what: String,
    /// Why.
    pub why: String,
    /// Whether it must be there; `None`: it was answered.
    pub need: Option<Need>,
    /// The same for people.
    pub needed: String,
    /// What its cell takes.
    pub cell: AskCell,
    /// What stands in its cell; empty: nothing. Of a question that is still asked, what could not be read or says otherwise than
    /// another file.
    pub answer: String,
    /// By what an answer is known again.
    pub code: String,
}

impl Item {
    /// Every question of these documents in their order, then what was answered before.
    pub(super) fn all<'a>(
        lacking: impl Iterator<Item = (&'a str, &'a Ask)>,
        answers: Vec<Row>,
        department: &str,
        words: &AskWords,
    ) -> Vec<Item> {
        let whose = |row: &Row| row.unit.clone().filter(|unit| unit != department).unwrap_or_default();
        let mut answers = answers;
        let mut items = Vec::new();
        for (unit, ask) in lacking {
            let code = code(&ask.wanted);
            let own = |row: &Row| row.code == code && whose(row) == unit;
            let answered = answers.iter().position(own).map(|at| answers.remove(at));
            items.push(Item::open(ask, unit, answered, words));
        }
        items.extend(answers.into_iter().map(|row| Item::done(row, department, words)));
        items
    }

    /// A question, with what was answered to it in vain.
    fn open(ask: &Ask, unit: &str, answered: Option<Row>, words: &AskWords) -> Item {
        Item {
            unit: unit.to_owned(),
            place: place(&ask.place),
            what: words.what(ask),
            why: words.why(ask),
            need: Some(ask.need),
            needed: words.need(ask).to_owned(),
            cell: cell(&ask.wanted),
            answer: answered.map_or_else(String::new, |row| row.value.as_str().to_owned()),
            code: code(&ask.wanted),
        }
    }

    /// A question that was answered.
    fn done(row: Row, department: &str, words: &AskWords) -> Item {
        let [place, what, why] = row.said;
        let parts = place.split(BETWEEN).filter(|part| !part.is_empty()).map(str::to_owned);
        Item {
            unit: row.unit.filter(|unit| unit != department).unwrap_or_default(),
            place: parts.collect(),
            what,
            why,
            need: None,
            needed: words.book.done.clone(),
            cell: serde_json::from_str(&row.code).map_or(AskCell::Text, |wanted| cell(&wanted)),
            answer: row.value.as_str().to_owned(),
            code: row.code,
        }
    }

    /// True for what somebody can and must still answer here.
    pub fn is_must(&self) -> bool {
        self.need == Some(Need::Must) && self.cell != AskCell::Nothing
    }

    /// As a row of the workbook.
    pub(super) fn row(&self) -> AskRow {
        let Item { unit, place, what, why, needed, cell, answer, code, .. } = self.clone();
        let place = place.join(&BETWEEN.to_string());
        AskRow { unit, place, what, why, need: needed, must: self.is_must(), cell, answer, code }
    }
}

const fn cell(wanted: &Wanted) -> AskCell {
    match wanted {
        Wanted::Amount(_) => AskCell::Yuan,
        Wanted::Count(_) => AskCell::Count,
        Wanted::Cells(_) | Wanted::Word(_) | Wanted::Elsewhere(_) => AskCell::Nothing,
        Wanted::Cause(_)
        | Wanted::Text(_)
        | Wanted::Purpose(_)
        | Wanted::Indicator { .. }
        | Wanted::Topic { .. }
        | Wanted::Field { .. }
        | Wanted::Profile(_) => AskCell::Text,
    }
}

/// Where something will stand, for people who look at the document.
fn place(place: &Place) -> Vec<String> {
    let table = place.table.as_deref().filter(|table| place.section.as_deref() != Some(table));
    let parts = [place.section.as_deref(), table, place.row.as_deref(), place.column.as_deref()];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

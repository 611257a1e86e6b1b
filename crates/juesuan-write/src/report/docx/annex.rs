//! What is attached to a letter: the list that the unit fills in and returns, and what asks for nothing.

use juesuan_model::{Align, Cause, Finding, HeaderCell, Orientation, Severity, Table, TableCell, TableRow};

use super::{groups, unread};
use crate::docx::table;
use crate::report::{Checked, Named, Teller, words};

/// Room to write in a cell.
const BLANK: &str = "　　　　　　　　";

/// What is attached to a letter, with numbers in the titles where it is more than one thing.
pub(super) fn attached(checked: &Checked, teller: &Teller<'_>) -> Vec<Table> {
    let mut annexes: Vec<Table> = list(checked, teller).into_iter().chain(hints(checked, teller)).collect();
    let many = annexes.len() > 1;
    for (number, annex) in (1..).zip(&mut annexes) {
        let number: usize = number;
        let own = if many { number.to_string() } else { String::new() };
        annex.title = format!("附件{own}　{}", annex.title);
    }
    annexes
}

/// The annexes as they stand behind a letter; `number` is that of the letter, from 0.
pub(super) fn annexes(attached: &[Table], number: usize) -> String {
    let mut out = String::new();
    for (at, annex) in attached.iter().enumerate() {
        let bookmark = 2 * number + at;
        let break_before = if at == 0 { "" } else { "<w:pageBreakBefore/>" };
        out.push_str(&table::block(
            annex,
            (&format!("list-{}", bookmark + 1), bookmark),
            u32::MAX,
            break_before,
            false,
        ));
    }
    out
}

/// The list that the unit fills in and returns.
fn list(checked: &Checked, teller: &Teller<'_>) -> Option<Table> {
    let mut rows = Vec::new();
    for severity in [Severity::Error, Severity::Warning] {
        for finding in groups(checked, severity).into_iter().flatten() {
            let place = finding.places().next().map(|place| words::place(place, checked)).unwrap_or_default();
            rows.push(row(&[
                (&(rows.len() + 1).to_string(), Align::Center),
                (severity.word(), Align::Center),
                (&place, Align::Left),
                (&brief(finding, teller), Align::Left),
                (teller.remedy(&finding.code), Align::Left),
                (BLANK, Align::Left),
                (BLANK, Align::Left),
            ]));
        }
    }
    let annex = &teller.annex();
    (!rows.is_empty()).then(|| Table {
        title: annex.list.clone(),
        entity: format!("{}{}{}", annex.list_unit, words::name(checked), annex.list_seal),
        unit: annex.list_day.clone(),
        orientation: Orientation::Landscape,
        widths: vec![4, 5, 22, 28, 15, 13, 13],
        header: vec![header(&annex.list_heads)],
        rows,
        notes: vec![annex.list_note.clone()],
        ..Table::default()
    })
}

/// What asks for nothing: hints other than rounding, and what was not read.
fn hints(checked: &Checked, teller: &Teller<'_>) -> Option<Table> {
    let notices = groups(checked, Severity::Notice).into_iter().flatten();
    let notices = notices.filter(|finding| finding.cause != Some(Cause::Tail)).map(|finding| {
        let place = finding.places().next().map(|place| words::place(place, checked)).unwrap_or_default();
        (Severity::Notice.word(), place, format!("{}：{}", teller.headline(finding), teller.statement(finding)))
    });
    let unread = unread(checked).map(|(place, what)| (words::NOT_READ, words::place(place, checked), what.to_owned()));
    let rows: Vec<TableRow> = (1..)
        .zip(notices.chain(unread))
        .map(|(number, (kind, place, what))| {
            let number: usize = number;
            row(&[
                (&number.to_string(), Align::Center),
                (kind, Align::Center),
                (&place, Align::Left),
                (&what, Align::Left),
            ])
        })
        .collect();
    let annex = &teller.annex();
    (!rows.is_empty()).then(|| Table {
        title: annex.hints.clone(),
        orientation: Orientation::Landscape,
        widths: vec![4, 8, 28, 60],
        header: vec![header(&annex.hint_heads)],
        rows,
        ..Table::default()
    })
}

fn row(cells: &[(&str, Align)]) -> TableRow {
    let cell =
        |(text, align): &(&str, Align)| TableCell { text: (*text).to_owned(), align: *align, ..TableCell::default() };
    TableRow { cells: cells.iter().map(cell).collect(), total: false }
}

fn header(heads: &[String]) -> Vec<HeaderCell> {
    let head = |(column, text): (u16, &String)| HeaderCell { text: text.clone(), column, columns: 1, rows: 1 };
    (0..).zip(heads).map(head).collect()
}

/// A finding in one line: what is wrong, the two figures, the difference; what it states where there are no amounts.
fn brief(finding: &Finding, teller: &Teller<'_>) -> String {
    let figures: Vec<Named> = teller.figures(finding).into_iter().take(2).collect();
    let mut out = teller.headline(finding).to_owned();
    if figures.iter().all(|named| named.unit.is_empty()) {
        out.push_str(&format!("：{}", teller.statement_at_its_place(finding).trim_end_matches('。')));
        return out;
    }
    let figures: Vec<String> =
        figures.iter().map(|named| format!("{}{}{}", named.label, named.value, named.unit)).collect();
    out.push_str(&format!("：{}", figures.join("，")));
    if let Some(difference) = finding.difference {
        out.push_str(&format!("，相差{}", teller.difference(difference)));
    }
    out
}

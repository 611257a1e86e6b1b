//! Exports that put all that an entry is of into one cell: `【功能分类:2130104】【经济分类:30101】`, `[资金性质]一般公共预算`. Each entry gets it in
//! columns of its own.

use std::collections::BTreeSet;

use juesuan_text::part_of_text;

use super::column::Column;
use super::kind::Kind;
use super::layout::Layout;
use super::records::Records;
use super::widen::Widened;
use crate::words::head_form;

/// Longest label, in characters.
const LABEL_MAX: usize = 20;

/// The text with a column for each thing that such cells tell; `None` where there are none. Lines stay where they are.
pub fn unfold(text: &[u8], kind: &Kind<'_>) -> Option<Vec<u8>> {
    let layout = Layout::best(text, kind)?;
    let cells: Vec<usize> = (0..layout.width()).filter(|index| kind.is_details(&layout, *index)).collect();
    if cells.is_empty() {
        return None;
    }
    // A column that holds all of it is none of a project, whatever its head may mean elsewhere.
    let is_open = |column: Column| layout.index(column).is_none_or(|index| cells.contains(&index));
    let said = |records: &Records<'_>| -> Vec<(Column, String)> {
        let own = cells.iter().map(|index| String::from_utf8_lossy(records.field(*index)).into_owned());
        let labelled = own.flat_map(|cell| labelled(&cell, kind));
        labelled.filter(|(column, _)| is_open(*column)).collect()
    };
    let mut told: BTreeSet<Column> = BTreeSet::new();
    let mut records = Records::new(text, layout.start, layout.separator);
    while records.advance() {
        told.extend(said(&records).into_iter().map(|(column, _)| column));
    }
    if told.is_empty() {
        return None;
    }
    let mut widened = Widened::new(&layout, text.len());
    let mut records = Records::new(text, 0, layout.separator);
    while records.advance() {
        let in_head = records.line() < layout.line;
        let said = if in_head { Vec::new() } else { said(&records) };
        let field = |index: usize| if in_head && cells.contains(&index) { &b""[..] } else { records.field(index) };
        let value =
            |column: &Column| said.iter().find(|(own, _)| own == column).map_or("", |(_, value)| value.as_str());
        let cell = |column: &Column| if in_head { kind.usual(*column) } else { value(column) };
        widened.record((&records, &layout), Some(&field), told.iter().map(cell));
    }
    Some(widened.text())
}

/// What a cell tells by labels that are heads of columns, each with what stands behind it.
fn labelled(cell: &str, kind: &Kind<'_>) -> Vec<(Column, String)> {
    let opens = |c: char| c.is_whitespace() || "【[{（(；;，,、|/\\".contains(c);
    let mut labels: Vec<(usize, usize, Column)> = Vec::new();
    let (mut start, mut characters) = (0, 0);
    for (at, c) in cell.char_indices() {
        characters += 1;
        if matches!(c, ':' | '：' | '=' | '＝' | ']' | '】') {
            let label = head_form(part_of_text(cell, start..at), kind.words);
            let named = |(column, heads): &&(Column, Vec<String>)| {
                Column::DIMENSIONS.contains(column) && characters <= LABEL_MAX && heads.contains(&label)
            };
            if let Some((column, _)) = kind.heads.iter().find(named) {
                labels.push((start, at + c.len_utf8(), *column));
            }
            (start, characters) = (at + c.len_utf8(), 0);
        } else if opens(c) {
            (start, characters) = (at + c.len_utf8(), 0);
        }
    }
    let around = |c: char| opens(c) || matches!(c, ':' | '：' | ']' | '】' | '}');
    let mut out = Vec::with_capacity(labels.len());
    for (index, (_, value, column)) in labels.iter().enumerate() {
        let next = labels.get(index + 1).map_or(cell.len(), |(next, ..)| *next);
        // The bracket that closes a name belongs to it: `林场（二期）`.
        let text = part_of_text(cell, *value..next).trim_start_matches(around);
        let text = text.trim_end_matches(|c: char| around(c) && !"（(".contains(c));
        if !text.is_empty() {
            out.push((*column, text.to_owned()));
        }
    }
    out
}

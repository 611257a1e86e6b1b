//! Columns of an export that were not recognised: named once, each with what it most likely is.

use juesuan_catalog::ColumnKind;
use juesuan_model::{Place, Problem};

use super::cell_text::half_width_text;
use super::column::Column;
use super::kind::Kind;
use super::layout::Layout;
use super::records::Records;
use crate::words::{bare_head, is};

/// Meanings named for a column.
const MEANINGS_MAX: usize = 3;
/// Records looked at for what a column holds.
const LOOKED_AT: usize = 50;
/// What words that are allowed in a column, or codes of its length, weigh against the letters of its head.
const CONTENT_WEIGHS: usize = 100;

/// One problem that names all columns of a file that are neither read nor known to be of no use.
pub fn columns(text: &[u8], file: &str, layout: &Layout, kind: &Kind<'_>) -> Option<Problem> {
    let mut unknown = layout.unknown(kind.words);
    // A column that only people read is one of the kind all the same.
    unknown.retain(|(_, head)| !kind.input.column.iter().any(|known| is(head, &known.header)));
    if unknown.is_empty() {
        return None;
    }
    let told = unknown.iter().map(|(index, head)| {
        let entries = entries(text, layout, *index);
        let name = |key: &&str| format!("“{}”", kind.usual_of(key));
        match likeliest(head, &entries, layout, kind).iter().map(name).collect::<Vec<_>>().join("、") {
            meanings if meanings.is_empty() => format!("“{head}”"),
            meanings => format!("“{head}”（可能是{meanings}）"),
        }
    });
    let message = format!(
        "没有识别的列：{}；没有用到。要用的，请在 mapping.toml 的 [{}] 里写明",
        told.collect::<Vec<_>>().join("、"),
        kind.input.key
    );
    let place = Place { file: Some(file.to_owned()), line: Some(layout.line.max(1)), ..Place::default() };
    Some(Problem::doubt(place, message))
}

fn entries(text: &[u8], layout: &Layout, index: usize) -> Vec<String> {
    let mut records = Records::new(text, layout.start, layout.separator);
    let mut out = Vec::new();
    for _ in 0..LOOKED_AT {
        if !records.advance() {
            break;
        }
        let entry = half_width_text(records.field(index)).trim().to_owned();
        if !entry.is_empty() {
            out.push(entry);
        }
    }
    out
}

/// Keys of the lacking columns that a column may be, the likeliest first.
pub fn keys(text: &[u8], layout: &Layout, index: usize, kind: &Kind<'_>) -> Vec<String> {
    let head = layout.names(index).first().map_or("", String::as_str);
    likeliest(head, &entries(text, layout, index), layout, kind).into_iter().map(str::to_owned).collect()
}

fn likeliest<'k>(head: &str, entries: &[String], layout: &'k Layout, kind: &'k Kind<'_>) -> Vec<&'k str> {
    let head = bare_head(head);
    let mut scored: Vec<(usize, &str)> = kind
        .lacking(layout)
        .filter_map(|(column, words)| {
            let shared = words.iter().map(|word| shared_percent(&head, word)).max().unwrap_or(0);
            let fits = !entries.is_empty() && entries.iter().all(|entry| holds(column, entry, kind));
            let score = shared + if fits { CONTENT_WEIGHS } else { 0 };
            (score > 0).then(|| (score, column.key()))
        })
        .collect();
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    scored.into_iter().take(MEANINGS_MAX).map(|(_, key)| key).collect()
}

/// Pairs of neighbouring letters that two heads share, of a hundred.
fn shared_percent(head: &str, word: &str) -> usize {
    let pairs = |text: &str| -> Vec<(char, char)> { text.chars().zip(text.chars().skip(1)).collect() };
    let (head, word) = (pairs(head), pairs(word));
    let shared = word.iter().filter(|pair| head.contains(pair)).count();
    200 * shared / (head.len() + word.len()).max(1)
}

/// True if an entry is what a column holds and few others do: a code of its length, or one of its words.
fn holds(column: Column, entry: &str, kind: &Kind<'_>) -> bool {
    let digits = entry.chars().filter(char::is_ascii_digit).count();
    let Some(spec) = kind.input.readable().find(|known| known.key == column.key()) else {
        return false;
    };
    // `2002.0` is an amount.
    let is_whole = !entry.contains('.');
    match (column, spec.kind) {
        (Column::Function, _) => digits == 7 && is_whole,
        (Column::Economic, _) => digits == 5 && is_whole,
        (Column::Direction, _) => is(entry, &kind.words.debit) || is(entry, &kind.words.credit),
        (_, ColumnKind::Choice) => spec.choices.iter().any(|choice| entry.contains(choice.as_str())),
        _ => false,
    }
}

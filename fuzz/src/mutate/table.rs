//! Cells of a table as text: exchanged, dropped, doubled, filled with something else.

use super::{bytes, sentence};
use crate::random::Random;

/// One change of a row or cell; what has no separator is one column.
pub fn change(text: &str, random: &mut Random) -> String {
    let separator = [',', '\t', ';'].into_iter().max_by_key(|c| text.matches(*c).count()).unwrap_or(',');
    let mut rows: Vec<Vec<String>> =
        text.split('\n').map(|row| row.split(separator).map(str::to_owned).collect()).collect();
    let (row, other) = (random.below(rows.len()), random.below(rows.len()));
    let (cell, beside) = (random.below(rows[row].len()), random.below(rows[other].len()));
    match random.below(10) {
        0 => {
            let copies = vec![rows[row].clone(); random.times(6)];
            rows.splice(row..row, copies);
        }
        1 => drop(rows.remove(row)),
        2 => drop(rows[row].remove(cell)),
        3 => rows[row][cell] = rows[other][beside].clone(),
        4 => {
            let wide = vec![String::new(); random.times(8)];
            rows[row].splice(cell..cell, wide);
        }
        5 => rows.swap(row, other),
        // A column goes everywhere.
        6 => rows.iter_mut().filter(|row| row.len() > cell).for_each(|row| drop(row.remove(cell))),
        7 => rows[row][cell] = sentence::change(&rows[row][cell], random),
        8 => rows[row][cell] = format!("\"{}", rows[row][cell]),
        _ => rows[row][cell] = bytes::word(random).to_owned(),
    }
    rows.into_iter().map(|row| row.join(&separator.to_string())).collect::<Vec<_>>().join("\n")
}

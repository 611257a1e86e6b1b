//! Which cells of an XLSX file are shown in percent: 0.038 is stored and 3.8% printed. Of an XLS file `biff` tells it.

use std::collections::BTreeMap;

use juesuan_model::Problem;

use crate::archive::Archive;
use crate::drawings::{each, worksheets};
use crate::xml;

/// The formats 0% and 0.00% that every workbook has. Source: ECMA-376 part 1, 18.8.30.
pub(crate) const BUILT_IN: [(u32, usize); 2] = [(9, 0), (10, 2)];

/// A cell that is shown in percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Percent {
    /// Row, counted from 0.
    pub row: usize,
    /// Column, counted from 0.
    pub column: usize,
    /// Decimals that are shown.
    pub decimals: usize,
}

/// The cells that are shown in percent, by the name of their sheet.
pub fn cells(name: &str, bytes: &[u8]) -> Result<BTreeMap<String, Vec<Percent>>, Problem> {
    let mut archive = Archive::open(name, bytes)?;
    let styles = styles(&mut archive)?;
    let mut found = BTreeMap::new();
    if styles.is_empty() {
        return Ok(found);
    }
    for (sheet, path) in worksheets(&mut archive)? {
        let mut cells = Vec::new();
        each(&mut archive, &path, &mut |tag| {
            if xml::name(tag) == "c"
                && let Some(decimals) = xml::number(tag, "s").and_then(|style: usize| styles.get(&style))
                && let Some((row, column)) = xml::attribute(tag, "r").and_then(|at| position(&at))
            {
                cells.push(Percent { row, column, decimals: *decimals });
            }
        })?;
        found.insert(sheet, cells);
    }
    Ok(found)
}

/// The styles of cells that show percent, with their decimals.
fn styles(archive: &mut Archive<&[u8]>) -> Result<BTreeMap<usize, usize>, Problem> {
    let mut formats: BTreeMap<u32, usize> = BUILT_IN.into();
    let mut styles = BTreeMap::new();
    let (mut inside, mut count) = (false, 0);
    each(archive, "xl/styles.xml", &mut |tag| match xml::name(tag) {
        "numFmt" => {
            let code = xml::attribute(tag, "formatCode").unwrap_or_default();
            if let (Some(id), Some(decimals)) = (xml::number(tag, "numFmtId"), decimals(&code)) {
                formats.insert(id, decimals);
            }
        }
        "cellXfs" => inside = true,
        "cellStyles" | "dxfs" => inside = false,
        "xf" if inside => {
            let format = xml::number(tag, "numFmtId").and_then(|id: u32| formats.get(&id));
            styles.extend(format.map(|decimals| (count, *decimals)));
            count += 1;
        }
        _ => {}
    })?;
    Ok(styles)
}

/// The decimals of a format that shows percent: `0.0%`, `#,##0.00%;[Red]-0.00%`.
pub(crate) fn decimals(code: &str) -> Option<usize> {
    let (number, _) = code.split(';').next()?.split_once('%')?;
    if number.matches('"').count() % 2 == 1 {
        return None;
    }
    Some(number.rsplit_once('.').map_or(0, |(_, places)| places.chars().filter(|c| matches!(c, '0' | '#')).count()))
}

/// Row and column of `B12`, counted from 0.
fn position(at: &str) -> Option<(usize, usize)> {
    let letters = at.chars().take_while(char::is_ascii_uppercase).count();
    let (column, row) = at.split_at_checked(letters)?;
    let column = column
        .bytes()
        .try_fold(0usize, |sum, letter| sum.checked_mul(26)?.checked_add(usize::from(letter.checked_sub(b'A')?) + 1))?;
    Some((row.parse::<usize>().ok()?.checked_sub(1)?, column.checked_sub(1)?))
}

/// A stored number as it is shown in percent; `None` for what is no decimal number.
pub fn shown(stored: &str, decimals: usize) -> Option<String> {
    let (sign, digits) = stored.strip_prefix('-').map_or(("", stored), |rest| ("-", rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if !whole.chars().chain(fraction.chars()).all(|c| c.is_ascii_digit()) {
        return None;
    }
    let padded = format!("{whole}{fraction:0<width$}", width = decimals + 3);
    let kept = whole.len() + 2 + decimals;
    let mut number: u128 = padded.get(..kept)?.parse().ok()?;
    // Halves go away from zero, as spreadsheets show them.
    number += u128::from(padded.as_bytes().get(kept).is_some_and(|next| *next >= b'5'));
    let text = format!("{number:0>width$}", width = decimals + 1);
    let (whole, fraction) = text.split_at_checked(text.len() - decimals)?;
    let point = if decimals > 0 { "." } else { "" };
    Some(format!("{sign}{whole}{point}{fraction}%"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stored_part_is_shown_in_percent_with_the_decimals_of_its_format() {
        for (stored, decimals, text) in [
            ("0.038", 1, "3.8%"),
            ("0.038", 0, "4%"),
            ("1", 2, "100.00%"),
            ("-0.00125", 2, "-0.13%"),
            ("12.3456", 2, "1234.56%"),
            ("0", 1, "0.0%"),
        ] {
            assert_eq!(shown(stored, decimals).as_deref(), Some(text), "{stored}");
        }
        assert_eq!(shown("1e5", 0), None);
    }

    #[test]
    fn formats_and_cells_are_told_by_how_they_are_written() {
        assert_eq!(decimals("0.0%"), Some(1));
        assert_eq!(decimals("#,##0.00%;[Red]-0.00%"), Some(2));
        assert_eq!(decimals("0\"%\""), None);
        assert_eq!(decimals("0.00"), None);
        assert_eq!((position("B12"), position("AA1"), position("12")), (Some((11, 1)), Some((0, 26)), None));
    }
}

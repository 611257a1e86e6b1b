//! How the numbers of an XLSX file are shown: 0.038 is stored and 3.8% printed, 1.5 is stored and 1.50 printed. Of an XLS file
//! `biff` tells it.

use std::collections::BTreeMap;

use juesuan_model::Problem;

use crate::archive::Archive;
use crate::drawings::{each, worksheets};
use crate::hidden::Hidden;
use crate::xml;

/// How a number is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Way {
    /// Decimals that are printed.
    pub decimals: usize,
    /// True for percent.
    pub percent: bool,
}

/// The formats 0.00, #,##0.00, 0%, 0.00% and those with two decimals for money that every workbook has. Source: ECMA-376 part 1,
/// 18.8.30.
pub(crate) const BUILT_IN: [(u32, Way); 8] = [
    (2, Way { decimals: 2, percent: false }),
    (4, Way { decimals: 2, percent: false }),
    (9, Way { decimals: 0, percent: true }),
    (10, Way { decimals: 2, percent: true }),
    (39, Way { decimals: 2, percent: false }),
    (40, Way { decimals: 2, percent: false }),
    (43, Way { decimals: 2, percent: false }),
    (44, Way { decimals: 2, percent: false }),
];

/// A cell whose number is shown otherwise than it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Row, counted from 0.
    pub row: usize,
    /// Column, counted from 0.
    pub column: usize,
    /// How it is shown.
    pub way: Way,
}

/// How a sheet shows its cells.
#[derive(Debug, Default)]
pub struct Look {
    /// The cells whose numbers are shown otherwise than they are stored.
    pub cells: Vec<Shown>,
    /// Rows and columns that are not shown.
    pub hidden: Hidden,
}

/// How each sheet shows its cells, by its name.
pub fn looks(name: &str, bytes: &[u8]) -> Result<BTreeMap<String, Look>, Problem> {
    let mut archive = Archive::open(name, bytes)?;
    let styles = styles(&mut archive)?;
    let mut found = BTreeMap::new();
    for (sheet, path) in worksheets(&mut archive)? {
        let mut look = Look::default();
        each(&mut archive, &path, &mut |tag| match xml::name(tag) {
            "c" => {
                if let Some(way) = xml::number(tag, "s").and_then(|style: usize| styles.get(&style))
                    && let Some((row, column)) = xml::attribute(tag, "r").and_then(|at| position(&at))
                {
                    look.cells.push(Shown { row, column, way: *way });
                }
            }
            "row" => look.hidden.row(tag),
            "col" => look.hidden.column(tag),
            _ => {}
        })?;
        found.insert(sheet, look);
    }
    Ok(found)
}

/// The cells whose numbers are shown otherwise than they are stored, by the name of their sheet.
pub fn cells(name: &str, bytes: &[u8]) -> BTreeMap<String, Vec<Shown>> {
    let looks = looks(name, bytes).unwrap_or_default();
    looks.into_iter().map(|(sheet, look)| (sheet, look.cells)).collect()
}

/// The styles of cells that say how numbers are shown.
fn styles(archive: &mut Archive<&[u8]>) -> Result<BTreeMap<usize, Way>, Problem> {
    let mut formats: BTreeMap<u32, Way> = BUILT_IN.into();
    let mut styles = BTreeMap::new();
    let (mut inside, mut count) = (false, 0);
    each(archive, "xl/styles.xml", &mut |tag| match xml::name(tag) {
        "numFmt" => {
            let code = xml::attribute(tag, "formatCode").unwrap_or_default();
            if let (Some(id), Some(way)) = (xml::number(tag, "numFmtId"), way(&code)) {
                formats.insert(id, way);
            }
        }
        "cellXfs" => inside = true,
        "cellStyles" | "dxfs" => inside = false,
        "xf" if inside => {
            let format = xml::number(tag, "numFmtId").and_then(|id: u32| formats.get(&id));
            styles.extend(format.map(|way| (count, *way)));
            count += 1;
        }
        _ => {}
    })?;
    Ok(styles)
}

/// What a format says of numbers: `0.0%`, `#,##0.00%;[Red]-0.00%`, `_ * #,##0.00_ `; nothing where it has no decimals and no percent,
/// or is one of days or of other words.
pub(crate) fn way(code: &str) -> Option<Way> {
    let first = code.split(';').next()?;
    let (number, percent) = first.split_once('%').map_or((first, false), |(number, _)| (number, true));
    if number.matches('"').count() % 2 == 1 {
        return None;
    }
    let places = |(_, places): (&str, &str)| places.chars().take_while(|c| matches!(c, '0' | '#')).collect::<String>();
    let places = number.rsplit_once('.').map(places).unwrap_or_default();
    let plain = number.chars().all(|c| !c.is_ascii_alphabetic() && !matches!(c, '"' | '/'));
    // What need not be printed is no decimal of a number that is not in percent.
    let printed = places.chars().take_while(|c| *c == '0').count();
    match percent {
        true => Some(Way { decimals: places.len(), percent }),
        false => (printed > 0 && plain).then_some(Way { decimals: printed, percent }),
    }
}

/// Row and column of `B12`, counted from 0.
pub(crate) fn position(at: &str) -> Option<(usize, usize)> {
    let letters = at.chars().take_while(char::is_ascii_uppercase).count();
    let (column, row) = at.split_at_checked(letters)?;
    let column = column
        .bytes()
        .try_fold(0usize, |sum, letter| sum.checked_mul(26)?.checked_add(usize::from(letter.checked_sub(b'A')?) + 1))?;
    Some((row.parse::<usize>().ok()?.checked_sub(1)?, column.checked_sub(1)?))
}

/// A stored number as it is shown: with the zeros that are printed behind it, never with fewer decimals than it has; `None` for
/// what is shown as it is stored.
pub fn shown(stored: &str, way: Way) -> Option<String> {
    if way.percent {
        return in_percent(stored, way.decimals);
    }
    let (_, fraction) = stored.split_once('.').unwrap_or((stored, ""));
    let digits = stored.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '.'));
    let missing = way.decimals.checked_sub(fraction.len()).filter(|missing| *missing > 0 && digits)?;
    let point = if fraction.is_empty() { "." } else { "" };
    Some(format!("{stored}{point}{}", "0".repeat(missing)))
}

/// A stored number in percent; `None` for what is no decimal number.
fn in_percent(stored: &str, decimals: usize) -> Option<String> {
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
            assert_eq!(shown(stored, Way { decimals, percent: true }).as_deref(), Some(text), "{stored}");
        }
        assert_eq!(shown("1e5", Way { decimals: 0, percent: true }), None);
    }

    #[test]
    fn zeros_that_are_printed_behind_a_number_are_read_and_no_decimal_is_cut() {
        let way = Way { decimals: 2, percent: false };
        for (stored, text) in
            [("0", Some("0.00")), ("-31.5", Some("-31.50")), ("7.126", None), ("7.12", None), ("1e5", None)]
        {
            assert_eq!(shown(stored, way).as_deref(), text, "{stored}");
        }
    }

    #[test]
    fn formats_and_cells_are_told_by_how_they_are_written() {
        let told = |code: &str| way(code).map(|way| (way.decimals, way.percent));
        assert_eq!(told("0.0%"), Some((1, true)));
        assert_eq!(told("#,##0.00%;[Red]-0.00%"), Some((2, true)));
        assert_eq!(told("_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * \"-\"??_ ;_ @_ "), Some((2, false)));
        assert_eq!((told("0.00"), told("0.##"), told("0")), (Some((2, false)), None, None));
        assert_eq!((told("0\"%\""), told("yyyy.00"), told("0.00\"元\"")), (None, None, None));
        assert_eq!((position("B12"), position("AA1"), position("12")), (Some((11, 1)), Some((0, 26)), None));
    }
}

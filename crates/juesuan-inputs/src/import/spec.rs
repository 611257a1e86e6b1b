//! Sheets and labels of the workbook by the words that the catalogue has for them.

use juesuan_catalog::workbook::{SheetSpec, Workbook};
use juesuan_read::{Grid, Value};
use juesuan_text::numeral;

use crate::words::bare_head;

/// Rows above the head in which a title may stand.
const TITLE_ROWS: usize = 5;

/// What a sheet is: by a title of its own, else by its number.
pub fn sheet<'w>(workbook: &'w Workbook, grid: &Grid) -> Option<&'w SheetSpec> {
    let texts = texts(grid);
    let titled = texts.iter().find_map(|text| {
        let title = bare_title(text);
        workbook.sheets.iter().find(|sheet| sheet.titles.iter().any(|t| bare_head(t) == title))
    });
    titled.or_else(|| {
        let numbers: Vec<String> = texts.iter().filter_map(|text| number(text)).collect();
        workbook.sheets.iter().find(|sheet| sheet.numbers.iter().any(|n| numbers.contains(n)))
    })
}

/// The title of a sheet that no public table needs. A title of its own counts before a number: years number differently.
pub fn aside<'w>(workbook: &'w Workbook, grid: &Grid) -> Option<&'w str> {
    let texts = texts(grid);
    let titled = texts.iter().find_map(|text| {
        let title = bare_title(text);
        workbook.aside.iter().find(|aside| bare_head(&aside.title) == title)
    });
    let numbers: Vec<String> = texts.iter().filter_map(|text| number(text)).collect();
    let numbered = || workbook.aside.iter().find(|aside| aside.numbers.iter().any(|n| numbers.contains(n)));
    titled.or_else(numbered).map(|aside| aside.title.as_str())
}

/// Name of a sheet and the cells above its head.
fn texts(grid: &Grid) -> Vec<&str> {
    let above = grid.rows.iter().take(TITLE_ROWS).flat_map(|row| &row.cells).map(Value::as_str);
    std::iter::once(grid.sheet.as_str()).chain(above).filter(|t| !t.is_empty()).collect()
}

/// `Z01 收入支出决算总表(财决01表)` is `收入支出决算总表`.
fn bare_title(text: &str) -> String {
    let text = bare_head(text);
    let text = text.split('(').next().unwrap_or_default();
    text.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '－')).to_owned()
}

/// `财决08-1表`, `Z08_1 …`, `附03表`, `F03` → `08-1`, `08-1`, `附03`, `附03`.
fn number(text: &str) -> Option<String> {
    let text = bare_head(text).replace(['_', '－', '—'], "-");
    let after = |mark: &str| {
        let rest = text.split_once(mark)?.1;
        let digits: String = rest.chars().take_while(|c| c.is_ascii_digit() || *c == '-').collect();
        let digits = digits.trim_matches('-').to_owned();
        (digits.len() >= 2).then_some(digits)
    };
    if let Some(digits) = after("财决").or_else(|| text.starts_with('Z').then(|| after("Z")).flatten()) {
        return Some(digits);
    }
    after("附").or_else(|| text.starts_with('F').then(|| after("F")).flatten()).map(|digits| format!("附{digits}"))
}

/// True if `text` is one of `words`, without regard to white space and brackets' width.
pub fn is_word(text: &str, words: &[String]) -> bool {
    let text = bare_head(text);
    words.iter().any(|word| bare_head(word) == text)
}

/// A label without its number, its unit and 其中: `（1）公务用车购置费` is `公务用车购置费`.
pub fn bare_label(text: &str, units: &[String]) -> String {
    let mut label = bare_head(text);
    loop {
        let before = label.clone();
        label = label.trim_start_matches("其中").trim_start_matches(['：', '、', '.', '*', '#']).to_owned();
        if let Some(rest) = label.strip_prefix('(')
            && let Some((numeral, rest)) = rest.split_once(')')
            && numeral.chars().all(is_numeral)
        {
            label = rest.to_owned();
        }
        let digits: String = label.chars().take_while(|c| is_numeral(*c)).collect();
        if let Some(rest) = label.strip_prefix(&digits)
            && !digits.is_empty()
            && rest.starts_with(['、', '.'])
        {
            label = rest.to_owned();
        }
        if label == before {
            break;
        }
    }
    match label.strip_suffix(')').and_then(|label| label.rsplit_once('(')) {
        Some((name, unit)) if is_word(unit, units) => name.to_owned(),
        _ => label,
    }
}

fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || numeral::counts(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_lose_their_numbers_and_units_and_nothing_else() {
        for (text, label) in [
            ("（1）公务用车购置费", "公务用车购置费"),
            ("  其中：外事接待批次（个）", "外事接待批次"),
            ("1.因公出国（境）团组数（个）", "因公出国（境）团组数"),
            ("(一)车辆数合计（辆）", "车辆数合计"),
            ("八、社会保障和就业支出", "社会保障和就业支出"),
            ("因公出国（境）费", "因公出国（境）费"),
            ("（二）单价100万元（含）以上设备（不含车辆）", "单价100万元（含）以上设备（不含车辆）"),
        ] {
            let units = ["个", "辆"].map(str::to_owned);
            assert_eq!(bare_label(text, &units), juesuan_text::plain(label), "{text}");
        }
    }

    #[test]
    fn sheets_are_numbered_in_several_ways() {
        for (text, expected) in [
            ("财决01表", "01"),
            ("Z08_1 一般公共预算财政拨款基本支出决算明细表(财决08-1表)", "08-1"),
            ("Z08_1", "08-1"),
            ("F03", "附03"),
            ("附03表", "附03"),
        ] {
            assert_eq!(number(text).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(bare_title("Z05_1 基本支出决算明细表(财决05-1表)"), "基本支出决算明细表");
    }
}

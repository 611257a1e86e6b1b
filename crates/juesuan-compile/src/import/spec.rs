//! What the catalogue says of the workbook: `catalog/import/workbook.toml`.

use juesuan_catalog::Catalog;
use juesuan_model::Problem;
use juesuan_read::{Grid, Value};
use juesuan_text::numeral;
use serde::Deserialize;

use crate::inputs::words::bare_head;

const PATH: &str = "import/workbook.toml";
/// Rows above the head in which a title may stand.
const TITLE_ROWS: usize = 5;

/// The whole file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Workbook {
    /// Unit of the amounts.
    pub unit: String,
    /// Cells with which a head begins.
    pub anchors: Vec<String>,
    /// Heads of columns that number the rows.
    pub ordinals: Vec<String>,
    /// Beginning of the row that numbers the columns.
    pub column_numbers: Vec<String>,
    /// Names of the total row.
    pub totals: Vec<String>,
    /// Heads of columns that hold codes.
    pub code_heads: Vec<String>,
    /// Sheets.
    #[serde(rename = "sheet")]
    pub sheets: Vec<SheetSpec>,
    /// 附03.
    pub labels: LabelSpec,
}

/// How a sheet is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SheetLayout {
    /// Income on the left, expense on the right, rows by label.
    Sides,
    /// Rows by function code.
    Functions,
    /// Columns by economic class and item; the total row counts.
    Economics,
    /// Rows by label, each a figure of its own.
    Labels,
}

/// One sheet.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SheetSpec {
    /// Key of the public form.
    pub form: String,
    /// Title under which it is written.
    pub title: String,
    /// Titles by which it is found.
    pub titles: Vec<String>,
    /// Numbers by which it is found.
    pub numbers: Vec<String>,
    /// Layout.
    pub layout: SheetLayout,
    /// Columns in the order of the public table; see the file.
    #[serde(default)]
    pub columns: Vec<String>,
    /// Sides, for [`SheetLayout::Sides`].
    #[serde(default)]
    pub side: Vec<SideSpec>,
    /// Sums that the public table has and the sheet has not.
    #[serde(default)]
    pub sums: Vec<SumSpec>,
}

/// One side of a two-sided table.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SideSpec {
    /// Name of the side in the public table.
    pub side: String,
    /// Head over its label column.
    pub label: String,
    /// Columns in the order of the public table.
    pub columns: Vec<String>,
    /// Heads with one of these words are not meant.
    #[serde(default)]
    pub except: Vec<String>,
}

/// A row that is a sum of economic classes.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SumSpec {
    /// Name of the row.
    pub name: String,
    /// Classes, three digits.
    pub classes: Vec<String>,
}

/// 附03.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LabelSpec {
    /// Heads of the columns.
    pub heads: LabelHeads,
    /// Labels that are headings only.
    pub headings: Vec<String>,
    /// Themes of the public 三公 table in its order.
    pub three_public: Vec<String>,
    /// Rows.
    #[serde(rename = "row")]
    pub rows: Vec<LabelRow>,
}

/// Heads of the value columns of 附03; alternatives behind `|`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LabelHeads {
    /// 年初预算.
    pub initial: String,
    /// 全年预算.
    pub full: String,
    /// 决算, 统计数.
    pub actual: String,
}

/// One row of 附03.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LabelRow {
    /// Labels, without number and unit.
    pub words: Vec<String>,
    /// Item of its figure.
    pub item: String,
    /// Theme of its figure.
    #[serde(default)]
    pub theme: String,
}

impl Workbook {
    /// From the catalogue.
    pub fn load(catalog: &Catalog, problems: &mut Vec<Problem>) -> Option<Workbook> {
        catalog.source.toml(PATH, problems)
    }

    /// What a sheet is: by a title of its own, else by its number.
    pub fn sheet(&self, grid: &Grid) -> Option<&SheetSpec> {
        let above = grid.rows.iter().take(TITLE_ROWS).flat_map(|row| &row.cells).map(Value::as_str);
        let texts: Vec<&str> = std::iter::once(grid.sheet.as_str()).chain(above).filter(|t| !t.is_empty()).collect();
        let titled = texts.iter().find_map(|text| {
            let title = bare_title(text);
            self.sheets.iter().find(|sheet| sheet.titles.iter().any(|t| bare_head(t) == title))
        });
        titled.or_else(|| {
            let numbers: Vec<String> = texts.iter().filter_map(|text| number(text)).collect();
            self.sheets.iter().find(|sheet| sheet.numbers.iter().any(|n| numbers.contains(n)))
        })
    }
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
pub fn bare_label(text: &str) -> String {
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
    if let Some((name, unit)) = label.rsplit_once('(')
        && unit.chars().count() <= 4
        && matches!(
            unit,
            "个)"
                | "人)"
                | "人次)"
                | "辆)"
                | "台)"
                | "套)"
                | "台，套)"
                | "台、套)"
                | "批)"
                | "批次)"
                | "元)"
                | "台/套)"
        )
    {
        return name.to_owned();
    }
    label
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
            assert_eq!(bare_label(text), label);
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

//! Sheets that become public tables.

use std::collections::BTreeMap;

use juesuan_catalog::workbook::{SheetLayout, SheetSpec, SideSpec, Workbook};
use juesuan_catalog::{Catalog, Form};
use juesuan_facts::entry::is_dash;
use juesuan_model::{Money, Place, Problem};
use juesuan_read::{Grid, Value};
use juesuan_text::element;
use serde::Serialize;

use super::layout::Sheet;
use super::spec::{bare_label, is_word};
use crate::cell::without_currency;
use crate::words::{bare_head, filled};

/// Rows without a code that are told one by one.
const TOLD_MAX: usize = 3;

/// The finished tables, in the shape of `tables/tables.json`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tables {
    pub(super) tables: BTreeMap<String, Vec<Row>>,
}

/// One row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Code, if the row has one.
    pub code: Option<String>,
    /// Name.
    pub name: String,
    /// 收入 or 支出, for two-sided tables.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub side: Option<String>,
    /// Figures from the left, `None` for an empty cell.
    pub values: Vec<Option<String>>,
}

#[derive(Serialize)]
struct Table<'a> {
    unit: &'a str,
    rows: &'a [Row],
}

impl Tables {
    /// Adds the rows of a table.
    pub fn add(&mut self, title: &str, rows: Vec<Row>) {
        self.tables.entry(title.to_owned()).or_default().extend(rows);
    }

    /// As JSON; `None` if there is no table.
    pub fn json(&self, unit: &str) -> Option<String> {
        if self.tables.is_empty() {
            return None;
        }
        let tables: BTreeMap<&str, Table<'_>> =
            self.tables.iter().map(|(title, rows)| (title.as_str(), Table { unit, rows })).collect();
        serde_json::to_string_pretty(&tables).ok().map(|json| json + "\n")
    }
}

/// Reads a sheet into `made`.
pub fn read(
    grid: &Grid,
    spec: &Workbook,
    sheet: &SheetSpec,
    catalog: &Catalog,
    year: u16,
    made: &mut Tables,
    problems: &mut Vec<Problem>,
) {
    let Some(found) = Sheet::new(grid, catalog) else {
        let message = "没有找到表头，没有装入；表头里应有“项目”“科目编码”之类的词";
        problems.push(Problem::fatal(grid.place_of_sheet(), message));
        return;
    };
    problems.extend(found.told_unit());
    let rows = match sheet.layout {
        SheetLayout::Sides => {
            let form = catalog.variants.iter().find_map(|variant| variant.form(&sheet.form));
            sheet.side.iter().flat_map(|side| one_side(&found, spec, side, form, problems)).collect()
        }
        SheetLayout::Functions => functions(&found, spec, sheet, problems),
        SheetLayout::Economics => economics(&found, spec, sheet, catalog, year, problems),
        SheetLayout::Labels | SheetLayout::Projects => Vec::new(),
    };
    made.add(&sheet.title, rows);
}

/// The columns of `paths`; one that is missing is named and the sheet is not read.
pub fn columns(
    sheet: &Sheet<'_>,
    paths: &[String],
    within: &std::ops::Range<usize>,
    except: &[String],
    problems: &mut Vec<Problem>,
) -> Option<Vec<usize>> {
    let found: Vec<Option<usize>> = paths.iter().map(|path| sheet.column(path, within.clone(), except)).collect();
    for (path, _) in paths.iter().zip(&found).filter(|(_, column)| column.is_none()) {
        let heads: Vec<String> =
            sheet.heads.get(within.clone()).unwrap_or_default().iter().map(|h| h.join("·")).collect();
        let message = format!("没有“{path}”这一列，这张表没有装入；现有的列：{}", heads.join("、"));
        problems.push(Problem::fatal(sheet.grid.place_of_sheet(), message));
    }
    found.into_iter().collect()
}

/// The amount of a cell as decimal text. A dash is an empty cell; what is no amount is named.
pub fn amount(sheet: &Sheet<'_>, row: usize, column: usize, problems: &mut Vec<Problem>) -> Option<String> {
    let value = sheet.grid.cell(row, column);
    match value {
        Value::Blank => None,
        Value::Text(text) if is_dash(text) => None,
        value => match sheet.money(without_currency(value.as_str())) {
            Ok(_) if sheet.unit.is_none() && matches!(value, Value::Number(_)) => Some(value.as_str().to_owned()),
            Ok(amount) => Some(amount.to_string()),
            Err(error) => {
                problems.push(Problem::doubt(sheet.place(row, column), format!("{error}，没有装入")));
                None
            }
        },
    }
}

/// A name without the code that stands before it in the same cell.
fn named(text: &str) -> &str {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '[' | ']' | '-' | ' '));
    if rest.is_empty() { text } else { rest }
}

/// True for a number and for a text that is an amount.
pub fn is_amount(value: &Value) -> bool {
    matches!(value, Value::Number(_)) || Money::parse_yuan(without_currency(value.as_str())).is_ok()
}

fn one_side(
    sheet: &Sheet<'_>,
    spec: &Workbook,
    side: &SideSpec,
    form: Option<&Form>,
    problems: &mut Vec<Problem>,
) -> Vec<Row> {
    let width = sheet.heads.len();
    let is_label = |column: &usize| {
        let heads = element(&sheet.heads, *column);
        let over = heads.first().is_some_and(|head| bare_head(&side.label) == *head);
        let passed = heads.iter().any(|head| side.except.iter().any(|word| head.contains(&bare_head(word))));
        over && !passed && heads.last().is_some_and(|head| head.starts_with("项目"))
    };
    let Some(label) = (0..width).find(is_label) else {
        let message = format!("没有找到“{}”一侧的“项目”列，这一侧没有装入", side.label);
        problems.push(Problem::fatal(sheet.grid.place_of_sheet(), message));
        return Vec::new();
    };
    let next_label =
        |column: &usize| element(&sheet.heads, *column).last().is_some_and(|head| head.starts_with("项目"));
    let end = (label + 1..width).find(next_label).unwrap_or(width);
    let Some(columns) = columns(sheet, &side.columns, &(label + 1..end), &side.except, problems) else {
        return Vec::new();
    };
    let known: Vec<String> = form
        .into_iter()
        .flat_map(|f| &f.block)
        .filter(|block| block.side == side.side)
        .flat_map(|block| &block.row)
        .flat_map(|row| row.words())
        .map(|word| bare_label(word, &spec.label_units))
        .collect();
    let mut rows = Vec::new();
    for row in sheet.data..sheet.grid.rows.len() {
        let Value::Text(name) = sheet.grid.cell(row, label) else {
            continue;
        };
        let values: Vec<Option<String>> = columns.iter().map(|c| amount(sheet, row, *c, problems)).collect();
        let bare = bare_label(name, &spec.label_units);
        // Function classes are not listed in the form; every other row must be.
        let class = side.side == "支出" && bare.ends_with("支出") && !bare.starts_with("本年");
        if values.iter().all(Option::is_none) {
            continue;
        }
        if !class && !known.contains(&bare) {
            let filled = columns.iter().find(|c| !sheet.grid.cell(row, **c).is_blank()).copied().unwrap_or(label);
            let message = format!("公开表没有“{name}”这一行，没有装入");
            problems.push(Problem::doubt(sheet.place(row, filled), message));
            continue;
        }
        rows.push(Row { code: None, name: name.clone(), side: Some(side.side.clone()), values });
    }
    rows
}

fn functions(sheet: &Sheet<'_>, spec: &Workbook, wanted: &SheetSpec, problems: &mut Vec<Problem>) -> Vec<Row> {
    let width = sheet.heads.len();
    let optional = |path: &&String| path.ends_with('?');
    let required: Vec<String> = wanted.columns.iter().filter(|path| !optional(path)).cloned().collect();
    let Some(columns) = columns(sheet, &required, &(0..width), &[], problems) else {
        return Vec::new();
    };
    let more =
        wanted.columns.iter().filter(optional).map(|path| sheet.column(path.trim_end_matches('?'), 0..width, &[]));
    let more: Vec<Option<usize>> = more.collect();
    let before = columns.iter().min().copied().unwrap_or(width);
    let (mut rows, mut without) = (Vec::new(), Vec::new());
    let mut codes = Codes::default();
    for row in sheet.data..sheet.grid.rows.len() {
        let code = sheet.code(row, before);
        let label = sheet.label(row, before).map(|(_, text)| named(text).to_owned());
        let total = label.as_deref().is_some_and(|label| is_word(label, &spec.totals));
        if code.is_none() && !total {
            let filled = columns.iter().find(|c| is_amount(sheet.grid.cell(row, **c)));
            without.extend(filled.map(|column| (row, *column, label.unwrap_or_default())));
            continue;
        }
        if let Some(code) = code.as_deref().filter(|_| !total) {
            problems.extend(codes.again(code, sheet.place(row, columns.iter().min().copied().unwrap_or(0)), spec));
        }
        let cells = columns.iter().copied().map(Some).chain(more.iter().copied());
        let values = cells.map(|column| amount(sheet, row, column?, problems)).collect();
        rows.push(Row { code: if total { None } else { code }, name: label.unwrap_or_default(), side: None, values });
    }
    problems.extend(without_code(sheet, spec, &without));
    rows
}

/// Where each code of a sheet stands first.
#[derive(Default)]
struct Codes(BTreeMap<String, Place>);

impl Codes {
    /// True if the code stood somewhere.
    fn has(&self, code: &str) -> bool {
        self.0.contains_key(code)
    }

    /// The problem of a code that stands a second time.
    fn again(&mut self, code: &str, place: Place, spec: &Workbook) -> Option<Problem> {
        match self.0.get(code) {
            None => {
                self.0.insert(code.to_owned(), place);
                None
            }
            Some(first) => {
                let first = Place { file: None, ..first.clone() }.to_string();
                let message = filled(&spec.says.double, &[("code", code), ("first", &first)]);
                Some(Problem::doubt(place, message))
            }
        }
    }
}

/// Rows with an amount and no code: some one by one, many as one.
fn without_code(sheet: &Sheet<'_>, spec: &Workbook, rows: &[(usize, usize, String)]) -> Vec<Problem> {
    let line = |row: usize| sheet.grid.rows.get(row).map_or(0, |row| row.line).to_string();
    match rows {
        [(row, column, _), .., _] if rows.len() > TOLD_MAX => {
            let first: Vec<String> = rows.iter().take(TOLD_MAX).map(|(row, ..)| line(*row)).collect();
            let words = [("count", rows.len().to_string()), ("rows", first.join("、"))];
            let words = words.each_ref().map(|(name, word)| (*name, word.as_str()));
            vec![Problem::doubt(sheet.place(*row, *column), filled(&spec.says.without_code, &words))]
        }
        _ => {
            let one = |(row, column, what): &(usize, usize, String)| {
                let message = format!("这一行“{what}”没有完整的科目编码，没有装入");
                Problem::doubt(sheet.place(*row, *column), message)
            };
            rows.iter().map(one).collect()
        }
    }
}

/// Columns by economic class and item become rows; only the total row of the sheet counts.
fn economics(
    sheet: &Sheet<'_>,
    spec: &Workbook,
    wanted: &SheetSpec,
    catalog: &Catalog,
    year: u16,
    problems: &mut Vec<Problem>,
) -> Vec<Row> {
    let width = sheet.heads.len();
    let total = (sheet.data..sheet.grid.rows.len())
        .find(|row| sheet.label(*row, width).is_some_and(|(_, text)| is_word(text, &spec.totals)));
    let Some(total) = total else {
        problems.push(Problem::fatal(sheet.grid.place_of_sheet(), "没有“合计”行，这张表没有装入"));
        return Vec::new();
    };
    let mut rows: Vec<Row> = Vec::new();
    let mut sums: BTreeMap<String, Money> = BTreeMap::new();
    let mut codes = Codes::default();
    for column in 0..width {
        let cell = sheet.grid.cell(total, column);
        if cell.is_blank() || is_word(cell.as_str(), &spec.totals) || sheet.is_ordinal(column) {
            continue;
        }
        let heads = element(&sheet.heads, column);
        let Some(code) = economic_code(heads, catalog, year) else {
            // The grand total has a head of its own and no code; what is no amount there is a name.
            if is_amount(cell) && !heads.last().is_some_and(|head| is_word(head, &spec.totals)) {
                let message = format!("“{}”不是部门经济分类科目，没有装入", heads.join("·"));
                problems.push(Problem::doubt(sheet.place(total, column), message));
            }
            continue;
        };
        // The last item of 399 is called as the class is: the second of two columns with that head is the item.
        let code = match codes.has(&code).then(|| item_called_as_class(&code, catalog, year)).flatten() {
            Some(item) => item,
            None => code,
        };
        problems.extend(codes.again(&code, sheet.place(total, column), spec));
        let value = amount(sheet, total, column, problems);
        if code.len() == 3
            && let Some(amount) = value.as_deref().and_then(|text| Money::parse_yuan(text).ok())
        {
            *sums.entry(code.clone()).or_default() += amount;
        }
        let name = catalog.economics.name(&code, year).unwrap_or_default().to_owned();
        rows.push(Row { code: Some(code), name, side: None, values: vec![value] });
    }
    for sum in &wanted.sums {
        let amount: Money = sum.classes.iter().filter_map(|class| sums.get(class)).copied().sum();
        rows.push(Row { code: None, name: sum.name.clone(), side: None, values: vec![Some(amount.to_string())] });
    }
    rows
}

/// The item of a class that has its name.
fn item_called_as_class(class: &str, catalog: &Catalog, year: u16) -> Option<String> {
    let name = catalog.economics.name(class, year)?;
    let mut items =
        catalog.economics.all().filter(|c| c.code.len() == 5 && c.code.starts_with(class) && c.valid_in(year));
    items.find(|item| item.name == name).map(|item| item.code.clone())
}

/// `工资福利支出 / 小计` is the class, `工资福利支出 / 基本工资` the item of that name inside it.
fn economic_code(heads: &[String], catalog: &Catalog, year: u16) -> Option<String> {
    let valid = |len: usize| catalog.economics.all().filter(move |c| c.code.len() == len && c.valid_in(year));
    let class = heads.iter().find_map(|head| valid(3).find(|c| bare_head(&c.name) == *head))?;
    let last = heads.last()?;
    if *last == bare_head(&class.name) || matches!(last.as_str(), "小计" | "合计") {
        return Some(class.code.clone());
    }
    valid(5).find(|c| c.code.starts_with(&class.code) && bare_head(&c.name) == *last).map(|c| c.code.clone())
}

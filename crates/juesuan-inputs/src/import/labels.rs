//! 附03 机构运行信息表: rows by label, each a figure of its own.

use std::collections::BTreeMap;

use juesuan_catalog::Catalog;
use juesuan_catalog::names::item::EXPENSE;
use juesuan_catalog::names::{nature, stage};
use juesuan_catalog::workbook::{LabelRow, SheetSpec, Workbook};
use juesuan_model::{Money, Problem};
use juesuan_read::Grid;
use juesuan_text::element;

use super::layout::Sheet;
use super::projects::Projects;
use super::spec::{bare_label, is_word};
use super::tables::{Row, Tables, amount};

/// One figure of the sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Figure {
    item: String,
    theme: String,
    /// 年初预算, 全年预算, or empty for the year's own figure.
    stage: &'static str,
    value: String,
    /// True while parts are added to it.
    is_sum: bool,
}

/// The figures of 附03.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    figures: Vec<Figure>,
    /// Parts of figures that may have no row of their own.
    parts: Vec<Figure>,
    three_public: Vec<String>,
    /// What projects spent, by the rank of the sheets that tell it.
    pub projects: BTreeMap<u32, Projects>,
}

/// Reads the sheet; the 三公 amounts also become the public table.
pub fn read(
    grid: &Grid,
    catalog: &Catalog,
    wanted: &SheetSpec,
    figures: &mut Figures,
    made: &mut Tables,
    problems: &mut Vec<Problem>,
) {
    let spec = &catalog.workbook;
    let Some(sheet) = Sheet::new(grid, catalog) else {
        let message = "没有找到表头，没有装入；表头里应有“项目”和“统计数”";
        problems.push(Problem::fatal(grid.place_of_sheet(), message));
        return;
    };
    problems.extend(sheet.told_unit());
    let width = sheet.heads.len();
    let heads = &spec.labels.heads;
    let blocks = label_columns(&sheet);
    for (index, label) in blocks.iter().copied().enumerate() {
        let end = blocks.get(index + 1).copied().unwrap_or(width);
        let stages = [(stage::INITIAL, &heads.initial), (stage::FULL_YEAR, &heads.full), ("", &heads.actual)];
        let columns: Vec<(&'static str, usize)> = stages
            .into_iter()
            .filter_map(|(stage, path)| Some((stage, sheet.column(path, label + 1..end, &[])?)))
            .collect();
        for row in sheet.data..grid.rows.len() {
            one_row(&sheet, spec, row, label, &columns, figures, problems);
        }
    }
    add_parts(figures);
    figures.three_public = spec.labels.three_public.clone();
    let value = |stage: &str, theme: &str| {
        figures
            .figures
            .iter()
            .find(|f| f.item == EXPENSE && f.theme == theme && f.stage == stage)
            .map(|f| f.value.clone())
    };
    let values: Vec<Option<String>> = [stage::FULL_YEAR, ""]
        .into_iter()
        .flat_map(|stage| spec.labels.three_public.iter().map(move |theme| value(stage, theme)))
        .collect();
    if values.iter().any(Option::is_some) {
        made.add(&wanted.title, vec![Row { code: None, name: "合计".to_owned(), side: None, values }]);
    }
}

fn one_row(
    sheet: &Sheet<'_>,
    spec: &Workbook,
    row: usize,
    label: usize,
    columns: &[(&'static str, usize)],
    figures: &mut Figures,
    problems: &mut Vec<Problem>,
) {
    let text = sheet.grid.cell(row, label).as_str();
    let name = bare_label(text, &spec.label_units);
    let filled = columns.iter().find(|(_, column)| !sheet.grid.cell(row, *column).is_blank());
    let (false, Some((_, first))) = (name.is_empty(), filled) else {
        return;
    };
    let fits = |r: &&LabelRow| is_word(&name, &r.words);
    let Some(known) = spec.labels.rows.iter().find(fits) else {
        if !is_word(&name, &spec.labels.headings) {
            problems.push(Problem::doubt(sheet.place(row, *first), format!("不认识“{text}”这一行，没有装入")));
        }
        return;
    };
    for (stage, column) in columns {
        let value = match known.item.as_str() {
            EXPENSE => amount(sheet, row, *column, problems),
            _ => amount(&sheet.of_counts(), row, *column, problems),
        };
        if let Some(value) = value {
            let (item, theme) = (known.item.clone(), known.theme.clone());
            let figure = Figure { item, theme, stage, value, is_sum: false };
            // Two kinds of receptions of foreign guests have one meaning: what both say is said once.
            match known.adds {
                true => figures.parts.push(figure),
                false if figures.figures.contains(&figure) => {}
                false => figures.figures.push(figure),
            }
        }
    }
}

/// Parts of figures that no row says by itself, added up.
fn add_parts(figures: &mut Figures) {
    for part in std::mem::take(&mut figures.parts) {
        let same =
            |other: &&mut Figure| (&other.item, &other.theme, other.stage) == (&part.item, &part.theme, part.stage);
        match figures.figures.iter_mut().find(same) {
            None => figures.figures.push(Figure { is_sum: true, ..part }),
            Some(whole) if whole.is_sum => {
                let money = |value: &str| Money::parse_yuan(value).ok();
                if let Some((one, other)) = money(&whole.value).zip(money(&part.value)) {
                    whole.value = (one + other).to_string();
                }
            }
            Some(_) => {}
        }
    }
}

/// Columns with the labels: 附03 may stand in two or three blocks side by side.
fn label_columns(sheet: &Sheet<'_>) -> Vec<usize> {
    (0..sheet.heads.len())
        .filter(|column| {
            element(&sheet.heads, *column)
                .last()
                .is_some_and(|head| head.starts_with("项目") || head == "统计项目" || head == "指标")
        })
        .collect()
}

impl Figures {
    /// The files that they become: path inside the folder, content.
    pub fn files(&self, catalog: &Catalog, year: u16) -> Vec<(&'static str, Option<String>)> {
        let is_three_public = |f: &&Figure| f.item == EXPENSE && self.three_public.contains(&f.theme);
        let budget_kind = catalog.inputs.get("three-public-budget");
        let leaves = |f: &&Figure| {
            let column = budget_kind.and_then(|kind| kind.column("theme"));
            is_three_public(f) && !f.stage.is_empty() && column.is_some_and(|c| c.choices.contains(&f.theme))
        };
        let budget: Vec<String> = self
            .figures
            .iter()
            .filter(leaves)
            .map(|f| format!("{year},{},{},{}\n", f.stage, f.theme, f.value))
            .collect();
        // Of 三公 amounts the actual ones stand in the table; the rest is stated.
        let others: Vec<String> = self
            .figures
            .iter()
            .filter(|f| !is_three_public(f))
            .map(|f| {
                let (amount, count) = if f.item == EXPENSE { (f.value.as_str(), "") } else { ("", whole(&f.value)) };
                format!("{},{},{},{amount},{count},,\n", f.item, f.stage, f.theme)
            })
            .collect();
        let projects = self.projects.values().next().into_iter().flat_map(Projects::iter).map(|(name, spent)| {
            format!("{EXPENSE},,,{spent},,{},{}\n", nature::PROJECT, name.replace([',', '"'], "，"))
        });
        let others: Vec<String> = others.into_iter().chain(projects).collect();
        vec![
            (
                "budget/三公经费预算.csv",
                csv(catalog, "three-public-budget", &["year", "stage", "theme", "amount"], &budget),
            ),
            (
                "registers/其他数.csv",
                csv(catalog, "stated", &["item", "stage", "theme", "amount", "count", "nature", "project"], &others),
            ),
        ]
    }
}

/// `3.00` is 3.
fn whole(value: &str) -> &str {
    value.split_once('.').filter(|(_, rest)| rest.bytes().all(|b| b == b'0')).map_or(value, |(whole, _)| whole)
}

/// A file with the usual heads of the kind's columns.
fn csv(catalog: &Catalog, kind: &str, keys: &[&str], rows: &[String]) -> Option<String> {
    let spec = catalog.inputs.get(kind)?;
    let heads: Vec<&str> =
        keys.iter().map(|key| spec.column(key).and_then(|c| c.header.first()).map_or(*key, String::as_str)).collect();
    (!rows.is_empty()).then(|| format!("{}\n{}", heads.join(","), rows.concat()))
}

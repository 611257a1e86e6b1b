//! Sheets → figures: titles anywhere, units and headings above the body, one or several tables to a sheet.

use juesuan_catalog::{Catalog, Form, Variant};
use juesuan_model::{Cell, Figure, Measure, Place, Problem, Unit};
use juesuan_read::Grid;

use super::columns::{self, BlockColumns};
use super::rows::Finder;
use super::words::{code, plain};
use super::{FormReading, Reading, cells, json, layouts, title};

/// Most heading rows that are looked at.
const HEAD_ROWS_MAX: usize = 12;

/// Reads every statutory table of a sheet.
pub fn read(catalog: &Catalog, variant: &Variant, grid: &Grid) -> Reading {
    let mut reading = Reading::default();
    let mut starts: Vec<(usize, String, String)> = Vec::new();
    for row in 0..grid.rows.len() {
        let found = (0..grid.width())
            .map(|column| grid.cell(row, column).as_str())
            .find_map(|text| Some((title::form_of(catalog, text).filter(|_| !text.is_empty())?, text.to_owned())));
        // The same title again right below (公开01表 in the corner) is the same table.
        if let Some((key, text)) = found
            && starts.last().is_none_or(|(last, last_key, _)| *last_key != key || row > last + 3)
        {
            starts.push((row, key, text));
        }
    }
    if starts.is_empty()
        && let Some(key) = title::form_of(catalog, &grid.sheet).or_else(|| title::form_of(catalog, &stem(&grid.file)))
    {
        starts.push((0, key, grid.sheet.clone()));
    }
    if starts.is_empty() && !grid.is_blank() {
        let message = "这张工作表里没有找到决算公开表的表名，没有读入；请在表上方写明表名";
        reading.problems.push(Problem::doubt(grid.place_of_sheet(), message));
    }
    let ends = starts.iter().skip(1).map(|(row, ..)| *row).chain([grid.rows.len()]).collect::<Vec<_>>();
    for ((start, key, text), end) in starts.iter().zip(ends) {
        Region { catalog, grid, start: *start, end, title: text }.read(variant, key, &mut reading);
    }
    reading
}

fn stem(file: &str) -> String {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
}

/// The rows of one table.
struct Region<'a> {
    catalog: &'a Catalog,
    grid: &'a Grid,
    start: usize,
    end: usize,
    title: &'a str,
}

/// The layout that explains a sheet.
struct Layout<'a> {
    form: &'a Form,
    blocks: Vec<BlockColumns>,
    body: usize,
}

impl<'a> Region<'a> {
    fn read(&self, variant: &'a Variant, key: &str, reading: &mut Reading) {
        let mut place = self.grid.place(self.start);
        place.table = Some(self.title.to_owned());
        let mut best: Option<(usize, Layout<'a>)> = None;
        for form in layouts(self.catalog, variant, key) {
            let body = self.body(form);
            let paths = self.paths(form, body);
            let (blocks, matched) = columns::assign(form, &paths);
            let wanted: usize = form.block.iter().map(|b| b.numbers().count()).sum();
            // Columns explained count, columns missed count against.
            let score = (2 * matched + 40).saturating_sub(wanted);
            if matched > 0 && best.as_ref().is_none_or(|(most, _)| score > *most) {
                best = Some((score, Layout { form, blocks, body }));
            }
        }
        let Some((_, layout)) = best else {
            let message = "没有找到这张表的列标题，没有读入；请保留公开表的表头";
            reading.problems.push(Problem::doubt(place, message));
            return;
        };
        for (block, found) in layout.form.block.iter().zip(&layout.blocks) {
            for (column, at) in block.numbers().zip(&found.numbers) {
                if at.is_none() {
                    let head = column.head.join("·");
                    reading.problems.push(Problem::doubt(place.clone(), format!("没有找到“{head}”列；请核对表头")));
                }
            }
        }
        let unit = self.unit(layout.body).unwrap_or_else(|| {
            let word = layout.form.unit.word();
            reading
                .problems
                .push(Problem::doubt(place.clone(), format!("表上没有写明金额单位，按{word}读；请在表上方写明单位")));
            layout.form.unit
        });
        let figures = self.figures(&layout, unit, &place, &mut reading.problems);
        reading.tables.push(FormReading { form: key.to_owned(), title: self.title.to_owned(), figures });
    }

    /// First row of the body: it begins with a code or the name of a row, or, where rows have no name, holds an amount.
    fn body(&self, form: &Form) -> usize {
        let finder = Finder::new(form, self.catalog);
        let labels = form.block.first().map_or(0, |b| b.column.iter().filter(|c| columns::is_label(c)).count());
        let last = self.end.min(self.start + 1 + HEAD_ROWS_MAX);
        for row in self.start + 1..last {
            if self.is_column_numbers(row) {
                continue;
            }
            let first = (0..self.grid.width()).find(|c| !self.grid.cell(row, *c).is_blank());
            let Some(first) = first else { continue };
            let text = self.grid.cell(row, first).as_str();
            let opens = if labels == 0 {
                cells::cell(text, Unit::WanYuan).is_some()
            } else {
                first < labels + 2 && (code(text).is_some() || finder.knows(text))
            };
            if opens {
                return row;
            }
        }
        last
    }

    /// 栏次, or nothing but 1, 2, 3 ….
    fn is_column_numbers(&self, row: usize) -> bool {
        let texts: Vec<String> =
            (0..self.grid.width()).map(|c| plain(self.grid.cell(row, c).as_str())).filter(|t| !t.is_empty()).collect();
        texts.iter().any(|t| t == "栏次")
            || (texts.len() > 1 && texts.iter().enumerate().all(|(i, t)| *t == (i + 1).to_string()))
    }

    /// The headings above each column. Where nothing says which cells are merged, an empty heading continues the one to
    /// its left under the same heading above.
    fn paths(&self, form: &Form, body: usize) -> Vec<Vec<String>> {
        let words = columns::head_words(form);
        let heads: Vec<usize> = (self.start + 1..body)
            .filter(|row| !self.is_column_numbers(*row))
            .filter(|row| (0..self.grid.width()).any(|c| words.contains(&plain(self.grid.cell(*row, c).as_str()))))
            .collect();
        let merged = self.grid.merged.iter().next().is_some();
        let mut rows: Vec<Vec<String>> = Vec::new();
        for (level, row) in heads.iter().enumerate() {
            let mut out: Vec<String> = Vec::new();
            for column in 0..self.grid.width() {
                let mut text = plain(self.grid.seen(*row, column).as_str());
                if text.is_empty() && !merged && level + 1 < heads.len() && column > 0 {
                    let same_above = rows.iter().all(|above| above.get(column) == above.get(column - 1));
                    if same_above {
                        text = out.last().cloned().unwrap_or_default();
                    }
                }
                out.push(text);
            }
            rows.push(out);
        }
        (0..self.grid.width())
            .map(|column| {
                let mut path: Vec<String> =
                    rows.iter().filter_map(|r| r.get(column).cloned()).filter(|t| !t.is_empty()).collect();
                path.dedup();
                path
            })
            .collect()
    }

    fn unit(&self, body: usize) -> Option<Unit> {
        let rows = self.start.saturating_sub(3)..body;
        rows.flat_map(|row| (0..self.grid.width()).map(move |c| (row, c)))
            .find_map(|(row, column)| cells::unit(self.grid.cell(row, column).as_str()))
    }

    fn figures(&self, layout: &Layout<'a>, unit: Unit, table: &Place, problems: &mut Vec<Problem>) -> Vec<Figure> {
        let mut finder = Finder::new(layout.form, self.catalog);
        let heads = columns::head_words(layout.form);
        let mut figures = Vec::new();
        for at in layout.body..self.end {
            let first = (0..self.grid.width()).map(|c| self.grid.cell(at, c).as_str()).find(|t| !t.is_empty());
            let Some(first) = first.map(plain) else {
                continue;
            };
            if ["注:", "说明:", "备注:"].iter().any(|lead| first.starts_with(lead)) {
                break;
            }
            if self.is_column_numbers(at) || self.is_heading(at, &heads) {
                continue;
            }
            let mut joined: Option<String> = None;
            for (number, (block, found)) in layout.form.block.iter().zip(&layout.blocks).enumerate() {
                let (code, mut name) = self.label(at, found);
                let values: Vec<Option<&str>> =
                    found.numbers.iter().map(|c| c.map(|c| self.grid.cell(at, c).as_str())).collect();
                if code.is_none() && finder.is_joined(number, &name) {
                    joined = Some(name);
                    continue;
                }
                if let (true, Some(left)) = (code.is_none() && name.is_empty(), joined.take()) {
                    name = left;
                }
                let printed = values.iter().flatten().any(|v| !v.is_empty());
                let unnamed = !block.column.iter().any(columns::is_label);
                if code.is_none() && name.is_empty() && !(unnamed && printed) {
                    if printed {
                        let message = "这一行有数字而没有科目编码和名称，没有读入";
                        problems
                            .push(Problem::doubt(Place { table: table.table.clone(), ..self.grid.place(at) }, message));
                    }
                    continue;
                }
                let row = code
                    .iter()
                    .map(String::as_str)
                    .chain([name.as_str()])
                    .filter(|w| !w.is_empty())
                    .collect::<Vec<_>>()
                    .join(" ");
                let place = Place { table: table.table.clone(), row: Some(row), ..self.grid.place(at) };
                let Some(row) = finder.find(Some(number), code.as_deref(), &name) else {
                    problems.push(Problem::doubt(place, "这张表没有这一行，没有读入；请核对科目编码和行名"));
                    continue;
                };
                for (column, value) in block.numbers().zip(&values) {
                    let place = Place { column: column.head.last().cloned(), ..place.clone() };
                    let cell = value.map_or(Cell::Absent, |text| json::printed(text, unit, &place, problems));
                    if cell != Cell::Absent {
                        figures.push(Figure {
                            meanings: vec![layout.form.meaning(block, row.row, row.code.as_deref(), column)],
                            measure: Measure::Amount,
                            cell,
                            exact_fen: None,
                            place,
                        });
                    }
                }
            }
        }
        figures
    }

    /// Headings repeated after a page break: two or more of their words and no figure.
    fn is_heading(&self, row: usize, heads: &[String]) -> bool {
        let texts: Vec<String> =
            (0..self.grid.width()).map(|c| plain(self.grid.cell(row, c).as_str())).filter(|t| !t.is_empty()).collect();
        texts.len() > 1 && texts.iter().all(|t| heads.contains(t)) && texts.iter().any(|t| t != "合计")
    }

    /// Code and name of a row. 类, 款 and 项 may stand in three columns.
    fn label(&self, row: usize, found: &BlockColumns) -> (Option<String>, String) {
        let text = |column: &usize| self.grid.cell(row, *column).as_str();
        let parts: Vec<&str> = found.code.iter().map(text).filter(|t| !t.is_empty()).collect();
        let code = code(&parts.concat()).or_else(|| parts.iter().rev().find_map(|part| code(part)));
        let name = found.label.as_ref().map_or("", text);
        // A total stands where the codes stand, over both columns.
        let name = if name.is_empty() && code.is_none() { parts.concat() } else { name.to_owned() };
        (code, name)
    }
}

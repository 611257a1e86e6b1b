//! The rows of a sheet that are one statutory table: its head, its layout, and what stands in each row of its body.

use std::collections::BTreeSet;

use juesuan_catalog::{Catalog, Form, FormBlock, Variant};
use juesuan_model::{Cell, CellRole, Place, Problem, Unit};
use juesuan_read::{Grid, Value};
use juesuan_text::plain;

use super::columns::{self, BlockColumns};
use super::label::label;
use super::rows::{Finder, Found};
use super::table::{SheetRow, SheetSide, SheetTable};
use super::words::code;
use super::years::HeadYears;
use super::{broken, cells, json, layouts};

/// Most heading rows that are looked at.
const HEAD_ROWS_MAX: usize = 12;
/// What a layout loses whose names were not found, in columns.
const NAMELESS: usize = 4;

/// Rows of a sheet under one title.
pub struct Region<'a> {
    /// Forms and codes.
    pub catalog: &'a Catalog,
    /// The sheet.
    pub grid: &'a Grid,
    /// First row below the title.
    pub from: usize,
    /// Row behind the last.
    pub end: usize,
    /// Title as printed.
    pub title: &'a str,
    /// Unit of the amounts where a line outside the sheet names it.
    pub unit: Option<Unit>,
}

impl<'a> Region<'a> {
    /// Where the table begins, with its title.
    pub fn place(&self) -> Place {
        Place { table: Some(self.title.to_owned()), ..self.grid.place(self.from.saturating_sub(1)) }
    }

    /// Reads the region as the form `key`, in the layout that explains it best: most of its columns, then most of its rows.
    pub fn read(&self, variant: &'a Variant, key: &str, problems: &mut Vec<Problem>) -> Option<SheetTable<'a>> {
        let place = self.place();
        let mut best: Option<(usize, usize, SheetTable<'a>)> = None;
        for form in layouts(self.catalog, variant, key) {
            let body = self.body(form);
            let (heads, paths) = self.paths(form, body);
            let (mut columns, matched) = columns::assign(form, &paths);
            let cells = |column: usize| -> Vec<String> {
                let rows = (body..self.end).take_while(|row| !self.is_note(*row));
                rows.map(|row| plain(self.grid.cell(row, column).as_str())).collect()
            };
            columns::find_codes(form, &mut columns, &self.catalog.recognition.totals, cells);
            columns::find_labels(form, &mut columns, cells);
            let wanted: usize = form.block.iter().map(|b| b.numbers().count()).sum();
            // Columns explained count, columns missed count against, and rows that nothing names.
            let nameless = |(block, found): &(&FormBlock, &BlockColumns)| {
                let coded = block.column.iter().any(|column| column.kind == CellRole::Code);
                coded && found.code.is_empty() && found.label.is_none()
            };
            let nameless = form.block.iter().zip(&columns).filter(nameless).count();
            let score = (2 * matched + 40).saturating_sub(wanted + NAMELESS * nameless);
            let better = match &best {
                None => matched > 0,
                Some((most, 0, _)) => score > *most,
                Some((most, ..)) => score >= *most,
            };
            if !better {
                continue;
            }
            let strange = self.strange(form, &columns, body);
            if best.as_ref().is_none_or(|(most, least, _)| score > *most || strange < *least) {
                let (unit, rows, notes) = (form.unit, Vec::new(), Vec::new());
                let table = SheetTable { form, unit, unit_printed: true, heads, columns, body, rows, notes };
                best = Some((score, strange, table));
            }
        }
        let Some((_, _, mut table)) = best else {
            let message = "没有找到这张表的列标题，没有读入；请保留公开表的表头";
            problems.push(Problem::doubt(place, message));
            return None;
        };
        for (block, found) in table.form.block.iter().zip(&table.columns) {
            for (column, at) in block.numbers().zip(&found.numbers) {
                if at.is_none() {
                    let head = column.head.join("·");
                    problems.push(Problem::doubt(place.clone(), format!("没有找到“{head}”列；请核对表头")));
                }
            }
        }
        table.unit = self.unit(table.body).or(self.unit).unwrap_or_else(|| {
            let word = table.form.unit.word();
            problems
                .push(Problem::doubt(place.clone(), format!("表上没有写明金额单位，按{word}读；请在表上方写明单位")));
            table.unit_printed = false;
            table.form.unit
        });
        self.rows(&mut table, &place, problems);
        Some(table)
    }

    /// How many rows with figures a layout does not have.
    fn strange(&self, form: &Form, columns: &[BlockColumns], body: usize) -> usize {
        let mut finder = Finder::new(form, self.catalog);
        let mut strange = 0;
        for at in (body..self.end).take_while(|at| !self.is_note(*at)).filter(|at| !self.is_column_numbers(*at)) {
            for (block, found) in columns.iter().enumerate() {
                let (code, name) = label(self.grid, at, found, None);
                let printed = found.numbers.iter().flatten().any(|c| !self.grid.cell(at, *c).as_str().is_empty());
                let named = (code.is_some() || !name.is_empty()) && !finder.is_joined(block, &name);
                strange += usize::from(printed && named && finder.find(Some(block), code.as_deref(), &name).is_none());
            }
        }
        strange
    }

    /// First row of the body: it begins with a code or the name of a row, or, where rows have no name, holds an amount.
    fn body(&self, form: &Form) -> usize {
        let finder = Finder::new(form, self.catalog);
        let labels = form.block.first().map_or(0, |b| b.column.iter().filter(|c| columns::is_label(c)).count());
        let last = self.end.min(self.from + HEAD_ROWS_MAX);
        let words = columns::head_words(form);
        // 合计 beside other headings is one.
        let heads = |row: usize| {
            let texts = self.texts(row);
            labels > 0 && texts.len() > 1 && texts.iter().all(|text| words.contains(text)) && row + 1 < last
        };
        for row in self.from..last {
            if self.is_column_numbers(row) || heads(row) {
                continue;
            }
            // A table of nothing has only its notes below the head; a head has no amounts.
            if self.is_note(row) || self.has_amount(row) {
                return row;
            }
            let word = |c: &usize| {
                let text = plain(self.grid.cell(row, *c).as_str());
                !text.is_empty() && !columns::LEVELS.contains(&text.as_str())
            };
            let Some(first) = (0..self.grid.cells_of(row).len()).find(word) else { continue };
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

    /// A line below the table: 注：…, 说明：….
    fn is_note(&self, row: usize) -> bool {
        let texts = self.texts(row);
        let lead = |lead: &String, text: &String| text.strip_prefix(lead.as_str()).is_some_and(|t| t.starts_with('：'));
        texts.first().is_some_and(|text| self.catalog.recognition.notes.iter().any(|note| lead(note, text)))
    }

    /// True if a cell is a number with decimals or with commas.
    fn has_amount(&self, row: usize) -> bool {
        let amount = |text: &String| {
            text.contains(['.', ',', '，']) && matches!(cells::cell(text, Unit::WanYuan), Some(Cell::Number(_)))
        };
        self.texts(row).iter().any(amount)
    }

    /// 栏次, or nothing but 1, 2, 3 ….
    fn is_column_numbers(&self, row: usize) -> bool {
        let texts = self.texts(row);
        texts.iter().any(|t| t == "栏次")
            || (texts.len() > 1 && texts.iter().enumerate().all(|(i, t)| *t == (i + 1).to_string()))
    }

    /// The years that the head speaks of.
    fn years(&self, body: usize, words: &[String]) -> HeadYears {
        let cells = (self.from..body).flat_map(|row| self.grid.cells_of(row));
        HeadYears::new(self.title, cells.map(Value::as_str), words)
    }

    fn texts(&self, row: usize) -> Vec<String> {
        self.grid.cells_of(row).iter().map(|cell| plain(cell.as_str())).filter(|text| !text.is_empty()).collect()
    }

    /// The heading rows, and the headings above each column. Where nothing says which cells are merged, an empty heading
    /// continues the one to its left under the same heading above.
    fn paths(&self, form: &Form, body: usize) -> (Vec<usize>, Vec<Vec<String>>) {
        let words = columns::head_words(form);
        let years = self.years(body, &words);
        let of_code = |text: &String| columns::LEVELS.contains(&text.as_str());
        let mut heads: Vec<usize> = (self.from..body)
            .filter(|row| !self.is_column_numbers(*row))
            .filter(|row| {
                let known = |text: &String| words.contains(&years.plain(text)) || of_code(text);
                self.texts(*row).iter().any(known) || broken::is_part(self.grid, *row, self.from, body, &words)
            })
            .collect();
        // The total may stand beside 类, 款, 项 or beside the lowest headings.
        let opening = self.texts(body);
        let levels_only = opening.iter().any(of_code);
        let lowest = opening.iter().skip(1).filter(|text| words.contains(&years.plain(text))).count() > 1
            && opening.iter().all(|text| cells::cell(text, Unit::WanYuan).is_none());
        if body < self.end && (levels_only || lowest) {
            heads.push(body);
        }
        let merged = self.grid.merged.iter().next().is_some();
        let mut rows: Vec<Vec<String>> = Vec::new();
        for (level, row) in heads.iter().enumerate() {
            let mut out: Vec<String> = Vec::new();
            for column in 0..self.grid.width() {
                let mut text = years.plain(self.grid.seen(*row, column).as_str());
                if *row == body && levels_only && !of_code(&text) {
                    text.clear();
                }
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
        let paths = (0..self.grid.width())
            .map(|column| {
                let mut path: Vec<String> =
                    rows.iter().filter_map(|r| r.get(column).cloned()).filter(|t| !t.is_empty()).collect();
                path.dedup();
                broken::put_together(&mut path, &words);
                path
            })
            .collect();
        (heads, paths)
    }

    fn unit(&self, body: usize) -> Option<Unit> {
        let rows = self.from.saturating_sub(4)..body;
        rows.flat_map(|row| self.grid.cells_of(row)).find_map(|cell| cells::unit(cell.as_str()))
    }

    fn rows(&self, table: &mut SheetTable<'a>, place: &Place, problems: &mut Vec<Problem>) {
        let form = table.form;
        let mut finder = Finder::new(form, self.catalog);
        let words = columns::head_words(form);
        let years = self.years(table.body, &words);
        let mut heads: BTreeSet<String> = words.into_iter().collect();
        heads.extend(columns::LEVELS.map(str::to_owned));
        let above = table.heads.iter().filter(|row| **row < table.body);
        heads.extend(above.flat_map(|row| self.texts(*row)).map(|text| years.plain(&text)));
        let mut above: Vec<Option<String>> = vec![None; form.block.len()];
        for columns in &mut table.columns {
            columns.cut = self.cuts_names(columns);
        }
        for at in table.body..self.end {
            let texts = self.texts(at);
            if texts.is_empty() {
                continue;
            }
            if self.is_note(at) {
                table.notes.extend((at..self.end).filter(|row| !self.texts(*row).is_empty()));
                break;
            }
            // Headings repeated after a page break: two or more of their words and no figure.
            if texts.len() > 1
                && texts.iter().all(|t| heads.contains(&years.plain(t)))
                && texts.iter().any(|t| t != "合计")
            {
                if !table.heads.contains(&at) {
                    table.heads.push(at);
                }
                continue;
            }
            if self.is_column_numbers(at) {
                continue;
            }
            let row = self.row(at, table, &mut above, &mut finder, place, problems);
            if !row.sides.is_empty() {
                table.rows.push(row);
            }
        }
    }

    /// True if a part of some name was cut away.
    fn cuts_names(&self, found: &BlockColumns) -> bool {
        let cut = |at: usize| (self.from..self.end).any(|row| matches!(self.grid.cell(row, at), Value::Unread(_)));
        found.label.is_some_and(cut)
    }

    /// What the row says in each block.
    fn row(
        &self,
        at: usize,
        table: &SheetTable<'a>,
        above: &mut [Option<String>],
        finder: &mut Finder<'a>,
        place: &Place,
        problems: &mut Vec<Problem>,
    ) -> SheetRow<'a> {
        let mut row = SheetRow { at, sides: Vec::new() };
        let mut joined: Option<String> = None;
        for (number, (block, found)) in table.form.block.iter().zip(&table.columns).enumerate() {
            let (code, mut name) = label(self.grid, at, found, above.get(number).cloned().flatten().as_deref());
            let texts: Vec<Option<(usize, &str)>> =
                found.numbers.iter().map(|c| c.map(|c| (c, self.grid.cell(at, c).as_str()))).collect();
            if code.is_none() && finder.is_joined(number, &name) {
                joined = Some(name);
                continue;
            }
            if let (true, Some(left)) = (code.is_none() && name.is_empty(), joined.take()) {
                name = left;
            }
            let printed = texts.iter().flatten().any(|(_, text)| !text.is_empty());
            let unnamed = !block.column.iter().any(columns::is_label);
            if code.is_none() && name.is_empty() && !(unnamed && printed) {
                if printed {
                    let message = "这一行有数字而没有科目编码和名称，没有读入";
                    problems.push(Problem::doubt(Place { table: place.table.clone(), ..self.grid.place(at) }, message));
                    row.sides.push(self.side(number, None, name, None, &texts, table.unit, place, problems));
                }
                continue;
            }
            let row_found = finder.find(Some(number), code.as_deref(), &name);
            if row_found.is_none() {
                let label = code.iter().map(String::as_str).chain([name.as_str()]);
                let label = label.filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ");
                let place = Place { table: place.table.clone(), row: Some(label), ..self.grid.place(at) };
                problems.push(Problem::doubt(place, "这张表没有这一行，没有读入；请核对科目编码和行名"));
            }
            if let (Some(code), Some(found)) = (&code, row_found.as_ref().filter(|_| found.cut)) {
                name = finder.whole_name(found, code, &name).map_or(name, str::to_owned);
            }
            if let Some(above) = above.get_mut(number) {
                above.clone_from(&code);
            }
            row.sides.push(self.side(number, code, name, row_found, &texts, table.unit, place, problems));
        }
        row
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one row")]
    fn side(
        &self,
        block: usize,
        code: Option<String>,
        name: String,
        found: Option<Found<'a>>,
        texts: &[Option<(usize, &str)>],
        unit: Unit,
        place: &Place,
        problems: &mut Vec<Problem>,
    ) -> SheetSide<'a> {
        let unit = if found.as_ref().is_some_and(|found| found.row.count) { Unit::Piece } else { unit };
        let mut side = SheetSide { block, code, name, found, cells: Vec::new() };
        let row = side.label();
        for text in texts {
            side.cells.push(text.map(|(column, text)| {
                let place = Place { table: place.table.clone(), row: Some(row.clone()), ..place.clone() };
                (column, json::printed(text, unit, &place, problems))
            }));
        }
        side
    }
}

//! Tables as they stand on the pages → figures, the sums that they lay out, and the table of the document.

use juesuan_catalog::{Catalog, Variant};
use juesuan_forms::figures::{SheetFigure, figures};
use juesuan_forms::grid::{Title, titles};
use juesuan_forms::region::Region;
use juesuan_forms::rows::Found;
use juesuan_forms::sums::{self, SumRow, SumRows, Way};
use juesuan_forms::table::SheetTable;
use juesuan_forms::{cells, title};
use juesuan_model::package::LaidOutSum;
use juesuan_model::{Cell, Dimension, Figure, FigureId, Measure, Package, Place, Problem, Seen, Table, Unit};
use juesuan_read::Value;
use juesuan_text::plain;

use super::outline::RawTable;
use super::print::{self, Columns, Ids};
use crate::performance;
use crate::text::headings;

/// Figures of a table that nobody knows, from which on it is worth a word.
const FIGURES_WORTH_A_WORD: usize = 3;
/// Rows at the top of a table that may hold its unit.
const UNIT_ROWS: usize = 5;

/// Longest `公开01表` and longest title of a table, in characters.
const NUMBER_MAX: usize = 8;
const TITLE_MAX: usize = 45;

/// Something of a table that was not understood.
struct Lost {
    /// Its block and column; none where that is not known.
    block: Option<usize>,
    column: Option<usize>,
    figure: FigureId,
}

impl Lost {
    /// True if it may belong to what stands in these blocks and columns.
    fn is_beside(&self, places: &[(usize, usize)]) -> bool {
        let same = |own: Option<usize>, other: usize| own.is_none_or(|own| own == other);
        places.iter().any(|(block, column)| same(self.block, *block) && same(self.column, *column))
    }
}

/// Makes the tables of a document.
pub struct Tables<'a> {
    /// Forms, codes and words.
    pub catalog: &'a Catalog,
    /// The variant that is expected.
    pub variant: &'a Variant,
    /// Where figures and sums go.
    pub package: &'a mut Package,
    /// What was not understood.
    pub problems: &'a mut Vec<Problem>,
    /// Codes of the function classification and their names, as the tables print them.
    pub functions: Vec<(String, String)>,
}

impl Tables<'_> {
    /// The tables of one grid: mostly one.
    pub fn make(&mut self, raw: &RawTable) -> Vec<Table> {
        let unit = raw.caption.iter().find_map(|line| cells::unit(&line.text));
        if self.lists_checks(raw) {
            return vec![self.plain(raw, unit)];
        }
        let inside = titles(self.catalog, &raw.grid);
        let told = self.problems.len();
        let mut out = Vec::new();
        let first = inside.first().map_or(raw.grid.rows.len(), |title| title.row);
        if let Some((title, key)) = self.title(raw)
            && (inside.is_empty() || first > 3)
        {
            out.extend(self.one(raw, &Title { row: 0, key, text: title }, (0, first), unit));
        }
        let ends = inside.iter().skip(1).map(|title| title.row).chain([raw.grid.rows.len()]);
        for (title, end) in inside.iter().zip(ends) {
            out.extend(self.one(raw, title, (title.row + 1, end), unit));
        }
        if out.is_empty() {
            if inside.len() > 1 {
                // One word about the whole sheet, not one for each row that names a table.
                self.problems.truncate(told);
                let message = "不认识这张表，没有读入；请核对表名和表头";
                self.problems.push(Problem::doubt(raw.grid.place(0), message));
                out.push(self.plain(raw, unit));
            } else {
                out.push(self.other(raw, unit));
            }
        }
        for table in &mut out {
            self.frame(table, raw, unit);
        }
        out
    }

    /// Title and form by the lines above, the heading above, or the name of the sheet.
    fn title(&self, raw: &RawTable) -> Option<(String, String)> {
        // Provinces count their tables otherwise: beside a title that nobody knows a number says nothing.
        let other = |text: &str| text.ends_with('表') && !is_form_number(text) && text.chars().count() <= TITLE_MAX;
        let strange = raw.caption.iter().map(|line| plain(&line.text)).any(|text| other(&text));
        let counts = |text: &&str| !strange || !is_form_number(&plain(text));
        let above = raw.caption.iter().map(|line| line.text.as_str()).filter(counts);
        let heading = raw.heading.as_ref().map(|joined| headings::outer(&joined.text).unwrap_or(&joined.text));
        let mut texts = above.chain(heading).chain([raw.grid.sheet.as_str()]).filter(|text| !text.is_empty());
        texts.find_map(|text| Some((text.trim().to_owned(), title::form_of(self.catalog, text)?)))
    }

    fn one(&mut self, raw: &RawTable, title: &Title, (from, end): (usize, usize), unit: Option<Unit>) -> Option<Table> {
        let grid = &raw.grid;
        let region = Region { catalog: self.catalog, grid, from, end, title: &title.text, unit };
        let sheet = region.read(self.variant, &title.key, self.problems)?;
        let mut ids = self.figures(raw, &sheet, &title.text);
        let plan = Columns::of_form(&sheet, grid, end);
        let unread = self.unread(raw, &sheet, &title.text, &mut ids);
        let sums = self.sums(&sheet, &ids, &unread, plan.strange().next().is_some());
        let mut table = print::table(&plan, &sheet, grid, &ids, &sums);
        table.form.clone_from(&title.key);
        table.title.clone_from(&title.text);
        if sheet.unit_printed {
            table.unit = format!("单位：{}", sheet.unit.word());
        }
        table.place = region.place();
        for row in &sheet.notes {
            let text: String = grid.cells_of(*row).iter().map(Value::as_str).collect();
            table.notes.push(text);
            table.note_places.push(Place { table: Some(title.text.clone()), ..grid.place(*row) });
        }
        self.lost_columns(raw, &plan, &title.text);
        Some(table)
    }

    /// Figures of the cells; ids by row and column of the grid.
    fn figures(&mut self, raw: &RawTable, sheet: &SheetTable<'_>, title: &str) -> Ids {
        let named = sheet.rows.iter().flat_map(|row| &row.sides).filter(|side| !side.name.is_empty());
        for side in named {
            if let Some(Found { row, code: Some(code), .. }) = &side.found
                && row.by == Some(Dimension::Function)
            {
                self.functions.push((code.clone(), plain(&side.name)));
            }
        }
        let figures = figures(sheet, &raw.grid, title).into_iter();
        let push = |SheetFigure { cell, figure }| {
            let id = self.package.push(figure);
            let others = raw.grid.rows.get(cell.0).and_then(|row| row.others.get(&cell.1));
            self.package.others.extend(others.map(|others| (id, others.clone())));
            (cell, id)
        };
        figures.map(push).collect()
    }

    /// What was not understood of a table, as figures that cannot be read: cells of rows that the form does not have, and rows
    /// that could not be put below the others. By the block, `None` for the whole table.
    fn unread(&mut self, raw: &RawTable, sheet: &SheetTable<'_>, title: &str, ids: &mut Ids) -> Vec<Lost> {
        let mut lost = Vec::new();
        let unreadable = |place: Place| Figure {
            meanings: Vec::new(),
            measure: Measure::Amount,
            cell: Cell::Unreadable,
            exact_fen: None,
            seen: Seen::Text,
            place: Place { table: Some(title.to_owned()), ..place },
        };
        for (row, side) in sheet.rows.iter().flat_map(|row| row.sides.iter().map(move |side| (row, side))) {
            let printed = side.cells.iter().flatten().filter(|(_, cell)| !matches!(cell, Cell::Blank));
            for (column, _) in printed.filter(|_| side.found.is_none()) {
                let place = Place { row: Some(side.label()), ..raw.grid.place_of_cell(row.at, *column) };
                let figure = self.package.push(unreadable(place));
                ids.insert((row.at, *column), figure);
                lost.push(Lost { block: Some(side.block), column: Some(*column), figure });
            }
        }
        // A table of which no amount was read, because columns were not found, is not empty.
        let numbers = sheet.columns.iter().flat_map(|block| &block.numbers);
        if ids.is_empty() && numbers.into_iter().any(Option::is_none) {
            let figure = self.package.push(unreadable(raw.grid.place(0)));
            lost.push(Lost { block: None, column: None, figure });
        }
        for place in &raw.lost {
            let message = "这里像是上面那张表的下半部分，没有表头，列数也不同，没有读入；请合成一张表，或重复表头";
            let place = Place { table: Some(title.to_owned()), ..place.clone() };
            self.problems.push(Problem::doubt(place.clone(), message));
            let figure = self.package.push(unreadable(place));
            lost.push(Lost { block: None, column: None, figure });
        }
        lost
    }

    /// The sums that the table lays out. What was not understood may be a part of any sum downwards beside it; a column that
    /// was not understood, of any sum across.
    fn sums(
        &mut self,
        sheet: &SheetTable<'_>,
        ids: &Ids,
        unread: &[Lost],
        strange: bool,
    ) -> Vec<(FigureId, LaidOutSum, Way)> {
        let blocks = sheet.form.block.len();
        let mut rows: SumRows<'_> = vec![vec![None; sheet.rows.len()]; blocks];
        let mut index: sums::Index = vec![vec![Vec::new(); sheet.rows.len()]; blocks];
        let mut slots: Vec<FigureId> = Vec::new();
        let mut home: Vec<(usize, usize)> = Vec::new();
        for (line, row) in sheet.rows.iter().enumerate() {
            for side in &row.sides {
                let Some(found) = &side.found else { continue };
                let figures: Vec<Option<usize>> = side
                    .cells
                    .iter()
                    .map(|cell| {
                        let (at, _) = (*cell)?;
                        slots.push(*ids.get(&(row.at, at))?);
                        home.push((side.block, at));
                        Some(slots.len() - 1)
                    })
                    .collect();
                if let (Some(place), Some(cells)) = (
                    rows.get_mut(side.block).and_then(|block| block.get_mut(line)),
                    index.get_mut(side.block).and_then(|block| block.get_mut(line)),
                ) {
                    *place = Some(SumRow { row: found.row, code: found.code.as_deref() });
                    *cells = figures;
                }
            }
        }
        let mut out = Vec::new();
        for sum in sums::sums(sheet.form, &rows, &index) {
            let figures = |slots_of: &[usize]| slots_of.iter().filter_map(|s| slots.get(*s).copied()).collect();
            if strange && sum.way == Way::Across {
                continue;
            }
            let Some(total) = slots.get(sum.total).copied() else { continue };
            let mut parts: Vec<FigureId> = figures(&sum.parts);
            if sum.way == Way::Down {
                let beside: Vec<(usize, usize)> =
                    sum.parts.iter().chain([&sum.total]).filter_map(|slot| home.get(*slot)).copied().collect();
                parts.extend(unread.iter().filter(|lost| lost.is_beside(&beside)).map(|lost| lost.figure));
            }
            let laid = LaidOutSum { total, parts, less: figures(&sum.less), law: sum.law };
            self.package.sums.push(laid.clone());
            out.push((total, laid, sum.way));
        }
        out
    }

    /// A column with figures that the form does not have.
    fn lost_columns(&mut self, raw: &RawTable, plan: &Columns, title: &str) {
        for column in plan.strange() {
            let place = Place { table: Some(title.to_owned()), column: Some(column.to_owned()), ..raw.grid.place(0) };
            let message = "这张表没有这一列，列中的数没有核对；请核对表头";
            self.problems.push(Problem::doubt(place, message));
        }
    }

    /// True for a sheet that lists checks of the tables, by its name or title: it tells of numbers and has none of its own.
    fn lists_checks(&self, raw: &RawTable) -> bool {
        let words = &self.catalog.recognition.checks;
        let first = raw.grid.rows.iter().take(1).flat_map(|row| &row.cells).map(Value::as_str);
        let above = raw.caption.iter().map(|line| line.text.as_str());
        first.chain(above).chain([raw.grid.sheet.as_str()]).any(|text| words.iter().any(|word| *word == plain(text)))
    }

    /// A table that no form explains; it is worth a word where it has amounts.
    fn other(&mut self, raw: &RawTable, unit: Option<Unit>) -> Table {
        let table = self.plain(raw, unit);
        let money = table.rows.iter().flat_map(|row| &row.cells).filter(|cell| {
            cell.role == juesuan_model::CellRole::Number && cell.text.contains(|c: char| c.is_ascii_digit())
        });
        let worth = self.tells_unit(raw, unit) && money.count() >= FIGURES_WORTH_A_WORD;
        if worth && !performance::knows(&table, self.catalog) {
            let message = "不认识这张表，表中的数没有核对；请核对表名";
            self.problems.push(Problem::doubt(table.place.clone(), message));
        }
        table
    }

    /// True if a unit of money stands above a table or in its first rows.
    fn tells_unit(&self, raw: &RawTable, unit: Option<Unit>) -> bool {
        let above = raw.grid.rows.iter().take(UNIT_ROWS).flat_map(|row| &row.cells);
        unit.is_some() || above.map(Value::as_str).any(|text| cells::unit(text).is_some())
    }

    /// A table as it is printed, without a form.
    fn plain(&self, raw: &RawTable, unit: Option<Unit>) -> Table {
        let plan = Columns::of_grid(&raw.grid);
        let mut table = print::plain_table(&plan, &raw.grid);
        let title = raw.caption.iter().find(|line| cells::unit(&line.text).is_none());
        table.title = title.map_or_else(String::new, |line| line.text.trim().to_owned());
        if table.title.is_empty() {
            // A caption that has its unit on the same line.
            let line = raw.caption.first().map(|line| line.text.as_str()).unwrap_or_default();
            let own = line.split_whitespace().find(|part| cells::unit(part).is_none());
            table.title = own.unwrap_or(&raw.grid.sheet).to_owned();
        }
        table.place = Place { table: Some(table.title.clone()).filter(|t| !t.is_empty()), ..raw.grid.place(0) };
        if let Some(unit) = unit {
            table.unit = format!("单位：{}", unit.word());
        }
        table
    }

    /// What stands around the table.
    fn frame(&self, table: &mut Table, raw: &RawTable, _unit: Option<Unit>) {
        table.pages.clone_from(&raw.pages);
        for line in &raw.caption {
            let text = line.text.trim();
            for part in text.split([' ', '\u{3000}', '\t']).filter(|part| !part.is_empty()) {
                let bare = plain(part);
                if is_form_number(&bare) {
                    part.clone_into(&mut table.number);
                } else if entity(self.catalog, part).is_some() && cells::unit(part).is_none() {
                    part.clone_into(&mut table.entity);
                }
            }
        }
        if let Some(line) = raw.caption.iter().find(|line| plain(&line.text) == plain(&table.title)) {
            table.place = Place { table: table.place.table.clone(), ..line.place.clone() };
        }
        for note in &raw.notes {
            table.notes.push(note.text.clone());
            table.note_places.push(note.place());
        }
    }
}

/// `公开01表`.
pub fn is_form_number(text: &str) -> bool {
    text.starts_with("公开") && text.ends_with('表') && text.chars().count() <= NUMBER_MAX
}

/// The name behind a label: `编制单位：某局`.
pub fn entity(catalog: &Catalog, text: &str) -> Option<String> {
    let text = plain(text);
    let (label, name) = text.split_once('：')?;
    let labelled = catalog.recognition.labels.iter().any(|word| word == label);
    (labelled && !name.is_empty()).then(|| name.to_owned())
}

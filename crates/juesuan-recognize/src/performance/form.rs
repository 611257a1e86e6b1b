//! Forms whose lines were read: 项目支出绩效自评表, 整体绩效自评表, by the words of their heads.

use std::collections::BTreeMap;

use juesuan_catalog::{FormHead, PerformanceCatalog, PerformanceWords};
use juesuan_model::{Evaluation, FundLine, Measure, Place, Printed, Quantity, Seen, Stands, Table, Told, Topic, Unit};
use juesuan_text::plain;

use super::book::{Book, Number, Spot, meaning, measure};
use super::evaluation::falls_short;
use super::head::{Column, Columns, columns, is, is_fund_head, is_indicator_head, is_total, without_note};
use super::indicator::indicator;
use super::link;
use super::list::Totals;
use super::prose;
use super::title::alone;

/// Rows above a form, at most.
const TITLE_ROWS: usize = 3;

/// A cell.
#[derive(Clone, Debug, Default)]
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) place: Place,
    pub(super) seen: Seen,
    /// Where it begins, for what stood in a paragraph.
    pub(super) spot: Option<Spot>,
}

/// The title above a form that was read as text.
#[derive(Clone, Debug, Default)]
pub(super) struct Above {
    pub(super) told: Told,
    pub(super) year: Option<u16>,
    pub(super) project: String,
}

/// A form, perhaps of several pages, as rows of cells.
#[derive(Clone, Debug, Default)]
pub(super) struct Grid {
    pub(super) rows: Vec<Vec<Cell>>,
    title: String,
    place: Place,
    pub(super) yuan: bool,
    /// What stands below it.
    below: Vec<String>,
}

impl Grid {
    pub(super) fn new(table: &Table) -> Grid {
        let mut grid = Grid { title: plain(&table.title), place: table.place.clone(), ..Grid::default() };
        grid.add(table);
        grid
    }

    /// Adds the rows of a table that goes on with this one.
    pub(super) fn add(&mut self, table: &Table) {
        let place = |text: &str| {
            let own =
                Place { table: Some(table.title.clone()).filter(|title| !title.is_empty()), ..table.place.clone() };
            Place { quote: Some(text.chars().take(60).collect()), ..own }
        };
        for header in &table.header {
            let mut row: Vec<Cell> = Vec::new();
            for cell in header {
                let at = usize::from(cell.column);
                row.resize(row.len().max(at + 1), Cell::default());
                if let Some(into) = row.get_mut(at) {
                    *into = Cell { text: plain(&cell.text), place: place(&cell.text), ..Cell::default() };
                }
            }
            self.rows.push(row);
        }
        for source in &table.rows {
            let mut row: Vec<Cell> = Vec::new();
            for cell in &source.cells {
                let (text, place) = (plain(&cell.text), place(&cell.text));
                row.push(Cell { text, place, seen: cell.seen, spot: None });
                row.resize(row.len() + usize::from(cell.columns.max(1)) - 1, Cell::default());
            }
            self.rows.push(row);
        }
        self.below.extend(table.notes.iter().map(|note| plain(note)));
        self.yuan = self
            .rows
            .iter()
            .flatten()
            .chain([&Cell { text: plain(&table.unit), ..Cell::default() }])
            .any(|cell| cell.text.contains("(元)") || cell.text.ends_with("单位：元"));
    }

    /// True if it is a form of performance.
    pub(super) fn is_form(&self, words: &PerformanceWords) -> bool {
        let head = &words.form_head;
        let rows = || self.rows.iter().map(|row| columns(row, head));
        let indicators = rows().any(|c| is_indicator_head(&c));
        indicators
            || rows().any(|c| is_fund_head(&c)) && rows().any(|c| c.contains_key(&Column::Project))
            || self.list(head).is_some()
    }

    /// Notes below it, and in its last rows.
    pub(super) fn notes(&self, words: &PerformanceWords) -> impl Iterator<Item = String> {
        let cells = self.rows.iter().flatten().map(|cell| &cell.text);
        let notes = self.below.iter().chain(cells).filter(|text| super::walk::is_note(text, words));
        notes.cloned()
    }

    /// True if it tells how results were made and are used.
    pub(super) fn tells(&self, words: &PerformanceWords) -> bool {
        self.rows.iter().flatten().any(|cell| is(&cell.text, &words.told_columns))
    }

    /// True if a table goes on with this form on the next page: rows without a head, or below the same head again.
    pub(super) fn goes_on(&self, other: &Grid, words: &PerformanceWords) -> bool {
        let head = &words.form_head;
        let width = |grid: &Grid| grid.rows.iter().map(Vec::len).max();
        let ended = self.rows.iter().any(|row| is_total(row, head));
        let first = other.rows.iter().find(|row| row.iter().any(|cell| !cell.text.is_empty()));
        let again = first.map(|row| columns(row, head)).filter(is_indicator_head).is_some_and(|again| {
            let own = self.rows.iter().map(|row| columns(row, head)).find(is_indicator_head);
            own.is_some_and(|own| own.keys().eq(again.keys()))
        });
        let goes_on = if again { other.project(head).is_none() } else { !other.is_form(words) };
        !ended && goes_on && (again || width(self) == width(other))
    }

    /// Its title; the name of a sheet is cut, and the whole of it stands in a row of its own.
    fn printed_title(&self) -> &str {
        let mut alone = self.rows.iter().take(TITLE_ROWS).filter_map(|row| {
            let mut texts = row.iter().map(|cell| cell.text.as_str()).filter(|text| !text.is_empty());
            texts.next().filter(|_| texts.next().is_none())
        });
        let whole = alone.find(|text| !self.title.is_empty() && text.starts_with(&self.title));
        whole.unwrap_or(&self.title)
    }

    /// Name of the project that it is about.
    fn project(&self, head: &FormHead) -> Option<Told> {
        self.rows.iter().find_map(|row| {
            let at = row.iter().position(|cell| is(&cell.text, &head.project))?;
            let value = row.get(at + 1..)?.iter().find(|cell| !cell.text.is_empty())?;
            Some(Told { text: value.text.clone(), place: value.place.clone() })
        })
    }

    /// What the form says: one evaluation, or one for each line of a list. Title and year are those of the line above it, where
    /// that is a title, and so is the project that it does not name; its project has the name that it has in what was read
    /// `before`.
    pub(super) fn read(
        &self,
        catalog: &PerformanceCatalog,
        title: Option<&Above>,
        before: &[Evaluation],
        book: &mut Book,
    ) -> (Vec<Evaluation>, Option<Totals>) {
        let words = &catalog.words;
        let head = &words.form_head;
        if let Some((at, columns)) = self.list(head) {
            let (mut lines, totals) = self.lines((at, &columns), head, before, book);
            lines.iter_mut().for_each(|line| line.year = title.and_then(|above| above.year));
            return (lines, Some(totals));
        }
        let mut out = Evaluation { stands: Stands::Form, ..Evaluation::default() };
        out.title = Told { text: alone(self.printed_title(), words).to_owned(), place: self.place.clone() };
        if let Some(name) = self.project(head) {
            out.project.clone_from(&name.text);
            out.names.push(name);
        }
        if let Some(above) = title {
            // What stands between a title and its table is a line of the form: 单位名称, 填报日期.
            out.year = above.year;
            out.title = above.told.clone();
            if out.project.is_empty() {
                out.project.clone_from(&above.project);
            }
        }
        out.project = known(before, std::mem::take(&mut out.project));
        self.texts(words, &mut out, book);
        self.totals(words, &mut out, book);
        let (mut funds, mut indicators) = (None, None);
        let mut levels: Vec<String> = vec![String::new(); head.levels.len()];
        for row in &self.rows {
            let own = columns(row, head);
            if is_indicator_head(&own) {
                (funds, indicators) = (None, Some(own));
            } else if is_fund_head(&own) {
                out.amounts.extend(weight_in_head(row).map(|(printed, seen)| {
                    let place = self.place.clone();
                    let number = Number { printed, meaning: None, measure: Measure::Score, place, seen };
                    (Quantity::ExecutionWeight, book.enter(number))
                }));
                funds = Some(own);
            } else if is_total(row, head) && indicators.is_some() {
                self.total(row, indicators.as_ref(), &mut out, book);
                indicators = None;
            } else if let Some(columns) = &indicators {
                out.indicators.extend(indicator(row, columns, &mut levels, &catalog.values, book));
            } else if let Some(columns) = &funds {
                self.fund(row, columns, head, &mut out, book);
            }
        }
        (vec![out], None)
    }

    /// Labelled cells: the value stands to the right, or below where another label follows.
    fn texts(&self, words: &PerformanceWords, out: &mut Evaluation, book: &mut Book) {
        let labels: Vec<(String, Topic)> =
            words.topic.iter().flat_map(|t| t.words.iter().map(|word| (plain(word), t.topic))).collect();
        let label = |text: &str| {
            let text = text.trim_end_matches('：');
            labels.iter().find(|(word, _)| word == text).map(|(_, topic)| *topic)
        };
        for (number, row) in self.rows.iter().enumerate() {
            for (at, cell) in row.iter().enumerate() {
                let Some(topic) = label(&cell.text) else { continue };
                let right = row.get(at + 1..).and_then(|rest| rest.iter().find(|cell| !cell.text.is_empty()));
                let below = self.rows.get(number + 1).and_then(|row| row.get(at));
                let found = match right {
                    Some(right) if label(&right.text).is_none() => Some(right),
                    Some(_) if topic == Topic::Goal && at == 0 => None,
                    Some(_) | None => below,
                };
                if let Some(found) = found.filter(|found| label(&found.text).is_none()) {
                    let told = Told { text: found.text.clone(), place: cell.place.clone() };
                    if falls_short(topic) && !out.says.contains_key(&topic) {
                        rates_again(found, &out.project, words, book);
                    }
                    out.says.entry(topic).or_insert(told);
                }
            }
        }
    }

    /// Amounts of the whole in the head: 基本支出总额, 项目支出总额, each to the left of its value.
    fn totals(&self, words: &PerformanceWords, out: &mut Evaluation, book: &mut Book) {
        let money = if self.yuan { Unit::Yuan } else { Unit::WanYuan };
        for entry in words.quantity.iter().filter(|entry| entry.form) {
            let found = self.rows.iter().find_map(|row| {
                let at = row.iter().position(|cell| is(without_note(&cell.text), &entry.words))?;
                let cell = row.get(at + 1..)?.iter().find(|cell| !cell.text.is_empty())?;
                number(&cell.text, money).map(|printed| (cell, printed))
            });
            let Some((cell, printed)) = found else { continue };
            let place = Place { row: entry.words.first().cloned(), ..cell.place.clone() };
            let entered = Number { printed, meaning: None, measure: measure(entry.quantity), place, seen: cell.seen };
            out.amounts.insert(entry.quantity, book.enter(entered));
        }
    }

    fn fund(&self, row: &[Cell], columns: &Columns, head: &FormHead, out: &mut Evaluation, book: &mut Book) {
        let first = columns.iter().filter(|(c, _)| !matches!(c, Column::Project)).map(|(_, at)| *at).min().unwrap_or(0);
        let names = row.get(..first).unwrap_or_default();
        let has = |words: &[String]| names.iter().any(|cell| words.iter().any(|word| cell.text.contains(&plain(word))));
        let total = has(&head.fund_total);
        if !total && !has(&head.fund_part) {
            return;
        }
        let name =
            names.iter().rev().find(|cell| !cell.text.is_empty()).map(|cell| cell.text.clone()).unwrap_or_default();
        let mut line = FundLine { name, amounts: BTreeMap::new() };
        let money = if self.yuan { Unit::Yuan } else { Unit::WanYuan };
        for (column, quantity, unit) in [
            (Column::InitialBudget, Quantity::InitialBudget, money),
            (Column::FullYearBudget, Quantity::FullYearBudget, money),
            (Column::Executed, Quantity::Executed, money),
            (Column::Weight, Quantity::ExecutionWeight, Unit::Point),
            (Column::Rate, Quantity::Rate, Unit::Percent),
            (Column::Score, Quantity::ExecutionScore, Unit::Point),
        ] {
            let Some(cell) = columns.get(&column).and_then(|at| row.get(*at)) else { continue };
            let Some(printed) = number(&cell.text, unit) else { continue };
            // The total line of a project is the project's money.
            let own = (total && !out.project.is_empty()).then(|| meaning(&out.project, quantity)).flatten();
            let place = Place { row: Some(line.name.clone()), ..cell.place.clone() };
            let measure = own.as_ref().map_or_else(|| measure(quantity), |(_, measure)| measure.clone());
            let entered = Number { printed, meaning: own.map(|(meaning, _)| meaning), measure, place, seen: cell.seen };
            let id = book.enter(entered);
            line.amounts.insert(quantity, id);
        }
        if total {
            for (quantity, id) in &line.amounts {
                out.amounts.entry(*quantity).or_insert(*id);
            }
            out.funds.insert(0, line);
        } else {
            out.funds.push(line);
        }
    }

    fn total(&self, row: &[Cell], columns: Option<&Columns>, out: &mut Evaluation, book: &mut Book) {
        let numbers: Vec<(usize, Printed)> =
            row.iter().enumerate().filter_map(|(at, cell)| Some((at, number(&cell.text, Unit::Point)?))).collect();
        let under = |column| columns.and_then(|c| c.get(&column)).and_then(|at| numbers.iter().find(|n| n.0 == *at));
        let (weight, score) = match (under(Column::Weight), under(Column::Score), numbers.as_slice()) {
            (Some(weight), Some(score), _) => (Some(*weight), Some(*score)),
            (_, _, [weight, score]) => (Some(*weight), Some(*score)),
            (weight, score, _) => (weight.copied(), score.copied()),
        };
        let own = (!out.project.is_empty()).then(|| meaning(&out.project, Quantity::Score)).flatten();
        for (quantity, found, meaning) in
            [(Quantity::WeightTotal, weight, None), (Quantity::Score, score, own.map(|(meaning, _)| meaning))]
        {
            let Some((at, printed)) = found else { continue };
            let Some(cell) = row.get(at) else { continue };
            let place = Place { row: row.first().map(|cell| cell.text.clone()), ..cell.place.clone() };
            let entered = Number { printed, meaning, measure: Measure::Score, place, seen: cell.seen };
            out.amounts.insert(quantity, book.enter(entered));
        }
    }
}

/// The number that a cell is, in the unit of its column.
pub(super) fn number(text: &str, unit: Unit) -> Option<Printed> {
    let (digits, percent) = match text.strip_suffix('%') {
        Some(digits) => (digits, true),
        None => (text.strip_suffix('分').unwrap_or(text), false),
    };
    // 9,746.50 has its comma as ，; a rate of 0.98 without sign may be either.
    let digits = digits.replace('，', "");
    let printed = Printed::parse(&digits, unit).ok()?;
    let doubtful = unit == Unit::Percent && !percent && (printed.decimals > 0 || printed.mantissa <= 1);
    (!doubtful && (unit == Unit::Percent || !percent)).then_some(printed)
}

/// Points in the head of the money block: `预算执行情况（20分）`.
fn weight_in_head(row: &[Cell]) -> Option<(Printed, Seen)> {
    row.iter().find_map(|cell| {
        let (before, _) = cell.text.split_once("分)")?;
        let (_, digits) = before.rsplit_once('(')?;
        Some((Printed::parse(digits, Unit::Point).ok()?, cell.seen))
    })
}

/// The rate of execution in a text that tells what was not reached.
fn rates_again(cell: &Cell, project: &str, words: &PerformanceWords, book: &mut Book) {
    let chars = juesuan_text::characters(&cell.text);
    for again in prose::rates_again(&chars, 0..chars.len(), words) {
        let Some((meaning, measure)) = meaning(project, Quantity::Rate).filter(|_| !project.is_empty()) else { return };
        let (printed, place, seen) = (again.printed, cell.place.clone(), cell.seen);
        book.enter(Number { printed, meaning: Some(meaning), measure, place, seen });
    }
}

/// The name that a project has in what was read before; a form without a project is about the whole.
pub(super) fn known(before: &[Evaluation], project: String) -> String {
    if project.is_empty() {
        return project;
    }
    let names = [project];
    let found = link::known(before, Stands::Form, &names);
    let [project] = names;
    found.unwrap_or(project)
}

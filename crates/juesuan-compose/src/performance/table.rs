//! Tables with a row for each project, step or use, and a last row that sums them up.

use juesuan_catalog::performance::documents::names::RATE;
use juesuan_catalog::performance::documents::{Elements, Summed, TableColumn, TableTemplate};
use juesuan_evaluate::campaign::Subject;
use juesuan_model::package::LaidOutSum;
use juesuan_model::{
    Block, Cell, Evaluation, FigureId, HeadColumn, Money, Number, Quantity, Table, TableBuilder, TableCell, Told, Unit,
};
use juesuan_text::plain;

use super::cell::{Look, Spot, cell};
use super::recorded::of_table;
use super::words::Words;
use super::{Known, Writer, told};
use crate::narrate::Written;
use crate::narrate::line::Bit;

/// Longest short entry, in characters: 2023年12月31日.
const SHORT: usize = 11;
/// Law under which sums of columns are checked.
const SUM_LAW: &str = "sum";

impl Writer<'_> {
    /// The table; nothing where it has no row.
    pub(super) fn table(
        &self,
        template: &TableTemplate,
        subject: Option<&Subject>,
        known: Known,
        section: &str,
        written: &mut Written,
    ) -> Option<Block> {
        let title = self.plain(known, &template.title);
        let mut rows = self.rows(template.each, subject);
        if rows.is_empty() {
            return None;
        }
        self.even_rates(template, &mut rows);
        let mut figures: Vec<Vec<FigureId>> = vec![Vec::new(); template.column.len()];
        let columns = template.column.iter().map(|column| HeadColumn::new(&column.title, column.width));
        let mut table = TableBuilder::new(&columns.collect::<Vec<_>>());
        let said = |words| {
            let own: Vec<_> = std::iter::once(words).chain(known.iter().copied()).collect();
            template.column.iter().map(|column| self.say(&own, &column.write)).collect()
        };
        let all: Vec<Vec<Vec<Bit>>> = rows.iter().map(said).collect();
        let short: Vec<bool> = (0..template.column.len()).map(|at| is_short(&all, at)).collect();
        for texts in all {
            let name: String = texts.first().into_iter().flatten().map(Bit::shown).collect();
            let (mut cells, mut said) = (Vec::new(), Evaluation::default());
            for (at, (column, bits)) in template.column.iter().zip(texts).enumerate() {
                let look = look(&bits, column.summed, short.get(at).copied().unwrap_or(false));
                let spot = Spot { section, table: &title, row: &name, column: &column.title };
                let (made, _) = cell(bits, look, 1, &spot, written);
                say(column, &made, &title, &mut said);
                if let (Some(own), Some(figure)) = (figures.get_mut(at), made.figure) {
                    own.push(figure);
                }
                cells.push(made);
            }
            table.row(cells);
            if !said.project.is_empty() {
                written.package.performance.evaluations.push(said);
            }
        }
        if !template.total.is_empty() {
            table.total(self.total(template, &figures, rows.len(), &title, section, written));
        }
        Some(Block::Table(Table { title, unit: template.unit.clone(), ..table.finish() }))
    }

    /// Rates of projects below each other with as many digits as the one that has most.
    fn even_rates(&self, template: &TableTemplate, rows: &mut [Words]) {
        let digits = self.rate_digits_of_most();
        let projects = self.campaign.projects.iter().filter(|_| template.each == Elements::Project);
        for (words, project) in rows.iter_mut().zip(projects) {
            let meaning = told::meaning(&project.project, Quantity::Rate);
            words.set(RATE, project.rate.and_then(|rate| self.rate_of(rate, digits, meaning)));
        }
    }

    /// Cells of the last row.
    fn total(
        &self,
        template: &TableTemplate,
        figures: &[Vec<FigureId>],
        rows: usize,
        title: &str,
        section: &str,
        written: &mut Written,
    ) -> Vec<TableCell> {
        let mut cells: Vec<TableCell> = Vec::new();
        for (at, column) in template.column.iter().enumerate() {
            let own = figures.get(at).filter(|own| own.len() == rows);
            let bits: Vec<Bit> = match (column.summed, own) {
                (Summed::Sum, Some(own)) => sum(own, written).map(|sum| self.amount(sum)).into_iter().collect(),
                (Summed::Rate, _) => self.rate_of_all().into_iter().collect(),
                (Summed::Mean, Some(_)) => {
                    self.mean().and_then(|mean| told::points(mean, self.decimals, Vec::new())).into_iter().collect()
                }
                _ if at == 0 => vec![Bit::Text(template.total.clone())],
                _ => Vec::new(),
            };
            let look = if at == 0 { Look::Middle } else { look(&bits, column.summed, false) };
            let spot = Spot { section, table: title, row: &template.total, column: &column.title };
            let (mut made, _) = cell(bits, look, 1, &spot, written);
            if let (Summed::Sum, Some(own), Some(total)) = (column.summed, own, made.figure) {
                made.adds.clone_from(own);
                let sum = LaidOutSum { total, parts: own.clone(), less: Vec::new(), law: SUM_LAW.to_owned() };
                written.package.sums.push(sum);
            }
            cells.push(made);
        }
        cells
    }

    /// What all projects spent in percent of their budgets.
    fn rate_of_all(&self) -> Option<Bit> {
        let number = |money: Money| Number::whole(money.fen());
        let (executed, budget) = (self.sum(Quantity::Executed)?, self.sum(Quantity::FullYearBudget)?);
        self.rate_of(number(executed).percent_of(number(budget))?, self.rate_digits_of_most(), Vec::new())
    }
}

/// What a cell says of the project of its row.
fn say(column: &TableColumn, made: &TableCell, title: &str, said: &mut Evaluation) {
    if column.project {
        let told = Told { text: plain(&made.text), place: of_table(title, &made.text) };
        said.project.clone_from(&told.text);
        said.names.push(told.clone());
        said.title = told;
    }
    if let Some((quantity, id)) = column.amount.zip(made.figure) {
        said.amounts.insert(quantity, id);
    }
}

/// A number alone stands at the right, an entry of a column of short ones in the middle.
fn look(bits: &[Bit], summed: Summed, short: bool) -> Look {
    match (bits, summed) {
        (_, Summed::Sum | Summed::Rate | Summed::Mean) | ([Bit::Figure(_)], _) => Look::Number,
        _ if short => Look::Middle,
        _ => Look::Text,
    }
}

/// True if no entry of a column behind the first is longer than a day.
fn is_short(rows: &[Vec<Vec<Bit>>], at: usize) -> bool {
    let length = |bits: &Vec<Bit>| bits.iter().map(|bit| bit.shown().chars().count()).sum::<usize>();
    at > 0 && rows.iter().filter_map(|row| row.get(at)).all(|bits| length(bits) <= SHORT)
}

/// The sum of printed amounts: exact where all are.
fn sum(figures: &[FigureId], written: &Written) -> Option<Money> {
    let amount = |id: &FigureId| {
        let figure = written.package.figure(*id)?;
        figure.exact_fen.or_else(|| match figure.cell {
            Cell::Number(printed) if printed.unit == Unit::WanYuan => printed.money(),
            _ => None,
        })
    };
    figures.iter().map(amount).sum()
}

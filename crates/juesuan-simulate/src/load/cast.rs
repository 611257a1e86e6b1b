//! The document of a body: a pattern with the body's amounts, names and texts.

use juesuan_model::{Block, Cell, Figure, FigureId, Money, Package, Printed, Run, Table};

use crate::load::books::slot_of;

/// What a body makes of a pattern.
#[derive(Clone, Debug)]
pub struct Casting<'a> {
    /// What amounts are multiplied by, in thousandths.
    pub per_mille: i64,
    /// The county of the patterns, and the region that stands for it.
    pub region: (&'a str, &'a str),
    /// The text of each slot.
    pub texts: &'a [String],
}

/// The package of a body.
pub fn cast(pattern: &Package, casting: &Casting<'_>) -> Package {
    let mut package = pattern.clone();
    let before = std::mem::take(&mut package.figures);
    package.figures = before.iter().map(|figure| casting.figure(figure)).collect();
    let entity = &mut package.entity;
    for text in [&mut entity.name, &mut entity.region].into_iter().chain(entity.units.iter_mut().map(|u| &mut u.name)) {
        casting.rewrite(text);
    }
    let document = &mut package.document;
    document.title.iter_mut().for_each(|line| casting.rewrite(line));
    let figures = Figures { before: &before, after: &package.figures };
    for part in &mut document.parts {
        casting.rewrite(&mut part.title);
        part.blocks.iter_mut().for_each(|block| casting.block(block, figures));
    }
    package
}

/// The figures of a pattern and those of the body.
#[derive(Clone, Copy)]
struct Figures<'a> {
    before: &'a [Figure],
    after: &'a [Figure],
}

impl Figures<'_> {
    /// A figure before and after, if both are numbers.
    fn of(self, id: FigureId) -> Option<(Printed, Printed)> {
        let at = usize::try_from(id.0).ok()?;
        Some((self.before.get(at)?.cell.number()?, self.after.get(at)?.cell.number()?))
    }

    /// What is printed of the figure where `text` was printed before, with the same decimals, sign and separators.
    fn print(self, id: Option<FigureId>, text: &mut String) {
        let Some((before, after)) = id.and_then(|id| self.of(id)).filter(|(before, after)| before != after) else {
            return;
        };
        let after = if text.starts_with('-') { after } else { after.abs() };
        let grouped = text.contains(',');
        *text = match (grouped, *text == before.abs().digits_trimmed() && text.len() < before.abs().digits().len()) {
            (true, _) => after.digits_grouped(),
            (false, true) => after.digits_trimmed(),
            (false, false) => after.digits(),
        };
    }
}

impl Casting<'_> {
    /// An amount of the body.
    fn money(&self, amount: Money) -> Money {
        let (scaled, half) = (i128::from(amount.fen()) * i128::from(self.per_mille), 500);
        let rounded = (scaled.abs() + half) / 1000 * scaled.signum();
        Money(i64::try_from(rounded).unwrap_or(i64::MAX))
    }

    fn figure(&self, figure: &Figure) -> Figure {
        let mut figure = figure.clone();
        figure.exact_fen = figure.exact_fen.map(|exact| self.money(exact));
        if let Cell::Number(printed) = &mut figure.cell
            && printed.unit.fen().is_some()
            && let Some(amount) = figure.exact_fen.or_else(|| printed.money().map(|amount| self.money(amount)))
        {
            *printed = Printed::from_money(amount, printed.unit, printed.decimals);
        }
        if let Some(table) = &mut figure.place.table {
            self.rewrite(table);
        }
        figure
    }

    fn block(&self, block: &mut Block, figures: Figures<'_>) {
        match block {
            Block::Heading { text, .. } => self.rewrite(text),
            Block::Paragraph { runs, .. } => runs.iter_mut().for_each(|run| self.run(run, figures)),
            Block::Table(table) => self.table(table, figures),
            Block::Chart(chart) => {
                self.rewrite(&mut chart.caption);
                self.rewrite(&mut chart.alternative);
            }
        }
    }

    fn run(&self, run: &mut Run, figures: Figures<'_>) {
        self.rewrite(&mut run.text);
        figures.print(run.figure, &mut run.text);
    }

    fn table(&self, table: &mut Table, figures: Figures<'_>) {
        for text in [&mut table.title, &mut table.entity].into_iter().chain(&mut table.notes) {
            self.rewrite(text);
        }
        for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
            self.rewrite(&mut cell.text);
            figures.print(cell.figure, &mut cell.text);
        }
    }

    /// The body's own words.
    fn rewrite(&self, text: &mut String) {
        let (from, to) = self.region;
        if text.contains(from) {
            *text = text.replace(from, to);
        }
        if text.contains(|c| slot_of(c).is_some()) {
            let own =
                |c: char| slot_of(c).and_then(|slot| self.texts.get(slot)).cloned().unwrap_or_else(|| c.to_string());
            *text = text.chars().map(own).collect();
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop")]
    use juesuan_model::{Document, Mark, Measure, Part, Place, Unit};

    use super::*;
    use crate::load::books::slot_char;

    fn figure(fen: i64, measure: Measure) -> Figure {
        Figure {
            meanings: Vec::new(),
            measure,
            cell: Cell::Number(Printed::wan_yuan(Money(fen))),
            exact_fen: Some(Money(fen)),
            place: Place::default(),
            seen: juesuan_model::Seen::default(),
        }
    }

    fn run(text: &str, figure: Option<u32>) -> Run {
        Run { text: text.to_owned(), figure: figure.map(FigureId), mark: Mark::Plain }
    }

    #[test]
    fn amounts_are_multiplied_and_printed_as_before_and_rates_and_other_words_stay() {
        let figures = vec![figure(1_234_560_000, Measure::Amount), figure(-50_000_000, Measure::Amount)];
        let mut package = Package { figures, ..Package::default() };
        package.figures.push(Figure {
            cell: Cell::Number(Printed { mantissa: 52, decimals: 1, unit: Unit::Percent }),
            exact_fen: None,
            ..figure(0, Measure::Amount)
        });
        let cause = slot_char(0).to_string();
        let runs = vec![
            run("云岭县收入", None),
            run("1234.56", Some(0)),
            run("万元，减少", None),
            run("50", Some(1)),
            run("万元，下降", None),
            run("5.2", Some(2)),
            run("%，原因是", None),
            run(&cause, None),
        ];
        let blocks = vec![Block::Paragraph { runs, origin: Vec::new() }];
        package.document = Document { parts: vec![Part { blocks, ..Part::default() }], ..Document::default() };
        let texts = ["新增站点".to_owned()];
        let casting = Casting { per_mille: 1500, region: ("云岭县", "甲省青溪县"), texts: &texts };
        let made = cast(&package, &casting);
        let Block::Paragraph { runs, .. } = &made.document.parts[0].blocks[0] else { unreachable!() };
        let text: String = runs.iter().map(|run| run.text.as_str()).collect();
        assert_eq!(text, "甲省青溪县收入1851.84万元，减少75万元，下降5.2%，原因是新增站点");
        assert_eq!(made.figures[1].cell.number().unwrap().digits(), "-75.00");
    }
}

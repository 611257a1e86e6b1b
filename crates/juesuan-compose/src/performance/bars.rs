//! Bars of targets and results: how much of each target that is a number was reached, in percent.

use juesuan_catalog::performance::documents::BarsTemplate;
use juesuan_evaluate::campaign::{IndicatorLine, Subject};
use juesuan_model::{
    Block, Cell, Chart, ChartKind, ChartSeries, Figure, FigureId, Number, Operator, Place, Printed, Seen, Unit,
};

use super::told::{SHARE, trimmed};
use super::{Known, Writer};
use crate::narrate::Written;
use crate::narrate::element::clause;
use crate::narrate::line::Bit;

/// Key of the first chart.
const KEY: &str = "performance";
/// Digits behind the point of shares.
const DECIMALS: u8 = 1;
const HUNDRED: Printed = Printed { mantissa: 100, decimals: 0, unit: Unit::Percent };

/// Indicators that can be drawn, with the share of the target that was reached, in percent.
pub(super) fn drawn(subject: &Subject) -> Vec<(&IndicatorLine, Printed)> {
    subject.lines.iter().filter_map(|line| Some((line, share(line)?))).collect()
}

/// What was reached in percent of the target; where less is better, the target in percent of what was reached.
fn share(line: &IndicatorLine) -> Option<Printed> {
    let reached = line.reached.as_ref().filter(|reached| reached.unit == line.aim.unit)?;
    let (aim, reached) = (line.aim.number()?, reached.number()?);
    let share = match line.aim.operator? {
        Operator::AtMost | Operator::LessThan => aim.percent_of(reached)?,
        Operator::AtLeast | Operator::MoreThan | Operator::Exactly => reached.percent_of(aim)?,
        Operator::Between => return None,
    };
    let nothing = Number::ZERO;
    (share >= nothing).then(|| share.printed(Unit::Percent, DECIMALS).map(trimmed)).flatten()
}

impl Writer<'_> {
    /// The charts of a subject, none with more bars than stand side by side.
    pub(super) fn bars(
        &self,
        template: &BarsTemplate,
        subject: &Subject,
        known: Known,
        section: &str,
        written: &mut Written,
    ) -> Vec<Block> {
        let all = drawn(subject);
        let caption = self.plain(known, &template.caption);
        let parts = all.len().div_ceil(template.most.max(1)).max(1);
        let each = all.len().div_ceil(parts).max(1);
        let mut blocks = Vec::new();
        for (index, part) in all.chunks(each).enumerate() {
            let caption = match parts {
                1 => caption.clone(),
                _ => format!("{caption}（{}）", index + 1),
            };
            let key = format!("{KEY}-{}-{}", self.position(subject), index + 1);
            blocks.push(Block::Chart(self.chart(template, part, key, caption, (known, section), written)));
        }
        blocks
    }

    /// Where a subject stands among all: 0 for the whole.
    fn position(&self, subject: &Subject) -> usize {
        let projects = self.campaign.projects.iter();
        projects.map(|own| own.project.as_str()).position(|own| own == subject.project).map_or(0, |at| at + 1)
    }

    fn chart(
        &self,
        template: &BarsTemplate,
        part: &[(&IndicatorLine, Printed)],
        key: String,
        caption: String,
        (known, section): (Known, &str),
        written: &mut Written,
    ) -> Chart {
        let mut push = |line: &IndicatorLine, printed: Printed, column: &str| -> FigureId {
            let place = Place {
                section: Some(section.to_owned()),
                table: Some(caption.clone()),
                row: Some(line.name().to_owned()),
                column: Some(column.to_owned()),
                ..Place::default()
            };
            let cell = Cell::Number(printed);
            written.package.push(Figure {
                meanings: Vec::new(),
                measure: SHARE,
                cell,
                exact_fen: None,
                seen: Seen::Text,
                place,
            })
        };
        let targets = part.iter().map(|(line, _)| push(line, HUNDRED, &template.target)).collect();
        let reached = part.iter().map(|(line, share)| push(line, *share, &template.reached)).collect();
        let words = part.iter().map(|(line, _)| {
            let own = self.indicator(line);
            let own: Vec<_> = std::iter::once(&own).chain(known.iter().copied()).collect();
            clause(&self.say(&own, &template.words).iter().map(Bit::shown).collect::<String>())
        });
        let alternative = format!("{}。", words.collect::<Vec<_>>().join("；"));
        Chart {
            key,
            kind: ChartKind::Bars,
            unit: Unit::Percent.word().to_owned(),
            categories: part.iter().map(|(line, _)| line.name().to_owned()).collect(),
            series: vec![
                ChartSeries { name: template.target.clone(), figures: targets },
                ChartSeries { name: template.reached.clone(), figures: reached },
            ],
            alternative,
            caption,
        }
    }
}

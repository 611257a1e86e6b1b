//! What a form says, recorded while its cells are written: which of them is what stands in the template.

use juesuan_catalog::performance::documents::{FormCell, FormElements, IndicatorField};
use juesuan_evaluate::Aim;
use juesuan_evaluate::campaign::{IndicatorLine, Subject};
use juesuan_model::{Evaluation, FigureId, FundLine, Indicator, Package, Place, Stands, Target, Told};
use juesuan_text::plain;

use super::cell::figure;
use super::told::measure;
use crate::said::QUOTED;

/// A form while its rows are written.
#[derive(Debug)]
pub(super) struct Recorded {
    evaluation: Evaluation,
    /// Its title as printed.
    title: String,
}

/// What a row tells, while its cells are written.
#[derive(Debug)]
pub(super) enum RowOf<'s> {
    /// Of the whole or the project itself.
    Subject,
    /// A line of money, the total or a part of it.
    Fund(FundLine, Part),
    /// An indicator.
    Indicator(&'s IndicatorLine, Box<Indicator>),
}

/// Whether a line of money is the total.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Whole,
    Part,
}

/// A cell as it was written: the heads and labels around it, and its figures in order.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry<'c> {
    pub(super) text: &'c str,
    pub(super) label: &'c str,
    pub(super) figures: &'c [FigureId],
}

impl Recorded {
    /// Of the whole or a project.
    pub(super) fn new(subject: &Subject, title: &str) -> Recorded {
        let evaluation = Evaluation {
            stands: Stands::Form,
            project: plain(&subject.project),
            title: Told { text: plain(title), place: Place::default() },
            ..Evaluation::default()
        };
        Recorded { evaluation, title: title.to_owned() }
    }

    /// A row begins: the one with this number of those that the template repeats. `name` is how the form calls it.
    pub(super) fn row<'s>(
        &self,
        each: Option<FormElements>,
        at: usize,
        name: &str,
        subject: &'s Subject,
        package: &mut Package,
    ) -> RowOf<'s> {
        match (each, subject.lines.get(at)) {
            (Some(FormElements::Fund), _) => {
                let line = FundLine { name: plain(name), ..FundLine::default() };
                RowOf::Fund(line, if at == 0 { Part::Whole } else { Part::Part })
            }
            (Some(FormElements::Indicator), Some(line)) => {
                RowOf::Indicator(line, Box::new(self.indicator(line, package)))
            }
            (Some(FormElements::Indicator) | None, _) => RowOf::Subject,
        }
    }

    /// What is known of an indicator without its row.
    fn indicator(&self, line: &IndicatorLine, package: &mut Package) -> Indicator {
        let approved = Place { row: Some(line.name().to_owned()), ..self.evaluation.title.place.clone() };
        Indicator {
            path: line.path.iter().map(|level| plain(level)).collect(),
            class: line.class.clone(),
            point: line.point.clone(),
            approved: line.approved.as_ref().map(|aim| in_a_note(aim, &approved, package)),
            steps: line.scored.steps.clone(),
            formula: line.formula.clone(),
            place: Place { row: Some(plain(line.name())), ..self.place(line.name()) },
            ..Indicator::default()
        }
    }

    /// A cell of the row was written.
    pub(super) fn cell(&mut self, row: &mut RowOf, template: &FormCell, entry: Entry) {
        let text = plain(entry.text);
        if text.is_empty() {
            return;
        }
        if let Some(topic) = template.says {
            let told = Told { text: text.clone(), place: self.place(entry.label) };
            self.evaluation.says.entry(topic).or_insert(told);
        }
        if template.project {
            let place = self.place(entry.text);
            self.evaluation.names.push(Told { text: text.clone(), place });
        }
        let first = entry.figures.first().copied();
        if let Some((quantity, id)) = template.amount.zip(first) {
            let amounts = match row {
                RowOf::Fund(line, _) => &mut line.amounts,
                RowOf::Subject | RowOf::Indicator(..) => &mut self.evaluation.amounts,
            };
            amounts.insert(quantity, id);
        }
        let (Some(field), RowOf::Indicator(line, indicator)) = (template.field, row) else { return };
        match field {
            IndicatorField::Target => indicator.target = printed(text, Some(&line.aim), entry.figures),
            IndicatorField::Actual => indicator.actual = printed(text, line.reached.as_ref(), entry.figures),
            IndicatorField::Weight => indicator.weight = first,
            IndicatorField::Score => indicator.score = first,
            IndicatorField::Reason => indicator.reason = text,
        }
    }

    /// The row is complete. The total of the money is the money of the whole or the project.
    pub(super) fn end(&mut self, row: RowOf) {
        let own = &mut self.evaluation;
        match row {
            RowOf::Subject => {}
            RowOf::Fund(line, part) => {
                if part == Part::Whole {
                    for (quantity, id) in &line.amounts {
                        own.amounts.entry(*quantity).or_insert(*id);
                    }
                }
                own.funds.push(line);
            }
            RowOf::Indicator(_, indicator) => own.indicators.push(*indicator),
        }
    }

    /// What the form says.
    pub(super) fn finish(self) -> Evaluation {
        self.evaluation
    }

    fn place(&self, quoted: &str) -> Place {
        of_table(&self.title, quoted)
    }
}

/// A place in a table, quoting what stands there.
pub(super) fn of_table(title: &str, quoted: &str) -> Place {
    let table = Some(title.to_owned()).filter(|title| !title.is_empty());
    Place { table, quote: Some(quoted.chars().take(QUOTED).collect()), ..Place::default() }
}

/// A value as it is printed. Words, and what nobody knows, have no number.
fn printed(text: String, aim: Option<&Aim>, figures: &[FigureId]) -> Target {
    let all = aim.filter(|aim| aim.printed.is_some() && aim.printed_high.is_some() == aim.high.is_some());
    match (all, figures) {
        (Some(aim), [value, rest @ ..]) => Target {
            text,
            operator: aim.operator,
            value: Some(*value),
            upto: rest.first().copied(),
            unit: aim.unit.clone(),
        },
        _ => Target { text, ..Target::default() },
    }
}

/// A target that stands in a note, its numbers as figures.
fn in_a_note(aim: &Aim, place: &Place, package: &mut Package) -> Target {
    let mut enter = |number: Option<juesuan_model::Printed>| {
        number.map(|number| package.push(figure(Vec::new(), measure(number.unit), number, None, place.clone())))
    };
    let (value, upto) = (enter(aim.printed), enter(aim.printed_high));
    Target { text: aim.text.clone(), operator: aim.operator, value, upto, unit: aim.unit.clone() }
}

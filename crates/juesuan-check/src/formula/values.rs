//! What the members of sets have: numbers, texts, properties.

use juesuan_catalog::formula::things::{Beside, ChangeText};
use juesuan_catalog::formula::{Field, Property};
use juesuan_model::relation::Operand;
use juesuan_model::{
    Dimension, Evaluation, FigureId, Indicator, Measure, Quantity, Statement, Table, Told, Topic, Verdict,
};

use juesuan_text::plain;

use super::indicators;
use super::members::{At, Member};
use crate::laws::derivation::{compared_with, operands};
use crate::ledger::{Key, Value, middle};

/// A text, and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Text<'a> {
    /// The words.
    pub(crate) words: String,
    /// Where.
    pub(crate) stands: Stands<'a>,
}

/// Where a text stands.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Stands<'a> {
    /// It is one that an evaluation tells.
    Told(&'a Told),
    /// A stretch of a text of the document, in bytes.
    Stretch(usize, usize, usize),
    /// Where its member stands.
    Member,
}

impl<'a> At<'_, '_, 'a> {
    /// A number; `Ok(None)` where it is not printed.
    pub(crate) fn number(&self, field: Field) -> Result<Option<Operand>, Verdict> {
        let known =
            |id: Option<FigureId>| Ok(id.filter(|id| self.docket.ledger.known(*id).is_some()).map(Operand::Figure));
        match field {
            Field::Quantity(quantity) => known(self.evaluation().and_then(|e| e.amounts.get(&quantity)).copied()),
            Field::First(quantity) => {
                let all = &self.docket.ledger.package.performance.evaluations;
                let own = self.evaluation();
                let first = all.iter().filter(|e| Some(e.is_whole()) == own.map(Evaluation::is_whole));
                let first = first.filter(|e| known(e.amounts.get(&quantity).copied()).is_ok_and(|id| id.is_some()));
                let other = first.into_iter().next().filter(|first| own.is_none_or(|own| !std::ptr::eq(*first, own)));
                known(other.and_then(|e| e.amounts.get(&quantity)).copied())
            }
            Field::TotalLine(quantity) => {
                let total = self.evaluation().and_then(|e| e.funds.first());
                known(total.and_then(|line| line.amounts.get(&quantity)).copied())
            }
            Field::Line(quantity) => {
                let line =
                    self.members.iter().find_map(|m| if let Member::Fund(line) = m { Some(*line) } else { None });
                known(line.and_then(|line| line.amounts.get(&quantity)).copied())
            }
            Field::Indicator(number) => known(self.indicator().and_then(|i| indicators::number(i, number))),
            Field::Own => match self.figure() {
                Some((id, _)) if matches!(self.docket.ledger.value(id), Value::Unreadable) => Err(Verdict::Unreadable),
                figure => known(figure.map(|(id, _)| id)),
            },
            Field::Compared | Field::Current | Field::ChangeBeside => Ok(self.of_figure(field)),
            _ => Ok(None),
        }
    }

    /// What belongs to a change or rate: the amount that it is about, what that is compared with, the change beside a rate.
    fn of_figure(&self, field: Field) -> Option<Operand> {
        let (id, (meaning, measure)) = self.figure()?;
        let ledger = self.docket.ledger;
        let (Measure::Change(against) | Measure::Growth(against) | Measure::Completion(against)) = measure else {
            return None;
        };
        let section = ledger.place(id).and_then(|place| place.section.as_deref());
        match field {
            Field::Current => operands(self.docket, meaning, section).into_iter().next(),
            Field::Compared => {
                let base = compared_with(ledger, meaning, *against);
                operands(self.docket, &base, section).into_iter().next()
            }
            Field::ChangeBeside => {
                let change = ledger.printings(&(meaning.clone(), Measure::Change(*against)))?.first()?;
                Some(Operand::Figure(change))
            }
            _ => None,
        }
    }

    /// The figure that one is at.
    pub(crate) fn figure(&self) -> Option<(FigureId, &Key)> {
        self.members.iter().find_map(|member| match member {
            Member::Figure(id, key) => Some((*id, key)),
            _ => None,
        })
    }

    /// The indicator that one is at.
    pub(crate) fn indicator(&self) -> Option<&'a Indicator> {
        self.members.iter().find_map(|member| if let Member::Indicator(line) = member { Some(*line) } else { None })
    }

    /// The table that one is at.
    pub(crate) fn table(&self) -> Option<&'a Table> {
        self.members.iter().find_map(|member| if let Member::Table(table) = member { Some(*table) } else { None })
    }

    /// The texts of a field; several only where any place is asked.
    pub(crate) fn texts(&self, field: Field) -> Vec<Text<'a>> {
        let own = |words: &str| vec![Text { words: words.to_owned(), stands: Stands::Member }];
        match field {
            Field::Topic(beside, topic) => self.told(beside, |e| e.says.get(&topic)),
            Field::Title(beside) => self.told(beside, |e| Some(&e.title)),
            Field::IndicatorText(text) => self.indicator().map(|i| own(&indicators::text(i, text))).unwrap_or_default(),
            Field::Change(text) => {
                let change = self.members.iter().find_map(|m| if let Member::Change(c) = m { Some(*c) } else { None });
                let told = change.map(|change| match text {
                    ChangeText::ApprovedBy => own(&change.approved_by),
                    ChangeText::Reference => own(&change.reference),
                });
                told.unwrap_or_default()
            }
            Field::CodeName => self.code_name().map(|name| own(&name)).unwrap_or_default(),
            Field::TableUnit => self.table().map(|table| own(table.unit.trim())).unwrap_or_default(),
            Field::Own | Field::Whole => {
                self.members.last().and_then(|member| self.own_text(member, field)).into_iter().collect()
            }
            _ => Vec::new(),
        }
    }

    /// The text of a field that is told: of several, the first that says that there is nothing.
    pub(crate) fn telling(&self, field: Field) -> Option<Text<'a>> {
        let texts = self.texts(field);
        let nothing = texts.iter().position(|text| self.is_none(&text.words)).filter(|_| texts.len() > 1);
        texts.into_iter().nth(nothing.unwrap_or(0))
    }

    fn own_text(&self, member: &Member<'a>, field: Field) -> Option<Text<'a>> {
        let stretch = |passage: usize, from: usize, to: usize| {
            let words = self.passages().get(passage)?.text().get(from..to)?.to_owned();
            Some(Text { words, stands: Stands::Stretch(passage, from, to) })
        };
        match member {
            Member::Text(number) => stretch(*number, 0, self.passages().get(*number)?.text().len()),
            Member::Hit(hit) if field == Field::Whole => {
                stretch(hit.passage, 0, self.passages().get(hit.passage)?.text().len())
            }
            Member::Hit(hit) => stretch(hit.passage, hit.value.0, hit.value.1),
            Member::Note(table, number) => {
                Some(Text { words: plain(table.notes.get(*number)?), stands: Stands::Member })
            }
            Member::Cause(number) => match &self.docket.ledger.package.claims.get(*number)?.statement {
                Statement::Cause(_, cause) => Some(Text { words: cause.clone(), stands: Stands::Member }),
                _ => None,
            },
            _ => None,
        }
    }

    fn told(&self, beside: Beside, told: impl Fn(&'a Evaluation) -> Option<&'a Told>) -> Vec<Text<'a>> {
        let Some(own) = self.evaluation() else { return Vec::new() };
        let all = &self.docket.ledger.package.performance.evaluations;
        let of = |evaluation: &'a Evaluation| {
            let told = told(evaluation)?;
            Some(Text { words: told.text.clone(), stands: Stands::Told(told) })
        };
        match beside {
            Beside::Own => of(own).into_iter().collect(),
            Beside::In(stands) => {
                let other = all.iter().find(|other| other.project == own.project && other.stands == stands);
                other.and_then(of).into_iter().collect()
            }
            Beside::Anywhere => all.iter().filter(|other| other.project == own.project).filter_map(of).collect(),
        }
    }

    fn code_name(&self) -> Option<String> {
        let (_, (meaning, _)) = self.figure()?;
        let code = meaning.get(Dimension::Function)?;
        let ledger = self.docket.ledger;
        ledger.catalog.functions.name(code, ledger.package.entity.year).map(str::to_owned)
    }

    /// Whether the member has a property; `None` where that cannot be said.
    pub(crate) fn has(&self, property: Property) -> Option<bool> {
        let ledger = self.docket.ledger;
        match property {
            Property::Unmet => self.indicator().map(|indicator| indicators::is_unmet(ledger, indicator)),
            Property::SameValue => self.indicator().map(|indicator| indicators::same_value(ledger, indicator)),
            Property::Telling => self.indicator().map(|indicator| indicators::is_telling(ledger, indicator)),
            Property::GradeFits => self.grades().map(|(named, right)| named == right),
            Property::HasData => self.table().and_then(|table| has_data(self, table)),
        }
    }

    /// The grade that an evaluation names, and the one that its points have.
    pub(crate) fn grades(&self) -> Option<(&'a str, &'a str)> {
        let ledger = self.docket.ledger;
        let evaluation = self.evaluation()?;
        let grades = ledger.catalog.performance.grades(&ledger.package.entity.variant);
        let told = evaluation.says.get(&Topic::Grade)?;
        let (score, _) = ledger.known(*evaluation.amounts.get(&Quantity::Score)?)?;
        let one = juesuan_model::printed::STEPS_PER_PERCENT;
        let named =
            grades.iter().filter(|band| told.text.starts_with(&band.word)).max_by_key(|band| band.word.len())?;
        let right = grades.iter().find(|band| middle(score) >= i128::from(band.from) * one)?;
        Some((&named.word, &right.word))
    }
}

/// True if a cell prints money; `None` where nothing is seen but something cannot be read.
fn has_data(at: &At<'_, '_, '_>, table: &Table) -> Option<bool> {
    let mut unreadable = false;
    for id in table.rows.iter().flat_map(|row| &row.cells).filter_map(|cell| cell.figure) {
        match at.docket.ledger.value(id) {
            Value::Known { printed, .. } if !printed.is_zero() => return Some(true),
            Value::Unreadable => unreadable = true,
            _ => {}
        }
    }
    (!unreadable).then_some(false)
}

//! What the members of sets have: numbers, texts, properties.

use std::borrow::Cow;

use juesuan_catalog::formula::things::{Beside, ChangeText, IndicatorText};
use juesuan_catalog::formula::{Field, Property};
use juesuan_model::relation::Operand;
use juesuan_model::{
    Against, Evaluation, FigureId, Indicator, Measure, Quantity, Statement, Table, TargetChange, Told, Topic, Verdict,
};

use juesuan_text::plain;

use super::members::{At, Hit, Member};
use super::{indicators, tables};
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

impl Text<'_> {
    /// The words in the form in which texts are compared; a stretch of the document is held in it.
    pub(crate) fn compared(&self) -> Cow<'_, str> {
        match self.stands {
            Stands::Stretch(..) => Cow::Borrowed(&self.words),
            Stands::Told(_) | Stands::Member => Cow::Owned(plain(&self.words)),
        }
    }
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
            Field::AmountAbove => Ok(self.amount_above().map(Operand::Figure)),
            Field::TableNumber(which) => {
                Ok(self.table().and_then(|table| tables::number(table, which, self.docket.ledger)))
            }
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
            Member::Figure(id, key) | Member::Row(id, key, _) => Some((*id, key)),
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
        let own = |words: String| Text { words, stands: Stands::Member };
        match field {
            Field::Topic(beside, topic) => self.told(beside, |e| e.says.get(&topic)),
            Field::Title(beside) => self.told(beside, |e| Some(&e.title)),
            Field::Own | Field::Whole | Field::Found => {
                self.members.last().and_then(|member| self.own_text(member, field)).into_iter().collect()
            }
            _ => self.plain_text(field).map(own).into_iter().collect(),
        }
    }

    /// A text that stands where its member stands.
    fn plain_text(&self, field: Field) -> Option<String> {
        match field {
            Field::IndicatorText(text) => self.indicator_text(text),
            Field::Project => self.evaluation().map(|own| own.project.clone()).filter(|name| !name.is_empty()),
            Field::Change(text) => {
                let change = self.change()?;
                let told = match text {
                    ChangeText::ApprovedBy => &change.approved_by,
                    ChangeText::Reference => &change.reference,
                    ChangeText::Date => &change.date,
                    ChangeText::Before => &change.before,
                    ChangeText::After => &change.after,
                };
                Some(told.clone())
            }
            Field::CodeName => self.code_name(),
            Field::Code(which) => self.code(which),
            Field::Coordinate(dimension) => self.figure()?.1.0.get(dimension).map(str::to_owned),
            Field::Table(which) => {
                let of_row = || self.docket.ledger.place(self.figure()?.0)?.table.clone();
                self.table().map(|table| tables::text(table, which)).or_else(of_row)
            }
            Field::Heading => self.heading(),
            Field::Instead => self.members.iter().find_map(|member| match member {
                Member::Hit(hit) => hit.right.map(str::to_owned),
                _ => None,
            }),
            _ => None,
        }
    }

    /// The heading above the text that one is at, or the section that one is in.
    fn heading(&self) -> Option<String> {
        let passage = self.members.iter().find_map(|member| match member {
            Member::Text(number) | Member::Hit(Hit { passage: number, .. }) => Some(*number),
            _ => None,
        });
        let above = passage.and_then(|number| Some(self.passages().get(number)?.section.clone()));
        above.or_else(|| self.section().map(str::to_owned))
    }

    /// The change that one is at.
    pub(crate) fn change(&self) -> Option<&'a TargetChange> {
        self.members.iter().find_map(|member| if let Member::Change(change) = member { Some(*change) } else { None })
    }

    /// A text of the indicator that one is at, or of the last change of its target.
    fn indicator_text(&self, which: IndicatorText) -> Option<String> {
        let indicator = self.indicator()?;
        let last = || {
            let project = self.evaluation()?.project.as_str();
            let changes = self.docket.ledger.package.performance.changes.iter();
            let own = changes.filter(|change| {
                change.project == project && indicators::same_text(&change.indicator, indicator.name())
            });
            own.max_by_key(|change| (change.version, change.date.as_str()))
        };
        match which {
            IndicatorText::Changed => last().map(|change| change.after.clone()),
            IndicatorText::ChangedOn => last().map(|change| change.date.clone()),
            _ => indicators::text(indicator, which),
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
            Member::Hit(hit) if field == Field::Found => stretch(hit.passage, hit.whole.0, hit.whole.1),
            Member::Hit(hit) => stretch(hit.passage, hit.value.0, hit.value.1),
            Member::Note(table, number) => {
                Some(Text { words: plain(table.notes.get(*number)?), stands: Stands::Member })
            }
            Member::Cause(number) => match &self.docket.ledger.package.claims.get(*number)?.statement {
                Statement::Cause(_, cause) => {
                    let words = cause.trim_matches(|c: char| !c.is_alphanumeric() && !"”）)".contains(c));
                    Some(Text { words: words.to_owned(), stands: Stands::Member })
                }
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
            Beside::First => {
                let own_project = all.iter().filter(|other| other.project == own.project);
                let first = own_project.filter_map(|other| Some((other, of(other)?))).next();
                first.filter(|(first, _)| !std::ptr::eq(*first, own)).map(|(_, text)| text).into_iter().collect()
            }
            Beside::Elsewhere => {
                let others = all.iter().filter(|other| other.project == own.project && !std::ptr::eq(*other, own));
                others.filter_map(of).collect()
            }
            Beside::Anywhere => all.iter().filter(|other| other.project == own.project).filter_map(of).collect(),
        }
    }

    /// Whether the member has a property; `None` where that cannot be said.
    pub(crate) fn has(&self, property: Property) -> Option<bool> {
        let ledger = self.docket.ledger;
        match property {
            Property::Unmet => self.indicator().map(|indicator| indicators::is_unmet(ledger, indicator)),
            Property::SameValue => self.indicator().map(|indicator| indicators::same_value(ledger, indicator)),
            Property::Blank => self.indicator().map(|indicator| indicator.blank),
            Property::FarOver => self.indicator().map(|indicator| indicators::is_far_over(ledger, indicator)),
            Property::Telling => self.indicator().map(|indicator| indicators::is_telling(ledger, indicator)),
            Property::GradeFits => self.grades().map(|(named, right)| named == right),
            Property::HasData => self.table().and_then(|table| tables::has_data(table, ledger)),
            Property::Listed => self.is_listed(),
            Property::InText => self.item_in_text(),
            Property::Misnamed => self.item_misnamed(),
            Property::AgainstPrior => match &ledger.package.claims.get(self.claim()?)?.statement {
                Statement::Cause(against, _) => Some(*against == Against::PriorYear),
                _ => None,
            },
            Property::Final => Some(ledger.package.kind.is_final()),
        }
    }

    /// The grade that an evaluation names, and the one that its points have.
    pub(crate) fn grades(&self) -> Option<(&'a str, &'a str)> {
        let ledger = self.docket.ledger;
        let evaluation = self.evaluation()?;
        let grades = ledger.catalog.performance.grades(ledger.package.entity.demands().unwrap_or_default());
        let told = evaluation.says.get(&Topic::Grade)?;
        let (score, _) = ledger.known(*evaluation.amounts.get(&Quantity::Score)?)?;
        let one = juesuan_model::printed::STEPS_PER_PERCENT;
        let named =
            grades.iter().filter(|band| told.text.starts_with(&band.word)).max_by_key(|band| band.word.len())?;
        let right = grades.iter().find(|band| middle(score) >= i128::from(band.from) * one)?;
        Some((&named.word, &right.word))
    }
}

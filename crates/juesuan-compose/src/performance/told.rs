//! Values as pieces of sentences: each number a figure, with what it is a figure of where that is known.

use juesuan_catalog::names::{item, nature, stage};
use juesuan_evaluate::Aim;
use juesuan_evaluate::campaign::{Piece, Subject, Text};
use juesuan_facts::Amount;
use juesuan_model::measure::Against;
use juesuan_model::{Dimension, Meaning, Measure, Money, Number, Printed, Quantity, Unit};
use juesuan_text::{Day, numeral};

use super::Writer;
use crate::narrate::element::clause;
use crate::narrate::line::{Bit, Draft};

/// What the share of a target that was reached is measured as.
pub(super) const SHARE: Measure = Measure::Completion(Against::FullYearBudget);
/// Digits behind the point of amounts in 万元.
const MONEY_DECIMALS: u8 = 2;

/// What a quantity of a project is a figure of; nothing for the whole and for points of execution.
pub(super) fn meaning(project: &str, quantity: Quantity) -> Vec<Meaning> {
    if project.is_empty() {
        return Vec::new();
    }
    let own = Meaning::new()
        .with(Dimension::Item, item::EXPENSE)
        .with(Dimension::Nature, nature::PROJECT)
        .with(Dimension::Project, project);
    match quantity {
        Quantity::InitialBudget => vec![own.with(Dimension::Stage, stage::INITIAL)],
        Quantity::FullYearBudget => vec![own.with(Dimension::Stage, stage::FULL_YEAR)],
        Quantity::Executed | Quantity::Rate | Quantity::Score => vec![own],
        _ => Vec::new(),
    }
}

/// A figure before it has a place.
pub(super) fn figure(meanings: Vec<Meaning>, measure: Measure, printed: Printed, digits: String) -> Bit {
    Bit::Figure(Draft { meanings, measure, printed, exact: None, digits, path: None, element: None })
}

/// Points, without zeros at the end: 96.8, 100.
pub(super) fn points(number: Number, decimals: u8, meanings: Vec<Meaning>) -> Option<Bit> {
    let printed = trimmed(number.printed(Unit::Point, decimals)?);
    Some(figure(meanings, Measure::Score, printed, printed.digits()))
}

/// How many.
pub(super) fn count(number: usize) -> Option<Bit> {
    let printed = Printed::count(i64::try_from(number).ok().filter(|number| *number > 0)?);
    Some(figure(Vec::new(), Measure::Count, printed, printed.digits()))
}

/// A value aimed at or reached, its numbers as figures.
pub(super) fn aim(aim: &Aim) -> Vec<Bit> {
    let mut bits = Vec::new();
    let mut rest = aim.text.trim();
    for printed in [aim.printed, aim.printed_high].into_iter().flatten() {
        let Some((before, digits, behind)) = cut(rest, printed) else { break };
        if !before.is_empty() {
            bits.push(Bit::Text(before.to_owned()));
        }
        bits.push(figure(Vec::new(), measure(printed.unit), printed, digits.to_owned()));
        rest = behind;
    }
    if !rest.is_empty() {
        bits.push(Bit::Text(rest.to_owned()));
    }
    bits
}

/// The measure of a value of an indicator.
pub(super) fn measure(unit: Unit) -> Measure {
    if unit == Unit::Percent { Measure::Completion(Against::FullYearBudget) } else { Measure::Count }
}

/// A text cut at the first run of digits that is this number.
fn cut(text: &str, printed: Printed) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    while let Some(at) = text.get(from..)?.find(|c: char| c.is_ascii_digit()) {
        let start = from + at;
        let rest = text.get(start..)?;
        let length = rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',')).unwrap_or(rest.len());
        let digits = rest.get(..length)?.trim_end_matches(['.', ',']);
        let end = start + digits.len();
        if Printed::parse(&digits.replace(',', ""), printed.unit).is_ok_and(|own| own.abs() == printed.abs()) {
            // The sign belongs to the number.
            let start = if text.get(..start)?.ends_with('-') && printed.mantissa < 0 { start - 1 } else { start };
            return Some((text.get(..start)?, text.get(start..end)?, text.get(end..)?));
        }
        from = end;
    }
    None
}

/// The number without zeros at its end.
pub(super) fn trimmed(printed: Printed) -> Printed {
    let mut out = printed;
    while out.decimals > 0 && out.mantissa % 10 == 0 {
        out.mantissa /= 10;
        out.decimals -= 1;
    }
    out
}

/// A text that was entered, without its final stop.
fn entered(text: &Text) -> Vec<Bit> {
    let last = text.len().saturating_sub(1);
    let bit = |(at, piece): (usize, &Piece)| match piece {
        Piece::Text(text) if at == last && at == 0 => Bit::Text(clause(text)),
        Piece::Text(text) if at == last => Bit::Text(clause_end(text)),
        Piece::Text(text) => Bit::Text(text.clone()),
        Piece::Count { printed, .. } => figure(Vec::new(), measure(printed.unit), *printed, printed.digits_trimmed()),
    };
    text.iter().enumerate().map(bit).collect()
}

/// The end of a text without its stop; what stands at its beginning follows a number.
fn clause_end(text: &str) -> String {
    text.trim_end().trim_end_matches(['。', '；', '，', '.', ';', ',']).to_owned()
}

/// Each text without its final stop.
pub(super) fn each<'t>(texts: impl IntoIterator<Item = &'t Text>) -> Vec<Vec<Bit>> {
    texts.into_iter().map(entered).collect()
}

/// Several texts in one sentence: 一是…；二是….
pub(super) fn joined(texts: &[Text]) -> Vec<Bit> {
    let texts = each(texts);
    if texts.len() < 2 {
        return texts.into_iter().flatten().collect();
    }
    let mut bits = Vec::new();
    for (index, text) in texts.into_iter().enumerate() {
        let stop = if index == 0 { "" } else { "；" };
        bits.push(Bit::Text(format!("{stop}{}是", numeral::usual(index + 1))));
        bits.extend(text);
    }
    bits
}

/// An ISO day as people write it: 2023年3月1日; anything else as it stands.
pub(super) fn day(iso: &str) -> String {
    Day::parse_iso(iso).map_or_else(|| iso.to_owned(), Day::in_words)
}

impl Writer<'_> {
    /// Money in 万元, without its unit.
    pub(super) fn money(&self, amount: Amount, meanings: Vec<Meaning>) -> Bit {
        let printed = amount.printed(Unit::WanYuan, MONEY_DECIMALS);
        Bit::Figure(Draft {
            meanings,
            measure: Measure::Amount,
            printed,
            exact: amount.exact(),
            digits: self.narrator.digits(printed),
            path: None,
            element: None,
        })
    }

    /// An exact amount in 万元, of which nothing is said but what stands there.
    pub(super) fn amount(&self, money: Money) -> Bit {
        self.money(Amount::Exact(money), Vec::new())
    }

    /// Digits behind the point of the rate of a subject: those that were asked for, else those of all rates.
    pub(super) fn rate_digits(&self, subject: &Subject) -> u8 {
        self.campaign.rate_digits(subject, self.narrator.wording.percent_decimals, self.decimals)
    }

    /// Digits behind the point of rates for which none were asked.
    pub(super) fn rate_digits_of_all(&self) -> u8 {
        self.campaign.rate_digits_of_all(self.narrator.wording.percent_decimals, self.decimals)
    }

    /// Digits behind the point of the rates of projects that stand below each other: as many as the one that has most.
    pub(super) fn rate_digits_of_most(&self) -> u8 {
        let digits = self.campaign.projects.iter().map(|project| self.rate_digits(project));
        digits.max().unwrap_or_else(|| self.rate_digits_of_all())
    }

    /// A rate in percent, without its sign.
    pub(super) fn rate(&self, rate: Number, decimals: u8, meanings: Vec<Meaning>) -> Option<Bit> {
        let printed = rate.printed(Unit::Percent, decimals)?;
        let printed = if self.narrator.wording.trimmed { trimmed(printed) } else { printed };
        Some(figure(meanings, Measure::Completion(Against::FullYearBudget), printed, printed.digits()))
    }

    /// The same with all its digits, as rates that stand below each other have them.
    pub(super) fn rate_of(&self, rate: Number, decimals: u8, meanings: Vec<Meaning>) -> Option<Bit> {
        let printed = rate.printed(Unit::Percent, decimals)?;
        Some(figure(meanings, Measure::Completion(Against::FullYearBudget), printed, printed.digits()))
    }
}

//! Which measure a number has, and of what: an amount, a change, a growth, a share, a completion, a count.

use juesuan_catalog::WordKind;
use juesuan_catalog::names::stage::{FULL_YEAR, INITIAL};
use juesuan_model::{Against, Dimension, Meaning, Measure, Printed, Unit};

use super::Unknown;
use super::here::Here;
use super::lexicon::is_money;
use super::number::Said;
use super::sentence::Reader;
use super::state::{Direction, Expected, Stage};
use super::token::{Number, Piece};

impl Reader<'_> {
    /// An amount, or a change.
    pub(super) fn money(&mut self, printed: Printed) -> Result<Said, Unknown> {
        if let Expected::Change(direction) = self.state.expected {
            let against = self.state.against.ok_or(Unknown::Base)?;
            return Ok((self.named()?, Measure::Change(against), signed(printed, direction)));
        }
        if self.state.expected != Expected::Amount {
            return Err(Unknown::Measure);
        }
        let mut means = self.named()?;
        let stage = match self.state.stage {
            Stage::Final => None,
            Stage::Budget(against) => Some(against),
            Stage::SomeBudget => Some(self.some_budget().ok_or(Unknown::Budget)?),
        };
        for meaning in &mut means {
            if let Some(against) = stage {
                let node = if against == Against::InitialBudget { INITIAL } else { FULL_YEAR };
                *meaning = meaning.clone().with(Dimension::Stage, node);
            }
            if let Some(year) = self.state.year {
                *meaning = meaning.clone().with(Dimension::Year, year.to_string());
            }
        }
        self.state.year = None;
        self.state.stage_idle = false;
        let things = |meaning: &Meaning| meaning.get(Dimension::Item).is_none_or(|item| !is_money(self.catalog, item));
        if means.iter().any(things) {
            return Err(Unknown::Subject);
        }
        Ok((means, Measure::Amount, printed))
    }

    /// A growth, a share, a completion.
    pub(super) fn percent(&mut self, printed: Printed, near: bool) -> Result<Said, Unknown> {
        match self.state.expected.clone() {
            Expected::Change(direction) => {
                let against = self.state.against.ok_or(Unknown::Base)?;
                Ok((self.named()?, Measure::Growth(against), signed(printed, direction)))
            }
            Expected::Share(of) => {
                let means = self.named()?;
                let of = self.whole(of, &means).ok_or(Unknown::Base)?;
                Ok((means, Measure::Share { of: Box::new(of) }, printed))
            }
            Expected::Completion(against) => {
                let against = against.or_else(|| self.some_budget()).ok_or(Unknown::Base)?;
                Ok((self.named()?, Measure::Completion(against), printed))
            }
            // 为年初预算的 98.2%.
            Expected::Amount if near => match self.state.stage {
                Stage::Budget(against) => Ok((self.named()?, Measure::Completion(against), printed)),
                Stage::SomeBudget => {
                    let against = self.some_budget().ok_or(Unknown::Base)?;
                    Ok((self.named()?, Measure::Completion(against), printed))
                }
                Stage::Final => Err(Unknown::Measure),
            },
            Expected::Amount => Err(Unknown::Measure),
        }
    }

    /// What a share is a share of: what is named behind 占, else the whole whose parts are being named.
    fn whole(&self, named: Option<Meaning>, part: &[Meaning]) -> Option<Meaning> {
        let of = named.or_else(|| {
            let heads = self.state.heads.iter().rev().filter_map(|head| head.means.first());
            heads.chain([&self.state.base]).find(|whole| !part.contains(whole)).cloned()
        })?;
        // 一般公共预算财政拨款支出 … 占本年支出: of all funds.
        let of = if part.contains(&of) { of.without(Dimension::Fund) } else { of };
        (of.get(Dimension::Item).is_some() && !part.contains(&of)).then_some(of)
    }

    /// True if something says what is counted: the classifier, or a noun before or behind. 5 个科室 are no figure.
    pub(super) fn names_things(&self, number: &Number, here: Here<'_>) -> bool {
        let behind = here.is_before(WordKind::Count);
        let unit = number.unit.is_some_and(|unit| !unit.item.is_empty() || !unit.usually.is_empty());
        behind || unit || self.state.counted.is_some()
    }

    /// A number of things.
    pub(super) fn count(&mut self, number: &Number, printed: Printed, here: Here<'_>) -> Result<Said, Unknown> {
        let unit = number.unit.ok_or(Unknown::Subject)?;
        if printed.decimals != 0 {
            return Err(Unknown::Subject);
        }
        let behind = || match here.next().map(|token| &token.piece) {
            Some(Piece::Word(word)) if word.entry.kind == WordKind::Count => {
                word.entry.means.first().map(|m| (m.clone(), word.entry.inherits))
            }
            _ => None,
        };
        let counted = self.state.counted.take().map(|counted| (counted.means, counted.inherits));
        let from_unit =
            (!unit.item.is_empty()).then(|| (Meaning::new().with(Dimension::Item, unit.item.as_str()), true));
        // 来访团组 0 个，0 人次: the classifier says what is counted, unless a noun of that kind stands before.
        let noun = match (counted, from_unit) {
            (Some((means, _)), Some((own, _))) if means.get(Dimension::Item) != own.get(Dimension::Item) => {
                let theme = means.get(Dimension::Theme).map(str::to_owned);
                Some((theme.map_or(own.clone(), |theme| own.with(Dimension::Theme, theme.as_str())), true))
            }
            (Some(noun), _) => Some(noun),
            (None, Some(own)) => Some(own),
            (None, None) => behind(),
        };
        let subject_theme = || self.state.subject.as_ref()?.first()?.get(Dimension::Theme).map(str::to_owned);
        let (means, inherits) = match noun {
            Some(noun) => noun,
            None if !unit.usually.is_empty() && self.state.known => {
                let theme = subject_theme().ok_or(Unknown::Subject)?;
                // 购置车辆 3 辆，其中：执法执勤用车 2 辆: parts of what was counted before.
                let item = self.state.count_item.as_deref().unwrap_or(unit.usually.as_str());
                let means = Meaning::new().with(Dimension::Item, item);
                (means.with(Dimension::Theme, theme.as_str()), false)
            }
            None => return Err(Unknown::Subject),
        };
        let mut means = means;
        if inherits && means.get(Dimension::Theme).is_none() {
            let theme = self.state.count_theme.clone().or_else(subject_theme).ok_or(Unknown::Subject)?;
            means = means.with(Dimension::Theme, theme.as_str());
        }
        self.state.count_theme = means.get(Dimension::Theme).map(str::to_owned);
        if !unit.usually.is_empty() {
            self.state.count_item = means.get(Dimension::Item).map(str::to_owned);
        }
        Ok((vec![means], Measure::Count, Printed { unit: Unit::Piece, ..printed }))
    }
}

fn signed(printed: Printed, direction: Direction) -> Printed {
    match direction {
        Direction::Down if printed.mantissa > 0 => Printed { mantissa: printed.mantissa.saturating_neg(), ..printed },
        _ => printed,
    }
}

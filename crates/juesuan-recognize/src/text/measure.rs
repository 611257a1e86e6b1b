//! Which measure a number has, and of what: an amount, a change, a growth, a share, a completion, a count.

use juesuan_catalog::names::stage::{FULL_YEAR, INITIAL};
use juesuan_catalog::{LexiconUnit, WordKind};
use juesuan_model::{Against, Dimension, DocumentKind, Meaning, Measure, Printed, Unit};

use super::Unknown;
use super::here::Here;
use super::lexicon::is_money;
use super::number::Said;
use super::sentence::Reader;
use super::state::{Amount, Direction, Expected, Mode, Stage};
use super::subject::whole_of;
use super::token::{Number, Piece};

/// What an amount is of; the budget that it is, if it is one; its year, if it is another than the document's.
type OfWhat = (Vec<Meaning>, Option<Against>, Option<u16>);

impl Reader<'_> {
    /// An amount, or a change.
    pub(super) fn money(&mut self, printed: Printed, here: Here<'_>) -> Result<Said, Unknown> {
        self.state.thing = None;
        if let Expected::Change(direction) = self.state.expected {
            let against = self.base_of_change().ok_or(Unknown::Base)?;
            self.state.change = Some((against, direction));
            return Ok((self.changing()?, Measure::Change(against), signed(printed, direction)));
        }
        self.leave_list(printed);
        let inside = here.is_base_of_rate();
        let (mut means, stage, year) = match self.state.expected.clone() {
            // 占本年支出 488.80 万元的 77%: the whole, printed again.
            Expected::Share(of) if inside => {
                let part = self.named()?;
                (vec![self.whole(of, &part).ok_or(Unknown::Base)?], None, self.state.of_year)
            }
            // 完成预算 27 万元的 63.2%: the budget, printed inside.
            Expected::Completion(against) if inside => {
                let against = against.or_else(|| self.some_budget()).ok_or(Unknown::Base)?;
                (self.named()?, Some(against), self.state.of_year)
            }
            Expected::Amount if self.state.compared_near => self.compared_amount(here)?,
            Expected::Amount => {
                let means = self.named_amount(printed, here)?;
                let stage = match self.state.stage {
                    Stage::Final => None,
                    Stage::Budget(against) => Some(against),
                    Stage::SomeBudget => Some(self.some_budget().ok_or(Unknown::Budget)?),
                };
                self.state.stage_idle = false;
                if let Some(against) = stage.filter(|_| inside) {
                    // 为年初预算 27 万元的 63.2%.
                    self.expect(Expected::Completion(Some(against)));
                }
                let year = std::mem::replace(&mut self.state.year, self.state.usual_year);
                (means, stage, year.or_else(|| self.state.heads.last()?.year))
            }
            // 完成 15.39 亿元: carried out. Behind 完成预算 it may be either.
            Expected::Completion(None) => (self.named()?, None, self.state.of_year),
            _ => return Err(Unknown::Measure),
        };
        self.state.keep(Amount { of: means.clone(), stage, year, printed });
        for meaning in &mut means {
            if let Some(against) = stage {
                let node = if against == Against::InitialBudget { INITIAL } else { FULL_YEAR };
                *meaning = meaning.clone().with(Dimension::Stage, node);
            }
            *meaning = dated(meaning, year);
        }
        if !self.state.compared_near && !inside {
            (self.state.amount_year, self.state.amount) = (year, Some(printed));
        }
        let things = |meaning: &Meaning| meaning.get(Dimension::Item).is_none_or(|item| !is_money(self.catalog, item));
        if means.iter().any(things) {
            return Err(Unknown::Subject);
        }
        Ok((self.given_once(means, printed)?, Measure::Amount, printed))
    }

    /// `经费预算 50 万元。经费支出 46 万元，完成预算的 92%`: what a sentence before said of the budget ends where the budget is
    /// compared with, or where the same thing has another amount.
    fn is_spent_of_budget(&self, means: &[Meaning], printed: Printed, here: Here<'_>) -> bool {
        let goes_on = self.state.stage_here || self.state.usual != Stage::Final;
        if goes_on || self.entity.kind == DocumentKind::Budget || self.state.stage == Stage::Final {
            return false;
        }
        let before = self.state.budgeted.as_ref().filter(|_| self.state.amounts.is_empty());
        let again = before.is_some_and(|(of, amount)| of == means && amount.middle() != printed.middle());
        again || here.is_before_completion()
    }

    /// What was named, for an amount: it may end the stage that a sentence before has named.
    fn named_amount(&mut self, printed: Printed, here: Here<'_>) -> Result<Vec<Meaning>, Unknown> {
        let means = self.named()?;
        if self.is_spent_of_budget(&means, printed, here) {
            self.state.stage = Stage::Final;
        }
        self.is_no_whole(&means, printed)?;
        Ok(means)
    }

    /// `车辆费 50 万元，其中：车辆费 12 万元`: less than the whole by the name of the whole is a part that nobody knows.
    fn is_no_whole(&self, means: &[Meaning], printed: Printed) -> Result<(), Unknown> {
        let less = |amount: Printed| printed.middle() < amount.middle();
        let head = self.state.heads.last().filter(|head| !head.lasting && head.means == means);
        let theme = means.iter().all(|own| own.get(Dimension::Theme).is_some());
        let part = theme && head.and_then(|head| head.amount).is_some_and(less);
        if part && !self.state.stage_here && self.state.year.is_none() {
            return Err(Unknown::Subject);
        }
        Ok(())
    }

    /// `接待费 1 万元，合计 27 万元`: a second amount of what was named before it is that of all that the sentence has told of, if
    /// that is the whole of something; else nobody can say of what.
    fn given_once(&mut self, means: Vec<Meaning>, printed: Printed) -> Result<Vec<Meaning>, Unknown> {
        let another = |(of, amount): &(Vec<Meaning>, Printed)| *of == means && amount.middle() != printed.middle();
        let second = !std::mem::take(&mut self.state.renamed) && self.state.given.iter().any(another);
        if second {
            let told: Vec<Meaning> = self.state.given.iter().flat_map(|(of, _)| of.clone()).collect();
            return whole_of(self.catalog, &told).map(|whole| vec![whole]).ok_or(Unknown::Subject);
        }
        self.state.given.push((means.clone(), printed));
        Ok(means)
    }

    /// `项目支出 4 万元。其中：教育支出 80 万元`: 其中 in a sentence of its own speaks of all, not of what was named last, where
    /// an item is larger than that.
    fn leave_list(&mut self, printed: Printed) {
        let Some(head) = self.state.heads.last() else { return };
        let larger = head.again && head.amount.is_some_and(|amount| printed.middle() > amount.middle());
        let Some([named]) = self.state.subject.as_deref().filter(|_| larger) else { return };
        let nature = head.means.iter().any(|whole| whole.get(Dimension::Nature).is_some());
        if nature && named.get(Dimension::Function).is_some() {
            self.state.subject = Some(vec![named.clone().without(Dimension::Nature)]);
            for head in &mut self.state.heads {
                head.means = head.means.iter().map(|whole| whole.clone().without(Dimension::Nature)).collect();
            }
        }
    }

    /// An amount behind what is compared with: 较上年 2.08 万元减少, 比年初预算 2.95 万元减少.
    fn compared_amount(&mut self, here: Here<'_>) -> Result<OfWhat, Unknown> {
        let against = self.state.against.ok_or(Unknown::Base)?;
        // 较上年 36.6 万元减少。: which of the two it is nobody can say.
        if here.is_before_lone_direction() {
            return Err(Unknown::Measure);
        }
        // 其中：甲 5 万元，乙 6 万元。与上年 12 万元相比…: of both together, or of the last.
        if self.state.after_parts {
            return Err(Unknown::Subject);
        }
        let means = self.named()?;
        Ok(match against {
            Against::PriorYear => (means, None, self.last_year()),
            budget => (means, Some(budget), self.state.of_year),
        })
    }

    /// A growth, a share, a completion.
    pub(super) fn percent(&mut self, printed: Printed, near: bool, here: Here<'_>) -> Result<Said, Unknown> {
        match self.state.expected.clone() {
            Expected::Change(direction) => {
                let against = self.base_of_change().ok_or(Unknown::Base)?;
                Ok((self.changing()?, Measure::Growth(against), signed(printed, direction)))
            }
            Expected::Share(of) => {
                let means = self.named()?;
                let of = self.whole(of, &means).ok_or(Unknown::Base)?;
                let means = means.iter().map(|meaning| dated(meaning, self.state.of_year)).collect();
                Ok((means, Measure::Share { of: Box::new(dated(&of, self.state.of_year)) }, printed))
            }
            Expected::Completion(against) => {
                let against = against.or_else(|| self.some_budget()).ok_or(Unknown::Base)?;
                self.completed(against, printed)
            }
            // 为年初预算的 98.2%.
            Expected::Amount if near => match self.state.stage {
                Stage::Budget(against) => self.completed(against, printed),
                Stage::SomeBudget => {
                    let against = self.some_budget().ok_or(Unknown::Base)?;
                    self.completed(against, printed)
                }
                Stage::Final => Err(Unknown::Measure),
            },
            // 减少 18.50 万元（65.37%）; 教育支出 76 万元（78.4%）among the parts of a whole.
            Expected::Amount if here.is_first_in_bracket_behind_number() => match self.state.change {
                Some((against, direction)) => {
                    Ok((self.changing()?, Measure::Growth(against), signed(printed, direction)))
                }
                None if self.state.changed => Err(Unknown::Measure),
                None if self.state.heads.is_empty() && !here.is_among_bracketed_rates() => Err(Unknown::Measure),
                None => {
                    let means = self.named()?;
                    let headed = !self.state.heads.is_empty();
                    let all = |of: &Meaning| headed || means.iter().all(|part| self.lies_in(of, part));
                    let of = self.whole(None, &means).filter(all).ok_or(Unknown::Base)?;
                    Ok((means, Measure::Share { of: Box::new(of) }, printed))
                }
            },
            Expected::Amount => Err(Unknown::Measure),
        }
    }

    /// What changes: what was named last, or the things that were counted last. Of an amount and a count behind it, one alone
    /// has changed, and a rate does not say which.
    fn changing(&mut self) -> Result<Vec<Meaning>, Unknown> {
        // 主要是…，人数下降 44.8%: no figure of the accounts.
        if self.state.mode == Mode::Purpose && !self.state.compared_here {
            return Err(Unknown::FreeText);
        }
        // 其中：甲 5 万元，乙 6 万元。比上年增加 1 万元: of both together, or of the last. 接待批次增加 5%: of no amount.
        if self.state.after_list || self.state.counted.is_some() {
            return Err(Unknown::Subject);
        }
        match self.state.thing.clone() {
            Some(thing) if self.state.changed => Ok(thing),
            Some(_) => Err(Unknown::Subject),
            None => self.dated_names(),
        }
    }

    /// What was named last, in the year that the sentence speaks of.
    pub(super) fn dated_names(&mut self) -> Result<Vec<Meaning>, Unknown> {
        let means = self.named()?;
        Ok(means.iter().map(|meaning| dated(meaning, self.state.of_year)).collect())
    }

    /// What a share is a share of: what is named behind 占, else the whole whose parts are being named.
    fn whole(&self, named: Option<Meaning>, part: &[Meaning]) -> Option<Meaning> {
        let of = named.or_else(|| {
            // 服务采购 89 万元。其中：授予中小企业 274.50 万元，占 90%: of no smaller thing.
            let part_of = |whole: Printed| self.state.amount.is_none_or(|own| own.middle() <= whole.middle());
            let heads = self.state.heads.iter().rev().filter(|head| head.amount.is_none_or(part_of));
            let heads = heads.filter_map(|head| head.means.first());
            heads.chain([&self.state.base]).find(|whole| !part.contains(whole)).cloned()
        })?;
        // 一般公共预算财政拨款支出 … 占本年支出: of all funds.
        let of = if part.contains(&of) { of.without(Dimension::Fund) } else { of };
        (of.get(Dimension::Item).is_some() && !part.contains(&of)).then_some(of)
    }

    /// True if something says what is counted: the classifier, or a noun before or behind. 5 个科室 are no figure.
    pub(super) fn names_things(&self, number: &Number, here: Here<'_>) -> bool {
        let behind = here.is_before(WordKind::Count);
        let unit = number.unit.is_some_and(|unit| !self.item_of(unit).is_empty() || !unit.usually.is_empty());
        let in_turn = self.state.turn.is_some_and(|turn| turn < self.state.counts.len());
        behind || unit || in_turn || self.state.counted.is_some()
    }

    /// The item that a classifier itself names, by itself or behind what was counted before it.
    fn item_of<'u>(&self, unit: &'u LexiconUnit) -> &'u str {
        let follows = self.state.last_counted.as_ref().is_some_and(|item| unit.after.contains(item));
        if follows { &unit.then } else { &unit.item }
    }

    /// A number of things.
    pub(super) fn count(&mut self, number: &Number, printed: Printed, here: Here<'_>) -> Result<Said, Unknown> {
        let unit = number.unit.ok_or(Unknown::Subject)?;
        if printed.decimals != 0 {
            return Err(Unknown::Subject);
        }
        let measure = match self.state.expected {
            // 主要是…，减少 3 辆: what was done.
            Expected::Change(_) if self.state.mode == Mode::Purpose => return Err(Unknown::FreeText),
            Expected::Change(_) => Measure::Change(self.state.against.ok_or(Unknown::Base)?),
            _ => Measure::Count,
        };
        let noun = self.counted_noun(unit, here);
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
        if means.get(Dimension::Item).is_none() {
            // 轿车 2 辆: a kind of what was counted before.
            let item = Some(unit.usually.as_str()).filter(|item| !item.is_empty()).ok_or(Unknown::Subject)?;
            means = means.with(Dimension::Item, self.state.count_item.as_deref().unwrap_or(item));
        }
        if inherits && means.get(Dimension::Theme).is_none() {
            let known = self.state.count_theme.clone().or_else(subject_theme);
            // 对 6 个项目开展绩效自评.
            let theme = known.or_else(|| here.theme_behind());
            // 现有公务用车 6 辆: of the body, where nothing else is told of.
            means = match theme {
                Some(theme) => self.themed(means, &theme),
                None if !unit.usually.is_empty() => means,
                None => return Err(Unknown::Subject),
            };
        }
        self.state.count_theme = means.get(Dimension::Theme).map(str::to_owned);
        self.state.last_counted = means.get(Dimension::Item).map(str::to_owned);
        if !unit.usually.is_empty() {
            self.state.count_item = means.get(Dimension::Item).map(str::to_owned);
        }
        let means = vec![dated(&means, self.year_of_count(here).or(self.state.usual_year))];
        let printed = Printed { unit: Unit::Piece, ..printed };
        if inherits && measure == Measure::Count {
            self.counted_once(&means, printed)?;
        }
        self.state.thing = Some(means.clone());
        Ok(match self.state.expected {
            Expected::Change(direction) => (means, measure, signed(printed, direction)),
            _ => (means, measure, printed),
        })
    }

    /// Things of a theme, of the fund that was named where the theme tells funds apart.
    fn themed(&self, means: Meaning, theme: &str) -> Meaning {
        let node = self.catalog.trees.node(Dimension::Theme, theme);
        let mut named = self.state.subject.iter().flatten();
        let fund = named.find_map(|own| own.get(Dimension::Fund)).filter(|_| node.is_some_and(|node| node.funds_apart));
        let means = means.with(Dimension::Theme, theme);
        fund.map_or_else(|| means.clone(), |fund| means.clone().with(Dimension::Fund, fund))
    }

    /// `8 个项目，其中：一级项目 2 个`: fewer of the same are a part of them, and nobody says which.
    fn counted_once(&mut self, means: &[Meaning], printed: Printed) -> Result<(), Unknown> {
        let more = |(of, all): &(Vec<Meaning>, Printed)| *of == means && all.mantissa > printed.mantissa;
        if self.state.given_counts.iter().any(more) {
            return Err(Unknown::Subject);
        }
        self.state.given_counts.push((means.to_vec(), printed));
        Ok(())
    }

    /// The year before, where the clause counts what was there then: 上年购置车辆 1 辆.
    fn year_of_count(&self, here: Here<'_>) -> Option<u16> {
        let before = here.tokens.get(..here.index)?.iter().rev();
        let clause = before.take_while(|token| !matches!(token.piece, Piece::Mark(_) | Piece::Number(_)));
        let mut then = false;
        for token in clause {
            match &token.piece {
                Piece::Word(word) if [WordKind::Than, WordKind::Up, WordKind::Down].contains(&word.entry.kind) => {
                    return None;
                }
                Piece::Word(word) => then |= word.entry.kind == WordKind::Prior,
                Piece::Year(year) => then |= self.state.mode == Mode::Purpose && Some(*year) == self.last_year(),
                _ => {}
            }
        }
        self.last_year().filter(|_| then)
    }

    /// What the noun or the classifier says is counted, and whether it takes over a theme that was named before.
    fn counted_noun(&mut self, unit: &LexiconUnit, here: Here<'_>) -> Option<(Meaning, bool)> {
        let behind = || match here.next().map(|token| &token.piece) {
            Some(Piece::Word(word)) if word.entry.kind == WordKind::Count => {
                word.entry.means.first().map(|m| (m.clone(), word.entry.inherits))
            }
            _ => None,
        };
        let turn = self.state.turn.filter(|_| self.state.counts.len() > 1);
        let counted = match turn {
            // 批次、人次分别为 12 批次、96 人次.
            Some(turn) => {
                self.state.turn = Some(turn + 1);
                self.state.counts.get(turn).cloned()
            }
            None => self.state.counted.take(),
        };
        let counted = counted.map(|counted| (counted.means, counted.inherits));
        let own = self.item_of(unit);
        let from_unit = (!own.is_empty()).then(|| (Meaning::new().with(Dimension::Item, own), true));
        // 来访团组 0 个，0 人次: the classifier says what is counted, unless a noun of that kind stands before.
        match (counted, from_unit) {
            (Some((means, _)), Some((own, _))) if means.get(Dimension::Item) != own.get(Dimension::Item) => {
                let theme = means.get(Dimension::Theme).map(str::to_owned);
                Some((theme.map_or(own.clone(), |theme| own.with(Dimension::Theme, theme.as_str())), true))
            }
            (Some(noun), _) => Some(noun),
            (None, Some(own)) => Some(own),
            (None, None) => behind(),
        }
    }
}

/// A meaning in a year, if that is another than the document's.
pub(super) fn dated(meaning: &Meaning, year: Option<u16>) -> Meaning {
    match year {
        Some(year) => meaning.clone().with(Dimension::Year, year.to_string()),
        None => meaning.clone(),
    }
}

fn signed(printed: Printed, direction: Direction) -> Printed {
    match direction {
        Direction::Down if printed.mantissa > 0 => Printed { mantissa: printed.mantissa.saturating_neg(), ..printed },
        _ => printed,
    }
}

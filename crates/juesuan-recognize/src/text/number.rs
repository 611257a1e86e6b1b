//! What a number is a figure of.

use juesuan_catalog::names::stage::{FULL_YEAR, INITIAL};
use juesuan_catalog::{LexiconWord, WordKind};
use juesuan_model::{Against, Cell, Dimension, Figure, Kind, Meaning, Measure, Printed, Statement, Unit};
use juesuan_text::Text;

use super::sentence::Reader;
use super::state::{Direction, Expected, Mode, Stage};
use super::token::{Number, Piece, Token, is};
use super::{Recognized, Unread};

/// The stage of a lexicon word that names what was really spent.
const FINAL: &str = "决算";
const UNKNOWN_SUBJECT: &str = "不能确定是什么的数字";
const UNKNOWN_MEASURE: &str = "不能确定是占比、增减还是完成率";
const UNKNOWN_BASE: &str = "没有说与什么比较";
const FREE_TEXT: &str = "原因或用途说明中的数字";

/// Meanings, measure and print of one number.
type Said = (Vec<Meaning>, Measure, Printed);

impl Reader<'_> {
    /// A stage word.
    pub(super) fn stage(&mut self, entry: &LexiconWord, out: &mut Recognized, flow: &Text<'_>, token: &Token) {
        if self.entity.kind == Kind::Budget && entry.stage != FULL_YEAR {
            return self.stage_of_budget(entry, out, flow, token);
        }
        let stage = match entry.stage.as_str() {
            INITIAL => Stage::Budget(Against::InitialBudget),
            FULL_YEAR => Stage::Budget(Against::FullYearBudget),
            "" => Stage::SomeBudget,
            _ => Stage::Final,
        };
        let named = match stage {
            Stage::Budget(against) => Some(against),
            Stage::SomeBudget => self.some_budget(),
            Stage::Final => None,
        };
        if let Some(direction) = self.state.then.take() {
            self.state.against = named;
            self.said(direction, flow, token, out);
        } else if std::mem::take(&mut self.state.than) {
            // 比 2022 年度决算数: the year has been taken already.
            if named.is_some() {
                self.state.against = named;
            }
            if let Expected::Completion(against) = &mut self.state.expected {
                *against = named;
            }
        } else if let Expected::Completion(against) = &mut self.state.expected {
            *against = named;
        } else if self.state.expected == Expected::Share(None) && named.is_some() {
            // 占年初预算的 98%.
            self.state.expected = Expected::Completion(named);
        } else {
            let after_year = self.state.against.is_some() && stage == Stage::Final && self.state.stage_near;
            if !after_year {
                self.state.stage = stage;
                self.state.stage_idle = true;
            }
            self.state.known = true;
        }
        if let Stage::Budget(against) = stage {
            self.state.budget = Some(against);
        }
        self.state.stage_near = named.is_some();
    }

    /// A stage word in a budget: 预算 is what everything speaks of, 执行数 what was carried out in the year before.
    fn stage_of_budget(&mut self, entry: &LexiconWord, out: &mut Recognized, flow: &Text<'_>, token: &Token) {
        let past = entry.stage == FINAL;
        if let Some(direction) = self.state.then.take() {
            self.said(direction, flow, token, out);
        } else if past && !self.state.than && self.state.year.is_none() && self.state.against.is_none() {
            self.state.year = self.entity.year.checked_sub(1);
        }
        self.state.stage = Stage::Final;
        self.state.known = true;
        self.state.stage_near = false;
    }

    /// The budget that 预算 means where it is not said which: the one named last in this section, else, for the three
    /// public expenses, the one that the variant's table prints.
    fn some_budget(&self) -> Option<Against> {
        self.state.budget.or_else(|| {
            let theme = self.state.subject.as_ref()?.first()?.get(Dimension::Theme)?;
            let forms = &self.catalog.variant(&self.entity.variant, self.entity.year)?.forms;
            let columns = forms.iter().flat_map(|form| &form.block).flat_map(|block| &block.column);
            let stage = columns
                .filter(|column| column.means.get(Dimension::Theme) == Some(theme))
                .find_map(|column| column.means.get(Dimension::Stage))?;
            Some(if stage == INITIAL { Against::InitialBudget } else { Against::FullYearBudget })
        })
    }

    /// A direction word.
    pub(super) fn direction(
        &mut self,
        direction: Direction,
        then: bool,
        flow: &Text<'_>,
        token: &Token,
        out: &mut Recognized,
    ) {
        if !self.brackets.is_empty() && matches!(self.state.expected, Expected::Change(_)) {
            // 增加（减少）: a word that the template offers and nobody took out.
            return;
        }
        if then {
            self.state.then = Some(direction);
            return;
        }
        self.state.than = false;
        self.state.known = true;
        self.said(direction, flow, token, out);
        self.state.compared = self.state.against.or(self.state.compared);
        if direction != Direction::Level {
            self.state.expected = Expected::Change(direction);
        }
    }

    fn said(&mut self, direction: Direction, flow: &Text<'_>, token: &Token, out: &mut Recognized) {
        let (Some(against), Some(means)) = (self.state.against, self.subjects()) else {
            return;
        };
        if self.state.gap || self.state.mode != Mode::Statement {
            return;
        }
        let statement = match direction {
            Direction::Up => Statement::Up(against),
            Direction::Down => Statement::Down(against),
            Direction::Level => Statement::Level(against),
        };
        self.claim(means, statement, flow, token.start, out);
    }

    /// What was named, with everything that 均 or 分别 makes it speak of.
    fn subjects(&self) -> Option<Vec<Meaning>> {
        if self.state.foreign {
            return None;
        }
        if self.state.each && self.state.several.len() > 1 {
            return Some(self.state.several.iter().flatten().cloned().collect());
        }
        let section = || self.state.base.get(Dimension::Item).map(|_| vec![self.state.base.clone()]);
        self.state.subject.clone().or_else(section)
    }

    /// A number: a figure, nothing (an item number, a limit, a date), or unread.
    pub(super) fn number(
        &mut self,
        number: &Number,
        token: &Token,
        tokens: &[Token],
        index: usize,
        flow: &Text<'_>,
        out: &mut Recognized,
    ) {
        let date = number.unit.is_some_and(|unit| unit.unit.is_none());
        if number.limit || date {
            return;
        }
        let near = std::mem::take(&mut self.state.stage_near);
        match self.figure(number, near, tokens, index) {
            Ok(Some((meanings, measure, printed))) => {
                self.state.changed |= matches!(measure, Measure::Change(_));
                if self.state.turn.is_none() {
                    self.state.several.clear();
                    self.state.each = false;
                }
                out.figures.push(Figure {
                    meanings,
                    measure,
                    cell: Cell::Number(printed),
                    exact_fen: None,
                    place: self.place(flow, token.start),
                });
            }
            Ok(None) => {}
            Err(reason) => {
                out.unread.push(Unread {
                    place: self.place(flow, token.start),
                    at: flow.position(token.start),
                    text: flow.printed(token.start..token.end),
                    reason,
                });
                // What follows may go on about the thing that is in no list.
                let money = number.unit().is_some_and(|unit| unit.fen().is_some());
                self.state.foreign |= money && self.state.gap && self.state.mode == Mode::Statement;
            }
        }
        self.state.expected = Expected::Amount;
        self.state.counted = None;
        self.state.gap = false;
        self.state.known = true;
    }

    /// `Ok(None)`: no figure at all.
    fn figure(
        &mut self,
        number: &Number,
        near: bool,
        tokens: &[Token],
        index: usize,
    ) -> Result<Option<Said>, &'static str> {
        let unit = match (number.unit(), &self.state.expected) {
            (Some(unit), _) => unit,
            // 增长 13.95。: the sign is missing.
            (None, Expected::Change(_)) if self.state.changed => Unit::Percent,
            (None, Expected::Share(_) | Expected::Completion(_)) => Unit::Percent,
            (None, _) if is_month(&number.digits) => return Ok(None),
            (None, _) if number.digits.contains('.') => return Err(UNKNOWN_SUBJECT),
            // 均为 0: nothing is nothing in any unit.
            (None, Expected::Amount) if number.digits == "0" && self.state.each && self.state.counted.is_none() => {
                Unit::WanYuan
            }
            (None, _) => return Ok(None),
        };
        let Some(printed) = number.printed(unit) else {
            return Err(UNKNOWN_SUBJECT);
        };
        if let Mode::Cause(_) = self.state.mode {
            return Err(FREE_TEXT);
        }
        if self.state.then.take().is_some() {
            // 超过 100 万元: a limit.
            return Err(UNKNOWN_SUBJECT);
        }
        // 3 个下属单位: what is counted stands behind its number.
        let noun_behind = matches!(tokens.get(index + 1).map(|token| &token.piece), Some(Piece::Word(word)) if word.entry.kind == WordKind::Count);
        let counted = unit == Unit::Piece && noun_behind;
        if unit == Unit::Piece && !self.names_things(number, tokens, index) {
            return Ok(None);
        }
        if (self.state.gap || self.state.foreign) && !counted {
            return Err(UNKNOWN_SUBJECT);
        }
        match unit {
            Unit::Yuan | Unit::WanYuan | Unit::YiYuan => self.money(printed).map(Some),
            Unit::Percent => self.percent(printed, near).map(Some),
            Unit::Piece => self.count(number, printed, tokens, index).map(Some),
            Unit::Point => match &self.state.counted {
                Some(counted) if counted.means.get(Dimension::Item).is_none() => {
                    Ok(Some((vec![counted.means.clone()], Measure::Score, printed)))
                }
                _ => Err(UNKNOWN_SUBJECT),
            },
        }
    }

    fn named(&mut self) -> Result<Vec<Meaning>, &'static str> {
        if self.state.mode == Mode::Purpose && !self.state.known {
            return Err(FREE_TEXT);
        }
        if let Some(turn) = self.state.turn {
            let next = self.state.several.get(turn).cloned();
            // 收、支总计分别为: one phrase for two things.
            let split = || self.state.several.first().filter(|one| one.len() > 1)?.get(turn).map(|m| vec![m.clone()]);
            let means = if self.state.several.len() > 1 { next } else { split() };
            self.state.turn = Some(turn + 1);
            return means.ok_or(UNKNOWN_SUBJECT);
        }
        if self.state.subject.is_none() && !self.state.known {
            return Err(UNKNOWN_SUBJECT);
        }
        self.subjects().ok_or(UNKNOWN_SUBJECT)
    }

    fn money(&mut self, printed: Printed) -> Result<Said, &'static str> {
        if let Expected::Change(direction) = self.state.expected {
            let against = self.state.against.ok_or(UNKNOWN_BASE)?;
            return Ok((self.named()?, Measure::Change(against), signed(printed, direction)));
        }
        if self.state.expected != Expected::Amount {
            return Err(UNKNOWN_MEASURE);
        }
        let mut means = self.named()?;
        let stage = match self.state.stage {
            Stage::Final => None,
            Stage::Budget(against) => Some(against),
            Stage::SomeBudget => Some(self.some_budget().ok_or("没有说是哪一种预算")?),
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
        let things = |meaning: &Meaning| {
            meaning.get(Dimension::Item).is_none_or(|item| !super::lexicon::is_money(self.catalog, item))
        };
        if means.iter().any(things) {
            return Err(UNKNOWN_SUBJECT);
        }
        Ok((means, Measure::Amount, printed))
    }

    fn percent(&mut self, printed: Printed, near: bool) -> Result<Said, &'static str> {
        match self.state.expected.clone() {
            Expected::Change(direction) => {
                let against = self.state.against.ok_or(UNKNOWN_BASE)?;
                Ok((self.named()?, Measure::Growth(against), signed(printed, direction)))
            }
            Expected::Share(of) => {
                let means = self.named()?;
                let of = self.whole(of, &means).ok_or(UNKNOWN_BASE)?;
                Ok((means, Measure::Share { of: Box::new(of) }, printed))
            }
            Expected::Completion(against) => {
                let against = against.or_else(|| self.some_budget()).ok_or(UNKNOWN_BASE)?;
                Ok((self.named()?, Measure::Completion(against), printed))
            }
            // 为年初预算的 98.2%.
            Expected::Amount if near => match self.state.stage {
                Stage::Budget(against) => Ok((self.named()?, Measure::Completion(against), printed)),
                Stage::SomeBudget => {
                    let against = self.some_budget().ok_or(UNKNOWN_BASE)?;
                    Ok((self.named()?, Measure::Completion(against), printed))
                }
                Stage::Final => Err(UNKNOWN_MEASURE),
            },
            Expected::Amount => Err(UNKNOWN_MEASURE),
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
    fn names_things(&self, number: &Number, tokens: &[Token], index: usize) -> bool {
        let behind = tokens.get(index + 1).is_some_and(|token| is(token, WordKind::Count));
        let unit = number.unit.is_some_and(|unit| !unit.item.is_empty() || !unit.usually.is_empty());
        behind || unit || self.state.counted.is_some()
    }

    fn count(
        &mut self,
        number: &Number,
        printed: Printed,
        tokens: &[Token],
        index: usize,
    ) -> Result<Said, &'static str> {
        let unit = number.unit.ok_or(UNKNOWN_SUBJECT)?;
        if printed.decimals != 0 {
            return Err(UNKNOWN_SUBJECT);
        }
        let behind = || match tokens.get(index + 1).map(|token| &token.piece) {
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
                let theme = subject_theme().ok_or(UNKNOWN_SUBJECT)?;
                // 购置车辆 3 辆，其中：执法执勤用车 2 辆: parts of what was counted before.
                let item = self.state.count_item.as_deref().unwrap_or(unit.usually.as_str());
                let means = Meaning::new().with(Dimension::Item, item);
                (means.with(Dimension::Theme, theme.as_str()), false)
            }
            None => return Err(UNKNOWN_SUBJECT),
        };
        let mut means = means;
        if inherits && means.get(Dimension::Theme).is_none() {
            let theme = self.state.count_theme.clone().or_else(subject_theme).ok_or(UNKNOWN_SUBJECT)?;
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

/// `2025.1`, `2025.12`: a month.
fn is_month(digits: &str) -> bool {
    let Some((year, month)) = digits.split_once('.') else { return false };
    let fits = |text: &str, least: u16, most: u16| text.parse().is_ok_and(|n: u16| (least..=most).contains(&n));
    year.len() == 4 && fits(year, 1990, 2099) && month.len() <= 2 && fits(month, 1, 12)
}

//! What a number is a figure of.

use juesuan_catalog::names::{item, nature};
use juesuan_catalog::{LexiconWord, WordKind};
use juesuan_model::{Cell, Dimension, Figure, Meaning, Measure, Printed, Unit};

use super::here::Here;
use super::mark::Mark;
use super::sentence::Reader;
use super::state::{Expected, Mode, State};
use super::subject::within;
use super::token::{Number, Piece, is};
use super::trace::CameTo;
use super::{Recognized, Told, Unknown, Unread};

/// Shortest and longest name of a project that no list has, in characters.
pub(super) const NAME_LEAST: usize = 4;
pub(super) const NAME_MOST: usize = 30;

/// Numbers without a meaning that are quoted with their sentences; of more only the number is.
const QUOTES_MAX: usize = 500;

/// Meanings, measure and print of one number.
pub(super) type Said = (Vec<Meaning>, Measure, Printed);

impl Reader<'_> {
    /// What was named, with everything that 均 or 分别 makes it speak of.
    pub(super) fn subjects(&self) -> Option<Vec<Meaning>> {
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
    pub(super) fn number(&mut self, number: &Number, here: Here<'_>, out: &mut Recognized) {
        if !number.is_figure() {
            return self.trace_number(here, if number.is_date() { CameTo::Date } else { CameTo::Limit });
        }
        self.takes_turn(here);
        self.together();
        self.named_behind(number, here);
        let near = std::mem::take(&mut self.state.stage_near);
        let before = self.trace.is_some().then(|| self.state.clone());
        let said = self.figure(number, near, here).or_else(|why| self.project_named_here(number, here).ok_or(why));
        if let Some(before) = before {
            self.trace_said(number, &said, &before, here);
        }
        let unread = said.is_err();
        match said {
            Ok(Some(said)) => {
                self.state.changed |= matches!(said.1, Measure::Change(_));
                if self.state.turn.is_none() {
                    self.state.several.clear();
                    self.state.each = false;
                }
                self.with_its_part(&said, out);
                let amount = said.1 == Measure::Amount;
                self.add(&said, out.figures.len(), out);
                self.print(said, here, out);
                self.state.figure = amount.then(|| out.figures.len().checked_sub(1)).flatten().or(self.state.figure);
            }
            Ok(None) => {}
            Err(reason) => {
                self.leave(reason, here, out);
                // What follows may go on about the thing that is in no list.
                let money = number.unit().is_some_and(|unit| unit.fen().is_some());
                self.state.adding = self.state.adding.take().filter(|_| !money);
                // 校车补贴项目自评得分 96 分，全年预算数 86 万元: what has points of its own has money of its own.
                let told = money || number.unit() == Some(Unit::Point);
                self.state.foreign |= told && self.state.gap && self.state.mode == Mode::Statement;
            }
        }
        let goes_on = self.state.turn.is_some() && here.goes_on_with_number();
        // 减少 6 批次、48 人次: both are what it is less.
        let counts_on = number.unit() == Some(Unit::Piece)
            && matches!(self.state.expected, Expected::Change(_))
            && here.goes_on_with_listed_number();
        if !goes_on && !counts_on && !here.is_base_of_rate() {
            self.state.expected = Expected::Amount;
        }
        self.state.row.clear();
        self.state.stage_here = false;
        self.state.counted = None;
        if !goes_on {
            self.state.counts.clear();
        }
        // Of a row whose first number nobody can place, the next cannot be placed either.
        self.state.gap = unread && here.goes_on_with_number();
        self.state.known = true;
    }

    /// A number that was not understood, unless it has another reader.
    pub(super) fn leave(&mut self, reason: Unknown, here: Here<'_>, out: &mut Recognized) {
        let (flow, start, end) = (here.flow, here.start(), here.end());
        let at = flow.position(start);
        if !self.taken.numbers.contains_key(&at) && !self.taken.is_quiet(at) {
            let (mut place, text) = (self.place(flow, start), flow.printed(start..end));
            // A text without an end of a sentence would cost its length for each of its numbers.
            if out.unread.len() >= QUOTES_MAX {
                place.quote = Some(text.clone());
            }
            out.unread.push(Unread { place, at, text, reason });
        }
    }

    /// `；25.77 万元用于20105统计信息事务`: an amount that nothing stands before in its clause is of the item behind it; of anything else
    /// that money was used for nobody can say what it is of.
    fn named_behind(&mut self, number: &Number, here: Here<'_>) {
        let money = number.unit().is_some_and(|unit| unit.fen().is_some());
        let first = here.before().is_none_or(|token| matches!(token.piece, Piece::Mark(_) | Piece::Ordinal));
        let [used, item, ..] = here.rest() else { return };
        if !money || !first || self.state.expected != Expected::Amount || !is(used, WordKind::Purpose) {
            return;
        }
        match &item.piece {
            Piece::Function(path) if path.code.is_some() => {
                let own = Meaning::new().with(Dimension::Function, path.code.as_deref().unwrap_or_default());
                let means = vec![within(self.catalog, &self.state.ground(), &own)];
                (self.state.subject, self.state.foreign, self.state.renamed) = (Some(means), false, true);
                self.state.marks.subject = Some(Mark { start: item.start, end: item.end, ..self.at });
            }
            _ => self.state.gap = true,
        }
    }

    /// A count noun, perhaps behind a name that is in no list.
    pub(super) fn counted(&mut self, entry: &LexiconWord, directly: bool, here: Here<'_>) {
        self.count_noun(entry);
        // 其中：“河道清淤”项目全年预算数 80 万元: one of several things, with money of its own.
        let money = here.is_before_amount() || here.is_before_staged_amount();
        let listed = self.state.heads.iter().any(|head| !head.lasting);
        self.state.foreign |= directly && listed && money;
    }

    /// `总支出 125 万元，其中本年支出 116 万元`: what has the expense of the year as a part is the grand total.
    fn with_its_part(&self, (means, measure, printed): &Said, out: &mut Recognized) {
        let Some(head) = self.state.heads.last() else { return };
        let more = head.amount.is_some_and(|all| all.middle() > printed.middle());
        let (Some(at), [own], true) = (head.figure, means.as_slice(), *measure == Measure::Amount && more) else {
            return;
        };
        let total = match own.get(Dimension::Item) {
            Some(item::INCOME) => item::INCOME_TOTAL,
            Some(item::EXPENSE) => item::EXPENSE_TOTAL,
            _ => return,
        };
        let bare = own.clone().without(Dimension::Year).coordinates().count() == 1;
        if let Some(figure) = out.figures.get_mut(at).filter(|figure| bare && figure.meanings == *means) {
            figure.meanings = vec![own.clone().with(Dimension::Item, total)];
        }
    }

    /// 项目支出包括扫盲工作经费 1 万元: a name that is in no list, in a list of the parts of 项目支出, is that of a project.
    fn project_named_here(&mut self, number: &Number, here: Here<'_>) -> Option<Option<Said>> {
        let [whole] = self.state.heads.last()?.means.as_slice() else { return None };
        let projects = whole.get(Dimension::Nature) == Some(nature::PROJECT) && self.state.mode == Mode::Statement;
        if !projects || self.state.expected != Expected::Amount {
            return None;
        }
        let unit = number.unit().filter(|unit| unit.fen().is_some())?;
        let from = here.begins_name()?;
        let name = here.flow.printed(from..here.start());
        let ends = &self.catalog.recognition.project_ends;
        if !(NAME_LEAST..=NAME_MOST).contains(&name.chars().count())
            || !ends.iter().any(|end| name.ends_with(end.as_str()))
        {
            return None;
        }
        let own = Meaning::new().with(Dimension::Project, name.as_str());
        let means = vec![within(self.catalog, whole, &own)];
        (self.state.subject, self.state.foreign) = (Some(means.clone()), false);
        self.state.marks.subject = Some(Mark { start: from, ..self.at });
        Some(Some((means, Measure::Amount, number.printed(unit)?)))
    }

    fn trace_number(&mut self, here: Here<'_>, came_to: CameTo) {
        if let Some(trace) = &mut self.trace {
            trace.number(here, came_to);
        }
    }

    /// Notes what a number came to, with what was known before it.
    fn trace_said(&mut self, number: &Number, said: &Result<Option<Said>, Unknown>, before: &State, here: Here<'_>) {
        let at = here.flow.position(here.start());
        let Some(trace) = &self.trace else { return };
        let came_to = match (self.taken.numbers.get(&at).map(|own| &own.told), said) {
            (Some(Told::ByReader(meaning, measure)), _) => {
                CameTo::Performance(Some((meaning.clone(), measure.clone())))
            }
            (Some(Told::ByNobody), _) | (Some(Told::BySentence), Ok(None) | Err(_)) => CameTo::Performance(None),
            (_, Ok(Some(_))) if self.taken.is_scattered(at) => CameTo::Quiet,
            (_, Ok(Some((meanings, measure, _)))) => trace.figure(self.at, number, (meanings, measure), before),
            (None, Ok(None)) => CameTo::Bare,
            (None, Err(_)) if self.taken.is_quiet(at) => CameTo::Quiet,
            (None, Err(why)) => trace.unread(self.at, here, *why, before),
        };
        self.trace_number(here, came_to);
    }

    /// Files a figure under what the sentence says, or under what its other reader knows.
    fn print(&self, (mut meanings, mut measure, mut printed): Said, here: Here<'_>, out: &mut Recognized) {
        let (flow, start) = (here.flow, here.start());
        let at = flow.position(start);
        if self.taken.is_scattered(at) {
            meanings.clear();
        }
        meanings = self.of_area(meanings);
        if let Some(number) = self.taken.numbers.get(&at) {
            match &number.told {
                Told::BySentence => {}
                Told::ByReader(meaning, own) => {
                    (meanings, measure, printed) = (vec![meaning.clone()], own.clone(), number.printed);
                }
                Told::ByNobody => meanings.clear(),
            }
            // 减少 5 万元 is another print than 5 万元.
            if printed == number.printed {
                out.taken.insert(number.id, out.figures.len());
            }
        }
        let (place, seen) = (self.place(flow, start), flow.seen(start..here.end()));
        out.figures.push(Figure { meanings, measure, cell: Cell::Number(printed), exact_fen: None, place, seen });
    }

    /// The meanings, of whose amounts they are.
    pub(super) fn of_area(&self, meanings: Vec<Meaning>) -> Vec<Meaning> {
        match &self.state.area {
            Some(area) => meanings.iter().map(|meaning| meaning.overlaid_by(area)).collect(),
            None => meanings,
        }
    }

    /// `Ok(None)`: no figure at all.
    fn figure(&mut self, number: &Number, near: bool, here: Here<'_>) -> Result<Option<Said>, Unknown> {
        let unit = match (number.unit(), &self.state.expected) {
            (Some(unit), _) => unit,
            // 增长 13.95。: the sign is missing.
            (None, Expected::Change(_)) if self.state.changed && here.next().is_some() => Unit::Percent,
            (None, Expected::Share(_) | Expected::Completion(_)) => Unit::Percent,
            (None, _) if is_month(&number.digits) => return Ok(None),
            (None, _) if number.digits.contains('.') => return Err(Unknown::Subject),
            // 均为 0: nothing is nothing in any unit.
            (None, Expected::Amount)
                if number.digits == "0" && self.state.counted.is_none() && self.is_nothing(here) =>
            {
                Unit::WanYuan
            }
            (None, _) if self.in_row && !here.begins_sentence() => return Err(Unknown::Subject),
            (None, _) if self.in_row && here.rest().is_empty() => return Err(Unknown::Subject),
            (None, _) => return Ok(None),
        };
        let Some(printed) = number.printed(unit) else {
            return Err(Unknown::Subject);
        };
        if let Mode::Cause(_) = self.state.mode {
            return Err(Unknown::FreeText);
        }
        if self.state.then.take().is_some() {
            // 超过 100 万元: a limit.
            return Err(Unknown::Subject);
        }
        // 3 个下属单位: what is counted stands behind its number.
        let counted = unit == Unit::Piece && here.is_before(WordKind::Count);
        if unit == Unit::Piece && !self.names_things(number, here) {
            return Ok(None);
        }
        // 每人每月 1500 元，合计 216 万元: what goes on speaks of that one.
        let measured = unit.fen().is_some() || unit == Unit::Percent;
        self.state.of_one |= std::mem::take(&mut self.state.average) && measured;
        let of_one = self.state.of_one && measured;
        if (self.state.gap || self.state.foreign || of_one) && !counted {
            return Err(Unknown::Subject);
        }
        match unit {
            Unit::Yuan | Unit::WanYuan | Unit::YiYuan => self.money(printed, here).map(Some),
            Unit::Percent => self.percent(printed, near, here).map(Some),
            Unit::Piece => self.count(number, printed, here).map(Some),
            Unit::Point => match &self.state.counted {
                Some(counted) if counted.means.get(Dimension::Item).is_none() => {
                    Ok(Some((vec![counted.means.clone()], Measure::Score, printed)))
                }
                _ => Err(Unknown::Subject),
            },
        }
    }

    /// 均为 0、购车费 0、接待费为 0: money was named, and the clause ends.
    fn is_nothing(&self, here: Here<'_>) -> bool {
        let named = here.is_directly_named() && here.next().is_none_or(|next| matches!(next.piece, Piece::Mark(_)));
        self.state.each || named
    }

    pub(super) fn named(&mut self) -> Result<Vec<Meaning>, Unknown> {
        if self.state.mode == Mode::Purpose && !self.state.known {
            return Err(Unknown::FreeText);
        }
        if let Some(turn) = self.state.turn.filter(|_| !self.is_alone()) {
            let next = self.state.several.get(turn).cloned();
            // 收、支总计分别为: one phrase for two things.
            let split = || self.state.several.first().filter(|one| one.len() > 1)?.get(turn).map(|m| vec![m.clone()]);
            let means = if self.state.several.len() > 1 { next } else { split() };
            self.state.turn = Some(turn + 1);
            return means.ok_or(Unknown::Subject);
        }
        if self.state.subject.is_none() && !self.state.known {
            return Err(Unknown::Subject);
        }
        self.subjects().ok_or(Unknown::Subject)
    }
}

/// `2025.1`, `2025.12`: a month.
fn is_month(digits: &str) -> bool {
    let Some((year, month)) = digits.split_once('.') else { return false };
    let fits = |text: &str, least: u16, most: u16| text.parse().is_ok_and(|n: u16| (least..=most).contains(&n));
    year.len() == 4 && fits(year, 1990, 2099) && month.len() <= 2 && fits(month, 1, 12)
}

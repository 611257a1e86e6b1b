//! What has been said so far, and what is expected next.

use std::collections::BTreeSet;

use juesuan_model::{Against, Dimension, Meaning, Printed};
use serde::Serialize;

use super::adding::Adding;
use super::either::Both;
use super::mark::{Mark, Marks};
use super::subject::{Counted, Phrase};

/// The whole of which parts are being named.
#[derive(Clone, Debug)]
pub struct Head {
    /// What it is.
    pub means: Vec<Meaning>,
    /// True if the paragraph ended with `其中：`: the paragraphs that follow name the parts.
    pub lasting: bool,
    /// The year of its amount, if it is another than the document's: that of its parts too.
    pub year: Option<u16>,
    /// Its amount.
    pub amount: Option<Printed>,
    /// True if the sentence of 其中 did not name it itself.
    pub again: bool,
    /// The figure of its amount, among those that were read.
    pub figure: Option<usize>,
    /// The words that named it.
    pub mark: Option<Mark>,
}

/// An amount that a sentence has printed.
#[derive(Clone, Debug)]
pub struct Amount {
    /// What it is of, but for stage and year.
    pub of: Vec<Meaning>,
    /// The budget that it is, if it is one.
    pub stage: Option<Against>,
    /// Its year, if it is another than the document's.
    pub year: Option<u16>,
    /// As printed.
    pub printed: Printed,
}

/// A direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// 增加.
    Up,
    /// 减少.
    Down,
    /// 持平.
    Level,
}

/// Which measure the next number has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Expected {
    /// An amount or a count.
    #[default]
    Amount,
    /// A change or a growth.
    Change(Direction),
    /// A share of what the phrase names; `None`: of the whole.
    Share(Option<Meaning>),
    /// A completion of a budget; `None`: of the one that the context names.
    Completion(Option<Against>),
}

/// How a stretch of text is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Word by word.
    #[default]
    Statement,
    /// A cause up to the end of the sentence; it begins at this character.
    Cause(usize),
    /// A purpose up to the end of the clause.
    Purpose,
    /// More than anybody says in a sentence: nothing is read up to its end.
    Beyond,
}

/// Names and amounts that one sentence leaves open; the longest at hand has some sixty.
const OPEN_MAX: usize = 500;

/// The stage that was named last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// 决算.
    #[default]
    Final,
    /// A named budget.
    Budget(Against),
    /// 预算, not said which.
    SomeBudget,
}

/// Everything that a sentence leaves to the next.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// Default coordinates of the section.
    pub base: Meaning,
    /// Wholes, the outermost first.
    pub heads: Vec<Head>,
    /// What was named last; `None`: nothing since the section began.
    pub subject: Option<Vec<Meaning>>,
    /// True where the subject is something that is in no list.
    pub foreign: bool,
    /// Words of the phrase that is being read.
    pub phrase: Option<Phrase>,
    /// Count noun of this clause.
    pub counted: Option<Counted>,
    /// Count nouns of this clause that stand one after the other without a number between them.
    pub counts: Vec<Counted>,
    /// Amounts and counts of this sentence whose name goes on: what they are of, and what was printed.
    pub given: Vec<(Vec<Meaning>, Printed)>,
    /// The same for counts of this paragraph.
    pub given_counts: Vec<(Vec<Meaning>, Printed)>,
    /// Something was named since the last amount or count was read.
    pub renamed: bool,
    /// Theme of the last count, for 人次 that follow 团组.
    pub count_theme: Option<String>,
    /// Item of the last count of vehicles of this sentence, for its parts.
    pub count_item: Option<String>,
    /// What the parts that are being named belong to is in no list.
    pub foreign_head: bool,
    /// Stage.
    pub stage: Stage,
    /// No amount has been read since the stage was named: it says nothing about the next sentence (预算绩效管理).
    pub stage_idle: bool,
    /// A stage word stands directly before: 预算的 98%.
    pub stage_near: bool,
    /// The stage was named in this clause, and no number has been read since: 支出 behind it (年初预算支出) does not end it.
    pub stage_here: bool,
    /// The budget that this section named last.
    pub budget: Option<Against>,
    /// The stage that the heading names: that of amounts whose sentence names none.
    pub usual: Stage,
    /// A year other than the document's, for the next amounts.
    pub year: Option<u16>,
    /// The year that the heading names, if it is another than the document's.
    pub heading_year: Option<u16>,
    /// The same for sentences that name no year: nothing once the paragraph has named that of the document.
    pub usual_year: Option<u16>,
    /// A year other than the document's, which the changes of this sentence speak of.
    pub of_year: Option<u16>,
    /// This sentence has named a year.
    pub year_named: bool,
    /// The year of the amount that was read last, if it is another than the document's.
    pub amount_year: Option<u16>,
    /// The amount that was read last, of what was named last.
    pub amount: Option<Printed>,
    /// Its place among the figures that were read.
    pub figure: Option<usize>,
    /// The last two amounts of this sentence.
    pub amounts: Vec<Amount>,
    /// What was spent and its budget, where the paragraph told them last.
    pub both: Option<Both>,
    /// The last budget of this paragraph that was no part of another.
    pub budgeted: Option<(Vec<Meaning>, Printed)>,
    /// What was counted last in this sentence.
    pub last_counted: Option<String>,
    /// The sentence before told parts of a whole: what goes on without a name may speak of either.
    pub after_list: bool,
    /// The same, of parts whose amounts it told.
    pub after_parts: bool,
    /// The year stands directly before, or with a stage word behind it.
    pub year_near: bool,
    /// What changes are compared with.
    pub against: Option<Against>,
    /// What this clause compares with is something that the document does not tell of.
    pub strange_base: bool,
    /// What changes are compared with was named in this clause.
    pub compared_here: bool,
    /// What changes are compared with stands directly before: an amount behind it is that (较上年 2.08 万元减少).
    pub compared_near: bool,
    /// What the paragraph's last direction was compared with: a cause may stand in a sentence of its own.
    pub compared: Option<Against>,
    /// What the changes of the sentence before were compared with.
    pub compared_before: Option<Against>,
    /// The year that this direction spoke of.
    pub compared_year: Option<u16>,
    /// 比, 较, 与 stands before.
    pub than: bool,
    /// 大于, 小于: waiting for what it is compared with.
    pub then: Option<Direction>,
    /// Measure of the next number.
    pub expected: Expected,
    /// A change was printed in this sentence: a bare number after 增长 is a percentage whose sign is missing.
    pub changed: bool,
    /// The change that was printed last in this clause: its rate may stand in brackets behind it.
    pub change: Option<(Against, Direction)>,
    /// What was counted last in this sentence: a rate behind it may be that of the count.
    pub thing: Option<Vec<Meaning>>,
    /// How text is read.
    pub mode: Mode,
    /// The subject before a purpose: what is named in the purpose is not spoken of after it.
    pub aside: Option<(Option<Vec<Meaning>>, bool)>,
    /// Text that is in no list stands in this clause, behind the last name.
    pub gap: bool,
    /// 人均, 平均: the amount of this clause is that of one of several.
    pub average: bool,
    /// The amount that this sentence told last is that of one of several, and nothing has been named since.
    pub of_one: bool,
    /// Something was named by its own name since the last sentence or item of a list ended.
    pub named_here: bool,
    /// Something known stands in this clause.
    pub known: bool,
    /// 无, 没有 stands directly before.
    pub absent: bool,
    /// What the clause named before 未发生: that does not exist if nothing is named behind it.
    pub absent_before: Vec<Vec<Meaning>>,
    /// Subjects named one after the other without a number between them.
    pub several: Vec<Vec<Meaning>>,
    /// Those of them that only 、 or 和 stands between: one number behind them speaks of all together.
    pub row: Vec<Vec<Meaning>>,
    /// 、 or 和 stands before.
    pub joins: bool,
    /// 分别: numbers go to `several` in turn; the next one is this.
    pub turn: Option<usize>,
    /// 均: the number goes to all of `several`.
    pub each: bool,
    /// Names listed after 主要包括 without a number.
    pub listed: Vec<(Vec<Meaning>, usize)>,
    /// The last thing before the end was 其中.
    pub part_open: bool,
    /// The paragraph before ended in ；.
    pub open: bool,
    /// 按资金来源划分: funds and sources that are named pay for the whole of this sentence.
    pub divided: bool,
    /// 加上…: a sum that is named behind it has other things in it too.
    pub added: bool,
    /// What is added up there, where that is known.
    pub adding: Option<Adding>,
    /// The last amount of the paragraph that was no part of another: its figure, what it is of, and how much.
    pub whole: Option<(usize, Vec<Meaning>, Printed)>,
    /// The funds of the expenses and incomes of this paragraph that were no part of another, each once.
    pub funds: Vec<String>,
    /// Whose amounts these are, where a text tells both of an area and of its own government.
    pub area: Option<Meaning>,
    /// The words that said all this.
    pub marks: Marks,
}

impl State {
    /// True if what was spent and its budget were told last: what is named next begins again.
    pub fn both_told(&self) -> bool {
        matches!(self.amounts.as_slice(), [own, budget] if own.of == budget.of && own.stage.is_none() && budget.stage.is_some())
    }

    /// True if this sentence has told the amounts of parts.
    fn tells_parts(&self) -> bool {
        self.given.len() > 1 && self.heads.iter().any(|head| !head.lasting)
    }

    /// True if a word that says no more than 支出 may speak of a whole that was divided before or of its last part: `预算 633 万元，其中：基本支出
    /// 551 万元，项目支出 82 万元。支出决算为 655 万元`.
    pub fn is_nameless_behind_list(&self, own: &[Meaning]) -> bool {
        let divided = self.after_parts || self.tells_parts();
        let last = self.subject.iter().flatten().find_map(|last| last.get(Dimension::Item));
        let nameless = |own: &Meaning| own.coordinates().all(|(d, item)| d == Dimension::Item && Some(item) == last);
        !self.named_here && divided && !own.is_empty() && own.iter().all(nameless)
    }

    /// True if this sentence has told the amounts of several themes: `“三公”经费 5 万元：接待费 2 万元、用车费 3 万元`. What the next says of
    /// none of them may be of the first.
    fn told_many(&self) -> bool {
        const MANY: usize = 3;
        let themes: BTreeSet<&str> =
            self.given.iter().flat_map(|(of, _)| of).filter_map(|own| own.get(Dimension::Theme)).collect();
        themes.len() >= MANY
    }

    /// An amount was printed.
    pub fn keep(&mut self, amount: Amount) {
        if self.amounts.len() > 1 {
            self.amounts.remove(0);
        }
        if amount.stage.is_some() && self.heads.is_empty() {
            self.budgeted = Some((amount.of.clone(), amount.printed));
        }
        self.amounts.push(amount);
        self.both = self.both_told().then(|| Both::of(&self.amounts)).flatten();
    }

    /// True if this sentence has left more open than any does.
    pub fn is_overfull(&self) -> bool {
        let names =
            self.several.len() + self.row.len() + self.listed.len() + self.counts.len() + self.absent_before.len();
        names + self.given.len() + self.given_counts.len() + self.heads.len() > OPEN_MAX
    }

    /// Nothing more of this sentence is read, and nothing of it goes on.
    pub fn give_up(&mut self) {
        self.sentence();
        self.heads.clear();
        self.listed.clear();
        self.given_counts.clear();
        self.mode = Mode::Beyond;
    }

    /// What parts are parts of, or the section.
    pub fn ground(&self) -> Meaning {
        let head = self.heads.last().and_then(|head| head.means.first());
        head.unwrap_or(&self.base).clone()
    }

    /// A new clause.
    pub fn clause(&mut self) {
        self.gap = false;
        self.average = false;
        self.known = false;
        self.counted = None;
        self.counts.clear();
        self.than = false;
        self.absent = false;
        self.absent_before.clear();
        self.stage_near = false;
        self.stage_here = false;
        self.compared_near = false;
        self.compared_here = false;
        self.strange_base = false;
        self.change = None;
        self.row.clear();
        self.joins = false;
        self.expected = Expected::Amount;
    }

    /// The end of a purpose.
    pub fn end_aside(&mut self) {
        if let Some((subject, foreign)) = self.aside.take() {
            self.subject = subject;
            self.foreign = foreign;
        }
        self.mode = Mode::Statement;
    }

    /// A new sentence.
    pub fn sentence(&mut self) {
        self.clause();
        self.of_one = false;
        self.named_here = false;
        if std::mem::take(&mut self.stage_idle) || (self.changed && self.both_told()) {
            self.stage = self.usual;
        }
        self.end_aside();
        if self.changed || !self.amounts.is_empty() {
            self.compared_before = self.against.filter(|_| self.changed);
        }
        self.against = None;
        self.then = None;
        self.changed = false;
        self.thing = None;
        self.year = self.usual_year;
        self.of_year = self.usual_year;
        self.year_named = false;
        self.after_parts |= self.tells_parts();
        self.after_list |= self.heads.iter().any(|head| !head.lasting) || self.told_many();
        self.divided = false;
        self.added = false;
        self.adding = None;
        self.amount_year = None;
        self.amounts.clear();
        self.last_counted = None;
        self.several.clear();
        self.given.clear();
        self.turn = None;
        self.each = false;
        self.count_item = None;
        self.foreign_head = false;
        self.heads.retain(|head| head.lasting);
    }

    /// A new paragraph. `其中：` at the end of the last one lasts.
    pub fn paragraph(&mut self) {
        if self.part_open {
            let head = self.heads.pop();
            self.heads = head.map(|head| Head { lasting: true, ..head }).into_iter().collect();
        }
        self.usual_year = self.heading_year;
        self.sentence();
        self.stage = self.usual;
        self.part_open = false;
        self.count_theme = None;
        self.whole = None;
        self.funds.clear();
        self.given_counts.clear();
        self.compared_before = None;
        self.both = None;
        self.budgeted = None;
        self.compared = None;
        self.compared_year = None;
        self.phrase = None;
    }
}

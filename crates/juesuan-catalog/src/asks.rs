//! What a document lacks in words: `catalog/asks.toml`. From it come the marks in the document, the reasons why it is a draft, and
//! the list in which everything that is missing can be filled in.

use std::collections::BTreeMap;

use juesuan_model::{Against, Ask, Demand, Dimension, Need, Printed, Problem, Unit, Wanted};
use serde::Deserialize;

use crate::names::compared_with;
use crate::source::Source;
use crate::template::{Allowed, Lack, Template};

/// The file.
const FILE: &str = "asks.toml";
/// What the sentences of an ask may name.
const OF_ASK: [&str; 8] = ["名称", "所属", "基数", "版本", "代号", "位置", "注", "填处"];
/// What a comparison may name.
const OF_DEMAND: [&str; 5] = ["名称", "基数", "本数", "基值", "变动"];
/// What messages about an answer may name.
const OF_ANSWER: [&str; 9] = ["单位", "全部", "另一处", "另值", "本值", "名称", "代号", "清单", "文件夹"];

/// Words of everything that is asked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AskWords {
    /// Name of the list.
    pub file: String,
    /// Name of its sheet, by which it is known whatever the file is called.
    pub sheet: String,
    /// What stands in the list.
    pub book: ListWords,
    /// What is said of last year's figures that were taken.
    pub taken: TakenWords,
    /// What is said of answers.
    pub read: AnswerWords,
    /// Where something is filled in.
    pub fill: FillWords,
    /// Why a cause is asked for.
    pub because: BecauseWords,
    /// By what is asked for.
    pub kind: AskKinds,
}

/// What stands in the list.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListWords {
    /// First line.
    pub title: Template,
    /// What a year is called.
    pub year: Template,
    /// What to do.
    pub lines: Vec<String>,
    /// Heads of the columns.
    pub heads: [String; 8],
    /// Of what must be filled in.
    pub must: String,
    /// Of a cause, if something has changed.
    pub if_changed: String,
    /// Of anything else that must be there if it is used.
    pub if_used: String,
    /// Of what may be left out.
    pub may: String,
    /// Of what is filled in elsewhere.
    pub elsewhere: String,
    /// Of what was answered.
    pub done: String,
    /// When a cell for money holds something else.
    pub amount: String,
    /// When a cell for a number holds something else.
    pub count: String,
}

/// The sheet that tells where last year's figures were taken from.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TakenWords {
    /// Its name.
    pub sheet: String,
    /// First line.
    pub about: String,
    /// Heads: whose, what, how much, where.
    pub heads: [String; 4],
}

/// What is said of answers.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerWords {
    /// A list without its head.
    pub head: String,
    /// A row whose code nobody knows.
    pub code: String,
    /// A unit that is none.
    pub unit: Template,
    /// The same asked twice with different answers.
    pub double: Template,
    /// Another file says something else.
    pub both: Template,
    /// Printed nowhere this year.
    pub unused: Template,
    /// Printed nowhere in this variant.
    pub strange: Template,
    /// No row of performance to fill in.
    pub no_row: Template,
    /// Faults stopped the run.
    pub faults: String,
    /// The output is as it was.
    pub untouched: String,
    /// Where the list is of a run that faults stopped.
    pub stopped: Template,
    /// Filled in where it was written, and not put back.
    pub moved: Template,
}

/// Where something is filled in.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FillWords {
    /// By those who have a workbook.
    pub workbook: Template,
    /// By those who have text files.
    pub files: Template,
}

/// Why a cause is asked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BecauseWords {
    /// More than it is compared with.
    pub up: Template,
    /// Less.
    pub down: Template,
    /// As much.
    pub level: Template,
    /// What it is compared with is not known.
    pub unknown: Template,
    /// The figure itself is not known.
    pub nothing: Template,
}

/// One wording for each kind.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names are those of what is wanted")]
pub struct AskKinds {
    pub cause: AskKind,
    pub text: AskKind,
    pub purpose: AskKind,
    pub amount: AskKind,
    pub count: AskKind,
    pub indicator: AskKind,
    pub topic: AskKind,
    pub field: AskKind,
    pub profile: AskKind,
    pub cells: AskKind,
    pub word: AskKind,
    pub elsewhere: AskKind,
}

/// How one kind is told.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AskKind {
    /// What to fill in.
    pub what: Template,
    /// Why, where no figures say it.
    pub why: Template,
    /// In the document.
    pub mark: Template,
    /// Why the document is a draft.
    pub reason: Template,
    /// How many of the kind.
    pub group: Template,
}

/// In what a department enters its texts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Way {
    /// In text files.
    #[default]
    Files,
    /// In workbooks.
    Workbook,
}

impl AskWords {
    /// Reads the file; names that may not stand there are faults.
    pub(crate) fn load(source: &Source, problems: &mut Vec<Problem>) -> AskWords {
        let words: AskWords = source.toml(FILE, problems).unwrap_or_default();
        let mut check = |names: &[&'static str], template: &Template| {
            Allowed::default().names(names.iter().copied()).check(template, FILE, source, problems);
        };
        check(&["单位", "年"], &words.book.title);
        check(&["年"], &words.book.year);
        for kind in words.kind.all() {
            [&kind.what, &kind.why, &kind.mark, &kind.reason].into_iter().for_each(|own| check(&OF_ASK, own));
            check(&["个数"], &kind.group);
        }
        let read = &words.read;
        [&read.unit, &read.double, &read.both, &read.unused, &read.strange, &read.no_row, &read.stopped, &read.moved]
            .into_iter()
            .for_each(|own| check(&OF_ANSWER, own));
        [&words.fill.workbook, &words.fill.files].into_iter().for_each(|own| check(&OF_ASK, own));
        let because = &words.because;
        [&because.up, &because.down, &because.level, &because.unknown, &because.nothing]
            .into_iter()
            .for_each(|own| check(&OF_DEMAND, own));
        words
    }

    /// The wording of what is asked for.
    pub fn of(&self, wanted: &Wanted) -> &AskKind {
        let kind = &self.kind;
        match wanted {
            Wanted::Cause(_) => &kind.cause,
            Wanted::Text(_) => &kind.text,
            Wanted::Purpose(_) => &kind.purpose,
            Wanted::Amount(_) => &kind.amount,
            Wanted::Count(_) => &kind.count,
            Wanted::Indicator { .. } => &kind.indicator,
            Wanted::Topic { .. } => &kind.topic,
            Wanted::Field { .. } => &kind.field,
            Wanted::Profile(_) => &kind.profile,
            Wanted::Cells(_) => &kind.cells,
            Wanted::Word(_) => &kind.word,
            Wanted::Elsewhere(_) => &kind.elsewhere,
        }
    }

    /// What to fill in.
    pub fn what(&self, ask: &Ask) -> String {
        filled(&self.of(&ask.wanted).what, &self.values(ask, Way::Workbook))
    }

    /// Why: the figures that demand it, else what the kind says.
    pub fn why(&self, ask: &Ask) -> String {
        if ask.because.is_empty() {
            return filled(&self.of(&ask.wanted).why, &self.values(ask, Way::Workbook));
        }
        ask.because.iter().map(|demand| self.because(demand)).collect::<Vec<_>>().join("；")
    }

    /// What stands in the document in its place.
    pub fn mark(&self, ask: &Ask, way: Way) -> String {
        filled(&self.of(&ask.wanted).mark, &self.values(ask, way))
    }

    /// Why the document is a draft.
    pub fn reason(&self, ask: &Ask) -> String {
        filled(&self.of(&ask.wanted).reason, &self.values(ask, Way::Workbook))
    }

    /// How many of its kind.
    pub fn group(&self, wanted: &Wanted, count: usize) -> String {
        filled(&self.of(wanted).group, &BTreeMap::from([("个数", count.to_string())]))
    }

    /// Whether it must be filled in.
    pub fn need(&self, ask: &Ask) -> &str {
        match (&ask.wanted, ask.need) {
            (Wanted::Cells(_) | Wanted::Word(_) | Wanted::Elsewhere(_), _) => &self.book.elsewhere,
            (_, Need::Must) => &self.book.must,
            (Wanted::Cause(_), Need::IfChanged) => &self.book.if_changed,
            (_, Need::IfChanged) => &self.book.if_used,
            (_, Need::May) => &self.book.may,
        }
    }

    fn because(&self, demand: &Demand) -> String {
        let words = &self.because;
        let template = match (demand.now, demand.base, demand.change) {
            (_, _, Some(change)) if change.mantissa > 0 => &words.up,
            (_, _, Some(change)) if change.mantissa < 0 => &words.down,
            (Some(_), Some(_), _) => &words.level,
            (Some(_), None, _) => &words.unknown,
            (None, ..) => &words.nothing,
        };
        let told = |printed: Printed| match printed.unit {
            Unit::Piece => printed.digits(),
            unit => format!("{} {}", printed.digits(), unit.word()),
        };
        let mut values = BTreeMap::from([("名称", demand.name.clone()), ("基数", base_word(demand.against))]);
        for (name, value) in [("本数", demand.now), ("基值", demand.base), ("变动", demand.change.map(|own| own.abs()))]
        {
            values.extend(value.map(|printed| (name, told(printed))));
        }
        filled(template, &values)
    }

    fn values(&self, ask: &Ask, way: Way) -> BTreeMap<&'static str, String> {
        let place = &ask.place;
        let mut values = BTreeMap::from([("名称", ask.name.clone()), ("所属", ask.owner.clone())]);
        values.extend(ask.against.map(|against| ("基数", base_word(against))));
        if let Wanted::Amount(meaning) | Wanted::Count(meaning) = &ask.wanted {
            let year = meaning.get(Dimension::Year).map(|year| BTreeMap::from([("年", year.to_owned())]));
            let version = year.map(|year| filled(&self.book.year, &year));
            let version = version.or_else(|| meaning.get(Dimension::Stage).map(str::to_owned));
            values.extend(version.map(|version| ("版本", version)));
        }
        if let Wanted::Cause(key) | Wanted::Text(key) | Wanted::Purpose(key) = &ask.wanted {
            values.insert("代号", key.clone());
        }
        let section = place.section.clone().or_else(|| place.table.clone()).filter(|text| !text.is_empty());
        values.extend(section.map(|text| ("位置", text)));
        values.extend(Some(ask.note.clone()).filter(|note| !note.is_empty()).map(|note| ("注", note)));
        let fill = match way {
            Way::Files => &self.fill.files,
            Way::Workbook => &self.fill.workbook,
        };
        let told = filled(fill, &values);
        values.insert("填处", told);
        values
    }
}

impl AskKinds {
    fn all(&self) -> [&AskKind; 12] {
        [
            &self.cause,
            &self.text,
            &self.purpose,
            &self.amount,
            &self.count,
            &self.indicator,
            &self.topic,
            &self.field,
            &self.profile,
            &self.cells,
            &self.word,
            &self.elsewhere,
        ]
    }
}

fn base_word(against: Against) -> String {
    compared_with(against).to_owned()
}

fn filled(template: &Template, values: &BTreeMap<&'static str, String>) -> String {
    template.text(values, Lack::Word("")).unwrap_or_default()
}

//! The words of the reports on checks: `catalog/report.toml`. What a single law or rule says stands with it.

mod annex;
mod overview;
mod page;
mod voice;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use juesuan_model::{Problem, VariantBy};
use serde::Deserialize;

pub use annex::AnnexWords;
pub use overview::OverviewWords;
pub use page::PageWords;
pub use voice::VoiceWords;

use crate::near::choice;
use crate::source::Source;
use crate::template::{Allowed, Template};

/// How reports say it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportWords {
    /// Sentences that all laws and rules use, by key.
    pub says: BTreeMap<String, Template>,
    /// What probably happened.
    pub cause: CauseWords,
    /// What a figure is a figure of.
    pub subject: SubjectWords,
    /// What stands where there is no number.
    pub cell: CellWords,
    /// Where something stands.
    pub place: PlaceWords,
    /// Sums and what is between them.
    pub sum: SumWords,
    /// How much must have been held against something else.
    pub coverage: CoverageSpec,
    /// By what a variant is known.
    pub variant: VariantWords,
    /// What words of a document are called.
    pub voice: VoiceWords,
    /// Headlines of findings that are not those of their rule.
    pub headline: HeadlineWords,
    /// The last word on a document.
    pub verdict: VerdictWords,
    /// How many findings each rule has.
    pub statistics: StatisticsWords,
    /// What is attached to a letter.
    pub annex: AnnexWords,
    /// The page that leads to those of many documents.
    pub overview: OverviewWords,
    /// The page of a document.
    pub page: PageWords,
}

/// The last word on a document, by what was found in it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerdictWords {
    /// It is an empty template.
    pub template: String,
    /// It has errors.
    pub errors: String,
    /// Only rules that nobody asked for found errors.
    pub hidden: String,
    /// Nobody knows what it is.
    pub unknown: String,
    /// What was read has no errors, and not everything was read.
    pub partly: String,
    /// Everything was read and has no errors.
    pub clean: String,
}

/// The table of how many findings each rule has.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatisticsWords {
    /// Heads: findings, documents, code, severity, what is wrong.
    pub heads: [String; 5],
    /// The last row.
    pub all: String,
}

/// Headlines of their own.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeadlineWords {
    /// What holds only within rounding.
    pub tail: String,
}

/// How much of what a document prints must have been held against something else before it is said to be right.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CoverageSpec {
    /// Percent of the printed amounts.
    pub least: u8,
    /// Which share was.
    pub share: Template,
    /// Tables and sections of which nothing was.
    pub untried: Template,
    /// One of them: a table.
    pub table: Template,
    /// A section.
    pub section: Template,
    /// What stands before the first heading.
    pub front: Template,
    /// The verdict on a document of which too little was.
    pub too_little: Template,
    /// How sure figures of pictures are.
    pub pictured: Template,
    /// What a person has said of a figure in a picture.
    pub corrected: Template,
    /// How many more of them there are than are told.
    pub corrected_more: Template,
    /// Corrections that were not used.
    pub corrections_idle: Template,
    /// Less sure ones are doubtful, in thousandths.
    pub doubtful_below: u16,
}

/// By what the variant of a document is known; one that it was made in needs no words.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VariantWords {
    /// By the place in the name.
    pub place: String,
    /// By titles that only this variant has.
    pub titles: String,
    /// By nothing.
    pub nothing: String,
}

impl VariantWords {
    /// The words for how a variant was chosen.
    pub fn by(&self, by: VariantBy) -> &str {
        match by {
            VariantBy::Given => "",
            VariantBy::Place => &self.place,
            VariantBy::Titles => &self.titles,
            VariantBy::Nothing => &self.nothing,
        }
    }
}

/// A sentence for each cause.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the fields are the variants of `juesuan_model::Cause`, which are described there")]
pub struct CauseWords {
    pub other_meaning: Template,
    pub last_year: Template,
    pub last_year_as_change: Template,
    pub exchanged: Template,
    pub slid_up: Template,
    pub slid_down: Template,
    pub displaced: Template,
    pub sign_turned: Template,
    pub point_moved_one: Template,
    pub point_moved_two: Template,
    pub yuan_as_wan: Template,
    pub digit_wrong: Template,
    pub digits_turned: Template,
    pub digit_lost: Template,
    pub digit_doubled: Template,
    pub tail: Template,
}

/// Names of measures and meanings.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubjectWords {
    /// A change.
    pub change: Template,
    /// A change in percent.
    pub growth: Template,
    /// A share.
    pub share: Template,
    /// A rate of completion.
    pub completion: Template,
    /// Points.
    pub score: Template,
    /// The total of everything.
    pub total: String,
    /// The amount of a theme that is no money by its name.
    pub amount: Template,
    /// Last words of themes that are money by their name.
    pub money: Vec<String>,
}

/// What stands where there is no number.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CellWords {
    /// Nothing.
    pub blank: String,
    /// A dash.
    pub dash: String,
    /// Something that cannot be read.
    pub unreadable: String,
    /// There is no such place.
    pub absent: String,
    /// The same in a sum.
    pub not_read: String,
    /// The same in a sum.
    pub not_there: String,
}

/// Words about places.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceWords {
    /// Where nothing is known.
    pub nowhere: String,
    /// Names of columns and rows that say no more than that amounts stand there.
    pub plain: Vec<String>,
}

/// Sums in words.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SumWords {
    /// A sum of too many parts to write them out.
    pub many: Template,
    /// Several that are added.
    pub plus: Template,
    /// Several that are taken off.
    pub minus: Template,
    /// A number of things that is taken at an amount each.
    pub counted: Template,
    /// A value of an earlier year's document.
    pub earlier: Template,
    /// The same of a budget.
    pub earlier_budget: Template,
    /// =
    pub equal: String,
    /// = within rounding.
    pub nearly_equal: String,
    /// ≠
    pub not_equal: String,
    /// >
    pub more: String,
    /// <
    pub less: String,
    /// ≤
    pub not_more: String,
    /// ≥
    pub not_less: String,
}

/// The file.
const FILE: &str = "report.toml";

/// Names that every sentence of a relation may use: what follows from its form, and the title of its rule.
pub const OF_RELATION: [&str; 6] = ["等式", "左式", "比", "右式", "百分比式", "规则"];

/// What may stand behind a name, alone or before a way of joining.
pub const PROPERTIES: [&str; 10] = ["名", "印", "数", "处", "印处", "节", "表", "行", "列", "单位"];

/// How several values are joined; without one of them by 、.
pub const JOINTS: [(&str, &str); 6] =
    [("逗号", "，"), ("分号", "；"), ("加号", " + "), ("或", "或"), ("引号", ""), ("引号或", "或")];

/// The name of a number of things.
pub const COUNT: &str = "几";

/// The sentences that all laws and rules use, with the names that the program gives them, parted by blanks.
const SAYS: &[(&str, &str)] = &[
    ("equation", "何"),
    ("quotient", "何 数"),
    ("formula", ""),
    ("cited", "数"),
    ("all", COUNT),
    ("beyond", ""),
    ("more-findings", COUNT),
    ("more-unread", COUNT),
    ("on-trial", ""),
    ("relation", "关系"),
    ("not-read", "数"),
    ("at", "数"),
    ("at-named", "数"),
    ("whole", ""),
    ("figure-differs", FIGURE),
    ("figure-should-be", FIGURE),
    ("figure-should-be-about", FIGURE),
    ("figure-breaks", FIGURE),
    ("one-of-these", "关系 差"),
    ("one-other", "数 几"),
    ("others", "数 几"),
    ("written", "处 原文 误 几"),
    ("tail-cut-off", TAIL),
    ("tail", TAIL),
    ("tails", TAIL),
    ("tail-in-print", TAIL),
    ("up-from-prior", "对"),
    ("down-from-prior", "对"),
    ("level-with-prior", "对"),
    ("over-budget", "对"),
    ("under-budget", "对"),
    ("level-with-budget", "对"),
    ("whole-form", ""),
    ("projects", "项目 几"),
    ("rate-of-figures", RATE),
    ("rate-of-no-way", RATE),
    ("rate-of-formula", RATE),
    ("rate-of-nothing", RATE),
    ("rate-although-nothing", RATE),
    ("rate-without", RATE),
    ("rate-by-division", WAY),
    ("rate-by-change", WAY),
    ("rate-of-the-end", WAY),
    ("rate-of-zero", WAY),
    ("operand", OPERAND),
    ("operand-by-name", OPERAND),
    ("operand-of-last-year", OPERAND),
    ("operand-by-change", OPERAND),
    ("waiver", WAIVER),
    ("waiver-in-order", WAIVER),
    ("waiver-without-code", ""),
];
const FIGURE: &str = "数 其余 应为 依据 差";
const RATE: &str = "指标 数 算法 算式 说法 缺";
const WAY: &str = "部分 整体 率";
const OPERAND: &str = "名称 数 值 增减";
const TAIL: &str = "几 关系 数 何 应为";
const WAIVER: &str = "处 代码 文件 位置 误";

/// Everything that may stand behind a name.
pub fn properties() -> &'static BTreeSet<&'static str> {
    static JOINED: LazyLock<Vec<String>> = LazyLock::new(|| {
        let joined = |property: &'static str| JOINTS.iter().map(move |(joint, _)| format!("{property}.{joint}"));
        PROPERTIES.iter().flat_map(|property| joined(property)).collect()
    });
    static ALL: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
        let alone = PROPERTIES.into_iter().chain(JOINTS.iter().map(|(joint, _)| *joint));
        alone.chain(JOINED.iter().map(String::as_str)).collect()
    });
    &ALL
}

/// The names that a sentence of a report may use: those of every relation, and these.
pub(crate) fn sayable<'a>(names: &'a str) -> Allowed<'a> {
    static OF_EVERY_RELATION: LazyLock<BTreeSet<&str>> = LazyLock::new(|| OF_RELATION.into());
    Allowed::default()
        .of_sets(&OF_EVERY_RELATION, &[], properties())
        .with(names.split_whitespace(), properties().iter().copied())
}

impl ReportWords {
    /// Reads the file. Sentences that are missing, that nothing asks for, or that name what they are not given are problems.
    pub fn load(source: &Source, problems: &mut Vec<Problem>) -> ReportWords {
        let words: ReportWords = source.toml(FILE, problems).unwrap_or_default();
        for (key, template) in &words.says {
            let Some((_, names)) = SAYS.iter().find(|(own, _)| own == key) else {
                let listed = choice(key, SAYS.iter().map(|(own, _)| *own));
                problems.push(source.fault(FILE, &["says", key], format!("没有“{key}”这个句子{listed}")));
                continue;
            };
            sayable(names).check(template, FILE, source, problems);
        }
        let spec = &words.coverage;
        for (template, names) in [
            (&spec.share, "printed held percent"),
            (&spec.untried, "list count"),
            (&spec.table, "name count"),
            (&spec.section, "name count"),
            (&spec.front, "count"),
            (&spec.too_little, ""),
            (&spec.pictured, "corrected proven plausible doubtful"),
            (&spec.corrected, "person place now read"),
            (&spec.corrected_more, "count"),
            (&spec.corrections_idle, "count"),
        ] {
            Allowed::default()
                .with(names.split_whitespace(), std::iter::empty())
                .check(template, FILE, source, problems);
        }
        for (key, _) in SAYS.iter().filter(|(key, _)| !words.says.contains_key(*key)) {
            problems.push(source.fault(FILE, &["says"], format!("缺少句子“{key}”；请补上")));
        }
        words
    }
}

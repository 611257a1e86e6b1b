//! The words of running text that are no names of tree nodes: `catalog/lexicon.toml`.
//!
//! Names of nodes (`words` in `meanings/`) and of classification codes need no entry; an entry with the same words takes
//! the place of the node's. A reader of sentences joins both.

use juesuan_model::{Dimension, Meaning, Problem, Unit};
use serde::{Deserialize, Serialize};

use crate::names::FINAL_ACCOUNTS;
use crate::source::Source;
use crate::trees::Trees;

const PATH: &str = "lexicon.toml";

/// What a word does in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum WordKind {
    /// Names money: `means` are coordinates.
    Subject,
    /// Names things that are counted, or points.
    Count,
    /// 年初预算, 全年预算, 决算; without `stage` a budget that is not named nearer.
    Stage,
    /// 增加, 增长, 大于.
    Up,
    /// 减少, 下降, 小于.
    Down,
    /// 持平, 等于.
    Level,
    /// 差值: how far the two amounts before it lie apart; which way, they say.
    Difference,
    /// 增加到, 降至: the amount that was reached follows.
    Reaching,
    /// 占.
    Share,
    /// 完成, 执行率.
    Completion,
    /// 比, 较, 与: a comparator follows.
    Than,
    /// 上年.
    Prior,
    /// 其中, 主要包括: parts of what was just named follow.
    Part,
    /// 中: what was just named is the whole of what follows.
    Within,
    /// 主要原因: free text up to the end of the sentence.
    Cause,
    /// 主要用于: free text up to the end of the clause.
    Purpose,
    /// 无, 没有: what follows is said not to exist.
    Absent,
    /// 和, 及: ends the phrase where the next word names another thing of the same kind.
    And,
    /// 均, 各: the figure holds for all that were just named.
    Each,
    /// 分别: the figures belong in turn to what was just named.
    Respectively,
    /// 项目绩效自评综述: what stands before it is the name of a project.
    Project,
    /// 按资金来源划分: parts of what was just named follow, by the money that pays for them.
    Division,
    /// 加上: what follows is added to what was named; a sum behind it is that of both.
    Plus,
    /// 区直, 全区: whose amounts follow where a text tells both of an area and of its own government.
    Area,
    /// 等 between names and what they are of (津贴补贴等人员经费); elsewhere it is in no list.
    Rest,
    /// Fills, changes nothing.
    Glue,
    /// Looks like another word and is none.
    Other,
}

/// How much of what was said before a subject keeps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reach {
    /// 支出, 资金: what was last named, if the word agrees with it.
    Weak,
    /// 本年支出: of what was last named the fund only.
    Year,
    /// 支出合计: the section's own coordinates.
    Whole,
    /// A name of its own.
    #[default]
    Own,
}

/// Words with one function.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LexiconWord {
    /// Spellings.
    pub words: Vec<String>,
    /// Function.
    pub kind: WordKind,
    /// Coordinates; several where the word names several things (收、支总计). Of a count: what is counted, and what its money is.
    #[serde(default)]
    pub means: Vec<Meaning>,
    /// What a subject keeps.
    #[serde(default)]
    pub reach: Reach,
    /// Node of the stage (a stage word with `means` is a subject too); on a subject, 决算: it can only speak of what was really received or spent.
    #[serde(default)]
    pub stage: String,
    /// True for 大于, 小于, 等于: what follows is what is compared with.
    #[serde(default)]
    pub then: bool,
    /// True for counts that take the theme of what was last named (人次).
    #[serde(default)]
    pub inherits: bool,
    /// True for nouns that count only beside another one before them (批次、人数); by themselves they are in no list. The same for short words that
    /// join only where they stand between a name or a mark and a name (中, 加).
    #[serde(default)]
    pub joined: bool,
    /// Where the word counts only with a number of things directly behind, in a sentence that has counted one of these items last: 实有人数
    /// 98 人，包括在职 57 人. Elsewhere it is in no list.
    #[serde(default)]
    pub among: Vec<String>,
    /// Where the word counts only below something (购置费 below 公务用车购置及运行维护费): that. Elsewhere it is in no list.
    #[serde(default)]
    pub below: Option<Meaning>,
    /// True for 为, 是: where a clause begins with it and no number follows, it tells what the thing is, and names no other. On a word of
    /// kind other (人均, 平均): it tells that the amount behind it is that of one of several.
    #[serde(default)]
    pub tells: bool,
}

/// A unit or classifier behind a number.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LexiconUnit {
    /// Spellings.
    pub words: Vec<String>,
    /// What the number counts; absent: a number of this kind is no figure (a date, a percentage point).
    #[serde(default)]
    pub unit: Option<Unit>,
    /// The item that the classifier itself names (人次, 批次).
    #[serde(default)]
    pub item: String,
    /// The item where a theme is named and no item is (辆).
    #[serde(default)]
    pub usually: String,
    /// The item behind a count of one of `after` in the same sentence (8 批次，92 人).
    #[serde(default)]
    pub then: String,
    /// See `then`.
    #[serde(default)]
    pub after: Vec<String>,
}

/// All words.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lexicon {
    /// Words.
    #[serde(default)]
    pub word: Vec<LexiconWord>,
    /// Units.
    #[serde(default)]
    pub unit: Vec<LexiconUnit>,
}

impl Lexicon {
    /// Reads `lexicon.toml`; nodes that no tree has are problems.
    pub fn load(source: &Source, trees: &Trees, problems: &mut Vec<Problem>) -> Lexicon {
        let lexicon: Lexicon = source.toml(PATH, problems).unwrap_or_default();
        for word in &lexicon.word {
            let stage = Some(word.stage.as_str()).filter(|stage| !stage.is_empty() && *stage != FINAL_ACCOUNTS);
            let named = word.means.iter().chain(&word.below).flat_map(Meaning::coordinates);
            for (dimension, node) in named.chain(stage.map(|stage| (Dimension::Stage, stage))) {
                known(&word.words, dimension, node, source, trees, problems);
            }
            for item in &word.among {
                known(&word.words, Dimension::Item, item, source, trees, problems);
            }
        }
        for unit in &lexicon.unit {
            for item in
                [&unit.item, &unit.usually, &unit.then].into_iter().chain(&unit.after).filter(|item| !item.is_empty())
            {
                known(&unit.words, Dimension::Item, item, source, trees, problems);
            }
        }
        lexicon
    }
}

fn known(
    entry: &[String],
    dimension: Dimension,
    node: &str,
    source: &Source,
    trees: &Trees,
    problems: &mut Vec<Problem>,
) {
    if let Some(message) = trees.unknown(dimension, node) {
        let entry = entry.first().map_or("", String::as_str);
        problems.push(source.fault(PATH, &[entry, node], message));
    }
}

//! The quarterly bulletin of tasks (督办通报): its sections, sentences and tables: `catalog/performance/bulletin.toml`.

use juesuan_model::Problem;
use serde::Deserialize;

use crate::source::Source;
use crate::template::{Allowed, Template};

/// Path of the file in the catalogue.
const FILE: &str = "performance/bulletin.toml";

/// What every sentence may name.
const EVERYWHERE: [&str; 7] = ["单位", "年", "季", "季初", "季末", "日期", "天数"];
/// What sentences on each topic may name. `没有事项` and the like print nothing: they say whether the sentence stands.
const TASKS: [&str; 13] = [
    "没有事项",
    "没有逾期",
    "尚有未办结",
    "总数",
    "本季交办",
    "本季办结",
    "累计办结",
    "按期办结",
    "逾期办结",
    "逾期未办结",
    "未到期",
    "未定期限",
    "办结率",
];
const DOCUMENTS: [&str; 9] =
    ["没有公文", "没有限时", "总件数", "限时件数", "按时件数", "迟办件数", "超时未办件数", "在办件数", "按时办结率"];
const MOTIONS: [&str; 11] = [
    "没有建议提案",
    "总数",
    "办复数",
    "本季办复",
    "逾期办复",
    "逾期未办复",
    "未到期",
    "办复率",
    "见面率",
    "满意率",
    "基本满意率",
];
/// One task of a list.
const TASK: [&str; 9] = ["序号", "事项", "来源", "责任单位", "责任人", "交办日期", "完成期限", "办结日期", "天数"];

/// How the bulletin is written: a sentence of which a value is not known is not printed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BulletinWords {
    /// Lines of its title.
    pub title: Vec<Template>,
    /// Stands for the number of the document where nobody gave it.
    pub number: String,
    /// To whom it goes, with the colon.
    pub to: Template,
    /// Who issued it, and the day.
    pub signed: [Template; 2],
    /// Days ahead in which a task is soon due.
    pub upcoming_days: u16,
    /// Printed where nobody answers for a task.
    pub nobody: String,
    /// Name of the line that adds up a table.
    pub total: String,
    /// Sections in their order.
    #[serde(rename = "section")]
    pub sections: Vec<BulletinSection>,
}

/// A section of the bulletin.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BulletinSection {
    /// What it is about.
    pub about: BulletinTopic,
    /// Heading without its number.
    pub heading: String,
    /// Printed where the register is not there; empty: the section is left out.
    #[serde(default)]
    pub absent: String,
    /// Sentences of one paragraph.
    #[serde(default)]
    pub text: Vec<Template>,
    /// What the table lists; without it there is none.
    #[serde(default)]
    pub each: Option<BulletinList>,
    /// True if the sentences say nothing without the list.
    #[serde(default)]
    pub only_listed: bool,
    /// A line of the list as a sentence, where no table can be shown.
    #[serde(default)]
    pub item: Template,
    /// Columns of the table.
    #[serde(default)]
    pub column: Vec<BulletinColumn>,
}

/// What a section of the bulletin is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BulletinTopic {
    /// Tasks (督办事项).
    #[default]
    Tasks,
    /// Documents and their time limits.
    Documents,
    /// Motions (建议提案).
    Motions,
}

/// What a section of the bulletin lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BulletinList {
    /// Tasks counted by where they come from.
    Source,
    /// Tasks counted by who answers for them.
    Owner,
    /// Tasks done in the quarter.
    Done,
    /// Tasks done in the quarter after they were due.
    Late,
    /// Tasks that are due and not done.
    Overdue,
    /// Tasks that are soon due.
    Soon,
}

/// A column of a table of the bulletin.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BulletinColumn {
    /// Head.
    pub head: String,
    /// Its cell, with values in braces.
    pub value: Template,
    /// Relative width.
    pub width: u16,
    /// True for words, which are set to the left.
    #[serde(default)]
    pub words: bool,
}

impl BulletinTopic {
    fn names(self) -> &'static [&'static str] {
        match self {
            BulletinTopic::Tasks => &TASKS,
            BulletinTopic::Documents => &DOCUMENTS,
            BulletinTopic::Motions => &MOTIONS,
        }
    }
}

impl BulletinList {
    /// What a line of the list may name.
    fn allowed(self) -> Allowed<'static> {
        let counted = Allowed::default().names(TASKS).names(["交办"]);
        match self {
            BulletinList::Source => counted.names(["名称"]),
            BulletinList::Owner => counted.names(["责任单位", "责任人"]),
            BulletinList::Done | BulletinList::Late | BulletinList::Overdue | BulletinList::Soon => {
                Allowed::default().names(TASK)
            }
        }
    }
}

impl BulletinWords {
    /// Reads the file. A name that nothing stands behind is a problem.
    pub fn load(source: &Source, problems: &mut Vec<Problem>) -> BulletinWords {
        let words: BulletinWords = source.toml(FILE, problems).unwrap_or_default();
        let everywhere = Allowed::default().names(EVERYWHERE);
        words
            .title
            .iter()
            .chain([&words.to])
            .chain(&words.signed)
            .for_each(|line| everywhere.check(line, FILE, source, problems));
        for section in &words.sections {
            let about = Allowed::default().names(section.about.names().iter().copied()).and(&everywhere);
            section.text.iter().for_each(|sentence| about.check(sentence, FILE, source, problems));
            let line = section.each.map(BulletinList::allowed).unwrap_or_default();
            let cells = section.column.iter().map(|column| &column.value);
            cells.chain([&section.item]).for_each(|cell| line.check(cell, FILE, source, problems));
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use crate::Catalog;

    #[test]
    fn every_list_of_the_bulletin_has_a_table_and_a_sentence_for_its_lines() {
        let catalog = Catalog::load(&[]).unwrap();
        let bulletin = &catalog.performance.bulletin;
        assert_eq!(bulletin.title.len(), 3);
        for section in &bulletin.sections {
            assert_eq!(section.each.is_some(), !section.column.is_empty(), "{}", section.heading);
            assert_eq!(section.each.is_some(), !section.item.is_empty(), "{}", section.heading);
            assert!(section.each.is_some() || !section.text.is_empty(), "{}", section.heading);
            assert!(section.column.iter().all(|column| column.width > 0), "{}", section.heading);
        }
    }
}

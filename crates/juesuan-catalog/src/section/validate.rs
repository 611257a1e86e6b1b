//! Whether every name that the text uses is defined.

use std::collections::BTreeMap;

use juesuan_model::{Dimension, Meaning, Problem};

use super::condition::Predicate;
use super::file::{ListKind, Section};
use super::sentence::{Piece, Sentence, SlotMeasure};
use super::{Sections, Wording, fault};
use crate::trees::Trees;

/// Words that stand for something of the department.
pub const WORDS: [&str; 9] = ["年", "上年", "单位", "简称", "决算名", "决算主体", "主体", "级", "副级"];
/// Words of the element of a list.
pub const ELEMENT_WORDS: [&str; 13] =
    ["序号", "编码", "名称", "类", "款", "项", "备注", "文本", "用途", "产出", "问题", "措施", "依据"];
/// The element of a list as a slot.
pub const ELEMENT: &str = "本项";
/// Places inside a phrase.
const COMPARISON_WORDS: [&str; 3] = ["变动", "变动率", "完成率"];

pub(super) fn validate(
    sections: &Sections,
    trees: &Trees,
    paths: &BTreeMap<(String, String), String>,
    problems: &mut Vec<Problem>,
) {
    for (name, wording) in &sections.phrases.variant {
        for (phrase, cases) in &wording.phrase {
            let all = [&cases.any, &cases.up, &cases.down, &cases.level, &cases.from_zero, &cases.nothing];
            for piece in all.into_iter().flatten().flat_map(|sentence| &sentence.pieces) {
                if !matches!(piece, Piece::Text(_))
                    && !matches!(piece, Piece::Place { name, .. } if COMPARISON_WORDS.contains(&name.as_str()))
                {
                    problems.push(fault(
                        "phrases.toml",
                        format!("{name} 的“{phrase}”里只能用 {{变动}} {{变动率}} {{完成率}}"),
                    ));
                }
            }
        }
    }
    for (variant, text) in &sections.variants {
        let folder = format!("sections/{variant}");
        let read_only = text.outline.part.is_empty() && text.sections.values().all(|s| s.paragraph.is_empty());
        let none = Wording::default();
        let wording = sections.phrases.variant.get(variant).or(read_only.then_some(&none));
        let Some(wording) = wording else {
            problems.push(fault("phrases.toml", format!("模板 {variant} 没有 [variant.{variant}]")));
            continue;
        };
        for key in text.outline.part.iter().flat_map(|part| &part.sections) {
            if !text.sections.contains_key(key) {
                problems.push(fault(&format!("{folder}/document.toml"), format!("没有 key 为“{key}”的部分")));
            }
        }
        for section in text.sections.values() {
            let place = (variant.clone(), section.key.clone());
            let path = paths.get(&place).map_or(folder.as_str(), String::as_str);
            SectionCheck { section, wording, trees, path, problems }.run();
        }
        let empty = Section::default();
        let path = format!("glossary/{variant}.toml");
        let mut check = SectionCheck { section: &empty, wording, trees, path: &path, problems };
        for term in &text.glossary.term {
            check.sentence(&term.term);
            check.sentence(&term.text);
        }
        check.path = "sections";
        text.outline.cover.iter().chain(text.outline.part.iter().map(|p| &p.title)).for_each(|s| check.sentence(s));
    }
}

struct SectionCheck<'a> {
    section: &'a Section,
    wording: &'a Wording,
    trees: &'a Trees,
    path: &'a str,
    problems: &'a mut Vec<Problem>,
}

impl SectionCheck<'_> {
    fn run(&mut self) {
        let section = self.section;
        if section.headings.is_empty() {
            self.report("缺少 headings".to_owned());
        }
        self.meaning(&section.means);
        for (name, slot) in &section.slot {
            slot.means.iter().for_each(|means| self.meaning(means));
            if !slot.of.is_empty() {
                self.slot(&slot.of);
            }
            if WORDS.contains(&name.as_str()) || ELEMENT_WORDS.contains(&name.as_str()) || name == ELEMENT {
                self.report(format!("“{name}”是保留的词，不能作数字的名称"));
            }
        }
        section.sentences().for_each(|sentence| self.sentence(sentence));
        for condition in section.conditions() {
            match &condition.predicate {
                Predicate::Given if condition.subject.starts_with('@') => {}
                Predicate::Given | Predicate::Is(_) => self.word(&condition.subject),
                Predicate::Exceeds(other) => {
                    self.slot(&condition.subject);
                    self.slot(other);
                }
                _ => self.slot(&condition.subject),
            }
        }
        for each in section.lists() {
            let needs_slot = matches!(
                each.kind,
                ListKind::FunctionClass | ListKind::FunctionItem | ListKind::EconomicItem | ListKind::Project
            );
            if needs_slot {
                self.slot(&each.of);
            }
            each.over.iter().for_each(|name| self.slot(name));
            each.adds_to.iter().for_each(|path| self.slot(&path.slot));
        }
        for paragraph in &section.paragraph {
            paragraph.chart.iter().flat_map(|chart| &chart.slots).for_each(|name| self.slot(name));
            paragraph.sentence.iter().flat_map(|entry| &entry.absent).for_each(|name| self.slot(name));
        }
        for sum in &section.sum {
            std::iter::once(&sum.total).chain(&sum.parts).for_each(|path| self.slot(&path.slot));
        }
    }

    fn sentence(&mut self, sentence: &Sentence) {
        sentence.pieces.iter().for_each(|piece| self.piece(piece));
    }

    fn piece(&mut self, piece: &Piece) {
        match piece {
            Piece::Text(_) | Piece::Narrative { .. } => {}
            Piece::Cause { slot, .. } => self.slot(slot),
            Piece::Optional(pieces) => pieces.iter().for_each(|piece| self.piece(piece)),
            Piece::Place { name, measure } => {
                let is_slot = name == ELEMENT || self.section.slot.contains_key(name);
                match measure {
                    SlotMeasure::Amount(super::Version::Own) if !is_slot => self.word(name),
                    SlotMeasure::Phrase(phrase) if !self.wording.phrase.contains_key(phrase) => {
                        self.report(format!("{{{name}.{phrase}}}：phrases.toml 里没有“{phrase}”"));
                    }
                    _ => self.slot(name),
                }
            }
        }
    }

    fn slot(&mut self, name: &str) {
        if name != ELEMENT && !self.section.slot.contains_key(name) {
            self.report(format!("没有定义 [slot.{name}]"));
        }
    }

    fn word(&mut self, name: &str) {
        if !WORDS.contains(&name) && !ELEMENT_WORDS.contains(&name) {
            self.report(format!("“{name}”既不是 [slot.{name}]，也不是可用的词"));
        }
    }

    fn meaning(&mut self, meaning: &Meaning) {
        for (dimension, node) in meaning.coordinates() {
            let free = matches!(
                dimension,
                Dimension::Function | Dimension::Economic | Dimension::Year | Dimension::Unit | Dimension::Project
            );
            if !free && self.trees.node(dimension, node).is_none() {
                self.report(format!("“{node}”不是 meanings/ 里的名称"));
            }
        }
    }

    fn report(&mut self, message: String) {
        self.problems.push(fault(self.path, message));
    }
}

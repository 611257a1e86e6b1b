//! Whether every name that the text uses is defined.

use std::collections::BTreeSet;

use juesuan_model::{Meaning, Problem};

use super::condition::{Condition, Predicate};
use super::file::{Each, ListKind, Paragraph, Section};
use super::phrases::COMPARISON;
use super::slot::{SHARE, Version};
use super::{Sections, Wording};
use crate::near::nearest;
use crate::performance::Announced;
use crate::source::Source;
use crate::template::{Allowed, Template};
use crate::trees::Trees;

/// Words that stand for something of the department, one behind the other.
const OF_DEPARTMENT: &str = "年 上年 单位 简称 决算名 决算主体 主体 级 副级 上年数 无上年数 上年口径";

/// Words that stand for something of the department.
pub fn words<'w>() -> impl Iterator<Item = &'w str> {
    OF_DEPARTMENT.split(' ')
}

/// The element of a list as a slot.
pub const ELEMENT: &str = "本项";

pub(super) fn validate(sections: &Sections, trees: &Trees, source: &Source, problems: &mut Vec<Problem>) {
    let inside = Allowed::default().names(COMPARISON);
    for (variant, wording) in &sections.phrases.variant {
        let path = format!("phrases/{variant}.toml");
        let cases = wording.phrase.values().flat_map(|phrase| phrase.cases());
        cases.for_each(|case| inside.check(case, &path, source, problems));
    }
    for (variant, text) in &sections.variants {
        let document = format!("sections/{variant}/document.toml");
        let read_only = text.outline.part.is_empty() && text.sections.values().all(|s| s.paragraph.is_empty());
        let none = Wording::default();
        let wording = sections.phrases.variant.get(variant).or(read_only.then_some(&none));
        let Some(wording) = wording else {
            let message = format!("模板 {variant} 缺少这个文件：增加、减少、持平等措辞");
            problems.push(source.fault(&format!("phrases/{variant}.toml"), &[], message));
            continue;
        };
        for key in text.outline.part.iter().flat_map(|part| &part.sections) {
            if !text.sections.contains_key(key) {
                let near = nearest(key, text.sections.keys().map(String::as_str));
                problems.push(source.fault(&document, &[key], format!("没有 key 为“{key}”的部分{near}")));
            }
        }
        let around = Around { wording, trees, source };
        for section in text.sections.values() {
            let home = Home::Section { all: sections, variant, key: &section.key };
            SectionCheck::new(section, around, home, problems).run();
        }
        let empty = Section::default();
        let glossary = format!("glossary/{variant}.toml");
        let terms = text.glossary.term.iter().flat_map(|term| [&term.term, &term.text]);
        SectionCheck::new(&empty, around, Home::File(&glossary), problems).sentences(terms, None);
        for term in text.glossary.term.iter().filter(|term| term.functions.is_some()) {
            let lines = Allowed::default().names(words()).names(ListKind::FunctionItem.words().iter().copied());
            lines.check(&term.each, &glossary, source, problems);
            if term.each.is_empty() {
                let message = "列出功能分类的名词要用 each 写出每一行怎样写";
                problems.push(source.fault(&glossary, &[term.term.source(), "functions"], message));
            }
        }
        let cover = text.outline.cover.iter().chain(text.outline.part.iter().map(|part| &part.title));
        SectionCheck::new(&empty, around, Home::File(&document), problems).sentences(cover, None);
    }
}

/// What sections are checked against.
#[derive(Clone, Copy)]
struct Around<'a> {
    wording: &'a Wording,
    trees: &'a Trees,
    source: &'a Source,
}

/// Where what is checked is written.
#[derive(Clone, Copy)]
enum Home<'a> {
    File(&'a str),
    Section { all: &'a Sections, variant: &'a str, key: &'a str },
}

impl Home<'_> {
    fn fault(self, word: &str, source: &Source, message: String) -> Problem {
        match self {
            Home::File(path) => source.fault(path, &[word], message),
            Home::Section { all, variant, key } => all.fault((variant, key), word, source, message),
        }
    }
}

struct SectionCheck<'a> {
    section: &'a Section,
    around: Around<'a>,
    home: Home<'a>,
    /// What sentences may name inside the lists met so far, and outside of lists.
    allowed: Vec<(Option<ListKind>, Allowed<'a>)>,
    /// Names that were met.
    used: BTreeSet<String>,
    problems: &'a mut Vec<Problem>,
}

impl<'a> SectionCheck<'a> {
    fn new(
        section: &'a Section,
        around: Around<'a>,
        home: Home<'a>,
        problems: &'a mut Vec<Problem>,
    ) -> SectionCheck<'a> {
        SectionCheck { section, around, home, allowed: Vec::new(), used: BTreeSet::new(), problems }
    }

    fn run(&mut self) {
        let section = self.section;
        if section.headings.is_empty() {
            self.report("key", "缺少 headings".to_owned());
        }
        self.meaning(&section.means);
        for (name, slot) in &section.slot {
            slot.means.iter().for_each(|means| self.meaning(means));
            if !slot.of.is_empty() {
                self.slot(&slot.of, None);
            }
            let of_element = ListKind::ALL.iter().any(|kind| kind.words().contains(&name.as_str()));
            if words().any(|word| word == name) || of_element || name == ELEMENT {
                self.report(name, format!("“{name}”是保留的词，不能作数字的名称"));
            }
        }
        section.paragraph.iter().for_each(|paragraph| self.paragraph(paragraph));
        for sum in &section.sum {
            std::iter::once(&sum.total).chain(&sum.parts).for_each(|path| self.slot(&path.slot, None));
        }
        let idle: Vec<&String> = section.slot.keys().filter(|name| !self.used.contains(*name)).collect();
        for name in idle {
            let others = section.slot.keys().map(String::as_str).filter(|other| *other != name);
            self.report(name, format!("这个部分没有用到“{name}”这个数{}", nearest(name, others)));
        }
    }

    fn paragraph(&mut self, paragraph: &'a Paragraph) {
        let around = paragraph.each.as_ref().map(|each| each.kind);
        paragraph.each.iter().for_each(|each| self.list(each));
        self.conditions(paragraph.when.iter().chain(&paragraph.unless), around);
        self.sentences([&paragraph.write], around);
        for entry in &paragraph.sentence {
            // The condition and the start of a list stand outside of it.
            self.conditions(entry.when.iter().chain(&entry.unless), around);
            self.sentences([&entry.start], around);
            entry.each.iter().for_each(|each| self.list(each));
            self.sentences([&entry.write], entry.each.as_ref().map(|each| each.kind).or(around));
            entry.absent.iter().for_each(|name| self.slot(name, None));
        }
        paragraph.chart.iter().flat_map(|chart| &chart.slots).for_each(|name| self.slot(name, None));
        if let Some(table) = &paragraph.table {
            self.list(&table.each);
            self.sentences(&table.cells, Some(table.each.kind));
        }
    }

    fn list(&mut self, each: &Each) {
        if matches!(
            each.kind,
            ListKind::FunctionClass
                | ListKind::FunctionItem
                | ListKind::EconomicItem
                | ListKind::Project
                | ListKind::ProjectNotEvaluated
        ) {
            self.slot(&each.of, None);
        }
        each.over.iter().for_each(|name| self.slot(name, None));
        each.adds_to.iter().for_each(|path| self.slot(&path.slot, None));
    }

    fn conditions(&mut self, conditions: impl Iterator<Item = &'a Condition>, list: Option<ListKind>) {
        for condition in conditions {
            match &condition.predicate {
                Predicate::Given if condition.subject.starts_with('@') => {}
                Predicate::Given | Predicate::Is(_) => {
                    let words =
                        Allowed::default().names(words()).names(list.map_or(&[][..], ListKind::words).iter().copied());
                    self.allow(&words, &condition.subject);
                }
                Predicate::Exceeds(other) => {
                    self.slot(&condition.subject, list);
                    self.slot(other, list);
                }
                _ => self.slot(&condition.subject, list),
            }
        }
    }

    /// Sentences, inside a list of a kind or outside of every list.
    fn sentences(&mut self, sentences: impl IntoIterator<Item = &'a Template>, list: Option<ListKind>) {
        for sentence in sentences.into_iter().filter(|sentence| !sentence.is_empty()) {
            self.used.extend(sentence.names().into_iter().map(|name| name.name.clone()));
            let at = self.allowed.iter().position(|(of, _)| *of == list).unwrap_or_else(|| {
                self.allowed.push((list, self.names(list)));
                self.allowed.len() - 1
            });
            if let Some((_, allowed)) = self.allowed.get(at) {
                let (home, source) = (self.home, self.around.source);
                let faults = allowed.faults(sentence).into_iter();
                self.problems.extend(faults.map(|fault| home.fault(sentence.source(), source, fault)));
            }
        }
    }

    /// What sentences may name.
    fn names(&self, list: Option<ListKind>) -> Allowed<'a> {
        let versions = Version::WORDS.iter().map(|(word, _)| *word);
        let properties: Vec<&str> = versions.chain(self.around.wording.phrase.keys().map(String::as_str)).collect();
        let slots: Vec<&str> = self.slots(list).collect();
        let of_whole = |name: &&str| self.section.slot.get(*name).is_none_or(|slot| !slot.of.is_empty());
        Announced::allowed(Allowed::default())
            .names(words())
            .names(list.map_or(&[][..], ListKind::words).iter().copied())
            .with(slots.iter().copied(), properties)
            .with(slots.iter().copied().filter(of_whole), [SHARE])
            .narrated(slots)
    }

    /// Figures that may be named: the slots of the section, and the element of a list that has figures.
    fn slots(&self, list: Option<ListKind>) -> impl Iterator<Item = &'a str> {
        let element = list.filter(|kind| kind.has_figures()).map(|_| ELEMENT);
        self.section.slot.keys().map(String::as_str).chain(element)
    }

    fn slot(&mut self, name: &str, list: Option<ListKind>) {
        self.used.insert(name.to_owned());
        if !self.slots(list).any(|own| own == name) {
            self.allow(&Allowed::default().names(self.slots(list)), name);
        }
    }

    /// A name outside of sentences.
    fn allow(&mut self, allowed: &Allowed, name: &str) {
        self.used.extend(name.split('.').next().map(str::to_owned));
        if let Some(fault) = allowed.fault_of(name) {
            self.report(name, fault);
        }
    }

    fn meaning(&mut self, meaning: &Meaning) {
        for (node, message) in self.around.trees.unknown_in(meaning) {
            self.report(node, message);
        }
    }

    fn report(&mut self, word: &str, message: String) {
        self.problems.push(self.home.fault(word, self.around.source, message));
    }
}

//! The elements that a list runs over.

use std::collections::BTreeMap;

use juesuan_catalog::Section;
use juesuan_catalog::section::{Each, ListKind, Slot, Version};
use juesuan_evaluate::campaign::shown;
use juesuan_evaluate::campaign::spoken::spoken;
use juesuan_model::{Dimension, Meaning, Topic};

use super::Narrator;

/// What a code is for.
pub(super) const PURPOSE: &str = "用途";
/// Texts of projects by the words of their elements.
pub(super) const PROJECT_TEXTS: [(&str, Topic); 3] =
    [("产出", Topic::Output), ("问题", Topic::Problems), ("措施", Topic::Measures)];

/// One element: its words, and what `本项` stands for.
#[derive(Clone, Debug, Default)]
pub struct Element {
    /// Words by name.
    pub words: BTreeMap<&'static str, String>,
    /// 本项, if the element is a figure.
    pub slot: Option<Slot>,
    /// Coordinates of 本项.
    pub meanings: Vec<Meaning>,
    /// Decimals of percentages, if other than the variant's.
    pub percent_decimals: Option<u8>,
    /// What is missing where a word is demanded and not there.
    pub subject: String,
}

impl Element {
    /// Says where it stands in its list, from 0.
    pub fn number(&mut self, index: usize) {
        self.words.insert("序号", (index + 1).to_string());
    }
}

/// The elements of a list in order.
pub fn elements(narrator: &Narrator, section: &Section, each: &Each) -> Vec<Element> {
    let mut elements = match each.kind {
        ListKind::FunctionClass => functions(narrator, section, each, 3),
        ListKind::FunctionItem => functions(narrator, section, each, 7),
        ListKind::EconomicItem => economics(narrator, section, each),
        ListKind::Project => projects(narrator, section, each),
        ListKind::ProjectNotEvaluated => not_evaluated(narrator, section, each),
        ListKind::Slot => slots(section, each),
        ListKind::Unit => units(narrator),
        ListKind::Duty => sentences(&narrator.department.duties),
        ListKind::Office => narrator.department.offices.iter().map(|office| text(clause(office))).collect(),
        ListKind::Withheld => withheld(narrator),
        ListKind::Contact => contacts(narrator),
    };
    let versions: &[Version] = match each.kind {
        ListKind::Slot => &each.versions,
        ListKind::Unit | ListKind::Duty | ListKind::Office | ListKind::Withheld | ListKind::Contact => &[],
        _ if each.versions.is_empty() => &[Version::Own],
        _ => &each.versions,
    };
    if !versions.is_empty() {
        elements.retain(|element| {
            versions.iter().any(|version| {
                let value =
                    element.slot.as_ref().and_then(|slot| narrator.value(section, slot, &element.meanings, *version));
                value.is_some_and(|value| !value.is_zero())
            })
        });
    }
    for (index, element) in elements.iter_mut().enumerate() {
        element.number(index);
    }
    elements
}

/// The meaning of slot `of`, and of the elements without their own coordinate.
fn base(section: &Section, each: &Each) -> (Meaning, Meaning, Slot) {
    let slot = section.slot.get(&each.of).cloned().unwrap_or_default();
    let within = section.meanings(&slot).into_iter().next().unwrap_or_default();
    let own = each.means.as_ref().map_or_else(|| within.clone(), |means| section.means.overlaid_by(means));
    (within, own, Slot { of: each.of.clone(), ..slot })
}

fn nodes(narrator: &Narrator, within: &Meaning, each: &Each, dimension: Dimension) -> Vec<String> {
    let versions: &[Version] = if each.versions.is_empty() { &[Version::Own] } else { &each.versions };
    let mut nodes: Vec<String> = versions
        .iter()
        .flat_map(|version| narrator.values.nodes(&narrator.values.version(within, *version), dimension))
        .collect();
    nodes.sort();
    nodes.dedup();
    nodes
}

fn functions(narrator: &Narrator, section: &Section, each: &Each, digits: usize) -> Vec<Element> {
    let (within, own, slot) = base(section, each);
    let mut codes: Vec<String> = nodes(narrator, &within, each, Dimension::Function)
        .iter()
        .filter_map(|code| code.get(..digits).map(str::to_owned))
        .collect();
    codes.dedup();
    codes
        .into_iter()
        .map(|code| {
            let mut element = function_words(narrator, &code);
            element.meanings = vec![own.clone().with(Dimension::Function, code.as_str())];
            element.slot = Some(slot.clone());
            element
        })
        .collect()
}

/// Words of a function code.
pub fn function_words(narrator: &Narrator, code: &str) -> Element {
    let name = |digits: usize| {
        let code = code.get(..digits)?;
        Some(narrator.catalog.functions.name(code, narrator.department.year).unwrap_or(code).to_owned())
    };
    let mut words = BTreeMap::new();
    words.insert("编码", code.to_owned());
    for (word, digits) in [("名称", code.len()), ("类", 3), ("款", 5), ("项", 7)] {
        if let Some(name) = name(digits) {
            words.insert(word, name);
        }
    }
    let class = code.get(..3).unwrap_or(code);
    let purposes = &narrator.narrative.purpose;
    let general = || narrator.catalog.sections.phrases.purpose.get(class).filter(|_| code.len() == 3);
    if let Some(purpose) = purposes.get(code).or_else(general) {
        words.insert(PURPOSE, clause(purpose));
    }
    Element { words, subject: code.to_owned(), ..Element::default() }
}

fn economics(narrator: &Narrator, section: &Section, each: &Each) -> Vec<Element> {
    let (within, own, slot) = base(section, each);
    nodes(narrator, &within, each, Dimension::Economic)
        .into_iter()
        .filter(|code| code.len() == 5)
        .map(|code| {
            let name = narrator.catalog.economics.name(&code, narrator.department.year).unwrap_or(&code).to_owned();
            Element {
                meanings: vec![own.clone().with(Dimension::Economic, code.as_str())],
                slot: Some(slot.clone()),
                words: BTreeMap::from([("名称", name), ("编码", code)]),
                ..Element::default()
            }
        })
        .collect()
}

/// The projects with money that are not evaluated; never a secret one.
fn others(narrator: &Narrator, within: &Meaning, each: &Each) -> Vec<String> {
    let (evaluated, secret) =
        narrator.campaign.map_or((&[][..], &[][..]), |campaign| (&campaign.projects, &campaign.secret));
    let mut names = nodes(narrator, within, each, Dimension::Project);
    names.retain(|name| !secret.contains(name) && !evaluated.iter().any(|subject| subject.project == *name));
    names
}

/// The projects that nobody evaluated although others are: nothing is said of them but that this is missing.
fn not_evaluated(narrator: &Narrator, section: &Section, each: &Each) -> Vec<Element> {
    let (within, own, slot) = base(section, each);
    let begun = narrator.campaign.is_some_and(|campaign| !campaign.projects.is_empty());
    let names = if begun { others(narrator, &within, each) } else { Vec::new() };
    let element = |name: String| Element {
        meanings: vec![own.clone().with(Dimension::Project, name.as_str())],
        slot: Some(slot.clone()),
        subject: format!("项目“{name}”的"),
        words: BTreeMap::from([("名称", name)]),
        ..Element::default()
    };
    names.into_iter().map(element).collect()
}

/// The projects that are evaluated; where none is, those of the books.
fn projects(narrator: &Narrator, section: &Section, each: &Each) -> Vec<Element> {
    let (within, own, slot) = base(section, each);
    let evaluated = narrator.campaign.map_or(&[][..], |campaign| &campaign.projects);
    let performance = &narrator.catalog.performance;
    let decimals = narrator.campaign.map_or(0, |campaign| campaign.decimals(performance));
    let names: Vec<String> = match evaluated {
        [] => others(narrator, &within, each),
        some => some.iter().map(|subject| subject.project.clone()).collect(),
    };
    names
        .into_iter()
        .map(|name| {
            let subject = evaluated.iter().find(|subject| subject.project == name);
            let mut words = BTreeMap::from([("名称", name.clone())]);
            for (word, topic) in PROJECT_TEXTS {
                let items: Vec<String> = match (subject, topic) {
                    (Some(subject), Topic::Problems | Topic::Measures) => spoken(subject, topic, decimals, performance),
                    _ => subject
                        .and_then(|s| s.texts.get(&topic))
                        .into_iter()
                        .flatten()
                        .map(|text| shown(text))
                        .collect(),
                };
                if !items.is_empty() {
                    words.insert(word, enumerated(&items));
                }
            }
            Element {
                meanings: vec![own.clone().with(Dimension::Project, name.as_str())],
                slot: Some(slot.clone()),
                percent_decimals: narrator.campaign.zip(subject).map(|(campaign, subject)| {
                    campaign.rate_digits(subject, narrator.wording.percent_decimals, decimals)
                }),
                subject: format!("项目“{name}”的"),
                words,
            }
        })
        .collect()
}

fn slots(section: &Section, each: &Each) -> Vec<Element> {
    each.over
        .iter()
        .filter_map(|key| section.slot.get_key_value(key))
        .map(|(key, slot)| Element {
            meanings: section.meanings(slot),
            words: BTreeMap::from([("名称", if slot.name.is_empty() { key } else { &slot.name }.clone())]),
            slot: Some(slot.clone()),
            ..Element::default()
        })
        .collect()
}

fn units(narrator: &Narrator) -> Vec<Element> {
    let own_books = narrator.department.units.iter().filter(|unit| unit.merged_into.is_none());
    own_books
        .map(|unit| {
            let headquarters = unit.headquarters && !unit.name.contains("本级");
            let name = if headquarters { format!("{}（本级）", unit.name) } else { unit.name.clone() };
            let mut words = BTreeMap::from([("名称", name)]);
            if !unit.note.is_empty() {
                words.insert("备注", unit.note.clone());
            }
            Element { words, ..Element::default() }
        })
        .collect()
}

/// Items of a list, one a paragraph: each ends with its stop, the last with that of a sentence.
fn sentences(items: &[String]) -> Vec<Element> {
    let last = items.len().saturating_sub(1);
    items.iter().enumerate().map(|(at, item)| text(stopped(item, at == last))).collect()
}

fn text(text: String) -> Element {
    Element { words: BTreeMap::from([("文本", text)]), ..Element::default() }
}

/// Marks that end a sentence.
const STOPS: [char; 3] = ['。', '！', '？'];

/// An item with its stop: a semicolon where it was written with one and others follow, else a full stop.
fn stopped(text: &str, is_last: bool) -> String {
    let text = text.trim();
    if text.is_empty() || text.ends_with(STOPS) {
        return text.to_owned();
    }
    let goes_on = !is_last && text.ends_with(['；', ';']);
    format!("{}{}", clause(text), if goes_on { '；' } else { '。' })
}

fn withheld(narrator: &Narrator) -> Vec<Element> {
    let word = |what: &str, ground: &str| BTreeMap::from([("名称", what.to_owned()), ("依据", ground.to_owned())]);
    let items = narrator.department.withheld.iter();
    items.map(|item| Element { words: word(&item.what, &item.ground), ..Element::default() }).collect()
}

fn contacts(narrator: &Narrator) -> Vec<Element> {
    let bare = |text: &str| text.trim().trim_matches(COLONS).trim().to_owned();
    let word = |kind: &str, text: &str| BTreeMap::from([("名称", bare(kind)), ("文本", bare(text))]);
    let contacts = narrator.department.contact.iter().filter(|(_, text)| !text.trim().is_empty());
    contacts.map(|(kind, text)| Element { words: word(kind, text), ..Element::default() }).collect()
}

/// Marks that lead in what follows: the sentence brings its own.
const COLONS: [char; 2] = ['：', ':'];

/// 一是…；二是…: several items as one clause, one item as it stands.
fn enumerated(items: &[String]) -> String {
    match items {
        [one] => clause(one),
        many => many
            .iter()
            .enumerate()
            .map(|(index, item)| format!("{}是{}", juesuan_text::numeral::usual(index + 1), clause(item)))
            .collect::<Vec<_>>()
            .join("；"),
    }
}

/// A text without its final stop and without a colon that leads it in, to stand inside a sentence.
pub fn clause(text: &str) -> String {
    text.trim().trim_start_matches(COLONS).trim_start().trim_end_matches(['。', '；', '，', '.', ';', ',']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_of_a_list_end_as_an_office_writes_them() {
        let of = |items: &[&str]| -> Vec<String> {
            let items: Vec<String> = items.iter().map(|&item| item.to_owned()).collect();
            sentences(&items).into_iter().map(|element| element.words["文本"].clone()).collect()
        };
        assert_eq!(of(&["拟订规划", "管理林场。", "承办其他事项"]), ["拟订规划。", "管理林场。", "承办其他事项。"]);
        assert_eq!(of(&["拟订规划；", "管理林场;", "承办其他事项；"]), ["拟订规划；", "管理林场；", "承办其他事项。"]);
        assert_eq!(clause("：人员增加；"), "人员增加");
        assert_eq!(of(&["负责什么.", " 是否公开？ ", ""]), ["负责什么。", "是否公开？", ""]);
    }
}

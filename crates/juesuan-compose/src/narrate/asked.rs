//! What a sentence asks for where something is not known: figures, causes, texts, words. As data; told by the catalogue.

use juesuan_catalog::performance::announced::topic_word;
use juesuan_catalog::section::{Condition, Version};
use juesuan_catalog::template::{Name, Template};
use juesuan_model::measure::Against;
use juesuan_model::{Ask, Demand, Dimension, Need, Place, Wanted};

use super::Narrator;
use super::element::{PROJECT_TEXTS, PURPOSE};
use super::line::Bit;
use super::sentence::{Named, Scene};
use super::value::Comparison;

impl Narrator<'_> {
    /// The mark in the text for what is asked for.
    pub(super) fn missing(&self, ask: Ask) -> Bit {
        Bit::Missing { text: self.mark(&ask), ask: Box::new(ask) }
    }

    /// What is printed where something is asked for.
    pub fn mark(&self, ask: &Ask) -> String {
        self.catalog.asks.mark(ask, self.way)
    }

    /// A figure in a version.
    pub(super) fn asked_figure(&self, scene: Scene, named: &Named, version: Version) -> Ask {
        let meaning = named.meanings.first().map(|meaning| self.values.version(meaning, version)).unwrap_or_default();
        let wanted = if named.slot.count.is_empty() { Wanted::Amount(meaning) } else { Wanted::Count(meaning) };
        Ask::new(wanted, &named.label, place(scene), Need::Must)
    }

    /// The cause of a difference. While one of the two figures is not known, nobody knows whether there is one.
    pub(super) fn asked_cause(&self, scene: Scene, key: String, named: &Named, against: Against) -> Ask {
        let version = match against {
            Against::PriorYear => Version::Prior,
            Against::InitialBudget => Version::Initial,
            Against::FullYearBudget => Version::FullYear,
        };
        let value = |version| self.value(scene.section, named.slot, &named.meanings, version);
        let (now, base) = (value(Version::Own), value(version));
        let change = now.zip(base).and_then(|(now, base)| Comparison::new(now, base)).map(|compared| compared.change);
        let demand = Demand {
            name: named.label.clone(),
            against,
            now: now.map(|value| value.printed),
            base: base.map(|value| value.printed),
            change: change.map(|value| value.printed),
        };
        let need = if now.is_some() && base.is_some() { Need::Must } else { Need::IfChanged };
        Ask {
            against: Some(against),
            because: vec![demand],
            ..Ask::new(Wanted::Cause(key), &named.label, place(scene), need)
        }
    }

    /// What a sentence would ask for that does not stand only because a value is not known yet: with that value at hand nothing
    /// more is asked. Of figures only those that others are compared with: the value itself is asked for where it must be there.
    pub(super) fn foreseen(&self, scene: Scene, sentence: &Template) -> Vec<Bit> {
        let is_base = |wanted: &Wanted| match wanted {
            Wanted::Amount(meaning) | Wanted::Count(meaning) => {
                meaning.get(Dimension::Year).or_else(|| meaning.get(Dimension::Stage)).is_some()
            }
            _ => true,
        };
        let foreseen = |bit| match bit {
            Bit::Missing { ask, .. } if is_base(&ask.wanted) => {
                Some(Bit::Foreseen(Box::new(Ask { need: Need::IfChanged, ..*ask })))
            }
            _ => None,
        };
        self.sentence(scene, sentence).into_iter().filter_map(foreseen).collect()
    }

    /// A word of the department or of an element of a list.
    pub(super) fn asked_word(&self, scene: Scene, name: &Name) -> Ask {
        let owner = scene.element.map_or("", |(element, _)| element.subject.as_str());
        let wanted = self.of_element(scene, name).unwrap_or_else(|| Wanted::Word(format!("{owner}{name}")));
        Ask { owner: owner.to_owned(), ..Ask::new(wanted, name.to_string(), place(scene), Need::Must) }
    }

    /// What a word of an element is asked for as: what a code is for, a text of a project that is evaluated.
    fn of_element(&self, scene: Scene, name: &Name) -> Option<Wanted> {
        let (element, _) = scene.element?;
        let node = |dimension| element.meanings.iter().find_map(|meaning| meaning.get(dimension)).map(str::to_owned);
        if name.name == PURPOSE {
            return Some(Wanted::Purpose(node(Dimension::Function)?));
        }
        let (_, topic) = PROJECT_TEXTS.iter().find(|(word, _)| *word == name.name)?;
        let project =
            node(Dimension::Project).filter(|name| self.campaign.is_some_and(|own| own.subject(name).is_some()))?;
        Some(Wanted::Topic { project, topic: topic_word(*topic).to_owned() })
    }

    /// True if a sentence does not stand, and might if more were known.
    pub(super) fn might_stand(&self, scene: Scene, when: &[Condition], unless: &[Condition]) -> bool {
        self.all_may_hold(scene, when) && (unless.is_empty() || !self.all_hold(scene, unless))
    }
}

/// A text that only people know.
pub(super) fn asked_text(scene: Scene, key: String) -> Ask {
    let name = key.clone();
    Ask::new(Wanted::Text(key), name, place(scene), Need::Must)
}

fn place(scene: Scene) -> Place {
    let heading = scene.section.heading();
    Place { section: Some(heading.to_owned()).filter(|text| !text.is_empty()), ..Place::default() }
}

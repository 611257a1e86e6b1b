//! A sentence of the templates, filled.

use juesuan_catalog::Announced;
use juesuan_catalog::performance::documents::names::{FIELDS, TEXTS, USES};
use juesuan_catalog::template::{Filling, Lack, Name, Template, Values};
use juesuan_model::{Ask, Need, Place, Wanted};

use super::words::{Owned, Owner};
use super::{Known, Writer};
use crate::narrate::line::Bit;
use crate::narrate::sentence::{Scene, Told};

/// Sheets of performance.
const PROJECTS: &str = "perf-projects";
const INDICATORS: &str = "perf-indicators";
const TOPICS: &str = "perf-texts";
/// Column of the points of an indicator.
const POINTS: &str = "points";
/// Column that says what a text is about.
const TOPIC: &str = "topic";

/// What the sentences of a place may name.
struct Spoken<'w> {
    writer: &'w Writer<'w>,
    known: Known<'w>,
}

impl Writer<'_> {
    /// The sentence in pieces.
    pub(super) fn say(&self, known: Known, sentence: &Template) -> Vec<Bit> {
        sentence.fill(&Spoken { writer: self, known }, Lack::Marked).unwrap_or_default()
    }

    /// The sentence as plain text.
    pub(super) fn plain(&self, known: Known, sentence: &Template) -> String {
        self.say(known, sentence).iter().map(Bit::shown).collect()
    }

    /// True if all names of `when` are known and none of `unless`.
    pub(super) fn stands(&self, known: Known, when: &[String], unless: &[String]) -> bool {
        let is_known = |name: &String| known.iter().any(|words| words.get(name).is_some());
        when.iter().all(is_known) && !unless.iter().any(is_known)
    }

    /// What a name stands for: here, else as a slot, else as a word of the department.
    fn value(&self, known: Known, name: &Name) -> Option<Vec<Bit>> {
        let written = name.to_string();
        if let Some(bits) = known.iter().find_map(|words| words.get(&written)) {
            return Some(bits.clone());
        }
        if self.set.section.slot.contains_key(&name.name) {
            let scene = Scene { section: &self.set.section, element: None };
            return Told { narrator: self.narrator, scene }.value(name).ok();
        }
        self.narrator.word(&written).map(|word| vec![Bit::Text(word)])
    }

    /// The mark where a value is demanded and not there.
    pub(super) fn asked_for(&self, known: Known, name: &str) -> Bit {
        let owner = known.iter().map(|words| &words.owner).find(|owner| !owner.told.is_empty());
        let Owner { told, of } = owner.cloned().unwrap_or_default();
        let label = match name.split_once('.') {
            Some((TEXTS, topic)) => topic.to_owned(),
            Some((FIELDS, key)) => self.header(PROJECTS, key).to_owned(),
            // How results are used is entered as a plan.
            Some((USES, kind)) => format!("{kind}安排"),
            _ => name.to_owned(),
        };
        let wanted = self.wanted(of, name, &label).unwrap_or_else(|| Wanted::Elsewhere(format!("{told}{label}")));
        let label = match &wanted {
            // Points wait for another entry of the row.
            Wanted::Indicator { key, .. } => self.header(INDICATORS, key).to_owned(),
            _ => label,
        };
        let ask = Ask { owner: told, ..Ask::new(wanted, label, Place::default(), Need::Must) };
        Bit::Missing { text: self.narrator.mark(&ask), ask: Box::new(ask) }
    }

    /// What is asked for, if it has a cell in the sheets of performance.
    fn wanted(&self, of: Owned, name: &str, label: &str) -> Option<Wanted> {
        let inputs = &self.narrator.catalog.inputs;
        match of {
            Owned::Subject(project) => match name.split_once('.') {
                Some((FIELDS, key)) => Some(Wanted::Field { project, key: key.to_owned() }),
                Some((USES, _)) => None,
                _ => {
                    let topics = inputs.get(TOPICS)?.column(TOPIC)?;
                    let topic = topics.choices.iter().find(|word| *word == label)?.clone();
                    Some(Wanted::Topic { project, topic })
                }
            },
            Owned::Indicator(project, indicator) => {
                let mut columns = inputs.get(INDICATORS)?.column.iter();
                let column = columns.find(|column| column.header.iter().any(|word| word == label))?;
                match column.key.as_str() {
                    POINTS => self.narrator.campaign.map(|own| own.points(&project, &indicator)),
                    key => Some(Wanted::Indicator { project, indicator, key: key.to_owned() }),
                }
            }
            Owned::Other => None,
        }
    }

    /// What the column of a field is called.
    fn header<'k>(&'k self, kind: &str, key: &'k str) -> &'k str {
        let input = self.narrator.catalog.inputs.get(kind);
        let column = input.and_then(|input| input.column(key));
        column.and_then(|column| column.header.first()).map_or(key, String::as_str)
    }
}

impl Values for Spoken<'_> {
    type Filled = Bit;

    fn value(&self, name: &Name) -> Filling<Bit> {
        if let Some(announced) = Announced::by(name) {
            return Ok(vec![Bit::Announced(announced)]);
        }
        let known = self.writer.value(self.known, name);
        known.ok_or_else(|| vec![self.writer.asked_for(self.known, &name.to_string())])
    }
}

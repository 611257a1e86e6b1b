//! A sentence of the templates, filled.

use juesuan_catalog::section::{Piece, Sentence, SlotMeasure, Version};

use super::{Known, Writer};
use crate::narrate::line::Bit;
use crate::narrate::sentence::Scene;

/// Texts and fields by these are asked for by the name behind.
const TEXT: &str = "文字.";
const FIELD: &str = "字段.";
/// Register of the fields.
const PROJECTS: &str = "perf-projects";

/// What becomes of a place without a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lack {
    /// It is marked as missing, and the document is a draft.
    Marked,
    /// The stretch around it vanishes.
    Vanishes,
}

impl Writer<'_> {
    /// The sentence in pieces.
    pub(super) fn say(&self, known: Known, sentence: &Sentence) -> Vec<Bit> {
        self.pieces(known, &sentence.pieces, Lack::Marked).unwrap_or_default()
    }

    /// The sentence as plain text.
    pub(super) fn plain(&self, known: Known, sentence: &Sentence) -> String {
        self.say(known, sentence).iter().map(Bit::shown).collect()
    }

    /// True if all names of `when` are known and none of `unless`.
    pub(super) fn stands(&self, known: Known, when: &[String], unless: &[String]) -> bool {
        let is_known = |name: &String| known.iter().any(|words| words.get(name).is_some());
        when.iter().all(is_known) && !unless.iter().any(is_known)
    }

    fn pieces(&self, known: Known, pieces: &[Piece], lack: Lack) -> Option<Vec<Bit>> {
        let mut bits = Vec::new();
        for piece in pieces {
            match piece {
                Piece::Text(text) => bits.push(Bit::Text(text.clone())),
                Piece::Optional(inside) => bits.extend(self.pieces(known, inside, Lack::Vanishes).unwrap_or_default()),
                Piece::Place { name, measure } => match self.value(known, piece, &full_name(name, measure)) {
                    Some(value) => bits.extend(value),
                    None if lack == Lack::Vanishes => return None,
                    None => bits.push(self.asked_for(known, &full_name(name, measure))),
                },
                Piece::Narrative { .. } | Piece::Cause { .. } => bits.extend(self.narrated(piece)),
            }
        }
        Some(bits)
    }

    /// What a name stands for: here, else as a slot, else as a word of the department.
    fn value(&self, known: Known, piece: &Piece, name: &str) -> Option<Vec<Bit>> {
        if let Some(bits) = known.iter().find_map(|words| words.get(name)) {
            return Some(bits.clone());
        }
        let slot = name.split_once('.').map_or(name, |(slot, _)| slot);
        if self.set.section.slot.contains_key(slot) {
            let bits = self.narrated(piece);
            let missing = bits.is_empty() || bits.iter().any(|bit| matches!(bit, Bit::Missing { .. }));
            return (!missing).then_some(bits);
        }
        self.narrator.word(name).map(|word| vec![Bit::Text(word)])
    }

    fn narrated(&self, piece: &Piece) -> Vec<Bit> {
        let scene = Scene { section: &self.set.section, element: None };
        self.narrator.sentence(scene, &Sentence { pieces: vec![piece.clone()] })
    }

    /// The mark where a value is demanded and not there.
    pub(super) fn asked_for(&self, known: Known, name: &str) -> Bit {
        let owner = known.iter().map(|words| words.owner.as_str()).find(|owner| !owner.is_empty()).unwrap_or_default();
        let label = name.strip_prefix(TEXT).unwrap_or(name);
        let label = name.strip_prefix(FIELD).map_or(label, |key| self.header(key));
        Bit::Missing { text: format!("请补充{owner}{label}"), reason: format!("缺少{owner}{label}") }
    }

    /// What the column of a field is called.
    fn header<'k>(&'k self, key: &'k str) -> &'k str {
        let input = self.narrator.catalog.inputs.get(PROJECTS);
        let column = input.and_then(|input| input.column(key));
        column.and_then(|column| column.header.first()).map_or(key, String::as_str)
    }
}

/// The name as it is written in braces.
fn full_name(name: &str, measure: &SlotMeasure) -> String {
    let behind = match measure {
        SlotMeasure::Amount(Version::Own) => return name.to_owned(),
        SlotMeasure::Amount(Version::Prior) => "上年",
        SlotMeasure::Amount(Version::Initial) => "年初预算",
        SlotMeasure::Amount(Version::FullYear) => "全年预算",
        SlotMeasure::Share => "占比",
        SlotMeasure::Phrase(phrase) => phrase,
    };
    format!("{name}.{behind}")
}

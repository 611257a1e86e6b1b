//! Names that sentences of the templates use, and what they stand for.

use std::collections::BTreeMap;

use juesuan_catalog::performance::documents::names;

use crate::narrate::line::Bit;

/// What is known at a place by name. What is not known is not there.
#[derive(Debug, Default)]
pub(super) struct Words {
    known: BTreeMap<String, Vec<Bit>>,
    /// Whose words they are, for what is asked for.
    pub(super) owner: Owner,
}

/// Whose words something is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Owner {
    /// For people: `项目“甲”的`; empty: nobody's.
    pub(super) told: String,
    pub(super) of: Owned,
}

/// What has a row of its own in the sheets of performance.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Owned {
    /// What is asked for has none.
    #[default]
    Other,
    /// A project; empty: the whole.
    Subject(String),
    /// An indicator of a project.
    Indicator(String, String),
}

impl Words {
    /// Enters a value, if there is one.
    pub(super) fn set(&mut self, name: &str, bits: impl IntoIterator<Item = Bit>) {
        debug_assert!(names::knows(name), "the catalogue does not know {name}");
        let bits: Vec<Bit> = bits.into_iter().collect();
        if bits.iter().any(|bit| !bit.shown().is_empty()) {
            self.known.insert(name.to_owned(), bits);
        }
    }

    /// Enters a text, if there is one.
    pub(super) fn text(&mut self, name: &str, text: &str) {
        self.set(name, (!text.trim().is_empty()).then(|| Bit::Text(text.trim().to_owned())));
    }

    /// What a name stands for.
    pub(super) fn get(&self, name: &str) -> Option<&Vec<Bit>> {
        self.known.get(name)
    }
}

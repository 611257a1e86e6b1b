//! What is made of the catalogue before a text is read: once, and not for each document.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use juesuan_catalog::Catalog;

use super::EntityContext;
use super::headings::Headings;
use super::lexicon::{self, Words};
use super::path::{self, Paths};

/// The words and the names of codes that hold in a year.
type OfYear = (Arc<lexicon::Known>, Arc<path::Known>);

/// Years whose words are kept: those of one year take some megabytes, and a run seldom sees more than its own and two before.
const YEARS_MAX: usize = 6;

/// The words, names and headings of a catalogue in the form in which texts are read, made when they are first asked for.
#[derive(Debug)]
pub struct Vocabulary<'c> {
    pub(crate) catalog: &'c Catalog,
    /// By year.
    years: Mutex<BTreeMap<u16, OfYear>>,
    /// By variant.
    headings: Mutex<BTreeMap<String, Arc<Headings<'c>>>>,
}

impl<'c> Vocabulary<'c> {
    /// Of a catalogue.
    pub fn new(catalog: &'c Catalog) -> Vocabulary<'c> {
        Vocabulary { catalog, years: Mutex::default(), headings: Mutex::default() }
    }

    /// Years whose words are kept.
    pub fn years(&self) -> usize {
        self.years.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// The words and paths for a document of this entity.
    pub(super) fn of(&self, entity: &EntityContext) -> (Words, Paths) {
        let mut years = self.years.lock().unwrap_or_else(PoisonError::into_inner);
        if years.len() >= YEARS_MAX && !years.contains_key(&entity.year) {
            // Documents mostly come in the order of their years.
            years.pop_first();
        }
        let (words, paths) = years.entry(entity.year).or_insert_with(|| {
            let words = lexicon::Known::new(self.catalog, entity.year);
            (Arc::new(words), Arc::new(path::Known::new(self.catalog, entity.year)))
        });
        (Words::new(Arc::clone(words), entity), Paths::new(Arc::clone(paths), entity))
    }

    /// The headings for a document of a variant; of none, those of all.
    pub(crate) fn headings(&self, variant: &str) -> Arc<Headings<'c>> {
        let mut headings = self.headings.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = headings.get(variant) {
            return Arc::clone(known);
        }
        let made = Arc::new(Headings::new(self.catalog, variant));
        headings.insert(variant.to_owned(), Arc::clone(&made));
        made
    }
}

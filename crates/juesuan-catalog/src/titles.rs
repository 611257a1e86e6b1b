//! The titles under which statutory tables are published anywhere, ready to be compared.

use std::collections::BTreeMap;

use juesuan_text::plain;

use crate::variant::Variants;

/// Titles of all forms of all variants.
#[derive(Clone, Debug, Default)]
pub struct Titles {
    /// Title as compared, key of the form; longest first.
    titles: Vec<(String, String)>,
    /// `公开01表` as compared → key of the form.
    numbers: BTreeMap<String, String>,
}

impl Titles {
    /// From the forms of the variants; of equal titles the first form has it.
    pub(crate) fn new(variants: &Variants) -> Titles {
        let mut titles = BTreeMap::new();
        let mut numbers = BTreeMap::new();
        for form in variants.iter().flat_map(|variant| &variant.forms) {
            for title in &form.titles {
                titles.entry(plain(title)).or_insert_with(|| form.key.clone());
            }
            if !form.number.is_empty() {
                numbers.entry(plain(&form.number)).or_insert_with(|| form.key.clone());
            }
        }
        let mut titles: Vec<(String, String)> = titles.into_iter().collect();
        titles.sort_by_key(|(title, _)| std::cmp::Reverse(title.len()));
        Titles { titles, numbers }
    }

    /// Every title as compared with the key of its form, the longest first.
    pub fn longest_first(&self) -> impl Iterator<Item = (&str, &str)> {
        self.titles.iter().map(|(title, key)| (title.as_str(), key.as_str()))
    }

    /// The form with this number, as compared.
    pub fn numbered(&self, number: &str) -> Option<&str> {
        self.numbers.get(number).map(String::as_str)
    }
}

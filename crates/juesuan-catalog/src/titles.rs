//! The titles under which statutory tables are published anywhere, ready to be compared.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_text::plain;

use crate::kept::Kept;
use crate::variant::Variants;

/// Titles of all forms of all variants.
#[derive(Clone, Debug, Default)]
pub struct Titles {
    /// Title as compared, key of the form; longest first.
    titles: Vec<(String, String)>,
    /// The characters with which they end.
    ends: BTreeSet<char>,
    /// `公开01表` as compared → key of the form.
    numbers: BTreeMap<String, String>,
    /// Titles and headings with the variants that have them: of accounts, of budgets.
    owners: [Kept<Owners>; 2],
    /// Titles without what differs from document to document → key of the form.
    cores: Kept<BTreeMap<String, String>>,
}

/// Whose a text is.
#[derive(Clone, Debug, Default)]
pub struct Owner {
    /// The variants that print it.
    pub variants: BTreeSet<String>,
    /// Whether it is the title of a table.
    pub of_table: bool,
}

/// Texts with the variants that print them.
#[derive(Clone, Debug, Default)]
pub struct Owners {
    /// By the character that they begin with.
    begin: BTreeMap<char, Vec<(String, Owner)>>,
}

impl Owners {
    fn new(owners: BTreeMap<String, Owner>) -> Owners {
        let mut begin: BTreeMap<char, Vec<(String, Owner)>> = BTreeMap::new();
        for (text, owner) in owners {
            if let Some(first) = text.chars().next() {
                begin.entry(first).or_default().push((text, owner));
            }
        }
        Owners { begin }
    }

    /// The longest of them that stands in a text; of equals the last in their order.
    pub fn longest_in(&self, text: &str) -> Option<(&str, &Owner)> {
        let from = |(at, first): (usize, char)| {
            let rest = text.get(at..).unwrap_or_default();
            self.begin.get(&first).into_iter().flatten().filter(move |(own, _)| rest.starts_with(own.as_str()))
        };
        let longest = text.char_indices().flat_map(from).max_by_key(|(own, _)| (own.len(), own.as_str()));
        longest.map(|(own, owner)| (own.as_str(), owner))
    }
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
        let ends = titles.iter().filter_map(|(title, _)| title.chars().next_back()).collect();
        Titles { titles, ends, numbers, ..Titles::default() }
    }

    /// Whether a text, as compared, stands in a title.
    pub fn hold(&self, text: &str) -> bool {
        self.titles.iter().any(|(title, _)| title.contains(text))
    }

    /// Every title as compared with the key of its form, the longest first.
    pub fn longest_first(&self) -> impl Iterator<Item = (&str, &str)> {
        self.titles.iter().map(|(title, key)| (title.as_str(), key.as_str()))
    }

    /// True if a title ends with this character.
    pub fn end_with(&self, c: char) -> bool {
        self.ends.contains(&c)
    }

    /// Titles and headings with the variants that have them; whoever asks gives the same `owners` for each kind.
    pub fn owners(&self, budget: bool, owners: impl FnOnce() -> BTreeMap<String, Owner>) -> &Owners {
        let [accounts, budgets] = &self.owners;
        if budget { budgets } else { accounts }.get(|| Owners::new(owners()))
    }

    /// Titles without what differs from document to document, with the keys of their forms; whoever asks gives the same `cores`.
    pub fn cores(&self, cores: impl FnOnce() -> BTreeMap<String, String>) -> &BTreeMap<String, String> {
        self.cores.get(cores)
    }

    /// The form with this number, as compared.
    pub fn numbered(&self, number: &str) -> Option<&str> {
        self.numbers.get(number).map(String::as_str)
    }
}

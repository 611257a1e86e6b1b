//! Which variant a document is printed in, and by what that is known: the place in its name, or titles and headings that only
//! one variant has.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_catalog::Catalog;
use juesuan_model::{DocumentKind, VariantBy};
use juesuan_text::plain;

use super::identity::Clues;

/// What a heading is worth that one variant alone has; one that several have is worth its share.
const WORTH: usize = 12;
/// Titles of tables are worth as many headings: those are worded freely.
const TABLE: usize = 3;
/// What the titles of a variant are worth together before it is chosen by them.
const ENOUGH: usize = 2 * WORTH;

/// The variant of a document and why; `fallback` where nothing tells. `place` begins with the name of the entity.
pub(super) fn variant(
    clues: &Clues,
    catalog: &Catalog,
    place: &str,
    kind: DocumentKind,
    fallback: &str,
) -> (String, VariantBy) {
    if let Some(key) = by_place(catalog, place, kind) {
        return (key, VariantBy::Place);
    }
    match by_titles(clues, catalog, kind, fallback) {
        Some(key) => (key, VariantBy::Titles),
        None => (fallback.to_owned(), VariantBy::Nothing),
    }
}

/// True if documents of this kind are printed in a variant.
fn fits(catalog: &Catalog, key: &str, kind: DocumentKind) -> bool {
    let wanted = if kind == DocumentKind::Budget { DocumentKind::Budget } else { DocumentKind::Final };
    catalog.variants.iter().any(|variant| variant.key == key && variant.kind == wanted)
}

/// The variant with the longest place that the name begins with.
fn by_place(catalog: &Catalog, place: &str, kind: DocumentKind) -> Option<String> {
    let places = catalog.recognition.places.iter().filter(|(key, _)| fits(catalog, key, kind));
    let named = places.filter_map(|(key, places)| {
        let longest = places.iter().filter(|own| place.starts_with(own.as_str())).map(String::len).max()?;
        Some((longest, key))
    });
    named.max().map(|(_, key)| key.clone())
}

/// The variant whose own titles and headings the document has, and of which no other has as many.
fn by_titles(clues: &Clues, catalog: &Catalog, kind: DocumentKind, fallback: &str) -> Option<String> {
    let mut owners: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    let mut tables = BTreeSet::new();
    for variant in catalog.variants.iter().filter(|variant| fits(catalog, &variant.key, kind)) {
        for title in variant.forms.iter().flat_map(|form| form.titles.iter().chain([&form.name])) {
            let title = plain(title);
            owners.entry(title.clone()).or_default().insert(&variant.key);
            tables.insert(title);
        }
        let sections = catalog.sections.variant(&variant.key).into_iter().flat_map(|text| text.sections.values());
        for heading in sections.flat_map(|section| &section.headings) {
            owners.entry(plain(heading)).or_default().insert(&variant.key);
        }
    }
    let printed: BTreeSet<String> = clues.headings.iter().chain(&clues.captions).map(|text| plain(text)).collect();
    let mut worth: BTreeMap<&str, usize> = BTreeMap::new();
    let mut titled: BTreeSet<&str> = BTreeSet::new();
    let mut seen = BTreeSet::new();
    for text in printed.iter().filter(|text| !text.is_empty()) {
        let longest =
            owners.iter().filter(|(title, _)| text.contains(title.as_str())).max_by_key(|(title, _)| title.len());
        let Some((title, keys)) = longest.filter(|(_, keys)| !keys.contains(fallback)) else { continue };
        if seen.insert(title) {
            let of_table = tables.contains(title);
            let title = if of_table { TABLE * WORTH } else { WORTH };
            for key in keys {
                *worth.entry(key).or_default() += title / keys.len();
                titled.extend(of_table.then_some(key));
            }
        }
    }
    // Headings are worded alike in many places; the titles of tables are not.
    worth.retain(|key, _| titled.contains(key));
    let most = worth.values().copied().max().filter(|most| *most >= ENOUGH)?;
    let mut best = worth.into_iter().filter(|(_, own)| *own == most);
    let (key, _) = best.next()?;
    best.next().is_none().then(|| key.to_owned())
}

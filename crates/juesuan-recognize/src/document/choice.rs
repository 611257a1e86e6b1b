//! Which variant a document is printed in, and by what that is known: the place in its name, or titles and headings that only
//! one variant has.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_catalog::Catalog;
use juesuan_catalog::titles::Owner;
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
    let owners = catalog.titles.owners(kind == DocumentKind::Budget, || owners(catalog, kind));
    let printed: BTreeSet<String> = clues.headings.iter().chain(&clues.captions).map(|text| plain(text)).collect();
    let mut worth: BTreeMap<&str, usize> = BTreeMap::new();
    let mut titled: BTreeSet<&str> = BTreeSet::new();
    let mut seen = BTreeSet::new();
    for text in printed.iter().filter(|text| !text.is_empty()) {
        let Some((title, owner)) = owners.longest_in(text).filter(|(_, owner)| !owner.variants.contains(fallback))
        else {
            continue;
        };
        if seen.insert(title) {
            let (keys, of_table) = (&owner.variants, owner.of_table);
            let title = if of_table { TABLE * WORTH } else { WORTH };
            for key in keys {
                *worth.entry(key.as_str()).or_default() += title / keys.len();
                titled.extend(of_table.then_some(key.as_str()));
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

/// Every title and heading of the variants of a kind, with the variants that have it.
fn owners(catalog: &Catalog, kind: DocumentKind) -> BTreeMap<String, Owner> {
    let mut owners: BTreeMap<String, Owner> = BTreeMap::new();
    let mut own = |text: &str, variant: &str, of_table: bool| {
        let owner = owners.entry(plain(text)).or_default();
        owner.variants.insert(variant.to_owned());
        owner.of_table |= of_table;
    };
    for variant in catalog.variants.iter().filter(|variant| fits(catalog, &variant.key, kind)) {
        let sections = catalog.sections.variant(&variant.key).into_iter().flat_map(|text| text.sections.values());
        let headings = sections.flat_map(|section| &section.headings);
        let titles = variant.forms.iter().flat_map(|form| form.titles.iter().chain([&form.name]));
        titles.for_each(|title| own(title, &variant.key, true));
        headings.for_each(|heading| own(heading, &variant.key, false));
    }
    owners
}

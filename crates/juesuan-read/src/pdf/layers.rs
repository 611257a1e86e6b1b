//! Layers (optional content) that a reader of the document does not see until he switches them on. The interpreter leaves them out;
//! here is which pages have some, so that it can be told.

use std::collections::HashSet;

use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object, ObjectIdentifier, Stream};
use hayro_interpret::hayro_syntax::page::Page;

/// Entries of one list that are looked at; a drawing of many layers has some hundred.
const ENTRIES_MAX: usize = 10_000;

/// The layers that are off when the document is opened.
#[derive(Debug, Default)]
pub(super) struct Layers {
    off: HashSet<ObjectIdentifier>,
}

impl Layers {
    /// The layers of a document.
    pub(super) fn of(pdf: &Pdf) -> Self {
        let mut layers = Layers::default();
        let root = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id());
        let Some(all) = root.and_then(|root| root.get::<Dict<'_>>("OCProperties")) else { return layers };
        let Some(at_first) = all.get::<Dict<'_>>("D") else { return layers };
        if at_first.get::<Name<'_>>("BaseState").is_some_and(|state| state.as_ref() == b"OFF") {
            layers.off.extend(listed(&all, "OCGs"));
        }
        for on in listed(&at_first, "ON") {
            layers.off.remove(&on);
        }
        layers.off.extend(listed(&at_first, "OFF"));
        layers
    }

    /// Whether something of a page, or of what the page draws, belongs to a layer that is off.
    pub(super) fn hide_part_of(&self, page: &Page<'_>) -> bool {
        if self.off.is_empty() {
            return false;
        }
        let resources = page.resources();
        let drawn = || resources.x_objects.keys().take(ENTRIES_MAX);
        let drawn = drawn().filter_map(|name| resources.x_objects.get::<Stream<'_>>(name));
        self.any_of(&resources.properties) || drawn.take(ENTRIES_MAX).any(|drawn| self.hides(drawn.dict(), b"OC"))
    }

    fn any_of(&self, properties: &Dict<'_>) -> bool {
        properties.keys().take(ENTRIES_MAX).any(|name| self.hides(properties, &name))
    }

    /// Whether an entry names a layer that is off, or a group with one.
    fn hides(&self, entries: &Dict<'_>, key: &[u8]) -> bool {
        let named = entries.get_ref(key).is_some_and(|layer| self.off.contains(&layer.into()));
        named
            || entries.get::<Dict<'_>>(key).is_some_and(|group| {
                let one = group.get_ref("OCGs").is_some_and(|layer| self.off.contains(&layer.into()));
                one || listed(&group, "OCGs").any(|layer| self.off.contains(&layer))
            })
    }
}

/// The objects that a list of references names.
fn listed<'a>(of: &Dict<'a>, key: &str) -> impl Iterator<Item = ObjectIdentifier> + use<'a> {
    let list = of.get::<Array<'a>>(key);
    let entries = list.into_iter().flat_map(|list| list.raw_iter()).take(ENTRIES_MAX);
    entries.filter_map(|entry: MaybeRef<Object<'a>>| entry.as_obj_ref().map(Into::into))
}

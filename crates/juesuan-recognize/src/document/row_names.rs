//! The names of the rows of a form, in every layout.

use juesuan_catalog::Catalog;
use juesuan_forms::{layouts, rows::Finder};

/// The names of the rows of a form, in every layout.
pub(super) struct Rows<'a>(Vec<Finder<'a>>);

impl<'a> Rows<'a> {
    pub(super) fn new(catalog: &'a Catalog, key: Option<&str>) -> Rows<'a> {
        let any = catalog.variants.iter().next().zip(key);
        let known = any.into_iter().flat_map(|(variant, key)| layouts(catalog, variant, key));
        Rows(known.map(|form| Finder::new(form, catalog)).collect())
    }

    pub(super) fn knows(&self, name: &str) -> bool {
        self.0.iter().any(|finder| finder.knows(name))
    }
}

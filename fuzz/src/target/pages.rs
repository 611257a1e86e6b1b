//! Documents: their pages, and what is recognised and found in them.

use juesuan_catalog::Catalog;
use juesuan_recognize::text::Vocabulary;

use super::Target;
use crate::shape;

/// A document under this name.
pub fn named(name: &'static str) -> Target {
    Box::new(move |input| {
        let read = juesuan_read::pages_of(name, input);
        let grids = juesuan_read::grids_of(name, input).map_or(0, |grids| grids.len());
        shape::pages(&read).rotate_left(u32::try_from(grids % 60).unwrap_or(0))
    })
}

/// A document that is read, recognised and checked.
pub fn documents(catalog: Catalog) -> Target {
    // Lives as long as the process, as its vocabulary does, which would else be made anew for every input.
    let catalog: &'static Catalog = Box::leak(Box::new(catalog));
    let vocabulary = Vocabulary::new(catalog);
    Box::new(move |input| {
        let Ok(pages) = juesuan_read::pages_of("a", input) else { return 0 };
        let read = juesuan_recognize::document_by(&pages, &vocabulary);
        let report = juesuan_check::check(&read.package, catalog, &[]);
        shape::counts(&[read.package.figures.len(), read.unread.len(), report.findings.len()])
    })
}

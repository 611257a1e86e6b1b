//! The page that describes the views, the named questions, copies and the ranking; generated from the catalogue.

use askama::Template;
use juesuan_catalog::Catalog;

#[derive(Template)]
#[template(path = "questions.md", escape = "none")]
struct Page<'c> {
    catalog: &'c Catalog,
}

/// The page.
///
/// # Errors
/// None that the template does not have.
pub fn page(catalog: &Catalog) -> Result<String, askama::Error> {
    Page { catalog }.render()
}

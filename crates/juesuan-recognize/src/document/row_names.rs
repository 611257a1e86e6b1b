//! The names of the rows of a form, in every layout.

use juesuan_catalog::Catalog;
use juesuan_forms::{layouts, rows::Finder, words};
use juesuan_read::Value;
use juesuan_text::plain;

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

/// The column in which the end of a page broke a code too, and the whole code: 208050 above 5.
pub(super) fn broken_code<'a>(rest: &[Value], above: impl Fn(usize) -> &'a str) -> Option<(usize, String)> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    rest.iter().enumerate().find_map(|(column, cell)| {
        let (first, last) = (above(column), cell.as_str());
        let code = words::code(&format!("{first}{last}")).filter(|_| digits(first) && digits(last))?;
        Some((column, code))
    })
}

/// True if a code has this name in some year.
pub(super) fn is_name(catalog: &Catalog, code: &str, name: &str) -> bool {
    let name = words::label(name);
    [&catalog.functions, &catalog.economics]
        .into_iter()
        .flat_map(|codes| codes.rows(code))
        .any(|row| plain(&row.name) == name)
}

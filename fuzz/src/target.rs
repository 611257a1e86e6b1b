//! What reads the inputs. Each target gives the shape of its answer, and panics where the answer is not what was promised.
//!
//! In reading order: [`pages`] readers of documents; [`texts`] numbers, sentences, rules; [`trees`] archives, folders of departments, overlays
//! of the catalogue, workbooks that are imported; [`reports`] what is written of findings; [`outputs`] what `verify` accepts.

mod outputs;
mod pages;
mod reports;
mod texts;
mod trees;

use anyhow::{Result, anyhow};
use juesuan_catalog::Catalog;

pub use outputs::output;
pub use reports::Reported;

/// Names of the targets.
pub const NAMES: [&str; 18] = [
    "pdf",
    "docx",
    "xlsx",
    "xls",
    "html",
    "text",
    "numbers",
    "sentences",
    "rules",
    "documents",
    "archives",
    "overlays",
    "departments",
    "reports",
    "outputs",
    "waivers",
    "mappings",
    "imports",
];

/// Reads an input; the shape of the answer.
pub type Target = Box<dyn FnMut(&[u8]) -> u64>;

/// The target of a name.
pub fn named(name: &str) -> Result<Target> {
    Ok(match name {
        "pdf" => pages::named("a.pdf"),
        "docx" => pages::named("a.docx"),
        "xlsx" => pages::named("a.xlsx"),
        "xls" => pages::named("a.xls"),
        "html" => pages::named("a.html"),
        "text" => pages::named("a.csv"),
        "documents" => pages::documents(catalog()?),
        "numbers" => Box::new(texts::numbers),
        "sentences" => texts::sentences(catalog()?),
        "rules" => texts::rules(catalog()?)?,
        "waivers" => texts::waivers(catalog()?),
        "mappings" => texts::mappings(catalog()?),
        "archives" => trees::archives(catalog()?),
        "departments" => trees::departments(catalog()?),
        "overlays" => trees::overlays()?,
        "imports" => trees::imports(catalog()?)?,
        "reports" => reports::reports(catalog()?),
        "outputs" => outputs::outputs()?,
        other => return Err(anyhow!("no target {other}: {}", NAMES.join(", "))),
    })
}

fn catalog() -> Result<Catalog> {
    Catalog::load(&[]).map_err(|problems| anyhow!("{problems:?}"))
}

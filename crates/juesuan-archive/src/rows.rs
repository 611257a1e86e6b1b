//! One checked document as rows of every table.
//!
//! In: what was found in a document by itself. Out: [`Rows`], columns of values in the order of the catalogue's tables; the same
//! whoever made them, when and where. One module a table; `files` is not among them, because which names a content has is known
//! by the work list alone.

mod documents;
mod figures;
mod findings;
mod passages;
mod performance;
mod relations;
mod spell;
mod unread;

pub(crate) use documents::state;

use juesuan_catalog::{ArchiveSchema, ArchiveTable, Catalog};
use juesuan_write::report::Checked;
use serde::{Deserialize, Serialize};

use crate::column::{Column, Value};
use crate::error::Error;

/// Tables that are made of a document, with their columns in order.
const TABLES: [(&str, &[&str]); 7] = [
    ("documents", &documents::COLUMNS),
    ("figures", &figures::COLUMNS),
    ("relations", &relations::COLUMNS),
    ("findings", &findings::COLUMNS),
    ("unread", &unread::COLUMNS),
    ("passages", &passages::COLUMNS),
    ("performance", &performance::COLUMNS),
];

/// The table of the names of files, with its columns.
pub(crate) const FILES: (&str, [&str; 3]) = ("files", ["document", "file", "published"]);

/// A document that was checked by itself, and what only who listed it knows.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// SHA-256 of its bytes.
    pub document: &'a str,
    /// Digest of the catalogue by which it was checked.
    pub catalog_digest: &'a str,
    /// What the file is: `pdf`, `docx` and so on.
    pub format: &'a str,
    /// How many bytes it has.
    pub bytes: u64,
    /// What was found.
    pub checked: &'a Checked,
}

/// The rows of one document in every table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rows {
    tables: Vec<Columns>,
}

/// The rows of one document in one table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Columns(pub(crate) Vec<Column>);

/// Where the rows of one document belong.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Partition {
    /// Fiscal year; 0 where it is not known.
    pub year: u16,
    /// Key of the variant; `unknown` where it is not known.
    pub province: String,
}

/// Rows of one table while they are made.
pub(crate) struct Sheet {
    columns: Vec<Column>,
    /// Whether every value was of the type of its column.
    fits: bool,
}

impl Rows {
    /// Of a document.
    ///
    /// # Errors
    /// A catalogue whose tables are not those of this program.
    pub fn of(subject: Subject<'_>, catalog: &Catalog) -> Result<Rows, Error> {
        let mut tables = Vec::with_capacity(TABLES.len());
        for (name, columns) in TABLES {
            let mut sheet = Sheet::new(known(&catalog.archive, name, columns)?);
            match name {
                "documents" => documents::fill(&mut sheet, subject, catalog),
                "figures" => figures::fill(&mut sheet, subject),
                "relations" => relations::fill(&mut sheet, subject),
                "findings" => findings::fill(&mut sheet, subject, catalog),
                "unread" => unread::fill(&mut sheet, subject),
                "passages" => passages::fill(&mut sheet, subject),
                _ => performance::fill(&mut sheet, subject),
            }
            tables.push(sheet.done(name)?);
        }
        Ok(Rows { tables })
    }

    /// Each table that has rows of documents, with its own.
    pub fn tables(&self) -> impl Iterator<Item = (&'static str, &Columns)> {
        TABLES.into_iter().map(|(name, _)| name).zip(&self.tables)
    }

    /// How many rows a table has.
    pub fn count(&self, table: &str) -> usize {
        self.tables().find(|(name, _)| *name == table).map_or(0, |(_, columns)| columns.len())
    }
}

impl Columns {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.0.first().map_or(0, Column::len)
    }

    /// True without rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Sheet {
    /// Without rows.
    pub(crate) fn new(table: &ArchiveTable) -> Sheet {
        Sheet { columns: table.columns.iter().map(|column| Column::of(column.kind)).collect(), fits: true }
    }

    /// Adds a row: its values in the order of the columns.
    pub(crate) fn row<const N: usize>(&mut self, values: [Value<'_>; N]) {
        self.fits &= N == self.columns.len();
        for (column, value) in self.columns.iter_mut().zip(values) {
            self.fits &= column.push(value);
        }
    }

    /// The rows, in the order in which they came.
    pub(crate) fn done(self, table: &str) -> Result<Columns, Error> {
        if self.fits { Ok(Columns(self.columns)) } else { Err(Error::Schema(table.to_owned())) }
    }
}

impl Partition {
    /// Where the rows of a document belong.
    pub fn of(checked: &Checked) -> Partition {
        use juesuan_model::package::VariantBy;
        let entity = &checked.package.entity;
        // What a package of strangers calls its variant is no path.
        let is_key = entity.variant.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
        let is_known = entity.variant_by != VariantBy::Nothing && !entity.variant.is_empty() && is_key;
        let province = if is_known { entity.variant.as_str() } else { UNKNOWN };
        Partition { year: entity.year, province: province.to_owned() }
    }

    /// Its folders below that of a table.
    pub fn folders(&self) -> String {
        format!("year={}/province={}", self.year, self.province)
    }
}

/// What stands where something could not be told.
pub(crate) const UNKNOWN: &str = "unknown";

/// The table of this name in the catalogue, if it has these columns.
pub(crate) fn known<'s>(schema: &'s ArchiveSchema, name: &str, columns: &[&str]) -> Result<&'s ArchiveTable, Error> {
    let table = schema.table(name).filter(|table| table.columns.iter().map(|column| &column.name).eq(columns));
    table.ok_or_else(|| Error::Schema(name.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_of_the_catalogue_are_those_that_are_made() {
        let catalog = Catalog::load(&[]).unwrap();
        let made = TABLES.iter().map(|(name, _)| *name).chain([FILES.0]).collect::<std::collections::BTreeSet<_>>();
        let named = catalog.archive.tables.iter().map(|table| table.name.as_str());
        assert_eq!(named.collect::<std::collections::BTreeSet<_>>(), made);
        let checked = Checked::default();
        let subject = Subject { document: "d", catalog_digest: "c", format: "pdf", bytes: 1, checked: &checked };
        let rows = Rows::of(subject, &catalog).unwrap();
        assert_eq!((rows.count("documents"), rows.count("figures")), (1, 0));
        known(&catalog.archive, FILES.0, &FILES.1).unwrap();
    }

    #[test]
    fn a_document_of_which_nobody_knows_the_province_is_laid_with_the_unknown_ones() {
        let mut checked = Checked::default();
        checked.package.entity.variant = "hubei".to_owned();
        checked.package.entity.year = 2024;
        assert_eq!(Partition::of(&checked).folders(), "year=2024/province=hubei");
        checked.package.entity.variant_by = juesuan_model::package::VariantBy::Nothing;
        assert_eq!(Partition::of(&checked).province, UNKNOWN);
    }

    #[test]
    fn what_a_package_calls_its_variant_leads_nowhere() {
        let mut checked = Checked::default();
        for variant in ["../../..", "a/b", "/etc", "..", "hubei\\x", "湖\u{202e}北", "a\0b", ""] {
            checked.package.entity.variant = variant.to_owned();
            assert_eq!(Partition::of(&checked).folders(), "year=0/province=unknown", "{variant:?}");
        }
    }
}

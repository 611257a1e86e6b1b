//! What was found in documents, for people and for tools: SARIF for tools, one HTML page with the pages of the
//! documents, a workbook for auditors, and letters to the units.
//!
//! In: [`Checked`] documents, each with its package, its ledger and its findings. Out: bytes. Deliberately not here:
//! reading, checking, drawing the pages of a PDF, and the clock (a date is given by the caller).
//!
//! In reading order: [`Documents`] one at a time, [`Teller`] findings and relations in words, `told` the same as records, `words` and `covered` how all four say the rest, `standing` what the
//! ledger says of each figure, [`Statistics`] by rule, then one module a format: [`sarif`], [`html()`] with [`index`], [`xlsx`], [`docx`].

mod covered;
mod documents;
mod docx;
mod html;
mod sarif;
mod standing;
mod statistics;
mod tell;
mod told;
mod words;
mod xlsx;

pub use covered::{covered, too_little};
pub use documents::{Documents, Listed, each};
pub use docx::docx;
pub use html::{Overview, OverviewRow, SCRIPT, STYLE, body, html, index, page};
pub use sarif::sarif;
pub use statistics::Statistics;
pub use tell::Teller;
pub use told::{ToldFinding, ToldRelation};
pub use words::{kind, verdict};
pub use xlsx::xlsx;

use std::collections::{BTreeMap, BTreeSet};

use juesuan_model::package::Report;
use juesuan_model::{Finding, Package, PageSize, PictureDigest, Place, Problem, Stretch};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A document that was checked, with everything a report says of it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Checked {
    /// File name as the user gave it; what readers of the report know the document by.
    pub file: String,
    /// What was recognised.
    pub package: Package,
    /// The ledger and the findings that stand.
    pub report: Report,
    /// What could not be read or recognised: where, and what it is (one sentence in Chinese).
    pub unread: Vec<(Place, String)>,
    /// Faults of the file itself.
    pub problems: Vec<Problem>,
    /// Pages of the document; 0 where the format has none.
    pub pages: u32,
    /// How large they are, from the first on, as far as pages were read; empty where the format has none.
    #[serde(default)]
    pub sizes: Vec<PageSize>,
    /// Findings that somebody answers for. They are not in `report.findings`.
    pub waived: Vec<Waived>,
    /// What was found by laws and rules that the run was told not to speak of; `None` where it speaks of all.
    pub left_out: Option<LeftOut>,
}

/// Findings that were taken out of a report because nobody asked for them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// How many.
    pub findings: usize,
    /// How many of them are errors.
    pub errors: usize,
}

/// A finding that a named person answers for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Waived {
    /// What was found.
    pub finding: Finding,
    /// Who answers for it.
    pub person: String,
    /// Why.
    pub reason: String,
    /// The last day on which it counts, `2025-12-31`; empty for no end.
    pub until: String,
}

/// What stands at a place, by its name.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct Named {
    /// What it is.
    pub label: String,
    /// Digits, or words.
    pub value: String,
    /// Unit word; empty for words and for what has none.
    pub unit: String,
}

/// A page of a document as a picture. It shows the whole page; how large that is says [`Checked::sizes`].
#[derive(Clone, Debug)]
pub enum PagePicture {
    /// PNG, JPEG or WebP: it stands in the report itself.
    Bytes(Vec<u8>),
    /// The path under which it lies, `/pages/3/12.png`: the report encodes it, and nothing in it is a question (`?`) or a
    /// fragment (`#`).
    Address(String),
}

/// Which pages of a document a report shows as pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Those that somebody has to see: pages with findings, and all of a document of few pages. The others are shown as text.
    Findings,
    /// All: for pictures that cost nothing until somebody looks at them.
    All,
}

/// Stretches of pictures as PNG, by the picture and the stretch.
pub type Crops = BTreeMap<(PictureDigest, Stretch), Vec<u8>>;

/// Where a report gets the pages of a document from.
pub trait PagePictures {
    /// What is cut out of pictures of the document with this [`Checked::file`], at those of these places that are in pictures.
    fn crops(&self, _file: &str, _places: &[&Place]) -> Crops {
        Crops::new()
    }

    /// Which pages it is asked for.
    fn wanted(&self) -> Wanted {
        Wanted::Findings
    }

    /// These pages of the document with this [`Checked::file`]: a picture each, or why there is none. Of pages that are left out
    /// nobody has to be told why.
    fn pictures(&self, file: &str, pages: &BTreeSet<u32>) -> BTreeMap<u32, Result<PagePicture, &'static str>>;
}

/// No pictures: the report shows texts and tables instead.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoPictures;

impl PagePictures for NoPictures {
    fn pictures(&self, _file: &str, _pages: &BTreeSet<u32>) -> BTreeMap<u32, Result<PagePicture, &'static str>> {
        BTreeMap::new()
    }
}

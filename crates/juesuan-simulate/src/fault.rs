//! One fault of a kind, planted into the plan of a published document: what stands there, not what it means.
//!
//! In: a document, the package that it was made from, a source of chance. Out: the document with one thing wrong in it, and the
//! place of it. Deliberately not here: which rule finds it is demanded, not computed.
//!
//! - [`scene`] what may be changed, and where it stands
//! - [`numbers`] wrong figures; [`words`] wrong words; [`structure`] what is missing, twice, or of another body

pub mod numbers;
pub mod scene;
pub mod structure;
pub mod words;

use juesuan_model::Document;

use crate::random::Random;
use scene::Scene;

/// Where a fault was planted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spot {
    /// A cell of a table.
    Cell {
        /// Title of the table.
        table: String,
        /// Names and code of the row.
        row: Vec<String>,
    },
    /// Words of a paragraph or heading.
    Text {
        /// What stands there now, or stood beside what is gone.
        words: String,
    },
    /// Nowhere: something is missing, and a finding names it.
    Missing {
        /// What is missing.
        name: String,
    },
}

/// A kind of fault.
#[derive(Clone, Copy)]
pub struct Fault {
    /// Name in tables of results.
    pub name: &'static str,
    /// Codes of the rules of which one must find it; empty: any may.
    pub codes: &'static [&'static str],
    /// Plants one; `None` where the document has nothing of the kind.
    pub plant: fn(&mut Document, &Scene<'_>, &mut Random) -> Option<Spot>,
}

/// All kinds.
pub fn all() -> impl Iterator<Item = Fault> {
    numbers::FAULTS.into_iter().chain(words::FAULTS).chain(structure::FAULTS)
}

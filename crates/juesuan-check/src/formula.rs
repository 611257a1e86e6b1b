//! What the formulas of rules come to in a document.
//!
//! In reading order:
//! - [`members`] the members of sets, and the place at which a formula is asked
//! - [`values`] what they have; [`indicators`] what is judged of an indicator, [`codes`] figures with a code, [`tables`]
//! - [`truth`] whether conditions are true; [`texts`] whether texts are what they should be; [`alike`] which are the same
//! - [`plain`] formulas that say what the figures of the document should be

mod alike;
mod codes;
mod indicators;
mod members;
mod plain;
mod tables;
mod texts;
mod truth;
mod values;

pub(crate) use alike::{alike, how_many};
pub(crate) use indicators::is_unmet;
pub(crate) use members::{At, Hit, Member};
pub(crate) use plain::evaluate;
pub(crate) use tables::{note_place, place as table_place};
pub(crate) use truth::unit;
pub(crate) use values::Stands;

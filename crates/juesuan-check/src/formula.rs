//! What the formulas of rules come to in a document.
//!
//! In reading order:
//! - [`members`] the members of sets, and the place at which a formula is asked
//! - [`values`] what they have; [`indicators`] what is judged of an indicator
//! - [`truth`] whether conditions are true
//! - [`plain`] formulas that say what the figures of the document should be

mod indicators;
mod members;
mod plain;
mod truth;
mod values;

pub(crate) use indicators::{is_unmet, same_text};
pub(crate) use members::{At, Member};
pub(crate) use plain::evaluate;
pub(crate) use truth::unit;
pub(crate) use values::Stands;

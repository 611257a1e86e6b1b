//! Performance of one department and year: from what people entered and what the books say to points, grades and texts.
//!
//! In: `performance/` and `registers/` of the folder, the facts, the scoring profile. Out: a [`Campaign`], from which
//! documents are written. Deliberately not here: the arithmetic of points (`juesuan-evaluate`), and the wording.
//!
//! In reading order:
//! - [`mod@campaign`] what is known when everything is put together; [`assemble`] puts it together
//! - [`project`] which projects; [`money`] what they had and spent
//! - [`compute`] what is computed and never typed
//! - [`text`] texts with their counts
//! - [`target`] targets and their versions; [`result`] what was reached, and its points
//! - [`weights`] points at most; [`bounds`] values that cannot be
//! - [`cycle`] what was done when; [`monitoring`] during the year; [`usage`] what the results are used for
//! - [`coverage`] for how many projects; [`prior`] last year
//! - [`mod@during`] a folder before there are books; [`mod@monitor`] lights at the end of a month; `monitor_document` as a document
//! - [`mod@explain`] points step by step, for people
//! - [`near`] names that are almost what somebody wrote
//! - [`mod@write`] reports, forms and the summary; [`alone`] these without the accounts around them

pub mod alone;
pub mod assemble;
pub mod bounds;
pub mod campaign;
pub mod compute;
pub mod coverage;
pub mod cycle;
pub mod during;
pub mod explain;
pub mod money;
pub mod monitor;
mod monitor_document;
pub mod monitoring;
pub mod near;
pub mod prior;
pub mod project;
pub mod result;
pub mod target;
pub mod text;
pub mod usage;
pub mod weights;
pub mod write;

pub use assemble::campaign;
pub use campaign::{Campaign, Coverage, Fund, IndicatorLine, Monitored, Piece, PriorResult, Subject, Text, UsePlan};
pub use during::{During, during};
pub use explain::explain;
pub use monitor::{Monitoring, monitor};

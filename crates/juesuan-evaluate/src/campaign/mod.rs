//! Performance of one department and year: from what people entered and what the books say to points, grades and texts.
//!
//! In: what was entered ([`juesuan_facts::Entered`]), the facts, the scoring profile. Out: a [`Campaign`], from which
//! documents are written. Deliberately not here: reading sheets, and the wording.
//!
//! In reading order:
//! - [`year`] what is known when everything is put together: of each [`subject`] its [`indicator`]s; [`assemble`] puts it
//!   together
//! - [`project`] which projects; [`money`] what they had and spent
//! - [`compute`] what is computed and never typed
//! - [`text`] texts with their counts
//! - [`target`] targets and their versions; [`result`] what was reached, and its points
//! - [`weights`] points at most; [`bounds`] values that cannot be
//! - [`cycle`] what was done when; [`monitoring`] during the year; [`usage`] what the results are used for
//! - [`coverage`] for how many projects; [`evaluated`] these as facts; [`prior`] last year
//! - [`mod@monitor`] lights at the end of a month
//! - [`mod@explain`] points step by step, for people
//! - [`outcome`] what was met, what was not, and what nobody can say; [`spoken`] texts that do not deny it

pub mod assemble;
pub mod bounds;
pub mod compute;
pub mod coverage;
pub mod cycle;
pub mod evaluated;
pub mod explain;
pub mod indicator;
pub mod money;
pub mod monitor;
pub mod monitoring;
pub mod outcome;
pub mod prior;
pub mod project;
pub mod result;
pub mod spoken;
pub mod subject;
pub mod target;
pub mod text;
pub mod usage;
pub mod weights;
pub mod year;

pub use assemble::{Moment, campaign, campaign_at};
pub use coverage::Coverage;
pub use explain::explain;
pub use indicator::IndicatorLine;
pub use money::Fund;
pub use monitor::{Monitoring, monitor};
pub use monitoring::Monitored;
pub use prior::PriorResult;
pub use subject::Subject;
pub use text::{Piece, Text, shown};
pub use usage::UsePlan;
pub use year::Campaign;

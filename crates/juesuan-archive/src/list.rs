//! The work list: which contents there are, who works on which, and what came of them.
//!
//! SQLite in a file that several processes of one machine share: one writes at a time, each write is one transaction, and what
//! is not committed never was. Statements keep to what PostgreSQL knows too: taking work is one `UPDATE … RETURNING` on a
//! sub-select, which `FOR UPDATE SKIP LOCKED` opens to many machines. Deliberately not here: what the work is.
//!
//! - `database` the file, and how its form came about
//! - [`offer`](Offer) contents as they are found; `take` who works on which; `count` how far it is
//! - `bound` rows that are to stand in bundles

mod bound;
mod count;
mod database;
mod offer;
mod take;

pub(crate) use bound::{Bound, Laid, Made, Member, Part, Swap};
pub use count::{Closing, Poisoned, Standing};
pub use database::List;
pub use offer::{Offer, Offered, Wanted};
pub use take::{Ending, Result as Outcome, Task};

use std::time::{SystemTime, UNIX_EPOCH};

/// Seconds since 1970 (UTC). Only leases go by it; no result does.
fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    i64::try_from(since).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests;

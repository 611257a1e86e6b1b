//! A save that came too late, told as what stands there now.

use juesuan_store::{Entry, Error};

use crate::fault::Fault;
use crate::moment;

/// As any fault, but for a late save: who was there first, when, and what it is.
pub fn told(error: Error) -> Fault {
    match error {
        Error::Conflict(standing) => {
            let file = standing.subject.splitn(3, '/').nth(2).unwrap_or(&standing.subject);
            Fault::Conflict([file, &moment::shown(standing.at), &standing.person].join(" "))
        }
        error => error.into(),
    }
}

/// Who saved a file last, and when.
pub fn late(entry: &Entry) -> String {
    [moment::shown(entry.at).as_str(), &entry.person].join(" ").trim().to_owned()
}

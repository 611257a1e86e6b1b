//! Numbers of things, one type each so that none is taken for another.

use std::fmt;
use std::num::ParseIntError;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $subject:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl $name {
            /// How events and errors name it: kind, a stroke, number.
            pub fn subject(self) -> String {
                format!(concat!($subject, "/{}"), self.0)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = ParseIntError;

            fn from_str(text: &str) -> Result<$name, ParseIntError> {
                text.parse().map($name)
            }
        }
    };
}

id!(
    /// Number of a document.
    DocumentId,
    "document"
);
id!(
    /// Number of a version of a document, over all documents.
    VersionId,
    "version"
);
id!(
    /// Number of a job.
    JobId,
    "job"
);
id!(
    /// Number of a folder from which accounts are made.
    FolderId,
    "folder"
);
id!(
    /// Number of an issue, over all folders.
    IssueId,
    "issue"
);

//! Who writes, and when.

/// Who writes, and when: the store has no clock and asks nobody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Milliseconds since 1970 (UTC).
    pub at: i64,
    /// Name of the person.
    pub person: String,
}

impl Stamp {
    /// A stamp of `person` at `at`, in ms since 1970 (UTC).
    pub fn new(at: i64, person: impl Into<String>) -> Stamp {
        Stamp { at, person: person.into() }
    }
}

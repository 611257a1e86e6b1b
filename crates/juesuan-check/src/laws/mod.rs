//! The five laws, one file each.

pub(crate) mod agreement;
pub(crate) mod balance;
pub(crate) mod claims;
pub(crate) mod complete;
pub(crate) mod derivation;
pub(crate) mod listed;
pub(crate) mod order;
pub(crate) mod partition;
pub(crate) mod sum;
pub(crate) mod told;

use juesuan_catalog::Law;

use crate::docket::Heading;

/// The heading of a law.
pub(crate) fn heading(law: &Law) -> Heading<'_> {
    Heading { code: &law.code, severity: law.severity }
}

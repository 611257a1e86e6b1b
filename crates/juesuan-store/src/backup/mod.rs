//! Whole copies of a folder: made while the store is open, and brought back only if everything in them is what was written.

mod beside;
mod copy;
mod manifest;
mod restore;

pub use copy::backup;
pub use manifest::Manifest;
pub use restore::restore;

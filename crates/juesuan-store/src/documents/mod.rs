//! Publications and their versions.

pub(crate) mod document;
mod list;
mod record;
mod remove;

pub use document::{Document, Figures, Identity, Version};
pub use list::{Choices, Column, Direction, Filter, Listed, Sort};
pub use record::{Reading, Recorded};

//! The examples of the repository, compiled: what comes out is what was published, and what their READMEs say.
//!
//! - `made` an example compiled once
//! - `expected` zengdu-2023 against the list of figures beside it
//! - `published` zengdu-2023 against every figure of the published text
//! - `given` putuo-planning-2024 against the finished tables
//! - `consolidated` a department against its units

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops where an example is wrong")]

mod consolidated;
mod expected;
mod given;
mod made;
mod published;

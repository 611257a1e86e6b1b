//! The plan of the house, held against the code.
//!
//! In: the files of this repository. Out: what the tests of this crate compare with ARCHITECTURE.md and with the lists in
//! `lists/`, which only shrink. Deliberately not here: anything that the program itself needs, and rules of style that the
//! compiler, `rustfmt` or `clippy` already keep.
//!
//! In reading order:
//! - [`repository`] the crates of the workspace with their source files
//! - [`file`](mod@file) one parsed source file: lines, functions, literals, and the paths it names
//! - [`circles`] files of one crate that use each other in a round
//! - [`plan`] the crates and arrows that ARCHITECTURE.md draws
//! - [`shrinking`] lists of what is still too large or too many

pub mod circles;
pub mod file;
pub mod plan;
pub mod repository;
pub mod shrinking;

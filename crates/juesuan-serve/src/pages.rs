//! What a person sees: one file for each thing.
//!
//! - [`entrance`] getting in, and the end of the program; [`assets`] style and scripts
//! - [`documents`] the list; [`uploads`] what is sent; [`jobs`] what is at work
//! - [`evaluate`] the room in which performance is evaluated
//! - [`kept`] what is kept at this desk: the log, a copy of all of it
//! - [`look`] the room in which the law is looked up
//! - [`reports`] what was found in a version; [`pictures`] its pages; [`answers`] what is said to it; [`saved`] reports as files
//! - [`make`] making accounts; `conflict` a save that came too late

pub mod answers;
pub mod assets;
mod conflict;
pub mod documents;
pub mod entrance;
pub mod evaluate;
pub mod jobs;
pub mod kept;
pub mod look;
pub mod make;
pub mod pictures;
pub mod readings;
pub mod reports;
pub mod saved;
pub mod uploads;

//! What a store keeps, seen from outside.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may stop"
)]

mod answers;
mod backup;
mod contents;
mod corrections;
mod documents;
mod events;
mod folders;
mod issues;
mod jobs;
mod open;
mod scratch;
mod sessions;

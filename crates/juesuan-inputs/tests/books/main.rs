//! Books read from a folder, as a user has them.

mod accounts;
mod consolidation;
mod exports;
mod faults;
mod folder;
mod ledgers;
mod told;

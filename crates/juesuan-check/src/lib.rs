//! The five laws, the rules and the grouping of findings.
//!
//! In: a package (compiled or read, it makes no difference), the catalogue, earlier packages of the same entity. Out: every
//! relation with its verdict, and one finding for each cause. Deliberately not here: reading and writing.
//!
//! Only what is printed counts. A printed figure is the interval of values that round to it; a relation is broken only if no
//! values inside the intervals satisfy it. What cannot be read makes a relation unreadable, never broken and never true.
//!
//! In reading order:
//! - [`check()`] the whole run; [`prove`] what stands where a picture was read, as far as arithmetic decides it
//! - `ledger` the figures by meaning, with the `decimals` of their document; `case` a relation and what each of its figures ought to be; `quotient` percentages;
//!   `docket` the collection, `effort` what it may cost; `passages` the texts of the document, `amounts` their money; `patterns` those of a rule, compiled, `code_names`,
//!   `broken_names` and `paths` the names of the classification in tables and texts
//! - `laws` agreement, sum, balance, derivation, order
//! - `formula` what the formulas of the rules come to; `rules` their execution; `bodies` those that no formula can say
//! - `group` which figure is at fault; `exchange` those that stand in each other's place and `slide` columns one row off, by what `moved`
//!   figures do; `displaced` tables whose rows do not fit; `suggest` what should stand there and what probably happened; `findings` puts them together, `key` tells them apart and `order` orders them
//! - [`links`] several documents at once; [`waiver`] findings that somebody answers for
//! - [`example`] the examples of the rules as packages; [`reference`] the rules for people

mod amounts;
mod bodies;
mod broken_names;
mod case;
mod check;
mod code_names;
mod decimals;
mod displaced;
mod docket;
mod effort;
pub mod example;
mod example_performance;
mod exchange;
mod findings;
mod formula;
mod group;
mod key;
mod laws;
mod ledger;
pub mod links;
mod moved;
mod order;
mod outline;
mod passages;
mod paths;
mod patterns;
mod proof;
mod quotient;
pub mod reference;
mod rules;
mod scanned;
mod slide;
mod sought;
mod suggest;
pub mod waiver;

pub use check::{beyond, check};
pub use links::{Beside, Card, Directory, Named, alike, check_all, check_alone, check_beside, may_be_prior};
pub use proof::prove;
pub use reference::{RulePage, explain, reference, rules};
pub use rules::Trial;

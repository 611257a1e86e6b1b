//! The written language, as far as every reader of it needs the same answer.
//!
//! In: printed text. Out: the text as it is compared, with the way back to what is printed; numbers in Chinese; numbers of
//! headings and lists; days; words of units. No word of accounting is known here: those are data in `catalog/`. No input or
//! output, no clock.
//!
//! # The form in which texts are compared
//! There is one, for sentences, titles, labels, the words of the catalogue and the patterns in rule files:
//!
//! | printed | compared |
//! |---|---|
//! | white space, control characters, quotation marks of all kinds | nothing |
//! | brackets of any width: `（` `〔` `[`; not `【`, which sets apart what is to be filled in | `(` `)` |
//! | `,` `;` `:` `!` `?` of either width | `，` `；` `：` `！` `？` |
//! | digits, letters and all other signs of ASCII in full width: `９` `％` `．` `／` | `9` `%` `.` `/` |
//! | dashes and signs of minus: `—` `–` `－` `−` | `-` |
//! | `≧` `⩾`, `≦` `⩽` | `≥`, `≤` |
//! | radicals that stand for ideographs: `⻋` `⺠` | `车` `民` |
//!
//! Words and patterns of the catalogue are written as they look in print: what compares them puts them into the form too
//! ([`plain`], [`pattern`]), so that a full-width bracket in a pattern is a bracket and never a group. In running text
//! ([`Text`]) the separators of thousands fall out as well, and numbers that white space sets apart stay apart.
//!
//! # Modules in reading order
//! [`script`] other ways of writing a character; [`form`] one character, one label; [`text`] running text and its way back; [`numeral`] numbers in Chinese; [`ordinal`]
//! numbers of headings and lists; [`number`] printed numbers inside a text; [`unit`] words of units; [`day`] days of the
//! calendar; [`part`](mod@part) ranges to parts; [`file_name`](mod@file_name) names of files; [`system`] what the system says of one.

pub mod day;
pub mod file_name;
pub mod form;
pub mod number;
pub mod numeral;
pub mod ordinal;
pub mod part;
pub mod script;
pub mod system;
pub mod text;
pub mod unit;

pub use day::Day;
pub use file_name::file_name;
pub use form::{BOX, characters, is_private, is_unshowable, pattern, plain, shown, steers};
pub use ordinal::Ordinal;
pub use part::{element, element_mut, part, part_mut, part_of_text};
pub use system::system_fault;
pub use text::Text;

//! From the folder of a department and year to what it says.
//!
//! In: the input files of one department and year, and the catalogue. Out: [`Inputs`], [`Ledger`] and the
//! [`juesuan_facts::Facts`] of both, or the list of everything wrong with the files. Deliberately not here: evaluating
//! performance, and anything that is written from the facts.
//!
//! One file:
//! - [`validate`] what `department.toml` says that cannot be
//! - [`words`] words of sheets: rows that are no data, how heads are compared
//! - [`mapping`] what a department says of the heads of its tables
//! - [`header`] where the head of a sheet stands
//! - [`cell`] one cell, read by what its column holds
//! - [`sheet`] one file of a kind that the catalogue describes
//! - [`seen`] what was recognised of a table, [`columns`] of all tables of a file
//!
//! The folder:
//! - [`arrangement`] what belongs where
//! - [`folder`] its files, and of which kind each is
//! - [`registers`] what the department counts itself; [`register_facts`] as facts
//! - [`register_order`] what contradicts itself in registers
//! - [`characters`] where certain characters stand
//! - [`evidence`] files that prove what rows say
//! - [`budget`] by function, nature and project, of 三公经费, of procurement
//! - [`of_unit`] whose a row is: of the whole, or of one unit
//! - `origin` where department and units come from
//! - [`prior`] last year's package, and published documents of last year that somebody else read
//! - [`pictured`] last year's figures that were read from a picture and that somebody has yet to confirm
//! - [`merged`] last year's figures of a body that was made of several
//! - [`stated`] small tables of figures with coordinates
//! - [`wide`] sheets with a column of amounts for each choice
//! - `rows` the rows of every kind of sheet
//! - [`entered`] the workbook in which everything can be entered
//! - [`read`](mod@read) everything together
//! - [`judge`] one table by itself, while it is typed
//! - [`books`] the budget accounts of the year; [`consolidate`] from units to the department
//! - [`tables`] finished tables
//! - [`scale`] amounts of a budget or of last year in another unit of money than this year's
//!
//! Beside it:
//! - [`whole`] one file that is whole or as it was
//! - [`classification`] a bureau's full list of codes
//! - [`scaffold`](mod@scaffold) a new folder; [`import`](mod@import) fills it from a workbook of the ministry's software

pub mod arrangement;
pub mod books;
pub mod budget;
pub mod cell;
pub mod characters;
pub mod classification;
pub mod columns;
pub mod consolidate;
pub mod entered;
pub mod evidence;
pub mod folder;
pub mod header;
pub mod import;
pub mod judge;
pub mod mapping;
pub mod merged;
pub mod of_unit;
mod origin;
pub mod pictured;
pub mod prior;
pub mod read;
pub mod register_facts;
pub mod register_order;
pub mod registers;
mod rows;
pub mod scaffold;
pub mod scale;
pub mod seen;
pub mod sheet;
pub mod stated;
pub mod tables;
pub mod validate;
pub mod whole;
pub mod wide;
pub mod words;

pub use arrangement::FOLDERS;
pub use books::{Ledger, LedgerScope};
pub use budget::Budget;
pub use consolidate::Elimination;
pub use mapping::Mapping;
pub use prior::Published;
pub use read::{Inputs, read, read_beside};
pub use registers::{Contract, Equipment, NonTax, Payer, Reception, Registers, Staff, Trip, Vehicle};

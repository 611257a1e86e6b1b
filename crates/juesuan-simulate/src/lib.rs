//! Makes input folders: books, budgets, registers and prior figures that look as an office would export them.
//!
//! In: a plan (what a department paid in a year, as data), or a seed. Out: files of the input folder, as text.
//! Deliberately not here: reading such a folder or judging it; nothing here is used by the program itself.
//! No clock and no outside source of chance: the same plan or seed always gives the same bytes.
//!
//! In reading order:
//! - [`random`] chance from a seed
//! - [`split`] one amount into the payments of a year
//! - [`plan`] what was paid in a year; [`payments`] its vouchers; [`closing`] the vouchers of the year's end
//! - [`ledger`] all vouchers of a plan, numbered
//! - [`sheet`] a table as CSV; [`folder`] the files of one input folder
//! - [`published`] the books of the example `zengdu-2023`
//! - [`profile`] what a department that nobody has is like; [`department`] its folder: its [`units`], [`spending`],
//!   [`projects`], [`own_funds`], [`budget`], [`registers`], [`prior`] and [`texts`]
//! - [`messy`] a published document in untidy files; [`fault`] one fault planted into it
//! - [`load`](mod@load) very many published documents over several years, with what is wrong in them known

pub mod budget;
pub mod closing;
pub mod department;
pub mod fault;
pub mod folder;
pub mod ledger;
pub mod load;
pub mod messy;
pub mod own_funds;
pub mod payments;
pub mod plan;
pub mod prior;
pub mod profile;
pub mod projects;
pub mod published;
pub mod random;
pub mod registers;
pub mod sheet;
pub mod spending;
pub mod split;
pub mod texts;
pub mod units;

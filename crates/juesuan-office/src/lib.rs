//! The use cases of an office, for whoever offers them: a command line, a server.
//!
//! In: trees of files ([`juesuan_read::Files`]: a folder, an archive, what somebody sent) and one loaded catalogue. Out: data,
//! and whole outputs ([`Outlet`]: a folder that is whole or not there, a tree in memory). Every use case is a function that
//! several threads may call at once with the same catalogue; it tells how far it has come, and ends early when it is called off
//! ([`Job`]). Deliberately not here: a terminal, the end of the process, the clock (a day is given), and sentences that only
//! say what happened to the person who asked.
//!
//! In reading order:
//! - [`State`] how a run ends; [`Error`] why there is no result
//! - [`job`] who watches a run, and what calls it off
//! - [`program`] keeps the foreign interpreter of PDF in a process with limits; [`means`] what files of strangers are read with
//! - `apart` keeps the work on one document from the run: a panic is a problem of that document
//! - [`documents`] trees of files to documents that were read, which `search` finds; `shelf` where checked ones are put down, [`packed`] as bytes; [`cache`] what the run before found
//! - [`contents`](mod@contents) what lies in trees, before anybody reads it
//! - [`check`](mod@check) findings of documents, alone and beside each other; [`judge`] whether one was read through and is right
//! - [`examples`](mod@examples) whether the rules of a catalogue are proved by their examples; [`sound`](mod@sound) whether all of it is in order
//! - [`report`](mod@report) what was found, as a file; [`data`] the shapes that other programs read
//! - `last_year` what was published last year, read for those who compile
//! - [`prepare`] a new folder, a workbook or a list of codes taken in; [`arrange`](mod@arrange) where what somebody sends belongs
//! - [`compile`](mod@compile) a department's folder to an output, document by document; [`evaluate`] its performance; [`list`](mod@list) what it lacks;
//!   [`standing`](mod@standing) how far it is; [`before`](mod@before) last year beside what is typed; [`effect`](mod@effect) what changes with it
//! - [`preview`](mod@preview) one document as it would be printed now
//! - [`outlet`] where an output goes, [`folder`] on a disk, `lock` one run at a time; [`formats`] what it is made of, with which [`faces`]; `pdf` the PDF of it
//! - [`publish`](mod@publish) checked packages to an output with its [`manifest`], each through the `press`; [`DraftReason`] why it is a draft; [`unshown`] characters for which a box is printed; [`verify`](mod@verify) whether it is still
//!   what was approved; [`digest`] by which that is known
//!
//! A department's folder to an output in memory:
//!
//! ```no_run
//! use juesuan_catalog::Catalog;
//! use juesuan_compose::Tail;
//! use juesuan_office::{Error, Format, Job, Order, Tree, compile};
//! use juesuan_read::Disk;
//!
//! # fn main() -> Result<(), Error> {
//! let catalog = Catalog::load(&[]).map_err(Error::Inputs)?;
//! let formats = [Format::Html, Format::Json];
//! let order = Order { tail: Tail::Keep, formats: &formats, fonts: &[] };
//! let output = Tree::default();
//! let made = compile(&Disk::new("examples/zengdu-2023"), &order, &output, &catalog, Job::default())?;
//! println!("核对码 {}，{} 个文件", made.published.fingerprint, output.into_files().len());
//! # Ok(())
//! # }
//! ```
//!
//! What somebody sent, checked, watched, and called off when it takes too long:
//!
//! ```
//! use juesuan_catalog::Catalog;
//! use juesuan_office::check::Request;
//! use juesuan_office::{Cancel, Job, Progress, State, check};
//! use juesuan_read::Memory;
//!
//! let catalog = Catalog::load(&[]).unwrap();
//! let sent = Memory::file("通知.txt", "关于开会的通知");
//! let cancel = Cancel::default();
//! let watch = |progress: Progress| println!("{:?} {}", progress.phase, progress.done);
//! let job = Job::watched(&watch).with_cancel(&cancel);
//! let outcome = check(&Request { documents: &[&sent], ..Request::default() }, &catalog, job)?;
//! assert_eq!(outcome.state(), State::Unread, "it is no account of any kind");
//! # Ok::<(), juesuan_office::Error>(())
//! ```

mod apart;
pub mod arrange;
pub mod before;
pub mod cache;
pub mod check;
pub mod compile;
pub mod contents;
pub mod corrections;
pub mod crops;
pub mod data;
pub mod digest;
pub mod documents;
mod drawer;
pub mod effect;
mod error;
pub mod evaluate;
pub mod examples;
pub mod faces;
pub mod folder;
pub mod formats;
pub mod job;
pub mod judge;
mod last_year;
pub mod list;
mod lock;
pub mod manifest;
pub mod means;
pub mod outlet;
pub mod packed;
mod pdf;
mod pictures;
pub mod prepare;
mod press;
pub mod preview;
pub mod program;
pub mod publish;
pub mod readings;
mod reason;
pub mod report;
mod search;
mod shelf;
pub mod sound;
pub mod standing;
mod state;
pub mod unshown;
pub mod verify;

pub use arrange::{Arrival, arrange};
pub use before::{Before, before};
pub use cache::Cache;
pub use check::check;
pub use compile::{Order, compile};
pub use contents::{Content, contents};
pub use corrections::{Correction, Corrections};
pub use effect::{Effect, Weighed, effect, weigh};
pub use error::{Error, TargetFault};
pub use examples::examples;
pub use faces::Faces;
pub use folder::Draft;
pub use formats::Format;
pub use job::{Cancel, Job, Phase, Progress, Watch};
pub use list::{list, list_stopped};
pub use lock::Holder;
pub use outlet::{Outlet, Tree};
pub use preview::{Preview, preview};
pub use program::Program;
pub use publish::{Issue, Published, Target, publish, publish_list};
pub use reason::DraftReason;
pub use report::report;
pub use sound::{sound, sound_sent};
pub use standing::{Standing, standing};
pub use state::State;
pub use verify::verify;

//! What the Desk remembers: documents with their versions, answers to findings, jobs, sessions, settings, and who did what.
//!
//! In: plain values, each write with its [`Stamp`]. Out: the same values, from a folder with one SQLite database and
//! content-addressed files beside it. What other crates own (results, payloads, summaries) is JSON or bytes here. Every write is
//! one transaction on the one writing connection; what a person does is an event of the chain in the same transaction.
//! Deliberately not here: the clock, the rules of the field, pages, texts for people.
//!
//! In reading order:
//! - [`Error`] what can go wrong, in kinds that a page can tell apart; [`Standing`] what was there before a late save
//! - [`Stamp`] who writes and when; `ids` numbers of things; [`Digest`] the name of a content
//! - [`Contents`] files by their digest; `place` how files and folders are made
//! - `lock` one process a folder; `database` connections and migrations; `write` one transaction
//! - [`Store`] a folder that is open
//! - `chain` what people did, each event with the hash of the one before it ([`Chain`]); `events` the same, read ([`Event`])
//! - [`documents`] publications, their versions and lists; `answers` what people say to findings
//! - `corrections` what people say stands in pictures
//! - `jobs` work that goes on behind the pages; `sessions` and `settings`
//! - `folders` files from which accounts are made, every version of them, undo; `issues` what was made of them
//! - [`audit`](fn@audit) whether a folder is what was written; [`backup`](fn@backup) and [`restore`] whole copies; `threads` work that blocks
//!
//! ```
//! use juesuan_store::{Stamp, Store};
//!
//! # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
//! # let folder = std::env::temp_dir().join(format!("juesuan-store-example-{}", std::process::id()));
//! let store = Store::open(&folder).await?;
//! let digest = store.contents().put(b"a budget")?;
//! store.set(&Stamp::new(1_790_000_000_000, "Li"), "first", &serde_json::json!({ "content": digest })).await?;
//! assert_eq!(store.verify_chain().await?.count, 1);
//! store.close().await;
//! # std::fs::remove_dir_all(&folder).unwrap();
//! # Ok::<(), juesuan_store::Error>(())
//! # }).unwrap();
//! ```

mod answers;
mod audit;
mod backup;
mod chain;
mod contents;
mod corrections;
mod database;
mod digest;
pub mod documents;
mod error;
mod events;
mod folders;
mod ids;
mod issues;
mod jobs;
mod lock;
mod place;
mod row;
mod sessions;
mod settings;
mod stamp;
mod store;
mod threads;
mod write;

pub use answers::{Answer, AnswerKind, Answered};
pub use audit::{Audit, Fault, audit};
pub use backup::{Manifest, backup, restore};
pub use chain::{BrokenLink, Chain, LinkFault};
pub use contents::Contents;
pub use corrections::{Corrected, Correction, Spot};
pub use digest::Digest;
pub use documents::{Document, Figures, Filter, Identity, Listed, Reading, Recorded, Sort, Version};
pub use error::{Error, Result, Standing};
pub use events::Event;
pub use folders::{Cause, Edit, Entry, Folder, FolderFace, Undone};
pub use ids::{DocumentId, FolderId, IssueId, JobId, VersionId};
pub use issues::{Approval, Issue, IssueLine, Output};
pub use jobs::{Item, Job, JobEnd, JobLine, JobState};
pub use sessions::{Refusals, Session};
pub use stamp::Stamp;
pub use store::Store;

//! Why a question was not answered.

use std::io;
use std::path::PathBuf;

use datafusion::error::DataFusionError;
use juesuan_catalog::{QueryWords, filled};
use juesuan_text::system_fault;

use crate::fault::Fault;

/// Why a question was not answered. The short texts here are for programmers; people read [`Error::told`].
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The folder has no manifest that can be read.
    #[error("no archive in {folder}: {fault}")]
    NoArchive {
        /// The folder.
        folder: PathBuf,
        /// What is wrong.
        fault: io::Error,
    },
    /// The archive was made by another version of its tables.
    #[error("archive of version {found}, this program reads {own}")]
    Version {
        /// Of the archive.
        found: u32,
        /// Of the catalogue.
        own: u32,
    },
    /// A part that the manifest names is not there, or not as large as it says.
    #[error("part {0} is not as the manifest says")]
    Part(String),
    /// A part that would lie outside of the archive, or in no table's folder.
    #[error("part {0} leads elsewhere")]
    Path(String),
    /// Something is wrong with the question.
    #[error("{0:?}")]
    Question(Box<Fault>),
    /// More memory than the question may have.
    #[error("the question needs more than {megabytes} MB")]
    Memory {
        /// The bound.
        megabytes: usize,
    },
    /// There is no question of this name.
    #[error("no question {name}")]
    NoQuestion {
        /// As somebody wrote it.
        name: String,
        /// Those that are near.
        near: String,
    },
    /// The question has no such parameter.
    #[error("no parameter {name}")]
    NoParameter {
        /// As somebody wrote it.
        name: String,
        /// Those that are near.
        near: String,
    },
    /// No value of a parameter.
    #[error("{text} is no value of {name}")]
    Value {
        /// The parameter.
        name: String,
        /// As somebody wrote it.
        text: String,
        /// True where it should be a whole number.
        whole: bool,
    },
    /// A list without which the question says nothing.
    #[error("{name} is not set")]
    Unset {
        /// The parameter.
        name: String,
        /// What people are told of it.
        about: String,
    },
    /// The file of a parameter cannot be read.
    #[error("cannot read {path}: {fault}")]
    Sheet {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        fault: io::Error,
    },
    /// The file of a parameter lacks a column.
    #[error("{path} has no column {name}")]
    Head {
        /// The file.
        path: PathBuf,
        /// The column, by the heads that are known.
        name: String,
        /// Heads that are there.
        heads: String,
    },
    /// Parquet was asked for on the screen.
    #[error("parquet goes into a file only")]
    Parquet,
    /// A file cannot be written.
    #[error("cannot write {path}: {fault}")]
    Write {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        fault: io::Error,
    },
    /// A fault of the machine.
    #[error(transparent)]
    Machine(#[from] io::Error),
    /// A fault of the engine while it answered.
    #[error(transparent)]
    Engine(DataFusionError),
}

impl Error {
    /// True where another question, another folder or another file would be answered; else the machine or the archive is at fault.
    pub fn is_misuse(&self) -> bool {
        !matches!(self, Error::Part(_) | Error::Path(_) | Error::Machine(_) | Error::Engine(_) | Error::Write { .. })
    }

    /// For people, in the words of the catalogue.
    pub fn told(&self, words: &QueryWords) -> String {
        let refused = &words.refused;
        match self {
            Error::NoArchive { folder, fault } => filled(
                &refused.no_archive,
                &[("folder", &folder.display().to_string()), ("fault", &system_fault(fault))],
            ),
            Error::Version { found, own } => {
                filled(&refused.version, &[("version", &found.to_string()), ("own", &own.to_string())])
            }
            Error::Part(path) => filled(&refused.part, &[("path", path)]),
            Error::Path(path) => filled(&refused.path, &[("path", path)]),
            Error::Question(fault) => fault.told(words),
            Error::Memory { megabytes } => filled(&refused.memory, &[("megabytes", &megabytes.to_string())]),
            Error::NoQuestion { name, near } => filled(&refused.question, &[("name", name), ("near", near)]),
            Error::NoParameter { name, near } => filled(&refused.parameter, &[("name", name), ("near", near)]),
            Error::Value { name, text, whole } => {
                let kind = if *whole { &refused.int } else { &refused.number };
                filled(&refused.value, &[("name", name), ("text", text), ("kind", kind)])
            }
            Error::Unset { name, about } => filled(&refused.unset, &[("name", name), ("about", about)]),
            Error::Sheet { path, fault } => {
                filled(&refused.file, &[("path", &path.display().to_string()), ("fault", &system_fault(fault))])
            }
            Error::Head { path, name, heads } => {
                filled(&refused.head, &[("path", &path.display().to_string()), ("name", name), ("heads", heads)])
            }
            Error::Parquet => refused.parquet.clone(),
            Error::Write { path, fault } => {
                filled(&refused.write, &[("path", &path.display().to_string()), ("fault", &system_fault(fault))])
            }
            Error::Machine(fault) => filled(&refused.machine, &[("fault", &system_fault(fault))]),
            Error::Engine(fault) => filled(&refused.other, &[("fault", &fault.strip_backtrace())]),
        }
    }
}

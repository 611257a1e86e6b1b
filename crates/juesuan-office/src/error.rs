//! Why a use case was not carried out.
//!
//! Faults of documents are findings and faults of inputs are problems; both are results. An error says that there is no result.

use std::io;

use juesuan_compose::Stopped;
use juesuan_model::Problem;

use crate::lock::Holder;
use crate::state::State;

/// Why there is no result.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nothing lies where the caller says.
    #[error("没有 {0}；请检查路径")]
    NotThere(String),
    /// A folder without any file.
    #[error("{0}：文件夹里没有文件")]
    NoFiles(String),
    /// A document to compare with that cannot be read.
    #[error("{0}")]
    Prior(Problem),
    /// Beginnings of codes that no rule has.
    #[error("没有以{}开头的规则代码；juesuan rules 列出全部规则", .0.iter().map(|code| format!("“{code}”")).collect::<String>())]
    NoRule(Vec<String>),
    /// A file of waivers that is none.
    #[error("{0}")]
    Waivers(Problem),
    /// An input of which no accounts can be made: every fault of every file.
    #[error("输入有缺陷，没有编制")]
    Inputs(Vec<Problem>),
    /// The same of a folder that is compiled, with what would be asked all the same.
    #[error("{}", Error::Inputs(Vec::new()))]
    Stopped(Box<Stopped>),
    /// A variant whose documents cannot be written, or not in that year.
    #[error("没有模板“{asked}”。可选：{}", known.join("、"))]
    NoVariant {
        /// What was asked for.
        asked: String,
        /// What there is, each with its name.
        known: Vec<String>,
    },
    /// A level of government that nobody knows.
    #[error("没有“{asked}”这一级。可选：{}", known.join("、"))]
    NoLevel {
        /// What was asked for.
        asked: String,
        /// What there is.
        known: Vec<String>,
    },
    /// A folder in which nothing was entered for an evaluation.
    #[error("没有评价：没有填好的绩效表")]
    NothingEntered,
    /// An output without a manifest.
    #[error("没有 {0}：这不是 compile 的输出文件夹，或清单已被删去；请重新 compile")]
    NoManifest(String),
    /// A manifest that is none any more, or that another version of the program wrote.
    #[error("{0} 改动过，或不是这一版程序写的，已不能作为清单；请重新 compile，不要公开这一份")]
    ManifestChanged(String),
    /// What was given as the code noted at approval, and cannot be one.
    #[error(
        "“{0}”不是核对码：核对码是10组，每组4个字符（0–9、a–f）；请照批准时记下的完整抄写。以前4组的核对码容易伪造，请重新 compile、重新批准"
    )]
    NotACode(String),
    /// A folder that takes no output.
    #[error("{target}：{fault}")]
    Target {
        /// The folder.
        target: String,
        /// Why not.
        fault: TargetFault,
    },
    /// A file of an output that would lie outside it.
    #[error("{0} 不在输出文件夹之内")]
    Outside(String),
    /// Somebody called the run off. Nothing was left behind.
    #[error("已取消，没有留下任何结果")]
    Cancelled,
    /// The disk, or rights on it.
    #[error("{what}")]
    Io {
        /// What was being done, and to which file.
        what: String,
        /// What the system says.
        source: io::Error,
    },
    /// A format could not be written.
    #[error("{what}")]
    Write {
        /// What was being done.
        what: &'static str,
        /// What the writer says.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

/// Why a folder takes no output.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TargetFault {
    /// The root of a disk, or `..`.
    #[error("不能作输出文件夹；请写一个新文件夹的名称")]
    Nameless,
    /// A file.
    #[error("是文件，不是文件夹；请换一个输出文件夹")]
    File,
    /// A pipe.
    #[error("是管道，不是普通文件；请写一个文件名")]
    Pipe,
    /// Files of somebody else: they would be lost.
    #[error("文件夹里有别的文件，为免丢失没有写入；请换一个输出文件夹，或先把它清空")]
    Foreign,
    /// An earlier output to which somebody added files.
    #[error("文件夹里有不是本程序写的文件（{} 等 {count} 个），为免丢失没有写入；请先移走它们", names.join("、"))]
    Added {
        /// Some of them.
        names: Vec<String>,
        /// How many there are.
        count: usize,
    },
    /// Another run writes there.
    #[error("另一个 juesuan 正在写这里（{0}）；请等它结束再运行，或换一个输出文件夹")]
    Busy(Holder),
    /// A folder of the input, which is read from there.
    #[error("在输入的 {0}/ 里面；请把输出文件夹放到别处")]
    InsideInput(String),
    /// The input lies in it.
    #[error("输入就在里面，会被输出覆盖；请把输出文件夹放到别处")]
    AroundInput,
}

impl Error {
    /// How a run ends that ends with this.
    pub fn state(&self) -> State {
        match self {
            Error::NotThere(_)
            | Error::NoFiles(_)
            | Error::Prior(_)
            | Error::Inputs(_)
            | Error::Stopped(_)
            | Error::NothingEntered
            | Error::NoManifest(_)
            | Error::Cancelled => State::Unread,
            Error::ManifestChanged(_) => State::Errors,
            Error::Waivers(_)
            | Error::NoRule(_)
            | Error::NoVariant { .. }
            | Error::NoLevel { .. }
            | Error::NotACode(_)
            | Error::Target { .. } => State::Misuse,
            Error::Outside(_) | Error::Io { .. } | Error::Write { .. } => State::Machine,
        }
    }
}

//! The commands for many documents at once.

use std::num::NonZero;
use std::path::PathBuf;

use clap::Args;

/// `juesuan batch`.
#[derive(Args, Debug)]
#[command(after_help = include_str!("../../help/batch.txt"))]
pub struct Batch {
    /// 文件夹、ZIP、文件，或 @清单.txt（一行一个路径，制表符后可写公开日期）
    #[arg(required = true, value_name = "来源")]
    pub sources: Vec<PathBuf>,
    /// 档案：一个新文件夹，或以前的档案
    #[arg(long, value_name = "文件夹")]
    pub into: PathBuf,
    /// 以前核对过的、没有核对成的也重新核对
    #[arg(long)]
    pub again: bool,
    /// 怎样核对
    #[command(flatten)]
    pub hands: Workers,
}

/// `juesuan worker`.
#[derive(Args, Debug)]
#[command(after_help = include_str!("../../help/worker.txt"))]
pub struct Worker {
    /// 档案
    #[arg(long, value_name = "文件夹")]
    pub archive: PathBuf,
    /// 怎样核对
    #[command(flatten)]
    pub hands: Workers,
    /// Name of a worker that another process has started and watches.
    #[arg(long = "as", value_name = "名称", hide = true)]
    pub name: Option<String>,
}

/// Who works.
#[derive(Args, Clone, Debug)]
pub struct Workers {
    /// 几个进程同时核对；不写时与处理器的核数相同
    #[arg(long, value_name = "个数")]
    pub workers: Option<NonZero<usize>>,
    /// 一份文件最多核对多少秒；超过的不再核对，最后列出来
    #[arg(long, value_name = "秒", hide_default_value = true, default_value = "600")]
    pub limit: NonZero<u32>,
}

//! The commands that ask an archive.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// `juesuan query`.
#[derive(Args, Debug)]
#[command(after_help = include_str!("../../help/query.txt"))]
pub struct Query {
    /// 一句 SELECT；各表的列见 docs/reference/archive.md，视图和现成的问题见 docs/reference/questions.md
    #[arg(value_name = "SQL")]
    pub sql: Option<String>,
    /// 档案（juesuan batch 写出的文件夹）
    #[arg(long, value_name = "文件夹", required_unless_present = "questions")]
    pub archive: Option<PathBuf>,
    /// 问一个现成的问题
    #[arg(long, value_name = "名称", conflicts_with_all = ["sql", "copied"])]
    pub question: Option<String>,
    /// 列出现成的问题和它们的参数
    #[arg(long)]
    pub questions: bool,
    /// 找出单位之间、年度之间照抄的文字；写了 SQL 的，用它查 copies 表
    #[arg(long)]
    pub copied: bool,
    /// 现成的问题的参数；名单写 CSV 文件名。可重复
    #[arg(long = "set", value_name = "名称=值", requires = "question")]
    pub set: Vec<String>,
    /// 输出形式：table 给人看（默认），csv、json、parquet 给程序看；写 --out 时按文件名的结尾
    #[arg(long = "as", value_enum, value_name = "形式", hide_possible_values = true)]
    pub form: Option<RowForm>,
    /// 写进这个文件，不打印；全部写成才换上
    #[arg(long, value_name = "文件")]
    pub out: Option<PathBuf>,
    /// 屏幕上的表最多列几行
    #[arg(long, value_name = "行数", default_value_t = 100)]
    pub rows: usize,
    /// 最多用多少 MB 内存存放中间结果；放不下的先写到磁盘
    #[arg(long, value_name = "MB")]
    pub memory: Option<usize>,
}

/// `juesuan rank`.
#[derive(Args, Debug)]
#[command(after_help = include_str!("../../help/rank.txt"))]
pub struct Rank {
    /// 档案（juesuan batch 写出的文件夹）
    #[arg(long, value_name = "文件夹")]
    pub archive: PathBuf,
    /// 把网页和 CSV 写进这个文件夹；不写时只打印各年度的结果
    #[arg(long, value_name = "文件夹")]
    pub out: Option<PathBuf>,
    /// 最多用多少 MB 内存存放中间结果
    #[arg(long, value_name = "MB")]
    pub memory: Option<usize>,
}

/// How rows are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RowForm {
    /// 给人看
    Table,
    /// 逗号分隔
    Csv,
    /// JSON
    Json,
    /// Parquet
    Parquet,
}

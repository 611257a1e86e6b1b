//! The command line as people see it. Help texts here are the manual.

#[cfg(feature = "query")]
mod archive;
mod evaluate;
#[cfg(feature = "archive")]
mod many;
#[cfg(feature = "serve")]
mod window;

use std::num::NonZero;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use juesuan_compose::bulletin::Quarter;
use juesuan_text::Day;
use serde::Deserialize;

#[cfg(feature = "query")]
pub use archive::{Query, Rank, RowForm};
pub use evaluate::{Evaluate, IndicatorFor, Indicators};
#[cfg(feature = "archive")]
pub use many::{Batch, Worker, Workers};
#[cfg(feature = "serve")]
pub use window::{Backup, Restore, Serve};

/// 编制、核对并发布部门决算。
#[derive(Parser, Debug)]
#[command(
    name = "juesuan",
    version,
    about = "决算：把一个部门的账和台账变成全套决算公开文本；核对任何人公开的决算",
    after_help = include_str!("../help/juesuan.txt")
)]
pub struct Cli {
    /// 财政部门自己的目录（表样、科目、规则），逐项加在内置目录之上；可重复
    #[arg(long, global = true, value_name = "文件夹")]
    pub catalog: Vec<PathBuf>,
    /// 做什么
    #[command(subcommand)]
    pub command: Command,
}

/// The commands, in the order in which a user meets them.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// 新建一个部门年度文件夹：一个可直接填写的“填报表.xlsx”
    New(New),
    /// 把决算软件导出的工作簿（财决01表……附03表），或上年决算表的照片、扫描件装进文件夹
    Import(Import),
    /// 编制：从文件夹生成 DOCX、PDF、XLSX、网页和 JSON，并核对
    Compile(Compile),
    /// 绩效：计分、自评表和自评报告、年中监控、督办通报
    Evaluate(Evaluate),
    /// 绩效指标库：按词查常用指标，另存成可以粘贴的行
    Indicators(Indicators),
    /// 核对：找出公开的决算、预算文件里的每一处矛盾
    Check(Check),
    /// 批量核对：成千上万份文件，结果存成可以查询的档案；停下以后接着做
    #[cfg(feature = "archive")]
    Batch(Batch),
    /// 帮着核对 batch 列好的文件
    #[cfg(feature = "archive")]
    Worker(Worker),
    /// 打开窗口：在浏览器里核对、答复、编制，不用命令行
    #[cfg(feature = "serve")]
    Serve(Serve),
    /// 备份窗口的全部内容：文件、版本、答复、记录
    #[cfg(feature = "serve")]
    Backup(Backup),
    /// 把备份恢复成一个新的数据文件夹
    #[cfg(feature = "serve")]
    Restore(Restore),
    /// 查询档案：批量核对的每一个数都能用 SQL 查；也有现成的问题
    #[cfg(feature = "query")]
    Query(Query),
    /// 排名：按公开的办法给档案里的决算评分，A 到 E
    #[cfg(feature = "query")]
    Rank(Rank),
    /// 看一份文件读出了什么：表格、数和它们的含义，以及没有读懂的
    Read(Read),
    /// 验证输出文件夹是否仍是当时核对、批准的那一份；也验证窗口的数据文件夹是否完好
    Verify(Verify),
    /// 科目：查询，或装入财政部门的完整科目表
    #[command(subcommand)]
    Codes(Codes),
    /// 目录：检查财政部门自己的目录有没有差错
    #[command(subcommand)]
    Catalog(CatalogCommand),
    /// 列出全部规则
    Rules,
    /// 解释一条规则
    Rule {
        /// 规则代码，例如 LW001
        #[arg(value_name = "代码")]
        code: String,
    },
    /// 程序里用到的第三方软件和数据的许可证
    Notices,
    /// 生成参考文档（规则、输入文件）
    #[command(hide = true)]
    Reference {
        /// 写到哪个文件夹
        folder: PathBuf,
    },
}

/// `juesuan new`.
#[derive(Args, Debug)]
pub struct New {
    /// 要新建的文件夹
    #[arg(value_name = "文件夹")]
    pub folder: PathBuf,
    /// 决算年度，例如 2023
    #[arg(long, value_name = "年度", value_parser = year)]
    pub year: u16,
    /// 地区模板，例如 湖北、上海（hubei、shanghai）
    #[arg(long, value_name = "模板")]
    pub variant: String,
    /// 部门全称
    #[arg(long, value_name = "名称", hide_default_value = true, default_value = "")]
    pub name: String,
    /// 级次：中央、省、市、区、县、乡，也认得 地级市、县级 等
    #[arg(long, value_name = "级次", hide_default_value = true, default_value = "")]
    pub level: String,
    /// 地区
    #[arg(long, value_name = "地区", hide_default_value = true, default_value = "")]
    pub region: String,
    /// 不要一个工作簿，要一个文件夹：带说明的 toml 和每种一个的录入表
    #[arg(long = "folder")]
    pub sheets: bool,
}

/// `juesuan import`.
#[derive(Args, Debug)]
pub struct Import {
    /// 决算软件导出的 XLSX 或 XLS；也可以是上年决算表的照片、截图、扫描件（PDF），识别成待确认的上年数
    #[arg(value_name = "工作簿或图片")]
    pub workbook: PathBuf,
    /// 部门年度文件夹
    #[arg(value_name = "文件夹")]
    pub folder: PathBuf,
}

/// `juesuan compile`.
#[derive(Args, Debug)]
pub struct Compile {
    /// 部门年度文件夹
    #[arg(value_name = "文件夹")]
    pub folder: PathBuf,
    /// 输出文件夹；先写在旁边，全部成功后才换上
    #[arg(long, value_name = "文件夹")]
    pub out: PathBuf,
    /// 只出其中几种，用逗号分开：docx,pdf,xlsx,html,json（默认全部）
    #[arg(long, value_enum, value_name = "格式", hide_possible_values = true, hide_default_value = true, value_delimiter = ',', default_values_t = [FileFormat::Docx, FileFormat::Pdf, FileFormat::Xlsx, FileFormat::Html, FileFormat::Json])]
    pub formats: Vec<FileFormat>,
    /// PDF 用的字体文件夹
    #[arg(long, value_name = "文件夹")]
    pub fonts: Vec<PathBuf>,
    /// 尾差并入最大的一项（默认按元四舍五入，保留尾差）
    #[arg(long)]
    pub close_tail: bool,
}

/// Output formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum FileFormat {
    /// Word
    Docx,
    /// PDF
    Pdf,
    /// Excel
    Xlsx,
    /// 网页
    Html,
    /// 数据
    Json,
}

/// `juesuan check`.
#[derive(Args, Clone, Debug)]
#[command(after_help = include_str!("../help/check.txt"))]
pub struct Check {
    /// PDF、DOCX、XLSX、XLS、网页、文本、package.json，或含有这些文件的文件夹、ZIP；几份一起给出时互相核对（部门与单位、今年与去年、预算与决算）
    #[arg(required = true, value_name = "文件")]
    pub files: Vec<PathBuf>,
    /// 上年的决算，只作比较，自己不核对
    #[arg(long, value_name = "文件")]
    pub prior: Vec<PathBuf>,
    /// 输出形式：text 给人看（默认），concise 一条发现一行，json、sarif 给程序看，html 网页报告，xlsx 审计清单，docx 审核意见书
    #[arg(long, visible_alias = "output-format", value_enum, value_name = "形式", hide_possible_values = true)]
    pub format: Option<CheckFormat>,
    /// 只列这些规则的发现：代码或代码的开头，用逗号分开，例如 LW,WD101；ALL 是全部
    #[arg(long, value_name = "代码", value_delimiter = ',')]
    pub select: Vec<String>,
    /// 不列这些规则的发现，写法同 --select；写得更长的优先。略去几条会说明
    #[arg(long, value_name = "代码", value_delimiter = ',')]
    pub ignore: Vec<String>,
    /// 只打印各规则有几条发现、涉及几份文件，多的在前
    #[arg(long)]
    pub statistics: bool,
    /// 设置文件（TOML），[check] 下可写 select、ignore、format、statistics、waivers、preview；不写时用当前文件夹里的 juesuan.toml
    #[arg(long, value_name = "文件", conflicts_with = "isolated")]
    pub config: Option<PathBuf>,
    /// 不用当前文件夹里的 juesuan.toml
    #[arg(long)]
    pub isolated: bool,
    /// 写进这个文件，不打印
    #[arg(long, value_name = "文件")]
    pub out: Option<PathBuf>,
    /// 豁免文件（TOML）：有人负责的发现不再计入
    #[arg(long, value_name = "文件")]
    pub waivers: Option<PathBuf>,
    /// 更正文件（TOML）：有人对照图片更正过的数，按更正的核对；在窗口里更正后导出
    #[arg(long, value_name = "文件")]
    pub corrections: Option<PathBuf>,
    /// 今天的日期（2025-03-31），用来判断豁免是否到期
    #[arg(long, value_name = "日期")]
    pub date: Option<String>,
    /// 也用试行的规则核对；它们的发现标明“试行”，最多是警告
    #[arg(long)]
    pub preview: bool,
    /// 文件夹和多份文件时，也不用上一次留下的核对结果（在用户的缓存文件夹里，按内容、目录和程序查找）
    #[arg(long)]
    pub no_cache: bool,
    /// 最多用这么多秒：到时还没有核对的文件列出来（退出码 2），核对完的照样写进报告
    #[arg(long, value_name = "秒")]
    pub seconds: Option<NonZero<u32>>,
    /// json 中列出每一条关系：两边各项、结论、容许的尾差
    #[arg(long)]
    pub full: bool,
}

/// `juesuan read`.
#[derive(Args, Debug)]
pub struct Read {
    /// 同 check
    #[arg(required = true, value_name = "文件")]
    pub files: Vec<PathBuf>,
    /// 输出形式：text 给人看，json 给程序看
    #[arg(long, value_enum, value_name = "形式", hide_possible_values = true, hide_default_value = true, default_value_t = ReadFormat::Text)]
    pub format: ReadFormat,
    /// 说明每句话怎样读出：由谁读、切成哪些词、每个数的口径来自哪个词，没有读懂的为什么
    #[arg(long)]
    pub trace: bool,
}

/// How a report is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CheckFormat {
    /// 给人看
    Text,
    /// 一条发现一行
    Concise,
    /// 给程序看
    Json,
    /// 给代码检查工具看
    Sarif,
    /// 网页报告
    Html,
    /// 审计清单
    Xlsx,
    /// 审核意见书
    Docx,
}

/// How what was recognised is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReadFormat {
    /// 给人看
    Text,
    /// 给程序看
    Json,
}

/// `juesuan verify`.
#[derive(Args, Debug)]
pub struct Verify {
    /// compile 的输出文件夹，或窗口的数据文件夹
    #[arg(value_name = "文件夹")]
    pub folder: PathBuf,
    /// 批准时记下的核对码（审批单上的十组，或扫二维码得到的）；给出时一并比对
    #[arg(long, alias = "fingerprint", value_name = "核对码")]
    pub code: Option<String>,
}

/// `juesuan catalog`.
#[derive(Subcommand, Debug)]
pub enum CatalogCommand {
    /// 逐个文件检查：写法、名称、公式、例子；每处差错说出文件、行、可以怎样写
    #[command(after_help = include_str!("../help/catalog-check.txt"))]
    Check {
        /// 目录文件夹，加在内置目录（和 --catalog 的文件夹）之上
        #[arg(value_name = "文件夹")]
        folder: Option<PathBuf>,
    },
}

/// `juesuan codes`.
#[derive(Subcommand, Debug)]
pub enum Codes {
    /// 按编码或名称查询科目
    Show {
        /// 3、5、7 位功能科目或 3、5 位经济科目的编码，或名称里的字，例如 养老
        #[arg(value_name = "编码或名称")]
        code: String,
        /// 年度
        #[arg(long, value_name = "年度", value_parser = year)]
        year: Option<u16>,
    },
    /// 装入完整科目表（CSV 或 XLSX：编码、名称，可有 起始年、终止年），写成一个目录文件夹，供 --catalog 使用
    Import {
        /// 科目表
        #[arg(value_name = "文件")]
        file: PathBuf,
        /// 目录文件夹
        #[arg(long, value_name = "文件夹", default_value = "catalog-local")]
        into: PathBuf,
        /// 功能分类（function）还是经济分类（economic）
        #[arg(long, value_enum, value_name = "分类", hide_possible_values = true, default_value_t = CodeTable::Function)]
        kind: CodeTable,
    },
}

/// Which classification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CodeTable {
    /// 支出功能分类
    Function,
    /// 部门预算支出经济分类
    Economic,
}

/// A month as people type it.
fn month(text: &str) -> Result<u8, String> {
    let month = text.trim_end_matches('月').parse().ok();
    month.filter(|month| (1..=12).contains(month)).ok_or_else(|| "应为 1 到 12，例如 6".to_owned())
}

/// A quarter as people type it.
fn quarter(text: &str) -> Result<Quarter, String> {
    Quarter::parse(text).ok_or_else(|| "应为年份和季度，例如 2023Q3".to_owned())
}

/// A day as people type it.
fn day(text: &str) -> Result<Day, String> {
    Day::parse(text).ok_or_else(|| "应为日期，例如 2023-10-08".to_owned())
}

/// A fiscal year as people type it.
fn year(text: &str) -> Result<u16, String> {
    let year = text.trim_end_matches("年度").trim_end_matches('年').parse().ok();
    year.filter(|year| (2000..=2100).contains(year)).ok_or_else(|| "应为四位年份，例如 2023".to_owned())
}

//! `evaluate` and `indicators`: performance.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use juesuan_compose::bulletin::Quarter;
use juesuan_text::Day;

use super::{FileFormat, day, month, quarter};

/// `juesuan evaluate`.
#[derive(Args, Debug)]
#[command(after_help = include_str!("../../help/evaluate.txt"))]
pub struct Evaluate {
    /// 部门年度文件夹
    #[arg(value_name = "文件夹")]
    pub folder: PathBuf,
    /// 输出文件夹：只写绩效的文件（第三部分的绩效说明、自评报告和自评表）；与 --monitor、--bulletin 同用时写那一份
    #[arg(long, value_name = "文件夹")]
    pub out: Option<PathBuf>,
    /// 只出其中几种，用逗号分开：docx,pdf,xlsx,html,json（默认全部）
    #[arg(long, value_enum, value_name = "格式", requires = "out", hide_possible_values = true, hide_default_value = true, value_delimiter = ',', default_values_t = [FileFormat::Docx, FileFormat::Pdf, FileFormat::Xlsx, FileFormat::Html, FileFormat::Json])]
    pub formats: Vec<FileFormat>,
    /// PDF 用的字体文件夹
    #[arg(long, value_name = "文件夹")]
    pub fonts: Vec<PathBuf>,
    /// 截至几月底的双监控：支出进度对时间，指标对目标，例如 6
    #[arg(long, value_name = "月份", value_parser = month)]
    pub monitor: Option<u8>,
    /// 哪个季度的督办通报，例如 2023Q3；要同时写 --date
    #[arg(long, value_name = "季度", value_parser = quarter, conflicts_with = "monitor")]
    pub bulletin: Option<Quarter>,
    /// 督办通报算到哪一天，例如 2023-10-08：这一天以前到期而没有办结的是逾期
    #[arg(long, value_name = "日期", value_parser = day, requires = "bulletin")]
    pub date: Option<Day>,
    /// 督办通报的发文字号，例如 某府办督〔2023〕3号；不写时留着，印出后填写
    #[arg(long, value_name = "文号", requires = "bulletin")]
    pub number: Option<String>,
    /// 逐项说明一个项目（或“整体”）的得分是怎样算出来的
    #[arg(long, value_name = "项目", conflicts_with_all = ["monitor", "bulletin", "out"])]
    pub explain: Option<String>,
}

/// `juesuan indicators`.
#[derive(Args, Debug)]
#[command(after_help = include_str!("../../help/indicators.txt"))]
pub struct Indicators {
    /// 要找的词；不写时按层级列出全部
    #[arg(value_name = "词")]
    pub words: Vec<String>,
    /// 只看用于整体的，或用于项目的
    #[arg(long = "for", value_enum, value_name = "整体|项目", hide_possible_values = true)]
    pub scope: Option<IndicatorFor>,
    /// 把找到的另存成 CSV，列与 performance/绩效指标.csv 相同
    #[arg(long, value_name = "文件")]
    pub csv: Option<PathBuf>,
}

/// For what an indicator is looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum IndicatorFor {
    /// 部门（单位）整体
    #[value(name = "整体", alias = "whole")]
    Whole,
    /// 项目
    #[value(name = "项目", alias = "project")]
    Project,
}

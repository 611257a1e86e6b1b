//! The commands of the window and of what it keeps.

use std::path::PathBuf;

use clap::Args;

/// `juesuan serve`.
#[derive(Args, Debug)]
#[command(after_help = include_str!("../../help/serve.txt"))]
pub struct Serve {
    /// 存放全部内容的文件夹（默认在用户的数据文件夹里）
    #[arg(long, value_name = "文件夹")]
    pub data: Option<PathBuf>,
    /// 端口；不写时由系统选一个空闲的
    #[arg(long, value_name = "端口", hide_default_value = true, default_value_t = 0)]
    pub port: u16,
    /// 不打开浏览器，只显示地址
    #[arg(long)]
    pub no_browser: bool,
}

/// `juesuan backup`.
#[derive(Args, Debug)]
#[command(after_help = include_str!("../../help/backup.txt"))]
pub struct Backup {
    /// 窗口的数据文件夹（serve 启动时显示）
    #[arg(value_name = "数据文件夹")]
    pub data: PathBuf,
    /// 备份成什么：以 .zip 结尾是一个文件，否则是一个新文件夹
    #[arg(value_name = "备份")]
    pub to: PathBuf,
}

/// `juesuan restore`.
#[derive(Args, Debug)]
#[command(after_help = include_str!("../../help/restore.txt"))]
pub struct Restore {
    /// 备份的文件或文件夹
    #[arg(value_name = "备份")]
    pub from: PathBuf,
    /// 新的数据文件夹，还没有的
    #[arg(value_name = "数据文件夹")]
    pub to: PathBuf,
}

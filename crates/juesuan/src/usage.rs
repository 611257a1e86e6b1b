//! Help and usage errors in Chinese: clap knows English only.

use clap::builder::Command;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, CommandFactory, Error, FromArgMatches};

use crate::cli::Cli;

/// Layout of a help page.
const PAGE: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}\n";

/// Reads the command line; an error is help that was asked for, or wrong usage.
pub fn parse() -> Result<Cli, Error> {
    let matches = spoken(Cli::command().disable_help_subcommand(true)).try_get_matches()?;
    Cli::from_arg_matches(&matches)
}

/// A command and those below it with Chinese headings.
fn spoken(command: Command) -> Command {
    let mut command = command
        .help_template(PAGE)
        .subcommand_help_heading("命令")
        .subcommand_value_name("命令")
        .disable_help_flag(true)
        .arg(Arg::new("help").short('h').long("help").action(ArgAction::Help).help("显示这一页"));
    if command.get_version().is_some() {
        let version = Arg::new("version").short('V').long("version").action(ArgAction::Version).help("显示版本");
        command = command.disable_version_flag(true).arg(version);
    }
    command
        .mut_args(|arg| {
            let heading = if arg.is_positional() { "文件和文件夹" } else { "选项" };
            arg.help_heading(heading)
        })
        .mut_subcommands(spoken)
}

/// A usage error for people: what is wrong, and where to read on.
pub fn explained(error: &Error) -> String {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        Some(value) => value.to_string(),
        None => String::new(),
    };
    let (arg, value) = (context(ContextKind::InvalidArg), context(ContextKind::InvalidValue));
    let valid = context(ContextKind::ValidValue);
    let message = match error.kind() {
        ErrorKind::MissingRequiredArgument => format!("缺少 {arg}"),
        ErrorKind::InvalidValue if value.is_empty() => format!("{arg} 后面要写内容{}", one_of(&valid)),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("{arg} 不能是“{value}”{}{}", one_of(&valid), reason(error))
        }
        ErrorKind::UnknownArgument => format!("没有“{arg}”这个选项，或这里不能再写别的内容"),
        ErrorKind::InvalidSubcommand => format!("没有“{}”这个命令", context(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingSubcommand => "没有写命令".to_owned(),
        ErrorKind::ArgumentConflict => format!("{arg} 重复，或与别的选项不能同时使用"),
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("{arg} 后面的内容个数不对")
        }
        ErrorKind::InvalidUtf8 => "命令里有不能识别的字符".to_owned(),
        _ => error.to_string(),
    };
    format!("用法不对　{message}。juesuan --help 列出全部命令，juesuan 命令 --help 说明一个命令。")
}

fn one_of(valid: &str) -> String {
    if valid.is_empty() { String::new() } else { format!("；可以写：{valid}") }
}

fn reason(error: &Error) -> String {
    use std::error::Error as _;
    error.source().map(|source| format!("；{source}")).unwrap_or_default()
}

//! What the system says of a file, in words for people.

use std::io::{Error, ErrorKind};

/// What Windows says of a file that another program has open, or of which it holds a part: the library has no kind for them.
const HELD: [i32; 2] = [32, 33];
const HELD_SAID: &str = "别的程序正在使用它，请关闭后再试";

/// Why a file or folder could not be read or written.
///
/// ```
/// let error = std::io::Error::from(std::io::ErrorKind::PermissionDenied);
/// assert!(juesuan_text::system_fault(&error).starts_with("没有权限"));
/// ```
pub fn system_fault(error: &Error) -> String {
    let plain = match error.kind() {
        ErrorKind::NotFound => "没有这个文件或文件夹，请检查路径",
        ErrorKind::PermissionDenied => "没有权限，请检查权限，或关闭正在使用它的程序",
        ErrorKind::NotADirectory => "路径里有一段是文件，不是文件夹",
        ErrorKind::IsADirectory => "是文件夹，不是文件",
        ErrorKind::AlreadyExists => "已经有这个文件",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "磁盘已满",
        ErrorKind::FileTooLarge => "文件太大，这个磁盘放不下",
        ErrorKind::ReadOnlyFilesystem => "磁盘只能读，不能写",
        ErrorKind::InvalidFilename => "文件名太长，或有不能用的字符",
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => HELD_SAID,
        ErrorKind::InvalidData | ErrorKind::InvalidInput => "内容不对，可能已损坏",
        ErrorKind::UnexpectedEof => "文件不完整",
        ErrorKind::Interrupted | ErrorKind::TimedOut => "读写被打断，请再试一次",
        ErrorKind::OutOfMemory => "内存不够",
        // What our own readers say is told in Chinese already.
        _ => match error.raw_os_error() {
            Some(code) if cfg!(windows) && HELD.contains(&code) => HELD_SAID,
            Some(code) => return format!("系统错误 {code}"),
            None if error.to_string().is_ascii() => "系统错误",
            None => return error.to_string(),
        },
    };
    match error.get_ref().map(ToString::to_string).filter(|said| !said.is_ascii()) {
        Some(said) => said,
        None => plain.to_owned(),
    }
}

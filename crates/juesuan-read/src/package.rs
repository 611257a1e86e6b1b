//! `package.json`, as this program leaves it in an output folder.

use juesuan_model::package::FORMAT;
use juesuan_model::{Package, Place, Problem};
use serde::Deserialize;

/// Name of a package inside an output folder.
pub const NAME: &str = "package.json";

/// Name of the workbook with every relation that was looked at: it lies beside documents and is none.
pub const RELATIONS: &str = "勾稽关系.xlsx";

/// How the workbook is called in which what a document lacks is filled in: it lies beside documents and is none.
pub const LIST: &str = "待填清单";

/// Name of the sheet on which a person approves an output: it lies beside documents and is none.
pub const APPROVAL: &str = "approval.docx";

/// What every version of the format says of itself.
#[derive(Deserialize)]
struct Head {
    format: u32,
}

/// A package from its bytes; a problem carries `file`, and the line where reading broke off.
///
/// # Errors
/// What is no package, and what a newer program wrote: its fields may mean something else.
///
/// ```
/// let problem = juesuan_read::package::read("package.json", br#"{"format": 99}"#).unwrap_err();
/// assert!(problem.message.contains("格式 99"));
/// ```
pub fn read(file: &str, bytes: &[u8]) -> Result<Package, Problem> {
    let place = |line: Option<u32>| Place { file: Some(file.to_owned()), line, ..Place::default() };
    let read = serde_json::from_slice::<Package>(bytes);
    // A newer format need not have the fields of this one: its number is asked for by itself.
    let format = match &read {
        Ok(package) => Some(package.format),
        Err(_) => serde_json::from_slice(bytes).ok().map(|Head { format }| format),
    };
    if let Some(format) = format.filter(|format| *format > FORMAT) {
        let message = format!("是新版程序写出的（格式 {format}），这个程序只认识到格式 {FORMAT}；请换用新版程序");
        return Err(Problem::fatal(place(None), message));
    }
    read.map_err(|error| {
        let line = u32::try_from(error.line()).ok().filter(|line| *line > 0);
        Problem::fatal(place(line), "不是本程序写出的 package.json，或已损坏；请换成输出文件夹里的原文件")
    })
}

//! Where what is installed beside the program lies: faces, models.

use std::ffi::OsString;
use std::path::PathBuf;

/// Folders of a user that hold what belongs to programs, below a variable of the environment.
const OF_THE_USER: [(&str, &str); 4] = [
    ("XDG_DATA_HOME", "juesuan"),
    ("HOME", ".local/share/juesuan"),
    ("APPDATA", "juesuan"),
    ("HOME", "Library/Application Support/juesuan"),
];

/// Where things of a kind (`fonts`, `models`) are looked for: the folder named by `JUESUAN_FONTS` and the like, one of that name beside the
/// program, the data folder of the user (the script of that name puts them there).
///
/// Never the current folder: whoever works in a folder that a stranger sent would use the stranger's things.
pub fn usual(kind: &str) -> Vec<PathBuf> {
    let beside = std::env::current_exe().ok().and_then(|program| Some(program.parent()?.join(kind)));
    of(kind, |name| std::env::var_os(name), beside)
}

pub(crate) fn of(kind: &str, variable: impl Fn(&str) -> Option<OsString>, beside: Option<PathBuf>) -> Vec<PathBuf> {
    let named = variable(&format!("JUESUAN_{}", kind.to_uppercase()));
    let named = named.filter(|folder| !folder.is_empty()).map(PathBuf::from);
    let users = OF_THE_USER.map(|(name, below)| Some(PathBuf::from(variable(name)?).join(below).join(kind)));
    // A variable that holds a relative path would lead into the current folder.
    let own = beside.into_iter().chain(users.into_iter().flatten()).filter(|place| place.is_absolute());
    named.into_iter().chain(own).collect()
}

//! Where a user keeps the data of programs.

use std::ffi::OsString;
use std::path::PathBuf;

/// The system, as far as its users' folders differ.
#[derive(Clone, Copy, Debug)]
enum System {
    Windows,
    Mac,
    Other,
}

impl System {
    const fn this() -> System {
        if cfg!(windows) {
            System::Windows
        } else if cfg!(target_os = "macos") {
            System::Mac
        } else {
            System::Other
        }
    }
}

/// The folder of the window unless somebody names one; `None` where the system does not say where this user's data are.
pub fn usual_folder() -> Option<PathBuf> {
    folder(System::this(), |name| std::env::var_os(name))
}

fn folder(system: System, variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let variable = |name: &str| variable(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let home = |below: &str| variable("HOME").map(|home| home.join(below));
    let data = match system {
        System::Windows => variable("LOCALAPPDATA"),
        System::Mac => variable("XDG_DATA_HOME").or_else(|| home("Library/Application Support")),
        System::Other => variable("XDG_DATA_HOME").or_else(|| home(".local/share")),
    }?;
    Some(data.join("juesuan").join("desk"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_system_has_its_own_place_and_an_empty_variable_names_none() {
        let set = |name: &'static str, value: &'static str| move |asked: &str| (asked == name).then(|| value.into());
        let at = |place: &str| Some(PathBuf::from(place).join("juesuan").join("desk"));
        assert_eq!(folder(System::Windows, set("LOCALAPPDATA", "C:\\用户\\张 三")), at("C:\\用户\\张 三"));
        assert_eq!(folder(System::Windows, set("HOME", "/home/a")), None);
        assert_eq!(folder(System::Other, set("HOME", "/home/a")), at("/home/a/.local/share"));
        assert_eq!(folder(System::Other, set("XDG_DATA_HOME", "/data")), at("/data"));
        assert_eq!(folder(System::Mac, set("HOME", "/Users/a")), at("/Users/a/Library/Application Support"));
        assert_eq!(folder(System::Other, set("HOME", "")), None);
    }
}

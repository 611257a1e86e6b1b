//! Scratch folders with a compiled example, and conversions of it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use juesuan_model::{Package, Problem};
use juesuan_read::Pages;

/// A folder of one test; gone when the test ends.
pub struct Scratch(PathBuf);

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

impl Scratch {
    /// A folder with an example compiled into `out`.
    pub fn compiled(name: &str, example: &str) -> Scratch {
        let folder = std::env::temp_dir().join(format!("juesuan-reading-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(example);
        let run = Command::new(env!("CARGO_BIN_EXE_juesuan"))
            .args(["compile".as_ref(), from.as_os_str()])
            .args(["--out", "out", "--formats", "docx,xlsx,html,json"])
            .current_dir(&folder)
            .output()
            .unwrap();
        assert!(folder.join("out/package.json").exists(), "{}", String::from_utf8_lossy(&run.stderr));
        Scratch(folder)
    }

    pub fn package(&self) -> Package {
        serde_json::from_slice(&fs::read(self.0.join("out/package.json")).unwrap()).unwrap()
    }

    /// The output of an ending: the page of the document itself for `html`; never the sheet of approval beside it.
    fn output(&self, ending: &str) -> PathBuf {
        if ending == "html" {
            return self.0.join("out/site/index.html");
        }
        let files = fs::read_dir(self.0.join("out")).unwrap().map(|entry| entry.unwrap().path());
        let document =
            |path: &PathBuf| path.extension().is_some_and(|e| e == ending) && !path.ends_with("approval.docx");
        files.into_iter().find(document).unwrap()
    }

    pub fn read(&self, ending: &str) -> Pages {
        let pages = juesuan_read::pages(&self.output(ending), &format!("决算.{ending}")).unwrap();
        assert!(pages.problems.is_empty(), "{:?}", pages.problems);
        pages
    }

    /// What LibreOffice makes of an output.
    pub fn converted(&self, from: &str, to: &str) -> Pages {
        self.convert(from, to).unwrap()
    }

    pub fn convert(&self, from: &str, to: &str) -> Result<Pages, Problem> {
        let folder = self.0.join(format!("{from}-{to}"));
        let filter = match (from, to) {
            // Without this a web page is opened for the web, and its tables are lost in a text file.
            ("html", "docx") => "docx:MS Word 2007 XML",
            _ => to,
        };
        let run = Command::new("soffice")
            .arg(format!("-env:UserInstallation=file://{}", self.0.join("profile").display()))
            .args(["--headless", "--convert-to", filter, "--outdir"])
            .arg(&folder)
            .arg(self.output(from))
            .output()
            .unwrap();
        let made = fs::read_dir(&folder).ok().and_then(|mut files| {
            files.find_map(|f| {
                let path = f.unwrap().path();
                path.extension().is_some_and(|e| e == to).then_some(path)
            })
        });
        let made = made.unwrap_or_else(|| panic!("{from} to {to}: {}", String::from_utf8_lossy(&run.stderr)));
        juesuan_read::pages(&made, &format!("决算.{to}"))
    }
}

/// True if LibreOffice is installed.
pub fn has_office() -> bool {
    Command::new("soffice").arg("--version").output().is_ok()
}

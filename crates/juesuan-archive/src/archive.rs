//! The folder of an archive.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use juesuan_catalog::{ArchiveSchema, Catalog};
use juesuan_office::digest;

use crate::bundle::{ENDING, WRITING};
use crate::error::{Error, Result, machine};
use crate::list::{List, Part};

/// Folder of what is no part of the data.
const WORK: &str = "work";
/// The work list in it.
const LIST: &str = "list.sqlite";
/// Folder in it of contents that lie in no file of their own.
const CONTENTS: &str = "contents";
/// What is locked while parts are laid.
const LOCK: &str = "laying.lock";

/// An archive: a folder of tables, the manifest that names their parts, and `work/`.
#[derive(Clone, Debug)]
pub struct Archive {
    root: PathBuf,
    form: u32,
    catalog_digest: String,
    program: String,
}

impl Archive {
    /// The archive in this folder; what is not there is made. `program` is what results depend on beside the catalogue.
    ///
    /// # Errors
    /// [`Error::Foreign`] for a folder that holds something else, and a disk that fails.
    pub fn open(root: &Path, catalog: &Catalog, program: &str) -> Result<Archive> {
        // Not by the manifest: what `compile` writes has one of the same name, and parts without their list would be swept away.
        let has_list = root.join(WORK).join(LIST).is_file();
        let holds_only = |folder: &Path, names: &[&str]| {
            below(folder).iter().all(|path| names.iter().any(|name| path.file_name().is_some_and(|own| own == *name)))
        };
        // A run that was ended before it made its list leaves no more than this.
        let is_begun = || holds_only(root, &[WORK]) && holds_only(&root.join(WORK), &[CONTENTS, LOCK]);
        if root.is_file() || !has_list && !is_begun() {
            return Err(Error::Foreign(root.display().to_string()));
        }
        let contents = root.join(WORK).join(CONTENTS);
        fs::create_dir_all(&contents).map_err(machine("make", &contents))?;
        Ok(Archive {
            root: root.to_owned(),
            form: catalog.archive.version,
            catalog_digest: digest::of_catalog(catalog),
            program: program.to_owned(),
        })
    }

    /// The archive that is in this folder already.
    ///
    /// # Errors
    /// [`Error::Foreign`] where there is none.
    pub fn of(root: &Path, catalog: &Catalog, program: &str) -> Result<Archive> {
        if root.join(WORK).join(LIST).is_file() {
            Archive::open(root, catalog, program)
        } else {
            Err(Error::Foreign(root.display().to_string()))
        }
    }

    /// Where it lies.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Its work list.
    ///
    /// # Errors
    /// A list of another form, and a database that fails.
    pub fn list(&self) -> Result<List> {
        List::open(&self.root.join(WORK).join(LIST), self.form)
    }

    /// By what results are known as those of this catalogue and this program.
    pub fn key(&self) -> String {
        format!("{} {}", self.catalog_digest, self.program)
    }

    /// The digest of the catalogue.
    pub fn catalog_digest(&self) -> &str {
        &self.catalog_digest
    }

    /// The program by its name and version.
    pub(crate) fn program(&self) -> String {
        format!("juesuan {}", self.program)
    }

    /// Where the bytes of a content are kept that lies in no file of its own.
    pub(crate) fn content(&self, digest: &str) -> PathBuf {
        self.root.join(WORK).join(CONTENTS).join(digest)
    }

    /// Digests of the contents that are kept.
    pub(crate) fn contents(&self) -> Vec<String> {
        let all = below(&self.root.join(WORK).join(CONTENTS));
        all.iter().filter_map(|path| Some(path.file_name()?.to_str()?.to_owned())).collect()
    }

    /// Waits until nobody else lays parts; nobody does until what is given goes.
    pub(crate) fn alone(&self) -> Result<File> {
        let path = self.root.join(WORK).join(LOCK);
        let failed = || machine("lock", &path);
        // To open a pipe would wait for whoever reads it; a link leads somewhere else.
        if fs::symlink_metadata(&path).is_ok_and(|there| !there.is_file()) {
            return Err(failed()(ErrorKind::InvalidInput.into()));
        }
        let file = File::options().write(true).create(true).truncate(false).open(&path).map_err(failed())?;
        match file.lock() {
            // On disks that know no locks two batches at once are not kept apart.
            Err(error) if error.kind() == ErrorKind::Unsupported => Ok(file),
            locked => locked.map(|()| file).map_err(failed()),
        }
    }

    /// Whether these parts lie there, as long as they were written.
    ///
    /// # Errors
    /// [`Error::Part`] for the first that does not.
    pub(crate) fn whole(&self, parts: &[Part]) -> Result<()> {
        let is_whole = |part: &&Part| {
            let found = fs::symlink_metadata(self.root.join(&part.path));
            found.is_ok_and(|found| found.is_file() && found.len() == part.bytes)
        };
        match parts.iter().find(|part| !is_whole(part)) {
            Some(part) => Err(Error::Part(part.path.clone())),
            None => Ok(()),
        }
    }

    /// Removes parts that nobody names: those that were replaced, and what a run left that was ended.
    pub(crate) fn sweep(&self, parts: &[Part], schema: &ArchiveSchema) -> Result<()> {
        let named: BTreeSet<PathBuf> = parts.iter().map(|part| self.root.join(&part.path)).collect();
        for table in &schema.tables {
            for year in below(&self.root.join(&table.name)) {
                for province in below(&year) {
                    for file in below(&province).into_iter().filter(|file| is_part(file) && !named.contains(file)) {
                        fs::remove_file(&file).or_else(gone).map_err(machine("remove", &file))?;
                    }
                    // Fails, as it should, while something lies there.
                    let _ = fs::remove_dir(&province);
                }
                let _ = fs::remove_dir(&year);
            }
        }
        Ok(())
    }
}

/// What lies in a folder; nothing where there is none, and nothing of what a link leads to.
fn below(folder: &Path) -> Vec<PathBuf> {
    let is_link = fs::symlink_metadata(folder).is_ok_and(|there| there.is_symlink());
    let entries = if is_link { None } else { fs::read_dir(folder).ok() };
    entries.into_iter().flatten().flatten().map(|entry| entry.path()).collect()
}

/// True for a part, or one that is being written.
fn is_part(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let whole = name.strip_suffix(WRITING).unwrap_or(&name);
    whole.strip_suffix(ENDING).is_some_and(|front| front.ends_with('.'))
}

fn gone(error: io::Error) -> io::Result<()> {
    if error.kind() == ErrorKind::NotFound { Ok(()) } else { Err(error) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest;

    #[test]
    fn a_folder_that_holds_something_else_is_no_archive_and_stays_as_it_is() {
        let catalog = Catalog::load(&[]).unwrap();
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("mine.txt"), b"x").unwrap();
        assert!(matches!(Archive::open(folder.path(), &catalog, "1"), Err(Error::Foreign(_))));
        assert_eq!(below(folder.path()).len(), 1);
        let compiled = tempfile::tempdir().unwrap();
        fs::write(compiled.path().join(manifest::NAME), b"{}").unwrap();
        fs::create_dir(compiled.path().join(WORK)).unwrap();
        assert!(matches!(Archive::open(compiled.path(), &catalog, "1"), Err(Error::Foreign(_))), "an approved output");
        let inside = folder.path().join("archive");
        assert!(matches!(Archive::of(&inside, &catalog, "1"), Err(Error::Foreign(_))));
        Archive::open(&inside, &catalog, "1").unwrap();
        Archive::open(&inside, &catalog, "1").unwrap().list().unwrap();
        Archive::of(&inside, &catalog, "1").unwrap();
    }

    #[test]
    fn what_nobody_names_goes_and_what_is_not_ours_stays() {
        let catalog = Catalog::load(&[]).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let archive = Archive::open(folder.path(), &catalog, "1").unwrap();
        let place = folder.path().join("figures/year=2024/province=hubei");
        fs::create_dir_all(&place).unwrap();
        for name in ["a.parquet", "b.parquet", ".c.parquet.writing", "notes.txt"] {
            fs::write(place.join(name), b"x").unwrap();
        }
        let path = "figures/year=2024/province=hubei/a.parquet".to_owned();
        let part = Part { table: "figures".to_owned(), path, rows: 1, bytes: 1, sha256: String::new() };
        archive.sweep(&[part], &catalog.archive).unwrap();
        let mut left: Vec<_> = below(&place).iter().map(|path| path.file_name().unwrap().to_owned()).collect();
        left.sort();
        assert_eq!(left, ["a.parquet", "notes.txt"]);
        archive.sweep(&[], &catalog.archive).unwrap();
        assert!(place.exists(), "somebody's notes lie there");
    }

    #[cfg(unix)]
    #[test]
    fn links_in_an_archive_lead_to_nothing_that_is_removed_locked_or_taken_for_a_part() {
        let catalog = Catalog::load(&[]).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let (root, mine) = (folder.path().join("archive"), folder.path().join("mine"));
        let archive = Archive::open(&root, &catalog, "1").unwrap();
        for path in [mine.join("province=hubei"), root.join("figures")] {
            fs::create_dir_all(path).unwrap();
        }
        let own = mine.join("province=hubei/a.parquet");
        fs::write(&own, b"x").unwrap();
        std::os::unix::fs::symlink(&mine, root.join("figures/year=2024")).unwrap();
        archive.sweep(&[], &catalog.archive).unwrap();
        assert!(own.exists());
        std::os::unix::fs::symlink(&own, root.join("figures/b.parquet")).unwrap();
        let path = "figures/b.parquet".to_owned();
        let part = Part { table: "figures".to_owned(), path, rows: 1, bytes: 1, sha256: String::new() };
        assert!(matches!(archive.whole(&[part]), Err(Error::Part(path)) if path == "figures/b.parquet"));
        std::os::unix::fs::symlink(&own, root.join(WORK).join(LOCK)).unwrap();
        assert!(matches!(archive.alone(), Err(Error::Machine { doing: "lock", .. })));
    }
}

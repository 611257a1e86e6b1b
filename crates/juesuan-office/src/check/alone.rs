//! Documents checked by themselves, one after the other, for who keeps what was found.

use juesuan_catalog::Catalog;
use juesuan_check::Trial;
use juesuan_model::Problem;
use juesuan_read::{Files, Means};
use juesuan_recognize::Vocabulary;
use juesuan_write::report::Checked;

use crate::documents::{Detail, Found};
use crate::error::Error;
use crate::search::{Search, Told};

use super::gather::judged;
use super::refused;

/// What documents are checked with. What takes time to make of a catalogue is made once.
pub struct Alone<'c> {
    catalog: &'c Catalog,
    vocabulary: Vocabulary<'c>,
    means: Means,
}

/// What came of one.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "there is one at a time")]
pub enum Single {
    /// A document, also one that could not be read.
    Document(Box<Checked>),
    /// A file that is no document.
    Skipped(Problem),
}

impl<'c> Alone<'c> {
    /// By this catalogue, with documents read by these means.
    pub fn new(catalog: &'c Catalog, means: Means) -> Alone<'c> {
        Alone { catalog, vocabulary: Vocabulary::new(catalog), means }
    }

    /// The first document of a tree, as [`super::check`] finds it without others beside it.
    ///
    /// # Errors
    /// A tree without files, and a disk that does not give what lies there.
    pub fn check(&self, files: &dyn Files) -> Result<Single, Error> {
        let mut search = Search::new(&[files])?;
        while let Some(item) = search.next() {
            match item?.read(&self.means, &self.vocabulary, Detail::Result)? {
                Told::End(_) => {}
                Told::Found(Found::Skipped(problem)) => return Ok(Single::Skipped(problem)),
                Told::Found(Found::Refused(problem)) => return Ok(Single::Document(Box::new(refused(problem)))),
                Told::Found(Found::Document(seen)) => {
                    let checked = judged(seen.into_checked(), self.catalog, &[], Trial::Waits);
                    return Ok(Single::Document(Box::new(checked)));
                }
            }
        }
        Err(Error::NoFiles(files.name().to_owned()))
    }
}

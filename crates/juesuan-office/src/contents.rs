//! What lies in trees of files, before anybody reads it: for who lists documents now to have them checked later, elsewhere.

use juesuan_model::Problem;
use juesuan_read::Files;

use crate::error::Error;
use crate::search::Search;

/// A document that was found.
#[derive(Debug)]
pub struct Content {
    /// Its path as given, inside an archive `archive.zip/inner.pdf`.
    pub name: String,
    /// Whether `compile` left it: a `package.json`.
    pub package: bool,
    /// Its bytes, or why it has none.
    pub bytes: Result<Vec<u8>, Problem>,
}

/// Every document of the trees, one at a time: files, folders with all below them, archives, and what `compile` left.
///
/// # Errors
/// A tree that is not there or without files, a folder that cannot be listed, or whatever `take` says.
pub fn contents(trees: &[&dyn Files], mut take: impl FnMut(Content) -> Result<(), Error>) -> Result<(), Error> {
    let mut search = Search::new(trees)?;
    while let Some(item) = search.next() {
        if let Some(content) = item?.content() {
            take(content)?;
        }
    }
    Ok(())
}

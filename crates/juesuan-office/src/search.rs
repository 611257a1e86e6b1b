//! What there is to read in trees of files, found one at a time and read in whichever thread.

use juesuan_model::Problem;
use juesuan_read::file::bytes_of;
use juesuan_read::files::full_name;
use juesuan_read::{Files, Means, Source, Sources};
use juesuan_recognize::Vocabulary;

use crate::apart::{apart, apart_for, lost};
use crate::contents::Content;
use crate::documents::{Detail, Found, is_json, of_package, recognized, refused, roots};
use crate::error::Error;

/// The way through trees of files.
pub(crate) struct Search<'f> {
    /// Trees that were not looked through, the next one last.
    trees: Vec<&'f dyn Files>,
    /// The tree that is looked through, with its roots that were not, the next one last.
    open: Option<(&'f dyn Files, Vec<String>)>,
    /// The documents of one root.
    sources: Option<Sources<'f>>,
    /// How much was found in the tree.
    found: usize,
    /// How many documents were told of in the tree.
    documents: usize,
}

/// What is to be read.
pub(crate) enum Item<'f> {
    /// A document.
    Source(Source<'f>),
    /// What `compile` left.
    Package(&'f dyn Files, String),
    /// Where the search was lost.
    Lost(Problem),
    /// The end of a tree.
    End(String),
}

/// What became of an item.
#[expect(clippy::large_enum_variant, reason = "there is one at a time")]
pub(crate) enum Told {
    /// Something was found.
    Found(Found),
    /// A tree of this name ends.
    End(String),
}

impl<'f> Search<'f> {
    /// Through these trees, in this order.
    ///
    /// # Errors
    /// A tree that is not there.
    pub(crate) fn new(trees: &[&'f dyn Files]) -> Result<Search<'f>, Error> {
        if let Some(absent) = trees.iter().find(|files| files.kind("").is_none()) {
            return Err(Error::NotThere(absent.name().to_owned()));
        }
        let trees = trees.iter().rev().copied().collect();
        Ok(Search { trees, open: None, sources: None, found: 0, documents: 0 })
    }

    /// What comes next.
    pub(crate) fn next(&mut self) -> Option<Result<Item<'f>, Error>> {
        loop {
            if let Some(item) = self.sources.as_mut().and_then(following) {
                self.found += 1;
                return Some(Ok(item));
            }
            self.sources = None;
            let Some((files, waiting)) = &mut self.open else {
                let files = self.trees.pop()?;
                match roots(files) {
                    Ok(roots) => self.open = Some((files, roots.into_iter().rev().collect())),
                    Err(error) => return Some(Err(error)),
                }
                self.found = 0;
                continue;
            };
            let files = *files;
            match waiting.pop() {
                Some(root) if is_json(&full_name(files, &root)) => {
                    self.found += 1;
                    return Some(Ok(Item::Package(files, root)));
                }
                Some(root) => self.sources = Some(juesuan_read::sources(files, &root)),
                None => {
                    self.open = None;
                    let name = files.name().to_owned();
                    return Some(if self.found == 0 { Err(Error::NoFiles(name)) } else { Ok(Item::End(name)) });
                }
            }
        }
    }

    /// Whether there is something that was not looked at.
    pub(crate) fn has_more(&self) -> bool {
        let waiting = self.open.as_ref().is_some_and(|(_, roots)| !roots.is_empty());
        !self.trees.is_empty() || waiting || self.sources.as_ref().is_some_and(Sources::has_more)
    }

    /// What to tell of it, in the order of the items: at the end of a tree nothing, unless everything in it was passed over.
    /// Without that word «no errors» would be said of nothing.
    pub(crate) fn told(&mut self, told: Told) -> Option<Found> {
        match told {
            Told::Found(found) => {
                self.documents += usize::from(!matches!(found, Found::Skipped(_)));
                Some(found)
            }
            Told::End(name) => {
                let documents = std::mem::take(&mut self.documents);
                (documents == 0).then(|| Found::Refused(juesuan_read::documents::without_documents(&name)))
            }
        }
    }
}

/// The bytes of a source, or why it has none.
fn loaded(source: Source<'_>) -> Result<Vec<u8>, Problem> {
    let source = source.loaded()?;
    match source.content() {
        Some((bytes, _)) => Ok(bytes.to_vec()),
        None => source.read().map(|_| Vec::new()),
    }
}

/// The next document of a root, looked for apart from the run.
fn following<'f>(sources: &mut Sources<'f>) -> Option<Item<'f>> {
    let found = apart(|| sources.next());
    found.map_or_else(|| Some(Item::Lost(lost(Some(sources.at())))), |source| source.map(Item::Source))
}

impl Item<'_> {
    /// What it is called; nothing for the end of a tree.
    pub(crate) fn name(&self) -> String {
        match self {
            Item::Source(source) => source.name.clone(),
            Item::Package(files, root) => full_name(*files, root),
            Item::Lost(problem) => problem.place.file.clone().unwrap_or_default(),
            Item::End(_) => String::new(),
        }
    }

    /// Its bytes, that nobody has read yet; nothing for the end of a tree.
    pub(crate) fn content(self) -> Option<Content> {
        let name = self.name();
        let (package, bytes) = match self {
            Item::End(_) => return None,
            Item::Lost(problem) => (false, Err(problem)),
            Item::Package(files, root) => (true, apart_for(&name, || bytes_of(files, &root, &name)).flatten()),
            Item::Source(source) => (false, apart_for(&name, || loaded(source)).flatten()),
        };
        Some(Content { name, package, bytes })
    }

    /// Reads it, apart from the run.
    ///
    /// # Errors
    /// A disk that does not give what lies there.
    pub(crate) fn read(self, means: &Means, vocabulary: &Vocabulary<'_>, detail: Detail) -> Result<Told, Error> {
        Ok(Told::Found(match self {
            Item::End(name) => return Ok(Told::End(name)),
            Item::Lost(problem) => Found::Refused(problem),
            Item::Package(files, root) => {
                let name = full_name(files, &root);
                apart_for(&name, || of_package(files, &root)).unwrap_or_else(|lost| Ok(Found::Refused(lost)))?
            }
            Item::Source(source) => {
                let name = source.name.clone();
                let read = apart(|| match source.read_with(means) {
                    Ok(pages) => Found::Document(Box::new(recognized(&pages, vocabulary, detail))),
                    Err(problem) => refused(name.clone(), problem),
                });
                read.unwrap_or_else(|| Found::Refused(lost(Some(&name))))
            }
        }))
    }
}

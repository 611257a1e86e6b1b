//! All that the typesetter may see: the template, the data and the fonts. No other files, no packages, no clock.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use crate::fonts::Fonts;

const TEMPLATE: &str = include_str!("template.typ");

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

/// The typesetter's surroundings for one document.
pub(crate) struct Closed<'f> {
    template: Source,
    data: (FileId, Bytes),
    fonts: &'f Fonts,
}

impl<'f> Closed<'f> {
    /// `data` is what the template reads as `document.json`.
    pub(crate) fn new(data: Vec<u8>, fonts: &'f Fonts) -> Result<Closed<'f>, String> {
        let id = |name: &str| {
            let path = VirtualPath::new(name).map_err(|error| format!("{name}：{error:?}"))?;
            Ok::<FileId, String>(RootedPath::new(VirtualRoot::Project, path).intern())
        };
        let template = Source::new(id("main.typ")?, TEMPLATE.to_owned());
        Ok(Closed { template, data: (id("document.json")?, Bytes::new(data)), fonts })
    }
}

impl World for Closed<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.fonts.book
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.id() { Ok(self.template.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data.0 { Ok(self.data.1.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.face(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

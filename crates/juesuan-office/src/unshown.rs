//! Characters of a document that cannot be shown as what they are: which, why, and where in the input they stand.
//!
//! An office gets its names from many systems: with marks of direction from web pages, with characters of nobody's standard from systems of
//! personnel, with signs that only telephones have. None of them may keep accounts from being made: a box is printed, the document is a
//! draft, and whoever mends it is told the place.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_inputs::characters;
use juesuan_model::{Package, Place, Problem};
use juesuan_read::Files;
use juesuan_text::{is_private, is_unshowable};

use crate::error::Error;
use crate::faces::Faces;

/// Why a character is not shown as what it is, as a person is told who finds it in a file of the input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unshown {
    /// It steers what shows it, or is no character.
    #[error("有看不见的控制字符 U+{:04X}，会打乱屏幕或文字的次序，各处印成“□”；请删去它", u32::from(*.0))]
    Steers(char),
    /// The faces at hand do not have it.
    #[error("“{0}”（U+{code:04X}）在所用的字体里没有，PDF 里印成“□”；请换一个字，或用 --fonts 给出有这个字的字体", code = u32::from(*.0))]
    Faceless(char),
    /// No standard gives it a meaning.
    #[error("有自造字 U+{:04X}，在别的电脑上会是别的字或空白；请换成国家标准（GB 18030）里的字", u32::from(*.0))]
    Private(char),
}

impl Unshown {
    /// The character.
    pub const fn character(self) -> char {
        match self {
            Unshown::Steers(character) | Unshown::Faceless(character) | Unshown::Private(character) => character,
        }
    }

    /// Whether a box is printed for it.
    pub const fn is_boxed(self) -> bool {
        matches!(self, Unshown::Steers(_) | Unshown::Faceless(_))
    }

    /// Those of a package, with these faces.
    pub(crate) fn all(package: &Package, faces: &Faces) -> Result<Vec<Unshown>, Error> {
        let unread = |source: juesuan_write::Error| Error::Write { what: MADE, source: source.into() };
        let seen = juesuan_write::characters(package).map_err(unread)?;
        let why = |character: char| {
            Some(match character {
                _ if is_unshowable(character) => Unshown::Steers(character),
                _ if faces.lacks(character) => Unshown::Faceless(character),
                _ if is_private(character) => Unshown::Private(character),
                _ => return None,
            })
        };
        Ok(seen.into_iter().filter_map(why).collect())
    }
}

/// What was being done when a package could not be walked.
const MADE: &str = "JSON";

/// Each character at the places where it stands in the files of the input; one that was found nowhere (it came from a catalogue) under the
/// name of the folder.
pub fn told<'p>(all: &[Unshown], folder: &dyn Files, paths: impl Iterator<Item = &'p str>) -> Vec<Problem> {
    let wanted: BTreeSet<char> = all.iter().map(|unshown| unshown.character()).collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let why: BTreeMap<char, Unshown> = all.iter().map(|unshown| (unshown.character(), *unshown)).collect();
    let mut found = characters::places(folder, paths, &wanted);
    for character in wanted {
        if !found.iter().any(|(there, _)| *there == character) {
            found.push((character, Place { file: Some(folder.name().to_owned()), ..Place::default() }));
        }
    }
    let problem = |(character, place)| Some(Problem::doubt(place, why.get(&character)?.to_string()));
    found.into_iter().filter_map(problem).collect()
}

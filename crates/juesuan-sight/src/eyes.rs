//! The door: whoever reads pictures, with the models that it needs.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use juesuan_model::Place;
use juesuan_read::{Handle, Picture, Piece, Shown, Sight};

use crate::boxes;
use crate::look::{Seen, look};
use crate::net::Net;
use crate::picture::{self, Unpacked, is_within_bounds, unpacked};
use crate::reader::Reader;
use crate::shades::Colours;
use crate::warp::{float, index};

/// The files of the models in their folder: the one that reads, and its letters.
pub const MODEL: &str = "PP-OCRv6_rec_small.rten";
/// A smaller one of the same family, which reads in a sixth of the time; where it is not sure, and without it, the other one reads.
pub const SWIFT_MODEL: &str = "PP-OCRv6_rec_tiny.onnx";
/// Grows when the same picture is read otherwise: results that were kept of it are then read anew.
const VERSION: u32 = 2;
const LETTERS: &str = "ppocrv6_dict.txt";
/// Pictures with shorter sides are ornaments, in dots.
const SIDES_MIN: [usize; 2] = [60, 200];
/// What is read less surely than this on the whole is no document, in thousandths.
const SURE_MIN: u32 = 600;
/// A picture of such a part of its page is the page: in percent.
const PAGE: u8 = 50;
/// Of such a picture: letters of a line of text, and what part of all stands in such lines or in tables, in percent.
const LINE_MIN: usize = 8;
const TEXT_MIN: usize = 60;
/// Of any other: lines of its tables each way and cells with something in them; or letters of a full line, and such lines. Charts and
/// photographs have words on them that are no text of the document.
const RULINGS_MIN: usize = 3;
const CELLS_MIN: usize = 6;
const FULL_LINE_MIN: usize = 16;
const FULL_LINES_MIN: usize = 8;

/// Reads pictures.
pub struct Eyes {
    folder: PathBuf,
    /// Loaded when the first picture comes; `None` if the models are broken.
    reader: OnceLock<Option<Reader>>,
}

/// A folder without the models.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unequipped {
    /// The file that is not there.
    pub lacks: PathBuf,
}

impl Eyes {
    /// Those with the models in a folder. Nothing is loaded yet.
    ///
    /// # Errors
    /// The folder lacks one of them.
    pub fn new(folder: &Path) -> Result<Eyes, Unequipped> {
        let lacks = [MODEL, LETTERS].map(|file| folder.join(file)).into_iter().find(|path| !path.is_file());
        match lacks {
            Some(lacks) => Err(Unequipped { lacks }),
            None => Ok(Eyes { folder: folder.to_owned(), reader: OnceLock::new() }),
        }
    }

    fn reader(&self) -> Option<&Reader> {
        let load = || {
            let model = std::fs::read(self.folder.join(MODEL)).ok()?;
            let letters = std::fs::read_to_string(self.folder.join(LETTERS)).ok()?;
            let swift = std::fs::read(self.folder.join(SWIFT_MODEL)).ok().and_then(|model| Net::new(model, None).ok());
            Some(Reader::new(Net::new(model, Some(&letters)).ok()?, swift))
        };
        self.reader.get_or_init(load).as_ref()
    }

    fn see(&self, picture: &Picture) -> Option<Vec<Piece>> {
        let shown = picture.handle.as_ref()?.open().ok()?;
        let Unpacked { width, height, rgb, shrunk } = unpacked(shown)?;
        let [least, most] = SIDES_MIN;
        if width.min(height) < least || width.max(height) < most {
            return None;
        }
        let seen = look(&Colours { width, height, rgb: &rgb }, self.reader()?).ok()?;
        if !is_document(&seen) {
            return None;
        }
        let size = [width * shrunk, height * shrunk].map(|side| u32::try_from(side).unwrap_or(u32::MAX));
        let place = |[left, top, right, bottom]: [u32; 4]| -> Place {
            let corners = [[left, top], [right, top], [left, bottom], [right, bottom]];
            let corners = corners.map(|corner| seen.source(corner.map(|at| float(usize::try_from(at).unwrap_or(0)))));
            let dots = |side: usize, choose: fn(f32, f32) -> f32| {
                let ends = corners.map(|corner| corner.get(side).copied().unwrap_or(0.0));
                let end = ends.into_iter().reduce(choose).unwrap_or(0.0) * float(shrunk);
                u32::try_from(index(end).unwrap_or(0)).unwrap_or(u32::MAX)
            };
            picture.place_of([dots(0, f32::min), dots(1, f32::min), dots(0, f32::max), dots(1, f32::max)], size)
        };
        let pieces = boxes::view(&seen).pieces(&place);
        let is_text =
            if picture.cover >= PAGE { has_text(&pieces) } else { is_ruled(&seen, &pieces) || is_full(&pieces) };
        is_text.then_some(pieces)
    }
}

impl Sight for Eyes {
    fn look(&self, picture: &Picture) -> Vec<Piece> {
        self.see(picture).unwrap_or_default()
    }

    fn is_barred(&self, picture: &Picture) -> bool {
        let opened = picture.handle.as_ref().map(Handle::open);
        opened.is_some_and(|shown| shown.is_ok_and(|shown| !is_within_bounds(&shown)))
    }

    fn dots(&self, shown: &Shown) -> u64 {
        picture::dots(shown)
    }

    fn version(&self) -> String {
        let swift = if self.folder.join(SWIFT_MODEL).is_file() { SWIFT_MODEL } else { "" };
        format!("{MODEL} {swift} {VERSION}")
    }
}

/// True if what was read is mostly what stands there.
fn is_document(seen: &Seen) -> bool {
    let letters = || seen.written.iter().flat_map(|written| &written.letters);
    let sure: u32 = letters().map(|letter| u32::from(letter.sure)).sum();
    sure.checked_div(u32::try_from(letters().count()).unwrap_or(u32::MAX)).is_some_and(|sure| sure >= SURE_MIN)
}

/// True for a table with its lines.
fn is_ruled(seen: &Seen, pieces: &[Piece]) -> bool {
    let cells = |piece: &Piece| match piece {
        Piece::Grid(grid) => grid.rows.iter().flat_map(|row| &row.cells).filter(|cell| !cell.is_blank()).count(),
        Piece::Line(_) | Piece::Picture(_) => 0,
    };
    let lines = seen.rulings.level.len().min(seen.rulings.upright.len());
    lines >= RULINGS_MIN && pieces.iter().map(cells).max().unwrap_or(0) >= CELLS_MIN
}

/// True for a page of text.
fn is_full(pieces: &[Piece]) -> bool {
    let full = |piece: &&Piece| matches!(piece, Piece::Line(line) if line.text.chars().count() >= FULL_LINE_MIN);
    pieces.iter().filter(full).count() >= FULL_LINES_MIN
}

/// True if most of the letters stand in tables or in lines of text.
fn has_text(pieces: &[Piece]) -> bool {
    let (mut all, mut text) = (0, 0);
    for piece in pieces {
        match piece {
            Piece::Line(line) => {
                let count = line.text.chars().count();
                all += count;
                text += if count >= LINE_MIN { count } else { 0 };
            }
            Piece::Grid(grid) => {
                let cells = grid.rows.iter().flat_map(|row| &row.cells);
                let count: usize = cells.map(|cell| cell.as_str().chars().count()).sum();
                all += count;
                text += count;
            }
            Piece::Picture(_) => {}
        }
    }
    all > 0 && text * 100 >= all * TEXT_MIN
}

//! Pictures inside documents: the way to what they show, and the door for whoever reads it.
//!
//! A document with pictures keeps a way to each of them and unpacks none: a [`Handle`] is opened by a reader of pictures, within
//! the bounds of its format. What such a reader recognises takes the picture's place among the pieces of the document, and
//! says that it was [`juesuan_model::Seen::Picture`], so that nobody takes it for certain. No reader of pictures is here.

use std::sync::{Arc, Mutex, PoisonError};

use base64::Engine as _;
use juesuan_model::{Confidence, InPicture, PictureDigest, Place, Problem, Stretch};
use sha2::{Digest as _, Sha256};

use crate::archive::Archive;
use crate::pages::Piece;

/// A picture on a page.
#[derive(Clone, Debug, Default)]
pub struct Picture {
    /// Page and bounds. To whoever looks at it also which picture it is, and as bounds its sides.
    pub place: Place,
    /// Percent of the page that it covers.
    pub cover: u8,
    /// The way to what it shows; `None` where the file has only a link, or does not say which of its parts it is.
    pub handle: Option<Handle>,
}

impl Picture {
    /// Where something stands on the page that stands in the picture at `dots` (left, top, right, bottom) of its `size`
    /// (width, height): the picture's place, its bounds narrowed.
    pub fn place_of(&self, dots: [u32; 4], size: [u32; 2]) -> Place {
        let Some([left, top, right, bottom]) = self.place.bounds.filter(|_| !size.contains(&0)) else {
            return self.place.clone();
        };
        let [width, height] = size;
        let bounds = [
            along(left, right, dots[0], width),
            along(top, bottom, dots[1], height),
            along(left, right, dots[2], width),
            along(top, bottom, dots[3], height),
        ];
        Place { bounds: Some(bounds), ..self.place.clone() }
    }
}

/// What lies between `from` and `to` where `at` of `of` parts are gone; `of` is not 0.
fn along(from: i32, to: i32, at: u32, of: u32) -> i32 {
    let length = i64::from(to) - i64::from(from);
    let moved = length * i64::from(at.min(of)) / i64::from(of);
    i32::try_from(i64::from(from) + moved).unwrap_or(to)
}

/// A way to what a picture shows. Nothing is unpacked before it is opened; copies share what they hold.
#[derive(Clone)]
pub struct Handle(Arc<dyn Fn() -> Result<Shown, Problem> + Send + Sync>);

impl std::fmt::Debug for Handle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Handle")
    }
}

/// What a picture shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// The bytes of a picture file: PNG, JPEG, EMF, … The first bytes say which.
    File(Vec<u8>),
    /// Dots.
    Dots(Dots),
}

/// Dots in rows from the top, as they are to be looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dots {
    /// Dots of a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Red, green and blue of each dot.
    pub rgb: Vec<u8>,
}

impl Handle {
    /// What `open` gives, which keeps within bounds of its own.
    pub fn new(open: impl Fn() -> Result<Shown, Problem> + Send + Sync + 'static) -> Handle {
        Handle(Arc::new(open))
    }

    /// A part of an office file.
    pub(crate) fn part(file: &Arc<[u8]>, path: String) -> Handle {
        let file = Arc::clone(file);
        Handle::new(move || {
            let part = Archive::open("", file.as_ref())?.part(&path)?;
            part.map(Shown::File).ok_or_else(|| Problem::doubt(Place::default(), BROKEN))
        })
    }

    /// The picture in an address of a web page; `None` if the address only names it.
    pub(crate) fn address(address: &str) -> Option<Handle> {
        let (head, data) = address.split_once(',')?;
        let head = head.to_ascii_lowercase();
        let data: Arc<str> = data.into();
        let held = head.starts_with("data:image/") && head.ends_with(";base64");
        held.then(|| {
            Handle::new(move || {
                let text: String = data.chars().filter(|c| !c.is_whitespace()).collect();
                let bytes = base64::engine::general_purpose::STANDARD.decode(text);
                bytes.map(Shown::File).map_err(|_| Problem::doubt(Place::default(), BROKEN))
            })
        })
    }

    /// The same, which gives what it shows at once the first time.
    pub(crate) fn opened(&self, shown: Shown) -> Handle {
        let (again, held) = (self.clone(), Mutex::new(Some(shown)));
        Handle::new(move || {
            let held = held.lock().unwrap_or_else(PoisonError::into_inner).take();
            held.map_or_else(|| again.open(), Ok)
        })
    }

    /// Opens it.
    ///
    /// # Errors
    /// A problem if the file has no such picture, or it is damaged or too large.
    pub fn open(&self) -> Result<Shown, Problem> {
        (self.0)()
    }
}

impl Shown {
    /// What it is known by in every document.
    pub fn digest(&self) -> PictureDigest {
        let mut digest = Sha256::new();
        match self {
            Shown::File(bytes) => digest.update(bytes),
            Shown::Dots(dots) => {
                digest.update(dots.width.to_le_bytes());
                digest.update(dots.height.to_le_bytes());
                digest.update(&dots.rgb);
            }
        }
        PictureDigest::new(digest.finalize().into())
    }
}

/// Left, top, right, bottom, in dots.
pub type Box4 = [u32; 4];

/// A letter that somebody saw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Which it is.
    pub character: char,
    /// The box of its type: as wide as the letter, as high as its line.
    pub bounds: Box4,
    /// How sure that is.
    pub sure: Confidence,
    /// What else it might be, with how likely that is.
    pub others: Vec<(char, Confidence)>,
}

/// A line of a table: a level one at a height, or an upright one at a distance, from one end to the other, in dots.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ruling {
    /// Where it lies.
    pub at: u32,
    /// Its begin.
    pub from: u32,
    /// Its end.
    pub to: u32,
}

/// What somebody saw on a picture, in dots of the picture as it stands upright and straight. [`View::pieces`] puts it in order.
#[derive(Clone, Debug, Default)]
pub struct View {
    /// Width and height.
    pub size: [u32; 2],
    /// How high most letters are.
    pub letters_high: u32,
    /// Letters in any order.
    pub letters: Vec<Letter>,
    /// Level lines of tables.
    pub level: Vec<Ruling>,
    /// Upright ones.
    pub upright: Vec<Ruling>,
}

/// Reads what stands in pictures.
pub trait Sight: Send + Sync {
    /// What stands in a picture, in reading order: lines and tables, each with its place in the picture (see
    /// [`Picture::place_of`]; its sides are [`InPicture::SIDE`], wherever in the document it stands) and how sure it is.
    /// Nothing: there is nothing to read, or it cannot be read.
    fn look(&self, picture: &Picture) -> Vec<Piece>;

    /// Puts what people say stands in a picture into what was read of it elsewhere: each piece says where in the picture it stands.
    fn correct(&self, _picture: &PictureDigest, _pieces: &mut [Piece]) {}

    /// Whether there is any use in opening this picture for it.
    fn wants(&self, _picture: &Picture) -> bool {
        true
    }

    /// True if a picture is damaged, or larger than any that is looked at.
    fn is_barred(&self, _picture: &Picture) -> bool {
        false
    }

    /// How many dots a picture has for it when it is unpacked, by what its file says.
    fn dots(&self, _shown: &Shown) -> u64 {
        0
    }

    /// What tells it from others that read the same picture otherwise; empty for nobody.
    fn version(&self) -> String {
        String::new()
    }
}

/// What is said of a picture that cannot be opened.
pub(crate) const BROKEN: &str = "图片损坏、不完整或过大（超过一亿点），打不开；请按 A4 纸 300 dpi 以内重新扫描或保存";

/// What is said where not all pictures, or pages that are pictures, were looked at.
pub(crate) fn beyond(count: usize) -> String {
    format!("只读了前 {count} 张图片，其余的没有读（图片太多，或文件从这里损坏）；请分成几份，或重新扫描")
}

/// What is said of a file of nothing but pictures that are not read.
pub(crate) fn only_pictures(sight: &dyn Sight) -> String {
    format!("只有图片，没有可以读取的文字；请提供文档本身，不要用截图或扫描件{}", advice(sight))
}

/// What is said where pictures are left unread because nobody reads them.
pub(crate) fn advice(sight: &dyn Sight) -> &'static str {
    if sight.version().is_empty() { "；或运行 models.sh 装上识别图片的模型再读" } else { "" }
}

/// The problem of a document of which something was read from pictures; `None` if nothing was.
pub(crate) fn recognised(file: &str, pieces: &[Piece]) -> Option<Problem> {
    let is_seen = |piece: &&Piece| match piece {
        Piece::Line(line) => !line.seen.is_text(),
        Piece::Grid(grid) => grid.rows.iter().any(|row| row.seen.iter().any(|seen| !seen.is_text())),
        Piece::Picture(_) => false,
    };
    pieces.iter().find(is_seen)?;
    Some(Problem::doubt(Place { file: Some(file.to_owned()), ..Place::default() }, RECOGNISED))
}

/// What is said of what was read from pictures.
pub(crate) const RECOGNISED: &str = "图片里的文字和数是识别出来的，可能有错，请对照图片核对";

/// Nobody reads pictures.
#[derive(Clone, Copy, Debug, Default)]
pub struct Blind;

impl Sight for Blind {
    fn look(&self, _picture: &Picture) -> Vec<Piece> {
        Vec::new()
    }

    fn wants(&self, _picture: &Picture) -> bool {
        false
    }
}

/// Lets `sight` look at every picture; what it reads takes the picture's place. Out: the places of those that it read.
pub(crate) fn look(pieces: &mut Vec<Piece>, sight: &dyn Sight) -> Vec<Place> {
    let mut places = Vec::new();
    if !pieces.iter().any(|piece| matches!(piece, Piece::Picture(_))) {
        return places;
    }
    for piece in std::mem::take(pieces) {
        let Piece::Picture(picture) = &piece else {
            pieces.push(piece);
            continue;
        };
        match seen(picture, sight) {
            None => pieces.push(piece),
            Some(read) => {
                places.push(picture.place.clone());
                pieces.extend(read);
            }
        }
    }
    places
}

/// What `sight` reads in a picture, where it lies in the document; `None` where nothing is read.
pub(crate) fn seen(picture: &Picture, sight: &dyn Sight) -> Option<Vec<Piece>> {
    if !sight.wants(picture) {
        return None;
    }
    let side = i32::try_from(InPicture::SIDE).unwrap_or(i32::MAX);
    let shown = picture.handle.as_ref().and_then(|handle| Some((handle, handle.open().ok()?)));
    let digest = shown.as_ref().map(|(_, shown)| shown.digest());
    let handle = shown.map(|(handle, shown)| handle.opened(shown));
    let at = [0, 0, InPicture::SIDE, InPicture::SIDE];
    let which = digest.map(|picture| Box::new(InPicture { picture, at, ..InPicture::default() }));
    let place = Place { bounds: Some([0, 0, side, side]), picture: which, ..picture.place.clone() };
    let alone = Picture { place, cover: picture.cover, handle: handle.or_else(|| picture.handle.clone()) };
    let read = sight.look(&alone);
    let laid = |piece| laid(piece, picture, digest);
    (!read.is_empty()).then(|| read.into_iter().filter(is_unsure).map(laid).collect())
}

/// A piece of a picture as a piece of the document, which knows where in the picture it stands.
fn laid(mut piece: Piece, picture: &Picture, digest: Option<PictureDigest>) -> Piece {
    let on = picture.place.bounds;
    let on_page = |at: [i32; 4]| Some(scaled(stretch(at), on?));
    match &mut piece {
        Piece::Line(line) => {
            let at = line.place.bounds;
            line.place.bounds = at.and_then(on_page);
            if let Some([left, _, right, _]) = on {
                line.edges.iter_mut().for_each(|edge| *edge = along(left, right, part(*edge), InPicture::SIDE));
            }
            if let (Some(at), Some(digest)) = (at, digest) {
                let known = line.place.picture.take().map(|known| *known).unwrap_or_default();
                line.place.picture = Some(Box::new(InPicture { picture: digest, at: stretch(at), ..known }));
            }
        }
        Piece::Grid(grid) => {
            for row in &mut grid.rows {
                for (column, slot) in row.bounds.iter_mut().enumerate() {
                    let Some(at) = slot.take() else { continue };
                    *slot = on_page(at);
                    if let Some(digest) = digest {
                        let known = row.pictured.entry(column).or_default();
                        (known.picture, known.at) = (digest, stretch(at));
                    }
                }
            }
        }
        Piece::Picture(_) => {}
    }
    piece
}

/// A side of a picture as it is told there.
fn part(at: i32) -> u32 {
    u32::try_from(at).unwrap_or(0).min(InPicture::SIDE)
}

fn stretch(at: [i32; 4]) -> Stretch {
    at.map(part)
}

/// Where a stretch of a picture lies that lies itself at `on`.
fn scaled([left, top, right, bottom]: Stretch, on: [i32; 4]) -> [i32; 4] {
    let [begin, above, end, below] = on;
    let across = |at| along(begin, end, at, InPicture::SIDE);
    let down = |at| along(above, below, at, InPicture::SIDE);
    [across(left), down(top), across(right), down(bottom)]
}

/// True unless somebody takes what he saw in a picture for text.
fn is_unsure(piece: &Piece) -> bool {
    match piece {
        Piece::Line(line) => !line.seen.is_text(),
        Piece::Grid(grid) => grid.rows.iter().all(|row| {
            let filled = row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_blank());
            filled.into_iter().all(|(at, _)| row.seen.get(at).is_some_and(|seen| !seen.is_text()))
        }),
        Piece::Picture(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_a_picture_stands_inside_its_bounds() {
        let place = Place { page: Some(2), bounds: Some([100, 50, 300, 150]), ..Place::default() };
        let picture = Picture { place, ..Picture::default() };
        assert_eq!(picture.place_of([0, 0, 500, 10], [1000, 100]).bounds, Some([100, 50, 200, 60]));
        assert_eq!(picture.place_of([900, 90, 2000, 100], [1000, 100]).bounds, Some([280, 140, 300, 150]));
        assert_eq!(picture.place_of([0, 0, 1, 1], [0, 0]).bounds, Some([100, 50, 300, 150]));
    }

    #[test]
    fn an_address_holds_its_picture_or_only_names_it() {
        let handle = Handle::address("data:image/png;base64,iVBO\nRw==").unwrap();
        assert_eq!(handle.open().unwrap(), Shown::File(b"\x89PNG".to_vec()));
        assert!(Handle::address("data:image/png;base64,%%").unwrap().open().is_err());
        assert!(Handle::address("images/1.png").is_none());
    }
}

//! OFD, the format in which archives keep documents: ZIP with XML, whose pages are laid out as those of PDF are. Letters and
//! straight lines of a page are read as its ink; everything behind that is the same.
//!
//! Source: GB/T 33190-2016. Lengths are millimetres; here they are held as tenths of a micrometre, exactly.

use juesuan_model::{PageSize, Place, Problem, Seen};

use super::answer::read_page;
use super::characters::{is_wide, plain};
use super::ink::{Glyph, Hundredths, Ink, Turn};
use super::notes::Notes;
use super::rulings::Rule;
use super::turn::Sheet;
use super::{PAGES_MAX, piece, too_many};
use crate::archive::Archive;
use crate::budget::Budget;
use crate::drawings::resolve;
use crate::file::{BROKEN, EMPTY, fault};
use crate::pages::{Format, Pages};
use crate::sight::Blind;
use crate::xml::{self, Tag, Token, Xml};

/// What is said of a page that is not there or breaks off.
const BROKEN_PAGE: &str = "这一页缺失或损坏，没有读全；请用原来的软件打开后另存";
/// Tenths of a micrometre in a millimetre, and hundredths of a point in a hundred million of them.
const UNIT: i64 = 10_000;
const HUNDREDTHS: i64 = 2_834_646;
/// Letters and lines of one page that are kept, and of a document.
const INK_MAX: usize = 200_000;
const DOCUMENT_INK_MAX: usize = 4_000_000;
/// Farthest place that is kept: ten metres.
const FARTHEST: i64 = 10_000 * UNIT;

/// Reads an OFD document.
pub fn read(name: &str, bytes: &[u8]) -> Result<Pages, Problem> {
    let mut archive = Archive::open(name, bytes)?;
    let mut part = |path: &str| archive.part(path);
    let entry = part("OFD.xml")?.unwrap_or_default();
    let root = texts(&xml::decode(&entry), "DocRoot").into_iter().next().ok_or_else(|| fault(name, BROKEN))?;
    let root = root.trim_start_matches('/').to_owned();
    let folder = root.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let document = part(&root)?.ok_or_else(|| fault(name, BROKEN))?;
    let outline = Outline::of(&xml::decode(&document));
    let count = u32::try_from(outline.pages.len()).unwrap_or(u32::MAX);
    let file = Place { file: Some(name.to_owned()), ..Place::default() };
    let (mut pieces, mut problems, mut budget) = (Vec::new(), Vec::new(), Budget::document());
    problems.extend(too_many(count, &file));
    let (mut notes, mut left) = (Notes::default(), DOCUMENT_INK_MAX);
    let mut sizes = vec![PageSize::default(); outline.pages.len()];
    sizes.truncate(usize::try_from(PAGES_MAX).unwrap_or(usize::MAX));
    for ((number, path), size) in (1..=PAGES_MAX).zip(&outline.pages).zip(&mut sizes) {
        if left == 0 {
            notes.overfull(number);
            continue;
        }
        let Some(content) = part(&resolve(&folder, path))? else {
            problems.push(Problem::fatal(Place { page: Some(number), ..file.clone() }, BROKEN_PAGE));
            continue;
        };
        let content = xml::decode(&content);
        let mut drawing = Drawing { area: outline.area, ..Drawing::default() };
        for (id, path) in &outline.templates {
            // Forms that lie under the page.
            if content.contains(&format!("TemplateID=\"{id}\""))
                && let Some(template) = part(&resolve(&folder, path))?
            {
                drawing.draw(&xml::decode(&template));
            }
        }
        if !drawing.draw(&content) {
            problems.push(Problem::fatal(Place { page: Some(number), ..file.clone() }, BROKEN_PAGE));
        }
        let (width, height) = (hundredths(drawing.area.0), hundredths(drawing.area.1));
        left = left.saturating_sub(drawing.kept);
        let sheet = Sheet::new(width, height);
        *size = sheet.points();
        let (found, of_page) = read_page(number, drawing.ink, sheet, Vec::new());
        notes.add(of_page);
        let found = found.into_iter().map(|found| piece(name, number, found, |_| None));
        pieces.extend(found.filter(|piece| budget.piece(piece)));
    }
    problems.extend(notes.problems(&file, &Blind));
    problems.extend(budget.problem(name));
    if pieces.is_empty() && problems.is_empty() {
        return Err(fault(name, EMPTY));
    }
    Ok(Pages { file: name.to_owned(), format: Format::Ofd, count, sizes, pieces, problems })
}

/// The texts of all elements of this name.
fn texts(part: &str, name: &str) -> Vec<String> {
    let (mut xml, mut inside, mut found) = (Xml::new(part), false, Vec::new());
    while let Ok(token) = xml.read() {
        match token {
            Token::Open(tag) => {
                inside = xml::name(&tag) == name;
                found.extend(inside.then(String::new));
            }
            Token::Text(text) if inside => {
                if let Some(last) = found.last_mut() {
                    last.push_str(text.trim());
                }
            }
            Token::Close => inside = false,
            Token::End => break,
            Token::Empty(_) | Token::Text(_) => {}
        }
    }
    found
}

/// The pages of a document.
#[derive(Default)]
struct Outline {
    area: (i64, i64),
    pages: Vec<String>,
    /// Forms that lie under pages, by their ids.
    templates: Vec<(String, String)>,
}

impl Outline {
    fn of(document: &str) -> Outline {
        let mut outline = Outline::default();
        let mut xml = Xml::new(document);
        while let Ok(token) = xml.read() {
            match token {
                Token::Open(tag) | Token::Empty(tag) => {
                    let of = |name| xml::attribute(&tag, name).unwrap_or_default().trim_start_matches('/').to_owned();
                    match xml::name(&tag) {
                        "Page" => outline.pages.push(of("BaseLoc")),
                        "TemplatePage" => outline.templates.push((of("ID"), of("BaseLoc"))),
                        _ => {}
                    }
                }
                Token::End => break,
                Token::Close | Token::Text(_) => {}
            }
        }
        let boxes = texts(document, "PhysicalBox");
        if let Some([_, _, width, height]) = boxes.first().map(|numbers| lengths(numbers)).as_deref() {
            outline.area = (*width, *height);
        }
        outline
    }
}

/// Numbers that white space sets apart.
fn lengths(text: &str) -> Vec<i64> {
    text.split_whitespace().map(length).collect()
}

/// A decimal number in ten-thousandths; what is none is 0.
fn length(text: &str) -> i64 {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let fraction: String = fraction.chars().chain("0000".chars()).take(4).collect();
    let whole: i64 = if whole.is_empty() { 0 } else { whole.parse().unwrap_or(0) };
    let value = whole.min(FARTHEST) * UNIT + fraction.parse::<i64>().unwrap_or(0);
    sign * value.min(FARTHEST)
}

fn hundredths(length: i64) -> Hundredths {
    let at = length.clamp(-FARTHEST, FARTHEST) * HUNDREDTHS / 100_000_000;
    Hundredths::try_from(at).unwrap_or(0)
}

/// Steps between letters: numbers, and `g 3 4.2` for the same three times.
fn steps(text: &str) -> Vec<i64> {
    let mut words = text.split_whitespace();
    let mut out = Vec::new();
    while let Some(word) = words.next() {
        if word == "g" {
            let times = words.next().and_then(|times| times.parse::<usize>().ok()).unwrap_or(0);
            let step = words.next().map_or(0, length);
            out.extend(std::iter::repeat_n(step, times.min(INK_MAX)));
        } else {
            out.push(length(word));
        }
    }
    out
}

/// An object while it is read: where it lies, and how it is turned and stretched.
#[derive(Clone, Copy, Default)]
struct Object {
    left: i64,
    top: i64,
    matrix: Option<[i64; 6]>,
    size: i64,
}

impl Object {
    fn of(tag: &Tag<'_>) -> Object {
        let of = |name| xml::attribute(tag, name).map(|value| lengths(&value)).unwrap_or_default();
        let corner = of("Boundary");
        let matrix: Option<[i64; 6]> = of("CTM").try_into().ok();
        let size = xml::attribute(tag, "Size").map_or(0, |size| length(&size));
        Object { left: corner.first().copied().unwrap_or(0), top: corner.get(1).copied().unwrap_or(0), matrix, size }
    }

    /// A vector of the object on the page.
    fn turned(&self, x: i64, y: i64) -> (i64, i64) {
        let [a, b, c, d, ..] = self.matrix.unwrap_or([UNIT, 0, 0, UNIT, 0, 0]);
        let product = |p: i64, q: i64| p.saturating_mul(q) / UNIT;
        (product(a, x).saturating_add(product(c, y)), product(b, x).saturating_add(product(d, y)))
    }

    /// A point of the object on the page.
    fn point(&self, x: i64, y: i64) -> (Hundredths, Hundredths) {
        let (x, y) = self.turned(x, y);
        let [.., e, f] = self.matrix.unwrap_or_default();
        let on = |corner: i64, at: i64, shift: i64| hundredths(corner.saturating_add(at).saturating_add(shift));
        (on(self.left, x, e), on(self.top, y, f))
    }

    fn turn(&self) -> Turn {
        let (x, y) = self.turned(UNIT, 0);
        match (x.abs() >= y.abs(), x >= 0, y >= 0) {
            (true, true, _) => Turn::None,
            (true, false, _) => Turn::Over,
            (false, _, true) => Turn::Right,
            (false, _, false) => Turn::Left,
        }
    }

    /// How long a length along the line, and across it, is on the page.
    fn scaled(&self, along: i64) -> Hundredths {
        let (x, y) = self.turned(along, 0);
        hundredths(x.abs().max(y.abs()))
    }
}

/// A stretch of text while it is read.
#[derive(Default)]
struct Stretch {
    x: i64,
    y: i64,
    across: Vec<i64>,
    down: Vec<i64>,
    text: String,
}

/// A page while it is drawn.
#[derive(Default)]
struct Drawing {
    area: (i64, i64),
    ink: Ink,
    object: Object,
    stretch: Stretch,
    kept: usize,
}

impl Drawing {
    /// Draws a part. False if it breaks off.
    fn draw(&mut self, part: &str) -> bool {
        let mut xml = Xml::new(part);
        let mut open: Vec<String> = Vec::new();
        loop {
            match xml.read() {
                Ok(Token::Open(tag)) => {
                    self.open(&tag);
                    open.push(xml::name(&tag).to_owned());
                }
                Ok(Token::Empty(tag)) => self.open(&tag),
                Ok(Token::Text(text)) => match open.last().map(String::as_str) {
                    Some("TextCode") => self.stretch.text.push_str(&text),
                    Some("AbbreviatedData") => self.path(&text),
                    Some("PhysicalBox") => {
                        if let [_, _, width, height] = *lengths(&text) {
                            self.area = (width, height);
                        }
                    }
                    _ => {}
                },
                Ok(Token::Close) => {
                    if open.pop().as_deref() == Some("TextCode") {
                        self.letters();
                    }
                }
                Ok(Token::End) => return true,
                Err(_) => return false,
            }
        }
    }

    fn open(&mut self, tag: &Tag<'_>) {
        let of = |name| xml::attribute(tag, name).unwrap_or_default();
        match xml::name(tag) {
            "TextObject" | "PathObject" => self.object = Object::of(tag),
            "ImageObject" => {
                if let [left, top, width, height] = *lengths(&of("Boundary")) {
                    let bounds = [left, top, left + width, top + height].map(hundredths);
                    self.ink.pictures.push((self.ink.pictures.len(), bounds));
                }
            }
            "TextCode" => {
                // A stretch goes on where the one before it began, if it does not say so itself.
                let or = |name, before| xml::attribute(tag, name).map_or(before, |value| length(&value));
                let (x, y) = (or("X", self.stretch.x), or("Y", self.stretch.y));
                let (across, down) = (steps(&of("DeltaX")), steps(&of("DeltaY")));
                self.stretch = Stretch { x, y, across, down, text: String::new() };
            }
            _ => {}
        }
    }

    /// Prints the letters of a stretch.
    fn letters(&mut self) {
        let Stretch { x, y, across, down, text } = &self.stretch;
        let (mut x, mut y) = (*x, *y);
        let object = self.object;
        for (at, letter) in text.chars().enumerate() {
            self.kept += 1;
            if self.kept > INK_MAX {
                self.ink.overfull = true;
                return;
            }
            let wide = if is_wide(letter) { object.size } else { object.size / 2 };
            let step = across.get(at).copied();
            let (left, base) = object.point(x, y);
            let character = plain(letter);
            if character != '\0' {
                let advance = object.scaled(step.filter(|step| *step > 0).map_or(wide, |step| step.min(object.size)));
                let size = object.scaled(object.size);
                self.ink.glyphs.push(Glyph {
                    character,
                    x: left,
                    y: base,
                    advance,
                    size,
                    turn: object.turn(),
                    seen: Seen::Text,
                });
            }
            let turned = down.get(at).copied().unwrap_or(0);
            x = x.saturating_add(step.unwrap_or(if turned == 0 { wide } else { 0 }));
            y = y.saturating_add(turned);
        }
    }

    /// Draws the straight lines of a path.
    fn path(&mut self, data: &str) {
        let mut words = data.split_whitespace();
        let mut at = (0, 0);
        let mut begin = at;
        while let Some(word) = words.next() {
            let mut pair = || Some((length(words.next()?), length(words.next()?)));
            match word {
                "M" | "S" => {
                    at = pair().unwrap_or(at);
                    begin = at;
                }
                "L" => {
                    let to = pair().unwrap_or(at);
                    self.line(at, to);
                    at = to;
                }
                "C" => {
                    self.line(at, begin);
                    at = begin;
                }
                // Curves: their last point is where the next line begins.
                "Q" => at = (0..2).filter_map(|_| pair()).last().unwrap_or(at),
                "B" => at = (0..3).filter_map(|_| pair()).last().unwrap_or(at),
                _ => {}
            }
        }
    }

    fn line(&mut self, from: (i64, i64), to: (i64, i64)) {
        self.kept += 1;
        if self.kept > INK_MAX {
            self.ink.overfull = true;
            return;
        }
        let ((x0, y0), (x1, y1)) = (self.object.point(from.0, from.1), self.object.point(to.0, to.1));
        let (wide, high) = ((x1 - x0).abs(), (y1 - y0).abs());
        if high <= wide / 50 {
            self.ink.pieces.level(Rule { at: y0, from: x0.min(x1), to: x0.max(x1) });
        } else if wide <= high / 50 {
            self.ink.pieces.upright(Rule { at: x0, from: y0.min(y1), to: y0.max(y1) });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_exact_and_what_is_none_is_nothing() {
        assert_eq!(lengths("210 -3.5 .25 4.23333 x"), [2_100_000, -35_000, 2_500, 42_333, 0]);
        assert_eq!(hundredths(254_000), 7_200);
        assert_eq!(steps("4 g 2 5.5 3"), [40_000, 55_000, 55_000, 30_000]);
    }

    #[test]
    fn letters_and_lines_lie_where_their_object_lies() {
        let part = r#"<Page><Content><TextObject Boundary="10 20 100 10" Size="5"><TextCode X="0" Y="4" DeltaX="5">合计</TextCode>
            </TextObject><PathObject Boundary="10 30 50 50"><AbbreviatedData>M 0 0 L 50 0 L 50 20</AbbreviatedData></PathObject></Content></Page>"#;
        let mut drawing = Drawing::default();
        assert!(drawing.draw(part));
        let read: Vec<(char, i32, i32)> = drawing.ink.glyphs.iter().map(|g| (g.character, g.x, g.y)).collect();
        assert_eq!(read, [('合', 2_834, 6_803), ('计', 4_251, 6_803)]);
        let (level, upright, _) = drawing.ink.pieces.rules();
        assert_eq!((level.len(), upright.len()), (1, 1));
        assert_eq!(upright[0], Rule { at: 17_007, from: 8_503, to: 14_173 });
    }
}

//! The walk through the text of a document.

use juesuan_model::Place;

use super::paragraph::{Properties, Text, goes_on};
use super::{Context, Note, styles};
use crate::pages::Piece;
use crate::xml::{self, Fault, Tag, Token, Xml};

/// A part while it is read.
pub struct Body<'a, 'c> {
    pub(super) xml: Xml<'a>,
    pub(super) context: &'c mut Context,
    /// Paragraphs and rows so far.
    pub(super) paragraphs: u32,
    /// Tables, boxes and notes around the current place: their paragraphs are not counted.
    pub(super) inside: u32,
    /// Fields that are open; true while their code and not their result is read.
    pub(super) fields: Vec<bool>,
    /// Text of a paragraph whose end was deleted.
    pub(super) carried: String,
    /// True if a page ended behind the last line.
    page_ended: bool,
}

/// Elements that only enclose others, and are looked through. Of an alternative only the first choice is looked at.
#[derive(Default)]
pub struct Open(Vec<Option<bool>>);

impl Open {
    /// Enters an element; false if it must be passed over.
    pub fn enter(&mut self, name: &str) -> bool {
        if matches!(name, "Choice" | "Fallback")
            && let Some(Some(taken)) = self.0.last_mut()
            && std::mem::replace(taken, true)
        {
            return false;
        }
        self.0.push((name == "AlternateContent").then_some(false));
        true
    }

    /// Leaves the innermost element; false if there is none, and what encloses all this has ended.
    pub fn leave(&mut self) -> bool {
        self.0.pop().is_some()
    }
}

/// The kind of letters of a run.
#[derive(Clone, Copy, Default)]
pub(super) struct Letters {
    hidden: bool,
    size: u16,
}

impl<'a, 'c> Body<'a, 'c> {
    pub fn new(text: &'a str, context: &'c mut Context) -> Body<'a, 'c> {
        let (fields, carried) = (Vec::new(), String::new());
        Body { xml: Xml::new(text), context, paragraphs: 0, inside: 0, fields, carried, page_ended: false }
    }

    /// Paragraphs and rows so far.
    pub fn paragraphs(&self) -> u32 {
        self.paragraphs
    }

    /// Reads the document. What was read before a fault stays in `out`.
    pub fn document(&mut self, out: &mut Vec<Piece>) -> Result<(), Fault> {
        loop {
            match self.xml.read()? {
                Token::Open(tag) if xml::name(&tag) == "body" => self.blocks(out, &mut |_, _| false)?,
                Token::Open(_) | Token::Empty(_) | Token::Close | Token::Text(_) => {}
                Token::End => return Ok(()),
            }
        }
    }

    /// Reads the notes of a part into the context.
    pub fn notes(mut self, kind: Note) -> Result<(), Fault> {
        self.inside = 1;
        loop {
            match self.xml.read()? {
                Token::Open(tag) if matches!(xml::name(&tag), "footnote" | "endnote") => {
                    // Separators have a type of their own.
                    if xml::attribute(&tag, "type").is_some_and(|kind| kind != "normal") {
                        self.xml.skip(&tag)?;
                        continue;
                    }
                    let id = xml::attribute(&tag, "id").unwrap_or_default().into_owned();
                    let mut pieces = Vec::new();
                    self.blocks(&mut pieces, &mut |_, _| false)?;
                    self.context.notes.insert((kind, id), pieces);
                }
                Token::Open(_) | Token::Empty(_) | Token::Close | Token::Text(_) => {}
                Token::End => return Ok(()),
            }
        }
    }

    /// Paragraphs and tables up to the end of the element that is open. `properties` is offered every other element first and
    /// says whether it knew it.
    pub(super) fn blocks(
        &mut self,
        out: &mut Vec<Piece>,
        properties: &mut dyn FnMut(&str, &Tag<'a>) -> bool,
    ) -> Result<(), Fault> {
        let mut open = Open::default();
        loop {
            match self.xml.read()? {
                Token::Open(tag) => match xml::name(&tag) {
                    "p" => self.paragraph(out)?,
                    "tbl" => self.table(out)?,
                    "tcPr" => self.properties(properties)?,
                    "sdt" | "sdtContent" | "ins" | "moveTo" | "customXml" | "smartTag" | "AlternateContent"
                    | "Choice" | "Fallback" => {
                        if !open.enter(xml::name(&tag)) {
                            self.xml.skip(&tag)?;
                        }
                    }
                    "altChunk" | "subDoc" => {
                        self.embedded();
                        self.xml.skip(&tag)?;
                    }
                    _ => self.xml.skip(&tag)?,
                },
                Token::Empty(tag) => match xml::name(&tag) {
                    "p" => self.count(),
                    "altChunk" | "subDoc" => self.embedded(),
                    _ => {}
                },
                Token::Close if open.leave() => {}
                Token::Close | Token::End => return Ok(()),
                Token::Text(_) => {}
            }
        }
    }

    fn embedded(&mut self) {
        self.context.doubt("嵌入了另一份文件，没有读出；请打开后另存为 DOCX");
    }

    pub(super) fn count(&mut self) {
        if self.inside == 0 {
            self.paragraphs = self.paragraphs.saturating_add(1);
        }
    }

    pub(super) fn place(&self) -> Place {
        let line = (self.paragraphs > 0).then_some(self.paragraphs);
        Place { file: Some(self.context.file.clone()), line, ..Place::default() }
    }

    /// Every element inside the one that is open, those of former versions left out.
    pub(super) fn properties(&mut self, read: &mut dyn FnMut(&str, &Tag<'a>) -> bool) -> Result<(), Fault> {
        let mut depth = 0u32;
        loop {
            match self.xml.read()? {
                Token::Open(tag) if xml::name(&tag).ends_with("Change") => self.xml.skip(&tag)?,
                Token::Open(tag) if xml::name(&tag) == "sectPr" => {
                    read("sectPr", &tag);
                    self.xml.skip(&tag)?;
                }
                Token::Open(tag) => {
                    depth += 1;
                    read(xml::name(&tag), &tag);
                }
                Token::Empty(tag) => {
                    read(xml::name(&tag), &tag);
                }
                Token::Close if depth > 0 => depth -= 1,
                Token::Close | Token::End => return Ok(()),
                Token::Text(_) => {}
            }
        }
    }

    fn paragraph(&mut self, out: &mut Vec<Piece>) -> Result<(), Fault> {
        self.count();
        let mut said = Properties::default();
        let mut style = self.context.styles.paragraph(None);
        let mut text = Text::carried(std::mem::take(&mut self.carried));
        let mut letters = self.letters(&style);
        let mut open = Open::default();
        loop {
            match self.xml.read()? {
                Token::Open(tag) => match xml::name(&tag) {
                    "pPr" => {
                        said = self.paragraph_properties()?;
                        style = self.context.styles.paragraph(said.style.as_deref());
                        letters = self.letters(&style);
                    }
                    "rPr" => letters = self.run_properties(&style)?,
                    "t" => self.letters_of(letters, &mut text)?,
                    name @ ("drawing" | "pict" | "object") => {
                        let object = name == "object";
                        self.drawing(object, letters, &mut text)?;
                    }
                    "r" => {
                        letters = self.letters(&style);
                        open.enter("r");
                    }
                    name @ ("hyperlink" | "ins" | "moveTo" | "smartTag" | "customXml" | "sdt" | "sdtContent"
                    | "fldSimple" | "dir" | "bdo" | "ruby" | "rubyBase" | "AlternateContent" | "Choice"
                    | "Fallback" | "oMath" | "oMathPara" | "f" | "num" | "den" | "sSub" | "sSup"
                    | "sSubSup" | "e" | "sub" | "sup" | "d" | "rad" | "nary" | "func" | "fName" | "box"
                    | "eqArr") => {
                        if !open.enter(name) {
                            self.xml.skip(&tag)?;
                        }
                    }
                    _ => {
                        self.mark(&tag, letters, &mut text);
                        self.xml.skip(&tag)?;
                    }
                },
                Token::Empty(tag) => self.mark(&tag, letters, &mut text),
                Token::Close if open.leave() => {}
                Token::Close | Token::End => break,
                Token::Text(_) => {}
            }
        }
        // A code never goes on in the next paragraph; one that seems to has lost its end.
        self.fields.iter_mut().for_each(|code| *code = false);
        let number = self.number(&said, &style);
        if said.end_deleted && text.after.is_empty() {
            self.carried = format!("{number}{}", text.into_text());
            return Ok(());
        }
        let heading = said.heading.or(style.heading);
        let place = self.place();
        let pieces = text.finish(&number, heading, &place, &mut self.context.budget);
        let centred = said.centred.or(style.centred).unwrap_or(false);
        self.put(pieces, centred, said.ends_page, out);
        Ok(())
    }

    /// The automatic number of a paragraph.
    fn number(&mut self, said: &Properties, style: &styles::Style) -> String {
        let Some(list) = said.list.or(style.list).filter(|list| *list > 0) else { return String::new() };
        let by_style = said.style.as_ref().and_then(|id| self.context.numbering.level_of_style(list, id));
        let level = said.list_level.or(style.list_level).or(by_style).unwrap_or(0);
        self.context.numbering.next(list, level)
    }

    /// Puts the pieces of a paragraph behind those before it; behind the end of a page its first line may go on with the last.
    fn put(&mut self, mut pieces: Vec<Piece>, centred: bool, ends_page: bool, out: &mut Vec<Piece>) {
        for piece in pieces.iter_mut().filter(|_| centred) {
            if let Piece::Line(line) = piece {
                line.centred = true;
            }
        }
        if let (true, Some(Piece::Line(last)), Some(Piece::Line(next))) =
            (self.page_ended, out.last_mut(), pieces.first())
            && goes_on(last, next)
        {
            last.ends = false;
        }
        self.page_ended = ends_page || self.page_ended && pieces.is_empty();
        out.append(&mut pieces);
    }

    fn letters(&self, style: &styles::Style) -> Letters {
        Letters {
            hidden: style.hidden.unwrap_or(false),
            size: style.size.unwrap_or_else(|| self.context.styles.size()),
        }
    }

    fn paragraph_properties(&mut self) -> Result<Properties, Fault> {
        let mut said = Properties::default();
        self.properties(&mut |name, tag| {
            match name {
                "pStyle" => said.style = xml::attribute(tag, "val").map(|id| id.into_owned()),
                "numId" => said.list = xml::number(tag, "val"),
                "ilvl" => said.list_level = xml::number(tag, "val"),
                "outlineLvl" => said.heading = styles::outline(tag),
                "sectPr" => said.ends_page = true,
                "jc" => said.centred = Some(styles::is_centre(tag)),
                "del" | "moveFrom" => said.end_deleted = true,
                _ => return false,
            }
            true
        })?;
        Ok(said)
    }

    fn run_properties(&mut self, style: &styles::Style) -> Result<Letters, Fault> {
        let (mut named, mut hidden, mut size) = (None, None, None);
        self.properties(&mut |name, tag| {
            match name {
                "rStyle" => named = xml::attribute(tag, "val").map(|id| id.into_owned()),
                "vanish" => hidden = Some(xml::on(tag)),
                "sz" => size = styles::size(tag),
                _ => return false,
            }
            true
        })?;
        let named = named.map(|id| self.context.styles.letters(&id)).unwrap_or_default();
        let base = self.letters(style);
        Ok(Letters {
            hidden: hidden.or(named.hidden).unwrap_or(base.hidden),
            size: size.or(named.size).unwrap_or(base.size),
        })
    }

    pub(super) fn shown(&self, letters: Letters) -> bool {
        !letters.hidden && !self.fields.iter().any(|code| *code)
    }

    /// The letters of a `w:t`.
    fn letters_of(&mut self, letters: Letters, text: &mut Text) -> Result<(), Fault> {
        let shown = self.shown(letters);
        let mut depth = 0u32;
        loop {
            match self.xml.read()? {
                Token::Text(words) if shown => text.push(&words, letters.size),
                Token::Text(_) | Token::Empty(_) => {}
                Token::Open(_) => depth += 1,
                Token::Close if depth > 0 => depth -= 1,
                Token::Close | Token::End => return Ok(()),
            }
        }
    }

    /// An element that stands for one letter, for a break, for a note or for the border of a field.
    fn mark(&mut self, tag: &Tag<'a>, letters: Letters, text: &mut Text) {
        let name = xml::name(tag);
        match name {
            "fldChar" => match xml::attribute(tag, "fldCharType").as_deref() {
                Some("begin") => self.fields.push(true),
                Some("separate") => {
                    if let Some(code) = self.fields.last_mut() {
                        *code = false;
                    }
                }
                Some("end") => {
                    self.fields.pop();
                }
                _ => {}
            },
            _ if !self.shown(letters) => {}
            "tab" | "ptab" => text.tab(),
            "br" if text.is_empty() && xml::attribute(tag, "type").as_deref() == Some("page") => self.page_ended = true,
            "br" | "cr" => text.end_line(),
            "noBreakHyphen" => text.push("-", letters.size),
            "sym" => text.push(symbol(tag), letters.size),
            "footnoteReference" | "endnoteReference" => {
                let kind = if name == "footnoteReference" { Note::Foot } else { Note::End };
                let id = xml::attribute(tag, "id").unwrap_or_default().into_owned();
                let mut pieces = self.context.notes.remove(&(kind, id)).unwrap_or_default();
                let place = self.place();
                for piece in &mut pieces {
                    if let Piece::Line(line) = piece {
                        line.place = place.clone();
                    }
                }
                text.after.append(&mut pieces);
            }
            _ => {}
        }
    }
}

/// A letter of a symbol font: boxes and ticks of forms are told apart, nothing else is.
fn symbol(tag: &Tag<'_>) -> &'static str {
    let code = xml::attribute(tag, "char").and_then(|code| u32::from_str_radix(&code, 16).ok()).unwrap_or(0) & 0xFF;
    let font = xml::attribute(tag, "font").unwrap_or_default().to_lowercase();
    match (font.starts_with("wingdings"), code) {
        (true, 0x52 | 0x53 | 0xFE | 0xFD) => "☑",
        (true, 0x6F | 0x71 | 0x72 | 0xA3 | 0xA8 | 0x2A) => "□",
        (true, 0xFC | 0x50) => "√",
        _ => "",
    }
}

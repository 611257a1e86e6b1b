//! Office XML as a stream of events, with bounds: no entities of a document's own, no nesting without end.

use std::borrow::Cow;

use encoding_rs::{UTF_16BE, UTF_16LE};
use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

use crate::budget::ELEMENTS_DEPTH_MAX;

/// Why a part could not be read to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is no well-formed XML.
    Broken,
    /// It declares entities of its own, which no office program does.
    Entities,
}

/// A start tag.
pub type Tag<'a> = BytesStart<'a>;

/// What stands next in a part.
pub enum Token<'a> {
    /// `<name …>`; its content and end follow.
    Open(Tag<'a>),
    /// `<name …/>`.
    Empty(Tag<'a>),
    /// The end of the innermost element that is open.
    Close,
    /// Text, entities replaced.
    Text(Cow<'a, str>),
    /// The end of the part.
    End,
}

/// The text of a part in UTF-8 or UTF-16.
pub fn decode(bytes: &[u8]) -> Cow<'_, str> {
    match bytes {
        [0xFF, 0xFE, rest @ ..] => UTF_16LE.decode_without_bom_handling(rest).0,
        [0xFE, 0xFF, rest @ ..] => UTF_16BE.decode_without_bom_handling(rest).0,
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest),
        rest => String::from_utf8_lossy(rest),
    }
}

/// A part being read.
pub struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    depth: usize,
}

impl<'a> Xml<'a> {
    /// At the beginning of a part.
    pub fn new(text: &'a str) -> Xml<'a> {
        Xml { reader: Reader::from_str(text), depth: 0 }
    }

    /// The next token. Comments and declarations are passed over.
    pub fn read(&mut self) -> Result<Token<'a>, Fault> {
        loop {
            return Ok(match self.reader.read_event().map_err(|_| Fault::Broken)? {
                Event::Start(tag) if self.depth >= ELEMENTS_DEPTH_MAX => {
                    self.reader.read_to_end(tag.name()).map_err(|_| Fault::Broken)?;
                    continue;
                }
                Event::Start(tag) => {
                    self.depth += 1;
                    Token::Open(tag)
                }
                Event::Empty(tag) => Token::Empty(tag),
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    Token::Close
                }
                Event::Text(text) => Token::Text(text.into_inner()),
                Event::CData(text) => Token::Text(text.into_inner()),
                Event::GeneralRef(entity) => {
                    let letter = match entity.resolve_char_ref() {
                        Ok(Some(letter)) => letter,
                        Ok(None) => named(&entity),
                        Err(_) => char::REPLACEMENT_CHARACTER,
                    };
                    Token::Text(Cow::Owned(letter.to_string()))
                }
                Event::DocType(_) => return Err(Fault::Entities),
                Event::Eof if self.depth > 0 => return Err(Fault::Broken),
                Event::Eof => Token::End,
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => continue,
            });
        }
    }

    /// Passes over the element whose start tag was read last.
    pub fn skip(&mut self, tag: &Tag<'a>) -> Result<(), Fault> {
        self.depth = self.depth.saturating_sub(1);
        self.reader.read_to_end(tag.name()).map(|_| ()).map_err(|_| Fault::Broken)
    }
}

fn named(entity: &str) -> char {
    match entity {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => char::REPLACEMENT_CHARACTER,
    }
}

/// The name of an element without its prefix.
pub fn name<'t>(tag: &'t Tag<'_>) -> &'t str {
    tag.local_name().into_inner()
}

/// The value of an attribute, by its name without prefix.
pub fn attribute<'t>(tag: &'t Tag<'_>, name: &str) -> Option<Cow<'t, str>> {
    let found = tag.attributes().with_checks(false).flatten().find(|a| a.key.local_name().into_inner() == name)?;
    match found.normalized_value(XmlVersion::Implicit1_0) {
        Ok(Cow::Owned(value)) => Some(Cow::Owned(value)),
        _ => Some(found.value),
    }
}

/// The number in an attribute.
pub fn number<T: std::str::FromStr>(tag: &Tag<'_>, name: &str) -> Option<T> {
    attribute(tag, name)?.trim().parse().ok()
}

/// An on-off property (`<w:b/>`, `<w:b w:val="0"/>`).
pub fn on(tag: &Tag<'_>) -> bool {
    !matches!(attribute(tag, "val").as_deref(), Some("0" | "false" | "off" | "none"))
}

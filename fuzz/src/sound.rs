//! Whether what was written is well formed and steers nothing. Panics where it is not.

use std::io::{Cursor, Read};

use html5gum::{DefaultEmitter, Token, Tokenizer};
use juesuan_text::steers;
use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;

/// Elements of HTML that have no end.
const VOID: [&[u8]; 8] = [b"meta", b"link", b"br", b"hr", b"img", b"input", b"col", b"wbr"];

/// Text in which nothing steers a terminal or turns a line; ends of lines and tabs stand.
fn text<'b>(bytes: &'b [u8], name: &str) -> &'b str {
    let Ok(text) = std::str::from_utf8(bytes) else { panic!("{name} is not UTF-8") };
    let steering = text.chars().find(|c| steers(*c) && !matches!(c, '\n' | '\r' | '\t'));
    assert!(steering.is_none(), "{name} holds {steering:?}");
    text
}

/// JSON.
pub fn json(bytes: &[u8]) {
    let read = serde_json::from_str::<serde_json::Value>(text(bytes, "JSON"));
    assert!(read.is_ok(), "no JSON: {read:?}");
}

/// XML: elements closed in order, attributes named once, characters that XML may hold, written or by number.
pub fn xml(bytes: &[u8], name: &str) {
    let text = text(bytes, name);
    let mut reader = Reader::from_str(text);
    let mut open = 0usize;
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => break,
            Ok(Event::Start(tag)) => {
                open += 1;
                attributes(&tag, name);
            }
            Ok(Event::Empty(tag)) => attributes(&tag, name),
            Ok(Event::End(_)) => open -= 1,
            Ok(_) => {}
            Err(error) => panic!("{name}: {error}"),
        }
    }
    assert_eq!(open, 0, "{name} ends too early");
    for number in text.split("&#").skip(1).filter_map(|rest| rest.split(';').next()) {
        let code = match number.strip_prefix('x') {
            Some(digits) => u32::from_str_radix(digits, 16).ok(),
            None => number.parse().ok(),
        };
        let letter = code.and_then(char::from_u32);
        assert!(letter.is_some_and(|c| !steers(c) || "\n\r\t".contains(c)), "{name} holds &#{number};");
    }
}

fn attributes(tag: &quick_xml::events::BytesStart<'_>, name: &str) {
    for attribute in tag.attributes() {
        assert!(attribute.is_ok(), "{name}: {attribute:?}");
    }
}

/// An office file: every part of it that is markup.
pub fn office(bytes: &[u8]) {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { panic!("no archive") };
    assert!(!archive.is_empty(), "an empty archive");
    for index in 0..archive.len() {
        let Ok(mut part) = archive.by_index(index) else { panic!("part {index} cannot be opened") };
        let name = part.name().map(|name| name.into_owned()).unwrap_or_default();
        let mut bytes = Vec::new();
        assert!(part.read_to_end(&mut bytes).is_ok(), "{name} cannot be unpacked");
        if name.ends_with(".xml") || name.ends_with(".rels") {
            xml(&bytes, &name);
        }
    }
}

/// A web page: every element that needs an end has it, in order.
pub fn html(bytes: &[u8]) {
    let text = text(bytes, "HTML");
    let mut open: Vec<Vec<u8>> = Vec::new();
    // What looks like a tag in a script is none.
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    for token in Tokenizer::new_with_emitter(text, emitter) {
        match token {
            Ok(Token::StartTag(tag)) if !tag.self_closing && !VOID.contains(&tag.name.as_slice()) => {
                open.push(tag.name.to_vec());
            }
            Ok(Token::EndTag(tag)) => {
                let last = open.pop().unwrap_or_default();
                assert!(
                    last == tag.name.as_slice(),
                    "</{}> closes <{}>",
                    String::from_utf8_lossy(&tag.name),
                    String::from_utf8_lossy(&last)
                );
            }
            Ok(Token::Error(error)) => panic!("HTML: {error:?}"),
            Ok(_) | Err(_) => {}
        }
    }
    assert!(open.is_empty(), "{} elements of the page are open at its end", open.len());
}

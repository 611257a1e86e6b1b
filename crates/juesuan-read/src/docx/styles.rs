//! Styles: which paragraphs are headings, hidden or numbered, and how large letters are.

use std::collections::BTreeMap;

use crate::xml::{self, Fault, Token, Xml};

/// Styles that rest on each other are followed this far; a circle ends there too.
const CHAIN_MAX: usize = 16;

/// What a style says, with what it inherits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// Level of the heading, 1 to 9; 0 says that it is none.
    pub heading: Option<u8>,
    /// Height of the letters in tenths of a point.
    pub size: Option<u16>,
    /// True if it is not printed.
    pub hidden: Option<bool>,
    /// Number of its list.
    pub list: Option<u32>,
    /// Level in the list, from 0.
    pub list_level: Option<usize>,
    /// True if lines stand in the middle.
    pub centred: Option<bool>,
}

impl Style {
    fn or(self, base: &Style) -> Style {
        Style {
            heading: self.heading.or(base.heading),
            size: self.size.or(base.size),
            hidden: self.hidden.or(base.hidden),
            list: self.list.or(base.list),
            list_level: self.list_level.or(base.list_level),
            centred: self.centred.or(base.centred),
        }
    }
}

/// The styles of a document.
#[derive(Debug, Default)]
pub struct Styles {
    styles: BTreeMap<String, Style>,
    /// Id of the style of paragraphs that name none.
    paragraph: Option<String>,
    size: Option<u16>,
}

#[derive(Default)]
struct Draft {
    style: Style,
    id: String,
    base: Option<String>,
}

impl Styles {
    /// From `word/styles.xml`.
    pub fn parse(text: &str) -> Result<Styles, Fault> {
        let mut xml = Xml::new(text);
        let mut styles = Styles::default();
        let mut drafts: BTreeMap<String, Draft> = BTreeMap::new();
        let mut draft: Option<Draft> = None;
        let mut open: Vec<String> = Vec::new();
        loop {
            let (tag, opens) = match xml.read()? {
                Token::Open(tag) => (tag, true),
                Token::Empty(tag) => (tag, false),
                Token::Close => {
                    if open.pop().as_deref() == Some("style")
                        && let Some(draft) = draft.take()
                    {
                        drafts.insert(draft.id.clone(), draft);
                    }
                    continue;
                }
                Token::Text(_) => continue,
                Token::End => break,
            };
            let name = xml::name(&tag);
            match (name, &mut draft) {
                ("style", _) => {
                    let id = xml::attribute(&tag, "styleId").unwrap_or_default().into_owned();
                    let default = xml::attribute(&tag, "default").is_some_and(|v| matches!(&*v, "1" | "true" | "on"));
                    if default && xml::attribute(&tag, "type").as_deref() == Some("paragraph") {
                        styles.paragraph = Some(id.clone());
                    }
                    draft = Some(Draft { id, ..Draft::default() });
                }
                ("sz", None) if open.iter().any(|name| name == "docDefaults") => styles.size = size(&tag),
                (name, Some(draft)) => draft.read(name, &tag),
                _ => {}
            }
            if opens {
                open.push(xml::name(&tag).to_owned());
            }
        }
        for (id, draft) in &drafts {
            let mut style = draft.style.clone();
            let mut base = draft.base.as_ref();
            for _ in 0..CHAIN_MAX {
                let Some(draft) = base.and_then(|id| drafts.get(id)) else { break };
                style = style.or(&draft.style);
                base = draft.base.as_ref();
            }
            styles.styles.insert(id.clone(), style);
        }
        Ok(styles)
    }

    /// The style of this id; without one, that of ordinary paragraphs.
    pub fn paragraph(&self, id: Option<&str>) -> Style {
        let found = id.or(self.paragraph.as_deref()).and_then(|id| self.styles.get(id));
        found.cloned().unwrap_or_default()
    }

    /// The style of letters of this id.
    pub fn letters(&self, id: &str) -> Style {
        self.styles.get(id).cloned().unwrap_or_default()
    }

    /// Height of letters where nothing else says one.
    pub fn size(&self) -> u16 {
        self.size.unwrap_or(0)
    }
}

impl Draft {
    fn read(&mut self, name: &str, tag: &xml::Tag<'_>) {
        match name {
            "name" => {
                let heading = xml::attribute(tag, "val").and_then(|name| heading_of(&name));
                self.style.heading = self.style.heading.or(heading);
            }
            "basedOn" => self.base = xml::attribute(tag, "val").map(|id| id.into_owned()),
            "outlineLvl" => self.style.heading = outline(tag),
            "sz" => self.style.size = size(tag),
            "vanish" => self.style.hidden = Some(xml::on(tag)),
            "numId" => self.style.list = xml::number(tag, "val"),
            "ilvl" => self.style.list_level = xml::number(tag, "val"),
            "jc" => self.style.centred = Some(is_centre(tag)),
            _ => {}
        }
    }
}

/// Level of the heading by an outline level: 0 is the first, 9 is running text.
pub fn outline(tag: &xml::Tag<'_>) -> Option<u8> {
    let level: u8 = xml::number(tag, "val")?;
    Some(if level < 9 { level + 1 } else { 0 })
}

/// True if an alignment sets lines in the middle.
pub fn is_centre(tag: &xml::Tag<'_>) -> bool {
    xml::attribute(tag, "val").as_deref() == Some("center")
}

/// Tenths of a point of a size in half points.
pub fn size(tag: &xml::Tag<'_>) -> Option<u16> {
    xml::number::<u16>(tag, "val").map(|half_points| half_points.saturating_mul(5))
}

/// `heading 2`, `标题 2`, `Heading2`.
fn heading_of(name: &str) -> Option<u8> {
    let name = name.trim().to_lowercase();
    let rest = name.strip_prefix("heading").or_else(|| name.strip_prefix("标题"))?;
    rest.trim().parse().ok().filter(|level| (1..=9).contains(level))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_by_outline_by_name_and_by_what_they_rest_on() {
        let styles = Styles::parse(
            "<w:styles><w:style w:type='paragraph' w:default='1' w:styleId='a'><w:name w:val='Normal'/></w:style>\
             <w:style w:styleId='1'><w:name w:val='heading 1'/></w:style>\
             <w:style w:styleId='x'><w:name w:val='标题 2'/><w:basedOn w:val='a'/></w:style>\
             <w:style w:styleId='y'><w:name w:val='我的'/><w:basedOn w:val='x'/></w:style>\
             <w:style w:styleId='z'><w:name w:val='三级'/><w:pPr><w:outlineLvl w:val='2'/></w:pPr></w:style></w:styles>",
        )
        .unwrap();
        let level = |id| styles.paragraph(Some(id)).heading;
        assert_eq!(
            [level("a"), level("1"), level("x"), level("y"), level("z")],
            [None, Some(1), Some(2), Some(2), Some(3)]
        );
    }

    #[test]
    fn styles_that_rest_on_each_other_in_a_circle_are_read() {
        let styles = Styles::parse(
            "<w:styles><w:style w:styleId='a'><w:basedOn w:val='b'/></w:style>\
             <w:style w:styleId='b'><w:basedOn w:val='a'/><w:rPr><w:sz w:val='32'/></w:rPr></w:style></w:styles>",
        )
        .unwrap();
        assert_eq!(styles.paragraph(Some("a")).size, Some(160));
    }
}

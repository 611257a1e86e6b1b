//! Drawings: text boxes and pictures.

use super::Unseen;
use super::body::{Body, Letters, Open};
use super::paragraph::Text;
use crate::pages::Piece;
use crate::sight::Picture;
use crate::xml::{self, Fault, Token};

impl Body<'_, '_> {
    /// A drawing, or the picture of an object of another program: its text boxes are read, of anything else it is noted that there is a
    /// picture, and of what nobody can look at that it was not read.
    pub(super) fn drawing(&mut self, object: bool, letters: Letters, text: &mut Text) -> Result<(), Fault> {
        let mut open = Open::default();
        let mut pictures = false;
        let (mut handle, mut unseen) = (None, None);
        loop {
            let (tag, opens) = match self.xml.read()? {
                Token::Open(tag) => (tag, true),
                Token::Empty(tag) => (tag, false),
                Token::Close if open.leave() => continue,
                Token::Close | Token::End => break,
                Token::Text(_) => continue,
            };
            let name = xml::name(&tag);
            pictures |= matches!(name, "blip" | "imagedata" | "chart" | "relIds");
            let id = match name {
                "blip" => xml::attribute(&tag, "embed"),
                "imagedata" => xml::attribute(&tag, "id"),
                _ => None,
            };
            let linked = matches!(name, "blip") && id.is_none() && xml::attribute(&tag, "link").is_some();
            let why = id.as_ref().and_then(|id| self.context.unseen.get(&**id)).copied();
            unseen = unseen.or(why).or(linked.then_some(Unseen::Linked));
            // Of a group of pictures the first; charts and what only links to a picture have no way to it.
            handle = handle.or_else(|| self.context.pictures.get(id?.as_ref()).cloned());
            if !opens {
                continue;
            }
            if name == "txbxContent" {
                self.inside += 1;
                // A box has its own fields, and its paragraphs do not continue those outside.
                let fields = std::mem::take(&mut self.fields);
                let carried = std::mem::take(&mut self.carried);
                let mut pieces = Vec::new();
                let read = self.blocks(&mut pieces, &mut |_, _| false);
                (self.fields, self.carried) = (fields, carried);
                self.inside -= 1;
                if self.shown(letters) {
                    text.after.append(&mut pieces);
                }
                read?;
            } else if !open.enter(name) {
                self.xml.skip(&tag)?;
            }
        }
        if pictures && self.shown(letters) {
            if let Some(why) = unseen {
                self.context.unseen(if object { Unseen::Object } else { why }, self.place());
            }
            text.after.push(Piece::Picture(Picture { place: self.place(), cover: 0, handle }));
        }
        Ok(())
    }
}

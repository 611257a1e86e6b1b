//! Tables: rows, cells and what spans them.

use super::body::{Body, Open};
use crate::layout::{Down, Layout};
use crate::pages::Piece;
use crate::xml::{self, Fault, Token};

/// What a cell says of itself.
struct Cell {
    columns: usize,
    down: Down,
}

impl Body<'_, '_> {
    /// Reads a table up to its end.
    pub(super) fn table(&mut self, out: &mut Vec<Piece>) -> Result<(), Fault> {
        let mut layout = Layout::default();
        let read = self.rows(&mut layout);
        out.append(&mut layout.finish(&self.context.file));
        read
    }

    fn rows(&mut self, layout: &mut Layout) -> Result<(), Fault> {
        let mut open = Open::default();
        loop {
            match self.xml.read()? {
                Token::Open(tag) => match xml::name(&tag) {
                    "tr" => {
                        self.count();
                        layout.row(self.paragraphs, &mut self.context.budget);
                        self.inside += 1;
                        let deleted = self.row(layout);
                        self.inside -= 1;
                        if deleted? {
                            layout.drop_row();
                        }
                    }
                    name if encloses(name) => {
                        if !open.enter(name) {
                            self.xml.skip(&tag)?;
                        }
                    }
                    _ => self.xml.skip(&tag)?,
                },
                Token::Close if open.leave() => {}
                Token::Close | Token::End => return Ok(()),
                Token::Empty(_) | Token::Text(_) => {}
            }
        }
    }

    /// Reads a row; true if it was deleted.
    fn row(&mut self, layout: &mut Layout) -> Result<bool, Fault> {
        let mut open = Open::default();
        let mut deleted = false;
        loop {
            match self.xml.read()? {
                Token::Open(tag) => match xml::name(&tag) {
                    "trPr" => {
                        let mut skipped: usize = 0;
                        self.properties(&mut |name, tag| {
                            match name {
                                "gridBefore" => skipped = xml::number(tag, "val").unwrap_or(0),
                                "del" => deleted = true,
                                _ => return false,
                            }
                            true
                        })?;
                        layout.skip(skipped);
                    }
                    "tc" => {
                        let mut cell = Cell { columns: 1, down: Down::Rows(1) };
                        let mut pieces = Vec::new();
                        let read = self.blocks(&mut pieces, &mut |name, tag| cell.read(name, tag));
                        layout.cell(cell.columns, cell.down, pieces, &mut self.context.budget);
                        read?;
                    }
                    name if encloses(name) => {
                        if !open.enter(name) {
                            self.xml.skip(&tag)?;
                        }
                    }
                    _ => self.xml.skip(&tag)?,
                },
                Token::Close if open.leave() => {}
                Token::Close | Token::End => return Ok(deleted),
                Token::Empty(_) | Token::Text(_) => {}
            }
        }
    }
}

impl Cell {
    fn read(&mut self, name: &str, tag: &xml::Tag<'_>) -> bool {
        match name {
            "gridSpan" => self.columns = xml::number(tag, "val").unwrap_or(1).max(1),
            "vMerge" => {
                let begins = xml::attribute(tag, "val").as_deref() == Some("restart");
                self.down = if begins { Down::Begins } else { Down::Continues };
            }
            _ => return false,
        }
        true
    }
}

fn encloses(name: &str) -> bool {
    matches!(
        name,
        "sdt" | "sdtContent" | "ins" | "moveTo" | "customXml" | "smartTag" | "AlternateContent" | "Choice" | "Fallback"
    )
}

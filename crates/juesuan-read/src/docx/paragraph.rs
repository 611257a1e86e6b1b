//! The text of one paragraph while it is read.

use juesuan_model::Place;

use crate::budget::Budget;
use crate::layout::line;
use crate::pages::{PageLine, Piece};

/// What a paragraph says of itself.
#[derive(Debug, Default)]
pub struct Properties {
    /// Id of its style.
    pub style: Option<String>,
    /// Its list; 0 takes it out of the list of its style.
    pub list: Option<u32>,
    /// Its level in the list.
    pub list_level: Option<usize>,
    /// Level of the heading, 0 for none.
    pub heading: Option<u8>,
    /// True if its end was deleted: the next paragraph goes on in the same line.
    pub end_deleted: bool,
}

/// Text, and what stands after it.
#[derive(Debug, Default)]
pub struct Text {
    text: String,
    size: u16,
    /// Text boxes, notes and pictures, in order.
    pub after: Vec<Piece>,
}

impl Text {
    /// A paragraph that goes on after one whose end was deleted.
    pub fn carried(text: String) -> Text {
        Text { text, ..Text::default() }
    }

    /// Adds letters of a height.
    pub fn push(&mut self, text: &str, size: u16) {
        if self.size == 0 && !text.trim().is_empty() {
            self.size = size;
        }
        // Line ends inside the markup are spaces; the breaks that Word means come through `end_line`.
        self.text.extend(text.chars().map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c }));
    }

    /// Ends a line inside the paragraph.
    pub fn end_line(&mut self) {
        self.text.push('\n');
    }

    /// The text alone.
    pub fn into_text(self) -> String {
        self.text
    }

    /// The lines of the paragraph, with its number in front of the first, then what stands after it.
    pub fn finish(self, number: &str, heading: Option<u8>, place: &Place, budget: &mut Budget) -> Vec<Piece> {
        let mut lines: Vec<PageLine> = Vec::new();
        for text in self.text.split('\n') {
            let numbered;
            let text = if lines.is_empty() && !number.is_empty() && !text.trim().is_empty() {
                let space = if number.ends_with(|c: char| c.is_alphanumeric()) { " " } else { "" };
                numbered = format!("{number}{space}{}", text.trim_start());
                &numbered
            } else {
                text
            };
            let heading = heading.filter(|level| *level > 0);
            lines.extend(line(text, place.clone()).map(|line| PageLine { heading, size: self.size, ..line }));
        }
        if let Some(last) = lines.last_mut() {
            last.ends = true;
        }
        lines.into_iter().take_while(|line| budget.line(&line.text)).map(Piece::Line).chain(self.after).collect()
    }
}

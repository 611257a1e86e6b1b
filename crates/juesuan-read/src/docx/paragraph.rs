//! The text of one paragraph while it is read.

use juesuan_model::Place;

use crate::budget::Budget;
use crate::layout::line;
use crate::pages::{PageLine, Piece};
use juesuan_text::{Ordinal, characters};

/// Longest text before a tab that is a heading, in characters.
const HEADING_MAX: usize = 40;
/// What ends a paragraph.
const CLOSED: [char; 8] = ['。', '！', '？', '；', '：', ':', ';', '…'];
/// What only running text has.
const RUNNING: [char; 3] = ['，', '。', '；'];
/// What no paragraph begins with.
const INSIDE: [char; 9] = ['，', '。', '、', '；', '）', ')', '%', '％', '》'];

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
    /// True if its lines stand in the middle.
    pub centred: Option<bool>,
    /// True if a page ends with it.
    pub ends_page: bool,
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

    /// Adds a tab: where it parts a heading from the text behind it, as programs that make Word files from PDF write, the end of
    /// a line.
    pub fn tab(&mut self) {
        self.text.push('\t');
    }

    /// True if nothing stands there yet.
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Ends a line inside the paragraph.
    pub fn end_line(&mut self) {
        self.text.push('\n');
    }

    /// The text alone.
    pub fn into_text(self) -> String {
        untabbed(&self.text)
    }

    /// The lines of the paragraph, with its number in front of the first, then what stands after it.
    pub fn finish(self, number: &str, heading: Option<u8>, place: &Place, budget: &mut Budget) -> Vec<Piece> {
        let mut lines: Vec<PageLine> = Vec::new();
        let text = untabbed(&self.text);
        for text in text.split('\n') {
            let numbered;
            let text = if lines.is_empty() && !number.is_empty() && !text.trim().is_empty() {
                let space = if number.ends_with(|c: char| c.is_alphanumeric()) { " " } else { "" };
                numbered = format!("{number}{space}{}", text.trim_start());
                &numbered
            } else {
                text
            };
            let heading = heading.filter(|level| *level > 0);
            // What is indented behind the end of a line begins a paragraph.
            if let Some(above) = lines.last_mut().filter(|_| text.starts_with([' ', '\u{3000}'])) {
                above.ends = true;
            }
            lines.extend(line(text, place.clone()).map(|line| PageLine { heading, size: self.size, ..line }));
        }
        if let Some(last) = lines.last_mut() {
            last.ends = true;
        }
        lines.into_iter().take_while(|line| budget.line(&line.text)).map(Piece::Line).chain(self.after).collect()
    }
}

/// A text whose tabs are ends of lines where a numbered heading stands before or behind them, else spaces.
fn untabbed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = Before::default();
    for (at, piece) in text.split('\t').enumerate() {
        if at > 0 {
            let ends = before.has_text && is_numbered(&characters(piece)) || before.is_heading() && is_text(piece);
            out.push(if ends { '\n' } else { ' ' });
            if ends {
                before = Before::default();
            }
        }
        out.push_str(piece);
        before.add(piece);
    }
    out
}

/// The line before a tab, as far as it decides what the tab is.
#[derive(Default)]
struct Before {
    /// Its first characters, one more than a heading has.
    compared: Vec<char>,
    has_text: bool,
    /// True if it has marks that stand between and behind sentences.
    runs: bool,
}

impl Before {
    fn add(&mut self, piece: &str) {
        let piece = match piece.rsplit_once('\n') {
            Some((_, last)) => {
                *self = Before::default();
                last
            }
            None => piece,
        };
        let room = (HEADING_MAX + 1).saturating_sub(self.compared.len());
        self.compared.extend(characters(piece).into_iter().take(room));
        self.has_text |= !piece.trim().is_empty();
        self.runs |= piece.contains(RUNNING) || piece.contains(CLOSED);
    }

    /// True if it is the number of a heading in Chinese with its text and nothing else.
    fn is_heading(&self) -> bool {
        is_numbered(&self.compared) && self.compared.len() <= HEADING_MAX && !self.runs
    }
}

/// True for a text that begins with the number of a heading in Chinese.
fn is_numbered(compared: &[char]) -> bool {
    Ordinal::at(compared).is_some_and(|own| own.style.is_chinese() && compared.len() > own.length)
}

/// True for what is no number of a page.
fn is_text(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
}

/// True if the line before the end of a page goes on in the one behind it: it stops in the middle of a sentence.
pub fn goes_on(last: &PageLine, next: &PageLine) -> bool {
    let inside = next.text.starts_with(INSIDE) || last.text.contains(RUNNING);
    let bracket = next.text.starts_with(['（', '(']) && Ordinal::at(&characters(&last.text)).is_some();
    (inside || bracket)
        && last.heading.is_none()
        && next.heading.is_none()
        && !last.text.ends_with(CLOSED)
        && Ordinal::at(&characters(&next.text)).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabs_around_numbered_headings_end_lines_and_others_are_spaces() {
        assert_eq!(untabbed("八、基金收支情况\t某馆本年没有。"), "八、基金收支情况\n某馆本年没有。");
        assert_eq!(untabbed("本年没有变化。\t（二）具体情况"), "本年没有变化。\n（二）具体情况");
        assert_eq!(untabbed("一、主要职责\t3"), "一、主要职责 3");
        assert_eq!(untabbed("部门：某馆\t单位：元"), "部门：某馆 单位：元");
        assert_eq!(untabbed("一、\t主要职责\t本馆负责借阅。"), "一、 主要职责\n本馆负责借阅。");
        assert_eq!(untabbed("本年没有。\n一、职责\t馆舍\t（二）人员"), "本年没有。\n一、职责\n馆舍\n（二）人员");
    }

    #[test]
    fn a_sentence_goes_on_behind_the_end_of_a_page_and_a_title_does_not() {
        let line = |text: &str| PageLine { text: text.to_owned(), ..PageLine::default() };
        let goes_on = |last: &str, next: &str| goes_on(&line(last), &line(next));
        assert!(goes_on("馆藏增加，完善借", "阅制度。"));
        assert!(goes_on("2、文化支出（类）文化（款）图书馆", "（项）。年初预算为3.00万元。"));
        assert!(!goes_on("馆藏增加。", "阅览室开放，有人值守。"));
        assert!(!goes_on("馆藏增加，完善借阅", "二、收入情况"));
        assert!(!goes_on("某图书馆", "2023年度决算"));
    }
}

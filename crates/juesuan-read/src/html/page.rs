//! The walk through the tags of a page.

use html5gum::{DefaultEmitter, Error, StartTag, Token, Tokenizer};
use juesuan_model::{Place, Problem};

use super::block::Block;
use super::tag::{self, Role};
use crate::budget::{Budget, LISTS_DEPTH_MAX, TABLES_DEPTH_MAX};
use crate::layout::{Down, Layout, line};
use crate::pages::{PageLine, Piece};
use crate::said::said;
use crate::sight::{Handle, Picture};

/// Characters of the address of what is embedded that are told.
const ADDRESS_MAX: usize = 60;

/// The pieces, what went wrong, and whether the page only frames others.
pub fn read(name: &str, text: &str) -> (Vec<Piece>, Vec<Problem>, bool) {
    let mut page = Page { file: name, ..Page::default() };
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    for token in Tokenizer::new_with_emitter(text, emitter).flatten() {
        match token {
            Token::StartTag(tag) => page.open(&tag),
            Token::EndTag(tag) => page.close(&tag.name),
            Token::String(text) if page.dropped.is_none() => page.block.push(&String::from_utf8_lossy(&text.value)),
            Token::Error(error) => page.cut |= is_cut(error.value),
            Token::String(_) | Token::Comment(_) | Token::Doctype(_) => {}
        }
    }
    page.end_block();
    // The rest of the file was taken for what stands in an element that is not shown.
    page.cut |= page.dropped.as_ref().is_some_and(|(name, _)| tag::role(name) == Role::Dropped);
    page.cut |= !page.ended && (!page.tables.is_empty() || page.stops_inside());
    while !page.tables.is_empty() {
        page.end_table();
    }
    let mut problems: Vec<Problem> = page.budget.problem(name).into_iter().collect();
    if page.cut {
        problems.push(Problem::fatal(page.place(), "网页在这里中断，以后的内容没有读出；请重新保存网页"));
    }
    problems.extend(page.embedded.map(|(place, address, count)| embedded(place, &address, count)));
    (page.pieces, problems, page.frames)
}

/// What is said of files and pages that a page shows inside itself.
fn embedded(place: Place, address: &str, count: u32) -> Problem {
    let address: String = address.chars().take(ADDRESS_MAX).collect();
    let message = said("embedded", &[("count", &count.to_string()), ("address", &address)]);
    Problem::doubt(place, message)
}

/// True for faults that only a file has whose end is missing: it stops inside a tag, a comment or a script.
fn is_cut(error: Error) -> bool {
    matches!(
        error,
        Error::EofInTag | Error::EofBeforeTagName | Error::EofInComment | Error::EofInDoctype | Error::EofInCdata
    )
}

#[derive(Default)]
struct Page<'a> {
    file: &'a str,
    pieces: Vec<Piece>,
    block: Block,
    heading: Option<u8>,
    /// True if the text that is read stands in the middle.
    centred: bool,
    tables: Vec<Table>,
    /// Number of the next item of each list around; `None` for lists without numbers.
    lists: Vec<Option<u32>>,
    /// Number that waits for the text of its item.
    number: Option<u32>,
    /// The element whose content is left out, and how often one of its name is open inside it.
    dropped: Option<(Vec<u8>, u32)>,
    /// How many pictures with captions are open.
    figures: u32,
    blocks: u32,
    frames: bool,
    /// True once the page or its body has begun, and ended.
    begun: bool,
    ended: bool,
    /// Elements that have an end, and paragraphs, which need none: how many began, and how many ended.
    elements: (u32, u32),
    paragraphs: (u32, u32),
    /// The place and address of the first file that is embedded, and how many are.
    embedded: Option<(Place, String, u32)>,
    /// True if the file ends in the middle of something.
    cut: bool,
    budget: Budget,
}

#[derive(Default)]
struct Table {
    layout: Layout,
    /// Caption, and text that stands between cells: browsers show both above.
    above: Vec<Piece>,
    in_row: bool,
    row_hidden: bool,
    cell: Option<Cell>,
}

struct Cell {
    columns: usize,
    rows: usize,
    hidden: bool,
    pieces: Vec<Piece>,
}

impl Page<'_> {
    /// True for a page that ends its elements, all but those in which the file stops.
    fn stops_inside(&self) -> bool {
        let ((begun, ended), (paragraphs, closed)) = (self.elements, self.paragraphs);
        self.begun && (ended > 0 && begun > ended || closed > 0 && paragraphs == closed + 1)
    }

    fn open(&mut self, tag: &StartTag<()>) {
        let name: &[u8] = &tag.name;
        if self.dropped.is_none() {
            self.begun |= matches!(name, b"html" | b"body");
            self.elements.0 += u32::from(tag::has_end(name) && !tag.self_closing);
            self.paragraphs.0 += u32::from(name == b"p");
        }
        let role = tag::role(name);
        if let Some((dropped, depth)) = &mut self.dropped {
            let ends_itself = matches!(dropped.as_slice(), b"p" | b"li") && !matches!(role, Role::Inline | Role::Break);
            if ends_itself {
                self.dropped = None;
            } else {
                *depth += u32::from(dropped.as_slice() == name && !tag.self_closing);
                return;
            }
        }
        self.note_embedded(tag);
        let own_way_to_hide = matches!(role, Role::Row | Role::Cell);
        self.figures += u32::from(name == b"figure");
        // What can be unfolded below a picture repeats it.
        let repeats = name == b"details" && self.figures > 0;
        let hides = role == Role::Dropped || repeats || (tag::is_hidden(tag) && !own_way_to_hide);
        if hides {
            let empty = tag::is_void(name) || (tag.self_closing && role == Role::Dropped);
            if !empty {
                self.dropped = Some((name.to_vec(), 0));
            }
            return;
        }
        match role {
            Role::Dropped | Role::Inline => {}
            Role::Break => self.block.end_line(),
            Role::Block => {
                self.end_block();
                self.centred = tag::centred(tag).unwrap_or(self.centred);
            }
            Role::Verbatim => {
                self.end_block();
                self.block.verbatim = true;
            }
            Role::Heading(level) => {
                self.end_block();
                self.heading = Some(level);
            }
            Role::Numbered | Role::Bulleted => self.begin_list(tag, role == Role::Numbered),
            Role::Item => self.begin_item(tag),
            Role::Table => self.begin_table(),
            Role::Section => self.end_section(),
            Role::Row => {
                self.end_row();
                self.begin_row(tag::is_hidden(tag));
            }
            Role::Cell => self.begin_cell(tag),
            Role::Picture => self.picture(tag),
            Role::Frame => self.frames = true,
        }
    }

    /// Notes a file that is shown inside the page.
    fn note_embedded(&mut self, tag: &StartTag<()>) {
        if let Some(address) = tag::embedded(tag) {
            let place = self.place();
            self.embedded.get_or_insert((place, address, 0)).2 += 1;
        }
    }

    fn picture(&mut self, tag: &StartTag<()>) {
        if !tag::is_small(tag) {
            let handle = tag::attribute(tag, "src").and_then(|address| Handle::address(&address));
            self.put(Piece::Picture(Picture { place: self.place(), cover: 0, handle }));
        }
    }

    fn begin_list(&mut self, tag: &StartTag<()>, numbered: bool) {
        self.end_block();
        if self.lists.len() < LISTS_DEPTH_MAX {
            let start = tag::number(tag, "start").and_then(|n| u32::try_from(n).ok()).unwrap_or(1);
            self.lists.push(numbered.then_some(start));
        }
    }

    fn begin_item(&mut self, tag: &StartTag<()>) {
        self.end_block();
        let value = tag::number(tag, "value").and_then(|n| u32::try_from(n).ok());
        if let Some(Some(next)) = self.lists.last_mut() {
            let number = value.unwrap_or(*next);
            self.number = Some(number);
            *next = number.saturating_add(1);
        }
    }

    fn close(&mut self, name: &[u8]) {
        let role = tag::role(name);
        if let Some((dropped, depth)) = &mut self.dropped {
            let ends_itself = matches!(dropped.as_slice(), b"p" | b"li") && !matches!(role, Role::Inline | Role::Break);
            if dropped.as_slice() == name || ends_itself {
                if *depth == 0 {
                    self.dropped = None;
                } else {
                    *depth -= 1;
                }
            }
            return;
        }
        if name == b"figure" {
            self.figures = self.figures.saturating_sub(1);
        }
        self.ended |= matches!(name, b"body" | b"html");
        self.elements.1 += u32::from(tag::has_end(name));
        self.paragraphs.1 += u32::from(name == b"p");
        match role {
            Role::Dropped | Role::Inline | Role::Picture | Role::Frame => {}
            // Browsers take `</br>` for `<br>`.
            Role::Break => self.block.end_line(),
            Role::Block | Role::Item => {
                self.end_block();
                self.centred = false;
            }
            Role::Verbatim => {
                self.end_block();
                self.block.verbatim = false;
            }
            Role::Heading(_) => {
                self.end_block();
                self.heading = None;
            }
            Role::Numbered | Role::Bulleted => {
                self.end_block();
                self.lists.pop();
            }
            Role::Table => self.end_table(),
            Role::Section => self.end_section(),
            Role::Row => self.end_row(),
            Role::Cell => self.end_cell(),
        }
    }

    fn place(&self) -> Place {
        Place { file: Some(self.file.to_owned()), line: Some(self.blocks.max(1)), ..Place::default() }
    }

    /// Puts a piece where the text stands now: in the open cell, above the open table, or on the page.
    fn put(&mut self, piece: Piece) {
        match self.tables.last_mut() {
            Some(Table { cell: Some(cell), .. }) => cell.pieces.push(piece),
            Some(table) => table.above.push(piece),
            None => self.pieces.push(piece),
        }
    }

    fn end_block(&mut self) {
        let text = self.block.take();
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        if self.tables.is_empty() {
            self.blocks = self.blocks.saturating_add(1);
        }
        let number = self.number.take().map(|number| format!("{number}."));
        let place = self.place();
        let mut lines: Vec<PageLine> = Vec::new();
        for part in text.split('\n') {
            let part = match (&number, lines.is_empty()) {
                (Some(number), true) => format!("{number}{}", part.trim_start()),
                _ => part.to_owned(),
            };
            if !self.budget.line(&part) {
                break;
            }
            let heading = self.heading.filter(|_| self.tables.is_empty());
            let centred = self.centred;
            lines.extend(line(&part, place.clone()).map(|line| PageLine { heading, centred, ..line }));
        }
        if let Some(last) = lines.last_mut() {
            last.ends = true;
        }
        for line in lines {
            self.put(Piece::Line(line));
        }
    }

    fn begin_table(&mut self) {
        self.end_block();
        self.heading = None;
        // A table directly inside a table, outside any cell, ends the first one.
        if self.tables.last().is_some_and(|table| table.cell.is_none() && table.in_row) {
            self.end_table();
        }
        if self.tables.len() < TABLES_DEPTH_MAX {
            self.tables.push(Table::default());
        }
    }

    fn begin_row(&mut self, hidden: bool) {
        if self.tables.len() == 1 {
            self.blocks = self.blocks.saturating_add(1);
        }
        let line = self.blocks;
        if let Some(table) = self.tables.last_mut() {
            table.in_row = true;
            table.row_hidden = hidden;
            table.layout.row(line, &mut self.budget);
        }
    }

    fn begin_cell(&mut self, tag: &StartTag<()>) {
        self.end_cell();
        if self.tables.last().is_some_and(|table| !table.in_row) {
            self.begin_row(false);
        }
        let Some(table) = self.tables.last_mut() else { return };
        let rows = match tag::number(tag, "rowspan") {
            Some(0) => usize::MAX,
            rows => rows.unwrap_or(1),
        };
        table.cell = Some(Cell {
            columns: tag::number(tag, "colspan").unwrap_or(1).max(1),
            rows,
            hidden: tag::is_hidden(tag),
            pieces: Vec::new(),
        });
    }

    fn end_cell(&mut self) {
        self.end_block();
        let Some(table) = self.tables.last_mut() else { return };
        if let Some(cell) = table.cell.take()
            && !cell.hidden
        {
            table.layout.cell(cell.columns, Down::Rows(cell.rows), cell.pieces, &mut self.budget);
        }
        self.lists.clear();
    }

    fn end_row(&mut self) {
        self.end_cell();
        if let Some(table) = self.tables.last_mut() {
            if table.in_row && table.row_hidden {
                table.layout.drop_row();
            }
            table.in_row = false;
        }
    }

    fn end_section(&mut self) {
        self.end_row();
        if let Some(table) = self.tables.last_mut() {
            table.layout.cut();
        }
    }

    fn end_table(&mut self) {
        self.end_row();
        if let Some(table) = self.tables.pop() {
            for piece in table.above.into_iter().chain(table.layout.finish(self.file)) {
                self.put(piece);
            }
        }
    }
}

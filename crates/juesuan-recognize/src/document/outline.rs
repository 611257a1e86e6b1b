//! Pieces → parts with headings, paragraphs and tables, in the order of the document.

use juesuan_catalog::Catalog;
use juesuan_forms::title;
use juesuan_model::{Place, Problem};
use juesuan_read::{Grid, PageLine, Picture, Piece};
use juesuan_text::{Ordinal, characters, plain};

use super::above::{TITLE_MAX, is_stray, is_table_title, is_titled, is_unit_line, names_section};
use super::join::{self, Joint};
use super::joined::Joined;
use super::layout::Layout;
use super::tables::is_form_number;
use super::{beside, glued, identity, total};
use crate::text::Vocabulary;
use crate::text::headings::{self, Headings};

/// Percent of a page from which on a picture is a page that cannot be read.
const PAGE_OF_PICTURE: u8 = 40;

/// A part as it stands on the pages.
#[derive(Clone, Debug, Default)]
pub struct RawPart {
    /// Its heading; empty before the first.
    pub title: Joined,
    /// Content.
    pub blocks: Vec<RawBlock>,
}

/// A block as it stands on the pages.
#[derive(Clone, Debug)]
pub enum RawBlock {
    /// A heading: 1 is 一、, 2 is （一）, 3 is 1.
    Heading(u8, Joined),
    /// Running text.
    Paragraph(Joined),
    /// A table.
    Table(Box<RawTable>),
}

/// A table with what stands around it.
#[derive(Clone, Debug, Default)]
pub struct RawTable {
    /// Lines above: title, number, entity, unit.
    pub caption: Vec<PageLine>,
    /// The heading under which it stands, where no line above is its title.
    pub heading: Option<Joined>,
    /// Its cells; those of further pages follow.
    pub grid: Grid,
    /// Pages it stands on.
    pub pages: Vec<u32>,
    /// Lines below.
    pub notes: Vec<Joined>,
    /// Where rows stand that seem to be its own and could not be put below the others.
    pub lost: Vec<Place>,
}

/// Puts lines together to paragraphs, tells headings, and gives every table what belongs to it.
pub fn outline(
    pieces: &[Piece],
    layout: &Layout,
    vocabulary: &Vocabulary<'_>,
    problems: &mut Vec<Problem>,
) -> Vec<RawPart> {
    let numbered = pieces.iter().any(|p| matches!(p, Piece::Line(line) if headings::part(&line.text)));
    let headings = vocabulary.headings("");
    let mut builder = Builder {
        layout,
        catalog: vocabulary.catalog,
        headings: &headings,
        numbered,
        parts: vec![RawPart::default()],
        open: None,
        caption: Vec::new(),
        page: None,
    };
    for piece in pieces {
        match piece {
            Piece::Line(line) if !line.text.trim().is_empty() => match glued::apart(line, &headings, builder.catalog) {
                Some((heading, text)) => {
                    builder.line(&heading);
                    builder.line(&text);
                }
                None => builder.line(line),
            },
            Piece::Line(_) => {}
            Piece::Grid(grid) if grid.is_blank() => {}
            Piece::Grid(grid) => builder.grid(grid),
            Piece::Picture(Picture { place, cover, .. }) if *cover >= PAGE_OF_PICTURE => {
                let message = "这里是图片，图中的文字和表格没有读出；请提供文字版，或人工核对这一页";
                problems.push(Problem::doubt(place.clone(), message));
            }
            Piece::Picture(_) => {}
        }
    }
    builder.flush();
    builder.drop_caption();
    builder.parts.retain(|part| !part.blocks.is_empty() || !part.title.text.is_empty());
    builder.parts
}

struct Builder<'a> {
    layout: &'a Layout,
    catalog: &'a Catalog,
    headings: &'a Headings<'a>,
    /// True if the document has 第一部分 and so on.
    numbered: bool,
    parts: Vec<RawPart>,
    /// The paragraph that is not yet complete, with its last line.
    open: Option<(Joined, PageLine)>,
    /// Lines that may belong to a table that follows.
    caption: Vec<PageLine>,
    /// Page of the last line or table.
    page: Option<u32>,
}

impl Builder<'_> {
    fn line(&mut self, line: &PageLine) {
        let first_on_page = line.place.page.is_some() && line.place.page != self.page;
        self.page = line.place.page.or(self.page);
        if let Some((mut joined, last)) = self.open.take() {
            let goes_on = !self.layout.ends(&joined, &last, line) && !self.begins(&joined, line);
            let wrapped = self.wraps(&joined, &last, line);
            if goes_on || wrapped {
                let seam = self.layout.seam(&joined, &last);
                joined.push(line, seam);
                self.open = Some((joined, line.clone()));
                return;
            }
            self.close(joined, &last);
        }
        if self.is_caption(line) {
            self.caption.push(line.clone());
            return;
        }
        if self.is_note(line) {
            self.open = Some((Joined::line(line), line.clone()));
            return;
        }
        if !self.caption.is_empty() && is_stray(line) {
            return;
        }
        self.drop_caption();
        if self.is_page_title(line, first_on_page) {
            self.open = Some((Joined::line(line), PageLine { heading: Some(1), ..line.clone() }));
            return;
        }
        self.open = Some((Joined::line(line), line.clone()));
    }

    /// True if `line` can only be the beginning of something.
    fn begins(&self, open: &Joined, line: &PageLine) -> bool {
        if headings::part(&line.text) || self.is_caption(line) {
            return true;
        }
        let drawn = self.layout.is_drawn(line);
        let titled = headings::outer(&open.text).is_some() || headings::inner(&open.text).is_some();
        // A heading that fills its line, and the text below it.
        if titled && (self.layout.is_indented(line) || Ordinal::at(&characters(&line.text)).is_some()) {
            return true;
        }
        // On a page of few lines nobody can tell what is indented.
        if drawn && headings::outer(&open.text).is_some_and(|title| self.headings.is_complete(title)) {
            return true;
        }
        // An indented 一、 is no part of a sentence, however full the line above is.
        let outer = headings::outer(&line.text).is_some();
        if drawn && outer && self.layout.is_indented(line) && self.layout.is_short(line) {
            return true;
        }
        let broken = self.layout.is_broken()
            && (is_titled(self.catalog, &open.text) || Ordinal::at(&characters(&line.text)).is_some());
        // The title of the document and rows of a table stand alone, however long the lines around them are.
        let own = |text: &str| text.chars().nth(TITLE_MAX).is_none() && identity::stands_alone(text, self.catalog);
        !drawn && (self.is_heading_line(&open.text) || outer || broken || own(&open.text) || own(&line.text))
    }

    /// Text without layout: a line that is a heading by its words.
    fn is_heading_line(&self, text: &str) -> bool {
        headings::outer(text).is_some()
            || headings::inner(text).is_some_and(|title| self.headings.section(title).is_some())
    }

    /// True if a heading goes on in the next line: the title of a part in its own letters, or a full line that ends in the
    /// middle.
    fn wraps(&self, open: &Joined, last: &PageLine, line: &PageLine) -> bool {
        if open.length > 2 * TITLE_MAX {
            return false;
        }
        let whole = format!("{}{}", open.text, line.text);
        let item =
            Ordinal::at(&characters(&line.text)).is_some() || headings::part(&line.text) || self.is_caption(line);
        if item || whole.chars().count() > 2 * TITLE_MAX {
            return false;
        }
        if headings::part(&open.text) || last.heading == Some(1) {
            let same = last.size.abs_diff(line.size) * 12 < last.size.max(1);
            return same && self.layout.is_large(line) && self.layout.is_drawn(line) && headings::is_title(&whole);
        }
        headings::outer(&open.text).is_some()
            && self.layout.is_full(last)
            && self.layout.is_short(line)
            && !self.layout.is_indented(line)
            && headings::outer(&whole).is_some()
    }

    /// The title of a table, its number, unit or entity.
    fn is_caption(&self, line: &PageLine) -> bool {
        let text = plain(&line.text);
        if text.chars().count() > 2 * TITLE_MAX || text.contains('。') || Ordinal::at(&characters(&line.text)).is_some()
        {
            return false;
        }
        let words = &self.catalog.recognition;
        let titled = headings::is_title(&line.text)
            && title::form_of(self.catalog, &line.text).is_some()
            && !headings::part(&line.text);
        let continued = words.continued.iter().any(|word| text.starts_with(word.as_str()));
        titled || continued || is_unit_line(&text) || self.labelled(&text)
    }

    /// `编制单位：…`, the whole line.
    fn labelled(&self, text: &str) -> bool {
        let labels = &self.catalog.recognition.labels;
        let begun = self.parts.len() > 1 || self.parts.iter().any(|part| !part.blocks.is_empty());
        labels.iter().any(|label| text.strip_prefix(label.as_str()).is_some_and(|rest| rest.starts_with('：')))
            && !text.contains(['，', '、', '；'])
            && (begun || !self.caption.is_empty())
    }

    fn is_note(&self, line: &PageLine) -> bool {
        let after_table = matches!(self.parts.last().and_then(|part| part.blocks.last()), Some(RawBlock::Table(_)));
        after_table && self.caption.is_empty() && self.leads_note(&plain(&line.text))
    }

    /// True if a text begins as the notes of tables do, or as the line below the data of a chart that was not drawn.
    fn leads_note(&self, text: &str) -> bool {
        let lead = |word: &String| text.strip_prefix(word.as_str()).is_some_and(|rest| rest.starts_with(['：', '1']));
        self.catalog.recognition.notes.iter().any(lead) || self.says_undrawn(text)
    }

    /// True if a text is a note of the table above it: by how it begins, or as 2. (not 2024年度) below 注：1.; but what stands behind
    /// the data of a chart is the text again.
    fn goes_below(&self, table: &RawTable, text: &str) -> bool {
        let numbered = || text.starts_with(|c: char| c.is_ascii_digit()) && Ordinal::at(&characters(text)).is_some();
        let has_notes = || table.notes.last().is_some_and(|note| !self.says_undrawn(&plain(&note.text)));
        self.leads_note(text) || numbered() && has_notes()
    }

    /// True for the line below the data of a chart that was not drawn.
    fn says_undrawn(&self, text: &str) -> bool {
        let [before, _] = self.catalog.recognition.undrawn.each_ref().map(|word| plain(word));
        !before.is_empty() && text.starts_with(&before)
    }

    /// A title that stands over a page or in large letters in the middle of a line, without a number.
    fn is_page_title(&self, line: &PageLine, first_on_page: bool) -> bool {
        let numbered = Ordinal::at(&characters(&line.text)).is_some();
        let length = line.text.chars().count();
        headings::is_title(&line.text)
            && !numbered
            && (2..=TITLE_MAX).contains(&length)
            && (line.heading.is_some()
                || (self.layout.is_centred(line) && (first_on_page || self.layout.is_large(line)))
                || (line.centred || self.layout.is_centred(line) || line.ends || self.layout.is_alone(line))
                    && !self.numbered
                    && names_section(self.catalog, &line.text))
    }

    fn push(&mut self, block: RawBlock) {
        if let Some(part) = self.parts.last_mut() {
            part.blocks.push(block);
        }
    }

    fn flush(&mut self) {
        if let Some((joined, last)) = self.open.take() {
            self.close(joined, &last);
        }
    }

    /// Lines of a table that did not come.
    fn drop_caption(&mut self) {
        for line in std::mem::take(&mut self.caption) {
            let joined = Joined::line(&line);
            let block = if title::form_of(self.catalog, &line.text).is_some() {
                RawBlock::Heading(1, joined)
            } else {
                RawBlock::Paragraph(joined)
            };
            self.push(block);
        }
    }

    /// Files a complete paragraph under what it is.
    fn close(&mut self, joined: Joined, last: &PageLine) {
        let numbered = Ordinal::at(&characters(&joined.text)).is_some();
        let titled = last.heading.is_some() && !numbered && headings::is_title(&joined.text);
        if headings::part(&joined.text) || (titled && !self.numbered && last.heading == Some(1)) {
            return self.parts.push(RawPart { title: joined, blocks: Vec::new() });
        }
        let words = &self.catalog.recognition.titles;
        let stopped =
            joined.text.strip_suffix('。').is_some_and(|t| !words.iter().any(|word| t.ends_with(word.as_str())));
        if headings::outer(&joined.text).is_some() && !stopped {
            return self.push(RawBlock::Heading(1, joined));
        }
        if headings::inner(&joined.text).is_some() && !stopped {
            return self.push(RawBlock::Heading(2, joined));
        }
        if headings::third(&joined.text) && !stopped && (joined.is_one_line() && self.layout.is_short(last)) {
            return self.push(RawBlock::Heading(3, joined));
        }
        if titled {
            return self.push(RawBlock::Heading(last.heading.unwrap_or(1).min(3), joined));
        }
        let last = self.parts.last().and_then(|part| part.blocks.last());
        let text = plain(&joined.text);
        let of_table = self.catalog.recognition.of_table.iter().any(|word| text.contains(word.as_str()));
        let below = matches!(last, Some(RawBlock::Table(table)) if of_table || self.goes_below(table, &text));
        match self.parts.last_mut().and_then(|part| part.blocks.last_mut()) {
            Some(RawBlock::Table(table)) if below => table.notes.push(joined),
            // The last row of a table without rulings, of which nothing is filled in.
            Some(RawBlock::Table(_)) if join::is_total(&text, self.catalog) => {}
            _ => self.push(RawBlock::Paragraph(joined)),
        }
    }

    fn grid(&mut self, grid: &Grid) {
        let page = grid.rows.iter().find_map(|row| row.page);
        self.page = page.or(self.page);
        let titles =
            |line: &PageLine| title::form_of(self.catalog, &line.text).is_some() && !is_form_number(&plain(&line.text));
        let joint = Joint { catalog: self.catalog, turned: self.layout.turned() };
        let above = self.parts.last_mut().and_then(|part| part.blocks.last_mut());
        if self.caption.is_empty()
            && self.open.as_ref().is_some_and(|(line, _)| join::take_back(&joint, above, line, grid))
        {
            self.open = None;
        }
        let untitled = !self.caption.iter().any(titles);
        let mut caption = Vec::new();
        match self.open.take() {
            // The line above a table of any other kind is its title.
            Some((joined, last)) if untitled && is_table_title(&joined) => {
                caption.push(PageLine { text: joined.text, noted: Vec::new(), ..last })
            }
            Some((joined, last)) => self.close(joined, &last),
            None => {}
        }
        if untitled && caption.is_empty() {
            caption.extend(self.title_above());
        }
        caption.append(&mut self.caption);
        let above = self.parts.last_mut().map_or(&mut [][..], |part| &mut part.blocks);
        if let Some(RawBlock::Table(table)) = above.last_mut() {
            if total::take(table, &caption, grid, self.catalog) || beside::take(&joint, table, &caption, grid) {
                return;
            }
            if join::goes_on(&joint, table, &caption, grid) {
                join::join(&joint, table, grid);
                return;
            }
        }
        if let Some(table) = join::loses(&joint, above, &caption, grid) {
            table.lost.push(grid.place(0));
        }
        let heading = match self.parts.last().and_then(|part| part.blocks.last()) {
            Some(RawBlock::Heading(_, joined)) => Some(joined.clone()),
            _ => None,
        };
        self.push(RawBlock::Table(Box::new(RawTable {
            caption,
            heading,
            grid: grid.clone(),
            pages: page.into_iter().collect(),
            notes: Vec::new(),
            lost: Vec::new(),
        })));
    }

    /// A short line without a number that was taken for a paragraph or for the title of a part.
    fn title_above(&mut self) -> Option<PageLine> {
        let several = self.parts.len() > 1;
        let part = self.parts.last_mut()?;
        let joined = match part.blocks.last() {
            Some(RawBlock::Paragraph(joined)) if is_table_title(joined) => {
                let joined = joined.clone();
                part.blocks.pop();
                joined
            }
            None if !headings::part(&part.title.text) && is_table_title(&part.title) && several => {
                self.parts.pop()?.title
            }
            _ => return None,
        };
        let place = joined.origin.first().map_or_else(Place::default, |origin| origin.place.clone());
        Some(PageLine { seen: joined.seen(), text: joined.text, place, ..PageLine::default() })
    }
}

//! The plan as the template reads it: sheets of one orientation, with what stands on them. All lengths are tenths of a point.

use std::collections::BTreeMap;

use juesuan_model::{Align, Block, CellRole, Chart, Document, Notice, Orientation, Part, TITLE_LEVEL, Table};
use juesuan_write::{DRAFT, is_form, opens_page};
use serde::Serialize;

use crate::columns::{self, Fit, Room};
use crate::fonts::Fonts;
use crate::render::Error;
use crate::unbroken::{self, Piece};

/// All that the template is told.
#[derive(Serialize)]
pub(crate) struct Layout<'a> {
    title: String,
    cover: &'a [String],
    draft: &'a [String],
    /// What stands above them.
    draft_says: &'static str,
    /// A notice has neither cover nor contents.
    notice: bool,
    fonts: BTreeMap<&'static str, FontSetting<'a>>,
    sheets: Vec<Sheet<'a>>,
}

#[derive(Serialize)]
struct FontSetting<'a> {
    families: &'a [String],
    digits: Option<&'a str>,
    weight: u16,
    bold: Option<u16>,
}

/// Pages of one orientation.
#[derive(Serialize)]
struct Sheet<'a> {
    landscape: bool,
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Item<'a> {
    /// A new page.
    Break,
    Part {
        text: &'a str,
        depth: u8,
    },
    Heading {
        text: &'a str,
        /// How it looks: 1, 2 or 3; 4 is the title of a report.
        level: u8,
        /// Where it stands in the tree of bookmarks, from 1, without gaps.
        depth: u8,
    },
    Paragraph {
        pieces: Vec<Piece>,
    },
    Table(TableItem<'a>),
    /// Number, title and addressee of a notice.
    NoticeHead {
        number: Piece,
        title: &'a [String],
        to: &'a str,
    },
    /// Issuer and day of a notice.
    Signed {
        issuer: &'a str,
        day: &'a str,
    },
    Chart {
        svg: &'a str,
        caption: &'a str,
        alternative: &'a str,
    },
}

#[derive(Serialize)]
struct TableItem<'a> {
    /// False for a small table within the text; its title is smaller than those of statutory tables and forms.
    large: bool,
    title: &'a str,
    /// Where the title stands in the tree of bookmarks; none if a heading above already leads here.
    depth: Option<u8>,
    number: &'a str,
    entity: &'a str,
    unit: &'a str,
    size: u32,
    pad: u32,
    side: u32,
    leading: u32,
    columns: Vec<u32>,
    /// True if it moves to the next page rather than break: a short table within the text.
    whole: bool,
    header: Vec<HeadCell<'a>>,
    header_rows: usize,
    rows: Vec<Row<'a>>,
    notes: &'a [String],
}

#[derive(Serialize)]
struct HeadCell<'a> {
    text: &'a str,
    /// Width to break the text at, so that its lines are of equal length; none where one line suffices.
    measure: Option<u32>,
    x: usize,
    y: usize,
    columns: usize,
    rows: usize,
}

#[derive(Serialize)]
struct Row<'a> {
    total: bool,
    cells: Vec<BodyCell<'a>>,
}

#[derive(Serialize)]
struct BodyCell<'a> {
    text: &'a str,
    x: usize,
    columns: usize,
    rows: usize,
    align: Align,
    indent: u8,
}

/// Type area of an upright page: 156 × 225 mm, the type area of GB/T 9704.
const PORTRAIT: Room = Room { width: 4422, height: 6378 };
/// Type area of a page on its side: 247 × 156 mm.
const LANDSCAPE: Room = Room { width: 7001, height: 4422 };
/// Height of a table's title with the lines of number, entity and unit.
const TABLE_TITLE_HEIGHT: u32 = 720;
/// Height of a heading above a table.
const HEADING_HEIGHT: u32 = 300;
/// Height of the title of a part, and how much of it stands on one line.
const PART_HEIGHT: u32 = 500;
const PART_LINE_CHARACTERS: usize = 20;
/// Height of a line of a note below a table, and its size of type.
const NOTE_HEIGHT: u32 = 160;
const NOTE_SIZE: u32 = 90;

impl<'a> Layout<'a> {
    /// Lays out `document`; `charts` are SVG by the key of the chart.
    pub(crate) fn new(
        document: &'a Document,
        charts: &'a [(String, String)],
        fonts: &'a Fonts,
    ) -> Result<Layout<'a>, Error> {
        let mut builder = Builder { sheets: Vec::new(), pending: Vec::new(), depth: 0, after_form: false, charts };
        if let Some(notice) = &document.notice {
            let number = unbroken::piece(&notice.number);
            builder.depth = 1;
            builder.place(Item::NoticeHead { number, title: &document.title, to: &notice.to }, Orientation::Portrait);
        }
        for part in &document.parts {
            builder.part(part)?;
        }
        builder.flush(Orientation::Portrait);
        if let Some(Notice { signed: [issuer, day], .. }) = &document.notice {
            builder.place(Item::Signed { issuer, day }, Orientation::Portrait);
        }
        let fonts = fonts.settings().iter().map(|(role, setting)| {
            (
                role.name(),
                FontSetting {
                    families: &setting.families,
                    digits: setting.digits.as_deref(),
                    weight: setting.weight,
                    bold: setting.bold,
                },
            )
        });
        Ok(Layout {
            title: title(document),
            cover: &document.title,
            draft: &document.draft_reasons,
            draft_says: DRAFT,
            notice: document.notice.is_some(),
            fonts: fonts.collect(),
            sheets: builder.sheets,
        })
    }
}

/// The title in one line, for the reader's window and for screen readers.
fn title(document: &Document) -> String {
    let title = document.title.concat();
    if title.trim().is_empty() { "部门决算".to_owned() } else { title }
}

struct Builder<'a> {
    sheets: Vec<Sheet<'a>>,
    /// Headings that wait for what they stand above: they go on its page.
    pending: Vec<Item<'a>>,
    /// Depth of the last bookmark.
    depth: u8,
    /// True behind a form: what follows begins a page.
    after_form: bool,
    charts: &'a [(String, String)],
}

impl<'a> Builder<'a> {
    fn part(&mut self, part: &'a Part) -> Result<(), Error> {
        // A part without content still shows its title on a page of its own.
        if self.pending.iter().any(|item| matches!(item, Item::Part { .. })) {
            self.flush(Orientation::Portrait);
        }
        if !part.title.is_empty() {
            self.depth = 1;
            self.pending.push(Item::Part { text: &part.title, depth: 1 });
        }
        for block in &part.blocks {
            self.block(block)?;
        }
        Ok(())
    }

    fn block(&mut self, block: &'a Block) -> Result<(), Error> {
        let behind = std::mem::take(&mut self.after_form);
        if (behind && self.pending.is_empty()) || (opens_page(block) && !self.opens_a_page()) {
            self.pending.insert(0, Item::Break);
        }
        match block {
            Block::Heading { level, text, .. } => {
                // A gap in the tree of bookmarks is not allowed in an accessible PDF.
                let rank = if *level == TITLE_LEVEL { 2 } else { *level };
                self.depth = rank.saturating_add(1).min(self.depth.saturating_add(1));
                self.pending.push(Item::Heading { text, level: (*level).clamp(1, TITLE_LEVEL), depth: self.depth });
            }
            Block::Paragraph { runs, .. } => {
                let item = Item::Paragraph { pieces: unbroken::pieces(runs) };
                self.place(item, Orientation::Portrait);
            }
            Block::Table(table) => {
                let item = self.table(table);
                self.place(item, table.orientation);
                self.after_form = is_form(table);
            }
            Block::Chart(chart) => {
                let item = self.chart(chart)?;
                self.place(item, Orientation::Portrait);
            }
        }
        Ok(())
    }

    /// True if what waits begins a page already.
    fn opens_a_page(&self) -> bool {
        matches!(self.pending.first(), Some(Item::Part { .. } | Item::Break))
    }

    fn place(&mut self, item: Item<'a>, orientation: Orientation) {
        self.pending.push(item);
        self.flush(orientation);
    }

    /// Puts what waits on a sheet of this orientation; parts and what is on pages of its own begin one.
    fn flush(&mut self, orientation: Orientation) {
        if self.pending.is_empty() {
            return;
        }
        let landscape = orientation == Orientation::Landscape;
        let breaks = self.opens_a_page();
        let mut items = std::mem::take(&mut self.pending);
        items.retain(|item| !matches!(item, Item::Break));
        match self.sheets.last_mut() {
            Some(sheet) if sheet.landscape == landscape => {
                if breaks {
                    sheet.items.push(Item::Break);
                }
                sheet.items.append(&mut items);
            }
            _ => self.sheets.push(Sheet { landscape, items }),
        }
    }

    fn table(&mut self, table: &'a Table) -> Item<'a> {
        let headings = self.pending.iter().filter(|item| matches!(item, Item::Heading { .. })).count();
        let depth = (!table.form.is_empty() && headings == 0 && !table.title.is_empty()).then(|| {
            self.depth = 2.min(self.depth.saturating_add(1));
            self.depth
        });
        let waiting: u32 = self.pending.iter().map(heading_height).sum();
        let room = match table.orientation {
            Orientation::Portrait => PORTRAIT,
            Orientation::Landscape => LANDSCAPE,
        };
        let notes: u32 =
            table.notes.iter().map(|note| NOTE_HEIGHT * columns::lines_of(note, NOTE_SIZE, room.width)).sum();
        let taken = TABLE_TITLE_HEIGHT.saturating_add(waiting).saturating_add(notes);
        let fit = columns::fit(table, Room { width: room.width, height: room.height.saturating_sub(taken) });
        // A form, all rows of which are its own, stands on one page if it can.
        let most = if is_form(table) { room.height.saturating_sub(taken) } else { room.height / 2 };
        let whole = columns::height(table, &fit) <= most;
        Item::Table(TableItem::new(table, depth, fit, whole))
    }

    fn chart(&self, chart: &'a Chart) -> Result<Item<'a>, Error> {
        let (_, svg) = self
            .charts
            .iter()
            .find(|(key, _)| *key == chart.key)
            .ok_or_else(|| Error::MissingChart { key: chart.key.clone(), caption: chart.caption.clone() })?;
        // Without words of its own, the caption is what a screen reader says.
        let alternative = if chart.alternative.is_empty() { &chart.caption } else { &chart.alternative };
        Ok(Item::Chart { svg, caption: &chart.caption, alternative })
    }
}

/// Height of what waits above a table.
fn heading_height(item: &Item<'_>) -> u32 {
    match item {
        Item::Part { text, .. } if text.chars().count() > PART_LINE_CHARACTERS => 2 * PART_HEIGHT,
        Item::Part { .. } => PART_HEIGHT,
        _ => HEADING_HEIGHT,
    }
}

impl<'a> TableItem<'a> {
    fn new(table: &'a Table, depth: Option<u8>, fit: Fit, whole: bool) -> TableItem<'a> {
        let fitted = &fit;
        let header = table.header.iter().enumerate().flat_map(|(y, cells)| {
            cells.iter().map(move |cell| HeadCell {
                text: &cell.text,
                measure: columns::title_measure(cell, fitted),
                x: usize::from(cell.column),
                y,
                columns: usize::from(cell.columns.max(1)),
                rows: usize::from(cell.rows.max(1)).min(table.header.len() - y),
            })
        });
        let covered = columns::covered(table);
        let rows = table.rows.iter().zip(covered).map(|(row, covered)| {
            let mut x = 0;
            let cells = row.cells.iter().map(|cell| {
                let columns = columns::span(cell);
                let placed = BodyCell {
                    text: &cell.text,
                    x,
                    columns,
                    rows: usize::from(cell.rows.max(1)),
                    align: match (cell.role, cell.align) {
                        (CellRole::Number, Align::Left) => Align::Right,
                        (CellRole::Ordinal, Align::Left) => Align::Center,
                        (_, align) => align,
                    },
                    indent: cell.indent,
                };
                x += columns;
                placed
            });
            // A place that a cell above covers has none of its own.
            let seen = cells.filter(|cell| !covered.get(cell.x).copied().unwrap_or(false));
            Row { total: row.total, cells: seen.collect() }
        });
        TableItem {
            large: !table.form.is_empty() || is_form(table),
            title: &table.title,
            depth,
            number: &table.number,
            entity: &table.entity,
            unit: &table.unit,
            size: fit.size,
            pad: fit.pad,
            side: columns::side(fit.size),
            leading: fit.size * columns::LEADING_PERCENT / 100,
            header: header.collect(),
            columns: fit.columns,
            whole,
            header_rows: table.header.len(),
            rows: rows.collect(),
            notes: &table.notes,
        }
    }
}

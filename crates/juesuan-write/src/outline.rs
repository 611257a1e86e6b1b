//! Names of the places in a document that others link to; the same in every format.

use juesuan_model::{Block, Document, TITLE_LEVEL, Table};

/// Counts parts, headings, tables and charts in the order of the document.
#[derive(Debug, Default)]
pub(crate) struct Anchors {
    parts: usize,
    headings: usize,
    tables: usize,
    charts: usize,
}

impl Anchors {
    /// `part-1` …
    pub(crate) fn part(&mut self) -> String {
        self.parts += 1;
        format!("part-{}", self.parts)
    }

    /// `section-1` …
    pub(crate) fn heading(&mut self) -> String {
        self.headings += 1;
        format!("section-{}", self.headings)
    }

    /// `table-1` …
    pub(crate) fn table(&mut self) -> String {
        self.tables += 1;
        format!("table-{}", self.tables)
    }

    /// `chart-1` …
    pub(crate) fn chart(&mut self) -> String {
        self.charts += 1;
        format!("chart-{}", self.charts)
    }
}

/// A line of the contents: a part, or a heading of level 1 in it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Entry<'a> {
    /// 0 for a part, 1 for a heading.
    pub(crate) depth: u8,
    pub(crate) text: &'a str,
    pub(crate) anchor: String,
}

/// The contents in order.
pub(crate) fn contents(document: &Document) -> Vec<Entry<'_>> {
    let mut anchors = Anchors::default();
    let mut entries = Vec::new();
    for part in &document.parts {
        let anchor = anchors.part();
        if !part.title.is_empty() {
            entries.push(Entry { depth: 0, text: &part.title, anchor });
        }
        for block in &part.blocks {
            if let Block::Heading { level, text, .. } = block {
                let anchor = anchors.heading();
                if *level == 1 {
                    entries.push(Entry { depth: 1, text, anchor });
                }
            }
        }
    }
    entries
}

/// True for a form that is filled in: no head above its rows. It stands on pages of its own.
pub fn is_form(table: &Table) -> bool {
    table.form.is_empty() && table.header.is_empty()
}

/// True for what begins a page, with the headings right above it: a statutory table, a form, a document of its own.
pub fn opens_page(block: &Block) -> bool {
    match block {
        Block::Heading { level, .. } => *level == TITLE_LEVEL,
        Block::Table(table) => !table.form.is_empty() || is_form(table),
        Block::Paragraph { .. } | Block::Chart(_) => false,
    }
}

/// What stands above the reasons for which a document is a draft, in every format.
pub const DRAFT: &str = "草稿，不得公开。以下事项解决后方可定稿：";

/// What stands for a missing text: in corner brackets, whether it brings them or not.
pub(crate) fn missing(text: &str) -> String {
    if text.starts_with('【') { text.to_owned() } else { format!("【{text}】") }
}

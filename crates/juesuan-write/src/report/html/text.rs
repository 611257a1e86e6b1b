//! A document without pictures: its texts and tables as they were recognised, every figure marked.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use juesuan_model::{Block, Cell, Figure, FigureId, Origin, Run, Table, TableRow};
use juesuan_text::number;

use super::spots::{Ground, Shown, Spot};
use super::{View, ledger};
use crate::grid::span;
use crate::markup::{Push, escape};

/// A printed line: its page and its number.
type Line = (Option<u32>, Option<u32>);

/// The whole text. What is marked is added to `shown`.
pub(super) fn text(view: &View<'_>, spots: &[Spot<'_>], shown: &mut Shown) -> String {
    let mut writer = Writer::new(view, spots);
    let mut out = writer.write(|_| true);
    let all: Vec<FigureId> = ledger::figures(view).map(|(id, _, _)| id).collect();
    let (marked, others): (Vec<FigureId>, Vec<FigureId>) = all.into_iter().partition(|id| writer.marked.contains(id));
    shown.extend(writer.tagged());
    out.push_str(&ledger::list(view, "全文", &marked, true));
    out.push_str(&ledger::list(view, "没有标在原文里的", &others, false));
    out
}

/// The text on some pages, and which of the `figures` are marked in it. What is tagged is added to `shown`, which has what was
/// tagged before.
pub(super) fn of_pages(
    view: &View<'_>,
    spots: &[Spot<'_>],
    pages: &BTreeSet<u32>,
    figures: &[FigureId],
    shown: &mut Shown,
) -> (String, Vec<FigureId>) {
    let mut writer = Writer::new(view, spots);
    writer.done = (0..).zip(spots).filter(|(_, spot)| shown.contains(&spot.id)).map(|(at, _)| at).collect();
    // All others have their mark: none stands twice.
    let before: BTreeSet<FigureId> =
        ledger::figures(view).map(|(id, _, _)| id).filter(|id| !figures.contains(id)).collect();
    writer.marked.clone_from(&before);
    let out = writer.write(|block| match block {
        Block::Heading { origin, .. } | Block::Paragraph { origin, .. } => {
            origin.iter().filter_map(|origin| origin.place.page).any(|page| pages.contains(&page))
        }
        Block::Table(table) => table.pages.iter().any(|page| pages.contains(page)),
        Block::Chart(_) => false,
    });
    shown.extend(writer.tagged());
    (out, writer.marked.difference(&before).copied().collect())
}

struct Writer<'w, 'v, 's> {
    view: &'w View<'v>,
    spots: &'w [Spot<'s>],
    /// Spots that have their tag.
    done: BTreeSet<usize>,
    /// Figures that have their mark.
    marked: BTreeSet<FigureId>,
    /// Figures of running text by their line.
    by_line: BTreeMap<Line, Vec<FigureId>>,
    /// Spots that stand at a figure, or in a table, that is still to come. The line of such a place may be that of its sheet, and
    /// other sheets have it too.
    placed: BTreeSet<usize>,
    /// Those that stand at a figure or on a line.
    expected: BTreeSet<usize>,
    out: String,
}

impl<'w, 'v, 's> Writer<'w, 'v, 's> {
    fn new(view: &'w View<'v>, spots: &'w [Spot<'s>]) -> Writer<'w, 'v, 's> {
        let printed = Printed::of(view);
        let mut by_line: BTreeMap<Line, Vec<FigureId>> = BTreeMap::new();
        for (id, _, _) in ledger::figures(view).filter(|(id, _, _)| !printed.figures.contains(id)) {
            let place = view.checked.package.figure(id).map(|figure| &figure.place);
            if let Some(place) = place.filter(|place| place.line.is_some()) {
                by_line.entry((place.page, place.line)).or_default().push(id);
            }
        }
        let at_figure = |spot: &Spot<'_>| match spot.figure {
            Some(id) => printed.figures.contains(&id),
            None => printed
                .figures
                .iter()
                .any(|id| view.checked.package.figure(*id).is_some_and(|figure| figure.place == *spot.place)),
        };
        let in_table =
            |spot: &Spot<'_>| spot.place.table.as_deref().is_some_and(|table| printed.tables.contains(table));
        let (mut placed, mut expected) = (BTreeSet::new(), BTreeSet::new());
        for (i, spot) in spots.iter().enumerate() {
            let (at_figure, in_table) = (at_figure(spot), in_table(spot));
            placed.extend((at_figure || in_table).then_some(i));
            let on_line = !in_table && printed.lines.contains(&(spot.place.page, spot.place.line));
            expected.extend((at_figure || on_line).then_some(i));
        }
        Writer {
            view,
            spots,
            done: BTreeSet::new(),
            marked: BTreeSet::new(),
            by_line,
            placed,
            expected,
            out: String::new(),
        }
    }

    /// The blocks that are wanted, below the titles of their parts.
    fn write(&mut self, wanted: impl Fn(&Block) -> bool) -> String {
        for part in &self.view.checked.package.document.parts {
            let mut blocks = part.blocks.iter().filter(|block| wanted(block)).peekable();
            if !part.title.is_empty() && blocks.peek().is_some() {
                self.out.put(format_args!("<h4>{}", escape(&part.title)));
                self.tags_of_lines(&part.origin);
                self.tags_of_section(&part.title);
                self.out.push_str("</h4>\n");
            }
            blocks.for_each(|block| self.block(block));
        }
        format!("<div class=\"text\">\n{}</div>\n", std::mem::take(&mut self.out))
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading { text, origin, .. } => {
                self.out.put(format_args!("<h5>{}", escape(text)));
                self.tags_of_lines(origin);
                self.tags_of_section(text);
                self.out.push_str("</h5>\n");
            }
            Block::Paragraph { runs, origin } => self.paragraph(runs, origin),
            Block::Table(table) => self.table(table),
            Block::Chart(chart) => {
                self.out.put(format_args!("<p class=\"caption\">{}</p>\n", escape(&chart.caption)));
            }
        }
    }

    /// The spots that have their tag.
    fn tagged(&self) -> impl Iterator<Item = String> {
        self.done.iter().filter_map(|i| self.spots.get(*i)).map(|spot| spot.id.clone())
    }

    /// Tags of the spots for which `here` is true and that have none yet.
    fn tags(&mut self, here: impl Fn(usize, &Spot<'_>) -> bool) {
        for (i, spot) in self.spots.iter().enumerate() {
            if !self.done.contains(&i) && here(i, spot) {
                self.done.insert(i);
                self.out.push_str(&spot.tag(Ground::Text));
            }
        }
    }

    fn tags_of_lines(&mut self, origins: &[Origin]) {
        let lines: BTreeSet<Line> = origins.iter().map(|origin| (origin.place.page, origin.place.line)).collect();
        let placed = self.placed.clone();
        self.tags(|i, spot| {
            let here = spot.place.line.is_some() && lines.contains(&(spot.place.page, spot.place.line));
            here && !placed.contains(&i)
        });
    }

    fn tags_of_section(&mut self, heading: &str) {
        let (placed, expected) = (self.placed.clone(), self.expected.clone());
        self.tags(|i, spot| {
            let names = spot.place.section.as_deref() == Some(heading) || spot.place.table.as_deref() == Some(heading);
            names && !expected.contains(&i) && !placed.contains(&i)
        });
    }

    /// The printed figure with its mark and its tags.
    fn figure(&mut self, id: FigureId, printed: &str) {
        match ledger::mark(self.view, id, Ground::Text).filter(|_| self.marked.insert(id)) {
            Some(mark) => self.out.put(format_args!("<a {mark}>{}</a>", escape(printed))),
            None => self.out.push_str(&escape(printed)),
        }
        if let Some(figure) = self.view.checked.package.figure(id) {
            self.tags(|_, spot| spot.figure.map_or(*spot.place == figure.place, |own| own == id));
        }
    }

    fn paragraph(&mut self, runs: &[Run], origins: &[Origin]) {
        self.out.push_str("<p>");
        if runs.iter().any(|run| run.figure.is_some()) {
            for run in runs {
                match run.figure {
                    Some(id) => self.figure(id, &run.text),
                    None => self.out.push_str(&escape(&run.text)),
                }
            }
        } else {
            let text: String = runs.iter().map(|run| run.text.as_str()).collect();
            let mut written = 0;
            for (start, end, id) in self.found(&text, origins) {
                self.out.push_str(&escape(text.get(written..start).unwrap_or("")));
                self.figure(id, text.get(start..end).unwrap_or(""));
                written = end;
            }
            self.out.push_str(&escape(text.get(written..).unwrap_or("")));
        }
        self.tags_of_lines(origins);
        self.out.push_str("</p>\n");
    }

    /// Where the figures of these lines stand in the text: each on its line, none twice.
    fn found(&self, text: &str, origins: &[Origin]) -> Vec<(usize, usize, FigureId)> {
        let byte = |at: u32| text.char_indices().nth(at as usize).map_or(text.len(), |(byte, _)| byte);
        let mut out: Vec<(usize, usize, FigureId)> = Vec::new();
        let mut seen: BTreeSet<Line> = BTreeSet::new();
        for origin in origins {
            let line = (origin.place.page, origin.place.line);
            if !seen.insert(line) {
                continue;
            }
            let mut cursor = byte(origin.at);
            for id in self.by_line.get(&line).into_iter().flatten() {
                let numbers = self.view.checked.package.figure(*id).map(numbers).unwrap_or_default();
                let Some(Range { start, end }) = number::find_first(text, &numbers, cursor) else { continue };
                out.push((start, end, *id));
                cursor = end;
            }
        }
        out.sort_by_key(|(start, end, id)| (*start, *end, *id));
        let mut written = 0;
        out.retain(|(start, end, _)| {
            let free = *start >= written;
            if free {
                written = *end;
            }
            free
        });
        out
    }

    fn table(&mut self, table: &Table) {
        let title = escape(&table.title);
        self.out.put(format_args!(
            "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{title}\"><table><caption>{title}"
        ));
        let expected = self.expected.clone();
        let own = |i: usize, spot: &Spot<'_>| {
            !table.title.is_empty() && spot.place.table.as_ref() == Some(&table.title) && !expected.contains(&i)
        };
        self.tags(|i, spot| own(i, spot) && !table.rows.iter().any(|row| is_of_row(spot, row)));
        self.out.put(format_args!(
            " <small>{} {}</small></caption>\n<thead>\n",
            escape(&table.entity),
            escape(&table.unit)
        ));
        for row in &table.header {
            self.out.push_str("<tr>");
            for cell in row {
                let (columns, rows) = (span(cell.columns), span(cell.rows));
                self.out.put(format_args!("<th colspan=\"{columns}\" rowspan=\"{rows}\">{}</th>", escape(&cell.text)));
            }
            self.out.push_str("</tr>\n");
        }
        self.out.push_str("</thead>\n<tbody>\n");
        for row in &table.rows {
            self.out.push_str("<tr>");
            for cell in &row.cells {
                let wide = if cell.columns > 1 { format!(" colspan=\"{}\"", cell.columns) } else { String::new() };
                let class = if cell.figure.is_some() { " class=\"amount\"" } else { "" };
                self.out.put(format_args!("<td{wide}{class}>"));
                match cell.figure {
                    Some(id) => self.figure(id, &cell.text),
                    None => {
                        self.out.push_str(&escape(&cell.text));
                        self.tags(|i, spot| own(i, spot) && is_of_row(spot, row));
                    }
                }
                self.out.push_str("</td>");
            }
            self.out.push_str("</tr>\n");
        }
        self.out.push_str("</tbody></table></div>\n");
        for note in &table.notes {
            self.out.put(format_args!("<p class=\"note\">{}</p>\n", escape(note)));
        }
    }
}

/// True if a place is in a row that is called so: by its name, or its code and its name.
fn is_of_row(spot: &Spot<'_>, row: &TableRow) -> bool {
    let words = row.cells.iter().filter(|cell| cell.figure.is_none() && !cell.text.is_empty());
    let words: Vec<&str> = words.map(|cell| cell.text.as_str()).collect();
    let is = |name: &String| words.contains(&name.as_str()) || words.windows(2).any(|pair| pair.join(" ") == *name);
    spot.place.row.as_ref().is_some_and(is)
}

/// What the document holds as such.
#[derive(Default)]
struct Printed {
    /// Figures of sentences and tables.
    figures: BTreeSet<FigureId>,
    /// Lines of parts, headings and paragraphs.
    lines: BTreeSet<Line>,
    /// Titles of tables.
    tables: BTreeSet<String>,
}

impl Printed {
    fn of(view: &View<'_>) -> Printed {
        let mut printed = Printed::default();
        for part in &view.checked.package.document.parts {
            printed.line(&part.origin);
            for block in &part.blocks {
                match block {
                    Block::Heading { origin, .. } => printed.line(origin),
                    Block::Paragraph { runs, origin } => {
                        printed.line(origin);
                        printed.figures.extend(runs.iter().filter_map(|run| run.figure));
                    }
                    Block::Table(table) => {
                        let cells = table.rows.iter().flat_map(|row| &row.cells);
                        printed.figures.extend(cells.filter_map(|cell| cell.figure));
                        printed.tables.extend((!table.title.is_empty()).then(|| table.title.clone()));
                    }
                    Block::Chart(_) => {}
                }
            }
        }
        printed
    }

    fn line(&mut self, origins: &[Origin]) {
        let known = origins.iter().filter(|origin| origin.place.line.is_some());
        self.lines.extend(known.map(|origin| (origin.place.page, origin.place.line)));
    }
}

/// The ways in which the digits of a figure may stand in a text: beside a direction word the sign is left out.
fn numbers(figure: &Figure) -> Vec<String> {
    let Cell::Number(printed) = figure.cell else { return Vec::new() };
    let both = [printed, printed.abs()];
    let all = both.iter().flat_map(|p| [p.digits(), p.digits_grouped(), p.digits_trimmed()]);
    all.collect::<BTreeSet<String>>().into_iter().collect()
}

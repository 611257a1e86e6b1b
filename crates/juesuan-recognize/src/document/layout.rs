//! How lines lie on their pages: margins, letters, where a paragraph ends and begins.

use std::collections::BTreeMap;

use juesuan_read::{Format, PageLine, Pages, Piece};
use juesuan_text::{Ordinal, characters};

use super::joined::{Joined, RUNNING, Seam};
use super::turned::Turned;

/// Characters of a line that tells where the margins are, at least.
const LONG_LINE: usize = 18;

/// Long lines of each half of a sheet with two pages, at least.
const HALF_LINES: usize = 2;

/// Margins of one page.
#[derive(Clone, Copy, Debug)]
struct Margins {
    left: i32,
    right: i32,
}

/// What is known of the lines of a document.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// By page, and by half where two pages are printed on one sheet.
    margins: BTreeMap<(u32, bool), Margins>,
    /// Where the halves of such sheets meet.
    halves: BTreeMap<u32, i32>,
    common: Option<Margins>,
    /// Height of the letters of running text, in tenths of a point.
    body: u16,
    /// Width of a full line of a text without pages, in half-width characters.
    full: usize,
    says_ends: bool,
    /// True if each printed line is a paragraph of its own: the page was made from a PDF.
    broken: bool,
    /// Pages that lie on their side.
    turned: Turned,
}

/// Paragraphs that end in the middle of a sentence, from which on each line is one.
const BROKEN_MIN: usize = 2;
/// What ends a paragraph.
const CLOSED: [char; 6] = ['。', '！', '；', '：', ':', ';'];
/// Lines of running text of a text without pages that tell how long its lines are, at least.
const RUNNING_MIN: usize = 10;

/// Half-width characters of a text.
fn width(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

impl Layout {
    /// Looks at all lines.
    pub fn of(pages: &Pages, pieces: &[Piece], turned: Turned) -> Layout {
        let lines = || {
            pieces.iter().filter_map(|piece| match piece {
                Piece::Line(line) => Some(line),
                Piece::Grid(_) | Piece::Picture(_) => None,
            })
        };
        let says_ends = matches!(pages.format, Format::Docx | Format::Html | Format::Xlsx | Format::Xls);
        let mut layout = Layout { says_ends, turned, ..Layout::default() };
        layout.halves = layout.halves(pieces);
        let mut sizes: BTreeMap<u16, usize> = BTreeMap::new();
        let (mut widths, mut running): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
        let mut all: Vec<Margins> = Vec::new();
        for line in lines() {
            *sizes.entry(line.size).or_default() += line.text.chars().count();
            widths.push(width(&line.text));
            running.extend(line.text.contains(RUNNING).then(|| width(&line.text)));
            let (Some([left, _, right, _]), Some(page)) = (layout.bounds(line), line.place.page) else { continue };
            if line.text.chars().count() < LONG_LINE {
                continue;
            }
            all.push(Margins { left, right });
            let half = (page, layout.is_second_half(page, left));
            let margins = layout.margins.entry(half).or_insert(Margins { left, right });
            margins.left = margins.left.min(left);
            margins.right = margins.right.max(right);
        }
        layout.body = sizes.into_iter().max_by_key(|(_, count)| *count).map_or(0, |(size, _)| size);
        // Cells of tables that stand one a line say nothing about the lines of the text.
        if running.len() >= RUNNING_MIN && running.len() * 2 < widths.len() {
            widths = running;
        }
        widths.sort_unstable();
        layout.full = widths.get(widths.len() * 9 / 10).copied().unwrap_or(0);
        let middle = |mut values: Vec<i32>| {
            values.sort_unstable();
            values.get(values.len() / 2).copied()
        };
        layout.broken = layout.says_ends && is_broken(lines());
        layout.common = middle(all.iter().map(|m| m.left).collect())
            .zip(middle(all.iter().map(|m| m.right).collect()))
            .map(|(left, right)| Margins { left, right });
        layout
    }

    /// Where a line lies when its text is upright.
    fn bounds(&self, line: &PageLine) -> Option<[i32; 4]> {
        line.place.bounds.map(|bounds| self.turned.upright(line.place.page, bounds))
    }

    /// The pages of which long lines or tables stand to the left and to the right of the middle, and none across it.
    fn halves(&self, pieces: &[Piece]) -> BTreeMap<u32, i32> {
        let mut pages: BTreeMap<u32, Vec<(i32, i32)>> = BTreeMap::new();
        for piece in pieces {
            match piece {
                Piece::Line(line) if line.text.chars().count() >= LONG_LINE => {
                    if let (Some(page), Some([left, _, right, _])) = (line.place.page, self.bounds(line)) {
                        pages.entry(page).or_default().push((left, right));
                    }
                }
                Piece::Grid(grid) => {
                    let page = grid.rows.iter().find_map(|row| row.page);
                    let bounds = grid.rows.iter().flat_map(|row| &row.bounds).flatten();
                    let across = bounds.map(|bounds| self.turned.upright(page, *bounds)).map(|[l, _, r, _]| (l, r));
                    if let (Some(page), Some(sides)) = (page, across.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))) {
                        pages.entry(page).or_default().extend([sides; HALF_LINES]);
                    }
                }
                Piece::Line(_) | Piece::Picture(_) => {}
            }
        }
        let meet = |(page, lines): (u32, Vec<(i32, i32)>)| {
            let left = lines.iter().map(|(left, _)| *left).min()?;
            let right = lines.iter().map(|(_, right)| *right).max()?;
            let middle = (left + right) / 2;
            let before = lines.iter().filter(|(_, right)| *right < middle).count();
            let behind = lines.iter().filter(|(left, _)| *left > middle).count();
            (before + behind == lines.len() && before.min(behind) >= HALF_LINES).then_some((page, middle))
        };
        pages.into_iter().filter_map(meet).collect()
    }

    fn is_second_half(&self, page: u32, left: i32) -> bool {
        self.halves.get(&page).is_some_and(|middle| left > *middle)
    }

    /// The pages that lie on their side.
    pub const fn turned(&self) -> &Turned {
        &self.turned
    }

    /// What stands between a text and what goes on with it behind its `last` line.
    pub fn seam(&self, joined: &Joined, last: &PageLine) -> Seam {
        // Cells that stand one a line are full lines too; running text has marks.
        let full = self.is_full(last) && (self.is_drawn(last) || joined.runs);
        if full || self.broken { Seam::Closed } else { Seam::Open }
    }

    /// True if each printed line is a paragraph of its own.
    pub const fn is_broken(&self) -> bool {
        self.broken
    }

    /// True where lines have bounds on a page.
    pub fn is_drawn(&self, line: &PageLine) -> bool {
        line.place.bounds.is_some() && line.place.page.is_some()
    }

    fn margins(&self, line: &PageLine) -> Option<(Margins, i32, i32)> {
        let [left, _, right, _] = self.bounds(line)?;
        let half = line.place.page.map(|page| (page, self.is_second_half(page, left)));
        let margins = half.and_then(|half| self.margins.get(&half)).copied().or(self.common)?;
        Some((margins, left, right))
    }

    /// Width of a letter in points.
    fn letter(&self, line: &PageLine) -> i32 {
        let size = if line.size > 0 { line.size } else { self.body };
        i32::from(size).max(80) / 10
    }

    /// True if a line stops well before the right margin.
    pub fn is_short(&self, line: &PageLine) -> bool {
        self.stops(line, 3)
    }

    /// True if `letters` have room before the right margin; of a text without pages, if a line is much shorter than most.
    fn stops(&self, line: &PageLine, letters: i32) -> bool {
        match self.margins(line) {
            Some((margins, _, right)) => right < margins.right - letters * self.letter(line),
            None => width(&line.text) * 10 < self.full * 6,
        }
    }

    /// True if a line reaches the right margin, or nearly so.
    pub fn is_full(&self, line: &PageLine) -> bool {
        match self.margins(line) {
            Some(_) => !self.is_short(line),
            None => width(&line.text) * 10 >= self.full * 9,
        }
    }

    /// True if a line begins to the right of the left margin.
    pub fn is_indented(&self, line: &PageLine) -> bool {
        self.margins(line).is_some_and(|(margins, left, _)| left > margins.left + self.letter(line) * 6 / 5)
    }

    /// True if a line stands in the middle between the margins, with room at both sides.
    pub fn is_centred(&self, line: &PageLine) -> bool {
        self.margins(line).is_some_and(|(margins, left, right)| {
            let (before, behind) = (left - margins.left, margins.right - right);
            before > 3 * self.letter(line) && (before - behind).abs() < (margins.right - margins.left) / 8
        })
    }

    /// True for a line that nothing around it goes on with, where nothing but its length can say so: on a sheet that was printed over
    /// several pages a line is a cell; of a text without pages a short line behind a complete paragraph.
    pub fn is_alone(&self, line: &PageLine) -> bool {
        !line.beside.is_empty() || !self.is_drawn(line) && self.is_short(line) && !self.broken
    }

    /// True if the letters are larger than those of running text.
    pub fn is_large(&self, line: &PageLine) -> bool {
        u32::from(line.size) * 10 > u32::from(self.body) * 11
    }

    /// True if the paragraph `open` ends with `line`, which `next` follows.
    pub fn ends(&self, open: &Joined, line: &PageLine, next: &PageLine) -> bool {
        let text = line.text.trim_end();
        // Within brackets sentences end without ending their paragraph.
        let inside = || open.is_inside() && self.is_full(line) && Ordinal::at(&characters(&next.text)).is_none();
        let closed = text.ends_with(CLOSED) && (self.is_drawn(line) || !inside());
        if self.says_ends {
            let heading = next.heading.is_some() || line.heading.is_some();
            let running = line.text.contains(RUNNING) || next.text.contains(RUNNING);
            // Names in a list have no marks of running text, but fill their line.
            let goes_on = running || self.is_full(line);
            return heading || if self.broken { closed || !goes_on } else { line.ends };
        }
        // What no line of its own begins with.
        let hangs = next.text.starts_with(['，', '。', '、', '；', '）', ')', '%', '％'])
            || text.ends_with(|c: char| c.is_ascii_digit()) && next.text.starts_with(['万', '亿', '元']);
        if hangs {
            return false;
        }
        let goes_on = text.ends_with(['，', '、', '（', '(', '“', '《', ',', '＝', '=', '÷', '×']);
        if !self.is_drawn(line) {
            return closed || (self.is_short(line) && !goes_on);
        }
        let item = Ordinal::at(&characters(&next.text)).is_some();
        if line.size.abs_diff(next.size) * 8 > line.size.max(next.size) {
            return true;
        }
        // A title in larger letters may fill its line; the item below it is no part of it.
        if item && u32::from(line.size) * 40 > u32::from(next.size) * 41 {
            return true;
        }
        let begins = self.is_indented(next) || item;
        if text.ends_with(['。', '！']) {
            self.is_short(line) || begins
        } else if closed {
            begins
        } else {
            // A word that must not be broken leaves room at the end of a line.
            !goes_on && (self.stops(line, 6) || (self.is_short(line) && begins))
        }
    }
}

/// True if a third of the paragraphs of running text stop in the middle of a sentence that the next one goes on with.
fn is_broken<'l>(lines: impl Iterator<Item = &'l PageLine>) -> bool {
    let lines: Vec<&PageLine> = lines.collect();
    let running = |line: &&&PageLine| line.text.contains(RUNNING);
    let stops = |pair: &&[&PageLine]| {
        let [line, next] = pair else { return false };
        let goes_on =
            |c: char| c.is_ascii_digit() || matches!(c, '\u{4e00}'..='\u{9fff}' | '，' | '、' | '。' | '；' | '.');
        let begins = next.text.chars().next().is_some_and(goes_on) && Ordinal::at(&characters(&next.text)).is_none();
        let open = line.text.chars().next_back().is_some_and(goes_on) && !line.text.ends_with(CLOSED);
        line.text.contains(RUNNING) && open && begins && next.heading.is_none() && next.text.contains(RUNNING)
    };
    let stopped = lines.windows(2).filter(stops).count();
    stopped >= BROKEN_MIN && stopped * 3 >= lines.iter().filter(running).count()
}

//! What a document may cost: one table of limits, counted and never timed, so that the same file is read to the same point
//! on every machine.
//!
//! A reader takes from the [`Budget`] of its document before it makes anything. What it may not make is left out and counted,
//! and [`Budget::problem`] says so, in one sentence for all formats.

use std::fmt;

use juesuan_model::{Place, Problem};

use crate::pages::Piece;

const MB: u64 = 1024 * 1024;

/// Largest file that is read, in bytes.
pub const FILE_BYTES_MAX: u64 = 200 * MB;
/// Most bytes that one part of a document may unpack to: it is held whole.
pub const PART_BYTES_MAX: u64 = 128 * MB;
/// Most bytes that a workbook may unpack to.
pub const WORKBOOK_BYTES_MAX: u64 = 1024 * MB;
/// Most bytes that one archive may unpack to altogether.
pub const UNPACKED_BYTES_MAX: u64 = 2048 * MB;
/// What comes out of an archive and of those inside it does no harm up to this, however small the archive is.
pub const UNPACKED_FREE_BYTES: u64 = 64 * MB;
/// An archive and those inside it may unpack to this many times its size: documents are packed already, and web pages seldom reach thirty.
pub const ARCHIVE_RATIO_MAX: u64 = 100;
/// A part may unpack to this many times its packed size; markup seldom reaches a hundred.
pub const RATIO_MAX: u64 = 400;
/// Below this size the ratio does no harm.
pub const RATIO_FREE_BYTES: u64 = 8 * MB;
/// Most files of a folder or archive that are looked at.
pub const FILES_MAX: usize = 20_000;
/// Folders inside each other that are followed.
pub const FOLDERS_DEPTH_MAX: usize = 16;
/// Archives inside each other that are opened: one inside another.
pub const ARCHIVES_DEPTH_MAX: usize = 2;
/// Elements of office markup inside each other that are followed; what lies deeper is left out. Word itself stops far earlier.
pub const ELEMENTS_DEPTH_MAX: usize = 120;
/// Tables of a web page inside each other that are followed; what lies deeper is read as text.
pub const TABLES_DEPTH_MAX: usize = 40;
/// Lists of a web page inside each other that are counted.
pub const LISTS_DEPTH_MAX: usize = 100;
/// Most bytes of a text that is no table: sixty times the longest published account at hand as text (67 kB, 80 pages).
pub const TEXT_BYTES_MAX: u64 = 4 * MB;
/// Most rows of one sheet, the limit of the XLSX format.
pub const ROWS_MAX: u32 = 1_048_576;
/// Most columns that are read; no input of this program has more than a few dozen.
pub const COLUMNS_MAX: u32 = 1_024;
/// Most characters of one cell of a CSV file, the limit of spreadsheets. More means a quote that nobody closed.
pub const CELL_CHARACTERS_MAX: usize = 32_767;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cost {
    /// Cells of tables, blank ones before the last of a row too.
    Cells,
    /// Lines outside tables.
    Lines,
    /// Characters of lines and cells.
    Characters,
}

impl Cost {
    const ALL: [Cost; 3] = [Cost::Cells, Cost::Lines, Cost::Characters];
}

impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Cost::Cells => "个单元格",
            Cost::Lines => "行文字",
            Cost::Characters => "个字",
        })
    }
}

/// How much of one [`Cost`].
#[derive(Clone, Copy, Debug)]
struct Account {
    most: usize,
    spent: usize,
    left_out: usize,
}

impl Account {
    const fn of(most: usize) -> Account {
        Account { most, spent: 0, left_out: 0 }
    }
}

/// What one document may still cost, and what was left out because it would have cost more.
#[derive(Clone, Debug)]
pub struct Budget {
    cells: Account,
    lines: Account,
    characters: Account,
}

impl Default for Budget {
    fn default() -> Budget {
        Budget::document()
    }
}

impl Budget {
    /// For a document that is recognised and judged. The longest at hand have some ten thousand cells and forty thousand
    /// characters; each costs dozens of bytes on its way.
    pub const fn document() -> Budget {
        Budget { cells: Account::of(2_000_000), lines: Account::of(500_000), characters: Account::of(1_000_000) }
    }

    /// So many cells and characters.
    pub const fn of(cells: usize, characters: usize) -> Budget {
        Budget { cells: Account::of(cells), lines: Account::of(0), characters: Account::of(characters) }
    }

    /// For what is recognised of a document: a character of running text and a cell of a table cost a hundred times as much there
    /// as in reading. Some ten times what the longest at hand have.
    pub const fn recognizing() -> Budget {
        Budget::of(200_000, 500_000)
    }

    /// For sheets whose figures are only taken over: a year's vouchers have a million rows.
    pub const fn sheets() -> Budget {
        Budget { cells: Account::of(20_000_000), lines: Account::of(0), characters: Account::of(400_000_000) }
    }

    const fn account(&self, cost: Cost) -> &Account {
        match cost {
            Cost::Cells => &self.cells,
            Cost::Lines => &self.lines,
            Cost::Characters => &self.characters,
        }
    }

    /// Takes so much; false once there is no more: what was asked for is then left out, and so is all of its kind that follows,
    /// so that nothing is read behind a gap.
    #[must_use]
    pub fn take(&mut self, cost: Cost, amount: usize) -> bool {
        let account = match cost {
            Cost::Cells => &mut self.cells,
            Cost::Lines => &mut self.lines,
            Cost::Characters => &mut self.characters,
        };
        let enough = account.left_out == 0 && account.spent.saturating_add(amount) <= account.most;
        let into = if enough { &mut account.spent } else { &mut account.left_out };
        *into = into.saturating_add(amount);
        enough
    }

    /// Takes a line with its characters.
    #[must_use]
    pub fn line(&mut self, text: &str) -> bool {
        self.take(Cost::Lines, 1) && self.take(Cost::Characters, text.chars().count())
    }

    /// Takes what a page holds.
    #[must_use]
    pub fn piece(&mut self, piece: &Piece) -> bool {
        match piece {
            Piece::Line(line) => self.line(&line.text),
            Piece::Grid(grid) => {
                let cells = || grid.rows.iter().flat_map(|row| &row.cells);
                let characters = cells().map(|cell| cell.as_str().chars().count()).sum();
                self.take(Cost::Cells, cells().count()) && self.take(Cost::Characters, characters)
            }
            Piece::Picture(_) => true,
        }
    }

    /// Refuses what would cost more than is left.
    ///
    /// # Errors
    /// The problem of [`Budget::problem`].
    pub fn afford(&mut self, file: &str, cost: Cost, amount: usize) -> Result<(), Problem> {
        let _ = self.take(cost, amount);
        self.problem(file).map_or(Ok(()), Err)
    }

    /// True once something of the kind was left out.
    pub const fn is_spent(&self, cost: Cost) -> bool {
        self.account(cost).left_out > 0
    }

    /// What to say once something was left out.
    pub fn problem(&self, file: &str) -> Option<Problem> {
        let cost = Cost::ALL.into_iter().find(|cost| self.is_spent(*cost))?;
        let Account { most, left_out, .. } = self.account(cost);
        let place = Place { file: Some(file.to_owned()), ..Place::default() };
        Some(Problem::fatal(
            place,
            format!("超过 {most} {cost}，其余至少 {left_out} {cost}没有读；请删去多余的内容，或拆成几个文件"),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_read_behind_a_gap_and_what_was_left_out_is_counted() {
        let mut budget = Budget { cells: Account::of(10), lines: Account::of(1), ..Budget::document() };
        assert!(budget.take(Cost::Cells, 8));
        assert!(!budget.take(Cost::Cells, 3));
        assert!(!budget.take(Cost::Cells, 1), "it would have fitted");
        let said = budget.problem("a.txt").unwrap().to_string();
        assert!(said.contains("超过 10 个单元格，其余至少 4 个单元格没有读"), "{said}");
        assert!(budget.line("一二"));
        assert!(!budget.line("三"));
    }
}

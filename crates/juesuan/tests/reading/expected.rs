//! What must be found in a document that was read.

use std::collections::BTreeMap;

use juesuan_model::{Block, Mark, Package, Printed};
use juesuan_read::{Pages, Piece};

use crate::scratch::Scratch;

/// The figures of each row of each table, and the texts.
pub struct Expected {
    package: Package,
}

impl Expected {
    pub fn of(scratch: &Scratch) -> Expected {
        Expected { package: scratch.package() }
    }

    fn blocks(&self) -> impl Iterator<Item = &Block> {
        self.package.document.parts.iter().flat_map(|part| &part.blocks)
    }

    /// Every row has its name and its figures, in this order, in one row of one grid.
    pub fn figures_stand_in(&self, pages: &Pages, told: &str) {
        let mut rows: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
        for piece in &pages.pieces {
            let Piece::Grid(grid) = piece else { continue };
            for row in &grid.rows {
                let cells: Vec<String> = row.cells.iter().map(|c| bare(c.as_str())).filter(|c| !c.is_empty()).collect();
                for cell in &cells {
                    rows.entry(cell.clone()).or_default().push(cells.clone());
                }
            }
        }
        let (mut count, mut missed) = (0, Vec::new());
        for block in self.blocks() {
            let Block::Table(table) = block else { continue };
            // Forms of performance print values with operator and unit: they are held as evaluations.
            if table.form.is_empty() {
                continue;
            }
            for row in &table.rows {
                let label = row.cells.iter().find(|cell| cell.figure.is_none() && !cell.text.is_empty());
                let figures: Vec<Printed> = row
                    .cells
                    .iter()
                    .filter(|cell| !cell.text.is_empty())
                    .filter_map(|cell| self.package.figure(cell.figure?)?.cell.number())
                    .collect();
                let Some(label) = label.filter(|_| !figures.is_empty()) else { continue };
                count += figures.len();
                let near = rows.get(&bare(&label.text)).map(Vec::as_slice).unwrap_or_default();
                if !near.iter().any(|cells| in_order(cells, &figures)) {
                    missed.push(format!("{} {}: {figures:?} in {near:?}", table.title, label.text));
                }
            }
        }
        assert!(count > 100, "{told}: {count}");
        println!("{told}: {count} figures");
        assert!(missed.is_empty(), "{told}: {} rows missed\n{}", missed.len(), missed.join("\n"));
    }

    pub fn paragraphs_stand_in(&self, pages: &Pages, told: &str) {
        let all = text(pages);
        let mut missed = Vec::new();
        let mut count = 0;
        for block in self.blocks() {
            let Block::Paragraph { runs, .. } = block else { continue };
            if runs.iter().any(|run| run.mark == Mark::Missing) {
                continue;
            }
            count += 1;
            let paragraph = bare(&runs.iter().map(|run| run.text.as_str()).collect::<String>());
            if !all.contains(&paragraph) {
                missed.push(paragraph);
            }
        }
        assert!(count > 20, "{told}: {count}");
        assert!(missed.is_empty(), "{told}: {} of {count} paragraphs missed\n{}", missed.len(), missed.join("\n"));
    }

    /// Headings are lines with a level.
    pub fn headings_stand_in(&self, pages: &Pages, told: &str) {
        let read: Vec<String> = pages
            .pieces
            .iter()
            .filter_map(|piece| match piece {
                Piece::Line(line) if line.heading.is_some() => Some(bare(&line.text)),
                _ => None,
            })
            .collect();
        for block in self.blocks() {
            if let Block::Heading { text, .. } = block {
                assert!(read.contains(&bare(text)), "{told}: {text} is not among {read:?}");
            }
        }
    }
}

fn text(pages: &Pages) -> String {
    let line = |piece: &Piece| match piece {
        Piece::Line(line) => Some(bare(&line.text)),
        Piece::Grid(_) | Piece::Picture(_) => None,
    };
    pages.pieces.iter().filter_map(line).collect()
}

/// Without white space and the commas of thousands.
fn bare(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let number = !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | '-'));
    if number { text.replace(',', "") } else { text }
}

fn in_order(cells: &[String], figures: &[Printed]) -> bool {
    let mut cells = cells.iter();
    figures.iter().all(|figure| cells.any(|cell| shows(cell, *figure)))
}

/// A workbook keeps amounts to the 分 and rates to more digits than it shows.
fn shows(cell: &str, figure: Printed) -> bool {
    let Ok(read) = Printed::parse(cell.trim_end_matches('%'), figure.unit) else { return false };
    let money = read.money().map(|money| Printed::from_money(money, figure.unit, figure.decimals));
    money.unwrap_or(read).digits_trimmed() == figure.digits_trimmed()
}

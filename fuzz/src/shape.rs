//! When two answers are of the same shape: same kinds of pieces, about as many, same words of complaint.

use juesuan_model::Problem;
use juesuan_read::{Pages, Piece};

/// FNV-1a.
pub fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The size in powers of two.
fn about(count: usize) -> String {
    count.checked_ilog2().map_or_else(|| "-".to_owned(), |log| log.to_string())
}

/// The message without the digits in it.
fn words(problem: &Problem) -> String {
    problem.message.chars().filter(|c| !c.is_ascii() || *c == ' ').collect()
}

/// Of a document, or of why there is none.
pub fn pages(read: &Result<Pages, Problem>) -> u64 {
    let told = match read {
        Err(problem) => words(problem),
        Ok(pages) => {
            let count = |is: fn(&Piece) -> bool| about(pages.pieces.iter().filter(|piece| is(piece)).count());
            let cells = pages.pieces.iter().map(|piece| match piece {
                Piece::Grid(grid) => grid.rows.iter().map(|row| row.cells.len()).sum(),
                Piece::Line(_) | Piece::Picture { .. } => 0,
            });
            let letters = pages.pieces.iter().map(|piece| match piece {
                Piece::Line(line) => line.text.len(),
                Piece::Grid(_) | Piece::Picture { .. } => 0,
            });
            let problems: Vec<String> = pages.problems.iter().map(words).collect();
            format!(
                "{:?} {} {} {} {} {} {problems:?}",
                pages.format,
                count(|piece| matches!(piece, Piece::Line(_))),
                count(|piece| matches!(piece, Piece::Grid(_))),
                count(|piece| matches!(piece, Piece::Picture { .. })),
                about(cells.sum()),
                about(letters.sum()),
            )
        }
    };
    hash(told.as_bytes())
}

/// Of counts of anything.
pub fn counts(counts: &[usize]) -> u64 {
    hash(counts.iter().map(|count| about(*count)).collect::<Vec<_>>().join(" ").as_bytes())
}

/// Of problems.
pub fn problems(problems: &[Problem]) -> u64 {
    hash(problems.iter().map(words).collect::<Vec<_>>().join("|").as_bytes())
}

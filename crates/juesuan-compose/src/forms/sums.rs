//! The sums that a made table lays out: its lines given to what readers of tables use too.

use juesuan_catalog::Form;
use juesuan_forms::sums::{self as laid_out, Index, SlotSum};

use super::lines::{Line, Lines};

/// Every sum of a table.
pub fn sums(form: &Form, lines: &Lines<'_>, index: &Index) -> Vec<SlotSum> {
    let rows: laid_out::SumRows<'_> =
        lines.iter().map(|block| block.iter().map(|line| line.as_ref().map(row)).collect()).collect();
    laid_out::sums(form, &rows, index)
}

fn row<'a>(line: &'a Line<'_>) -> laid_out::SumRow<'a> {
    laid_out::SumRow { row: line.row, code: line.code.as_deref() }
}

//! What a figure shows where no text is given for it.

use juesuan_model::{Cell, FigureId, Package, Unit};

/// The text of a figure in a chart label or a data table: its printed digits, `%` behind a percentage.
pub(crate) fn figure_text(package: &Package, id: FigureId) -> String {
    match package.figure(id).map(|figure| figure.cell) {
        Some(Cell::Number(printed)) if printed.unit == Unit::Percent => {
            format!("{}%", printed.digits())
        }
        Some(Cell::Number(printed)) => printed.digits(),
        Some(Cell::Dash) => "—".to_owned(),
        Some(Cell::Unreadable) => "读不到".to_owned(),
        Some(Cell::Blank | Cell::Absent) | None => String::new(),
    }
}

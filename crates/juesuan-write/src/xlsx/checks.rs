//! The relations that were checked, each with its verdict.

use juesuan_model::{Align, Orientation, Tally, Verdict};
use juesuan_text::shown;
use rust_xlsxwriter::{Color, Worksheet, XlsxError};

use super::form::print_setup;
use super::formats::{self, Bold};
use crate::grid::text_units;
use crate::report::{ToldRelation, verdict};

/// Title of the sheet.
pub(super) const TITLE: &str = "勾稽关系";
/// Half letters on a line of the column of relations.
const LINE_UNITS: u32 = 88;

pub(super) fn sheet(sheet: &mut Worksheet, relations: &[ToldRelation]) -> Result<(), XlsxError> {
    for (column, width) in [(0, 6), (1, 10), (2, 80), (3, 12), (4, 8)] {
        sheet.set_column_width(column, width)?;
    }
    sheet.merge_range(0, 0, 0, 4, TITLE, &formats::title())?;
    sheet.set_row_height(0, 30)?;
    let tally = Tally::of_verdicts(relations.iter().map(|relation| relation.verdict));
    let counts = format!(
        "共{}条：成立{}条，不成立{}条，不适用{}条，读不到{}条",
        relations.len(),
        tally.holds,
        tally.broken,
        tally.not_applicable,
        tally.unreadable
    );
    sheet.merge_range(1, 0, 1, 4, &counts, &formats::plain(10))?;
    for (column, text) in (0..).zip(["序号", "代码", "关系", "结论", "尾差"]) {
        sheet.write_string_with_format(2, column, text, &formats::head())?;
    }
    let left = formats::body(Align::Left, 0, &Bold::No);
    let centre = formats::body(Align::Center, 0, &Bold::No);
    let alert = centre.clone().set_bold().set_font_color(Color::RGB(0x00C0_0000));
    for (row, (number, relation)) in (3..).zip((1u32..).zip(relations)) {
        sheet.write_number_with_format(row, 0, number, &centre)?;
        sheet.write_string_with_format(row, 1, &relation.code, &centre)?;
        sheet.write_string_with_format(row, 2, shown(&relation.text), &left)?;
        sheet.set_row_height(row, 5 + 13 * text_units(&relation.text).div_ceil(LINE_UNITS).max(1))?;
        let format = match relation.verdict {
            Verdict::Holds | Verdict::NotApplicable => &centre,
            Verdict::Broken | Verdict::Unreadable => &alert,
        };
        sheet.write_string_with_format(row, 3, verdict(relation.verdict), format)?;
        sheet.write_string_with_format(row, 4, if relation.tail { "有" } else { "" }, &centre)?;
    }
    let last = u32::try_from(relations.len()).unwrap_or(u32::MAX).saturating_add(2);
    sheet.autofilter(2, 0, last, 4)?;
    sheet.set_repeat_rows(2, 2)?;
    sheet.set_freeze_panes(3, 0)?;
    print_setup(sheet, Orientation::Landscape);
    Ok(())
}

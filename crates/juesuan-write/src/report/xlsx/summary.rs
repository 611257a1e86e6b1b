//! Counts of each document. Those of findings are formulas over the list, so that they follow what is filled in there.

use juesuan_model::{Align, Tally};
use rust_xlsxwriter::utility::{column_number_to_name, row_col_to_cell};
use rust_xlsxwriter::{Formula, Worksheet, XlsxError};

use super::super::{Checked, words};
use super::findings::{FILE, HANDLED, SEVERITY, last_row};
use super::{FINDINGS, HEAD, height, start, write_text};
use crate::xlsx::formats::{self, Bold};

const COLUMNS: [(&str, u32); 18] = [
    ("文件", 30),
    ("单位", 24),
    ("年度", 7),
    ("类别", 12),
    ("页数", 7),
    ("数", 8),
    (words::HOLD, 9),
    (words::BROKEN, 10),
    (words::NOT_APPLICABLE, 10),
    (words::UNREADABLE, 10),
    ("关系合计", 9),
    ("错误", 8),
    ("警告", 8),
    ("提示", 8),
    ("发现合计", 9),
    ("已处理", 8),
    ("待处理", 8),
    (words::NOT_READ, 9),
];
const HOLDS: u16 = 6;
const RELATIONS: u16 = 10;
const ERRORS: u16 = 11;
const FOUND: u16 = 14;
const DONE: u16 = 15;
const OPEN: u16 = 16;
const UNREAD: u16 = 17;

pub(super) fn sheet(sheet: &mut Worksheet, checked: &[Checked]) -> Result<(), XlsxError> {
    start(sheet, "汇总", &COLUMNS, 1)?;
    let left = formats::body(Align::Left, 0, &Bold::No);
    let number = formats::body(Align::Right, 0, &Bold::No);
    let centre = formats::body(Align::Center, 0, &Bold::No);
    let list_end = last_row(checked).max(HEAD + 1) + 1;
    let list = |column: u16| {
        let name = column_number_to_name(column);
        format!("{FINDINGS}!${name}${}:${name}${list_end}", HEAD + 2)
    };
    let mut row = HEAD;
    for document in checked {
        row += 1;
        let tally = Tally::of(&document.report.relations);
        write_text(sheet, row, 0, &document.file, &left)?;
        write_text(sheet, row, 1, words::name(document), &left)?;
        sheet.set_row_height(row, height([(document.file.as_str(), 30), (words::name(document), 24)].into_iter()))?;
        match document.package.entity.year {
            0 => sheet.write_blank(row, 2, &centre)?,
            year => sheet.write_number_with_format(row, 2, year, &centre)?,
        };
        sheet.write_string_with_format(row, 3, words::kind(&document.package), &centre)?;
        sheet.write_number_with_format(row, 4, document.pages, &number)?;
        let unread = document.unread.len() + document.problems.len();
        let counts = [
            (5, document.package.figures.len()),
            (HOLDS, tally.holds),
            (HOLDS + 1, tally.broken),
            (HOLDS + 2, tally.not_applicable),
            (HOLDS + 3, tally.unreadable),
            (UNREAD, unread),
        ];
        for (column, count) in counts {
            sheet.write_number_with_format(row, column, u32::try_from(count).unwrap_or(u32::MAX), &number)?;
        }
        let file = row_col_to_cell(row, 0).replace('A', "$A");
        let own = format!("({}={file})", list(FILE));
        let sum = |from: u16, to: u16| format!("=SUM({}:{})", row_col_to_cell(row, from), row_col_to_cell(row, to));
        let found = document.report.findings.len();
        let mut formulas = vec![
            (RELATIONS, sum(HOLDS, RELATIONS - 1), document.report.relations.len()),
            (FOUND, sum(ERRORS, FOUND - 1), found),
            (DONE, format!("=SUMPRODUCT({own}*({}<>\"\"))", list(HANDLED)), 0),
            (OPEN, format!("={}-{}", row_col_to_cell(row, FOUND), row_col_to_cell(row, DONE)), found),
        ];
        for (column, severity) in (ERRORS..).zip(words::SEVERITIES) {
            let formula = format!("=SUMPRODUCT({own}*({}=\"{}\"))", list(SEVERITY), severity.word());
            formulas.push((column, formula, words::count(document, severity)));
        }
        for (column, formula, result) in formulas {
            let formula = Formula::new(formula).set_result(result.to_string());
            sheet.write_formula_with_format(row, column, formula, &number)?;
        }
    }
    total(sheet, checked, row + 1)
}

fn total(sheet: &mut Worksheet, checked: &[Checked], row: u32) -> Result<(), XlsxError> {
    let bold = formats::body(Align::Right, 0, &Bold::Yes);
    let centre = formats::body(Align::Center, 0, &Bold::Yes);
    sheet.merge_range(row, 0, row, 3, "合计", &centre)?;
    let of = |count: fn(&Checked) -> usize| checked.iter().map(count).sum::<usize>();
    let tally = |pick: fn(Tally) -> usize| -> usize {
        checked.iter().map(|document| pick(Tally::of(&document.report.relations))).sum()
    };
    let severities = words::SEVERITIES.map(|s| checked.iter().map(|document| words::count(document, s)).sum::<usize>());
    let found = of(|document| document.report.findings.len());
    let results = [
        of(|document| document.pages as usize),
        of(|document| document.package.figures.len()),
        tally(|t| t.holds),
        tally(|t| t.broken),
        tally(|t| t.not_applicable),
        tally(|t| t.unreadable),
        of(|document| document.report.relations.len()),
        severities[0],
        severities[1],
        severities[2],
        found,
        0,
        found,
        of(|document| document.unread.len() + document.problems.len()),
    ];
    for (column, result) in (4u16..).zip(results) {
        let name = column_number_to_name(column);
        let formula = Formula::new(format!("=SUM({name}{}:{name}{row})", HEAD + 2)).set_result(result.to_string());
        sheet.write_formula_with_format(row, column, formula, &bold)?;
    }
    Ok(())
}

//! Counts of each document. Those of findings are formulas over the list, so that they follow what is filled in there.

use juesuan_model::{Align, Tally};
use rust_xlsxwriter::utility::{column_number_to_name, row_col_to_cell};
use rust_xlsxwriter::{Formula, Worksheet, XlsxError};

use super::super::{Checked, words};
use super::findings::{FILE, HANDLED, SEVERITY};
use super::{FINDINGS, HEAD, height, named, start, write_text};
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

/// What is counted of a document.
pub(super) struct Counts {
    file: String,
    name: String,
    year: u16,
    kind: &'static str,
    pages: u32,
    figures: usize,
    tally: Tally,
    relations: usize,
    severities: [usize; 3],
    found: usize,
    unread: usize,
}

impl Counts {
    pub(super) fn of(document: &Checked) -> Counts {
        Counts {
            file: document.file.clone(),
            name: words::name(document).to_owned(),
            year: document.package.entity.year,
            kind: words::kind(&document.package),
            pages: document.pages,
            figures: document.package.figures.len(),
            tally: Tally::of(&document.report.relations),
            relations: document.report.relations.len(),
            severities: words::SEVERITIES.map(|severity| words::count(document, severity)),
            found: document.report.findings.len(),
            unread: document.unread.len() + document.problems.len(),
        }
    }
}

/// The sheet; the list of findings ends in the row `last`, from 0.
pub(super) fn sheet(counts: &[Counts], last: u32) -> Result<Worksheet, XlsxError> {
    let mut sheet = named("汇总")?;
    start(&mut sheet, "汇总", &COLUMNS, 1)?;
    let mut row = HEAD;
    for document in counts {
        row += 1;
        one(&mut sheet, row, document, last + 1)?;
    }
    total(&mut sheet, counts, row + 1)?;
    Ok(sheet)
}

fn one(sheet: &mut Worksheet, row: u32, document: &Counts, list_end: u32) -> Result<(), XlsxError> {
    let left = formats::body(Align::Left, 0, &Bold::No);
    let number = formats::body(Align::Right, 0, &Bold::No);
    let centre = formats::body(Align::Center, 0, &Bold::No);
    let list = |column: u16| {
        let name = column_number_to_name(column);
        format!("{FINDINGS}!${name}${}:${name}${list_end}", HEAD + 2)
    };
    let tally = document.tally;
    write_text(sheet, row, 0, &document.file, &left)?;
    write_text(sheet, row, 1, &document.name, &left)?;
    sheet.set_row_height(row, height([(document.file.as_str(), 30), (document.name.as_str(), 24)].into_iter()))?;
    match document.year {
        0 => sheet.write_blank(row, 2, &centre)?,
        year => sheet.write_number_with_format(row, 2, year, &centre)?,
    };
    sheet.write_string_with_format(row, 3, document.kind, &centre)?;
    sheet.write_number_with_format(row, 4, document.pages, &number)?;
    let numbers = [
        (5, document.figures),
        (HOLDS, tally.holds),
        (HOLDS + 1, tally.broken),
        (HOLDS + 2, tally.not_applicable),
        (HOLDS + 3, tally.unreadable),
        (UNREAD, document.unread),
    ];
    for (column, count) in numbers {
        sheet.write_number_with_format(row, column, u32::try_from(count).unwrap_or(u32::MAX), &number)?;
    }
    let file = row_col_to_cell(row, 0).replace('A', "$A");
    let own = format!("({}={file})", list(FILE));
    let sum = |from: u16, to: u16| format!("=SUM({}:{})", row_col_to_cell(row, from), row_col_to_cell(row, to));
    let mut formulas = vec![
        (RELATIONS, sum(HOLDS, RELATIONS - 1), document.relations),
        (FOUND, sum(ERRORS, FOUND - 1), document.found),
        (DONE, format!("=SUMPRODUCT({own}*({}<>\"\"))", list(HANDLED)), 0),
        (OPEN, format!("={}-{}", row_col_to_cell(row, FOUND), row_col_to_cell(row, DONE)), document.found),
    ];
    for ((column, severity), count) in (ERRORS..).zip(words::SEVERITIES).zip(document.severities) {
        let formula = format!("=SUMPRODUCT({own}*({}=\"{}\"))", list(SEVERITY), severity.word());
        formulas.push((column, formula, count));
    }
    for (column, formula, result) in formulas {
        let formula = Formula::new(formula).set_result(result.to_string());
        sheet.write_formula_with_format(row, column, formula, &number)?;
    }
    Ok(())
}

fn total(sheet: &mut Worksheet, counts: &[Counts], row: u32) -> Result<(), XlsxError> {
    let bold = formats::body(Align::Right, 0, &Bold::Yes);
    let centre = formats::body(Align::Center, 0, &Bold::Yes);
    sheet.merge_range(row, 0, row, 3, "合计", &centre)?;
    let of = |count: fn(&Counts) -> usize| counts.iter().map(count).sum::<usize>();
    let found = of(|document| document.found);
    let results = [
        of(|document| document.pages as usize),
        of(|document| document.figures),
        of(|document| document.tally.holds),
        of(|document| document.tally.broken),
        of(|document| document.tally.not_applicable),
        of(|document| document.tally.unreadable),
        of(|document| document.relations),
        of(|document| document.severities[0]),
        of(|document| document.severities[1]),
        of(|document| document.severities[2]),
        found,
        0,
        found,
        of(|document| document.unread),
    ];
    for (column, result) in (4u16..).zip(results) {
        let name = column_number_to_name(column);
        let formula = Formula::new(format!("=SUM({name}{}:{name}{row})", HEAD + 2)).set_result(result.to_string());
        sheet.write_formula_with_format(row, column, formula, &bold)?;
    }
    Ok(())
}

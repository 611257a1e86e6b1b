//! One row a finding.

use juesuan_model::{Align, Finding, Place, Printed, Role, Severity, Spot, Unit};
use juesuan_text::steers;
use rust_xlsxwriter::{Color, DataValidation, Format, FormatAlign, Worksheet, XlsxError};

use super::super::{Checked, Named, Teller, words};
use super::{FINDINGS, HEAD, height, named, start, write_text};
use crate::xlsx::amount::Amount;
use crate::xlsx::formats::{self, Bold};

const COLUMNS: [(&str, u32); 24] = [
    ("文件", 12),
    ("单位", 10),
    ("年度", 6),
    ("严重程度", 6),
    ("代码", 8),
    ("问题", 13),
    ("审核结果", 38),
    ("页", 5),
    ("章节", 10),
    ("表", 10),
    ("行", 8),
    ("列", 8),
    ("原文", 22),
    ("数1", 12),
    ("数1说明", 8),
    ("数2", 12),
    ("数2说明", 13),
    ("差额", 10),
    ("可能原因", 12),
    ("依据", 14),
    ("佐证", 22),
    ("处理建议", 14),
    ("处理情况", 9),
    ("备注", 10),
];
/// Columns that the summary refers to.
pub(super) const FILE: u16 = 0;
pub(super) const SEVERITY: u16 = 3;
pub(super) const HANDLED: u16 = 22;
/// What may become of a finding.
const OUTCOMES: [&str; 4] = ["属实已改", "属实待改", "不属实", "豁免"];
/// Evidence that is written out; the rest is counted.
const EVIDENCE: usize = 6;

/// The list of findings while it is written.
pub(super) struct Findings {
    sheet: Worksheet,
    /// The last row with a finding, from 0; the head where there is none.
    row: u32,
}

impl Findings {
    pub(super) fn new() -> Result<Findings, XlsxError> {
        let mut sheet = named(FINDINGS)?;
        start(&mut sheet, "审核发现清单", &COLUMNS, 2)?;
        Ok(Findings { sheet, row: HEAD })
    }

    /// The findings of a document.
    pub(super) fn add(&mut self, document: &Checked, teller: &Teller<'_>) -> Result<(), XlsxError> {
        for severity in words::SEVERITIES {
            for finding in document.report.findings.iter().filter(|finding| finding.severity == severity) {
                self.row += 1;
                write(&mut self.sheet, self.row, teller, (document, finding))?;
            }
        }
        Ok(())
    }

    /// The sheet, and its last row, from 0.
    pub(super) fn end(mut self) -> Result<(Worksheet, u32), XlsxError> {
        let last = self.row.max(HEAD + 1);
        let outcomes = DataValidation::new()
            .allow_list_strings(&OUTCOMES)?
            .set_error_title("处理情况")?
            .set_error_message(format!("请从列表中选一项：{}", OUTCOMES.join("、")))?;
        self.sheet.add_data_validation(HEAD + 1, HANDLED, last, HANDLED, &outcomes)?;
        self.sheet.autofilter(HEAD, 0, last, u16::try_from(COLUMNS.len()).unwrap_or(u16::MAX) - 1)?;
        Ok((self.sheet, last))
    }
}

fn write(
    sheet: &mut Worksheet,
    row: u32,
    teller: &Teller<'_>,
    (document, finding): (&Checked, &Finding),
) -> Result<(), XlsxError> {
    let left = formats::body(Align::Left, 0, &Bold::No).set_align(FormatAlign::Top);
    let right = formats::body(Align::Right, 0, &Bold::No).set_align(FormatAlign::Top);
    let centre = formats::body(Align::Center, 0, &Bold::No).set_align(FormatAlign::Top);
    let named: Vec<(&Spot, Named)> = finding
        .spots
        .iter()
        .filter(|spot| spot.role != Role::Again)
        .filter_map(|spot| Some((spot, teller.named(spot)?)))
        .collect();
    let texts = texts(teller, (document, finding), &named);
    let wide = |column: u16| COLUMNS.get(usize::from(column)).map_or(10, |(_, width)| *width);
    sheet.set_row_height(row, height(texts.iter().map(|(column, text)| (text.as_str(), wide(*column)))))?;
    for (column, text) in &texts {
        write_text(sheet, row, *column, text, &left)?;
    }
    match document.package.entity.year {
        0 => sheet.write_blank(row, 2, &centre)?,
        year => sheet.write_number_with_format(row, 2, year, &centre)?,
    };
    sheet.write_string_with_format(
        row,
        SEVERITY,
        finding.severity.word(),
        &severity_format(finding.severity, &centre),
    )?;
    sheet.write_string_with_format(row, 4, &finding.code, &centre)?;
    match finding.places().next().and_then(|place| place.page) {
        Some(page) => sheet.write_number_with_format(row, 7, page, &centre)?,
        None => sheet.write_blank(row, 7, &centre)?,
    };
    for (column, i) in [(13, 0), (15, 1)] {
        match named.get(i) {
            Some((_, figure)) => value(sheet, row, column, figure, (&right, &left))?,
            None => {
                sheet.write_blank(row, column, &right)?;
            }
        }
    }
    sheet.write_string_with_format(
        row,
        17,
        finding.difference.map(|gap| teller.difference(gap)).unwrap_or_default(),
        &right,
    )?;
    sheet.write_blank(row, HANDLED, &centre)?;
    Ok(())
}

/// What stands in the columns of texts.
fn texts(
    teller: &Teller<'_>,
    (document, finding): (&Checked, &Finding),
    named: &[(&Spot, Named)],
) -> [(u16, String); 16] {
    let nowhere = Place::default();
    let place = finding.places().next().unwrap_or(&nowhere);
    let some = |text: &Option<String>| text.clone().unwrap_or_default();
    let label = |i: usize| match named.get(i).map(|(spot, figure)| (figure, &spot.place)) {
        None => String::new(),
        Some((figure, Some(place))) if i > 0 => format!("{}（{}）", figure.label, words::place(place, document)),
        Some((figure, _)) => figure.label.clone(),
    };
    [
        (FILE, document.file.clone()),
        (1, words::name(document).to_owned()),
        (5, teller.headline(finding).to_owned()),
        (6, teller.statement(finding)),
        (8, some(&place.section)),
        (9, some(&place.table)),
        (10, some(&place.row)),
        (11, some(&place.column)),
        (12, some(&place.quote)),
        (14, label(0)),
        (16, label(1)),
        (18, teller.cause(finding).unwrap_or_default()),
        (19, teller.basis(finding).join("\n")),
        (20, evidence(finding, teller)),
        (21, teller.remedy(&finding.code).to_owned()),
        (23, String::new()),
    ]
}

/// A number where it is one, with its unit behind it as part of the format; else what stands there.
fn value(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    figure: &Named,
    (right, left): (&Format, &Format),
) -> Result<(), XlsxError> {
    match Printed::parse(&figure.value, Unit::Piece) {
        Ok(printed) => {
            let digits = formats::number_format(printed.decimals, &figure.value);
            let unit: String = figure.unit.chars().filter(|c| *c != '"' && !steers(*c)).take(UNIT_LETTERS).collect();
            let shown = if unit.is_empty() { digits } else { format!("{digits}\"{unit}\"") };
            let number = Amount::of_printed(printed).number();
            sheet.write_number_with_format(row, column, number, &right.clone().set_num_format(shown))?;
        }
        Err(_) => {
            write_text(sheet, row, column, &format!("{}{}", figure.value, figure.unit), left)?;
        }
    }
    Ok(())
}

/// Most letters of a unit in the format of a number, which workbooks bound; real ones have five.
const UNIT_LETTERS: usize = 40;

/// Grave ones stand out by colour and weight.
fn severity_format(severity: Severity, centre: &Format) -> Format {
    match severity {
        Severity::Error => centre.clone().set_bold().set_font_color(Color::RGB(0x00B3_261E)),
        Severity::Warning => centre.clone().set_bold().set_font_color(Color::RGB(0x008A_5300)),
        Severity::Notice => centre.clone(),
    }
}

fn evidence(finding: &Finding, teller: &Teller<'_>) -> String {
    let mut lines = teller.evidence(finding);
    let all = lines.len();
    if all > EVIDENCE {
        lines.truncate(EVIDENCE);
        lines.push(format!("等{all}条"));
    }
    lines.join("\n")
}

//! What was not read, and what somebody answers for.

use juesuan_catalog::Catalog;
use juesuan_model::Align;
use rust_xlsxwriter::{FormatAlign, Worksheet, XlsxError};

use super::super::{Checked, Teller, words};
use super::{HEAD, height, start, write_text};
use crate::xlsx::formats::{self, Bold};

pub(super) fn sheet(sheet: &mut Worksheet, checked: &[Checked]) -> Result<(), XlsxError> {
    let columns = [("文件", 34), ("单位", 24), ("位置", 40), ("原文", 40), ("没有读懂的内容", 60)];
    start(sheet, "没有读懂、没有核对的内容（不代表无误）", &columns, 0)?;
    let mut row = HEAD;
    for document in checked {
        let problems = document.problems.iter().map(|problem| (&problem.place, &problem.message));
        for (place, what) in problems.chain(document.unread.iter().map(|(place, what)| (place, what))) {
            row += 1;
            let texts = [
                document.file.clone(),
                words::name(document).to_owned(),
                words::place(place, document),
                place.quote.clone().unwrap_or_default(),
                what.clone(),
            ];
            write(sheet, row, &columns, &texts)?;
        }
    }
    if row == HEAD {
        write(sheet, HEAD + 1, &columns, &["没有".to_owned()])?;
    } else {
        sheet.autofilter(HEAD, 0, row, 4)?;
    }
    Ok(())
}

pub(super) fn waived(sheet: &mut Worksheet, checked: &[Checked], catalog: &Catalog) -> Result<(), XlsxError> {
    let columns =
        [("文件", 30), ("代码", 9), ("问题", 24), ("审核结果", 60), ("豁免人", 12), ("理由", 40), ("有效期至", 13)];
    start(sheet, "已豁免的问题", &columns, 0)?;
    let mut row = HEAD;
    for document in checked {
        let teller = Teller::of(catalog, document);
        for waived in &document.waived {
            row += 1;
            let texts = [
                document.file.clone(),
                waived.finding.code.clone(),
                teller.headline(&waived.finding).to_owned(),
                teller.statement(&waived.finding),
                waived.person.clone(),
                waived.reason.clone(),
                waived.until.clone(),
            ];
            write(sheet, row, &columns, &texts)?;
        }
    }
    sheet.autofilter(HEAD, 0, row, 6)?;
    Ok(())
}

fn write(sheet: &mut Worksheet, row: u32, columns: &[(&str, u32)], texts: &[String]) -> Result<(), XlsxError> {
    let left = formats::body(Align::Left, 0, &Bold::No).set_align(FormatAlign::Top);
    let widths = columns.iter().map(|(_, width)| *width);
    sheet.set_row_height(row, height(texts.iter().map(String::as_str).zip(widths)))?;
    for (column, text) in (0u16..).zip(texts) {
        write_text(sheet, row, column, text, &left)?;
    }
    Ok(())
}

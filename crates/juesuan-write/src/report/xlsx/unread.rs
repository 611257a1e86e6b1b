//! What was not read, and what somebody answers for.

use juesuan_model::Align;
use rust_xlsxwriter::{FormatAlign, Worksheet, XlsxError};

use super::super::{Checked, Teller, words};
use super::{HEAD, height, named, start, write_text};
use crate::xlsx::formats::{self, Bold};

const UNREAD: [(&str, u32); 5] = [("文件", 34), ("单位", 24), ("位置", 40), ("原文", 40), ("没有读懂的内容", 60)];
const WAIVED: [(&str, u32); 7] =
    [("文件", 30), ("代码", 9), ("问题", 24), ("审核结果", 60), ("豁免人", 12), ("理由", 40), ("有效期至", 13)];

/// The list of what was not read while it is written.
pub(super) struct Unread {
    sheet: Worksheet,
    row: u32,
}

impl Unread {
    pub(super) fn new() -> Result<Unread, XlsxError> {
        let mut sheet = named(words::NOT_READ)?;
        start(&mut sheet, "没有读懂、没有核对的内容（不代表无误）", &UNREAD, 0)?;
        Ok(Unread { sheet, row: HEAD })
    }

    pub(super) fn add(&mut self, document: &Checked) -> Result<(), XlsxError> {
        let problems = document.problems.iter().map(|problem| (&problem.place, &problem.message));
        for (place, what) in problems.chain(document.unread.iter().map(|(place, what)| (place, what))) {
            self.row += 1;
            let texts = [
                document.file.clone(),
                words::name(document).to_owned(),
                words::place(place, document),
                place.quote.clone().unwrap_or_default(),
                what.clone(),
            ];
            write(&mut self.sheet, self.row, &UNREAD, &texts)?;
        }
        Ok(())
    }

    pub(super) fn end(mut self) -> Result<Worksheet, XlsxError> {
        if self.row == HEAD {
            let nothing = ["没有", "", "", "", ""].map(str::to_owned);
            write(&mut self.sheet, HEAD + 1, &UNREAD, &nothing)?;
        } else {
            self.sheet.autofilter(HEAD, 0, self.row, 4)?;
        }
        Ok(self.sheet)
    }
}

/// The list of what somebody answers for while it is written.
pub(super) struct Waivers {
    sheet: Worksheet,
    row: u32,
}

impl Waivers {
    pub(super) fn new() -> Result<Waivers, XlsxError> {
        let mut sheet = named("已豁免")?;
        start(&mut sheet, "已豁免的问题", &WAIVED, 0)?;
        Ok(Waivers { sheet, row: HEAD })
    }

    pub(super) fn add(&mut self, document: &Checked, teller: &Teller<'_>) -> Result<(), XlsxError> {
        for waived in &document.waived {
            self.row += 1;
            let texts = [
                document.file.clone(),
                waived.finding.code.clone(),
                teller.headline(&waived.finding).to_owned(),
                teller.statement(&waived.finding),
                waived.person.clone(),
                waived.reason.clone(),
                waived.until.clone(),
            ];
            write(&mut self.sheet, self.row, &WAIVED, &texts)?;
        }
        Ok(())
    }

    /// Nothing where nobody answers for anything.
    pub(super) fn end(mut self) -> Result<Option<Worksheet>, XlsxError> {
        if self.row == HEAD {
            return Ok(None);
        }
        self.sheet.autofilter(HEAD, 0, self.row, 6)?;
        Ok(Some(self.sheet))
    }
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

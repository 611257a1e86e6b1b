//! What stands around the text of a notice (GB/T 9704): number, title, addressee; issuer and day.

use juesuan_model::Notice;

use super::text::{marked, paragraph, run};
use crate::grid::text_units;

/// 三号 letters, 1/20 point.
const LETTER: u32 = 320;
/// The day stands four letters from the right.
const DAY_RIGHT: u32 = 4 * LETTER;
/// No indent of the first line.
const FLUSH: &str = "<w:ind w:firstLine=\"0\" w:firstLineChars=\"0\"/>";

/// Number, title and addressee.
pub(super) fn head(notice: &Notice, title: &[String]) -> String {
    let centred = format!("{FLUSH}<w:jc w:val=\"center\"/>");
    let mut out = paragraph("Body", &centred, &marked(&notice.number));
    for (at, line) in title.iter().enumerate() {
        let above = if at == 0 { 1_120 } else { 0 };
        let spacing = format!("<w:spacing w:before=\"{above}\" w:after=\"0\" w:line=\"700\" w:lineRule=\"exact\"/>");
        out.push_str(&paragraph("Title", &spacing, &run(line)));
    }
    let apart = "<w:spacing w:before=\"560\" w:after=\"0\" w:line=\"560\" w:lineRule=\"exact\"/>";
    out.push_str(&paragraph("Body", &format!("<w:keepNext/>{apart}{FLUSH}"), &run(&notice.to)));
    out
}

/// The issuer in the middle above the day.
pub(super) fn signed(notice: &Notice) -> String {
    let [issuer, day] = &notice.signed;
    let width = |text: &str| text_units(text) * LETTER / 2;
    let beside = (DAY_RIGHT + width(day) / 2).saturating_sub(width(issuer) / 2);
    let line = |(keep, above, right, text): (&str, u32, u32, &str)| {
        let properties = format!(
            "{keep}<w:spacing w:before=\"{above}\" w:after=\"0\" w:line=\"560\" w:lineRule=\"exact\"/>\
             <w:ind w:right=\"{right}\" w:firstLine=\"0\" w:firstLineChars=\"0\"/><w:jc w:val=\"right\"/>"
        );
        paragraph("Body", &properties, &run(text))
    };
    [("<w:keepNext/>", 1_120, beside, issuer.as_str()), ("", 0, DAY_RIGHT, day.as_str())].map(line).concat()
}

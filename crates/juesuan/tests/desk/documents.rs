//! Small accounts of an invented archive, with faults that are known, and the same mended.

use crate::pdf_writer::{Writer, text};

/// What the accounts say, line by line; `None` begins a page.
fn lines(total: &str, share: &str) -> Vec<Option<String>> {
    let said = |line: &str| Some(line.to_owned());
    vec![
        said("安宁市档案局2023年度部门决算"),
        None,
        said("第二部分 2023年度部门决算情况说明"),
        said("一、收入支出决算总体情况说明"),
        Some(format!("2023年度收入总计921.96万元，支出总计{total}万元。")),
        said("二、收入决算情况说明"),
        Some(format!("本年收入合计921.96万元，其中：财政拨款收入900.00万元；其他收入{share}万元。")),
        said("三、支出决算情况说明"),
        said("本年支出合计921.96万元，其中：基本支出600.00万元；项目支出321.96万元。"),
    ]
}

/// Total expenditure differs from total income (LW003), and the parts of income from their sum (LW002).
pub const FAULTS: [&str; 2] = ["LW003", "LW002"];

fn broken() -> Vec<Option<String>> {
    lines("920.96", "20.96")
}

/// The total is mended, the parts are not: LW002 stays.
fn half_mended() -> Vec<Option<String>> {
    lines("921.96", "20.96")
}

fn page_by_page(lines: &[Option<String>]) -> Vec<u8> {
    let mut writer = Writer::default();
    for page in lines.split(Option::is_none) {
        let content = page.iter().flatten().zip(1..).map(|(line, row)| text(40.0, f64::from(760 - 24 * row), line));
        writer = writer.and_page("", &content.collect::<String>());
    }
    writer.bytes()
}

/// A PDF of two pages with both faults on the second.
pub fn broken_pdf() -> Vec<u8> {
    page_by_page(&broken())
}

/// Its next version, in which one of the two is mended.
pub fn half_mended_pdf() -> Vec<u8> {
    page_by_page(&half_mended())
}

/// The same accounts as plain text, with more lines behind them.
pub fn broken_text(more: &str) -> Vec<u8> {
    let lines: Vec<String> = broken().into_iter().flatten().collect();
    format!("{}\n{more}\n", lines.join("\n")).into_bytes()
}

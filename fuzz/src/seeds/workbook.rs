//! A workbook as the ministry's software exports it: two of its sheets, small.

use anyhow::Result;
use rust_xlsxwriter::{Format, Workbook, Worksheet};

/// 财决01 and 附03.
pub fn summary() -> Result<Vec<u8>> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("Z01")?.merge_range(0, 0, 0, 9, "收入支出决算总表", &Format::new())?;
    rows(
        sheet,
        1,
        &[
            &["编制单位：某局", "", "2023年度", "", "金额单位：元"],
            &["收入", "", "", "", "", "支出"],
            &[
                "项    目",
                "行次",
                "年初预算数",
                "全年预算数",
                "决算数",
                "项目（按功能分类）",
                "行次",
                "年初预算数",
                "全年预算数",
                "决算数",
            ],
            &["栏次", "", "1", "2", "3", "栏次", "", "4", "5", "6"],
            &[
                "一、一般公共预算财政拨款收入",
                "1",
                "100",
                "120",
                "921.96",
                "一、一般公共服务支出",
                "32",
                "100",
                "120",
                "900",
            ],
            &["二、政府性基金预算财政拨款收入", "2", "", "", "1.00", "八、社会保障和就业支出", "39", "", "", "22.96"],
            &["本年收入合计", "27", "100", "120", "922.96", "本年支出合计", "58", "100", "120", "922.96"],
            &["总计", "31", "100", "120", "922.96", "总计", "62", "100", "120", "922.96"],
        ],
    )?;
    let sheet = workbook.add_worksheet();
    sheet.set_name("F03")?.merge_range(0, 0, 0, 4, "机构运行信息表", &Format::new())?;
    rows(
        sheet,
        1,
        &[
            &["编制单位：某局", "", "2023年度", "", "金额单位：元"],
            &["项  目", "行次", "统计数", "项  目", "行次", "统计数"],
            &["（一）支出合计", "2", "48000", "（一）车辆数合计（辆）", "20", "3"],
            &["1.因公出国（境）费", "3", "0", "国内公务接待批次（个）", "15", "12"],
            &["3.公务接待费", "7", "4800", "国内公务接待人次（人）", "17", "96"],
        ],
    )?;
    Ok(workbook.save_to_buffer()?)
}

fn rows(sheet: &mut Worksheet, top: u32, rows: &[&[&str]]) -> Result<()> {
    for (row, cells) in (top..).zip(rows) {
        for (column, cell) in (0u16..).zip(*cells) {
            match cell.parse::<f64>() {
                Ok(number) => sheet.write_number(row, column, number)?,
                Err(_) => sheet.write_string(row, column, *cell)?,
            };
        }
    }
    Ok(())
}

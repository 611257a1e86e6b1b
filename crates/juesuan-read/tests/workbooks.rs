//! Workbooks as they come: merged heads, formulas, dates, pictures, passwords, broken archives.

#![allow(clippy::unwrap_used, reason = "a test that cannot build its fixture has failed")]

use juesuan_read::{Piece, Value, grids_of};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Image, Workbook};

fn sheet(fill: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    fill(workbook.add_worksheet());
    workbook.save_to_buffer().unwrap()
}

/// A valid PNG of one pixel.
const PIXEL: [u8; 67] = [
    137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0, 31, 21, 196,
    137, 0, 0, 0, 10, 73, 68, 65, 84, 120, 156, 99, 0, 1, 0, 0, 5, 0, 1, 13, 10, 45, 180, 0, 0, 0, 0, 73, 69, 78, 68,
    174, 66, 96, 130,
];

#[test]
fn numbers_dates_and_formula_results_are_read_exactly() {
    let bytes = sheet(|s| {
        let date = Format::new().set_num_format("yyyy/m/d");
        s.write_number(1, 1, 0.1 + 0.2).unwrap();
        s.write_number(1, 2, 2_010_301.0).unwrap();
        s.write_datetime_with_format(1, 3, ExcelDateTime::parse_from_str("2023-05-01").unwrap(), &date).unwrap();
        s.write_formula(1, 4, Formula::new("1+1").set_result("921.96")).unwrap();
        s.write_string(1, 5, " 行政运行 ").unwrap();
    });
    let grid = &grids_of("a.xlsx", &bytes).unwrap()[0];
    assert_eq!(grid.rows[1].line, 2);
    assert_eq!(grid.cell(1, 1), &Value::Number("0.3".into()));
    assert_eq!(grid.cell(1, 2), &Value::Number("2010301".into()));
    assert_eq!(grid.cell(1, 3), &Value::Date("2023-05-01".into()));
    assert_eq!(grid.cell(1, 4), &Value::Number("921.96".into()));
    assert_eq!(grid.cell(1, 5), &Value::Text("行政运行".into()));
}

#[test]
fn a_formula_without_a_stored_result_is_unread_and_not_blank() {
    let bytes = sheet(|s| {
        s.write_formula(0, 0, Formula::new("B1").set_result("")).unwrap();
        s.write_string(0, 1, "金额").unwrap();
    });
    let stripped = without_results(&bytes);
    let grid = &grids_of("a.xlsx", &stripped).unwrap()[0];
    assert!(matches!(grid.cell(0, 0), Value::Unread(_)), "{:?}", grid.cell(0, 0));
}

/// The same workbook with the results of formulas taken out, as some exporters write it.
fn without_results(bytes: &[u8]) -> Vec<u8> {
    use std::io::{Cursor, Read, Write};
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        let name = part.name().unwrap().into_owned();
        if name.contains("sheet1.xml") {
            let text = String::from_utf8(content).unwrap();
            content = text.replace("<v>0</v>", "").replace("<v/>", "").replace(" t=\"str\"", "").into_bytes();
        }
        out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(&content).unwrap();
    }
    out.finish().unwrap().into_inner()
}

#[test]
fn merged_heads_are_seen_in_every_cell_they_cover() {
    let bytes = sheet(|s| {
        s.merge_range(0, 0, 0, 3, "车辆登记", &Format::new()).unwrap();
        s.merge_range(1, 2, 1, 3, "金额", &Format::new()).unwrap();
        s.write_string(2, 2, "借方").unwrap();
    });
    let grid = &grids_of("a.xlsx", &bytes).unwrap()[0];
    assert_eq!(grid.seen(1, 3).as_str(), "金额");
    assert!(grid.cell(1, 3).is_blank());
}

#[test]
fn a_workbook_with_only_pictures_says_so() {
    let bytes = sheet(|s| {
        s.insert_image(0, 0, &Image::new_from_buffer(&PIXEL).unwrap()).unwrap();
    });
    let problem = grids_of("a.xlsx", &bytes).unwrap_err();
    assert!(problem.message.contains("只有图片"), "{}", problem.message);
}

#[test]
fn a_truncated_workbook_says_so_at_every_length() {
    let bytes = sheet(|s| {
        s.write_string(0, 0, "金额").unwrap();
    });
    for length in (4..bytes.len()).step_by(97) {
        let problem = grids_of("a.xlsx", &bytes[..length]).unwrap_err();
        assert!(problem.message.contains("损坏"), "{length}: {}", problem.message);
    }
}

#[test]
fn what_a_file_is_decides_its_content_and_not_its_ending() {
    let workbook = sheet(|s| {
        s.write_string(0, 0, "金额").unwrap();
    });
    assert_eq!(grids_of("其实是表格.csv", &workbook).unwrap()[0].cell(0, 0).as_str(), "金额");
    assert_eq!(grids_of("其实是文本.xlsx", "金额,数量\n".as_bytes()).unwrap()[0].cell(0, 1).as_str(), "数量");
    for (bytes, word) in [
        (&b"%PDF-1.7 ..."[..], "PDF"),
        (b"<html><table>", "网页"),
        (b"<?xml version=\"1.0\"?><Workbook/>", "XML"),
        (&PIXEL, "图片"),
        (b"", "空文件"),
        (b"a\x00b\x00\x00c", "不是文本"),
    ] {
        let problem = grids_of("a.xls", bytes).unwrap_err();
        assert!(problem.message.contains(word), "{}", problem.message);
    }
}

#[test]
fn an_encrypted_workbook_says_so() {
    let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    bytes.resize(1024, 0);
    bytes.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    let problem = grids_of("a.xlsx", &bytes).unwrap_err();
    assert!(problem.message.contains("密码"), "{}", problem.message);
}

#[test]
fn a_broken_compound_file_is_a_problem_and_no_crash() {
    let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    for filler in [0x00, 0x01, 0xFF] {
        bytes.resize(4096, filler);
        assert!(grids_of("a.xls", &bytes).is_err());
        bytes.truncate(8);
    }
}

#[test]
fn a_cell_in_the_last_corner_costs_no_memory_and_is_refused() {
    let bytes = sheet(|s| {
        s.write_string(0, 0, "金额").unwrap();
        s.write_string(1_048_575, 16_383, "x").unwrap();
    });
    let problem = grids_of("a.xlsx", &bytes).unwrap_err();
    assert!(problem.message.contains("列"), "{}", problem.message);
}

#[test]
fn a_workbook_is_read_as_its_sheets_with_their_names_and_hidden_ones_are_named() {
    let mut workbook = Workbook::new();
    let shown = workbook.add_worksheet();
    shown.set_name("收入决算表").unwrap().write_string(0, 0, "合计").unwrap();
    shown.write_number(0, 1, 921.96).unwrap();
    let picture = workbook.add_worksheet();
    picture.set_name("支出决算表").unwrap();
    picture.insert_image(0, 0, &Image::new_from_buffer(&PIXEL).unwrap()).unwrap();
    let hidden = workbook.add_worksheet();
    hidden.set_name("底稿").unwrap().set_hidden(true).write_number(0, 0, 1).unwrap();
    let pages = juesuan_read::pages_of("a.xlsx", &workbook.save_to_buffer().unwrap()).unwrap();
    let [Piece::Line(line), Piece::Grid(grid), Piece::Picture(picture)] = &pages.pieces[..] else {
        panic!("{:?}", pages.pieces);
    };
    assert_eq!((line.text.as_str(), line.heading, grid.cell(0, 1).as_str()), ("收入决算表", Some(1), "921.96"));
    let shown = picture.handle.as_ref().map(|handle| handle.open().unwrap());
    assert_eq!((picture.cover, shown), (100, Some(juesuan_read::Shown::File(PIXEL.to_vec()))));
    let told: Vec<&str> = pages.problems.iter().map(|problem| problem.message.as_str()).collect();
    assert!(told[0].contains("“支出决算表”里只有图片") && told[1].contains("“底稿”是隐藏的"), "{told:?}");
}

#[test]
fn rows_that_end_far_to_the_right_are_bounded() {
    let bytes = sheet(|s| {
        for row in 0..30_000 {
            s.write_string(row, 1_023, "x").unwrap();
        }
    });
    let problem = grids_of("a.xlsx", &bytes).unwrap_err();
    assert!(problem.message.contains("单元格"), "{}", problem.message);
}

#[test]
fn a_table_in_the_text_of_a_sheet_is_a_table_and_the_rest_are_paragraphs() {
    let bytes = sheet(|s| {
        for (row, text) in ["二、单位构成", "本馆决算包括下列单位。", "单位名称"].into_iter().enumerate()
        {
            s.write_string(row.try_into().unwrap(), 0, text).unwrap();
        }
        s.write_string(2, 1, "人数").unwrap();
        s.write_string(3, 0, "总馆").unwrap().write_number(3, 1, 21).unwrap();
        s.write_string(4, 0, "停办的分馆").unwrap();
        s.write_string(5, 0, "东分馆").unwrap().write_number(5, 1, 4).unwrap();
        s.write_string(6, 0, "三、收入情况").unwrap();
        s.write_string(7, 0, "收入合计31.20万元。").unwrap();
        s.write_string(8, 0, "没有其他收入。").unwrap();
    });
    let pages = juesuan_read::pages_of("a.xlsx", &bytes).unwrap();
    let told = pages.pieces.iter().skip(1).map(|piece| match piece {
        Piece::Line(line) => line.text.clone(),
        Piece::Grid(grid) => format!("{} rows", grid.rows.len()),
        Piece::Picture(_) => String::new(),
    });
    let told: Vec<String> = told.collect();
    assert_eq!(
        told,
        ["二、单位构成", "本馆决算包括下列单位。", "4 rows", "三、收入情况", "收入合计31.20万元。", "没有其他收入。"]
    );
}

#[test]
fn a_sentence_above_the_table_of_a_sheet_is_a_paragraph() {
    let bytes = sheet(|s| {
        for (row, text) in ["三、支出情况", "本年支出86.20万元。", "支出表"].into_iter().enumerate() {
            s.write_string(row.try_into().unwrap(), 0, text).unwrap();
        }
        for row in 3..9 {
            s.write_string(row, 0, "印刷费").unwrap();
            s.write_number(row, 1, 1.5).unwrap();
        }
    });
    let pages = juesuan_read::pages_of("a.xlsx", &bytes).unwrap();
    let told = pages.pieces.iter().map(|piece| match piece {
        Piece::Line(line) => line.text.clone(),
        Piece::Grid(grid) => format!("表{}", grid.rows.len()),
        Piece::Picture(_) => String::new(),
    });
    assert_eq!(told.skip(1).collect::<Vec<_>>(), ["三、支出情况", "本年支出86.20万元。", "表7"]);
}

#[test]
fn sentences_below_the_table_of_a_sheet_are_paragraphs() {
    let bytes = sheet(|s| {
        s.write_string(0, 0, "支出表").unwrap();
        for row in 1..7 {
            s.write_string(row, 0, "印刷费").unwrap();
            s.write_number(row, 1, 1.5).unwrap();
        }
        s.write_string(8, 0, "本年支出86.20万元。").unwrap();
        s.write_string(9, 0, "其中印刷费9.00万元。").unwrap();
    });
    let pages = juesuan_read::pages_of("a.xlsx", &bytes).unwrap();
    let lines = pages.pieces.iter().filter_map(|piece| match piece {
        Piece::Line(line) => Some(line.text.as_str()),
        Piece::Grid(_) | Piece::Picture(_) => None,
    });
    assert_eq!(lines.skip(1).collect::<Vec<_>>(), ["本年支出86.20万元。", "其中印刷费9.00万元。"]);
}

/// What is said of a workbook, and how much was read of it.
fn told(fill: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> (String, usize) {
    let pages = juesuan_read::pages_of("a.xlsx", &sheet(fill)).unwrap();
    let said: Vec<String> = pages.problems.iter().map(ToString::to_string).collect();
    (said.join("\n"), pages.pieces.len())
}

fn two_rows(s: &mut rust_xlsxwriter::Worksheet) {
    s.write_string(0, 0, "收入").unwrap().write_number(0, 1, 1.5).unwrap();
    s.write_string(1, 0, "支出").unwrap().write_number(1, 1, 1.5).unwrap();
}

#[test]
fn a_sheet_of_hidden_rows_or_columns_is_told_and_one_with_some_is_read() {
    for hide in [
        (|s| _ = s.set_row_hidden(0).unwrap().set_row_hidden(1).unwrap()) as fn(&mut rust_xlsxwriter::Worksheet),
        |s| _ = s.set_column_range_hidden(0, 5).unwrap(),
        |s| _ = s.set_row_hidden(0).unwrap().set_column_range_hidden(0, 1).unwrap(),
    ] {
        let (said, pieces) = told(|s| {
            two_rows(s);
            hide(s);
        });
        assert!(said.contains("都隐藏了") && pieces == 0, "{said} {pieces}");
    }
    let (said, pieces) = told(|s| {
        two_rows(s);
        s.set_row_hidden(0).unwrap().set_column_hidden(0).unwrap();
    });
    assert!(said.is_empty() && pieces > 0, "{said}");
}

#[test]
fn boxes_of_text_on_a_sheet_and_formulas_that_failed_are_told() {
    let (said, _) = told(|s| {
        two_rows(s);
        s.insert_shape(3, 3, &rust_xlsxwriter::Shape::textbox().set_text("支出合计 2 万元")).unwrap();
    });
    assert!(said.contains("文本框"), "{said}");
    let (said, _) = told(|s| {
        two_rows(s);
        s.write_formula(2, 1, Formula::new("1/0").set_result("#DIV/0!")).unwrap();
        s.write_formula(2, 2, Formula::new("1/0").set_result("#DIV/0!")).unwrap();
    });
    assert!(said.contains("B3（#DIV/0!） 等 2 格是错误值"), "{said}");
    let (said, _) = told(|s| {
        two_rows(s);
        s.insert_shape(3, 3, &rust_xlsxwriter::Shape::textbox()).unwrap();
    });
    assert!(said.is_empty(), "a frame: {said}");
}

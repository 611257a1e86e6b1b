//! What can be on a page, in files of a few lines each.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]
#![allow(clippy::float_arithmetic, reason = "places on a page")]

mod pdf_writer;

use juesuan_read::{Grid, Pages, Piece, Value};
use pdf_writer::{Writer, lattice, line, text, text_with};

fn read(writer: &Writer) -> Pages {
    pdf_writer::read(&writer.bytes()).unwrap()
}

fn texts(pages: &Pages) -> Vec<&str> {
    let line = |piece: &'_ Piece| matches!(piece, Piece::Line(_));
    pages
        .pieces
        .iter()
        .filter(|piece| line(piece))
        .map(|piece| match piece {
            Piece::Line(line) => line.text.as_str(),
            _ => "",
        })
        .collect()
}

fn grid(pages: &Pages) -> &Grid {
    pages
        .pieces
        .iter()
        .find_map(|piece| match piece {
            Piece::Grid(grid) => Some(grid),
            _ => None,
        })
        .expect("a table")
}

fn cells(grid: &Grid) -> Vec<Vec<&str>> {
    grid.rows.iter().map(|row| row.cells.iter().map(Value::as_str).collect()).collect()
}

fn messages(pages: &Pages) -> String {
    pages.problems.iter().map(|problem| problem.message.clone()).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_line_has_its_place_and_the_edges_of_its_characters() {
    let pages = read(&Writer::page(&text(100.0, 700.0, "支出12.50万元")));
    let Piece::Line(line) = &pages.pieces[0] else { panic!("a line") };
    assert_eq!(line.text, "支出12.50万元");
    assert_eq!(line.edges, [100, 110, 120, 125, 130, 135, 140, 145, 155, 165]);
    assert_eq!(line.size, 100);
    assert_eq!(line.place.bounds, Some([100, 91, 165, 102]));
    assert_eq!(line.place.page, Some(1));
}

#[test]
fn lines_come_from_top_to_bottom_whatever_order_they_are_drawn_in() {
    let content = text(50.0, 40.0, "第1页") + &text(50.0, 500.0, "下") + &text(50.0, 700.0, "上");
    assert_eq!(texts(&read(&Writer::page(&content))), ["上", "下", "第1页"]);
}

#[test]
fn numerals_on_another_base_line_and_marks_out_of_order_are_one_line() {
    let content = text(150.0, 697.0, "905.31") + &text(100.0, 700.0, "“收入”为") + &text(180.0, 700.0, "万元");
    assert_eq!(texts(&read(&Writer::page(&content))), ["“收入”为905.31万元"]);
}

#[test]
fn fake_bold_is_read_once_and_repeated_digits_are_kept() {
    let content = text(100.0, 700.0, "合计1100.00") + &text(100.4, 700.0, "合计1100.00");
    assert_eq!(texts(&read(&Writer::page(&content))), ["合计1100.00"]);
}

#[test]
fn words_stay_apart_and_ideographs_stay_together() {
    let content = text(50.0, 700.0, "PDF file") + &text(50.0, 600.0, "单位：某局") + &text(300.0, 600.0, "单位：万元");
    assert_eq!(texts(&read(&Writer::page(&content))), ["PDF file", "单位：某局 单位：万元"]);
}

#[test]
fn a_table_drawn_as_short_pieces_is_one_table() {
    let mut content = String::new();
    for y in [600, 620, 640] {
        for step in 0..200 {
            let x = 100 + step;
            content += &format!("{x} {y} 1 0.5 re f\n");
        }
    }
    for x in [100, 200, 300] {
        for step in 0..20 {
            content += &format!("{x} {} 0.5 2 re f\n", 600 + step * 2);
        }
    }
    content += &text(110.0, 626.0, "项目");
    content += &text(210.0, 626.0, "决算数");
    content += &text(110.0, 606.0, "合计");
    content += &text(210.0, 606.0, "1,234.50");
    let pages = read(&Writer::page(&content));
    assert_eq!(cells(grid(&pages)), [["项目", "决算数"], ["合计", "1,234.50"]]);
    assert_eq!(grid(&pages).rows[1].bounds[1], Some([210, 185, 250, 196]));
    assert_eq!((grid(&pages).rows[1].line, grid(&pages).rows[1].page), (2, Some(1)));
}

#[test]
fn lines_in_a_cell_are_joined_and_merged_cells_are_known() {
    let content = line(100.0, 660.0, 300.0, 660.0)
        + &lattice(&[100.0, 200.0, 300.0], &[580.0, 620.0])
        + &line(100.0, 620.0, 100.0, 660.0)
        + &line(300.0, 620.0, 300.0, 660.0)
        + &text(180.0, 635.0, "本年支出")
        + &text(102.0, 608.0, "机关事业单位基本养")
        + &text(102.0, 596.0, "老保险缴费支出")
        + &text(210.0, 602.0, "160.75");
    let pages = read(&Writer::page(&content));
    let grid = grid(&pages);
    assert_eq!(cells(grid), [["本年支出", ""], ["机关事业单位基本养老保险缴费支出", "160.75"]]);
    assert_eq!(grid.seen(0, 1).as_str(), "本年支出");
}

#[test]
fn a_code_glued_to_its_name_is_cut_by_the_ruling_and_an_amount_that_sticks_out_is_not() {
    let content = lattice(&[100.0, 115.0, 200.0, 240.0], &[600.0, 620.0])
        + &text(100.0, 606.0, "310")
        + &text(115.0, 606.0, "资本性支出")
        + &text(196.0, 606.0, "123456.78");
    assert_eq!(cells(grid(&read(&Writer::page(&content)))), [["310", "资本性支出", "123456.78"]]);
}

#[test]
fn an_empty_ruled_table_is_a_table() {
    let content = lattice(&[100.0, 200.0, 300.0], &[600.0, 620.0, 640.0]);
    let pages = read(&Writer::page(&content));
    assert_eq!((grid(&pages).rows.len(), grid(&pages).width()), (2, 2));
    assert!(grid(&pages).is_blank());
}

#[test]
fn amounts_stacked_in_one_ruled_row_are_rows() {
    let mut content = lattice(&[100.0, 200.0, 300.0, 400.0], &[540.0, 620.0, 640.0]);
    for (index, row) in [["基本支出", "100.00", "90.00"], ["项目支出", "20.00", "10.00"]].iter().enumerate() {
        for (column, cell) in row.iter().enumerate() {
            let down = f64::from(u8::try_from(index).unwrap()) * 20.0;
            content += &text(110.0 + f64::from(u8::try_from(column).unwrap()) * 100.0, 600.0 - down, cell);
        }
    }
    content += &text(110.0, 626.0, "项目");
    let rows = read(&Writer::page(&content));
    let expected = [["项目", "", ""], ["基本支出", "100.00", "90.00"], ["项目支出", "20.00", "10.00"]];
    assert_eq!(cells(grid(&rows)), expected);
}

#[test]
fn one_long_number_broken_over_two_lines_is_one_number() {
    let content = lattice(&[100.0, 142.0, 184.0], &[600.0, 640.0])
        + &text(101.0, 626.0, "87267272")
        + &text(101.0, 612.0, ".44")
        + &text(143.0, 626.0, "16726725")
        + &text(143.0, 612.0, ".44");
    assert_eq!(cells(grid(&read(&Writer::page(&content)))), [["87267272.44", "16726725.44"]]);
}

/// A table by its rows, 20 points apart, in three columns; amounts end at the same place.
fn columns(rows: &[[&str; 3]]) -> String {
    let mut content = String::new();
    for (index, row) in rows.iter().enumerate() {
        let y = 600.0 - f64::from(u8::try_from(index).unwrap()) * 20.0;
        content += &text(100.0, y, row[0]);
        for (column, cell) in row.iter().enumerate().skip(1) {
            let width: f64 = cell.chars().map(|c| if c.is_ascii() { 5.0 } else { 10.0 }).sum();
            content += &text(180.0 + f64::from(u8::try_from(column).unwrap()) * 100.0 - width, y, cell);
        }
    }
    content
}

const ROWS: [[&str; 3]; 4] = [
    ["项目", "预算数", "决算数"],
    ["基本支出", "1,100.00", "90.00"],
    ["项目支出", "20.00", "-"],
    ["合计", "1,120.00", "90.00"],
];

#[test]
fn a_table_without_rulings_is_found_from_its_columns() {
    let content = text(100.0, 700.0, "一、收入支出决算情况") + &columns(&ROWS) + &text(100.0, 300.0, "注：略");
    let pages = read(&Writer::page(&content));
    assert_eq!(cells(grid(&pages)), ROWS);
    assert_eq!(texts(&pages), ["一、收入支出决算情况", "注：略"]);
}

#[test]
fn a_table_with_level_rulings_only_is_found() {
    let level = |y| line(90.0, y, 400.0, y);
    let content = columns(&ROWS) + &level(615.0) + &level(595.0) + &level(532.0);
    assert_eq!(cells(grid(&read(&Writer::page(&content)))), ROWS);
}

#[test]
fn paragraphs_and_contents_with_page_numbers_are_no_tables() {
    let mut content = String::new();
    for (index, line) in ["一、主要职能", "二、机构设置", "三、决算表", "四、名词解释"].iter().enumerate()
    {
        let y = 600.0 - f64::from(u8::try_from(index).unwrap()) * 20.0;
        content += &text(100.0, y, line);
        content += &text(400.0, y, &format!("{}", index + 3));
        content += &text(100.0, y - 200.0, "本年收入合计 2946.25 万元，其中财政拨款 2940.05 万元");
    }
    let pages = read(&Writer::page(&content));
    assert!(pages.pieces.iter().all(|piece| matches!(piece, Piece::Line(_))));
    assert_eq!(pages.pieces.len(), 8);
}

#[test]
fn text_beyond_the_page_or_cut_away_is_told_and_not_read() {
    let content = text(100.0, 700.0, "看得见")
        + &text(700.0, 700.0, "页外")
        + "q 0 0 600 300 re W n "
        + &text(100.0, 500.0, "被裁切")
        + " Q "
        + &text(100.0, 400.0, "也看得见");
    let pages = read(&Writer::page(&content));
    assert_eq!(texts(&pages), ["看得见", "也看得见"]);
    assert_eq!(pages.problems.len(), 1);
    assert!(messages(&pages).contains("第1页有 5 个字符"), "{}", messages(&pages));
}

#[test]
fn a_crop_box_moves_places_and_hides_what_lies_outside() {
    let page =
        Writer::default().and_page("/CropBox[50 100 550 750]", &(text(100.0, 700.0, "内") + &text(10.0, 700.0, "外")));
    let pages = read(&page);
    assert_eq!(texts(&pages), ["内"]);
    let Piece::Line(line) = &pages.pieces[0] else { panic!("a line") };
    assert_eq!(line.edges, [50, 60]);
}

#[test]
fn a_rotated_page_reads_upright() {
    // Text that runs up the sheet, on a page that is to be turned by a quarter: upright for the reader.
    let content = "BT /F 10 Tf 0 1 -1 0 300 100 Tm <51B37B97> Tj ET";
    let pages = read(&Writer::default().and_page("/Rotate 90", content));
    assert_eq!(texts(&pages), ["决算"]);
    let Piece::Line(line) = &pages.pieces[0] else { panic!("a line") };
    assert_eq!((line.edges.as_slice(), line.place.bounds), ([100, 110, 120].as_slice(), Some([100, 291, 120, 302])));
}

#[test]
fn pages_are_as_large_as_they_are_shown() {
    let page = |entries: &'static str| (entries, text(100.0, 700.0, "内"));
    let entries = ["", "/Rotate 90", "/CropBox[50 100 550.6 750]", "/CropBox[50 100 550 750]/Rotate 270"];
    let writer = entries.map(page).iter().fold(Writer::default(), |all, (entries, text)| all.and_page(entries, text));
    let sizes = read(&writer).sizes;
    let sides: Vec<(u32, u32)> = sizes.iter().map(|size| (size.width, size.height)).collect();
    assert_eq!(sides, [(600, 800), (800, 600), (501, 650), (650, 500)]);
}

#[test]
fn a_table_that_lies_on_its_side_is_read_and_its_places_are_those_of_the_sheet() {
    let upright = lattice(&[100.0, 200.0, 300.0], &[600.0, 620.0, 640.0])
        + &text(110.0, 626.0, "项目")
        + &text(210.0, 626.0, "决算数")
        + &text(110.0, 606.0, "合计")
        + &text(210.0, 606.0, "12.50");
    // The same, turned against the clock around the origin and moved back onto the sheet.
    let pages = read(&Writer::page(&format!("q 0 1 -1 0 700 0 cm {} Q", upright)));
    assert_eq!(cells(grid(&pages)), [["项目", "决算数"], ["合计", "12.50"]]);
    assert_eq!(grid(&pages).rows[1].bounds[1], Some([85, 565, 96, 590]));
}

#[test]
fn a_page_that_is_a_picture_is_told() {
    let picture = "/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8";
    let page = Writer::default().and_page("", &text(100.0, 700.0, "封面"));
    let pages = read(&page.and_page("", "q 600 0 0 800 0 0 cm /X10 Do Q").stream(picture, "a"));
    assert!(messages(&pages).contains("第2页是图片，没有文字层，没有读"), "{}", messages(&pages));
    let covers: Vec<u8> = pages
        .pieces
        .iter()
        .filter_map(|piece| match piece {
            Piece::Picture(picture) => Some(picture.cover),
            _ => None,
        })
        .collect();
    assert_eq!(covers, [100]);
}

#[test]
fn invisible_text_over_a_scan_is_read_with_a_doubt_and_without_one_is_not_read() {
    let picture = "/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8";
    let laid_over = "q 600 0 0 800 0 0 cm /X10 Do Q 3 Tr ".to_owned() + &text(100.0, 700.0, "决算");
    let pages = read(&Writer::page(&laid_over).stream(picture, "a"));
    assert_eq!(texts(&pages), ["决算"]);
    assert!(messages(&pages).contains("可能有识别错误"));
    let pages = read(&Writer::page(&("3 Tr ".to_owned() + &text(100.0, 700.0, "决算"))));
    assert!(texts(&pages).is_empty());
    assert!(messages(&pages).contains("看不见"));
}

#[test]
fn slanted_water_marks_do_not_get_between_the_words() {
    let content = text(100.0, 700.0, "决算") + "BT /F 40 Tf 0.7 0.7 -0.7 0.7 90 690 Tm <6837672C> Tj ET";
    let pages = read(&Writer::page(&content));
    assert_eq!(texts(&pages), ["决算"]);
    assert!(messages(&pages).contains("斜排"));
}

#[test]
fn predefined_encodings_are_read_and_unknown_characters_are_unread() {
    let content = text_with("/G", 100.0, 700.0, "财政局")
        + &lattice(&[100.0, 200.0, 300.0], &[600.0, 620.0])
        + &text_with("/N", 110.0, 606.0, "项目")
        + &text(210.0, 606.0, "1.00");
    let pages = read(&Writer::page(&content));
    assert_eq!(texts(&pages), ["财政局"]);
    assert_eq!(grid(&pages).rows[0].cells[0], Value::Unread("\u{fffd}\u{fffd}".to_owned()));
    assert!(messages(&pages).contains("没有编码"));
}

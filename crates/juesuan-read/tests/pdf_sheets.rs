//! Sheets that are wider than their paper: what a spreadsheet prints over several pages, with what it draws beyond their edges.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]
#![allow(clippy::float_arithmetic, clippy::indexing_slicing, reason = "places on a page")]

mod pdf_writer;

use juesuan_read::{Grid, PageLine, Pages, Piece, Value};
use pdf_writer::{Writer, lattice, line, text};

/// Where what is printed begins and ends on each page.
const LEFT: f64 = 50.0;
const RIGHT: f64 = 350.0;

/// A page on which nothing is seen beyond the edges of what is printed.
fn printed(content: &str) -> String {
    format!("q {LEFT} 50 {} 700 re W n\n{content}Q\n", RIGHT - LEFT)
}

/// Lines of a sheet on the page that begins so far to the right on it.
fn lines(texts: &[&str], from: f64) -> String {
    let line =
        |(at, words): (usize, &&str)| text(LEFT - from, 700.0 - 20.0 * f64::from(u8::try_from(at).unwrap()), words);
    texts.iter().enumerate().map(line).collect()
}

fn read(pages: &[String]) -> Pages {
    let writer = pages.iter().fold(Writer::default(), |writer, content| writer.and_page("", content));
    pdf_writer::read(&writer.bytes()).unwrap()
}

fn all(pages: &Pages) -> Vec<&PageLine> {
    pages.pieces.iter().filter_map(|piece| if let Piece::Line(line) = piece { Some(line) } else { None }).collect()
}

fn texts(pages: &Pages) -> Vec<&str> {
    all(pages).iter().map(|line| line.text.as_str()).collect()
}

fn grids(pages: &Pages) -> Vec<&Grid> {
    pages.pieces.iter().filter_map(|piece| if let Piece::Grid(grid) = piece { Some(grid) } else { None }).collect()
}

const SENTENCE: &str = "二〇二三年度青峰县林业局收入合计为九百二十一万元，比上年增加三十万元，原因是造林补助增加。";
const SHORT: &str = "二、支出情况";

#[test]
fn lines_that_go_on_on_the_page_to_the_right_are_whole_and_tell_on_which_page_they_stand() {
    // Pages go down first: the second has the rest of the rows, the third the columns to the right of the first.
    let rows = [SENTENCE, SHORT, SENTENCE];
    let pages = read(&[
        printed(&lines(&rows, 0.0)),
        printed(&lines(&["三、其他说明"], 0.0)),
        printed(&lines(&rows, RIGHT - LEFT)),
    ]);
    assert_eq!(texts(&pages), [SENTENCE, SHORT, SENTENCE, "三、其他说明"]);
    let first = all(&pages)[0];
    assert_eq!(first.place.page, Some(1));
    let [beside] = first.beside.as_slice() else { panic!("one page beside it") };
    assert_eq!((beside.page, beside.from, beside.left), (3, 350, 50));
    assert_eq!(pages.problems.len(), 0, "{:?}", pages.problems);
}

#[test]
fn a_page_that_draws_something_else_beyond_its_edge_is_a_page_of_its_own_and_its_cut_lines_are_not_read() {
    let other = "二〇二三年度青峰县水利局支出合计为八百一十万元，比上年减少二十万元，原因是渠道工程完工了。";
    let pages = read(&[printed(&lines(&[SENTENCE], 0.0)), printed(&lines(&[other], RIGHT - LEFT))]);
    assert_eq!(texts(&pages), Vec::<&str>::new());
    assert!(pages.problems.iter().any(|problem| problem.message.contains("只印出一部分")), "{:?}", pages.problems);
}

/// The rows of a table at these heights, on a page where it begins and ends there; the uppermost goes on over the open side.
fn rows(from: f64, to: f64, open: f64) -> String {
    let heights = [600.0, 620.0, 640.0, 660.0, 680.0];
    let level: String = heights.iter().map(|y| line(from, *y, to, *y)).collect();
    let side = |x: f64| line(x, 600.0, x, if (x - open).abs() < 1.0 { 660.0 } else { 680.0 });
    level + &side(from) + &side(to) + &line(f64::midpoint(from, to), 600.0, f64::midpoint(from, to), 660.0)
}

#[test]
fn columns_on_the_page_to_the_right_are_columns_of_the_table_where_a_cell_goes_on_over_the_edge() {
    let left = rows(LEFT, RIGHT, RIGHT)
        + &text(60.0, 665.0, "支出决算")
        + &text(60.0, 645.0, "科目")
        + &text(210.0, 645.0, "合计")
        + &text(60.0, 625.0, "造林")
        + &text(210.0, 625.0, "7.10");
    let right = rows(LEFT, 150.0, LEFT) + &text(60.0, 645.0, "基本支出") + &text(60.0, 625.0, "3.10");
    // A text beside the table tells that pages lie beside each other.
    let note = |from: f64| text(LEFT - from, 100.0, SENTENCE);
    let pages = read(&[printed(&(left + &note(0.0))), printed(&(right + &note(RIGHT - LEFT)))]);
    let [grid] = grids(&pages)[..] else { panic!("one table") };
    let cells: Vec<&str> = grid.rows[2].cells.iter().map(Value::as_str).collect();
    assert_eq!(cells, ["造林", "7.10", "3.10", ""]);
    let place = grid.place_of_cell(2, 2);
    assert_eq!((place.page, place.bounds.map(|[left, ..]| left)), (Some(2), Some(60)));
    assert_eq!(grid.place_of_cell(2, 1).page, Some(1));
}

#[test]
fn a_number_is_whole_where_the_name_beside_it_is_cut_by_its_own_cell() {
    let name = format!("q {LEFT} 620 40 20 re W n\n{}Q\n", text(LEFT, 625.0, "机关事业单位养老保险"));
    let grid = pdf_writer::lattice(&[LEFT, 90.0, 200.0], &[600.0, 620.0, 640.0]);
    let pages = read(&[grid + &name + &text(92.0, 625.0, "250,000") + &text(60.0, 605.0, "合计")]);
    assert_eq!(grids(&pages)[0].cell(0, 1), &Value::text("250,000"));
}

#[test]
fn text_that_runs_over_its_frame_is_no_table() {
    let frame = pdf_writer::lattice(&[LEFT, 90.0], &[600.0, 620.0, 640.0]);
    let rows = text(LEFT + 1.0, 625.0, "一、部门主要职能") + &text(LEFT + 1.0, 605.0, "二、部门机构设置");
    let pages = read(&[frame + &rows]);
    assert_eq!(texts(&pages), ["一、部门主要职能", "二、部门机构设置"]);
}

#[test]
fn words_that_run_over_into_a_blank_cell_stay_where_they_begin_and_what_is_cut_away_is_told() {
    let clipped = |words: &str| format!("q 51 640 63 20 re W n\n{}Q\n", text(51.0, 646.0, words));
    let content = [
        lattice(&[50.0, 114.0, 178.0, 242.0], &[640.0, 660.0, 680.0, 700.0]),
        text(51.0, 686.0, "一、林木养护收入"),
        text(51.0, 666.0, "二、林木收入"),
        text(115.0, 666.0, "三、养护支出"),
        text(190.0, 666.0, "3.20"),
        clipped("四、林业和草原收入"),
        text(130.0, 646.0, "4.20"),
    ];
    let pages = read(&[content.concat()]);
    let [grid] = grids(&pages)[..] else { panic!("one table") };
    let told: Vec<Vec<&str>> = grid.rows.iter().map(|row| row.cells.iter().map(Value::as_str).collect()).collect();
    assert_eq!(told[0], ["一、林木养护收入", "", ""]);
    assert_eq!(told[1], ["二、林木收入", "三、养护支出", "3.20"]);
    assert_eq!(told[2][1], "4.20");
    let cut: Vec<bool> = grid.rows.iter().map(|row| matches!(row.cells[0], Value::Unread(_))).collect();
    assert_eq!(cut, [false, false, true]);
}

#[test]
fn headings_without_rulings_between_them_go_to_the_columns_below_each() {
    let table = |headings: &[(f64, &str)]| {
        let frame = [
            lattice(&[50.0, 150.0, 250.0, 350.0, 450.0], &[640.0, 660.0, 680.0]),
            line(50.0, 680.0, 50.0, 700.0),
            line(150.0, 680.0, 150.0, 700.0),
            line(450.0, 680.0, 450.0, 700.0),
            line(50.0, 700.0, 450.0, 700.0),
            text(55.0, 686.0, "科目名称"),
            text(55.0, 666.0, "林木养护"),
            text(155.0, 666.0, "4.20"),
        ];
        let headings: String = headings.iter().map(|(x, words)| text(*x, 686.0, words)).collect();
        let pages = read(&[frame.concat() + &headings]);
        let grids = grids(&pages);
        grids[0].rows[0].cells.iter().map(|cell| cell.as_str().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(
        table(&[(160.0, "本年合计"), (260.0, "基本支出"), (360.0, "项目支出")]),
        ["科目名称", "本年合计", "基本支出", "项目支出"]
    );
    assert_eq!(table(&[(260.0, "本年支出")]), ["科目名称", "本年支出", "", ""]);
}

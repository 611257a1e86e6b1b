//! Letters drawn as shapes: what is taken for writing, and what is not.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]
#![allow(clippy::float_arithmetic, reason = "places on a page")]

mod pdf_writer;

use std::fmt::Write as _;

use juesuan_read::{Pages, Piece, Value, pages_of};
use pdf_writer::{Writer, lattice, text};

fn read(writer: &Writer) -> Pages {
    pages_of("x.pdf", &writer.bytes()).unwrap()
}

/// What is said of letters that are drawn.
fn told(pages: &Pages) -> Option<&str> {
    pages.problems.iter().map(|problem| problem.message.as_str()).find(|message| message.contains("轮廓"))
}

/// A letter of some form at a point: a bow and as many corners as its form says.
fn letter(x: f64, y: f64, form: u8, end: &str) -> String {
    let mut path = format!("{x} {y} m {} {} {} {} {} {y} c\n", x, y + 8.0, x + 4.0, y + 8.0, x + 4.0);
    for corner in 0..form + 4 {
        let _ = write!(path, "{} {} l ", x + f64::from(corner % 3), y + f64::from(corner));
    }
    path + "h " + end + "\n"
}

/// A line of letters of many forms.
fn written(x: f64, y: f64, letters: u8, end: &str) -> String {
    (0..letters).map(|at| letter(x + f64::from(at) * 6.0, y, at % 11 * 7 % 11, end)).collect()
}

fn page_of_writing(end: &str) -> String {
    (0..8).map(|line| written(60.0, 700.0 - f64::from(line) * 20.0, 30, end)).collect()
}

#[test]
fn a_page_of_letters_drawn_as_areas_or_as_strokes_is_unread() {
    for end in ["f", "f*", "S", "B"] {
        let pages = read(&Writer::page(&page_of_writing(end)));
        assert!(told(&pages).is_some_and(|said| said.contains("第1页约有 240 个字")), "{end}: {:?}", pages.problems);
    }
}

#[test]
fn letters_of_a_whole_page_in_one_path_are_seen() {
    let path = page_of_writing("") + "f";
    assert!(told(&read(&Writer::page(&path))).is_some());
}

#[test]
fn letters_in_a_form_and_on_a_page_lying_on_its_side_are_seen() {
    let form = Writer::page("/X10 Do")
        .stream("/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<<>>", &page_of_writing("f"));
    assert!(told(&read(&form)).is_some());
    let aside = format!("q 0 1 -1 0 600 0 cm\n{}Q", page_of_writing("f"));
    assert!(told(&read(&Writer::page(&aside))).is_some());
}

#[test]
fn a_cell_whose_figure_is_drawn_is_unread_and_not_empty() {
    let ys: Vec<f64> = (0..12).map(|row| 500.0 + f64::from(row) * 15.0).collect();
    let mut content = lattice(&[100.0, 200.0, 300.0], &ys);
    for y in &ys[..ys.len() - 1] {
        content += &text(105.0, y + 3.0, "基本支出");
        content += &written(210.0, y + 3.0, 7, "f");
    }
    let pages = read(&Writer::page(&content));
    assert!(told(&pages).is_some());
    let grid = pages.pieces.iter().find_map(|piece| match piece {
        Piece::Grid(grid) => Some(grid),
        _ => None,
    });
    let row = &grid.expect("a table").rows[4].cells;
    assert_eq!(row[0], Value::text("基本支出"));
    assert!(matches!(row[1], Value::Unread(_)), "{row:?}");
}

#[test]
fn a_font_of_drawings_without_names_of_its_letters_is_unread() {
    let page = "/Font<</T 10 0 R>>";
    let glyph = "/Type/Font/Subtype/Type3/FontBBox[0 0 10 10]/FontMatrix[0.1 0 0 0.1 0 0]/FirstChar 65/LastChar 66\
                 /Widths[6 6]/Encoding<</Type/Encoding/Differences[65/g1/g2]>>/CharProcs<</g1 11 0 R/g2 11 0 R>>\
                 /Resources<<>>";
    let form = "/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<<".to_owned() + page + ">>";
    let writer = Writer::page("/X12 Do")
        .object(&format!("<<{glyph}>>"))
        .stream("", "6 0 d0 0 0 4 8 re f")
        .stream(&form, "BT /T 10 Tf 60 700 Td (ABABABAB) Tj ET");
    let pages = read(&writer);
    let said = pages.problems.iter().any(|problem| problem.message.contains("没有编码"));
    assert!(said, "{:?} {:?}", pages.problems, pages.pieces);
}

#[test]
fn marks_of_a_chart_ornaments_hatching_and_a_logo_are_no_writing() {
    let rows = |form: fn(u8) -> u8| -> String {
        (0..8)
            .flat_map(|line| (0..40).map(move |at| (line, at)))
            .map(|(line, at)| letter(60.0 + f64::from(at) * 10.0, 700.0 - f64::from(line) * 30.0, form(at), "f"))
            .collect()
    };
    let hatching: String = (0..400).map(|at| format!("{} 500 m {} 520 l S\n", 60 + at, 70 + at)).collect();
    // Bows that lie over each other, of many forms, as in a drawing of a landscape.
    let drawing: String = (0..60)
        .flat_map(|at| (0..6).map(move |line| (at, line)))
        .map(|(at, line)| {
            letter(60.0 + f64::from(at) * 2.5, 700.0 - f64::from(line) * 3.0, (at % 11 * 7 + line) % 11, "f")
        })
        .collect();
    let logo = written(60.0, 700.0, 25, "f") + &written(60.0, 680.0, 25, "f");
    let marks = [rows(|_| 3), rows(|at| at % 4), hatching, drawing, logo];
    for (which, content) in marks.iter().enumerate() {
        let pages = read(&Writer::page(content));
        assert_eq!(told(&pages), None, "{which}");
    }
}

#[test]
fn letters_that_are_printed_too_are_read() {
    let mut content = String::new();
    for line in 0..8 {
        let y = 700.0 - f64::from(line) * 20.0;
        content += &written(60.0, y, 20, "f");
        // Printed letters are five points wide and lie over the drawn ones.
        content += &(0..20).map(|at| text(60.0 + f64::from(at) * 6.0, y, "8")).collect::<String>();
    }
    assert_eq!(told(&read(&Writer::page(&content))), None);
}

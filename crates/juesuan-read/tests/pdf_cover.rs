//! What a page shows decides: text under something, text of the colour of its ground.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]
#![allow(clippy::float_arithmetic, reason = "places on a page")]

mod pdf_writer;

use juesuan_read::{Piece, pages_of};
use pdf_writer::{Writer, text};

const BOX: &str = "90 690 300 30 re f 0 g\n";
const GREY: &str = "/Type/XObject/Subtype/Image/Width 2/Height 2/BitsPerComponent 8/ColorSpace/DeviceGray";
const PICTURE: &str = "q 300 0 0 30 90 690 cm /X10 Do Q\n";

fn printed() -> String {
    text(100.0, 700.0, "支出12.50万元")
}

/// The lines of a page, and what is said of what cannot be seen.
fn read(writer: &Writer) -> (Vec<String>, Option<String>) {
    let pages = pages_of("x.pdf", &writer.bytes()).unwrap();
    let lines = pages.pieces.iter().filter_map(|piece| match piece {
        Piece::Line(line) => Some(line.text.clone()),
        _ => None,
    });
    let said = pages.problems.iter().map(|problem| problem.message.clone()).find(|said| said.contains("看不见"));
    (lines.collect(), said)
}

fn is_hidden(writer: &Writer) {
    let (lines, said) = read(writer);
    assert!(lines.iter().all(|line| !line.contains("12.50")), "{lines:?}");
    assert!(said.is_some());
}

fn is_read(writer: &Writer) {
    assert_eq!(read(writer), (vec!["支出12.50万元".to_owned()], None));
}

#[test]
fn text_under_an_opaque_area_is_not_there_and_its_figures_are_told() {
    let content = printed() + "1 1 1 rg " + BOX;
    let (lines, said) = read(&Writer::page(&content));
    assert!(lines.is_empty());
    let said = said.unwrap();
    assert!(said.contains("第1页有 9 个字符被遮盖") && said.contains("“支出12.50万元”"), "{said}");
    let form = Writer::page(&(printed() + "/X10 Do"))
        .stream("/Type/XObject/Subtype/Form/BBox[0 0 600 800]", &format!("1 g {BOX}"));
    is_hidden(&form);
    is_hidden(&Writer::page(&(printed() + "1 g 90 690 m 500 690 l 90 1200 l h f\n")));
    let over = format!("q -1 0 0 -1 600 800 cm {}1 g {BOX}Q", printed());
    is_hidden(&Writer::page(&over));
}

#[test]
fn an_area_over_a_part_of_a_line_hides_that_part() {
    let (lines, said) = read(&Writer::page(&(printed() + "1 g 120 690 25 30 re f\n")));
    assert_eq!(lines, ["支出 万元"]);
    assert!(said.unwrap().contains("有 5 个字符被遮盖、与底色相同或小到看不见“12.50”"));
}

#[test]
fn what_lets_text_through_or_lies_under_it_hides_nothing() {
    is_read(&Writer::page(&("1 1 0 rg ".to_owned() + BOX + &printed())));
    is_read(&Writer::page(&(printed() + "1 g " + BOX + &printed())));
    is_read(&Writer::page(&(printed() + "0 g 80 680 340 50 re 90 690 300 30 re f*\n")));
    is_read(&Writer::page(&(printed() + "q 0 0 50 50 re W n 1 g " + BOX + "Q")));
    is_read(&Writer::page(&(printed() + "q 100 600 m 200 900 l 300 600 l h W n 1 g " + BOX + "Q")));
    for state in ["<</ca 0.4>>", "<</BM/Multiply>>"] {
        let resources = format!("/Resources<</ExtGState<</A {state}>>>>");
        let form = format!("/Type/XObject/Subtype/Form/BBox[0 0 600 800]{resources}");
        let page = Writer::page(&(printed() + "/X10 Do")).stream(&form, &format!("/A gs 1 1 0 rg {BOX}"));
        is_read(&page);
    }
}

#[test]
fn text_of_the_colour_of_its_ground_is_not_there() {
    is_hidden(&Writer::page(&("1 g ".to_owned() + &printed())));
    is_hidden(&Writer::page(&("0 0 1 rg 90 690 300 30 re f 1 g 95 690 200 30 re f ".to_owned() + &printed())));
    is_read(&Writer::page(&("0 0 1 rg 90 690 300 30 re f 1 g ".to_owned() + &printed())));
    is_read(&Writer::page(&("2 Tr 1 g 0 G ".to_owned() + &printed())));
}

#[test]
fn text_too_small_for_any_eye_is_not_there_and_its_figures_are_told() {
    let small = |scale: &str| Writer::page(&format!("q {scale} 0 0 {scale} 90 100 cm {}Q", printed()));
    is_hidden(&small("0.01"));
    is_hidden(&small("0.08"));
    is_read(&small("0.5"));
}

#[test]
fn a_picture_hides_text_unless_it_has_a_mask() {
    is_hidden(&Writer::page(&(printed() + PICTURE)).stream(GREY, "abcd"));
    let masked = format!("{GREY}/SMask 11 0 R");
    let stamp = Writer::page(&(printed() + PICTURE)).stream(&masked, "abcd").stream(GREY, "abcd");
    is_read(&stamp);
    let white = Writer::page(&(PICTURE.to_owned() + "1 g " + &printed())).stream(GREY, "abcd");
    is_read(&white);
}

#[test]
fn lines_as_thick_as_letters_and_colours_that_run_into_each_other_hide_text() {
    is_hidden(&Writer::page(&(printed() + "1 G 20 w 90 703 m 390 703 l S\n")));
    is_hidden(&Writer::page(&(printed() + "q 30 0 0 30 90 690 cm 1 G .8 w 0 .5 m 10 .5 l S Q\n")));
    // A line through a text, a frame around it, dashes.
    is_read(&Writer::page(&(printed() + "2 w 90 703 m 390 703 l S\n")));
    is_read(&Writer::page(&(printed() + "10 w 80 680 320 45 re S\n")));
    is_read(&Writer::page(&(printed() + "[1 60] 0 d 20 w 80 703 m 390 703 l S\n")));
    let shaded = |extend: &str| {
        let mut writer = Writer::page(&(printed() + "q 90 690 300 30 re W n /S sh Q\n"));
        let function = "/Function<</FunctionType 2/Domain[0 1]/C0[1]/C1[1]/N 1>>";
        writer.resources = format!(
            "/Shading<</S<</ShadingType 2/ColorSpace/DeviceGray/Coords[0 0 10 0]/Extend[{extend}]{function}>>>>"
        );
        writer
    };
    is_hidden(&shaded("true true"));
    is_read(&shaded("true false"));
}

#[test]
fn a_mask_that_leaves_nothing_out_lets_nothing_through() {
    let full = format!("{GREY}/Decode[1 0]");
    let masked = format!("{GREY}/SMask 11 0 R");
    is_hidden(&Writer::page(&(printed() + PICTURE)).stream(&masked, "abcd").stream(&full, "\0\0\0\0"));
    is_read(&Writer::page(&(printed() + PICTURE)).stream(&masked, "abcd").stream(&full, "\0\0\0a"));
    let stencil = "/Type/XObject/Subtype/Image/ImageMask true/Width 1/Height 1/BitsPerComponent 1";
    is_hidden(&Writer::page(&(printed() + "1 g " + PICTURE)).stream(stencil, "\0"));
    is_read(&Writer::page(&(printed() + "1 g " + PICTURE)).stream(&format!("{stencil}/Decode[1 0]"), "\0"));
}

#[test]
fn text_that_is_as_good_as_transparent_or_cut_away_by_a_form_is_not_there() {
    let under = |state: &str, content: &str| {
        let mut writer = Writer::page(content);
        writer.resources = format!("/ExtGState<</A {state}>>");
        writer
    };
    let faint = format!("/A gs {}", printed());
    is_hidden(&under("<</ca 0.01>>", &faint));
    is_read(&under("<</ca 0.3>>", &faint));
    let group = "/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Group<</S/Transparency>>/Resources<</Font<</F 3 0 R>>>>";
    is_hidden(&under("<</ca 0>>", "/A gs /X10 Do").stream(group, &printed()));
    is_read(&under("<</ca 0.5>>", "/A gs /X10 Do").stream(group, &printed()));
    is_hidden(&under("<</BM/Screen>>", &(printed() + "/A gs 1 g " + BOX)));
    is_read(&under("<</BM/Screen>>", &(printed() + "/A gs .2 g " + BOX)));
    // Two specks far from the text, and a triangle that holds it.
    is_hidden(&Writer::page(&format!("q 0 0 2 2 re 590 790 2 2 re W n {}Q", printed())));
    is_read(&Writer::page(&format!("q 0 600 m 600 600 l 300 1200 l h W n {}Q", printed())));
}

#[test]
fn text_that_a_scanner_laid_under_its_picture_is_what_the_scanner_read() {
    let scan = Writer::page(&(printed() + "q 600 0 0 800 0 0 cm /X10 Do Q\n")).stream(GREY, "abcd");
    let pages = pages_of("x.pdf", &scan.bytes()).unwrap();
    let line = pages.pieces.iter().find_map(|piece| match piece {
        Piece::Line(line) => Some(line),
        _ => None,
    });
    assert!(line.is_some_and(|line| line.text == "支出12.50万元" && !line.seen.is_text()));
}

#[test]
fn a_layer_that_is_off_is_told_and_not_read() {
    let layered = |content: &str, states: &str| {
        let mut writer = Writer::page(content).object("<</Type/OCG/Name(one)>>").object("<</Type/OCMD/OCGs[10 0 R]>>");
        writer.catalog = format!("/OCProperties<</OCGs[10 0 R]/D<<{states}>>>>");
        writer.resources = "/Properties<</L 10 0 R/M 11 0 R>>".to_owned();
        writer
    };
    let in_layer = format!("/OC /L BDC\n{}EMC\n", printed());
    let in_group = format!("/OC /M BDC\n{}EMC\n", printed());
    for (content, states) in [(&in_layer, "/OFF[10 0 R]"), (&in_layer, "/BaseState/OFF"), (&in_group, "/OFF[10 0 R]")] {
        let (lines, said) = read(&layered(content, states));
        assert!(lines.is_empty(), "{lines:?}");
        let said = said.unwrap();
        assert!(said.contains("第1页") && said.contains("图层"), "{said}");
    }
    is_read(&layered(&in_layer, "/ON[10 0 R]"));
    is_read(&layered(&in_layer, "/BaseState/OFF/ON[10 0 R]"));
    let drawn = |states: &str| {
        let form = "/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</Font<</F 3 0 R>>>>/OC 11 0 R";
        let mut writer = Writer::page("/X10 Do").stream(form, &printed()).object("<</Type/OCG/Name(one)>>");
        writer.catalog = format!("/OCProperties<</OCGs[11 0 R]/D<<{states}>>>>");
        writer
    };
    is_hidden(&drawn("/OFF[11 0 R]"));
    is_read(&drawn("/ON[11 0 R]"));
}

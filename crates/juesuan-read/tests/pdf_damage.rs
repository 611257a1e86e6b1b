//! No file, however broken, crashes the reader or keeps it running.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

mod pdf_writer;

use std::fmt::Write as _;

use juesuan_read::Piece;
use pdf_writer::{Writer, lattice, read, text};

fn lines(bytes: &[u8]) -> usize {
    let pages = read(bytes).unwrap();
    pages.pieces.iter().filter(|piece| matches!(piece, Piece::Line(_))).count()
}

fn sample() -> Vec<u8> {
    Writer::page(&(lattice(&[100.0, 200.0], &[600.0, 620.0, 640.0]) + &text(110.0, 606.0, "合计12.50"))).bytes()
}

#[test]
fn what_is_no_pdf_is_told() {
    for bytes in [b"".as_slice(), b"%PDF-1.7", b"PK\x03\x04", b"<html></html>", &[0xff; 4096]] {
        let problem = read(bytes).unwrap_err();
        assert!(problem.message.contains("PDF"), "{problem}");
        assert_eq!(problem.place.file.as_deref(), Some("x.pdf"));
    }
}

#[test]
fn an_encrypted_file_says_what_to_do() {
    let mut writer = Writer::page(&text(100.0, 700.0, "密"));
    let secret = "00".repeat(32);
    writer.trailer = format!("/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/O<{secret}>/U<{secret}>/P -4>>");
    let problem = read(&writer.bytes()).unwrap_err();
    assert_eq!(problem.message, "文件加密，请提供未加密的版本");
}

#[test]
fn a_file_cut_anywhere_and_a_file_with_any_byte_changed_end_well() {
    let whole = sample();
    for end in (0..whole.len()).step_by(97) {
        let _ = read(&whole[..end]);
    }
    // A sequence that is the same on each run.
    let mut state = 1u32;
    for _ in 0..300 {
        let mut broken = whole.clone();
        for _ in 0..4 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let place = usize::try_from(state >> 8).unwrap() % broken.len();
            broken[place] = u8::try_from(state & 0xff).unwrap();
        }
        let _ = read(&broken);
    }
}

#[test]
fn a_file_that_encloses_others_says_that_they_were_not_read() {
    let told = |catalog: &str| {
        let mut writer = Writer::page(&text(100.0, 600.0, "合计12.50"));
        catalog.clone_into(&mut writer.catalog);
        let problems = read(&writer.bytes()).unwrap().problems;
        problems.iter().any(|problem| problem.message.contains("文件包"))
    };
    assert!(told("/Collection<</Type/Collection>>") && !told(""));
}

#[test]
fn a_page_tree_that_contains_itself_ends() {
    let file = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
        2 0 obj<</Type/Pages/Kids[2 0 R 3 0 R 2 0 R]/Parent 2 0 R/Count 3>>endobj\n\
        3 0 obj<</Type/Page/Parent 2 0 R>>endobj\ntrailer<</Root 1 0 R>>";
    assert!(read(file).is_ok_and(|pages| pages.count == 1));
}

#[test]
fn drawings_that_draw_themselves_twice_are_stopped() {
    let form = "/Type/XObject/Subtype/Form/BBox[0 0 600 800]";
    let writer = Writer::page(&(text(100.0, 700.0, "前") + "/X10 Do")).stream(form, "/X10 Do /X10 Do /X10 Do");
    let pages = read(&writer.bytes()).unwrap();
    assert!(matches!(&pages.pieces[0], Piece::Line(line) if line.text == "前"));
    assert!(pages.problems.iter().any(|problem| problem.message.contains("只读了一部分")));
}

#[test]
fn objects_nested_a_hundred_thousand_deep_end() {
    let deep = "[".repeat(100_000);
    let writer = Writer::page(&(text(100.0, 700.0, "前") + &deep)).object(&deep);
    let _ = read(&writer.bytes());
    let dictionaries = "<</A ".repeat(100_000);
    let _ = read(&Writer::page(&dictionaries).object(&dictionaries).bytes());
    let saved = "q ".repeat(200_000);
    assert_eq!(lines(&Writer::page(&(saved + &text(100.0, 700.0, "前"))).bytes()), 1);
}

#[test]
fn of_too_many_pages_the_first_are_read_and_the_rest_is_told() {
    let many = (0..3_100).fold(Writer::default(), |writer, _| writer.and_page("", ""));
    let pages = read(&many.bytes()).unwrap();
    assert_eq!(pages.count, 3_100);
    assert!(pages.problems[0].message.contains("只读了前 3000 页"));
}

#[test]
fn absurd_coordinates_are_harmless() {
    let mut content = text(100.0, 700.0, "前");
    for number in
        ["1e30", "99999999999999999999999999999999999999", "-340282350000000000000000000000000000000", "0.000000001"]
    {
        let _ = write!(content, "q {number} 0 0 {number} 0 0 cm 0 0 m {number} {number} l S {number} 0 10 1 re f ");
        content += &text(1.0, 1.0, "远");
        let _ = write!(
            content,
            "Q {number} {number} {number} {number} re W n BT /F {number} Tf 1 0 0 1 5 5 Tm <51B3> Tj ET "
        );
    }
    let writer = Writer::default().and_page("", &content).and_page("/MediaBox[0 0 1e30 1e30]", &content);
    let writer = writer.and_page("/MediaBox[0 0 0 0]", &content).and_page("/MediaBox[5 5 -5 -5]", &content);
    assert!(lines(&writer.bytes()) >= 1);
}

#[test]
fn a_page_with_a_million_lines_and_letters_is_read_in_part() {
    let mut content = String::new();
    for index in 0..400_000u32 {
        let (x, y) = (index % 977, index % 787);
        let _ = writeln!(content, "{x} {y} m {} {y} l S {x} {y} m {x} {} l S", x + 7, y + 7);
    }
    for _ in 0..3_000 {
        content += &text(100.0, 700.0, &"一二三四五六七八九十".repeat(10));
    }
    let pages = read(&Writer::page(&content).bytes()).unwrap();
    assert!(pages.problems.iter().any(|problem| problem.message.contains("只读了一部分")));
}

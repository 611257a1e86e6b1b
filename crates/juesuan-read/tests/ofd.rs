//! OFD: what is beyond the measure of a document is told.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]

mod common;

use juesuan_model::PageSize;
use juesuan_read::{Pages, Piece, pages_of};

/// A document whose pages all are the one with these letters.
fn document(pages: usize, letters: &str) -> Pages {
    let object = format!(
        "<ofd:TextObject Boundary='10 20 100 10' Size='5'><ofd:TextCode X='0' Y='4'>{letters}</ofd:TextCode></ofd:TextObject>"
    );
    drawn(pages, &object)
}

/// A document whose pages all are the one with these objects.
fn drawn(pages: usize, objects: &str) -> Pages {
    let entry =
        "<ofd:OFD xmlns:ofd='x'><ofd:DocBody><ofd:DocRoot>Doc/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>";
    let page = "<ofd:Page BaseLoc='Page.xml'/>".repeat(pages);
    let outline = format!(
        "<ofd:Document xmlns:ofd='x'><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox><ofd:Pages>{page}</ofd:Pages></ofd:Document>"
    );
    let text = format!("<ofd:Page xmlns:ofd='x'>{objects}</ofd:Page>");
    let parts = [("OFD.xml", entry), ("Doc/Document.xml", &outline), ("Doc/Page.xml", &text)];
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(path, text)| (*path, text.as_bytes())).collect();
    pages_of("x.ofd", &common::zip(&parts)).unwrap()
}

fn said(pages: &Pages) -> Vec<&str> {
    pages.problems.iter().map(|problem| problem.message.as_str()).collect()
}

#[test]
fn pages_beyond_those_that_are_read_are_told() {
    let pages = document(3_001, "合计");
    assert_eq!((pages.count, pages.pieces.len()), (3_001, 3_000));
    assert_eq!((pages.sizes.len(), pages.sizes[2_999]), (3_000, PageSize { width: 595, height: 842 }));
    assert!(said(&pages).iter().any(|said| said.contains("只读了前 3000 页")), "{:?}", said(&pages));
}

#[test]
fn a_page_that_is_used_for_many_costs_no_more_than_a_document_may() {
    let letters = format!("合计{}", "\u{200b}".repeat(199_000));
    let pages = document(40, &letters);
    assert_eq!(pages.pieces.len(), 21);
    assert!(said(&pages).iter().any(|said| said.starts_with("第22—40页")), "{:?}", said(&pages));
}

const TEXT: &str = "<ofd:TextCode X='0' Y='4' DeltaX='5 5 2.5 2.5 2.5'>支出12.5</ofd:TextCode>";
const AREA: &str = "<ofd:AbbreviatedData>M 0 0 L 60 0 L 60 12 L 0 12 C</ofd:AbbreviatedData>";

fn text(says: &str, fill: &str) -> String {
    format!("<ofd:TextObject Boundary='10 20 100 10' Size='5' {says}>{fill}{TEXT}</ofd:TextObject>")
}

fn area(says: &str, fill: &str) -> String {
    format!("<ofd:PathObject Boundary='8 18 100 12' Stroke='false' {says}>{fill}{AREA}</ofd:PathObject>")
}

#[test]
fn what_cannot_be_seen_is_told_and_not_read() {
    let (white, blue) = ("<ofd:FillColor Value='255 255 255'/>", "<ofd:FillColor Value='0 0 255'/>");
    let hidden = [
        text("", white),
        text("", "<ofd:FillColor Value='255'/>"),
        text("", "<ofd:FillColor Value='0 0 0' Alpha='0'/>"),
        text("Alpha='2'", ""),
        text("Visible='false'", ""),
        text("", "") + &area("Fill='true'", white),
        area("Fill='true'", blue) + &text("", blue),
        text("", "").replace("10 20 100 10", "10 320 100 10"),
        text("", "").replace("10 20 100 10", "230 20 100 10"),
    ];
    for objects in hidden {
        let pages = drawn(1, &objects);
        assert!(pages.pieces.is_empty(), "{objects}: {:?}", pages.pieces);
        assert!(said(&pages).iter().any(|said| said.contains("看不见")), "{objects}: {:?}", said(&pages));
    }
}

#[test]
fn what_can_be_seen_is_read_whatever_lies_under_it() {
    let (white, blue) = ("<ofd:FillColor Value='255 255 255'/>", "<ofd:FillColor Value='0 0 255'/>");
    let round = area("Fill='true'", blue).replace("C</", "Q 2 2 0 0 C</");
    let shown = [
        text("", ""),
        area("Fill='true'", blue) + &text("", white),
        round + &text("", white),
        text("", "") + &area("", white),
        text("", "") + &area("Fill='true' Alpha='100'", blue),
        "<ofd:ImageObject Boundary='5 15 100 20'/>".to_owned() + &text("", white),
        text("Fill='false' Stroke='true'", white),
    ];
    for objects in shown {
        let pages = drawn(1, &objects);
        let line = pages.pieces.iter().any(|piece| matches!(piece, Piece::Line(line) if line.text == "支出12.5"));
        assert!(line, "{objects}: {:?}", pages.pieces);
    }
}

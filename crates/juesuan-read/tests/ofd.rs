//! OFD: what is beyond the measure of a document is told.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]

mod common;

use juesuan_model::PageSize;
use juesuan_read::{Pages, pages_of};

/// A document whose pages all are the one with these letters.
fn document(pages: usize, letters: &str) -> Pages {
    let entry =
        "<ofd:OFD xmlns:ofd='x'><ofd:DocBody><ofd:DocRoot>Doc/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>";
    let page = "<ofd:Page BaseLoc='Page.xml'/>".repeat(pages);
    let outline = format!(
        "<ofd:Document xmlns:ofd='x'><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox><ofd:Pages>{page}</ofd:Pages></ofd:Document>"
    );
    let text = format!(
        "<ofd:Page xmlns:ofd='x'><ofd:TextObject Boundary='10 20 100 10' Size='5'><ofd:TextCode X='0' Y='4'>{letters}</ofd:TextCode>\
         </ofd:TextObject></ofd:Page>"
    );
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

//! Reports are kept in memory once they are written: nobody sees one that is out of date, or with the secret of somebody else.

use std::io::Read as _;

use crate::asked::Ask;
use crate::desk::{Place, Visitor};
use crate::documents::{broken_pdf, half_mended_pdf};
use crate::path::explain;

/// The page as a browser asks for it, unpacked.
fn pressed(visitor: &Visitor, path: &str) -> String {
    let ask = Ask::get(path).with("cookie", &visitor.cookie).with("accept-encoding", "gzip, deflate, br");
    let answer = ask.send(visitor.port).is(200);
    assert_eq!(answer.header("content-encoding"), "gzip");
    assert_eq!(answer.header("cache-control"), "no-store");
    let mut text = String::new();
    flate2::read::GzDecoder::new(answer.body.as_slice()).read_to_string(&mut text).unwrap();
    text
}

/// The page plain and pressed, which are the same.
#[track_caller]
fn page(visitor: &Visitor, path: &str) -> String {
    let plain = visitor.get(path).is(200);
    assert_eq!(plain.header("content-encoding"), "");
    let plain = plain.text();
    assert!(plain == pressed(visitor, path), "plain and pressed differ");
    plain
}

#[test]
fn a_report_is_never_shown_as_it_was_before_and_each_visitor_has_his_own_secret() {
    let place = Place::new();
    let window = place.open();
    let one = window.enter();
    let report = one.check_one("决算.pdf", &broken_pdf());
    let second = place.open();
    let other = second.enter();
    second.ended();
    let first = page(&one, &report);
    assert!(first.matches(&one.csrf).count() > 2 && !first.contains(&other.csrf));
    assert_eq!(page(&other, &report), first.replace(&one.csrf, &other.csrf), "the same for everybody else");

    explain(&one, &report, "LW002", "分项四舍五入");
    let answered = page(&other, &report);
    assert!(answered.contains("分项四舍五入") && answered.contains("已答复 1 处"), "{answered}");
    other.post("/desk/person", &[("person", "王审计")]).leads();
    assert!(page(&one, &report).contains("required value=\"王审计\""), "whoever sits there now");
    let key = crate::path::key(&answered, "LW002");
    let fields = [("number", "1"), ("key", &key), ("code", "LW002"), ("kind", "withdraw"), ("person", "李")];
    one.post("/documents/1/answers", &fields).leads();
    assert!(!page(&one, &report).contains("分项四舍五入"));

    let newer = one.check_one("决算（改）.pdf", &half_mended_pdf());
    assert!(page(&one, &report).contains(&format!("href=\"{newer}\"")), "the older one leads to the newer");
    assert!(page(&one, &newer).contains("与第1版相比"));
    one.get("/documents/1/3").is(404);
}

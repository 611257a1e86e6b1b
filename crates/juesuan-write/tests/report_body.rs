//! What a page of somebody else shows of a checked document.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)] // clippy sees only `#[test]` functions as tests

#[path = "fixture/report.rs"]
mod fixture;

use std::collections::{BTreeMap, BTreeSet};

use juesuan_model::relation::{Form, Operand, Share};
use juesuan_model::{
    Cell, Figure, FindingKey, Message, Origin, PageSize, Place, Printed, Reading, Relation, Role, Spot, Unit, Verdict,
};
use juesuan_write::report::{Checked, NoPictures, PagePicture, PagePictures, Teller, Wanted, body};

/// Pages that lie under addresses below a path.
struct Addressed<'a>(&'a str);

impl PagePictures for Addressed<'_> {
    fn wanted(&self) -> Wanted {
        Wanted::All
    }

    fn pictures(&self, _: &str, pages: &BTreeSet<u32>) -> BTreeMap<u32, Result<PagePicture, &'static str>> {
        pages.iter().map(|page| (*page, Ok(PagePicture::Address(format!("{}/{page}.png", self.0))))).collect()
    }
}

/// The values of an attribute, in order.
fn attribute<'h>(html: &'h str, name: &str) -> Vec<&'h str> {
    html.split(&format!(" {name}=\"")).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// A document of so many pages, all of one size.
fn document(pages: u32) -> Checked {
    let sizes = vec![PageSize { width: 600, height: 800 }; usize::try_from(pages).unwrap()];
    Checked { pages, sizes, ..fixture::checked().remove(0) }
}

fn written(checked: &Checked, pictures: &dyn PagePictures) -> String {
    body(checked, fixture::catalog(), pictures, &|_| String::new())
}

#[test]
fn the_body_has_no_head_no_script_and_no_look_of_its_own() {
    let body = written(&document(2), &Addressed("/pages"));
    for foreign in ["<html", "<head", "<script", "<style", "<h1", "<main", "<!DOCTYPE"] {
        assert!(!body.contains(foreign), "{foreign}");
    }
    assert!(body.contains("<h2 id=\"d1h\">") && body.contains("id=\"panel\""));
}

#[test]
fn every_page_is_shown_where_pictures_lie_under_addresses() {
    let body = written(&document(9), &Addressed("/pages"));
    let sources: Vec<String> = (1..=9).map(|page| format!("/pages/{page}.png")).collect();
    assert_eq!(attribute(&body, "src"), sources);
    assert_eq!(body.matches("width=\"600\" height=\"800\"").count(), 9, "nothing jumps when they come");
    assert_eq!(body.matches("loading=\"lazy\"").count(), 9);
}

#[test]
fn an_address_is_no_way_out_of_its_attribute() {
    let body = written(&document(2), &Addressed("/\"><script>alert('一')</script>?a#b%c"));
    assert!(!body.contains("<script"));
    let source = attribute(&body, "src")[0];
    assert_eq!(source, "/%22%3E%3Cscript%3Ealert%28%27%E4%B8%80%27%29%3C/script%3E%3Fa%23b%25c/1.png");
}

#[test]
fn a_page_of_which_nobody_knows_the_size_is_shown_as_text() {
    let mut checked = document(2);
    checked.sizes[1] = PageSize::default();
    let body = written(&checked, &Addressed("/pages"));
    assert_eq!(attribute(&body, "src"), ["/pages/1.png"]);
    assert!(body.contains("<div class=\"text\">"), "the other page");
}

#[test]
fn every_finding_has_its_card_with_its_key_and_what_stands_below() {
    let mut checked = document(2);
    checked.report.findings[0].key = FindingKey("甲\"><i>".into());
    let below = |finding: &juesuan_model::Finding| format!("<p class=\"below\">{}</p>", finding.key.0.len());
    for pictures in [&Addressed("/pages") as &dyn PagePictures, &NoPictures] {
        let body = body(&checked, fixture::catalog(), pictures, &below);
        let keys = attribute(&body, "data-key");
        let once: BTreeSet<&str> = keys.iter().copied().collect();
        assert_eq!(keys.len(), checked.report.findings.len() + checked.waived.len());
        assert_eq!(keys.len(), once.len(), "{keys:?}");
        assert!(once.contains("甲&quot;&gt;&lt;i&gt;") && once.contains("LW005"));
        for card in body.split("<article ").skip(1) {
            let (card, _) = card.split_once("</article>").unwrap();
            assert!(card.trim_end().ends_with("</p>") && card.matches("<p class=\"below\">").count() == 1, "{card}");
        }
        assert!(body.contains("张三 豁免：年初已说明"));
    }
}

#[test]
fn every_link_of_the_body_leads_somewhere_and_no_id_stands_twice() {
    for pictures in [&Addressed("/pages") as &dyn PagePictures, &NoPictures] {
        let body = written(&document(2), pictures);
        let ids = attribute(&body, "id");
        let once: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), once.len(), "{ids:?}");
        for link in attribute(&body, "href") {
            assert!(once.contains(link.strip_prefix('#').expect("nothing from elsewhere")), "{link}");
        }
    }
}

/// The text whose part begins on the line of its sheet on which the total stands in another.
fn sheets() -> Checked {
    let mut checked = fixture::checked().remove(1);
    let place = Place { line: Some(10), ..Place::default() };
    checked.package.document.parts[0].origin = vec![Origin { at: 0, place, ..Origin::default() }];
    checked
}

#[test]
fn a_place_in_a_table_is_not_taken_for_the_same_line_of_another_sheet() {
    let mut checked = sheets();
    let place = Place {
        line: Some(40),
        table: Some("收入决算表".into()),
        row: Some("财政拨款收入".into()),
        ..Place::default()
    };
    checked.report.findings[0].spots = vec![Spot::at(Role::Wrong, place)];
    let body = written(&checked, &NoPictures);
    let (before, after) = body.split_once("id=\"d1f1p2\"").unwrap();
    assert!(before.rsplit_once("<td").unwrap().1.contains(">905.31</a>"), "the figure of the total");
    assert!(after.starts_with(" href=\"#d1f1\""));
    let (before, _) = body.split_once("id=\"d1f3p1\"").unwrap();
    assert!(before.rsplit_once("<td>").unwrap().1.starts_with("财政拨款收入<a class=\"tag notice\""), "the row");
}

#[test]
fn a_finding_that_somebody_answers_for_is_marked_as_such_at_its_place() {
    for pictures in [&Addressed("/pages") as &dyn PagePictures, &NoPictures] {
        let body = written(&document(2), pictures);
        assert!(
            body.contains("<a class=\"to\" href=\"#d1f4p1\">")
                && body.contains("<a class=\"tag answered\" id=\"d1f4p1\"")
        );
        assert!(body.contains("<article class=\"finding answered warning\" id=\"d1f4\""));
    }
}

#[test]
fn marks_on_pictures_are_called_by_their_row_and_column_and_are_no_stops() {
    let body = written(&document(2), &Addressed("/pages"));
    let (_, mark) = body.split_once("id=\"d1m2\"").unwrap();
    let (mark, _) = mark.split_once("</a>").unwrap();
    assert!(mark.contains("aria-label=\"其他收入 本年收入合计 （读不到） 读不到\" tabindex=\"-1\""), "{mark}");
}

#[test]
fn a_percentage_is_told_with_what_is_divided() {
    let (mut checked, catalog) = (document(2), fixture::catalog());
    let mut figure = |digits: &str, unit: Unit| {
        let printed = Printed::parse(digits, unit).unwrap();
        checked.report.readings.push(Reading::Known(printed));
        let cell = Cell::Number(printed);
        checked.package.push(Figure { cell, ..checked.package.figures[0].clone() })
    };
    let (grown, total) = (figure("1062.85", Unit::WanYuan), figure("9859.38", Unit::WanYuan));
    let (rate, wrong) = (figure("12.08", Unit::Percent), figure("10.78", Unit::Percent));
    let share = |id, part, whole| Share { operand: Operand::Figure(id), part, whole };
    let told = |percent, verdict| {
        let form = Form::Quotient { percent, shares: vec![share(grown, 1, -1), share(total, 0, 1)] };
        let message = Message::new("quotient").with("数", percent);
        let relation = Relation { code: "LW004".into(), message, form, verdict, tail: false };
        Teller::of(catalog, &checked).relation(&relation)
    };
    assert_eq!(told(rate, Verdict::Holds), "12.08%，1062.85 ÷ (9859.38 − 1062.85) = 12.08%");
    assert_eq!(told(wrong, Verdict::Broken), "10.78%，1062.85 ÷ (9859.38 − 1062.85) = 12.08%");
}

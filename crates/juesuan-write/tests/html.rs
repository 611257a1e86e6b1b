//! The site: order of headings, headers of cells, ids, files, fixed bytes.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // clippy sees only `#[test]` functions as tests

mod fixture;

use std::collections::{BTreeMap, BTreeSet};

use juesuan_write::{Links, html, json};
use quick_xml::events::Event;

/// Elements of the page with their attributes. The page is written so that an XML reader takes it, but for the
/// elements without end and attributes without value.
fn elements(page: &str) -> Vec<(String, BTreeMap<String, String>)> {
    let page =
        page.replace("<!DOCTYPE html>", "").replace(" download>", " download=\"\">").replace(" open>", " open=\"\">");
    let mut reader = quick_xml::Reader::from_str(&page);
    reader.config_mut().check_end_names = false;
    let mut out = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(e) | Event::Empty(e) => {
                let attributes = e.attributes().map(|a| a.unwrap());
                let map = attributes.map(|a| (a.key.as_ref().to_string(), a.value.to_string())).collect();
                out.push((e.name().as_ref().to_string(), map));
            }
            Event::Eof => return out,
            _ => {}
        }
    }
}

fn page() -> String {
    let outputs = html(&fixture::package(), &Links { xlsx: Some("../a b.xlsx".into()), ..Links::default() }).unwrap();
    let page = outputs.into_iter().find(|output| output.path == "index.html").unwrap();
    String::from_utf8(page.bytes).unwrap()
}

#[test]
fn the_contents_are_folded_until_there_is_room_beside_the_text() {
    let all = elements(&page());
    let contents = all.iter().skip_while(|(name, _)| name != "nav").nth(1).unwrap();
    assert!(contents.0 == "details" && !contents.1.contains_key("open"), "{contents:?}");
}

#[test]
fn headings_never_skip_a_rank() {
    let mut before = 0;
    for (name, _) in elements(&page()) {
        let Some(rank) = name.strip_prefix('h').and_then(|rank| rank.parse::<u8>().ok()) else {
            continue;
        };
        assert!(rank <= before + 1, "h{before} is followed by h{rank}");
        before = rank;
    }
    assert_eq!(before, 2);
}

#[test]
fn every_heading_cell_has_a_scope_and_every_data_cell_names_headers_that_exist() {
    let elements = elements(&page());
    let ids: BTreeSet<&String> = elements.iter().filter_map(|(_, a)| a.get("id")).collect();
    let mut cells = 0;
    for (name, attributes) in &elements {
        match name.as_str() {
            "th" => assert!(attributes.contains_key("scope"), "{attributes:?}"),
            "td" => {
                cells += 1;
                for id in attributes["headers"].split(' ') {
                    assert!(ids.contains(&id.to_owned()), "{id}");
                }
            }
            _ => {}
        }
    }
    assert!(cells > 40, "{cells}");
}

#[test]
fn ids_are_unique_and_every_figure_has_one() {
    let elements = elements(&page());
    let mut seen = BTreeSet::new();
    for id in elements.iter().filter_map(|(_, a)| a.get("id")) {
        assert!(seen.insert(id.clone()), "{id} twice");
    }
    for number in 0..fixture::package().figures.len() {
        assert!(seen.contains(&format!("fig-{number}")), "fig-{number}");
    }
    for (_, attributes) in &elements {
        if let Some(anchor) = attributes.get("href").and_then(|href| href.strip_prefix('#')) {
            assert!(seen.contains(anchor), "#{anchor}");
        }
    }
}

#[test]
fn the_page_says_draft_and_missing_asks_nothing_from_elsewhere_and_needs_no_script() {
    let page = page();
    for words in ["草稿，不得公开", "缺少变动原因", "【收、支总计变动的原因】", "lang=\"zh-CN\"", "a%20b.xlsx"]
    {
        assert!(page.contains(words), "{words}");
    }
    assert!(page.contains("示例县“示范”办公室 &amp; &lt;机关&gt;"));
    let addresses = page.replace("http://www.w3.org/2000/svg", "");
    assert!(!addresses.contains("http") && !addresses.contains("<script"));
    for reference in elements(&page).iter().filter_map(|(_, a)| a.get("href").or(a.get("src"))) {
        assert!(!reference.starts_with('/'), "{reference}");
    }
}

#[test]
fn each_table_and_chart_has_its_file_and_csv_begins_with_a_mark() {
    let outputs = html(&fixture::package(), &Links::default()).unwrap();
    let paths: Vec<&str> = outputs.iter().map(|output| output.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "assets/style.css",
            "charts/01-totals.svg",
            "charts/02-income-structure.svg",
            "charts/03-nature.svg",
            "index.html",
            "tables/01收入支出决算总表.csv",
            "tables/02支出决算表.csv",
            "tables/03政府性基金预算财政拨款收入支出决算表.csv",
            "tables/纳入决算编制范围的单位1.csv",
        ]
    );
    let csv = String::from_utf8(outputs[5].bytes.clone()).unwrap();
    assert!(csv.starts_with("\u{feff}收入/项目/栏次,收入/行次,收入/决算数/1,"), "{csv}");
    assert!(csv.contains("一、财政拨款收入,1,905.31,一、一般公共服务支出,4,701.84\r\n"), "{csv}");
}

#[test]
fn the_same_package_gives_the_same_site_and_the_same_json_which_reads_back() {
    let package = fixture::package();
    assert_eq!(html(&package, &Links::default()).unwrap(), html(&fixture::package(), &Links::default()).unwrap());
    let bytes = json(&package).unwrap();
    assert_eq!(bytes, json(&fixture::package()).unwrap());
    assert_eq!(serde_json::from_slice::<juesuan_model::Package>(&bytes).unwrap(), package);
}

//! The four reports: whole, linked, escaped, small, the same bytes each time.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // clippy sees only `#[test]` functions as tests

#[path = "fixture/report.rs"]
mod fixture;

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _};

use calamine::{Data, Reader as _, Xlsx};
use fixture::{OnePage, OnePixel};
use juesuan_model::relation::{Form, Sense, Term};
use juesuan_model::{
    Cell, Figure, FigureId, Meaning, Measure, Message, Place, Printed, Reading, Relation, Said, Seen, Unit, Verdict,
};
use juesuan_write::report::{Checked, NoPictures, docx, html, sarif, xlsx};
use serde_json::Value;

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut out).unwrap();
    out
}

/// Values of an attribute, in order.
fn attribute<'h>(html: &'h str, name: &str) -> Vec<&'h str> {
    html.split(&format!(" {name}=\"")).skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

fn logged(documents: &[Checked]) -> String {
    let mut out = Vec::new();
    sarif(documents, fixture::catalog(), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn log() -> Value {
    serde_json::from_str(&logged(&fixture::checked())).unwrap()
}

#[test]
fn sarif_results_name_their_rule_level_and_both_places() {
    let log = log();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 8, "three that stand and one waived, twice");
    for result in results {
        let rule = &run["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().unwrap() as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(!result["locations"].as_array().unwrap().is_empty());
    }
    let levels: BTreeSet<&str> = results.iter().map(|result| result["level"].as_str().unwrap()).collect();
    assert_eq!(levels, BTreeSet::from(["error", "note", "warning"]));
    let error = results.iter().find(|result| result["level"] == "error").unwrap();
    assert_eq!(error["locations"][0]["properties"]["page"], 2);
    assert_eq!(error["relatedLocations"][0]["message"]["text"], "本年收入合计 905.31万元");
    assert_eq!(
        error["relatedLocations"][0]["logicalLocations"][3]["fullyQualifiedName"],
        "第1页/收入决算表/合计/本年收入合计"
    );
    assert_eq!(error["properties"]["difference"], "45.00万元");
}

#[test]
fn sarif_regions_count_lines_of_texts_and_never_of_pages() {
    let log = log();
    for result in log["runs"][0]["results"].as_array().unwrap() {
        let place = &result["locations"][0]["physicalLocation"];
        let text = place["artifactLocation"]["uri"].as_str().unwrap().ends_with(".txt");
        let line = &place["region"]["startLine"];
        assert!(if text { result["ruleId"] == "TX500" || line.is_u64() } else { line.is_null() }, "{result}");
    }
    assert_eq!(
        log["runs"][0]["artifacts"][0]["location"]["uri"],
        "%E5%86%B3%E7%AE%97/%E7%A4%BA%E8%8C%83%E5%B1%80%3C2023%3E.pdf"
    );
}

#[test]
fn sarif_says_what_was_waived_and_what_was_not_read() {
    let log = log();
    let run = &log["runs"][0];
    let waived: Vec<&Value> =
        run["results"].as_array().unwrap().iter().filter(|result| !result["suppressions"].is_null()).collect();
    assert_eq!(waived.len(), 2);
    assert!(waived[0]["suppressions"][0]["justification"].as_str().unwrap().contains("张三"));
    assert_eq!(run["invocations"][0]["toolExecutionNotifications"].as_array().unwrap().len(), 4);
    assert_eq!(run["invocations"][0]["executionSuccessful"], true);
}

#[test]
fn every_link_of_the_page_leads_somewhere_and_no_id_stands_twice() {
    for pictures in [&OnePixel as &dyn juesuan_write::report::PagePictures, &OnePage, &NoPictures] {
        let page = html(&fixture::checked(), fixture::catalog(), pictures);
        let ids = attribute(&page, "id");
        let once: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), once.len(), "{ids:?}");
        for link in attribute(&page, "href") {
            let target = link.strip_prefix('#').expect("nothing from elsewhere");
            assert!(once.contains(target), "{target}");
        }
    }
}

#[test]
fn the_page_needs_nothing_from_elsewhere_and_escapes_what_it_shows() {
    let page = html(&fixture::checked(), fixture::catalog(), &OnePixel);
    assert!(!page.contains("http:") && !page.contains("https:"));
    assert!(page.contains("lang=\"zh-CN\"") && page.contains("示范局&lt;2023&gt;.pdf"));
    assert!(!page.contains("<b>第4页</b>") && page.contains("&lt;b&gt;第4页&lt;/b&gt;"));
    assert_eq!(page.matches("<script>").count(), 1);
}

#[test]
fn figures_are_marked_and_boxed_where_they_stand_on_the_page() {
    let page = html(&fixture::checked()[..1], fixture::catalog(), &OnePixel);
    assert_eq!(page.matches("data:image/png;base64,").count(), 2, "each page once");
    assert!(page.contains(
        "class=\"m b\" id=\"d1m0\" href=\"#d1g0\" title=\"905.31万元 不成立\" \
         aria-label=\"合计 本年收入合计 905.31万元 不成立\" tabindex=\"-1\" style=\"left:50.00%;top:25.00%"
    ));
    assert!(page.contains("class=\"m h\" id=\"d1m1\""));
    assert!(page.contains("class=\"m u\" id=\"d1m2\""));
    assert!(page.contains("class=\"m n\" id=\"d1m4\""));
    // The error stands first; its figure is boxed with two points around it.
    assert!(page.contains("<div class=\"box error\" style=\"left:24.66%;top:12.25%"), "{page}");
    assert!(page.contains("id=\"d1f1p1\" href=\"#d1f1\"") && page.contains("href=\"#d1f1p1\""));
    // A finding without bounds goes to the head of its page.
    assert!(page.contains("涉及整页： <a class=\"tag notice\" id=\"d1f3p1\""));
}

#[test]
fn a_page_that_cannot_be_drawn_is_shown_as_text_with_the_reason() {
    let page = html(&fixture::checked()[..1], fixture::catalog(), &OnePage);
    assert_eq!(page.matches("data:image/png;base64,").count(), 1);
    assert!(page.contains("<p class=\"loose\">没有页面图的页：2（太难画）</p>"));
    assert!(
        page.contains("2023年收入合计<a class=\"m b\" id=\"d1m3\" href=\"#d1g3\""),
        "the sentence of the second page"
    );
    assert_eq!(page.matches("id=\"d1m0\"").count(), 1, "the table is on the first page, as a picture");
}

#[test]
fn without_pictures_the_text_carries_the_marks() {
    let page = html(&fixture::checked()[1..], fixture::catalog(), &NoPictures);
    assert!(page.contains("收入合计<a class=\"m b\" id=\"d1m3\" href=\"#d1g3\" title=\"950.31万元 不成立\">950.31</a><a class=\"tag error\""));
    assert!(page.contains(">1905.31</a>"), "a longer number is not taken for a shorter one");
    assert!(page.contains("<td class=\"amount\"><a class=\"m b\" id=\"d1m0\""));
    assert!(page.contains("二、收入决算情况说明<a class=\"tag notice\" id=\"d1f3p1\""));
    for mark in ["d1f1p1", "d1f1p2", "d1f2p1", "d1f3p1"] {
        assert!(page.contains(&format!("id=\"{mark}\"")) && page.contains(&format!("href=\"#{mark}\"")), "{mark}");
    }
}

#[test]
fn each_relation_is_written_once_and_unread_is_not_passed_over() {
    let page = html(&fixture::checked()[..1], fixture::catalog(), &OnePixel);
    assert_eq!(page.matches("本年收入合计：950.31 ≠ 905.31").count(), 1);
    assert!(page.contains("有2处没有读懂，1条关系因有数读不到而没有核对，不代表无误。"));
    assert!(page.contains("没有读懂的 2 处") && page.contains("已豁免 1 处") && page.contains("年初已说明"));
    assert!(page.contains("<mark>950.31</mark>"), "the figure is underlined in the quote");
}

/// 800 figures on 30 pages, each in a dozen relations of three.
fn large() -> Checked {
    let mut checked = fixture::document("a.pdf", Some, true);
    checked.pages = 30;
    for i in 0..800 {
        checked.package.push(Figure {
            meanings: vec![Meaning::new().with(juesuan_model::Dimension::Item, "一般公共预算财政拨款基本支出")],
            measure: Measure::Amount,
            cell: Cell::Number(Printed { mantissa: 92_196 + i64::from(i), decimals: 2, unit: Unit::WanYuan }),
            exact_fen: None,
            seen: Seen::Text,
            place: Place {
                page: Some(i / 30 + 1),
                table: Some("一般公共预算财政拨款基本支出决算明细表".into()),
                row: Some("30239 其他交通费用".into()),
                column: Some("金额".into()),
                bounds: Some([10, 10, 60, 20]),
                ..Place::default()
            },
        });
    }
    checked.report.relations = (0..3200)
        .map(|i| Relation {
            code: "LW002".into(),
            message: Message::new("equation").with("何", Message::new("at").with("数", FigureId(i % 800))),
            form: Form::Linear {
                left: vec![Term::plus(FigureId(i % 800))],
                sense: Sense::Equal,
                right: vec![Term::plus(FigureId((i * 7) % 800)), Term::plus(FigureId((i * 13) % 800))],
                slack: 0,
            },
            verdict: Verdict::Holds,
            tail: false,
        })
        .collect();
    let reading = |figure: &Figure| figure.cell.number().map_or(Reading::Unreadable, Reading::Known);
    checked.report.readings = checked.package.figures.iter().map(reading).collect();
    checked
}

#[test]
fn a_large_document_stays_small() {
    let page = html(&[large()], fixture::catalog(), &OnePixel);
    println!("{} bytes", page.len());
    assert!(page.len() < 2_000_000, "{}", page.len());
}

#[test]
fn the_workbook_lists_every_finding_with_numbers_as_numbers() {
    let bytes = xlsx(&fixture::checked(), fixture::catalog()).unwrap();
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(&bytes[..])).unwrap();
    assert_eq!(book.sheet_names(), ["发现", "汇总", "没有读懂", "已豁免"]);
    let list = book.worksheet_range("发现").unwrap();
    assert_eq!(list.height(), 2 + 6);
    let at = |row: u32, column: u32| list.get_value((row, column)).cloned().unwrap_or(Data::Empty);
    assert_eq!(at(2, 3), Data::String("错误".into()), "graver first");
    assert_eq!(at(2, 13), Data::Float(950.31));
    assert_eq!(at(2, 7), Data::Float(2.0));
    let statement = "第2页 第40行 二、收入决算情况说明：本年收入合计为950.31万元，第1页 第10行 收入决算表 “合计”行“本年收入合计”列为905.31万元，应为905.31万元，相差45.00万元。";
    assert_eq!(at(2, 6), Data::String(statement.into()));
    assert_eq!(at(2, 21), Data::String("请核对账表，把各处改为同一个数。".into()));
    assert_eq!(at(3, 13), Data::String("读不出的内容".into()), "what is no number is not made one");
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    for wanted in ["属实已改,属实待改,不属实,豁免", "<autoFilter", "state=\"frozen\"", "orientation=\"landscape\""]
    {
        assert!(sheet.contains(wanted), "{wanted}");
    }
}

#[test]
fn counts_of_the_workbook_are_formulas_that_follow_the_list() {
    let bytes = xlsx(&fixture::checked(), fixture::catalog()).unwrap();
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(&bytes[..])).unwrap();
    let formulas = book.worksheet_formula("汇总").unwrap();
    let errors = formulas.get_value((2, 11)).unwrap();
    assert_eq!(errors, "SUMPRODUCT((发现!$A$3:$A$8=$A3)*(发现!$D$3:$D$8=\"错误\"))");
    assert_eq!(formulas.get_value((4, 11)).unwrap(), "SUM(L3:L4)");
    let values = book.worksheet_range("汇总").unwrap();
    assert_eq!(values.get_value((4, 14)), Some(&Data::Float(6.0)));
}

#[test]
fn letters_say_what_stands_what_should_and_what_is_asked() {
    let bytes = docx(&fixture::checked(), fixture::catalog(), Some("2024-09-30")).unwrap();
    let xml = part(&bytes, "word/document.xml");
    let mut reader = quick_xml::Reader::from_str(&xml);
    while reader.read_event().unwrap() != quick_xml::events::Event::Eof {}
    for wanted in [
        "关于2023年度部门决算公开文本的",
        "示例县示范局：",
        "一、应当更正的问题（1处）",
        "二、需要核实或说明的问题（1处）",
        "（一）同一数据各处不一致（LW001）",
        "可能原因：疑似两位数字颠倒。原文：“2023年收入合计950.31万元",
        "应为905.31万元，相差45.00万元。",
        "三、有关要求",
        "2024年9月30日",
        "附件1　审核问题整改清单",
        "附件2　供参考的内容（不要求更正和反馈）",
        "没有读懂",
    ] {
        assert!(xml.contains(wanted), "{wanted}");
    }
    let (demands, _) = xml.split_once("附件2").unwrap();
    for hint in ["无需改动", "视为没有异议", "依据：算术"] {
        assert!(!demands.contains(hint), "{hint} is no demand");
    }
    assert_eq!(xml.matches("审核意见书<").count(), 2, "a letter each");
    let undated = part(&docx(&fixture::checked(), fixture::catalog(), None).unwrap(), "word/document.xml");
    assert!(!undated.contains("2024年9月30日") && undated.matches("年　　月　　日").count() == 4);
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let (checked, catalog) = (fixture::checked(), fixture::catalog());
    assert_eq!(xlsx(&checked, catalog).unwrap(), xlsx(&checked, catalog).unwrap());
    assert_eq!(docx(&checked, catalog, None).unwrap(), docx(&checked, catalog, None).unwrap());
    assert_eq!(logged(&checked), logged(&checked));
}

#[test]
fn nothing_at_all_still_makes_files() {
    assert!(html(&[], fixture::catalog(), &NoPictures).contains("</html>"));
    assert!(logged(&[]).contains("\"results\": []"));
    xlsx(&[], fixture::catalog()).unwrap();
    docx(&[], fixture::catalog(), None).unwrap();
    let empty = [Checked::default()];
    assert!(html(&empty, fixture::catalog(), &NoPictures).contains("没有可以核对的内容"));
    xlsx(&empty, fixture::catalog()).unwrap();
    docx(&empty, fixture::catalog(), None).unwrap();
}

#[test]
fn a_text_longer_than_a_cell_may_be_is_cut_and_says_so() {
    let mut checked = fixture::checked();
    checked[0].report.findings[0].message = Message::new("written").with("原文", Said::words("字".repeat(40_000)));
    let bytes = xlsx(&checked, fixture::catalog()).unwrap();
    assert!(part(&bytes, "xl/sharedStrings.xml").contains("字…（全文见原报告）"));
}

#[test]
fn files_for_the_eye_are_written_where_asked() {
    let Ok(folder) = std::env::var("JUESUAN_LOOK") else {
        println!("skipped: JUESUAN_LOOK is not set");
        return;
    };
    let folder = std::path::Path::new(&folder);
    let (checked, catalog) = (fixture::checked(), fixture::catalog());
    std::fs::create_dir_all(folder).unwrap();
    std::fs::write(folder.join("report.html"), html(&checked, catalog, &OnePixel)).unwrap();
    std::fs::write(folder.join("report.sarif"), logged(&checked)).unwrap();
    std::fs::write(folder.join("report.xlsx"), xlsx(&checked, catalog).unwrap()).unwrap();
    std::fs::write(folder.join("report.docx"), docx(&checked, catalog, None).unwrap()).unwrap();
}

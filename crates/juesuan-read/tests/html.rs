//! Web pages: tables with spans, missing end tags, exports under other endings, scripts and hidden parts.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use common::{grids, lines, order, seen, texts};
use encoding_rs::GBK;
use juesuan_model::Gravity;
use juesuan_read::{Format, grids_of, pages_of};

#[test]
fn headings_paragraphs_and_tables_stand_in_order() {
    let page = "<!DOCTYPE html><html><head><title>不读</title><style>p{}</style></head><body><script>if (a < b) {}</script>\
        <h2>一、收入</h2><p>收入合计<b>921</b>.96&nbsp;万元，<br>增长&lt;5%。</p>\
        <table><caption>收入决算表</caption><thead><tr><th rowspan=2>项目<th colspan=2>金额</tr><tr><th>上年<th>本年</thead>\
        <tr><td>合计<td>1.00<td>2.00<tr><td>其中</td><td></td><td>-</td></table><p hidden>藏</p><div style='display: none'>藏</div>后";
    let pages = pages_of("a.html", page.as_bytes()).unwrap();
    assert_eq!(order(&pages), ["一、收入", "收入合计921.96 万元，", "增长<5%。", "收入决算表", "[3]", "后"]);
    assert_eq!(
        seen(grids(&pages)[0]),
        [["项目", "金额", "金额"], ["项目", "上年", "本年"], ["合计", "1.00", "2.00"], ["其中", "", "-"]]
    );
    let all = lines(&pages);
    assert_eq!((all[0].heading, all[1].heading, all[1].ends, all[2].ends), (Some(2), None, false, true));
    assert_eq!((all[0].place.line, all[2].place.line), (Some(1), Some(2)));
}

#[test]
fn an_export_that_is_a_web_page_under_the_ending_of_a_workbook_is_read() {
    let page = "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><meta http-equiv=Content-Type content=\"text/html; charset=gb2312\">\
        <table border=1><tr><td>科目</td><td>金额</td></tr><tr><td>2010301</td><td x:num>905.31</td></tr></table></html>";
    let bytes = GBK.encode(page).0;
    let grid = &grids_of("导出.xls", &bytes).unwrap()[0];
    assert_eq!(seen(grid), [["科目", "金额"], ["2010301", "905.31"]]);
    assert_eq!(pages_of("导出.xls", &bytes).unwrap().format, Format::Html);
}

#[test]
fn a_table_that_frames_the_page_is_no_table_and_one_inside_is() {
    let page = "<table><tr><td>菜单</td><td><p>一、收入</p><table><tr><td>项目<td>金额<tr><td>合计<td>1.00</table><p>说明</p></td></tr></table>";
    let pages = pages_of("a.html", page.as_bytes()).unwrap();
    assert_eq!(order(&pages), ["菜单", "一、收入", "[2]", "说明"]);
}

#[test]
fn hidden_rows_and_cells_take_no_place() {
    let page =
        "<table><tr><td>甲<td>乙<tr style='display:none'><td>x<td>y<tr><td>1<td style='display:none'>z<td>2</table>";
    let pages = pages_of("a.html", page.as_bytes()).unwrap();
    assert_eq!(seen(grids(&pages)[0]), [["甲", "乙"], ["1", "2"]]);
}

#[test]
fn comments_on_cells_are_no_part_of_their_content() {
    let page = "<table><tr><td>合计<td><comment>尾差：70.98</comment>70.99</table>\
        <div style='mso-element:comment-list'><div style='mso-element:comment'>尾差</div></div>";
    let pages = pages_of("a.html", page.as_bytes()).unwrap();
    assert_eq!(seen(grids(&pages)[0]), [["合计", "70.99"]]);
    assert!(texts(&pages).is_empty());
}

#[test]
fn items_of_a_numbered_list_have_their_numbers() {
    let page = "<ol start=3><li>会议费<li><p>培训费</p></ol><ul><li>其他</ul>";
    let pages = pages_of("a.html", page.as_bytes()).unwrap();
    assert_eq!(texts(&pages), ["3.会议费", "4.培训费", "其他"]);
}

#[test]
fn a_page_made_by_scripts_and_a_page_of_frames_say_what_to_do() {
    for (page, word) in [
        ("<html><body><div id=app></div><script>run()</script></body></html>", "脚本"),
        ("<html><frameset cols=20%><frame src=a.htm></frameset></html>", "框架"),
    ] {
        let problem = pages_of("a.htm", page.as_bytes()).unwrap_err();
        assert!(problem.message.contains(word), "{}", problem.message);
    }
}

#[test]
fn tags_without_end_and_spans_without_measure_cost_little() {
    let deep = format!("<html>{}深", "<div><table><tr><td>".repeat(50_000));
    assert_eq!(texts(&pages_of("a.html", deep.as_bytes()).unwrap()), ["深"]);
    let wide = format!("<table>{}</table>", "<tr><td>a<td rowspan=65534 colspan=1000>b".repeat(20_000));
    assert!(grids(&pages_of("a.html", wide.as_bytes()).unwrap())[0].width() <= 1024);
    let sparse = format!("<table><tr><td colspan=1000 rowspan=60000>b{}</table>", "<tr><td>a".repeat(60_000));
    let pages = pages_of("a.html", sparse.as_bytes()).unwrap();
    assert!(pages.problems[0].message.contains("单元格"), "{:?}", pages.problems);
}

#[test]
fn a_page_that_breaks_off_is_told_and_one_with_missing_end_tags_is_not() {
    let told = |page: &str| {
        let problems = pages_of("a.html", page.as_bytes()).unwrap().problems;
        problems.iter().any(|problem| problem.gravity == Gravity::Fatal && problem.message.contains("中断"))
    };
    let whole = "<html><body><table><tr><td>合计<td>1.00</table><p>后</body></html>";
    assert!(!told(whole) && !told("<p>一<table><tr><td>合计<td>1.00</table><p>后") && !told("<html><body><p>一"));
    assert!(!told("<html><body><table><tr><td>合计<td>1.00</body></html>"), "a table that nobody ended");
    assert!(!told("<html><body><p>一<p>二<p>三") && !told("<p>一</p><p>二") && !told("<html><p>一</p><div>二</div>"));
    assert!(!told("<html><body><div><p>一</p><p>二</body></html>"));
    for cut in [
        "<html><body><p>一</p><tab",
        "<html><body><table><tr><td>合计<td>1.0",
        "<p>一</p><!-- 说明",
        "<p>一</p><script>var a = 1;",
        "<p>一</p><style>p { color: red }<p>二</p></body></html>",
        "<p>一</p><select><option>甲",
        "<html><body><p>一</p><p>收入合计1",
        "<html><body><div><p>一</p></div><div><p>二</p>",
        "<body><h1>甲</h1><h2>二、支",
    ] {
        assert!(told(cut), "{cut}");
    }
}

#[test]
fn a_file_or_page_that_is_shown_inside_is_told_and_what_shows_nothing_is_not() {
    let told = |inside: &str| {
        let page = format!("<html><body><p>收入合计1万元。</p>{inside}<p>后</p></body></html>");
        let problems = pages_of("a.html", page.as_bytes()).unwrap().problems;
        problems.iter().find(|problem| problem.message.contains("嵌入")).map(|problem| problem.message.clone())
    };
    for inside in [
        "<embed src='决算.pdf'>",
        "<object data='决算.pdf' type='application/pdf'></object>",
        "<iframe src='viewer.html?file=决算.pdf' width='100%'></iframe>",
        "<div><iframe src='表.htm'></iframe></div>",
    ] {
        assert!(told(inside).is_some(), "{inside}");
    }
    let twice = told("<embed src='一.pdf'><embed src='二.pdf'>").unwrap();
    assert!(twice.contains("一.pdf") && twice.contains("2 处"), "{twice}");
    for inside in [
        "<iframe src='share.html' style='display: none'></iframe>",
        "<iframe src='count.html' width='1' height='1'></iframe>",
        "<iframe src='about:blank'></iframe><iframe></iframe>",
        "<embed src='a.swf'><object data='a.mp4' type='video/mp4'></object>",
        "<script>var a = \"<embed src='a.pdf'>\";</script>",
    ] {
        assert_eq!(told(inside), None, "{inside}");
    }
}

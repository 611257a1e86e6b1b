//! Word documents as people make them: split runs, lists, changes, fields, boxes, merged cells, broken parts.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use common::{docx, docx_with, grids, lines, order, p, seen, texts};
use juesuan_read::{Format, pages_of};

const STYLES: &str = "<w:styles><w:style w:type='paragraph' w:default='1' w:styleId='a'><w:name w:val='Normal'/>\
    <w:rPr><w:sz w:val='32'/></w:rPr></w:style>\
    <w:style w:styleId='1'><w:name w:val='标题 1'/><w:basedOn w:val='a'/><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>\
    <w:style w:styleId='2'><w:name w:val='我的二级'/><w:basedOn w:val='1'/><w:pPr><w:numPr><w:ilvl w:val='1'/></w:numPr><w:outlineLvl w:val='1'/></w:pPr></w:style>\
    </w:styles>";

const NUMBERING: &str = "<w:numbering><w:abstractNum w:abstractNumId='0'>\
    <w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='chineseCountingThousand'/><w:lvlText w:val='%1、'/></w:lvl>\
    <w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='chineseCountingThousand'/><w:lvlText w:val='（%2）'/></w:lvl>\
    <w:lvl w:ilvl='2'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%3.'/></w:lvl>\
    </w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>";

#[test]
fn a_number_in_three_runs_is_one_number() {
    let body = "<w:p><w:r><w:t>收入合计</w:t></w:r><w:r><w:t>92</w:t></w:r><w:proofErr w:type='spellStart'/><w:r><w:rPr><w:b/></w:rPr>\
        <w:t>1.</w:t></w:r><w:r><w:t xml:space='preserve'>96 </w:t></w:r><w:r><w:t>万元，占</w:t></w:r>\
        <w:r><w:t>１００</w:t></w:r><w:r><w:t>%\u{a0}。</w:t></w:r></w:p>";
    let pages = pages_of("a.docx", &docx(body)).unwrap();
    assert_eq!(texts(&pages), ["收入合计921.96 万元，占１００%\u{a0}。"]);
    assert_eq!((pages.format, lines(&pages)[0].ends), (Format::Docx, true));
}

#[test]
fn automatic_numbers_stand_in_the_text_and_styles_make_headings() {
    let styled = |style: &str, text: &str| {
        format!("<w:p><w:pPr><w:pStyle w:val='{style}'/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
    };
    let listed = "<w:p><w:pPr><w:numPr><w:ilvl w:val='2'/><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>会议费</w:t></w:r></w:p>";
    let body = [
        styled("1", "收入"),
        styled("2", "总体"),
        styled("2", "构成"),
        listed.to_owned(),
        styled("1", "支出"),
        styled("2", "总体"),
        p("正文"),
    ]
    .concat();
    let bytes = docx_with(&body, &[("word/styles.xml", STYLES), ("word/numbering.xml", NUMBERING)]);
    let pages = pages_of("a.docx", &bytes).unwrap();
    assert_eq!(texts(&pages), ["一、收入", "（一）总体", "（二）构成", "1.会议费", "二、支出", "（一）总体", "正文"]);
    let headings: Vec<_> = lines(&pages).iter().map(|line| line.heading).collect();
    assert_eq!(headings, [Some(1), Some(2), Some(2), None, Some(1), Some(2), None]);
    assert_eq!(lines(&pages)[6].size, 160);
    assert_eq!(lines(&pages)[6].place.line, Some(7));
}

#[test]
fn deleted_and_hidden_text_is_gone_and_inserted_text_is_there() {
    let body = "<w:p><w:r><w:t>收入</w:t></w:r><w:del><w:r><w:delText>100</w:delText></w:r></w:del>\
        <w:ins><w:r><w:t>200</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>秘密</w:t></w:r>\
        <w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>万元</w:t></w:r></w:p>\
        <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前半</w:t></w:r></w:p><w:p><w:r><w:t>后半</w:t></w:r></w:p>";
    let pages = pages_of("a.docx", &docx(body)).unwrap();
    assert_eq!(texts(&pages), ["收入200万元", "前半后半"]);
}

#[test]
fn of_fields_the_results_are_read_and_not_the_codes() {
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>");
    let body = format!(
        "<w:p>{b}<w:r><w:instrText> TOC \\o </w:instrText></w:r>{s}<w:hyperlink><w:r><w:t>一、收入</w:t></w:r><w:r><w:tab/></w:r>\
         {b}<w:r><w:instrText>PAGEREF x</w:instrText></w:r>{s}<w:r><w:t>3</w:t></w:r>{e}</w:hyperlink></w:p>\
         <w:p>{e}<w:fldSimple w:instr='DATE'><w:r><w:t>2023年</w:t></w:r></w:fldSimple></w:p>\
         <w:p>{b}<w:r><w:instrText>lost</w:instrText></w:r></w:p>{next}",
        b = mark("begin"),
        s = mark("separate"),
        e = mark("end"),
        next = p("后文")
    );
    let pages = pages_of("a.docx", &docx(&body)).unwrap();
    assert_eq!(texts(&pages), ["一、收入 3", "2023年", "后文"]);
}

#[test]
fn a_text_box_is_read_once_and_a_picture_is_noted() {
    let body_box = "<w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent>";
    let body = format!(
        "<w:p><w:r><w:t>外</w:t><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{body_box}</wps:txbx></w:drawing></mc:Choice>\
         <mc:Fallback><w:pict><v:textbox>{body_box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>\
         <w:r><w:drawing><a:blip r:embed='rId1'/></w:drawing></w:r></w:p>{}",
        p("后")
    );
    let pages = pages_of("a.docx", &docx(&body)).unwrap();
    assert_eq!(order(&pages), ["外", "框内", "<picture>", "后"]);
    assert_eq!(lines(&pages)[2].place.line, Some(2));
}

#[test]
fn footnotes_stand_after_their_paragraph() {
    let notes = "<w:footnotes><w:footnote w:type='separator' w:id='-1'><w:p/></w:footnote>\
        <w:footnote w:id='2'><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>口径说明</w:t></w:r></w:p></w:footnote></w:footnotes>";
    let body = format!("<w:p><w:r><w:t>收入</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r></w:p>{}", p("支出"));
    let pages = pages_of("a.docx", &docx_with(&body, &[("word/footnotes.xml", notes)])).unwrap();
    assert_eq!(texts(&pages), ["收入", "口径说明", "支出"]);
    assert_eq!(lines(&pages)[1].place.line, Some(1));
}

fn tc(properties: &str, text: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(text))
}

#[test]
fn merged_cells_are_seen_in_every_place_and_rows_have_numbers() {
    let body = format!(
        "{}<w:tbl><w:tblPr/><w:tblGrid/>\
         <w:tr>{}{}</w:tr><w:tr>{}{}{}</w:tr><w:tr>{}{}{}</w:tr>\
         <w:tr><w:trPr><w:del/></w:trPr>{}</w:tr></w:tbl>{}",
        p("收入决算表"),
        tc("<w:vMerge w:val='restart'/>", "项目"),
        tc("<w:gridSpan w:val='2'/>", "金额"),
        tc("<w:vMerge/>", ""),
        tc("", "上年"),
        tc("", "本年"),
        tc("", "合计"),
        tc("", "1.00"),
        tc("", "2.00"),
        tc("", "删去的行"),
        p("注"),
    );
    let pages = pages_of("a.docx", &docx(&body)).unwrap();
    assert_eq!(order(&pages), ["收入决算表", "[3]", "注"]);
    let grid = grids(&pages)[0];
    assert_eq!(seen(grid), [["项目", "金额", "金额"], ["项目", "上年", "本年"], ["合计", "1.00", "2.00"]]);
    assert_eq!(grid.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 3, 4]);
}

#[test]
fn a_table_in_a_cell_follows_the_outer_one() {
    let inner = format!("<w:tbl><w:tr>{}{}</w:tr></w:tbl><w:p/>", tc("", "内一"), tc("", "内二"));
    let body = format!(
        "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr><w:tr><w:tc>{inner}</w:tc>{}</w:tr></w:tbl>",
        tc("", "甲"),
        tc("", "乙"),
        tc("", "丙"),
        tc("", "丁"),
        tc("", "戊")
    );
    let pages = pages_of("a.docx", &docx(&body)).unwrap();
    let all: Vec<_> = grids(&pages).into_iter().map(seen).collect();
    assert_eq!(all, [vec![vec!["甲", "乙"], vec!["丙", "丁"], vec!["", "戊"]], vec![vec!["内一", "内二"]]]);
}

#[test]
fn a_document_cut_in_its_markup_gives_what_stands_before_and_says_where() {
    let whole = format!("<w:document><w:body>{}{}<w:p><w:r><w:t>断", p("一"), p("二"));
    let bytes = common::zip(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", whole.as_bytes())]);
    let pages = pages_of("a.docx", &bytes).unwrap();
    assert_eq!(texts(&pages), ["一", "二"]);
    assert_eq!(pages.problems[0].place.line, Some(3));
    assert!(pages.problems[0].message.contains("损坏"), "{}", pages.problems[0].message);
}

#[test]
fn entities_of_a_document_are_not_expanded() {
    let bomb = "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]>\
        <w:document><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>";
    let bytes = common::zip(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", bomb.as_bytes())]);
    let pages = pages_of("a.docx", &bytes).unwrap();
    assert!(pages.pieces.is_empty());
    assert!(pages.problems[0].message.contains("实体"), "{}", pages.problems[0].message);
}

#[test]
fn tables_nested_without_end_cost_little_and_what_follows_is_read() {
    let depth = 20_000;
    let body = format!(
        "{}{}{}{}",
        "<w:tbl><w:tr><w:tc>".repeat(depth),
        p("深"),
        "</w:tc></w:tr></w:tbl>".repeat(depth),
        p("后文")
    );
    let pages = pages_of("a.docx", &docx(&body)).unwrap();
    assert_eq!(texts(&pages).last(), Some(&"后文"));
}

#[test]
fn a_part_that_unpacks_to_a_thousand_times_its_size_is_refused() {
    let bytes = docx(&p(&" ".repeat(60 * 1024 * 1024)));
    let problem = pages_of("a.docx", &bytes).unwrap_err();
    assert!(problem.message.contains("解压后"), "{}", problem.message);
}

#[test]
fn every_truncation_of_a_document_is_a_message() {
    let bytes = docx(&p("收入"));
    for length in (0..bytes.len()).step_by(13) {
        assert!(!pages_of("a.docx", &bytes[..length]).unwrap_err().message.is_empty());
    }
}

#[test]
fn what_nobody_can_look_at_is_told_where_it_stands() {
    let related = |target: &str, mode: &str| {
        format!("<Relationships><Relationship Id='r1' Type='x/image' Target='{target}'{mode}/></Relationships>")
    };
    let told = |body: &str, rels: &str, more: &[(&str, &str)]| -> Vec<String> {
        let mut parts = vec![("word/_rels/document.xml.rels", rels)];
        parts.extend(more);
        let pages = pages_of("a.docx", &docx_with(&format!("{}{body}", p("甲")), &parts)).unwrap();
        pages.problems.iter().map(ToString::to_string).collect()
    };
    let inside = |content: &str| format!("<w:p><w:r>{content}</w:r></w:p>");
    let picture = inside("<w:drawing><a:blip r:embed='r1'/></w:drawing>");
    let object = inside("<w:object><v:imagedata r:id='r1'/></w:object>");
    let linked = inside("<w:drawing><a:blip r:link='r1'/></w:drawing>");
    let (emf, png, far) = (
        related("media/a.emf", ""),
        related("media/a.png", ""),
        related("http://x.invalid/a.png", " TargetMode='External'"),
    );
    let (held, shown) = ([("word/media/a.emf", "x")], [("word/media/a.png", "x")]);
    let says = |told: &[String], what: &str| told.iter().any(|said| said.contains(what) && said.contains("第2行"));
    let told_of = told(&picture, &emf, &held);
    assert!(says(&told_of, "矢量图"), "{told_of:?}");
    let told_of = told(&object, &emf, &held);
    assert!(says(&told_of, "别的软件"), "{told_of:?}");
    for (body, rels) in [(&linked, &far), (&picture, &far), (&linked, &png)] {
        let told_of = told(body, rels, &shown);
        assert!(says(&told_of, "只是链接"), "{told_of:?}");
    }
    assert_eq!(told(&picture, &png, &shown), Vec::<String>::new(), "whoever reads pictures looks at it");
    let beside = told("<w:subDoc r:id='r1'/>", &far, &[]);
    assert!(beside.iter().any(|said| said.contains("另一份文件")), "{beside:?}");
}

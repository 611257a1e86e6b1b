//! DOCX: well-formed parts, every figure, headings, sections, draft marks, fixed bytes.

#![allow(clippy::indexing_slicing, clippy::string_slice, reason = "a test that finds no such place has failed")]
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // clippy sees only `#[test]` functions as tests

mod fixture;

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};
use std::path::PathBuf;

use juesuan_model::{
    Block, Cell, CellRole, HeaderCell, Mark, Notice, Package, Part, Run, TITLE_LEVEL, Table, TableCell, TableRow,
};
use juesuan_write::fonts::FaceFiles;
use juesuan_write::{FontSource, docx};
use quick_xml::events::Event;

fn parts(bytes: Vec<u8>) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = BTreeMap::new();
    for i in 0..archive.len() {
        let mut file = archive.by_index(i).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        out.insert(file.name().unwrap().into_owned(), bytes);
    }
    out
}

fn main_part(package: &Package) -> String {
    let bytes = docx(package, &FontSource::default(), &fixture::catalog()).unwrap();
    String::from_utf8(parts(bytes)["word/document.xml"].clone()).unwrap()
}

/// Text of the body, a line a paragraph.
fn text(xml: &str) -> String {
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut out, mut inside) = (String::new(), false);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(e) => inside = e.name().as_ref() == "w:t",
            Event::Text(words) if inside => out.push_str(&words),
            Event::GeneralRef(name) if inside => out.push_str(match name.as_ref() {
                "amp" => "&",
                "lt" => "<",
                "gt" => ">",
                "quot" => "\"",
                _ => "'",
            }),
            Event::End(e) => {
                if e.name().as_ref() == "w:p" {
                    out.push('\n');
                }
                inside &= e.name().as_ref() != "w:t";
            }
            Event::Eof => return out,
            _ => {}
        }
    }
}

#[test]
fn every_part_is_well_formed_and_every_relation_leads_to_a_part() {
    let parts = parts(docx(&fixture::package(), &FontSource::default(), &fixture::catalog()).unwrap());
    for (name, bytes) in parts.iter().filter(|(name, _)| name.ends_with(".xml") || name.ends_with(".rels")) {
        let mut reader = quick_xml::Reader::from_str(std::str::from_utf8(bytes).unwrap());
        loop {
            match reader.read_event().unwrap_or_else(|error| panic!("{name}: {error}")) {
                Event::Eof => break,
                Event::Start(e) | Event::Empty(e) => {
                    for attribute in e.attributes() {
                        let attribute = attribute.unwrap_or_else(|error| panic!("{name}: {error}"));
                        if name == "word/_rels/document.xml.rels" && attribute.key.as_ref() == "Target" {
                            assert!(parts.contains_key(&format!("word/{}", attribute.value)), "{}", attribute.value);
                        }
                    }
                }
                _ => {}
            }
        }
    }
}

#[test]
fn every_figure_stands_in_the_document_also_without_a_font_for_pictures() {
    let package = fixture::package();
    let text = text(&main_part(&package));
    for figure in &package.figures {
        if let Cell::Number(printed) = figure.cell {
            assert!(text.contains(&printed.digits()), "{}", printed.digits());
        }
    }
    assert!(text.contains("（此处以数据表代替图：没有可用的中文字体。）"), "{text}");
    assert!(text.contains("部门：示例县“示范”办公室 & <机关>"), "{text}");
}

#[test]
fn headings_are_real_and_the_contents_have_entries_with_pages() {
    let xml = main_part(&fixture::package());
    for (style, count) in [("Heading1", 4), ("Heading2", 8), ("Heading3", 1), ("Heading4", 1), ("TOC1", 4), ("TOC2", 8)]
    {
        assert_eq!(xml.matches(&format!("<w:pStyle w:val=\"{style}\"/>")).count(), count, "{style}");
    }
    assert!(xml.contains("TOC \\o &quot;1-2&quot; \\h") || xml.contains("TOC \\o \"1-2\" \\h"));
    for part in xml.split("PAGEREF ").skip(1) {
        let name = part.split(' ').next().unwrap();
        assert!(xml.contains(&format!("w:name=\"{name}\"")), "{name}");
    }
    let text = text(&xml);
    assert!(text.contains("第一部分 示例县示范办公室概况2\n"), "{text}");
}

#[test]
fn wide_tables_stand_on_turned_pages_with_heads_that_repeat_and_rows_that_stay_whole() {
    let xml = main_part(&fixture::package());
    assert_eq!(xml.matches("w:orient=\"landscape\"").count(), 1);
    assert_eq!(xml.matches("<w:sectPr>").count(), 4);
    let rows = xml.matches("<w:tr>").count();
    assert_eq!(xml.matches("<w:cantSplit/>").count(), rows);
    // 1 + 3 + 3 + 2 of the tables, 3 of the charts' data.
    assert_eq!(xml.matches("<w:tblHeader/>").count(), 12);
    assert!(xml.contains("<w:vMerge w:val=\"restart\"/>") && xml.contains("<w:gridSpan w:val=\"3\"/>"));
}

#[test]
fn a_draft_says_so_on_every_page_and_a_clean_package_does_not() {
    let mut package = fixture::package();
    let header = |package: &Package| {
        String::from_utf8(
            parts(docx(package, &FontSource::default(), &fixture::catalog()).unwrap())["word/header1.xml"].clone(),
        )
        .unwrap()
    };
    assert!(header(&package).contains("string=\"草稿\""));
    let xml = main_part(&package);
    assert_eq!(xml.matches("w:headerReference").count(), xml.matches("<w:sectPr>").count());
    assert!(text(&xml).contains("以下事项解决后方可定稿：\n1. 收入支出决算总体情况说明缺少变动原因"));
    package.document.draft_reasons.clear();
    assert!(!header(&package).contains("草稿") && !text(&main_part(&package)).contains("草稿"));
}

#[test]
fn charts_are_pictures_with_words_where_a_font_is_there() {
    let fonts = FontSource::search(&[PathBuf::from("/usr/share/fonts")], FaceFiles::default());
    if fonts.family().is_none() {
        println!("skipped: no Chinese font on this machine");
        return;
    }
    let package = fixture::package();
    let bytes = docx(&package, &fonts, &fixture::catalog()).unwrap();
    assert_eq!(bytes, docx(&fixture::package(), &fonts, &fixture::catalog()).unwrap());
    let parts = parts(bytes);
    assert_eq!(parts.keys().filter(|name| name.starts_with("word/media/")).count(), 3);
    let xml = String::from_utf8(parts["word/document.xml"].clone()).unwrap();
    assert!(xml.contains("descr=\"2022年度收、支总计均为888.33万元"));
}

#[test]
fn the_same_package_gives_the_same_bytes() {
    let none = FontSource::default();
    assert_eq!(
        docx(&fixture::package(), &none, &fixture::catalog()).unwrap(),
        docx(&fixture::package(), &none, &fixture::catalog()).unwrap()
    );
}

#[test]
fn control_characters_and_an_empty_document_do_no_harm() {
    let mut package = fixture::package();
    package.document.title[0] = "甲\u{1}乙\u{b}<&>".into();
    let xml = main_part(&package);
    assert!(!xml.contains('\u{1}') && xml.contains("甲□乙□&lt;&amp;&gt;"));
    assert!(docx(&Package::default(), &FontSource::default(), &fixture::catalog()).is_ok());
}

fn of_blocks(blocks: Vec<Block>) -> Package {
    let mut package = Package::default();
    package.document.parts = vec![Part { title: "第六部分 附件".into(), blocks, ..Part::default() }];
    package
}

fn heading(level: u8, text: &str) -> Block {
    Block::Heading { level, text: text.into(), origin: Vec::new() }
}

fn form(title: &str, notes: &[&str]) -> Block {
    let cells = ["项目名称", "堤防巡查"].map(|text| TableCell { text: text.into(), ..TableCell::default() }).to_vec();
    Block::Table(Table {
        title: title.into(),
        widths: vec![1, 3],
        rows: vec![TableRow { cells, total: false }],
        notes: notes.iter().map(|note| (*note).to_owned()).collect(),
        ..Table::default()
    })
}

fn paragraph(words: &str) -> Block {
    Block::Paragraph { runs: vec![Run { text: words.into(), figure: None, mark: Mark::Plain }], origin: Vec::new() }
}

#[test]
fn reports_and_forms_begin_pages_and_what_follows_a_form_does_too() {
    let blocks = vec![
        heading(1, "一、项目绩效自评"),
        heading(TITLE_LEVEL, "堤防巡查自评报告"),
        heading(3, "一、自评结论"),
        paragraph("得分90分。"),
        form("堤防巡查自评表", &[]),
        heading(TITLE_LEVEL, "渠道清淤自评报告"),
        heading(3, "一、自评结论"),
        paragraph("得分90分。"),
        form("渠道清淤自评表", &["注：其一。", "注：其二。"]),
        heading(1, "二、结果汇总"),
        form("末表", &[]),
    ];
    let xml = main_part(&of_blocks(blocks));
    let whole = |one: &str| format!("<w:p>{}</w:p>", one.split("</w:p>").next().unwrap_or_default());
    let paragraphs = xml.split("<w:p>").map(whole).filter(|one| one.contains("<w:pageBreakBefore/>"));
    let opening: Vec<String> = paragraphs.map(|one| text(&one)).collect();
    let opening: Vec<&str> = opening.iter().map(|one| one.trim()).collect();
    // The part with its first headings, a form, the next report, its form, what follows with the heading right above it.
    assert_eq!(opening, ["第六部分 附件", "堤防巡查自评表", "渠道清淤自评报告", "渠道清淤自评表", "二、结果汇总"]);
    // Nothing behind a form needs room of its own, and its last row goes with its notes.
    assert_eq!(xml.matches("w:line=\"20\"").count(), 3, "{xml}");
    let (table, _) = xml.split_once("注：其一。").unwrap();
    let (row, _) = table.rsplit("<w:tr>").next().unwrap().split_once("</w:tr>").unwrap();
    assert!(row.contains("<w:keepNext/>"), "{row}");
}

#[test]
fn contents_stand_on_one_page_where_they_can_and_leave_no_line_alone() {
    let line = |count: usize| {
        let package = of_blocks((1..count).map(|number| heading(1, &format!("{number}、某事"))).collect());
        let parts = parts(docx(&package, &FontSource::default(), &fixture::catalog()).unwrap());
        let styles = String::from_utf8(parts["word/styles.xml"].clone()).unwrap();
        let style = styles.split("w:styleId=\"TOC1\"").nth(1).unwrap();
        style.split("w:line=\"").nth(1).unwrap().split('"').next().unwrap().parse::<usize>().unwrap()
    };
    let room = 16_838 - 2_098 - 1_985;
    assert_eq!(line(20), 360);
    assert!(line(38) < 360 && 840 + 38 * line(38) <= room);
    // Two pages, the second one more than half full.
    assert!(840 + 46 * line(46) > room + room / 4);
}

/// A table between paragraphs with this many rows.
fn listed(rows: usize, notes: &[&str]) -> Block {
    let head = |column, text: &str| HeaderCell { text: text.into(), column, columns: 1, rows: 1 };
    let cell = |text: String| TableCell { text, role: CellRole::Label, ..TableCell::default() };
    let row = |number| TableRow { cells: vec![cell(format!("第{number}处")), cell("已修".into())], total: false };
    Block::Table(Table {
        title: "堤防隐患".into(),
        widths: vec![18, 82],
        header: vec![vec![head(0, "功能分类科目编码"), head(1, "情况")]],
        rows: (1..=rows).map(row).collect(),
        notes: notes.iter().map(|note| (*note).to_owned()).collect(),
        ..Table::default()
    })
}

#[test]
fn no_row_of_a_table_stands_alone_at_the_end_of_a_page_or_the_beginning_of_one() {
    let kept = |block| {
        let xml = main_part(&of_blocks(vec![paragraph("如下。"), block]));
        let rows: Vec<bool> = xml.split("<w:tr>").skip(2).map(|row| row.contains("<w:keepNext/>")).collect();
        rows
    };
    assert_eq!(kept(listed(6, &[])), [true, true, false, false, true, false]);
    assert_eq!(kept(listed(2, &["注：其一。"])), [true, true]);
}

#[test]
fn titles_have_the_face_of_titles_and_a_long_one_is_set_smaller_to_stand_on_one_line() {
    let long = "2031年度青石县水利局防汛办公室部门整体支出绩效自评";
    let xml = main_part(&of_blocks(vec![
        heading(TITLE_LEVEL, long),
        paragraph("如下。"),
        form("堤防巡查自评表", &[]),
        listed(2, &[]),
        heading(TITLE_LEVEL, "堤防巡查自评报告"),
    ]));
    let whole = |words: &str| {
        let end = xml.find(&format!("{words}</w:t>")).unwrap();
        &xml[xml[..end].rfind("<w:p>").unwrap()..end]
    };
    // 25 letters on 442 points, and half a one over.
    assert!(whole(long).contains("<w:sz w:val=\"34\"/>"), "{}", whole(long));
    assert!(!whole("堤防巡查自评报告").contains("<w:sz "));
    assert!(whole("堤防巡查自评表").contains("\"TableTitle\"") && whole("堤防隐患").contains("\"SmallTableTitle\""));
}

#[test]
fn a_title_of_a_column_breaks_into_lines_of_equal_length() {
    let xml = main_part(&of_blocks(vec![listed(2, &[])]));
    let end = xml.find("功能分类科目编码</w:t>").unwrap();
    let cell = &xml[xml[..end].rfind("<w:tcW ").unwrap()..end];
    let number = |name: &str| -> u32 {
        let (_, behind) = cell.split_once(&format!("{name}=\"")).unwrap();
        behind.split('"').next().unwrap().parse().unwrap()
    };
    let room = number("w:w") - 2 * 70 - number("w:left") - number("w:right");
    assert_eq!(room / 210, 4, "not six letters over two: {cell}");
}

#[test]
fn a_notice_has_its_page_numbers_at_the_outer_side_and_a_document_in_the_middle() {
    let mut package = of_blocks(vec![heading(1, "一、总体情况"), paragraph("办结3项。")]);
    let made = |package: &Package| parts(docx(package, &FontSource::default(), &fixture::catalog()).unwrap());
    let text = |parts: &BTreeMap<String, Vec<u8>>, name: &str| String::from_utf8(parts[name].clone()).unwrap();
    let document = made(&package);
    assert!(!document.contains_key("word/footer2.xml") && !text(&document, "word/footer1.xml").contains("w:jc"));
    package.document.parts[0].title = String::new();
    package.document.notice = Some(Notice {
        number: Run { text: "青水办〔2031〕3号".into(), figure: None, mark: Mark::Plain },
        to: "各责任单位：".into(),
        signed: ["青石县水利局".into(), "2031年4月8日".into()],
    });
    let notice = made(&package);
    assert!(text(&notice, "word/settings.xml").contains("<w:evenAndOddHeaders/>"));
    assert!(text(&notice, "word/footer1.xml").contains("<w:jc w:val=\"right\"/>"));
    assert!(text(&notice, "word/footer2.xml").contains("<w:jc w:val=\"left\"/>"));
    assert!(text(&notice, "word/document.xml").contains("<w:footerReference w:type=\"even\" r:id=\"rId6\"/>"));
    for (part, words) in [("[Content_Types].xml", "/word/footer2.xml"), ("word/_rels/document.xml.rels", "footer2.xml")]
    {
        assert!(text(&notice, part).contains(words), "{part}");
    }
}

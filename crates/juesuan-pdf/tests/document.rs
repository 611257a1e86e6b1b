//! The whole way: plan to PDF, read back with poppler where it is installed.

#![allow(clippy::indexing_slicing, clippy::string_slice, reason = "a test that finds no such place has failed")]
#![expect(clippy::unwrap_used, reason = "a test may fail")]

mod fixture;

use std::path::PathBuf;
use std::process::Command;

use juesuan_model::{Block, CellRole, Package, Part, TITLE_LEVEL};
use juesuan_pdf::{Error, FontError, Fonts, Role, pdf};
use juesuan_write::fonts::FaceFiles;

/// The fonts of the repository or of this machine, or none with a message.
fn fonts() -> Option<Fonts> {
    match Fonts::find(&[fixture::own_fonts()], FaceFiles::default()) {
        Ok(fonts) => Some(fonts),
        Err(error) => {
            println!("skipped: {error}");
            None
        }
    }
}

fn draw(name: &str, package: &Package, fonts: &Fonts) -> (PathBuf, Vec<u8>) {
    let bytes = pdf(package, &fixture::charts(), fonts).unwrap().bytes;
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, &bytes).unwrap();
    (path, bytes)
}

/// Output of a poppler tool, or none with a message where it is not installed.
fn poppler(tool: &str, arguments: &[&str], path: &PathBuf) -> Option<String> {
    match Command::new(tool).args(arguments).arg(path).args((tool == "pdftotext").then_some("-")).output() {
        Ok(output) => Some(String::from_utf8(output.stdout).unwrap()),
        Err(_) => {
            println!("skipped: {tool} is not installed");
            None
        }
    }
}

fn without_space(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).collect()
}

#[test]
fn every_figure_and_every_heading_can_be_read_back() {
    let Some(fonts) = fonts() else { return };
    let package = fixture::package(&[]);
    let (path, _) = draw("figures.pdf", &package, &fonts);
    let Some(text) = poppler("pdftotext", &["-layout"], &path) else {
        return;
    };
    let words: std::collections::BTreeSet<&str> = text.split_whitespace().collect();
    let text = without_space(&text);
    for part in &package.document.parts {
        assert!(text.contains(&without_space(&part.title)), "{}", part.title);
        for block in &part.blocks {
            match block {
                Block::Table(table) => {
                    for cell in table.rows.iter().flat_map(|row| &row.cells).filter(|cell| !cell.text.is_empty()) {
                        assert!(cell.role != CellRole::Number || words.contains(cell.text.as_str()), "{}", cell.text);
                    }
                }
                Block::Heading { text: heading, .. } => {
                    assert!(text.contains(&without_space(heading)), "{heading}")
                }
                Block::Chart(chart) => {
                    assert!(text.contains(&chart.caption) && text.contains("888.07"))
                }
                Block::Paragraph { .. } => {}
            }
        }
    }
    assert!(text.contains("均为921.96万元") && text.contains("增长3.8%") && text.contains("1,234.50㎡"));
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let Some(fonts) = fonts() else { return };
    let package = fixture::package(&["缺少原因"]);
    let (_, first) = draw("same.pdf", &package, &fonts);
    typst::comemo::evict(0);
    let (_, second) = draw("same.pdf", &package, &Fonts::find(&[fixture::own_fonts()], FaceFiles::default()).unwrap());
    assert!(first == second, "two runs differ");
    assert!(!first.windows(12).any(|window| window == b"CreationDate"), "a time stands in the file");
}

#[test]
fn markup_characters_come_out_as_they_are() {
    let Some(fonts) = fonts() else { return };
    let mut package = fixture::package(&[fixture::MARKUP]);
    package.document.title = vec![fixture::MARKUP.to_owned()];
    let (path, _) = draw("markup.pdf", &package, &fonts);
    let Some(text) = poppler("pdftotext", &["-raw"], &path) else {
        return;
    };
    let wanted = without_space(fixture::MARKUP);
    let text = without_space(&text);
    assert!(text.matches(&wanted).count() >= 2, "{text}");
}

#[test]
fn the_file_is_tagged_titled_and_in_chinese_with_embedded_fonts() {
    let Some(fonts) = fonts() else { return };
    let (path, bytes) = draw("tagged.pdf", &fixture::package(&[]), &fonts);
    let holds = |wanted: &[u8]| bytes.windows(wanted.len()).any(|window| window == wanted);
    assert!(holds(b"pdfuaid"), "no PDF/UA mark");
    assert!(holds(b"zh-CN"), "no language");
    let Some(info) = poppler("pdfinfo", &[], &path) else {
        return;
    };
    assert!(info.lines().any(|line| line.starts_with("Tagged:") && line.ends_with("yes")), "{info}");
    assert!(info.contains("示例市示例局2023年度部门决算"), "{info}");
    let Some(list) = poppler("pdffonts", &[], &path) else {
        return;
    };
    for line in list.lines().skip(2) {
        assert!(line.contains("yes yes yes"), "not embedded, subset and with text: {line}");
    }
}

#[test]
fn bookmarks_and_contents_lead_to_every_part_section_and_statutory_table() {
    let Some(fonts) = fonts() else { return };
    let (path, _) = draw("bookmarks.pdf", &fixture::package(&[]), &fonts);
    let Some(html) = poppler("pdftohtml", &["-xml", "-i", "-stdout"], &path) else {
        return;
    };
    let outline = &html[html.find("<outline>").unwrap()..];
    let Some(contents) = poppler("pdftotext", &["-f", "2", "-l", "2", "-layout"], &path) else {
        return;
    };
    for title in ["第二部分 2023年度部门决算表", "收入支出决算总表", "八、财政拨款收入支出决算总体情况说明"]
    {
        assert!(outline.contains(title), "{title}: {outline}");
        let line = contents.lines().find(|line| line.trim_start().starts_with(title)).unwrap();
        assert!(line.ends_with(|last: char| last.is_ascii_digit()), "{line}");
    }
    assert!(outline.contains("（一）财政拨款收入"));
}

#[test]
fn pages_are_counted_from_the_contents_and_a_report_begins_one() {
    let Some(fonts) = fonts() else { return };
    let heading = |level, text: &str| Block::Heading { level, text: text.into(), origin: Vec::new() };
    let mut package = fixture::package(&[]);
    let blocks = vec![
        heading(1, "一、自评"),
        heading(TITLE_LEVEL, "堤防巡查自评报告"),
        heading(3, "一、甲自评结论"),
        fixture::paragraph("得分90分。"),
        heading(TITLE_LEVEL, "渠道清淤自评报告"),
        heading(3, "一、乙自评结论"),
        fixture::paragraph("得分95分。"),
    ];
    package.document.parts.push(Part { title: "第六部分 附件".into(), blocks, ..Part::default() });
    let (path, _) = draw("counted.pdf", &package, &fonts);
    let Some(text) = poppler("pdftotext", &["-raw"], &path) else {
        return;
    };
    let pages: Vec<String> = text.split('\u{c}').map(without_space).collect();
    assert!(!pages[0].contains('—') && pages[1].contains("—1—"), "{pages:?}");
    let page_of = |words: &str| pages.iter().skip(2).position(|page| page.contains(words));
    assert_eq!(page_of("一、甲自评结论"), page_of("第六部分附件"));
    assert_eq!(page_of("一、乙自评结论"), page_of("第六部分附件").map(|page| page + 1));
}

#[test]
fn a_draft_says_so_on_every_page_and_gives_its_reasons() {
    let Some(fonts) = fonts() else { return };
    let (path, _) =
        draw("draft.pdf", &fixture::package(&["第三部分缺少增加的原因", "公开05表合计行不等于各行之和"]), &fonts);
    let Some(text) = poppler("pdftotext", &["-raw"], &path) else {
        return;
    };
    let pages: Vec<&str> = text.split('\u{c}').filter(|page| !page.trim().is_empty()).collect();
    assert!(pages.len() > 8);
    for page in &pages {
        assert!(page.contains('草') && page.contains('稿'), "{page}");
    }
    assert!(pages[0].contains("公开05表合计行不等于各行之和"), "{}", pages[0]);
    assert!(without_space(&text).contains("【请填写增加的原因】"));
    let (path, _) = draw("final.pdf", &fixture::package(&[]), &fonts);
    let text = poppler("pdftotext", &["-raw"], &path).unwrap();
    assert!(!text.contains("草稿"));
}

#[test]
fn wide_tables_turn_the_page_and_nothing_else_does() {
    let Some(fonts) = fonts() else { return };
    let (path, _) = draw("turned.pdf", &fixture::package(&[]), &fonts);
    let Some(info) = poppler("pdfinfo", &["-l", "99"], &path) else {
        return;
    };
    let Some(text) = poppler("pdftotext", &["-raw"], &path) else {
        return;
    };
    let sizes: Vec<&str> = info.lines().filter(|line| line.starts_with("Page ") && line.contains("size:")).collect();
    for (size, page) in sizes.iter().zip(text.split('\u{c}')) {
        let wide = page.contains("公开02表") || page.contains("公开03表");
        let turned = size.contains("841.89 x 595");
        assert!(!wide || turned, "{size}: {page}");
        assert!(!page.contains("情况说明") || !turned, "{size}: {page}");
    }
}

#[test]
fn a_missing_font_is_an_error_that_names_the_role_and_what_to_install() {
    let Err(error) =
        Fonts::find_only_in(&[PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src")], FaceFiles::default())
    else {
        panic!("fonts in a folder of sources");
    };
    let message = error.to_string();
    assert!(matches!(error, FontError::Missing { .. }));
    for wanted in ["小标宋", "黑体", "楷体", "仿宋", "宋体", "scripts/fonts.sh", "FandolFang"] {
        assert!(message.contains(wanted), "{message}");
    }
}

#[test]
fn broken_font_files_are_passed_over() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("broken-fonts");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("empty.ttf"), b"").unwrap();
    std::fs::write(folder.join("text.otf"), b"this is no font at all").unwrap();
    std::fs::write(folder.join("collection.ttc"), b"ttcf\0\x02\0\0\xff\xff\xff\xff\0\0\0\x0c").unwrap();
    let Err(error) = Fonts::find_only_in(&[folder], FaceFiles::default()) else { panic!("faces in broken files") };
    assert!(matches!(error, FontError::Missing { ref missing, .. } if missing.len() == 5), "{error}");
}

#[test]
fn each_role_says_which_face_it_took() {
    let Some(fonts) = fonts() else { return };
    assert_eq!(fonts.roles().len(), Role::ALL.len());
    assert!(fonts.roles().values().all(|face| !face.is_empty()));
}

#[test]
fn a_character_that_no_face_has_is_an_error_that_names_it_and_its_role() {
    let Some(fonts) = fonts() else { return };
    let mut package = fixture::package(&[]);
    // A private-use character: old systems keep rare characters of names there.
    package.document.parts[0].blocks.push(fixture::paragraph("局长\u{e5f3}某"));
    let error = pdf(&package, &fixture::charts(), &fonts).unwrap_err();
    assert!(matches!(error, Error::MissingGlyph { character: '\u{e5f3}', .. }), "{error}");
    assert!(error.to_string().contains("仿宋"), "{error}");
}

#[test]
fn what_the_faces_lack_is_known_before_a_document_is_set() {
    let Some(fonts) = fonts() else { return };
    assert!(['\u{e5f3}', '😀', '\u{10fffd}'].into_iter().all(|character| fonts.lacks(character)));
    assert!(!"决算□，A１ \n\u{fe0f}\u{200d}".chars().any(|character| fonts.lacks(character)));
}

#[test]
fn a_chart_with_a_character_that_no_face_has_is_an_error() {
    let Some(fonts) = fonts() else { return };
    let charts = vec![("totals-by-year".to_owned(), fixture::SVG.replace("2022", "\u{e5f3}"))];
    let error = pdf(&fixture::package(&[]), &charts, &fonts).unwrap_err();
    assert!(error.to_string().contains("totals-by-year"), "{error}");
}

#[test]
fn control_characters_of_spreadsheet_cells_become_line_ends_and_spaces() {
    let Some(fonts) = fonts() else { return };
    let mut package = fixture::package(&[]);
    package.document.title = vec!["上行\n下行".to_owned()];
    package.document.parts[0].blocks =
        vec![fixture::heading(1, "甲\t乙\r\n丙\u{b}"), fixture::paragraph("丁\u{7}戊\n己")];
    let (path, _) = draw("control.pdf", &package, &fonts);
    let Some(text) = poppler("pdftotext", &["-raw"], &path) else {
        return;
    };
    let text = without_space(&text);
    for wanted in ["上行下行", "甲乙丙", "丁戊己"] {
        assert!(text.contains(wanted), "{text}");
    }
}

#[test]
fn a_chart_that_was_not_drawn_is_an_error() {
    let Some(fonts) = fonts() else { return };
    let error = pdf(&fixture::package(&[]), &[], &fonts).unwrap_err();
    assert!(matches!(error, Error::MissingChart { .. }), "{error}");
}

#[test]
fn an_empty_document_and_empty_tables_still_give_a_file() {
    let Some(fonts) = fonts() else { return };
    pdf(&Package::default(), &[], &fonts).unwrap();
    let mut package = fixture::package(&[]);
    let table = juesuan_model::Table { form: "empty".to_owned(), ..juesuan_model::Table::default() };
    package.document.parts[1].blocks = vec![Block::Table(table), fixture::heading(3, "1.无数据")];
    pdf(&package, &fixture::charts(), &fonts).unwrap();
}

#[test]
fn a_table_whose_cells_overlap_is_an_error_and_not_a_crash() {
    let Some(fonts) = fonts() else { return };
    let mut package = fixture::package(&[]);
    let mut table = fixture::totals();
    table.header[0][1].column = 1;
    table.rows[0].cells[0].columns = 400;
    table.rows[1].cells[0].text = "长".repeat(100_000);
    package.document.parts[1].blocks = vec![Block::Table(table)];
    let error = pdf(&package, &fixture::charts(), &fonts).unwrap_err();
    assert!(matches!(error, Error::Typesetting(_)), "{error}");
}

#[test]
fn a_document_of_many_tables_is_set_in_seconds() {
    let Some(fonts) = fonts() else { return };
    let package = fixture::long();
    for round in ["cold", "warm"] {
        let start = std::time::Instant::now();
        draw("long.pdf", &package, &fonts);
        println!("{round}: {:?}", start.elapsed());
        assert!(start.elapsed().as_secs() < 60);
    }
}

#[test]
fn contents_stand_on_one_page_where_they_can() {
    let Some(fonts) = fonts() else { return };
    let mut package = fixture::package(&[]);
    let blocks = (1..38).map(|number| fixture::heading(1, &format!("{number}、某事的说明"))).collect();
    package.document.parts = vec![Part { title: "第一部分 说明".into(), blocks, ..Part::default() }];
    let (path, _) = draw("contents.pdf", &package, &fonts);
    let Some(text) = poppler("pdftotext", &["-raw"], &path) else {
        return;
    };
    let pages: Vec<String> = text.split('\u{c}').map(without_space).collect();
    assert!(pages[1].contains("37、某事的说明") && !pages[2].contains("...."), "{}", pages[2]);
}

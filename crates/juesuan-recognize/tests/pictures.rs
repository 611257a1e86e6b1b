//! What a reader of pictures recognised flows through to the figures, with its place and how sure it is.
#![allow(clippy::unwrap_used, reason = "tests")]

use juesuan_catalog::Catalog;
use juesuan_model::{Cell, Confidence, Figure, Package, Place, Seen, Statement};
use juesuan_read::grid::Row;
use juesuan_read::{Grid, Means, PageLine, Picture, Piece, Sight, Value, pages_with};
use juesuan_recognize::document;

const TABLE: Seen = Seen::Picture(Confidence::thousandths(910));
const WEAK: Seen = Seen::Picture(Confidence::thousandths(640));
const LINE: Seen = Seen::Picture(Confidence::thousandths(780));

/// In the first picture stands a table, in the second the end of a sentence.
struct Double;

impl Sight for Double {
    fn look(&self, picture: &Picture) -> Vec<Piece> {
        let place = picture.place.clone();
        let line = |text: &str, seen, ends| {
            Piece::Line(PageLine { text: text.into(), place: place.clone(), seen, ends, ..PageLine::default() })
        };
        if place.line == Some(3) {
            return vec![line("三公”经费支出决算合计12.50万元，比上年减少3.00万元。", LINE, true)];
        }
        let row = |cells: &[&str], seen: Seen| Row {
            line: place.line.unwrap_or_default(),
            cells: cells.iter().map(|text| Value::text(text)).collect(),
            seen: cells.iter().enumerate().map(|(at, _)| if at == 2 { seen } else { TABLE }).collect(),
            ..Row::default()
        };
        let rows = vec![
            row(&["科目编码", "科目名称", "本年收入合计", "财政拨款收入"], TABLE),
            row(&["", "合计", "921.96", "921.96"], TABLE),
            row(&["201", "一般公共服务支出", "921.96", "921.96"], WEAK),
        ];
        let grid = Grid { file: picture.place.file.clone().unwrap_or_default(), rows, ..Grid::default() };
        vec![line("收入决算表", TABLE, true), line("单位：万元", TABLE, true), Piece::Grid(grid)]
    }
}

fn read() -> Package {
    let page = "<h1>2023年度甲县教育局部门决算</h1><p>一、收入决算表</p><img src='a.png'>\
                <h2>二、“三公”经费财政拨款支出决算情况说明</h2><img src='b.png'><p>其中：公务接待费2.50万元。</p>";
    let pages =
        pages_with("a.html", page.as_bytes(), &Means { sight: std::sync::Arc::new(Double), ..Means::default() })
            .unwrap();
    document(&pages, &Catalog::load(&[]).unwrap()).package
}

fn figure(package: &Package, fits: impl Fn(&Figure) -> bool) -> &Figure {
    package.figures.iter().find(|figure| fits(figure)).unwrap()
}

fn digits(figure: &Figure) -> Option<String> {
    figure.cell.number().map(|printed| printed.digits_trimmed())
}

#[test]
fn a_cell_of_a_picture_is_a_figure_that_says_so() {
    let package = read();
    let total = figure(&package, |figure| figure.place.row.as_deref().is_some_and(|row| row.contains("合计")));
    assert_eq!((total.seen, digits(total).as_deref()), (TABLE, Some("921.96")));
    assert_eq!(total.place.table.as_deref(), Some("收入决算表"));
    let weak = figure(&package, |figure| figure.seen == WEAK);
    assert!(weak.place.row.as_deref().is_some_and(|row| row.contains("201")));
}

#[test]
fn a_sentence_of_a_picture_is_as_sure_as_the_picture_and_the_text_behind_it_is_text() {
    let package = read();
    let of = |wanted: &str| {
        figure(&package, |figure| digits(figure).as_deref() == Some(wanted) && figure.place.table.is_none())
    };
    assert_eq!(of("12.5").seen, LINE);
    assert_eq!(of("-3").seen, LINE);
    assert_eq!(of("2.5").seen, Seen::Text);
    let less = package.claims.iter().find(|claim| matches!(claim.statement, Statement::Down(_))).unwrap();
    assert_eq!(less.seen, LINE);
    assert!(of("12.5").place != Place::default() && of("12.5").cell != Cell::Unreadable);
}

#[test]
fn a_package_of_text_is_written_as_before() {
    let package = read();
    let json = serde_json::to_string(&package).unwrap();
    assert!(json.contains(r#""seen":{"picture":640}"#));
    let mut certain = package.clone();
    certain.figures.iter_mut().for_each(|figure| figure.seen = Seen::Text);
    let json = serde_json::to_string(&certain.figures).unwrap();
    assert!(!json.contains("seen"));
}

/// Reads a sentence of three figures in a picture that is no page; somebody has said what the last is.
struct Said;

impl Sight for Said {
    fn look(&self, picture: &Picture) -> Vec<Piece> {
        let line = |number: i32, text: &str| {
            let (count, top) = (i32::try_from(text.chars().count()).unwrap(), number * 1_000);
            let place = Place { bounds: Some([0, top, count * 100, top + 500]), ..picture.place.clone() };
            let edges = (0..=count).map(|at| at * 100).collect();
            PageLine { text: text.into(), place, edges, seen: LINE, ends: true, ..PageLine::default() }
        };
        let mut sentence = line(3, "2023年度收入总计13.00万元，其中：基本支出3.00万元，项目支出3.00万元。");
        sentence.correct(&(36..40), "12345.00", "张三".into());
        let heading = line(2, "二、收入支出决算情况说明");
        [line(1, "2023年度甲县教育局部门决算"), heading, sentence].map(Piece::Line).to_vec()
    }
}

#[test]
fn each_figure_of_a_line_has_its_place_in_the_picture_and_that_which_a_person_has_said_is_certain() {
    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0nothing that could be shown";
    let means = Means { sight: std::sync::Arc::new(Said), ..Means::default() };
    let pages = pages_with("a.png", PNG, &means).unwrap();
    let package = document(&pages, &Catalog::load(&[]).unwrap()).package;
    let told: Vec<_> = package
        .figures
        .iter()
        .map(|figure| {
            let known = figure.place.picture.as_ref().unwrap();
            let by = known.corrected.as_ref().map(|by| by.read.as_str());
            (digits(figure).unwrap(), known.at, by, figure.seen)
        })
        .collect();
    let at = |from: u32, to: u32| [from * 100, 3_000, to * 100, 3_500];
    assert_eq!(
        told,
        [
            ("13".to_owned(), at(10, 15), None, LINE),
            ("3".to_owned(), at(25, 29), None, LINE),
            ("12345".to_owned(), at(36, 40), Some("3.00"), Seen::Corrected),
        ]
    );
}

//! Pictures in documents: the way to what they show, and a reader of pictures at the door.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;
mod pdf_writer;

use common::{docx_with, grids, lines, order, p, texts};
use juesuan_model::{Confidence, Place, Seen};
use juesuan_read::grid::Row;
use juesuan_read::{Dots, Grid, Means, PageLine, Pages, Picture, Piece, Shown, Sight, Value, pages_of, pages_with};
use pdf_writer::{Writer, text};

/// A picture of two rows of two dots, in grey.
const GREY: &str = "/Type/XObject/Subtype/Image/Width 2/Height 2/ColorSpace/DeviceGray/BitsPerComponent 8";
const UNSURE: Seen = Seen::Picture(Confidence::thousandths(870));

/// Reads the same in every picture that can be opened: a line, and a table below it.
struct Double;

fn means() -> Means {
    Means { sight: std::sync::Arc::new(Double), ..Means::default() }
}

impl Sight for Double {
    fn look(&self, picture: &Picture) -> Vec<Piece> {
        let Some(Ok(_)) = picture.handle.as_ref().map(juesuan_read::Handle::open) else { return Vec::new() };
        let place = |dots| picture.place_of(dots, [100, 100]);
        let line =
            PageLine {
                text: "收入决算表".into(), place: place([0, 0, 50, 10]), seen: UNSURE, ..PageLine::default()
            };
        let certain = PageLine { text: "当作文字".into(), ..PageLine::default() };
        let row = Row {
            line: 1,
            cells: vec![Value::text("合计"), Value::text("12.50")],
            page: picture.place.page,
            bounds: vec![place([0, 20, 50, 30]).bounds, place([50, 20, 100, 30]).bounds],
            seen: vec![UNSURE; 2],
            ..Row::default()
        };
        vec![Piece::Line(line), Piece::Line(certain), Piece::Grid(Grid { rows: vec![row], ..Grid::default() })]
    }
}

fn opened(pages: &Pages) -> Vec<Option<Shown>> {
    let pictures = pages.pieces.iter().filter_map(|piece| match piece {
        Piece::Picture(picture) => Some(picture),
        Piece::Line(_) | Piece::Grid(_) => None,
    });
    pictures.map(|picture| picture.handle.as_ref().map(|handle| handle.open().unwrap())).collect()
}

fn dots(levels: [u8; 4]) -> Option<Shown> {
    let rgb = levels.iter().flat_map(|level| [*level; 3]).collect();
    Some(Shown::Dots(Dots { width: 2, height: 2, rgb }))
}

#[test]
fn the_dots_of_a_page_are_those_that_it_shows() {
    let draw = |matrix: &str| format!("q {matrix} cm /X10 Do Q q {matrix} cm /X11 Do Q");
    let page = |matrix: &str| Writer::page(&draw(matrix)).stream(GREY, " @`p").stream(GREY, "p`@ ").bytes();
    let upright = pages_of("a.pdf", &page("600 0 0 800 0 0")).unwrap();
    assert_eq!(opened(&upright), [dots([0x20, 0x40, 0x60, 0x70]), dots([0x70, 0x60, 0x40, 0x20])]);
    let upside_down = pages_of("a.pdf", &page("-600 0 0 -800 600 800")).unwrap();
    assert_eq!(opened(&upside_down)[0], dots([0x70, 0x60, 0x40, 0x20]));
}

#[test]
fn a_part_of_an_office_file_and_the_address_of_a_page_hold_their_pictures() {
    let relations = "<Relationships><Relationship Id='r7' Type='http://x/image' Target='media/1.png'/></Relationships>";
    let body = p("封面") + "<w:p><w:r><w:drawing><a:blip r:embed='r7'/></w:drawing></w:r></w:p>";
    let parts = [("word/_rels/document.xml.rels", relations), ("word/media/1.png", "png")];
    let word = pages_of("a.docx", &docx_with(&body, &parts)).unwrap();
    assert_eq!(opened(&word), [Some(Shown::File(b"png".to_vec()))]);
    let page = "<p>封面</p><img src='data:image/png;base64,cG5n'><img src='1.png'>";
    let page = pages_of("a.html", page.as_bytes()).unwrap();
    assert_eq!(opened(&page), [Some(Shown::File(b"png".to_vec())), None]);
}

#[test]
fn what_is_read_in_a_picture_takes_its_place_and_says_how_sure_it_is() {
    let writer = Writer::page(&text(100.0, 700.0, "封面")).and_page("", "q 600 0 0 800 0 0 cm /X10 Do Q");
    let bytes = writer.stream(GREY, " @`p").bytes();
    let blind = pages_of("a.pdf", &bytes).unwrap();
    assert!(blind.problems.iter().any(|problem| problem.message.contains("第2页是图片")));
    let pages = pages_with("a.pdf", &bytes, &means()).unwrap();
    let told: Vec<&str> = pages.problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(told, ["第2页图片里的文字和数是识别出来的，可能有错，请对照图片核对"]);
    assert_eq!(order(&pages), ["封面", "收入决算表", "[2]"], "nothing that was taken for text");
    let line = lines(&pages)[1];
    assert_eq!((line.seen, line.place.page, line.place.bounds), (UNSURE, Some(2), Some([0, 0, 300, 80])));
    let grid = grids(&pages)[0];
    assert_eq!((grid.seen_as(0, 1), grid.seen_as(0, 9)), (UNSURE, Seen::Text));
    let place = grid.place_of_cell(0, 1);
    let picture = place.picture.clone().unwrap();
    assert_eq!(
        place,
        Place { page: Some(2), bounds: Some([300, 160, 600, 240]), picture: place.picture.clone(), ..grid.place(0) }
    );
    assert_eq!(picture.at, [50_000, 20_000, 100_000, 30_000], "in parts of the picture");
    assert_eq!(line.place.picture.as_ref().unwrap().picture, picture.picture);
}

#[test]
fn a_picture_is_known_again_in_another_document() {
    let known = |name: &str, bytes: &[u8]| {
        let pages = pages_with(name, bytes, &means()).unwrap();
        lines(&pages).iter().find_map(|line| line.place.picture.clone()).unwrap()
    };
    let page = |before: &str, data: &str| {
        let page = format!("<p>{before}</p><img src='data:image/png;base64,{data}'>");
        known("a.html", page.as_bytes())
    };
    assert_eq!(page("封面", "cG5n"), page("第二稿", "cG5n"));
    assert_ne!(page("封面", "cG5n").picture, page("封面", "cG5ncG5n").picture);
    assert_eq!(page("封面", "cG5n").at, [0, 0, 50_000, 10_000]);
}

#[test]
fn a_picture_that_nobody_can_open_stays_a_picture() {
    let page = "<p>封面</p><img src='1.png'>".as_bytes();
    let pages = pages_with("a.html", page, &means()).unwrap();
    assert_eq!(order(&pages), ["封面", "<picture>"]);
    assert_eq!(texts(&pages), ["封面"]);
    assert!(pages.problems.is_empty(), "one that only has an address is not in the file");
}

#[test]
fn a_damaged_picture_in_a_document_is_told_where_somebody_reads_pictures() {
    let page = "<p>封面</p><img src='data:image/png;base64,%%'><img src='data:image/png;base64,@@'>".as_bytes();
    let pages = pages_with("a.html", page, &means()).unwrap();
    let [problem] = &pages.problems[..] else { panic!("{:?}", pages.problems) };
    assert!(problem.message.contains("打不开") && problem.message.ends_with("（共 2 张）"), "{problem}");
    assert!(pages_of("a.html", page).unwrap().problems.is_empty(), "nobody would have read it");
}

#[test]
fn text_that_a_scanner_laid_over_its_picture_is_not_certain() {
    let laid_over = "q 600 0 0 800 0 0 cm /X10 Do Q 3 Tr ".to_owned() + &text(100.0, 700.0, "决算");
    let pages = pages_of("a.pdf", &Writer::page(&laid_over).stream(GREY, " @`p").bytes()).unwrap();
    assert!(lines(&pages).iter().all(|line| !line.seen.is_text()));
}

/// Sees lines, in parts of the picture.
struct Sees(Vec<PageLine>);

impl Sight for Sees {
    fn look(&self, _: &Picture) -> Vec<Piece> {
        self.0.iter().cloned().map(Piece::Line).collect()
    }
}

/// A page with a picture, and over it what a scanner has read.
fn scan() -> Vec<u8> {
    let said = ["收入决算", "合计1284.50", "本年39.10", "上年77.20", "结转10.05"];
    let top = |number: usize| f64::from(700 - 40 * i32::try_from(number).unwrap());
    let written: String = said.iter().enumerate().map(|(number, said)| text(100.0, top(number), said)).collect();
    let laid_over = "q 600 0 0 800 0 0 cm /X10 Do Q 3 Tr ".to_owned() + &written;
    Writer::page(&laid_over).stream(GREY, " @`p").bytes()
}

/// A line of that page in parts of its picture.
fn seen(line: &PageLine) -> PageLine {
    let part = |at: i32, of: i32| at * 100_000 / of;
    let [left, top, right, bottom] = line.place.bounds.unwrap();
    let bounds = Some([part(left, 600), part(top, 800), part(right, 600), part(bottom, 800)]);
    let edges = line.edges.iter().map(|edge| part(*edge, 600)).collect();
    let place = Place { bounds, ..Place::default() };
    PageLine { text: line.text.replace("39.10", "89.10"), place, edges, seen: UNSURE, ..PageLine::default() }
}

/// Sees lines, and knows of one who says that 38.10 stands where the scanner read 39.10.
struct Says(Sees);

impl Sight for Says {
    fn look(&self, picture: &Picture) -> Vec<Piece> {
        self.0.look(picture)
    }

    fn correct(&self, _: &juesuan_model::PictureDigest, pieces: &mut [Piece]) {
        for piece in pieces {
            match piece {
                Piece::Line(line) if line.text.ends_with("39.10") => line.correct(&(2..7), "38.10", "张三".into()),
                _ => {}
            }
        }
    }
}

#[test]
fn what_a_person_says_stands_in_a_picture_stands_in_the_text_that_a_scanner_laid_over_it() {
    let bytes = scan();
    let alone = pages_of("a.pdf", &bytes).unwrap();
    let sees = Sees(lines(&alone).iter().map(|line| seen(line)).collect());
    let means = Means { sight: std::sync::Arc::new(Says(sees)), ..Means::default() };
    let pages = pages_with("a.pdf", &bytes, &means).unwrap();
    let all = lines(&pages);
    let line = all.iter().find(|line| line.text.starts_with("本年")).unwrap();
    assert_eq!(line.text, "本年38.10");
    let [noted] = &line.noted[..] else { panic!("{line:?}") };
    assert!(noted.range() == (2..7) && noted.corrected.is_some() && noted.differs.is_none());
}

#[test]
fn text_of_a_scanner_is_held_against_its_picture_figure_by_figure() {
    let bytes = scan();
    let alone = pages_of("a.pdf", &bytes).unwrap();
    // Somebody sees the same lines where they stand, one of them with another digit.
    let sight = std::sync::Arc::new(Sees(lines(&alone).iter().map(|line| seen(line)).collect()));
    let pages = pages_with("a.pdf", &bytes, &Means { sight, ..Means::default() }).unwrap();
    assert_eq!(texts(&pages), texts(&alone), "the text stays");
    let line = |said: &str| *lines(&pages).iter().find(|line| line.text.contains(said)).unwrap();
    assert_eq!((line("合计").seen, line("本年").seen == UNSURE), (UNSURE, false));
    let noted = &line("本年").noted[0];
    let differs = noted.differs.as_ref().unwrap();
    assert_eq!((noted.range(), differs.layer.as_str(), differs.seen.as_str()), (2..7, "39.10", "89.10"));
    assert!(line("合计").noted.is_empty());
    let told: Vec<&str> = pages.problems.iter().map(|problem| problem.message.as_str()).collect();
    assert!(told.iter().any(|told| told.contains("对照过，一致3个，不同1个")), "{told:?}");
}

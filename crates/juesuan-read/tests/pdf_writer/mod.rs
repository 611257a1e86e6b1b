//! The least of a PDF writer that a test needs: pages from content streams, one font, any extra objects.
#![allow(dead_code, reason = "each test file uses its part")]
#![allow(clippy::indexing_slicing, reason = "a test may fail")]

use std::fmt::Write as _;

use juesuan_model::Problem;
use juesuan_read::{Means, Pages, pdf};

/// Reads a file as `x.pdf`, with the interpreter in a thread.
pub fn read(bytes: &[u8]) -> Result<Pages, Problem> {
    pdf::read("x.pdf", bytes, &Means::default())
}

/// A document under construction.
#[derive(Default)]
pub struct Writer {
    pages: Vec<(String, String)>,
    objects: Vec<String>,
    /// Entries of the trailer.
    pub trailer: String,
    /// Entries of the catalogue.
    pub catalog: String,
    /// Further resources of every page.
    pub resources: String,
}

/// Number of the first object that [`Writer::object`] adds.
const FIRST_EXTRA: usize = 10;

impl Writer {
    /// A page of 600 by 800 points that draws `content`.
    pub fn page(content: &str) -> Writer {
        Writer::default().and_page("", content)
    }

    /// One more page with entries of its dictionary.
    pub fn and_page(mut self, entries: &str, content: &str) -> Writer {
        self.pages.push((entries.to_owned(), content.to_owned()));
        self
    }

    /// One more object, named `/X10`, `/X11` … as drawing of every page.
    pub fn object(mut self, body: &str) -> Writer {
        self.objects.push(body.to_owned());
        self
    }

    /// A stream as an object.
    pub fn stream(self, dictionary: &str, data: &str) -> Writer {
        let body = format!("<<{dictionary}/Length {}>>stream\n{data}\nendstream", data.len());
        self.object(&body)
    }

    /// The file.
    pub fn bytes(&self) -> Vec<u8> {
        let mut drawings = String::new();
        for index in 0..self.objects.len() {
            let number = FIRST_EXTRA + index;
            let _ = write!(drawings, "/X{number} {number} 0 R");
        }
        let resources = format!("<</Font<</F 3 0 R/G 7 0 R/N 8 0 R>>/XObject<<{drawings}>>{}>>", self.resources);
        let mut maps = String::new();
        for high in 0..=255 {
            if high % 64 == 0 {
                maps.push_str("64 beginbfrange\n");
            }
            let _ = writeln!(maps, "<{high:02X}00> <{high:02X}FF> <{high:02X}00>");
            if high % 64 == 63 {
                maps.push_str("endbfrange\n");
            }
        }
        let maps = format!(
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def /CMapType 2 def\n\
             1 begincodespacerange <0000> <FFFF> endcodespacerange\n{maps}endcmap end end"
        );
        let widths = "/DW 1000/W[32[500] 33 126 500]";
        let identity = "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>";
        let simplified = "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>";
        let base = "/Type/Font/BaseFont/Song";
        let descendant = |system: &str, widths: &str| format!("<<{base}/Subtype/CIDFontType2{system}{widths}>>");
        let first_page = FIRST_EXTRA + self.objects.len();
        let kids: String = (0..self.pages.len()).fold(String::new(), |mut kids, index| {
            let _ = write!(kids, "{} 0 R ", first_page + index * 2);
            kids
        });
        let mut all: Vec<(usize, String)> = vec![
            (1, format!("<</Type/Catalog/Pages 2 0 R{}>>", self.catalog)),
            (2, format!("<</Type/Pages/Kids[{kids}]/Count {}>>", self.pages.len())),
            (3, format!("<<{base}/Subtype/Type0/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 5 0 R>>")),
            (4, descendant(identity, widths)),
            (5, format!("<</Length {}>>stream\n{maps}\nendstream", maps.len())),
            (6, descendant(simplified, "/DW 1000")),
            (7, format!("<<{base}/Subtype/Type0/Encoding/UniGB-UTF16-H/DescendantFonts[6 0 R]>>")),
            (8, format!("<<{base}/Subtype/Type0/Encoding/Identity-H/DescendantFonts[4 0 R]>>")),
        ];
        all.extend(self.objects.iter().enumerate().map(|(index, body)| (FIRST_EXTRA + index, body.clone())));
        for (index, (entries, content)) in self.pages.iter().enumerate() {
            let number = first_page + index * 2;
            let size = if entries.contains("/MediaBox") { "" } else { "/MediaBox[0 0 600 800]" };
            let page =
                format!("<</Type/Page/Parent 2 0 R{size}{entries}/Resources {resources}/Contents {} 0 R>>", number + 1);
            all.push((number, page));
            all.push((number + 1, format!("<</Length {}>>stream\n{content}\nendstream", content.len())));
        }
        let mut file = b"%PDF-1.7\n".to_vec();
        let mut places = Vec::new();
        for (number, body) in &all {
            places.push((*number, file.len()));
            file.extend(format!("{number} 0 obj\n{body}\nendobj\n").bytes());
        }
        let start = file.len();
        let mut table = "xref\n0 1\n0000000000 65535 f \n".to_owned();
        for (number, place) in places {
            let _ = write!(table, "{number} 1\n{place:010} 00000 n \n");
        }
        let size = first_page + self.pages.len() * 2;
        let _ = write!(table, "trailer\n<</Root 1 0 R/Size {size}{}>>\nstartxref\n{start}\n%%EOF\n", self.trailer);
        file.extend(table.bytes());
        file
    }
}

/// Text at a point from the lower left corner, 10 points high; digits are half as wide.
pub fn text(x: f64, y: f64, text: &str) -> String {
    text_with("/F", x, y, text)
}

/// Text in another of the three fonts: `/F` with a map to Unicode, `/G` with a predefined one, `/N` with none.
pub fn text_with(font: &str, x: f64, y: f64, text: &str) -> String {
    let mut hex = String::new();
    for unit in text.encode_utf16() {
        let _ = write!(hex, "{unit:04X}");
    }
    format!("BT {font} 10 Tf 1 0 0 1 {x} {y} Tm <{hex}> Tj ET\n")
}

/// A line from one point to another.
pub fn line(x0: f64, y0: f64, x1: f64, y1: f64) -> String {
    format!("{x0} {y0} m {x1} {y1} l S\n")
}

/// A table with these places of rulings.
pub fn lattice(xs: &[f64], ys: &[f64]) -> String {
    let (x0, x1) = (xs[0], xs[xs.len() - 1]);
    let (y0, y1) = (ys[0], ys[ys.len() - 1]);
    let level = ys.iter().map(|y| line(x0, *y, x1, *y));
    let upright = xs.iter().map(|x| line(*x, y0, *x, y1));
    level.chain(upright).collect()
}

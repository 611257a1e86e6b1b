//! A chart as a picture with its text alternative, or as a table where no picture can be made.

use juesuan_catalog::Recognition;
use juesuan_model::{Chart, ChartSeries, HeadColumn, Package, Table, TableBuilder, TableCell};

use super::text::paragraph;
use crate::chart::{chart_png, picture_size};
use crate::error::Error;
use crate::fonts::FontSource;
use crate::markup::escape;
use crate::printed_text::figure_text;

/// Relative width of the columns of a table that stands for a chart.
const COLUMN: u16 = 10;
/// English metric units of 130 mm.
const WIDTH: u64 = 4_680_000;

/// What a chart becomes.
pub(super) enum Drawn {
    /// PNG.
    Picture(Vec<u8>),
    /// No picture can be made: the data.
    Data(Box<Table>),
}

impl Drawn {
    /// The picture; where there can be none, the data with a line below that says why.
    pub(super) fn new(chart: &Chart, package: &Package, fonts: &FontSource, words: &Recognition) -> Drawn {
        let reason = match chart_png(chart, package, fonts) {
            Ok(png) => return Drawn::Picture(png),
            Err(Error::Picture { reason, .. }) => reason,
            Err(other) => other.to_string(),
        };
        Drawn::Data(Box::new(as_table(chart, package, words, &reason)))
    }

    /// Height with the caption, in 1/20 point.
    pub(super) fn height(&self) -> u32 {
        match self {
            Drawn::Picture(png) => {
                let (width, height) = picture_size(png).unwrap_or((1, 1));
                // 130 mm are 7370 twentieths of a point.
                7_370 * height / width.max(1) + 120 + CAPTION
            }
            Drawn::Data(table) => 1_220 + 400 * (u32::try_from(table.rows.len()).unwrap_or(0) + 1),
        }
    }
}

/// Height of a caption, in 1/20 point.
const CAPTION: u32 = 620;

/// The picture with this number, as wide as the text nearly is.
pub(super) fn picture(chart: &Chart, number: usize, png: &[u8]) -> String {
    let (width, height) = picture_size(png).unwrap_or((560, 400));
    let down = WIDTH * u64::from(height) / u64::from(width.max(1));
    drawing((&chart.caption, &chart.alternative), number, (WIDTH, down))
}

/// A paragraph with the picture of this number, its name and what it shows, in English metric units across and down.
pub(crate) fn drawing((name, words): (&str, &str), number: usize, (across, down): (u64, u64)) -> String {
    let (name, words) = (escape(name), escape(words));
    let drawing = format!(
        "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{across}\" cy=\"{down}\"/>\
         <wp:docPr id=\"{number}\" name=\"{name}\" descr=\"{words}\"/><wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect=\"1\"/></wp:cNvGraphicFramePr>\
         <a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic>\
         <pic:nvPicPr><pic:cNvPr id=\"{number}\" name=\"{name}\" descr=\"{words}\"/><pic:cNvPicPr/></pic:nvPicPr>\
         <pic:blipFill><a:blip r:embed=\"rIdChart{number}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>\
         <pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{across}\" cy=\"{down}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr>\
         </pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    );
    paragraph("Picture", "", &drawing)
}

/// The data of a chart as a table, with a note that says why it is no picture.
fn as_table(chart: &Chart, package: &Package, words: &Recognition, reason: &str) -> Table {
    let [before, behind] = &words.undrawn;
    let mut columns = vec![HeadColumn::new("类别", COLUMN)];
    columns.extend(chart.series.iter().map(|series| HeadColumn::new(&series.name, COLUMN)));
    let mut table = TableBuilder::new(&columns);
    for (at, category) in chart.categories.iter().enumerate() {
        let figure = |series: &ChartSeries| {
            let figure = series.figures.get(at).copied();
            TableCell::number(figure.map_or(String::new(), |id| figure_text(package, id)), figure)
        };
        table.row([TableCell::words(category.as_str())].into_iter().chain(chart.series.iter().map(figure)).collect());
    }
    Table {
        title: chart.caption.clone(),
        unit: if chart.unit.is_empty() { String::new() } else { format!("单位：{}", chart.unit) },
        notes: vec![format!("{before}{reason}{behind}")],
        ..table.finish()
    }
}

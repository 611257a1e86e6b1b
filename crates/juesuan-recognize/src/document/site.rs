//! What a web site puts around a page: the way to it, its head and foot, bars and the table about the page itself.

use juesuan_catalog::Catalog;
use juesuan_read::{Format, Grid, PageLine, Pages, Piece};
use juesuan_text::plain;

use super::kind::amounts;

/// Longest line of a head, foot or bar, in characters.
const LINE_MAX: usize = 120;
/// Most rows of the table about a page.
const ROWS_MAX: usize = 12;

/// The pieces of a web page, or of a text copied from one, that are the document.
pub(super) fn without(pages: &Pages, pieces: Vec<Piece>, catalog: &Catalog) -> Vec<Piece> {
    if !matches!(pages.format, Format::Html | Format::Text) {
        return pieces;
    }
    let around = |piece: &Piece| match piece {
        Piece::Line(line) => is_around(line, catalog),
        Piece::Grid(grid) => is_about_the_page(grid, catalog),
        Piece::Picture(_) => false,
    };
    pieces.into_iter().filter(|piece| !around(piece)).collect()
}

/// True for a line of the site. What speaks of money, and what is a sentence, is none.
fn is_around(line: &PageLine, catalog: &Catalog) -> bool {
    let words = &catalog.recognition.site;
    let text = plain(&line.text);
    if text.chars().count() > LINE_MAX || text.contains('。') || amounts(&text) > 0 {
        return false;
    }
    words.crumbs.iter().any(|word| text.starts_with(word.as_str()))
        || words.lines.iter().any(|word| text.contains(word.as_str()))
}

/// True for the table that says where and when a page was published.
fn is_about_the_page(grid: &Grid, catalog: &Catalog) -> bool {
    let words = &catalog.recognition.site.cells;
    let cells = || grid.rows.iter().flat_map(|row| &row.cells).map(|cell| plain(cell.as_str()));
    let named = cells().any(|text| words.iter().any(|word| text.starts_with(word.as_str())));
    named && grid.rows.len() <= ROWS_MAX && cells().all(|text| amounts(&text) == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_and_feet_of_a_site_are_no_lines_of_the_document() {
        let catalog = Catalog::load(&[]).unwrap();
        let around = |text: &str| is_around(&PageLine { text: text.to_owned(), ..PageLine::default() }, &catalog);
        for text in [
            "当前位置：首页 > 政务公开 > 财政预决算",
            "首页 > 信息公开 > 预决算公开",
            "您所在的位置：首页 / 法定主动公开 / 部门决算",
            "建议使用1280×800分辨率浏览本站",
            "发布时间：2024-09-12　浏览次数：321　字号：大 中 小",
            "版权所有：某某县人民政府　ICP备00000000号",
        ] {
            assert!(around(text), "{text}");
        }
        for text in
            ["某某县水利局2024年度部门决算", "一、主要职能", "点击率考核奖励12.00万元", "负责网站地图服务工作。"]
        {
            assert!(!around(text), "{text}");
        }
    }
}

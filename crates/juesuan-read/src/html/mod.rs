//! Web pages, and spreadsheets and documents that were exported as web pages under another ending.
//!
//! Tags are read as they come, without a tree: blocks become lines, tables grids, whatever is left open. `place.line` counts
//! blocks of text, and each row of a table as one. Left out: scripts, styles, hidden elements, menus of choice.
//!
//! In reading order: [`encoding`] bytes to text; [`tag`] which element does what; [`block`] running text while it is read;
//! [`page`] the walk through the tags.

mod block;
mod encoding;
mod page;
mod tag;

use juesuan_model::{Place, Problem};

use crate::file::fault;
use crate::grid::Grid;
use crate::pages::{Format, Pages, Piece};
use crate::sight::{self, Blind, Sight};

/// Reads a web page, its pictures as `sight` sees them.
pub fn read(name: &str, bytes: &[u8], sight: &dyn Sight) -> Result<Pages, Problem> {
    let (text, whole) = encoding::decode(bytes);
    let (mut pieces, mut problems, frames) = page::read(name, &text);
    sight::look(&mut pieces, sight);
    problems.extend(sight::recognised(name, &pieces));
    if !whole {
        let place = Place { file: Some(name.to_owned()), ..Place::default() };
        problems.push(Problem::doubt(place, "有不能识别的字符，网页可能被截断或编码有误；请重新保存网页"));
    }
    if pieces.is_empty() && problems.is_empty() {
        let message = if frames {
            "网页只是一个框架，内容在旁边的文件夹里；请用电子表格软件打开后另存为 XLSX"
        } else {
            "网页没有文字和表格，内容可能由脚本生成；请在浏览器中另存为 PDF"
        };
        return Err(fault(name, message));
    }
    Ok(Pages::unpaged(name, Format::Html, pieces, problems))
}

/// The tables of a web page: what a system exports as “XLS” is often one.
pub fn grids(name: &str, bytes: &[u8]) -> Result<Vec<Grid>, Problem> {
    let pages = read(name, bytes, &Blind)?;
    let grids: Vec<Grid> = pages
        .pieces
        .into_iter()
        .filter_map(|piece| match piece {
            Piece::Grid(grid) => Some(grid),
            Piece::Line(_) | Piece::Picture(_) => None,
        })
        .collect();
    if grids.is_empty() {
        return Err(fault(name, "内容是网页，其中没有表格；请用电子表格软件打开后另存为 XLSX"));
    }
    Ok(grids)
}

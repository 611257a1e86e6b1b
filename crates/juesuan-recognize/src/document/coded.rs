//! Tables by codes whose cells stand one a line, copied from a viewer: headings, then for each row its code, its name and its
//! amounts. Put back where every row has as many cells as a layout of the form that the title names has columns, and the headings of
//! all columns are printed. Anything else stays text.

use std::collections::BTreeSet;

use juesuan_catalog::{Catalog, Form, FormColumn};
use juesuan_forms::{cells, title};
use juesuan_model::CellRole;
use juesuan_read::{Grid, PageLine, Piece, Row, Value};
use juesuan_text::{part, plain};

/// Lines between the title and that of the unit, at most.
const ABOVE_MAX: usize = 3;
/// Lines of headings, at most: a heading may be broken over lines.
const HEADS_MAX: usize = 40;
/// Digits of codes.
const DIGITS: [usize; 3] = [3, 5, 7];
/// Rows, at least.
const ROWS_MIN: usize = 2;

/// The pieces with such tables as grids.
pub fn restored(pieces: Vec<Piece>, catalog: &Catalog) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut rest = pieces.as_slice();
    while let Some((piece, after)) = rest.split_first() {
        rest = after;
        out.push(piece.clone());
        let Some(line) = bare(piece).filter(|line| cells::unit(&line.text).is_some()) else { continue };
        let above = out.iter().rev().take(ABOVE_MAX).filter_map(bare);
        let titled = above.filter_map(|above| title::form_of(catalog, above.text.trim())).next();
        if let Some((grid, used)) = titled.and_then(|key| table(after, &key, line, catalog)) {
            out.push(Piece::Grid(grid));
            rest = part(after, used..);
        }
    }
    out
}

/// A line that stands on no page.
fn bare(piece: &Piece) -> Option<&PageLine> {
    match piece {
        Piece::Line(line) if line.place.page.is_none() => Some(line),
        _ => None,
    }
}

/// A cell with the number of its line.
#[derive(Clone, Copy)]
struct Cell<'t> {
    text: &'t str,
    line: u32,
}

/// A row: its code, nothing for the total, its name and its amounts.
struct Coded<'t> {
    code: &'t str,
    name: Cell<'t>,
    amounts: Vec<Cell<'t>>,
}

/// The table of a form at the beginning of lines, and how many lines it takes.
fn table(pieces: &[Piece], key: &str, unit: &PageLine, catalog: &Catalog) -> Option<(Grid, usize)> {
    let lines: Vec<&PageLine> = pieces.iter().map_while(bare).collect();
    let cells: Vec<Cell<'_>> =
        lines.iter().map(|line| Cell { text: line.text.trim(), line: line.place.line.unwrap_or(0) }).collect();
    let totals = &catalog.recognition.totals;
    let begins = |at: usize| row_at(part(&cells, at..), totals).is_some();
    let start = (0..cells.len().min(HEADS_MAX)).find(|at| begins(*at))?;
    let heads: BTreeSet<String> = part(&cells, ..start).iter().map(|cell| plain(cell.text)).collect();
    let (mut rows, mut at): (Vec<Coded<'_>>, usize) = (Vec::new(), start);
    while let Some((row, used)) = row_at(part(&cells, at..), totals) {
        rows.push(row);
        at += used;
    }
    // A whole amount that text follows looks like a code: nobody knows where the last row ends.
    if cells.get(at).is_some_and(|cell| is_code(cell.text)) {
        return None;
    }
    let forms = catalog.variants.iter().filter_map(|variant| variant.form(key));
    let (columns, rows) = forms.filter_map(|form| laid_out(form, &heads)).find_map(|columns| {
        let width = columns.iter().filter(|column| column.kind == CellRole::Number).count();
        Some((columns, filled(&rows, width)?))
    })?;
    let of_words = |words: Vec<&str>, line: u32| Row {
        line,
        cells: words.into_iter().map(Value::text).collect(),
        ..Row::default()
    };
    let number = cells.first().map_or(1, |cell| cell.line);
    let mut all: Vec<Row> = headings(&columns).into_iter().map(|words| of_words(words, number)).collect();
    all.extend(rows.into_iter().map(|(words, line)| of_words(words, line)));
    let width = columns.len();
    let grid = Grid { file: unit.place.file.clone().unwrap_or_default(), rows: all, columns: width, ..Grid::default() };
    Some((grid, at))
}

/// The row at the beginning of cells, and how many cells it takes.
fn row_at<'t>(cells: &[Cell<'t>], totals: &[String]) -> Option<(Coded<'t>, usize)> {
    let first = cells.first()?;
    let total = totals.iter().any(|word| *word == plain(first.text));
    let (code, name) = if total { ("", first) } else { (first.text, cells.get(1).filter(|_| is_code(first.text))?) };
    if is_amount(name.text) {
        return None;
    }
    let from = 2 - usize::from(total);
    let named = |at: usize| cells.get(at + 1).is_some_and(|next| !is_amount(next.text));
    let own = part(cells, from..).iter().enumerate();
    // A code is followed by its name, an amount never.
    let amounts: Vec<Cell<'t>> = own
        .take_while(|(at, cell)| is_amount(cell.text) && !(is_code(cell.text) && named(from + at)))
        .map(|(_, cell)| *cell)
        .collect();
    let used = from + amounts.len();
    (!amounts.is_empty()).then_some((Coded { code, name: *name, amounts }, used))
}

fn is_code(text: &str) -> bool {
    DIGITS.contains(&text.len()) && text.chars().all(|c| c.is_ascii_digit())
}

fn is_amount(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-'))
}

/// The columns of a form that has a code, a name and amounts, if the headings of all amounts are printed.
fn laid_out<'f>(form: &'f Form, heads: &BTreeSet<String>) -> Option<Vec<&'f FormColumn>> {
    let [block] = form.block.as_slice() else { return None };
    let columns: Vec<&FormColumn> = block.column.iter().collect();
    let [code, name, numbers @ ..] = columns.as_slice() else { return None };
    let kinds = code.kind == CellRole::Code && name.kind == CellRole::Label;
    let printed = |column: &&FormColumn| {
        column.kind == CellRole::Number && column.words().any(|word| heads.contains(&plain(word)))
    };
    (kinds && !numbers.is_empty() && numbers.iter().all(printed)).then_some(columns)
}

/// Cells of rows with as many amounts as `width`: by the lines that are missing where every row has as many lines, else only where
/// nothing is blank.
fn filled<'t>(rows: &[Coded<'t>], width: usize) -> Option<Vec<(Vec<&'t str>, u32)>> {
    if rows.len() < ROWS_MIN {
        return None;
    }
    let lines = u32::try_from(width).ok()?;
    let first = |row: &Coded<'_>| row.name.line - u32::from(!row.code.is_empty());
    let regular = rows.windows(2).all(|pair| matches!(pair, [row, next] if first(next) == row.name.line + lines + 1));
    let whole = rows.iter().all(|row| row.amounts.len() == width);
    if !regular && !whole {
        return None;
    }
    let cells = |row: &Coded<'t>| {
        let mut amounts = vec![""; width];
        for (at, amount) in row.amounts.iter().enumerate() {
            let slot = if whole { at } else { usize::try_from(amount.line.checked_sub(row.name.line + 1)?).ok()? };
            *amounts.get_mut(slot)? = amount.text;
        }
        Some(([row.code, row.name.text].into_iter().chain(amounts).collect(), row.name.line))
    };
    rows.iter().map(cells).collect()
}

/// The rows of headings, level by level, equal neighbours once.
fn headings<'f>(columns: &[&'f FormColumn]) -> Vec<Vec<&'f str>> {
    let levels = columns.iter().map(|column| column.head.len()).max().unwrap_or(0);
    let word = |at: Option<usize>, level: usize| {
        let head = at.and_then(|at| columns.get(at)).map(|column| column.head.as_slice()).unwrap_or_default();
        head.get(level).map(String::as_str)
    };
    let own = |at: usize, level: usize| {
        let again = word(at.checked_sub(1), level) == word(Some(at), level);
        let below = level.checked_sub(1).is_some_and(|above| word(Some(at), above) == word(Some(at), level));
        word(Some(at), level).filter(|_| !again && !below).unwrap_or("")
    };
    (0..levels).map(|level| (0..columns.len()).map(|at| own(at, level)).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<String> {
        let catalog = Catalog::load(&[]).unwrap();
        let line = |(text, number): (&str, u32)| {
            let place = juesuan_model::Place { line: Some(number), ..juesuan_model::Place::default() };
            Piece::Line(PageLine { text: text.to_owned(), place, ..PageLine::default() })
        };
        let lines = text.lines().zip(1u32..).filter(|(text, _)| !text.is_empty());
        let pieces = restored(lines.map(line).collect(), &catalog);
        let grid = pieces.iter().find_map(|piece| if let Piece::Grid(grid) = piece { Some(grid) } else { None });
        let row = |grid: &Grid, at: usize| grid.cells_of(at).iter().map(Value::as_str).collect::<Vec<_>>().join("/");
        grid.map(|grid| (0..grid.rows.len()).map(|at| row(grid, at)).collect()).unwrap_or_default()
    }

    const HEAD: &str = "一般公共预算财政拨款支出决算表\n公开05表\n部门：某县林场 单位：万元\n项目\n本年支出\n功能分类科目编码\n科目名称\n小计\n基本支出\n项目支出\n";

    #[test]
    fn rows_of_single_cells_are_put_back_with_their_blanks() {
        let text = format!(
            "{HEAD}合计\n31.00\n25.00\n6.00\n213\n农林水支出\n31.00\n25.00\n6.00\n21302\n林业和草原\n31.00\n25.00\n6.00\n2130201\n行政运行\n25.00\n25.00\n\n2130205\n森林资源培育\n6.00\n\n6.00\n注：以上。"
        );
        assert_eq!(
            rows(&text),
            [
                "项目//本年支出//",
                "功能分类科目编码/科目名称/小计/基本支出/项目支出",
                "/合计/31.00/25.00/6.00",
                "213/农林水支出/31.00/25.00/6.00",
                "21302/林业和草原/31.00/25.00/6.00",
                "2130201/行政运行/25.00/25.00/",
                "2130205/森林资源培育/6.00//6.00",
            ]
        );
    }

    #[test]
    fn a_row_that_lost_a_blank_leaves_all_as_text() {
        let text = format!(
            "{HEAD}合计\n31.00\n25.00\n6.00\n213\n农林水支出\n31.00\n25.00\n2130205\n森林资源培育\n6.00\n6.00\n注：以上。"
        );
        assert_eq!(rows(&text), Vec::<String>::new());
    }

    #[test]
    fn a_heading_that_is_not_printed_leaves_all_as_text() {
        let text = format!(
            "{}合计\n31.00\n25.00\n6.00\n213\n农林水支出\n31.00\n25.00\n6.00\n",
            HEAD.replace("项目支出\n", "其他\n")
        );
        assert_eq!(rows(&text), Vec::<String>::new());
    }
}

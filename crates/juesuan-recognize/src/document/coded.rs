//! Tables whose cells stand one a line, or one row a line with single blanks between, copied from a viewer: headings, then for each
//! row its code, or a name that the form knows, and its amounts. Put back where every row has as many cells as a layout of the form
//! that the title names has columns, and the headings of all columns are printed. Anything else stays text.

use std::collections::BTreeSet;

use juesuan_catalog::{Catalog, Form, FormColumn};
use juesuan_forms::{cells, title};
use juesuan_model::CellRole;
use juesuan_read::{Grid, PageLine, Piece, Row, Value};
use juesuan_text::{part, plain};

use super::row_names::Rows;

/// Lines between the title and that of the unit, at most.
const ABOVE_MAX: usize = 3;
/// Lines of headings, at most: a heading may be broken over lines.
const HEADS_MAX: usize = 40;
/// Lines of a table, at most.
const LINES_MAX: usize = 4_000;
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
    let (mut cells, mut ends): (Vec<Cell<'_>>, Vec<usize>) = (Vec::new(), Vec::new());
    for line in pieces.iter().map_while(bare).take(LINES_MAX) {
        cells.extend(cells_of(line));
        ends.push(cells.len());
    }
    let known = Rows::new(catalog, Some(key));
    let (kind, found, heads) = [Named::ByCode, Named::ByForm].into_iter().find_map(|kind| {
        let row_at = |at: usize| row_at(part(&cells, at..), &catalog.recognition.totals, (kind, &known));
        let start = (0..cells.len().min(HEADS_MAX)).find(|at| row_at(*at).is_some())?;
        let heads = part(&cells, ..start).iter().flat_map(|cell| cell.text.split_whitespace().chain([cell.text]));
        let heads: BTreeSet<String> = heads.map(plain).collect();
        let (mut rows, mut at): (Vec<Coded<'_>>, usize) = (Vec::new(), start);
        while let Some((row, used)) = row_at(at) {
            rows.push(row);
            at += used;
        }
        // A whole amount that text follows looks like a code: nobody knows where the last row ends.
        let open = kind == Named::ByCode && cells.get(at).is_some_and(|cell| is_code(cell.text));
        (rows.len() >= ROWS_MIN && !open).then_some((kind, (rows, at), heads))
    })?;
    let (rows, end) = found;
    let at = 1 + ends.iter().position(|cells| *cells == end)?;
    let forms = catalog.variants.iter().filter_map(|variant| variant.form(key));
    let (columns, rows) = forms.filter_map(|form| laid_out(form, &heads, kind)).find_map(|columns| {
        let width = columns.iter().filter(|column| column.kind == CellRole::Number).count();
        Some((columns, filled(&rows, width, kind)?))
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

/// What names the rows of a table.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Named {
    /// A code and its name.
    ByCode,
    /// Names that the form has.
    ByForm,
}

/// The cells of a line: one, or a name with the amounts behind it, before them its code.
fn cells_of(line: &PageLine) -> Vec<Cell<'_>> {
    let number = line.place.line.unwrap_or(0);
    let cell = |text| Cell { text, line: number };
    let whole = line.text.trim();
    let words: Vec<&str> = whole.split_whitespace().collect();
    let behind = words.iter().rev().take_while(|word| is_amount(word)).count();
    let (code, name) = match words.first() {
        Some(first) if is_code(first) && words.len() > behind => {
            (Some(*first), whole.strip_prefix(*first).unwrap_or(whole))
        }
        _ => (None, whole),
    };
    if behind == 0 || behind == words.len() {
        return vec![cell(whole)];
    }
    let amounts = part(&words, words.len() - behind..);
    let name = amounts.iter().rev().fold(name, |name, amount| name.trim_end().strip_suffix(*amount).unwrap_or(name));
    code.into_iter()
        .chain([name.trim()])
        .filter(|text| !text.is_empty())
        .chain(amounts.iter().copied())
        .map(cell)
        .collect()
}

/// The row at the beginning of cells, and how many cells it takes.
fn row_at<'t>(cells: &[Cell<'t>], totals: &[String], (kind, known): (Named, &Rows<'_>)) -> Option<(Coded<'t>, usize)> {
    let first = cells.first()?;
    let total = totals.iter().any(|word| *word == plain(first.text));
    let named = total || kind == Named::ByForm && known.knows(&plain(first.text));
    let (code, name) = if named { ("", first) } else { (first.text, cells.get(1).filter(|_| is_code(first.text))?) };
    if is_amount(name.text) || !code.is_empty() && kind == Named::ByForm {
        return None;
    }
    let from = 2 - usize::from(named);
    let words = |at: usize| cells.get(at + 1).is_some_and(|next| !is_amount(next.text));
    let coded = |at: usize, text: &str| kind == Named::ByCode && is_code(text) && words(at);
    let own = part(cells, from..).iter().enumerate();
    // A code is followed by its name, an amount never.
    let amounts: Vec<Cell<'t>> = own
        .take_while(|(at, cell)| is_amount(cell.text) && !coded(from + at, cell.text))
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

/// The columns of a form that has a name, before it a code where codes name the rows, and amounts, if the headings of all amounts are
/// printed.
fn laid_out<'f>(form: &'f Form, heads: &BTreeSet<String>, kind: Named) -> Option<Vec<&'f FormColumn>> {
    let [block] = form.block.as_slice() else { return None };
    let columns: Vec<&FormColumn> = block.column.iter().collect();
    let (kinds, numbers) = match (kind, columns.as_slice()) {
        (Named::ByCode, [code, name, numbers @ ..]) => {
            (code.kind == CellRole::Code && name.kind == CellRole::Label, numbers)
        }
        (Named::ByForm, [name, numbers @ ..]) => (name.kind == CellRole::Label, numbers),
        _ => return None,
    };
    let printed = |column: &&FormColumn| {
        column.kind == CellRole::Number && column.words().any(|word| heads.contains(&plain(word)))
    };
    (kinds && !numbers.is_empty() && numbers.iter().all(printed)).then_some(columns)
}

/// Cells of rows with as many amounts as `width`: by the lines that are missing where every row has as many lines, else only where
/// nothing is blank.
fn filled<'t>(rows: &[Coded<'t>], width: usize, kind: Named) -> Option<Vec<(Vec<&'t str>, u32)>> {
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
        let code = (kind == Named::ByCode).then_some(row.code);
        Some((code.into_iter().chain([row.name.text]).chain(amounts).collect(), row.name.line))
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

    #[test]
    fn rows_with_names_of_the_form_are_put_back_one_cell_or_one_row_a_line() {
        let cells = "“三公”经费支出决算表\n单位：万元\n项目\n预算数\n决算数\n合计\n7.00\n5.20\n1.因公出国（境）费\n0\n0\n2.公务接待费\n7.00\n5.20\n二、说明";
        let lines = "“三公”经费支出决算表\n单位：万元\n项目 预算数 决算数\n合计 7.00 5.20\n1.因公出国（境）费 0 0\n2.公务接待费 7.00 5.20\n二、说明";
        let told = ["项目/预算数/决算数", "合计/7.00/5.20", "1.因公出国（境）费/0/0", "2.公务接待费/7.00/5.20"];
        assert_eq!(rows(cells), told);
        assert_eq!(rows(lines), told);
        assert_eq!(rows(&lines.replace("费 0 0", "费 0")), Vec::<String>::new());
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

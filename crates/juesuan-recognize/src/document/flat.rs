//! Forms of performance whose cells were lost: a Word form saved as text is one line, a web form one cell a line. Put back into
//! rows where their heads tell the columns: money below its head, indicators that end with two numbers. Anything else stays text.

use juesuan_catalog::{Catalog, FormHead};
use juesuan_model::Place;
use juesuan_read::{Grid, PageLine, Piece, Row, Value};
use juesuan_text::plain;

/// Columns of a head of money, at least.
const HEAD_MIN: usize = 4;
/// Cells of an indicator that ends with its two numbers, at least and at most.
const INDICATOR: std::ops::RangeInclusive<usize> = 5..=9;
/// Lines that are cells, behind the name of the project, at most.
const CELLS_MAX: usize = 400;
/// Words of a line that is a form, at least.
const WORDS_MIN: usize = 20;

/// A cell, and where it stands.
#[derive(Clone)]
struct Cell {
    text: String,
    line: u32,
}

/// The pieces with such forms as tables, each below the line that is its title.
pub fn restored(pieces: Vec<Piece>, catalog: &Catalog) -> Vec<Piece> {
    let head = &catalog.performance.words.form_head;
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut rest = pieces.as_slice();
    while let Some((piece, after)) = rest.split_first() {
        rest = after;
        let Piece::Line(line) = piece else {
            out.push(piece.clone());
            continue;
        };
        if line.place.page.is_none() {
            if let Some((title, grid)) = of_line(line, head) {
                out.extend([Piece::Line(title), Piece::Grid(grid)]);
                continue;
            }
            if is(&line.text, &head.project)
                && let Some((grid, count)) = of_cells(piece, after, head)
            {
                rest = after.get(count..).unwrap_or_default();
                out.push(Piece::Grid(grid));
                continue;
            }
        }
        out.push(piece.clone());
    }
    out
}

/// A line that is a whole form: its title, and the rest.
fn of_line(line: &PageLine, head: &FormHead) -> Option<(PageLine, Grid)> {
    let number = line.place.line.unwrap_or(1);
    let words: Vec<Cell> =
        line.text.split_whitespace().map(|text| Cell { text: text.to_owned(), line: number }).collect();
    let begin = words.iter().position(|cell| is(&cell.text, &head.project))?;
    let (title, form) = words.split_at_checked(begin)?;
    if form.len() < WORDS_MIN {
        return None;
    }
    let rows = rows(form, head)?;
    let title: String = title.iter().map(|cell| cell.text.as_str()).collect();
    Some((PageLine { text: title, ends: true, ..line.clone() }, grid(&line.place, rows)))
}

/// Lines that are cells, from the word before the name of the project on, and how many lines behind it they are.
fn of_cells(first: &Piece, after: &[Piece], head: &FormHead) -> Option<(Grid, usize)> {
    let cell = |piece: &Piece| match piece {
        Piece::Line(line) => Some(Cell { text: line.text.clone(), line: line.place.line? }),
        Piece::Grid(_) | Piece::Picture(_) => None,
    };
    let lines: Vec<Cell> = std::iter::once(first)
        .chain(after)
        .map_while(cell)
        .take(CELLS_MAX)
        .take_while(|c| !c.text.contains('。'))
        .collect();
    let rows = rows(&lines, head)?;
    let used: usize = rows.iter().map(Vec::len).sum();
    let Piece::Line(line) = first else { return None };
    let filled = rows.iter().flatten().filter(|cell| !cell.text.is_empty()).count();
    (used > 0).then(|| (grid(&line.place, rows), filled.saturating_sub(1)))
}

fn grid(place: &Place, rows: Vec<Vec<Cell>>) -> Grid {
    let row = |cells: Vec<Cell>| Row {
        line: cells.iter().map(|cell| cell.line).find(|line| *line > 0).unwrap_or(1),
        cells: cells.iter().map(|cell| Value::text(&cell.text)).collect(),
        ..Row::default()
    };
    let rows = rows.into_iter().map(row).collect();
    Grid { file: place.file.clone().unwrap_or_default(), rows, ..Grid::default() }
}

/// True if a cell is one of these words, perhaps with a colon or a note in brackets behind it.
fn is(text: &str, words: &[String]) -> bool {
    let text = plain(text);
    let text = text.trim_end_matches('：');
    let bare = text.split_once('(').map_or(text, |(before, _)| before);
    words.iter().map(|word| plain(word)).any(|word| word == text || word == bare)
}

fn contains(text: &str, words: &[String]) -> bool {
    let text = plain(text);
    words.iter().any(|word| text.contains(&plain(word)))
}

fn is_number(text: &str) -> bool {
    let text = text.strip_suffix('%').unwrap_or(text);
    text.contains(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-'))
}

/// True for a number that could be points: without a sign of percent.
fn is_points(text: &str) -> bool {
    is_number(text) && !text.ends_with('%')
}

fn money_heads(head: &FormHead) -> [&Vec<String>; 6] {
    [&head.initial_budget, &head.full_year_budget, &head.executed, &head.weight, &head.rate, &head.score]
}

/// The rows of a form; `None` where its money is not told for certain.
fn rows(cells: &[Cell], head: &FormHead) -> Option<Vec<Vec<Cell>>> {
    let blank = || Cell { text: String::new(), line: 0 };
    let of_money = |cell: &Cell| money_heads(head).iter().any(|words| is(&cell.text, words));
    let begin = (0..cells.len()).find(|at| {
        let run = cells.get(*at..).unwrap_or_default().iter().take_while(|cell| of_money(cell)).count();
        run >= HEAD_MIN
    })?;
    let columns = cells.get(begin..)?.iter().take_while(|cell| of_money(cell)).count();
    let mut rows: Vec<Vec<Cell>> = vec![cells.get(..2)?.to_vec()];
    rows.push(cells.get(2..begin)?.to_vec());
    let heads = cells.get(begin..begin + columns)?.iter().cloned();
    rows.push(std::iter::once(blank()).chain(heads).collect());
    let mut at = begin + columns;
    let mut money = 0;
    while let Some(name) =
        cells.get(at).filter(|c| contains(&c.text, &head.fund_total) || contains(&c.text, &head.fund_part))
    {
        let numbers = cells.get(at + 1..)?.iter().take_while(|cell| is_number(&cell.text)).count();
        if numbers > columns {
            return None;
        }
        money += numbers;
        let mut row = vec![name.clone()];
        row.extend(cells.get(at + 1..at + 1 + numbers)?.iter().cloned());
        rows.push(row);
        at += 1 + numbers;
    }
    if money == 0 {
        return None;
    }
    let rest = cells.get(at..)?;
    let Some(first) = rest.iter().position(|cell| head.levels.first().is_some_and(|level| *level == plain(&cell.text)))
    else {
        return Some(rows);
    };
    rows.push(rest.get(..first)?.to_vec());
    rows.extend(indicators(rest.get(first..)?, head).unwrap_or_default());
    Some(rows)
}

/// The head of the indicators and their rows: levels that are not repeated are left out, names and values stand before two numbers.
fn indicators(cells: &[Cell], head: &FormHead) -> Option<Vec<Vec<Cell>>> {
    let words = [&head.levels, &head.target, &head.actual, &head.weight, &head.score, &head.reason];
    let width = cells.iter().take_while(|cell| words.iter().any(|words| is(&cell.text, words))).count();
    let (top, body) = cells.split_at_checked(width)?;
    let weight = top.iter().position(|cell| is(&cell.text, &head.weight))?;
    let mut rows = vec![top.to_vec()];
    let mut open: Vec<Cell> = Vec::new();
    let mut cells = body.iter().peekable();
    while let Some(cell) = cells.next() {
        open.push(cell.clone());
        let ended = open.iter().rev().take(2).filter(|cell| is_points(&cell.text)).count() == 2
            && cells.peek().is_none_or(|next| !is_number(&next.text));
        if !ended {
            continue;
        }
        let own = std::mem::take(&mut open);
        let total = own.first().is_some_and(|cell| is(&cell.text, &head.grand_total));
        if !total && !INDICATOR.contains(&own.len()) {
            return None;
        }
        // What stands before the two numbers ends in front of their columns.
        let missing = (weight + 2).saturating_sub(own.len());
        let blanks = std::iter::repeat_n(Cell { text: String::new(), line: 0 }, missing);
        let row: Vec<Cell> = match total {
            true => own.iter().take(1).cloned().chain(blanks).chain(own.iter().skip(1).cloned()).collect(),
            false => blanks.chain(own).collect(),
        };
        rows.push(row);
    }
    (rows.len() > 1).then_some(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_on_one_line_gets_its_rows_back() {
        let catalog = Catalog::load(&[]).unwrap();
        let text = "项目支出绩效自评表 （2023年度） 项目名称 林木养护 主管部门 青峰县林业局 项目资金（万元） 年初预算数 全年预算数 全年执行数 分值 执行率 得分 \
            年度资金总额： 50 50 45 10 90% 9 其中：财政拨款 50 50 45 年度目标 养护树木。 一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 \
            产出指标 数量指标 养护株数 ≥300株 310 40 40 质量指标 成活率 ≥95% 96% 40 39 总分 100 98";
        let line = PageLine { text: text.to_owned(), ..PageLine::default() };
        let pieces = restored(vec![Piece::Line(line)], &catalog);
        let [Piece::Line(title), Piece::Grid(grid)] = pieces.as_slice() else { panic!("{pieces:?}") };
        assert_eq!(title.text, "项目支出绩效自评表（2023年度）");
        let row = |at: usize| grid.cells_of(at).iter().map(Value::as_str).collect::<Vec<_>>().join("/");
        let told: Vec<String> = (0..grid.rows.len()).map(row).collect();
        assert_eq!(told[3], "年度资金总额：/50/50/45/10/90%/9");
        assert_eq!(told[7], "产出指标/数量指标/养护株数/≥300株/310/40/40");
        assert_eq!(told[8], "/质量指标/成活率/≥95%/96%/40/39");
        assert_eq!(told[9], "总分/////100/98");
    }
}

//! Forms of performance whose cells were lost: a Word form saved as text is one line, a web form one cell a line. Put back into
//! rows where their heads tell the columns: money below its head, indicators that end with two numbers. Anything else stays text.

use juesuan_catalog::{Catalog, FormHead};
use juesuan_model::Place;
use juesuan_read::{Grid, PageLine, Piece, Row, Value};
use juesuan_text::plain;

/// Columns of a head of money, at least.
const HEAD_MIN: usize = 4;
/// Lines that are cells, behind the name of the project, at most; sentences among them before the money.
const CELLS_MAX: usize = 400;
const GOALS_MAX: usize = 4;
/// Lines that begin as such a form does and are none, at most; a document with more of them has no forms that lost their cells.
const FAILURES_MAX: usize = 200;
/// Signs of comparison that have a cell of their own.
const SIGNS: [&str; 7] = ["=", "≥", "≤", ">", "<", ">=", "<="];
/// Points of all indicators, with and without those for the money.
const WHOLES: [u32; 3] = [100, 90, 80];
/// Blank cells between two others, at most.
const BLANKS_MAX: u32 = 3;
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
    let names = Names::of(catalog);
    let head = names.head;
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    let (mut rest, mut failures) = (pieces.as_slice(), 0);
    while let Some((piece, after)) = rest.split_first() {
        rest = after;
        let Piece::Line(line) = piece else {
            out.push(piece.clone());
            continue;
        };
        if line.place.page.is_none() {
            if let Some((title, grid)) = of_line(line, &names) {
                out.extend([Piece::Line(title), Piece::Grid(grid)]);
                continue;
            }
            let begins = fields(&line.text).next().is_some_and(|word| is(word, &head.project));
            if begins && failures < FAILURES_MAX {
                if let Some((grid, count)) = of_cells(line, after, &names) {
                    rest = after.get(count..).unwrap_or_default();
                    out.push(Piece::Grid(grid));
                    continue;
                }
                failures += 1;
            }
        }
        out.push(piece.clone());
    }
    out
}

/// A line that is a whole form: its title, and the rest.
fn of_line(line: &PageLine, names: &Names) -> Option<(PageLine, Grid)> {
    let number = line.place.line.unwrap_or(1);
    let words: Vec<Cell> =
        line.text.split_whitespace().map(|text| Cell { text: text.to_owned(), line: number }).collect();
    let begin = words.iter().position(|cell| is(&cell.text, &names.head.project))?;
    let (title, form) = words.split_at_checked(begin)?;
    if form.len() < WORDS_MIN {
        return None;
    }
    let rows = rows(form, names)?;
    let title: String = title.iter().map(|cell| cell.text.as_str()).collect();
    Some((PageLine { text: title, ends: true, noted: Vec::new(), ..line.clone() }, grid(&line.place, rows)))
}

/// Lines that are cells, or words between cells, from the word before the name of the project on, and how many lines behind it
/// they are.
fn of_cells(first: &PageLine, after: &[Piece], names: &Names) -> Option<(Grid, usize)> {
    let line = |piece: &Piece| match piece {
        Piece::Line(line) => Some(line.clone()),
        Piece::Grid(_) | Piece::Picture(_) => None,
    };
    let lines: Vec<PageLine> =
        std::iter::once(first.clone()).chain(after.iter().map_while(line)).take(CELLS_MAX).collect();
    // Where the first line has the name of the project too, blanks divide the cells of all.
    let divided = fields(&first.text).nth(1).is_some();
    let (mut cells, mut above): (Vec<Cell>, bool) = (Vec::new(), true);
    for line in &lines {
        let number = line.place.line?;
        let own = |text: &str| Cell { text: text.to_owned(), line: number };
        above &= !line.text.split_whitespace().any(|word| is(word, &names.head.executed));
        if divided && above {
            cells.extend(fields(&line.text).map(own));
        } else if divided {
            cells.extend(line.text.split_whitespace().map(own));
        } else {
            cells.push(own(&line.text));
        }
    }
    let sentence = |cell: &Cell| cell.text.contains('。');
    let cells = if divided { names.joined(cells) } else { cells };
    let (begin, _) = money_head(&cells, names.head)?;
    let (goals, money) = cells.split_at_checked(begin)?;
    if goals.iter().filter(|cell| sentence(cell)).count() > GOALS_MAX {
        return None;
    }
    // Goals may stand between the money and the indicators.
    let levels = money.iter().position(|cell| names.head.levels.first().is_some_and(|word| *word == plain(&cell.text)));
    let levels = levels.or_else(|| signed(money, names).first().map(|(at, _)| *at));
    let told = |at: &usize| money.get(..*at).unwrap_or_default().iter().filter(|cell| sentence(cell)).count();
    let levels = levels.filter(|at| told(at) <= GOALS_MAX).unwrap_or(0);
    let end = begin + levels + money.iter().skip(levels).take_while(|cell| !sentence(cell)).count();
    let rows = rows(cells.get(..end)?, names)?;
    let last = rows.iter().flatten().map(|cell| cell.line).max()?;
    let used = lines.iter().filter(|line| line.place.line.is_some_and(|number| number <= last)).count();
    Some((grid(&first.place, rows), used.saturating_sub(1)))
}

/// The words of a line above the money; a colon divides the name of a field from what was filled in.
fn fields(text: &str) -> impl Iterator<Item = &str> {
    let filled = text.split_once(['：', ':']).filter(|(name, value)| {
        !value.trim().is_empty() && !name.trim().contains(char::is_whitespace) && !value.contains('。')
    });
    let (name, rest) = filled.unwrap_or(("", text));
    name.split_whitespace().chain(rest.split_whitespace())
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

/// True for a mark that stands for no number.
fn is_none(text: &str) -> bool {
    matches!(text, "/" | "-" | "—" | "--" | "——")
}

/// True for a number that could be points: without a sign of percent.
fn is_points(text: &str) -> bool {
    is_number(text) && !text.ends_with('%')
}

fn money_heads(head: &FormHead) -> [&Vec<String>; 6] {
    [&head.initial_budget, &head.full_year_budget, &head.executed, &head.weight, &head.rate, &head.score]
}

/// Where the heads of the money begin, and how many they are.
fn money_head(cells: &[Cell], head: &FormHead) -> Option<(usize, usize)> {
    let of_money = |cell: &Cell| money_heads(head).iter().any(|words| is(&cell.text, words));
    let run = |at: usize| cells.get(at..).unwrap_or_default().iter().take_while(|cell| of_money(cell)).count();
    (0..cells.len()).map(|at| (at, run(at))).find(|(_, run)| *run >= HEAD_MIN)
}

/// The rows of a form; `None` where its money is not told for certain.
fn rows(cells: &[Cell], names: &Names) -> Option<Vec<Vec<Cell>>> {
    let head = names.head;
    let (begin, columns) = money_head(cells, head)?;
    let explained = cells.get(begin + columns).is_some_and(|cell| is(&cell.text, &head.reason));
    let mut rows: Vec<Vec<Cell>> = vec![cells.get(..2)?.to_vec()];
    rows.push(cells.get(2..begin)?.to_vec());
    let heads = cells.get(begin..begin + columns)?;
    rows.push(std::iter::once(blank()).chain(heads.iter().cloned()).collect());
    let rate = heads.iter().position(|cell| is(&cell.text, &head.rate));
    let mut at = begin + columns + usize::from(explained);
    let mut money = 0;
    let is_fund = |cell: &Cell| contains(&cell.text, &head.fund_total) || contains(&cell.text, &head.fund_part);
    while let Some(name) = cells.get(at).filter(|cell| is_fund(cell)) {
        let numbers = cells.get(at + 1..)?.iter().take_while(|c| is_number(&c.text) || is_none(&c.text)).count();
        if numbers > columns {
            return None;
        }
        let own = cells.get(at + 1..at + 1 + numbers)?;
        money += own.iter().filter(|cell| is_number(&cell.text)).count();
        let mut row = vec![name.clone()];
        row.extend(own.iter().cloned());
        // One number is missing, and none is a percentage: the rate was not filled in.
        if let Some(rate) = rate.filter(|_| numbers + 1 == columns && !own.iter().any(|c| c.text.ends_with('%'))) {
            row.insert(rate + 1, blank());
        }
        rows.push(row);
        at += 1 + numbers;
        // What the form says behind its numbers.
        if explained && cells.get(at).is_some_and(|c| !is_fund(c)) && cells.get(at + 1).is_some_and(is_fund) {
            at += 1;
        }
    }
    if money == 0 {
        return None;
    }
    let rest = cells.get(at..)?;
    let signed = signed(rest, names);
    if !signed.is_empty() {
        rows.extend(with_signs(rest, signed, head));
        return Some(rows);
    }
    let Some(first) = rest.iter().position(|cell| head.levels.first().is_some_and(|level| *level == plain(&cell.text)))
    else {
        return Some(rows);
    };
    rows.push(rest.get(..first)?.to_vec());
    rows.extend(indicators(rest.get(first..)?, names).unwrap_or_default());
    Some(rows)
}

/// What stands before indicators with signs, their head, and their rows.
fn with_signs(cells: &[Cell], signed: Vec<(usize, Vec<Cell>)>, head: &FormHead) -> Vec<Vec<Cell>> {
    let first = signed.first().map_or(0, |(at, _)| *at);
    let mut rows = vec![cells.get(..first).unwrap_or_default().to_vec()];
    let word = |words: &Vec<String>| Cell { text: words.first().cloned().unwrap_or_default(), line: 0 };
    let levels = head.levels.iter().map(|level| Cell { text: level.clone(), line: 0 });
    let values = [&head.target, &head.actual, &head.weight, &head.score].map(word);
    rows.push(levels.chain(values).collect());
    // Of indicators that are not all there nobody can add up the points.
    let weight = head.levels.len() + 2;
    let all: Option<u32> = signed.iter().map(|(_, row)| row.get(weight)?.text.parse::<u32>().ok()).sum();
    let whole = all.is_some_and(|all| WHOLES.contains(&all));
    rows.extend(signed.into_iter().map(|(_, mut row)| {
        row.iter_mut().skip(weight).filter(|_| !whole).for_each(|cell| *cell = blank());
        row
    }));
    rows
}

/// `数量指标`, `栽植株数`, `≥`, `200`, `株`, blank, `30`, blank: indicators whose sign of comparison stands in a cell of its own, where a
/// line that is missing is a blank cell; each with the place where it begins.
fn signed(cells: &[Cell], names: &Names) -> Vec<(usize, Vec<Cell>)> {
    let mut wide: Vec<(usize, Cell)> = Vec::with_capacity(cells.len());
    for (at, cell) in cells.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| cells.get(before)).map_or(cell.line, |before| before.line);
        let missing = cell.line.saturating_sub(before).saturating_sub(1);
        wide.extend((0..missing.min(BLANKS_MAX)).map(|_| (at, blank())));
        wide.push((at, cell.clone()));
    }
    let cell = |at: Option<usize>| at.and_then(|at| wide.get(at)).map(|(_, cell)| cell);
    let row = |at: usize| {
        let ahead = |steps: usize| cell(Some(at + steps));
        let back = |steps: usize| cell(at.checked_sub(steps));
        let (sign, value, unit, actual, weight) = (ahead(0)?, ahead(1)?, ahead(2)?, ahead(3)?, ahead(4)?);
        let (name, level) = (back(1)?, back(2)?);
        let reached = actual.text.is_empty() || is_number(&actual.text);
        let fits = SIGNS.contains(&plain(&sign.text).as_str()) && is_number(&value.text) && reached;
        if !fits || !is_points(&weight.text) || name.text.is_empty() || !names.is_level(&level.text) {
            return None;
        }
        let above = back(3).filter(|cell| names.is_level(&cell.text));
        let target = Cell { text: format!("{}{}{}", sign.text, value.text, unit.text), line: value.line };
        let score = ahead(5).filter(|cell| is_points(&cell.text)).cloned().unwrap_or_else(blank);
        let own = [level.clone(), name.clone(), target, actual.clone(), weight.clone(), score];
        let (first, _) = wide.get(at - if above.is_some() { 3 } else { 2 })?;
        Some((*first, std::iter::once(above.cloned().unwrap_or_else(blank)).chain(own).collect()))
    };
    (0..wide.len()).filter_map(row).collect()
}

/// The head of the indicators and their rows: levels that are not repeated are left out, names and values stand before two numbers.
fn indicators(cells: &[Cell], names: &Names) -> Option<Vec<Vec<Cell>>> {
    let head = names.head;
    let words = [&head.levels, &head.beside, &head.target, &head.actual, &head.weight, &head.score, &head.reason];
    let width = cells.iter().take_while(|cell| words.iter().any(|words| is(&cell.text, words))).count();
    let (top, body) = cells.split_at_checked(width)?;
    let weight = top.iter().position(|cell| is(&cell.text, &head.weight))?;
    let mut rows = vec![top.to_vec()];
    let mut open: Vec<Cell> = Vec::new();
    let mut cells = body.iter().filter(|cell| !is_dots(&cell.text)).peekable();
    while let Some(cell) = cells.next() {
        open.push(cell.clone());
        let ended = open.iter().rev().take(2).filter(|cell| is_points(&cell.text)).count() == 2
            && cells.peek().is_none_or(|next| !is_number(&next.text));
        if ended {
            rows.push(row(std::mem::take(&mut open), weight, names)?);
        }
    }
    (rows.len() > 1).then_some(rows)
}

/// The cells of a row that ends with its two numbers, in their columns; `None` where nobody can say which they are.
fn row(own: Vec<Cell>, weight: usize, names: &Names) -> Option<Vec<Cell>> {
    let levels = names.head.levels.len();
    let (before, points) = own.split_at_checked(own.len().checked_sub(2)?)?;
    if let Some(total) = before.last().filter(|cell| is(&cell.text, &names.head.grand_total)) {
        let blanks = std::iter::repeat_n(blank(), weight.saturating_sub(1));
        return Some(std::iter::once(total.clone()).chain(blanks).chain(points.iter().cloned()).collect());
    }
    // The name stands behind its levels, where any is known, else first.
    let level = before.iter().rposition(|cell| names.is_level(&cell.text));
    let at = level.map_or_else(|| before.len().saturating_sub(weight + 1 - levels), |level| level + 1);
    let (above, own) = before.split_at_checked(at)?;
    let (name, values) = own.split_first()?;
    let lost = above.iter().any(|cell| is_number(&cell.text));
    // What is aimed at and reached; both may have been left blank, of one nobody knows which it is.
    if lost || !(values.is_empty() || values.len() == weight - levels) {
        return None;
    }
    let known = above.iter().rev().take_while(|cell| names.is_level(&cell.text)).count();
    let above = above.get(above.len() - known.min(levels - 1)..)?;
    let lead = std::iter::repeat_n(blank(), (levels - 1).saturating_sub(above.len()));
    let gap = std::iter::repeat_n(blank(), weight - levels - values.len());
    let all = lead.chain(above.iter().cloned()).chain([name.clone()]).chain(values.iter().cloned()).chain(gap);
    Some(all.chain(points.iter().cloned()).collect())
}

fn blank() -> Cell {
    Cell { text: String::new(), line: 0 }
}

/// True for dots that stand for more of the same.
fn is_dots(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| matches!(c, '.' | '…'))
}

/// The words of forms, and the names of levels that the schemes have.
struct Names<'c> {
    head: &'c FormHead,
    levels: Vec<&'c str>,
}

impl<'c> Names<'c> {
    fn of(catalog: &'c Catalog) -> Names<'c> {
        let trees = catalog.performance.library.trees();
        let levels = trees.iter().flat_map(|tree| &tree.level);
        let levels = levels.flat_map(|level| std::iter::once(&level.name).chain(&level.below)).map(String::as_str);
        Names { head: &catalog.performance.words.form_head, levels: levels.collect() }
    }

    /// True for the name of a level, perhaps with its points behind it, or for those alone.
    fn is_level(&self, text: &str) -> bool {
        let text = plain(text);
        let bare = text.split_once('(').map_or(text.as_str(), |(before, _)| before);
        let points = bare.is_empty() && text.ends_with(')') && text.contains(|c: char| c.is_ascii_digit());
        points || self.levels.contains(&bare)
    }

    /// The cells, with words of levels and heads that were broken over two put together.
    fn joined(&self, cells: Vec<Cell>) -> Vec<Cell> {
        let known = |text: &str| self.is_level(text) || self.head.levels.iter().any(|word| *word == plain(text));
        let mut out: Vec<Cell> = Vec::with_capacity(cells.len());
        for cell in cells {
            match out.last_mut() {
                Some(last) if !known(&cell.text) && known(&format!("{}{}", last.text, cell.text)) => {
                    last.text.push_str(&cell.text);
                }
                Some(last) if !known(&last.text) && known(&format!("{}{}", last.text, cell.text)) => {
                    last.text.push_str(&cell.text);
                }
                _ => out.push(cell),
            }
        }
        out
    }
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

    #[test]
    fn broken_levels_are_joined_and_values_that_nobody_filled_in_leave_their_columns_blank() {
        let catalog = Catalog::load(&[]).unwrap();
        let text = "项目名称：渡口修缮\n主管部门：青峰县水利局\n项目资金 年初预算数 全年预算数(A) 全年执行数(B) 分值 执行率(B/A) 得分\n年度资金总额： 60 60 60 10 100% 10\n\
            绩效指标 一级\n指标\n二级指标 三级指标 年度指标值 实际完成值 分值 得分 偏差原因\n(50分)\n数量指标 指标1：修缮渡口 3 3 20 20\n……\n\
            质量指标 指标1：验收合格 30 30\n(30分)\n可持续影\n响指标\n指标1：/ / /\n服务对象\n满意度指标 指标1：满意度 90% 95% 40 38\n总分 100 98";
        let lines = text.lines().zip(1u32..).map(|(text, number)| {
            let place = Place { line: Some(number), ..Place::default() };
            Piece::Line(PageLine { text: text.to_owned(), place, ..PageLine::default() })
        });
        let pieces = restored(lines.collect(), &catalog);
        let [Piece::Grid(grid)] = pieces.as_slice() else { panic!("{pieces:?}") };
        let row = |at: usize| grid.cells_of(at).iter().map(Value::as_str).collect::<Vec<_>>().join("/");
        let told: Vec<String> = (5..grid.rows.len()).map(row).collect();
        assert_eq!(
            told,
            [
                "一级指标/二级指标/三级指标/年度指标值/实际完成值/分值/得分/偏差原因",
                "(50分)/数量指标/指标1：修缮渡口/3/3/20/20",
                "/质量指标/指标1：验收合格///30/30",
                "/服务对象满意度指标/指标1：满意度/90%/95%/40/38",
                "总分/////100/98",
            ]
        );
    }

    #[test]
    fn indicators_with_signs_and_blanks_in_cells_of_their_own_are_rows() {
        let catalog = Catalog::load(&[]).unwrap();
        let text = "项目名称\n护岸加固\n年初预算\n调整后预算数\n预算执行数\n预算执行率\n权重\n得分\n总额\n30\n30\n27\n90%\n10\n9\n\n\
            产出指标\n数量指标\n加固长度\n≥\n200\n米\n\n60\n\n质量指标\n验收合格率\n=\n100\n%\n100\n30\n30\n结论\n以上。";
        let lines = text.lines().zip(1u32..).filter(|(text, _)| !text.is_empty()).map(|(text, number)| {
            let place = Place { line: Some(number), ..Place::default() };
            Piece::Line(PageLine { text: text.to_owned(), place, ..PageLine::default() })
        });
        let pieces = restored(lines.collect(), &catalog);
        let Some(Piece::Grid(grid)) = pieces.first() else { panic!("{pieces:?}") };
        let row = |at: usize| grid.cells_of(at).iter().map(Value::as_str).collect::<Vec<_>>().join("/");
        let last = grid.rows.len() - 1;
        assert_eq!(row(last - 1), "产出指标/数量指标/加固长度/≥200米//60/");
        assert_eq!(row(last), "/质量指标/验收合格率/=100%/100/30/30");
    }

    #[test]
    fn a_rate_that_was_left_out_leaves_its_column_blank() {
        let catalog = Catalog::load(&[]).unwrap();
        let text = "项目名称 林木养护\n项目资金 年初预算数 全年预算数 全年执行数 分值 执行率(B/A) 得分\n年度资金总额： 50 50 45 10 9\n其中：财政拨款 50 50 45 - -\n注：以上。";
        let lines = text.lines().zip(1u32..).map(|(text, number)| {
            let place = Place { line: Some(number), ..Place::default() };
            Piece::Line(PageLine { text: text.to_owned(), place, ..PageLine::default() })
        });
        let pieces = restored(lines.collect(), &catalog);
        let [Piece::Grid(grid), Piece::Line(note)] = pieces.as_slice() else { panic!("{pieces:?}") };
        assert_eq!(note.text, "注：以上。");
        let row = |at: usize| grid.cells_of(at).iter().map(Value::as_str).collect::<Vec<_>>().join("/");
        assert_eq!(row(3), "年度资金总额：/50/50/45/10//9");
    }
}

//! Statutory tables whose cells stand one a line: first the headings, level by level, then the one row of amounts. Put back where
//! the headings are exactly those of a layout of the form that the title names, and there is an amount for each. Anything else
//! stays text.

use std::collections::BTreeSet;

use juesuan_catalog::{Catalog, Form, FormColumn};
use juesuan_forms::{cells, title};
use juesuan_model::{CellRole, Dimension};
use juesuan_read::{Grid, PageLine, Piece, Row, Value};
use juesuan_text::plain;

/// Lines between title and headings, at most: unit, number.
const ABOVE_MAX: usize = 3;
/// Lines of headings, at most: a heading may be broken over lines.
const HEADS_MAX: usize = 24;
/// Longest heading, in characters.
const HEAD_MAX: usize = 24;
/// Levels of headings.
const LEVELS: usize = 2;

/// The pieces with such tables as grids.
pub fn restored(pieces: Vec<Piece>, catalog: &Catalog) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut rest = pieces.as_slice();
    while let Some((piece, after)) = rest.split_first() {
        rest = after;
        out.push(piece.clone());
        let Piece::Line(line) = piece else { continue };
        if cells::unit(&line.text).is_none() {
            continue;
        }
        let above = out.iter().rev().take(ABOVE_MAX).filter_map(text);
        let titled: Vec<String> = above.filter_map(|above| title::form_of(catalog, above)).collect();
        if let Some((grid, used)) = titled.first().and_then(|key| table(after, key, catalog)) {
            out.push(Piece::Grid(grid));
            rest = after.get(used..).unwrap_or_default();
        }
    }
    out
}

/// The text of a line that stands on no page.
fn text(piece: &Piece) -> Option<&str> {
    match piece {
        Piece::Line(line) if line.place.page.is_none() => Some(line.text.trim()),
        _ => None,
    }
}

fn bare_line(piece: &Piece) -> Option<(&PageLine, &str)> {
    let Piece::Line(line) = piece else { return None };
    text(piece).map(|text| (line, text))
}

/// The table of a form at the beginning of lines, and how many lines it takes.
fn table(pieces: &[Piece], key: &str, catalog: &Catalog) -> Option<(Grid, usize)> {
    // Bars that stood alone leave empty lines.
    let lines = (1..).zip(pieces.iter().map_while(bare_line)).filter(|(_, (_, text))| !text.is_empty());
    let (counts, lines): (Vec<usize>, Vec<(&PageLine, &str)>) = lines.unzip();
    let heads = lines.iter().take_while(|(_, text)| is_head(text)).count();
    let amounts = lines.iter().skip(heads).take_while(|(_, text)| is_amount(text)).count();
    if !(LEVELS..=HEADS_MAX).contains(&heads) {
        return None;
    }
    let (printed, rest) = lines.split_at_checked(heads)?;
    let row = rest.get(..amounts)?;
    let words: String = printed.iter().map(|(_, text)| plain(text)).collect();
    let forms = catalog.variants.iter().filter_map(|variant| variant.form(key));
    let head = forms.filter_map(|form| Columns::of(form, catalog)).find_map(|columns| columns.laid_out(&words))?;
    if head.first().map(Vec::len) != Some(amounts) {
        return None;
    }
    let number = |at: Option<&(&PageLine, &str)>| at.and_then(|(line, _)| line.place.line).unwrap_or(1);
    let of_words = |words: Vec<String>| Row {
        line: number(printed.first()),
        cells: words.iter().map(|word| Value::text(word)).collect(),
        ..Row::default()
    };
    let mut rows: Vec<Row> = head.into_iter().map(of_words).collect();
    let amounts_of = row.iter().map(|(_, text)| Value::text(text)).collect();
    rows.push(Row { line: number(row.first()), cells: amounts_of, ..Row::default() });
    let file = printed.first().and_then(|(line, _)| line.place.file.clone()).unwrap_or_default();
    Some((Grid { file, rows, ..Grid::default() }, *counts.get(heads + amounts - 1)?))
}

fn is_head(text: &str) -> bool {
    !text.is_empty()
        && text.chars().count() <= HEAD_MAX
        && !text.contains(|c: char| c.is_ascii_digit() || matches!(c, '。' | '，' | '；' | ',' | ';'))
}

fn is_amount(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-'))
}

/// A heading of the upper level, with the columns below it.
struct Group<'a> {
    words: BTreeSet<String>,
    columns: Vec<&'a FormColumn>,
}

/// The columns of a layout that has nothing but amounts.
struct Columns<'a> {
    groups: Vec<Group<'a>>,
}

impl<'a> Columns<'a> {
    fn of(form: &'a Form, catalog: &Catalog) -> Option<Columns<'a>> {
        let [block] = form.block.as_slice() else { return None };
        let fits = |column: &FormColumn| column.kind == CellRole::Number && column.head.len() <= LEVELS;
        if !block.column.iter().all(fits) {
            return None;
        }
        let mut groups: Vec<Group<'a>> = Vec::new();
        for column in &block.column {
            let top = column.head.first()?;
            let leaf = column.head.len() == 1;
            let open =
                |group: &&mut Group<'a>| group.columns.first().is_some_and(|c| !leaf && c.head.first() == Some(top));
            if let Some(group) = groups.last_mut().filter(open) {
                group.columns.push(column);
                continue;
            }
            let own = if leaf { column.words().map(plain).collect() } else { BTreeSet::from([plain(top)]) };
            let words = own.into_iter().chain(names(column, catalog)).collect();
            groups.push(Group { words, columns: vec![column] });
        }
        Some(Columns { groups })
    }

    /// The rows of headings, in the order in which `words` prints them one behind the other: the upper level, then what stands
    /// below its headings.
    fn laid_out(&self, words: &str) -> Option<[Vec<String>; LEVELS]> {
        let mut rest = words;
        let mut order: Vec<&Group<'_>> = Vec::new();
        while order.len() < self.groups.len() {
            let open = self.groups.iter().filter(|group| !order.iter().any(|known| std::ptr::eq(*known, *group)));
            let fitting =
                open.filter_map(|group| Some((longest(group.words.iter().map(String::as_str), rest)?, group)));
            let (length, group) = fitting.max_by_key(|(length, _)| *length)?;
            order.push(group);
            rest = rest.get(length..)?;
        }
        let (mut upper, mut lower) = (Vec::new(), Vec::new());
        for group in order {
            for (at, column) in group.columns.iter().enumerate() {
                let top = column.head.first().cloned()?;
                upper.push(if at == 0 { top } else { String::new() });
                let Some(own) = column.head.get(1) else {
                    lower.push(String::new());
                    continue;
                };
                let spelled: Vec<String> = column.words().map(plain).collect();
                rest = rest.get(longest(spelled.iter().map(String::as_str), rest)?..)?;
                lower.push(own.clone());
            }
        }
        rest.is_empty().then_some([upper, lower])
    }
}

/// What running text calls the theme of a column.
fn names(column: &FormColumn, catalog: &Catalog) -> Vec<String> {
    let Some(theme) = column.means.get(Dimension::Theme) else { return Vec::new() };
    let of_lexicon = catalog.lexicon.word.iter().filter(|entry| match entry.means.as_slice() {
        [one] => one.get(Dimension::Theme) == Some(theme),
        _ => false,
    });
    let of_node = catalog.trees.node(Dimension::Theme, theme);
    let words = of_lexicon.flat_map(|entry| &entry.words).chain(of_node.iter().flat_map(|node| &node.words));
    words.map(|word| plain(word)).collect()
}

/// Bytes of the longest of these words with which a text begins.
fn longest<'w>(words: impl Iterator<Item = &'w str>, text: &str) -> Option<usize> {
    words.filter(|word| !word.is_empty() && text.starts_with(word)).map(str::len).max()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<String> {
        let catalog = Catalog::load(&[]).unwrap();
        let line = |text: &str| Piece::Line(PageLine { text: text.to_owned(), ..PageLine::default() });
        let told = |grid: &Grid| {
            let row = |at: usize| grid.cells_of(at).iter().map(Value::as_str).collect::<Vec<_>>().join("/");
            (0..grid.rows.len()).map(row).collect::<Vec<_>>()
        };
        let pieces = restored(text.lines().map(line).collect(), &catalog);
        pieces
            .iter()
            .filter_map(|piece| if let Piece::Grid(grid) = piece { Some(told(grid)) } else { None })
            .flatten()
            .collect()
    }

    #[test]
    fn headings_and_amounts_one_a_line_are_a_row_below_them() {
        let text = "2025年一般公共预算“三公”经费支出预算表\n单位：万元\n“三公”经费合计\n公务接待费\n因公出国（境）费\n\
            公务用车购置及运行维护费\n小计\n公务用车\n购置费\n公务用车运行费\n31\n4\n2\n25\n18\n7\n二、说明";
        assert_eq!(
            rows(text),
            [
                "“三公”经费合计/公务接待费/因公出国（境）费/公务用车购置及运行费//",
                "///小计/公务用车购置费/公务用车运行费",
                "31/4/2/25/18/7",
            ]
        );
    }

    #[test]
    fn empty_lines_between_the_levels_are_no_headings() {
        let text = "2025年一般公共预算“三公”经费支出预算表\n单位：万元\n合计\n因公出国（境）费\n公务用车购置及运行费\n公务接待费\n\n\n\
            小计\n公务用车购置费\n公务用车运行费\n\n31\n2\n25\n18\n7\n4\n二、说明";
        let rows = rows(text);
        assert_eq!(rows.get(2).map(String::as_str), Some("31/2/25/18/7/4"), "{rows:?}");
    }

    #[test]
    fn an_amount_too_few_or_a_heading_that_nobody_knows_stays_text() {
        let title = "2025年一般公共预算“三公”经费支出预算表\n单位：万元\n";
        let heads = "合计\n因公出国（境）费\n公务用车购置及运行费\n公务接待费\n小计\n公务用车购置费\n公务用车运行费\n";
        assert_eq!(rows(&format!("{title}{heads}31\n2\n25\n18\n7")), Vec::<String>::new());
        assert_eq!(rows(&format!("{title}会议费\n{heads}31\n2\n25\n18\n7\n4\n1")), Vec::<String>::new());
    }
}

//! Headings of a sheet → columns of a form.

use juesuan_catalog::{Form, FormBlock, FormColumn};
use juesuan_model::CellRole;

use super::words::code;

/// Headings of the columns of a code whose levels stand apart.
pub const LEVELS: [&str; 3] = ["类", "款", "项"];

/// Codes by which a column without a known heading is one of codes, at least.
const CODES_MIN: usize = 3;

/// The columns of a sheet that belong to one block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BlockColumns {
    /// Columns of the code; several where 类, 款, 项 stand apart.
    pub code: Vec<usize>,
    /// Column of the name.
    pub label: Option<usize>,
    /// Column of each figure column of the form.
    pub numbers: Vec<Option<usize>>,
    /// True if a part of some name was cut away: of the lines of a long one a spreadsheet prints only one.
    pub cut: bool,
}

/// True for the columns that name a row.
pub fn is_label(column: &FormColumn) -> bool {
    matches!(column.kind, CellRole::Label | CellRole::Code)
}

/// How places name a number column: its path without what all number columns of the table share.
pub fn column_place(blocks: &[FormBlock], column: &FormColumn) -> String {
    let shared = (0..column.head.len().saturating_sub(1))
        .take_while(|level| {
            blocks.iter().flat_map(FormBlock::numbers).all(|c| c.head.get(*level) == column.head.get(*level))
        })
        .count();
    let mut words: Vec<&str> = column.head.iter().skip(shared).map(String::as_str).collect();
    words.dedup();
    words.join("·")
}

/// Every word that heads a column of the form.
pub fn head_words(form: &Form) -> Vec<String> {
    let columns = form.block.iter().flat_map(|b| &b.column);
    columns.flat_map(|column| column.path().iter().chain(column.called())).cloned().collect()
}

/// Where the columns of a form stand among the headings of a sheet (a path from the top for each of its columns), and
/// how many figure columns were found. What fits best is settled first; of equals the leftmost.
pub fn assign(form: &Form, paths: &[Vec<String>]) -> (Vec<BlockColumns>, usize) {
    let columns: Vec<&FormColumn> = form.block.iter().flat_map(|b| &b.column).collect();
    let last = |at: usize| paths.get(at).and_then(|path| path.last()).map(String::as_str);
    // 款 and 项 belong to the 类 to their left.
    let lower = |at: usize| at > 0 && last(at).is_some_and(|word| LEVELS.iter().skip(1).any(|level| *level == word));
    let mut pairs: Vec<(usize, usize, usize)> = Vec::new();
    for (number, column) in columns.iter().enumerate().filter(|(_, c)| c.kind != CellRole::Ordinal) {
        let scores = paths.iter().enumerate().map(|(at, path)| (score(column, path), number, at));
        let apart = column.kind == CellRole::Code;
        pairs.extend(scores.filter(|(score, _, at)| *score > 0 && !(apart && lower(*at))));
    }
    pairs.sort_by_key(|(score, number, at)| (std::cmp::Reverse(*score), *number, *at));
    let mut places: Vec<Option<usize>> = vec![None; columns.len()];
    let mut taken = vec![false; paths.len()];
    for (_, number, at) in pairs {
        if let (Some(place @ None), Some(taken @ false)) = (places.get_mut(number), taken.get_mut(at)) {
            (*place, *taken) = (Some(at), true);
        }
    }
    let matched = columns.iter().zip(&places).filter(|(c, at)| c.kind == CellRole::Number && at.is_some()).count();
    let mut places = places.into_iter();
    let mut blocks = Vec::new();
    for block in &form.block {
        let mut found = BlockColumns::default();
        for (column, at) in block.column.iter().zip(places.by_ref()) {
            match column.kind {
                CellRole::Code => {
                    found.code.extend(at);
                    // 类, 款, 项 under one heading.
                    if let Some(first) = at.filter(|at| last(*at) == Some(LEVELS[0])) {
                        let levels = LEVELS.iter().enumerate().skip(1);
                        found.code.extend(
                            levels
                                .map(|(by, word)| (first + by, word))
                                .filter_map(|(at, word)| (last(at) == Some(*word)).then_some(at)),
                        );
                    }
                }
                CellRole::Label => found.label = at,
                CellRole::Ordinal => {}
                CellRole::Number => found.numbers.push(at),
            }
        }
        found.code.extend(under_one_heading(&found, paths, &taken));
        blocks.push(found);
    }
    (blocks, matched)
}

/// The columns between code and name that stand under the heading of the code: 款 and 项 whose own headings are not printed,
/// or stand beside 栏次.
fn under_one_heading(found: &BlockColumns, paths: &[Vec<String>], taken: &[bool]) -> Vec<usize> {
    let ([first], Some(label)) = (found.code.as_slice(), found.label) else { return Vec::new() };
    let between: Vec<usize> = (first + 1..label).collect();
    let same = |at: &usize| paths.get(*at) == paths.get(*first) && taken.get(*at) == Some(&false);
    if between.len() < LEVELS.len() && between.iter().all(same) { between } else { Vec::new() }
}

/// Gives each block whose column of codes has no known heading the one before its names, if nothing but codes and totals (the words
/// `totals`) stands there; `cells` are the texts of a column of the body.
pub fn find_codes(form: &Form, columns: &mut [BlockColumns], totals: &[String], cells: impl Fn(usize) -> Vec<String>) {
    let of_block = |found: &BlockColumns, at: usize| {
        found.code.contains(&at) || found.label == Some(at) || found.numbers.contains(&Some(at))
    };
    for (number, block) in form.block.iter().enumerate() {
        let coded = block.column.iter().any(|column| column.kind == CellRole::Code);
        let open = columns.get(number).filter(|found| coded && found.code.is_empty());
        let before = open.and_then(|found| found.label?.checked_sub(1));
        let Some(at) = before.filter(|at| !columns.iter().any(|found| of_block(found, *at))) else { continue };
        let mut texts = cells(at);
        texts.retain(|text| !text.is_empty());
        let codes = texts.iter().filter(|text| code(text).as_deref() == Some(text.as_str())).count();
        // The total stands over both columns.
        let others = texts.iter().filter(|text| totals.iter().any(|word| text.ends_with(word.as_str()))).count();
        if let (true, Some(found)) = (codes >= CODES_MIN && codes + others == texts.len(), columns.get_mut(number)) {
            found.code.push(at);
        }
    }
}

/// Gives each block whose column of names has no known heading the one behind its codes, if nothing but words stands there.
pub fn find_labels(form: &Form, columns: &mut [BlockColumns], cells: impl Fn(usize) -> Vec<String>) {
    for (number, block) in form.block.iter().enumerate() {
        let named = block.column.iter().any(|column| column.kind == CellRole::Label);
        let open = columns.get(number).filter(|found| named && found.label.is_none());
        let behind = open.and_then(|found| Some(found.code.iter().max()? + 1));
        let taken =
            |at: usize| columns.iter().any(|found| found.code.contains(&at) || found.numbers.contains(&Some(at)));
        let Some(at) = behind.filter(|at| !taken(*at)) else { continue };
        let texts: Vec<String> = cells(at).into_iter().filter(|text| !text.is_empty()).collect();
        let words = texts.iter().filter(|text| text.starts_with(char::is_alphabetic)).count();
        if let (true, Some(found)) = (words >= CODES_MIN && words == texts.len(), columns.get_mut(number)) {
            found.label = Some(at);
        }
    }
}

/// How well a heading of a sheet fits a column: its last heading must be the same, or stand above (类 under 科目编码); that of
/// a code or name may say more or less before it (部门经济分类科目名称, 科目编码) and name its levels behind it (科目名称（款）);
/// each shared heading above it counts.
fn score(column: &FormColumn, path: &[String]) -> usize {
    let own = column.path();
    let is_word = |text: &String| column.called().contains(text);
    let Some(last) = path.last() else { return 0 };
    let bare = last.split_once('(').map_or(last.as_str(), |(before, _)| before);
    let ends = |long: &str, short: &str| short.chars().count() > LEVELS.len() && long.ends_with(short);
    let longer = || own.last().is_some_and(|word| ends(bare, word) || ends(word, bare));
    let fit = if is_word(last) {
        20
    } else if is_label(column) && longer() {
        15
    } else if path.iter().any(is_word) && (is_label(column) || own.len() < path.len()) {
        10
    } else {
        return 0;
    };
    let exact = usize::from(own.last() == Some(last)) * 2;
    let above = own.iter().rev().skip(1).filter(|word| path.contains(word)).count();
    let strange = path.iter().filter(|word| !own.contains(word) && !is_word(word)).count();
    (fit + exact + 3 * above).saturating_sub(strange).max(1)
}

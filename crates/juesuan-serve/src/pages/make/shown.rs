//! A table as it is shown: what each column was taken for, and what it may be.

use juesuan_catalog::{InputColumn, InputFile};
use juesuan_inputs::columns::{self, COLUMNS_SHOWN, stands_in};
use juesuan_inputs::mapping::DETAILS;
use juesuan_inputs::seen::{Counts, KnownBy, SeenColumn, Table};
use juesuan_model::{Gravity, Money, Problem};

/// Where the columns of one kind are told from what is written in one cell.
const BOOKS: &str = "books";
/// Places that are told of a problem.
const PLACES: usize = 3;

/// Tables of a file with the same head: what is chosen for one holds for all of them.
pub struct Group {
    /// The first, as it stands.
    pub table: Table,
    /// By what it is known.
    pub kind: String,
    /// What the tables of this folder may be.
    pub kinds: Vec<(String, String)>,
    /// The columns that are shown.
    pub columns: Vec<Shown>,
    /// Columns of the kind that nothing was assigned to.
    pub open: Vec<Open>,
    /// All of them: sheet, how many rows became what, sums by the names of their columns.
    pub parts: Vec<Part>,
}

/// A column.
pub struct Shown {
    /// Its name and what was recognised.
    pub seen: SeenColumn,
    /// Its letter, as in an office program.
    pub letter: String,
    /// What it may be: key, name, whether the table cannot be read without it.
    pub choices: Vec<(String, String, bool)>,
    /// Names of what it most likely is.
    pub likely: Vec<String>,
}

/// A column of the kind that nothing was assigned to.
pub struct Open {
    /// Its usual head.
    pub name: String,
    /// What it holds.
    pub help: String,
    /// Nothing can be read without it.
    pub is_missing: bool,
    /// Titles or labels tell it.
    pub is_told_elsewhere: bool,
}

/// One of the tables with the same head.
pub struct Part {
    /// The sheet; empty in a text.
    pub sheet: String,
    /// How many rows became what.
    pub counts: Option<Counts>,
    /// Names of columns of amounts with their sums.
    pub sums: Vec<(String, String)>,
}

/// A problem with all places at which it stands.
pub struct Wrong {
    /// As it is told at the first.
    pub problem: Problem,
    /// The first places: sheet behind the name of the file, line, column.
    pub places: Vec<(String, Option<u32>, Option<String>)>,
    /// How many places there are.
    pub count: usize,
}

impl Wrong {
    /// True if somebody only has to look.
    pub fn is_doubt(&self) -> bool {
        self.problem.gravity == Gravity::Doubt
    }
}

/// Problems of a file, those of the same words together.
pub fn grouped(problems: Vec<Problem>, file: &str) -> Vec<Wrong> {
    let mut all: Vec<Wrong> = Vec::new();
    for problem in problems {
        let own = stands_in(&problem.place, file);
        let sheet =
            problem.place.file.as_deref().map_or("", |name| if own { name.trim_start_matches(file) } else { name });
        let sheet = problem.place.table.clone().unwrap_or_else(|| sheet.to_owned());
        let place = (sheet, problem.place.line, problem.place.column.clone());
        match all.iter_mut().find(|one| one.problem.message == problem.message) {
            Some(one) => {
                one.count += 1;
                if one.places.len() < PLACES {
                    one.places.push(place);
                }
            }
            None => all.push(Wrong { problem, places: vec![place], count: 1 }),
        }
    }
    all
}

/// By what a form tells whether another kind or head was chosen than was shown.
pub fn known_as(kind: &str, (top, data): (usize, usize)) -> String {
    format!("{kind} {top} {data}")
}

/// The tables of a file, those with the same head together.
pub fn groups(tables: Vec<Table>, kinds: &[&InputFile]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for table in tables {
        let spec = table.kind.as_ref().and_then(|(key, _)| kinds.iter().find(|kind| kind.key == *key).copied());
        let part = part(&table, spec);
        let names = |table: &Table| table.columns.iter().map(|column| column.name.clone()).collect::<Vec<_>>();
        let is_same = |group: &&mut Group| group.table.kind == table.kind && names(&group.table) == names(&table);
        match groups.iter_mut().find(is_same) {
            Some(group) => group.parts.push(part),
            None => groups.push(Group::new(table, part, spec, kinds)),
        }
    }
    groups
}

fn part(table: &Table, spec: Option<&InputFile>) -> Part {
    let name = |key: &str| spec.map_or_else(|| key.to_owned(), |spec| name_of(spec, key));
    let sum = |(key, fen): &(String, i128)| {
        let money = i64::try_from(*fen).map(Money).ok()?;
        Some((name(key), money.to_string()))
    };
    Part { sheet: table.sheet.clone(), counts: table.counts, sums: table.amounts.iter().filter_map(sum).collect() }
}

/// The usual head of a column of the kind.
fn name_of(spec: &InputFile, key: &str) -> String {
    let column = spec.readable().find(|column| column.key == key);
    column.and_then(|column| column.header.first()).map_or_else(|| key.to_owned(), Clone::clone)
}

impl Group {
    fn new(table: Table, part: Part, spec: Option<&InputFile>, kinds: &[&InputFile]) -> Group {
        let choices = spec.map(choices).unwrap_or_default();
        let column = |(index, seen): (usize, &SeenColumn)| Shown {
            letter: juesuan_read::grid::column_letters(index),
            choices: choices.clone(),
            likely: seen.likely.iter().map(|key| spec.map_or_else(String::new, |spec| name_of(spec, key))).collect(),
            seen: seen.clone(),
        };
        Group {
            kind: table.kind.as_ref().map(|(key, _)| key.clone()).unwrap_or_default(),
            kinds: kinds.iter().map(|kind| (kind.key.clone(), kind.title.clone())).collect(),
            columns: table.columns.iter().take(COLUMNS_SHOWN).enumerate().map(column).collect(),
            open: spec.map(|spec| open(&table, spec)).unwrap_or_default(),
            parts: vec![part],
            table,
        }
    }

    /// By what the form knows the kind and the head that are shown.
    pub fn was(&self) -> String {
        known_as(&self.kind, self.table.head)
    }

    /// By what the kind was known.
    pub fn known_by(&self) -> Option<KnownBy> {
        self.table.kind.as_ref().map(|(_, by)| *by)
    }

    /// Columns that are assigned to nothing and that nobody has told to be of no use.
    pub fn unknown(&self) -> Vec<&Shown> {
        let is_unknown = |one: &&Shown| one.seen.key.is_none() && !one.seen.is_told && !one.seen.is_unneeded;
        self.columns.iter().filter(is_unknown).collect()
    }

    /// Names of columns that are of no use here.
    pub fn unused(&self) -> Vec<&str> {
        let is_unused = |one: &&Shown| one.seen.key.is_none() && (one.seen.is_told || one.seen.is_unneeded);
        self.columns
            .iter()
            .filter(is_unused)
            .map(|one| one.seen.name.as_str())
            .filter(|name| !name.is_empty())
            .collect()
    }

    /// The rows with their place: their number, line and cells, and what they are of.
    pub fn rows(&self) -> Vec<(usize, u32, &[String], Row)> {
        let (top, data) = self.table.head;
        let kind = |number: usize| match number {
            number if number < top => Row::Above,
            number if number < data => Row::Head,
            _ => Row::Data,
        };
        self.table
            .rows
            .iter()
            .enumerate()
            .map(|(number, (line, cells))| (number, *line, cells.as_slice(), kind(number)))
            .collect()
    }

    /// True if none of its tables was read.
    pub fn is_unread(&self) -> bool {
        self.parts.iter().all(|part| part.counts.is_none())
    }

    /// A cell of a row.
    pub fn cell<'r>(&self, cells: &&'r [String], column: &usize) -> &'r str {
        cells.get(*column).map_or("", String::as_str)
    }

    /// Rows that may be the first or last of the head: number and line.
    pub fn head_rows(&self) -> Vec<(usize, u32)> {
        self.table.rows.iter().map(|(line, _)| *line).enumerate().take(20).collect()
    }

    /// Columns beyond those that are shown.
    pub fn more(&self) -> usize {
        self.table.columns.len().saturating_sub(COLUMNS_SHOWN)
    }

    /// Last row of the head.
    pub fn last(&self) -> usize {
        self.table.head.1.saturating_sub(1)
    }
}

/// Where a row stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// Above the head.
    Above,
    /// In it.
    Head,
    /// Below it.
    Data,
}

/// What a column may be: each column of the kind once.
fn choices(spec: &InputFile) -> Vec<(String, String, bool)> {
    let choice = |column: &InputColumn| (column.key.clone(), name_of(spec, &column.key), column.required);
    let mut choices: Vec<(String, String, bool)> = columns::choices(spec).into_iter().map(choice).collect();
    if spec.folder == BOOKS {
        choices.push((DETAILS.to_owned(), String::new(), false));
    }
    choices
}

/// The columns of the kind that nothing was assigned to, those without which nothing is read first.
fn open(table: &Table, spec: &InputFile) -> Vec<Open> {
    let is_there = |key: &str| table.columns.iter().any(|column| column.key.as_deref() == Some(key));
    let is_missing = |key: &str| table.missing.iter().any(|own| own == key);
    // A required column that is not missing has others in its place.
    let own = columns::choices(spec).into_iter().filter(|c| spec.column(&c.key).is_some());
    let open = own.filter(|c| !is_there(&c.key) && (is_missing(&c.key) || !c.required));
    let mut open: Vec<Open> = open
        .map(|column| Open {
            name: name_of(spec, &column.key),
            help: column.help.clone(),
            is_missing: is_missing(&column.key),
            is_told_elsewhere: table.beside.contains(&column.key),
        })
        .collect();
    open.sort_by_key(|one| !one.is_missing);
    open
}

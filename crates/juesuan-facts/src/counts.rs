//! What the registers count: how many meetings, documents, tasks, which share of motions was answered. What is counted is
//! data of the catalogue (`performance/counts.toml`).
//!
//! A register that is absent, and a cell that is needed and empty, make a count unknown; a register that is there and empty
//! makes it zero. A share of nothing is unknown.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_catalog::{Catalog, CountFilter, CountSpec, InputFile, RegisterSpec};
use juesuan_model::{Number, Place};
use juesuan_text::plain;

use crate::record::Record;

/// Rows named one by one where their empty cells make a count unknown.
const ROWS_NAMED: usize = 3;

/// Something counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// Its name: `常务会议次数`, `项目名／产出名`.
    pub key: String,
    /// How many; of a share: percent.
    pub value: Number,
    /// What is counted: `次`, `件`, `%`.
    pub unit: String,
    /// How it came about: `registers/会议登记.csv：会议类型含“常务会议”，19 行`.
    pub how: String,
    /// The row, or the file if it is several.
    pub place: Place,
}

/// Why something that the catalogue counts is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uncounted {
    /// What is missing.
    pub why: String,
    /// Where it is missing; unknown for a register that is absent.
    pub place: Place,
}

/// Everything that the registers count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    known: BTreeMap<String, Count>,
    unknown: BTreeMap<String, Uncounted>,
    /// Plain form of every name → key.
    names: BTreeMap<String, String>,
}

impl Counts {
    /// Counts in the records of every kind, those of one unit or (`None`) all; only what happened in `year`.
    pub fn new(records: &BTreeMap<String, Vec<Record>>, catalog: &Catalog, year: u16, unit: Option<&str>) -> Counts {
        let mut counts = Counts::default();
        let specs = &catalog.performance.counts;
        // A name of its own goes before one made of an entry.
        for spec in specs.counts.iter().filter(|s| s.each.is_empty()).chain(specs.counts.iter()) {
            let Some(file) = catalog.inputs.get(&spec.register) else { continue };
            let rows = records.get(&spec.register).map(|rows| {
                let mine = |row: &&Record| unit.is_none_or(|unit| row.text("unit") == unit);
                let register = specs.register(&spec.register);
                rows.iter().filter(mine).filter(|row| in_year(row, register, year)).collect::<Vec<_>>()
            });
            match (rows, spec.each.is_empty()) {
                (None, true) => {
                    let why = format!("没有“{}”；请放进 {}/", file.title, file.folder);
                    counts.put(&spec.names, Err(Uncounted { why, place: Place::default() }), spec);
                }
                (None, false) => {}
                (Some(rows), true) => counts.put(&spec.names, counted(spec, file, &[], &rows), spec),
                (Some(rows), false) => {
                    for (entries, rows) in groups(spec, &rows) {
                        let names: Vec<String> = spec.names.iter().map(|name| written(name, spec, &entries)).collect();
                        counts.put(&names, counted(spec, file, &entries, &rows), spec);
                    }
                }
            }
        }
        counts
    }

    /// A count by its name; `None` if it is unknown.
    pub fn get(&self, name: &str) -> Option<&Count> {
        self.known.get(self.names.get(&plain(name))?)
    }

    /// Why a count is unknown; `None` if it is known, or if nothing has this name.
    pub fn why(&self, name: &str) -> Option<&Uncounted> {
        self.unknown.get(self.names.get(&plain(name))?)
    }

    /// True if the name is that of a count, known or not.
    pub fn is_name(&self, name: &str) -> bool {
        self.names.contains_key(&plain(name))
    }

    /// The keys of all that is known, in their order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.known.keys().map(String::as_str)
    }

    fn put(&mut self, names: &[String], counted: Result<Counted, Uncounted>, spec: &CountSpec) {
        let Some(key) = names.first().filter(|key| !self.names.contains_key(&plain(key))) else { return };
        match counted {
            Ok(Counted { value, unit, how, place }) => {
                let unit = unit.unwrap_or_else(|| spec.unit.clone());
                self.known.insert(key.clone(), Count { key: key.clone(), value, unit, how, place });
            }
            Err(uncounted) => {
                self.unknown.insert(key.clone(), uncounted);
            }
        }
        for name in names {
            self.names.entry(plain(name)).or_insert_with(|| key.clone());
        }
    }
}

fn in_year(row: &Record, register: Option<&RegisterSpec>, year: u16) -> bool {
    register.and_then(|register| row.first_date(&register.dates)).is_none_or(|day| day.year() == year)
}

/// Rows that have the same entries in the columns of `each`, with these entries as the first of them has them, without the
/// marks of a title.
fn groups<'r>(spec: &CountSpec, rows: &[&'r Record]) -> Vec<(Vec<String>, Vec<&'r Record>)> {
    let mut groups: BTreeMap<Vec<String>, (Vec<String>, Vec<&Record>)> = BTreeMap::new();
    for row in rows {
        let entry = |column: &String| row.text(column).trim().trim_matches(['《', '》']).to_owned();
        let entries: Vec<String> = spec.each.iter().map(entry).collect();
        if entries.iter().all(|entry| !entry.is_empty()) {
            let compared = entries.iter().map(|entry| plain(entry)).collect();
            groups.entry(compared).or_insert_with(|| (entries, Vec::new())).1.push(row);
        }
    }
    groups.into_values().collect()
}

fn written(name: &str, spec: &CountSpec, entries: &[String]) -> String {
    let each = spec.each.iter().zip(entries);
    each.fold(name.to_owned(), |name, (column, entry)| name.replace(&format!("{{{column}}}"), entry))
}

struct Counted {
    value: Number,
    unit: Option<String>,
    how: String,
    place: Place,
}

/// Counts the rows of one group; `entries` are those of the columns of `each`.
fn counted(spec: &CountSpec, file: &InputFile, entries: &[String], rows: &[&Record]) -> Result<Counted, Uncounted> {
    let all = that_hold(&spec.filters, file, rows)?;
    let (whole, how_many) = amount(spec, file, &all)?;
    let mut how = how_of(&spec.filters, file);
    how.extend(spec.each.iter().zip(entries).map(|(column, entry)| format!("{}={entry}", file.head(column))));
    let value = if spec.share.is_empty() {
        how.push(how_many);
        whole
    } else {
        let (part, _) = amount(spec, file, &that_hold(&spec.share, file, &all)?)?;
        how.push(format!("{} {part}÷{whole}×100%", how_of(&spec.share, file).join("，")));
        part.percent_of(whole)
            .ok_or_else(|| Uncounted {
                why: format!("“{}”里没有可以算比率的行", file.title), place: place_of(rows)
            })?
    };
    let unit = measure(spec, file, &all)?;
    let files: BTreeSet<&str> = all.iter().filter_map(|row| row.sheet().file.as_deref()).collect();
    let files = if files.is_empty() { file.title.clone() } else { files.into_iter().collect::<Vec<_>>().join("、") };
    Ok(Counted { value, unit, how: format!("{files}：{}", how.join("，")), place: place_of(&all) })
}

/// The rows that meet all filters; an error where a cell that decides is empty.
fn that_hold<'r>(filters: &[CountFilter], file: &InputFile, rows: &[&'r Record]) -> Result<Vec<&'r Record>, Uncounted> {
    let mut found = Vec::new();
    let mut undecided = Vec::new();
    for row in rows {
        let verdicts: Vec<(&CountFilter, Option<bool>)> = filters.iter().map(|f| (f, holds(f, row))).collect();
        if verdicts.iter().any(|(_, holds)| *holds == Some(false)) {
            continue;
        }
        match verdicts.iter().find(|(_, holds)| holds.is_none()) {
            Some((filter, _)) => undecided.push((*row, missing_column(filter, row))),
            None => found.push(*row),
        }
    }
    match empty_cells(file, &undecided) {
        Some(uncounted) => Err(uncounted),
        None => Ok(found),
    }
}

/// True or false, or nothing where a cell that decides is empty.
fn holds(filter: &CountFilter, row: &Record) -> Option<bool> {
    if let Some(filled) = filter.filled {
        return Some(row.has(&filter.column) == filled);
    }
    if !filter.by.is_empty() {
        return row.date(&filter.column).map_or(Some(false), |day| row.date(&filter.by).map(|due| day <= due));
    }
    if !filter.within.is_empty() {
        let Some(day) = row.date(&filter.column) else { return Some(false) };
        let (from, days) = (row.date(&filter.from)?, row.count(&filter.within)?);
        return Some(day.serial() - from.serial() <= days);
    }
    let entry = plain(row.filled(&filter.column)?);
    Some(if filter.is.is_empty() {
        filter.contains.iter().any(|word| entry.contains(&plain(word)))
    } else {
        filter.is.iter().any(|word| entry == plain(word))
    })
}

/// The column whose empty cell leaves a filter undecided.
fn missing_column<'f>(filter: &'f CountFilter, row: &Record) -> &'f str {
    let needed = [&filter.column, &filter.by, &filter.from, &filter.within];
    needed.into_iter().find(|column| !column.is_empty() && !row.has(column)).unwrap_or(&filter.column)
}

/// Rows, different entries or a sum, and how it is told.
fn amount(spec: &CountSpec, file: &InputFile, rows: &[&Record]) -> Result<(Number, String), Uncounted> {
    let number = |length: usize| Number::whole(i64::try_from(length).unwrap_or(i64::MAX));
    if !spec.distinct.is_empty() {
        let entries: BTreeSet<_> = rows.iter().filter_map(|row| row.entry(&spec.distinct)).collect();
        let how = format!("不同的{} {} 个（{} 行）", file.head(&spec.distinct), entries.len(), rows.len());
        return Ok((number(entries.len()), how));
    }
    if spec.sum.is_empty() {
        return Ok((number(rows.len()), format!("{} 行", rows.len())));
    }
    let value = |row: &Record| match (row.number(&spec.sum), spec.blank) {
        (None, Some(blank)) => Some(Number::whole(blank)),
        (value, _) => value,
    };
    let undecided: Vec<(&Record, &str)> =
        rows.iter().filter(|row| value(row).is_none()).map(|row| (*row, spec.sum.as_str())).collect();
    if let Some(uncounted) = empty_cells(file, &undecided) {
        return Err(uncounted);
    }
    let sum = rows.iter().filter_map(|row| value(row)).try_fold(Number::ZERO, Number::plus);
    let sum =
        sum.ok_or_else(|| Uncounted { why: "数大得加不起来；请核对".to_owned(), place: place_of(rows) })?;
    Ok((sum, format!("{}合计 {sum}（{} 行）", file.head(&spec.sum), rows.len())))
}

/// What is counted, if a column says it; an error if rows say different things.
fn measure(spec: &CountSpec, file: &InputFile, rows: &[&Record]) -> Result<Option<String>, Uncounted> {
    if spec.measure.is_empty() {
        return Ok(None);
    }
    let measures: BTreeSet<&str> = rows.iter().filter_map(|row| row.filled(&spec.measure)).map(str::trim).collect();
    match measures.into_iter().collect::<Vec<_>>().as_slice() {
        [] => Ok(None),
        [one] => Ok(Some((*one).to_owned())),
        several => {
            let why = format!("{}不一致（{}），不能相加；请改成一样的", file.head(&spec.measure), several.join("、"));
            Err(Uncounted { why, place: place_of(rows) })
        }
    }
}

fn empty_cells(file: &InputFile, rows: &[(&Record, &str)]) -> Option<Uncounted> {
    let (first, column) = rows.first()?;
    let lines: Vec<String> = rows.iter().take(ROWS_NAMED).map(|(row, _)| row.line().to_string()).collect();
    let more = if rows.len() > ROWS_NAMED { format!("等 {} 行", rows.len()) } else { "行".to_owned() };
    let why = format!("第 {} {more}没有填{}，数不出来；请补上", lines.join("、"), file.head(column));
    Some(Uncounted { why, place: first.place(column) })
}

/// The conditions, as people read them.
fn how_of(filters: &[CountFilter], file: &InputFile) -> Vec<String> {
    let told = |filter: &CountFilter| {
        let column = file.head(&filter.column);
        if let Some(filled) = filter.filled {
            return format!("{column}{}", if filled { "已填" } else { "空白" });
        }
        if !filter.by.is_empty() {
            return format!("{column}不晚于{}", file.head(&filter.by));
        }
        if !filter.within.is_empty() {
            return format!("{column}在{}之内", file.head(&filter.within));
        }
        if filter.is.is_empty() {
            format!("{column}含“{}”", filter.contains.join("”或“"))
        } else {
            format!("{column}={}", filter.is.join("、"))
        }
    };
    filters.iter().map(told).collect()
}

/// The row; of several rows the sheet.
fn place_of(rows: &[&Record]) -> Place {
    match rows {
        [] => Place::default(),
        [row] => row.row_place(),
        [row, ..] => row.sheet().clone(),
    }
}

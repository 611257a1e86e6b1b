//! What contradicts itself in the registers: dates out of the year or out of order, a state that the dates deny, tasks that
//! nobody answers for, things entered twice. Which columns say so is data of the catalogue (`performance/counts.toml`).

use std::collections::BTreeMap;

use juesuan_catalog::{Catalog, InputFile, RegisterSpec};
use juesuan_facts::record::Record;
use juesuan_model::{Place, Problem};
use juesuan_text::plain;

/// Names what is wrong in every register that the catalogue describes.
pub fn check(records: &BTreeMap<String, Vec<Record>>, catalog: &Catalog, year: u16, problems: &mut Vec<Problem>) {
    for register in &catalog.performance.counts.registers {
        let Some(file) = catalog.inputs.get(&register.key) else { continue };
        let rows = records.get(&register.key).map_or(&[][..], Vec::as_slice);
        for row in rows {
            dates(row, register, file, year, problems);
            state(row, register, file, problems);
            owner(row, register, file, problems);
        }
        doubles(rows, register, file, problems);
    }
}

fn dates(row: &Record, register: &RegisterSpec, file: &InputFile, year: u16, problems: &mut Vec<Problem>) {
    let happened = register.dates.iter().find(|column| row.date(column).is_some());
    if let (Some(column), Some(day)) = (happened, row.first_date(&register.dates))
        && day.year() != year
    {
        let message = format!("{} {day} 不在 {year} 年内，没有计入；请核对日期，不是本年的请删去", file.head(column));
        problems.push(Problem::doubt(row.place(column), message));
    }
    let Some(given) = row.date(&register.given) else { return };
    for column in [&register.done, &register.due] {
        if let Some(later) = row.date(column).filter(|later| *later < given) {
            let (later_head, given_head) = (file.head(column), file.head(&register.given));
            let message = format!("{later_head} {later} 早于{given_head} {given}；请核对这两个日期");
            problems.push(Problem::contradiction(row.place(column), message));
        }
    }
}

fn state(row: &Record, register: &RegisterSpec, file: &InputFile, problems: &mut Vec<Problem>) {
    let Some(status) = row.filled(&register.status) else { return };
    let done = row.has(&register.done);
    let head = file.head(&register.done);
    let message = if !done && register.closed.iter().any(|word| word == status) {
        format!("写着“{status}”，却没有{head}；请补上{head}，或改正状态")
    } else if done && register.open.iter().any(|word| word == status) {
        format!("写着“{status}”，却有{head}；请删去{head}，或改正状态")
    } else {
        return;
    };
    problems.push(Problem::contradiction(row.place(&register.status), message));
}

/// A task needs somebody who answers for it and a day until which it is done.
fn owner(row: &Record, register: &RegisterSpec, file: &InputFile, problems: &mut Vec<Problem>) {
    if register.owners.is_empty() {
        return;
    }
    if !register.owners.iter().any(|column| row.has(column)) {
        let heads: Vec<&str> = register.owners.iter().map(|column| file.head(column)).collect();
        problems.push(Problem::doubt(row.row_place(), format!("没有{}；请补上", heads.join("和"))));
    }
    if !row.has(&register.due) {
        let message = format!("没有{}，看不出是否逾期；请补上", file.head(&register.due));
        problems.push(Problem::doubt(row.place(&register.due), message));
    }
}

fn doubles(rows: &[Record], register: &RegisterSpec, file: &InputFile, problems: &mut Vec<Problem>) {
    if register.same.is_empty() {
        return;
    }
    let mut seen: BTreeMap<Vec<String>, Place> = BTreeMap::new();
    for row in rows.iter().filter(|row| register.same.iter().all(|column| row.has(column))) {
        // The same newsletter of two units, or of two years, is not the same thing.
        let year = row.first_date(&register.dates).map(|day| day.year().to_string()).unwrap_or_default();
        let entries = register.same.iter().map(|column| plain(row.text(column)));
        let key: Vec<String> = entries.chain([row.text("unit").to_owned(), year]).collect();
        if let Some(first) = seen.get(&key) {
            let heads: Vec<&str> = register.same.iter().map(|column| file.head(column)).collect();
            let message = format!("{}与{first}相同，会重复计数；如果是重复登记，请删去一行", heads.join("、"));
            problems.push(Problem::doubt(row.row_place(), message));
        } else {
            seen.insert(key, row.row_place());
        }
    }
}

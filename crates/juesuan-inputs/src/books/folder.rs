//! All files of `books/` to one ledger.

use juesuan_catalog::{Catalog, InputFile, Side};
use juesuan_facts::Department;
use juesuan_model::{Place, Problem};
use juesuan_read::Files;
use juesuan_read::files::{FileKind, content, joined};
use juesuan_text::system_fault;
use rustc_hash::FxHashMap;

use super::carry::{FileNames, carry};
use super::column::Column;
use super::fault::{FaultKind, Faults, FileRead};
use super::key::Key;
use super::kind::{BALANCES, KINDS, Kind, OPENING, VOUCHERS};
use super::layout::Layout;
use super::ledger::{Ledger, Reading, meaning, net};
use super::look::{is_workbook, table};
use super::merge::{Booked, Books, FileOf, parts};
use super::opening::{self, Opening};
use super::rows::Rows;
use super::scan::{BooksKind, Walk};
use super::terms::Terms;
use super::{blocks, check, details, sheet, text, unknown};
use crate::consolidate::{InternalFlow, eliminations};
use crate::mapping::{self, Mapping};
use crate::seen::{Counts, Table};

/// Name of the folder.
const BOOKS: &str = "books";
/// Most threads a file is worth.
const THREADS_MAX: usize = 8;

/// Reads `books/` of a department's folder. `None` without such a folder or without any entry in it. Everything wrong
/// is named; with a fatal problem the ledger holds what could be read and no accounts should be made of it.
pub fn read(
    folder: &dyn Files,
    department: &Department,
    catalog: &Catalog,
    problems: &mut Vec<Problem>,
) -> Option<Ledger> {
    let names = files(folder, problems)?;
    let mapping = Mapping::of_books(folder, catalog);
    mapping.faults(catalog, problems);
    let mut reader = Reader::new(department, catalog, &mapping);
    for name in names {
        match content(folder, &name) {
            Ok(bytes) => reader.file(&name, &bytes, problems),
            Err(error) => {
                let place = Place { file: Some(name), ..Place::default() };
                problems.push(Problem::fatal(place, format!("打不开：{}；请检查文件是否被占用", system_fault(&error))));
            }
        }
    }
    reader.finish(problems)
}

/// What is recognised of one file, read as all files of the folder are. What only the other files show is not told.
pub fn look(
    (name, bytes): (&str, &[u8]),
    department: &Department,
    catalog: &Catalog,
    mapping: &Mapping,
    problems: &mut Vec<Problem>,
) -> Vec<Table> {
    let mut reader = Reader { seen: Some(Vec::new()), ..Reader::new(department, catalog, mapping) };
    reader.file(name, bytes, problems);
    let seen = reader.seen.take();
    reader.finish(problems);
    seen.unwrap_or_default()
}

struct Reader<'c> {
    terms: Terms<'c>,
    mapping: &'c Mapping,
    rows: Rows,
    threads: usize,
    books: Books,
    opening: Opening,
    has_opening: bool,
    files: Vec<FileRead>,
    /// Of which system the columns of files are.
    exports: Vec<String>,
    /// What was recognised, where somebody wants to see it.
    seen: Option<Vec<Table>>,
}

/// A file with entries, or a sheet of one.
struct Found<'a> {
    /// Name for people.
    name: String,
    text: &'a [u8],
    layout: Layout,
    /// Number of the group of files in which vouchers without a month belong together.
    group: u32,
}

impl<'c> Reader<'c> {
    fn new(department: &Department, catalog: &'c Catalog, mapping: &'c Mapping) -> Reader<'c> {
        Reader {
            terms: Terms::new(department, catalog),
            mapping,
            rows: Rows::new(&catalog.sheet_words),
            threads: std::thread::available_parallelism().map_or(1, usize::from).min(THREADS_MAX),
            books: Books::default(),
            opening: Opening::default(),
            has_opening: false,
            files: Vec::new(),
            exports: Vec::new(),
            seen: None,
        }
    }

    fn file(&mut self, name: &str, bytes: &[u8], problems: &mut Vec<Problem>) {
        let catalog = self.terms.catalog;
        if is_workbook(bytes) {
            return self.workbook(name, bytes, problems);
        }
        let decoded = text::decode(bytes, self.threads);
        let mut faults = Faults::default();
        for line in &decoded.broken_lines {
            faults.add(FaultKind::BrokenBytes, line.saturating_sub(1), None, || {
                format!("有无法按 {} 解码的字节；请用电子表格软件打开后另存为 UTF-8 编码的 CSV", decoded.encoding)
            });
        }
        let Some(kind) = Kind::of(&decoded.text, kind_of(name, catalog), catalog, self.mapping) else {
            self.see("", (&decoded.text, &decoded.text), None);
            return problems.push(without_kind(name));
        };
        self.has_opening |= kind.input.key == OPENING;
        let stem = name.rsplit('/').next().and_then(|name| name.split('.').next()).unwrap_or_default();
        let spread = blocks::spread(&decoded.text, stem, &kind, &self.terms);
        let unfolded = details::unfold(spread.as_deref().unwrap_or(&decoded.text), &kind);
        let text = unfolded.as_deref().or(spread.as_deref()).unwrap_or(&decoded.text);
        self.see("", (&decoded.text, text), Some(&kind));
        match Layout::find(text, name, &kind, problems) {
            Some(layout) => {
                self.recognised(name, text, &layout, &kind, problems);
                let group = u32::try_from(self.files.len()).unwrap_or(u32::MAX);
                self.text(Found { name: name.to_owned(), text, layout, group }, faults, kind.input);
            }
            None if decoded.broken_lines.is_empty() => {}
            None => faults.into_problems(name, &Layout::default(), &catalog.sheet_words, problems),
        }
    }

    /// The sheets of a workbook. One without a fitting head is named; it is a fault only where no other sheet has one.
    fn workbook(&mut self, name: &str, bytes: &[u8], problems: &mut Vec<Problem>) {
        let mut refused = Vec::new();
        let mut read = false;
        let catalog = self.terms.catalog;
        let first = u32::try_from(self.files.len()).unwrap_or(u32::MAX);
        for (grid, number) in sheet::sheets(name, bytes, &catalog.sheet_words, problems).into_iter().zip(first..) {
            let file = format!("{name}［{}］", grid.sheet);
            let text = sheet::text(&grid, None);
            let Some(kind) = Kind::of(&text, kind_of(name, catalog), catalog, self.mapping) else {
                self.see(&grid.sheet, (&text, &text), None);
                refused.push(without_kind(&file));
                continue;
            };
            self.has_opening |= kind.input.key == OPENING;
            let spread = |text: &[u8], terms: &Terms<'_>| blocks::spread(text, &grid.sheet, &kind, terms);
            let as_it_stands = self.seen.is_some().then(|| text.clone());
            let (whole, group) = match spread(&text, &self.terms) {
                Some(spread) => (spread, first),
                None => (text, number),
            };
            let unfold = |text: Vec<u8>| details::unfold(&text, &kind).unwrap_or(text);
            let whole = unfold(whole);
            self.see(&grid.sheet, (as_it_stands.as_deref().unwrap_or(&whole), &whole), Some(&kind));
            let mut found = Vec::new();
            let Some(layout) = Layout::find(&whole, &file, &kind, &mut found) else {
                let without_head = found.iter().all(|problem| problem.place.line.is_none());
                if without_head {
                    refused.extend(found)
                } else {
                    problems.extend(found)
                }
                continue;
            };
            read = true;
            problems.append(&mut found);
            let mut faults = Faults::default();
            sheet::merged(&grid, &layout, &mut faults);
            let filled = grid.merged.iter().next().is_some().then(|| sheet::text(&grid, Some(&layout)));
            let whole = filled.map_or(whole, |text| unfold(spread(&text, &self.terms).unwrap_or(text)));
            self.recognised(&file, &whole, &layout, &kind, problems);
            self.text(Found { name: file, text: &whole, layout, group }, faults, kind.input);
        }
        problems.extend(refused.into_iter().map(|problem| match read {
            true => Problem::doubt(problem.place, problem.message),
            false => problem,
        }));
    }

    /// Keeps what was recognised of a text, where somebody wants to see it.
    fn see(&mut self, sheet: &str, texts: (&[u8], &[u8]), kind: Option<&Kind<'_>>) {
        let words = &self.terms.catalog.sheet_words;
        if let Some(seen) = &mut self.seen {
            seen.extend(table(sheet, texts, kind, words));
        }
    }

    /// Keeps how many rows of the last text became what.
    fn counted(&mut self, counts: Counts, columns: &[(Column, i128)]) {
        if let Some(table) = self.seen.as_mut().and_then(|seen| seen.last_mut()) {
            table.counts = Some(counts);
            table.amounts = columns.iter().map(|(column, sum)| (column.key().to_owned(), *sum)).collect();
        }
    }

    /// Tells what of a head was recognised, and what not.
    fn recognised(&mut self, file: &str, text: &[u8], layout: &Layout, kind: &Kind<'_>, problems: &mut Vec<Problem>) {
        problems.extend(unknown::columns(text, file, layout, kind));
        let place = Place { file: Some(file.to_owned()), line: Some(layout.line.max(1)), ..Place::default() };
        match kind.unfit(layout) {
            Some(message) => problems.push(Problem::doubt(place, message)),
            None => self.exports.extend(kind.told(file)),
        }
    }

    fn text(&mut self, found: Found<'_>, mut faults: Faults, input: &InputFile) {
        let Found { name, text, layout, group } = found;
        let number = u16::try_from(self.files.len()).unwrap_or(u16::MAX);
        let unit = layout.index(Column::Unit).is_none().then(|| self.terms.unit_of_file(&name)).flatten();
        let kind = match input.key.as_str() {
            VOUCHERS => BooksKind::Vouchers,
            BALANCES => BooksKind::Balances,
            _ => {
                let choices = input.column("kind").map_or(&[][..], |column| &column.choices);
                let symbols = &mut self.books.symbols;
                let place = (unit, number);
                let (more, counts) = opening::read(
                    (text, &layout),
                    (&self.terms, &self.rows),
                    place,
                    choices,
                    symbols,
                    &mut self.opening,
                );
                self.counted(counts, &[(Column::Amount, counts.credit)]);
                faults.append(more, 0);
                self.books.files.push(name.clone());
                self.files.push(FileRead { name, layout, faults });
                return;
            }
        };
        let sparse = kind == BooksKind::Vouchers && self.rows.are_sparse(text, &layout);
        let walk = Walk { text, layout: &layout, terms: &self.terms, rows: &self.rows, sparse, unit, kind };
        // What a blank cell repeats stands above it, in another part perhaps.
        let parts = parts(&walk, if sparse { 1 } else { self.threads });
        let counts = parts.iter().map(|(_, part)| part.counts).fold(Counts::default(), Counts::plus);
        self.counted(counts, &[(Column::Debit, counts.debit), (Column::Credit, counts.credit)]);
        self.books.files.push(name.clone());
        self.books.add_file(FileOf { kind, number, unit, group }, parts, &self.terms, &mut faults);
        self.files.push(FileRead { name, layout, faults });
    }

    fn finish(mut self, problems: &mut Vec<Problem>) -> Option<Ledger> {
        let catalog = self.terms.catalog;
        self.books.settle(&mut self.files);
        let bounded = self.books.turnover.max(self.opening.turnover) <= u128::from(u64::MAX / 8);
        let names: Vec<String> = self.files.iter().map(|file| file.name.clone()).collect();
        if !bounded {
            problems.push(Problem::fatal(
                Place { file: Some("books".to_owned()), ..Place::default() },
                "金额合计超出可表示的范围；请检查金额列是否错位",
            ));
        }
        let mut ledger = None;
        if bounded && self.books.entries > 0 {
            let flows = check::choose(&mut self.books, &self.terms, &mut self.files, problems);
            let (moved, flows): (FxHashMap<Key, Booked>, FxHashMap<Key, Booked>) = flows
                .into_iter()
                .partition(|(key, _)| matches!(self.terms.account(*key).side, Side::CarryOver | Side::Operating));
            check::negative(&flows, &self.terms, &self.books.symbols, &mut self.files);
            ledger = Some(self.ledger(flows, &moved, &names, problems));
        }
        for file in self.files {
            file.faults.into_problems(&file.name, &file.layout, &catalog.sheet_words, problems);
        }
        if ledger.is_some() && !catalog.accounts.accounts.is_empty() { ledger } else { None }
    }

    fn ledger(
        &mut self,
        flows: FxHashMap<Key, Booked>,
        moved: &FxHashMap<Key, Booked>,
        names: &[String],
        problems: &mut Vec<Problem>,
    ) -> Ledger {
        let catalog = self.terms.catalog;
        let mut flows: Vec<(Key, Booked)> = flows.into_iter().collect();
        flows.sort_unstable_by_key(|(key, _)| *key);
        let mut ledger = Ledger {
            units: self.terms.units.clone(),
            flows,
            symbols: std::mem::take(&mut self.books.symbols),
            names: super::facts::names(catalog),
            reading: Reading {
                files: names.to_vec(),
                entries: self.books.entries,
                closing_vouchers: self.books.closing_vouchers,
                exports: std::mem::take(&mut self.exports),
            },
            ..Ledger::default()
        };
        let files = FileNames { names };
        if self.has_opening {
            let moves = (moved, &self.books.closing);
            ledger.carry = carry(&ledger, catalog, &self.opening, moves, &files, problems);
        } else {
            problems.push(Problem::doubt(
                Place { file: Some("books".to_owned()), ..Place::default() },
                "没有年初余额文件，年初、年末结转和结余未知（不当作 0）；请提供科目 8101、8102、8201、8401 的年初余额",
            ));
        }
        for (unit, index) in self.terms.units.iter().zip(0..) {
            if ledger.flows_of(index).is_empty() {
                problems.push(Problem::doubt(
                    Place { file: Some("books".to_owned()), ..Place::default() },
                    format!("单位“{}”没有任何收入、支出分录；请检查是否漏了文件", unit.name),
                ));
            }
        }
        ledger.eliminations = eliminations(self.internal(&ledger, &files), catalog, problems);
        ledger.number_in_order();
        ledger
    }

    /// The flows that one unit of the department booked against another.
    fn internal(&self, ledger: &Ledger, files: &FileNames<'_>) -> Vec<InternalFlow> {
        let catalog = self.terms.catalog;
        let mut out = Vec::new();
        for (key, amount) in ledger.flows.iter().filter(|(key, _)| key.counterparty != 0) {
            let account = self.terms.account(*key);
            let rules = &catalog.accounts.eliminations;
            let Some(rule) = rules.iter().position(|r| r.expense == account.code || r.income == account.code) else {
                continue;
            };
            let name = ledger.symbols.text(key.counterparty);
            let other = self.terms.unit(name).filter(|other| *other != key.unit);
            let other = other.and_then(|other| self.terms.units.get(other as usize));
            let unit = self.terms.units.get(key.unit as usize);
            if let (Some(other), Some(unit), Some(leaf)) = (other, unit, meaning(*key, catalog, &ledger.symbols)) {
                out.push(InternalFlow {
                    rule,
                    pays: account.side == Side::Expense,
                    unit: unit.name.clone(),
                    other: other.name.clone(),
                    leaf,
                    amount: juesuan_model::Money(net(account.side, amount)),
                    place: files.place(amount),
                });
            }
        }
        out
    }
}

/// Files of the folder, in order; `None` if there is no such folder.
fn files(folder: &dyn Files, problems: &mut Vec<Problem>) -> Option<Vec<String>> {
    if folder.kind(BOOKS) != Some(FileKind::Folder) {
        return None;
    }
    let entries = match folder.list(BOOKS) {
        Ok(entries) => entries,
        Err(error) => {
            let place = Place { file: Some(BOOKS.to_owned()), ..Place::default() };
            problems.push(Problem::fatal(place, format!("文件夹打不开：{}", system_fault(&error))));
            return None;
        }
    };
    let aside = |name: &str| name == mapping::FILE || name.starts_with('.') || name.starts_with("~$");
    let shown = entries.into_iter().filter(|entry| entry.kind == FileKind::File && !aside(&entry.name));
    let mut out: Vec<String> = shown.map(|entry| joined(BOOKS, &entry.name)).collect();
    out.sort();
    Some(out)
}

/// Of a file of which nobody can tell what it holds.
fn without_kind(name: &str) -> Problem {
    let place = Place { file: Some(name.to_owned()), ..Place::default() };
    let message = "文件名看不出是凭证、余额还是年初余额，没有读；请在文件名里写上“凭证”“发生额”或“年初余额”";
    Problem::doubt(place, message)
}

/// The kind of a file: that with the longest of its words in the file's name.
fn kind_of<'c>(name: &str, catalog: &'c Catalog) -> Option<&'c InputFile> {
    let name = name.strip_prefix("books/").unwrap_or(name).to_lowercase();
    KINDS
        .into_iter()
        .filter_map(|key| catalog.inputs.get(key))
        .filter_map(|input| {
            let longest = input.names.iter().filter(|word| name.contains(&word.to_lowercase())).map(String::len).max();
            longest.map(|length| (length, input))
        })
        .max_by_key(|(length, _)| *length)
        .map(|(_, input)| input)
}

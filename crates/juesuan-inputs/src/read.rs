//! The whole folder.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_catalog::{Catalog, ColumnKind, InputFile, Way, parse_toml};
use juesuan_facts::counts::Counts;
use juesuan_facts::department::Department;
use juesuan_facts::narrative::Narrative;
use juesuan_facts::performance::Performance;
use juesuan_facts::record::Record;
use juesuan_facts::{Entered, Facts};
use juesuan_model::{Evidence, Gravity, Package, Place, Problem};
use juesuan_read::Files;
use juesuan_read::files::FileKind;

use super::budget::Budget;
use super::entered::{self, Sheets};
use super::folder::Folder;
use super::mapping::Mapping;
use super::registers::Registers;
use super::rows::{both, records};
use super::{evidence, of_unit, origin, pictured, prior, register_facts, register_order, validate};

/// The file of causes and other texts.
const NARRATIVE_FILE: &str = "narrative.toml";

/// Everything that a folder says, but for its books and finished tables, which have readers of their own.
#[derive(Clone, Debug)]
pub struct Inputs {
    /// Who, as the workbook or `department.toml` says.
    pub department: Department,
    /// Causes and other texts, of the workbook or of `narrative.toml`.
    pub narrative: Narrative,
    /// What `registers/`, `budget/` and `prior/` state of the whole department.
    pub facts: Facts,
    /// The registers themselves, for places, purposes and kinds.
    pub registers: Registers,
    /// What the registers count for reports, of the whole department.
    pub counts: Counts,
    /// Files that prove what registers and performance sheets say.
    pub evidence: Vec<Evidence>,
    /// The rows of every input file by its key.
    pub records: BTreeMap<String, Vec<Record>>,
    /// Texts that columns of the registers give, by the keys of narrative.toml.
    pub texts: BTreeMap<String, String>,
    /// The budget files themselves.
    pub budget: Budget,
    /// What `performance/` says, if there is anything.
    pub performance: Option<Performance>,
    /// Last year's package, if it is there.
    pub prior: Option<Package>,
    /// The workbook in which everything can be entered.
    pub sheets: Sheets,
    /// True if there are books of last year.
    pub has_prior_books: bool,
    /// What the department says of heads, for its other readers too.
    pub mapping: Mapping,
    /// Keys of entries of the profile that must be there and are not.
    pub unfilled: Vec<String>,
    /// Everything wrong. With a fatal one no accounts may be made, but the other readers can go on looking for faults.
    pub problems: Vec<Problem>,
    /// Path relative to the folder → SHA-256 of the file, in hexadecimal digits.
    pub digests: BTreeMap<String, String>,
}

/// Reads a folder. Every fault of every file is in [`Inputs::problems`]; `Err` only where `department.toml` cannot be
/// read, without which nothing else can be judged.
pub fn read(folder: &dyn Files, catalog: &Catalog) -> Result<Inputs, Vec<Problem>> {
    read_beside(folder, catalog, &BTreeSet::new())
}

/// What narrative.toml says, with what the workbook and the lists of earlier runs say.
fn told(
    mut narrative: Narrative,
    sheets: &Sheets,
    department: &Department,
    catalog: &Catalog,
    problems: &mut Vec<Problem>,
) -> Narrative {
    let said = entered::texts::narrative(sheets, None, &department.name, department.units.len());
    entered::texts::lay_over(said, &mut narrative, NARRATIVE_FILE, catalog, problems);
    entered::answers::check_units(&sheets.answers, department, catalog, problems);
    entered::answers::narrate(&sheets.answers, None, &department.name, &mut narrative, catalog, problems);
    narrative
}

/// As [`read`], without the files `published` of `prior/`: documents that somebody else reads.
pub fn read_beside(
    folder: &dyn Files,
    catalog: &Catalog,
    published: &BTreeSet<String>,
) -> Result<Inputs, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut files = Folder::list(folder, &mut problems);
    let mapping = mapping(&files, catalog, &mut problems);
    let sheets = entered::read(&mut files, catalog, &mapping, &mut problems);
    let mut unfilled = Vec::new();
    let department = department(&files, &sheets, catalog, &mut unfilled, &mut problems);
    let narrative: Option<Narrative> = parsed(&files, NARRATIVE_FILE, &mut problems);
    let mut records = records((&files, published), &sheets, catalog, &mapping, &mut problems);
    let Some(department) = department else {
        return Err(problems);
    };
    let narrative = told(narrative.unwrap_or_default(), &sheets, &department, catalog, &mut problems);
    entered::answers::enter(&sheets.answers, &mut records, catalog, &mut problems);
    let before = origin::before(&department, catalog);
    check_rows((&records, &sheets), (&department, &before), catalog, &mut problems);
    pictured::unconfirmed(records.get(of_unit::PRIOR).map_or(&[], Vec::as_slice), catalog, &mut problems);

    let of = |kind: &str| records.get(kind).cloned();
    let whole = of_unit::whole(&records, &department, &before);
    let of_whole = |kind: &str| whole.get(kind).cloned();
    let registers = Registers::new(of);
    register_facts::check(&registers, &department, catalog, &mut problems);
    let budget = Budget::of(of);
    budget.check(&mut problems);
    register_order::check(&records, catalog, department.year, &mut problems);
    let counts = Counts::new(&records, catalog, department.year, None);

    let has_prior_books = files.sheets_in("prior/books").next().is_some();
    let mut inputs = Inputs {
        department,
        narrative,
        facts: Facts::default(),
        registers,
        counts,
        evidence: evidence::collect(&files, &records, catalog, &mut problems),
        records: BTreeMap::new(),
        texts: texts(&records, catalog),
        budget,
        performance: Performance::new(of_whole, &catalog.performance),
        prior: prior_package(&files, &mut problems),
        sheets,
        has_prior_books,
        mapping,
        unfilled,
        problems,
        digests: files.digests,
    };
    inputs.facts = inputs.facts_of(None, catalog);
    let (this_year, mut found) = (inputs.department.year, Vec::new());
    prior::of_own(&mut inputs, &whole, catalog, &mut found);
    of_unit::figures(&whole, this_year, catalog, &mut inputs.facts, &mut found);
    inputs.problems.append(&mut found);
    inputs.records = records;
    Ok(inputs)
}

/// The department alone, as the workbook or its file says; `None` if nobody says it.
pub(crate) fn profile(files: &mut Folder<'_>, mapping: &Mapping, catalog: &Catalog) -> Option<Department> {
    // What is wrong with it is told to those who read the whole folder.
    let mut problems = Vec::new();
    let sheets = entered::read(files, catalog, mapping, &mut problems);
    department(files, &sheets, catalog, &mut Vec::new(), &mut problems)
}

/// What the department says of heads.
pub(crate) fn mapping(files: &Folder<'_>, catalog: &Catalog, problems: &mut Vec<Problem>) -> Mapping {
    let mut mapping = Mapping::default();
    for path in files.digests.keys().filter(|p| is_mapping(p)) {
        if let Some(text) = files.text(path, problems) {
            mapping.add(path, &text, catalog, problems);
        }
    }
    mapping
}

/// The department as the workbook says, else `department.toml`; what is wrong with it is named.
pub(crate) fn department(
    files: &Folder<'_>,
    sheets: &Sheets,
    catalog: &Catalog,
    lacking: &mut Vec<String>,
    problems: &mut Vec<Problem>,
) -> Option<Department> {
    if let Some((mut department, unfilled)) = entered::profile::department(sheets, catalog, problems) {
        if files.has(validate::DEPARTMENT_FILE) {
            problems.push(both(validate::DEPARTMENT_FILE, catalog));
        }
        called(&mut department, catalog);
        let place = |word: &str| entered::profile::place_of(sheets, catalog, word);
        origin::understand(&mut department, &place, catalog, problems);
        validate::department(&department, &place, &unfilled, catalog, problems);
        lacking.extend(unfilled.into_iter().map(str::to_owned));
        return Some(department);
    }
    if files.has(validate::DEPARTMENT_FILE) {
        let text = files.text(validate::DEPARTMENT_FILE, problems)?;
        let mut department: Department =
            parse_toml(validate::DEPARTMENT_FILE, &text).map_err(|problem| problems.push(problem)).ok()?;
        called(&mut department, catalog);
        let place = |word: &str| validate::place_in(&text, word);
        origin::understand(&mut department, &place, catalog, problems);
        validate::department(&department, &place, &[], catalog, problems);
        return Some(department);
    }
    // No folder at all, or a folder in the place of the file: that was named already.
    if files.files.kind("") == Some(FileKind::Folder) && files.files.kind(validate::DEPARTMENT_FILE).is_none() {
        let place = Place { file: Some(validate::DEPARTMENT_FILE.to_owned()), ..Place::default() };
        problems.push(Problem::fatal(place, "文件夹里没有 department.toml；可以用 juesuan new 建一个带说明的文件夹"));
    }
    None
}

/// Variant and level by their keys, where people used another word for them.
fn called(department: &mut Department, catalog: &Catalog) {
    if let Some(key) = catalog.variant_called(&department.variant) {
        key.clone_into(&mut department.variant);
    }
    if let Some(key) = catalog.level_called(&department.level) {
        key.clone_into(&mut department.level);
    }
}

impl Inputs {
    /// What registers and budget state of one unit (`None`: of the whole department), without last year's figures.
    pub fn facts_of(&self, unit: Option<&str>, catalog: &Catalog) -> Facts {
        let mut facts = Facts::default();
        register_facts::state(&self.registers, &self.department, catalog, unit, &mut facts);
        self.budget.state(&self.department, unit, catalog, &mut facts);
        facts
    }

    /// What the registers count of one unit (`None`: of the whole department).
    pub fn counts_of(&self, unit: Option<&str>, catalog: &Catalog) -> Counts {
        // Rows of a department with one unit need not say whose they are.
        let unit = unit.filter(|_| self.department.units.len() > 1);
        Counts::new(&self.records, catalog, self.department.year, unit)
    }

    /// In what the department enters its texts.
    pub fn way(&self) -> Way {
        if self.sheets.file().is_some() { Way::Workbook } else { Way::Files }
    }

    /// What an evaluation of performance is made from.
    pub fn entered(&self) -> Entered<'_> {
        Entered {
            department: &self.department,
            performance: self.performance.as_ref(),
            texts: &self.narrative.text,
            counts: &self.counts,
            evidence: &self.evidence,
            prior: self.prior.as_ref(),
        }
    }

    /// True if no accounts may be made from this.
    pub fn has_fatal(&self) -> bool {
        self.problems.iter().any(|problem| problem.gravity == Gravity::Fatal)
    }
}

fn is_mapping(path: &str) -> bool {
    path == "mapping.toml" || (path.ends_with("/mapping.toml") && !evidence::is_evidence(path))
}

/// Texts that columns give: the distinct entries in the order of the rows.
fn texts(records: &BTreeMap<String, Vec<Record>>, catalog: &Catalog) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    for spec in catalog.inputs.iter() {
        let rows = records.get(&spec.key).map_or(&[][..], Vec::as_slice);
        for (column, text) in spec.column.iter().flat_map(|c| c.texts.iter().map(move |t| (c, t))) {
            let mut entries: Vec<&str> = Vec::new();
            for row in rows.iter().filter(|row| text.when.iter().all(|(key, entry)| row.text(key) == entry)) {
                let entry = row.text(&column.key);
                if !entry.is_empty() && !entries.contains(&entry) {
                    entries.push(entry);
                }
            }
            if !entries.is_empty() {
                texts.insert(text.key.clone(), entries.join("、"));
            }
        }
    }
    texts
}

fn parsed<T: serde::de::DeserializeOwned>(files: &Folder<'_>, name: &str, problems: &mut Vec<Problem>) -> Option<T> {
    if !files.has(name) {
        return None;
    }
    let text = files.text(name, problems)?;
    parse_toml(name, &text).map_err(|problem| problems.push(problem)).ok()
}

fn prior_package(files: &Folder<'_>, problems: &mut Vec<Problem>) -> Option<Package> {
    if !files.has(prior::PACKAGE) {
        return None;
    }
    let bytes = juesuan_read::file::bytes_of(files.files, prior::PACKAGE, prior::PACKAGE);
    let read = bytes.and_then(|bytes| juesuan_read::package::read(prior::PACKAGE, &bytes));
    read.map_err(|problem| problems.push(problem)).ok()
}

/// Names the rows of units that are none, and codes that nobody knows. Rows of last year's figures may be of bodies `before` a merger.
fn check_rows(
    (records, sheets): (&BTreeMap<String, Vec<Record>>, &Sheets),
    (department, before): (&Department, &[String]),
    catalog: &Catalog,
    problems: &mut Vec<Problem>,
) {
    let of_this_year = records.iter().filter(|(kind, _)| *kind != of_unit::PRIOR).map(|(_, rows)| rows);
    check_units(of_this_year.chain(sheets.own(catalog)), department, &[], problems);
    check_units(records.get(of_unit::PRIOR).into_iter(), department, before, problems);
    check_codes(records, catalog, department.year, problems);
}

/// Units must be those of the department, or bodies `before` a merger, else their figures would be lost or counted for another.
pub(crate) fn check_units<'r>(
    records: impl Iterator<Item = &'r Vec<Record>>,
    department: &Department,
    before: &[String],
    problems: &mut Vec<Problem>,
) {
    let known: Vec<&str> = department.units.iter().map(|u| u.name.as_str()).collect();
    if known.is_empty() {
        return;
    }
    for record in records.flatten() {
        if let Some(unit) = record.filled("unit").filter(|unit| !known.contains(unit) && *unit != department.name) {
            if origin::is_one(unit, before) {
                continue;
            }
            let message = format!("“{unit}”不在部门的单位之列；有：{}", known.join("、"));
            problems.push(Problem::fatal(record.place("unit"), message));
        }
    }
}

/// A code that the catalogue does not have is named, not refused.
pub(crate) fn check_codes(
    records: &BTreeMap<String, Vec<Record>>,
    catalog: &Catalog,
    year: u16,
    problems: &mut Vec<Problem>,
) {
    for (kind, records) in records {
        let Some(spec) = catalog.inputs.get(kind) else {
            continue;
        };
        for record in records {
            for column in spec.column.iter().filter(|c| c.kind == ColumnKind::Code) {
                if let Some(message) =
                    record.filled(&column.key).and_then(|code| unknown_code(spec, &column.key, code, catalog, year))
                {
                    problems.push(Problem::doubt(record.place(&column.key), message));
                }
            }
        }
    }
}

fn unknown_code(spec: &InputFile, key: &str, code: &str, catalog: &Catalog, year: u16) -> Option<String> {
    // Last year's figures may carry codes that this year no longer has.
    let year = if spec.folder == "prior" { year.saturating_sub(1) } else { year };
    let codes = if key == "economic" { &catalog.economics } else { &catalog.functions };
    if codes.rows(code).iter().any(|row| row.valid_in(year)) {
        return None;
    }
    Some(format!(
        "科目 {code} 不在 {year} 年的科目表里；照用，但没有名称，请核对编码，或用 juesuan codes import 补充科目表"
    ))
}

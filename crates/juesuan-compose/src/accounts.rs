//! A whole folder to packages: the department, and each of its units that keeps books.
//!
//! `units/<name>/` inside the folder is an input folder of that unit (department.toml, narrative.toml, prior/ …) whose
//! books, registers and budget stand in the department's folder.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use juesuan_catalog::{Catalog, Way};
use juesuan_evaluate::campaign::{self, Campaign};
use juesuan_facts::{Counts, Department, Facts, Filing, Narrative};
use juesuan_inputs::consolidate::Elimination;
use juesuan_inputs::entered::answers::{self, Answer};
use juesuan_inputs::{Inputs, Ledger, LedgerScope, books, scale, tables};
use juesuan_model::{Ask, Gravity, Package, Place, Problem};
use juesuan_read::Files;
use juesuan_read::files::{Below, FileKind, joined};
use rayon::prelude::*;

use crate::compose::{Composed, NARRATIVE_FILE, Sources, compose};
use crate::last_year::{self, LastYear, Used};

/// Folder of the units' own texts inside the department's folder.
pub(crate) const UNITS: &str = "units";
/// Folder of last year's package and books.
const PRIOR: &str = "prior";

/// What the caller decides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tail {
    /// Rounding differences stay, as in the state form.
    #[default]
    Keep,
    /// They are put on the largest item.
    Close,
}

/// What one document lacks.
#[derive(Clone, Debug)]
pub struct Lacking {
    /// The unit; `None`: the department.
    pub unit: Option<String>,
    /// What it lacks, in its order.
    pub asks: Vec<Ask>,
}

/// Everything made from one folder.
#[derive(Debug)]
pub struct Accounts {
    /// The department.
    pub department: Package,
    /// Its units that keep books, if there is more than one, in the order of department.toml.
    pub units: Vec<Package>,
    /// What each of these documents lacks, the department first.
    pub lacking: Vec<Lacking>,
    /// What lists of an earlier run answered.
    pub answers: Vec<Answer>,
    /// In what the department enters its texts.
    pub way: Way,
    /// What units paid each other; taken out of the department's accounts.
    pub eliminations: Vec<Elimination>,
    /// Approval, publication and the like, as department.toml gives them.
    pub filing: Filing,
    /// The department's evaluation, if anything was entered for it.
    pub campaign: Option<Campaign>,
    /// Evaluations of the units, by their names.
    pub unit_campaigns: BTreeMap<String, Campaign>,
    /// Last year's package, if it was given.
    pub prior: Option<Package>,
    /// What was read from the books and of last year, for people; empty without both.
    pub reading: String,
    /// SHA-256 of each input file, by path below the folder.
    pub digests: BTreeMap<String, String>,
    /// Doubts that a person should look at. With sources that contradict each other among them the accounts are a draft.
    pub problems: Vec<Problem>,
}

/// Reads a folder and composes its packages. `Err` holds every problem, grave ones among them: then nothing may be made.
pub fn accounts(folder: &dyn Files, catalog: &Catalog, tail: Tail) -> Result<Accounts, Vec<Problem>> {
    accounts_after(folder, catalog, tail, LastYear::none())
}

/// As [`accounts`], with what was published last year.
pub fn accounts_after(
    folder: &dyn Files,
    catalog: &Catalog,
    tail: Tail,
    mut last_year: LastYear<'_>,
) -> Result<Accounts, Vec<Problem>> {
    let mut inputs = last_year::inputs(folder, "", catalog, &last_year)?;
    let mut problems = std::mem::take(&mut inputs.problems);
    last_year.date(inputs.department.year, &mut problems);
    let last_year = &last_year;
    let mut used = Used::default();
    last_year.state("", &mut inputs, &mut used, &mut problems);
    if tail == Tail::Close {
        inputs.department.print.close_tail = true;
    }
    let ledger = books::read(folder, &inputs.department, catalog, &mut problems);
    let facts = department_facts(&inputs, ledger.as_ref(), folder, catalog, &mut problems);
    scale::check(&facts, &inputs, catalog, &mut problems);
    let campaign = campaign::campaign(inputs.entered(), &facts, catalog, &mut problems);
    strangers(folder, &inputs.department, &mut problems);
    let reading = Reading { folder, catalog, tail, last_year };
    let units = unit_sources(&inputs, ledger.as_ref(), reading, &mut used, &mut problems);
    last_year.unused(&inputs, &used, &mut problems);
    if problems.iter().any(|problem| problem.gravity == Gravity::Fatal) {
        return Err(sorted(problems));
    }
    let sources = Sources {
        department: &inputs.department,
        narrative: &inputs.narrative,
        facts: &facts,
        campaign: campaign.as_ref(),
        texts: &inputs.texts,
        way: inputs.way(),
    };
    let Composed { package: department, problems: found, asks } = compose(sources, catalog);
    problems.extend(found);
    let mut lacking = vec![Lacking { unit: None, asks }];
    let (packages, unit_campaigns) = written_units(units, catalog, &mut lacking, &mut problems);
    if problems.iter().any(|problem| problem.gravity == Gravity::Fatal) {
        return Err(sorted(problems));
    }
    Ok(Accounts {
        department,
        units: packages,
        lacking,
        way: inputs.way(),
        answers: inputs.sheets.answers,
        campaign,
        unit_campaigns,
        eliminations: ledger.as_ref().map(|l| l.eliminations().to_vec()).unwrap_or_default(),
        filing: inputs.department.filing(),
        prior: inputs.prior,
        reading: ledger.as_ref().map(said).into_iter().chain(used.said).collect::<Vec<String>>().join("\n"),
        digests: inputs.digests,
        problems: sorted(problems),
    })
}

/// The packages of the units and their evaluations; what they lack and what is wrong goes behind that of the department.
fn written_units(
    units: Vec<UnitSource>,
    catalog: &Catalog,
    lacking: &mut Vec<Lacking>,
    problems: &mut Vec<Problem>,
) -> (Vec<Package>, BTreeMap<String, Campaign>) {
    let units: Vec<WrittenUnit> = units.into_par_iter().map(|unit| written_unit(unit, catalog)).collect();
    let (mut packages, mut campaigns) = (Vec::new(), BTreeMap::new());
    for unit in units {
        packages.push(unit.package);
        lacking.push(Lacking { unit: Some(unit.name.to_string()), asks: unit.asks });
        problems.extend(unit.problems);
        campaigns.extend(unit.campaign.map(|campaign| (unit.name.to_string(), campaign)));
    }
    (packages, campaigns)
}

/// Names that there is nothing to make accounts of, unless what there is could not be read.
fn nothing_given(problems: &mut Vec<Problem>) {
    let faulty = |problem: &Problem| {
        let file = problem.place.file.as_deref().unwrap_or_default();
        problem.gravity == Gravity::Fatal && (file.starts_with("books") || file.starts_with("tables"))
    };
    if !problems.iter().any(faulty) {
        let place = Place { file: Some("books/、tables/".to_owned()), ..Place::default() };
        problems.push(Problem::fatal(
            place,
            "没有账，也没有决算表，无从编制；请把预算会计凭证或发生额余额表放进 books/，或把决算表放进 tables/",
        ));
    }
}

/// One unit before it is written.
struct UnitSource {
    name: Arc<str>,
    department: Department,
    narrative: Narrative,
    facts: Facts,
    campaign: Option<Campaign>,
    texts: BTreeMap<String, String>,
    way: Way,
}

/// One unit after it was written.
struct WrittenUnit {
    name: Arc<str>,
    package: Package,
    campaign: Option<Campaign>,
    asks: Vec<Ask>,
    problems: Vec<Problem>,
}

/// What is known of the department: books, finished tables, last year, answers. That there is neither of the first two is named.
fn department_facts(
    inputs: &Inputs,
    ledger: Option<&Ledger>,
    folder: &dyn Files,
    catalog: &Catalog,
    problems: &mut Vec<Problem>,
) -> Facts {
    let mut facts = ledger.map(|ledger| ledger.facts(LedgerScope::Department, catalog)).unwrap_or_default();
    facts.absorb(inputs.facts.clone());
    if let Some(prior) = prior_facts(inputs, folder, catalog, problems) {
        facts.absorb(prior);
    }
    let variant = catalog.variant(&inputs.department.variant, inputs.department.year);
    let tables = variant.map(|variant| tables::read_folder(folder, catalog, variant, &mut facts, problems));
    answers::state(&inputs.sheets.answers, None, &inputs.department.name, catalog, &mut facts, problems);
    if ledger.is_none() && tables.is_none_or(|tables| tables.is_empty()) {
        nothing_given(problems);
    }
    facts
}

/// Folders of units that department.toml does not name: nobody reads them.
fn strangers(folder: &dyn Files, department: &Department, problems: &mut Vec<Problem>) {
    let Ok(entries) = folder.list(UNITS) else { return };
    for name in entries.into_iter().map(|entry| entry.name) {
        if !name.starts_with('.') && !department.units.iter().any(|unit| unit.name == name) {
            let place = Place { file: Some(format!("{UNITS}/{name}")), ..Place::default() };
            let known: Vec<&str> = department.units.iter().map(|unit| unit.name.as_str()).collect();
            let message = format!("没有读取：department.toml 里没有“{name}”这个单位；有：{}", known.join("、"));
            problems.push(Problem::doubt(place, message));
        }
    }
}

/// Last year's books, read with last year's rules.
fn prior_facts(inputs: &Inputs, folder: &dyn Files, catalog: &Catalog, problems: &mut Vec<Problem>) -> Option<Facts> {
    if !inputs.has_prior_books {
        return None;
    }
    let year = inputs.department.year.saturating_sub(1);
    let department = Department { year, ..inputs.department.clone() };
    let ledger = books::read(&Below::new(folder, PRIOR), &department, catalog, problems)?;
    Some(ledger.facts(LedgerScope::Department, catalog).as_of(year))
}

/// How a folder is read.
#[derive(Clone, Copy)]
struct Reading<'a> {
    folder: &'a dyn Files,
    catalog: &'a Catalog,
    tail: Tail,
    last_year: &'a LastYear<'a>,
}

/// The units that keep books, where there is more than one.
fn unit_sources(
    inputs: &Inputs,
    ledger: Option<&Ledger>,
    reading: Reading<'_>,
    used: &mut Used,
    problems: &mut Vec<Problem>,
) -> Vec<UnitSource> {
    let several = ledger.filter(|ledger| ledger.units().len() > 1);
    let names = several.map(Ledger::units).unwrap_or_default();
    names.iter().filter_map(|name| unit_source(inputs, several?, name, reading, used, problems)).collect()
}

fn unit_source(
    inputs: &Inputs,
    ledger: &Ledger,
    name: &str,
    reading: Reading<'_>,
    used: &mut Used,
    problems: &mut Vec<Problem>,
) -> Option<UnitSource> {
    let Reading { folder, catalog, tail, last_year } = reading;
    let entry = inputs.department.units.iter().find(|unit| unit.name == name)?;
    let own_folder = Below::new(folder, &joined(UNITS, name));
    let mut facts = ledger.facts(LedgerScope::Unit(name), catalog);
    facts.absorb(inputs.facts_of(Some(name), catalog));
    let own = if own_folder.kind("") == Some(FileKind::Folder) {
        match last_year::inputs(&own_folder, name, catalog, last_year) {
            Ok(own) => Some(own),
            Err(found) => {
                problems.extend(found.into_iter().map(|problem| below(name, problem)));
                return None;
            }
        }
    } else {
        None
    };
    let mut found = Vec::new();
    let has_folder = own.is_some();
    let mut own = own.unwrap_or_else(|| inputs.of_unit(name, catalog, &mut found));
    if has_folder {
        found.append(&mut own.problems);
        for place in own.narrative.places.values_mut() {
            place.file = place.file.take().map(|file| joined(&joined(UNITS, name), &file));
        }
        let (answers, department) = (&inputs.sheets.answers, inputs.department.name.as_str());
        answers::narrate(answers, Some(name), department, &mut own.narrative, catalog, problems);
    }
    last_year.state(name, &mut own, used, &mut found);
    facts.absorb(own.facts.clone());
    let (answers, department) = (&inputs.sheets.answers, inputs.department.name.as_str());
    answers::state(answers, Some(name), department, catalog, &mut facts, problems);
    if own.counts.keys().next().is_none() {
        own.counts = Counts::new(&inputs.records, catalog, inputs.department.year, Some(name));
    }
    let campaign = campaign::campaign(own.entered(), &facts, catalog, &mut found);
    problems.extend(found.into_iter().map(|problem| if has_folder { below(name, problem) } else { problem }));
    let Inputs { mut department, narrative, mut texts, .. } = own;
    department.scope = "单位".to_owned();
    department.units = vec![entry.clone()];
    department.print.close_tail |= tail == Tail::Close;
    for (key, text) in &inputs.texts {
        texts.entry(key.clone()).or_insert_with(|| text.clone());
    }
    Some(UnitSource { name: Arc::from(name), department, narrative, facts, campaign, texts, way: inputs.way() })
}

fn written_unit(unit: UnitSource, catalog: &Catalog) -> WrittenUnit {
    let sources = Sources {
        department: &unit.department,
        narrative: &unit.narrative,
        facts: &unit.facts,
        campaign: unit.campaign.as_ref(),
        texts: &unit.texts,
        way: unit.way,
    };
    let Composed { package, problems, asks } = compose(sources, catalog);
    // What was entered in a workbook says by itself where.
    let bare = |problem: &Problem| problem.place.file.as_deref().is_none_or(|file| file == NARRATIVE_FILE);
    let own = |problem| if bare(&problem) { below(&unit.name, problem) } else { problem };
    let problems = problems.into_iter().map(own).collect();
    WrittenUnit { name: unit.name, package, campaign: unit.campaign, asks, problems }
}

/// A problem of a file in a unit's own folder.
pub(crate) fn below(unit: &str, mut problem: Problem) -> Problem {
    let file = problem.place.file.unwrap_or_default();
    problem.place.file = Some(format!("{UNITS}/{unit}/{file}"));
    problem
}

fn said(ledger: &Ledger) -> String {
    let reading = ledger.reading();
    let read = format!(
        "读入 {} 个文件、{} 条分录，识别并剔除结转凭证 {} 张",
        reading.files.len(),
        reading.entries,
        reading.closing_vouchers
    );
    std::iter::once(&read).chain(&reading.exports).cloned().collect::<Vec<_>>().join("；")
}

/// In the order of their places, each once.
fn sorted(problems: Vec<Problem>) -> Vec<Problem> {
    let mut seen = BTreeSet::new();
    let mut problems: Vec<Problem> =
        problems.into_iter().filter(|p| seen.insert((p.place.clone(), p.message.clone()))).collect();
    problems.sort_by(|a, b| (a.gravity, &a.place).cmp(&(b.gravity, &b.place)));
    problems
}

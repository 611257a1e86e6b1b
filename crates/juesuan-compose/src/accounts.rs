//! A whole folder to packages: the department, and each of its units that keeps books.
//!
//! `units/<name>/` inside the folder is an input folder of that unit (department.toml, narrative.toml, prior/ …) whose
//! books, registers and budget stand in the department's folder.

use std::collections::BTreeMap;
use std::sync::Arc;

use juesuan_catalog::{Catalog, Way};
use juesuan_evaluate::campaign::{self, Campaign};
use juesuan_facts::{Counts, Department, Facts, Filing, Narrative, UnitEntry};
use juesuan_inputs::consolidate::Elimination;
use juesuan_inputs::entered::answers::{self, Answer};
use juesuan_inputs::{Inputs, Ledger, LedgerScope, books, scale, tables};
use juesuan_model::{Ask, Need, Package, Place, Problem, Wanted};
use juesuan_read::Files;
use juesuan_read::files::{Below, FileKind, joined};
use rayon::prelude::*;

use crate::compose::{Composed, NARRATIVE_FILE, Sources, compose};
use crate::faults::{below, is_fatal, nothing_given, of_body, sorted, strangers};
use crate::last_year::{self, LastYear, TakenFigure, Used};
use crate::stopped::Stopped;

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
    /// What was taken of last year's published accounts, the department's first.
    pub taken: Vec<TakenFigure>,
    /// SHA-256 of each input file, by path below the folder.
    pub digests: BTreeMap<String, String>,
    /// Doubts that a person should look at. With sources that contradict each other among them the accounts are a draft.
    pub problems: Vec<Problem>,
}

/// Reads a folder and composes its packages. `Err` holds every problem, grave ones among them: then nothing may be made.
pub fn accounts(folder: &dyn Files, catalog: &Catalog, tail: Tail) -> Result<Accounts, Vec<Problem>> {
    accounts_after(folder, catalog, tail, LastYear::none()).map_err(|stopped| stopped.problems)
}

/// As [`accounts`], with what was published last year. Where nothing may be made, what would be asked comes with the problems.
pub fn accounts_after(
    folder: &dyn Files,
    catalog: &Catalog,
    tail: Tail,
    mut last_year: LastYear<'_>,
) -> Result<Accounts, Stopped> {
    let mut inputs = last_year::inputs(folder, "", catalog, &last_year)?;
    let mut problems = std::mem::take(&mut inputs.problems);
    last_year.date(inputs.department.year, &mut problems);
    let last_year = &last_year;
    let mut used = Used::default();
    last_year.state("", &mut inputs, catalog, &mut used, &mut problems);
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
    last_year.unused(&inputs, catalog, &used, &mut problems);
    let of_units = units.iter().flat_map(|unit| last_year::taken(&unit.facts, Some(&unit.name)));
    let taken = last_year::taken(&facts, None).into_iter().chain(of_units).collect();
    let entity = inputs.department.entity();
    let is_stopped = is_fatal(&problems);
    // Sums of impossible amounts are not even tried.
    if is_stopped && !facts.beyond_belief().is_empty() {
        return Err(sorted(problems).into());
    }
    let sources = sources(&inputs, &facts, campaign.as_ref());
    let Composed { package: department, problems: mut found, asks } = compose(sources, catalog);
    let asks = inputs.unfilled.iter().map(|key| asked_profile(key, catalog)).chain(asks).collect();
    let mut lacking = vec![Lacking { unit: None, asks }];
    let (packages, unit_campaigns) = written_units(units, catalog, &mut lacking, &mut found);
    // Behind faults of the inputs what is found in the documents follows from them.
    if !is_stopped {
        problems.extend(found);
    }
    if is_fatal(&problems) {
        return Err(Stopped::with(sorted(problems), entity, lacking, inputs.sheets.answers));
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
        taken,
        digests: inputs.digests,
        problems: sorted(problems),
    })
}

/// What the department's own document is made from.
fn sources<'a>(inputs: &'a Inputs, facts: &'a Facts, campaign: Option<&'a Campaign>) -> Sources<'a> {
    Sources {
        department: &inputs.department,
        narrative: &inputs.narrative,
        facts,
        campaign,
        texts: &inputs.texts,
        way: inputs.way(),
    }
}

/// An entry of the profile without which nothing can be made.
fn asked_profile(key: &str, catalog: &Catalog) -> Ask {
    let line = catalog.entry.profile.iter().find(|line| line.key == key);
    let (label, help) = line.map_or((key, ""), |line| (line.label.as_str(), line.help.as_str()));
    let wanted = Wanted::Profile(key.to_owned());
    Ask { note: help.to_owned(), ..Ask::new(wanted, label, Place::default(), Need::Must) }
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

/// One unit before it is written.
struct UnitSource {
    name: Arc<str>,
    department: Department,
    narrative: Narrative,
    facts: Facts,
    campaign: Option<Campaign>,
    texts: BTreeMap<String, String>,
    way: Way,
    /// Whether it has a folder of its own.
    has_folder: bool,
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
    if has_folder && own.department.origin.is_empty() {
        let bare = Department { formed: inputs.department.formed.clone(), ..own.department };
        own.department = bare.formed_as(entry, catalog);
    }
    last_year.state(name, &mut own, catalog, used, &mut found);
    facts.absorb(own.facts.clone());
    let (answers, department) = (&inputs.sheets.answers, inputs.department.name.as_str());
    answers::state(answers, Some(name), department, catalog, &mut facts, problems);
    if own.counts.keys().next().is_none() {
        own.counts = Counts::new(&inputs.records, catalog, inputs.department.year, Some(name));
    }
    let campaign = campaign::campaign(own.entered(), &facts, catalog, &mut found);
    problems.extend(found.into_iter().map(|problem| if has_folder { below(name, problem) } else { problem }));
    Some(ready(own, facts, campaign, (entry, has_folder), inputs, tail))
}

/// A unit with all that is known of it.
fn ready(
    own: Inputs,
    facts: Facts,
    campaign: Option<Campaign>,
    (entry, has_folder): (&UnitEntry, bool),
    inputs: &Inputs,
    tail: Tail,
) -> UnitSource {
    let Inputs { mut department, narrative, mut texts, .. } = own;
    department.scope = "单位".to_owned();
    department.units = vec![entry.clone()];
    department.print.close_tail |= tail == Tail::Close;
    for (key, text) in &inputs.texts {
        texts.entry(key.clone()).or_insert_with(|| text.clone());
    }
    let name = Arc::from(entry.name.as_str());
    UnitSource { name, department, narrative, facts, campaign, texts, way: inputs.way(), has_folder }
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
    let own = |problem| match (bare(&problem), unit.has_folder) {
        (true, true) => below(&unit.name, problem),
        (true, false) => of_body(&unit.name, problem),
        (false, _) => problem,
    };
    let problems = problems.into_iter().map(own).collect();
    WrittenUnit { name: unit.name, package, campaign: unit.campaign, asks, problems }
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

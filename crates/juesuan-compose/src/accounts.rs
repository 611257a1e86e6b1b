//! A whole folder to packages: the department, and each of its units that keeps books.
//!
//! `units/<name>/` inside the folder is an input folder of that unit (department.toml, narrative.toml, prior/ …) whose
//! books, registers and budget stand in the department's folder.

use std::collections::BTreeMap;

use juesuan_catalog::{Catalog, Way};
use juesuan_evaluate::campaign::{self, Campaign};
use juesuan_facts::{Department, Facts, Filing};
use juesuan_inputs::consolidate::Elimination;
use juesuan_inputs::entered::answers::{self, Answer};
use juesuan_inputs::{Inputs, Ledger, LedgerScope, books, scale, tables};
use juesuan_model::{Ask, Need, Package, Place, Problem, Wanted};
use juesuan_read::Files;
use juesuan_read::files::Below;
use rayon::prelude::*;

use crate::compose::{Sources, compose};
use crate::faults::{is_fatal, nothing_given, sorted, strangers};
use crate::last_year::{self, LastYear, TakenFigure, Used};
use crate::stopped::Stopped;
use crate::unit::{Unit, UnitAccounts};

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
pub struct Accounts<U = UnitAccounts> {
    /// The department.
    pub department: Package,
    /// Its units that keep books, if there is more than one, in the order of department.toml; or what was made of each of them.
    pub units: Vec<U>,
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
    last_year: LastYear<'_>,
) -> Result<Accounts, Stopped> {
    let prepared = Prepared::read(folder, catalog, tail, last_year)?;
    let units = prepared.units().par_iter().map(|name| prepared.unit(name)).collect();
    prepared.finish(units)
}

/// A folder whose inputs were read. Its documents are made one by one, so that nobody needs to have those of hundreds of units at hand.
pub struct Prepared<'a> {
    pub(crate) folder: &'a dyn Files,
    pub(crate) catalog: &'a Catalog,
    pub(crate) tail: Tail,
    pub(crate) last_year: LastYear<'a>,
    pub(crate) inputs: Inputs,
    pub(crate) ledger: Option<Ledger>,
    facts: Facts,
    campaign: Option<Campaign>,
    problems: Vec<Problem>,
    used: Used,
}

impl<'a> Prepared<'a> {
    /// Reads a folder.
    ///
    /// # Errors
    /// Inputs of which nothing can even be tried.
    pub fn read(
        folder: &'a dyn Files,
        catalog: &'a Catalog,
        tail: Tail,
        mut last_year: LastYear<'a>,
    ) -> Result<Prepared<'a>, Stopped> {
        let mut inputs = last_year::inputs(folder, "", catalog, &last_year)?;
        let mut problems = std::mem::take(&mut inputs.problems);
        last_year.date(inputs.department.year, &mut problems);
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
        Ok(Prepared { folder, catalog, tail, last_year, inputs, ledger, facts, campaign, problems, used })
    }

    /// True if faults of the inputs were found by which nothing may be made; those in the folders of units come with each unit.
    pub fn is_stopped(&self) -> bool {
        is_fatal(&self.problems)
    }

    /// What is known of the whole department.
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// What was read of its folder.
    pub fn inputs(&self) -> &Inputs {
        &self.inputs
    }

    /// Approval, publication and the like.
    pub fn filing(&self) -> Filing {
        self.inputs.department.filing()
    }

    /// The document of the department, and everything of the folder with what was made of each unit, in the order of [`Prepared::units`].
    ///
    /// # Errors
    /// Faults of the inputs or of a document by which nothing may be made.
    pub fn finish<U>(self, units: Vec<Unit<U>>) -> Result<Accounts<U>, Stopped> {
        let Prepared { catalog, last_year, inputs, ledger, facts, campaign, mut problems, mut used, .. } = self;
        let (mut made, mut taken, mut lacking) = (Vec::new(), last_year::taken(&facts, None), Vec::new());
        let mut found = Vec::new();
        for unit in units {
            used.take(unit.used);
            problems.extend(unit.problems);
            taken.extend(unit.taken);
            if let Some(own) = unit.made {
                made.push(own);
                lacking.push(Lacking { unit: Some(unit.name), asks: unit.asks });
                found.extend(unit.found);
            }
        }
        last_year.unused(&inputs, catalog, &used, &mut problems);
        let entity = inputs.department.entity();
        let is_stopped = is_fatal(&problems);
        // Sums of impossible amounts are not even tried.
        if is_stopped && !facts.beyond_belief().is_empty() {
            return Err(sorted(problems).into());
        }
        let composed = compose(sources(&inputs, &facts, campaign.as_ref()), catalog);
        let asks = inputs.unfilled.iter().map(|key| asked_profile(key, catalog)).chain(composed.asks).collect();
        lacking.insert(0, Lacking { unit: None, asks });
        // Behind faults of the inputs what is found in the documents follows from them.
        if !is_stopped {
            problems.extend(composed.problems.into_iter().chain(found));
        }
        if is_fatal(&problems) {
            return Err(Stopped::with(sorted(problems), entity, lacking, inputs.sheets.answers));
        }
        Ok(Accounts {
            department: composed.package,
            units: made,
            lacking,
            way: inputs.way(),
            answers: inputs.sheets.answers,
            campaign,
            eliminations: ledger.as_ref().map(|l| l.eliminations().to_vec()).unwrap_or_default(),
            filing: inputs.department.filing(),
            prior: inputs.prior,
            reading: ledger.as_ref().map(said).into_iter().chain(used.said).collect::<Vec<String>>().join("\n"),
            taken,
            digests: inputs.digests,
            problems: sorted(problems),
        })
    }
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

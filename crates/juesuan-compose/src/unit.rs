//! One unit of a department: what is known of it, its document, and what of both goes into the whole.

use std::collections::BTreeMap;
use std::sync::Arc;

use juesuan_evaluate::campaign::{self, Campaign};
use juesuan_facts::{Counts, Department, Facts, Narrative, UnitEntry};
use juesuan_inputs::entered::answers;
use juesuan_inputs::{Inputs, Ledger, LedgerScope};
use juesuan_model::{Ask, Package, Problem};
use juesuan_read::files::{Below, FileKind, Files, joined};

use crate::accounts::{Prepared, Tail, UNITS};
use crate::compose::{Composed, NARRATIVE_FILE, Sources, compose};
use crate::faults::{below, is_fatal, of_body};
use crate::last_year::{self, TakenFigure, Used};

/// The document of a unit and the evaluation that it tells of.
#[derive(Debug)]
pub struct UnitAccounts {
    /// The document.
    pub package: Package,
    /// Its evaluation, if anything was entered for it.
    pub campaign: Option<Campaign>,
}

/// What was made of one unit, with what the whole needs of it.
#[derive(Debug)]
pub struct Unit<U = UnitAccounts> {
    pub(crate) name: String,
    /// Nothing where its inputs have faults by which nothing may be made.
    pub(crate) made: Option<U>,
    pub(crate) asks: Vec<Ask>,
    /// What is wrong with its inputs, and with its document.
    pub(crate) problems: Vec<Problem>,
    pub(crate) found: Vec<Problem>,
    pub(crate) used: Used,
    pub(crate) taken: Vec<TakenFigure>,
}

impl<U> Unit<U> {
    fn new(name: &str) -> Unit<U> {
        Unit {
            name: name.to_owned(),
            made: None,
            asks: Vec::new(),
            problems: Vec::new(),
            found: Vec::new(),
            used: Used::default(),
            taken: Vec::new(),
        }
    }

    /// True if faults were found by which nothing may be made of the whole folder.
    pub fn is_stopped(&self) -> bool {
        is_fatal(&self.problems) || is_fatal(&self.found)
    }

    /// Everything wrong with its inputs and with its document.
    pub fn into_problems(mut self) -> Vec<Problem> {
        self.problems.append(&mut self.found);
        self.problems
    }

    /// The document, and what the whole needs besides.
    pub fn parted(self) -> (Unit<()>, Option<U>) {
        let Unit { name, made, asks, problems, found, used, taken } = self;
        (Unit { name, made: made.as_ref().map(|_| ()), asks, problems, found, used, taken }, made)
    }
}

/// What is known of a unit.
struct Known {
    department: Department,
    narrative: Narrative,
    facts: Facts,
    campaign: Option<Campaign>,
    texts: BTreeMap<String, String>,
    /// Whether it has a folder of its own.
    has_folder: bool,
}

impl Prepared<'_> {
    /// The units that keep books, where there is more than one, in the order of department.toml.
    pub fn units(&self) -> Vec<Arc<str>> {
        self.ledger.as_ref().map(Ledger::units).filter(|units| units.len() > 1).unwrap_or_default()
    }

    /// Makes the document of one of them.
    pub fn unit(&self, name: &str) -> Unit {
        let mut unit = Unit::new(name);
        let entry = self.inputs.department.units.iter().find(|unit| unit.name == name);
        let (Some(entry), Some(ledger)) = (entry, &self.ledger) else { return unit };
        let Some(known) = self.known(entry, ledger, &mut unit) else { return unit };
        unit.taken = last_year::taken(&known.facts, Some(name));
        let sources = Sources {
            department: &known.department,
            narrative: &known.narrative,
            facts: &known.facts,
            campaign: known.campaign.as_ref(),
            texts: &known.texts,
            way: self.inputs.way(),
        };
        let Composed { package, problems, asks } = compose(sources, self.catalog);
        // What was entered in a workbook says by itself where.
        let bare = |problem: &Problem| problem.place.file.as_deref().is_none_or(|file| file == NARRATIVE_FILE);
        let own = |problem| match (bare(&problem), known.has_folder) {
            (true, true) => below(name, problem),
            (true, false) => of_body(name, problem),
            (false, _) => problem,
        };
        unit.found = problems.into_iter().map(own).collect();
        unit.asks = asks;
        unit.made = Some(UnitAccounts { package, campaign: known.campaign });
        unit
    }

    /// What its own folder, the department's and its books say of a unit; nothing where its folder cannot be read.
    fn known(&self, entry: &UnitEntry, ledger: &Ledger, unit: &mut Unit) -> Option<Known> {
        let Prepared { folder, catalog, last_year, inputs, .. } = self;
        let name = entry.name.as_str();
        let own_folder = Below::new(*folder, &joined(UNITS, name));
        let mut facts = ledger.facts(LedgerScope::Unit(name), catalog);
        facts.absorb(inputs.facts_of(Some(name), catalog));
        let own = if own_folder.kind("") == Some(FileKind::Folder) {
            match last_year::inputs(&own_folder, name, catalog, last_year) {
                Ok(own) => Some(own),
                Err(found) => {
                    unit.problems.extend(found.into_iter().map(|problem| below(name, problem)));
                    return None;
                }
            }
        } else {
            None
        };
        let mut found = Vec::new();
        let has_folder = own.is_some();
        let mut own = own.unwrap_or_else(|| inputs.of_unit(name, catalog, &mut found));
        let (answers, department) = (&inputs.sheets.answers, inputs.department.name.as_str());
        if has_folder {
            found.append(&mut own.problems);
            for place in own.narrative.places.values_mut() {
                place.file = place.file.take().map(|file| joined(&joined(UNITS, name), &file));
            }
            answers::narrate(answers, Some(name), department, &mut own.narrative, catalog, &mut unit.problems);
        }
        if has_folder && own.department.origin.is_empty() {
            let bare = Department { formed: inputs.department.formed.clone(), ..own.department };
            own.department = bare.formed_as(entry, catalog);
        }
        last_year.state(name, &mut own, catalog, &mut unit.used, &mut found);
        facts.absorb(own.facts.clone());
        answers::state(answers, Some(name), department, catalog, &mut facts, &mut unit.problems);
        if own.counts.keys().next().is_none() {
            own.counts = Counts::new(&inputs.records, catalog, inputs.department.year, Some(name));
        }
        let campaign = campaign::campaign(own.entered(), &facts, catalog, &mut found);
        unit.problems.extend(found.into_iter().map(|problem| if has_folder { below(name, problem) } else { problem }));
        let (department, narrative, texts) = self.as_unit(own, entry);
        Some(Known { department, narrative, facts, campaign, texts, has_folder })
    }

    /// A body as a unit of the department, with the texts that registers of the department give.
    fn as_unit(&self, own: Inputs, entry: &UnitEntry) -> (Department, Narrative, BTreeMap<String, String>) {
        let Inputs { mut department, narrative, mut texts, .. } = own;
        department.scope = "单位".to_owned();
        department.units = vec![entry.clone()];
        department.print.close_tail |= self.tail == Tail::Close;
        for (key, text) in &self.inputs.texts {
            texts.entry(key.clone()).or_insert_with(|| text.clone());
        }
        (department, narrative, texts)
    }
}

//! The evaluations of a folder during the year: what the monitoring needs before there are books.

use std::collections::BTreeMap;

use juesuan_catalog::Catalog;
use juesuan_evaluate::campaign::{Campaign, Moment, campaign_at};
use juesuan_facts::Filing;
use juesuan_model::{Entity, Gravity, Problem};
use juesuan_read::Files;
use juesuan_read::files::{Below, FileKind, joined};

use crate::accounts::UNITS;
use crate::faults::below;

/// The evaluations of a department and of its units, with what the manifest keeps of the folder.
#[derive(Debug)]
pub struct During {
    /// Name of the department.
    pub department: String,
    /// Whose, and what was planned and reached so far; the department first. Empty: nothing was entered.
    pub campaigns: Vec<(Entity, Campaign)>,
    /// Approval, publication and the like, as department.toml gives them.
    pub filing: Filing,
    /// SHA-256 of each input file, by path below the folder.
    pub digests: BTreeMap<String, String>,
    /// Doubts that a person should look at.
    pub problems: Vec<Problem>,
}

/// Reads a folder without its books: budgets, registers, performance. `Err` holds every problem, fatal ones among them.
pub fn during(folder: &dyn Files, catalog: &Catalog) -> Result<During, Vec<Problem>> {
    let mut whole = juesuan_inputs::read(folder, catalog)?;
    let mut problems = std::mem::take(&mut whole.problems);
    let mut campaigns = Vec::new();
    let found = campaign_at(Moment::During, whole.entered(), &whole.facts, catalog, &mut problems);
    campaigns.extend(found.map(|campaign| (whole.department.entity(), campaign)));
    for unit in whole.department.units.iter().filter(|_| whole.department.units.len() > 1) {
        let own = Below::new(folder, &joined(UNITS, &unit.name));
        if own.kind("") != Some(FileKind::Folder) {
            continue;
        }
        let mut own_problems = Vec::new();
        match juesuan_inputs::read(&own, catalog) {
            Ok(mut own) => {
                own_problems.append(&mut own.problems);
                let mut facts = whole.facts_of(Some(&unit.name), catalog);
                facts.absorb(own.facts.clone());
                let found = campaign_at(Moment::During, own.entered(), &facts, catalog, &mut own_problems);
                campaigns.extend(found.map(|campaign| (own.department.entity(), campaign)));
            }
            Err(found) => own_problems = found,
        }
        problems.extend(own_problems.into_iter().map(|problem| below(&unit.name, problem)));
    }
    if problems.iter().any(|problem| problem.gravity == Gravity::Fatal) {
        return Err(problems);
    }
    let department = whole.department.name.clone();
    Ok(During { department, campaigns, filing: whole.department.filing(), digests: whole.digests, problems })
}

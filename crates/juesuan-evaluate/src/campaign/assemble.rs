//! Everything put together.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_catalog::{Catalog, IndicatorTree, Profile};
use juesuan_facts::implied::implied;
use juesuan_facts::performance::{IndicatorRow, WHOLE};
use juesuan_facts::{Entered, Facts, Performance, entry};
use juesuan_model::{Evidence, Number, Place, Problem, Quantity};

use super::compute::Computing;
use super::coverage::Coverage;
use super::indicator::IndicatorLine;
use super::project::Projects;
use super::result::Judging;
use super::subject::{RATE_DIGITS_MAX, Subject};
use super::target::Targets;
use super::text::texts;
use super::year::Campaign;
use super::{cycle, evaluated, money, monitoring, prior, usage, weights};
use crate::{Planned, Scored, Vague, VagueKind, execution_of, grade, total, vague};

/// When an evaluation is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// The year is over: everything that was reached must be there.
    YearEnd,
    /// During the year: what is judged at its end is not asked for yet.
    During,
}

/// Puts the evaluation of a year together; `None` if nothing was entered below `performance/`. Everything wrong with it is
/// named, and nothing that was entered is left out.
pub fn campaign(entered: Entered, facts: &Facts, catalog: &Catalog, problems: &mut Vec<Problem>) -> Option<Campaign> {
    campaign_at(Moment::YearEnd, entered, facts, catalog, problems)
}

/// As [`campaign`], at a moment.
pub fn campaign_at(
    moment: Moment,
    entered: Entered,
    facts: &Facts,
    catalog: &Catalog,
    problems: &mut Vec<Problem>,
) -> Option<Campaign> {
    let rows = entered.performance?;
    let department = entered.department;
    let profile = match department.performance_profile.as_str() {
        "" => catalog.performance.profile_of(&department.variant),
        key => catalog.performance.profile(key),
    }?;
    let year = department.year;
    let facts = implied(facts, department, catalog);
    let projects = Projects::new(rows, &facts, &catalog.trees, &|name| is_explained(name, &entered, catalog), problems);
    let targets = Targets::new(rows, &projects, (year, &catalog.performance.values), problems);
    let coverage = Coverage::new(rows, &projects);
    let computing = Computing { facts: &facts, catalog, counts: entered.counts, coverage: &coverage, year };
    let judging = Judging { computing, profile, targets: &targets };
    cycle::filled_on(rows, year, problems);
    doubled(rows, &projects, problems);

    // What is not asked for yet is not wrong yet.
    let mut later = Vec::new();
    let mut texts = texts(rows, &projects, &computing, if moment == Moment::During { &mut later } else { problems });
    let mut subject = |name: &str, place: &Place, problems: &mut Vec<Problem>| {
        let mut subject = head(rows, &projects, name, place);
        subject.texts = texts.remove(name).unwrap_or_default();
        for row in rows.indicators.iter().flatten().filter(|row| projects.name(&row.project) == name) {
            let evidence = proofs(entered.evidence, row);
            let of_result = if moment == Moment::During { &mut later } else { &mut *problems };
            subject.lines.push(judging.indicator(row, name, evidence, of_result));
        }
        in_official_order(&mut subject.lines, catalog);
        subject.funds = money::funds(&facts, catalog, name);
        subject.prior = entered.prior.and_then(|package| prior::result(package, name));
        vague_targets(&subject, catalog, problems);
        score(&mut subject, profile, catalog, &department.variant, problems);
        subject
    };
    let whole = whole_place(rows).map(|place| subject("", &place, problems));
    let evaluated = projects.evaluated.iter().map(|(name, place)| subject(name, place, problems)).collect();
    let campaign = Campaign {
        profile: profile.key.clone(),
        whole,
        projects: evaluated,
        secret: projects.secret.clone(),
        steps: cycle::steps(rows, &projects, &targets, year, problems),
        uses: usage::uses(rows, &projects, year, problems),
        evidence: entered.evidence.to_vec(),
        monitoring: monitoring::rows(rows, &projects, &catalog.performance.values, problems),
        changes: targets.changes,
        coverage,
    };
    if moment == Moment::YearEnd {
        evaluated::check_stated(&campaign, &facts, &catalog.trees, problems);
    }
    Some(campaign)
}

/// True for a project of which it is said why it was not evaluated.
fn is_explained(name: &str, entered: &Entered<'_>, catalog: &Catalog) -> bool {
    let key = format!("{}.{name}", catalog.performance.words.left_out);
    entered.texts.get(&key).is_some_and(|why| !why.trim().is_empty())
}

/// Groups indicators by their levels in the order of the first scheme that has all of them; where none has, in that of the inputs.
fn in_official_order(lines: &mut [IndicatorLine], catalog: &Catalog) {
    let rank = |tree: &IndicatorTree, line: &IndicatorLine| tree.rank(&line.path[0], &line.path[1]);
    let has_all = |tree: &&IndicatorTree| lines.iter().all(|line| rank(tree, line).is_some());
    let scheme = catalog.performance.library.trees().iter().find(has_all);
    let path = |line: &IndicatorLine| [line.path[0].clone(), line.path[1].clone()];
    let entered: Vec<[String; 2]> = lines.iter().map(path).collect();
    let first_of = |line: &IndicatorLine| entered.iter().position(|path| path[0] == line.path[0]);
    let second_of = |line: &IndicatorLine| entered.iter().position(|path| path[..] == line.path[..2]);
    lines.sort_by_cached_key(|line| match scheme.and_then(|tree| rank(tree, line)) {
        Some((first, second)) => (Some(first), second, second_of(line)),
        None => (first_of(line), 0, second_of(line)),
    });
}

/// What the list of projects says of a subject.
fn head(rows: &Performance, projects: &Projects, name: &str, place: &Place) -> Subject {
    let row = rows.projects.iter().flatten().find(|row| projects.name(&row.project) == name);
    Subject {
        project: name.to_owned(),
        fields: row.map(|row| row.fields.clone()).unwrap_or_default(),
        rate_decimals: row
            .and_then(|row| u8::try_from(row.rate_decimals?).ok())
            .filter(|digits| *digits <= RATE_DIGITS_MAX),
        place: place.clone(),
        ..Subject::default()
    }
}

/// The first row that is about the whole.
fn whole_place(rows: &Performance) -> Option<Place> {
    let projects =
        rows.projects.iter().flatten().filter(|row| row.project.is_empty()).map(|row| row.record.row_place());
    let indicators =
        rows.indicators.iter().flatten().filter(|row| row.project.is_empty()).map(|row| row.record.row_place());
    let texts = rows.texts.iter().flatten().filter(|row| row.project.is_empty()).map(|row| row.place.clone());
    projects.chain(indicators).chain(texts).next()
}

/// Paths of the files that prove an indicator.
fn proofs(evidence: &[Evidence], row: &IndicatorRow) -> Vec<String> {
    let named: Vec<&str> = entry::names(row.record.text("evidence")).collect();
    let of_row = format!("{}／{}", row.record.filled("project").unwrap_or(WHOLE), row.path[2]);
    let proves = evidence.iter().filter(|file| !named.is_empty() && file.proves.contains(&of_row));
    proves.map(|file| file.path.clone()).collect()
}

/// Names targets that say too little.
fn vague_targets(subject: &Subject, catalog: &Catalog, problems: &mut Vec<Problem>) {
    let planned: Vec<Planned> = subject
        .lines
        .iter()
        .map(|line| Planned { path: line.path.each_ref().map(String::as_str), aim: &line.aim, weight: line.weight })
        .collect();
    // Names that stand twice are named where they are entered.
    let found = vague(&planned, &catalog.performance).into_iter().filter(|vague| vague.kind != VagueKind::Double);
    for Vague { line, message, .. } in found {
        let place = subject.lines.get(line).map(|line| line.place.clone()).unwrap_or_default();
        problems.push(Problem::doubt(place, message));
    }
}

/// Execution, total and grade.
fn score(subject: &mut Subject, profile: &Profile, catalog: &Catalog, variant: &str, problems: &mut Vec<Problem>) {
    let amount = |quantity: Quantity| subject.amount(quantity).and_then(money::number);
    let budget = amount(Quantity::FullYearBudget).map(|(number, _)| number);
    let executed = amount(Quantity::Executed).map(|(number, _)| number);
    subject.rate = executed.zip(budget).and_then(|(executed, budget)| executed.percent_of(budget));
    if !subject.lines.iter().any(|line| line.weight.is_some()) {
        return;
    }
    let weight = if subject.is_whole() { profile.whole_execution } else { Some(profile.execution) };
    subject.execution_weight = weight.map(Number::whole);
    subject.execution = subject.execution_weight.map(|weight| execution_of(budget, executed, weight, profile));
    weights::check(subject, profile, problems);
    let lines: Vec<Scored> = subject.lines.iter().map(|line| line.scored.clone()).collect();
    subject.total = total(subject.execution.as_ref(), &lines);
    subject.grade = subject.total.and_then(|total| grade(total, &catalog.performance, variant)).map(str::to_owned);
}

/// Indicators that stand twice in one form.
fn doubled(rows: &Performance, projects: &Projects, problems: &mut Vec<Problem>) {
    let mut seen: BTreeMap<(String, &[String; 3]), u32> = BTreeMap::new();
    let mut named: BTreeSet<(String, &[String; 3])> = BTreeSet::new();
    for row in rows.indicators.iter().flatten() {
        let key = (projects.name(&row.project), &row.path);
        let line = row.record.row_place().line.unwrap_or_default();
        if let Some(first) = seen.get(&key) {
            if named.insert(key) {
                let message = format!("指标“{}”在第 {first} 行已经填过；请只留一行，或改成各自的名称", row.path[2]);
                problems.push(Problem::contradiction(row.record.place("level3"), message));
            }
        } else {
            seen.insert(key, line);
        }
    }
}

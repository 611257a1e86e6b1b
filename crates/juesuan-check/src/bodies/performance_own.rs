//! Indicators of a project that are another's, or everybody's.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_model::{Evaluation, Indicator, Message, Said, Stands};

use super::Bench;
use super::performance::{Wrong, of_projects};

/// Fewest indicators of a form that can be compared.
const COMPARED: usize = 3;
/// Fewest characters of a project's name that can stand in another's indicator.
const NAMED: usize = 4;

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The forms of two projects do not have all their indicators and values in common, and no indicator names another project.
pub(crate) fn indicators_of_project_are_own(bench: &mut Bench<'_, '_, '_>) {
    let forms: Vec<&Evaluation> =
        bench.projects(Stands::Form).filter(|form| form.indicators.len() >= COMPARED).collect();
    let line = |i: &Indicator| (letters(i.name()), letters(&i.target.text), letters(&i.actual.text));
    let mut alike: BTreeMap<Vec<(String, String, String)>, Vec<&Evaluation>> = BTreeMap::new();
    for form in &forms {
        alike.entry(form.indicators.iter().map(line).collect()).or_default().push(form);
    }
    let mut faults = 0;
    for same in alike.into_values() {
        let names: BTreeSet<&str> = same.iter().map(|form| form.project.as_str()).collect();
        if names.len() < 2 {
            continue;
        }
        faults += 1;
        let names: Vec<&str> = names.into_iter().collect();
        let message = Message::new("alike").with("项目", of_projects(&names));
        let places = same.iter().filter_map(|form| form.indicators.first()).map(|i| &i.place).collect();
        bench.wrong(bench.heading.severity, Wrong { message, places, ..Wrong::default() });
    }
    let cores: BTreeMap<&str, String> = bench
        .evaluations()
        .iter()
        .filter(|e| !e.is_whole())
        .map(|e| (e.project.as_str(), core(bench, &e.project)))
        .collect();
    for form in &forms {
        let own = cores.get(form.project.as_str()).cloned().unwrap_or_default();
        for indicator in &form.indicators {
            let name = letters(indicator.name());
            let other = cores.iter().find(|(project, core)| {
                **project != form.project
                    && core.chars().count() >= NAMED
                    && name.contains(core.as_str())
                    && !own.contains(core.as_str())
            });
            let Some((project, _)) = other else { continue };
            faults += 1;
            let message = Message::new("of-another")
                .with("项目", Said::name(&form.project))
                .with("指标", Said::name(indicator.name()))
                .with("另项", Said::name(*project));
            bench.wrong(bench.heading.severity, Wrong { message, places: vec![&indicator.place], ..Wrong::default() });
        }
    }
    bench.done(forms.len(), faults);
}

/// A project's name without the words that many names end with.
fn core(bench: &Bench<'_, '_, '_>, project: &str) -> String {
    let mut name = letters(project);
    while let Some(short) = bench.words("endings").iter().find_map(|word| name.strip_suffix(word.as_str())) {
        name = short.to_owned();
    }
    name
}

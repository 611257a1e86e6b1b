//! Texts and indicators of a project that are another's, or everybody's.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_model::{Evaluation, Indicator, Message, Said, Stands, Told, Topic};

use super::Bench;
use super::performance::{Wrong, of_projects};

/// Fewest characters of a text that says something of a project.
const SAYING: usize = 12;
/// Fewest indicators of a form that can be compared.
const COMPARED: usize = 3;
/// Fewest characters of a project's name that can stand in another's indicator.
const NAMED: usize = 4;

/// Texts in which every project should speak of itself.
const OWN: [(Topic, &str); 6] = [
    (Topic::Output, "主要产出和效益"),
    (Topic::Outcome, "实际完成情况"),
    (Topic::Met, "完成的绩效目标"),
    (Topic::Deviation, "偏差原因"),
    (Topic::Use, "结果应用"),
    (Topic::ExecutionCause, "执行偏移原因"),
];

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The same paragraph does not stand in `[with] times` projects.
pub(crate) fn paragraphs_are_own(bench: &mut Bench<'_, '_, '_>) {
    let times = bench.number("times");
    let (mut seen, mut faults) = (0, 0);
    for stands in [Stands::Summary, Stands::Report, Stands::Form] {
        for (topic, word) in OWN {
            let mut alike: BTreeMap<String, Vec<(&Evaluation, &Told)>> = BTreeMap::new();
            for project in bench.projects(stands) {
                let Some(told) = bench.something(project, topic) else { continue };
                let text = letters(&told.text);
                if text.chars().count() >= SAYING {
                    seen += 1;
                    alike.entry(text).or_default().push((project, told));
                }
            }
            for same in alike.into_values() {
                let names: BTreeSet<&str> = same.iter().map(|(project, _)| project.project.as_str()).collect();
                if names.len() < times {
                    continue;
                }
                faults += 1;
                let names: Vec<&str> = names.into_iter().collect();
                let told: Vec<&Told> = same.into_iter().map(|(_, told)| told).collect();
                let begin: String = told.first().map(|told| told.text.chars().take(30).collect()).unwrap_or_default();
                let message = Message::new("alike")
                    .with("项目", of_projects(&names))
                    .with("内容", Said::name(word))
                    .with("文字", Said::words(begin));
                bench.wrong(bench.heading.severity, Wrong { message, told, ..Wrong::default() });
            }
        }
    }
    bench.done(seen, faults);
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

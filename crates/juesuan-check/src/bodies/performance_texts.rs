//! What summaries, reports and forms say of one project, held against each other.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_model::{Evaluation, Message, Said, Stands, Told, Topic};

use super::Bench;
use super::performance::{Wrong, of_projects};

/// Where one place says that a project has problems, no other says that it has none.
pub(crate) fn problems_are_told(bench: &mut Bench<'_, '_, '_>) {
    let mut seen = 0;
    let mut denied: Vec<(&Evaluation, &Told, &Told)> = Vec::new();
    for summary in bench.projects(Stands::Summary) {
        let others = bench.evaluations().iter().filter(|other| {
            other.stands != Stands::Summary
                && other.project == summary.project
                && other.says.contains_key(&Topic::Problems)
        });
        for other in others {
            let pair = |a, b| bench.something(a, Topic::Problems).zip(bench.nothing(b, Topic::Problems));
            seen += usize::from(summary.says.contains_key(&Topic::Problems));
            if let Some((told, none)) = pair(summary, other).or_else(|| pair(other, summary)) {
                denied.push((summary, told, none));
            }
        }
    }
    if let Some((_, told, none)) = denied.first() {
        let mut names: Vec<&str> = denied.iter().map(|(project, ..)| project.project.as_str()).collect();
        names.dedup();
        let message = Message::new("denied")
            .with("项目", of_projects(&names))
            .with("问题", Said::words(&told.text))
            .with("处", &told.place)
            .with("没有", Said::words(&none.text))
            .with("另一处", &none.place);
        let told: Vec<&Told> = denied.iter().flat_map(|(_, told, none)| [*told, *none]).collect();
        bench.wrong(bench.heading.severity, Wrong { message, told, ..Wrong::default() });
    }
    bench.done(seen, denied.len());
}

/// The goal of a project is its own, not that of the whole.
pub(crate) fn goals_are_own(bench: &mut Bench<'_, '_, '_>) {
    let plain = |told: &Told| told.text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let goals: Vec<(&Evaluation, &Told, String)> = bench
        .evaluations()
        .iter()
        .filter_map(|evaluation| {
            let told = bench.something(evaluation, Topic::Goal)?;
            Some((evaluation, told, plain(told)))
        })
        .collect();
    let mut alike: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (number, (_, _, text)) in goals.iter().enumerate() {
        alike.entry(text.as_str()).or_default().push(number);
    }
    let mut faults = 0;
    for same in alike.into_values() {
        let projects: BTreeSet<&str> = same
            .iter()
            .filter_map(|i| goals.get(*i))
            .filter(|(e, ..)| !e.is_whole())
            .map(|(e, ..)| e.project.as_str())
            .collect();
        let whole = same.iter().filter_map(|i| goals.get(*i)).any(|(e, ..)| e.is_whole());
        if projects.len() < 2 && !(whole && projects.len() == 1) {
            continue;
        }
        faults += 1;
        let names: Vec<&str> = projects.into_iter().collect();
        let told: Vec<&Told> = same.iter().filter_map(|i| goals.get(*i)).map(|(_, told, _)| *told).collect();
        let begin: String = told.first().map(|told| told.text.chars().take(30).collect()).unwrap_or_default();
        let message = Message::new(if whole { "goal-of-whole" } else { "goals-alike" })
            .with("项目", of_projects(&names))
            .with("目标", Said::words(begin));
        bench.wrong(bench.heading.severity, Wrong { message, told, ..Wrong::default() });
    }
    bench.done(goals.len(), faults);
}

/// Reports of one document have the same items: `[with] least` of them, and most have it, so all should.
pub(crate) fn reports_are_complete(bench: &mut Bench<'_, '_, '_>) {
    let reports: Vec<&Evaluation> = bench.projects(Stands::Report).collect();
    let least = bench.number("least");
    let mut faults = 0;
    for (topic, word) in
        [(Topic::Purpose, "立项目的"), (Topic::Goal, "年度绩效目标"), (Topic::Problems, "存在的问题和原因")]
    {
        let (with, without): (Vec<&Evaluation>, Vec<&Evaluation>) =
            reports.iter().partition(|report| report.says.contains_key(&topic));
        if reports.len() < least || with.len() < 2 || without.is_empty() {
            continue;
        }
        faults += 1;
        let names: Vec<&str> = without.iter().map(|report| report.project.as_str()).collect();
        let message = Message::new("lacks")
            .with("项目", of_projects(&names))
            .with("内容", Said::name(word))
            .with("几", with.len());
        let told = without.iter().map(|report| &report.title).collect();
        bench.wrong(bench.heading.severity, Wrong { message, told, ..Wrong::default() });
    }
    bench.done(if reports.len() < least { 0 } else { reports.len() }, faults);
}

//! What summaries, reports and forms say of one project, held against each other.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_model::{Evaluation, Message, Quantity, Said, Stands, Told, Topic};

use super::Bench;
use super::performance::{ONE, Wrong, of_projects, place_of};

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

/// A form does not deny what the report on the same thing lists.
pub(crate) fn form_and_report_agree(bench: &mut Bench<'_, '_, '_>) {
    let (mut seen, mut faults) = (0, 0);
    for form in bench.evaluations().iter().filter(|evaluation| evaluation.stands == Stands::Form) {
        let report = |other: &&Evaluation| other.stands == Stands::Report && other.project == form.project;
        let Some(report) = bench.evaluations().iter().find(report) else { continue };
        for (topic, word) in [(Topic::Measures, "改进措施"), (Topic::Problems, "问题")] {
            seen += usize::from(form.says.contains_key(&topic));
            let Some(none) = bench.nothing(form, topic) else { continue };
            if let Some(told) = bench.something(report, topic) {
                faults += 1;
                let given: String = told.text.chars().take(30).collect();
                let text = format!(
                    "自评表的{word}写“{}”（{}），自评报告写“{given}…”（{}）",
                    none.text,
                    place_of(none),
                    place_of(told)
                );
                bench.wrong(bench.heading.severity, Wrong { text, told: vec![none, told], ..Wrong::default() });
            }
        }
    }
    bench.done(seen, faults);
}

/// What was not reached is among the problems.
pub(crate) fn unmet_has_problem(bench: &mut Bench<'_, '_, '_>) {
    let (mut seen, mut faults) = (0, 0);
    for evaluation in bench.evaluations() {
        let Some(unmet) = bench.something(evaluation, Topic::Unmet) else { continue };
        seen += 1;
        let Some(none) = bench.nothing(evaluation, Topic::Problems) else { continue };
        faults += 1;
        let text = format!(
            "{}：{}未完成的绩效目标写“{}”，存在的问题和原因写“{}”",
            place_of(unmet),
            evaluation.project,
            unmet.text,
            none.text
        );
        bench.wrong(bench.heading.severity, Wrong { text, told: vec![unmet, none], ..Wrong::default() });
    }
    bench.done(seen, faults);
}

/// All points are given exactly where nothing is left undone.
pub(crate) fn points_fit_unmet(bench: &mut Bench<'_, '_, '_>) {
    let (mut seen, mut faults) = (0, 0);
    for evaluation in bench.evaluations() {
        let Some((id, score)) = bench.amount(evaluation, Quantity::Score) else { continue };
        let full = score.meets(juesuan_model::Interval::exact(100 * ONE));
        let (unmet, none) = (bench.something(evaluation, Topic::Unmet), bench.nothing(evaluation, Topic::Unmet));
        let Some(told) = unmet.or(none) else { continue };
        seen += 1;
        if full == unmet.is_none() {
            continue;
        }
        faults += 1;
        let text = format!(
            "{}自评得分为{}，未完成的绩效目标写“{}”（{}）",
            evaluation.project,
            bench.at(id),
            told.text,
            place_of(told)
        );
        bench.wrong(bench.heading.severity, Wrong { text, figures: vec![id], told: vec![told], ..Wrong::default() });
    }
    bench.done(seen, faults);
}

/// A form whose head asks for duties, goal or purpose has more there than a mark of punctuation.
pub(crate) fn fields_are_filled(bench: &mut Bench<'_, '_, '_>) {
    let (mut seen, mut faults) = (0, 0);
    for form in bench.evaluations().iter().filter(|evaluation| evaluation.stands == Stands::Form) {
        for (topic, word) in [(Topic::Goal, "年度目标"), (Topic::Duties, "职责"), (Topic::Purpose, "立项目的")]
        {
            let Some(told) = form.says.get(&topic) else { continue };
            seen += 1;
            if told.text.contains(char::is_alphanumeric) {
                continue;
            }
            faults += 1;
            let text = format!("{}：自评表的“{word}”没有填写，只有“{}”", place_of(told), told.text);
            bench.wrong(bench.heading.severity, Wrong { text, told: vec![told], ..Wrong::default() });
        }
    }
    bench.done(seen, faults);
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

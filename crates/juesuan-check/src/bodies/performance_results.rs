//! What is said of all projects together: averages, grades, sums; and results that are too good.

use std::collections::BTreeMap;

use juesuan_model::relation::Term;
use juesuan_model::{FigureId, Interval, Message, Printed, Quantity, Said, Severity, Stands, Unit, Verdict};

use super::performance::{ONE, Wrong, in_points, widened};
use super::{Bench, Quote};
use crate::case::Worth as _;
use crate::docket::{FIGURE, HOW_MANY};
use crate::ledger::middle;
use crate::passages::sought;
use crate::sought::here;

/// Tolerated in an average of points: five hundredths.
const SLACK: i128 = ONE / 20;

/// The points of each project, and the projects whose points are not known.
struct Scores<'a> {
    known: BTreeMap<&'a str, (FigureId, i128)>,
    unknown: Vec<&'a str>,
}

fn scores<'a>(bench: &Bench<'_, '_, 'a>) -> Scores<'a> {
    let mut out = Scores { known: BTreeMap::new(), unknown: Vec::new() };
    for project in bench.evaluations().iter().filter(|evaluation| !evaluation.is_whole()) {
        let score = project.amounts.get(&Quantity::Score).copied();
        let printed = score.and_then(|id| Some((id, middle(bench.docket.ledger.known(id)?.0))));
        if let Some(printed) = printed {
            out.known.entry(&project.project).or_insert(printed);
        }
    }
    for project in bench.evaluations().iter().filter(|evaluation| !evaluation.is_whole()) {
        let name = project.project.as_str();
        if !out.known.contains_key(name) && !out.unknown.contains(&name) {
            out.unknown.push(name);
        }
    }
    out
}

/// The average, the highest and the lowest points of the projects, and how many have a grade, are those of the projects.
pub(crate) fn averages_fit(bench: &mut Bench<'_, '_, '_>) {
    let scores = scores(bench);
    let count = i128::try_from(scores.known.len()).unwrap_or(0);
    let sum: i128 = scores.known.values().map(|(_, points)| points).sum();
    let mean = if count == 0 { 0 } else { sum / count };
    let points = || scores.known.values().map(|(_, points)| *points);
    let kinds = [("average", mean), ("highest", points().max().unwrap_or(0)), ("lowest", points().min().unwrap_or(0))];
    let (mut seen, mut faults) = (0, 0);
    for (spot, printed, (kind, right)) in stated(bench, &kinds) {
        let Ok(value) = Printed::parse(&printed, Unit::Point) else { continue };
        if scores.known.is_empty() {
            continue;
        }
        seen += 1;
        if !scores.unknown.is_empty() {
            let message = Message::new("unknown")
                .with("种类", Message::new(kind))
                .with("写", Said::words(printed))
                .with("缺", Said::list(scores.unknown.iter().map(|name| Said::name(*name))));
            bench.say(message, Vec::new(), Verdict::Unreadable);
            continue;
        }
        if widened(value.interval(), SLACK).meets(Interval::exact(right)) {
            continue;
        }
        faults += 1;
        let wrong = Message::new("differs")
            .with(HOW_MANY, scores.known.len())
            .with("种类", Message::new(kind))
            .with("应为", in_points(Interval::exact(right)));
        bench.report(&[spot], wrong);
    }
    let (more, wrong) = grades_fit(bench, &scores);
    let undecided = !scores.unknown.is_empty() && seen > 0;
    bench.done(if undecided { 0 } else { seen + more }, faults + wrong);
}

/// What the text states by the patterns of the rule.
fn stated<T: Copy>(bench: &Bench<'_, '_, '_>, kinds: &[(&'static str, T)]) -> Vec<(Quote, String, (&'static str, T))> {
    let mut out = Vec::new();
    for (key, right) in kinds {
        let patterns: Vec<_> = bench.words(key).iter().filter_map(|text| sought(text)).collect();
        for passage in bench.passages().iter().filter(|passage| passage.is_paragraph()) {
            for hit in here(&patterns, passage).flat_map(|regex| regex.captures_iter(passage.text())) {
                let (Some(all), Some(value)) = (hit.get(0), hit.get(1)) else { continue };
                out.push((Quote::of(passage, all.start(), all.end()), value.as_str().to_owned(), (*key, *right)));
            }
        }
    }
    out
}

/// `9个项目评为优`.
fn grades_fit(bench: &mut Bench<'_, '_, '_>, scores: &Scores<'_>) -> (usize, usize) {
    if !scores.unknown.is_empty() || scores.known.is_empty() {
        return (0, 0);
    }
    let ledger = bench.docket.ledger;
    let grades = ledger.catalog.performance.grades(ledger.package.entity.demands().unwrap_or_default());
    let patterns: Vec<_> = bench.words("graded").iter().filter_map(|text| sought(text)).collect();
    let mut wrong = Vec::new();
    let mut seen = 0;
    for passage in bench.passages().iter().filter(|passage| passage.is_paragraph()) {
        for hit in here(&patterns, passage).flat_map(|regex| regex.captures_iter(passage.text())) {
            let (Some(all), Some(count), Some(word)) = (hit.get(0), hit.get(1), hit.get(2)) else { continue };
            let grade = |points: i128| grades.iter().find(|band| points >= i128::from(band.from) * ONE);
            if !grades.iter().any(|band| band.word == word.as_str()) {
                continue;
            }
            let right =
                scores.known.values().filter(|(_, p)| grade(*p).is_some_and(|b| b.word == word.as_str())).count();
            seen += 1;
            if count.as_str().parse() != Ok(right) {
                wrong.push((Quote::of(passage, all.start(), all.end()), word.as_str().to_owned(), right));
            }
        }
    }
    let faults = wrong.len();
    for (spot, word, right) in wrong {
        bench.report(&[spot], Message::new("graded").with("等级", Said::name(word)).with(HOW_MANY, right));
    }
    (seen, faults)
}

/// Where the text claims that all projects are listed, their sum is the spending on projects.
pub(crate) fn projects_are_all(bench: &mut Bench<'_, '_, '_>) {
    let claims: Vec<_> = bench.words("patterns").iter().filter_map(|text| sought(text)).collect();
    let claim = bench.passages().iter().filter(|passage| passage.is_paragraph()).find_map(|passage| {
        let hit = here(&claims, passage).find_map(|claim| claim.find(passage.text()))?;
        Some((Quote::of(passage, hit.start(), hit.end()), passage.text().to_owned()))
    });
    let mut parts: BTreeMap<&str, FigureId> = BTreeMap::new();
    for project in bench.projects(Stands::Summary) {
        let agreed = bench.agreed(project, Quantity::Executed).map(|(id, _)| id);
        if let Some(id) = agreed.or(project.amounts.get(&Quantity::Executed).copied()) {
            parts.entry(&project.project).or_insert(id);
        }
    }
    let bases: Vec<(FigureId, Interval)> = bench.words("of").iter().filter_map(|text| bench.of(text)).collect();
    let listed = bench.projects(Stands::Summary).map(|e| e.project.as_str()).collect::<std::collections::BTreeSet<_>>();
    let (Some((spot, sentence)), false, false) = (claim, bases.is_empty(), listed.len() < 2) else {
        return bench.done(0, 0);
    };
    let ledger = bench.docket.ledger;
    let mut sum = Interval::exact(0);
    let missing: Vec<&str> = listed.iter().copied().filter(|name| !parts.contains_key(name)).collect();
    if !missing.is_empty() {
        let message = Message::new("lacking").with("项目", Said::list(missing.into_iter().map(Said::name)));
        return bench.say(message, Vec::new(), Verdict::Unreadable);
    }
    for id in parts.values() {
        let Some((_, value)) = ledger.known(*id) else {
            return bench.say(Message::new("unread").with(FIGURE, *id), vec![*id], Verdict::Unreadable);
        };
        sum = sum.plus(value);
    }
    let fits = |(id, base): &&(FigureId, Interval)| widened(*base, bench.step(*id)).meets(sum);
    if bases.iter().any(|base| fits(&base)) {
        return bench.done(1, 0);
    }
    // What is secret is not listed: a smaller sum proves nothing for certain.
    let secret = bench.words("except").iter().any(|word| sentence.contains(word.as_str()));
    let less = bases.iter().all(|(_, base)| sum.high < base.low);
    let severity = if secret && less { Severity::Notice } else { bench.heading.severity };
    let terms: Vec<Term> = parts.values().map(|id| Term::plus(*id)).collect();
    let like = parts.values().find_map(|id| ledger.known(*id)).map(|(printed, _)| Printed { decimals: 2, ..printed });
    let exact: i128 = terms.iter().map(|term| term.operand.middle(ledger)).sum();
    let message = Message::new("differs")
        .with("处", &spot.place)
        .with("原文", Said::words(&spot.words))
        .with(HOW_MANY, parts.len())
        .with_some("合计", like.map(|like| like.nearest(exact)))
        .with("各数", Said::list(bases.iter().map(|(id, _)| *id)));
    let figures = bases.iter().map(|(id, _)| *id).chain(parts.values().copied()).collect();
    bench.wrong(severity, Wrong { message, figures, places: vec![&spot.place], ..Wrong::default() });
    bench.done(1, 1);
}

//! An evaluation that is text: what its labels introduce, its numbers, its grade.

use std::collections::BTreeMap;
use std::ops::Range;

use juesuan_catalog::{Catalog, PerformanceWords};
use juesuan_model::{Evaluation, Printed, Quantity, Stands, Told, Topic};

use super::book::{self, Book, Number};
use super::passage::Stretch;
use super::prose::{self, Kind, Labelled};
use super::walk::Open;
use super::{link, number, plain};
use crate::text::Owned;

/// Reads what was collected, and marks in the paragraphs what else their sentences need not read; `None`: nothing is said
/// there.
pub(super) fn evaluation(
    open: Open<'_>,
    catalog: &Catalog,
    book: &mut Book,
    before: &[Evaluation],
    owned: &mut BTreeMap<usize, Owned>,
) -> Option<Evaluation> {
    let words = &catalog.performance.words;
    let stretch = Stretch::of(open.parts.iter().copied());
    let kind = if open.stands == Stands::Form { Kind::Form } else { Kind::Prose };
    let mut out = Evaluation { stands: open.stands, title: open.title, year: open.year, ..Evaluation::default() };
    let (says, labelled) = prose::texts(&stretch, kind, words);
    out.says = says;
    let whole = open.project.is_empty();
    let found = prose::quantities(&stretch, kind, whole, words);
    match kind {
        Kind::Prose => of_work(&stretch, &labelled, &found, owned),
        // What is left of a form without its lines is no text in which a label could be trusted, nor a sentence.
        Kind::Form => stretch.each(0..stretch.chars.len(), |block, at| {
            owned.entry(block).or_default().scattered.push(at);
        }),
    }
    if !whole {
        out.names.push(Told { text: open.project.clone(), place: out.title.place.clone() });
        out.names.extend(name_inside(&stretch, &found, &out, words));
        let names: Vec<String> = out.names.iter().map(|told| told.text.clone()).collect();
        out.project = link::known(before, out.stands, &names).unwrap_or(open.project);
    }
    for (quantity, found) in &found {
        let own = if whole { None } else { book::meaning(&out.project, *quantity) };
        let measure = own.as_ref().map_or_else(|| book::measure(*quantity), |(_, measure)| measure.clone());
        let meaning = own.map(|(meaning, _)| meaning);
        let (place, seen) = (stretch.place(found.start, found.end), stretch.seen(found.start, found.end));
        let number = Number { printed: found.printed, meaning, measure, place, seen };
        let id = book.enter_at(stretch.spot(found.start), number);
        if whole && *quantity == Quantity::Rate {
            book.disown(id);
        }
        out.amounts.insert(*quantity, id);
    }
    if !whole && kind == Kind::Prose {
        let short = labelled.iter().filter(|label| label.topic.is_some_and(falls_short));
        for again in short.flat_map(|label| prose::rates_again(&stretch.chars, label.at.clone(), words)) {
            let Some((meaning, measure)) = book::meaning(&out.project, Quantity::Rate) else { continue };
            let (place, seen) = (stretch.place(again.start, again.end), stretch.seen(again.start, again.end));
            let number = Number { printed: again.printed, meaning: Some(meaning), measure, place, seen };
            book.enter_at(stretch.spot(again.start), number);
        }
    }
    if kind == Kind::Form {
        let head = [Quantity::BasicTotal, Quantity::ProjectTotal];
        let head = head.iter().filter_map(|quantity| found.get(quantity)).map(|found| found.end).max();
        plain::complete(&stretch, head, &catalog.performance, book, &mut out);
    }
    grade(&stretch, catalog, &mut out);
    (!out.says.is_empty() || !out.amounts.is_empty() || !out.indicators.is_empty()).then_some(out)
}

/// What is told of work is quiet; of the causes why money was not spent, the amount that was not spent.
fn of_work(
    stretch: &Stretch<'_>,
    labelled: &[Labelled],
    found: &BTreeMap<Quantity, number::Found>,
    owned: &mut BTreeMap<usize, Owned>,
) {
    let money = |quantity| found.get(&quantity).and_then(|found: &number::Found| found.printed.money());
    let left = money(Quantity::FullYearBudget).zip(money(Quantity::Executed)).map(|(budget, spent)| budget - spent);
    let mut quiet =
        |range: Range<usize>| stretch.each(range, |block, at| owned.entry(block).or_default().quiet.push(at));
    for Labelled { topic, at, .. } in labelled {
        if topic.is_none_or(is_of_work) {
            quiet(at.clone());
        }
        if let (Some(Topic::ExecutionCause), Some(left)) = (topic, left) {
            let cause = stretch.chars.get(at.clone()).unwrap_or_default();
            let own = number::all(cause).into_iter().filter(|one| {
                let same = Printed::from_money(left, one.printed.unit, one.printed.decimals);
                one.printed.money().is_some() && same == one.printed
            });
            own.for_each(|one| quiet(at.start + one.start..at.start + one.end));
        }
    }
    for Labelled { at, .. } in labelled.iter().filter(|label| label.aside) {
        stretch.each(at.clone(), |block, at| owned.entry(block).or_default().aside.push(at));
    }
}

/// True if `topic` tells what was not reached, and with it the rate of execution once more.
pub(super) fn falls_short(topic: Topic) -> bool {
    matches!(topic, Topic::Unmet | Topic::Deviation)
}

/// True if what is said about `topic` are results of work and no money of the accounts.
fn is_of_work(topic: Topic) -> bool {
    match topic {
        Topic::Duties
        | Topic::Purpose
        | Topic::Goal
        | Topic::Outcome
        | Topic::Output
        | Topic::Met
        | Topic::Unmet
        | Topic::Deviation
        | Topic::Problems
        | Topic::Measures
        | Topic::Use
        | Topic::Work
        | Topic::Evidence => true,
        Topic::Arrival
        | Topic::ArrivalCause
        | Topic::Execution
        | Topic::ExecutionCause
        | Topic::Management
        | Topic::Attached
        | Topic::Department
        | Topic::Executor
        | Topic::Grade
        | Topic::Note => false,
    }
}

/// The project's name where the text gives its money.
fn name_inside(
    stretch: &Stretch<'_>,
    found: &BTreeMap<Quantity, number::Found>,
    evaluation: &Evaluation,
    words: &PerformanceWords,
) -> Option<Told> {
    let told = evaluation.says.get(&Topic::Execution)?;
    let budget = found.get(&Quantity::FullYearBudget)?;
    // 2023年度值班设备经费预算数15万: from the year to the word that introduces the number.
    let from = (0..budget.start).rev().find(|i| stretch.chars.get(*i) == Some(&'：')).map_or(0, |i| i + 1);
    let text = stretch.text(from, budget.start);
    let mut name = without_year(&text);
    while let Some(rest) = words.behind_name.iter().find_map(|word| name.strip_suffix(word.as_str())) {
        name = rest;
    }
    let named = !name.is_empty() && !name.contains(['。', '，', '；']);
    named.then(|| Told { text: name.to_owned(), place: told.place.clone() })
}

/// 2023年度值班设备 → 值班设备.
fn without_year(text: &str) -> &str {
    let Some((year, rest)) = text.split_once('年') else { return text };
    if year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()) {
        rest.strip_prefix('度').unwrap_or(rest)
    } else {
        text
    }
}

/// 自评结果为优: the grade that stands behind the score.
fn grade(stretch: &Stretch<'_>, catalog: &Catalog, out: &mut Evaluation) {
    let text = stretch.text(0, stretch.chars.len());
    let words = catalog.performance.words.grade.iter();
    let found = words.filter_map(|word| {
        let word = juesuan_text::plain(word);
        let at = text.find(word.as_str())?;
        let behind = text.get(at + word.len()..)?.trim_start_matches(['“', '：', '为', '是', '(']);
        let grade: String = behind.chars().take_while(|c| c.is_alphabetic()).take(3).collect();
        Some((at, grade))
    });
    if let Some((_, grade)) = found.min_by_key(|(at, _)| *at) {
        let place = out.title.place.clone();
        out.says.entry(Topic::Grade).or_insert(Told { text: grade, place });
    }
}

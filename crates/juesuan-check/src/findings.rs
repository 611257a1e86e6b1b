//! Groups of broken relations → findings for people; tails → notices.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_model::{FigureId, Finding, Place, Severity, Verdict};

use crate::case::{Case, Form};
use crate::docket::Docket;
use crate::group::{Group, groups};
use crate::ledger::Ledger;
use crate::suggest::{gap, likely_cause, suggestion};
use crate::words::with_unit;

/// Most figures named in one finding.
const NAMED: usize = 8;

/// The words of a code: title, basis, remedy.
struct Words<'c> {
    title: &'c str,
    basis: &'c [String],
    remedy: &'c str,
}

/// All findings: graver first, then by place.
pub(crate) fn findings(docket: &Docket<'_, '_>) -> Vec<Finding> {
    let mut grouped: Vec<(Group, Option<juesuan_model::Printed>)> = groups(docket)
        .into_iter()
        .map(|group| {
            let cases: Vec<&Case> = group.cases.iter().filter_map(|i| docket.cases.get(*i)).collect();
            let right = group.culprit.and_then(|id| suggestion(id, &cases, group.expected, docket.ledger));
            (group, right)
        })
        .collect();
    let numbered = grouped.iter().enumerate();
    let mut swapped: BTreeMap<usize, FigureId> =
        numbered.filter_map(|(i, (group, _))| group.exchanged.map(|other| (i, other))).collect();
    join_swapped(&mut grouped, &mut swapped, docket.ledger);
    let mut out: Vec<(Finding, usize)> = grouped
        .iter()
        .enumerate()
        .filter(|(_, (group, _))| !group.cases.is_empty())
        .filter_map(|(i, (group, right))| {
            let finding = finding(docket, group, *right, swapped.get(&i).copied())?;
            let at = group.culprit.map_or(usize::MAX, |id| id.0 as usize);
            Some((finding, at))
        })
        .collect();
    out.extend(tails(docket).into_iter().map(|finding| (finding, usize::MAX)));
    out.sort_by(|(a, at), (b, bt)| (a.severity, at, &a.code, &a.message).cmp(&(b.severity, bt, &b.code, &b.message)));
    out.into_iter().map(|(finding, _)| finding).collect()
}

/// Two figures that stand each in the place of the other are one fault.
fn join_swapped(
    grouped: &mut [(Group, Option<juesuan_model::Printed>)],
    swapped: &mut BTreeMap<usize, FigureId>,
    ledger: &Ledger<'_>,
) {
    for i in 0..grouped.len() {
        for j in i + 1..grouped.len() {
            let (Some((a, Some(a_right))), Some((b, Some(b_right)))) = (grouped.get(i), grouped.get(j)) else {
                continue;
            };
            let (Some(a_id), Some(b_id)) = (a.culprit, b.culprit) else {
                continue;
            };
            let stands = |id| ledger.known(id).map(|(printed, _)| crate::ledger::middle(printed));
            let crossed = stands(a_id) == Some(crate::ledger::middle(*b_right))
                && stands(b_id) == Some(crate::ledger::middle(*a_right));
            if !crossed {
                continue;
            }
            let moved = grouped.get_mut(j).map(|(group, _)| std::mem::take(&mut group.cases)).unwrap_or_default();
            if let Some((group, _)) = grouped.get_mut(i) {
                group.cases.extend(moved);
                swapped.insert(i, b_id);
            }
        }
    }
}

fn finding(
    docket: &Docket<'_, '_>,
    group: &Group,
    right: Option<juesuan_model::Printed>,
    swapped: Option<FigureId>,
) -> Option<Finding> {
    let ledger = docket.ledger;
    let cases: Vec<&Case> = group.cases.iter().filter_map(|i| docket.cases.get(*i)).collect();
    let primary = *cases.first()?;
    let words = words(ledger, &primary.code);
    let severity = cases.iter().map(|case| case.severity).min().unwrap_or(Severity::Error);
    let culprit = group.culprit.filter(|_| primary.claim.is_none());
    let difference = culprit.and_then(|id| ledger.known(id)).zip(right).map(|((wrong, _), right)| gap(wrong, right));
    let cause = match (swapped, culprit, right) {
        (Some(other), _, _) => Some(format!("疑似与{}的{}互换", ledger.whereabouts(other), ledger.label(other))),
        (None, Some(id), Some(right)) if !right.is_zero() => likely_cause(id, right, ledger),
        _ => None,
    };
    let message = message(ledger, culprit, right, &cases, primary, (&difference, &cause), &words);
    let shown = shown(group.culprit.into_iter().chain(swapped), &cases);
    let places = match primary.claim.and_then(|number| ledger.package.claims.get(number)) {
        Some(claim) => std::iter::once(claim.place.clone()).chain(places(ledger, &shown)).collect(),
        None if shown.is_empty() => primary.places.clone(),
        None => places(ledger, &shown),
    };
    let named = primary.values.iter().cloned().chain(shown.iter().map(|id| ledger.named_value(*id)));
    Some(Finding {
        code: primary.code.clone(),
        severity,
        title: words.title.to_owned(),
        message,
        figures: named.collect(),
        places,
        difference,
        likely_cause: cause,
        basis: words.basis.to_vec(),
        evidence: evidence(&cases, group.culprit, ledger),
    })
}

fn places(ledger: &Ledger<'_>, ids: &[FigureId]) -> Vec<Place> {
    ids.iter().map(|id| ledger.place(*id).cloned().unwrap_or_default()).collect()
}

/// Place, what stands there, what should and why, difference, cause, what to do, basis.
fn message(
    ledger: &Ledger<'_>,
    culprit: Option<FigureId>,
    right: Option<juesuan_model::Printed>,
    cases: &[&Case],
    primary: &Case,
    (difference, cause): (&Option<String>, &Option<String>),
    words: &Words<'_>,
) -> String {
    let mut out = match culprit {
        None => format!("{}。", primary.text),
        Some(id) => {
            let mut out = format!("{}：{}为{}，", ledger.whereabouts(id), ledger.label(id), ledger.stands(id));
            match (right, others(id, cases, ledger)) {
                (Some(right), Some(others)) => out.push_str(&format!("{others}，应为{}", with_unit(right))),
                (Some(right), None) => {
                    out.push_str(&format!("应为{}（{}）", with_unit(right), reason(id, &primary.text, ledger)))
                }
                (None, _) => out.push_str(&format!("不符合“{}”（{}）", words.title, primary.text)),
            }
            if let Some(difference) = difference {
                out.push_str(&format!("，相差{difference}"));
            }
            out.push('。');
            out
        }
    };
    if let Some(cause) = cause {
        out.push_str(&format!("{cause}。"));
    }
    out.push_str(words.remedy);
    if !words.basis.is_empty() {
        out.push_str(&format!("〔{}〕", words.basis.join("；")));
    }
    out
}

/// The relation without what the message said already: place, name and print of the faulty figure.
fn reason<'t>(id: FigureId, text: &'t str, ledger: &Ledger<'_>) -> &'t str {
    let (place, label) = (ledger.whereabouts(id), ledger.label(id));
    let said = [format!("{place} {label}："), format!("{place}："), format!("{label}：")];
    let rest = said.iter().find_map(|said| text.strip_prefix(said.as_str())).unwrap_or(text);
    rest.strip_prefix(&format!("{}，", ledger.stands(id))).unwrap_or(rest)
}

/// `其余4处均为921.96万元（……）`: the places that print the same meaning otherwise.
fn others(id: FigureId, cases: &[&Case], ledger: &Ledger<'_>) -> Option<String> {
    let mut other: BTreeSet<FigureId> = BTreeSet::new();
    for case in cases {
        let figures = case.form.figures();
        if let [a, b] = figures.as_slice()
            && matches!(&case.form, Form::Linear { terms, sense: crate::case::Sense::Zero, .. } if terms.len() == 2)
            && figures.contains(&id)
        {
            let partner = if *a == id { *b } else { *a };
            let same = ledger.keys(id).iter().any(|key| ledger.keys(partner).contains(key));
            if same {
                let keys = ledger.keys(partner).iter().filter(|key| ledger.keys(id).contains(key));
                for key in keys {
                    other.extend(ledger.printings(key).into_iter().flat_map(|p| p.ids()).filter(|o| {
                        *o != id
                            && ledger
                                .known(*o)
                                .zip(ledger.known(partner))
                                .is_some_and(|((x, _), (y, _))| crate::ledger::middle(x) == crate::ledger::middle(y))
                    }));
                }
                other.insert(partner);
            }
        }
    }
    let first = *other.first()?;
    Some(if other.len() == 1 {
        format!("{}为{}", ledger.whereabouts(first), ledger.stands(first))
    } else {
        format!("其余{}处均为{}（如{}）", other.len(), ledger.stands(first), ledger.whereabouts(first))
    })
}

/// The faulty figure first, then the others of the relations.
fn shown(first: impl Iterator<Item = FigureId>, cases: &[&Case]) -> Vec<FigureId> {
    let mut out: Vec<FigureId> = first.collect();
    for id in cases.iter().flat_map(|case| case.form.figures()) {
        if out.len() < NAMED && !out.contains(&id) {
            out.push(id);
        }
    }
    out
}

/// The relations of the group beside the first, and the holding number of those that the figure stands in.
fn evidence(cases: &[&Case], culprit: Option<FigureId>, ledger: &Ledger<'_>) -> Vec<String> {
    let mut out: Vec<String> = cases.iter().skip(1).map(|case| format!("{} {}", case.code, case.text)).collect();
    if let Some(others) = culprit.and_then(|id| others(id, cases, ledger)) {
        out.insert(0, others);
    }
    out
}

fn words<'a>(ledger: &Ledger<'a>, code: &str) -> Words<'a> {
    let book = &ledger.catalog.rulebook;
    let law = book.laws().iter().find(|law| law.code == code);
    let rule = book.rules().iter().find(|rule| rule.code == code);
    match (law, rule) {
        (Some(law), _) => Words { title: &law.title, basis: &law.basis, remedy: &law.remedy },
        (None, Some(rule)) => Words { title: &rule.title, basis: &rule.basis, remedy: &rule.remedy },
        (None, None) => Words { title: "", basis: &[], remedy: "" },
    }
}

/// What holds only within rounding: one notice for each code, and for each figure that is printed in two ways.
fn tails(docket: &Docket<'_, '_>) -> Vec<Finding> {
    let ledger = docket.ledger;
    let mut by_subject: BTreeMap<(String, String), Vec<&Case>> = BTreeMap::new();
    for case in docket.cases.iter().filter(|case| case.verdict == Verdict::Holds && case.tail) {
        let figures = case.form.figures();
        let same = match figures.as_slice() {
            [a, b] => ledger.keys(*a).iter().find(|key| ledger.keys(*b).contains(key)),
            _ => None,
        };
        let subject = same.map(|key| ledger.key_words(key)).unwrap_or_default();
        by_subject.entry((case.code.clone(), subject)).or_default().push(case);
    }
    by_subject
        .into_iter()
        .filter_map(|((code, subject), cases)| {
            let first = cases.first()?;
            let words = words(ledger, &code);
            let totals = cases.iter().filter_map(|case| case.form.figures().first().copied()).take(NAMED);
            let shown = shown(totals, &cases);
            let truncated = matches!(first.form, Form::Quotient { .. });
            let printed = |id: &FigureId| format!("{}（{}）", ledger.stands(*id), ledger.whereabouts(*id));
            let message = match (truncated, subject.is_empty(), cases.len()) {
                (true, _, many) => {
                    format!("{many}处百分比等于截尾而不是四舍五入的结果，如：{}。建议四舍五入。", first.text)
                }
                (false, true, 1) => format!("{}，差额在四舍五入的尾差之内。无需改动。", first.text),
                (false, true, many) => {
                    format!("{many}处关系只在四舍五入的尾差之内成立，如：{}。无需改动。", first.text)
                }
                (false, false, _) => {
                    let places: Vec<String> = first.form.figures().iter().map(printed).collect();
                    format!("{subject}在各处印出的数相差在尾差之内：{}。建议统一。", places.join("，"))
                }
            };
            Some(Finding {
                code,
                severity: Severity::Notice,
                title: words.title.to_owned(),
                message,
                figures: shown.iter().map(|id| ledger.named_value(*id)).collect(),
                places: places(ledger, &shown),
                difference: None,
                likely_cause: Some("尾差".to_owned()),
                basis: words.basis.to_vec(),
                evidence: cases.iter().map(|case| case.text.clone()).collect(),
            })
        })
        .collect()
}

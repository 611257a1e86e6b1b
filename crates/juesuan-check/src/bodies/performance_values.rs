//! Values and points of single indicators: vague ones, points that no proportion gives, degrees and their bands, values that
//! cannot be.

use juesuan_catalog::{Profile, ValueWords};
use juesuan_evaluate::{Aim, Line, Met, Method, Planned, VagueKind};
use juesuan_model::{FigureId, Indicator, Message, Number, Place, Printed, Said, Severity, Stands};

use super::Bench;
use super::performance::{Wrong, of_project};
use crate::docket::HOW_MANY;

/// Points within which two ways to round meet: five hundredths.
const SLACK: (i128, i128) = (1, 20);
/// Most indicators named in one finding.
const NAMED: usize = 6;
/// Fewest characters of a word that names a degree and not only that something was done.
const DEGREE: usize = 4;

fn slack() -> Number {
    Number::new(SLACK.0, SLACK.1).unwrap_or(Number::ZERO)
}

/// The exact number of a figure that is points.
fn points(bench: &Bench<'_, '_, '_>, id: Option<FigureId>) -> Option<(FigureId, Number)> {
    let id = id?;
    let (printed, _) = bench.docket.ledger.known(id)?;
    Some((id, Number::of_printed(printed)?))
}

/// The scheme of points of a compiled document, else that of the place.
fn profile<'a>(bench: &Bench<'_, '_, 'a>) -> Option<&'a Profile> {
    let ledger = bench.docket.ledger;
    let performance = &ledger.catalog.performance;
    performance
        .profile(&ledger.package.performance.profile)
        .or_else(|| performance.profile_of(ledger.package.entity.demands().unwrap_or_default()))
}

/// How values are written.
fn values<'a>(bench: &Bench<'_, '_, 'a>) -> &'a ValueWords {
    &bench.docket.ledger.catalog.performance.values
}

/// True if its own scheme is known: then no other is asked.
fn has_own_profile(bench: &Bench<'_, '_, '_>) -> bool {
    let ledger = bench.docket.ledger;
    ledger.catalog.performance.profile(&ledger.package.performance.profile).is_some()
}

/// The levels of an indicator; a name without levels above it is its own.
fn levels(indicator: &Indicator) -> [&str; 3] {
    match indicator.path.as_slice() {
        [first, second, third, ..] => [first, second, third],
        [second, third] => ["", second, third],
        [third] => ["", "", third],
        [] => ["", "", ""],
    }
}

/// No indicator of a form is vague: each has a value, with a unit, that can be measured, and none has most of the points.
pub(crate) fn indicators_are_clear(bench: &mut Bench<'_, '_, '_>) {
    let (mut seen, mut faults) = (0, 0);
    let (performance, values) = (&bench.docket.ledger.catalog.performance, values(bench));
    for form in bench.evaluations().iter().filter(|e| e.stands == Stands::Form) {
        // A line of which nothing was read is not blank.
        let read: Vec<&Indicator> =
            form.indicators.iter().filter(|i| !i.target.text.is_empty() || i.weight.is_some()).collect();
        let aims: Vec<Aim> = read.iter().map(|i| Aim::parse(&i.target.text, values)).collect();
        let planned: Vec<Planned<'_>> = read
            .iter()
            .zip(&aims)
            .map(|(i, aim)| Planned { path: levels(i), aim, weight: points(bench, i.weight).map(|(_, weight)| weight) })
            .collect();
        seen += planned.len();
        let wanted =
            |kind| matches!(kind, VagueKind::Valueless | VagueKind::Unitless | VagueKind::Wordy | VagueKind::Heavy);
        let vague: Vec<_> =
            juesuan_evaluate::vague(&planned, performance).into_iter().filter(|vague| wanted(vague.kind)).collect();
        if vague.is_empty() {
            continue;
        }
        faults += 1;
        let line = |at: usize| read.get(at).map_or("", |indicator| indicator.name());
        let one = |vague: &juesuan_evaluate::Vague| {
            Message::new("vague").with("指标", Said::name(line(vague.line))).with("说明", Said::name(&vague.message))
        };
        let mut said: Vec<Message> = vague.iter().take(NAMED).map(one).collect();
        if vague.len() > NAMED {
            said.push(Message::new("so-many").with(HOW_MANY, vague.len()));
        }
        let message = Message::new("not-clear").with("自评", of_project(&form.project)).with("各处", Said::list(said));
        let places: Vec<&Place> = vague.iter().filter_map(|v| read.get(v.line)).map(|i| &i.place).collect();
        bench.wrong(bench.heading.severity, Wrong { message, places, ..Wrong::default() });
    }
    bench.done(seen, faults);
}

/// What was not reached has no more points than its share; steps of half a point may round up.
pub(crate) fn points_follow_share(bench: &mut Bench<'_, '_, '_>) {
    let (mut seen, mut faults) = (0, 0);
    let Some(profile) = profile(bench) else { return bench.done(0, 0) };
    let values = values(bench);
    for form in bench.evaluations() {
        for indicator in &form.indicators {
            let (Some((id, score)), Some((_, weight))) =
                (points(bench, indicator.score), points(bench, indicator.weight))
            else {
                continue;
            };
            let (aim, reached) =
                (Aim::parse(&indicator.target.text, values), Aim::parse(&indicator.actual.text, values));
            let line = Line {
                name: indicator.name(),
                aim: &aim,
                reached: Some(&reached),
                weight: Some(weight),
                method: Method::Ratio,
                tier: "",
                given: None,
            };
            let scored = juesuan_evaluate::line(&line, profile);
            let (Met::Unmet, Some(most)) = (scored.met, scored.points) else { continue };
            seen += 1;
            // Full points are another rule's; a whole number that was not reached may be a rounded one.
            let over = most.plus(slack()).is_some_and(|most| score > most);
            if !over || score >= weight || !crate::formula::is_unmet(bench.docket.ledger, indicator) {
                continue;
            }
            faults += 1;
            let stepped = score.times(Number::whole(2)).is_some_and(|double| double.digits(4).parse::<i64>().is_ok());
            let severity = if stepped { Severity::Notice } else { bench.heading.severity };
            let message = Message::new("over-share")
                .with("自评", of_project(&form.project))
                .with("指标", Said::name(indicator.name()))
                .with("指标值", Said::words(&indicator.target.text))
                .with("完成值", Said::words(&indicator.actual.text))
                .with("得分", id)
                .with("算式", Said::name(scored.steps));
            let figures = [Some(id), indicator.target.value, indicator.actual.value].into_iter().flatten().collect();
            bench.wrong(severity, Wrong { message, figures, places: vec![&indicator.place], ..Wrong::default() });
        }
    }
    bench.done(seen, faults);
}

/// The points of what is judged by degrees lie in the band of its degree.
pub(crate) fn points_fit_degree(bench: &mut Bench<'_, '_, '_>) {
    let (mut seen, mut faults) = (0, 0);
    let Some(own) = profile(bench) else { return bench.done(0, 0) };
    // Where the scheme is not known for certain, a band of any scheme will do.
    let others = &bench.docket.ledger.catalog.performance.profiles;
    let profiles: Vec<&Profile> = if has_own_profile(bench) { vec![own] } else { others.iter().collect() };
    for form in bench.evaluations() {
        for indicator in form.indicators.iter().filter(|i| i.target.value.is_none()) {
            let (Some((id, score)), Some((_, weight))) =
                (points(bench, indicator.score), points(bench, indicator.weight))
            else {
                continue;
            };
            let bands: Vec<(&str, i64, i64)> =
                profiles.iter().filter_map(|profile| degree(&indicator.actual.text, profile)).collect();
            let Some((word, ..)) = bands.first().copied() else { continue };
            seen += 1;
            let part = |percent: i64| weight.times(Number::whole(percent)).and_then(|p| p.over(Number::HUNDRED));
            let within = |(_, from, upto): &(&str, i64, i64)| {
                let low = part(*from).and_then(|low| low.minus(slack()));
                let high = part(*upto).and_then(|high| high.plus(slack()));
                low.zip(high).is_none_or(|(low, high)| low <= score && score <= high)
            };
            if bands.iter().any(within) {
                continue;
            }
            faults += 1;
            let mut spans: Vec<Message> = Vec::new();
            for (_, from, upto) in &bands {
                let span = Message::new("span").with("起", Printed::count(*from)).with("止", Printed::count(*upto));
                if !spans.contains(&span) {
                    spans.push(span);
                }
            }
            let message = Message::new("outside-degree")
                .with("自评", of_project(&form.project))
                .with("指标", Said::name(indicator.name()))
                .with("完成值", Said::words(&indicator.actual.text))
                .with("档", Said::name(word))
                .with("区间", Said::list(spans))
                .with("分值", Said::name(weight.digits(2)))
                .with("得分", id);
            let places = vec![&indicator.place];
            bench.wrong(bench.heading.severity, Wrong { message, figures: vec![id], places, ..Wrong::default() });
        }
    }
    bench.done(seen, faults);
}

/// The degree that a text names, with its band in percent; 完成 alone names none.
fn degree<'p>(text: &str, profile: &'p Profile) -> Option<(&'p str, i64, i64)> {
    let text: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
    let fits = |word: &String| word.chars().count() >= DEGREE && *word == text;
    let tier = profile.tier.iter().find(|tier| fits(&tier.name) || tier.words.iter().any(fits))?;
    Some((&tier.name, tier.from, tier.upto))
}

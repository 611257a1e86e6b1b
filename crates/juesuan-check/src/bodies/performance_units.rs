//! Forms filled with what belongs to another body.

use std::collections::BTreeSet;

use juesuan_model::{Evaluation, Indicator, Message, Said, Stands, Topic};

use super::Bench;
use super::performance::Wrong;
use crate::docket::HOW_MANY;

/// Fewest characters of the duties in part one that a form can be held against.
const DUTIES: usize = 200;
/// Fewest characters of the duties in a form.
const FORM: usize = 30;
/// Part of the four-character stretches of a form's duties, in percent, below which they are another body's.
const SHARED: usize = 8;

/// Longest name of an indicator in a message, in characters.
const NAME: usize = 40;

type Gram = Vec<char>;

fn grams(text: &str, length: usize) -> BTreeSet<Gram> {
    let chars: Vec<char> = text.chars().collect();
    let own = |gram: &&[char]| gram.iter().all(|c| c.is_alphabetic());
    chars.windows(length).filter(own).map(<[char]>::to_vec).collect()
}

/// The text of the part that has the duties; empty where none has.
fn duties(bench: &Bench<'_, '_, '_>) -> String {
    let headings = bench.words("headings");
    let passages = bench.passages();
    let part = passages.iter().find(|p| p.is_title() && headings.iter().any(|word| p.text().contains(word.as_str())));
    let Some(part) = part.map(|passage| passage.part) else { return String::new() };
    passages.iter().filter(|passage| passage.part == part).map(|passage| passage.text()).collect()
}

/// A form whose duties have nothing of those in part one, and its duties.
fn foreign<'a>(bench: &Bench<'_, '_, 'a>) -> Option<(&'a Evaluation, bool)> {
    let form = bench.wholes().find(|e| e.stands == Stands::Form && e.says.contains_key(&Topic::Duties))?;
    let own = duties(bench);
    let said = form.text(Topic::Duties).unwrap_or_default();
    if own.chars().count() < DUTIES || said.chars().count() < FORM {
        return None;
    }
    let (said, own) = (grams(said, 4), grams(&own, 4));
    let shared = said.intersection(&own).count();
    Some((form, shared * 100 < said.len() * SHARED))
}

/// The duties in the form of the whole are those of part one.
pub(crate) fn duties_are_own(bench: &mut Bench<'_, '_, '_>) {
    let Some((form, foreign)) = foreign(bench) else { return bench.done(0, 0) };
    if let (true, Some(told)) = (foreign, form.says.get(&Topic::Duties)) {
        let message = Message::new("of-another").with("处", &told.place).with("职责", Said::words(&told.text));
        bench.wrong(bench.heading.severity, Wrong { message, told: vec![told], ..Wrong::default() });
    }
    bench.done(1, usize::from(foreign));
}

/// Where a form has another body's duties, its indicators do not speak of them.
pub(crate) fn indicators_are_own(bench: &mut Bench<'_, '_, '_>) {
    let Some((form, true)) = foreign(bench) else { return bench.done(0, 0) };
    let told = form.text(Topic::Duties).unwrap_or_default();
    let rest: String = duties(bench)
        + &bench
            .projects(Stands::Summary)
            .map(|e| e.says.values().map(|told| told.text.as_str()).collect::<String>())
            .collect::<String>();
    // Words that come back in the other body's duties and that this body does not use.
    let chars: Vec<char> = told.chars().collect();
    let often = |gram: &Gram| chars.windows(gram.len()).filter(|window| *window == gram.as_slice()).count() > 1;
    let own = grams(&rest, 2);
    let mut strange: BTreeSet<Gram> =
        grams(told, 2).into_iter().filter(|gram| often(gram) && !own.contains(gram)).collect();
    strange.extend(grams(told, 4).difference(&grams(&rest, 4)).cloned());
    let of_another = |indicator: &&Indicator| {
        let name: Vec<char> = indicator.name().chars().collect();
        strange.iter().any(|gram| name.windows(gram.len()).any(|window| window == gram.as_slice()))
    };
    let strangers: Vec<&Indicator> = form.indicators.iter().filter(of_another).collect();
    // They came with the form: one fault, however many there are.
    if let Some(first) = strangers.first() {
        let name = |indicator: &&Indicator| Said::name(indicator.name().chars().take(NAME).collect::<String>());
        let message = Message::new("of-another")
            .with("处", &first.place)
            .with(HOW_MANY, strangers.len())
            .with("指标", Said::list(strangers.iter().map(name)));
        let places = strangers.iter().map(|indicator| &indicator.place).collect();
        bench.wrong(bench.heading.severity, Wrong { message, places, ..Wrong::default() });
    }
    let faults = usize::from(!strangers.is_empty());
    bench.done(form.indicators.len(), faults);
}

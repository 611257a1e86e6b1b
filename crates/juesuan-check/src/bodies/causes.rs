//! Causes of change are given.

use std::cmp::Ordering;
use std::sync::Arc;

use juesuan_model::{
    Against, Claim, Dimension, DocumentKind, FigureId, Meaning, Measure, Message, Said, Statement, Verdict,
};
use juesuan_text::{Text, plain};
use regex::Regex;
use rustc_hash::FxHashSet;

use super::Bench;
use crate::docket::HOW_MANY;
use crate::laws::claims::{sign, way};
use crate::laws::complete::ENDS;
use crate::ledger::{Ledger, middle};
use crate::passages::{Passage, pattern};

/// Characters at the beginning of the next paragraph in which a cause of the one before is announced.
const BEGINNING: usize = 40;
/// A part of a change that has to be explained is at least one in so many.
const LARGE: i128 = 3;

/// A change other than nothing has a cause in its section: always where the template demands one, and for the subjects of
/// `[with] subjects` wherever a direction is said.
pub(crate) fn cause_given(bench: &mut Bench<'_, '_, '_>) {
    let ledger = bench.docket.ledger;
    let claims = &ledger.package.claims;
    let subjects = bench.meanings("subjects");
    let (told, causes) = (Told::of(bench), Causes::of(ledger, claims));
    let passages = bench.passages();
    let concerned = |claim: &Claim| claim.meanings.iter().any(|m| subjects.contains(&ledger.canonical(m)));
    let (mut seen, mut faults) = (0usize, 0usize);
    for (number, claim) in claims.iter().enumerate() {
        let (against, demanded) = match &claim.statement {
            Statement::CauseMissing(against) => (*against, true),
            Statement::Up(against) | Statement::Down(against) if concerned(claim) => (*against, false),
            _ => continue,
        };
        seen += 1;
        // One cause may speak for several figures of its section.
        let given = causes.given(ledger, claim, against);
        let reported = !demanded && claim.meanings.iter().any(|meaning| causes.missing.contains(&(against, meaning)));
        if !demanded && (given || told.is_near(claim, against, &passages)) || reported {
            continue;
        }
        let meaning = claim.meanings.first().map(|m| ledger.canonical(m)).unwrap_or_default();
        let (figures, direction) = sign(ledger, &meaning, against, claim);
        if direction == Some(Ordering::Equal) && !demanded {
            continue;
        }
        faults += 1;
        let message = Message::new("missing")
            .with("处", &claim.place)
            .with("何", ledger.subject(&(meaning, Measure::Amount)))
            .with("向", direction.map_or_else(|| Message::new("change"), |d| way(d, against)));
        bench.docket.state(bench.heading, message, (figures, String::new()), Verdict::Broken, Some(number));
    }
    if faults == 0 {
        let verdict = if seen == 0 { Verdict::NotApplicable } else { Verdict::Holds };
        bench.say(Message::new("all").with(HOW_MANY, seen), Vec::new(), verdict);
    }
}

/// Of what causes are given, and of what they are missing.
#[derive(Default)]
struct Causes<'a> {
    sections: FxHashSet<(Against, &'a str)>,
    meanings: FxHashSet<(Against, &'a Meaning)>,
    missing: FxHashSet<(Against, &'a Meaning)>,
    /// The changes of whole amounts that have one: what changed by as much is the same money.
    money: FxHashSet<(Against, i128)>,
}

impl<'a> Causes<'a> {
    fn of(ledger: &Ledger<'_>, claims: &'a [Claim]) -> Causes<'a> {
        let mut out = Causes::default();
        for claim in claims {
            match &claim.statement {
                Statement::Cause(against, text) if !text.trim().is_empty() => {
                    out.sections.extend(claim.place.section.as_deref().map(|section| (*against, section)));
                    out.meanings.extend(claim.meanings.iter().map(|meaning| (*against, meaning)));
                    out.money.extend(whole_changes(ledger, claim, *against));
                }
                Statement::CauseMissing(against) => {
                    out.missing.extend(claim.meanings.iter().map(|meaning| (*against, meaning)));
                }
                _ => {}
            }
        }
        out
    }

    /// True if a cause speaks of the section of a claim, of a meaning of it, or of the same money: 财政拨款收支 and 一般公共预算支出 of a
    /// body that has no other.
    fn given(&self, ledger: &Ledger<'_>, claim: &Claim, against: Against) -> bool {
        let section = claim.place.section.as_deref();
        section.is_some_and(|section| self.sections.contains(&(against, section)))
            || claim.meanings.iter().any(|meaning| self.meanings.contains(&(against, meaning)))
            || whole_changes(ledger, claim, against).any(|change| self.money.contains(&change))
    }
}

/// How texts tell of causes: `[with] marked` are words that announce one, `[with] bare` what stands behind a change without
/// such words, `[with] headings` the headings of sections of causes, `[with] concluding` begins a sentence that follows from
/// what stands before it, `[with] parts` one that tells parts; `[with] budgets` and `[with] prior` say what a sentence
/// compares with.
struct Told<'b> {
    marked: Vec<Arc<Regex>>,
    bare: Vec<Arc<Regex>>,
    headings: Vec<Arc<Regex>>,
    concluding: Vec<Arc<Regex>>,
    parts: &'b [String],
    budgets: &'b [String],
    prior: &'b [String],
    /// The document is none itself, so that what is compared with a budget is not compared with the year before.
    tells_of_budgets: bool,
}

impl<'a> Told<'a> {
    fn of(bench: &Bench<'_, '_, 'a>) -> Told<'a> {
        let of = |key: &str| bench.words(key).iter().filter_map(|text| pattern(text)).collect();
        let (budgets, prior) = (bench.words("budgets"), bench.words("prior"));
        let tells_of_budgets = bench.docket.ledger.package.kind != DocumentKind::Budget;
        let (marked, bare, headings, concluding) = (of("marked"), of("bare"), of("headings"), of("concluding"));
        Told { marked, bare, headings, concluding, parts: bench.words("parts"), budgets, prior, tells_of_budgets }
    }

    /// True if the texts give a cause in reach of a claim: behind it in its paragraph, at the beginning of the next, or in a
    /// section of causes of the same part.
    fn is_near(&self, claim: &Claim, against: Against, passages: &[Passage<'_>]) -> bool {
        let quote = Text::new(claim.place.quote.as_deref().unwrap_or_default());
        let section = plain(claim.place.section.as_deref().unwrap_or_default());
        let mut parts = Vec::new();
        for (number, passage) in passages.iter().enumerate().filter(|(_, p)| p.is_paragraph()) {
            let Some(at) = passage.text().find(quote.as_str().trim_end_matches('。')) else { continue };
            let here = passage.place(at, at + 1);
            // A heading inside the section stands between it and its text.
            let placed = claim.place.line.is_some() || claim.place.page.is_some();
            let same_line = placed && (here.page, here.line) == (claim.place.page, claim.place.line);
            if plain(&passage.section) != section && !section.is_empty() && !same_line {
                continue;
            }
            parts.push(passage.part);
            let behind = passage.text().get(at..).unwrap_or_default();
            let before = passage.text().get(..at).unwrap_or_default();
            let sentence = before.rsplit('。').next().unwrap_or_default();
            let concludes = |regex: &Arc<Regex>| {
                regex.find(sentence).or_else(|| regex.find(behind)).is_some_and(|m| m.start() == 0)
            };
            if self.concluding.iter().any(concludes) {
                return true;
            }
            // The cause of the whole stands before its parts; 全年有增有减。says again what has been explained.
            let own = behind.split('。').next().unwrap_or_default();
            let parts = self.parts.iter().any(|word| own.trim_start().starts_with(word.as_str()));
            let again = !own.contains(|c: char| c.is_ascii_digit());
            let last = before.trim_end_matches('。').rsplit('。').next().unwrap_or_default();
            if sentence.is_empty() && (parts || again) && self.explains(last, against) {
                return true;
            }
            if self.explains(behind, against) || self.bare.iter().any(|regex| regex.is_match(behind)) {
                return true;
            }
            // What ends in ； goes on in the next paragraph.
            let mut number = number;
            while passages.get(number).is_some_and(|own| own.is_paragraph() && own.text().ends_with('；')) {
                number += 1;
                let on = passages.get(number).filter(|next| next.is_paragraph());
                if on.is_some_and(|next| self.explains(next.text(), against)) {
                    return true;
                }
            }
            let next = passages.get(number + 1).filter(|next| next.is_paragraph());
            let beginning: String = next.map_or("", |next| next.text()).chars().take(BEGINNING).collect();
            let breaks_off = number + 1 == passages.len() && !passage.text().ends_with(ENDS);
            if self.explains(&beginning, against) || breaks_off {
                return true;
            }
        }
        let heads = |p: &Passage<'_>| p.is_title() && self.headings.iter().any(|regex| regex.is_match(p.text()));
        let all = passages.iter().zip(passages.iter().skip(1));
        all.into_iter().any(|(head, next)| parts.contains(&head.part) && heads(head) && next.is_paragraph())
    }

    /// Whether a sentence of a text announces a cause of a change against what is asked.
    fn explains(&self, text: &str, against: Against) -> bool {
        let has = |words: &[String], text: &str| words.iter().any(|word| text.contains(word.as_str()));
        text.split('。').any(|sentence| {
            self.marked.iter().filter_map(|regex| regex.find(sentence)).any(|mark| {
                let before = sentence.get(..mark.start()).unwrap_or_default();
                let of_budget = self.tells_of_budgets && has(self.budgets, before) && !has(self.prior, before);
                against != Against::PriorYear || !of_budget
            })
        })
    }
}

/// The cause of a total speaks of every part that makes up much of its change, if it speaks of parts at all. `[with] named`
/// has the words of each of `[with] parts`, in their order.
pub(crate) fn cause_names_parts(bench: &mut Bench<'_, '_, '_>) {
    let ledger = bench.docket.ledger;
    let Some(total) = bench.meanings("total").first() else { return };
    let named = bench.words("named").iter().map(|text| pattern(text));
    let parts: Vec<(&Meaning, Option<Arc<Regex>>)> = bench.meanings("parts").iter().zip(named).collect();
    let (mut seen, mut faults) = (0usize, 0usize);
    for (number, claim) in ledger.package.claims.iter().enumerate() {
        let Statement::Cause(against, text) = &claim.statement else { continue };
        let text = plain(text);
        let is_total = claim.meanings.iter().any(|m| ledger.canonical(m) == *total);
        let Some((whole, sum)) = changed(ledger, total, *against).filter(|_| is_total) else { continue };
        if bench.words("unless").iter().any(|word| text.contains(word.as_str())) {
            continue;
        }
        let (mut said, mut unsaid) = (Vec::new(), Vec::new());
        let mut told: Vec<&str> = Vec::new();
        for (part, words) in &parts {
            // Of a part and its own parts, which have the same words, the first that is printed speaks.
            let own = words.as_ref().map_or("", |words| words.as_str());
            if told.contains(&own) {
                continue;
            }
            told.extend(changed(ledger, part, *against).map(|_| own));
            let names = words.as_ref().is_some_and(|words| words.is_match(&text));
            match changed(ledger, part, *against) {
                Some((id, _)) if names => said.push(id),
                Some((id, change)) if change.signum() == sum.signum() && change.abs() * LARGE >= sum.abs() => {
                    unsaid.push(id);
                }
                _ => {}
            }
        }
        if said.is_empty() {
            continue;
        }
        seen += 1;
        if unsaid.is_empty() {
            continue;
        }
        faults += 1;
        let figures = |ids: &[FigureId]| Said::list(ids.iter().copied());
        let message = Message::new("not-named")
            .with("处", &claim.place)
            .with("何", whole)
            .with("所说", figures(&said))
            .with("未说", figures(&unsaid));
        let all = [whole].into_iter().chain(unsaid).chain(said).collect();
        bench.docket.state(bench.heading, message, (all, String::new()), Verdict::Broken, Some(number));
    }
    if faults == 0 {
        bench.settle(seen, 0);
    }
}

/// The changes of what a claim speaks of, where that is all of an income or expense, or of one of its funds.
fn whole_changes<'c>(
    ledger: &'c Ledger<'_>,
    claim: &'c Claim,
    against: Against,
) -> impl Iterator<Item = (Against, i128)> + 'c {
    let is_whole = |meaning: &&Meaning| {
        meaning.coordinates().all(|(dimension, _)| matches!(dimension, Dimension::Item | Dimension::Fund))
    };
    let wholes = claim.meanings.iter().filter(is_whole);
    wholes.filter_map(move |meaning| changed(ledger, meaning, against)).map(move |(_, change)| (against, change))
}

/// The change of an amount as it is printed, with its figure.
fn changed(ledger: &Ledger<'_>, meaning: &Meaning, against: Against) -> Option<(FigureId, i128)> {
    let key = (ledger.canonical(meaning), ledger.canonical_measure(&Measure::Change(against)));
    let id = ledger.printings(&key)?.first()?;
    let (printed, _) = ledger.known(id)?;
    (!printed.is_zero()).then(|| (id, middle(printed)))
}

//! Paragraphs that two bodies have in common word for word.

use std::collections::BTreeMap;

use juesuan_catalog::{LinkBody, Rule};
use juesuan_model::{Block, Message, Package, Place, Role, Said, Spot, Statement, Verdict, Voice, place_in};
use juesuan_text::plain;

use super::bench::Bench;
use crate::docket::HOW_MANY;

/// Shorter texts are like by chance or by law.
const SHORTEST: usize = 40;
/// Shortest cause that is like for no other reason than copying.
const SHORTEST_CAUSE: usize = 20;
/// Places that one finding shows of each document.
const SHOWN: usize = 3;

/// A text that could be a copy, and where it stands.
pub(super) struct Copied {
    /// As printed, without white space.
    pub(super) text: String,
    place: Place,
}

/// Duties: paragraphs below headings that hold a word of `[with] headings`.
pub(crate) fn duties(bench: &mut Bench<'_, '_>) {
    compare(bench, LinkBody::DutiesOfTheirOwn);
}

/// Causes that name an amount: two bodies do not have the same cause with the same figure.
pub(crate) fn causes(bench: &mut Bench<'_, '_>) {
    compare(bench, LinkBody::CausesOfTheirOwn);
}

/// The texts of a document that a rule with such a body compares; none for any other body.
pub(super) fn passages(body: LinkBody, rule: &Rule, package: &Package) -> Vec<Copied> {
    match body {
        LinkBody::DutiesOfTheirOwn => below(package, rule.with.words("headings")),
        LinkBody::CausesOfTheirOwn => with_amounts(package),
        _ => Vec::new(),
    }
}

fn with_amounts(package: &Package) -> Vec<Copied> {
    let claims = package.claims.iter().filter_map(|claim| match &claim.statement {
        Statement::Cause(_, text) => Some(Copied { text: squeezed(text), place: claim.place.clone() }),
        _ => None,
    });
    claims
        .filter(|passage| passage.text.chars().count() >= SHORTEST_CAUSE)
        .filter(|passage| passage.text.chars().any(|c| c.is_ascii_digit()))
        .collect()
}

fn compare(bench: &mut Bench<'_, '_>, body: LinkBody) {
    let (later, rule) = (bench.document, bench.rule);
    let (Some(package), Some(copies)) = (bench.package(later), bench.beside.copies(&rule.code)) else { return };
    let own = passages(body, rule, package);
    let mut copied = false;
    for earlier in copies.earlier.iter().copied() {
        let Some(other) = bench.package(earlier) else { continue };
        let theirs = passages(body, rule, other);
        let known: BTreeMap<&str, &Copied> = theirs.iter().map(|p| (p.text.as_str(), p)).collect();
        let pairs: Vec<(&Copied, &Copied)> =
            own.iter().filter_map(|p| Some((p, *known.get(p.text.as_str())?))).collect();
        if !pairs.is_empty() {
            copied = true;
            say(bench, (later, earlier), other, &pairs);
        }
    }
    if copies.strangers && !copied {
        bench.say(Message::title(), Vec::new(), Verdict::Holds);
    }
}

fn say(bench: &mut Bench<'_, '_>, (later, earlier): (usize, usize), other: &Package, pairs: &[(&Copied, &Copied)]) {
    let Some((first, _)) = pairs.first() else { return };
    let message = Message::new("copied")
        .with("处", bench.filed(later, first.place.clone()))
        .with(HOW_MANY, pairs.len())
        .with("单位", Said::name(&other.entity.name))
        .with("文字", Said::words(beginning(&first.text)));
    let mut spots: Vec<Spot> = Vec::new();
    for (own, theirs) in pairs.iter().take(SHOWN) {
        for (document, passage) in [(later, own), (earlier, theirs)] {
            let place = Place { quote: Some(beginning(&passage.text)), ..passage.place.clone() };
            let role = if spots.is_empty() { Role::Wrong } else { Role::Other };
            spots.push(Spot::words(role, Voice::Passage, beginning(&passage.text), bench.filed(document, place)));
        }
    }
    bench.fault(message, spots);
}

/// Long paragraphs below headings that hold one of the words.
fn below(package: &Package, words: &[String]) -> Vec<Copied> {
    let mut out = Vec::new();
    for part in &package.document.parts {
        let mut within = false;
        for block in &part.blocks {
            match block {
                Block::Heading { text, level, .. } if *level <= 2 => {
                    let text = plain(text);
                    within = words.iter().any(|word| text.contains(word.as_str()));
                }
                Block::Paragraph { runs, origin } if within => {
                    let text: String = runs.iter().map(|run| run.text.as_str()).collect();
                    let place = place_in(origin, 0, text.chars().count());
                    out.push(Copied { text: squeezed(&text), place });
                }
                Block::Heading { .. } | Block::Paragraph { .. } | Block::Table(_) | Block::Chart(_) => {}
            }
        }
    }
    out.retain(|passage| passage.text.chars().count() >= SHORTEST);
    out
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn beginning(text: &str) -> String {
    const LENGTH: usize = 30;
    let mut out: String = text.chars().take(LENGTH).collect();
    if text.chars().nth(LENGTH).is_some() {
        out.push('…');
    }
    out
}

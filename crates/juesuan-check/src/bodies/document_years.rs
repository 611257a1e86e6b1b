//! The years that a document names: that of its titles, and of periods.

use std::collections::BTreeMap;

use std::sync::Arc;

use juesuan_model::Message;
use juesuan_text::plain;

use super::{Bench, Quote};
use crate::passages::{Kind, Passage, sought, sought_with_name};
use crate::sought::{Sought, here};

/// A year that a pattern found: its first group is the year.
struct Named {
    year: u16,
    from: usize,
    to: usize,
}

/// The years that patterns find in a text.
fn years(passage: &Passage<'_>, patterns: &[Arc<Sought>]) -> Vec<Named> {
    let mut out: Vec<Named> = Vec::new();
    for captures in here(patterns, passage).flat_map(|regex| regex.captures_iter(passage.text())) {
        let Some(year) = captures.get(1) else { continue };
        let known = out.iter().any(|other| other.from == year.start());
        if let (false, Ok(number)) = (known, year.as_str().parse()) {
            out.push(Named { year: number, from: year.start(), to: year.end() });
        }
    }
    out
}

/// What a pattern of titles looks at: titles, and lines of running text that are titles by their look.
fn titles<'t, 'a>(passages: &'t [Passage<'a>], short: usize) -> impl Iterator<Item = &'t Passage<'a>> {
    passages.iter().filter(move |p| {
        p.is_title()
            || matches!(p.kind, Kind::Note | Kind::Entity)
            || p.is_paragraph() && p.text().chars().count() <= short && !p.text().ends_with(['。', '；', '，', '：'])
    })
}

/// The year of every title is that of the document. `[with] patterns` name the year of a title; the same wrong year in
/// several titles is one fault; a majority of titles with one other year means that the cover is wrong.
pub(crate) fn titles_name_year(bench: &mut Bench<'_, '_, '_>) {
    const SHORT: usize = 40;
    let passages = bench.passages();
    let entity = &bench.docket.ledger.package.entity;
    let (own, name) = (entity.year, entity.name.as_str());
    let patterns: Vec<_> = bench.words("patterns").iter().filter_map(|text| sought_with_name(text, name)).collect();
    let unless: Vec<_> = bench.words("unless").iter().filter_map(|text| sought(text)).collect();
    let mut right = 0usize;
    let mut wrong: BTreeMap<u16, Vec<Quote>> = BTreeMap::new();
    // Of a document whose year nobody knows no title names another.
    let known = own > 0;
    for passage in titles(&passages, SHORT).filter(|p| known && !here(&unless, p).any(|regex| regex.is_match(p.text())))
    {
        for named in years(passage, &patterns) {
            if named.year == own {
                right += 1;
            } else {
                wrong.entry(named.year).or_default().push(Quote::of(
                    passage,
                    0,
                    passage.text().len().min(ends(passage, named.to)),
                ));
            }
        }
    }
    let cover = wrong.iter().find(|(_, spots)| spots.len() > 2 && spots.len() > 2 * right).map(|(year, _)| *year);
    let mut faults = 0;
    for (year, spots) in &wrong {
        faults += 1;
        if cover == Some(*year) {
            let line = passages.iter().find(|p| p.kind == Kind::Cover && p.text().contains(&own.to_string()));
            let first: Vec<Quote> = line.map(|p| Quote::of(p, 0, p.text().len())).into_iter().collect();
            let all: Vec<Quote> = first.into_iter().chain(spots.iter().cloned()).collect();
            bench.report(&all, Message::new("cover-of-another").with("年度", usize::from(*year)));
        } else {
            bench.report(spots, Message::new("title-of-another").with("年度", usize::from(own)));
        }
    }
    bench.settle(right + faults, faults);
}

/// The end of the title, or forty characters after the year.
fn ends(passage: &Passage<'_>, year: usize) -> usize {
    const AFTER: usize = 40;
    let rest = passage.text().get(year..).unwrap_or_default();
    year + rest.chars().take(AFTER).map(char::len_utf8).sum::<usize>()
}

/// A period of implementation touches the year. `[with] headings` name the sections that give one.
pub(crate) fn period_touches_year(bench: &mut Bench<'_, '_, '_>) {
    let passages = bench.passages();
    let own = bench.docket.ledger.package.entity.year;
    let headings = bench.words("headings");
    let patterns: Vec<_> = sought_with_name("YEAR年", "").into_iter().collect();
    let (mut seen, mut spots) = (0usize, Vec::new());
    for passage in passages.iter().filter(|p| matches!(p.kind, Kind::Paragraph | Kind::Cell)) {
        let section = plain(&passage.section);
        let about =
            headings.iter().any(|word| section.contains(word.as_str()) || passage.text().starts_with(word.as_str()));
        let named = years(passage, &patterns);
        let (Some(first), Some(last), true) = (named.first(), named.last(), about) else { continue };
        seen += 1;
        let (low, high) = (named.iter().map(|n| n.year).min(), named.iter().map(|n| n.year).max());
        if low.is_some_and(|low| low > own) || high.is_some_and(|high| high < own) {
            spots.push(Quote::of(passage, first.from, last.to.max(passage.text().len().min(ends(passage, last.to)))));
        }
    }
    bench.report(&spots, Message::new("outside-year").with("年度", usize::from(own)));
    bench.settle(seen, spots.len());
}

//! What is left of a template or of a hasty edit: headings said again, titles that break off, goals in the place of results.

use std::sync::Arc;

use juesuan_model::{Message, Said};
use regex::Regex;

use super::structure::numbered;
use super::{Bench, Quote};
use crate::passages::{Kind, Passage, pattern};

/// Shortest heading of which a repetition is no accident, in characters.
const SHORTEST: usize = 6;
/// Fewest characters of a title that fills a line; shorter ones are heads of columns.
const LINE: usize = 12;
/// Between the words at which a title breaks off and what they lack.
const LACKS: char = '→';

/// A text without its number and the mark at its end.
fn bare(text: &str) -> &str {
    numbered(text).map_or(text, |own| own.rest(text)).trim_end_matches(['。', '：'])
}

/// A paragraph does not begin with the words of the heading above it, as a sentence of their own.
pub(crate) fn heading_not_repeated(bench: &mut Bench<'_, '_, '_>) {
    let passages = bench.passages();
    let (mut seen, mut spots) = (0usize, Vec::new());
    for (above, below) in passages.iter().zip(passages.iter().skip(1)) {
        let heads = above.is_title() || above.is_paragraph() && numbered(above.text()).is_some();
        let heading = bare(above.text());
        if !heads || !below.is_paragraph() || heading.chars().count() < SHORTEST || heading.contains('。') {
            continue;
        }
        seen += 1;
        let begins = below.text().strip_prefix(heading).is_some_and(|rest| rest.starts_with('。'));
        if begins {
            spots.push(Quote::of(below, 0, heading.len()));
        }
    }
    for spot in &spots {
        bench.report(std::slice::from_ref(spot), Message::new("repeated"));
    }
    bench.settle(seen, spots.len());
}

/// Headings and titles do not end inside of a word. `[with] broken_off` has the ends, each with what it lacks.
pub(crate) fn titles_are_whole(bench: &mut Bench<'_, '_, '_>) {
    let passages = bench.passages();
    let ends: Vec<(&str, &str)> = bench.words("broken_off").iter().filter_map(|text| text.split_once(LACKS)).collect();
    let (mut seen, mut found) = (0usize, Vec::new());
    for (number, passage) in passages.iter().enumerate() {
        let text = passage.text();
        let is_line = passage.is_title() || passage.is_paragraph();
        if !is_line || text.contains(['。', '，', '；', '、']) || text.chars().count() < LINE {
            continue;
        }
        seen += 1;
        let next = passages.get(number + 1).map_or("", Passage::text);
        let lacking = ends.iter().find(|(end, lacks)| text.ends_with(end) && !next.starts_with(lacks));
        if let Some((end, lacks)) = lacking {
            found.push((Quote::of(passage, 0, text.len()), format!("{end}{lacks}")));
        }
    }
    for (spot, right) in &found {
        bench.report(std::slice::from_ref(spot), Message::new("broken-off").with("应为", Said::words(right)));
    }
    bench.settle(seen, found.len());
}

/// Where the result of an evaluation is announced, what follows is no goal. `[with] lead` announces, as does a heading of
/// `[with] headings`; `[with] goal` is how a goal begins, `[with] aim` what is aimed at, `[with] result` what every result has
/// beside that.
pub(crate) fn result_is_no_goal(bench: &mut Bench<'_, '_, '_>) {
    let passages = bench.passages();
    let of = |key: &str| bench.words(key).iter().filter_map(|text| pattern(text)).collect::<Vec<_>>();
    let (leads, goals, results) = (of("lead"), of("goal"), of("result"));
    let (headings, aims) = (of("headings"), of("aim"));
    let (mut seen, mut spots) = (0usize, Vec::new());
    for (number, passage) in passages.iter().enumerate() {
        if !(passage.is_paragraph() || passage.kind == Kind::Heading) {
            continue;
        }
        let heads = passage.kind == Kind::Heading && headings.iter().any(|regex| regex.is_match(passage.text()));
        let lead = leads.iter().find_map(|regex| regex.find(passage.text())).map(|lead| lead.range());
        let Some(lead) = lead.or_else(|| heads.then(|| 0..passage.text().len())) else { continue };
        let here = passage.text().get(lead.end..).unwrap_or_default();
        let next = passages.get(number + 1).filter(|next| here.is_empty() && next.is_paragraph());
        let said = next.map_or(here, Passage::text);
        if said.is_empty() {
            continue;
        }
        seen += 1;
        let has = |patterns: &[Arc<Regex>], text: &str| patterns.iter().any(|regex| regex.is_match(text));
        let below = passages.iter().skip(number + 2).take_while(|p| heads && p.is_paragraph());
        let all: String = [said].into_iter().chain(below.map(Passage::text)).collect();
        let done = aims.iter().fold(all, |text, aim| aim.replace_all(&text, "").into_owned());
        if has(&goals, said) && !has(&results, &done) {
            let end = said.find('。').unwrap_or(said.len());
            spots.push(match next {
                Some(next) => Quote::of(next, 0, end),
                None => Quote::of(passage, lead.start, lead.end + end),
            });
        }
    }
    for spot in &spots {
        bench.report(std::slice::from_ref(spot), Message::new("goal"));
    }
    bench.settle(seen, spots.len());
}

/// Plans that are to be followed have not ended before the year of the document. `[with] plans` are patterns with their last
/// year; `[with] ahead` speaks of what is done by them, `[with] unless` looks back.
pub(crate) fn plans_are_in_force(bench: &mut Bench<'_, '_, '_>) {
    let passages = bench.passages();
    let year = bench.docket.ledger.package.entity.year;
    let plan = |text: &String| {
        let (words, last) = text.split_once(LACKS)?;
        Some((pattern(words)?, last.parse::<u16>().ok()?))
    };
    let over: Vec<_> = bench.words("plans").iter().filter_map(plan).filter(|(_, last)| *last < year).collect();
    let has = |key: &str, text: &str| bench.words(key).iter().any(|word| text.contains(word.as_str()));
    let (mut seen, mut spots) = (0usize, Vec::new());
    for passage in passages.iter().filter(|p| p.is_paragraph()) {
        seen += 1;
        let text = passage.text();
        for named in over.iter().flat_map(|(regex, _)| regex.find_iter(text)) {
            let ends = |c: char| "。；".contains(c);
            let from =
                text.get(..named.start()).and_then(|before| before.rfind(ends)).map_or(0, |at| at + '。'.len_utf8());
            let behind = text.get(named.end()..).and_then(|after| after.find(ends));
            let sentence = text.get(from..behind.map_or(text.len(), |at| named.end() + at)).unwrap_or_default();
            if has("ahead", sentence) && !has("unless", sentence) {
                spots.push(Quote::of(passage, named.start(), named.end()));
            }
        }
    }
    bench.report(&spots, Message::new("over"));
    bench.settle(seen, spots.len());
}

//! How a document is put together: numbers of headings and lists, units counted and listed, attachments announced.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_catalog::Catalog;
use juesuan_model::{Message, Said, Severity};
use juesuan_text::ordinal::{Ordinal, Style};
use juesuan_text::{numeral, plain};

use super::{Bench, Quote};
use crate::docket::HOW_MANY;
use crate::passages::{Kind, Passage, sought};
use crate::sought::here;

/// Longest list whose numbers are followed.
const LONGEST: u32 = 60;

/// The number at the beginning of a text. Items of `1)` stand inside of others and are not followed.
pub(crate) fn numbered(text: &str) -> Option<Ordinal> {
    Ordinal::of(text).filter(|own| own.style != Style::Digits(')'))
}

/// A list that is being counted.
struct Open {
    kind: Style,
    last: u32,
}

/// The numbers of headings and of list items go up by one and begin with one. The faults of one kind of number are one
/// finding: numbers set by a program run on where one list should end.
pub(crate) fn numbers_run_on(bench: &mut Bench<'_, '_, '_>) {
    let passages = bench.passages();
    let unread = super::document_tables::parts_of_unread_tables(bench);
    let texts: Vec<&Passage<'_>> = passages
        .iter()
        .filter(|p| matches!(p.kind, Kind::Part | Kind::Heading | Kind::Paragraph) && !unread.contains(&p.part))
        .collect();
    let mut open: Vec<Open> = Vec::new();
    let mut found: BTreeMap<(Style, usize), u32> = BTreeMap::new();
    let (mut seen, mut since, mut part) = (0usize, 0usize, 0usize);
    let (mut midway, mut before) = (false, None);
    for (at, passage) in texts.iter().enumerate() {
        if passage.kind == Kind::Part {
            // A title without a number among those that have one is no part: their numbers go on behind it.
            before = open.drain(..).next().filter(|_| !is_part(passage.text(), bench.docket.ledger.catalog));
            part = at;
        }
        let Some(own) = numbered(passage.text()).filter(|own| own.number <= LONGEST) else { continue };
        let (kind, count) = (own.style, own.number);
        seen += 1;
        let same: Vec<usize> = (0..open.len()).filter(|i| open.get(*i).is_some_and(|list| list.kind == kind)).collect();
        let follows = |level: &&usize| open.get(**level).is_some_and(|list| list.last + 1 == count);
        if let Some(level) = same.iter().rev().find(follows).copied() {
            open.truncate(level + 1);
        } else if count == 1 {
            // A list inside an item of a list with the same numbers: two deep, more is a list after a list.
            if let [_, inner, ..] = same.as_slice() {
                open.truncate(*inner);
            }
            open.push(Open { kind, last: 0 });
        } else {
            let expected = same.last().and_then(|level| open.get(*level)).map_or(1, |list| list.last + 1);
            let between = texts.get(since..at).unwrap_or_default();
            // Below a title of the first level stand others with numbers.
            let above = if kind == Style::Chinese { texts.get(part..at).unwrap_or_default() } else { between };
            let skipped = between.iter().any(|p| mentions(p.text(), kind, expected))
                || ((expected, count) == (1, 2) && lost_its_number(above));
            // A page of a document, or what was copied out of one, begins with the number that is due there.
            midway |= seen == 1 && part == 0 && texts.first().is_some_and(|p| p.kind != Kind::Part);
            let cut_out = midway && same.is_empty();
            let goes_on = before.as_ref().is_some_and(|list: &Open| list.kind == kind && list.last + 1 == count);
            if !(skipped || cut_out || same.is_empty() && goes_on) {
                found.insert((kind, at), expected);
            }
            match same.last() {
                Some(level) => open.truncate(level + 1),
                None => open.push(Open { kind, last: 0 }),
            }
        }
        if let Some(list) = open.last_mut() {
            list.last = count;
        }
        since = at;
    }
    for (at, kind, expected) in running_on(&texts) {
        found.entry((kind, at)).or_insert(expected);
    }
    let kinds = told(bench, &texts, &found);
    bench.settle(seen, kinds);
}

/// True for the title of a part with its number: 第一部分.
fn is_part(text: &str, catalog: &Catalog) -> bool {
    let ([begins, ends], text) = (&catalog.recognition.part, plain(text));
    text.starts_with(begins.as_str()) && text.contains(ends.as_str())
}

/// One finding for each kind of number: every place where it does not go on, and the number that the first should have. How
/// many kinds there are.
fn told(bench: &mut Bench<'_, '_, '_>, texts: &[&Passage<'_>], found: &BTreeMap<(Style, usize), u32>) -> usize {
    let kinds: BTreeSet<Style> = found.keys().map(|(kind, _)| *kind).collect();
    for kind in &kinds {
        let places =
            found.iter().filter(|((k, _), _)| k == kind).filter_map(|((_, at), n)| Some((texts.get(*at)?, *n)));
        let places: Vec<(&&Passage<'_>, u32)> = places.collect();
        let title = |p: &Passage<'_>| p.kind == Kind::Heading && !p.text().ends_with(['。', '；']);
        let severity = match places.iter().any(|(p, _)| title(p)) && kind.is_chinese() {
            true => bench.heading.severity,
            false => Severity::Notice,
        };
        let spot = |p: &Passage<'_>| Quote::of(p, 0, shown(p.text()));
        let spots: Vec<Quote> = places.iter().map(|(p, _)| spot(p)).collect();
        let expected = places.first().map_or(1, |(_, expected)| *expected);
        let wrong = Message::new("not-continuous").with("应为", Said::name(kind.written(expected)));
        bench.report_as(severity, &spots, wrong);
    }
    kinds.len()
}

/// Titles that stand in several places under ever higher numbers: （一）自评得分 … （三）自评得分 … （五）自评得分. Each should have the number of the first.
fn running_on(texts: &[&Passage<'_>]) -> Vec<(usize, Style, u32)> {
    const SAME: usize = 4;
    const RUN: usize = 3;
    let mut titles: BTreeMap<(Style, String), Vec<(usize, u32)>> = BTreeMap::new();
    for (at, passage) in
        texts.iter().enumerate().filter(|(_, p)| p.kind == Kind::Heading || p.text().chars().count() < 40)
    {
        let Some(own) = numbered(passage.text()).filter(|own| own.style.is_chinese()) else { continue };
        let rest: String = own.rest(passage.text()).chars().take(SAME).collect();
        if rest.chars().count() == SAME {
            titles.entry((own.style, rest)).or_default().push((at, own.number));
        }
    }
    let mut out = Vec::new();
    for ((kind, _), places) in titles {
        let numbers: BTreeSet<u32> = places.iter().map(|(_, number)| *number).collect();
        // Neighbours of one list may begin alike; between titles of several lists stands something else of the list.
        let apart = |from: usize, to: usize| {
            let between = texts.get(from + 1..to).into_iter().flatten();
            between.filter_map(|p| numbered(p.text())).any(|other| other.style == kind)
        };
        let rising = places.windows(2).all(|pair| matches!(pair, [(p, a), (q, b)] if a <= b && apart(*p, *q)));
        if rising && numbers.len() >= RUN {
            let first = places.first().map_or(0, |(_, number)| *number);
            out.extend(places.iter().filter(|(_, number)| *number != first).map(|(at, _)| (*at, kind, first)));
        }
    }
    out
}

/// Whether one of these texts, with something below it, is a title without a number: the first of a list that Word numbered
/// loses its own on the way to a web page.
fn lost_its_number(texts: &[&Passage<'_>]) -> bool {
    const TITLE_MAX: usize = 16;
    let is_title = |text: &str| {
        let plain = |c: char| c.is_alphabetic() || matches!(c, '(' | ')');
        numbered(text).is_none() && (2..=TITLE_MAX).contains(&text.chars().count()) && text.chars().all(plain)
    };
    texts.split_last().is_some_and(|(_, above)| above.iter().any(|p| is_title(p.text())))
}

/// Whether a text has the number that is missing somewhere inside: the reading did not begin a paragraph with it.
fn mentions(text: &str, kind: Style, number: u32) -> bool {
    let sought = match kind {
        Style::Digits(_) => vec![format!("{number}."), format!("{number}、")],
        kind => vec![plain(&kind.written(number))],
    };
    sought.iter().any(|sought| text.contains(sought.as_str()))
}

/// The number and a few characters after it, in bytes.
fn shown(text: &str) -> usize {
    const SHOWN: usize = 12;
    let number = numbered(text).map_or(0, |own| own.length);
    text.chars().take(number + SHOWN).map(char::len_utf8).sum()
}

/// `本级和 N 个下属单位`, `下属 N 家预算单位`: so many units are listed beside the headquarters. `[with] patterns` have the
/// number as their first group, `[with] own` are the words by which a list names the headquarters.
pub(crate) fn units_are_listed(bench: &mut Bench<'_, '_, '_>) {
    let passages = bench.passages();
    let patterns: Vec<_> = bench.words("patterns").iter().filter_map(|text| sought(text)).collect();
    let own = bench.words("own");
    let mut looked_at = 0;
    let mut found = Vec::new();
    for (at, passage) in passages.iter().enumerate().filter(|(_, p)| p.is_paragraph()) {
        let Some(captures) = here(&patterns, passage).find_map(|regex| regex.captures(passage.text())) else {
            continue;
        };
        let Some(hit) = captures.get(1) else { continue };
        let Some(said) = hit.as_str().parse::<usize>().ok().or_else(|| numeral::parse(hit.as_str())?.try_into().ok())
        else {
            continue;
        };
        let listed = list_after(&passages, at);
        let headquarters = listed.iter().filter(|name| own.iter().any(|word| name.contains(word.as_str()))).count();
        // A list without the headquarters, or with what is no name, or of which nothing was found, was not read as a list of units.
        let catalog = bench.docket.ledger.catalog;
        let named = |item: &&str| own.iter().any(|word| item.contains(word.as_str())) || is_named(item, catalog);
        if headquarters != 1 || !listed.iter().all(named) {
            continue;
        }
        looked_at += 1;
        let units = listed.len() - 1;
        // 下属5个单位，其中3个…: the list may be that of the three.
        if units != said && !counts(passage.text(), catalog).contains(&units) {
            let whole = captures.get(0).map_or((hit.start(), hit.end()), |whole| (whole.start(), whole.end()));
            found.push((Quote::of(passage, whole.0, whole.1), Message::new("listed").with(HOW_MANY, units)));
        }
    }
    for (spot, wrong) in &found {
        bench.report(std::slice::from_ref(spot), wrong.clone());
    }
    bench.settle(looked_at, found.len());
}

/// True if an item of a list is the name of an organisation, with whatever a bracket or a clause behind it says.
fn is_named(item: &str, catalog: &Catalog) -> bool {
    let words = &catalog.recognition;
    let name = item.split(['，', '。', '；', '：', '(']).next().unwrap_or_default().trim_end();
    words.organisations.iter().chain(&words.units.ends).any(|end| name.ends_with(end.as_str()))
}

/// How many units, of whatever kind, a text says there are.
fn counts(text: &str, catalog: &Catalog) -> Vec<usize> {
    let counters = &catalog.recognition.units.counters;
    let mut ends: Vec<usize> =
        counters.iter().flat_map(|word| text.match_indices(word.as_str()).map(|(at, _)| at)).collect();
    ends.sort_unstable();
    let number = |end: usize| {
        let before = text.get(..end)?;
        let rest = before.trim_end_matches(|c: char| c.is_ascii_digit() || numeral::counts(c));
        let number = before.get(rest.len()..)?;
        number.parse().ok().or_else(|| numeral::parse(number)?.try_into().ok())
    };
    ends.into_iter().filter_map(number).collect()
}

/// The numbered items that follow in the same section; none where one of them goes on with the number of the next: they were read as one paragraph.
fn list_after<'t>(passages: &'t [Passage<'_>], at: usize) -> Vec<&'t str> {
    let mut out: Vec<&str> = Vec::new();
    let mut section = passages.get(at).map(|passage| passage.section.as_str());
    for passage in passages.iter().skip(at + 1) {
        let own = numbered(passage.text()).filter(|own| matches!(own.style, Style::Digits(_)));
        // A short name on a line of its own may have been read as a heading.
        let headed = passage.kind == Kind::Heading && own.is_some();
        if headed {
            section = Some(passage.section.as_str());
        }
        if Some(passage.section.as_str()) != section {
            break;
        }
        let next = u32::try_from(out.len()).unwrap_or(LONGEST) + 1;
        let Some(own) = own.filter(|own| own.number == next && (headed || passage.is_paragraph())) else { continue };
        let text = own.rest(passage.text());
        if mentions(text, own.style, next + 1) {
            return Vec::new();
        }
        out.push(text);
    }
    out
}

/// What a text says is attached stands somewhere in the document. `[with] patterns` have its name as their first group.
pub(crate) fn attachments_are_there(bench: &mut Bench<'_, '_, '_>) {
    let passages = bench.passages();
    let patterns: Vec<_> = bench.words("patterns").iter().filter_map(|text| sought(text)).collect();
    let mut spots = Vec::new();
    let mut seen = 0;
    let mut texts = None;
    for (at, passage) in passages.iter().enumerate().filter(|(_, p)| matches!(p.kind, Kind::Paragraph | Kind::Heading))
    {
        let Some(captures) = here(&patterns, passage).find_map(|regex| regex.captures(passage.text())) else {
            continue;
        };
        let Some(name) = captures.get(1) else { continue };
        seen += 1;
        let key = bare(name.as_str());
        let texts = texts.get_or_insert_with(|| {
            let announces = |p: &Passage<'_>| here(&patterns, p).any(|regex| regex.is_match(p.text()));
            let texts = passages.iter().enumerate().filter(|(_, p)| p.kind != Kind::Contents && !announces(p));
            texts.map(|(other, p)| (other, bare(p.text()))).collect::<Vec<_>>()
        });
        let there = texts.iter().any(|(other, text)| *other != at && names(text, &key));
        if !there {
            spots.push(Quote::of(passage, name.start(), name.end()));
        }
    }
    bench.report(&spots, Message::new("not-there"));
    bench.settle(seen, spots.len());
}

/// A name without its number and the words that stand or fall at will.
fn bare(text: &str) -> String {
    let rest = numbered(text).map_or(text, |own| own.rest(text));
    ["部门", "单位", "绩效", "支出", "项目", "度"].iter().fold(rest.to_owned(), |rest, word| rest.replace(word, ""))
}

/// True if a text has a title like `name`: one that ends as it does and has nearly all of it.
fn names(text: &str, name: &str) -> bool {
    const END: usize = 3;
    const MORE: usize = 8;
    let length = name.chars().count();
    let end: String = name.chars().skip(length.saturating_sub(END)).collect();
    text.match_indices(&end).any(|(at, _)| {
        let title = text.get(..at + end.len()).unwrap_or_default();
        let from = title.chars().count().saturating_sub(length + MORE);
        alike(name, &title.chars().skip(from).collect::<String>())
    })
}

/// True if nearly every character of the one stands in the other, in order.
fn alike(name: &str, text: &str) -> bool {
    let mut rest = text.chars();
    let found = name.chars().filter(|wanted| rest.clone().any(|c| c == *wanted) && rest.any(|c| c == *wanted)).count();
    let whole = name.chars().count();
    found + whole / 8 >= whole
}

//! The name of whoever files the document, as its titles and its text write it; the level of government; names of projects.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_catalog::{Recognition, RegionWords};
use juesuan_model::{Message, Said, Severity};
use juesuan_text::plain;

use super::{Bench, Quote};
use crate::passages::{Kind, Passage, pattern, sought};
use crate::sought::here;

/// Most characters before the ending of a region inside the name of a body.
const REGION_LONGEST: usize = 6;

/// A name cut at its regions: `云岭市青溪区` and `规划和自然资源局`.
struct Own<'c> {
    words: &'c Recognition,
    whole: String,
    /// The last region, `青溪区`; empty where the name has none.
    region: String,
    /// What follows the regions.
    core: String,
}

impl<'c> Own<'c> {
    fn new(name: &str, words: &'c Recognition) -> Own<'c> {
        let whole = bare(&plain(name), words).to_owned();
        let characters: Vec<char> = whole.chars().collect();
        let (mut from, mut cut) = (0, 0);
        for at in 0..characters.len() {
            // A body stands behind a region.
            let Some(region) = characters.get(at).and_then(|c| ending(*c, words)) else { continue };
            let word = characters.get(at + 1).is_some_and(|c| region.not_before.iter().any(|w| w.starts_with(*c)));
            if (region.length[0]..=REGION_LONGEST).contains(&(at - cut)) && !word && at + 2 < characters.len() {
                (from, cut) = (cut, at + 1);
            }
        }
        let text = |a: usize, b: usize| characters.get(a..b).unwrap_or_default().iter().collect::<String>();
        Own { words, region: text(from, cut), core: text(cut, characters.len()), whole }
    }
}

/// A name without `（本级）`: titles and text write it or leave it out.
fn bare<'n>(name: &'n str, words: &Recognition) -> &'n str {
    let bracketed = words.units.headquarters.iter().filter(|word| word.starts_with('('));
    bracketed.filter_map(|word| name.strip_suffix(word.as_str())).next().unwrap_or(name)
}

/// The kind of region whose name ends with this character.
fn ending(character: char, words: &Recognition) -> Option<&RegionWords> {
    words.region.iter().find(|region| region.ends.iter().any(|end| end.chars().eq([character])))
}

/// Every title that names who files it gives the whole name, or its last part. `[with] patterns` have the name as their first
/// group; `[with] ends` are the endings of names of bodies; `[with] self` are words that stand for the name.
pub(crate) fn titles_name_entity(bench: &mut Bench<'_, '_, '_>) {
    let passages = bench.passages();
    let entity = &bench.docket.ledger.package.entity;
    let own = Own::new(&entity.name, &bench.docket.ledger.catalog.recognition);
    if own.core.is_empty() || own.whole.chars().count() < 4 {
        return bench.settle(0, 0);
    }
    let units: Vec<String> = entity.units.iter().map(|unit| plain(&unit.name)).collect();
    let patterns: Vec<_> = bench.words("patterns").iter().filter_map(|text| sought(text)).collect();
    let ends = bench.words("ends");
    let (mut seen, mut wrong) = (0usize, BTreeMap::<String, (Message, Vec<Quote>)>::new());
    // Where nearly all tables name the entity, a table of another body has been copied.
    let frames: Vec<bool> =
        passages.iter().filter(|p| p.kind == Kind::Entity).map(|p| p.text().contains(&own.whole)).collect();
    let named = frames.iter().filter(|named| **named).count();
    let frames_strict = named > 3 && named * 10 >= frames.len() * 8;
    for passage in passages.iter().filter(|p| p.is_title() || p.kind == Kind::Entity || is_line(p)) {
        let Some(name) = here(&patterns, passage).find_map(|regex| regex.captures(passage.text())?.get(1)) else {
            continue;
        };
        let said = name.as_str();
        let body = ends.iter().any(|end| said.ends_with(end.as_str()));
        let placeholder = said.contains(['X', 'x', '×', '*', '○', '某']);
        if !body || placeholder || bench.words("self").iter().any(|word| said.ends_with(word.as_str())) {
            continue;
        }
        seen += 1;
        let strict = passage.kind == Kind::Part || passage.kind == Kind::Entity && frames_strict;
        let unit = units.iter().any(|unit| unit.contains(said) || said.contains(unit.as_str()));
        if let (false, Some(fault)) = (unit, difference(said, &own, strict)) {
            let spot = Quote::of(passage, name.start(), name.end());
            wrong.entry(said.to_owned()).or_insert_with(|| (fault, Vec::new())).1.push(spot);
        }
    }
    for (fault, spots) in wrong.values() {
        bench.report(spots, fault.clone());
    }
    bench.settle(seen, wrong.len());
}

/// A line of running text that is a title by its look.
fn is_line(passage: &Passage<'_>) -> bool {
    const SHORT: usize = 40;
    passage.is_paragraph()
        && passage.text().chars().count() <= SHORT
        && !passage.text().ends_with(['。', '；', '，', '：'])
}

/// What is wrong with a name in a title; `None` for the name, a part of it that ends as it does, or another body altogether
/// where that may be.
fn difference(said: &str, own: &Own<'_>, strict: bool) -> Option<Message> {
    if said.contains(&own.whole) || own.whole.ends_with(said) {
        return None;
    }
    let should = |says: &'static str| Message::new(says).with("应为", Said::name(&own.whole));
    let first: String = own.whole.chars().take(2).collect();
    if is_within(said, &own.whole) {
        // `区政府办公室`, `青溪区财政局` leave out as people do; `云岭市财政局` names another body.
        let dropped = left_out(said, &own.whole);
        let region = dropped.chars().last().is_some_and(|c| ending(c, own.words).is_some());
        let tail = !said.ends_with(&last(&own.whole, 1));
        return (said.starts_with(&first) && region || tail)
            .then(|| should("left-out").with("缺", Said::name(&dropped)));
    }
    let near = distance(said, &own.whole) * 4 <= own.whole.chars().count();
    let other = strict && said.starts_with(&first);
    (near || other).then(|| should("another"))
}

fn last(text: &str, count: usize) -> String {
    let characters: Vec<char> = text.chars().collect();
    characters.get(characters.len().saturating_sub(count)..).unwrap_or_default().iter().collect()
}

/// True if the characters of `part` stand in `whole` in this order.
fn is_within(part: &str, whole: &str) -> bool {
    let mut rest = whole.chars();
    part.chars().all(|wanted| rest.any(|c| c == wanted))
}

/// What stands between the longest common beginning and the longest common end.
fn left_out(part: &str, whole: &str) -> String {
    let (part, whole): (Vec<char>, Vec<char>) = (part.chars().collect(), whole.chars().collect());
    let head = part.iter().zip(&whole).take_while(|(a, b)| a == b).count();
    let room = part.len() - head;
    let tail = part.iter().rev().zip(whole.iter().rev()).take(room).take_while(|(a, b)| a == b).count();
    whole.get(head..whole.len() - tail).unwrap_or_default().iter().collect()
}

/// Edit distance in characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.chars().enumerate() {
        let mut next = vec![i + 1];
        for (j, right) in b.iter().enumerate() {
            let change = row.get(j).copied().unwrap_or(0) + usize::from(left != *right);
            let longer = row.get(j + 1).copied().unwrap_or(0) + 1;
            let shorter = next.get(j).copied().unwrap_or(0) + 1;
            next.push(change.min(longer).min(shorter));
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

/// The running text writes the name as the cover does: behind the own region stands no name that differs in a character.
pub(crate) fn text_names_entity(bench: &mut Bench<'_, '_, '_>) {
    const SHORTEST: usize = 5;
    let passages = bench.passages();
    let entity = &bench.docket.ledger.package.entity;
    let own = Own::new(&entity.name, &bench.docket.ledger.catalog.recognition);
    let core: Vec<char> = own.core.chars().collect();
    if own.region.is_empty() || core.len() < SHORTEST {
        return bench.settle(0, 0);
    }
    let units: Vec<String> = entity.units.iter().map(|unit| plain(&unit.name)).filter(|n| *n != own.whole).collect();
    let (mut seen, mut wrong) = (0usize, BTreeMap::<String, Vec<Quote>>::new());
    let texts = |p: &&Passage<'_>| matches!(p.kind, Kind::Paragraph | Kind::Note | Kind::Cell);
    for passage in passages.iter().filter(texts) {
        for (at, _) in passage.text().match_indices(&own.region) {
            let begin = at + own.region.len();
            let rest = passage.text().get(begin..).unwrap_or_default();
            if rest.starts_with(&own.core) {
                seen += 1;
            } else if let Some(length) = nearly(rest, &core) {
                let end = begin + length;
                let name = passage.text().get(at..end).unwrap_or_default();
                if !units.iter().any(|unit| {
                    unit.contains(name) || passage.text().get(at..).is_some_and(|t| t.contains(unit.as_str()))
                }) {
                    let from = own
                        .whole
                        .strip_suffix(own.core.as_str())
                        .filter(|regions| passage.text().get(..begin).is_some_and(|text| text.ends_with(regions)));
                    let spot = Quote::of(passage, from.map_or(at, |regions| begin - regions.len()), end);
                    wrong.entry(name.to_owned()).or_default().push(spot);
                }
            }
        }
    }
    for spots in wrong.values() {
        bench.report(spots, Message::new("not-as-cover").with("名称", Said::name(&own.whole)));
    }
    bench.settle(seen + wrong.len(), wrong.len());
}

/// Length in bytes of the beginning of `text` that is `core` but for one character, with the same first and last one.
fn nearly(text: &str, core: &[char]) -> Option<usize> {
    let characters: Vec<char> = text.chars().take(core.len() + 1).collect();
    let own: String = core.iter().collect();
    [core.len(), core.len() + 1, core.len() - 1].into_iter().find_map(|length| {
        let window = characters.get(..length)?;
        let same = window.first() == core.first() && window.last() == core.last();
        let said: String = window.iter().collect();
        (same && distance(&said, &own) == 1).then_some(said.len())
    })
}

/// The glossary speaks of the level of government that the entity belongs to. `[with] sections` name the glossary, `[with]
/// levels` have, for each ending of a region, the words of its level; `[with] unless` are words that mean no level.
pub(crate) fn level_is_own(bench: &mut Bench<'_, '_, '_>) {
    let passages = bench.passages();
    let entity = &bench.docket.ledger.package.entity;
    let own = Own::new(&entity.name, &bench.docket.ledger.catalog.recognition);
    let ending = match own.region.chars().last() {
        Some(ending) => ending.to_string(),
        None => entity.level.clone(),
    };
    let levels: Vec<(&str, Vec<&str>)> = bench
        .words("levels")
        .iter()
        .filter_map(|text| text.split_once('：'))
        .map(|(ending, words)| (ending, words.split('、').collect()))
        .collect();
    let Some((_, right)) = levels.iter().find(|(ends, _)| !ending.is_empty() && ends.contains(ending.as_str())) else {
        return bench.settle(0, 0);
    };
    let others: BTreeMap<&str, &str> = levels
        .iter()
        .flat_map(|(_, words)| words.iter().map(|word| (*word, words.first().copied().unwrap_or_default())))
        .filter(|(word, _)| !right.contains(word))
        .collect();
    let sections = bench.words("sections");
    let unless = bench.words("unless");
    let mut part = None;
    let (mut seen, mut wrong) = (0usize, BTreeMap::<&str, Vec<Quote>>::new());
    for passage in passages.iter() {
        let named = |text: &str| sections.iter().any(|word| text.contains(word.as_str()));
        if passage.kind == Kind::Part {
            part = named(passage.text()).then_some(passage.part);
        }
        if !(passage.is_paragraph() || passage.kind == Kind::Heading)
            || part != Some(passage.part) && !named(&plain(&passage.section))
        {
            continue;
        }
        seen += 1;
        for (word, level) in &others {
            for (at, _) in passage.text().match_indices(word) {
                let around = |other: &&String| {
                    passage
                        .text()
                        .match_indices(other.as_str())
                        .any(|(o, _)| o <= at && at + word.len() <= o + other.len())
                };
                if unless.iter().find(around).is_none() {
                    wrong.entry(level).or_default().push(Quote::of(passage, at, at + word.len()));
                }
            }
        }
    }
    let should = right.first().copied().unwrap_or_default();
    for spots in wrong.values() {
        bench.report(spots, Message::new("other-level").with("应为", Said::name(should)));
    }
    bench.settle(seen, wrong.len());
}

/// Reports on projects give them the names that the summary gives. `[with] summary` and `[with] reports` have the name as
/// their first group; what is nearly but not quite a name of the summary is a slip.
pub(crate) fn projects_keep_names(bench: &mut Bench<'_, '_, '_>) {
    let passages = bench.passages();
    let name = |text: &str, patterns: &[String]| {
        patterns.iter().filter_map(|text| pattern(text)).find_map(|regex| {
            let hit = regex.captures(text)?.get(1)?;
            Some((hit.start(), hit.end()))
        })
    };
    let plain_name =
        |text: &str| ["项目", "经费", "专项"].iter().fold(text.to_owned(), |rest, word| rest.replace(word, ""));
    let summary: BTreeSet<String> = passages
        .iter()
        .filter_map(|p| name(p.text(), bench.words("summary")).and_then(|(from, to)| p.text().get(from..to)))
        .map(plain_name)
        .collect();
    let (mut seen, mut wrong) = (0usize, BTreeMap::<(String, String), Vec<Quote>>::new());
    for passage in passages.iter().filter(|_| summary.len() > 1) {
        let Some((from, to)) = name(passage.text(), bench.words("reports")) else { continue };
        let said = plain_name(passage.text().get(from..to).unwrap_or_default());
        seen += 1;
        if summary.contains(&said) {
            continue;
        }
        let near = summary.iter().map(|known| (distance(known, &said), known)).min();
        if let Some((_, known)) = near.filter(|(d, known)| *d > 0 && d * 4 <= known.chars().count()) {
            wrong.entry((said, known.clone())).or_default().push(Quote::of(passage, from, to));
        }
    }
    for ((_, known), spots) in &wrong {
        bench.report_as(Severity::Warning, spots, Message::new("other-name").with("名称", Said::name(known)));
    }
    bench.settle(seen, wrong.len());
}

#[cfg(test)]
mod tests {
    use super::*;
    use juesuan_catalog::Catalog;

    fn words() -> Recognition {
        Catalog::load(&[]).unwrap().recognition
    }

    #[test]
    fn a_name_is_cut_at_its_regions() {
        let words = words();
        let cut = |name: &str| {
            let own = Own::new(name, &words);
            (own.region, own.core)
        };
        assert_eq!(cut("云岭市青溪区规划和自然资源局"), ("青溪区".to_owned(), "规划和自然资源局".to_owned()));
        assert_eq!(cut("青溪区人民政府办公室"), ("青溪区".to_owned(), "人民政府办公室".to_owned()));
        assert_eq!(cut("云岭市市场监督管理局"), ("云岭市".to_owned(), "市场监督管理局".to_owned()));
        assert_eq!(cut("中国共产党青溪县委员会宣传部").0, "");
    }

    #[test]
    fn the_department_itself_has_the_name_of_the_department() {
        let words = words();
        let own = Own::new("云岭市林业局(本级)", &words);
        assert_eq!((own.whole.as_str(), own.core.as_str()), ("云岭市林业局", "林业局"));
        assert_eq!(difference("云岭市林业局", &own, true), None);
        assert_eq!(difference(&plain("云岭市林业局（本级）"), &own, true), None);
        assert!(difference("云岭市林草局", &own, true).is_some());
        assert_eq!(Own::new("溪县人民医院（东区）", &words).whole, "溪县人民医院(东区)");
    }

    #[test]
    fn a_title_that_leaves_out_the_region_names_another_body() {
        let words = words();
        let own = Own::new("云岭市青溪区规划和自然资源局", &words);
        let dropped = |message: Option<Message>| message.and_then(|message| message.value("缺").cloned());
        assert_eq!(dropped(difference("云岭市规划和自然资源局", &own, true)), Some(Said::name("青溪区")));
        assert_eq!(difference("青溪区规划和自然资源局", &own, true), None);
        let office = Own::new("青溪区人民政府办公室", &words);
        assert_eq!(dropped(difference("青溪区人民政府", &office, false)), Some(Said::name("办公室")));
        assert_eq!(difference("区政府办公室", &office, false), None);
    }
}

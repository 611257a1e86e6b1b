//! Words that no finished document contains: placeholders, remains of the template, wrong characters.

use std::collections::BTreeMap;

use juesuan_text::plain;

use juesuan_model::{Message, Said};

use super::{Bench, Spot};
use crate::passages::{Kind, Passage, pattern};

/// In a pattern, stands for the name of whoever files the document.
const NAME: &str = "NAME";

/// No text has one of `[with] patterns`; their first group, if they have one, is what is wrong. The same words in several
/// places are one fault. `[with] in`: 正文 (running text only), 说明 (running text and headings), else everywhere.
pub(crate) fn none_of(bench: &mut Bench<'_, '_, '_>) {
    let passages = bench.passages();
    let name = regex::escape(&plain(&bench.docket.ledger.package.entity.name));
    let written = |text: &&String| !text.contains(NAME) || !name.is_empty();
    let patterns: Vec<_> =
        bench.words("patterns").iter().filter(written).filter_map(|text| pattern(&text.replace(NAME, &name))).collect();
    let any = patterns.iter().map(|regex| format!("(?:{regex})")).collect::<Vec<_>>().join("|");
    let any = pattern(&any);
    let wanted = bench.words("in").first().map(String::as_str);
    let looked_at = |passage: &&Passage<'_>| match (wanted, passage.kind) {
        (_, Kind::Contents) => false,
        (Some("正文"), kind) => kind == Kind::Paragraph,
        (Some("说明"), kind) => !matches!(kind, Kind::Cell | Kind::Entity),
        _ => true,
    };
    let (mut seen, mut found) = (0usize, BTreeMap::<String, Vec<Spot>>::new());
    for passage in passages.iter().filter(looked_at) {
        seen += 1;
        if !any.as_ref().is_none_or(|any| any.is_match(passage.text())) {
            continue;
        }
        let mut taken: Vec<(usize, usize)> = Vec::new();
        for regex in &patterns {
            for captures in regex.captures_iter(passage.text()) {
                let Some(hit) = captures.get(1).or_else(|| captures.get(0)) else { continue };
                // Two patterns that meet on the same words are one fault.
                if taken.iter().all(|(from, to)| hit.end() <= *from || *to <= hit.start()) {
                    let spot = Spot::of(passage, hit.start(), hit.end());
                    found.entry(spot.words.clone()).or_default().push(spot);
                    taken.push((hit.start(), hit.end()));
                }
            }
        }
    }
    let wrong = bench.words("wrong").first().map_or("", String::as_str);
    for spots in found.values() {
        bench.report(spots, wrong);
    }
    bench.settle(seen, found.len());
}

/// No text has a wrong word of `[with] words`, each as `wrong→right`, with what may not follow after `|`.
pub(crate) fn no_wrong_characters(bench: &mut Bench<'_, '_, '_>) {
    let passages = bench.passages();
    let mut found = Vec::new();
    for entry in bench.words("words") {
        let mut parts = entry.split('|');
        let Some((wrong, right)) = parts.next().and_then(|words| words.split_once('→')) else { continue };
        let (wrong, unless) = (plain(wrong), parts.collect::<Vec<_>>());
        let mut spots = Vec::new();
        for passage in passages.iter().filter(|passage| passage.text().contains(&wrong)) {
            for (at, _) in passage.text().match_indices(&wrong) {
                let end = at + wrong.len();
                let after = passage.text().get(end..).unwrap_or_default();
                let before = passage.text().get(..at).unwrap_or_default();
                let meant = unless.iter().any(|other| match other.strip_prefix('-') {
                    Some(other) => before.ends_with(other),
                    None => after.starts_with(other),
                });
                if !meant {
                    spots.push(Spot::of(passage, at, end));
                }
            }
        }
        if !spots.is_empty() {
            found.push((spots, Message::new("meant").with("应为", Said::name(right))));
        }
    }
    for (spots, wrong) in &found {
        bench.report(spots, wrong.clone());
    }
    bench.settle(passages.len(), found.len());
}

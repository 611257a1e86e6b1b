//! Causes and uses in the running text against what they explain.

use juesuan_model::{Message, Said};

use super::{Bench, Quote};
use crate::passages::{Passage, pattern, sought};
use crate::sought::here;

/// A statement of direction is not contradicted by its cause. `[with] patterns` have the direction word as their first group
/// and the cause as their second; `[with] up`, `[with] down` are the words of directions, `[with] money` what a cause must
/// speak of to contradict, `[with] unless` what makes it speak of something else.
pub(crate) fn cause_fits_direction(bench: &mut Bench<'_, '_, '_>) {
    let passages = bench.passages();
    let patterns: Vec<_> = bench.words("patterns").iter().filter_map(|text| pattern(text)).collect();
    let has = |key: &str, text: &str| bench.words(key).iter().any(|word| text.contains(word.as_str()));
    let money = bench.words("money");
    let ends = |key: &str, text: &str| {
        bench.words(key).iter().any(|word| {
            text.strip_suffix(word.as_str()).is_some_and(|rest| money.iter().any(|noun| rest.ends_with(noun.as_str())))
        })
    };
    let (mut seen, mut found) = (0usize, Vec::new());
    for (number, passage) in passages.iter().enumerate().filter(|(_, p)| p.is_paragraph()) {
        // Some print the cause in a paragraph of its own: czj-good p. 21.
        let next = passages.get(number + 1).filter(|next| passage.text().ends_with('：') && next.is_paragraph());
        let joined = format!("{}{}", passage.text(), next.map_or("", |next| next.text()));
        for captures in patterns.iter().flat_map(|regex| regex.captures_iter(&joined)) {
            let (Some(whole), Some(word), Some(cause)) = (captures.get(0), captures.get(1), captures.get(2)) else {
                continue;
            };
            seen += 1;
            let between = joined.get(word.end()..cause.start()).unwrap_or_default();
            let (text, said) = (cause.as_str().trim_end_matches(['，', '、']), word.as_str());
            let one_sided = |with: &str, without: &str| has(with, text) && !has(without, text);
            let (up, down) = (has("up", said), has("down", said));
            let contradicts = match (up, down) {
                (true, false) => !has("down", between) && one_sided("down", "up") && ends("down", text),
                (false, true) => !has("up", between) && one_sided("up", "down") && ends("up", text),
                _ => {
                    let about_money = money.iter().any(|noun| text.contains(noun.as_str()));
                    about_money
                        && (ends("down", text) && one_sided("down", "up")
                            || one_sided("up", "down") && ends("up", text)
                            || one_sided("down", "up") && has("spent", text))
                }
            };
            if contradicts && !has("unless", text) {
                let end = whole.end().min(passage.text().len());
                if word.end() > end {
                    continue;
                }
                let spot = Quote::of(passage, whole.start(), end);
                let shown = Quote { words: said.to_owned(), ..spot };
                found.push((shown, Message::new("opposed").with("原因", Said::words(text))));
            }
        }
    }
    for (spot, wrong) in &found {
        bench.report(std::slice::from_ref(spot), wrong.clone());
    }
    bench.settle(seen, found.len());
}

/// Whether a pattern finds these words in a text.
fn says(regex: &regex::Regex, text: &str, words: &str) -> bool {
    regex.captures_iter(text).filter_map(|captures| captures.get(1)).any(|found| found.as_str() == words)
}

/// Characters of a name that tell what it is about.
const TELLING: usize = 4;

/// True if words have something of a name that the item itself has not, and nothing that only the item has: 缴纳基本养老保险费 speaks
/// of 基本养老保险缴费, and not of 职业年金缴费.
fn speaks_of(words: &str, name: &str, own: &str, section: &str) -> bool {
    let own_whole = format!("{section}{own}");
    let parts = |name: &str| -> Vec<String> {
        let chars: Vec<char> = name.chars().collect();
        chars.windows(TELLING).map(|part| part.iter().collect()).collect()
    };
    let says = |name: &str, other: &str| {
        parts(name).iter().any(|part| words.contains(part.as_str()) && !other.contains(part.as_str()))
    };
    says(name, &own_whole) && !says(own, name)
}

/// The names of an item of the text: 款 and 项.
struct Item<'t, 'a> {
    passage: &'t Passage<'a>,
    section: String,
    name: String,
}

/// The use and the cause of an item do not consist of the name of another item, nor are they, word for word, what another item
/// says of itself. `[with] item` has 款 and 项 as its groups,
/// `[with] said` the use or the cause, `[with] tail` what may follow a name.
pub(crate) fn item_speaks_of_itself(bench: &mut Bench<'_, '_, '_>) {
    let passages = bench.passages();
    let names: Vec<_> = bench.words("item").iter().filter_map(|text| sought(text)).collect();
    let said: Vec<_> = bench.words("said").iter().filter_map(|text| sought(text)).collect();
    let tails = bench.words("tail");
    let items: Vec<Item<'_, '_>> = passages
        .iter()
        .filter(|p| p.is_paragraph())
        .filter_map(|passage| {
            let captures = here(&names, passage).find_map(|regex| regex.captures(passage.text()))?;
            let group = |number| captures.get(number).map(|g| g.as_str().to_owned());
            Some(Item { passage, section: group(1)?, name: group(2)? })
        })
        .collect();
    let core = |text: &str| {
        let mut rest = text;
        while let Some(shorter) = tails.iter().find_map(|tail| rest.strip_suffix(tail.as_str())) {
            rest = shorter;
        }
        rest.to_owned()
    };
    let mut found = Vec::new();
    for own in &items {
        let own_name = core(&own.name);
        let mine = [own_name.clone(), format!("{}{own_name}", own.section)];
        let mut spots = Vec::new();
        let mut whose = None;
        for hit in
            here(&said, own.passage).flat_map(|regex| regex.captures_iter(own.passage.text())).filter_map(|c| c.get(1))
        {
            let words = core(hit.as_str());
            if words.is_empty() || mine.contains(&words) || own_name.contains(&words) || words.contains(&own_name) {
                continue;
            }
            let copied = |other: &Item<'_, '_>, name: &str| {
                let speaks = words.contains(name) || speaks_of(&words, name, &own_name, &own.section);
                speaks && here(&said, other.passage).any(|regex| says(regex, other.passage.text(), hit.as_str()))
            };
            let other = items.iter().find(|other| {
                let name = core(&other.name);
                let is_name = words == name || words == format!("{}{name}", other.section);
                name != own_name && !name.is_empty() && (is_name || copied(other, &name))
            });
            if let Some(other) = other {
                spots.push(Quote::of(own.passage, hit.start(), hit.end()));
                whose = Some(other.name.clone());
            }
        }
        if let Some(whose) = whose {
            found.push((
                spots,
                Message::new("of-another").with("另项", Said::words(whose)).with("本项", Said::words(&own.name)),
            ));
        }
    }
    for (spots, wrong) in &found {
        bench.report(spots, wrong.clone());
    }
    bench.settle(items.len(), found.len());
}

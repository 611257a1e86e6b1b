//! Words that no finished document contains: placeholders, remains of the template, wrong characters.

use juesuan_text::plain;

use juesuan_model::{Message, Said};

use super::{Bench, Spot};

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

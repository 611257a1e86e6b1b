//! Texts that a subject's results do not deny: where something was not met, none that says that there is nothing.

use juesuan_catalog::PerformanceCatalog;
use juesuan_model::Topic;

use super::outcome::unmet;
use super::subject::Subject;
use super::text::{Text, shown};

/// The texts about a topic; where something is `owed`, none that says that there is nothing.
pub fn usable<'s>(subject: &'s Subject, topic: Topic, owed: bool, catalog: &PerformanceCatalog) -> Vec<&'s Text> {
    let given = subject.texts.get(&topic).map_or(&[][..], Vec::as_slice);
    let denies = |text: &Text| {
        let shown = shown(text);
        catalog.words.none.iter().any(|word| word == shown.trim().trim_end_matches('。'))
    };
    given.iter().filter(|text| !(owed && denies(text))).collect()
}

/// What the summary of a project says about its problems or measures, each without what the report would not say either:
/// nothing where it is owed and was not entered. `decimals` are those of points.
pub fn spoken(subject: &Subject, topic: Topic, decimals: u8, catalog: &PerformanceCatalog) -> Vec<String> {
    let owed = !unmet(subject, decimals).is_empty();
    let all: Vec<String> = usable(subject, topic, owed, catalog).into_iter().map(|text| shown(text)).collect();
    match all.is_empty() && !owed {
        true => catalog.words.none.first().into_iter().cloned().collect(),
        false => all,
    }
}

//! The sections that a document should have.

use juesuan_model::{DocumentKind, Message, Said, Verdict};

use super::Bench;
use crate::passages::Kind;

/// Every section that the variant prints with a heading has one in the document; where the variant is only guessed, or has no
/// outline, the text speaks of what is asked of everyone.
pub(crate) fn sections_present(bench: &mut Bench<'_, '_, '_>) {
    let ledger = bench.docket.ledger;
    let passages = bench.passages();
    let titles = passages.iter().filter(|p| matches!(p.kind, Kind::Part | Kind::Heading));
    let headings: Vec<String> = titles.map(|passage| bare(passage.text())).collect();
    let variant = ledger.package.entity.demands().and_then(|key| ledger.catalog.sections.variants.get(key));
    let listed: Vec<&str> = variant
        .iter()
        .flat_map(|text| text.outline.part.iter().filter(|part| part.headings).flat_map(|part| &part.sections))
        .map(String::as_str)
        .collect();
    let filed = ledger.package.kind == DocumentKind::Final;
    if filed && listed.is_empty() {
        return asked_of_everyone(bench, &headings);
    }
    // A document of which few headings were found was not read by its headings.
    if !filed || headings.len() < listed.len() / 2 {
        return bench.conclude(Vec::new(), 0);
    }
    let mut faults = 0;
    for key in listed {
        let Some(section) = variant.and_then(|text| text.sections.get(key)) else { continue };
        // What such headings end with is left off: 情况说明, 情况.
        let stem = |name: &String| {
            let name = bare(name);
            bench.words("tail").iter().find_map(|tail| name.strip_suffix(tail.as_str())).unwrap_or(&name).to_owned()
        };
        // Another place's heading for the same section is one too.
        let everywhere = ledger.catalog.sections.variants.values().filter_map(|text| text.sections.get(key));
        let mut names = everywhere.flat_map(|section| &section.headings);
        let found = names.any(|name| headings.iter().any(|heading| heading.contains(&stem(name))));
        if let (false, Some(name)) = (found, section.headings.first()) {
            faults += 1;
            let message = Message::new("missing").with("节", Said::name(name));
            bench.state(key.to_owned(), message, Vec::new(), Verdict::Broken);
        }
    }
    if faults == 0 {
        bench.say(Message::title(), Vec::new(), Verdict::Holds);
    }
}

/// A whole document speaks somewhere of what the rules of the state ask of everyone.
fn asked_of_everyone(bench: &mut Bench<'_, '_, '_>, headings: &[String]) {
    let ends = |heading: &String| bench.words("whole").iter().any(|word| heading.contains(word.as_str()));
    if !bench.in_force() || !headings.iter().any(ends) {
        return bench.conclude(Vec::new(), 0);
    }
    let passages = bench.passages();
    let mut faults = 0;
    for word in bench.words("everyone") {
        let looked_for = bare(word);
        if !passages.iter().any(|passage| bare(passage.text()).contains(&looked_for)) {
            faults += 1;
            bench.state(word.clone(), Message::new("unsaid").with("节", Said::name(word)), Vec::new(), Verdict::Broken);
        }
    }
    if faults == 0 {
        bench.say(Message::title(), Vec::new(), Verdict::Holds);
    }
}

/// A heading by its letters and digits alone.
fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

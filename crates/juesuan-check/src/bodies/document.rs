//! The sections that a document should have.

use juesuan_model::{DocumentKind, Message, Said, Verdict};

use super::Bench;
use crate::passages::Kind;

/// Every section that the variant prints with a heading has one in the document.
pub(crate) fn sections_present(bench: &mut Bench<'_, '_, '_>) {
    let ledger = bench.docket.ledger;
    let plain = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let passages = bench.passages();
    let titles = passages.iter().filter(|p| matches!(p.kind, Kind::Part | Kind::Heading));
    let headings: Vec<String> = titles.map(|passage| plain(passage.text())).collect();
    let variant = ledger.catalog.sections.variants.get(&ledger.package.entity.variant);
    let listed: Vec<&str> = variant
        .iter()
        .flat_map(|text| text.outline.part.iter().filter(|part| part.headings).flat_map(|part| &part.sections))
        .map(String::as_str)
        .collect();
    // A document of which few headings were found was not read by its headings.
    let filed = ledger.package.kind == DocumentKind::Final;
    if !filed || listed.is_empty() || headings.len() < listed.len() / 2 {
        return bench.conclude(Vec::new(), 0);
    }
    let mut faults = 0;
    for key in listed {
        let Some(section) = variant.and_then(|text| text.sections.get(key)) else { continue };
        // What such headings end with is left off: 情况说明, 情况.
        let stem = |name: &String| {
            let name = plain(name);
            bench.words("tail").iter().find_map(|tail| name.strip_suffix(tail.as_str())).unwrap_or(&name).to_owned()
        };
        let found = section.headings.iter().any(|name| headings.iter().any(|heading| heading.contains(&stem(name))));
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

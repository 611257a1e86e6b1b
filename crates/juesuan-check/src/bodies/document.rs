//! What stands in the running text: sections, dates, vehicles named.

use std::collections::BTreeMap;

use juesuan_catalog::names::{item, theme};
use juesuan_model::{Dimension, DocumentKind, Meaning, Measure, Message, Said, Verdict};

use super::{Bench, Spot};
use crate::passages::{Kind, pattern};

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

/// What is counted at a date is counted on the last day of the year. In a budget the date is another.
pub(crate) fn counted_at_year_end(bench: &mut Bench<'_, '_, '_>) {
    let passages = bench.passages();
    let package = bench.docket.ledger.package;
    let right = format!("{}年12月31日", package.entity.year);
    let about = bench.words("about");
    let Some(dates) = bench.words("date").first().and_then(|text| pattern(text)) else { return };
    let (mut seen, mut wrong) = (0, BTreeMap::<String, Vec<Spot>>::new());
    let texts = passages.iter().filter(|p| matches!(p.kind, Kind::Paragraph | Kind::Note));
    for passage in texts.filter(|p| about.iter().any(|word| p.text().contains(word.as_str()))) {
        for date in dates.captures_iter(passage.text()).filter_map(|captures| captures.get(1)) {
            seen += 1;
            if date.as_str() != right {
                let spot = Spot::of(passage, date.start(), date.end());
                wrong.entry(spot.words.clone()).or_default().push(spot);
            }
        }
    }
    if package.kind == DocumentKind::Budget {
        return bench.settle(0, 0);
    }
    for spots in wrong.values() {
        bench.report(spots, Message::new("other-day").with("应为", Said::name(&right)));
    }
    bench.settle(seen, wrong.len());
}

/// What other vehicles there are is said exactly where there are some.
pub(crate) fn other_vehicles_named(bench: &mut Bench<'_, '_, '_>) {
    let ledger = bench.docket.ledger;
    let Some(lead) = bench.words("lead").first() else { return };
    let count = Meaning::new().with(Dimension::Item, item::VEHICLES).with(Dimension::Theme, theme::OTHER_VEHICLES);
    let id = ledger.spokesman(&(count, Measure::Count));
    let passages = bench.passages();
    let mut paragraphs = passages.iter().filter(|passage| passage.is_paragraph());
    let said = paragraphs.find_map(|p| p.text().split_once(lead.as_str()).map(|(_, rest)| rest.to_owned()));
    let (Some((id, (printed, _))), Some(rest)) = (id.and_then(|id| Some((id, ledger.known(id)?))), said) else {
        return bench.conclude(Vec::new(), 0);
    };
    let named = rest.split(['。', '；', '，', '、']).next().map_or("", str::trim);
    let nothing = named.is_empty() || named.starts_with('无') || named.starts_with('：');
    let verdict = if printed.is_zero() == nothing { Verdict::Holds } else { Verdict::Broken };
    let message = Message::new("named").with("数", id).with("写", Said::words(format!("{lead}{named}")));
    bench.say(message, vec![id], verdict);
}

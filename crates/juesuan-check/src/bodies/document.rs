//! What stands in the running text: sections, dates, vehicles named.

use juesuan_model::{Block, Dimension, Meaning, Measure, Statement, Verdict};

use super::Bench;
use crate::laws::claims::claim_place;
use crate::ledger::Ledger;

/// The paragraphs of the document.
fn paragraphs<'a>(ledger: &Ledger<'a>) -> impl Iterator<Item = String> + 'a {
    let blocks = ledger.package.document.parts.iter().flat_map(|part| &part.blocks);
    blocks.filter_map(|block| match block {
        Block::Paragraph { runs, .. } => Some(runs.iter().map(|run| run.text.as_str()).collect()),
        Block::Heading { .. } | Block::Table(_) | Block::Chart(_) => None,
    })
}

/// Every section that the variant prints with a heading has one in the document.
pub(crate) fn sections_present(bench: &mut Bench<'_, '_, '_>) {
    let ledger = bench.docket.ledger;
    let plain = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let parts = &ledger.package.document.parts;
    let headings: Vec<String> = parts
        .iter()
        .flat_map(|part| &part.blocks)
        .filter_map(|block| match block {
            Block::Heading { text, .. } => Some(plain(text)),
            Block::Paragraph { .. } | Block::Table(_) | Block::Chart(_) => None,
        })
        .chain(parts.iter().map(|part| plain(&part.title)))
        .collect();
    let variant = ledger.catalog.sections.variants.get(&ledger.package.entity.variant);
    let listed: Vec<&str> = variant
        .iter()
        .flat_map(|text| text.outline.part.iter().filter(|part| part.headings).flat_map(|part| &part.sections))
        .map(String::as_str)
        .collect();
    // A document of which few headings were found was not read by its headings.
    if listed.is_empty() || headings.len() < listed.len() / 2 {
        return bench.conclude(Vec::new(), 0);
    }
    let mut faults = 0;
    for key in listed {
        let Some(section) = variant.and_then(|text| text.sections.get(key)) else { continue };
        let found = section.headings.iter().any(|name| headings.iter().any(|heading| heading.contains(&plain(name))));
        if let (false, Some(name)) = (found, section.headings.first()) {
            faults += 1;
            bench.state(key.to_owned(), format!("文中没有“{name}”一节"), Vec::new(), Verdict::Broken);
        }
    }
    if faults == 0 {
        bench.say(bench.rule.title.clone(), Vec::new(), Verdict::Holds);
    }
}

/// Vehicles are counted on the last day of the year.
pub(crate) fn counted_at_year_end(bench: &mut Bench<'_, '_, '_>) {
    let ledger = bench.docket.ledger;
    let right = format!("{}年12月31日", ledger.package.entity.year);
    let about = bench.words("about");
    let (mut seen, mut faults) = (0, 0);
    for text in paragraphs(ledger).filter(|text| about.iter().any(|word| text.contains(word.as_str()))) {
        let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        for after in text.split("截至").skip(1).chain(text.split("截止").skip(1)) {
            let Some((date, _)) = after.split_once('日').filter(|(date, _)| is_day(date)) else { continue };
            seen += 1;
            if format!("{date}日").trim_start_matches('到') != right {
                faults += 1;
                let told = format!("文中写“截至{date}日”的车辆数，应为截至{right}");
                bench.state(date.to_owned(), told, Vec::new(), Verdict::Broken);
            }
        }
    }
    if faults == 0 {
        bench.say(
            bench.rule.title.clone(),
            Vec::new(),
            if seen == 0 { Verdict::NotApplicable } else { Verdict::Holds },
        );
    }
}

/// `2023年12月31`
fn is_day(text: &str) -> bool {
    let mut parts = text.split(['年', '月']);
    text.chars().count() <= 11 && parts.clone().count() == 3 && parts.all(|p| p.parse::<u16>().is_ok())
}

/// What other vehicles there are is said exactly where there are some.
pub(crate) fn other_vehicles_named(bench: &mut Bench<'_, '_, '_>) {
    let ledger = bench.docket.ledger;
    let Some(lead) = bench.words("lead").first() else { return };
    let count = Meaning::new().with(Dimension::Item, "车辆").with(Dimension::Theme, "其他用车");
    let id = ledger.spokesman(&(count, Measure::Count));
    let said = paragraphs(ledger).find_map(|text| text.split_once(lead.as_str()).map(|(_, rest)| rest.to_owned()));
    let (Some((id, (printed, _))), Some(rest)) = (id.and_then(|id| Some((id, ledger.known(id)?))), said) else {
        return bench.conclude(Vec::new(), 0);
    };
    let named = rest.split(['。', '；', '，', '、']).next().map_or("", str::trim);
    let text = format!("{}，文中写“{lead}{named}”", ledger.cited(id));
    let nothing = named.is_empty() || named.starts_with('无') || named.starts_with('：');
    let verdict = if printed.is_zero() == nothing { Verdict::Holds } else { Verdict::Broken };
    bench.say(text, vec![id], verdict);
}

/// A cause that speaks of money carried over needs an opening balance.
pub(crate) fn cause_has_carry_over(bench: &mut Bench<'_, '_, '_>) {
    let ledger = bench.docket.ledger;
    let opening = Meaning::new().with(Dimension::Item, "年初结转和结余");
    let Some((id, (printed, _))) =
        ledger.spokesman(&(opening, Measure::Amount)).and_then(|id| Some((id, ledger.known(id)?)))
    else {
        return bench.conclude(Vec::new(), 0);
    };
    let phrases = bench.words("phrases");
    let mut seen = 0;
    for claim in &ledger.package.claims {
        let Statement::Cause(_, cause) = &claim.statement else { continue };
        if !phrases.iter().any(|phrase| cause.contains(phrase.as_str())) {
            continue;
        }
        seen += 1;
        let verdict = if printed.is_zero() { Verdict::Broken } else { Verdict::Holds };
        let text = format!("{}的原因“{cause}”说到上年结转，而{}", claim_place(claim), ledger.cited(id));
        bench.state(cause.clone(), text, vec![id], verdict);
    }
    if seen == 0 {
        bench.conclude(Vec::new(), 0);
    }
}

//! Findings for tools: SARIF 2.1.0 (OASIS). Each document is an artifact, each finding a result.

use std::io::Write;

use juesuan_catalog::{Catalog, Entry};
use juesuan_model::{Finding, Gravity, Place, Severity};

use self::schema::{
    Artifact, ArtifactLocation, Driver, Invocation, Level, Location, Log, LogicalLocation, Message, Notification,
    PhysicalLocation, PlaceProperties, Region, ReportingConfiguration, ReportingDescriptor, ResultProperties,
    RuleProperties, Run, SarifResult, Suppression, Tool,
};
use super::{Checked, Documents, Listed, Teller, Waived, each, words};
use crate::error::Error;
use crate::markup::encoded;

mod schema;

/// Writes the log: every rule, every finding with its places, waived findings as suppressed, and what could not be read
/// as notifications of the run. The catalogue describes the codes and says the sentences; a code that it does not have is
/// described by its finding.
///
/// # Errors
/// A sink that takes no more.
pub fn sarif<D>(documents: &D, catalog: &Catalog, sink: &mut dyn Write) -> Result<(), Error>
where
    D: Documents + ?Sized,
{
    let book = &catalog.rulebook;
    let mut descriptors: Vec<ReportingDescriptor> =
        book.codes().filter_map(|code| Some(descriptor(code, book.entry(code)?))).collect();
    let (mut artifacts, mut successful) = (Vec::new(), true);
    for document in each(documents) {
        let document = document?;
        for finding in all(&document).map(|(finding, _)| finding) {
            if !descriptors.iter().any(|known| known.id == finding.code) {
                descriptors.push(unknown(finding));
            }
        }
        successful &= document.problems.iter().all(|problem| problem.gravity != Gravity::Fatal);
        artifacts.push(Artifact { location: ArtifactLocation { uri: uri(&document.file) } });
    }
    let codes: Vec<String> = descriptors.iter().map(|descriptor| descriptor.id.clone()).collect();
    let index = |code: &str| codes.iter().position(|known| known == code);
    let results = |document: &Checked| -> Vec<SarifResult> {
        let teller = Teller::of(catalog, document);
        let one = |(finding, waived)| result(document, &teller, finding, waived, index(&finding.code));
        all(document).map(one).collect()
    };
    let notifications = |document: &Checked| notifications(document, &Teller::of(catalog, document));
    let log = Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: "juesuan",
                    version: env!("CARGO_PKG_VERSION"),
                    language: "zh-CN",
                    rules: descriptors,
                },
            },
            language: "zh-CN",
            column_kind: "unicodeCodePoints",
            invocations: [Invocation {
                execution_successful: successful,
                tool_execution_notifications: Listed { documents, entries: notifications },
            }],
            artifacts,
            results: Listed { documents, entries: results },
        }],
    };
    serde_json::to_writer_pretty(&mut *sink, &log)?;
    Ok(sink.write_all(b"\n")?)
}

/// Most places of a document that could not be read and are listed one by one.
const UNREAD_MAX: usize = 2_000;

/// The findings of a document, also those that somebody answers for.
fn all(document: &Checked) -> impl Iterator<Item = (&Finding, Option<&Waived>)> {
    let stands = document.report.findings.iter().map(|finding| (finding, None));
    stands.chain(document.waived.iter().map(|waived| (&waived.finding, Some(waived))))
}

fn text(text: impl Into<String>) -> Message {
    Message { text: text.into() }
}

fn level(severity: Severity) -> Level {
    match severity {
        Severity::Error => Level::Error,
        Severity::Warning => Level::Warning,
        Severity::Notice => Level::Note,
    }
}

fn descriptor(code: &str, rule: Entry<'_>) -> ReportingDescriptor {
    let help = format!("{}\n{}", rule.explanation.trim(), rule.remedy.trim());
    ReportingDescriptor {
        id: code.to_owned(),
        short_description: text(rule.fault),
        full_description: Some(text(rule.explanation.trim())),
        help: Some(text(help.trim())),
        default_configuration: ReportingConfiguration { level: level(rule.severity) },
        properties: RuleProperties { basis: rule.basis.to_vec() },
    }
}

fn unknown(finding: &Finding) -> ReportingDescriptor {
    ReportingDescriptor {
        id: finding.code.clone(),
        short_description: text(&finding.code),
        full_description: None,
        help: None,
        default_configuration: ReportingConfiguration { level: level(finding.severity) },
        properties: RuleProperties { basis: Vec::new() },
    }
}

fn result(
    document: &Checked,
    teller: &Teller<'_>,
    finding: &Finding,
    waived: Option<&Waived>,
    rule_index: Option<usize>,
) -> SarifResult {
    let labelled: Vec<(&Place, Option<String>)> = finding
        .spots
        .iter()
        .filter_map(|spot| {
            let named = teller.named(spot);
            Some((spot.place.as_ref()?, named.map(|named| format!("{} {}{}", named.label, named.value, named.unit))))
        })
        .collect();
    let first = labelled.first().map(|(place, _)| location(document, place, None, None));
    SarifResult {
        rule_id: finding.code.clone(),
        rule_index,
        level: level(finding.severity),
        message: text(teller.message(finding)),
        locations: vec![first.unwrap_or_else(|| location(document, &Place::default(), None, None))],
        related_locations: labelled
            .iter()
            .enumerate()
            .skip(1)
            .map(|(id, (place, label))| {
                let label = label.clone().unwrap_or_else(|| words::place(place, document));
                location(document, place, Some(id), Some(label))
            })
            .collect(),
        suppressions: waived.map(|waived| {
            let until =
                if waived.until.is_empty() { String::new() } else { format!("，有效期至{}", waived.until) };
            [Suppression {
                kind: "external",
                status: "accepted",
                justification: format!("{}（豁免人：{}{until}）", waived.reason, waived.person),
            }]
        }),
        properties: ResultProperties {
            title: teller.headline(finding).to_owned(),
            figures: teller.figures(finding),
            difference: finding.difference.map(|difference| teller.difference(difference)),
            likely_cause: teller.cause(finding),
            basis: teller.basis(finding).to_vec(),
            evidence: teller.evidence(finding),
        },
    }
}

/// What was not read, as far as anybody reads that.
fn notifications(document: &Checked, teller: &Teller<'_>) -> Vec<Notification> {
    let unread = document.unread.iter().take(UNREAD_MAX).map(|(place, what)| (Level::Warning, place, what));
    let problems = document.problems.iter().map(|problem| {
        let level = if problem.gravity == Gravity::Fatal { Level::Error } else { Level::Warning };
        (level, &problem.place, &problem.message)
    });
    let notification = |level, place, what: &str| Notification {
        level,
        message: text(what),
        locations: [location(document, place, None, None)],
    };
    let listed = problems.chain(unread).map(|(level, place, what)| notification(level, place, what));
    let others = document.unread.len().checked_sub(UNREAD_MAX).filter(|others| *others > 0);
    let others = others.map(|others| teller.counted("more-unread", others));
    let nowhere = Place::default();
    listed.chain(others.map(|told| notification(Level::Warning, &nowhere, &told))).collect()
}

fn location(document: &Checked, place: &Place, id: Option<usize>, label: Option<String>) -> Location {
    let file = place.file.as_deref().filter(|file| !words::is_file(document, file)).unwrap_or(&document.file);
    // A region counts lines of a text; the lines of a page are counted by the page and stand in the properties.
    let region = place
        .line
        .filter(|line| place.page.is_none() && *line > 0)
        .map(|start_line| Region { start_line, snippet: place.quote.as_deref().map(text) });
    let names = [
        ("page", place.page.map(|page| format!("第{page}页"))),
        ("section", place.section.clone()),
        ("table", place.table.clone()),
        ("row", place.row.clone()),
        ("column", place.column.clone()),
    ];
    let mut path = String::new();
    let mut logical = Vec::new();
    for (kind, name) in names {
        let Some(name) = name.filter(|name| !name.is_empty()) else { continue };
        if !path.is_empty() {
            path.push('/');
        }
        path.push_str(&name);
        logical.push(LogicalLocation { name, fully_qualified_name: path.clone(), kind });
    }
    Location {
        id,
        message: label.map(text),
        logical_locations: logical,
        properties: PlaceProperties {
            page: place.page,
            line: place.line,
            bounds: place.bounds,
            // What a region shows is not said again.
            quote: place.quote.clone().filter(|_| region.is_none()),
        },
        physical_location: PhysicalLocation { artifact_location: ArtifactLocation { uri: uri(file) }, region },
    }
}

/// A file name as a URI reference: relative names stay relative.
fn uri(file: &str) -> String {
    let path = file.replace('\\', "/");
    let drive = path.split_once(':').filter(|(drive, _)| drive.len() == 1);
    match (path.starts_with('/'), drive) {
        (true, _) => format!("file://{}", encoded(&path)),
        (false, Some((drive, rest))) => format!("file:///{drive}:{}", encoded(rest)),
        (false, None) => encoded(&path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_become_uris() {
        assert_eq!(uri("a/决算 1.pdf"), "a/%E5%86%B3%E7%AE%97%201.pdf");
        assert_eq!(uri("/a/b.pdf"), "file:///a/b.pdf");
        assert_eq!(uri("C:\\a\\b.pdf"), "file:///C:/a/b.pdf");
    }
}

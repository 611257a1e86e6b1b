//! Findings that a named person answers for: they are listed as waived and count no more.
//!
//! A waiver names the code, the document, the place, the reason, the person and its last day. One that lacks any of these, is
//! past its day, or fits nothing that was found is itself a finding, by the rules whose bodies are [`WaiverBody`]. There is no
//! clock here: the day of the run is given, or waivers are not judged by their day.

use std::collections::BTreeSet;

use juesuan_catalog::{Body, Catalog, Rule, WaiverBody, parse_toml};
use juesuan_model::package::Report;
use juesuan_model::relation::Form;
use juesuan_model::{Finding, Message, Place, Problem, Relation, Role, Said, Spot, Verdict};
use juesuan_text::Day;
use serde::Deserialize;
use toml::Spanned;

use crate::key;
use crate::order;

/// The place of a waiver that speaks of the whole document.
const EVERYWHERE: &str = "全文";

/// An entry of the file of waivers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Waiver {
    /// Code of the law or rule.
    pub code: String,
    /// File name, or name of the body.
    pub document: String,
    /// Part of the place (page, section, table, row) or of the words there; `全文` for the whole document.
    pub place: String,
    /// Why.
    pub reason: String,
    /// Who answers for it.
    pub person: String,
    /// The last day on which it counts, `2025-12-31`.
    pub until: String,
    /// Line of the file.
    #[serde(skip)]
    pub line: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    waiver: Vec<Spanned<Waiver>>,
}

/// Reads a file of waivers (`[[waiver]]` entries in TOML); `name` is its name for people.
///
/// # Errors
/// A problem with the line for what is no TOML or has other keys.
pub fn parse(text: &str, name: &str) -> Result<Vec<Waiver>, Problem> {
    let line = |at: usize| {
        let before = text.get(..at).unwrap_or(text);
        u32::try_from(before.matches('\n').count() + 1).unwrap_or(u32::MAX)
    };
    let file: File = parse_toml(name, text).map_err(|mut problem: Problem| {
        problem
            .message
            .push_str("。豁免文件由若干 [[waiver]] 组成，每条写 code、document、place、reason、person、until");
        problem
    })?;
    let placed = |entry: Spanned<Waiver>| {
        let line = line(entry.span().start);
        Waiver { line, ..entry.into_inner() }
    };
    Ok(file.waiver.into_iter().map(placed).collect())
}

/// Waivers and the documents of a run, one of which is looked at at a time: first all that are concerned, then those at which
/// something is said of the waivers themselves.
pub struct Desk<'w> {
    waivers: &'w [Waiver],
    /// Their file.
    name: &'w str,
    /// The day of the run; without it no waiver is judged by its day.
    today: Option<Day>,
    catalog: &'w Catalog,
    /// By waiver, the documents that it names.
    concerned: Vec<Vec<usize>>,
    /// By waiver, whether it fitted something.
    used: Vec<bool>,
}

impl<'w> Desk<'w> {
    /// For the documents of a run, each with its file and the name of its body.
    pub fn new<'d>(
        (waivers, name): (&'w [Waiver], &'w str),
        documents: impl Iterator<Item = (&'d str, &'d str)> + Clone,
        today: Option<Day>,
        catalog: &'w Catalog,
    ) -> Desk<'w> {
        let of = |waiver: &Waiver| {
            let named = documents.clone().enumerate().filter(|(_, (file, body))| names(&waiver.document, file, body));
            named.map(|(number, _)| number).collect()
        };
        let concerned = waivers.iter().map(of).collect();
        Desk { waivers, name, today, catalog, concerned, used: vec![false; waivers.len()] }
    }

    /// The documents of which something may be waived.
    pub fn concerned(&self) -> BTreeSet<usize> {
        let numbered = self.waivers.iter().zip(&self.concerned);
        numbered.filter(|(waiver, _)| self.counts(waiver)).flat_map(|(_, concerned)| concerned).copied().collect()
    }

    /// The documents at which something is said of a waiver: its first, or the first of all.
    pub fn homes(&self) -> BTreeSet<usize> {
        self.concerned.iter().map(|concerned| home(concerned)).collect()
    }

    /// Takes out of the report of a document what is waived.
    pub fn take(&mut self, document: usize, report: &mut Report) -> Vec<(Finding, Waiver)> {
        let mut out = Vec::new();
        for (at, waiver) in self.waivers.iter().enumerate() {
            let concerns = self.concerned.get(at).is_some_and(|concerned| concerned.contains(&document));
            if !concerns || !self.counts(waiver) {
                continue;
            }
            let taken: Vec<Finding> = report.findings.extract_if(.., |finding| fits(waiver, finding)).collect();
            if let Some(used) = self.used.get_mut(at) {
                *used |= !taken.is_empty();
            }
            out.extend(taken.into_iter().map(|finding| (finding, waiver.clone())));
        }
        out
    }

    /// Adds what is wrong with the waivers at home in a document, once all were taken from.
    pub fn judge(&self, document: usize, report: &mut Report) {
        for ((waiver, concerned), used) in self.waivers.iter().zip(&self.concerned).zip(&self.used) {
            if home(concerned) != document {
                continue;
            }
            let mut say = |key: WaiverBody, wrong: Option<Message>| {
                if let Some(rule) = rule(self.catalog, key) {
                    judge(report, rule, waiver, self.name, wrong);
                }
            };
            let lacking = lacking(waiver);
            let named = Said::list(lacking.iter().map(|field| Said::from(Message::new(*field))));
            say(WaiverBody::Complete, (!lacking.is_empty()).then(|| Message::new("incomplete").with("缺", named)));
            if lacking.is_empty() && self.today.is_some() {
                let until = || Message::new("expired").with("到期日", Said::name(&waiver.until));
                say(WaiverBody::InForce, self.is_expired(waiver).then(until));
            }
            if self.counts(waiver) && !concerned.is_empty() {
                say(WaiverBody::Used, (!used).then(|| Message::new("unused")));
            }
        }
        order::settle(report);
    }

    /// Whether a waiver takes anything out: it says all that it must and is not past its day.
    fn counts(&self, waiver: &Waiver) -> bool {
        lacking(waiver).is_empty() && !self.is_expired(waiver)
    }

    fn is_expired(&self, waiver: &Waiver) -> bool {
        self.today.zip(Day::parse_iso(waiver.until.trim())).is_some_and(|(today, until)| today > until)
    }
}

/// Where what is wrong with a waiver stands.
fn home(concerned: &[usize]) -> usize {
    concerned.first().copied().unwrap_or(0)
}

fn rule(catalog: &Catalog, body: WaiverBody) -> Option<&Rule> {
    catalog.rulebook.rules().iter().find(|rule| rule.body == Some(Body::Waiver(body)))
}

/// True if `document` names the file or the body.
fn names(document: &str, file: &str, body: &str) -> bool {
    let document = document.trim().replace('\\', "/");
    let file = file.replace('\\', "/");
    !document.is_empty() && (file == document || file.ends_with(&format!("/{document}")) || body == document)
}

/// True if the finding is what the waiver speaks of: by its key, by a part of the address or of the words of one of its
/// places, or, where it has no place, by what it names.
fn fits(waiver: &Waiver, finding: &Finding) -> bool {
    let fragment = squeezed(&waiver.place);
    if finding.code != waiver.code.trim() {
        return false;
    }
    let stands = |text: &str| squeezed(text).contains(&fragment);
    let mut placed = false;
    for place in finding.places() {
        placed = true;
        if address(place).contains(&fragment) || place.quote.as_deref().is_some_and(stands) {
            return true;
        }
    }
    fragment == EVERYWHERE || finding.key.0 == waiver.place.trim() || !placed && names_it(&finding.message, &fragment)
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The address of a place in the words of waivers: file, 第N页, 第N行, section, table, “row”行“column”列, without blanks. What
/// users have written is a part of it.
fn address(place: &Place) -> String {
    let mut out = place.file.clone().unwrap_or_default();
    out.extend(place.page.map(|page| format!("第{page}页")));
    out.extend(place.line.map(|line| format!("第{line}行")));
    out.extend([&place.section, &place.table].into_iter().flatten().map(String::as_str));
    out.extend(place.row.as_ref().map(|row| format!("“{row}”行")));
    out.extend(place.column.as_ref().map(|column| format!("“{column}”列")));
    squeezed(&out)
}

/// True if a message names something that the fragment is a part of, or that is a part of the fragment.
fn names_it(message: &Message, fragment: &str) -> bool {
    fn named(said: &Said, fragment: &str) -> bool {
        match said {
            Said::Name(text) | Said::Words(text) => {
                let text = squeezed(text);
                text.contains(fragment) || !text.is_empty() && fragment.contains(&text)
            }
            Said::Message(message) => names_it(message, fragment),
            Said::List(all) => all.iter().any(|said| named(said, fragment)),
            _ => false,
        }
    }
    message.values.iter().any(|(_, said)| named(said, fragment))
}

/// What a waiver must say and does not.
fn lacking(waiver: &Waiver) -> Vec<&'static str> {
    let said = [
        ("lacks-code", !waiver.code.trim().is_empty()),
        ("lacks-document", !waiver.document.trim().is_empty()),
        ("lacks-place", !waiver.place.trim().is_empty()),
        ("lacks-reason", !waiver.reason.trim().is_empty()),
        ("lacks-person", !waiver.person.trim().is_empty()),
        ("lacks-until", Day::parse_iso(waiver.until.trim()).is_some()),
    ];
    said.into_iter().filter(|(_, there)| !there).map(|(name, _)| name).collect()
}

fn judge(report: &mut Report, rule: &Rule, waiver: &Waiver, file: &str, wrong: Option<Message>) {
    let place = Place { file: Some(file.to_owned()), line: Some(waiver.line), ..Place::default() };
    let broken = wrong.is_some();
    let code = match waiver.code.as_str() {
        "" => Message::new("waiver-without-code").into(),
        code => Said::name(code),
    };
    let message = Message::new(if broken { "waiver" } else { "waiver-in-order" })
        .with("处", &place)
        .with("代码", code)
        .with("文件", Said::name(&waiver.document))
        .with("位置", Said::name(&waiver.place))
        .with_some("误", wrong);
    let verdict = if broken { Verdict::Broken } else { Verdict::Holds };
    let form = Form::Fact { figures: Vec::new(), subject: String::new() };
    report.relations.push(Relation { code: rule.code.clone(), message: message.clone(), form, verdict, tail: false });
    if !broken {
        return;
    }
    let spots = vec![Spot::at(Role::Wrong, place)];
    let named = [&waiver.code, &waiver.document, &waiver.place].map(String::as_str).join("/");
    report.findings.push(Finding {
        code: rule.code.clone(),
        key: key::of_spots(&rule.code, &spots, &named),
        severity: rule.severity,
        message,
        spots,
        difference: None,
        cause: None,
        evidence: Vec::new(),
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_none_of_waivers_is_named_with_its_line() {
        let problem = parse("[[waiver]]\ncode = \"LW001\"\ncod = 1\n", "w.toml").unwrap_err().to_string();
        assert!(problem.starts_with("w.toml 第3行：没有“cod”这一项；这里可以写的有：code"), "{problem}");
        let problem = parse("[[waiver]]\ncode = \"LW001\"\ncod = 1\n", "w.toml").unwrap_err();
        assert!(problem.to_string().starts_with("w.toml 第3行"), "{problem}");
    }
}

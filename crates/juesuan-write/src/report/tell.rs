//! Findings and relations in words: the templates of the catalogue, filled with what the data holds.
//!
//! The parts of what is said of a finding are asked for one by one: headline, place, statement, cause, remedy, basis. In
//! reading order: [`Teller`] the parts; `sentence` a message filled; `value` what a name in it is worth; `figure` a figure
//! and its place; `subject` what it is a figure of; `sum` both sides of a relation.

mod figure;
mod sentence;
mod subject;
mod sum;
mod value;

use juesuan_catalog::report::{AnnexWords, COUNT};
use juesuan_catalog::{Catalog, Entry, RuleState};
use juesuan_model::package::Report;
use juesuan_model::{
    Cause, Difference, FigureId, Finding, Message, Package, Place, Proof, Reading, Relation, RelationId, Role, Spot,
    Unit, Voice,
};

use super::{Checked, Named, words};
use sentence::Sentence;

/// Tells what a report says, in the words of a catalogue. What it says of one document does not name that document's file.
#[derive(Clone, Copy)]
pub struct Teller<'a> {
    catalog: &'a Catalog,
    package: &'a Package,
    report: &'a Report,
    file: &'a str,
}

impl<'a> Teller<'a> {
    /// For the report of a package; `file` is the name of its file, empty if it has none.
    pub const fn new(catalog: &'a Catalog, package: &'a Package, report: &'a Report, file: &'a str) -> Teller<'a> {
        Teller { catalog, package, report, file }
    }

    /// For a document.
    pub fn of(catalog: &'a Catalog, checked: &'a Checked) -> Teller<'a> {
        Teller::new(catalog, &checked.package, &checked.report, &checked.file)
    }

    /// How the annexes of a letter are headed.
    pub(super) fn annex(&self) -> &'a AnnexWords {
        &self.catalog.report.annex
    }

    /// What is wrong, in a few words.
    pub fn headline(&self, finding: &Finding) -> &'a str {
        if finding.cause == Some(Cause::Tail) {
            return &self.catalog.report.headline.tail;
        }
        self.entry(&finding.code).map_or("", |entry| entry.fault)
    }

    /// What to do about it; empty where nobody says.
    pub fn remedy(&self, code: &str) -> &'a str {
        self.entry(code).map_or("", |entry| entry.remedy.trim())
    }

    /// Legal ground.
    pub fn basis(&self, finding: &Finding) -> &'a [String] {
        self.entry(&finding.code).map_or(&[], |entry| entry.basis)
    }

    /// The law or rule behind a code.
    pub fn entry(&self, code: &str) -> Option<Entry<'a>> {
        self.catalog.rulebook.entry(code)
    }

    /// Place, what stands there, what should and why, in one sentence.
    pub fn statement(&self, finding: &Finding) -> String {
        format!("{}{}。", self.mark(finding), self.sentence(finding).told())
    }

    /// The statement without the place at its beginning, for whoever shows that place already: with its page or its line.
    pub fn statement_at_its_place(&self, finding: &Finding) -> String {
        let known = finding.places().next().filter(|place| place.page.is_some() || place.line.is_some());
        // A title stands in no section but itself.
        let shown: Vec<String> = known
            .into_iter()
            .flat_map(|place| [self.whereabouts(place), self.whereabouts(&Place { section: None, ..place.clone() })])
            .collect();
        format!("{}{}。", self.mark(finding), self.sentence(finding).after(&shown))
    }

    /// What stands before what a rule on trial has found; nothing otherwise.
    fn mark(&self, finding: &Finding) -> String {
        let on_trial = self.entry(&finding.code).is_some_and(|entry| entry.state == RuleState::Preview);
        let message = Message::new("on-trial");
        if on_trial { Sentence::new(self, &finding.code, &message, None).told() } else { String::new() }
    }

    /// Everything in one text: the statement, the probable cause, what to do and on what ground. Of rounding nothing more is
    /// asked than the statement says.
    pub fn message(&self, finding: &Finding) -> String {
        let mut out = self.statement(finding);
        if finding.cause == Some(Cause::Tail) {
            return out;
        }
        if let Some(cause) = self.cause(finding) {
            out.push_str(&format!("{cause}。"));
        }
        out.push_str(self.remedy(&finding.code));
        let basis = self.basis(finding);
        if !basis.is_empty() {
            out.push_str(&format!("〔{}〕", basis.join("；")));
        }
        out
    }

    /// What probably happened.
    pub fn cause(&self, finding: &Finding) -> Option<String> {
        let words = &self.catalog.report.cause;
        let message = Message::default();
        let (template, message) = match finding.cause.as_ref()? {
            Cause::OtherMeaning { value, of } => {
                (&words.other_meaning, message.with("数", *value).with("何", of.as_ref().clone()))
            }
            Cause::LastYear { value } => (&words.last_year, message.with("数", *value)),
            Cause::LastYearAsChange { value } => (&words.last_year_as_change, message.with("数", *value)),
            Cause::Slid { from, up: true } => (&words.slid_up, message.with("数", from.as_ref().clone())),
            Cause::Slid { from, up: false } => (&words.slid_down, message.with("数", from.as_ref().clone())),
            Cause::Displaced { from } => (&words.displaced, message.with("数", from.as_ref().clone())),
            Cause::Exchanged { with } => (&words.exchanged, message.with("数", with.as_ref().clone())),
            Cause::SignTurned => (&words.sign_turned, message),
            Cause::PointMoved { places: 1 } => (&words.point_moved_one, message),
            Cause::PointMoved { .. } => (&words.point_moved_two, message),
            Cause::YuanAsWan => (&words.yuan_as_wan, message),
            Cause::DigitWrong => (&words.digit_wrong, message),
            Cause::DigitsTurned => (&words.digits_turned, message),
            Cause::DigitLost => (&words.digit_lost, message),
            Cause::DigitDoubled => (&words.digit_doubled, message),
            Cause::Tail => (&words.tail, message),
        };
        Some(Sentence::new(self, &finding.code, &message, None).by(template))
    }

    /// How far two values are apart, with the unit.
    pub fn difference(&self, Difference(gap): Difference) -> String {
        value::apart(gap)
    }

    /// What else shows it, each in one text.
    pub fn evidence(&self, finding: &Finding) -> Vec<String> {
        finding.evidence.iter().map(|proof| self.proof(&finding.code, proof)).collect()
    }

    fn proof(&self, code: &str, proof: &Proof) -> String {
        match proof {
            Proof::Others(message) => Sentence::new(self, code, message, None).told(),
            Proof::Breaks(id) => self
                .by_id(*id)
                .map(|relation| format!("{} {}", relation.code, self.relation(relation)))
                .unwrap_or_default(),
            Proof::Likewise(id) => self.by_id(*id).map(|relation| self.relation(relation)).unwrap_or_default(),
        }
    }

    /// A relation in words, with its figures.
    pub fn relation(&self, relation: &Relation) -> String {
        self.sentence_of(relation).told()
    }

    /// What stands at a spot, by its name; `None` where nothing in particular does.
    pub fn named(&self, spot: &Spot) -> Option<Named> {
        if let Some(figure) = &spot.figure {
            return Some(figure::Seen::shown(figure).named(self));
        }
        let words = spot.words.as_ref()?;
        let voice = &self.catalog.report.voice;
        let label = match words.from {
            Voice::Document => &voice.document,
            Voice::Passage => &voice.passage,
            Voice::Form => &voice.form,
            Voice::Budget => &voice.budget,
        };
        Some(Named { label: label.clone(), value: words.text.clone(), unit: String::new() })
    }

    /// What stands at all spots; words that stand at several are named once.
    pub fn figures(&self, finding: &Finding) -> Vec<Named> {
        finding.spots.iter().filter(|spot| spot.role != Role::Again).filter_map(|spot| self.named(spot)).collect()
    }

    /// A place for people, without what says nothing in it.
    pub fn whereabouts(&self, place: &Place) -> String {
        figure::whereabouts(place, self)
    }

    /// A place without the name of the document's own file.
    pub fn unfiled(&self, place: &Place) -> Place {
        let file = place.file.clone().filter(|file| !words::is_own_file(self.file, file));
        Place { file, ..place.clone() }
    }

    /// How many there are of what a sentence of all reports tells.
    pub fn counted(&self, says: &'static str, count: usize) -> String {
        let message = Message::new(says).with(COUNT, count);
        Sentence::new(self, "", &message, None).told()
    }

    fn sentence<'t>(&'t self, finding: &'t Finding) -> Sentence<'t> {
        Sentence::new(self, &finding.code, &finding.message, None)
    }

    fn sentence_of<'t>(&'t self, relation: &'t Relation) -> Sentence<'t> {
        Sentence::new(self, &relation.code, &relation.message, Some(relation))
    }

    fn by_id(&self, RelationId(number): RelationId) -> Option<&'a Relation> {
        self.report.relations.get(usize::try_from(number).ok()?)
    }

    fn reading(&self, FigureId(number): FigureId) -> Reading {
        let at = usize::try_from(number).unwrap_or(usize::MAX);
        self.report.readings.get(at).copied().unwrap_or(Reading::Absent)
    }
}

/// Percentages are apart by percentage points.
const fn is_percent(unit: Unit) -> bool {
    matches!(unit, Unit::Percent)
}

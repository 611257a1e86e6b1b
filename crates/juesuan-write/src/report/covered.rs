//! How much of a document was held against something else, in words of the catalogue.

use juesuan_catalog::Catalog;
use juesuan_catalog::template::{Filling, Lack, Name, Template, Values};
use juesuan_model::{Confidence, Pictured, Untried};

use super::Checked;

/// Corrections that are told one by one.
const CORRECTIONS_MAX: usize = 10;

/// Values of a sentence by their names; what has none is not known.
struct Given<'a>(&'a [(&'a str, String)]);

impl Values for Given<'_> {
    type Filled = String;

    fn value(&self, name: &Name) -> Filling<String> {
        let found = self.0.iter().find(|(own, _)| *own == name.name);
        found.map(|(_, value)| vec![value.clone()]).ok_or_else(Vec::new)
    }
}

fn filled(template: &Template, values: &[(&str, String)]) -> String {
    template.text(&Given(values), Lack::Word("")).unwrap_or_default()
}

/// Which share of the printed amounts was held against another, and the tables and sections of which none was, at most so many
/// by name; how sure those are that were recognised in pictures. Nothing of a document without amounts.
pub fn covered(checked: &Checked, catalog: &Catalog, most: usize) -> Vec<String> {
    let (words, coverage) = (&catalog.report.coverage, &checked.report.coverage);
    // Numbers that were not understood are printed too.
    let printed = coverage.printed + checked.unread.len();
    let Some(percent) = (100 * coverage.held).checked_div(printed) else { return Vec::new() };
    let share =
        [("printed", printed.to_string()), ("held", coverage.held.to_string()), ("percent", percent.to_string())];
    let mut out = vec![filled(&words.share, &share)];
    let count = coverage.untried.len();
    let names: Vec<String> = coverage.untried.iter().take(most).map(|place| name(place, catalog)).collect();
    let mut list = vec![("list", names.join("、"))];
    if count > most {
        list.push(("count", count.to_string()));
    }
    if count > 0 {
        out.push(filled(&words.untried, &list));
    }
    let pictured = Pictured::of(&checked.package, Confidence::thousandths(words.doubtful_below));
    if !pictured.is_empty() {
        let Pictured { corrected, proven, plausible, doubtful } = pictured;
        let counts = [("proven", proven), ("plausible", plausible), ("doubtful", doubtful), ("corrected", corrected)];
        // Nobody has to be told that nobody corrected anything.
        let told = counts.iter().filter(|(name, count)| *name != "corrected" || *count > 0);
        let told: Vec<(&str, String)> = told.map(|(name, count)| (*name, count.to_string())).collect();
        out.push(filled(&words.pictured, &told));
        out.extend(corrections(checked, catalog));
    }
    out
}

/// Who has said what of figures in pictures.
fn corrections(checked: &Checked, catalog: &Catalog) -> Vec<String> {
    let words = &catalog.report.coverage;
    let figures = checked.package.figures.iter();
    let corrected = figures.filter_map(|figure| Some((figure, figure.place.picture.as_ref()?.corrected.as_ref()?)));
    let mut out: Vec<String> = Vec::new();
    for (figure, by) in corrected.clone().take(CORRECTIONS_MAX) {
        let now = figure.cell.number().map(|printed| printed.to_string()).unwrap_or_default();
        let place = super::words::place(&figure.place, checked);
        let values = [("person", by.person.clone()), ("place", place), ("now", now), ("read", by.read.clone())];
        out.push(filled(&words.corrected, &values));
    }
    let more = corrected.count().saturating_sub(CORRECTIONS_MAX);
    if more > 0 {
        out.push(filled(&words.corrected_more, &[("count", more.to_string())]));
    }
    out
}

/// The verdict on a document of which too little was held against something else.
pub fn too_little(catalog: &Catalog) -> String {
    filled(&catalog.report.coverage.too_little, &[])
}

fn name(place: &Untried, catalog: &Catalog) -> String {
    let words = &catalog.report.coverage;
    let template = match (place.name.as_str(), place.table) {
        ("", _) => &words.front,
        (_, true) => &words.table,
        (_, false) => &words.section,
    };
    filled(template, &[("name", place.name.clone()), ("count", place.printed.to_string())])
}

//! How much of a document was held against something else, in words of the catalogue.

use juesuan_catalog::Catalog;
use juesuan_catalog::template::{Filling, Lack, Name, Template, Values};
use juesuan_model::{Confidence, Pictured, Untried};

use super::Checked;

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
        let Pictured { proven, plausible, doubtful } = pictured;
        let counts = [("proven", proven), ("plausible", plausible), ("doubtful", doubtful)];
        out.push(filled(&words.pictured, &counts.map(|(name, count)| (name, count.to_string()))));
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

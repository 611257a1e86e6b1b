//! `expected.json` of zengdu-2023: section or table, meaning, measure, digits.

use juesuan_model::{Figure, Meaning, Measure};
use serde::Deserialize;

use crate::made::{digits, example, folder};

/// One expected figure.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    /// Heading of the section, without its number.
    #[serde(default)]
    section: Option<String>,
    /// Title of the table.
    #[serde(default)]
    table: Option<String>,
    meaning: Meaning,
    measure: Measure,
    value: String,
}

impl Expected {
    /// True if the figure stands where this one is expected and means the same.
    fn is_of(&self, figure: &Figure) -> bool {
        let place = &figure.place;
        let stands = match (&self.section, &self.table) {
            (Some(heading), _) => place.section.as_ref().is_some_and(|s| s.ends_with(&format!("、{heading}"))),
            (None, table) => place.section.is_none() && place.table == *table,
        };
        stands && figure.measure == self.measure && figure.meanings.contains(&self.meaning)
    }
}

#[test]
fn every_expected_figure_of_zengdu_is_printed_in_its_place_and_nowhere_there_differently() {
    let text = std::fs::read_to_string(folder("zengdu-2023").join("expected.json")).unwrap();
    let expected: Vec<Expected> = serde_json::from_str(&text).unwrap();
    assert!(expected.len() >= 250);
    let package = example("zengdu-2023").department;
    let mut wrong = Vec::new();
    for one in &expected {
        let printed: Vec<String> = package.figures.iter().filter(|f| one.is_of(f)).filter_map(digits).collect();
        if printed.is_empty() || printed.iter().any(|p| *p != one.value) {
            wrong.push(format!("{one:?}: {printed:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), expected.len(), wrong.join("\n"));
}

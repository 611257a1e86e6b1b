//! Whose accounts these are: the sheets of the profile, units, duties and offices as a [`Department`].

use std::collections::BTreeMap;

use juesuan_catalog::{Catalog, ProfileRow};
use juesuan_facts::Department;
use juesuan_facts::department::{Approval, PrintOptions, Publication, Secrecy, UnitEntry, Withheld};
use juesuan_facts::record::Record;
use juesuan_model::{Place, Problem, UnitKind, Wanted};
use juesuan_text::{Day, plain};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};

use super::Sheets;
use super::answers::{Answer, says_other};
use super::texts::is_of;

const PROFILE: &str = "profile";
const UNITS: &str = "units";

/// The department that the workbook describes; `None` if it has no profile that anybody filled in. What must be there and is
/// not is named, and comes back by its keys.
pub fn department<'c>(
    entered: &Sheets,
    catalog: &'c Catalog,
    problems: &mut Vec<Problem>,
) -> Option<(Department, Vec<&'c str>)> {
    let rows = entered.records.get(PROFILE)?;
    let mut profile = Profile::new(rows, catalog, problems);
    profile.answered(&entered.answers, catalog, problems);
    let mut unfilled = Vec::new();
    for line in catalog.entry.profile.iter().filter(|line| line.required && profile.text(&line.key).is_empty()) {
        let place = rows.first().map(|row| row.sheet().clone()).unwrap_or_default();
        problems.push(Problem::fatal(place, catalog.entry.words.not_filled.replace("{item}", &line.label)));
        unfilled.push(line.key.as_str());
    }
    let year = profile.text("year").trim_end_matches('度').trim_end_matches('年').parse().unwrap_or_default();
    let units = units(entered, catalog);
    let department = Department {
        name: profile.owned("name"),
        short_name: profile.owned("short_name"),
        scope: profile.owned("scope"),
        year,
        variant: profile.owned("variant"),
        performance_profile: String::new(),
        level: profile.owned("level"),
        region: profile.owned("region"),
        origin: profile.owned("origin"),
        formed: None,
        duties: own_texts(entered, "duties", profile.text("name"), units.len()),
        offices: own_texts(entered, "offices", profile.text("name"), units.len()),
        units,
        contact: profile.contact(catalog),
        approval: profile
            .filled("approval_date")
            .map(|date| Approval { number: profile.owned("approval_number"), date: iso(date) }),
        publication: profile
            .either("publication_place", "publication_date")
            .map(|[place, date]| Publication { place: place.to_owned(), date: iso(date) }),
        secrecy: profile
            .filled("cleared_by")
            .map(|person| Secrecy { cleared_by: person.to_owned(), date: iso(profile.text("cleared_date")) }),
        withheld: withheld(entered),
        print: PrintOptions::default(),
    };
    Some((department, unfilled))
}

/// The texts of a kind that are of the whole department.
fn own_texts(entered: &Sheets, kind: &str, name: &str, units: usize) -> Vec<String> {
    let rows = entered.rows(kind).iter().filter(|row| is_of(row, None, name, units));
    rows.map(|row| row.text("text").to_owned()).collect()
}

fn withheld(entered: &Sheets) -> Vec<Withheld> {
    let entry = |row: &Record| Withheld { what: row.text("what").to_owned(), ground: row.text("ground").to_owned() };
    entered.rows("withheld").iter().map(entry).collect()
}

fn units(entered: &Sheets, catalog: &Catalog) -> Vec<UnitEntry> {
    let column = catalog.entry.spec(UNITS, &catalog.inputs).and_then(|spec| spec.column("headquarters"));
    // The last choice says that it is.
    let yes = column.and_then(|column| column.choices.last()).map_or("", String::as_str);
    let entry = |row: &Record| {
        let kind: StrDeserializer<'_, Error> = row.text("kind").into_deserializer();
        Some(UnitEntry {
            name: row.text("name").to_owned(),
            kind: UnitKind::deserialize(kind).ok()?,
            headquarters: row.text("headquarters") == yes,
            merged_into: row.filled("merged_into").map(str::to_owned),
            note: row.text("note").to_owned(),
            origin: row.text("origin").to_owned(),
        })
    };
    entered.rows(UNITS).iter().filter_map(entry).collect()
}

/// Where a word of the workbook stands that describes the department: its row, or the sheet.
pub fn place_of(entered: &Sheets, catalog: &Catalog, word: &str) -> Place {
    let label = catalog.entry.profile.iter().find(|line| line.key == word).map(|line| line.label.as_str());
    let mut rows = entered.rows(PROFILE).iter().chain(entered.rows(UNITS));
    let says = |row: &&Record| match label {
        Some(label) => row.text("item") == label,
        None => ["value", "name", "merged_into", "origin"].iter().any(|key| row.text(key).contains(word)),
    };
    let file = || Place { file: entered.file().map(str::to_owned), ..Place::default() };
    rows.find(says).map_or_else(file, Record::row_place)
}

/// A day as it stands in other files; what is none stays as it is, and is named there.
fn iso(text: &str) -> String {
    Day::parse(text).map_or_else(|| text.to_owned(), |day| day.to_string())
}

/// The filled rows of the profile by their keys.
struct Profile<'a>(BTreeMap<&'a str, &'a str>);

impl<'a> Profile<'a> {
    fn new(rows: &'a [Record], catalog: &'a Catalog, problems: &mut Vec<Problem>) -> Profile<'a> {
        let mut filled = BTreeMap::new();
        for row in rows {
            let item = plain(row.text("item"));
            let line = catalog.entry.profile.iter().find(|line: &&ProfileRow| plain(&line.label) == item);
            match line {
                Some(line) => {
                    filled.insert(line.key.as_str(), row.text("value").trim());
                }
                None => {
                    let message = catalog.entry.words.no_item.replace("{item}", row.text("item"));
                    problems.push(Problem::doubt(row.row_place(), message));
                }
            }
        }
        Profile(filled)
    }

    /// What an earlier list asked of the profile. A row that says something else stays as it is, and the answer is named.
    fn answered(&mut self, answers: &'a [Answer], catalog: &Catalog, problems: &mut Vec<Problem>) {
        for answer in answers {
            let Wanted::Profile(key) = &answer.wanted else { continue };
            let text = answer.value.as_str().trim();
            match self.text(key) {
                "" => {
                    self.0.insert(key, text);
                }
                own if own == text => {}
                own => problems.push(says_other(answer, catalog.entry.file.clone(), own.to_owned(), catalog)),
            }
        }
    }

    fn text(&self, key: &str) -> &'a str {
        self.0.get(key).copied().unwrap_or_default()
    }

    fn owned(&self, key: &str) -> String {
        self.text(key).to_owned()
    }

    fn filled(&self, key: &str) -> Option<&'a str> {
        Some(self.text(key)).filter(|text| !text.is_empty())
    }

    fn either(&self, one: &str, other: &str) -> Option<[&'a str; 2]> {
        let both = [self.text(one), self.text(other)];
        both.iter().any(|text| !text.is_empty()).then_some(both)
    }

    fn contact(&self, catalog: &Catalog) -> BTreeMap<String, String> {
        let line = catalog.entry.profile.iter().find(|line| line.key == "phone");
        let phone = line.zip(self.filled("phone"));
        phone.map(|(line, phone)| (line.label.clone(), phone.to_owned())).into_iter().collect()
    }
}

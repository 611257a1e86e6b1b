//! Which projects are evaluated: those that people entered, held against those of the books and the budget.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_catalog::Trees;
use juesuan_catalog::names::{fund, item, nature, stage};
use juesuan_catalog::near::nearest;
use juesuan_facts::{Facts, Performance};
use juesuan_model::{Dimension, Meaning, Place, Problem};
use juesuan_text::plain;

/// The projects of one entity.
#[derive(Clone, Debug, Default)]
pub struct Projects {
    /// Those that are evaluated, in the order of the inputs, with the first row that names them.
    pub evaluated: Vec<(String, Place)>,
    /// Those that are not published.
    pub secret: Vec<String>,
    /// Those of the books and the budget, without the secret ones.
    pub with_money: BTreeSet<String>,
    /// Spelling without what typing changes → name.
    spelled: BTreeMap<String, String>,
}

/// The meaning of a project's money; of all money for an empty name.
pub fn money(project: &str) -> Meaning {
    let expense = Meaning::new().with(Dimension::Item, item::EXPENSE);
    match project {
        "" => expense,
        name => expense.with(Dimension::Nature, nature::PROJECT).with(Dimension::Project, name),
    }
}

/// Names of the projects that have money in one version of the year. `within` narrows it down.
fn of_the_books(facts: &Facts, trees: &Trees, within: &Meaning) -> BTreeSet<String> {
    let stages = [None, Some(stage::INITIAL), Some(stage::FULL_YEAR)];
    let versions = stages.into_iter().map(|stage| match stage {
        Some(stage) => within.clone().with(Dimension::Stage, stage),
        None => within.clone(),
    });
    versions.flat_map(|meaning| facts.nodes(trees, &meaning, Dimension::Project)).map(|name| name.to_string()).collect()
}

impl Projects {
    /// From what was entered, and from the facts. What one of them has and the other has not is named, unless it is explained.
    pub fn new(
        rows: &Performance,
        facts: &Facts,
        trees: &Trees,
        is_explained: &dyn Fn(&str) -> bool,
        problems: &mut Vec<Problem>,
    ) -> Projects {
        let all = Meaning::new().with(Dimension::Item, item::EXPENSE).with(Dimension::Nature, nature::PROJECT);
        let books = of_the_books(facts, trees, &all);
        let mut projects =
            Projects { spelled: books.iter().map(|name| (plain(name), name.clone())).collect(), ..Projects::default() };
        let listed = rows.projects.iter().flatten();
        for row in listed.filter(|row| !row.project.is_empty()) {
            let name = projects.name(&row.project);
            let place = row.record.place("project");
            projects.spelled.entry(plain(&name)).or_insert_with(|| name.clone());
            let doubled = projects.secret.contains(&name) || projects.evaluated.iter().any(|(known, _)| *known == name);
            if doubled {
                problems.push(Problem::doubt(place, format!("项目“{name}”列了两次；请只留一行")));
            } else if row.secret {
                projects.secret.push(name);
            } else {
                stranger(&name, &books, &place, problems);
                projects.evaluated.push((name, place));
            }
        }
        projects.unlisted(rows, &books, problems);
        projects.with_money = books.into_iter().filter(|name| !projects.secret.contains(name)).collect();
        // Documents list the projects of this fund.
        let listed_fund = of_the_books(facts, trees, &all.with(Dimension::Fund, fund::GENERAL));
        for name in listed_fund.iter().filter(|name| !projects.secret.contains(name)) {
            if !projects.evaluated.iter().any(|(known, _)| known == name) && !is_explained(name) {
                let place = Place { file: Some("performance/".to_owned()), ..Place::default() };
                let message =
                    format!("项目“{name}”有预算或支出，没有自评；除涉密项目外都要自评，请补上，涉密的在项目表里注明");
                problems.push(Problem::doubt(place, message));
            }
        }
        projects
    }

    /// Projects of texts and indicators that the list of projects does not have.
    fn unlisted(&mut self, rows: &Performance, books: &BTreeSet<String>, problems: &mut Vec<Problem>) {
        let texts = rows.texts.iter().flatten().map(|row| (&row.project, row.place.clone()));
        let indicators = rows.indicators.iter().flatten().map(|row| (&row.project, row.record.place("project")));
        for (project, place) in texts.chain(indicators).filter(|(project, _)| !project.is_empty()) {
            let name = self.name(project);
            if self.secret.contains(&name) || self.evaluated.iter().any(|(known, _)| *known == name) {
                continue;
            }
            if rows.projects.is_some() {
                let known =
                    self.evaluated.iter().map(|(name, _)| name.as_str()).chain(books.iter().map(String::as_str));
                let near = nearest(&name, known);
                let message = format!("项目表里没有“{name}”{near}；请改正名称，或在项目表里加上这个项目");
                problems.push(Problem::contradiction(place.clone(), message));
            } else {
                stranger(&name, books, &place, problems);
            }
            self.spelled.entry(plain(&name)).or_insert_with(|| name.clone());
            self.evaluated.push((name, place));
        }
    }

    /// The name that the books have for an entry that is spelled almost so; else the entry.
    pub fn name(&self, entry: &str) -> String {
        self.spelled.get(&plain(entry)).cloned().unwrap_or_else(|| entry.to_owned())
    }

    /// The name, if the project is evaluated; the whole is always known. Anything else is named.
    pub fn known(&self, entry: &str, place: &Place, problems: &mut Vec<Problem>) -> Option<String> {
        let name = self.name(entry);
        if name.is_empty() || self.evaluated.iter().any(|(known, _)| *known == name) {
            return Some(name);
        }
        if !self.secret.contains(&name) {
            let near = nearest(&name, self.evaluated.iter().map(|(name, _)| name.as_str()));
            let message = format!("没有“{name}”这个项目{near}；请改正名称，或在项目表里加上这个项目");
            problems.push(Problem::contradiction(place.clone(), message));
        }
        None
    }
}

/// A project that the books and the budget do not have.
fn stranger(name: &str, books: &BTreeSet<String>, place: &Place, problems: &mut Vec<Problem>) {
    if !books.is_empty() && !books.contains(name) {
        let near = nearest(name, books.iter().map(String::as_str));
        let message = format!("账上和预算里都没有项目“{name}”{near}；名称要与账上一致，没有预算和支出的不列入自评");
        problems.push(Problem::contradiction(place.clone(), message));
    }
}

//! What happens to the document of a body in a year: by chance, the same for the same seed.

use crate::load::words::below;
use crate::load::world::{Body, Size};
use crate::random::Random;

/// In what a document is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// A web page.
    Html,
    /// A PDF of text.
    Pdf,
    /// Word.
    Docx,
    /// Text without its tables.
    Text,
}

/// By how many thousandths amounts are other than they should be.
const OTHER: i64 = 13;

/// How many documents of a hundred are so; the rest is right and a web page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shares {
    /// PDF.
    pub pdf: i64,
    /// Word.
    pub docx: i64,
    /// Text.
    pub text: i64,
    /// Not published.
    pub missing: i64,
    /// With a fault inside.
    pub faulty: i64,
    /// With a passage of another body or year.
    pub copying: i64,
    /// Departments of a hundred that contradict their own accounts of the year before, once.
    pub torn: i64,
    /// Units of a hundred that do not add up to their department, in every year.
    pub apart: i64,
    /// Bodies of a hundred that also publish the budget of each year.
    pub budgets: i64,
    /// Budgets of a hundred that are not those of which the final accounts tell.
    pub other_budgets: i64,
    /// Counties of a hundred where all documents of a year have one fault of their common template.
    pub template: i64,
}

impl Default for Shares {
    fn default() -> Shares {
        Shares {
            pdf: 10,
            docx: 2,
            text: 3,
            missing: 2,
            faulty: 8,
            copying: 6,
            torn: 2,
            apart: 2,
            template: 3,
            budgets: 10,
            other_budgets: 5,
        }
    }
}

/// What happens to a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Nothing.
    Right,
    /// It is not published.
    Missing,
    /// One of the kinds of faults is planted; the first by chance that it can have.
    Faulty,
    /// It says what another one says.
    Copying,
}

/// The document of a body in a year: numbers of both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Issue {
    /// Body.
    pub body: usize,
    /// Year, from 0.
    pub year: usize,
}

/// Chance of a document, for one purpose.
pub fn chance(size: &Size, issue: Issue, purpose: &str) -> Random {
    Random::named(size.seed, &format!("{purpose} {} {}", issue.body, issue.year))
}

/// True for so many of a hundred.
fn happens(random: &mut Random, percent: i64) -> bool {
    random.between(0, 99) < percent
}

/// In what the document is published.
pub fn format(size: &Size, shares: &Shares, issue: Issue) -> Format {
    let number = chance(size, issue, "format").between(0, 99);
    match number {
        n if n < shares.pdf => Format::Pdf,
        n if n < shares.pdf + shares.docx => Format::Docx,
        n if n < shares.pdf + shares.docx + shares.text => Format::Text,
        _ => Format::Html,
    }
}

/// What happens to the document.
pub fn fate(size: &Size, shares: &Shares, issue: Issue) -> Fate {
    let number = chance(size, issue, "fate").between(0, 99);
    match number {
        n if n < shares.missing => Fate::Missing,
        // A text shows no tables, so that what is wrong there is not wrong in it.
        n if n < shares.missing + shares.faulty && format(size, shares, issue) != Format::Text => Fate::Faulty,
        n if (shares.missing + shares.faulty..shares.missing + shares.faulty + shares.copying).contains(&n) => {
            Fate::Copying
        }
        _ => Fate::Right,
    }
}

/// The number of the fault that all documents of a county have in this year, below `faults`.
pub fn template(size: &Size, shares: &Shares, body: &Body, year: usize, faults: usize) -> Option<usize> {
    let mut random = Random::named(size.seed, &format!("template {}", body.county));
    let has = happens(&mut random, shares.template);
    (has && below(&mut random, size.years) == year).then(|| below(&mut random, faults))
}

/// The factor of the amounts of a document. That of a unit that is apart from its department is another than the department's; that
/// of a year that is torn off another than the body's in all other years.
pub fn per_mille(size: &Size, shares: &Shares, body: &Body, issue: Issue) -> i64 {
    let mut factor = body.per_mille;
    if is_apart(size, shares, body, issue.body) {
        factor += OTHER / 2;
    }
    if torn(size, shares, body) == Some(issue.year) {
        factor += OTHER;
    }
    factor
}

/// Whether a body publishes its budgets, and by how many thousandths the one of this year is another than its final accounts say.
pub fn budget(size: &Size, shares: &Shares, issue: Issue) -> Option<i64> {
    let has = happens(&mut chance(size, Issue { year: 0, ..issue }, "budgets"), shares.budgets);
    let other = happens(&mut chance(size, issue, "other budget"), shares.other_budgets);
    has.then_some(if other { OTHER } else { 0 })
}

/// True for a unit whose amounts are not those that its department adds up.
pub fn is_apart(size: &Size, shares: &Shares, body: &Body, number: usize) -> bool {
    body.member > 0 && happens(&mut chance(size, Issue { body: number, year: 0 }, "apart"), shares.apart)
}

/// The year in which a department and all its units tell other amounts than those that the years before and behind it take up: its
/// last year is not what was published. Never the first.
pub fn torn(size: &Size, shares: &Shares, body: &Body) -> Option<usize> {
    let mut random = chance(size, Issue { body: body.department, year: 0 }, "torn");
    let has = size.years > 1 && happens(&mut random, shares.torn);
    has.then(|| 1 + below(&mut random, size.years.saturating_sub(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_thing_happens_as_often_as_is_wanted_and_a_text_has_no_fault() {
        let size = Size { seed: 3, bodies: 10_000, years: 3, first_year: 2022 };
        let shares = Shares::default();
        let mut counts = [0; 4];
        for body in 0..size.bodies {
            let issue = Issue { body, year: 1 };
            let fate = fate(&size, &shares, issue);
            assert!(fate != Fate::Faulty || format(&size, &shares, issue) != Format::Text);
            match fate {
                Fate::Right => counts[0] += 1,
                Fate::Missing => counts[1] += 1,
                Fate::Faulty => counts[2] += 1,
                Fate::Copying => counts[3] += 1,
            }
        }
        assert!(
            (150..250).contains(&counts[1]) && (700..900).contains(&counts[2]) && (500..700).contains(&counts[3]),
            "{counts:?}"
        );
    }
}

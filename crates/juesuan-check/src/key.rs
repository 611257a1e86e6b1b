//! By what a fault is known again when the same document is read anew, perhaps from another format: the rule, the meaning or
//! the words, and the heading or table without its number. Pages, lines and bounds are no part of it.

use juesuan_model::relation::Form;
use juesuan_model::{Against, Claim, FindingKey, Measure, Place, Spot, Statement, Subject};
use juesuan_text::{Ordinal, form, numeral};

use crate::case::Case;
use crate::ledger::Ledger;

/// Between the parts of a key.
const BETWEEN: &str = "/";
/// Most characters of words in a key.
const LONGEST: usize = 40;
/// What stands before the number of a part, a table, an attachment, and behind that of a part.
const LABELS: [&str; 4] = ["第", "附表", "表", "附件"];
const PARTS: [&str; 3] = ["部分", "章", "节"];
/// Marks between a number and the words of a heading, as they are compared.
const MARKS: [char; 4] = ['：', ':', '、', '.'];

/// The key of a finding that the case is the first relation of.
pub(crate) fn of(ledger: &Ledger<'_>, case: &Case, spots: &[Spot]) -> FindingKey {
    let claim = case.claim.and_then(|number| ledger.package.claims.get(number));
    let named = match &case.form {
        Form::Fact { subject, .. } => subject.as_str(),
        Form::Linear { .. } | Form::Quotient { .. } | Form::Logic { .. } => "",
    };
    let what = match (claim, spots.first()) {
        (Some(claim), _) => said(ledger, claim),
        (None, Some(spot)) => stands(spot),
        (None, None) => words(named),
    };
    join(&case.code, &what, spots.iter().find_map(|spot| spot.place.as_ref()))
}

/// The key of a finding of a rule about the first spot, or, without spots, about what is named.
pub(crate) fn of_spots(code: &str, spots: &[Spot], named: &str) -> FindingKey {
    let what = spots.first().map(stands).filter(|what| !what.is_empty()).unwrap_or_else(|| words(named));
    join(code, &what, spots.iter().find_map(|spot| spot.place.as_ref()))
}

fn join(code: &str, what: &str, place: Option<&Place>) -> FindingKey {
    let heading = place.and_then(|place| place.table.as_deref().or(place.section.as_deref()));
    let parts = [code, what, &heading.map(without_number).unwrap_or_default()];
    FindingKey(parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(BETWEEN))
}

/// What stands at a spot: a figure by its meaning, words as they are.
fn stands(spot: &Spot) -> String {
    match (&spot.figure, &spot.words) {
        (Some(figure), _) => figure.subject.as_ref().map(meant).unwrap_or_default(),
        (None, Some(quoted)) => words(&quoted.text),
        (None, None) => String::new(),
    }
}

fn said(ledger: &Ledger<'_>, claim: &Claim) -> String {
    let meaning = claim.meanings.first().map(|meaning| ledger.canonical(meaning)).unwrap_or_default();
    let (kind, against) = match &claim.statement {
        Statement::Absent => ("absent", None),
        Statement::Present => ("present", None),
        Statement::Up(against) => ("up", Some(against)),
        Statement::Down(against) => ("down", Some(against)),
        Statement::Level(against) => ("level", Some(against)),
        Statement::Cause(against, _) => ("cause", Some(against)),
        Statement::CauseMissing(against) => ("cause-missing", Some(against)),
    };
    format!("{meaning}:{kind}{}", against.map_or("", |against| compared(*against)))
}

/// Meaning and measure.
fn meant(subject: &Subject) -> String {
    let meaning = &subject.meaning;
    match &subject.measure {
        Measure::Amount | Measure::Count => meaning.to_string(),
        Measure::Change(against) => format!("{meaning}:change{}", compared(*against)),
        Measure::Growth(against) => format!("{meaning}:growth{}", compared(*against)),
        Measure::Share { of } => format!("{meaning}:share:{of}"),
        Measure::Completion(against) => format!("{meaning}:completion{}", compared(*against)),
        Measure::Score => format!("{meaning}:score"),
    }
}

const fn compared(against: Against) -> &'static str {
    match against {
        Against::PriorYear => "-prior",
        Against::InitialBudget => "-initial",
        Against::FullYearBudget => "-full-year",
    }
}

/// Letters and digits of the beginning.
fn words(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).take(LONGEST).collect()
}

/// A heading without blanks and without the numbers before it: `（二）`, `六、`, `3.`, `第三部分`, `表5`.
fn without_number(heading: &str) -> String {
    let mut rest: String = heading.chars().filter(|c| !c.is_whitespace()).collect();
    loop {
        // Compared sign by sign, so that what is cut off is counted in the signs that stand there.
        let compared: Vec<char> = rest.chars().map(|c| form::compared(c).unwrap_or(c)).collect();
        let Some(length) = Ordinal::at(&compared).map(|own| own.length).or_else(|| labelled(&compared)) else {
            return rest;
        };
        let marks = compared.iter().skip(length).take_while(|c| MARKS.contains(*c)).count();
        if length + marks >= compared.len() {
            return rest;
        }
        rest = rest.chars().skip(length + marks).collect();
    }
}

/// The length of `第三部分` and `表5` at the beginning.
fn labelled(compared: &[char]) -> Option<usize> {
    let begins = |at: usize, words: &[&str]| -> Option<usize> {
        let rest = compared.get(at..)?;
        let fits = |word: &&&str| word.chars().eq(rest.iter().copied().take(word.chars().count()));
        words.iter().find(fits).map(|word| word.chars().count())
    };
    let word = begins(0, &LABELS)?;
    // Digits or numerals, not one behind the other: 表5一般公共预算…
    let run = |fits: fn(char) -> bool| compared.iter().skip(word).take_while(|c| fits(**c)).count();
    let number = run(|c| c.is_ascii_digit()).max(run(numeral::counts));
    (number > 0).then(|| word + number + begins(word + number, &PARTS).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_is_the_same_under_another_number() {
        for (heading, bare) in [
            ("六、基本支出决算情况说明", "基本支出决算情况说明"),
            ("（一） “三公”经费总体情况", "“三公”经费总体情况"),
            ("第三部分 2023年度部门决算情况说明", "2023年度部门决算情况说明"),
            ("表5 一般公共预算财政拨款支出决算表", "一般公共预算财政拨款支出决算表"),
            ("三公经费支出决算情况说明", "三公经费支出决算情况说明"),
            ("十一、", "十一、"),
            ("附件2：二、整体自评", "整体自评"),
            ("3.5万元以上的设备", "3.5万元以上的设备"),
            ("表5", "表5"),
        ] {
            assert_eq!(without_number(heading), bare);
        }
    }
}

//! How the value of an indicator came about, where a text or the form itself tells it: `17÷18×100%=94.44%`.

use std::collections::BTreeMap;

use juesuan_model::{Evaluation, Stands};

/// Without these it is no formula of a rate.
const MARKS: [&str; 2] = ["÷", "×100%"];
/// Characters that formulas are made of.
const SIGNS: &str = "0123456789.()%÷×+-=";

/// Gives the indicators of forms the formulas that reports and `notes` below forms tell behind their names; a note stands
/// with its project.
pub(super) fn complete(evaluations: &mut [Evaluation], notes: Vec<(String, String)>) {
    let mut told: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (project, note) in notes {
        told.entry(project).or_default().push(note);
    }
    for evaluation in evaluations.iter().filter(|evaluation| evaluation.stands != Stands::Summary) {
        let texts = evaluation.says.values().map(|told| &told.text).filter(|text| text.contains(MARKS[0]));
        told.entry(evaluation.project.clone()).or_default().extend(texts.cloned());
    }
    for form in evaluations.iter_mut().filter(|evaluation| evaluation.stands == Stands::Form) {
        let Some(texts) = told.get(&form.project) else { continue };
        for indicator in form.indicators.iter_mut().filter(|indicator| indicator.formula.is_empty()) {
            let found = texts.iter().find_map(|text| behind(text, indicator.name()));
            indicator.formula = found.unwrap_or_default();
        }
    }
}

/// The formula in the clause that begins with a name.
fn behind(text: &str, name: &str) -> Option<String> {
    if name.is_empty() {
        return None;
    }
    text.match_indices(name).find_map(|(at, _)| {
        let begins = text.get(..at)?.chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        let rest = text.get(at + name.len()..)?;
        let goes_on = rest.chars().next().is_some_and(|c| c.is_alphabetic());
        let clause = rest.split(['；', '。']).next().filter(|_| begins && !goes_on)?;
        let mut parts = clause.split(|c: char| !SIGNS.contains(c));
        let formula = parts.find(|part| MARKS.iter().all(|mark| part.contains(mark)))?;
        Some(balanced(formula).to_owned())
    })
}

/// Without the bracket that closes what stands around a formula.
fn balanced(formula: &str) -> &str {
    let count = |bracket| formula.matches(bracket).count();
    if count(')') > count('(') { formula.strip_suffix(')').unwrap_or(formula) } else { formula }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_stands_in_the_clause_of_its_indicator() {
        let text = "运行成本：公用经费控制率(指标值≤100%，实际69.28%，70.99÷102.47×100%=69.28%)；预算调整率(指标值≤5%，实际30.58%，(934.38-715.58)÷715.58×100%=30.58%)。";
        assert_eq!(behind(text, "公用经费控制率").as_deref(), Some("70.99÷102.47×100%=69.28%"));
        assert_eq!(behind(text, "预算调整率").as_deref(), Some("(934.38-715.58)÷715.58×100%=30.58%"));
        // Part of another name, and a name without a formula.
        assert_eq!(behind(text, "控制率"), None);
        assert_eq!(behind("在职人员控制率(指标值≤100%，实际94.44%)；甲率(5÷6×100%)", "在职人员控制率"), None);
    }
}

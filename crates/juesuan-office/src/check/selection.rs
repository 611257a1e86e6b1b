//! Which laws and rules a run speaks of.

use juesuan_catalog::Catalog;
use juesuan_model::Severity;
use juesuan_write::report::{Checked, Documents as _, LeftOut};

use crate::error::Error;
use crate::shelf::Shelf;

/// Stands for every code.
const ALL: &str = "ALL";
/// So many of what is no code are told at once.
const STRANGE_MAX: usize = 20;

/// What is asked for and what is not, by codes or their beginnings: `LW001`, `LW`, `ALL`. The longest that fits a code decides
/// on it; of two alike the one that takes it out. Nothing asked for is everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    select: Vec<String>,
    ignore: Vec<String>,
}

impl Selection {
    /// A selection by what the catalogue has.
    ///
    /// # Errors
    /// What no code begins with, the first of it at once.
    pub fn new(select: &[String], ignore: &[String], catalog: &Catalog) -> Result<Selection, Error> {
        let codes: Vec<String> = juesuan_check::rules(catalog).into_iter().map(|rule| rule.code.to_owned()).collect();
        let written = |given: &[String]| -> Vec<String> {
            given.iter().map(|code| code.trim().to_ascii_uppercase()).filter(|code| !code.is_empty()).collect()
        };
        let (select, ignore) = (written(select), written(ignore));
        let known = |code: &&String| *code == ALL || codes.iter().any(|known| known.starts_with(code.as_str()));
        let strange = select.iter().chain(&ignore).filter(|code| !known(code)).take(STRANGE_MAX);
        let strange: Vec<String> = strange.cloned().collect();
        if strange.is_empty() { Ok(Selection { select, ignore }) } else { Err(Error::NoRule(strange)) }
    }

    /// Whether the run speaks of this code.
    pub fn takes(&self, code: &str) -> bool {
        let reach = |given: &[String]| {
            let fits = |own: &&String| *own == ALL || code.starts_with(own.as_str());
            given.iter().filter(fits).map(|own| if own == ALL { 0 } else { own.len() }).max()
        };
        let selected = if self.select.is_empty() { Some(0) } else { reach(&self.select) };
        selected.is_some() && reach(&self.ignore).is_none_or(|ignored| selected > Some(ignored))
    }

    /// Takes what is not asked for out of what was found, and says how much it was.
    pub(super) fn apply(&self, shelf: &mut Shelf) -> Result<(), Error> {
        if *self == Selection::default() {
            return Ok(());
        }
        (0..shelf.count()).try_for_each(|number| shelf.amend(number, |document| self.reduce(document)))
    }

    fn reduce(&self, document: &mut Checked) {
        let report = &mut document.report;
        report.relations.retain(|relation| self.takes(&relation.code));
        let taken = report.findings.extract_if(.., |finding| !self.takes(&finding.code));
        let mut left_out = LeftOut::default();
        for finding in taken {
            left_out.findings += 1;
            left_out.errors += usize::from(finding.severity == Severity::Error);
        }
        document.left_out = Some(left_out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn selection(select: &[&str], ignore: &[&str]) -> Selection {
        let owned = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect::<Vec<_>>();
        Selection::new(&owned(select), &owned(ignore), &Catalog::load(&[]).unwrap()).unwrap()
    }

    #[test]
    fn the_longer_beginning_decides_and_of_two_alike_the_one_that_takes_out() {
        let all = selection(&[], &["lw"]);
        assert!(!all.takes("LW001") && all.takes("WD101"));
        let some = selection(&["LW", "WD101"], &["LW003"]);
        assert!(some.takes("LW001") && !some.takes("LW003") && some.takes("WD101") && !some.takes("WD102"));
        assert!(selection(&["LW003"], &["LW"]).takes("LW003"));
        assert!(!selection(&["LW003"], &["LW003"]).takes("LW003"));
        assert!(!selection(&["ALL"], &["ALL"]).takes("LW003"));
    }

    #[test]
    fn codes_that_no_rule_has_are_named_all_at_once() {
        let given = ["LW".to_owned(), "QQ".to_owned(), "LW999".to_owned()];
        let error = Selection::new(&given, &[], &Catalog::load(&[]).unwrap()).unwrap_err();
        assert_eq!(error.to_string(), "没有以“QQ”“LW999”开头的规则代码；juesuan rules 列出全部规则");
    }
}

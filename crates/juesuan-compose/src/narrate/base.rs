//! What this year is compared with: the body's own last year, that of the bodies it was made of, or nothing.

use juesuan_catalog::{Catalog, LastYearFrom};
use juesuan_facts::{Department, Facts};
use juesuan_model::{Dimension, Scope};

/// What stands for last year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Base {
    /// True if figures are compared with last year's.
    pub is_compared: bool,
    /// What is said where they would be compared and are not.
    pub none: Option<String>,
    /// What is said of last year's figures, if they are not simply those of the same body.
    pub told: Option<String>,
}

impl Base {
    /// For a body and what is known of it. A part that was taken out of another body is compared only with figures that somebody gave.
    pub fn new(department: &Department, facts: &Facts, catalog: &Catalog) -> Base {
        let known = department.formed.as_ref().and_then(|formed| Some((formed, catalog.origins.get(&formed.origin)?)));
        let Some((formed, origin)) = known else { return Base { is_compared: true, ..Base::default() } };
        let is_compared = match formed.last_year {
            LastYearFrom::None => false,
            LastYearFrom::Sum => true,
            LastYearFrom::Own => origin.none.is_empty() || has_last_year(department, facts),
        };
        let body = match department.entity().scope {
            Scope::Unit => &catalog.origins.unit,
            _ => &catalog.origins.department,
        };
        let told = |sentence: &str| {
            Some(sentence).filter(|text| !text.is_empty()).map(|text| formed.told(text, body, department.year))
        };
        Base {
            is_compared,
            none: if is_compared { None } else { told(&origin.none) },
            told: if is_compared { told(&origin.base) } else { None },
        }
    }
}

/// True if a figure of last year's accounts was stated.
fn has_last_year(department: &Department, facts: &Facts) -> bool {
    let last = department.year.saturating_sub(1).to_string();
    let mut years = facts.stated().filter(|(own, _)| own.get(Dimension::Stage).is_none());
    years.any(|(own, _)| own.get(Dimension::Year) == Some(last.as_str()))
}

//! Findings that somebody answers for.

use juesuan_catalog::Catalog;
use juesuan_check::Named;
use juesuan_check::waiver::{self, Waiver};
use juesuan_model::package::Report;
use juesuan_text::Day;
use juesuan_write::report::{Checked, Waived};

use crate::error::Error;

/// A file of waivers.
#[derive(Clone, Debug)]
pub struct Waivers {
    name: String,
    list: Vec<Waiver>,
}

impl Waivers {
    /// Reads the text of a file of waivers, called `name`.
    ///
    /// # Errors
    /// A text that is no such file, with its line.
    pub fn parse(name: impl Into<String>, text: &str) -> Result<Waivers, Error> {
        let name = name.into();
        let list = waiver::parse(text, &name).map_err(Error::Waivers)?;
        Ok(Waivers { name, list })
    }

    /// Takes out what the waivers fit.
    pub(super) fn apply(&self, checked: &mut [Checked], today: Option<Day>, catalog: &Catalog) {
        let mut reports: Vec<Report> = checked.iter_mut().map(|checked| std::mem::take(&mut checked.report)).collect();
        let documents: Vec<Named<'_>> =
            checked.iter().map(|checked| Named { file: &checked.file, package: &checked.package }).collect();
        let waived = waiver::apply(&self.list, &self.name, &documents, &mut reports, today, catalog);
        for (checked, report) in checked.iter_mut().zip(reports) {
            checked.report = report;
        }
        for one in waived {
            if let Some(checked) = checked.get_mut(one.document) {
                checked.waived.push(Waived {
                    finding: one.finding,
                    person: one.waiver.person,
                    reason: one.waiver.reason,
                    until: one.waiver.until,
                });
            }
        }
    }
}

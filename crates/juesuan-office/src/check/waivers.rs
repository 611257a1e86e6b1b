//! Findings that somebody answers for.

use juesuan_catalog::Catalog;
use juesuan_check::Card;
use juesuan_check::waiver::{self, Desk, Waiver};
use juesuan_text::Day;
use juesuan_write::report::Waived;

use crate::error::Error;
use crate::shelf::Shelf;

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

    /// Takes out what the waivers fit, then says what is wrong with the waivers.
    pub(super) fn apply(
        &self,
        (shelf, cards): (&mut Shelf, &[Card]),
        today: Option<Day>,
        catalog: &Catalog,
    ) -> Result<(), Error> {
        let documents = cards.iter().map(|card| (card.file.as_str(), card.entity.name.as_str()));
        let mut desk = Desk::new((&self.list, &self.name), documents, today, catalog);
        for number in desk.concerned() {
            shelf.amend(number, |checked| {
                let taken = desk.take(number, &mut checked.report);
                checked.waived.extend(taken.into_iter().map(|(finding, waiver)| Waived {
                    finding,
                    person: waiver.person,
                    reason: waiver.reason,
                    until: waiver.until,
                }));
            })?;
        }
        for number in desk.homes().into_iter().filter(|number| *number < cards.len()) {
            shelf.amend(number, |checked| desk.judge(number, &mut checked.report))?;
        }
        Ok(())
    }
}

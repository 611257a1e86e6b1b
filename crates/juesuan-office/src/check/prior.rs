//! Documents of earlier years: whose they must be.

use std::fmt;

use juesuan_catalog::Catalog;
use juesuan_check::Card;
use juesuan_model::{DocumentKind, Place, Problem};
use juesuan_read::Files;
use juesuan_write::report::kind;

use crate::documents::{Detail, Found, Seen, each_in};
use crate::error::Error;
use crate::job::{Job, Phase};
use crate::shelf::Shelf;

/// A document of an earlier year that is of none of the bodies checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stranger {
    /// Its file.
    pub file: String,
    /// Whose it is.
    pub name: String,
    /// What it is.
    pub kind: String,
}

impl fmt::Display for Stranger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "--prior 的 {} 是{}的{}", self.file, self.name, self.kind)
    }
}

/// Documents of earlier years that are compared with and not checked.
pub(super) fn read(trees: &[&dyn Files], catalog: &Catalog, job: Job<'_>) -> Result<Vec<Seen>, Error> {
    let mut out = Vec::new();
    if trees.is_empty() {
        return Ok(out);
    }
    each_in(Phase::ReadingPrior, trees, catalog, job, Detail::Result, |found| match found {
        Found::Document(seen) => {
            out.push(*seen);
            Ok(())
        }
        Found::Refused(problem) => Err(Error::Prior(problem)),
        Found::Skipped(_) => Ok(()),
    })?;
    // Of two of one year the first is compared with: which that is does not depend on how they were given.
    out.sort_by(|one, other| one.file.cmp(&other.file));
    Ok(out)
}

/// The prior documents that are of none of the bodies checked: each is told of at the documents that are left without one, or
/// given back where there are none.
pub(super) fn strangers(
    prior: &[Seen],
    (shelf, cards): (&mut Shelf, &[Card]),
    catalog: &Catalog,
) -> Result<Vec<Stranger>, Error> {
    let fits = |prior: &Seen, one: &Card| juesuan_check::may_be_prior(&prior.package.entity, &one.entity, catalog);
    let subjects: Vec<(usize, &Card)> = cards
        .iter()
        .enumerate()
        .filter(|(_, one)| matches!(one.kind, DocumentKind::Final | DocumentKind::Budget))
        .collect();
    let alone = subjects.iter().filter(|(_, one)| !prior.iter().any(|prior| fits(prior, one)));
    let alone: Vec<(usize, &Card)> = alone.copied().collect();
    let mut out = Vec::new();
    for stranger in prior {
        if subjects.iter().any(|(_, one)| fits(stranger, one)) {
            continue;
        }
        let what = Stranger {
            file: stranger.file.clone(),
            name: stranger.package.entity.name.clone(),
            kind: kind(&stranger.package).to_owned(),
        };
        for (number, one) in &alone {
            shelf.amend(*number, |checked| {
                let own = format!("{}的{}", one.entity.name, kind(&checked.package));
                let message = format!("{what}，不是{own}，没有用来核对；请给同一单位、同一范围的上年文件");
                checked.problems.push(Problem::doubt(Place::default(), message));
            })?;
        }
        if alone.is_empty() {
            out.push(what);
        }
    }
    Ok(out)
}

//! Documents of earlier years: whose they must be.

use std::fmt;

use juesuan_catalog::Catalog;
use juesuan_model::{DocumentKind, Place, Problem};
use juesuan_read::Files;
use juesuan_write::report::{Checked, kind};

use crate::documents::{Detail, Found, Seen, each_in};
use crate::error::Error;
use crate::job::{Job, Phase};

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
    Ok(out)
}

/// The prior documents that are of none of the bodies checked: each is told of at the documents that are left without one, or
/// given back where there are none.
pub(super) fn strangers(prior: &[Seen], checked: &mut [Checked], catalog: &Catalog) -> Vec<Stranger> {
    let fits = |prior: &Seen, one: &Checked| juesuan_check::may_be_prior(&prior.package, &one.package, catalog);
    let subject = |one: &Checked| matches!(one.package.kind, DocumentKind::Final | DocumentKind::Budget);
    let mut out = Vec::new();
    for stranger in prior {
        if checked.iter().any(|one| subject(one) && fits(stranger, one)) {
            continue;
        }
        let what = Stranger {
            file: stranger.file.clone(),
            name: stranger.package.entity.name.clone(),
            kind: kind(&stranger.package).to_owned(),
        };
        let mut told = false;
        for one in checked.iter_mut().filter(|one| subject(one)) {
            if prior.iter().any(|prior| fits(prior, one)) {
                continue;
            }
            told = true;
            let own = format!("{}的{}", one.package.entity.name, kind(&one.package));
            let message = format!("{what}，不是{own}，没有用来核对；请给同一单位、同一范围的上年文件");
            one.problems.push(Problem::doubt(Place::default(), message));
        }
        if !told {
            out.push(what);
        }
    }
    out
}

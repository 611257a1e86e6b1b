//! Documents of earlier years: whose they must be.

use anyhow::Result;
use juesuan_catalog::Catalog;
use juesuan_model::{Kind, Place, Problem};
use juesuan_write::report::Checked;

use crate::check::sources::{Found, Seen, each};
use crate::check::summary::kind_words;
use crate::cli::Check;
use crate::exit::{Exit, Refused};
use crate::terminal;

/// Documents of earlier years that are compared with and not checked.
///
/// # Errors
/// A path that does not exist, and a document that cannot be read.
pub(super) fn read(options: &Check, catalog: &Catalog) -> Result<Vec<Seen>> {
    let mut out = Vec::new();
    each(&options.prior, catalog, |found| match found {
        Found::Document(seen) => {
            out.push(*seen);
            Ok(())
        }
        Found::Refused(problem) => Err(Refused::error(Exit::Unread, problem.to_string())),
        Found::Skipped(_) => Ok(()),
    })?;
    Ok(out)
}

/// Tells of every prior document that is of none of the bodies checked, at the documents that are left without one.
pub(super) fn refuse_strangers(prior: &[Seen], checked: &mut [Checked], catalog: &Catalog) {
    let fits = |prior: &Seen, one: &Checked| juesuan_check::may_be_prior(&prior.package, &one.package, catalog);
    let subject = |one: &Checked| matches!(one.package.kind, Kind::Final | Kind::Budget);
    for stranger in prior {
        if checked.iter().any(|one| subject(one) && fits(stranger, one)) {
            continue;
        }
        let what = format!(
            "--prior 的 {} 是{}的{}",
            stranger.file,
            stranger.package.entity.name,
            kind_words(&stranger.package)
        );
        let mut told = false;
        for one in checked.iter_mut().filter(|one| subject(one)) {
            if prior.iter().any(|prior| fits(prior, one)) {
                continue;
            }
            told = true;
            let own = format!("{}的{}", one.package.entity.name, kind_words(&one.package));
            let message = format!("{what}，不是{own}，没有用来核对；请给同一单位、同一范围的上年文件");
            one.problems.push(Problem::doubt(Place::default(), message));
        }
        if !told {
            terminal::warn(format!("{what}，不是所核对的单位的，没有用来核对"));
        }
    }
}

//! How the points of a project or of the whole came about.

use anyhow::Result;
use juesuan_catalog::Catalog;
use juesuan_office::State;
use juesuan_office::evaluate::{Explanation, explain};
use juesuan_read::Disk;

use super::overview::NOT_EVALUATED;
use super::refused;
use crate::cli::Evaluate;
use crate::terminal;

/// Explains `name` in every evaluation of the folder that has it.
pub fn run(options: &Evaluate, name: &str, catalog: &Catalog) -> Result<State> {
    match terminal::watched(|job| explain(&Disk::new(&options.folder), name, catalog, job)) {
        Ok(Explanation::Found { bodies, several, state }) => {
            for (body, lines) in bodies {
                if several {
                    terminal::say(&body);
                }
                lines.iter().for_each(terminal::say);
            }
            Ok(state)
        }
        Ok(Explanation::Unknown { near, known }) => {
            terminal::warn(format!("没有评价“{}”{near}。可以写：{}", name.trim(), known.join("、")));
            Ok(State::Misuse)
        }
        Err(error) => refused(error, NOT_EVALUATED),
    }
}

//! `juesuan evaluate`: the performance of a department – points and grades, documents, monitoring, the bulletin of tasks.
//!
//! - `overview` what was budgeted, spent and scored, and the documents of performance alone
//! - `explain` how points came about
//! - `monitor` during the year; `bulletin` the tasks of a quarter

mod bulletin;
mod explain;
mod monitor;
mod overview;

use std::path::Path;

use anyhow::Result;
use juesuan_catalog::Catalog;
use juesuan_model::Problem;
use juesuan_office::evaluate::own_problems;
use juesuan_office::folder::refuse_inside;
use juesuan_office::{Error, State};

use crate::cli::Evaluate;
use crate::exit::Refused;
use crate::output::Wanted;
use crate::terminal;

/// Evaluates and shows what was asked for.
pub fn run(options: &Evaluate, catalog: &Catalog) -> Result<State> {
    if let Some(out) = &options.out {
        refuse_inside(out, &options.folder)?;
    }
    if let Some(quarter) = options.bulletin {
        let Some(date) = options.date else {
            let message = format!(
                "督办通报要写明算到哪一天，请加 --date，例如 --date {}：这一天以前到期而没有办结的是逾期，与今天是哪一天无关",
                quarter.last()
            );
            return Err(Refused::error(State::Misuse, message));
        };
        return bulletin::run(options, quarter, date, catalog);
    }
    match (&options.explain, options.monitor) {
        (Some(name), _) => explain::run(options, name, catalog),
        (None, Some(month)) => monitor::run(options, month, catalog),
        (None, None) => overview::run(options, catalog),
    }
}

/// Says why there is nothing to show; `consequence` is said below the faults of the input.
fn refused(error: Error, consequence: &str) -> Result<State> {
    match error {
        Error::Inputs(problems) => {
            terminal::problems(&problems);
            if !consequence.is_empty() {
                terminal::warn(consequence);
            }
            Ok(State::Unread)
        }
        Error::NothingEntered => {
            terminal::warn(
                "没有评价：performance/ 里没有填好的表。请至少填写项目表和绩效指标表，指标可以用 juesuan indicators 查；空表用 juesuan new 补建。",
            );
            Ok(State::Unread)
        }
        error => Err(error.into()),
    }
}

/// Says the problems of performance and registers; of the others only that there are some.
fn problems(problems: &[Problem]) {
    let (own, others) = own_problems(problems);
    terminal::problems(&own);
    if others > 0 {
        terminal::warn(format!("另有 {others} 处要核实的与绩效无关，juesuan compile 逐处列出。"));
    }
}

/// Where the documents go.
fn wanted<'a>(options: &'a Evaluate, out: &'a Path) -> Wanted<'a> {
    Wanted { out, formats: &options.formats, fonts: &options.fonts }
}

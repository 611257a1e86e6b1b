//! `juesuan evaluate`: the performance of a department – points and grades, documents, monitoring, the bulletin of tasks.
//!
//! - `overview` what was budgeted, spent and scored, and the documents of performance alone
//! - `explain` how points came about
//! - `monitor` during the year; `bulletin` the tasks of a quarter

mod bulletin;
mod explain;
mod monitor;
mod overview;

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use juesuan_catalog::Catalog;
use juesuan_compile::inputs::Filing;
use juesuan_compile::performance::Campaign;
use juesuan_compile::{Accounts, Tail, accounts};
use juesuan_model::package::Report;
use juesuan_model::{Gravity, Package, Problem};

use crate::cli::Evaluate;
use crate::exit::{Exit, Refused};
use crate::folder::refuse_inside;
use crate::issue::{Issue, Target};
use crate::terminal;

/// Folders whose problems concern the evaluation.
const OWN_FOLDERS: [&str; 2] = ["performance", "registers"];

/// Evaluates and shows what was asked for.
pub fn run(options: &Evaluate, catalog: &Catalog) -> Result<Exit> {
    if let Some(out) = &options.out {
        refuse_inside(out, &options.folder)?;
    }
    if let Some(quarter) = options.bulletin {
        let Some(date) = options.date else {
            let message = format!(
                "督办通报要写明算到哪一天，请加 --date，例如 --date {}：这一天以前到期而没有办结的是逾期，与今天是哪一天无关",
                quarter.last()
            );
            return Err(Refused::error(Exit::Usage, message));
        };
        return bulletin::run(options, quarter, date, catalog);
    }
    if let Some(month) = options.monitor.filter(|_| options.explain.is_none()) {
        return monitor::run(options, month, catalog);
    }
    let progress = terminal::progress();
    progress.set_message("读取输入");
    let made = match accounts(&options.folder, catalog, Tail::Keep) {
        Ok(made) => made,
        Err(problems) => {
            progress.finish_and_clear();
            terminal::problems(&problems);
            terminal::warn("没有评价：请先改正以上输入错误。没有写入任何文件。");
            return Ok(Exit::Unread);
        }
    };
    if campaigns(&made).next().is_none() {
        progress.finish_and_clear();
        return Ok(nothing_entered());
    }
    match &options.explain {
        Some(name) => {
            progress.finish_and_clear();
            explain::run(name, &made)
        }
        None => overview::run(options, &made, catalog, &progress),
    }
}

/// Says that there is nothing to evaluate, and what to do about it.
fn nothing_entered() -> Exit {
    terminal::warn(
        "没有评价：performance/ 里没有填好的表。请至少填写项目表和绩效指标表，指标可以用 juesuan indicators 查；空表用 juesuan new 补建。",
    );
    Exit::Unread
}

/// The evaluations of a folder: whose, the package that tells of it, and what it is.
fn campaigns(made: &Accounts) -> impl Iterator<Item = (&Package, &Campaign)> {
    let department = made.campaign.iter().map(|campaign| (&made.department, campaign));
    let of_unit = |unit| made.unit_campaigns.get(unit);
    department.chain(made.units.iter().filter_map(move |unit| Some((unit, of_unit(&unit.entity.name)?))))
}

/// Says the problems of performance and registers; of the others only that there are some. True if sources contradict
/// each other.
fn problems(problems: &[Problem]) -> bool {
    let own = |problem: &&Problem| {
        let file = problem.place.file.as_deref().unwrap_or_default();
        file.is_empty() || file.split('/').any(|part| OWN_FOLDERS.contains(&part))
    };
    let (own, others): (Vec<&Problem>, Vec<&Problem>) = problems.iter().partition(own);
    let own: Vec<Problem> = own.into_iter().cloned().collect();
    terminal::problems(&own);
    if !others.is_empty() {
        terminal::warn(format!("另有 {} 处要核实的与绩效无关，juesuan compile 逐处列出。", others.len()));
    }
    own.iter().any(|problem| problem.gravity == Gravity::Contradiction)
}

/// A document that is for use inside the department and is not checked.
fn internal(folder: String, package: Package) -> Issue {
    Issue { folder, package, report: Report::default() }
}

/// Where the documents go, and what they are made from.
fn target<'a>(
    options: &'a Evaluate,
    out: &'a Path,
    (filing, inputs): (&'a Filing, &'a BTreeMap<String, String>),
) -> Target<'a> {
    Target { filing, inputs, out, formats: &options.formats, fonts: &options.fonts }
}

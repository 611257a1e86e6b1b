//! What was budgeted, spent and scored, for the whole and each project; and the documents of performance alone.

use anyhow::Result;
use juesuan_catalog::Catalog;
use juesuan_evaluate::Met;
use juesuan_evaluate::campaign::{Campaign, Subject};
use juesuan_facts::performance::WHOLE;
use juesuan_model::{Printed, Quantity};
use juesuan_office::State;
use juesuan_office::evaluate::overview;
use juesuan_office::publish::Found;
use juesuan_read::Disk;

use super::{problems, refused, wanted};
use crate::cli::Evaluate;
use crate::columns::columns;
use crate::output::{MadeFrom, said, verdict, write};
use crate::terminal;

/// Said below the faults of an input that cannot be evaluated.
pub const NOT_EVALUATED: &str = "没有评价：请先改正以上输入错误。没有写入任何文件。";
/// Printed where something is not known, and where there is nothing to print.
const UNKNOWN: &str = "未知";
const NOTHING: &str = "—";
/// Digits behind the point of a rate.
const RATE_DECIMALS: u8 = 2;
/// Columns of the table.
const HEAD: [&str; 7] = ["项目", "全年预算(万元)", "执行数(万元)", "执行率", "得分", "等级", "未完成"];

/// Shows the table, the problems and findings; writes the documents if an output folder was named.
pub fn run(options: &Evaluate, catalog: &Catalog) -> Result<State> {
    let made = match terminal::watched(|job| overview(&Disk::new(&options.folder), catalog, job)) {
        Ok(made) => made,
        Err(error) => return refused(error, NOT_EVALUATED),
    };
    problems(&made.accounts.problems);
    for (package, campaign) in made.campaigns() {
        terminal::say(format!("{}{}年度绩效自评", package.entity.name, package.entity.year));
        table(campaign);
    }
    said(&made.issues.iter().map(Found::from).collect::<Vec<Found>>());
    let state = made.state();
    let Some(out) = &options.out else {
        terminal::say("--explain 项目 逐项说明得分；--out 文件夹 写出自评报告和自评表。");
        return Ok(state);
    };
    let (filing, inputs) = (&made.accounts.filing, &made.accounts.digests);
    let from = MadeFrom { folder: &options.folder, filing, inputs };
    let published = write(made.issues, from, wanted(options, out), catalog)?;
    verdict(&published, &made.accounts, catalog);
    Ok(state.max(published.state))
}

/// One row for the whole and for each project; below it what was not met, and what nobody can say.
fn table(campaign: &Campaign) {
    let rows: Vec<Vec<String>> =
        std::iter::once(HEAD.map(str::to_owned).to_vec()).chain(campaign.subjects().map(row)).collect();
    let details = std::iter::once(Vec::new()).chain(campaign.subjects().map(details));
    for (line, details) in columns(&rows).into_iter().zip(details) {
        terminal::say(line);
        for detail in details {
            terminal::say(format!("　　{detail}"));
        }
    }
    if !campaign.secret.is_empty() {
        terminal::say(format!("另有涉密项目 {} 个，不列入。", campaign.secret.len()));
    }
}

fn row(subject: &Subject) -> Vec<String> {
    let money = |quantity| {
        let known = subject.amount(quantity).and_then(|amount| amount.money());
        known.map_or_else(|| UNKNOWN.to_owned(), |money| Printed::wan_yuan(money).digits())
    };
    let rate = subject.rate.map_or_else(|| UNKNOWN.to_owned(), |rate| format!("{}%", rate.digits(RATE_DECIMALS)));
    let unscored = if subject.is_scored() { UNKNOWN } else { NOTHING };
    let unmet = lines(subject, Met::Unmet).count();
    vec![
        subject.name(WHOLE).to_owned(),
        money(Quantity::FullYearBudget),
        money(Quantity::Executed),
        rate,
        subject.total.map_or_else(|| unscored.to_owned(), |total| total.to_string()),
        subject.grade.clone().unwrap_or_else(|| NOTHING.to_owned()),
        if unmet == 0 { "无".to_owned() } else { format!("{unmet}项") },
    ]
}

/// What was not met, and what nobody can say, with the reason.
fn details(subject: &Subject) -> Vec<String> {
    let told = |met, word: &'static str| {
        lines(subject, met).map(move |(name, steps)| format!("{word}　{name}：{steps}")).collect::<Vec<_>>()
    };
    [told(Met::Unmet, "未完成"), told(Met::Unknown, "不能评定")].concat()
}

/// The indicators that came out so, each with its steps.
fn lines(subject: &Subject, met: Met) -> impl Iterator<Item = (&str, &str)> {
    let own = subject.lines.iter().filter(move |line| line.outcome() == met);
    own.map(move |line| {
        let steps = if line.formula.is_empty() || met == Met::Unmet { &line.scored.steps } else { &line.formula };
        (line.name(), steps.as_str())
    })
}

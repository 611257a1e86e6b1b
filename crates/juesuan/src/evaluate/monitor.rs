//! The monitoring during the year.

use anyhow::Result;
use juesuan_catalog::Catalog;
use juesuan_evaluate::campaign::Monitoring;
use juesuan_evaluate::campaign::monitor::{Warning, Watched, WatchedTarget};
use juesuan_evaluate::{Light, LightKey};
use juesuan_facts::performance::WHOLE;
use juesuan_model::{Money, Package, Printed};
use juesuan_office::State;
use juesuan_office::evaluate::monitor;
use juesuan_read::Disk;

use super::{problems, refused, wanted};
use crate::cli::Evaluate;
use crate::columns::columns;
use crate::output::{MadeFrom, write};
use crate::terminal;

/// Printed where something is not known.
const UNKNOWN: &str = "未知";
/// Digits behind the point of rates.
const DECIMALS: u8 = 2;
/// Columns of the table.
const HEAD: [&str; 6] = ["项目", "全年预算(万元)", "累计执行数(万元)", "执行率", "资金", "指标：绿灯/有进度/全部"];

/// Shows the lights at the end of `month`, and writes the report if an output folder was named.
pub fn run(options: &Evaluate, month: u8, catalog: &Catalog) -> Result<State> {
    let made = match terminal::watched(|job| monitor(&Disk::new(&options.folder), month, catalog, job)) {
        Ok(made) => made,
        Err(error) => return refused(error, "没有监控：请先改正以上输入错误。没有写入任何文件。"),
    };
    problems(&made.problems);
    made.bodies.iter().zip(&made.issues).for_each(|(monitoring, issue)| show(monitoring, &issue.package));
    let Some(out) = &options.out else { return Ok(made.state) };
    let from = MadeFrom { folder: &options.folder, filing: &made.filing, inputs: &made.digests };
    Ok(made.state.max(write(made.issues, from, wanted(options, out), catalog)?.state))
}

/// Money and lights of each subject, what is not green with cause and measure, and how much nobody can say.
fn show(monitoring: &Monitoring, document: &Package) {
    terminal::say(document.document.title.concat());
    terminal::say(format!("时间进度 {}%", monitoring.time.digits(DECIMALS)));
    let rows = monitoring.subjects.iter().map(row);
    let rows: Vec<Vec<String>> = std::iter::once(HEAD.map(str::to_owned).to_vec()).chain(rows).collect();
    columns(&rows).iter().for_each(terminal::say);
    let (known, unknown): (Vec<Warning>, Vec<Warning>) =
        monitoring.warnings().partition(|warning| warning.key.is_some());
    for warning in known {
        let about = warning.target.map_or("资金", |target| &target.name);
        let Light { word, steps, .. } = warning.light();
        terminal::say(format!("{word}　{}　{about}：{steps}", name(warning.subject)));
        let told =
            |text: &str, what| if text.is_empty() { format!("请填写{what}") } else { format!("{what}：{text}") };
        let (reason, measure) = (told(warning.reason(), "偏差原因"), told(warning.measure(), "纠偏措施"));
        terminal::say(format!("　　{reason}；{measure}"));
    }
    if !unknown.is_empty() {
        terminal::say(format!("另有 {} 处没有填写到这个月的情况，不能判断。", unknown.len()));
    }
}

fn row(subject: &Watched) -> Vec<String> {
    let money =
        |money: Option<Money>| money.map_or_else(|| UNKNOWN.to_owned(), |money| Printed::wan_yuan(money).digits());
    let rate = subject.rate.map_or_else(|| UNKNOWN.to_owned(), |rate| format!("{}%", rate.digits(DECIMALS)));
    let light = if subject.light.key.is_some() { subject.light.word.as_str() } else { UNKNOWN };
    let judged: Vec<&WatchedTarget> = subject.targets.iter().filter(|target| target.light.key.is_some()).collect();
    let green = judged.iter().filter(|target| target.light.key == Some(LightKey::Green)).count();
    vec![
        name(subject).to_owned(),
        money(subject.budget.and_then(|budget| budget.money())),
        money(subject.executed),
        rate,
        light.to_owned(),
        format!("{green}/{}/{}", judged.len(), subject.targets.len()),
    ]
}

fn name(subject: &Watched) -> &str {
    if subject.project.is_empty() { WHOLE } else { &subject.project }
}

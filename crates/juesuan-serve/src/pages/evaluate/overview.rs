//! What was budgeted, spent and scored for the whole and each project, and how each point came about.

use askama::Template;
use juesuan_evaluate::Met;
use juesuan_evaluate::campaign::{Campaign, IndicatorLine, Subject, outcome};
use juesuan_model::{Number, Printed, Problem, Quantity};
use juesuan_office::evaluate::{Overview, own_problems};

use super::{Around, Tab};
use crate::fault::Fault;
use crate::page::{Frame, Room};

/// Digits behind the point of a rate.
const RATE_DECIMALS: u8 = 2;

/// A body that is evaluated.
struct Body<'o> {
    name: &'o str,
    year: u16,
    campaign: &'o Campaign,
}

#[derive(Template)]
#[template(path = "evaluate/overview.html")]
struct Page<'o> {
    frame: Frame,
    around: Around,
    bodies: Vec<Body<'o>>,
    problems: Vec<Problem>,
    /// How many others concern the accounts only.
    others: usize,
}

/// The page of all subjects.
pub fn page(around: Around, overview: &Overview) -> Result<String, Fault> {
    let (problems, others) = own_problems(&overview.accounts.problems);
    Ok(Page { frame: around.frame.clone(), around, bodies: bodies(overview), problems, others }.render()?)
}

#[derive(Template)]
#[template(path = "evaluate/subject.html")]
struct Single<'o> {
    frame: Frame,
    around: Around,
    body: &'o Body<'o>,
    subject: &'o Subject,
}

/// The page of one subject of one body: the whole for an empty name.
pub fn subject(around: Around, overview: &Overview, body: &str, project: &str) -> Result<String, Fault> {
    let bodies = bodies(overview);
    let body = bodies.iter().find(|own| own.name == body).ok_or(Fault::Missing)?;
    let subject = body.campaign.subject(project).ok_or(Fault::Missing)?;
    Ok(Single { frame: around.frame.clone(), around, body, subject }.render()?)
}

fn bodies(overview: &Overview) -> Vec<Body<'_>> {
    let of = overview.campaigns().map(|(package, campaign)| Body {
        name: &package.entity.name,
        year: package.entity.year,
        campaign,
    });
    of.collect()
}

/// 万元 with two decimals, where it is known.
fn money(subject: &Subject, quantity: Quantity) -> Option<String> {
    let amount = subject.amount(quantity)?.money()?;
    Some(Printed::wan_yuan(amount).digits())
}

fn rate(rate: &Number) -> String {
    rate.digits(RATE_DECIMALS)
}

/// Indicators that came out so.
fn lines(subject: &Subject, met: Met) -> Vec<&IndicatorLine> {
    outcome::lines(subject, met).collect()
}

/// The address of a subject below its folder.
fn address(body: &str, project: &str) -> String {
    serde_urlencoded::to_string([("body", body), ("project", project)]).unwrap_or_default()
}

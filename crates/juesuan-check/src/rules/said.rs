//! The values that a formula gives to its sentence.

use juesuan_catalog::formula::{Comparison, Condition, Field, Formula, Variable};
use juesuan_model::{Cited, Evaluation, FigureId, Indicator, Measure, Message, Money, Place, Printed, Said, Unit};

use super::evidence::{Evidence, member_place};
use super::quantified::patterns;
use crate::bodies::{of_project, of_projects};
use crate::case::Worth as _;
use crate::docket::FIGURE;
use crate::formula::{At, Stands, unit};

/// Characters of a text of which only the beginning is told.
pub(super) const BEGINNING: usize = 30;
/// Most figures named in a sentence.
const NAMED: usize = 8;

/// The sentence of a formula at a place.
pub(super) fn sentence(formula: &Formula, at: &At<'_, '_, '_>) -> Message {
    sentence_of(formula, at, None)
}

/// The same where the members that break it are known.
pub(super) fn sentence_of<'a>(formula: &Formula, at: &At<'_, '_, 'a>, members: Option<&[At<'_, '_, 'a>]>) -> Message {
    let mut names: Vec<&str> = formula.says.names().iter().map(|name| name.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    names.into_iter().fold(Message::new(formula.key.clone()), |message, name| {
        message.with_some(name.to_owned(), value(name, formula, at, members))
    })
}

/// What a name of a template stands for at a place.
fn value<'a>(name: &str, formula: &Formula, at: &At<'_, '_, 'a>, members: Option<&[At<'_, '_, 'a>]>) -> Option<Said> {
    let evaluation = at.evaluation();
    let ledger = at.docket.ledger;
    let witnesses = || members.map_or_else(|| breaking(formula, at), <[_]>::to_vec);
    match name {
        "自评" => evaluation.map(|e| e.project.as_str()).or(at.change().map(|c| c.project.as_str())).map(of_project),
        "自评表" => evaluation.map(|e| match e.is_whole() {
            true => Message::new("whole-form").into(),
            false => Said::name(&*e.project),
        }),
        "项目" => evaluation.map(|e| Said::name(&*e.project)),
        "指标" => {
            let own = at.indicator().or_else(|| witnesses().first().and_then(At::indicator));
            let changed = || at.change().map(|change| change.indicator.as_str());
            own.map(Indicator::name).or_else(changed).map(Said::name)
        }
        "各项目" => Some(projects(&witnesses())),
        "整体" => {
            let whole = witnesses().iter().filter_map(At::evaluation).any(Evaluation::is_whole);
            whole.then(|| of_project(""))
        }
        "资金总额" => evaluation.and_then(|e| e.funds.first()).map(|line| Said::name(&*line.name)),
        "等级应为" => at.grades().map(|(_, right)| Said::name(right)),
        "所写等级" => at.grades().map(|(named, _)| Said::name(named)),
        "左" | "右" => side(name == "左", formula, at),
        "各项" => Some(Said::list(added(formula, at))),
        "各指标" => {
            let names = witnesses();
            Some(Said::List(names.iter().filter_map(At::indicator).map(|i| Said::name(i.name())).collect()))
        }
        "项数" => Some(witnesses().len().into()),
        "多项数" => Some(witnesses().len()).filter(|count| *count > 1).map(Said::from),
        "个数" => counted(formula, at),
        "表" => at.table().map(|table| Said::name(&*table.title)),
        "何" => meant(at),
        "字样" => found(formula, at),
        "各数" => Some(Said::list(Evidence::of(formula, at).figures.into_iter().take(NAMED))),
        FIGURE => Evidence::of(formula, at).figures.first().map(|id| Said::from(*id)),
        "第二数" => Evidence::of(formula, at).figures.get(1).map(|id| Said::from(*id)),
        "对比" => at.figure().and_then(|(_, (_, measure))| match measure {
            Measure::Change(against) | Measure::Growth(against) | Measure::Completion(against) => {
                Some(Said::from(*against))
            }
            _ => None,
        }),
        "处" => member_place(at).map(Said::from),
        "上年" => Some(Said::name(ledger.last_year())),
        "本年" => Some(Said::name(ledger.package.entity.year.to_string())),
        _ => field(name, formula, at, &witnesses),
    }
}

/// The projects of members, each once.
fn projects(members: &[At<'_, '_, '_>]) -> Said {
    let mut names: Vec<&str> = Vec::new();
    for project in members.iter().filter_map(At::evaluation).map(|evaluation| evaluation.project.as_str()) {
        if !project.is_empty() && !names.contains(&project) {
            names.push(project);
        }
    }
    of_projects(&names)
}

/// What the claim that one is at speaks of.
fn meant(at: &At<'_, '_, '_>) -> Option<Said> {
    let ledger = at.docket.ledger;
    let meaning = ledger.package.claims.get(at.claim()?)?.meanings.first();
    let meaning = meaning.map(|meaning| ledger.canonical(meaning)).unwrap_or_default();
    Some(ledger.subject(&(meaning, Measure::Amount)).into())
}

/// What the patterns of a claim find in the text that one is at.
fn found(formula: &Formula, at: &At<'_, '_, '_>) -> Option<Said> {
    let text = at.telling(Field::Own)?.words;
    patterns(&formula.claim).into_iter().find_map(|key| at.found(key, &text)).map(Said::words)
}

/// The members that break a claim; else those that fulfil its condition.
fn breaking<'q, 'a>(formula: &Formula, at: &'q At<'_, '_, 'a>) -> Vec<At<'q, 'q, 'a>> {
    let of_claim = at.witnesses(&formula.claim);
    match &formula.when {
        Some(when) if of_claim.is_empty() => at.witnesses(when),
        _ => of_claim,
    }
}

/// What may stand behind the name of a text, and what is then told of it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Told {
    Value,
    /// 处: where it stands.
    Place,
    /// 略: its beginning.
    Short,
}

const TOLD: [(&str, Told); 3] = [("", Told::Value), ("处", Told::Place), ("略", Told::Short)];

/// A field of the member; where the member has none, that of the first member that breaks the claim.
fn field<'q, 'a: 'q>(
    name: &str,
    formula: &Formula,
    at: &At<'_, '_, 'a>,
    witnesses: &dyn Fn() -> Vec<At<'q, 'q, 'a>>,
) -> Option<Said> {
    let (field, told) = TOLD.iter().find_map(|(end, told)| {
        let name = name.strip_suffix(end)?;
        formula.fields().find(|(known, _)| *known == name).map(|(_, field)| (field, *told))
    })?;
    let here = |at: &At<'_, '_, '_>| match at.number(field).ok().flatten().and_then(|operand| operand.figure()) {
        Some(id) => Some(Said::Figure(Cited::Own(id))),
        None => text_said(field, told, at),
    };
    here(at).or_else(|| witnesses().first().and_then(here))
}

fn text_said(field: Field, told: Told, at: &At<'_, '_, '_>) -> Option<Said> {
    let text = at.telling(field)?;
    let place: Place = match (told, text.stands) {
        (Told::Value, _) => return Some(Said::words(text.words)),
        (Told::Short, _) => {
            return Some(Said::words(format!("{}…", text.words.chars().take(BEGINNING).collect::<String>())));
        }
        (Told::Place, Stands::Told(told)) => told.place.clone(),
        (Told::Place, Stands::Stretch(passage, from, to)) => at.passages().get(passage)?.place(from, to),
        (Told::Place, Stands::Member) => member_place(at)?.clone(),
    };
    Some(Said::from(place))
}

/// The first comparison of what is claimed.
fn compared(condition: &Condition) -> Option<&Comparison> {
    match condition {
        Condition::Compare(comparison) => Some(comparison),
        Condition::All(parts) | Condition::Any(parts) => parts.iter().find_map(compared),
        _ => None,
    }
}

/// What one side of the claim comes to.
fn side(left: bool, formula: &Formula, at: &At<'_, '_, '_>) -> Option<Said> {
    let sides = at.sides(compared(&formula.claim)?).ok()?;
    let (terms, ledger) = (if left { &sides.left } else { &sides.right }, at.docket.ledger);
    let unit = terms.iter().find_map(|term| unit(term, ledger))?;
    let total: i128 = terms.iter().map(|term| term.factor * term.operand.middle(ledger)).sum();
    printed(total / sides.scale, unit).map(Said::from)
}

/// A value for people: two decimals; money in 万元.
fn printed(value: i128, unit: Unit) -> Option<Printed> {
    if unit.fen().is_some() {
        return Some(Printed::wan_yuan(Money(i64::try_from(value).ok()?)));
    }
    if unit == Unit::Piece {
        return Some(Printed::count(i64::try_from(value).ok()?));
    }
    let step = juesuan_model::printed::STEPS_PER_PERCENT / 100;
    let half = if value < 0 { -step / 2 } else { step / 2 };
    Some(Printed { mantissa: i64::try_from((value + half) / step).ok()?, decimals: 2, unit })
}

/// The figures that the longer side of the claim adds up.
fn added(formula: &Formula, at: &At<'_, '_, '_>) -> Vec<FigureId> {
    let sides = compared(&formula.claim).and_then(|comparison| at.sides(comparison).ok());
    let parts = sides.map(|sides| if sides.left.len() > sides.right.len() { sides.left } else { sides.right });
    parts.into_iter().flatten().filter_map(|term| term.operand.figure()).collect()
}

/// The last number of members that the condition of a formula asks for.
fn counted(formula: &Formula, at: &At<'_, '_, '_>) -> Option<Said> {
    fn last(condition: &Condition) -> Option<&Comparison> {
        match condition {
            Condition::Compare(comparison) => {
                let counts = |named: &Option<Variable>| matches!(named, Some(Variable::Count(..)));
                comparison.left.iter().any(|product| counts(&product.of)).then_some(comparison)
            }
            Condition::All(parts) | Condition::Any(parts) => parts.iter().rev().find_map(last),
            _ => None,
        }
    }
    let sides = at.sides(last(formula.when.as_ref()?)?).ok()?;
    let count: i128 = sides.left.iter().map(|term| term.operand.middle(at.docket.ledger)).sum();
    usize::try_from(count).ok().map(Said::from)
}

//! Both sides of a relation, and what is between them.

use juesuan_catalog::template::{Filling, Lack, Name, Template, Values};
use juesuan_model::money::FEN_PER_YUAN;
use juesuan_model::printed::percent;
use juesuan_model::relation::{Form, Given, Operand, Sense, Share, Source, Term};
use juesuan_model::{DocumentKind, FigureId, Money, Printed, Reading, Relation, Unit, Verdict};

use super::Teller;
use super::figure::Seen;

/// Longest sum that is written out.
const WRITTEN_OUT: usize = 8;

/// A part of a relation by the name that templates use; `None` where its form has no such part.
pub(super) fn part(relation: &Relation, name: &str, teller: &Teller<'_>) -> Option<String> {
    match (&relation.form, name) {
        (Form::Linear { left, sense, right, .. }, _) => match name {
            "等式" => {
                let like = one_unit(left, right, teller);
                let (left, right) = (side(left, like, teller), side(right, like, teller));
                Some(format!("{left} {} {right}", sign(*sense, relation)))
            }
            "左式" => Some(in_words(left, teller)),
            "右式" => Some(in_words(right, teller)),
            "比" => Some(between(*sense, relation, teller)),
            _ => None,
        },
        (Form::Quotient { percent, shares }, "百分比式") => Some(quotient(*percent, shares, teller)),
        _ => None,
    }
}

/// `1062.85 ÷ (9859.38 − 1062.85) = 12.08%`: what is divided, and what that is, as the percentage is printed, where all of it is known.
fn quotient(of: FigureId, shares: &[Share], teller: &Teller<'_>) -> String {
    let terms = |factor: fn(&Share) -> i128| -> Vec<Term> {
        let own = shares.iter().filter(|share| factor(share) != 0);
        let mut out: Vec<Term> =
            own.map(|share| Term { operand: share.operand.clone(), factor: factor(share) }).collect();
        out.sort_by_key(|term| term.factor < 0);
        out
    };
    let (part, whole) = (terms(|share| share.part), terms(|share| share.whole));
    let like = one_unit(&part, &whole, teller);
    let written = |terms: &[Term]| {
        let text = side(terms, like, teller);
        if text.contains(' ') { format!("({text})") } else { text }
    };
    let divided = format!("{} ÷ {}", written(&part), written(&whole));
    let sum = |terms: &[Term]| terms.iter().map(|term| term.factor * middle(&term.operand, teller)).sum();
    let known = shares.iter().all(|share| printed(&share.operand, teller).is_some());
    let right = percent(sum(&part), sum(&whole)).filter(|_| known);
    match printed(&Operand::Figure(of), teller).zip(right) {
        Some((said, right)) => format!("{divided} = {}", said.nearest(right)),
        None => divided,
    }
}

/// The sign between two sums: as it should be, or as it is.
const fn sign(sense: Sense, relation: &Relation) -> &'static str {
    match (sense, relation.verdict) {
        (Sense::Equal, Verdict::Broken) => "≠",
        (Sense::Equal, _) if relation.tail => "≈",
        (Sense::Equal, _) => "=",
        (Sense::AtMost | Sense::Below, Verdict::Broken) => ">",
        (Sense::AtLeast | Sense::Above, Verdict::Broken) => "<",
        (Sense::AtMost, _) => "≤",
        (Sense::AtLeast, _) => "≥",
        (Sense::Below, _) => "<",
        (Sense::Above, _) => ">",
    }
}

/// The same in words.
fn between(sense: Sense, relation: &Relation, teller: &Teller<'_>) -> String {
    let words = &teller.catalog.report.sum;
    let word = match (sense, relation.verdict) {
        (Sense::Equal, Verdict::Holds) if relation.tail => &words.nearly_equal,
        (Sense::Equal, Verdict::Broken) => &words.not_equal,
        (Sense::Equal, _) => &words.equal,
        (Sense::AtMost, Verdict::Broken) | (Sense::Above, Verdict::Holds) => &words.more,
        (Sense::AtLeast, Verdict::Broken) | (Sense::Below, Verdict::Holds) => &words.less,
        (Sense::AtMost | Sense::Above, _) => &words.not_more,
        (Sense::AtLeast | Sense::Below, _) => &words.not_less,
    };
    word.clone()
}

/// The first figure of a relation, where amounts of several units meet in it: all are told in its unit, if none loses a digit.
fn one_unit(left: &[Term], right: &[Term], teller: &Teller<'_>) -> Option<Printed> {
    let terms = || left.iter().chain(right).filter_map(|term| printed(&term.operand, teller));
    let first = terms().next().filter(|first| first.unit.fen().is_some())?;
    let exact = |own: Printed| own.unit.fen().is_some() && first.nearest(own.middle()).middle() == own.middle();
    (terms().any(|own| own.unit != first.unit) && terms().all(exact)).then_some(first)
}

/// `905.31 + 16.65`; many are given by their number.
fn side(terms: &[Term], like: Option<Printed>, teller: &Teller<'_>) -> String {
    let shown: Vec<&Term> = terms.iter().filter(|term| middle(&term.operand, teller) != 0).collect();
    match shown.as_slice() {
        [] => terms.first().map_or_else(|| "0".to_owned(), |term| digits(&term.operand, like, teller)),
        many if many.len() > WRITTEN_OUT => {
            let sum: i128 = many.iter().map(|term| term.factor * middle(&term.operand, teller)).sum();
            let like = like.or_else(|| many.iter().find_map(|term| printed(&term.operand, teller)));
            let sum = like.map_or_else(|| sum.to_string(), |like| like.nearest(sum).digits());
            let count = many.len().to_string();
            Parts(&[("数", &sum), ("几", &count)]).by(&teller.catalog.report.sum.many)
        }
        few => {
            let mut out = String::new();
            for (number, term) in few.iter().enumerate() {
                let digits = multiple(term, like, teller);
                // Of two signs one is written, where another number stands before them.
                let (less, digits) = match digits.strip_prefix('-') {
                    Some(rest) if number > 0 || term.factor < 0 => (term.factor >= 0, rest),
                    _ => (term.factor < 0, digits.as_str()),
                };
                out.push_str(match (number, less) {
                    (0, false) => "",
                    (0, true) => "−",
                    (_, false) => " + ",
                    (_, true) => " − ",
                });
                out.push_str(digits);
            }
            out
        }
    }
}

/// A term without its sign; so much a piece is given in 万元.
fn multiple(term: &Term, like: Option<Printed>, teller: &Teller<'_>) -> String {
    let (factor, digits) = (term.factor.abs(), digits(&term.operand, like, teller));
    let counted = printed(&term.operand, teller).is_some_and(|printed| printed.unit == Unit::Piece);
    match factor {
        1 => digits,
        _ if counted && factor >= i128::from(FEN_PER_YUAN) => {
            let fen = i64::try_from(factor * middle(&term.operand, teller)).unwrap_or(i64::MAX);
            Printed::wan_yuan(Money(fen)).digits()
        }
        _ => format!("{factor}×{digits}"),
    }
}

/// A side with what each figure is: `基本支出754.19万元、项目支出151.12万元之和`.
fn in_words(terms: &[Term], teller: &Teller<'_>) -> String {
    let words = &teller.catalog.report.sum;
    let word = |term: &&Term| {
        let own = match &term.operand {
            Operand::Figure(id) => {
                let figure = Seen::own(*id, teller);
                figure.map(|figure| format!("{}{}", figure.label(teller), figure.stands(teller))).unwrap_or_default()
            }
            Operand::Given(given) => of_given(given, None, teller),
        };
        match term.factor.abs() {
            1 => own,
            _ => Parts(&[("数", &own), ("值", &multiple(term, None, teller))]).by(&words.counted),
        }
    };
    let (plus, minus): (Vec<&Term>, Vec<&Term>) = terms.iter().partition(|term| term.factor >= 0);
    let list = |terms: &[&Term]| terms.iter().map(word).collect::<Vec<_>>().join("、");
    let mut out = list(&plus);
    if plus.len() > 1 {
        out = Parts(&[("各项", &out)]).by(&words.plus);
    }
    if !minus.is_empty() {
        out.push_str(&Parts(&[("各项", &list(&minus))]).by(&words.minus));
    }
    out
}

/// The digits of an operand, in the unit of `like` where there is one.
fn digits(operand: &Operand, like: Option<Printed>, teller: &Teller<'_>) -> String {
    match (operand, like) {
        (Operand::Figure(_), Some(like)) => like.nearest(middle(operand, teller)).digits(),
        (Operand::Figure(id), None) => Seen::own(*id, teller).map(|figure| figure.digits(teller)).unwrap_or_default(),
        (Operand::Given(given), like) => of_given(given, like, teller),
    }
}

fn of_given(given: &Given, like: Option<Printed>, teller: &Teller<'_>) -> String {
    let told =
        |figure| like.map_or_else(|| Seen::shown(figure).digits(teller), |like| like.nearest(given.middle).digits());
    match &given.from {
        Source::Rule(printed) => printed.to_string(),
        Source::Beside(figure) => told(figure),
        Source::Earlier(figure) => {
            let words = &teller.catalog.report.sum;
            let budget = teller.package.kind == DocumentKind::Budget;
            let template = if budget { &words.earlier_budget } else { &words.earlier };
            Parts(&[("数", &told(figure)), ("年", &Seen::shown(figure).year().to_string())]).by(template)
        }
    }
}

/// The digits as if exact, in the integers of an interval.
fn middle(operand: &Operand, teller: &Teller<'_>) -> i128 {
    match operand {
        Operand::Figure(_) => printed(operand, teller).map_or(0, Printed::middle),
        Operand::Given(given) => given.middle,
    }
}

/// The print of an operand that is known.
fn printed(operand: &Operand, teller: &Teller<'_>) -> Option<Printed> {
    let reading = match operand {
        Operand::Figure(id) => teller.reading(*id),
        Operand::Given(Given { from: Source::Rule(printed), .. }) => return Some(*printed),
        Operand::Given(Given { from: Source::Earlier(figure) | Source::Beside(figure), .. }) => figure.reads,
    };
    match reading {
        Reading::Known(printed) => Some(printed),
        Reading::Unreadable | Reading::Absent => None,
    }
}

/// What templates of sums are filled with.
struct Parts<'p>(&'p [(&'p str, &'p str)]);

impl Parts<'_> {
    fn by(&self, template: &Template) -> String {
        template.fill(self, Lack::Word("")).map(|pieces| pieces.concat()).unwrap_or_default()
    }
}

impl Values for Parts<'_> {
    type Filled = String;

    fn value(&self, name: &Name) -> Filling<String> {
        let own = self.0.iter().find(|(own, _)| *own == name.name);
        own.map(|(_, text)| vec![(*text).to_owned()]).ok_or_else(Vec::new)
    }
}

//! Sums of numbers, figures and fields.

use juesuan_model::Unit;
use winnow::ascii::digit1;
use winnow::combinator::{alt, opt, preceded};
use winnow::error::ErrMode;
use winnow::prelude::*;
use winnow::stream::Location;
use winnow::token::take_till;

use super::parse::{condition, set};
use super::resolve::meaning;
use super::scope::{Input, Parsed, Refusal, Scope, blank, eat, name, need, other, refuse};
use super::{Comparison, Product, Reference, Sign, Tolerance, Variable};

/// Most digits of a number.
const DIGITS: usize = 12;

/// `sum sign sum`; what does not begin as a sum may be something else.
pub(super) fn comparison(input: &mut Input<'_>, scope: &Scope<'_>) -> Parsed<Comparison> {
    let left = sum(input, scope)?;
    let Some(sign) = sign(input)? else { return refuse("比较号（=、≤、≥、<、>、≠）") };
    let right = needed(sum(input, scope), || operands(scope))?;
    Ok(Comparison { left, sign, right, tolerance: tolerance(input)? })
}

/// What may stand where a number is needed.
fn operands(scope: &Scope<'_>) -> String {
    let known = scope.known();
    if known.is_empty() { "[名称]或数".to_owned() } else { format!("[名称]、数或：{known}") }
}

/// From here on nothing else can be meant.
fn needed<T>(parsed: Parsed<T>, expected: impl FnOnce() -> String) -> Parsed<T> {
    match parsed {
        Err(ErrMode::Backtrack(_)) => refuse(expected()),
        other => other,
    }
}

fn sign(input: &mut Input<'_>) -> Parsed<Option<Sign>> {
    const SIGNS: [(&[&str], Sign); 6] = [
        (&["≤", "≦", "<=", "＜＝", "＜="], Sign::AtMost),
        (&["≥", "≧", ">=", "＞＝", "＞="], Sign::AtLeast),
        (&["≠", "!=", "！＝", "<>"], Sign::Different),
        (&["=", "＝"], Sign::Equal),
        (&["<", "＜"], Sign::Less),
        (&[">", "＞"], Sign::More),
    ];
    // ⇔ and ⇒ are no signs in ASCII either.
    if input.starts_with("<=>") || input.starts_with("=>") {
        return Ok(None);
    }
    for (words, sign) in SIGNS {
        if eat(input, words)? {
            return Ok(Some(sign));
        }
    }
    Ok(None)
}

fn tolerance(input: &mut Input<'_>) -> Parsed<Option<Tolerance>> {
    const LEADS: [(&[&str], bool); 2] =
        [(&["（每项允许相差", "(每项允许相差"], true), (&["（允许相差", "(允许相差"], false)];
    for (words, each) in LEADS {
        if eat(input, words)? {
            let by = needed(number(input), || "数".to_owned())?;
            need(input, &["）", ")"], "右括号“）”")?;
            return Ok(Some(Tolerance { by, each }));
        }
    }
    Ok(None)
}

fn sum(input: &mut Input<'_>, scope: &Scope<'_>) -> Parsed<Vec<Product>> {
    let negative = eat(input, &MINUS)?;
    let mut first = if negative { needed(product(input, scope), || operands(scope))? } else { product(input, scope)? };
    if negative {
        first.mantissa = -first.mantissa;
    }
    let mut out = vec![first];
    loop {
        let sign = match (eat(input, &MINUS)?, eat(input, &["+", "＋"])?) {
            (true, _) => -1,
            (false, true) => 1,
            (false, false) => return Ok(out),
        };
        let next = needed(product(input, scope), || operands(scope))?;
        out.push(Product { mantissa: sign * next.mantissa, ..next });
    }
}

const MINUS: [&str; 4] = ["−", "-", "－", "–"];

fn product(input: &mut Input<'_>, scope: &Scope<'_>) -> Parsed<Product> {
    let first = factor(input, scope)?;
    if !eat(input, &["×", "*", "＊"])? {
        return Ok(first);
    }
    let second = needed(factor(input, scope), || operands(scope))?;
    match (first.of.is_none(), second.of.is_none()) {
        (true, false) => Ok(Product { of: second.of, ..first }),
        (false, true) => Ok(Product { of: first.of, ..second }),
        _ => refuse("一个数和一个[名称]相乘"),
    }
}

/// What a rule cites: a field of its members, or a name in brackets.
pub(super) fn cited(input: &mut Input<'_>, scope: &Scope<'_>) -> Parsed<Variable> {
    if let Some(reference) = reference(input, scope)? {
        return Ok(Variable::Meaning(reference));
    }
    match name(input, &scope.fields())? {
        Some(field) => Ok(Variable::Field(field, false)),
        None => refuse(operands(scope)),
    }
}

fn factor(input: &mut Input<'_>, scope: &Scope<'_>) -> Parsed<Product> {
    blank(input)?;
    let one = |of| Product { mantissa: 1, decimals: 0, unit: None, of: Some(of) };
    if let Some(reference) = reference(input, scope)? {
        return Ok(one(Variable::Meaning(reference)));
    }
    if eat(input, &["合计（", "合计("])? {
        need(input, &["每"], "“每”和一类事物，如 每项指标的分值")?;
        let set = set(input, scope)?;
        need(input, &["的"], "“的”")?;
        let inner = scope.with(set.clone());
        let Some(field) = name(input, inner.numbers())? else { return refuse(inner.known()) };
        let printed = eat(input, &["?", "？"])?;
        need(input, &["）", ")"], "右括号“）”")?;
        return Ok(one(Variable::Total(set, field, printed)));
    }
    if eat(input, &["个数（", "个数("])? {
        let set = set(input, scope)?;
        let inner = scope.with(set.clone());
        let such = if eat(input, &["）", ")"])? {
            None
        } else {
            let such = condition(input, &inner)?;
            need(input, &["）", ")"], "右括号“）”")?;
            Some(Box::new(such))
        };
        return Ok(one(Variable::Count(set, such)));
    }
    if let Some(field) = name(input, scope.numbers())? {
        let optional = eat(input, &["?", "？"])?;
        return Ok(one(Variable::Field(field, optional)));
    }
    number(input)
}

/// `[名称·名称]?`.
pub(super) fn reference(input: &mut Input<'_>, scope: &Scope<'_>) -> Parsed<Option<Reference>> {
    if !eat(input, &["[", "［", "【"])? {
        return Ok(None);
    }
    let at = input.current_token_start();
    let inner: &str = match take_till::<_, _, Refusal>(1.., [']', '］', '】', '\n']).parse_next(input) {
        Ok(inner) => inner,
        Err(_) => return refuse("名称"),
    };
    if !eat(input, &["]", "］", "】"])? {
        return refuse("右括号“]”");
    }
    let named = meaning(scope.names, inner, 1).map_err(|error| {
        let before: usize = inner.chars().take(error.position - 1).map(char::len_utf8).sum();
        ErrMode::Cut(Refusal { at: Some(at + before), whole: error.message, ..Refusal::default() })
    })?;
    Ok(Some(Reference { optional: eat(input, &["?", "？"])?, ..named }))
}

fn number(input: &mut Input<'_>) -> Parsed<Product> {
    blank(input)?;
    let Ok(whole) = digit1::<_, Refusal>.parse_next(input) else { return other() };
    let fraction: Option<&str> =
        opt(preceded(alt((".", "．")), digit1::<_, Refusal>)).parse_next(input).unwrap_or(None);
    let digits = format!("{whole}{}", fraction.unwrap_or(""));
    if digits.len() > DIGITS {
        return refuse("不超过12位的数");
    }
    const UNITS: [(&str, Unit); 7] = [
        ("亿元", Unit::YiYuan),
        ("万元", Unit::WanYuan),
        ("元", Unit::Yuan),
        ("分", Unit::Point),
        ("%", Unit::Percent),
        ("％", Unit::Percent),
        ("个", Unit::Piece),
    ];
    let mut unit = None;
    for (word, of) in UNITS {
        if unit.is_none() && eat(input, &[word])? {
            unit = Some(of);
        }
    }
    Ok(Product {
        mantissa: digits.parse().unwrap_or(0),
        decimals: fraction.map_or(0, |f| u32::try_from(f.len()).unwrap_or(0)),
        unit,
        of: None,
    })
}

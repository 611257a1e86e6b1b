//! Text → formula.

use juesuan_model::Unit;
use juesuan_text::unit;
use winnow::ascii::{digit1, multispace0};
use winnow::combinator::{alt, cut_err, delimited, opt, preceded, repeat};
use winnow::error::{ContextError, ErrMode, StrContext, StrContextValue};
use winnow::prelude::*;
use winnow::stream::{LocatingSlice, Location};
use winnow::token::take_till;

use super::resolve::{FormulaError, Names, meaning};
use super::{Comparison, Formula, Link, Product, Reference, Sign};

type Input<'i> = LocatingSlice<&'i str>;
type Parsed<T> = Result<T, ErrMode<ContextError>>;

/// A product before its names are looked up.
#[derive(Clone, Debug, Default)]
struct Raw {
    mantissa: i128,
    decimals: u32,
    fen: i128,
    /// Byte position and text between the brackets, and whether `?` follows.
    reference: Option<(usize, String, bool)>,
}

type RawComparison = (Vec<Raw>, Sign, Vec<Raw>);

/// Parses a formula; the names must be known to the catalogue.
pub fn parse(text: &str, names: Names<'_>) -> Result<Formula, FormulaError> {
    let (left, right) = formula.parse(LocatingSlice::new(text)).map_err(|error| {
        let offset = error.offset();
        // The innermost expectation comes first.
        let expected = error.inner().context().find_map(|c| match c {
            StrContext::Expected(StrContextValue::Description(what)) => Some(*what),
            _ => None,
        });
        let found: String = text.get(offset..).unwrap_or("").chars().take(4).collect();
        let found = if found.is_empty() { "公式到此结束".to_owned() } else { format!("这里是“{found}”") };
        let expected = expected.unwrap_or("加减号、比较号或结束");
        FormulaError { position: character(text, offset), message: format!("{found}，应为{expected}") }
    })?;
    let comparisons = |raw: Vec<RawComparison>| {
        raw.into_iter().map(|c| comparison_of(text, c, names)).collect::<Result<Vec<_>, FormulaError>>()
    };
    Ok(Formula {
        text: text.to_owned(),
        left: comparisons(left)?,
        right: match right {
            Some((link, raw)) => Some((link, comparisons(raw)?)),
            None => None,
        },
    })
}

fn character(text: &str, offset: usize) -> usize {
    text.get(..offset).map_or(0, |before| before.chars().count()) + 1
}

fn comparison_of(text: &str, (left, sign, right): RawComparison, names: Names<'_>) -> Result<Comparison, FormulaError> {
    let side =
        |raw: Vec<Raw>| raw.into_iter().map(|p| product_of(text, p, names)).collect::<Result<Vec<_>, FormulaError>>();
    Ok(Comparison { left: side(left)?, sign, right: side(right)? })
}

fn product_of(text: &str, raw: Raw, names: Names<'_>) -> Result<Product, FormulaError> {
    let reference = match raw.reference {
        None => None,
        Some((at, inner, optional)) => {
            let (meaning, placeholder) = meaning(names, &inner, character(text, at))?;
            Some(Reference { meaning, optional, placeholder })
        }
    };
    Ok(Product { mantissa: raw.mantissa, decimals: raw.decimals, fen: raw.fen, reference })
}

type Sides = (Vec<RawComparison>, Option<(Link, Vec<RawComparison>)>);

fn formula(input: &mut Input<'_>) -> Parsed<Sides> {
    let left = condition(input)?;
    let link = alt((alt(("⇔", "<=>")).value(Link::Same), alt(("⇒", "=>", "→")).value(Link::Then)));
    let right = opt((preceded(multispace0, link), cut_err(condition))).parse_next(input)?;
    multispace0.parse_next(input)?;
    Ok((left, right))
}

fn condition(input: &mut Input<'_>) -> Parsed<Vec<RawComparison>> {
    let first = comparison(input)?;
    let and = delimited(multispace0, alt(("且", "∧", "&&")), multispace0);
    let mut more: Vec<RawComparison> = repeat(0.., preceded(and, cut_err(comparison))).parse_next(input)?;
    more.insert(0, first);
    Ok(more)
}

fn comparison(input: &mut Input<'_>) -> Parsed<RawComparison> {
    let left = sum(input)?;
    let sign = cut_err(sign).context(expected("比较号（=、≤、≥、<、>、≠）")).parse_next(input)?;
    let right = cut_err(sum).parse_next(input)?;
    Ok((left, sign, right))
}

fn sign(input: &mut Input<'_>) -> Parsed<Sign> {
    delimited(
        multispace0,
        alt((
            alt(("≤", "≦", "<=", "＜＝", "＜=")).value(Sign::AtMost),
            alt(("≥", "≧", ">=", "＞＝", "＞=")).value(Sign::AtLeast),
            alt(("≠", "!=", "！＝", "<>")).value(Sign::Different),
            alt(("=", "＝")).value(Sign::Equal),
            alt(("<", "＜")).value(Sign::Less),
            alt((">", "＞")).value(Sign::More),
        )),
        multispace0,
    )
    .parse_next(input)
}

fn sum(input: &mut Input<'_>) -> Parsed<Vec<Raw>> {
    let minus = opt(minus).parse_next(input)?.is_some();
    let mut first = product(input)?;
    if minus {
        first.mantissa = -first.mantissa;
    }
    let operation = alt((minus_sign.value(-1i128), alt(("+", "＋")).value(1i128)));
    let operation = delimited(multispace0, operation, multispace0);
    let mut out: Vec<Raw> =
        repeat(0.., (operation, cut_err(product)).map(|(sign, raw)| Raw { mantissa: sign * raw.mantissa, ..raw }))
            .parse_next(input)?;
    out.insert(0, first);
    Ok(out)
}

fn minus(input: &mut Input<'_>) -> Parsed<()> {
    (multispace0, minus_sign).void().parse_next(input)
}

fn minus_sign<'i>(input: &mut Input<'i>) -> Parsed<&'i str> {
    alt(("−", "-", "－", "–")).parse_next(input)
}

fn product(input: &mut Input<'_>) -> Parsed<Raw> {
    multispace0.parse_next(input)?;
    let first = factor(input)?;
    let times = delimited(multispace0, alt(("×", "*", "＊")), multispace0);
    let second = opt(preceded(times, cut_err(factor))).parse_next(input)?;
    match second {
        None => Ok(first),
        Some(second) if first.reference.is_none() != second.reference.is_none() => {
            let (number, figure) = if first.reference.is_none() { (first, second) } else { (second, first) };
            Ok(Raw { reference: figure.reference, ..number })
        }
        Some(_) => {
            let mut error = ContextError::new();
            error.push(expected("一个数和一个[名称]相乘"));
            Err(ErrMode::Cut(error))
        }
    }
}

fn factor(input: &mut Input<'_>) -> Parsed<Raw> {
    alt((number, reference)).context(expected("[名称]或数")).parse_next(input)
}

fn reference(input: &mut Input<'_>) -> Parsed<Raw> {
    alt(("[", "［", "【")).parse_next(input)?;
    let at = input.current_token_start();
    let inner = cut_err(take_till(1.., [']', '］', '】', '\n'])).context(expected("名称")).parse_next(input)?;
    cut_err(alt(("]", "］", "】"))).context(expected("右括号“]”")).parse_next(input)?;
    let optional = opt(alt(("?", "？"))).parse_next(input)?.is_some();
    Ok(Raw { mantissa: 1, decimals: 0, fen: 1, reference: Some((at, inner.to_owned(), optional)) })
}

fn unit_of_money(input: &mut Input<'_>) -> Parsed<Unit> {
    alt(unit::OF_MONEY.map(|(word, unit)| word.value(unit))).parse_next(input)
}

fn number(input: &mut Input<'_>) -> Parsed<Raw> {
    let whole = digit1.parse_next(input)?;
    let fraction: Option<&str> = opt(preceded(alt((".", "．")), cut_err(digit1))).parse_next(input)?;
    let unit = opt(preceded(multispace0, unit_of_money)).parse_next(input)?;
    let digits = format!("{whole}{}", fraction.unwrap_or(""));
    let too_long = || {
        let mut error = ContextError::new();
        error.push(expected("不超过12位的数"));
        ErrMode::Cut(error)
    };
    if digits.len() > 12 {
        return Err(too_long());
    }
    Ok(Raw {
        mantissa: digits.parse().map_err(|_| too_long())?,
        decimals: fraction.map_or(0, |f| u32::try_from(f.len()).unwrap_or(0)),
        fen: unit.and_then(Unit::fen).map_or(1, i128::from),
        reference: None,
    })
}

const fn expected(what: &'static str) -> StrContext {
    StrContext::Expected(StrContextValue::Description(what))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;
    use crate::trees::Trees;

    fn trees() -> Trees {
        Trees::load(&Source::embedded(), &mut Vec::new())
    }

    fn refused(text: &str) -> String {
        let trees = trees();
        parse(text, Names { trees: &trees, each: None }).unwrap_err().to_string()
    }

    #[test]
    fn full_width_and_ascii_marks_mean_the_same() {
        let trees = trees();
        let names = Names { trees: &trees, each: None };
        let shape = |text: &str| {
            let formula = parse(text, names).unwrap_or_else(|e| panic!("{text}: {e}"));
            let c = &formula.left[0];
            (format!("{:?} {:?} {:?}", c.left, c.sign, c.right), formula.right.is_some())
        };
        let plain = shape("[支出·公用经费·一般公共预算] <= 2 * [支出] - [收入] + 8万元");
        let wide = shape("［公用经费·支出·一般公共预算］≤2×［支出］−［收入］＋8 万元");
        assert_eq!(plain, wide);
        assert!(shape("[支出] > 0 => [收入] > 0").1);
    }

    #[test]
    fn codes_years_and_stages_are_coordinates() {
        let trees = trees();
        let formula = parse("[支出·2010301·经济30217·上年·年初预算] = 0", Names { trees: &trees, each: None }).unwrap();
        let meaning = formula.left[0].left[0].reference.as_ref().unwrap().meaning.to_string();
        assert_eq!(meaning, "支出·年初预算·上年·2010301·30217");
    }

    #[test]
    fn a_refused_formula_says_where_and_what() {
        for (text, message) in [
            ("[支出·公用经]= 0", "第5个字：“公用经”不是目录中的名称或科目编码，相近的有：公用经费"),
            ("[支出] 0", "第6个字：这里是“0”，应为比较号（=、≤、≥、<、>、≠）"),
            ("[支出 = 0", "第8个字：公式到此结束，应为右括号“]”"),
            ("[支出·收入] = 0", "第5个字：“收入”与“支出”是同一维度的两个坐标，只能留一个"),
        ] {
            let refused = refused(text);
            assert!(refused.starts_with(message), "{text}: {refused}");
        }
    }
}

//! Text → formula.

use winnow::ascii::digit1;
use winnow::error::ErrMode;
use winnow::prelude::*;
use winnow::stream::{LocatingSlice, Location};
use winnow::token::take_till;

use super::resolve::{FormulaError, Names};
use super::scope::{Input, Parsed, Refusal, Scope, blank, eat, name, need, refuse};
use super::sums::{cited, comparison, reference};
use super::things::{SETS, Set};
use super::{Condition, Formula, Link, Operand, TextTest, Words};
use crate::template::Template;

/// Parses a formula; every name must be known.
pub fn parse(text: &str, names: Names<'_>) -> Result<Formula, FormulaError> {
    whole(text, |input| formula(input, text, names))
}

/// Parses what a rule cites to show a fault of a formula.
pub fn cite(text: &str, names: Names<'_>, formula: &Formula) -> Result<Operand, FormulaError> {
    let mut inner = Vec::new();
    formula.claim.sets(&mut inner);
    let sets = formula.each.iter().chain(inner).cloned().collect();
    let scope = Scope { names, sets };
    whole(text, |input| cited(input, &scope))
}

fn whole<T>(text: &str, parser: impl FnOnce(&mut Input<'_>) -> Parsed<T>) -> Result<T, FormulaError> {
    let mut input = LocatingSlice::new(text);
    parser(&mut input).map_err(|error| {
        let refusal = match error {
            ErrMode::Backtrack(refusal) | ErrMode::Cut(refusal) => refusal,
            ErrMode::Incomplete(_) => Refusal::default(),
        };
        let offset = refusal.at.unwrap_or_else(|| input.current_token_start());
        let position = text.get(..offset).map_or(0, |before| before.chars().count()) + 1;
        if !refusal.whole.is_empty() {
            return FormulaError { position, message: refusal.whole };
        }
        let found: String = text.get(offset..).unwrap_or("").chars().take(4).collect();
        let found = if found.is_empty() { "公式到此结束".to_owned() } else { format!("这里是“{found}”") };
        FormulaError { position, message: format!("{found}，应为{}", refusal.expected) }
    })
}

fn formula(input: &mut Input<'_>, text: &str, names: Names<'_>) -> Parsed<Formula> {
    let mut scope = Scope { names, sets: Vec::new() };
    if eat(input, &["每"])? {
        let first = set(input, &scope)?;
        scope = scope.with(first);
        loop {
            if eat(input, &["的每"])? {
                let next = set(input, &scope)?;
                scope = scope.with(next);
            } else if eat(input, &["中的"])? {
                let key = parameter(input)?;
                scope = scope.with(Set::Hits(key));
            } else {
                break;
            }
        }
        eat(input, &["：", ":", "，", ","])?;
    }
    let mut when = None;
    if eat(input, &["当"])? {
        when = Some(condition(input, &scope)?);
        need(input, &["时"], "“且”“或”或者“时”")?;
        need(input, &["：", ":", "，", ","], "“：”或“，”")?;
    }
    let claim = condition(input, &scope)?;
    let link = if eat(input, &["⇔", "<=>"])? {
        Some(Link::Same)
    } else if eat(input, &["⇒", "=>", "→"])? {
        Some(Link::Then)
    } else {
        None
    };
    let follows = match link {
        Some(link) => Some((link, condition(input, &scope)?)),
        None => None,
    };
    blank(input)?;
    if !input.is_empty() {
        return refuse("加减号、比较号或结束");
    }
    let (text, key) = (text.to_owned(), String::new());
    let (says, cites) = (Template::default(), Vec::new());
    Ok(Formula { text, each: scope.sets, when, claim, follows, key, says, cites })
}

/// A set by its name with the measure word, or `个{key}内的数`.
pub(super) fn set(input: &mut Input<'_>, scope: &Scope<'_>) -> Parsed<Set> {
    if eat(input, &["个{"])? {
        let key = key(input)?;
        need(input, &["内的数"], "“内的数”")?;
        return Ok(Set::Within(key));
    }
    let mut sets: Vec<(String, Set)> = SETS.iter().map(|(name, set)| ((*name).to_owned(), set.clone())).collect();
    sets.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    let known: Vec<&str> = SETS.iter().map(|(name, _)| *name).collect();
    let Some(set) = name(input, &sets)? else { return refuse(known.join("、")) };
    // Indicators and lines of money are those of an evaluation.
    let belongs = matches!(set, Set::Indicators | Set::Funds | Set::Notes);
    if belongs && !scope.sets.iter().any(|outer| set.is_of(outer)) {
        return refuse("它所属的事物写在前面，如 每份自评的每项指标、每张表的每条表注");
    }
    Ok(set)
}

/// Tests joined by 或, which binds looser than 且.
pub(super) fn condition(input: &mut Input<'_>, scope: &Scope<'_>) -> Parsed<Condition> {
    joined(input, scope, &["或"], both, Condition::Any)
}

fn both(input: &mut Input<'_>, scope: &Scope<'_>) -> Parsed<Condition> {
    joined(input, scope, &["且", "∧", "&&"], test, Condition::All)
}

fn joined(
    input: &mut Input<'_>,
    scope: &Scope<'_>,
    words: &[&str],
    part: fn(&mut Input<'_>, &Scope<'_>) -> Parsed<Condition>,
    all: fn(Vec<Condition>) -> Condition,
) -> Parsed<Condition> {
    let mut parts = vec![part(input, scope)?];
    while eat(input, words)? {
        parts.push(part(input, scope)?);
    }
    match (parts.len(), parts.pop()) {
        (1, Some(only)) => Ok(only),
        (_, last) => Ok(all(parts.into_iter().chain(last).collect())),
    }
}

fn test(input: &mut Input<'_>, scope: &Scope<'_>) -> Parsed<Condition> {
    if eat(input, &["（", "("])? {
        let inner = condition(input, scope)?;
        need(input, &["）", ")"], "右括号“）”")?;
        return Ok(inner);
    }
    for (words, some) in [(["有一"], true), (["没有一"], false)] {
        if eat(input, &words)? {
            let set = set(input, scope)?;
            let condition = Box::new(both(input, &scope.with(set.clone()))?);
            return Ok(Condition::Some { set, condition, some });
        }
    }
    for (words, denied) in [(["文中有"], false), (["文中写明"], true)] {
        if eat(input, &words)? {
            let Some(reference) = reference(input, scope)? else { return refuse("[名称]") };
            return Ok(Condition::InText { reference, denied });
        }
    }
    for (words, printed) in [(["印有"], true), (["没有印"], false)] {
        if eat(input, &words)? {
            let Some(field) = name(input, &scope.fields())? else { return refuse(scope.known()) };
            return Ok(Condition::Printed { field, printed });
        }
    }
    let properties: Vec<_> = scope.properties().into_iter().map(|(n, p, is)| (n.to_owned(), (p, is))).collect();
    if let Some((property, is)) = name(input, &properties)? {
        return Ok(Condition::Is(property, is));
    }
    text_or_numbers(input, scope)
}

/// A text with its test, or a comparison. Where a text and a number have names with one beginning, the longer one is meant.
fn text_or_numbers(input: &mut Input<'_>, scope: &Scope<'_>) -> Parsed<Condition> {
    let length = |names: Vec<(String, _)>| {
        let here = names.into_iter().map(|(name, _)| name).find(|name| input.starts_with(name.as_str()));
        here.map_or(0, |name| name.len())
    };
    let texts = scope.texts();
    if length(texts.clone()) > length(scope.numbers())
        && let Some(field) = name(input, &texts)?
    {
        let test = text_test(input, scope)?;
        return Ok(Condition::Text { field, test });
    }
    match comparison(input, scope) {
        Ok(comparison) => Ok(Condition::Compare(comparison)),
        Err(ErrMode::Backtrack(_)) => {
            let known = scope.known();
            refuse(if known.is_empty() { "[名称]或数".to_owned() } else { format!("[名称]、数或：{known}") })
        }
        Err(other) => Err(other),
    }
}

fn text_test(input: &mut Input<'_>, scope: &Scope<'_>) -> Parsed<TextTest> {
    type Made = fn(Words, bool) -> TextTest;
    const TESTS: [(&str, Made, bool); 6] = [
        ("不含", TextTest::Contains, false),
        ("含", TextTest::Contains, true),
        ("不匹配", TextTest::Matches, false),
        ("匹配", TextTest::Matches, true),
        ("不是", TextTest::Is, false),
        ("是", TextTest::Is, true),
    ];
    const PLAIN: [(&str, TextTest); 6] = [
        ("不为空", TextTest::Filled(true)),
        ("为空", TextTest::Filled(false)),
        ("写有内容", TextTest::Something(true)),
        ("没有内容", TextTest::Something(false)),
        ("不写“无”", TextTest::Nothing(false)),
        ("写“无”", TextTest::Nothing(true)),
    ];
    for (word, test) in PLAIN {
        if eat(input, &[word])? {
            return Ok(test);
        }
    }
    for (word, test, is) in TESTS {
        if eat(input, &[word])? {
            return Ok(test(words(input)?, is));
        }
    }
    if eat(input, &["除去"])? {
        let words = words(input)?;
        need(input, &["后不少于"], "“后不少于”")?;
        let Ok(count) = digit1::<_, Refusal>.parse_next(input) else { return refuse("一个数") };
        need(input, &["个字"], "“个字”")?;
        return Ok(TextTest::Beyond(words, count.parse().unwrap_or(0)));
    }
    if eat(input, &["与"])? {
        let Some(field) = name(input, &scope.texts())? else { return refuse(scope.known()) };
        if eat(input, &["相同"])? {
            return Ok(TextTest::Same(field, true));
        }
        need(input, &["不同"], "“相同”或“不同”")?;
        return Ok(TextTest::Same(field, false));
    }
    refuse("含、不含、匹配、不匹配、是、不是、为空、不为空、写有内容、写“无”、不写“无”、与…相同或与…不同")
}

/// `{key}` or `“…”、“…”`.
fn words(input: &mut Input<'_>) -> Parsed<Words> {
    if input.starts_with('{') {
        return parameter(input).map(Words::Parameter);
    }
    let mut out = Vec::new();
    loop {
        need(input, &["“"], "{[with] 中的名称}或“词”")?;
        let Ok(word) = take_till::<_, _, Refusal>(1.., ['”']).parse_next(input) else { return refuse("词") };
        out.push(word.to_owned());
        need(input, &["”"], "右引号“””")?;
        if !eat(input, &["、"])? {
            return Ok(Words::Literal(out));
        }
    }
}

fn parameter(input: &mut Input<'_>) -> Parsed<String> {
    need(input, &["{"], "{[with] 中的名称}")?;
    key(input)
}

fn key(input: &mut Input<'_>) -> Parsed<String> {
    let Ok(key) = take_till::<_, _, Refusal>(1.., ['}', '\n']).parse_next(input) else {
        return refuse("[with] 中的名称");
    };
    need(input, &["}"], "“}”")?;
    Ok(key.trim().to_owned())
}

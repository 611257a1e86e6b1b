//! Text → formula.

use std::sync::LazyLock;

use winnow::error::ErrMode;
use winnow::stream::{LocatingSlice, Location, Stream};

use super::having::SETS;
use super::resolve::{FormulaError, Names};
use super::scope::{Input, Parsed, Refusal, Scope, blank, eat, longest_first, name, need, refuse};
use super::sums::{cited, comparison, reference};
use super::texts::{key, parameter, text_test};
use super::things::{Field, Set};
use super::{Condition, Formula, Link, Variable};
use crate::template::Template;

/// Parses a formula; every name must be known.
pub fn parse(text: &str, names: Names<'_>) -> Result<Formula, FormulaError> {
    whole(text, |input| formula(input, text, names))
}

/// Parses what a rule cites to show a fault of a formula.
pub fn cite(text: &str, names: Names<'_>, formula: &Formula) -> Result<Variable, FormulaError> {
    whole(text, |input| cited(input, &inside(names, formula)))
}

/// Parses the name of a text by which the faults of a formula belong together.
pub fn text_of(text: &str, names: Names<'_>, formula: &Formula) -> Result<Field, FormulaError> {
    whole(text, |input| {
        let scope = inside(names, formula);
        let known = || scope.texts().iter().map(|(name, _)| *name).collect::<Vec<_>>().join("、");
        let Some(field) = name(input, scope.texts())? else { return refuse(known()) };
        Ok(field)
    })
}

/// What may be named of the members of a formula.
fn inside<'s>(names: Names<'s>, formula: &Formula) -> Scope<'s> {
    let mut inner = Vec::new();
    formula.inner_sets(&mut inner);
    Scope::new(names, formula.each.iter().chain(inner).cloned().collect())
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
    let mut scope = Scope::new(names, Vec::new());
    if eat(input, &["每"])? {
        let first = set(input, &scope)?;
        scope = scope.with(first);
        loop {
            if !eat(input, &["的每"])? {
                break;
            }
            let next = set(input, &scope)?;
            scope = scope.with(next);
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
    let (says, cites, together) = (Template::default(), Vec::new(), Vec::new());
    Ok(Formula { text, each: scope.sets, when, claim, follows, key, says, cites, together, severity: None })
}

/// A set by its name with the measure word; `段正文中的{key}`; `个{key}内的数`.
pub(super) fn set(input: &mut Input<'_>, scope: &Scope<'_>) -> Parsed<Set> {
    let known: Vec<&str> = SETS.iter().map(|(name, _)| *name).collect();
    let Some(set) = maybe_set(input)? else { return refuse(known.join("、")) };
    // Indicators and lines of money are those of an evaluation.
    let belongs = matches!(set, Set::Indicators | Set::Funds | Set::Notes);
    if belongs && !scope.sets.iter().any(|outer| set.is_of(outer)) {
        return refuse("它所属的事物写在前面，如 每份自评的每项指标、每张表的每条表注");
    }
    Ok(set)
}

fn maybe_set(input: &mut Input<'_>) -> Parsed<Option<Set>> {
    if eat(input, &["个{"])? {
        let key = key(input)?;
        if eat(input, &["内有金额的科目"])? {
            return Ok(Some(Set::Items(key)));
        }
        need(input, &["内的数"], "“内的数”或“内有金额的科目”")?;
        return Ok(Some(Set::Within(key)));
    }
    static LONGEST_FIRST: LazyLock<Vec<(&str, Set)>> = LazyLock::new(|| longest_first(SETS.to_vec()));
    match name(input, &LONGEST_FIRST)? {
        Some(Set::Texts(texts)) if eat(input, &["中的"])? => {
            let key = parameter(input)?;
            Ok(Some(Set::Hits(texts, key)))
        }
        found => Ok(found),
    }
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
    for (words, count) in NUMBERS {
        if eat(input, &[words])? {
            return alike(input, scope, count);
        }
    }
    for (words, printed) in [(["印有"], true), (["没有印"], false)] {
        if eat(input, &words)? {
            if let Some(reference) = reference(input, scope)? {
                return Ok(Condition::HasFigure { reference, printed });
            }
            let Some(field) = name(input, &scope.fields())? else { return refuse(scope.known()) };
            return Ok(Condition::Printed { field, printed });
        }
    }
    if let Some((property, is)) = name(input, &scope.properties())? {
        return Ok(Condition::Is(property, is));
    }
    text_or_numbers(input, scope)
}

/// A text with its test, or a comparison. Where a text and a number have names with one beginning, the longer one is meant.
fn text_or_numbers(input: &mut Input<'_>, scope: &Scope<'_>) -> Parsed<Condition> {
    let length = |names: &[(&str, Field)]| {
        names.iter().find(|(name, _)| input.starts_with(name)).map_or(0, |(name, _)| name.len())
    };
    if length(scope.texts()) > length(scope.numbers())
        && let Some(field) = name(input, scope.texts())?
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

/// How many must not have the same text.
const NUMBERS: [(&str, usize); 4] = [("没有两", 2), ("没有三", 3), ("没有四", 4), ("没有五", 5)];

/// Measure words that stand for the set that the formula goes through.
const MEASURE_WORDS: [&str; 9] = ["份", "段", "处", "项", "张", "条", "个", "行", "次"];

/// `没有两份自评表 年度目标 相同`, `没有三段 该处 不少于 12 个字 且 该处 相同`.
fn alike(input: &mut Input<'_>, scope: &Scope<'_>, count: usize) -> Parsed<Condition> {
    let set = maybe_set(input)?;
    if set.is_none() && (scope.sets.is_empty() || !eat(input, &MEASURE_WORDS)?) {
        let known: Vec<&str> = SETS.iter().map(|(name, _)| *name).collect();
        return refuse(known.join("、"));
    }
    let inner = set.iter().fold(scope.clone(), |scope, set| scope.with(set.clone()));
    let mut such = Vec::new();
    loop {
        let here = input.checkpoint();
        if let Some(field) = name(input, inner.texts())?
            && eat(input, &["相同"])?
        {
            return Ok(Condition::Alike { count, set, such, field });
        }
        input.reset(&here);
        such.push(test(input, &inner)?);
        need(input, &["且"], "“且”，最后是“… 相同”")?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formula::Variable;
    use crate::source::Source;
    use crate::trees::Trees;

    fn trees() -> Trees {
        Trees::load(&Source::embedded(), &mut Vec::new())
    }

    fn read(text: &str) -> Result<Formula, FormulaError> {
        parse(text, Names { trees: &trees(), each: None })
    }

    fn refused(text: &str) -> String {
        read(text).unwrap_err().to_string()
    }

    #[test]
    fn full_width_and_ascii_marks_mean_the_same() {
        let shape = |text: &str| {
            let formula = read(text).unwrap_or_else(|e| panic!("{text}: {e}"));
            (format!("{:?}", formula.claim), formula.follows.is_some())
        };
        let plain = shape("[支出·公用经费·一般公共预算] <= 2 * [支出] - [收入] + 8万元");
        let wide = shape("［公用经费·支出·一般公共预算］≤2×［支出］−［收入］＋8 万元");
        assert_eq!(plain, wide);
        assert!(shape("[支出] > 0 => [收入] > 0").1);
    }

    #[test]
    fn codes_years_and_stages_are_coordinates() {
        let formula = read("[支出·2010301·经济30217·上年·年初预算] = 0").unwrap();
        let comparisons = formula.comparisons().unwrap();
        let Some(Variable::Meaning(reference)) = &comparisons[0].left[0].of else { panic!("{formula:?}") };
        assert_eq!(reference.meaning.to_string(), "支出·年初预算·上年·2010301·30217");
    }

    #[test]
    fn a_refused_formula_says_where_and_what() {
        for (text, message) in [
            ("[支出·公用经]= 0", "第5个字：“公用经”不是目录中的名称或科目编码，相近的有：公用经费"),
            ("[支出] 0", "第6个字：这里是“0”，应为比较号（=、≤、≥、<、>、≠）"),
            ("[支出 = 0", "第8个字：公式到此结束，应为右括号“]”"),
            ("[支出·收入] = 0", "第5个字：“收入”与“支出”是同一维度的两个坐标，只能留一个"),
            ("每份自评的每项指标：得份 ≤ 分值", "第11个字：这里是“得份 ≤”，应为[名称]、数或："),
            ("每项指标：得分 ≤ 分值", "第5个字：这里是“：得分 ”，应为它所属的事物写在前面"),
        ] {
            let refused = refused(text);
            assert!(refused.starts_with(message), "{text}: {refused}");
        }
    }

    #[test]
    fn a_formula_goes_through_sets_under_a_condition() {
        let formula = read("每份自评的每项指标，当 印有 指标值 时：得分 ≤ 分值 或 指标名称 含 {词}").unwrap();
        assert_eq!(formula.each.len(), 2);
        assert!(matches!(formula.when, Some(Condition::Printed { .. })) && matches!(formula.claim, Condition::Any(_)));
        assert_eq!(formula.parameters().len(), 1);
    }

    #[test]
    fn a_formula_asks_for_texts_that_stand_twice() {
        let each = read("每份自评，当 年度目标 写有内容 时：没有两份 年度目标 相同").unwrap();
        assert!(matches!(each.claim, Condition::Alike { count: 2, set: None, .. }), "{each:?}");
        let all = read("没有三段正文中的{问题} 该处 不少于 11 个字 且 该处 相同").unwrap();
        assert!(
            matches!(&all.claim, Condition::Alike { count: 3, set: Some(Set::Hits(..)), such, .. } if such.len() == 1)
        );
        assert_eq!(all.parameters().len(), 1);
        assert!(
            refused("没有两份 年度目标 相同").starts_with("第4个字：这里是“份 年度”"),
            "{}",
            refused("没有两份 年度目标 相同")
        );
        assert!(refused("每份自评：没有两份 年度目标 写有内容").contains("最后是“… 相同”"));
    }
}

//! What texts are held against: words, patterns, other texts.

use juesuan_text::plain;
use winnow::ascii::digit1;
use winnow::prelude::*;
use winnow::token::take_till;

use super::scope::{Input, Parsed, Refusal, Scope, eat, name, need, refuse};
use super::things::Field;
use super::{TextTest, Words};
use crate::rule::read_pattern;

/// What a text is held against.
pub(super) fn text_test(input: &mut Input<'_>, scope: &Scope<'_>) -> Parsed<TextTest> {
    type Made = fn(Words, bool) -> TextTest;
    const TESTS: [(&str, Made, bool); 6] = [
        ("不含", TextTest::Contains, false),
        ("含", TextTest::Contains, true),
        ("不匹配", TextTest::Matches, false),
        ("匹配", TextTest::Matches, true),
        ("不是", TextTest::Is, false),
        ("是", TextTest::Is, true),
    ];
    const PLAIN: [(&str, TextTest); 7] = [
        ("写有金额", TextTest::NamesMoney),
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
            return match test(words(input)?, is) {
                TextTest::Matches(Words::Literal(written), is) => patterns(written, is),
                test => Ok(compared(test)),
            };
        }
    }
    if eat(input, &["除去"])? {
        let words = words(input)?;
        need(input, &["后不少于"], "“后不少于”")?;
        return Ok(compared(TextTest::Beyond(words, length(input)?)));
    }
    if eat(input, &["不少于"])? {
        return Ok(TextTest::Beyond(Words::Literal(Vec::new()), length(input)?));
    }
    if eat(input, &["排在"])? {
        let field = text(input, scope)?;
        need(input, &["之后"], "“之后”")?;
        return Ok(TextTest::After(field));
    }
    if eat(input, &["与"])? {
        let field = text(input, scope)?;
        if eat(input, &["相同"])? {
            return Ok(TextTest::Same(field, true));
        }
        if eat(input, &["有同样的金额"])? {
            return Ok(TextTest::SharesMoney(field));
        }
        need(input, &["不同"], "“相同”“不同”或“有同样的金额”")?;
        return Ok(TextTest::Same(field, false));
    }
    refuse("含、不含、匹配、不匹配、是、不是、为空、不为空、写有内容、写“无”、不写“无”、不少于…个字、与…相同或与…不同")
}

/// Words that a formula has itself, in the form in which texts are compared.
fn compared(test: TextTest) -> TextTest {
    let plain = |words: Words| match words {
        Words::Literal(words) => Words::Literal(words.iter().map(|word| plain(word)).collect()),
        parameter => parameter,
    };
    match test {
        TextTest::Contains(words, is) => TextTest::Contains(plain(words), is),
        TextTest::Is(words, is) => TextTest::Is(plain(words), is),
        TextTest::Beyond(words, least) => TextTest::Beyond(plain(words), least),
        other => other,
    }
}

/// Patterns that a formula has itself.
fn patterns(written: Vec<String>, is: bool) -> Parsed<TextTest> {
    match written.iter().all(|text| read_pattern(text).is_ok()) {
        true => Ok(TextTest::Matches(Words::Literal(written), is)),
        false => refuse("前面的引号里是能用的正则表达式"),
    }
}

/// The name of a text.
fn text(input: &mut Input<'_>, scope: &Scope<'_>) -> Parsed<Field> {
    match name(input, scope.texts())? {
        Some(field) => Ok(field),
        None => refuse(scope.known()),
    }
}

/// `12 个字`.
fn length(input: &mut Input<'_>) -> Parsed<usize> {
    let Ok(count) = digit1::<_, Refusal>.parse_next(input) else { return refuse("一个数") };
    need(input, &["个字"], "“个字”")?;
    Ok(count.parse().unwrap_or(0))
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

/// `{key}`.
pub(super) fn parameter(input: &mut Input<'_>) -> Parsed<String> {
    need(input, &["{"], "{[with] 中的名称}")?;
    key(input)
}

/// The rest of `key}`.
pub(super) fn key(input: &mut Input<'_>) -> Parsed<String> {
    let Ok(key) = take_till::<_, _, Refusal>(1.., ['}', '\n']).parse_next(input) else {
        return refuse("[with] 中的名称");
    };
    need(input, &["}"], "“}”")?;
    Ok(key.trim().to_owned())
}

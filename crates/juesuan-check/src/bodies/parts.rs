//! Quantities that are no money of the accounts: what a sentence calls the parts of one is no more than that one.

use std::collections::BTreeSet;

use juesuan_model::{Printed, Said};

use super::{Bench, Quote};
use crate::passages::{Passage, sought};
use crate::sought::here;

/// Decimals with which quantities are compared.
const DECIMALS: usize = 6;
/// Clauses behind a whole that are looked at, and how many characters they have together: where the parts go on behind that, nothing is
/// said of them. The longest list at hand has a dozen.
const CLAUSES_MAX: usize = 60;
const REACH_MAX: usize = 4_000;

/// A number with its unit, in characters of the text.
struct Quantity<'w> {
    value: i128,
    digits: String,
    unit: &'w str,
    from: usize,
    to: usize,
}

/// The parts behind `[with] part` (其中) are together no more than the whole before it, in one of `[with] units`, and no less where they are
/// the two of one of `[with] pairs`; the four
/// `[with] quarters` or two `[with] halves` of a plan are together what is planned, and so are the sources of money where each has a word of `[with]
/// sources`, the last one of `[with] closing`. The first group of each of `[with] sums` is the sum of its others.
pub(crate) fn parts_fit_whole(bench: &mut Bench<'_, '_, '_>) {
    let passages = bench.passages();
    let (mut seen, mut faults) = (0usize, 0usize);
    let (units, money) = (bench.words("units"), bench.words("money"));
    let (words, unless, quarters) = (bench.words("part"), bench.words("unless"), bench.words("quarters"));
    let halves = bench.words("halves");
    let figures = bench.docket.ledger.package.figures.iter().filter_map(|figure| figure.cell.number());
    let accounts: BTreeSet<i128> = figures.filter_map(scaled).collect();
    let (from, closing, pairs) = (bench.words("sources"), bench.words("closing"), bench.words("pairs"));
    let sums: Vec<_> = bench.words("sums").iter().filter_map(|text| sought(text)).collect();
    for passage in passages.iter().filter(|passage| passage.is_paragraph()) {
        for captures in here(&sums, passage).flat_map(|regex| regex.captures_iter(passage.text())) {
            let groups: Vec<regex::Match<'_>> = captures.iter().skip(1).flatten().collect();
            let values: Option<Vec<i128>> = groups.iter().map(|group| value(group.as_str())).collect();
            let Some((whole, parts)) = values.as_deref().and_then(<[i128]>::split_first) else { continue };
            seen += 1;
            if parts.iter().sum::<i128>() != *whole {
                faults += 1;
                let (all, rest) = (groups.first().map_or("", |own| own.as_str()), groups.iter().skip(1));
                let added: Vec<&str> = rest.map(|part| part.as_str()).collect();
                let wrong = format!("{}＝{}≠{all}", added.join("＋"), printed(parts.iter().sum()));
                let spots: Vec<Quote> = groups.iter().map(|own| Quote::of(passage, own.start(), own.end())).collect();
                bench.report(&spots, Said::words(wrong));
            }
        }
        let chars = passage.text.chars();
        let (all, amounts) = (quantities(chars, units), quantities(chars, money));
        // 预算 320 万元，其中：工程费 210 万元 …: what the accounts tell of is added up by the laws.
        let spent = words.iter().flat_map(|word| lists(chars, &amounts, (word, unless)));
        let over = |(whole, parts): &List<'_, '_>| parts.iter().map(|part| part.value).sum::<i128>() > whole.value;
        let spent = spent.filter(|list| !accounts.contains(&list.0.value) && over(list)).map(|list| (list, false));
        let lists = words.iter().flat_map(|word| lists(chars, &all, (word, unless)));
        let lists = lists.map(|list| {
            let complete = is_pair(chars, &list.1, pairs);
            (list, complete)
        });
        let planned = [quarters, halves].into_iter().filter_map(|words| quarters_of(chars, &amounts, words));
        let planned = planned.map(|list| (list, true));
        let paid = words.iter().flat_map(|word| sources(chars, &amounts, (word, unless), (from, closing)));
        for ((whole, parts), complete) in lists.chain(planned).chain(spent).chain(paid.map(|list| (list, true))) {
            seen += 1;
            let sum: i128 = parts.iter().map(|part| part.value).sum();
            let off = if complete { (sum - whole.value).abs() } else { sum - whole.value };
            if off > rounding(whole, &parts) {
                faults += 1;
                report(bench, passage, whole, &parts, sum);
            }
        }
    }
    bench.settle(seen, faults);
}

/// A figure in the scale of [`value`].
fn scaled(own: Printed) -> Option<i128> {
    let decimals = DECIMALS.checked_sub(usize::from(own.decimals))?;
    i128::from(own.mantissa.unsigned_abs()).checked_mul(10i128.checked_pow(u32::try_from(decimals).ok()?)?)
}

/// How far parts and whole may be apart by rounding, in the scale of [`value`]; whole numbers are exact.
fn rounding(whole: &Quantity<'_>, parts: &[&Quantity<'_>]) -> i128 {
    let decimals = |one: &Quantity<'_>| one.digits.split_once('.').map_or(0, |(_, rest)| rest.len());
    let finest = parts.iter().map(|part| decimals(part)).chain([decimals(whole)]).max().unwrap_or(0);
    let unit = (finest..DECIMALS).fold(1i128, |unit, _| unit * 10);
    let numbers = i128::try_from(parts.len() + 1).unwrap_or(0);
    if finest == 0 { 0 } else { numbers * unit / 2 }
}

fn report(
    bench: &mut Bench<'_, '_, '_>,
    passage: &Passage<'_>,
    whole: &Quantity<'_>,
    parts: &[&Quantity<'_>],
    sum: i128,
) {
    let added: Vec<&str> = parts.iter().map(|part| part.digits.as_str()).collect();
    let wrong = format!("{}＝{}≠{}", added.join("＋"), printed(sum), whole.digits);
    let place = |quantity: &Quantity<'_>| Quote {
        words: passage.text.printed(quantity.from..quantity.to),
        place: passage.place_of(quantity.from..quantity.to),
    };
    let spots: Vec<Quote> = std::iter::once(whole).chain(parts.iter().copied()).map(place).collect();
    bench.report(&spots, Said::words(wrong));
}

/// Every number that one of the units follows.
fn quantities<'w>(chars: &[char], units: &'w [String]) -> Vec<Quantity<'w>> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(from) = find(chars, at, |c| c.is_ascii_digit()) {
        let end = find(chars, from, |c| !c.is_ascii_digit() && c != '.').unwrap_or(chars.len());
        let digits: String = chars.get(from..end).unwrap_or_default().iter().collect();
        let behind: String = chars.get(end..).unwrap_or_default().iter().take(4).collect();
        let unit = units.iter().filter(|unit| behind.starts_with(unit.as_str())).max_by_key(|unit| unit.len());
        if let (Some(unit), Some(value)) = (unit, value(&digits)) {
            let to = end + unit.chars().count();
            out.push(Quantity { value, digits, unit, from, to });
        }
        at = end;
    }
    out
}

fn find(chars: &[char], from: usize, is: impl Fn(char) -> bool) -> Option<usize> {
    chars.get(from..)?.iter().position(|c| is(*c)).map(|at| from + at)
}

fn value(digits: &str) -> Option<i128> {
    let (whole, rest) = digits.split_once('.').unwrap_or((digits, ""));
    (rest.len() <= DECIMALS).then(|| format!("{whole}{rest:0<DECIMALS$}").parse().ok()).flatten()
}

fn printed(value: i128) -> String {
    let digits = format!("{value:0>width$}", width = DECIMALS + 1);
    let (whole, rest) = digits.split_at(digits.len().saturating_sub(DECIMALS));
    format!("{whole}.{rest}").trim_end_matches('0').trim_end_matches('.').to_owned()
}

type List<'q, 'w> = (&'q Quantity<'w>, Vec<&'q Quantity<'w>>);

/// The wholes that stand directly before `word`, each with the parts behind it: to the end of its bracket, or of its
/// sentence, one in each clause, what is in brackets left out. A clause with a word of `unless` names no part.
fn lists<'q, 'w>(chars: &[char], all: &'q [Quantity<'w>], (word, unless): (&str, &[String])) -> Vec<List<'q, 'w>> {
    let word: Vec<char> = word.chars().collect();
    let behind = |whole: &Quantity<'_>| {
        let marks = chars.get(whole.to..)?.iter().take_while(|c| matches!(c, '，' | '(')).count();
        let at = whole.to + marks;
        let bracket = chars.get(whole.to..at)?.contains(&'(');
        chars.get(at..)?.starts_with(&word).then_some((at + word.len(), bracket))
    };
    let listed = |whole: &'q Quantity<'w>| {
        let (from, bracket) = behind(whole)?;
        let (clauses, to_the_end) = clauses(chars, from, bracket);
        let mut parts = Vec::new();
        for (start, end) in &clauses {
            let text: String = chars.get(*start..*end)?.iter().collect();
            let first = all.get(all.partition_point(|own| own.from < *start)..)?.first();
            // Its own parts stand in brackets behind it.
            match first.filter(|part| part.from < *end) {
                Some(part) if part.unit == whole.unit && !unless.iter().any(|word| text.contains(word.as_str())) => {
                    parts.push(part);
                }
                _ => break,
            }
        }
        let whole_list = to_the_end || parts.len() < clauses.len();
        (parts.len() > 1 && whole_list).then_some((whole, parts))
    };
    all.iter().filter_map(listed).collect()
}

/// What stands before a part in its clause.
fn name_of(chars: &[char], part: &Quantity<'_>) -> String {
    let before = chars.get(..part.from).unwrap_or_default();
    let start = before.iter().rposition(|c| "，、；：".contains(*c)).map_or(0, |at| at + 1);
    before.get(start..).unwrap_or_default().iter().collect()
}

/// True for two parts that are all there is: above and below ground.
fn is_pair(chars: &[char], parts: &[&Quantity<'_>], pairs: &[String]) -> bool {
    let [first, second] = parts else { return false };
    let (first, second) = (name_of(chars, first), name_of(chars, second));
    let names = |(one, other): (&str, &str)| {
        first.contains(one) && second.contains(other) || first.contains(other) && second.contains(one)
    };
    pairs.iter().filter_map(|pair| pair.split_once('|')).any(names)
}

/// Lists of all that pays for something: every part says from where, the last that nothing is left.
fn sources<'q, 'w>(
    chars: &[char],
    all: &'q [Quantity<'w>],
    (word, unless): (&str, &[String]),
    (from, closing): (&[String], &[String]),
) -> Vec<List<'q, 'w>> {
    let said = |part: &Quantity<'_>, words: &[String]| {
        let name = name_of(chars, part);
        words.iter().any(|word| name.contains(word.as_str()))
    };
    let whole = |list: &List<'_, '_>| {
        list.1.iter().all(|part| said(part, from)) && list.1.last().is_some_and(|last| said(last, closing))
    };
    lists(chars, all, (word, unless)).into_iter().filter(whole).collect()
}

/// The clauses from a character on, to the end of the sentence or of the bracket in which it stands; false if there are more than are
/// looked at.
fn clauses(chars: &[char], from: usize, bracket: bool) -> (Vec<(usize, usize)>, bool) {
    let (mut out, mut start, mut depth) = (Vec::new(), from, 0usize);
    let mut end = chars.len();
    for (at, c) in chars.iter().enumerate().skip(from) {
        if at - from > REACH_MAX || out.len() >= CLAUSES_MAX {
            return (out, false);
        }
        match c {
            '(' => depth += 1,
            ')' if depth == 0 && bracket => {
                end = at;
                break;
            }
            ')' => depth = depth.saturating_sub(1),
            '。' => {
                end = at;
                break;
            }
            '，' | '、' | '；' if depth == 0 => {
                out.push((start, at));
                start = at + 1;
            }
            _ => {}
        }
    }
    out.push((start, end));
    (out, true)
}

/// The amount before the first quarter, and one behind each of the four.
fn quarters_of<'q, 'w>(chars: &[char], all: &'q [Quantity<'w>], quarters: &[String]) -> Option<List<'q, 'w>> {
    let text: String = chars.iter().collect();
    let at = |word: &String| text.find(word.as_str()).map(|byte| text.get(..byte).unwrap_or_default().chars().count());
    let starts: Vec<usize> = quarters.iter().map(at).collect::<Option<_>>()?;
    let first = *starts.first()?;
    let whole = all.iter().rfind(|own| own.to <= first)?;
    let parts: Vec<_> = starts.iter().map(|start| all.iter().find(|own| own.from >= *start)).collect::<Option<_>>()?;
    let ordered = starts.is_sorted() && parts.is_sorted_by(|a, b| a.from < b.from);
    let same = parts.iter().all(|part| part.unit == whole.unit);
    let near = chars.get(whole.to..first).is_some_and(|between| !between.contains(&'。'));
    (ordered && same && near && !parts.is_empty()).then_some((whole, parts))
}

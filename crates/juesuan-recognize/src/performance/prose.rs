//! Summaries, reports and forms that are text: what stands behind which label.

use std::collections::BTreeMap;
use std::ops::Range;

use juesuan_catalog::PerformanceWords;
use juesuan_model::{Quantity, Told, Topic, Unit};
use juesuan_text::{Ordinal, characters};

use super::number::{self, Found, at, fits, number_at};
use super::passage::Stretch;
use super::plain::over_lines;

/// Most characters between a quantity and its number.
const BETWEEN: usize = 12;

/// A spelling of a label; its topic, and whether what it introduces is said of the evaluation alone.
type Spelling = (Vec<char>, (Option<Topic>, bool));

/// A label in a text.
#[derive(Clone, Copy, Debug)]
struct Label {
    /// `None`: results of work without a topic of their own.
    topic: Option<Topic>,
    /// What is said there is said of the evaluation alone.
    aside: bool,
    /// Its item number, if it has one.
    start: usize,
    /// First character of what it introduces.
    value: usize,
}

/// How strictly labels are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Behind a label stands a colon, a full stop or a line break.
    Prose,
    /// What is left of a form whose lines were lost: a label stands anywhere.
    Form,
}

/// A text behind a label: what it is about, and its characters.
#[derive(Clone, Debug)]
pub(super) struct Labelled {
    /// `None`: results of work without a topic of their own.
    pub(super) topic: Option<Topic>,
    /// What is said there is said of the evaluation alone.
    pub(super) aside: bool,
    pub(super) at: Range<usize>,
}

/// The texts of a stretch by what they are about, of each the first that says something; and all that stand behind a label.
pub(super) fn texts(
    stretch: &Stretch<'_>,
    kind: Kind,
    words: &PerformanceWords,
) -> (BTreeMap<Topic, Told>, Vec<Labelled>) {
    let labels = labels(stretch, kind, words);
    let (mut out, mut all) = (BTreeMap::<Topic, Told>::new(), Vec::new());
    for (index, label) in labels.iter().enumerate() {
        let next = labels.get(index + 1).map_or(stretch.chars.len(), |next| next.start);
        let end = ends_before(stretch, label.value, next, kind);
        let told = told(stretch, label.value, end);
        all.push(Labelled { topic: label.topic, aside: label.aside, at: label.value..end });
        if let Some((gives, from)) = cause(stretch, label, end, words) {
            out.entry(gives).or_insert_with(|| self::told(stretch, from, end));
            all.push(Labelled { topic: Some(gives), aside: false, at: from..end });
        }
        // 四、绩效自评结果拟应用情况 has nothing below it but what （一）, （二） say.
        if let Some(topic) = label.topic
            && out.get(&topic).is_none_or(|first| first.text.is_empty())
        {
            out.insert(topic, told);
        }
    }
    (out, all)
}

/// Text without white space and without punctuation at its ends.
fn told(stretch: &Stretch<'_>, from: usize, to: usize) -> Told {
    let text = stretch.text(from, to);
    let first = (from..to).find(|i| stretch.chars.get(*i).is_some_and(|c| c.is_alphanumeric())).unwrap_or(from);
    Told {
        text: text.trim_start_matches(['：', '。', '，']).to_owned(),
        place: stretch.place(first.min(to), to.max(first)),
    }
}

fn labels(stretch: &Stretch<'_>, kind: Kind, words: &PerformanceWords) -> Vec<Label> {
    let mut spellings: Vec<Spelling> = words
        .topic
        .iter()
        .filter(|topic| kind == Kind::Form || !topic.form)
        .flat_map(|topic| topic.words.iter().map(|word| (characters(word), (Some(topic.topic), false))))
        .collect();
    if kind == Kind::Prose {
        spellings.extend(words.results.iter().map(|word| (characters(word), (None, false))));
        spellings.extend(words.notes.iter().map(|word| (characters(word), (None, true))));
    }
    let chars = &stretch.chars;
    let mut out: Vec<Label> = Vec::new();
    let mut index = 0;
    while index < chars.len() {
        let found = spellings
            .iter()
            .filter_map(|(word, topic)| Some((matches(chars, index, word, kind)?, *topic)))
            .filter(|(end, _)| introduces(chars, index, *end, kind))
            .max_by_key(|(end, _)| *end);
        match found {
            Some((end, (topic, aside))) => {
                let value = end + usize::from(chars.get(end) == Some(&'：'));
                out.push(Label { topic, aside, start: with_number(chars, index), value });
                index = end;
            }
            None => index += 1,
        }
    }
    out
}

/// Where a word that begins here ends; in a form its characters may stand on several lines.
fn matches(chars: &[char], from: usize, word: &[char], kind: Kind) -> Option<usize> {
    if kind == Kind::Prose {
        return at(chars, from, word).then_some(from + word.len());
    }
    over_lines(chars, from, word)
}

/// True if the word is a label and no part of a sentence.
fn introduces(chars: &[char], start: usize, end: usize, kind: Kind) -> bool {
    let before = start.checked_sub(1).and_then(|i| chars.get(i));
    let opens = before.is_none_or(|c| matches!(c, '\n' | '。' | '；' | '、' | '.' | ')' | '：'));
    let behind = chars.get(end);
    match kind {
        Kind::Prose => opens && behind.is_none_or(|c| matches!(c, '：' | '。' | '\n')),
        Kind::Form => before.is_none_or(|c| *c == '\n') || behind.is_none_or(|c| matches!(c, '：' | '\n')),
    }
}

/// The beginning of the item number before a label.
fn with_number(chars: &[char], label: usize) -> usize {
    let least = label.saturating_sub(6);
    (least..label)
        .find(|from| {
            Ordinal::at(chars.get(*from..label).unwrap_or_default()).is_some_and(|own| own.length == label - from)
        })
        .unwrap_or(label)
}

/// The end of a value: the next label, or a heading before it.
fn ends_before(stretch: &Stretch<'_>, from: usize, next: usize, kind: Kind) -> usize {
    let chars = &stretch.chars;
    for position in from.max(1)..next {
        let begins = chars.get(position - 1) == Some(&'\n');
        if !begins
            || chars.get(from..position).is_some_and(|before| before.iter().all(|c| *c == '\n')) && kind == Kind::Form
        {
            continue;
        }
        let line: Vec<char> =
            chars.get(position..).unwrap_or_default().iter().copied().take_while(|c| *c != '\n').collect();
        let title =
            Ordinal::at(&line).is_some_and(|own| own.style.is_chinese()) && !line.contains(&'。') && line.len() < 40;
        if title || stretch.heading_at(position) && position > from {
            return position;
        }
    }
    next
}

/// The cause named inside the text of a label, and where it begins.
fn cause(stretch: &Stretch<'_>, label: &Label, end: usize, words: &PerformanceWords) -> Option<(Topic, usize)> {
    let entry = words.cause.iter().find(|entry| Some(entry.topic) == label.topic)?;
    let spellings: Vec<Vec<char>> = entry.words.iter().map(|word| characters(word)).collect();
    (label.value..end).find_map(|from| {
        let word = spellings.iter().find(|word| at(&stretch.chars, from, word))?;
        Some((entry.gives, from + word.len()))
    })
}

/// The numbers of a stretch by the words that introduce them; the first of each.
pub(super) fn quantities(
    stretch: &Stretch<'_>,
    kind: Kind,
    whole: bool,
    words: &PerformanceWords,
) -> BTreeMap<Quantity, Found> {
    let spellings: Vec<(Vec<char>, Quantity)> = words
        .quantity
        .iter()
        // A form that lost its lines has numbers without units in its head only.
        .filter(|entry| (kind == Kind::Form) == entry.form)
        // The whole has a budget of its own name; 预算 alone may be anything.
        .filter(|entry| !whole || !entry.project)
        .flat_map(|entry| entry.words.iter().map(|word| (characters(word), entry.quantity)))
        .collect();
    let between: Vec<Vec<char>> = words.numbers.between.iter().map(|word| characters(word)).collect();
    let usual = (kind == Kind::Form).then_some(Unit::WanYuan);
    let chars = &stretch.chars;
    let mut out: BTreeMap<Quantity, Found> = BTreeMap::new();
    let mut index = 0;
    while index < chars.len() {
        let word = spellings.iter().filter(|(word, _)| at(chars, index, word)).max_by_key(|(word, _)| word.len());
        let Some((word, quantity)) = word else {
            index += 1;
            continue;
        };
        index += word.len();
        let start = skip(chars, index, &between);
        if let Some(found) = number_at(chars, start, usual).filter(|found| fits(*quantity, found.printed.unit)) {
            out.entry(*quantity).or_insert(found);
            index = found.end;
        }
    }
    if !whole
        && let (Some(executed), None) = (out.get(&Quantity::Executed).copied(), out.get(&Quantity::FullYearBudget))
        && let Some(budget) = money_before(chars, executed.start)
    {
        out.insert(Quantity::FullYearBudget, budget);
    }
    out
}

/// The rate of execution where it is told once more, in characters `at` of work that fell short: `预算执行率95.3%，未达到100%`.
/// Only what stands by itself between signs: `6月底预算执行率50%` and `预算执行率95%以上` are something else.
pub(super) fn rates_again(chars: &[char], at: Range<usize>, words: &PerformanceWords) -> Vec<Found> {
    let spellings: Vec<Vec<char>> = words
        .quantity
        .iter()
        .filter(|entry| entry.quantity == Quantity::Rate)
        .flat_map(|entry| entry.words.iter().map(|word| characters(word)))
        .collect();
    let between: Vec<Vec<char>> = words.numbers.between.iter().map(|word| characters(word)).collect();
    let apart = |sign: Option<&char>| sign.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '(' | ')'));
    let begins = at.filter(|from| apart(from.checked_sub(1).and_then(|before| chars.get(before))));
    begins
        .filter_map(|from| {
            let word = spellings.iter().filter(|word| number::at(chars, from, word)).max_by_key(|word| word.len())?;
            number_at(chars, skip(chars, from + word.len(), &between), None)
        })
        .filter(|found| fits(Quantity::Rate, found.printed.unit) && apart(chars.get(found.end)))
        .collect()
}

/// Behind the small words between a quantity and its number.
fn skip(chars: &[char], from: usize, between: &[Vec<char>]) -> usize {
    let mut position = from;
    while position < from + BETWEEN {
        let step = between.iter().filter(|word| at(chars, position, word)).map(Vec::len).max();
        match step {
            Some(step) => position += step,
            None if chars.get(position) == Some(&'\n') => position += 1,
            None => break,
        }
    }
    position
}

/// The amount that stands last before a number, in the same sentence.
fn money_before(chars: &[char], before: usize) -> Option<Found> {
    let start = chars.get(..before)?.iter().rposition(|c| *c == '。' || *c == '；').map_or(0, |i| i + 1);
    let mut found = None;
    let mut index = start;
    while index < before {
        let begins = index.checked_sub(1).and_then(|i| chars.get(i)).is_none_or(|c| !c.is_ascii_digit() && *c != '.');
        match number_at(chars, index, None).filter(|f| begins && f.printed.unit.fen().is_some() && f.end <= before) {
            Some(number) => {
                index = number.end;
                found = Some(number);
            }
            None => index += 1,
        }
    }
    found
}

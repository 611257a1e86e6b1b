//! Whether texts are what they should be.

use std::collections::BTreeSet;

use juesuan_catalog::formula::{Field, TextTest, Words};
use juesuan_model::Verdict;

use super::indicators::same_text;
use super::members::{At, Member};
use super::values::Text;
use crate::patterns::Patterns;

impl At<'_, '_, '_> {
    /// Whether a text is what it should be.
    pub(super) fn text(&self, field: Field, test: &TextTest) -> Result<bool, Verdict> {
        let not_there = Err(Verdict::NotApplicable);
        let any = |fits: &dyn Fn(&str) -> bool| self.texts(field).iter().any(|text| fits(&text.words));
        let compared = |is: bool, fits: &dyn Fn(&str) -> bool| {
            self.any_compared(field, fits).map_or(not_there, |found| Ok(found == is))
        };
        match test {
            TextTest::Contains(words, is) => {
                let words = self.written_words(words);
                compared(*is, &|text| words.iter().any(|word| text.contains(word.as_str())))
            }
            TextTest::Is(words, is) => {
                let words = self.written_words(words);
                compared(*is, &|text| words.iter().any(|word| text == word))
            }
            TextTest::Matches(Words::Parameter(key), is) => {
                self.fit(field, &self.patterns(key)).map_or(not_there, |found| Ok(found == *is))
            }
            TextTest::Matches(words, is) => {
                let patterns: Vec<_> = self.written_words(words).iter().filter_map(|text| self.pattern(text)).collect();
                let fits = |text: &str| patterns.iter().filter_map(|one| one.regex()).any(|regex| regex.is_match(text));
                compared(*is, &fits)
            }
            TextTest::After(other) => {
                let (texts, others) = (self.texts(field), self.texts(*other));
                let after = |text: &Text<'_>| others.iter().all(|other| text.words > other.words);
                if others.is_empty() || texts.is_empty() { not_there } else { Ok(texts.iter().all(after)) }
            }
            TextTest::NamesMoney => Ok(any(&|text| !amounts_in(text).is_empty())),
            TextTest::SharesMoney(other) => {
                let others: BTreeSet<String> =
                    self.texts(*other).iter().flat_map(|other| amounts_in(&other.words)).collect();
                let texts = self.texts(field);
                let shares = |text: &Text<'_>| !amounts_in(&text.words).is_disjoint(&others);
                if texts.is_empty() { not_there } else { Ok(texts.iter().any(shares)) }
            }
            TextTest::Filled(is) => {
                let texts = self.texts(field);
                let filled = |text: &Text<'_>| text.words.contains(char::is_alphanumeric);
                if texts.is_empty() { not_there } else { Ok(texts.iter().any(filled) == *is) }
            }
            TextTest::Something(is) => Ok(any(&|text| !self.is_none(text)) == *is),
            TextTest::Beyond(words, least) => {
                let words = self.written_words(words);
                let left = |text: &str| {
                    let rest = words.iter().fold(text.to_owned(), |rest, word| rest.replace(word.as_str(), ""));
                    rest.chars().filter(|c| c.is_alphanumeric()).count()
                };
                compared(true, &|text| left(text) >= *least)
            }
            TextTest::Nothing(is) => Ok(any(&|text| !text.is_empty() && self.is_none(text)) == *is),
            TextTest::Same(other, is) => {
                let (texts, others) = (self.texts(field), self.texts(*other));
                let same = |text: &Text<'_>| others.iter().any(|other| same_text(&other.words, &text.words));
                if others.is_empty() || texts.is_empty() { not_there } else { Ok(texts.iter().any(same) == *is) }
            }
        }
    }

    /// Whether one of the texts of a field fits, in the form in which texts are compared; `None` where there is no text.
    fn any_compared(&self, field: Field, fits: &dyn Fn(&str) -> bool) -> Option<bool> {
        // A text of the document is looked at where it stands: every rule of wording goes through all of them.
        if let Some(number) = self.passage_itself(field) {
            return self.passages().get(number).map(|passage| fits(passage.text()));
        }
        let texts = self.texts(field);
        (!texts.is_empty()).then(|| texts.iter().any(|text| fits(&text.compared())))
    }

    /// Whether one of the texts of a field fits a pattern; `None` where there is no text.
    fn fit(&self, field: Field, patterns: &Patterns) -> Option<bool> {
        match self.passage_itself(field) {
            Some(number) => self.passages().get(number).map(|passage| patterns.find_in(passage)),
            None => self.any_compared(field, &|text| patterns.find(text)),
        }
    }

    /// The number of the text of the document that a field is.
    fn passage_itself(&self, field: Field) -> Option<usize> {
        match (field, self.members.last()) {
            (Field::Own | Field::Whole | Field::Found, Some(Member::Text(number))) => Some(*number),
            _ => None,
        }
    }

    /// What a parameter's patterns find first in a text.
    pub(crate) fn found(&self, key: &str, text: &str) -> Option<String> {
        self.patterns(key).first(text).map(str::to_owned)
    }

    /// True if a text says that there is nothing.
    pub(super) fn is_none(&self, text: &str) -> bool {
        let text = text.trim_matches(|c: char| !c.is_alphanumeric());
        text.is_empty() || self.docket.ledger.catalog.performance.words.none.iter().any(|none| none == text)
    }

    /// The words of a parameter, or those that the formula has.
    fn written_words(&self, words: &Words) -> Vec<String> {
        let ledger = self.docket.ledger;
        // {上年}, {本年}, {下年}.
        let years = || "上本下".chars().zip(ledger.package.entity.year.saturating_sub(1)..);
        let dated = |word: &String| {
            years().fold(word.clone(), |word, (which, year)| word.replace(&format!("{{{which}年}}"), &year.to_string()))
        };
        match words {
            Words::Parameter(key) => self.words(key).to_vec(),
            Words::Literal(words) => words.iter().map(dated).collect(),
        }
    }
}

/// The amounts in 万元 that a text names.
fn amounts_in(text: &str) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    let mut digits = String::new();
    for c in text.chars() {
        match c {
            '0'..='9' | '.' => digits.push(c),
            '万' if !digits.is_empty() => {
                let plain =
                    if digits.contains('.') { digits.trim_end_matches('0').trim_end_matches('.') } else { &digits };
                out.insert(plain.to_owned());
                digits.clear();
            }
            _ => digits.clear(),
        }
    }
    out
}

//! Where a body comes from: new, merged of others, taken out of another, and what that means for last year's figures
//! (`catalog/origins.toml`).

use juesuan_model::Problem;
use juesuan_text::plain;
use serde::Deserialize;

use crate::near::choice;
use crate::source::Source;

/// The file.
const FILE: &str = "origins.toml";
/// In its patterns: the names of the bodies before.
const FROM: &str = "{from}";

/// Every kind of change, in the order in which they are tried.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Origins {
    /// `{body}` of a department.
    pub department: String,
    /// `{body}` of a unit.
    pub unit: String,
    /// Words for no change.
    pub unchanged: Vec<String>,
    /// Between names.
    pub between: Vec<String>,
    /// Between two names where nothing else stands between them.
    pub pair: Vec<String>,
    /// Before a name, no part of it.
    pub before: Vec<String>,
    /// What is said of what was entered.
    pub read: OriginFaults,
    /// What is said of last year's files.
    pub prior: PriorWords,
    /// The kinds.
    pub origin: Vec<Origin>,
}

/// What is said of what was entered: `{text}`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OriginFaults {
    /// Of no kind.
    pub unknown: String,
    /// Without the names that its kind needs.
    pub nobody: String,
}

/// What is said of last year's files: what was taken, and why one was not used.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PriorWords {
    /// Before `{reason}`.
    pub unused: String,
    /// A file of a kind that nobody reads.
    pub strange: String,
    /// A document without a name.
    pub nameless: String,
    /// A body, `{name}`.
    pub named: String,
    /// Of another body: `{name}`, `{own}`.
    pub other: String,
    /// The body has no last year.
    pub none: String,
    /// Of the body `{name}` out of which this one was taken.
    pub source: String,
    /// There is the package `{file}`.
    pub package: String,
    /// Nothing of a body before the merger, `{name}`.
    pub lacking: String,
    /// `{count}` figures of a body `{name}` in the sheet of last year's figures.
    pub sheet: String,
    /// `{count}` figures that were added up, like `{example}`.
    pub sum: String,
    /// One of them: `{meaning}`, `{total}`, `{parts}`.
    pub equals: String,
    /// One part: `{amount}`, `{place}`.
    pub part: String,
    /// Between parts.
    pub plus: String,
}

/// One kind of change.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    /// Name in the catalogue.
    pub key: String,
    /// Where last year's figures come from.
    pub last_year: LastYearFrom,
    /// How people say it: `{from}` stands for the names of the bodies before.
    pub says: Vec<String>,
    /// In the place of comparisons with last year: `{body}`, `{from}`, `{year}`, `{last}`.
    #[serde(default)]
    pub none: String,
    /// Of what is compared, where it is not simply the same body's last year.
    #[serde(default)]
    pub base: String,
}

/// Where last year's figures come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LastYearFrom {
    /// There are none.
    None,
    /// The bodies before, added up.
    Sum,
    /// The body itself, if it has any; they are not comparable.
    Own,
}

/// What was entered of one body, understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formed {
    /// Key of the kind.
    pub origin: String,
    /// Where last year's figures come from.
    pub last_year: LastYearFrom,
    /// The bodies before.
    pub from: Vec<String>,
}

impl Origins {
    /// Reads the file. Kinds whose sentences lack are faults.
    pub(crate) fn load(source: &Source, problems: &mut Vec<Problem>) -> Origins {
        let origins: Origins = source.toml(FILE, problems).unwrap_or_default();
        for origin in &origins.origin {
            let lacks = |text: &String| text.is_empty();
            let key = match origin.last_year {
                LastYearFrom::None if lacks(&origin.none) => "none",
                LastYearFrom::Own if lacks(&origin.base) => "base",
                _ if origin.says.is_empty() => "says",
                _ => continue,
            };
            problems.push(source.fault(FILE, &["origin", &origin.key], choice(&origin.key, [key])));
        }
        origins
    }

    /// The kind of this key.
    pub fn get(&self, key: &str) -> Option<&Origin> {
        self.origin.iter().find(|origin| origin.key == key)
    }

    /// What somebody wrote of a body; `Ok(None)`: nothing changed.
    ///
    /// # Errors
    /// A text of no kind, or without the names that its kind needs, in words for people.
    pub fn read(&self, text: &str) -> Result<Option<Formed>, String> {
        let told = |message: &str| message.replace("{text}", text.trim());
        let written = plain(text);
        if written.is_empty() || self.unchanged.iter().any(|word| plain(word) == written) {
            return Ok(None);
        }
        let found = self.origin.iter().find_map(|origin| {
            let from = origin.says.iter().find_map(|pattern| between(&written, pattern))?;
            Some((origin, self.names(from)))
        });
        let (origin, from) = found.ok_or_else(|| told(&self.read.unknown))?;
        if from.is_empty() && origin.last_year == LastYearFrom::Sum {
            return Err(told(&self.read.nobody));
        }
        Ok(Some(Formed { origin: origin.key.clone(), last_year: origin.last_year, from }))
    }

    /// The names in what stands between the words of a pattern.
    fn names(&self, text: &str) -> Vec<String> {
        let split = |text: &str, marks: &[String]| -> Vec<String> {
            let marks: Vec<String> = marks.iter().map(|mark| plain(mark)).collect();
            let spaced = marks.iter().fold(text.to_owned(), |text, mark| text.replace(mark.as_str(), "\n"));
            spaced.lines().map(|name| self.bare(name)).filter(|name| !name.is_empty()).collect()
        };
        let names = split(text, &self.between);
        match names.as_slice() {
            [one] => {
                // 发展和改革局 is one body: a word that joins two parts it only where both are names.
                let two = self.pair.iter().find_map(|word| {
                    let (left, right) = one.split_once(word.as_str())?;
                    let long = |name: &str| name.chars().count() >= NAME_MIN;
                    (long(left) && long(right)).then(|| vec![self.bare(left), self.bare(right)])
                });
                two.unwrap_or(names)
            }
            _ => names,
        }
    }

    fn bare(&self, name: &str) -> String {
        let name = name.trim();
        let name = self.before.iter().find_map(|word| name.strip_prefix(word.as_str())).unwrap_or(name);
        // Texts are compared with half brackets; names are printed with whole ones.
        name.replace('(', "（").replace(')', "）")
    }
}

impl Formed {
    /// A sentence of its kind, filled in.
    pub fn told(&self, sentence: &str, body: &str, year: u16) -> String {
        let from = self.from.join("、");
        let words = [("{body}", body.to_owned()), ("{year}", year.to_string())];
        let more = [("{last}", year.saturating_sub(1).to_string()), (FROM, from)];
        words.into_iter().chain(more).fold(sentence.to_owned(), |text, (name, word)| text.replace(name, &word))
    }
}

/// Fewest characters of a name on either side of a word that joins two.
const NAME_MIN: usize = 3;

/// What stands in `text` where the pattern has names; `Some("")` for a pattern without any.
fn between<'t>(text: &'t str, pattern: &str) -> Option<&'t str> {
    let Some((before, behind)) = pattern.split_once(FROM) else {
        return text.contains(pattern).then_some("");
    };
    let (_, rest) = text.split_once(before)?;
    let names = if behind.is_empty() { rest } else { rest.split_once(behind)?.0 };
    let names = names.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '(' | ')'));
    (!names.is_empty()).then_some(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origins() -> Origins {
        Origins::load(&Source::embedded(), &mut Vec::new())
    }

    #[test]
    fn what_people_write_of_a_change_is_understood_with_the_names_in_it() {
        let origins = origins();
        let of = |text: &str| origins.read(text).unwrap().map(|formed| (formed.origin, formed.from.join("|")));
        let some = |key: &str, from: &str| Some((key.to_owned(), from.to_owned()));
        for (text, expected) in [
            ("", None),
            ("无", None),
            ("新组建", some("新组建", "")),
            ("2031年3月新成立的单位", some("新组建", "")),
            ("由松岭局、柏溪中心合并组建", some("合并", "松岭局|柏溪中心")),
            ("由原松岭局和柏溪中心合并组建。", some("合并", "松岭局|柏溪中心")),
            ("松岭局, 柏溪中心合并", some("合并", "松岭局|柏溪中心")),
            ("由松岭发展和改革局、柏溪物价局合并新组建", some("合并", "松岭发展和改革局|柏溪物价局")),
            ("从松岭局划出", some("划出自", "松岭局")),
            ("由松岭局分立", some("划出自", "松岭局")),
            ("划出柏溪中心", some("划走", "柏溪中心")),
            ("由松岭站更名", some("更名", "松岭站")),
        ] {
            assert_eq!(of(text), expected, "{text}");
        }
    }

    #[test]
    fn a_merger_without_names_and_a_text_of_no_kind_are_refused_with_what_may_be_written() {
        let origins = origins();
        assert!(origins.read("合并组建").unwrap_err().contains("没有写明变动前的单位"));
        assert!(origins.read("搬家了").unwrap_err().contains("新组建"));
    }
}

//! Conditions on values: whether a paragraph or a sentence is written.

use serde::Deserialize;

use super::slot::{SlotPath, Version};

/// What must be true of a slot, a text or a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Predicate {
    /// A value is known.
    Known,
    /// Known, and prints as zero.
    Zero,
    /// Known, and does not print as zero.
    Nonzero,
    /// Known on both sides, and differs from the version named.
    Changed,
    /// Known on both sides, and equal in print.
    Level,
    /// Greater than the version named.
    More,
    /// Less than the version named.
    Less,
    /// Known on both sides, and greater than the other slot.
    Exceeds(String),
    /// The word has this value.
    Is(String),
    /// The text of this key, or the word, is there.
    Given,
}

/// `总计.上年 changed`, `公务接待费 zero`, `自评金额 exceeds 项目支出`, `@绩效管理.整体评价 given`, `决算名 is 部门决算`. What is not known fulfils
/// nothing.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Condition {
    /// Slot, text key (after @) or word.
    pub subject: String,
    /// Version of the slot.
    pub version: Version,
    /// What must be true.
    pub predicate: Predicate,
}

impl TryFrom<String> for Condition {
    type Error = String;

    fn try_from(text: String) -> Result<Condition, String> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let (subject, predicate) = match words.as_slice() {
            [subject, "is", value] => (*subject, Predicate::Is((*value).to_owned())),
            [subject, "exceeds", other] => (*subject, Predicate::Exceeds((*other).to_owned())),
            [subject, word] => (*subject, predicate(word).ok_or_else(|| format!("条件“{text}”：不明白“{word}”"))?),
            _ => return Err(format!("条件“{text}”应是“名称 谓词”")),
        };
        if matches!(predicate, Predicate::Is(_) | Predicate::Given) {
            return Ok(Condition { subject: subject.to_owned(), version: Version::Own, predicate });
        }
        let SlotPath { slot, version } = SlotPath::try_from(subject.to_owned())?;
        let compares = matches!(predicate, Predicate::Changed | Predicate::Level | Predicate::More | Predicate::Less);
        if compares && version == Version::Own {
            return Err(format!("条件“{text}”要写明与什么相比，例如 {slot}.上年"));
        }
        Ok(Condition { subject: slot, version, predicate })
    }
}

fn predicate(word: &str) -> Option<Predicate> {
    Some(match word {
        "known" => Predicate::Known,
        "zero" => Predicate::Zero,
        "nonzero" => Predicate::Nonzero,
        "changed" => Predicate::Changed,
        "level" => Predicate::Level,
        "more" => Predicate::More,
        "less" => Predicate::Less,
        "given" => Predicate::Given,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comparison_names_what_it_compares_with() {
        let parse = |text: &str| Condition::try_from(text.to_owned());
        assert_eq!(parse("总计.上年 changed").unwrap().version, Version::Prior);
        assert!(parse("总计 changed").is_err());
        assert_eq!(parse("@绩效.评价 given").unwrap().subject, "@绩效.评价");
        assert!(parse("总计 purple").is_err());
        assert_eq!(parse("甲 exceeds 乙").unwrap().predicate, Predicate::Exceeds("乙".to_owned()));
    }
}

//! Marks in sentences. They print nothing; they say what is announced for an evaluation: `{以下.目标}` that the text from here
//! on is about the target, `{数.执行率}` that the next number is the rate.

use std::sync::LazyLock;

use juesuan_model::{Quantity, Topic};
use serde::Serialize;

use crate::template::{Allowed, Name};

/// Name of the mark before a text.
const TEXT: &str = "以下";
/// Name of the mark before a number.
const NUMBER: &str = "数";

static TOPICS: LazyLock<Vec<(String, Topic)>> = LazyLock::new(|| by_word(&Topic::ALL));
static QUANTITIES: LazyLock<Vec<(String, Quantity)>> = LazyLock::new(|| by_word(&Quantity::ALL));

/// What a mark announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Announced {
    /// A text about this, until the next text is announced or a heading stands there. The grade is a word, and a cause a text
    /// inside the one that it explains.
    Text(Topic),
    /// This number.
    Number(Quantity),
}

impl Announced {
    /// What a name of a sentence announces; `None`: it stands for something that is printed.
    pub fn by(name: &Name) -> Option<Announced> {
        match name.name.as_str() {
            TEXT => of(&TOPICS, &name.property).map(Announced::Text),
            NUMBER => of(&QUANTITIES, &name.property).map(Announced::Number),
            _ => None,
        }
    }

    /// The marks beside other names.
    pub fn allowed(names: Allowed<'_>) -> Allowed<'_> {
        let topics = TOPICS.iter().map(|(word, _)| word.as_str());
        let quantities = QUANTITIES.iter().map(|(word, _)| word.as_str());
        names.only_with(TEXT, topics).only_with(NUMBER, quantities)
    }
}

/// The word of a topic, as it is written in files.
pub fn topic_word(topic: Topic) -> &'static str {
    TOPICS.iter().find(|(_, own)| *own == topic).map_or("", |(word, _)| word)
}

fn of<T: Copy>(all: &[(String, T)], word: &str) -> Option<T> {
    all.iter().find(|(own, _)| own == word).map(|(_, one)| *one)
}

/// Values with the words that stand for them in files.
fn by_word<T: Copy + Serialize>(all: &[T]) -> Vec<(String, T)> {
    let word = |one: &T| toml::Value::try_from(one).ok()?.as_str().map(str::to_owned);
    all.iter().filter_map(|one| Some((word(one)?, *one))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::Template;

    #[test]
    fn a_mark_is_known_by_its_word_and_any_other_word_is_refused() {
        let template = Template::try_from("{以下.资金执行}执行数{数.执行数}{执行数}万元".to_owned()).unwrap();
        let announced: Vec<Option<Announced>> = template.names().into_iter().map(Announced::by).collect();
        let expected = [Some(Announced::Text(Topic::Execution)), Some(Announced::Number(Quantity::Executed)), None];
        assert_eq!(announced, expected);
        let allowed = Announced::allowed(Allowed::default());
        for (word, good) in [("以下.目标", true), ("数.得分", true), ("以下.得分", false), ("数", false)] {
            assert_eq!(allowed.fault_of(word).is_none(), good, "{word}");
        }
        assert_eq!((TOPICS.len(), QUANTITIES.len()), (Topic::ALL.len(), Quantity::ALL.len()));
    }
}

//! Named questions with what is set of them.

use std::path::PathBuf;

use datafusion::scalar::ScalarValue;
use juesuan_catalog::near::nearest;
use juesuan_catalog::{ParameterKind, Question, QuestionParameter, Questions};

use crate::engine::{Answer, Engine};
use crate::error::Error;
use crate::sheet;

/// A named question with what is set.
#[derive(Clone, Debug)]
pub struct Asked<'q> {
    question: &'q Question,
    /// Value of each parameter, in the order of the question.
    values: Vec<String>,
}

impl<'q> Asked<'q> {
    /// The question of a name; `set` are names with values, all others have the value that the catalogue gives them.
    ///
    /// # Errors
    /// No such question or parameter, a value that is none, or a list that is not set.
    pub fn new(questions: &'q Questions, name: &str, set: &[(String, String)]) -> Result<Asked<'q>, Error> {
        let question = questions.named(name).ok_or_else(|| Error::NoQuestion {
            name: name.to_owned(),
            near: nearest(name, questions.iter().flat_map(|own| [own.key.as_str(), &own.title])),
        })?;
        for (name, text) in set {
            let own = question.parameters.iter().find(|own| own.name == *name);
            let own = own.ok_or_else(|| Error::NoParameter {
                name: name.clone(),
                near: nearest(name, question.parameters.iter().map(|own| own.name.as_str())),
            })?;
            if !own.kind.takes(text) {
                let whole = own.kind == ParameterKind::Int;
                return Err(Error::Value { name: name.clone(), text: text.clone(), whole });
            }
        }
        // What is set last counts.
        let value = |own: &QuestionParameter| {
            set.iter().rev().find(|(name, _)| *name == own.name).map_or(&own.default, |(_, text)| text).clone()
        };
        let values: Vec<String> = question.parameters.iter().map(value).collect();
        // A list that nobody gave would be answered as one on which nobody stands.
        let unset = question.parameters.iter().zip(&values).find(|(own, text)| {
            own.kind == ParameterKind::Table && text.is_empty() && own.columns.iter().any(|column| column.required)
        });
        match unset {
            Some((own, _)) => Err(Error::Unset { name: own.name.clone(), about: own.about.clone() }),
            None => Ok(Asked { question, values }),
        }
    }

    /// Asks it.
    ///
    /// # Errors
    /// A list that cannot be read, or what the engine says.
    pub fn ask(&self, engine: &Engine<'_>) -> Result<Answer<'static>, Error> {
        let mut values = Vec::new();
        for (own, text) in self.question.parameters.iter().zip(&self.values) {
            let wrong = || Error::Value { name: own.name.clone(), text: text.clone(), whole: false };
            let value = match own.kind {
                ParameterKind::Table => {
                    let path = Some(text).filter(|text| !text.is_empty()).map(PathBuf::from);
                    engine.lay(&own.name, sheet::rows(path.as_deref(), &own.columns)?)?;
                    continue;
                }
                ParameterKind::Int => ScalarValue::Int64(Some(text.parse().map_err(|_| wrong())?)),
                ParameterKind::Number => decimal(text).ok_or_else(wrong)?,
                ParameterKind::Text => ScalarValue::Utf8(Some(text.clone())),
            };
            values.push((own.name.clone(), value));
        }
        engine.ask(&self.question.sql, values)
    }
}

/// Digits behind the point of numbers that are set.
const SCALE: u8 = 8;
/// Digits of numbers that are set.
const DIGITS: u8 = 28;

/// A decimal number as it is written.
fn decimal(text: &str) -> Option<ScalarValue> {
    let (whole, behind) = text.split_once('.').unwrap_or((text, ""));
    if behind.len() > usize::from(SCALE) {
        return None;
    }
    let value: i128 = format!("{whole}{behind:0<width$}", width = usize::from(SCALE)).parse().ok()?;
    Some(ScalarValue::Decimal128(Some(value), DIGITS, i8::try_from(SCALE).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_are_set_are_exact() {
        let of = |value| Some(ScalarValue::Decimal128(Some(value), 28, 8));
        assert_eq!(decimal("-0.1"), of(-10_000_000));
        assert_eq!(decimal("12"), of(1_200_000_000));
        assert_eq!(decimal("0.123456789"), None);
    }
}

//! The values of one column while a document is turned into rows, before they are Arrow's.

use std::borrow::Cow;

use juesuan_catalog::ArchiveType;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

/// What stands in one column of one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value<'v> {
    /// Not known.
    Nothing,
    /// Words.
    Text(Cow<'v, str>),
    /// A whole number.
    Int(i64),
    /// Yes or no.
    Bool(bool),
    /// 分, or a number in hundred-millionths: as many digits behind the point as the column has.
    Decimal(i128),
    /// Whole numbers.
    Ints(Vec<i64>),
}

/// Values of one column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Column {
    /// Words.
    Text(Texts),
    /// Whole numbers.
    Int(Vec<Option<i64>>),
    /// Yes or no.
    Bool(Vec<bool>),
    /// Decimals by their digits.
    Decimal(Vec<Option<i128>>),
    /// Lists of whole numbers.
    Ints(Vec<Vec<i64>>),
}

/// Words, each kept once: in one document most stand in many rows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Texts {
    words: Vec<String>,
    /// Of each row the number of its words.
    rows: Vec<Option<u32>>,
    #[serde(skip)]
    known: FxHashMap<String, u32>,
}

impl Column {
    /// Without rows, for values of this type.
    pub fn of(kind: ArchiveType) -> Column {
        match kind {
            ArchiveType::Text => Column::Text(Texts::default()),
            ArchiveType::Int => Column::Int(Vec::new()),
            ArchiveType::Bool => Column::Bool(Vec::new()),
            ArchiveType::Fen | ArchiveType::Number => Column::Decimal(Vec::new()),
            ArchiveType::Ints => Column::Ints(Vec::new()),
        }
    }

    /// Adds the value of the next row; false where it is of another type, and nothing is added.
    #[must_use]
    pub fn push(&mut self, value: Value<'_>) -> bool {
        match (self, value) {
            (Column::Text(texts), Value::Text(text)) => texts.push(text),
            (Column::Text(texts), Value::Nothing) => texts.rows.push(None),
            (Column::Int(rows), Value::Int(value)) => rows.push(Some(value)),
            (Column::Int(rows), Value::Nothing) => rows.push(None),
            (Column::Bool(rows), Value::Bool(value)) => rows.push(value),
            (Column::Decimal(rows), Value::Decimal(value)) => rows.push(Some(value)),
            (Column::Decimal(rows), Value::Nothing) => rows.push(None),
            (Column::Ints(rows), Value::Ints(values)) => rows.push(values),
            _ => return false,
        }
        true
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        match self {
            Column::Text(texts) => texts.rows.len(),
            Column::Int(rows) => rows.len(),
            Column::Bool(rows) => rows.len(),
            Column::Decimal(rows) => rows.len(),
            Column::Ints(rows) => rows.len(),
        }
    }
}

impl Texts {
    fn push(&mut self, text: Cow<'_, str>) {
        let number = match self.known.get(text.as_ref()) {
            Some(number) => *number,
            None => {
                let number = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
                self.words.push(text.clone().into_owned());
                self.known.insert(text.into_owned(), number);
                number
            }
        };
        self.rows.push(Some(number));
    }

    /// The words of each row.
    pub fn iter(&self) -> impl Iterator<Item = Option<&str>> {
        let word = |number: u32| usize::try_from(number).ok().and_then(|number| self.words.get(number));
        self.rows.iter().map(move |number| number.and_then(word).map(String::as_str))
    }
}

impl<'v> From<&'v str> for Value<'v> {
    fn from(text: &'v str) -> Value<'v> {
        Value::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Value::Text(Cow::Owned(text))
    }
}

impl From<bool> for Value<'_> {
    fn from(value: bool) -> Self {
        Value::Bool(value)
    }
}

impl From<i64> for Value<'_> {
    fn from(value: i64) -> Self {
        Value::Int(value)
    }
}

impl From<i32> for Value<'_> {
    fn from(value: i32) -> Self {
        Value::Int(i64::from(value))
    }
}

impl From<u32> for Value<'_> {
    fn from(value: u32) -> Self {
        Value::Int(i64::from(value))
    }
}

impl From<usize> for Value<'_> {
    fn from(value: usize) -> Self {
        Value::Int(i64::try_from(value).unwrap_or(i64::MAX))
    }
}

impl From<i128> for Value<'_> {
    fn from(value: i128) -> Self {
        Value::Decimal(value)
    }
}

impl From<Vec<i64>> for Value<'_> {
    fn from(values: Vec<i64>) -> Self {
        Value::Ints(values)
    }
}

impl<'v, T: Into<Value<'v>>> From<Option<T>> for Value<'v> {
    fn from(value: Option<T>) -> Value<'v> {
        value.map_or(Value::Nothing, Into::into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_takes_values_of_its_type_only_and_what_is_not_known_stays_so() {
        let mut money = Column::of(ArchiveType::Fen);
        assert!(money.push(12_i128.into()) && money.push(None::<i128>.into()));
        assert!(!money.push(12_i64.into()) && !money.push("12".into()));
        assert_eq!(money, Column::Decimal(vec![Some(12), None]));
        let mut flag = Column::of(ArchiveType::Bool);
        assert!(!flag.push(Value::Nothing), "there is no third answer");
    }

    #[test]
    fn words_that_return_are_kept_once_and_come_back_in_their_rows() {
        let mut column = Column::of(ArchiveType::Text);
        for word in ["收入", "支出", "收入", ""] {
            assert!(column.push(word.into()));
        }
        let Column::Text(texts) = &column else { panic!("{column:?}") };
        assert_eq!(texts.iter().collect::<Vec<_>>(), [Some("收入"), Some("支出"), Some("收入"), Some("")]);
        assert_eq!((texts.words.len(), column.len()), (3, 4));
    }
}

//! What is wrong with a value, in words for whoever writes the file.

use std::fmt;

use serde::de::{Error, Expected, Unexpected};

use crate::near::choice;

/// What a table in braces is called.
const MAP: &str = "表（{…}）";

/// A fault and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    /// Position; the innermost value that is faulty.
    pub(super) at: Option<usize>,
    pub(super) what: What,
}

/// What is wrong.
#[derive(Clone, Debug)]
pub(crate) enum What {
    /// A key that nobody reads.
    UnknownKey { key: String, allowed: &'static [&'static str] },
    /// A word that is none of those allowed.
    UnknownWord { word: String, allowed: &'static [&'static str] },
    /// A key is missing.
    Missing(&'static str),
    /// Something else should stand there.
    Other { found: String, expected: String },
    /// Said by who reads the value.
    Said(String),
}

impl Fault {
    pub(super) const fn new(what: What) -> Fault {
        Fault { at: None, what }
    }

    /// The fault stands there, unless a place within was named before.
    pub(super) fn at(mut self, position: usize) -> Fault {
        self.at.get_or_insert(position);
        self
    }

    /// In words.
    pub(super) fn told(&self) -> String {
        match &self.what {
            What::UnknownKey { key, allowed } => format!("没有“{key}”这一项{}", choice(key, allowed.iter().copied())),
            What::UnknownWord { word, allowed } => {
                format!("这里不能写“{word}”{}", choice(word, allowed.iter().copied()))
            }
            What::Missing(key) => format!("缺少“{key}”；请补上"),
            What::Other { found, expected } => format!("这里是{found}，应为{expected}"),
            What::Said(message) => message.clone(),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.told())
    }
}

impl std::error::Error for Fault {}

impl Error for Fault {
    fn custom<T: fmt::Display>(message: T) -> Fault {
        Fault::new(What::Said(message.to_string()))
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Fault {
        Fault::new(What::Other { found: kind(found), expected: asked(&expected.to_string()) })
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Fault {
        Fault::new(What::Other { found: kind(found), expected: asked(&expected.to_string()) })
    }

    fn invalid_length(length: usize, expected: &dyn Expected) -> Fault {
        Fault::new(What::Other { found: format!("{length}个值"), expected: asked(&expected.to_string()) })
    }

    fn unknown_variant(word: &str, allowed: &'static [&'static str]) -> Fault {
        Fault::new(What::UnknownWord { word: word.to_owned(), allowed })
    }

    fn unknown_field(key: &str, allowed: &'static [&'static str]) -> Fault {
        Fault::new(What::UnknownKey { key: key.to_owned(), allowed })
    }

    fn missing_field(key: &'static str) -> Fault {
        Fault::new(What::Missing(key))
    }

    fn duplicate_field(key: &'static str) -> Fault {
        Fault::new(What::Said(format!("“{key}”写了两次，请只留一处")))
    }
}

fn kind(found: Unexpected<'_>) -> String {
    match found {
        Unexpected::Bool(truth) => truth.to_string(),
        Unexpected::Unsigned(number) => number.to_string(),
        Unexpected::Signed(number) => number.to_string(),
        Unexpected::Str(text) => format!("文字“{text}”"),
        Unexpected::Seq => "列表（[…]）".to_owned(),
        Unexpected::Map => MAP.to_owned(),
        other => other.to_string(),
    }
}

/// What serde expects, in the words of this catalogue.
fn asked(expected: &str) -> String {
    let word = match expected {
        "a string" | "a borrowed string" => "文字（写在引号里）",
        "a boolean" => "true 或 false",
        "a sequence" => "列表（[…]）",
        "a map" => MAP,
        "u8" | "u16" | "u32" | "u64" | "usize" => "不小于0的整数",
        "i64" | "i32" | "i16" => "整数",
        other if other.starts_with("struct ") => MAP,
        other if other.starts_with("an array of length ") => {
            return format!("{}个值的列表", other.trim_start_matches("an array of length "));
        }
        other => other,
    };
    word.to_owned()
}

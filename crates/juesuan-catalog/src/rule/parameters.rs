//! What a rule file gives below `[with]`: lists with declared types, resolved when the catalogue is loaded.

use std::collections::BTreeMap;

use juesuan_model::Meaning;
use serde::Deserialize;

use super::body::{Parameter, ParameterKind};
use crate::formula::bracketed;
use crate::trees::Trees;

/// In a pattern, stands for a year; the year is its own group.
pub const YEAR: &str = "YEAR";
/// In a pattern, stands for the name of whoever files the document.
pub const NAME: &str = "NAME";

/// In a pattern, stands before what should be written instead of what the pattern finds.
const INSTEAD: char = '→';

/// A pattern without what should be written instead, and that.
pub fn pattern_and_right(text: &str) -> (&str, Option<&str>) {
    text.split_once(INSTEAD).map_or((text, None), |(pattern, right)| (pattern, Some(right)))
}

/// As it is written.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Written {
    Number(usize),
    List(Vec<String>),
}

/// The parameters of a rule.
#[derive(Clone, Debug, Default)]
pub struct Parameters {
    words: BTreeMap<String, Vec<String>>,
    meanings: BTreeMap<String, Vec<Meaning>>,
    numbers: BTreeMap<String, usize>,
}

/// A fault of a parameter, with the words that show where it stands.
pub(super) struct ParameterFault {
    pub(super) at: String,
    pub(super) message: String,
}

impl Parameters {
    /// Resolves what is written against what is declared.
    pub(super) fn resolve(
        written: &BTreeMap<String, Written>,
        declared: &[Parameter],
        trees: &Trees,
        faults: &mut Vec<ParameterFault>,
    ) -> Parameters {
        let mut out = Parameters::default();
        for parameter in declared.iter().filter(|p| p.required && !written.contains_key(&*p.key)) {
            let (at, key) = ("body".to_owned(), &parameter.key);
            faults.push(ParameterFault {
                at, message: format!("[with] 缺少 {key}（{}）", kind_words(parameter.kind))
            });
        }
        for (key, value) in written {
            let mut fault = |at: &str, message: String| faults.push(ParameterFault { at: at.to_owned(), message });
            let Some(parameter) = declared.iter().find(|parameter| parameter.key == key.as_str()) else {
                let known: Vec<&str> = declared.iter().map(|parameter| &*parameter.key).collect();
                let known = if known.is_empty() {
                    "这个程序没有参数".to_owned()
                } else {
                    format!("可用的有：{}", known.join("、"))
                };
                fault(key, format!("[with] 中的 {key} 没有用处，{known}"));
                continue;
            };
            match (parameter.kind, value) {
                (ParameterKind::Number, Written::Number(number)) => {
                    out.numbers.insert(key.clone(), *number);
                }
                (ParameterKind::Words, Written::List(list)) => {
                    out.words.insert(key.clone(), list.clone());
                }
                (ParameterKind::Patterns, Written::List(list)) => {
                    for text in list {
                        if let Err(error) = read_pattern(text) {
                            fault(text, format!("“{text}”不是能用的正则表达式：{error}"));
                        }
                    }
                    out.words.insert(key.clone(), list.clone());
                }
                (ParameterKind::Meanings, Written::List(list)) => {
                    let mut meanings = Vec::new();
                    for text in list {
                        match bracketed(trees, text) {
                            Ok(meaning) => meanings.push(meaning),
                            Err(error) => fault(text, format!("“{text}”{error}")),
                        }
                    }
                    out.meanings.insert(key.clone(), meanings);
                    out.words.insert(key.clone(), list.clone());
                }
                (kind, _) => fault(key, format!("[with] 中的 {key} 应为{}", kind_words(kind))),
            }
        }
        out
    }

    /// A list of words or patterns, or of meanings as they are written; empty where it is not given.
    pub fn words(&self, key: &str) -> &[String] {
        self.words.get(key).map_or(&[], Vec::as_slice)
    }

    /// A list of meanings; empty where it is not given.
    pub fn meanings(&self, key: &str) -> &[Meaning] {
        self.meanings.get(key).map_or(&[], Vec::as_slice)
    }

    /// A number; `None` where it is not given.
    pub fn number(&self, key: &str) -> Option<usize> {
        self.numbers.get(key).copied()
    }
}

const fn kind_words(kind: ParameterKind) -> &'static str {
    match kind {
        ParameterKind::Words => "词的列表，如 [\"甲\", \"乙\"]",
        ParameterKind::Patterns => "正则表达式的列表，如 ['第[0-9]+页']",
        ParameterKind::Meanings => "名称的列表，如 [\"[支出·项目支出]\"]",
        ParameterKind::Number => "一个数，如 3",
    }
}

/// Whether a pattern can be compiled; compiling itself waits until a document is checked.
fn read_pattern(text: &str) -> Result<(), String> {
    let (text, _) = pattern_and_right(text);
    let written = text.replace(YEAR, "(20[0-9]{2})").replace(NAME, "某部门");
    match regex_syntax::ParserBuilder::new().unicode(true).build().parse(&written) {
        Ok(_) => Ok(()),
        Err(error) => Err(match error {
            regex_syntax::Error::Parse(error) => {
                place_of(&written, error.span().start.offset, &error.kind().to_string())
            }
            regex_syntax::Error::Translate(error) => {
                place_of(&written, error.span().start.offset, &error.kind().to_string())
            }
            other => other.to_string(),
        }),
    }
}

fn place_of(text: &str, offset: usize, what: &str) -> String {
    let before = text.get(..offset).map_or(0, |before| before.chars().count());
    format!("第{}个字，{what}", before + 1)
}

//! What a rule file gives below `[with]`: lists with declared types, resolved when the catalogue is loaded.

use std::collections::BTreeMap;

use juesuan_model::Meaning;
use juesuan_text::pattern;
use regex_syntax::ast::ErrorKind;
use serde::Deserialize;

use super::body::{Parameter, ParameterKind};
use crate::compared::compared;
use crate::formula::bracketed;
use crate::near::choice;
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
    List(Vec<String>),
    /// Something else, which is refused.
    Other(serde::de::IgnoredAny),
}

/// The parameters of a rule.
#[derive(Clone, Debug, Default)]
pub struct Parameters {
    words: BTreeMap<String, Vec<String>>,
    meanings: BTreeMap<String, Vec<Meaning>>,
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
                let known = choice(key, declared.iter().map(|parameter| &*parameter.key));
                fault(key, format!("[with] 中的 {key} 没有用处{known}"));
                continue;
            };
            match (parameter.kind, value) {
                (ParameterKind::Words, Written::List(list)) => {
                    let words = list.iter().map(|word| compared(word).map_err(|message| fault(word, message)));
                    let words = words.flatten().collect();
                    out.words.insert(key.clone(), words);
                }
                (ParameterKind::Names, Written::List(list)) => {
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

    /// A list of words in compared form, of names or patterns, or of meanings as they are written; empty where it is not given.
    pub fn words(&self, key: &str) -> &[String] {
        self.words.get(key).map_or(&[], Vec::as_slice)
    }

    /// A list of meanings; empty where it is not given.
    pub fn meanings(&self, key: &str) -> &[Meaning] {
        self.meanings.get(key).map_or(&[], Vec::as_slice)
    }
}

const fn kind_words(kind: ParameterKind) -> &'static str {
    match kind {
        ParameterKind::Words | ParameterKind::Names => "词的列表，如 [\"甲\", \"乙\"]",
        ParameterKind::Patterns => "正则表达式的列表，如 ['第[0-9]+页']",
        ParameterKind::Meanings => "名称的列表，如 [\"[支出·项目支出]\"]",
    }
}

/// Whether a pattern can be compiled in the form in which it is used; compiling itself waits until a document is checked.
pub(crate) fn read_pattern(text: &str) -> Result<(), String> {
    let (text, _) = pattern_and_right(text);
    let used = |text: &str| pattern(&text.replace(YEAR, "(20[0-9]{2})").replace(NAME, "某部门"));
    let (kind, offset) = match regex_syntax::ParserBuilder::new().unicode(true).build().parse(&used(text)) {
        Ok(_) => return Ok(()),
        Err(regex_syntax::Error::Parse(error)) => (told(error.kind()), error.span().start.offset),
        Err(regex_syntax::Error::Translate(error)) => ("用了不支持的字符类".to_owned(), error.span().start.offset),
        Err(_) => return Err("写法不对".to_owned()),
    };
    let before = text.char_indices().filter(|(at, _)| text.get(..*at).is_some_and(|head| used(head).len() <= offset));
    Err(format!("第{}个字，{kind}", before.count().max(1)))
}

/// What is wrong, in words for whoever wrote the pattern.
fn told(kind: &ErrorKind) -> String {
    let told = match kind {
        ErrorKind::GroupUnclosed => "左括号没有右括号",
        ErrorKind::GroupUnopened => "右括号没有左括号",
        ErrorKind::ClassUnclosed => "方括号没有合上",
        ErrorKind::ClassRangeInvalid => "方括号里的范围是倒的",
        ErrorKind::RepetitionMissing => "重复符号前面没有要重复的字",
        ErrorKind::EscapeUnrecognized | ErrorKind::EscapeUnexpectedEof => "反斜线后面的字没有这种用法",
        ErrorKind::UnsupportedLookAround | ErrorKind::UnsupportedBackreference => "不支持前后断言和反向引用",
        _ => "写法不对",
    };
    told.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_held_in_the_form_in_which_texts_are_compared_and_names_as_they_stand() {
        let parameter = |key: &'static str, kind| Parameter { key: key.into(), kind, required: true };
        let declared = [parameter("words", ParameterKind::Words), parameter("names", ParameterKind::Names)];
        let list = || Written::List(vec!["没有“三公”（本级）".to_owned(), "％：".to_owned()]);
        let written = BTreeMap::from([("words".to_owned(), list()), ("names".to_owned(), list())]);
        let mut faults = Vec::new();
        let parameters = Parameters::resolve(&written, &declared, &Trees::default(), &mut faults);
        assert_eq!(parameters.words("words"), ["没有三公(本级)", "%："]);
        assert_eq!(parameters.words("names"), ["没有“三公”（本级）", "％："]);
        assert!(faults.is_empty());
        let nothing = BTreeMap::from([("words".to_owned(), Written::List(vec!["“ ”".to_owned()]))]);
        Parameters::resolve(&nothing, &declared[..1], &Trees::default(), &mut faults);
        assert_eq!(faults.len(), 1, "a word of which nothing is left");
    }

    #[test]
    fn a_pattern_is_judged_in_the_form_in_which_it_is_used() {
        assert_eq!(read_pattern("（类）[0-9]+"), Ok(()), "printed brackets are no group");
        assert_eq!(read_pattern("（类"), Ok(()));
        assert_eq!(read_pattern("（类）(款").unwrap_err(), "第4个字，左括号没有右括号");
        assert_eq!(read_pattern("款)").unwrap_err(), "第2个字，右括号没有左括号");
        assert!(read_pattern("YEAR年[").unwrap_err().ends_with("方括号没有合上"));
    }
}

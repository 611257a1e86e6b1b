//! Text → pieces.

use juesuan_model::measure::Against;
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::Error;

use super::{Directive, Key, Name, Need, Piece};

/// Most stretches inside each other.
const DEPTH_MAX: usize = 8;
/// Marks of the language in the width that means nothing here, and the right one.
const WIDE: [(char, char); 4] = [('｛', '{'), ('｝', '}'), ('［', '['), ('］', ']')];

/// The pieces of a text of the catalogue, or what is wrong with it.
pub(super) fn pieces(text: &str) -> Result<Vec<Piece>, String> {
    if let Some((wide, right)) = WIDE.iter().find(|(wide, _)| text.contains(*wide)) {
        return Err(format!("“{text}”里的“{wide}”要写作半角的“{right}”"));
    }
    let mut rest = text;
    stretch(&mut rest, 0).map_err(|fault| format!("“{text}”：{fault}"))
}

/// Pieces up to the end of the text, or of the stretch at `depth`.
fn stretch(rest: &mut &str, depth: usize) -> Result<Vec<Piece>, String> {
    let mut out = Vec::new();
    loop {
        let end = rest.find(['{', '}', '[', ']']).unwrap_or(rest.len());
        let (text, behind) = rest.split_at(end);
        if !text.is_empty() {
            out.push(Piece::Text(text.to_owned()));
        }
        let mut characters = behind.chars();
        let mark = characters.next();
        *rest = characters.as_str();
        match mark {
            None if depth == 0 => return Ok(out),
            None => return Err("“[”没有对应的“]”".to_owned()),
            Some('{') => {
                let (inside, behind) =
                    rest.split_once('}').filter(|(inside, _)| !inside.contains('{')).ok_or("“{”没有对应的“}”")?;
                out.push(place(inside)?);
                *rest = behind;
            }
            Some('[') if depth == DEPTH_MAX => return Err(format!("方括号最多套 {DEPTH_MAX} 层")),
            Some('[') => out.push(Piece::Optional(stretch(rest, depth + 1)?)),
            Some(']') if depth > 0 => return Ok(out),
            Some(other) => return Err(format!("多了一个“{other}”")),
        }
    }
}

/// What stands in braces.
fn place(inside: &str) -> Result<Piece, String> {
    let words: Vec<&str> = inside.split_whitespace().collect();
    let narrated = |key: &str, need| Ok(Piece::Asked(Directive::Text { key: self::key(key)?, need }));
    match words.as_slice() {
        ["@cause", key, slot, word] => {
            let against =
                against(word).ok_or_else(|| format!("{{{inside}}} 末尾的“{word}”应是 上年、年初预算 或 全年预算"))?;
            Ok(Piece::Asked(Directive::Cause { key: self::key(key)?, slot: (*slot).to_owned(), against }))
        }
        ["@cause", ..] => Err(format!("{{{inside}}} 应写作 {{@cause 名称 哪个数 与什么相比}}")),
        ["@text", key] => narrated(key, Need::Demanded),
        ["@text?", key] => narrated(key, Need::Optional),
        ["@text" | "@text?", ..] => Err(format!("{{{inside}}} 应写作 {{@text 名称}} 或 {{@text? 名称}}")),
        [word, ..] if word.starts_with('@') => Err(format!("不明白“{{{inside}}}”；@ 后面可以写 @cause、@text、@text?")),
        [one] if !one.starts_with('.') && !one.ends_with('.') && !one.contains(['[', ']']) => {
            Ok(Piece::Value(Name::new(one)))
        }
        _ => Err(format!("不明白“{{{inside}}}”；花括号里写一个名称，或 名称.属性")),
    }
}

/// 上年, 年初预算 or 全年预算.
fn against(word: &str) -> Option<Against> {
    let word: serde::de::value::StrDeserializer<'_, Error> = word.into_deserializer();
    Against::deserialize(word).ok()
}

fn key(source: &str) -> Result<Key, String> {
    let mut parts = Vec::new();
    let mut rest = source;
    while let Some((before, behind)) = rest.split_once('<') {
        let (word, after) = behind.split_once('>').ok_or_else(|| format!("“{source}”里的“<”没有对应的“>”"))?;
        parts.extend([before.to_owned(), word.to_owned()]);
        rest = after;
    }
    parts.push(rest.to_owned());
    Ok(Key { source: source.to_owned(), parts })
}

/// The pieces of a text that somebody entered; see [`super::Template::entered`].
pub(super) fn entered(text: &str) -> (Vec<Piece>, Option<String>) {
    let mut out = Vec::new();
    let push = |text: &str, out: &mut Vec<Piece>| {
        if !text.is_empty() {
            out.push(Piece::Text(text.to_owned()));
        }
    };
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(['{', '｛']) {
        let Some((inside, behind)) = after.split_once(['}', '｝']) else { break };
        push(before, &mut out);
        out.push(Piece::Value(Name::new(inside.trim())));
        rest = behind;
    }
    push(rest, &mut out);
    let alone = rest.contains(['{', '｛', '}', '｝']);
    (out, alone.then(|| "花括号不成对；计数写成 {计数名}，别处不要用花括号".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Piece {
        Piece::Value(Name::new(text))
    }

    #[test]
    fn a_template_is_text_values_causes_and_stretches_that_vanish() {
        let pieces = pieces("共{合计}[，占{合计.占比}]。{@cause 收入.<编码> 合计 上年}{@text? 绩效.说明}").unwrap();
        assert_eq!(pieces[1], value("合计"));
        let Piece::Optional(inside) = &pieces[2] else { panic!() };
        assert_eq!(inside[1], Piece::Value(Name { name: "合计".into(), property: "占比".into() }));
        let Piece::Asked(Directive::Cause { key, slot, against }) = &pieces[4] else { panic!() };
        assert_eq!((slot.as_str(), *against), ("合计", Against::PriorYear));
        assert_eq!(key.words().collect::<Vec<_>>(), ["编码"]);
        assert_eq!(key.filled(|word| (word == "编码").then_some("201")), "收入.201");
        assert_eq!(key.filled(|_| None), key.source());
        let Piece::Asked(Directive::Text { need, .. }) = &pieces[5] else { panic!() };
        assert_eq!(*need, Need::Optional);
    }

    #[test]
    fn what_does_not_close_or_is_no_name_is_told() {
        for (text, told) in [
            ("{合计", "没有对应的“}”"),
            ("[，占{合计.占比}", "没有对应的“]”"),
            ("多]了", "多了一个“]”"),
            ("多}了", "多了一个“}”"),
            ("{@cause 少了词}", "应写作 {@cause"),
            ("{@cause 收入 合计 去年}", "“去年”应是"),
            ("{@why 收入.上年}", "@ 后面可以写"),
            ("{@text 甲.<编码}", "“<”没有对应的“>”"),
            ("{两 词}", "花括号里写一个名称"),
            ("{}", "花括号里写一个名称"),
            ("{合计.}", "花括号里写一个名称"),
            ("{合{计}", "没有对应的“}”"),
            ("共｛合计}", "半角的“{”"),
        ] {
            let fault = pieces(text).unwrap_err();
            assert!(fault.contains(told) && fault.contains(text), "{text}: {fault}");
        }
        assert!(pieces(&"[".repeat(100_000)).unwrap_err().contains("最多套"));
    }

    #[test]
    fn in_a_text_that_was_entered_only_braces_mean_something() {
        let (pieces, fault) = entered("开会｛ 会议次数 ｝次[含视频]");
        assert_eq!(pieces[1], value("会议次数"));
        assert_eq!((pieces[2].clone(), fault), (Piece::Text("次[含视频]".to_owned()), None));
        let (pieces, fault) = entered("开会{会议次数次");
        assert_eq!(pieces, [Piece::Text("开会{会议次数次".to_owned())]);
        assert!(fault.is_some());
    }
}

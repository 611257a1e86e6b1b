//! TOML files that people write beside the catalogue: faults with their line, in Chinese.

use juesuan_model::{Place, Problem};
use serde::de::DeserializeOwned;

use super::syntax::toml_fault;

/// Parses `text`.
///
/// # Errors
/// A problem of the file `name` with its line: a text that is no TOML, or says something else than it should.
pub fn parse_toml<T: DeserializeOwned>(name: &str, text: &str) -> Result<T, Problem> {
    toml::from_str(text).map_err(|error| {
        let line = error.span().map(|span| text.get(..span.start).unwrap_or(text).matches('\n').count() + 1);
        let place =
            Place { file: Some(name.to_owned()), line: line.and_then(|l| u32::try_from(l).ok()), ..Place::default() };
        let quote = error.span().and_then(|span| text.get(span)).map(str::trim).unwrap_or_default();
        Problem::fatal(place, explained(error.message(), quote).unwrap_or_else(|| toml_fault(&error, text)))
    })
}

/// What the parser says of a value, in plain Chinese; `None` where the text is no TOML.
fn explained(message: &str, quote: &str) -> Option<String> {
    let names: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let shown = quote.lines().next().unwrap_or_default();
    let rest = |from: usize| names.get(from..).unwrap_or_default().join("、");
    Some(match names.first() {
        Some(field) if message.starts_with("missing field") => {
            format!("缺少“{field}”这一项；请补上")
        }
        Some(field) if message.starts_with("unknown field") => {
            format!("没有“{field}”这一项；这里可以写的有：{}", rest(1))
        }
        Some(value) if message.starts_with("unknown variant") => {
            format!("“{value}”不在可选的词之内；可以写的有：{}", rest(1))
        }
        Some(field) if message.starts_with("duplicate key") || message.starts_with("duplicate field") => {
            format!("“{field}”写了两次；请只留一处")
        }
        _ if message.starts_with("duplicate key") => format!("“{shown}”写了两次；请只留一处"),
        _ if message.starts_with("invalid type") || message.starts_with("invalid value") => {
            format!("“{shown}”的写法不对，这里应当是{}", expected(message))
        }
        _ if message.starts_with("invalid length") => format!("“{shown}”的项数不对；请照说明写全"),
        _ if message.starts_with("data did not match") => format!("“{shown}”的写法不对；请照说明改写"),
        // Said by one of our own types.
        _ if !message.is_ascii() => message.to_owned(),
        _ => return None,
    })
}

fn expected(message: &str) -> String {
    let kind = message.rsplit("expected ").next().unwrap_or_default();
    let plain = [
        ("a string", "带引号的文字"),
        ("a sequence", "方括号里的列表，例如 [\"甲\", \"乙\"]"),
        ("a map", "一组“名称 = 内容”"),
        ("a boolean", "true 或 false"),
        ("u16", "整数，例如 2023"),
        ("unit", "另一种写法"),
        ("u", "整数"),
        ("i", "整数"),
        ("f", "数"),
        ("char", "一个字"),
        ("a character", "一个字"),
        ("a tuple", "方括号里的列表"),
        ("an array", "方括号里的列表"),
        ("struct", "一组“名称 = 内容”"),
    ];
    plain
        .iter()
        .find(|(english, _)| kind.starts_with(english))
        .map(|(_, plain)| (*plain).to_owned())
        .unwrap_or_else(|| if kind.is_ascii() { "另一种写法".to_owned() } else { kind.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    /// Something that people write.
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only what is wrong with it is asked for")]
    struct Department {
        name: String,
        year: u16,
        #[serde(default)]
        duties: Vec<String>,
        #[serde(default)]
        unit: Vec<Unit>,
    }

    #[derive(Deserialize)]
    #[expect(dead_code, reason = "only what is wrong with it is asked for")]
    struct Unit {
        kind: Kind,
    }

    #[derive(Deserialize)]
    enum Kind {
        #[serde(rename = "行政")]
        Administrative,
        #[serde(rename = "事业")]
        Institution,
    }

    fn fault(text: &str) -> (Option<u32>, String) {
        let problem = parse_toml::<Department>("department.toml", text).map(|_| ()).unwrap_err();
        (problem.place.line, problem.message)
    }

    #[test]
    fn faults_are_told_in_chinese_with_their_line() {
        let good = "name = \"甲局\"\nyear = 2023\n";
        assert!(parse_toml::<Department>("department.toml", good).is_ok());
        let (_, message) = fault("name = \"甲局\"\n");
        assert!(message.contains("缺少“year”"), "{message}");
        let (line, message) = fault(&format!("{good}dutys = []\n"));
        assert_eq!(line, Some(3));
        assert!(message.contains("没有“dutys”") && message.contains("duties"), "{message}");
        let (line, message) = fault("name = \"甲局\"\nyear = \"二〇二三\"\n");
        assert_eq!(line, Some(2));
        assert!(message.contains("整数"), "{message}");
        let (line, message) = fault(&format!("{good}[[unit]]\nname = \"甲局\"\nkind = \"企业\"\n"));
        assert_eq!(line, Some(5));
        assert!(message.contains("行政") && message.contains("企业"), "{message}");
        let (line, message) = fault("name = \"甲局\nyear = 2023\n");
        assert_eq!(line, Some(1));
        assert!(message.contains("不合 TOML 的写法"), "{message}");
        let (line, message) = fault("name = \"甲局\"\nname = \"乙局\"\n");
        assert_eq!(line, Some(2));
        assert!(message.contains("两次"), "{message}");
    }
}

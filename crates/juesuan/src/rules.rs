//! `juesuan rules`, `juesuan rule CODE`, and the generated reference pages.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use juesuan_catalog::{Catalog, ColumnKind};
use juesuan_office::folder::put_file;
use juesuan_office::{State, data};

use crate::terminal;

/// Lists every law and rule.
pub fn list(catalog: &Catalog) -> Result<State> {
    for rule in juesuan_check::rules(catalog) {
        terminal::say(format!("{}　{}　{}", rule.code, rule.severity.word(), rule.title));
    }
    Ok(State::Clean)
}

/// Explains one.
pub fn explain(code: &str, catalog: &Catalog) -> Result<State> {
    match juesuan_check::explain(catalog, code) {
        Some(text) => {
            terminal::say(&text);
            Ok(State::Clean)
        }
        None => {
            terminal::warn(format!("没有规则“{code}”。juesuan rules 列出全部规则。"));
            Ok(State::Misuse)
        }
    }
}

/// Writes the reference pages: rules, input files, and the schemas of what other programs read. They are committed; a test fails when they are stale.
pub fn reference(folder: &Path, catalog: &Catalog) -> Result<State> {
    fs::create_dir_all(folder).with_context(|| format!("建不了文件夹 {}", folder.display()))?;
    for (name, text) in pages(catalog) {
        let path = folder.join(name);
        put_file(&path, text.as_bytes())?;
    }
    #[cfg(feature = "query")]
    put_file(&folder.join(QUESTIONS), juesuan_query::reference::page(catalog)?.as_bytes())?;
    Ok(State::Clean)
}

/// The page that a program without questions leaves as it is.
#[cfg(feature = "query")]
const QUESTIONS: &str = "questions.md";

/// The pages by file name.
fn pages(catalog: &Catalog) -> [(&'static str, String); 5] {
    [
        ("rules.md", juesuan_check::reference(catalog)),
        ("inputs.md", inputs(catalog)),
        ("archive.md", catalog.archive.reference()),
        ("report.schema.json", data::report_schema()),
        ("package.schema.json", data::package_schema()),
    ]
}

fn inputs(catalog: &Catalog) -> String {
    let mut text = String::from(
        "# 输入文件\n\n由 `catalog/inputs/` 生成，请勿手改。`juesuan new` 按同样的内容建录入表。\n\n\
         文件名里含有“识别词”之一即可；CSV（UTF-8 或 GBK）、XLSX 都行。列按表头识别，次序不限；\
         自己的表头可写进 `mapping.toml`，例如 `[vouchers] account = [\"科目号\"]`。\n",
    );
    for file in catalog.inputs.iter() {
        text.push_str(&format!("\n## {}\n\n", file.title));
        if !file.folder.is_empty() {
            text.push_str(&format!("位置 `{}/`，识别词：{}。", file.folder, file.names.join("、")));
        }
        text.push_str(&format!("{}\n\n| 列 | 也可写作 | 内容 | 必填 | 说明 |\n|---|---|---|---|---|\n", file.about));
        for column in &file.column {
            let kind = match column.kind {
                ColumnKind::Text => "文字".to_owned(),
                ColumnKind::Choice => column.choices.join(" / "),
                ColumnKind::Code => "科目编码".to_owned(),
                ColumnKind::Yuan => "金额（元，两位小数）".to_owned(),
                ColumnKind::Count => "整数".to_owned(),
                ColumnKind::Number => "数，可以有小数".to_owned(),
                ColumnKind::Date => "日期".to_owned(),
                ColumnKind::Year => "四位年份".to_owned(),
            };
            let (first, others) = column.header.split_first().map_or(("", &[][..]), |(f, o)| (f.as_str(), o));
            text.push_str(&format!(
                "| {first} | {} | {kind} | {} | {} |\n",
                others.join("、"),
                if column.required { "是" } else { "" },
                column.help
            ));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_reference_pages_are_those_of_the_catalogue_and_the_types() {
        let catalog = Catalog::load(&[]).unwrap();
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference");
        #[cfg(feature = "query")]
        let questions = Some((QUESTIONS, juesuan_query::reference::page(&catalog).unwrap()));
        #[cfg(not(feature = "query"))]
        let questions = None;
        for (name, text) in pages(&catalog).into_iter().chain(questions) {
            let committed = fs::read_to_string(folder.join(name)).unwrap_or_default();
            assert!(committed == text, "docs/reference/{name} is stale: run `juesuan reference docs/reference`");
        }
    }
}

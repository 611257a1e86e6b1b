//! The explanation of a law or rule, and all of them, as Markdown.

use std::fmt::Write;

use juesuan_catalog::{Catalog, Example, RuleState};
use juesuan_model::{DocumentKind, Scope, UnitKind, Verdict};

use super::{Condition, RulePage, rule, rules};

/// The explanation of a code (or name) as Markdown; `None` for an unknown one.
pub fn explain(catalog: &Catalog, code: &str) -> Option<String> {
    rule(catalog, code).as_ref().map(page)
}

/// All laws and rules as one Markdown document; generated, never edited.
pub fn reference(catalog: &Catalog) -> String {
    let mut out = String::from(
        "# 检查规则\n\n由 `catalog/laws.toml` 和 `catalog/rules/` 生成，请改那里。\n\n代码的前两个字母说明查的是什么：\n\n| 字母 | 查什么 |\n|---|---|\n",
    );
    for prefix in catalog.rulebook.prefixes() {
        let _ = writeln!(out, "| {} | {} |", prefix.letters, prefix.name);
    }
    out.push_str("\n| 代码 | 应当成立的关系 | 级别 |\n|---|---|---|\n");
    let rules = rules(catalog);
    for rule in &rules {
        let _ = writeln!(out, "| {} | {} | {} |", rule.code, rule.title, rule.severity.word());
    }
    for rule in &rules {
        let _ = write!(out, "\n{}", page(rule));
    }
    out
}

fn page(rule: &RulePage<'_>) -> String {
    let mut out = format!("## {} {}\n\n", rule.code, rule.title);
    let _ = write!(out, "不成立时：{}。级别：{}。", rule.fault, rule.severity.word());
    if !rule.is_law {
        let state = match rule.state {
            RuleState::Stable => "",
            RuleState::Preview => "试行：check --preview 时才检查，例子照常运行。",
            RuleState::Retired => "已停用：不再检查，代码不再使用。",
        };
        let _ = write!(out, "名称：`{}`。{state}", rule.name);
    }
    out.push('\n');
    if !rule.formulas.is_empty() {
        let _ = writeln!(out, "\n```text\n{}\n```", rule.formulas.join("\n"));
    }
    if !rule.applies.is_empty() {
        let applies: Vec<String> = rule.applies.iter().map(|condition| said(*condition)).collect();
        let _ = writeln!(out, "\n适用：{}。", applies.join("；"));
    }
    let _ = writeln!(out, "\n{}\n\n处理：{}", rule.explanation, rule.remedy);
    if !rule.basis.is_empty() {
        let _ = writeln!(out, "\n依据：{}。", rule.basis.join("；"));
    }
    for (verdict, example) in &rule.examples {
        shown(&mut out, *verdict, example);
    }
    out
}

fn said(condition: Condition<'_>) -> String {
    let kinds = |kinds: &[UnitKind]| kinds.iter().map(|kind| word(*kind)).collect::<Vec<_>>().join("、");
    match condition {
        Condition::Only(units) => format!("所属单位都是{}单位", kinds(units)),
        Condition::Any(units) => format!("所属单位中有{}单位", kinds(units)),
        Condition::Variants(variants) => format!("版式 {}", variants.join("、")),
        Condition::Kind(DocumentKind::Budget) => "预算".to_owned(),
        Condition::Kind(_) => "决算".to_owned(),
        Condition::Scope(Scope::Department) => "`scope = \"department\"`".to_owned(),
        Condition::Scope(Scope::Unit) => "`scope = \"unit\"`".to_owned(),
        Condition::Scope(Scope::Government) => "`scope = \"government\"`".to_owned(),
        Condition::When(formula) => format!("`{formula}`"),
        Condition::Each(level) => format!("每个印出的{}级科目", level.word()),
    }
}

const fn word(kind: UnitKind) -> &'static str {
    match kind {
        UnitKind::Administrative => "行政",
        UnitKind::CivilServiceLike => "参公",
        UnitKind::Institution => "事业",
    }
}

fn shown(out: &mut String, verdict: Verdict, example: &Example) {
    let title = match verdict {
        Verdict::Holds => "成立",
        Verdict::Broken => "不成立",
        Verdict::Unreadable => "读不出",
        Verdict::NotApplicable => "不适用",
    };
    let _ = writeln!(out, "\n例（{title}）：{}", example.name);
    for figure in &example.figures {
        let print = if figure.print.is_empty() { "空白" } else { &figure.print };
        let measure = if figure.measure.is_empty() { String::new() } else { format!(" {}", figure.measure) };
        let _ = writeln!(out, "- {}{measure} {print}", figure.of);
    }
}

//! Laws and rules for people: the list, the explanation of one, the reference as Markdown.

use std::fmt::Write;

use juesuan_catalog::{Catalog, Example, Law, Rule, RuleState};
use juesuan_model::{DocumentKind, Scope, Severity, UnitKind};

/// One line of the list of rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleSummary {
    /// Two letters and three digits.
    pub code: String,
    /// English name of the fault; of a law its key.
    pub name: String,
    /// The relation that should hold.
    pub title: String,
    /// How grave a break is.
    pub severity: Severity,
}

/// All laws, then all rules by code.
pub fn rules(catalog: &Catalog) -> Vec<RuleSummary> {
    let laws = catalog.rulebook.laws().iter().map(|law| RuleSummary {
        code: law.code.clone(),
        name: law.key.clone(),
        title: law.title.clone(),
        severity: law.severity,
    });
    let rules = catalog.rulebook.rules().iter().map(|rule| RuleSummary {
        code: rule.code.clone(),
        name: rule.name.clone(),
        title: rule.title.clone(),
        severity: rule.severity,
    });
    laws.chain(rules).collect()
}

/// The explanation of a code (or name) as Markdown; `None` for an unknown one.
pub fn explain(catalog: &Catalog, code: &str) -> Option<String> {
    let book = &catalog.rulebook;
    let law = book.laws().iter().find(|law| law.code.eq_ignore_ascii_case(code) || law.key == code).map(law_page);
    law.or_else(|| {
        let rule = book.rules().iter().find(|rule| rule.code.eq_ignore_ascii_case(code) || rule.name == code)?;
        Some(rule_page(rule))
    })
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
    for rule in rules(catalog) {
        let _ = writeln!(out, "| {} | {} | {} |", rule.code, rule.title, rule.severity.word());
    }
    for law in catalog.rulebook.laws() {
        let _ = write!(out, "\n{}", law_page(law));
    }
    for rule in catalog.rulebook.rules() {
        let _ = write!(out, "\n{}", rule_page(rule));
    }
    out
}

/// How a page begins: what its findings are called, and how grave they are.
fn head(fault: &str, severity: Severity) -> String {
    format!("不成立时：{fault}。级别：{}。", severity.word())
}

fn law_page(law: &Law) -> String {
    let mut out = format!("## {} {}\n\n", law.code, law.title);
    out.push_str(&head(&law.fault, law.severity));
    out.push('\n');
    about(&mut out, &law.explanation, &law.remedy, &law.basis);
    out
}

fn rule_page(rule: &Rule) -> String {
    let mut out = format!("## {} {}\n\n", rule.code, rule.title);
    let state = match rule.state {
        RuleState::Stable => "",
        RuleState::Preview => "试行：check --preview 时才检查，例子照常运行。",
        RuleState::Retired => "已停用：不再检查，代码不再使用。",
    };
    let _ = writeln!(out, "{}名称：`{}`。{state}", head(&rule.fault, rule.severity), rule.name);
    if !rule.formula.is_empty() {
        let _ = writeln!(out, "\n```text");
        for formula in &rule.formula {
            let _ = writeln!(out, "{}", formula.text);
        }
        let _ = writeln!(out, "```");
    }
    let applies = applies(rule);
    if !applies.is_empty() {
        let _ = writeln!(out, "\n适用：{}。", applies.join("；"));
    }
    about(&mut out, &rule.explanation, &rule.remedy, &rule.basis);
    for (title, list) in
        [("成立", &rule.holds), ("不成立", &rule.broken), ("读不出", &rule.unreadable), ("不适用", &rule.silent)]
    {
        examples(&mut out, title, list);
    }
    out
}

fn about(out: &mut String, explanation: &str, remedy: &str, basis: &[String]) {
    let _ = writeln!(out, "\n{}\n\n处理：{remedy}", explanation.trim());
    if !basis.is_empty() {
        let _ = writeln!(out, "\n依据：{}。", basis.join("；"));
    }
}

fn applies(rule: &Rule) -> Vec<String> {
    let kinds = |kinds: &[UnitKind]| kinds.iter().map(|k| kind(*k)).collect::<Vec<_>>().join("、");
    let applies = &rule.applies;
    let mut out = Vec::new();
    if !applies.only.is_empty() {
        out.push(format!("所属单位都是{}单位", kinds(&applies.only)));
    }
    if !applies.any.is_empty() {
        out.push(format!("所属单位中有{}单位", kinds(&applies.any)));
    }
    if !applies.variants.is_empty() {
        out.push(format!("版式 {}", applies.variants.join("、")));
    }
    match applies.kind {
        Some(DocumentKind::Final) => out.push("决算".to_owned()),
        Some(DocumentKind::Budget) => out.push("预算".to_owned()),
        Some(DocumentKind::Template | DocumentKind::Unknown) | None => {}
    }
    match applies.scope {
        Some(Scope::Department) => out.push("`scope = \"department\"`".to_owned()),
        Some(Scope::Unit) => out.push("`scope = \"unit\"`".to_owned()),
        Some(Scope::Government) => out.push("`scope = \"government\"`".to_owned()),
        None => {}
    }
    if let Some(when) = &applies.when {
        out.push(format!("`{}`", when.text));
    }
    if let Some(each) = rule.each {
        out.push(format!("每个印出的{}级科目", each.word()));
    }
    out
}

const fn kind(kind: UnitKind) -> &'static str {
    match kind {
        UnitKind::Administrative => "行政",
        UnitKind::CivilServiceLike => "参公",
        UnitKind::Institution => "事业",
    }
}

fn examples(out: &mut String, title: &str, list: &[Example]) {
    for example in list {
        let _ = writeln!(out, "\n例（{title}）：{}", example.name);
        for figure in &example.figures {
            let print = if figure.print.is_empty() { "空白" } else { &figure.print };
            let measure = if figure.measure.is_empty() { String::new() } else { format!(" {}", figure.measure) };
            let _ = writeln!(out, "- {}{measure} {print}", figure.of);
        }
    }
}

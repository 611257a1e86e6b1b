//! All laws and rules, read from their files and resolved.

use std::collections::BTreeMap;

use juesuan_model::{DocumentKind, Problem, Scope, Severity, UnitKind};
use serde::Deserialize;

use super::body::{Body, Parameter};
use super::example::Example;
use super::parameters::{Parameters, Written};
use super::says;
use super::{Applies, Entry, Law, Level, Prefix, Rule, RuleState};
use crate::formula::{self, Formula, Names};
use crate::source::Source;
use crate::template::Template;
use crate::trees::Trees;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LawFile {
    prefix: Vec<Prefix>,
    law: Vec<Law>,
    #[serde(default)]
    related: Vec<String>,
    #[serde(default)]
    open: Vec<String>,
}

/// A rule as its file writes it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    code: String,
    name: String,
    #[serde(default)]
    state: RuleState,
    title: String,
    /// Else the title.
    #[serde(default)]
    fault: String,
    severity: Severity,
    basis: Vec<String>,
    explanation: String,
    remedy: String,
    #[serde(default)]
    formula: Vec<String>,
    #[serde(default)]
    relation: Vec<RelationFile>,
    #[serde(default)]
    body: Option<String>,
    #[serde(default)]
    each: Option<Level>,
    #[serde(default)]
    applies: AppliesFile,
    #[serde(default)]
    with: BTreeMap<String, Written>,
    #[serde(default)]
    says: BTreeMap<String, Template>,
    #[serde(default)]
    holds: Vec<Example>,
    #[serde(default)]
    broken: Vec<Example>,
    #[serde(default)]
    unreadable: Vec<Example>,
    #[serde(default)]
    silent: Vec<Example>,
}

/// A formula with the sentence that tells of its faults.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RelationFile {
    is: String,
    says: Template,
    #[serde(default)]
    cites: Vec<String>,
    /// Texts: members that have the same ones are one fault.
    #[serde(default)]
    together: Vec<String>,
    /// How grave its faults are, where that is not what the rule says.
    #[serde(default)]
    severity: Option<Severity>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct AppliesFile {
    #[serde(default)]
    only: Vec<UnitKind>,
    #[serde(default)]
    any: Vec<UnitKind>,
    #[serde(default)]
    variants: Vec<String>,
    #[serde(default)]
    kind: Option<DocumentKind>,
    #[serde(default)]
    scope: Option<Scope>,
    #[serde(default)]
    when: Option<String>,
}

/// Laws and rules.
#[derive(Clone, Debug, Default)]
pub struct Rulebook {
    prefixes: Vec<Prefix>,
    laws: Vec<Law>,
    rules: Vec<Rule>,
    /// Formulas of flows that are zero together with their counts (law of order).
    pub related: Vec<Formula>,
    /// Patterns behind the last part of a list that goes on (law of sums).
    pub open: Vec<String>,
}

/// What a file is read with, and the faults that are found in it.
struct Reading<'s> {
    source: &'s Source,
    path: String,
    trees: &'s Trees,
    faults: Vec<Problem>,
}

impl Rulebook {
    /// Reads `laws.toml` and all files below `rules/`. Whatever cannot be run is a problem with its file, line and column:
    /// formulas that cannot be read, names that nobody knows, bodies that do not exist, parameters that a body does not
    /// take, doubled or malformed codes, rules without examples.
    pub fn load(source: &Source, trees: &Trees, problems: &mut Vec<Problem>) -> Rulebook {
        let mut book = Rulebook::default();
        if let Some(file) = source.toml::<LawFile>("laws.toml", problems) {
            let mut reading = Reading { source, path: "laws.toml".to_owned(), trees, faults: Vec::new() };
            book.related = file.related.iter().filter_map(|text| reading.formula(text, None)).collect();
            for law in &file.law {
                let faults = says::faults_of_law(law).into_iter();
                let place = |word: &str, fault| source.fault("laws.toml", &[&law.key, word], fault);
                reading.faults.extend(faults.map(|(word, fault)| place(&word, fault)));
            }
            book.laws = file.law;
            book.open = file.open;
            book.prefixes = file.prefix;
            problems.append(&mut reading.faults);
        }
        let mut seen: BTreeMap<String, String> =
            book.laws.iter().map(|law| (law.code.clone(), "laws.toml".to_owned())).collect();
        for (path, file) in source.tomls::<RuleFile>("rules/", problems) {
            let mut reading = Reading { source, path: path.clone(), trees, faults: Vec::new() };
            reading.code(&file.code, &book.prefixes);
            if let Some(other) = seen.insert(file.code.clone(), path) {
                reading.fault(&file.code, format!("代码 {} 已用于 {other}，代码不得重复", file.code));
            }
            book.rules.push(reading.rule(file));
            problems.append(&mut reading.faults);
        }
        book.rules.sort_by(|a, b| a.code.cmp(&b.code));
        book
    }

    /// What the letters of codes say, in the order of their file.
    pub fn prefixes(&self) -> &[Prefix] {
        &self.prefixes
    }

    /// The laws in the order of their file.
    pub fn laws(&self) -> &[Law] {
        &self.laws
    }

    /// The rules in the order of their codes.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The law or rule with this code.
    pub fn entry(&self, code: &str) -> Option<Entry<'_>> {
        let rule = self.rules.binary_search_by(|rule| rule.code.as_str().cmp(code)).ok();
        let rule = rule.and_then(|at| self.rules.get(at)).map(Entry::of_rule);
        rule.or_else(|| self.laws.iter().find(|law| law.code == code).map(Entry::of_law))
    }

    /// Every code, the laws first.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.laws.iter().map(|law| law.code.as_str()).chain(self.rules.iter().map(|rule| rule.code.as_str()))
    }

    /// A law by its key.
    pub fn law(&self, key: &str) -> Option<&Law> {
        self.laws.iter().find(|law| law.key == key)
    }
}

/// The parameters that formulas use, as declarations.
fn parameters(formulas: &[Formula]) -> Vec<Parameter> {
    let used = formulas.iter().flat_map(Formula::parameters);
    let mut out: Vec<Parameter> = Vec::new();
    for (key, kind) in used {
        if out.iter().all(|parameter| parameter.key != key) {
            out.push(Parameter { key: key.to_owned().into(), kind, required: true });
        }
    }
    out
}

impl Reading<'_> {
    /// A fault at the first place of some words of the file.
    fn fault(&mut self, words: &str, message: impl Into<String>) {
        self.faults.push(self.source.fault(&self.path, &[words], message));
    }

    fn code(&mut self, code: &str, prefixes: &[Prefix]) {
        let formed = code.len() == 5
            && code.bytes().take(2).all(|b| b.is_ascii_uppercase())
            && code.bytes().skip(2).all(|b| b.is_ascii_digit());
        if !formed {
            self.fault(code, format!("“{code}”不是两个大写字母加三位数字的规则代码"));
        } else if !prefixes.iter().any(|prefix| code.starts_with(&prefix.letters)) {
            let known: Vec<&str> = prefixes.iter().map(|prefix| prefix.letters.as_str()).collect();
            let known = known.join("、");
            self.fault(
                code,
                format!("“{code}”的前两个字母没有定义，可用的有：{known}；新的写在 laws.toml 的 [[prefix]]"),
            );
        }
    }

    fn formula(&mut self, text: &str, each: Option<Level>) -> Option<Formula> {
        match formula::parse(text, Names { trees: self.trees, each }) {
            Ok(formula) => Some(formula),
            Err(error) => {
                let column = self.source.column(&self.path, &[text]).map(|column| column + error.position - 1);
                let column = column.map_or_else(String::new, |column| format!("第{column}列，"));
                self.fault(text, format!("{column}公式“{text}”{error}"));
                None
            }
        }
    }

    /// A formula that says its equation.
    fn plain(&mut self, text: &str, each: Option<Level>) -> Option<Formula> {
        let formula = self.formula(text, each)?;
        if !formula.each.is_empty() {
            self.fault(text, format!("公式“{text}”逐项检查，须写在 [[relation]] 中，并用 says 写明不成立时说什么"));
            return None;
        }
        Some(formula)
    }

    fn relation(&mut self, file: &RelationFile, key: String, each: Option<Level>) -> Option<Formula> {
        let mut formula = self.formula(&file.is, each)?;
        for text in &file.cites {
            match formula::cite(text, Names { trees: self.trees, each }, &formula) {
                Ok(cited) => formula.cites.push(cited),
                Err(error) => self.fault(text, format!("cites 中的“{text}”{error}")),
            }
        }
        for text in &file.together {
            match formula::text_of(text, Names { trees: self.trees, each }, &formula) {
                Ok(field) => formula.together.push(field),
                Err(error) => self.fault(text, format!("together 中的“{text}”{error}")),
            }
        }
        formula.sayable().check(&file.says, &self.path, self.source, &mut self.faults);
        formula.key = key;
        formula.severity = file.severity;
        formula.says = file.says.clone();
        Some(formula)
    }

    fn body(&mut self, name: &str) -> Option<Body> {
        let body = Body::named(name);
        if body.is_none() {
            let known: Vec<&str> = Body::all().map(Body::name).collect();
            self.fault(name, format!("没有名为“{name}”的规则程序，可用的有：{}", known.join("、")));
        }
        body
    }

    fn applies(&mut self, file: AppliesFile, each: Option<Level>) -> Applies {
        let AppliesFile { only, any, variants, kind, scope, when } = file;
        let when = when.and_then(|text| self.formula(&text, each));
        Applies { only, any, variants, kind, scope, when }
    }

    fn rule(&mut self, file: RuleFile) -> Rule {
        let formulas = file.formula.len() + file.relation.len();
        if (formulas == 0) == file.body.is_none() {
            self.fault("code", "规则须有 formula、[[relation]]（公式）或 body（程序名）之一，不能都有或都没有");
        }
        if file.holds.is_empty() || file.broken.is_empty() {
            self.fault("code", "规则须有 holds（成立）和 broken（不成立）的例子");
        }
        let body = file.body.as_deref().and_then(|name| self.body(name));
        let declared = body.map_or(&[][..], Body::parameters);
        let mut faults = Vec::new();
        let mut formula: Vec<Formula> = file.formula.iter().filter_map(|text| self.plain(text, file.each)).collect();
        let mut says = file.says;
        for (number, relation) in (1..).zip(&file.relation) {
            let key = format!("relation{number}");
            says.insert(key.clone(), relation.says.clone());
            formula.extend(self.relation(relation, key, file.each));
        }
        let used = parameters(&formula);
        let declared: Vec<Parameter> = declared.iter().cloned().chain(used).collect();
        // What an unknown body or a formula that was not read takes cannot be judged.
        let with = match body.is_some() || !formula.is_empty() && formula.len() == formulas {
            true => Parameters::resolve(&file.with, &declared, self.trees, &mut faults),
            false => Parameters::default(),
        };
        for fault in faults {
            self.fault(&fault.at, fault.message);
        }
        for (at, message) in body.into_iter().flat_map(|body| says::faults(&says, body)) {
            self.fault(&at, message);
        }
        let applies = self.applies(file.applies, file.each);
        Rule {
            path: self.path.clone(),
            formula,
            body,
            with,
            applies,
            code: file.code,
            name: file.name,
            state: file.state,
            fault: if file.fault.is_empty() { file.title.clone() } else { file.fault },
            title: file.title,
            severity: file.severity,
            basis: file.basis,
            explanation: file.explanation,
            remedy: file.remedy,
            each: file.each,
            says,
            holds: file.holds,
            broken: file.broken,
            unreadable: file.unreadable,
            silent: file.silent,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = r#"code = "TX901"
name = "a"
title = "甲等于乙"
fault = "甲与乙不等"
severity = "error"
basis = ["算术"]
remedy = "请核对。"
explanation = "两数应相等。"
"#;
    const EXAMPLES: &str = "[[holds]]\nname = \"成立\"\n[[broken]]\nname = \"不成立\"\n";

    /// The faults of a rule file with these lines, as people read them.
    fn faults(lines: &str) -> Vec<String> {
        let embedded = Source::embedded();
        let trees = Trees::load(&embedded, &mut Vec::new());
        let laws = &embedded.layers("laws.toml")[0].text;
        let text = format!("{HEAD}{lines}\n{EXAMPLES}");
        let mut problems = Vec::new();
        Rulebook::load(&Source::of(&[("laws.toml", laws), ("rules/a.toml", &text)]), &trees, &mut problems);
        problems.iter().map(ToString::to_string).collect()
    }

    fn refused(lines: &str, wanted: &str) {
        let faults = faults(lines);
        assert!(faults.iter().any(|fault| fault.starts_with(wanted)), "{lines}\n{faults:#?}");
    }

    #[test]
    fn a_sound_rule_is_taken() {
        assert_eq!(faults(r#"formula = ["[支出] = [收入]"]"#), Vec::<String>::new());
    }

    #[test]
    fn a_formula_is_refused_with_line_column_and_what_is_near() {
        refused(
            "formula = [\n    \"[支出·公用经] = 0\",\n]",
            "rules/a.toml 第10行：第10列，公式“[支出·公用经] = 0”第5个字：“公用经”不是目录中的名称或科目编码，相近的有：公用经费",
        );
        refused(
            "formula = [\"[支出] = 0\"]\n[applies]\nwhen = \"[支出] 0\"",
            "rules/a.toml 第11行：第14列，公式“[支出] 0”第6个字",
        );
    }

    #[test]
    fn an_unknown_body_and_its_parameters_are_refused() {
        refused("body = \"no-such-body\"", "rules/a.toml 第9行：没有名为“no-such-body”的规则程序，可用的有：");
        refused(
            "body = \"units-are-listed\"\n[with]\npatterns = ['(']\nown = [\"本级\"]",
            "rules/a.toml 第11行：“(”不是能用的正则表达式",
        );
        refused("body = \"cause-given\"\n[with]\nsubjects = [\"[支处]\"]", "rules/a.toml 第11行：“[支处]”第2个字");
        refused("body = \"cause-given\"", "rules/a.toml 第9行：[with] 缺少 subjects");
        refused(
            "body = \"fund-fits-code\"\n[with]\nwords = [\"a\"]",
            "rules/a.toml 第11行：[with] 中的 words 没有用处",
        );
        refused("formula = [\"[支出] = 0\"]\n[with]\nwords = 3", "rules/a.toml 第11行：[with] 中的 words 没有用处");
    }

    #[test]
    fn a_code_of_unknown_letters_is_refused() {
        let text = format!("{HEAD}formula = [\"[支出] = 0\"]\n{EXAMPLES}").replace("TX901", "ZZ901");
        let embedded = Source::embedded();
        let trees = Trees::load(&embedded, &mut Vec::new());
        let laws = &embedded.layers("laws.toml")[0].text;
        let mut problems = Vec::new();
        Rulebook::load(&Source::of(&[("laws.toml", laws), ("rules/a.toml", &text)]), &trees, &mut problems);
        assert!(problems.iter().any(|p| p.message.starts_with("“ZZ901”的前两个字母没有定义")), "{problems:#?}");
    }
}

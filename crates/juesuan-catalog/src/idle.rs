//! What nobody asks for: a file of a variant that is not there, a phrase, a section or a list that nothing names. It would have no
//! effect, and mostly it is a slip of the pen in a name.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_model::Problem;

use crate::catalog::Catalog;
use crate::near::choice;
use crate::source::{Source, Written, stem};

/// Folders with files that are for the variants that they list under `variants`.
const FOR_VARIANTS: [&str; 3] = ["performance/profiles/", "performance/grades/", "performance/documents/"];

/// Names everything that nobody asks for.
pub(crate) fn check(catalog: &Catalog, problems: &mut Vec<Problem>) {
    let source = &catalog.source;
    let variants: BTreeSet<&str> = source.below("variants/", ".toml").map(|path| stem(path, "variants/")).collect();
    of_no_variant(source, &variants, problems);
    FOR_VARIANTS.iter().for_each(|folder| for_variants(source, folder, &variants, problems));
    examples(catalog, &variants, problems);
    phrases(catalog, problems);
    sections(catalog, problems);
    purposes(catalog, problems);
}

/// What is said of a variant that is not there.
fn no_variant(key: &str, variants: &BTreeSet<&str>) -> String {
    format!("variants/ 里没有“{key}”这个版式{}", choice(key, variants.iter().copied()))
}

/// Files whose names are those of variants.
fn of_no_variant(source: &Source, variants: &BTreeSet<&str>, problems: &mut Vec<Problem>) {
    for folder in ["phrases/", "glossary/", "sections/"] {
        for path in source.below(folder, ".toml") {
            let key = stem(path, folder).split('/').next().unwrap_or_default();
            if !variants.contains(key) {
                problems.push(source.fault_of_file(path, no_variant(key, variants)));
            }
        }
    }
}

/// Keys under `variants`: each is there, and stands in one file of the folder.
fn for_variants(source: &Source, folder: &str, variants: &BTreeSet<&str>, problems: &mut Vec<Problem>) {
    let mut seen: BTreeMap<String, (&str, usize)> = BTreeMap::new();
    for path in source.below(folder, ".toml") {
        let Some(file) = source.written(path, &mut Vec::new()) else { continue };
        for word in file.get("variants").map(Written::list).into_iter().flatten() {
            let Some(key) = word.text() else { continue };
            let (at, message) = match seen.insert(key.to_owned(), (path, word.at)) {
                _ if !variants.contains(key) => (word.at, no_variant(key, variants)),
                None => continue,
                // Of two files the one that somebody laid over the catalogue is told.
                Some((other, before)) => {
                    let (at, other) = match source.is_laid_over(other, before) {
                        true => (before, path),
                        false => (word.at, other),
                    };
                    (at, format!("“{key}”已写在 {other}，请只留一处"))
                }
            };
            problems.push(Problem::fatal(source.place(at), message));
        }
    }
}

/// Variants that examples of rules name.
fn examples(catalog: &Catalog, variants: &BTreeSet<&str>, problems: &mut Vec<Problem>) {
    for rule in catalog.rulebook.rules() {
        for example in rule.examples().filter(|example| !example.variant.is_empty()) {
            let key = example.variant.as_str();
            if !variants.contains(key) {
                problems.push(catalog.source.fault(&rule.path, &[&example.name, key], no_variant(key, variants)));
            }
        }
    }
}

/// Phrases that no sentence of the variant uses, nor any document of performance.
fn phrases(catalog: &Catalog, problems: &mut Vec<Problem>) {
    let source = &catalog.source;
    for (variant, wording) in &catalog.sections.phrases.variant {
        let own = format!("sections/{variant}/");
        let texts = || {
            let all = source.all().filter(|(path, _)| path.starts_with(&own) || path.starts_with(FOR_VARIANTS[2]));
            all.map(|(_, text)| text)
        };
        let is_used = |key: &str| {
            let written = format!(".{key}}}");
            texts().any(|text| text.contains(&written))
        };
        let idle: Vec<&str> = wording.phrase.keys().map(String::as_str).filter(|key| !is_used(key)).collect();
        for key in &idle {
            let others = wording.phrase.keys().map(String::as_str).filter(|other| !idle.contains(other));
            let message = format!("没有句子用“{key}”这个措辞{}", choice(key, others));
            problems.push(source.fault(&format!("phrases/{variant}.toml"), &["phrase", key], message));
        }
    }
}

/// Sections of a variant that is written which no part of its document lists.
fn sections(catalog: &Catalog, problems: &mut Vec<Problem>) {
    for (variant, text) in catalog.sections.variants.iter().filter(|(_, text)| !text.outline.part.is_empty()) {
        let listed: BTreeSet<&str> =
            text.outline.part.iter().flat_map(|part| &part.sections).map(String::as_str).collect();
        for key in text.sections.keys().filter(|key| !listed.contains(key.as_str())) {
            let message = format!(
                "sections/{variant}/document.toml 没有列入“{key}”这个部分{}；新的部分要写进一个 [[part]] 的 sections",
                choice(key, listed.iter().copied())
            );
            problems.push(catalog.sections.fault((variant, key), key, &catalog.source, message));
        }
    }
}

/// What the money of a class is for, of a class that no dictionary has.
fn purposes(catalog: &Catalog, problems: &mut Vec<Problem>) {
    for code in catalog.sections.phrases.purpose.keys() {
        if code.len() != 3 || catalog.functions.rows(code).is_empty() {
            let message = format!("支出功能分类里没有“{code}”这一类；这里写三位的类编码");
            problems.push(catalog.source.fault("purposes.toml", &[code], message));
        }
    }
}

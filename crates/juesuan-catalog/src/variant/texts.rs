//! Whether the lines around and below the tables name only what is known there.

use std::collections::BTreeSet;

use juesuan_model::Problem;

use super::Variants;
use crate::source::Source;
use crate::template::{Allowed, Template};

/// What a line below a table may name.
const NOTE: [&str; 3] = ["单位", "年", "决算主体"];
/// What the line above at the right may name.
const UNIT: [&str; 1] = ["金额单位"];

/// A fault of a line that several variants take over is told once, in the file in which it stands.
pub(super) fn check(variants: &Variants, source: &Source, problems: &mut Vec<Problem>) {
    let (note, unit) = (Allowed::default().names(NOTE), Allowed::default().names(UNIT));
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for variant in variants.iter() {
        let style = &variant.tables;
        let own = format!("variants/{}.toml", variant.key);
        let mut of_file = |allowed: &Allowed, template: &'_ Template, form: Option<&str>| {
            let mut faults = Vec::new();
            allowed.check(template, &own, source, &mut faults);
            if faults.is_empty() {
                return;
            }
            // Only a fault asks where the line stands: the files are searched for it.
            let form = form.map(|key| format!("forms/{key}.toml"));
            let files = source.below("variants/", ".toml");
            let files = std::iter::once(own.as_str()).chain(form.as_deref()).chain(files);
            let home = files.into_iter().find(|path| source.says(path, template.source()));
            allowed.check(template, home.unwrap_or(&own), source, problems);
        };
        for line in [&style.entity].into_iter().chain(&style.notes).filter(|line| seen.insert(line.source())) {
            of_file(&note, line, None);
        }
        if seen.insert(style.unit.source()) {
            of_file(&unit, &style.unit, None);
        }
        for form in &variant.forms {
            let lines = form.notes.iter().chain([&form.empty]);
            lines.filter(|line| seen.insert(line.source())).for_each(|line| of_file(&note, line, Some(&form.key)));
        }
    }
}

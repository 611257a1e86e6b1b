//! Sections of variants that are read and not written: `[section.KEY]` in `catalog/variants/<variant>.toml`.
//!
//! Such a section has headings, the coordinates that a sentence below them leaves out, and the form it explains. A variant
//! takes over the sections of its base and says only what differs. What has a folder in `catalog/sections/` is left alone.

use std::collections::BTreeSet;

use juesuan_model::Problem;

use super::{Section, Sections};
use crate::near::choice;
use crate::source::{Entry, Source, Value, Written, lay};
use crate::variant::VariantFiles;

/// Says that a section is none of a base: without it a name that no base has is taken for a slip of the pen.
const NEW: &str = "new";

/// Adds the sections of every variant without a folder. Faults of the files are problems.
pub(super) fn load(source: &Source, files: &VariantFiles<'_>, sections: &mut Sections, problems: &mut Vec<Problem>) {
    let written: Vec<String> = sections.variants.keys().cloned().collect();
    let mut read = BTreeSet::new();
    for variant in files.keys().filter(|key| !written.iter().any(|own| own == key)) {
        // A base that is not there is told when the tables are loaded.
        let Ok(chain) = files.chain(variant) else { continue };
        read.extend(chain.iter().map(|(key, _)| *key));
        names(source, &chain, problems);
        let mut merged = Written::nothing(0);
        for entry in chain.iter().filter_map(|(_, file)| file.get("section")).flat_map(Written::table) {
            lay(&mut merged, entry);
        }
        for section in merged.table() {
            let key = Written { at: section.at, value: Value::Text(section.key.clone()) };
            let mut table = section.value.clone();
            table.take(NEW);
            table.set(Entry { key: "key".into(), at: section.at, value: key });
            if let Some(read) = source.decode::<Section>(&table, problems) {
                let own = sections.variants.entry(variant.to_owned()).or_default();
                own.sections.insert(section.key.to_string(), read);
                let paths = chain.iter().rev().map(|(key, _)| format!("variants/{key}.toml"));
                sections.paths.insert((variant.to_owned(), section.key.to_string()), paths.collect());
            }
        }
    }
    for (key, file) in files.iter().filter(|(key, _)| !read.contains(key)) {
        for entry in file.table().iter().filter(|entry| entry.key == "section") {
            let message = format!("版式 {key} 的部分写在 sections/{key}/ 里，这里的 [section.…] 没有用处");
            problems.push(Problem::fatal(source.place(entry.at), message));
        }
    }
}

/// Names the sections of the last file of a chain that are neither those of a base nor said to be new, and those that are
/// said to be new and are not.
fn names(source: &Source, chain: &[(&str, &Written<'_>)], problems: &mut Vec<Problem>) {
    let Some(((variant, file), bases)) = chain.split_last() else { return };
    let path = format!("variants/{variant}.toml");
    // Those of a variant without a base are the ones that all others take over.
    let first = |entry: &Entry<'_>| bases.is_empty() && !source.is_laid_over(&path, entry.at);
    let sections = own(file);
    let inherited = bases.iter().flat_map(|(_, file)| own(file));
    let known: Vec<&str> =
        inherited.chain(sections.iter().filter(|entry| first(entry))).map(|entry| entry.key.as_ref()).collect();
    for entry in sections {
        let key = entry.key.as_ref();
        let new = entry.value.get(NEW).filter(|new| matches!(new.value, Value::Truth(true)));
        let message = match (known.contains(&key), new) {
            (true, None) | (false, Some(_)) => continue,
            (true, Some(_)) => format!("已有名为“{key}”的部分，请删去 new，或改用别的名称"),
            (false, None) => {
                let listed = choice(key, known.iter().copied());
                format!("没有名为“{key}”的部分{listed}；要加新的部分，在它下面写 new = true")
            }
        };
        problems.push(Problem::fatal(source.place(new.map_or(entry.at, |new| new.at)), message));
    }
}

/// The sections that a file has.
fn own<'f, 's>(file: &'f Written<'s>) -> &'f [Entry<'s>] {
    file.get("section").map_or(&[], Written::table)
}

#[cfg(test)]
mod tests {
    use crate::Catalog;

    #[test]
    fn a_variant_that_is_only_read_takes_over_the_headings_of_its_base_and_is_not_offered_for_writing() {
        let catalog = Catalog::load(&[]).unwrap();
        let hunan = catalog.sections.variant("hunan").unwrap();
        assert!(hunan.sections.contains_key("income"), "from the state");
        assert!(hunan.sections.contains_key("general-expense"), "its own");
        let writable: Vec<&str> = catalog.writable().map(|variant| variant.key.as_str()).collect();
        assert_eq!(writable, ["hubei", "shanghai"]);
    }
}

//! Sections of variants that are read and not written: `[section.KEY]` in `catalog/variants/<variant>.toml`.
//!
//! Such a section has headings, the coordinates that a sentence below them leaves out, and the form it explains. A variant
//! takes over the sections of its base and says only what differs. What has a folder in `catalog/sections/` is left alone.

use juesuan_model::{Place, Problem};
use toml::Table;

use super::{Section, Sections};
use crate::source::Source;
use crate::variant::{chain, lay, named};

/// Adds the sections of every variant without a folder. Faults of the files are problems.
pub(super) fn load(source: &Source, sections: &mut Sections, problems: &mut Vec<Problem>) {
    // Files that are no TOML are told when the tables are loaded.
    let files = named(source, "variants/", &mut Vec::new());
    let written: Vec<String> = sections.variants.keys().cloned().collect();
    for variant in files.keys().filter(|key| !written.contains(key)) {
        let Ok(chain) = chain(&files, variant) else { continue };
        let mut merged = Table::new();
        for (key, value) in chain.iter().filter_map(|file| file.get("section")?.as_table()).flatten() {
            lay(&mut merged, key, value);
        }
        for (key, value) in merged {
            let section = value.try_into::<Table>().and_then(|mut table| {
                table.insert("key".to_owned(), key.clone().into());
                table.try_into::<Section>()
            });
            match section {
                Ok(section) => {
                    sections.variants.entry(variant.clone()).or_default().sections.insert(key, section);
                }
                Err(error) => {
                    let place = Place { file: Some(format!("variants/{variant}.toml")), ..Place::default() };
                    let message = format!("[section.{key}] 写法有误：{}", error.message());
                    problems.push(Problem::fatal(place, message));
                }
            }
        }
    }
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

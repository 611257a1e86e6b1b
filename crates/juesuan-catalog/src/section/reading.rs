//! Sections of variants that are read and not written: `[section.KEY]` in `catalog/variants/<variant>.toml`.
//!
//! Such a section has headings, the coordinates that a sentence below them leaves out, and the form it explains. A variant
//! takes over the sections of its base and says only what differs. What has a folder in `catalog/sections/` is left alone.

use juesuan_model::Problem;

use super::{Section, Sections};
use crate::source::{Entry, Source, Value, Written, lay};
use crate::variant::VariantFiles;

/// Adds the sections of every variant without a folder. Faults of the files are problems.
pub(super) fn load(source: &Source, files: &VariantFiles<'_>, sections: &mut Sections, problems: &mut Vec<Problem>) {
    let written: Vec<String> = sections.variants.keys().cloned().collect();
    for variant in files.keys().filter(|key| !written.iter().any(|own| own == key)) {
        // A base that is not there is told when the tables are loaded.
        let Ok(chain) = files.chain(variant) else { continue };
        let mut merged = Written::nothing(0);
        for entry in chain.iter().filter_map(|file| file.get("section")).flat_map(Written::table) {
            lay(&mut merged, entry);
        }
        for section in merged.table() {
            let key = Written { at: section.at, value: Value::Text(section.key.clone()) };
            let mut table = section.value.clone();
            table.set(Entry { key: "key".into(), at: section.at, value: key });
            if let Some(read) = source.decode::<Section>(&table, problems) {
                let own = sections.variants.entry(variant.to_owned()).or_default();
                own.sections.insert(section.key.to_string(), read);
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

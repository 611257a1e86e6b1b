//! Everything together.

use std::path::Path;

use juesuan_model::Problem;

use crate::accounts::Accounts;
use crate::codes::Codes;
use crate::input::InputFiles;
use crate::lexicon::Lexicon;
use crate::performance::PerformanceCatalog;
use crate::recognition::Recognition;
use crate::report::ReportWords;
use crate::rule::Rulebook;
use crate::section::Sections;
use crate::sheet_words::SheetWords;
use crate::source::Source;
use crate::titles::Titles;
use crate::trees::Trees;
use crate::variant::{Variant, VariantFiles, Variants};
use crate::workbook::Workbook;
use crate::{idle, names, resolve};

/// The law of the field, loaded and checked.
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    /// The files it was made from.
    pub source: Source,
    /// Dimensions.
    pub trees: Trees,
    /// 支出功能分类科目.
    pub functions: Codes,
    /// 部门预算支出经济分类科目.
    pub economics: Codes,
    /// Budget accounts.
    pub accounts: Accounts,
    /// Input files.
    pub inputs: InputFiles,
    /// Rows of sheets that are no data.
    pub sheet_words: SheetWords,
    /// The workbook of the ministry's software.
    pub workbook: Workbook,
    /// Laws and rules of the checks.
    pub rulebook: Rulebook,
    /// Statutory tables as each variant prints them.
    pub variants: Variants,
    /// Their titles, ready to be compared.
    pub titles: Titles,
    /// Running text of each variant.
    pub sections: Sections,
    /// Words by which running text is read.
    pub lexicon: Lexicon,
    /// Performance reports and forms.
    pub performance: PerformanceCatalog,
    /// Words by which a document is recognised.
    pub recognition: Recognition,
    /// Words of the reports on checks.
    pub report: ReportWords,
}

impl Catalog {
    /// Loads the embedded catalogue with the folders laid over it in order. Every fault of every file is named.
    ///
    /// ```
    /// let catalog = juesuan_catalog::Catalog::load(&[]).unwrap();
    /// assert_eq!(catalog.functions.name("2210201", 2023), Some("住房公积金"));
    /// ```
    pub fn load(overlays: &[&Path]) -> Result<Catalog, Vec<Problem>> {
        let mut source = Source::embedded();
        let mut problems = Vec::new();
        for folder in overlays {
            source.overlay(folder, &mut problems);
        }
        let trees = Trees::load(&source, &mut problems);
        names::check(&source, &trees, &mut problems);
        let files = VariantFiles::load(&source, &mut problems);
        let variants = Variants::load(&source, &files, &mut problems);
        let inputs = InputFiles::load(&source, &mut problems);
        let sections = Sections::load(&source, &files, &trees, &mut problems);
        let recognition = Recognition::load(&source, &files, &mut problems);
        drop(files);
        let catalog = Catalog {
            recognition,
            lexicon: Lexicon::load(&source, &trees, &mut problems),
            report: ReportWords::load(&source, &mut problems),
            performance: PerformanceCatalog::load(&source, &trees, &inputs, &sections.phrases, &mut problems),
            accounts: Accounts::load(&source, &trees, &mut problems),
            rulebook: Rulebook::load(&source, &trees, &mut problems),
            sections,
            trees,
            functions: Codes::load(&source, "codes/function.tsv", &mut problems),
            economics: Codes::load(&source, "codes/economic.tsv", &mut problems),
            inputs,
            sheet_words: SheetWords::load(&source, &mut problems),
            workbook: Workbook::load(&source, &mut problems),
            titles: Titles::new(&variants),
            variants,
            source,
        };
        resolve::check(&catalog, &mut problems);
        idle::check(&catalog, &mut problems);
        if problems.is_empty() { Ok(catalog) } else { Err(sorted(problems)) }
    }

    /// The variants in which final accounts can be written, by key and year. The others are only read.
    pub fn writable(&self) -> impl Iterator<Item = &Variant> {
        self.variants.iter().filter(|variant| variant.kind.is_final() && self.sections.writes(&variant.key))
    }

    /// A variant as it is for the accounts of `year`.
    pub fn variant(&self, key: &str, year: u16) -> Option<&Variant> {
        self.variants.get(key, year)
    }
}

/// By file and line; each once, though several variants may share a form.
fn sorted(mut problems: Vec<Problem>) -> Vec<Problem> {
    let key = |p: &Problem| (p.place.file.clone(), p.place.line, p.message.clone());
    problems.sort_by_cached_key(key);
    problems.dedup();
    problems
}

#[cfg(test)]
mod tests {
    use super::*;
    use juesuan_model::{Dimension, Meaning};

    #[test]
    fn the_embedded_catalogue_has_no_fault() {
        let catalog = Catalog::load(&[]).unwrap_or_else(|p| panic!("{p:#?}"));
        assert_eq!(catalog.functions.len(), 1948);
        assert_eq!(catalog.economics.len(), 111);
    }

    #[test]
    fn a_defined_node_selects_by_its_definition() {
        let catalog = Catalog::load(&[]).unwrap();
        let leaf = |economic: &str| {
            Meaning::new()
                .with(Dimension::Item, "支出")
                .with(Dimension::Fund, "一般公共预算")
                .with(Dimension::Nature, "基本支出")
                .with(Dimension::Function, "2010301")
                .with(Dimension::Economic, economic)
        };
        let public = Meaning::new().with(Dimension::Item, "支出").with(Dimension::Nature, "公用经费");
        let selector = catalog.trees.selector(&public);
        assert!(selector.selects(&catalog.trees, &leaf("30201")));
        assert!(!selector.selects(&catalog.trees, &leaf("30101")));
        let fiscal = catalog.trees.selector(&Meaning::new().with(Dimension::Fund, "财政拨款"));
        assert!(fiscal.selects(&catalog.trees, &leaf("30101")));
    }
}

//! Everything together.

use std::panic::resume_unwind;
use std::path::Path;
use std::thread;

use juesuan_model::Problem;
use juesuan_text::plain;

use crate::accounts::Accounts;
use crate::approval::ApprovalWords;
use crate::archive::ArchiveSchema;
use crate::asks::AskWords;
use crate::batch::BatchWords;
use crate::codes::Codes;
use crate::entry::EntryBook;
use crate::exports::Exports;
use crate::input::InputFiles;
use crate::lexicon::Lexicon;
use crate::origin::Origins;
use crate::performance::PerformanceCatalog;
use crate::pictured::PicturedWords;
use crate::query::QueryCatalog;
use crate::recognition::Recognition;
use crate::registers::RegisterRules;
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
    /// Columns of books as accounting systems export them.
    pub exports: Exports,
    /// The workbook in which everything can be entered.
    pub entry: EntryBook,
    /// Which rows of registers count, and as what.
    pub registers: RegisterRules,
    /// Rows of sheets that are no data.
    pub sheet_words: SheetWords,
    /// The workbook of the ministry's software.
    pub workbook: Workbook,
    /// What is said of last year's figures that were read from pictures.
    pub pictured: PicturedWords,
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
    /// Where a body may come from.
    pub origins: Origins,
    /// Words of the sheet of approval.
    pub approval: ApprovalWords,
    /// Tables of an archive.
    pub archive: ArchiveSchema,
    /// What an archive is asked.
    pub query: QueryCatalog,
    /// Words of what a document lacks.
    pub asks: AskWords,
    /// Words of a run over many documents.
    pub batch: BatchWords,
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
        Catalog::of(source, problems)
    }

    /// Makes the catalogue of files that were laid over each other; `problems` are those of reading them.
    ///
    /// # Errors
    /// Every fault of every file, the given ones among them.
    pub fn of(source: Source, mut problems: Vec<Problem>) -> Result<Catalog, Vec<Problem>> {
        let trees = Trees::load(&source, &mut problems);
        names::check(&source, &trees, &mut problems);
        // Two halves that take about as long: beside each other they take half the time.
        let (rules, tables) = thread::scope(|scope| {
            let rules = scope.spawn(|| {
                let mut faults = Vec::new();
                (Catalog::of_rules(&source, &trees, &mut faults), faults)
            });
            let tables = Catalog::of_tables(&source, &trees, &mut problems);
            let (rules, mut faults) = rules.join().unwrap_or_else(|panic| resume_unwind(panic));
            problems.append(&mut faults);
            (rules, tables)
        });
        let Catalog {
            rulebook, functions, economics, accounts, lexicon, report, workbook, pictured, sheet_words, ..
        } = rules;
        let catalog = Catalog {
            rulebook,
            functions,
            economics,
            accounts,
            lexicon,
            report,
            workbook,
            pictured,
            sheet_words,
            source,
            trees,
            ..tables
        };
        resolve::check(&catalog, &mut problems);
        idle::check(&catalog, &mut problems);
        if problems.is_empty() { Ok(catalog) } else { Err(sorted(problems)) }
    }

    /// What is asked of figures, and the words for them.
    fn of_rules(source: &Source, trees: &Trees, problems: &mut Vec<Problem>) -> Catalog {
        Catalog {
            rulebook: Rulebook::load(source, trees, problems),
            functions: Codes::load(source, "codes/function.tsv", problems),
            economics: Codes::load(source, "codes/economic.tsv", problems),
            accounts: Accounts::load(source, trees, problems),
            lexicon: Lexicon::load(source, trees, problems),
            report: ReportWords::load(source, problems),
            workbook: Workbook::load(source, problems),
            pictured: PicturedWords::load(source, problems),
            sheet_words: SheetWords::load(source, problems),
            ..Catalog::default()
        }
    }

    /// What is entered, printed and recognised.
    fn of_tables(source: &Source, trees: &Trees, problems: &mut Vec<Problem>) -> Catalog {
        let files = VariantFiles::load(source, problems);
        let variants = Variants::load(source, &files, problems);
        let inputs = InputFiles::load(source, problems);
        let sections = Sections::load(source, &files, trees, problems);
        Catalog {
            approval: ApprovalWords::load(source, problems),
            archive: ArchiveSchema::load(source, problems),
            asks: AskWords::load(source, problems),
            batch: BatchWords::load(source, problems),
            entry: EntryBook::load(source, &inputs, problems),
            exports: Exports::load(source, &inputs, problems),
            origins: Origins::load(source, problems),
            recognition: Recognition::load(source, &files, problems),
            query: QueryCatalog::load(source, problems),
            performance: PerformanceCatalog::load(source, trees, &inputs, &sections.phrases, problems),
            registers: RegisterRules::load(source, trees, &inputs, problems),
            titles: Titles::new(&variants),
            sections,
            inputs,
            variants,
            ..Catalog::default()
        }
    }

    /// The variants in which final accounts can be written, by key and year. The others are only read.
    pub fn writable(&self) -> impl Iterator<Item = &Variant> {
        self.variants.iter().filter(|variant| variant.kind.is_final() && self.sections.writes(&variant.key))
    }

    /// The key of the variant that people mean who write its key, its name or the beginning of it, or a place of it.
    pub fn variant_called(&self, word: &str) -> Option<&str> {
        let word = plain(word);
        let named = |name: &str| plain(name).strip_prefix(word.as_str()).is_some() && word.chars().count() > 1;
        let mut all = self.writable();
        let by_name = all.find(|variant| variant.key == word || named(&variant.name));
        let found = by_name.or_else(|| {
            self.writable().find(|variant| {
                let places = self.recognition.places.get(&variant.key);
                places.into_iter().flatten().any(|place| named(place))
            })
        });
        found.map(|variant| variant.key.as_str())
    }

    /// The level of government that people mean who write its key, its name or another usual word.
    pub fn level_called(&self, word: &str) -> Option<&str> {
        let word = plain(word);
        let mut levels = self.sections.phrases.level.iter();
        let found = levels.find(|(key, words)| {
            [key.as_str(), &words.name].into_iter().chain(words.words.iter().map(String::as_str)).any(|own| own == word)
        });
        found.map(|(key, _)| key.as_str())
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
        assert_eq!(catalog.functions.len(), 1958);
        assert_eq!(catalog.economics.len(), 120);
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

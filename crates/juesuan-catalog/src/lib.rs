//! The law of the field as data: loads and checks `catalog/`.
//!
//! In: the files of `catalog/`, embedded in the program, and the folder of a bureau laid over them. Out: [`Catalog`].
//! Deliberately not here: what the data is used for (writing, reading, checking), and any fact of the field in code.
//!
//! In reading order:
//! - [`source`] files by path: embedded, with overlays laid over them
//! - [`template`] texts with places to be filled: one language for everything that is written
//! - [`mod@near`] names that are almost what somebody wrote
//! - `compared` words in the form in which texts are compared
//! - [`trees`] the nodes of each dimension, which of them partition, which are defined by others
//! - [`names`] the nodes that the program itself knows by name
//! - [`codes`] function and economic classification with validity and confidence
//! - [`accounts`] the budget accounts and what they mean
//! - [`input`] the files that people fill in
//! - [`registers`] which rows of registers count, and as what
//! - [`sheet_words`] which rows of sheets are no data; [`workbook`] the workbook of the ministry's software; [`pictured`] figures that were read from pictures
//! - [`form`] one statutory table; [`variant`] a province's way of printing the tables
//! - [`titles`] the titles of all tables, ready to be compared; `kept` what is made of the files once, when it is asked for
//! - [`formula`] the language of rules: syntax tree, parser, names
//! - [`rule`] the laws and rules of the checks, with their examples
//! - [`section`] the running text: sentences, phrases by value, glossary
//! - [`lexicon`] the words by which running text is read
//! - [`recognition`] the words by which a document and its parts are told
//! - [`origin`] where a body comes from, and what that means for last year's figures
//! - [`approval`] the words of the sheet of approval; [`asks`] what a document lacks in words
//! - [`report`] the words of the reports on checks
//! - [`archive`] the tables of an archive of checked documents; [`batch`] the words of a run over many
//! - [`performance`] words, points, grades, rates and lights of performance
//! - [`query`] what an archive is asked: questions, copies, points
//! - `resolve` what a file names in another one; `idle` what nobody names
//! - [`catalog`] everything together

pub mod accounts;
pub mod approval;
pub mod archive;
pub mod asks;
pub mod batch;
pub mod catalog;
pub mod codes;
mod compared;
pub mod entry;
pub mod exports;
pub mod form;
pub mod formula;
mod idle;
pub mod input;
mod kept;
pub mod lexicon;
pub mod names;
pub mod near;
pub mod origin;
pub mod performance;
pub mod pictured;
pub mod query;
pub mod recognition;
pub mod registers;
pub mod report;
mod resolve;
pub mod rule;
pub mod section;
pub mod sheet_words;
pub mod source;
pub mod template;
pub mod titles;
pub mod trees;
pub mod variant;
pub mod workbook;

pub use accounts::{Account, Accounts, EliminationRule, Need, RunningCost, Side};
pub use approval::ApprovalWords;
pub use archive::{ArchiveColumn, ArchivePage, ArchiveSchema, ArchiveTable, ArchiveType};
pub use asks::{AskWords, Way};
pub use batch::BatchWords;
pub use catalog::Catalog;
pub use codes::{Code, Codes, Confidence};
pub use entry::{ChoicesFrom, EntryBook, EntrySheet, ProfileRow};
pub use form::{ColumnMeasure, Form, FormBlock, FormColumn, FormRow, RowChoice, ZeroPrint};
pub use input::{
    Beside, ColumnKind, ColumnText, IndicatorPart, IndicatorValue, InputColumn, InputFile, InputFiles, Wide,
};
pub use lexicon::{Lexicon, LexiconUnit, LexiconWord, Reach, WordKind};
pub use origin::{Formed, LastYearFrom, Origin, Origins};
pub use performance::{
    Announced, Block, BulletinColumn, BulletinList, BulletinSection, BulletinTopic, BulletinWords, CountCatalog,
    CountFilter, CountSpec, FarOver, FormHead, GradeBand, IndicatorDirection, IndicatorLevel, IndicatorTree,
    IndicatorUse, Library, LightBand, LightKey, MethodWords, Monitor, Operand, OperandSource, PerformanceCatalog,
    PerformanceWords, Profile, RateSpec, RateWay, RegisterSpec, StateWords, Tier, UsualIndicator, VagueWords,
    ValueWords,
};
pub use query::QueryCatalog;
pub use query::copied::Copied;
pub use query::question::{ParameterColumn, ParameterKind, Question, QuestionParameter, Questions};
pub use query::ranking::{Band, Criterion, Ranking, RankingSheet, Shows};
pub use query::words::{QueryWords, View, filled};
pub use recognition::{Recognition, RegionWords, UnitWords};
pub use registers::RegisterRules;
pub use report::ReportWords;
pub use rule::{
    Applies, Body, DocumentBody, Entry, Example, ExampleChange, ExampleClaim, ExampleDocument, ExampleEvaluation,
    ExampleFigure, ExampleStep, ExampleSum, ExampleTable, Law, Level, LinkBody, NAME, Parameters, Prefix, Rule,
    RuleState, Rulebook, WaiverBody, YEAR, pattern_and_right,
};
pub use section::{Section, Sections, VariantText};
pub use sheet_words::{BookSays, SheetWords};
pub use source::{Source, parse_toml};
pub use template::Template;
pub use titles::Titles;
pub use trees::{Node, Selector, Trees};
pub use variant::{TableStyle, Variant, Variants};
pub use workbook::Workbook;

//! What running text is read as, in one line a figure.
#![allow(dead_code, reason = "each test file uses a part")]

use juesuan_catalog::Catalog;
use juesuan_model::{Against, DocumentKind, Figure, Meaning, Measure, Place};
use juesuan_recognize::{EntityContext, Recognized, TextSection, text};

/// The year of the documents.
const YEAR: u16 = 2023;

/// Sections with their paragraphs, as a document of this kind in this variant has them.
pub fn read_with(catalog: &Catalog, kind: DocumentKind, variant: &str, sections: &[(&str, &[&str])]) -> Recognized {
    let entity = EntityContext { year: YEAR, kind, variant: variant.to_owned(), ..EntityContext::default() };
    let section = |(heading, paragraphs): &(&str, &[&str])| TextSection {
        heading: (*heading).to_owned(),
        paragraphs: paragraphs.iter().map(|text| ((*text).to_owned(), Place::default())).collect(),
    };
    text(&sections.iter().map(section).collect::<Vec<_>>(), &entity, catalog)
}

/// The same with the catalogue of this repository.
pub fn read(kind: DocumentKind, variant: &str, sections: &[(&str, &[&str])]) -> Recognized {
    let catalog = Catalog::load(&[]).unwrap_or_else(|problems| panic!("{problems:#?}"));
    read_with(&catalog, kind, variant, sections)
}

/// `meaning+meaning measure value`; an amount has no word for its measure.
pub fn told(figure: &Figure) -> String {
    let mut meanings: Vec<String> = figure.meanings.iter().map(Meaning::to_string).collect();
    meanings.sort();
    let measure = match &figure.measure {
        Measure::Amount => String::new(),
        Measure::Change(against) => format!(" 比{}", word(*against)),
        Measure::Growth(against) => format!(" 比{}增幅", word(*against)),
        Measure::Share { of } => format!(" 占[{of}]"),
        Measure::Completion(against) => format!(" 完成{}", word(*against)),
        Measure::Count => " 数量".to_owned(),
        Measure::Score => " 得分".to_owned(),
    };
    format!("{}{measure} {}", meanings.join("+"), figure.cell.number().unwrap())
}

fn word(against: Against) -> &'static str {
    match against {
        Against::PriorYear => "上年",
        Against::InitialBudget => "年初预算",
        Against::FullYearBudget => "全年预算",
    }
}

/// The figures that were read are these.
#[track_caller]
pub fn gives(read: &Recognized, expected: &[&str]) {
    let told: Vec<String> = read.figures.iter().map(told).collect();
    assert_eq!(told, expected, "unread: {:?}", read.unread.iter().map(|u| (&u.text, u.reason)).collect::<Vec<_>>());
}

/// The numbers that were given no meaning are these.
#[track_caller]
pub fn leaves(read: &Recognized, expected: &[&str]) {
    let texts: Vec<&str> = read.unread.iter().map(|u| u.text.as_str()).collect();
    assert_eq!(texts, expected);
}

/// Sections of a document of this kind give these figures, and leave these numbers unread.
#[track_caller]
pub fn of_kind(kind: DocumentKind, sections: &[(&str, &[&str])], figures: &[&str], unread: &[&str]) {
    let read = read(kind, "", sections);
    gives(&read, figures);
    leaves(&read, unread);
}

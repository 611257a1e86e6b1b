//! Meanings in the words of accountants: `一般公共预算财政拨款基本支出“30201办公费”年初预算`, not coordinates.

use juesuan_catalog::names::compared_with;
use juesuan_catalog::names::item::EXPENSE;
use juesuan_catalog::template::{Filling, Lack, Name, Template, Values};
use juesuan_model::{Dimension, Meaning, Measure, Subject};

use super::Teller;

/// What a figure is a figure of.
pub(super) fn words(of: &Subject, teller: &Teller<'_>) -> String {
    let words = &teller.catalog.report.subject;
    let what = meaning(&of.meaning, of.year, teller);
    let (template, against, whole) = match &of.measure {
        Measure::Amount | Measure::Count => return what,
        Measure::Change(with) => (&words.change, Some(*with), None),
        Measure::Growth(with) => (&words.growth, Some(*with), None),
        Measure::Completion(with) => (&words.completion, Some(*with), None),
        Measure::Share { of: whole } => (&words.share, None, Some(meaning(whole, of.year, teller))),
        Measure::Score => (&words.score, None, None),
    };
    Parts { what: &what, against: against.map(compared_with), whole: whole.as_deref() }.by(template)
}

/// What the templates of measures are filled with.
struct Parts<'p> {
    what: &'p str,
    against: Option<&'p str>,
    whole: Option<&'p str>,
}

impl Parts<'_> {
    fn by(&self, template: &Template) -> String {
        template.fill(self, Lack::Word("")).map(|pieces| pieces.concat()).unwrap_or_default()
    }
}

impl Values for Parts<'_> {
    type Filled = String;

    fn value(&self, name: &Name) -> Filling<String> {
        let value = match name.name.as_str() {
            "何" => Some(self.what),
            "对" => self.against,
            "体" => self.whole,
            _ => None,
        };
        value.map(|text| vec![text.to_owned()]).ok_or_else(Vec::new)
    }
}

/// A meaning in words, with the names of its codes in that year.
fn meaning(meaning: &Meaning, year: u16, teller: &Teller<'_>) -> String {
    let mut out = String::new();
    if let Some(year) = meaning.get(Dimension::Year) {
        out.push_str(&format!("{year}年"));
    }
    if let Some(unit) = meaning.get(Dimension::Unit) {
        out.push_str(unit);
    }
    if let Some(project) = meaning.get(Dimension::Project) {
        out.push_str(&format!("“{project}”"));
    }
    if let Some(fund) = meaning.get(Dimension::Fund) {
        out.push_str(long(Dimension::Fund, fund, teller));
    }
    let coded = meaning.get(Dimension::Function).or_else(|| meaning.get(Dimension::Economic)).is_some();
    let alone = out.is_empty() && !coded && meaning.get(Dimension::Stage).is_none();
    out.push_str(&core(meaning, alone, teller));
    let catalog = teller.catalog;
    for (dimension, codes) in [(Dimension::Function, &catalog.functions), (Dimension::Economic, &catalog.economics)] {
        if let Some(code) = meaning.get(dimension) {
            out.push_str(&format!("“{code}{}”", codes.name(code, year).unwrap_or("")));
        }
    }
    if let Some(stage) = meaning.get(Dimension::Stage) {
        out.push_str(stage);
    }
    if out.is_empty() { catalog.report.subject.total.clone() } else { out }
}

/// Item, nature, source and theme as one noun.
fn core(meaning: &Meaning, alone: bool, teller: &Teller<'_>) -> String {
    let words = &teller.catalog.report.subject;
    let item = meaning.get(Dimension::Item).unwrap_or("");
    let theme = meaning.get(Dimension::Theme).map(|theme| long(Dimension::Theme, theme, teller));
    match (theme, meaning.get(Dimension::Source), meaning.get(Dimension::Nature)) {
        (Some(theme), ..) if item == EXPENSE => match words.money.iter().any(|end| theme.ends_with(end.as_str())) {
            true => theme.to_owned(),
            false => Parts { what: theme, against: None, whole: None }.by(&words.amount),
        },
        (Some(theme), ..) if theme.ends_with(item) || theme.ends_with('车') => theme.to_owned(),
        (Some(theme), ..) => format!("{theme}{item}"),
        (None, Some(source), _) => source.to_owned(),
        (None, None, Some(nature)) if item == EXPENSE || item.is_empty() => nature.to_owned(),
        (None, None, Some(nature)) => format!("{nature}{item}"),
        (None, None, None) if alone => long(Dimension::Item, item, teller).to_owned(),
        (None, None, None) => item.to_owned(),
    }
}

/// The name of a node as documents print it in full.
fn long<'n>(dimension: Dimension, name: &'n str, teller: &Teller<'n>) -> &'n str {
    teller.catalog.trees.node(dimension, name).and_then(|node| node.words.first()).map_or(name, String::as_str)
}

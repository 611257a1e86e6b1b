//! Last year: `prior/package.json`, as this program wrote it, and documents that were published, as somebody else read them.

use std::collections::BTreeMap;

use juesuan_catalog::{Catalog, LastYearFrom};
use juesuan_facts::department::Department;
use juesuan_facts::record::Record;
use juesuan_facts::{Amount, Fact, Facts};
use juesuan_model::{Cell, Dimension, Figure, Meaning, Measure, Package, Place, Problem, Unit};

use crate::of_unit;
use crate::origin::is_one;
use crate::read::Inputs;
use crate::words::filled;

/// Path of last year's package inside the folder.
pub const PACKAGE: &str = "prior/package.json";
/// Folder of what there is of last year.
pub use crate::arrangement::PRIOR as FOLDER;
/// How many contradictions are told in full.
const EXAMPLES: usize = 3;

/// A document of last year that was read: published accounts as PDF, Word, workbook or page.
#[derive(Clone, Debug)]
pub struct Published {
    /// Its path below the folder.
    pub file: String,
    /// What was recognised.
    pub package: Package,
}

/// How much was taken of one document, and from where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// Figures in tables.
    pub in_tables: usize,
    /// Figures in running text.
    pub in_text: usize,
    /// First and last page with one of them, where there are pages.
    pub pages: Option<(u32, u32)>,
}

/// States last year's amounts and counts: a figure without a year gets the year of that package. An exact amount is
/// preferred to a print of it.
pub fn state(package: &Package, department: &Department, facts: &mut Facts, problems: &mut Vec<Problem>) {
    let year = package.entity.year;
    let place = || Place { file: Some(PACKAGE.to_owned()), ..Place::default() };
    if let Some(message) = of_another_year(year, department.year) {
        problems.push(Problem::fatal(place(), message));
        return;
    }
    if package.entity.name != department.name {
        problems.push(Problem::doubt(place(), of_another_body(&package.entity.name, &department.name)));
    }
    let mut known: BTreeMap<Meaning, Amount> = BTreeMap::new();
    for (meaning, amount, _) in figures(package) {
        let better = |old: &Amount| old.exact().is_none() && amount.exact().is_some();
        if known.get(&meaning).is_none_or(better) {
            known.insert(meaning, amount);
        }
    }
    for (meaning, amount) in known {
        facts.state(meaning, Fact { amount, place: place(), form: String::new() });
    }
}

/// States what the package in the folder says, unless it is of one body of several that became one. A body without a last year has
/// no use for it, nor for rows of figures: both are named.
pub(crate) fn of_own(
    inputs: &mut Inputs,
    whole: &BTreeMap<String, Vec<Record>>,
    catalog: &Catalog,
    problems: &mut Vec<Problem>,
) {
    if inputs.department.formed.as_ref().is_some_and(|formed| formed.last_year == LastYearFrom::None) {
        let package = inputs.prior.take().map(|_| Place { file: Some(PACKAGE.to_owned()), ..Place::default() });
        let row = whole.get(of_unit::PRIOR).and_then(|rows| rows.first()).map(|row| row.sheet().clone());
        problems
            .extend(package.into_iter().chain(row).map(|place| unused(place, &catalog.origins.prior.none, catalog)));
        return;
    }
    if let Some(package) = &inputs.prior
        && !is_one(&package.entity.name, inputs.department.merged_of())
    {
        state(package, &inputs.department, &mut inputs.facts, problems);
    }
}

/// A file or sheet of last year that was not used, with the reason.
pub fn unused(place: Place, reason: &str, catalog: &Catalog) -> Problem {
    Problem::doubt(place, filled(&catalog.origins.prior.unused, &[("reason", reason)]))
}

/// What is said of accounts of a body that goes by another name.
pub fn of_another_body(name: &str, own: &str) -> String {
    format!("这是“{name}”的决算，不是“{own}”的；如果是更名，可以不管")
}

/// Why accounts of `year` are not those of the year before `this_year`.
pub fn of_another_year(year: u16, this_year: u16) -> Option<String> {
    let wanted = this_year.saturating_sub(1);
    (year != wanted).then(|| format!("这是 {year} 年度的决算；上年应为 {wanted} 年度，请换文件"))
}

/// States what the documents say, each meaning once, unless it is known. What they contradict each other in, or one of them
/// itself, is taken from none and told. One answer a document.
pub fn state_published(documents: &[&Published], facts: &mut Facts, problems: &mut Vec<Problem>) -> Vec<Taken> {
    let mut known: BTreeMap<Meaning, Said> = BTreeMap::new();
    for (document, published) in documents.iter().enumerate() {
        for (meaning, amount, place) in figures(&published.package) {
            let place = Place { file: Some(published.file.clone()), ..place.clone() };
            let new = Said { document, amount, place, other: None };
            match known.get_mut(&meaning) {
                None => {
                    known.insert(meaning, new);
                }
                Some(old) if !agree(old.amount, amount) => {
                    old.other.get_or_insert((amount, new.place));
                }
                Some(old) if finer(amount, old.amount) && old.other.is_none() => *old = new,
                Some(_) => {}
            }
        }
    }
    contradictions(&known, problems);
    let mut taken = vec![Taken::default(); documents.len()];
    for (meaning, said) in known.into_iter().filter(|(_, said)| said.other.is_none()) {
        if let Some(taken) = taken.get_mut(said.document) {
            taken.add(&said.place);
        }
        facts.state(meaning, Fact { amount: said.amount, place: said.place, form: String::new() });
    }
    taken
}

/// What a document says of a meaning.
struct Said {
    document: usize,
    amount: Amount,
    place: Place,
    /// Another amount for it, and where that stands.
    other: Option<(Amount, Place)>,
}

impl Taken {
    fn add(&mut self, place: &Place) {
        match place.table {
            Some(_) => self.in_tables += 1,
            None => self.in_text += 1,
        }
        if let Some(page) = place.page {
            let (first, last) = self.pages.unwrap_or((page, page));
            self.pages = Some((first.min(page), last.max(page)));
        }
    }

    /// All of them.
    pub const fn all(&self) -> usize {
        self.in_tables + self.in_text
    }
}

/// Tells what is contradictory, once.
fn contradictions(known: &BTreeMap<Meaning, Said>, problems: &mut Vec<Problem>) {
    let torn: Vec<(&Meaning, &Said, &(Amount, Place))> =
        known.iter().filter_map(|(meaning, said)| Some((meaning, said, said.other.as_ref()?))).collect();
    let Some((_, first, _)) = torn.first() else { return };
    let told: Vec<String> = torn
        .iter()
        .take(EXAMPLES)
        .map(|(meaning, said, (amount, place))| {
            format!("“{meaning}”{}写 {}，{place}写 {}", said.place, shown(said.amount), shown(*amount))
        })
        .collect();
    let more = if torn.len() > told.len() { "；……" } else { "" };
    let message =
        format!("上年的文件里有 {} 个数前后不一致，没有取用，需要时另外填写：{}{more}", torn.len(), told.join("；"));
    problems.push(Problem::doubt(Place { file: first.place.file.clone(), ..Place::default() }, message));
}

/// For people.
pub fn shown(amount: Amount) -> String {
    match amount {
        Amount::Exact(money) => format!("{money} 元"),
        Amount::Printed(printed) => format!("{}{}", printed.digits(), printed.unit.word()),
        Amount::Count(count) => count.to_string(),
    }
}

/// Amounts and counts with their meanings; a figure without a year is of the year of the package.
fn figures(package: &Package) -> impl Iterator<Item = (Meaning, Amount, &Place)> {
    let year = package.entity.year;
    let dated = move |meaning: &Meaning| match meaning.get(Dimension::Year) {
        None => meaning.clone().with(Dimension::Year, year.to_string()),
        Some(_) => meaning.clone(),
    };
    let known = package.figures.iter().filter_map(|figure| Some((figure, amount_of(figure)?)));
    known.flat_map(move |(figure, amount)| {
        figure.meanings.iter().map(move |meaning| (dated(meaning), amount, &figure.place))
    })
}

fn amount_of(figure: &Figure) -> Option<Amount> {
    match (&figure.measure, figure.exact_fen, figure.cell) {
        (Measure::Amount, Some(money), _) => Some(Amount::Exact(money)),
        (Measure::Amount, None, Cell::Number(printed)) if printed.unit.fen().is_some() => {
            Some(Amount::Printed(printed))
        }
        (Measure::Count, _, Cell::Number(printed)) if printed.unit == Unit::Piece && printed.decimals == 0 => {
            Some(Amount::Count(printed.mantissa))
        }
        _ => None,
    }
}

/// True if one may be the print of the other, or they differ by no more than tables of rounded amounts do.
fn agree(one: Amount, other: Amount) -> bool {
    let (Some(left), Some(right)) = (one.money(), other.money()) else { return one == other };
    let apart = left.fen().abs_diff(right.fen());
    apart <= last_place(one).max(last_place(other))
}

/// What the last digit of a print stands for, in 分; of an exact amount nothing is lost.
fn last_place(amount: Amount) -> u64 {
    match amount {
        Amount::Printed(printed) => {
            let fen = printed.unit.fen().and_then(|fen| u64::try_from(fen).ok()).unwrap_or_default();
            10u64.checked_pow(u32::from(printed.decimals)).map_or(0, |parts| fen / parts)
        }
        Amount::Exact(_) | Amount::Count(_) => 0,
    }
}

/// True if `new` says more digits than `old`.
fn finer(new: Amount, old: Amount) -> bool {
    match (new, old) {
        (Amount::Exact(_), Amount::Printed(_)) => true,
        (Amount::Printed(new), Amount::Printed(old)) => new.unit.fen() < old.unit.fen() || new.decimals > old.decimals,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use juesuan_model::{Money, Printed};

    use super::*;

    #[test]
    fn rounded_prints_of_one_amount_agree_and_others_do_not() {
        let wan = |digits: &str| Amount::Printed(Printed::parse(digits, Unit::WanYuan).unwrap());
        for (one, other) in [("921.96", "922"), ("236.63", "236.64"), ("0.00", "0")] {
            assert!(agree(wan(one), wan(other)), "{one} {other}");
        }
        assert!(agree(wan("921.96"), Amount::Exact(Money(921_955_049))));
        assert!(!agree(wan("921.96"), wan("921.98")));
        assert!(!agree(Amount::Count(3), Amount::Count(4)));
        assert!(finer(wan("921.96"), wan("922")) && !finer(wan("922"), wan("921.96")));
    }
}

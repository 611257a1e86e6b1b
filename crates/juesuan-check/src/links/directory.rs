//! What is kept of every document of a run: enough to know which are held against each other.
//!
//! A card is all that stays of a document once it was checked by itself. From the cards follows, for each document, which few
//! others have to be looked up again; so a run holds a handful of documents at a time, however many it is given.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};

use juesuan_catalog::{Body, Catalog, LinkBody, Rule};
use juesuan_model::{Cell, Compared, DocumentKind, Entity, Scope};
use rustc_hash::{FxHashMap, FxHasher};

use super::alike::sketch;
use super::bench::Named;
use super::{copies, names, own_words};

/// Earlier documents with the same text that one document names.
const COPIES_MAX: usize = 20;
/// Documents that are kept for a text: however many share it, those after them find enough.
const HOLDERS_MAX: usize = 100;
/// Documents of one body and year that are looked through for one that belongs to another, in the order of their files.
const LIKE_MAX: usize = 1_000;
/// Documents of the year before that one is held against: more versions of one year are a heap and no series.
const BEFORE_MAX: usize = 8;

/// What is kept of one document.
#[derive(Clone, Debug)]
pub struct Card {
    /// Its file.
    pub file: String,
    /// What it is.
    pub kind: DocumentKind,
    /// Whose it is.
    pub entity: Entity,
    /// The name without what makes no difference.
    base: String,
    /// The same of the units that it lists.
    units: Vec<String>,
    /// By each rule that compares texts, what stands for those of this document.
    texts: Vec<Vec<u64>>,
    /// What stands for all numbers that it prints.
    pub(super) content: u64,
    /// What stands for most of them: documents that print almost the same have almost the same.
    pub(super) sketch: Vec<u64>,
}

impl Card {
    fn is_subject(&self) -> bool {
        matches!(self.kind, DocumentKind::Final | DocumentKind::Budget)
    }

    fn lists_units(&self) -> bool {
        self.entity.scope == Scope::Department && self.is_subject() && !self.units.is_empty()
    }

    fn is_same_body(&self, other: &Card) -> bool {
        self.entity.scope == other.entity.scope && names::same_base(&self.base, &other.base)
    }

    /// True if this is the document of the year before, of the same body and kind.
    fn is_year_before(&self, later: &Card) -> bool {
        let (own, year) = (self.entity.year, later.entity.year);
        self.kind == later.kind && own > 0 && own + 1 == year && self.is_same_body(later)
    }

    fn is_budget_of(&self, accounts: &Card) -> bool {
        let kinds = (self.kind, accounts.kind) == (DocumentKind::Budget, DocumentKind::Final);
        kinds && self.entity.year == accounts.entity.year && self.is_same_body(accounts)
    }

    /// Two bodies of which neither is the department of the other, nor the same under another name.
    fn is_stranger_to(&self, other: &Card) -> bool {
        let lists = |department: &Card, unit: &Card| department.units.iter().any(|u| names::same_base(u, &unit.base));
        let alone = self.entity.scope == other.entity.scope || !(lists(self, other) || lists(other, self));
        let named = !self.entity.name.is_empty() && !other.entity.name.is_empty();
        alone && named && !names::same_base(&self.base, &other.base)
    }
}

/// Which others a document is held against, by their numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Beside {
    /// Those of the year before, of the same body and kind.
    pub before: Vec<usize>,
    /// How many more of these there are than one document is held against.
    pub before_left_out: usize,
    /// The budget of the same body and year.
    pub(crate) budget: Option<usize>,
    /// Departments that list it, each with whether the documents of all its units are there.
    pub(crate) departments: Vec<(usize, bool)>,
    /// The documents of the units that it lists.
    pub(crate) units: Vec<usize>,
    /// Units without a document, where others have one.
    pub(crate) missing: Vec<String>,
    /// Texts that it shares with others.
    pub(crate) copies: Vec<Copies>,
}

/// What a rule that compares texts has to look at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Copies {
    /// The rule.
    pub(crate) code: String,
    /// Earlier documents of other bodies that have a text of this one.
    pub(crate) earlier: Vec<usize>,
    /// Whether there are earlier documents of other bodies with texts at all.
    pub(crate) strangers: bool,
}

impl Beside {
    /// The documents that have to be looked up, without those of the year before.
    pub fn others(&self) -> BTreeSet<usize> {
        let departments = self.departments.iter().map(|(number, _)| *number);
        let copies = self.copies.iter().flat_map(|copies| &copies.earlier).copied();
        self.budget.into_iter().chain(departments).chain(self.units.iter().copied()).chain(copies).collect()
    }

    /// The documents that are named beside it, and why.
    pub fn compared(&self) -> Vec<(usize, Compared)> {
        let mut out: Vec<(usize, Compared)> = self.before.iter().map(|other| (*other, Compared::YearBefore)).collect();
        out.extend(self.budget.map(|other| (other, Compared::Budget)));
        out.extend(self.departments.iter().map(|(other, _)| (*other, Compared::Department)));
        let texts: BTreeSet<usize> = self.copies.iter().flat_map(|copies| &copies.earlier).copied().collect();
        out.extend(texts.into_iter().map(|other| (other, Compared::Texts)));
        out
    }

    /// True where a rule between documents has something to say.
    pub fn is_linked(&self) -> bool {
        !self.others().is_empty() || self.copies.iter().any(|copies| copies.strangers)
    }

    pub(super) fn copies(&self, code: &str) -> Option<&Copies> {
        self.copies.iter().find(|copies| copies.code == code)
    }
}

/// The cards of a run.
pub struct Directory<'c> {
    own: Vec<String>,
    rules: Vec<(LinkBody, &'c Rule)>,
}

impl<'c> Directory<'c> {
    /// By the rules of this catalogue.
    pub fn new(catalog: &'c Catalog) -> Directory<'c> {
        let compares = |rule: &'c Rule| match rule.body {
            Some(Body::Link(body @ (LinkBody::DutiesOfTheirOwn | LinkBody::CausesOfTheirOwn))) => Some((body, rule)),
            _ => None,
        };
        let rules = catalog.rulebook.rules().iter().filter_map(compares).collect();
        Directory { own: own_words(catalog), rules }
    }

    /// The card of a document.
    pub fn card(&self, document: Named<'_>) -> Card {
        let Named { file, package } = document;
        let entity = package.entity.clone();
        let texts = |(body, rule): &(LinkBody, &Rule)| {
            copies::passages(*body, rule, package).iter().map(|passage| digest(&passage.text)).collect()
        };
        Card {
            file: file.to_owned(),
            kind: package.kind,
            base: names::base(&entity.name, &self.own),
            units: entity.unit_names().map(|unit| names::base(unit, &self.own)).collect(),
            texts: self.rules.iter().map(texts).collect(),
            content: printed(document),
            sketch: sketch(document),
            entity,
        }
    }

    /// Which others each of these documents is held against, whatever their order.
    pub fn beside(&self, cards: &[Card]) -> Vec<Beside> {
        let mut out = vec![Beside::default(); cards.len()];
        // Of two documents that say the same, one is called the copy; of two budgets of a year, one is held against: that of
        // the earlier file, whichever was given first.
        let mut sorted: Vec<usize> =
            cards.iter().enumerate().filter(|(_, card)| card.is_subject()).map(|(number, _)| number).collect();
        sorted.sort_by_key(|number| cards.get(*number).map(|card| (card.file.as_str(), card.entity.year)));
        let run = Run { cards, sorted: &sorted, named: Names::of(cards, &sorted) };
        for number in &sorted {
            run.own(*number, &mut out);
        }
        for (at, (_, rule)) in self.rules.iter().enumerate() {
            run.copies(at, &rule.code, &mut out);
        }
        out
    }
}

/// The documents of a run that are checked.
struct Run<'r> {
    cards: &'r [Card],
    /// Their numbers in the order of their files.
    sorted: &'r [usize],
    named: Names<'r>,
}

impl Run<'_> {
    /// Years before, budget and units of one document.
    fn own(&self, number: usize, out: &mut [Beside]) {
        let Some(card) = self.cards.get(number) else { return };
        let year = card.entity.year;
        let earlier = self.near(&card.base, year.saturating_sub(1));
        let mut seen = BTreeSet::new();
        let before = earlier.iter().filter(|(_, other)| other.is_year_before(card));
        // The same document twice says no more than once.
        let mut before: Vec<usize> =
            before.filter(|(_, other)| seen.insert(other.content)).map(|(number, _)| *number).collect();
        let before_left_out = before.len().saturating_sub(BEFORE_MAX);
        before.truncate(BEFORE_MAX);
        let own = self.near(&card.base, year);
        let budget = own.iter().find(|(_, other)| other.is_budget_of(card)).map(|(number, _)| *number);
        let (units, missing) = if card.lists_units() { self.units(card) } else { Default::default() };
        for unit in &units {
            if let Some(beside) = out.get_mut(*unit) {
                beside.departments.push((number, missing.is_empty()));
            }
        }
        let Some(beside) = out.get_mut(number) else { return };
        (beside.before, beside.before_left_out, beside.budget) = (before, before_left_out, budget);
        if !units.is_empty() {
            (beside.units, beside.missing) = (units, missing);
        }
    }

    /// The documents of a year whose names could be this one, in order.
    fn near(&self, base: &str, year: u16) -> Vec<(usize, &Card)> {
        let positions = self.named.like(base, year);
        let numbers = positions.into_iter().filter_map(|position| self.sorted.get(position).copied());
        numbers.filter_map(|number| Some((number, self.cards.get(number)?))).collect()
    }

    /// The documents of the units that a department lists, and the names of those without one.
    fn units(&self, department: &Card) -> (Vec<usize>, Vec<String>) {
        let mut found = BTreeMap::new();
        let mut missing = Vec::new();
        for (name, base) in department.entity.unit_names().zip(&department.units) {
            let near = self.near(base, department.entity.year);
            let alike = |other: &Card| {
                let same = (other.kind, other.entity.year) == (department.kind, department.entity.year);
                same && other.entity.scope == Scope::Unit && names::same_base(&other.base, base)
            };
            let fitting: Vec<(usize, usize)> = near
                .iter()
                .enumerate()
                .filter(|(_, (_, other))| alike(other))
                .map(|(at, (number, _))| (at, *number))
                .collect();
            let exact = fitting.iter().find(|(at, _)| near.get(*at).is_some_and(|(_, other)| other.base == *base));
            // The same name, else the only one whose end fits.
            let listed = exact.or_else(|| fitting.first().filter(|_| fitting.len() == 1));
            // A document that answers to two names leaves one of them without a document.
            match listed.map(|(_, number)| *number) {
                Some(number) if !found.contains_key(&self.named.position(number)) => {
                    found.insert(self.named.position(number), number);
                }
                _ => missing.push(name.to_owned()),
            }
        }
        (found.into_values().collect(), missing)
    }

    /// Earlier documents of other bodies that share a text, by the rule with this number.
    fn copies(&self, at: usize, code: &str, out: &mut [Beside]) {
        let mut holders: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
        let mut earlier: Vec<(usize, &Card)> = Vec::new();
        // One of each body is enough to know that there are others.
        let mut bodies: Vec<&Card> = Vec::new();
        let mut known = BTreeSet::new();
        for number in self.sorted.iter().copied() {
            let Some(card) = self.cards.get(number) else { continue };
            let texts: &[u64] = card.texts.get(at).map_or(&[], Vec::as_slice);
            if texts.is_empty() {
                continue;
            }
            let alike: BTreeSet<usize> = texts.iter().filter_map(|text| holders.get(text)).flatten().copied().collect();
            let others = alike.into_iter().filter_map(|position| earlier.get(position));
            // The same document twice says no more than once.
            let mut seen = BTreeSet::new();
            let others =
                others.filter(|(_, other)| card.is_stranger_to(other) && seen.insert((other.content, &other.base)));
            let others = others.map(|(number, _)| *number);
            let copies = Copies {
                code: code.to_owned(),
                earlier: others.take(COPIES_MAX).collect(),
                strangers: bodies.iter().any(|other| card.is_stranger_to(other)),
            };
            if let Some(beside) = out.get_mut(number) {
                beside.copies.push(copies);
            }
            for text in texts {
                let held = holders.entry(*text).or_default();
                if held.last() != Some(&earlier.len()) && held.len() < HOLDERS_MAX {
                    held.push(earlier.len());
                }
            }
            earlier.push((number, card));
            if known.insert((&card.base, card.entity.scope == Scope::Unit)) {
                bodies.push(card);
            }
        }
    }
}

/// Documents by their names and by the ends of these, each with its year.
struct Names<'r> {
    whole: FxHashMap<(&'r str, u16), Vec<usize>>,
    ends: FxHashMap<(&'r str, u16), Vec<usize>>,
    positions: FxHashMap<usize, usize>,
}

impl<'r> Names<'r> {
    fn of(cards: &'r [Card], sorted: &[usize]) -> Names<'r> {
        let mut out =
            Names { whole: FxHashMap::default(), ends: FxHashMap::default(), positions: FxHashMap::default() };
        for (position, number) in sorted.iter().enumerate() {
            out.positions.insert(*number, position);
            let Some(card) = cards.get(*number) else { continue };
            let year = card.entity.year;
            out.whole.entry((&card.base, year)).or_default().push(position);
            for end in names::telling_ends(&card.base) {
                out.ends.entry((end, year)).or_default().push(position);
            }
        }
        out
    }

    fn position(&self, number: usize) -> usize {
        self.positions.get(&number).copied().unwrap_or(usize::MAX)
    }

    /// The positions of the documents of a year whose name is this one, ends with it, or is its end.
    fn like(&self, base: &str, year: u16) -> BTreeSet<usize> {
        let shorter = names::telling_ends(base).filter_map(|end| self.whole.get(&(end, year)));
        let same = self.whole.get(&(base, year)).into_iter();
        let each = shorter.chain(same).chain(self.ends.get(&(base, year)));
        each.flat_map(|positions| positions.iter().take(LIKE_MAX)).copied().collect()
    }
}

fn digest(text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    text.hash(&mut hasher);
    hasher.finish()
}

/// What stands for all numbers of a document.
fn printed(document: Named<'_>) -> u64 {
    let mut hasher = FxHasher::default();
    for figure in &document.package.figures {
        let number =
            if let Cell::Number(number) = figure.cell { Some((number.mantissa, number.decimals)) } else { None };
        (number, &figure.meanings).hash(&mut hasher);
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use juesuan_model::{Block, Figure, Mark, Measure, Package, Part, Place, Printed, Run as TextRun, Seen, Unit};

    use super::*;

    /// Accounts of a body and year that print one amount, and one paragraph below a heading of duties.
    fn accounts(name: &str, year: u16, amount: i64, catalog: &Catalog) -> Package {
        let entity = Entity { name: name.to_owned(), year, scope: Scope::Department, ..Entity::default() };
        let mut package = Package { kind: DocumentKind::Final, entity, ..Package::default() };
        let print = Printed { mantissa: amount, decimals: 2, unit: Unit::WanYuan };
        package.push(Figure {
            meanings: Vec::new(),
            measure: Measure::Amount,
            cell: Cell::Number(print),
            exact_fen: None,
            seen: Seen::Text,
            place: Place::default(),
        });
        let rules = catalog.rulebook.rules().iter();
        let duties = rules.filter(|rule| rule.body == Some(Body::Link(LinkBody::DutiesOfTheirOwn)));
        let heading = duties.flat_map(|rule| rule.with.words("headings")).next().cloned().unwrap_or_default();
        let text = "负责全县档案的收集整理".repeat(6);
        package.document.parts.push(Part {
            blocks: vec![
                Block::Heading { level: 1, text: heading, origin: Vec::new() },
                Block::Paragraph { runs: vec![TextRun { text, figure: None, mark: Mark::Plain }], origin: Vec::new() },
            ],
            ..Part::default()
        });
        package
    }

    fn cards(packages: &[(String, Package)], directory: &Directory<'_>) -> Vec<Card> {
        packages.iter().map(|(file, package)| directory.card(Named { file, package })).collect()
    }

    #[test]
    fn a_heap_of_versions_of_the_year_before_is_held_against_by_few_and_the_rest_is_counted() {
        let catalog = Catalog::load(&[]).unwrap();
        let directory = Directory::new(&catalog);
        let of = |number: i64| (format!("{number:03}"), accounts("甲县林业局", 2022, number % 40, &catalog));
        let mut packages: Vec<(String, Package)> = (0..80).map(of).collect();
        packages.push(("z".to_owned(), accounts("甲县林业局", 2023, 1, &catalog)));
        let last = directory.beside(&cards(&packages, &directory)).pop().unwrap();
        // Forty of them say something of their own.
        assert_eq!((last.before, last.before_left_out), ((0..BEFORE_MAX).collect(), 40 - BEFORE_MAX));
    }

    #[test]
    fn a_text_that_very_many_share_is_still_a_copy_of_the_first_that_had_it() {
        let catalog = Catalog::load(&[]).unwrap();
        let directory = Directory::new(&catalog);
        let name = |number: usize| format!("{}县水利局", char::from_u32(0x4e10 + number as u32).unwrap());
        let of = |number: usize| (format!("{number:03}"), accounts(&name(number), 2023, number as i64, &catalog));
        let packages: Vec<(String, Package)> = (0..2 * HOLDERS_MAX).map(of).collect();
        let beside = directory.beside(&cards(&packages, &directory));
        let earlier = |at: usize| beside[at].copies.iter().find(|copies| !copies.earlier.is_empty()).unwrap().clone();
        assert_eq!(earlier(1).earlier, [0]);
        assert_eq!(earlier(packages.len() - 1).earlier, (0..COPIES_MAX).collect::<Vec<_>>());
        assert!(earlier(packages.len() - 1).strangers);
    }
}

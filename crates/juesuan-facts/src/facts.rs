//! What is known before anything is printed: leaves of the books, and figures that were given as they stand.
//!
//! Two kinds of knowledge, one question ([`Facts::amount`]):
//! - **Leaves** are exact amounts of the books (分), each with full coordinates. A sum over leaves answers every
//!   meaning above them.
//! - **Stated** figures come from finished tables, budgets, registers and last year's package. They answer exactly the
//!   meaning they were stated for.
//!
//! What nobody stated is unknown, not zero – unless it lies in a **complete** region (the books of the year, a
//! finished table), where absence means that there is nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use juesuan_catalog::{Selector, Trees};
use juesuan_model::{Dimension, Interval, Meaning, Money, Place, Printed, Problem, Unit};

/// An answer: an amount or a count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// Money, exact to the 分.
    Exact(Money),
    /// Money of which only the print is known (finished tables in 万元).
    Printed(Printed),
    /// A number of things.
    Count(i64),
}

impl Amount {
    /// The amount in 分: exact, or as if the printed digits were exact. `None` for counts.
    pub fn money(self) -> Option<Money> {
        match self {
            Amount::Exact(money) => Some(money),
            Amount::Printed(printed) => printed.money(),
            Amount::Count(_) => None,
        }
    }

    /// The exact amount, if it is known to the 分.
    pub const fn exact(self) -> Option<Money> {
        match self {
            Amount::Exact(money) => Some(money),
            Amount::Printed(_) | Amount::Count(_) => None,
        }
    }

    /// How it is printed in `unit` with `decimals`: exact amounts are rounded once, printed ones stay as they are.
    pub fn printed(self, unit: Unit, decimals: u8) -> Printed {
        match self {
            Amount::Exact(money) => Printed::from_money(money, unit, decimals),
            Amount::Printed(printed) if printed.unit == unit => printed.with_decimals_at_least(decimals),
            Amount::Printed(printed) => {
                printed.money().map_or(printed, |money| Printed::from_money(money, unit, decimals))
            }
            Amount::Count(number) => Printed::count(number),
        }
    }

    /// The sum of amounts, exact if all are; printed as their total otherwise. `None` if one is a count.
    pub fn sum(amounts: &[Amount]) -> Option<Amount> {
        let total: Money = amounts.iter().map(|amount| amount.money()).collect::<Option<Vec<_>>>()?.into_iter().sum();
        let exact = amounts.iter().all(|amount| amount.exact().is_some());
        Some(match exact {
            true => Amount::Exact(total),
            false => Amount::Printed(Printed::wan_yuan(total)),
        })
    }

    /// True if there is nothing (as far as the print shows).
    pub const fn is_zero(self) -> bool {
        match self {
            Amount::Exact(money) => money.is_zero(),
            Amount::Printed(printed) => printed.is_zero(),
            Amount::Count(number) => number == 0,
        }
    }
}

/// A stated figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// How much.
    pub amount: Amount,
    /// Where it was stated.
    pub place: Place,
    /// Key of the form it was stated in; empty if in none.
    pub form: String,
}

/// Everything known about one entity.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    stated: BTreeMap<Meaning, Vec<Fact>>,
    leaves: Leaves,
    /// Σ |amount| of everything that was added to a leaf, in 分: bounds every sum of leaves.
    turnover_fen: u128,
    complete: Vec<Region>,
    /// Leaves by the dimensions that a question selects on, see [`Facts::rolled_up`]. Emptied whenever a leaf changes.
    rolled_up: RolledUp,
}

/// Sums of leaves that have the same coordinates.
type Leaves = BTreeMap<Meaning, Money>;

/// Leaves by the dimensions that they were added up to, whoever asks.
#[derive(Debug, Default)]
struct RolledUp(Mutex<BTreeMap<BTreeSet<Dimension>, Arc<Leaves>>>);

impl RolledUp {
    fn made(&self) -> MutexGuard<'_, BTreeMap<BTreeSet<Dimension>, Arc<Leaves>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clone for RolledUp {
    fn clone(&self) -> RolledUp {
        RolledUp(Mutex::new(self.made().clone()))
    }
}

/// A region in which everything is known.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Region {
    meaning: Meaning,
    /// Dimensions on which it is known; `None`: on all that have no themes.
    dimensions: Option<Vec<Dimension>>,
}

impl Facts {
    /// States a figure. A meaning may be stated several times (T1 and T2 print the same total): the first answers
    /// unless a form is preferred.
    pub fn state(&mut self, meaning: Meaning, fact: Fact) {
        self.stated.entry(meaning).or_default().push(fact);
    }

    /// True if all that is known of a meaning is that a sheet for it has no rows.
    pub fn is_of_empty_sheet(&self, meaning: &Meaning) -> bool {
        let first = self.stated.get(meaning).and_then(|facts| facts.first());
        first.is_some_and(|fact| fact.amount.is_zero() && fact.place.is_unknown())
    }

    /// States a figure that answers before those that were stated.
    pub fn state_first(&mut self, meaning: Meaning, fact: Fact) {
        self.stated.entry(meaning).or_default().insert(0, fact);
    }

    /// Adds an amount of the books to a leaf.
    pub fn add(&mut self, leaf: Meaning, amount: Money) {
        self.turnover_fen += u128::from(amount.fen().unsigned_abs());
        self.rolled_up.made().clear();
        *self.leaves.entry(leaf).or_default() += amount;
    }

    /// Adds amounts to many leaves at once.
    pub fn add_all(&mut self, leaves: BTreeMap<Meaning, Money>) {
        if self.leaves.is_empty() {
            self.turnover_fen += turnover_fen(&leaves);
            self.rolled_up.made().clear();
            self.leaves = leaves;
            return;
        }
        for (leaf, amount) in leaves {
            self.add(leaf, amount);
        }
    }

    /// Declares that everything below `region` is known: what is not there is nothing. The region matches by equal
    /// stage and year (named or unnamed), and by containment on its other coordinates.
    pub fn declare_complete(&mut self, region: Meaning) {
        self.complete_region(Region { meaning: region, dimensions: None });
    }

    /// Declares that everything below `region` is known for questions that name no other dimensions than those of the region
    /// and `dimensions`: a budget that is given by function and nature says nothing about economic items or themes.
    pub fn declare_complete_on(&mut self, region: Meaning, dimensions: &[Dimension]) {
        self.complete_region(Region { meaning: region, dimensions: Some(dimensions.to_vec()) });
    }

    fn complete_region(&mut self, region: Region) {
        if !self.complete.contains(&region) {
            self.complete.push(region);
        }
    }

    /// Takes over everything that `other` knows.
    pub fn absorb(&mut self, other: Facts) {
        for (meaning, facts) in other.stated {
            self.stated.entry(meaning).or_default().extend(facts);
        }
        self.turnover_fen += other.turnover_fen.saturating_sub(turnover_fen(&other.leaves));
        for (leaf, amount) in other.leaves {
            self.add(leaf, amount);
        }
        for region in other.complete {
            self.complete_region(region);
        }
    }

    /// The same knowledge told by someone one year later: what has no year gets `year`.
    #[must_use]
    pub fn as_of(self, year: u16) -> Facts {
        let dated = |meaning: Meaning| {
            let undated = meaning.get(Dimension::Year).is_none();
            if undated { meaning.with(Dimension::Year, year.to_string()) } else { meaning }
        };
        let mut facts = Facts { turnover_fen: self.turnover_fen, ..Facts::default() };
        for (meaning, stated) in self.stated {
            facts.stated.entry(dated(meaning)).or_default().extend(stated);
        }
        for (leaf, amount) in self.leaves {
            *facts.leaves.entry(dated(leaf)).or_default() += amount;
        }
        for region in self.complete {
            facts.complete_region(Region { meaning: dated(region.meaning), dimensions: region.dimensions });
        }
        facts
    }

    /// The leaves of the books.
    pub fn leaves(&self) -> impl Iterator<Item = (&Meaning, Money)> {
        self.leaves.iter().map(|(meaning, amount)| (meaning, *amount))
    }

    /// Everything stated.
    pub fn stated(&self) -> impl Iterator<Item = (&Meaning, &Fact)> {
        self.stated.iter().flat_map(|(meaning, facts)| facts.iter().map(move |fact| (meaning, fact)))
    }

    /// The leaves summed over every dimension but stage, year and those in `keep`: the answers for meanings that select by
    /// these dimensions are the same, and a document asks hundreds of questions that select by the same few.
    fn rolled_up(&self, mut keep: BTreeSet<Dimension>) -> Arc<Leaves> {
        keep.extend([Dimension::Stage, Dimension::Year]);
        let mut made = self.rolled_up.made();
        if let Some(leaves) = made.get(&keep) {
            return Arc::clone(leaves);
        }
        let finer = made.iter().filter(|(dimensions, _)| dimensions.is_superset(&keep)).min_by_key(|(_, l)| l.len());
        let mut leaves = Leaves::new();
        for (leaf, amount) in finer.map_or(&self.leaves, |(_, leaves)| leaves) {
            *leaves.entry(leaf.only(&keep)).or_default() += *amount;
        }
        let leaves = Arc::new(leaves);
        made.insert(keep, Arc::clone(&leaves));
        leaves
    }

    /// The answer for a meaning: what a form states (the preferred one first), else the sum of the leaves it selects,
    /// else zero in a complete region, else unknown. An item whose tree partitions it (收入总计) is the sum of its parts if
    /// all of them are known.
    pub fn amount(&self, trees: &Trees, meaning: &Meaning, prefer: &str) -> Option<Amount> {
        if let Some(facts) = self.stated.get(meaning) {
            let fact = facts.iter().find(|f| f.form == prefer).or(facts.first());
            if let Some(fact) = fact {
                return Some(fact.amount);
            }
        }
        if let Some(item) = meaning.get(Dimension::Item)
            && let parts @ [_, ..] = trees.partition(Dimension::Item, Some(item))
        {
            let mut sum = Sum::default();
            for part in parts {
                sum.add(self.amount(trees, &meaning.clone().with(Dimension::Item, part.as_str()), prefer)?);
            }
            return sum.amount();
        }
        let selector = trees.selector(meaning);
        let mut sum = None;
        for (leaf, amount) in self.rolled_up(selector.dimensions().collect()).iter() {
            if same_version(leaf, meaning) && selector.selects(trees, leaf) {
                sum = Some(sum.unwrap_or(Money::ZERO) + *amount);
            }
        }
        if let Some(sum) = sum {
            return Some(Amount::Exact(sum));
        }
        self.is_complete(trees, meaning, &selector).then_some(Amount::Exact(Money::ZERO))
    }

    /// The coordinates on `dimension` that occur under `within` at all (stated) or with an amount other than zero (sums of
    /// leaves), ordered.
    pub fn nodes(&self, trees: &Trees, within: &Meaning, dimension: Dimension) -> BTreeSet<Arc<str>> {
        let selector = trees.selector(within);
        let stated = self.stated.keys();
        let rolled_up = self.rolled_up(selector.dimensions().chain([dimension]).collect());
        let leaves = rolled_up.iter().filter(|(_, amount)| !amount.is_zero()).map(|(leaf, _)| leaf);
        stated
            .chain(leaves)
            .filter(|meaning| same_version(meaning, within) && selector.selects(trees, meaning))
            .filter_map(|meaning| meaning.get(dimension).map(Arc::from))
            .collect()
    }

    /// Problems with amounts that no department can have: a stated figure beyond [`Money::ENTRY_MAX`], or amounts of
    /// leaves that add up, without their signs, to more than a quarter of what [`Money`] can hold. Without any, every sum of the facts and
    /// every difference of two sums is exact.
    pub fn beyond_belief(&self) -> Vec<Problem> {
        let largest = i128::from(Money::ENTRY_MAX.fen());
        let too_large = |amount: Amount| {
            let Interval { low, high } = match amount {
                Amount::Exact(money) => Interval::exact(money.fen().into()),
                Amount::Printed(printed) => printed.interval(),
                Amount::Count(number) => Interval::exact(number.into()),
            };
            low < -largest || high > largest
        };
        let mut problems: Vec<Problem> = self
            .stated()
            .filter(|(_, fact)| too_large(fact.amount))
            .map(|(meaning, fact)| {
                let message = format!("“{meaning}”的数大得不可能（超过一万亿元）；请核对金额单位和位数");
                Problem::fatal(fact.place.clone(), message)
            })
            .collect();
        if self.turnover_fen > u128::from(u64::MAX / 8) {
            let message = "金额合计超出可表示的范围；请检查金额列是否错位、金额单位是否为元";
            problems.push(Problem::fatal(Place::default(), message));
        }
        problems
    }

    fn is_complete(&self, trees: &Trees, meaning: &Meaning, selector: &Selector) -> bool {
        self.complete.iter().any(|Region { meaning: region, dimensions }| {
            let asked = |dimension: Dimension| match dimensions {
                Some(dimensions) => {
                    matches!(dimension, Dimension::Stage | Dimension::Year)
                        || dimensions.contains(&dimension)
                        || region.get(dimension).is_some()
                }
                // A theme that nothing defines (政府采购) is no part of the books.
                None => true,
            };
            let theme_known = selector.allowed(Dimension::Theme).is_none() || region.get(Dimension::Theme).is_some();
            same_version(region, meaning)
                && theme_known
                && meaning.coordinates().all(|(dimension, _)| asked(dimension))
                && region.coordinates().all(|(dimension, node)| {
                    matches!(dimension, Dimension::Stage | Dimension::Year)
                        || selector
                            .allowed(dimension)
                            .is_some_and(|names| names.iter().all(|name| trees.contains(dimension, node, name)))
                })
        })
    }
}

fn turnover_fen(leaves: &BTreeMap<Meaning, Money>) -> u128 {
    leaves.values().map(|amount| u128::from(amount.fen().unsigned_abs())).sum()
}

/// Figures of different stages or years never answer for each other.
fn same_version(a: &Meaning, b: &Meaning) -> bool {
    [Dimension::Stage, Dimension::Year].into_iter().all(|dimension| a.get(dimension) == b.get(dimension))
}

/// A running sum that stays printed only while every part is.
#[derive(Default)]
struct Sum {
    money: Money,
    printed: Option<Printed>,
    exact: bool,
}

impl Sum {
    fn add(&mut self, amount: Amount) {
        if let Some(money) = amount.money() {
            self.money += money;
        }
        match amount {
            Amount::Printed(printed) => {
                self.printed = Some(self.printed.filter(|p| p.decimals > printed.decimals).unwrap_or(printed))
            }
            Amount::Exact(money) => self.exact |= !money.is_zero(),
            Amount::Count(_) => {}
        }
    }

    fn amount(&self) -> Option<Amount> {
        Some(match self.printed {
            Some(printed) if !self.exact => {
                Amount::Printed(Printed::from_money(self.money, printed.unit, printed.decimals))
            }
            _ => Amount::Exact(self.money),
        })
    }
}

#[cfg(test)]
mod tests;

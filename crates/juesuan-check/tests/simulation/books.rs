//! The exact amounts of an invented department, in 分.

use std::collections::BTreeMap;

use crate::random::Random;

/// General public budget, basic: function item → economic class → 分.
pub type Basic = BTreeMap<&'static str, BTreeMap<&'static str, i64>>;

pub struct Books {
    pub basic: Basic,
    /// General public budget, projects by function item.
    pub project: BTreeMap<&'static str, i64>,
    /// Government funds by function item.
    pub fund: BTreeMap<&'static str, i64>,
    /// Own money spent on projects by function item.
    pub own: BTreeMap<&'static str, i64>,
    /// Opening and closing balance: general public budget, government funds, own money.
    pub opening: [i64; 3],
    pub closing: [i64; 3],
    /// Three public expenses paid by projects: abroad, reception.
    pub abroad: i64,
    pub reception_project: i64,
    pub groups: i64,
    pub travellers: i64,
    pub receptions: i64,
    pub guests: i64,
    pub vehicles: i64,
    /// Initial budget by function item (general public budget).
    pub budget: BTreeMap<&'static str, i64>,
    /// Last year's amounts in promille of this year's.
    pub prior_promille: i64,
}

impl Books {
    pub fn make(random: &mut Random) -> Books {
        let mut money = |low: i64, high: i64| random.between(low * 1_000_000, high * 1_000_000);
        let office: BTreeMap<_, _> = [
            ("30101", money(100, 300)),
            ("30102", money(50, 200)),
            ("30103", money(20, 90)),
            ("30201", money(5, 20)),
            ("30211", money(5, 20)),
            ("30217", money(1, 3)),
            ("30231", money(10, 25)),
            ("30239", money(20, 40)),
            ("31002", money(2, 9)),
        ]
        .into();
        let basic: Basic = [
            ("2010301", office),
            ("2080505", [("30108", money(30, 60))].into()),
            ("2080506", [("30109", money(15, 30))].into()),
            ("2101101", [("30110", money(20, 50))].into()),
            ("2210201", [("30113", money(30, 60))].into()),
        ]
        .into();
        let abroad = money(2, 9);
        let project: BTreeMap<_, _> = [("2010302", money(60, 200)), ("2080899", money(12, 50))].into();
        let fund: BTreeMap<_, _> = [("2120803", money(10, 80))].into();
        let own: BTreeMap<_, _> = [("2010302", money(10, 40))].into();
        let opening = [money(5, 40), money(1, 9), money(1, 9)];
        let closing = [money(5, 40), money(1, 9), money(1, 9)];
        let reception_project = money(1, 3);
        let mut budget = BTreeMap::new();
        for code in basic.keys().chain(project.keys()) {
            budget.insert(*code, money(20, 300));
        }
        let groups = random.between(1, 4);
        let receptions = random.between(10, 60);
        Books {
            basic,
            project,
            fund,
            own,
            opening,
            closing,
            abroad,
            reception_project,
            groups,
            travellers: groups + random.between(0, 6),
            receptions,
            guests: receptions * random.between(8, 12),
            vehicles: random.between(4, 9),
            budget,
            prior_promille: if random.between(0, 1) == 0 {
                random.between(700, 980)
            } else {
                random.between(1020, 1300)
            },
        }
    }

    /// General public budget, basic, of the codes below `function` and `economic`.
    pub fn basic_of(&self, function: &str, economic: &[&str]) -> i64 {
        self.basic
            .iter()
            .filter(|(code, _)| code.starts_with(function))
            .flat_map(|(_, classes)| classes)
            .filter(|(code, _)| economic.is_empty() || economic.iter().any(|e| code.starts_with(e)))
            .map(|(_, fen)| fen)
            .sum()
    }

    pub fn below(map: &BTreeMap<&'static str, i64>, function: &str) -> i64 {
        map.iter().filter(|(code, _)| code.starts_with(function)).map(|(_, fen)| fen).sum()
    }

    /// Codes of all items, sections and classes with money, ordered.
    pub fn codes(&self) -> Vec<String> {
        let items = self.basic.keys().chain(self.project.keys()).chain(self.fund.keys()).chain(self.own.keys());
        let mut codes: Vec<String> = items.flat_map(|c| [&c[..3], &c[..5], *c]).map(str::to_owned).collect();
        codes.sort();
        codes.dedup();
        codes
    }
}

//! What a made department is like: which units it has, what it lacks, and how last year was.

use std::collections::BTreeSet;

use juesuan_catalog::names::nature;

use crate::plan::Line;
use crate::projects::{GOVERNMENT_FUND, STATE_CAPITAL};
use crate::units::{ENFORCEMENT, FORESTS, HEADQUARTERS, NURSERY, PARK, RESEARCH, UNITS, UnitShape};

/// Something that a department may lack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// 政府性基金 and 国有资本经营.
    OtherFunds,
    /// Projects, and with them all carry-over.
    Projects,
    /// Trips abroad, vehicles, receptions.
    ThreePublic,
}

/// Last year beside this one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum YearBefore {
    /// Less was spent.
    #[default]
    Smaller,
    /// More was spent.
    Larger,
    /// The same was spent, to the 分.
    Equal,
}

/// How often the books put something right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Corrections {
    /// One invoice under the wrong 款 and one paid too much.
    #[default]
    Few,
    /// Every purchase was first paid twice and the second payment taken back by red letters.
    Many,
}

/// A department to be made.
#[derive(Clone, Debug)]
pub struct Profile {
    /// Seed of all amounts.
    pub seed: u64,
    /// Fiscal year.
    pub year: u16,
    /// Units, headquarters first.
    pub units: Vec<UnitShape>,
    /// What it lacks.
    pub lacks: BTreeSet<Part>,
    /// Last year.
    pub before: YearBefore,
    /// Corrections in the books.
    pub corrections: Corrections,
}

/// Fiscal year where no other is asked for.
pub const YEAR: u16 = 2024;

/// Economic codes of the three public expenses.
const THREE_PUBLIC: [&str; 5] = ["30212", "30217", "30231", "31013", "30913"];

impl Profile {
    /// The department of six units that has everything.
    pub fn full(seed: u64) -> Profile {
        let (lacks, before, corrections) = Default::default();
        Profile { seed, year: YEAR, units: UNITS.to_vec(), lacks, before, corrections }
    }

    /// One of the kinds of department, by turns: eight seeds after each other show all.
    pub fn varied(seed: u64) -> Profile {
        use Part::{OtherFunds, Projects, ThreePublic};
        let full = Profile::full(seed);
        match seed % 8 {
            0 => full,
            1 => full.lacking(&[OtherFunds]).of(&[HEADQUARTERS, ENFORCEMENT]),
            2 => Profile { before: YearBefore::Larger, ..full.of(&[HEADQUARTERS]) },
            3 => Profile { before: YearBefore::Equal, ..full.lacking(&[Projects]) }.of(&[HEADQUARTERS, FORESTS]),
            4 => Profile { corrections: Corrections::Many, ..full.lacking(&[ThreePublic]) }.of(&[
                HEADQUARTERS,
                RESEARCH,
                NURSERY,
            ]),
            5 => Profile { before: YearBefore::Larger, ..full.of(&[PARK]) },
            6 => Profile { before: YearBefore::Equal, ..full.lacking(&[OtherFunds, Projects, ThreePublic]) }
                .of(&[HEADQUARTERS]),
            _ => Profile { corrections: Corrections::Many, ..full.of(&[FORESTS]) },
        }
    }

    fn of(mut self, names: &[&str]) -> Profile {
        self.units.retain(|unit| names.contains(&unit.name));
        self
    }

    fn lacking(mut self, parts: &[Part]) -> Profile {
        self.lacks.extend(parts);
        if self.lacks.contains(&Part::ThreePublic) {
            self.units.iter_mut().for_each(|unit| unit.vehicles = &[]);
        }
        self
    }

    /// True if the department has this unit.
    pub fn has(&self, unit: &str) -> bool {
        self.units.iter().any(|own| own.name == unit)
    }

    /// True if the department has such payments and income.
    pub fn keeps(&self, line: &Line) -> bool {
        let sister = UNITS.iter().any(|unit| unit.name == line.counterparty);
        // A loss of operations would leave less than nothing where no project carries money over.
        let loss = line.unit == PARK && matches!(line.account.as_str(), "6401" | "7301");
        let lacked = self.lacks.iter().any(|part| match part {
            Part::OtherFunds => matches!(line.fund.as_str(), GOVERNMENT_FUND | STATE_CAPITAL),
            Part::Projects => line.nature == nature::PROJECT || loss,
            Part::ThreePublic => THREE_PUBLIC.contains(&line.economic.as_str()),
        });
        self.has(&line.unit) && (!sister || self.has(&line.counterparty)) && !lacked
    }
}

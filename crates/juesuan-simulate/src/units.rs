//! The six units of the department that nobody has.

use juesuan_catalog::names::theme;

/// One budget unit.
#[derive(Clone, Copy, Debug)]
pub struct UnitShape {
    /// Name as in the books.
    pub name: &'static str,
    /// 行政, 参公 or 事业.
    pub kind: &'static str,
    /// What it does.
    pub duty: &'static str,
    /// Posts.
    pub posts: i64,
    /// Retired people.
    pub retired: i64,
    /// Vehicles by use, at the end of the year.
    pub vehicles: &'static [&'static str],
    /// Fiscal share of basic expense, in percent; the rest comes from own funds.
    pub fiscal_percent: i64,
}

/// Name of the department.
pub const DEPARTMENT: &str = "云岭市林业局";
/// Its headquarters.
pub const HEADQUARTERS: &str = "云岭市林业局（本级）";
/// The unit that is run like the civil service.
pub const ENFORCEMENT: &str = "云岭市林业行政执法支队";
/// The institution that earns business income, supports one sister and receives from another.
pub const RESEARCH: &str = "云岭市林业科学研究院";
/// The institution that sells seedlings and is supported by [`RESEARCH`].
pub const NURSERY: &str = "云岭市苗木繁育中心";
/// The institution that pays up to [`RESEARCH`].
pub const FORESTS: &str = "云岭市国有林场管理站";
/// The institution with a shortfall that its surplus of earlier years covers.
pub const PARK: &str = "云岭市森林公园管理处";

/// Headquarters first.
pub const UNITS: [UnitShape; 6] = [
    UnitShape {
        name: HEADQUARTERS,
        kind: "行政",
        duty: "管理全市林业，承担局机关的综合、规划、财务和监督工作。",
        posts: 46,
        retired: 31,
        vehicles: &["机要通信用车", "应急保障用车", "应急保障用车"],
        fiscal_percent: 100,
    },
    UnitShape {
        name: ENFORCEMENT,
        kind: "参公",
        duty: "承担全市林业行政执法和森林防火巡护。",
        posts: 28,
        retired: 9,
        vehicles: &["执法执勤用车", "执法执勤用车", "执法执勤用车", "执法执勤用车"],
        fiscal_percent: 100,
    },
    UnitShape {
        name: RESEARCH,
        kind: "事业",
        duty: "开展林业科学研究、检测和技术推广。",
        posts: 52,
        retired: 40,
        vehicles: &["特种专业技术用车", theme::OTHER_VEHICLES],
        fiscal_percent: 70,
    },
    UnitShape {
        name: NURSERY,
        kind: "事业",
        duty: "培育和供应良种苗木。",
        posts: 24,
        retired: 15,
        vehicles: &[theme::OTHER_VEHICLES],
        fiscal_percent: 80,
    },
    UnitShape {
        name: FORESTS,
        kind: "事业",
        duty: "管理全市国有林场，落实公益林生态补偿。",
        posts: 33,
        retired: 22,
        vehicles: &["应急保障用车", "特种专业技术用车"],
        fiscal_percent: 85,
    },
    UnitShape {
        name: PARK,
        kind: "事业",
        duty: "管理森林公园，维护游览设施。",
        posts: 19,
        retired: 6,
        vehicles: &[],
        fiscal_percent: 75,
    },
];

impl UnitShape {
    /// True for institutions, which book 事业支出 and distribute a surplus.
    pub fn is_institution(&self) -> bool {
        self.kind == "事业"
    }

    /// Account of ordinary expense.
    pub fn expense_account(&self) -> &'static str {
        if self.is_institution() { "7201" } else { "7101" }
    }

    /// 项 of basic expense.
    pub fn basic_function(&self) -> &'static str {
        if self.is_institution() { "2130204" } else { "2130201" }
    }

    /// 项 of pensions.
    pub fn retired_function(&self) -> &'static str {
        if self.is_institution() { "2080502" } else { "2080501" }
    }

    /// 项 of medical insurance.
    pub fn medical_function(&self) -> &'static str {
        if self.is_institution() { "2101102" } else { "2101101" }
    }
}

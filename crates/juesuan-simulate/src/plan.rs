//! What a department paid and received in a year, line by line, before it becomes vouchers.

use juesuan_model::Money;
use serde::{Deserialize, Deserializer};

/// A year of one or several units.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Fiscal year.
    pub year: u16,
    /// Seed of the dates and of the sizes of single invoices.
    pub seed: u64,
    /// Lines.
    #[serde(default, rename = "line")]
    pub lines: Vec<Line>,
    /// Opening balances.
    #[serde(default)]
    pub opening: Vec<Opening>,
    /// Units that distribute a surplus of their own funds (institutions); the others keep it as 非财政拨款结余.
    #[serde(default)]
    pub distributing: Vec<String>,
}

/// One kind of payment or income and its total of the year. A payment of `account` 7… debits it and credits `counter`
/// (6001 for direct payment by the treasury, 8001 from the unit's own account); an income of `account` 6… credits it and
/// debits `counter`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Budget unit; empty where there is only one.
    #[serde(default)]
    pub unit: String,
    /// Account 6… or 7….
    pub account: String,
    /// Account on the other side.
    pub counter: String,
    /// 支出功能分类 项.
    pub function: String,
    /// 部门经济分类 款; empty for income.
    #[serde(default)]
    pub economic: String,
    /// 基本支出, 项目支出, or empty (经营, 上缴, 补助).
    #[serde(default)]
    pub nature: String,
    /// 一般公共预算, 政府性基金, 国有资本经营 or 非财政拨款.
    pub fund: String,
    /// Project.
    #[serde(default)]
    pub project: String,
    /// The other unit, for flows between units.
    #[serde(default)]
    pub counterparty: String,
    /// Summary; `{月}` becomes the month.
    pub summary: String,
    /// Total of the year in 元.
    #[serde(deserialize_with = "yuan")]
    pub amount: Money,
    /// Months of equal payments; empty: all twelve, unless `invoices` is given.
    #[serde(default)]
    pub months: Vec<u8>,
    /// Number of invoices of different size on different days instead.
    #[serde(default)]
    pub invoices: usize,
    /// First month of the invoices; 0 counts as January.
    #[serde(default)]
    pub from: u8,
    /// Lines of one group and month stand in one voucher.
    #[serde(default)]
    pub group: String,
    /// A part first booked under another 款 and corrected a month later.
    #[serde(default)]
    pub mistake: Option<Mistake>,
    /// A part paid too much and returned a month later.
    #[serde(default)]
    pub refund: Option<Refund>,
}

/// An amount booked under the wrong 款; a red-letter entry moves it the month after.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mistake {
    /// The wrong 款.
    pub economic: String,
    /// Month of the wrong entry, 1 to 11.
    pub month: u8,
    /// Amount in 元.
    #[serde(deserialize_with = "yuan")]
    pub amount: Money,
}

/// An amount paid too much; a red-letter entry takes it back the month after.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refund {
    /// Month of the payment, 1 to 11.
    pub month: u8,
    /// Amount in 元.
    #[serde(deserialize_with = "yuan")]
    pub amount: Money,
}

/// An opening balance.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// Budget unit.
    #[serde(default)]
    pub unit: String,
    /// Account 8….
    pub account: String,
    /// 年初余额 or 年初余额调整.
    pub kind: String,
    /// Fund.
    pub fund: String,
    /// 项.
    pub function: String,
    /// 基本支出 or 项目支出.
    pub nature: String,
    /// Project.
    #[serde(default)]
    pub project: String,
    /// Amount in 元.
    #[serde(deserialize_with = "yuan")]
    pub amount: Money,
    /// Reason of an adjustment.
    #[serde(default)]
    pub reason: String,
}

impl Opening {
    /// The kind of what last year left.
    pub const LEFT: &str = "年初余额";
}

impl Line {
    /// True for income.
    pub fn is_income(&self) -> bool {
        self.account.starts_with('6')
    }
}

fn yuan<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Money, D::Error> {
    let text = String::deserialize(deserializer)?;
    Money::parse_yuan(&text).map_err(serde::de::Error::custom)
}

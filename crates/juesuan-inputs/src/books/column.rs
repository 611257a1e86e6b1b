//! The columns of books files that are looked at.

/// A column; its key is that of `catalog/inputs/*.toml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// Budget unit.
    Unit,
    /// Number of the voucher.
    Voucher,
    /// Day of the voucher.
    Date,
    /// Account.
    Account,
    /// Function code.
    Function,
    /// Economic code.
    Economic,
    /// Nature of the expense.
    Nature,
    /// Budget that the money comes from.
    Fund,
    /// Project.
    Project,
    /// The other unit of an internal flow.
    Counterparty,
    /// Debit in 元.
    Debit,
    /// Credit in 元.
    Credit,
    /// Opening balance or its adjustment.
    Kind,
    /// Balance in 元; with a direction, what an entry moves.
    Amount,
    /// Whether the amount stands in debit or in credit.
    Direction,
    /// Month of the voucher, where no day is told.
    Month,
}

impl Column {
    /// All, in the order of their discriminants.
    pub const ALL: [Column; 16] = [
        Column::Unit,
        Column::Voucher,
        Column::Date,
        Column::Account,
        Column::Function,
        Column::Economic,
        Column::Nature,
        Column::Fund,
        Column::Project,
        Column::Counterparty,
        Column::Debit,
        Column::Credit,
        Column::Kind,
        Column::Amount,
        Column::Direction,
        Column::Month,
    ];

    /// The columns that say what an entry is of.
    pub const DIMENSIONS: [Column; 8] = [
        Column::Unit,
        Column::Account,
        Column::Function,
        Column::Economic,
        Column::Nature,
        Column::Fund,
        Column::Project,
        Column::Counterparty,
    ];

    /// Key in the catalogue.
    pub const fn key(self) -> &'static str {
        match self {
            Column::Unit => "unit",
            Column::Voucher => "voucher",
            Column::Date => "date",
            Column::Account => "account",
            Column::Function => "function",
            Column::Economic => "economic",
            Column::Nature => "nature",
            Column::Fund => "fund",
            Column::Project => "project",
            Column::Counterparty => "counterparty",
            Column::Debit => "debit",
            Column::Credit => "credit",
            Column::Kind => "kind",
            Column::Amount => "amount",
            Column::Direction => "direction",
            Column::Month => "month",
        }
    }

    /// The column of a key.
    pub fn of(key: &str) -> Option<Column> {
        Column::ALL.into_iter().find(|column| column.key() == key)
    }
}

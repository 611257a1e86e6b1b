//! The formula language of the rules: its syntax tree, and how a text becomes one when the catalogue is loaded.
//!
//! ```text
//! formula    = [ "每" set { "的每" set } ] [ "当" condition "时" ] claim       "：" or "，" between the parts
//! claim      = condition [ ("⇒" | "⇔") condition ]
//! condition  = both { "或" both }
//! both       = test { ("且" | "∧") test }
//! test       = "（" condition "）" | comparison | field text-test | ("印有" | "没有印") (field | reference) | property
//!            | ("有一" | "没有一") set condition | ("文中有" | "文中写明") reference
//!            | ("没有两" | "没有三" | …) (set | measure word) { test "且" } field "相同"
//! text-test  = ("含" | "不含" | "匹配" | "不匹配" | "是" | "不是") words | "为空" | "不为空"
//!            | "写有内容" | "没有内容" | "写“无”" | "不写“无”" | "与" field ("相同" | "不同")
//!            | [ "除去" words "后" ] "不少于" number "个字" | "排在" field "之后" | "写有金额" | "与" field "有同样的金额"
//! words      = "{" key of [with] "}" | "“" … "”" { "、" "“" … "”" }
//! comparison = sum ("=" | "≠" | "≤" | "≥" | "<" | ">") sum [ "（" [ "每项" ] "允许相差" number "）" ]
//! sum        = [ "−" ] product { ("+" | "−") product }
//! product    = factor [ "×" factor ]                                         one of both a number
//! factor     = number [ "元" | "万元" | "亿元" | "分" | "%" | "个" ] | reference | field [ "?" ]
//!            | "合计（每" set "的" field [ "?" ] "）" | "个数（" set [ condition ] "）"
//! reference  = "[" name { "·" name } "]" [ "?" ]
//! ```
//! A name in brackets is a node of any dimension (支出, 一般公共预算, 公用经费 …), a function code of 3, 5 or 7 digits, `经济`
//! and an economic code, 上年, a year, a measure (较上年增减额 …), or the placeholder 类, 款 or 项. `?` counts what is not
//! printed as nothing. Sets and fields are those of [`things`]. Full-width marks and the ASCII forms <=, >=, !=, =>, <=>, *, -
//! are understood, and white space makes no difference.

mod having;
mod parse;
mod resolve;
mod scope;
mod sums;
mod texts;
pub mod things;
mod walk;

pub use parse::{cite, parse, text_of};
pub use resolve::{FormulaError, Names, bracketed};
pub use things::{Field, Property, Set};

use crate::template::Template;

use juesuan_model::{Meaning, Measure, Printed, Severity, Unit};

/// A formula.
#[derive(Clone, Debug)]
pub struct Formula {
    /// As the rule file writes it.
    pub text: String,
    /// What it goes through, from outside: 每份自评的每项指标. Empty: it is asked once of the document.
    pub each: Vec<Set>,
    /// Members that do not fulfil this are left alone.
    pub when: Option<Condition>,
    /// What should hold.
    pub claim: Condition,
    /// What follows from the claim, where it is one that something follows from.
    pub follows: Option<(Link, Condition)>,
    /// Key of its sentence among those of its rule.
    pub key: String,
    /// What is said of a member that does not fulfil it; a formula that goes through no set says its equation without.
    pub says: Template,
    /// The figures and texts that show a fault, the doubtful first; empty: those of the claim.
    pub cites: Vec<Variable>,
    /// Members that have the same here are one fault.
    pub together: Vec<Field>,
    /// How grave its faults are, where that is not what the rule says.
    pub severity: Option<Severity>,
}

/// What may stand behind the name of a text in a sentence: nothing, where it stands, its beginning.
pub const BEHIND: &[&str] = &["", "处", "略"];

/// Names that sentences of formulas may use besides the fields of their members; `catalog/rules/README.md` says what each says.
pub const SAYABLE: &[&str] = &[
    "自评",
    "自评表",
    "项目",
    "指标",
    "资金总额",
    "左",
    "右",
    "各项",
    "各指标",
    "各项目",
    "整体",
    "各数",
    "项数",
    "多项数",
    "个数",
    "等级应为",
    "所写等级",
    "表",
    "数",
    "第二数",
    "对比",
    "何",
    "字样",
    "处",
    "本年",
    "上年",
];

/// What joins two conditions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// ⇒
    Then,
    /// ⇔
    Same,
}

/// Something that is true or not.
#[derive(Clone, Debug)]
pub enum Condition {
    /// Every one of these.
    All(Vec<Condition>),
    /// One of these.
    Any(Vec<Condition>),
    /// Two sums against each other.
    Compare(Comparison),
    /// What a text is like.
    Text {
        /// Which text.
        field: Field,
        /// What it should be like.
        test: TextTest,
    },
    /// Whether so many members of a set have the same text; it should not be so.
    Alike {
        /// How many.
        count: usize,
        /// The set; `None`: the members that the formula goes through, those that its condition leaves.
        set: Option<Set>,
        /// What they have to be besides.
        such: Vec<Condition>,
        /// Which text.
        field: Field,
    },
    /// Whether a figure is printed at all.
    HasFigure {
        /// Which.
        reference: Reference,
        /// Whether it should be.
        printed: bool,
    },
    /// Whether something is printed at all.
    Printed {
        /// What.
        field: Field,
        /// Whether it should be.
        printed: bool,
    },
    /// A property that the program judges, and whether the member should have it.
    Is(Property, bool),
    /// Whether a set has a member of which a condition is true.
    Some {
        /// The set.
        set: Set,
        /// The condition.
        condition: Box<Condition>,
        /// Whether there should be one.
        some: bool,
    },
    /// Whether the running text gives an amount, or says that there is none.
    InText {
        /// The amount.
        reference: Reference,
        /// Whether a denial will do as well.
        denied: bool,
    },
}

/// What a text can be held against.
#[derive(Clone, Debug)]
pub enum TextTest {
    /// One of the words stands in it, or none does.
    Contains(Words, bool),
    /// One of the patterns fits, or none does.
    Matches(Words, bool),
    /// It is one of the words, or none of them.
    Is(Words, bool),
    /// It has a letter or digit, or it has none.
    Filled(bool),
    /// It says more than that there is nothing, or it does not.
    Something(bool),
    /// It says that there is nothing, or it does not.
    Nothing(bool),
    /// It is the same as another text, or it is not.
    Same(Field, bool),
    /// Without these words it has so many letters and digits at least.
    Beyond(Words, usize),
    /// It comes after another text in the order of characters.
    After(Field),
    /// It names an amount of money.
    NamesMoney,
    /// It names an amount that another text names too.
    SharesMoney(Field),
}

/// Words or patterns.
#[derive(Clone, Debug)]
pub enum Words {
    /// Those of a parameter.
    Parameter(String),
    /// Written in the formula. `{本年}` stands for the year of the document, `{上年}` for the one before,
    /// `{下年}` for the next.
    Literal(Vec<String>),
}

/// A sign between two sums.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// =
    Equal,
    /// ≠
    Different,
    /// ≤
    AtMost,
    /// ≥
    AtLeast,
    /// <
    Less,
    /// >
    More,
}

/// Two sums with a sign between them.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// Left.
    pub left: Vec<Product>,
    /// Between.
    pub sign: Sign,
    /// Right.
    pub right: Vec<Product>,
    /// How far apart they may be beyond their rounding.
    pub tolerance: Option<Tolerance>,
}

/// A distance that is tolerated.
#[derive(Clone, Debug)]
pub struct Tolerance {
    /// How far.
    pub by: Product,
    /// So much for every figure that is added up, else once.
    pub each: bool,
}

/// A number times something, or one of both.
#[derive(Clone, Debug)]
pub struct Product {
    /// Digits of the factor with the sign.
    pub mantissa: i128,
    /// Digits of it behind the point.
    pub decimals: u32,
    /// Its unit, if it has one.
    pub unit: Option<Unit>,
    /// What is taken so often; `None`: nothing, the number stands alone.
    pub of: Option<Variable>,
}

/// What has a value.
#[derive(Clone, Debug)]
pub enum Variable {
    /// A figure of the document.
    Meaning(Reference),
    /// A number of the member that the formula is at; with `true`, nothing where it is not printed.
    Field(Field, bool),
    /// The sum of a number over a set; not known where one of them is not, or, with `true`, of those that are printed.
    Total(Set, Field, bool),
    /// How many members of a set fulfil a condition.
    Count(Set, Option<Box<Condition>>),
}

/// A figure named by its meaning.
#[derive(Clone, Debug)]
pub struct Reference {
    /// Of what.
    pub meaning: Meaning,
    /// Amount, change against something …
    pub measure: Measure,
    /// Counts as nothing where it is not printed.
    pub optional: bool,
    /// A function code is put in here for each that is printed.
    pub placeholder: bool,
}

impl Product {
    /// A number that stands alone, as people write it.
    pub fn printed(&self) -> Printed {
        Printed {
            mantissa: i64::try_from(self.mantissa).unwrap_or(i64::MAX),
            decimals: u8::try_from(self.decimals).unwrap_or(0),
            unit: self.unit.unwrap_or(Unit::Piece),
        }
    }

    /// Steps of an interval that one of its unit has: 分 of money, the steps of percent and points, one of what is counted.
    pub fn steps(&self) -> i128 {
        match self.unit {
            None | Some(Unit::Piece) => 1,
            Some(unit) => unit.fen().map_or(juesuan_model::printed::STEPS_PER_PERCENT, i128::from),
        }
    }
}

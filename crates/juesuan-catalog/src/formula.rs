//! The formula language of the rules: its syntax tree, and how a text becomes one when the catalogue is loaded.
//!
//! ```text
//! formula    = condition [ ("⇒" | "⇔") condition ]
//! condition  = comparison { ("且" | "∧") comparison }
//! comparison = sum ("=" | "≠" | "≤" | "≥" | "<" | ">") sum
//! sum        = [ "−" ] product { ("+" | "−") product }
//! product    = factor [ "×" factor ]            one of both a number
//! factor     = number [ "元" | "万元" | "亿元" ] | reference
//! reference  = "[" name { "·" name } "]" [ "?" ]
//! ```
//! A name is a node of any dimension (支出, 一般公共预算, 公用经费 …), a function code of 3, 5 or 7 digits, `经济` and an
//! economic code, 上年, a year, or the placeholder 类, 款 or 项. `?` behind a reference counts what is not printed as nothing.
//! Full-width marks and the ASCII forms <=, >=, !=, =>, <=>, *, - are understood.

mod parse;
mod resolve;

pub use parse::parse;
pub use resolve::{FormulaError, Names, bracketed};

use juesuan_model::{Meaning, Printed, Unit};

/// A formula.
#[derive(Clone, Debug)]
pub struct Formula {
    /// As the rule file writes it.
    pub text: String,
    /// Left of ⇒ or ⇔, or all of it.
    pub left: Vec<Comparison>,
    /// What follows from it.
    pub right: Option<(Link, Vec<Comparison>)>,
}

/// What joins two conditions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// ⇒
    Then,
    /// ⇔
    Same,
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
}

/// A number times a reference, or one of both.
#[derive(Clone, Debug)]
pub struct Product {
    /// Digits of the factor with the sign.
    pub mantissa: i128,
    /// Digits of it behind the point.
    pub decimals: u32,
    /// 分 in its unit; 1 without one.
    pub fen: i128,
    /// What is taken so often; `None`: nothing, the number stands alone.
    pub reference: Option<Reference>,
}

/// A figure named by its meaning.
#[derive(Clone, Debug)]
pub struct Reference {
    /// Of what.
    pub meaning: Meaning,
    /// Counts as nothing where it is not printed.
    pub optional: bool,
    /// A function code is put in here for each that is printed.
    pub placeholder: bool,
}

impl Product {
    /// A number that stands alone, as people write it.
    pub fn printed(&self) -> Printed {
        let unit =
            [Unit::YiYuan, Unit::WanYuan, Unit::Yuan].into_iter().find(|u| u.fen().map(i128::from) == Some(self.fen));
        Printed {
            mantissa: i64::try_from(self.mantissa).unwrap_or(i64::MAX),
            decimals: u8::try_from(self.decimals).unwrap_or(0),
            unit: unit.unwrap_or(Unit::Piece),
        }
    }
}

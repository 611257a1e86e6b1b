//! What an evaluation of performance is made from, beside the facts.

use std::collections::BTreeMap;

use juesuan_model::{Evidence, Package};

use crate::counts::Counts;
use crate::department::Department;
use crate::performance::Performance;

/// What one department or unit entered.
#[derive(Clone, Copy, Debug)]
pub struct Entered<'a> {
    /// Who.
    pub department: &'a Department,
    /// The sheets of performance; `None` if there are none.
    pub performance: Option<&'a Performance>,
    /// What it tells in words, by the keys of narrative.toml.
    pub texts: &'a BTreeMap<String, String>,
    /// What the registers count.
    pub counts: &'a Counts,
    /// Files that prove what rows say.
    pub evidence: &'a [Evidence],
    /// Last year's package.
    pub prior: Option<&'a Package>,
}

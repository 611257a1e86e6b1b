//! Why a number has no meaning.

use serde::Serialize;

/// Why a number of a sentence has no meaning. For people: its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unknown {
    /// Nothing is known that it could belong to.
    Subject,
    /// A percentage of which nothing says whether it is a share, a change or a completion.
    Measure,
    /// What it is compared with is not said.
    Base,
    /// 预算, and not said which.
    Budget,
    /// It stands in a cause or a purpose.
    FreeText,
}

impl std::fmt::Display for Unknown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Unknown::Subject => "不能确定是什么的数字",
            Unknown::Measure => "不能确定是占比、增减还是完成率",
            Unknown::Base => "没有说与什么比较",
            Unknown::Budget => "没有说是哪一种预算",
            Unknown::FreeText => "原因或用途说明中的数字",
        })
    }
}

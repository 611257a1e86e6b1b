//! Why what was made may not be published.

use std::fmt;

use juesuan_model::{Gravity, Problem};

/// Most contradictions that are told one by one.
const TOLD_MAX: usize = 3;

/// A reason why a document is a draft, as a sentence of the document in which it is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DraftReason {
    /// Something that only people know is missing.
    Lacking(String),
    /// Sources contradict each other.
    Contradicted(String),
    /// The document has errors: how many.
    Wrong(usize),
    /// A box is printed for these characters.
    Boxed(Vec<char>),
}

impl DraftReason {
    /// Whether somebody has to enter something.
    pub const fn is_lack(&self) -> bool {
        matches!(self, DraftReason::Lacking(_))
    }

    /// Sources that contradict each other, the first of them one by one.
    pub(crate) fn contradictions(problems: &[Problem]) -> Vec<DraftReason> {
        let found: Vec<&Problem> = problems.iter().filter(|p| p.gravity == Gravity::Contradiction).collect();
        let first = found.iter().take(TOLD_MAX).map(|problem| format!("来源矛盾：{problem}"));
        let rest = found.len().checked_sub(TOLD_MAX).filter(|rest| *rest > 0);
        let rest = rest.map(|rest| format!("来源矛盾：另有 {rest} 处，见编制时的提示"));
        first.chain(rest).map(DraftReason::Contradicted).collect()
    }
}

impl fmt::Display for DraftReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DraftReason::Lacking(what) | DraftReason::Contradicted(what) => f.write_str(what),
            DraftReason::Boxed(characters) => {
                let codes: Vec<String> = characters.iter().map(|c| format!("U+{:04X}", u32::from(*c))).collect();
                write!(f, "有 {} 种印不出来的字，各处印成“□”：{}", codes.len(), codes.join("、"))
            }
            DraftReason::Wrong(errors) => write!(f, "核对发现 {errors} 处错误，须先改正"),
        }
    }
}

//! What the check of one document may cost: steps, counted and never timed, so that the same document is checked to the same
//! point on every machine.
//!
//! Whoever goes through something that grows with the document takes its steps first. Where there are not enough it is not
//! begun, and neither is what follows; the law or rule that it belongs to says that it was not looked at, never that it holds.

use std::cell::Cell;

/// A step is a member of a set that a rule goes through, or a relation that is tried for a figure: some dozens of nanoseconds.
/// The largest documents at hand take some millions.
const STEPS_MAX: usize = 60_000_000;
/// A step of finding out which figure is behind what broke weighs a relation for a figure: some hundred nanoseconds. The documents with most
/// faults at hand take some ten thousand.
pub(crate) const SORTING_MAX: usize = 3_000_000;
/// Most findings of a document; the worst at hand has some hundred.
pub(crate) const FINDINGS_MAX: usize = 2_000;

/// The steps that are left.
#[derive(Debug)]
pub(crate) struct Effort {
    left: Cell<usize>,
    spent: Cell<bool>,
}

impl Default for Effort {
    fn default() -> Effort {
        Effort::of(STEPS_MAX)
    }
}

impl Effort {
    /// So many steps.
    pub(crate) const fn of(steps: usize) -> Effort {
        Effort { left: Cell::new(steps), spent: Cell::new(false) }
    }

    /// Takes so many steps; false once there are not enough.
    #[must_use]
    pub(crate) fn take(&self, steps: usize) -> bool {
        match self.left.get().checked_sub(steps).filter(|_| !self.spent.get()) {
            Some(left) => self.left.set(left),
            None => self.spent.set(true),
        }
        !self.spent.get()
    }

    /// Whether something was not begun.
    pub(crate) fn is_spent(&self) -> bool {
        self.spent.get()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_begun_behind_what_was_left_out() {
        let effort = Effort::of(10);
        assert!(effort.take(8) && !effort.is_spent());
        assert!(!effort.take(3) && effort.is_spent());
        assert!(!effort.take(1), "it would have fitted");
    }
}

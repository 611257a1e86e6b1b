//! The one way from a range to a part: what lies outside is left out, and a range that ends before it begins has nothing in it.
//!
//! Ranges come from searches in texts that nobody has seen before; none of them may stop a run. The lints `indexing_slicing` and
//! `string_slice` deny every other way in this workspace.

use std::ops::{Bound, Range, RangeBounds};

/// The part of a list that a range covers.
///
/// ```
/// use juesuan_text::part::part;
///
/// let list = [1, 2, 3];
/// assert_eq!(part(&list, 1..), [2, 3]);
/// assert_eq!(part(&list, 2..9), [3]);
/// assert!(part(&list, 3..=1).is_empty());
/// ```
pub fn part<T>(whole: &[T], range: impl RangeBounds<usize>) -> &[T] {
    whole.get(within(&range, whole.len())).unwrap_or_default()
}

/// As [`part`], to be changed.
pub fn part_mut<T>(whole: &mut [T], range: impl RangeBounds<usize>) -> &mut [T] {
    let range = within(&range, whole.len());
    whole.get_mut(range).unwrap_or_default()
}

/// The part of a text that a range of bytes covers; a bound inside a character stands before it.
///
/// ```
/// use juesuan_text::part::part_of_text;
///
/// assert_eq!(part_of_text("决算2023", 6..), "2023");
/// assert_eq!(part_of_text("决算", 1..4), "决");
/// ```
pub fn part_of_text(whole: &str, range: impl RangeBounds<usize>) -> &str {
    let Range { start, end } = within(&range, whole.len());
    whole.get(whole.floor_char_boundary(start)..whole.floor_char_boundary(end)).unwrap_or_default()
}

/// The element at an index of the program's own making: the number that an earlier step gave a thing. One that is not there is a
/// fault of the program; skipping it would lose money without a word, so the work on this document ends.
///
/// # Panics
/// Where the list is too short.
#[track_caller]
#[expect(clippy::indexing_slicing, reason = "the one place where an index may stop the work")]
pub fn element<T>(list: &[T], index: usize) -> &T {
    &list[index]
}

/// As [`element`], to be changed.
///
/// # Panics
/// Where the list is too short.
#[track_caller]
#[expect(clippy::indexing_slicing, reason = "the one place where an index may stop the work")]
pub fn element_mut<T>(list: &mut [T], index: usize) -> &mut T {
    &mut list[index]
}

/// The range as far as it lies within so many elements, its start never behind its end.
fn within(range: &impl RangeBounds<usize>, length: usize) -> Range<usize> {
    let start = match range.start_bound() {
        Bound::Included(start) => *start,
        Bound::Excluded(before) => before.saturating_add(1),
        Bound::Unbounded => 0,
    };
    let end = match range.end_bound() {
        Bound::Included(last) => last.saturating_add(1),
        Bound::Excluded(end) => *end,
        Bound::Unbounded => length,
    };
    let end = end.min(length);
    start.min(end)..end
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_part_is_what_a_slice_would_be_where_that_exists_and_never_more(
            text in "[a决 ]{0,12}", from in 0usize..50, to in 0usize..50,
        ) {
            let bytes = text.as_bytes();
            prop_assert_eq!(part(bytes, from..to), bytes.get(from..to.min(bytes.len())).unwrap_or_default());
            prop_assert_eq!(part_mut(&mut bytes.to_vec(), from..to).len(), part(bytes, from..to).len());
            let cut = part_of_text(&text, from..to);
            prop_assert!(text.contains(cut));
            if let Some(exact) = text.get(from..to) {
                prop_assert_eq!(cut, exact);
            }
        }
    }
}

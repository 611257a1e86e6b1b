//! 调尾差: where a department asks for it, the rounding difference between a printed total and its printed parts is put
//! on the largest part, from the totals down. Across the columns of a row nothing is moved, and the exact amounts behind
//! the figures stay as they are.

use juesuan_forms::sums::{SlotSum, Way};
use juesuan_model::Cell;

use super::answer::Answer;

/// Closes every sum that runs down.
pub fn close(answers: &mut [Answer], sums: &[SlotSum]) {
    let mut open: Vec<&SlotSum> = sums.iter().filter(|s| s.way == Way::Down).collect();
    // A total is settled before its parts: take sums whose total is no part of a sum still open.
    while !open.is_empty() {
        let (ready, later): (Vec<&SlotSum>, Vec<&SlotSum>) =
            open.iter().partition(|sum| !open.iter().any(|other| other.parts.contains(&sum.total)));
        if ready.is_empty() {
            return;
        }
        for sum in ready {
            close_one(answers, sum);
        }
        open = later;
    }
}

fn close_one(answers: &mut [Answer], sum: &SlotSum) {
    let printed = |slot: usize| answers.get(slot).filter(|a| a.exact.is_some()).and_then(|a| a.cell.number());
    let Some(total) = printed(sum.total) else {
        return;
    };
    let parts: Vec<(usize, i64)> = sum.parts.iter().filter_map(|p| Some((*p, printed(*p)?.mantissa))).collect();
    let sum: i128 = parts.iter().map(|(_, mantissa)| i128::from(*mantissa)).sum();
    // Each rounding is off by half a digit at most; more is no rounding.
    let most = parts.len() / 2 + 1;
    let Some(difference) = i64::try_from(i128::from(total.mantissa) - sum)
        .ok()
        .filter(|difference| *difference != 0 && usize::try_from(difference.unsigned_abs()).is_ok_and(|d| d <= most))
    else {
        return;
    };
    // Of equally large parts the first.
    let mut largest: Option<(usize, i64)> = None;
    for (slot, mantissa) in parts {
        if largest.is_none_or(|(_, most)| mantissa.unsigned_abs() > most.unsigned_abs()) {
            largest = Some((slot, mantissa));
        }
    }
    if let Some(answer) = largest.and_then(|(slot, _)| answers.get_mut(slot))
        && let Cell::Number(number) = &mut answer.cell
    {
        number.mantissa = number.mantissa.saturating_add(difference);
    }
}

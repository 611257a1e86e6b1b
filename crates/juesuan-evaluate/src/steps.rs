//! How numbers stand in the steps of an explanation.

use juesuan_model::Number;

/// Digits behind the point of other numbers in an explanation: all that a text can have.
const DECIMALS: u8 = 9;

/// A number in an explanation.
pub(crate) fn digits(number: Number) -> String {
    number.digits(DECIMALS)
}

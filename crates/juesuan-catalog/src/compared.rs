//! Words of the catalogue that texts are searched for or compared with, held in the form in which texts are compared.

use juesuan_text::plain;
use serde::de::{Deserialize, Deserializer, Error};

/// Reads a list of such words; they are written as they look in print. One of which nothing is left would be found in every
/// text.
pub(crate) fn words<'de, D: Deserializer<'de>>(list: D) -> Result<Vec<String>, D::Error> {
    let written = Vec::<String>::deserialize(list)?;
    written.iter().map(|word| compared(word).map_err(D::Error::custom)).collect()
}

/// A word in compared form, or what is wrong with it.
pub(crate) fn compared(word: &str) -> Result<String, String> {
    match plain(word) {
        plain if plain.is_empty() => Err(format!("“{word}”没有可以比较的字：空格和引号不算")),
        plain => Ok(plain),
    }
}

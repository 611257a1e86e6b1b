//! Characters that cannot be shown: which a package has, and the package with a box for each.
//!
//! A package has texts in some forty places, and a writer that forgets one would be enough. So all of them are walked in the form in
//! which the package is stored.

use std::collections::BTreeSet;
use std::str::Chars;

use juesuan_model::Package;
use juesuan_text::BOX;
use serde_json::Value;

use crate::error::Error;

/// Every character of every text of the package.
///
/// # Errors
/// A package that cannot be stored.
pub fn characters(package: &Package) -> Result<BTreeSet<char>, Error> {
    let text = serde_json::to_string(package)?;
    let mut seen = vec![false; CHARACTERS];
    let (mut characters, mut within) = (text.chars(), false);
    while let Some(character) = characters.next() {
        let character = match character {
            '"' => {
                within = !within;
                continue;
            }
            '\\' => escaped(&mut characters),
            own => Some(own).filter(|_| within),
        };
        if let Some(seen) = character.and_then(|own| seen.get_mut(usize::try_from(u32::from(own)).ok()?)) {
            *seen = true;
        }
    }
    let seen = (0..).zip(seen).filter(|(_, seen)| *seen);
    Ok(seen.filter_map(|(code, _)| char::from_u32(code)).collect())
}

/// How many numbers of characters there are.
const CHARACTERS: usize = 0x11_0000;

/// The character of which an escape of JSON is the rest; what has no escape by its number stands as it is.
fn escaped(rest: &mut Chars<'_>) -> Option<char> {
    match rest.next()? {
        'u' => (0..4).try_fold(0, |code, _| Some(code * 16 + rest.next()?.to_digit(16)?)).and_then(char::from_u32),
        'n' => Some('\n'),
        't' => Some('\t'),
        'r' => Some('\r'),
        'b' => Some('\u{8}'),
        'f' => Some('\u{c}'),
        own => Some(own),
    }
}

/// The package with a box for each character that `hidden` names. Texts stay as long as they were, so that places in them hold.
///
/// # Errors
/// A package that cannot be stored.
pub fn boxed(package: &Package, hidden: &dyn Fn(char) -> bool) -> Result<Package, Error> {
    let mut value = serde_json::to_value(package)?;
    cover(&mut value, hidden);
    Ok(serde_json::from_value(value)?)
}

fn cover(value: &mut Value, hidden: &dyn Fn(char) -> bool) {
    let covered = |text: &str| text.chars().map(|c| if hidden(c) { BOX } else { c }).collect::<String>();
    match value {
        Value::String(text) => *text = covered(text),
        Value::Array(values) => values.iter_mut().for_each(|value| cover(value, hidden)),
        Value::Object(fields) => {
            *fields = std::mem::take(fields)
                .into_iter()
                .map(|(name, mut value)| {
                    cover(&mut value, hidden);
                    (covered(&name), value)
                })
                .collect();
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_of_a_text_is_seen_and_none_of_what_a_package_is_stored_with() {
        let mut package = Package::default();
        package.entity.name = "甲\"乙\\丙\u{1}\u{202e}\n𠀀".to_owned();
        let seen = characters(&package).unwrap();
        for own in package.entity.name.chars() {
            assert!(seen.contains(&own), "{own:?}");
        }
        assert!(!seen.contains(&'{') && !seen.contains(&':') && !seen.contains(&'['));
    }
}

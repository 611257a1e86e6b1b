//! Characters that cannot be shown: which a package has, and the package with a box for each.
//!
//! A package has texts in some forty places, and a writer that forgets one would be enough. So all of them are walked in the form in
//! which the package is stored.

use std::collections::BTreeSet;

use juesuan_model::Package;
use juesuan_text::BOX;
use serde_json::Value;

use crate::error::Error;

/// Every character of every text of the package.
///
/// # Errors
/// A package that cannot be stored.
pub fn characters(package: &Package) -> Result<BTreeSet<char>, Error> {
    let mut characters = BTreeSet::new();
    collect(&serde_json::to_value(package)?, &mut characters);
    Ok(characters)
}

fn collect(value: &Value, into: &mut BTreeSet<char>) {
    match value {
        Value::String(text) => into.extend(text.chars()),
        Value::Array(values) => values.iter().for_each(|value| collect(value, into)),
        Value::Object(fields) => fields.iter().for_each(|(name, value)| {
            into.extend(name.chars());
            collect(value, into);
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
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

//! The package as JSON.

use juesuan_model::Package;

use crate::error::Error;

/// The whole package, indented, fields in the order of the types; the same package gives the same bytes.
/// Reading it back with serde gives an equal package.
pub fn json(package: &Package) -> Result<Vec<u8>, Error> {
    let mut bytes = serde_json::to_vec_pretty(package)?;
    bytes.push(b'\n');
    Ok(bytes)
}

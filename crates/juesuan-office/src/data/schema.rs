//! JSON schemas of what other programs read, made from the types that are written.

use juesuan_model::Package;
use juesuan_model::package::FORMAT;
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;

use super::{CheckedDocument, CheckedDocuments};

/// The version of the report's shape: raised with every change that a program reading it could trip over.
const REPORT_FORMAT: u32 = 1;

/// The schema of a report as JSON, with and without its relations.
pub fn report_schema() -> String {
    schema::<CheckedDocuments<Vec<CheckedDocument>>>("report", REPORT_FORMAT)
}

/// The schema of `package.json`.
pub fn package_schema() -> String {
    schema::<Package>("package", FORMAT)
}

/// The schema of a type as it is written: pretty, its keys in one order whatever the build.
fn schema<T: JsonSchema>(name: &str, version: u32) -> String {
    let mut schema = SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>();
    schema.insert("$id".to_owned(), format!("urn:juesuan:{name}:{version}").into());
    schema.insert("title".to_owned(), format!("juesuan {name}, format {version}").into());
    let mut value = schema.to_value();
    value.sort_all_objects();
    format!("{value:#}\n")
}

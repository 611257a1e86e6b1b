//! The manifest of an archive: which parts count. It is written whole, and last.

use juesuan_catalog::ArchiveSchema;
use juesuan_inputs::whole;
use serde::Serialize;

use crate::archive::Archive;
use crate::error::{Result, machine};
use crate::list::Part;

/// Its name.
pub(crate) const NAME: &str = "manifest.json";

#[derive(Serialize)]
struct Manifest<'a> {
    /// Form of the tables.
    version: u32,
    /// Digest of the catalogue by which the last run checked.
    catalog: &'a str,
    /// The program that wrote it.
    program: String,
    parts: Vec<Line<'a>>,
}

#[derive(Serialize)]
struct Line<'a> {
    table: &'a str,
    path: &'a str,
    rows: u64,
    bytes: u64,
    sha256: &'a str,
}

/// Names these parts and no others.
pub(crate) fn write(archive: &Archive, parts: &[Part], schema: &ArchiveSchema) -> Result<()> {
    let manifest = Manifest {
        version: schema.version,
        catalog: archive.catalog_digest(),
        program: archive.program(),
        parts: parts
            .iter()
            .map(|part| Line {
                table: &part.table,
                path: &part.path,
                rows: part.rows,
                bytes: part.bytes,
                sha256: &part.sha256,
            })
            .collect(),
    };
    let path = archive.root().join(NAME);
    let written =
        whole::put_with(&path, |sink| serde_json::to_writer_pretty(sink, &manifest).map_err(std::io::Error::from));
    written.map_err(machine("write", &path))
}

//! Where something stands. Every figure has a place, every finding at least one.

use serde::{Deserialize, Serialize};

/// A place in a document or an input file. Only what is known is filled in; page, line and row count from 1.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// File name as the user gave it, relative to the folder that was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Page of the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// Line of a text, or row of a sheet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// Heading under which it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// Title of the table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<String>,
    /// Name (and code) of the table row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<String>,
    /// Name of the table column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// The words around the figure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
    /// Left, top, right, bottom on the page in points, for pages.
    #[serde(default, rename = "box", skip_serializing_if = "Option::is_none")]
    pub bounds: Option<[i32; 4]>,
}

/// For people: `第24页 六、… 表 … 行 … 列 …`.
impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut parts = Vec::new();
        if let Some(file) = &self.file {
            parts.push(file.clone());
        }
        if let Some(page) = self.page {
            parts.push(format!("第{page}页"));
        }
        if let Some(line) = self.line {
            parts.push(format!("第{line}行"));
        }
        parts.extend([&self.section, &self.table].into_iter().flatten().cloned());
        match (&self.row, &self.column) {
            (Some(row), Some(column)) => parts.push(format!("“{row}”行“{column}”列")),
            (Some(row), None) => parts.push(format!("“{row}”行")),
            (None, Some(column)) => parts.push(format!("“{column}”列")),
            (None, None) => {}
        }
        f.write_str(&parts.join(" "))
    }
}

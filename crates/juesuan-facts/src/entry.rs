//! What stands in one cell of a sheet, as a name or as nothing.

/// What stands where there is nothing to name.
const NONE: [&str; 2] = ["无", "/"];

/// True for the dashes that stand in cells without an amount.
pub fn is_dash(text: &str) -> bool {
    matches!(text, "-" | "—" | "－" | "–" | "——" | "--" | "一")
}

/// The names that a cell lists.
pub fn names(cell: &str) -> impl Iterator<Item = &str> {
    let parts = cell.split(['、', '；', ';', '\n', '\r']).map(str::trim);
    parts.filter(|name| !name.is_empty() && !is_dash(name) && !NONE.contains(name))
}

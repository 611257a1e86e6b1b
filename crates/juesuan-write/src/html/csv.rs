//! Tables as CSV: UTF-8 with a byte order mark (office programs need it), one line of headings, then the rows.

use juesuan_model::Table;

use crate::grid::{above, columns, cover, heading, placed};

/// The table: headings of several rows joined by `/`, a spanning cell's text in its first column.
pub(super) fn of_table(table: &Table) -> String {
    let cover = cover(table);
    let count = columns(table);
    let mut out = String::from("\u{feff}");
    if !table.header.is_empty() {
        let heads = (0..count).map(|column| {
            let texts: Vec<&str> = above(&cover, column)
                .into_iter()
                .filter_map(|spot| heading(table, spot))
                .map(|cell| cell.text.as_str())
                .collect();
            texts.join("/")
        });
        line(heads, &mut out);
    }
    for row in &table.rows {
        let mut fields = vec![String::new(); count];
        for (column, cell) in placed(row) {
            if let Some(field) = fields.get_mut(column) {
                field.clone_from(&cell.text);
            }
        }
        line(fields.into_iter(), &mut out);
    }
    out
}

fn line(fields: impl Iterator<Item = String>, out: &mut String) {
    for (i, field) in fields.enumerate() {
        if i > 0 {
            out.push(',');
        }
        out.push_str(&quoted(&field));
    }
    out.push_str("\r\n");
}

/// Quotes where needed. Text that a spreadsheet would take for a formula gets an apostrophe; figures never do.
fn quoted(field: &str) -> String {
    let field = if field.starts_with(['=', '+', '@', '\t']) { format!("'{field}") } else { field.to_owned() };
    if field.contains([',', '"', '\n', '\r']) { format!("\"{}\"", field.replace('"', "\"\"")) } else { field }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_quoted_and_formulas_disarmed() {
        assert_eq!(quoted("a,\"b\""), "\"a,\"\"b\"\"\"");
        assert_eq!((quoted("=1+1").as_str(), quoted("-5.00").as_str()), ("'=1+1", "-5.00"));
    }
}

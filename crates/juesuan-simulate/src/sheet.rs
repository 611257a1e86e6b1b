//! A table as CSV: UTF-8, comma, quotes only where a field needs them.

/// Rows of text under a header.
#[derive(Clone, Debug)]
pub struct Sheet {
    text: String,
}

impl Sheet {
    /// A table with this header and no rows.
    pub fn new(header: &[&str]) -> Sheet {
        let mut sheet = Sheet { text: String::new() };
        sheet.row(header.iter().map(|h| (*h).to_owned()).collect());
        sheet
    }

    /// Adds a row.
    pub fn row(&mut self, fields: Vec<String>) {
        let quoted: Vec<String> = fields.into_iter().map(quote).collect();
        self.text.push_str(&quoted.join(","));
        self.text.push('\n');
    }

    /// The file.
    pub fn text(self) -> String {
        self.text
    }
}

fn quote(field: String) -> String {
    if field.contains([',', '"', '\n']) { format!("\"{}\"", field.replace('"', "\"\"")) } else { field }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_field_that_needs_quotes_gets_them() {
        let mut sheet = Sheet::new(&["摘要", "金额"]);
        sheet.row(vec!["付“办公费”, 3月".to_owned(), "1.00".to_owned()]);
        assert_eq!(sheet.text(), "摘要,金额\n\"付“办公费”, 3月\",1.00\n");
    }
}

//! Words of sheets: which rows are no data, and how heads are compared.

use juesuan_catalog::SheetWords;
use juesuan_text::plain;

/// A text of the catalogue with the words in braces filled in.
pub fn filled(text: &str, words: &[(&str, &str)]) -> String {
    words.iter().fold(text.to_owned(), |text, (name, word)| text.replace(&format!("{{{name}}}"), word))
}

/// The head of a column as it is compared, without the marks that forms put around it (`*金额：` is `金额`).
pub fn bare_head(text: &str) -> String {
    plain(text).trim_matches(['*', '：']).to_owned()
}

/// Longest cell that is shown to people, in characters.
const SHOWN_MAX: usize = 40;

/// A cell as it is shown to people: not longer than they need to know it by.
pub fn shown_cell(text: &str) -> String {
    let text = text.trim();
    match text.char_indices().nth(SHOWN_MAX) {
        Some((end, _)) => format!("{}…", juesuan_text::part_of_text(text, ..end)),
        None => text.to_owned(),
    }
}

/// True if a text begins with one of these words, both in compared form.
pub fn begins(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| text.starts_with(word.as_str()))
}

/// True if `text` is one of `words` but for the marks around it.
pub fn is(text: &str, words: &[String]) -> bool {
    let text = bare_head(text);
    words.iter().any(|word| bare_head(word) == text)
}

/// As heads are compared: without white space, marks, a unit in brackets (`借方金额（元）` is `借方金额`), and the words that a name stands
/// beside the code (`功能科目编号及名称` is `功能科目`).
pub fn head_form(head: &str, words: &SheetWords) -> String {
    let head = bare_head(head);
    let unit = |inside: &str| {
        let own = || words.own_units.iter().any(|unit| bare_head(unit) == inside);
        own() || words.unit_powers.keys().any(|unit| inside.ends_with(unit.as_str()))
    };
    match head.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')) {
        Some((rest, inside)) if unit(inside) => rest.to_owned(),
        _ => {
            let both = words.both_endings.iter().filter_map(|ending| head.strip_suffix(ending.as_str()));
            both.filter(|rest| !rest.is_empty()).min_by_key(|rest| rest.len()).map_or(head.clone(), str::to_owned)
        }
    }
}

/// A text as a TOML string.
pub fn quoted(text: &str) -> String {
    let escaped: String = text
        .chars()
        .filter(|c| !c.is_control())
        .flat_map(|c| if matches!(c, '"' | '\\') { vec!['\\', c] } else { vec![c] })
        .collect();
    format!("\"{escaped}\"")
}

//! What is said of files of which something was not read: the sentences of `data/said.txt` by their keys.

const SENTENCES: &str = include_str!("../data/said.txt");

/// A sentence with the words for its gaps; the key itself where there is none.
pub(crate) fn said(key: &str, words: &[(&str, &str)]) -> String {
    let own = SENTENCES.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = "));
    let fill = |text: String, (gap, word): &(&str, &str)| text.replace(&format!("{{{gap}}}"), word);
    words.iter().fold(own.unwrap_or(key).to_owned(), fill)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_found_by_its_key_and_its_gaps_are_filled() {
        assert!(said("boxes", &[("sheet", "x")]).contains("“x”"));
        let keys: Vec<&str> = SENTENCES.lines().filter_map(|line| Some(line.split_once(" = ")?.0)).collect();
        assert_eq!(keys.len(), SENTENCES.lines().count());
        assert!(keys.iter().all(|key| said(key, &[]) != *key));
    }
}

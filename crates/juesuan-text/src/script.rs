//! Characters that are another way of writing one: radicals for ideographs, traditional characters for simplified ones, and
//! readings that are printed behind characters.

use std::ops::Range;
use std::sync::LazyLock;

/// The first ideograph of the tables, and how many they span.
const FIRST: u32 = 0x4e00;
const SPAN: usize = 0x5200;
/// The first radical, and how many there are.
const FIRST_RADICAL: u32 = 0x2e80;
const RADICALS: usize = 0x160;
/// Characters by which the script of a document is told, at most.
const CHARACTERS_MAX: usize = 20_000;
/// Traditional characters of a document in that script, at least.
const TRADITIONAL_MIN: usize = 8;

static IDEOGRAPHS: LazyLock<Vec<char>> =
    LazyLock::new(|| table(include_str!("../data/radicals.txt"), FIRST_RADICAL, RADICALS));
static SIMPLIFIED: LazyLock<Vec<char>> = LazyLock::new(|| table(include_str!("../data/traditional.txt"), FIRST, SPAN));
/// Marks the characters that only simplified text has.
static ONLY_SIMPLIFIED: LazyLock<Vec<bool>> = LazyLock::new(|| {
    let mut marks = vec![false; SPAN];
    for to in SIMPLIFIED.iter().filter(|to| **to != NONE && simplified_character(**to) == **to) {
        if let Some(mark) = position(*to, FIRST).and_then(|at| marks.get_mut(at)) {
            *mark = true;
        }
    }
    marks
});

/// What stands in a table for a character that has no other.
const NONE: char = '\0';

fn position(c: char, first: u32) -> Option<usize> {
    usize::try_from(u32::from(c).checked_sub(first)?).ok()
}

/// The pairs of a file, by their first character.
fn table(pairs: &str, first: u32, span: usize) -> Vec<char> {
    let mut table = vec![NONE; span];
    for pair in pairs.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace) {
        let mut characters = pair.chars();
        if let (Some(from), Some(to)) = (characters.next(), characters.next())
            && let Some(place) = position(from, first).and_then(|at| table.get_mut(at))
        {
            *place = to;
        }
    }
    table
}

fn looked_up(c: char, table: &[char], first: u32) -> char {
    let found = position(c, first).and_then(|at| table.get(at)).copied();
    found.filter(|to| *to != NONE).unwrap_or(c)
}

/// The ideograph that a radical is printed for; any other character as it is. Browsers write radicals into the PDF that they print.
pub fn ideograph(c: char) -> char {
    match c {
        '\u{2e80}'..='\u{2fdf}' => looked_up(c, &IDEOGRAPHS, FIRST_RADICAL),
        c => c,
    }
}

fn simplified_character(c: char) -> char {
    looked_up(c, &SIMPLIFIED, FIRST)
}

/// A text in simplified characters; it has as many characters as before.
pub fn simplified(text: &str) -> String {
    text.chars().map(simplified_character).collect()
}

/// True if the texts of a document are written in traditional characters: more of them than of those that only simplified text has.
pub fn is_traditional<'t>(texts: impl IntoIterator<Item = &'t str>) -> bool {
    let (mut traditional, mut simplified) = (0usize, 0usize);
    let ideographs = texts.into_iter().flat_map(str::chars).filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c));
    for c in ideographs.take(CHARACTERS_MAX) {
        if simplified_character(c) != c {
            traditional += 1;
        } else if position(c, FIRST).and_then(|at| ONLY_SIMPLIFIED.get(at)).is_some_and(|only| *only) {
            simplified += 1;
        }
    }
    traditional >= TRADITIONAL_MIN && traditional > simplified
}

/// Where readings stand behind characters: `經(jīng)費`, `经（jīng）费`. Ranges of characters, brackets with them. A word in brackets
/// is one only with a mark of tone; `(km)` is none.
pub fn readings(text: &str) -> Vec<Range<usize>> {
    if !text.contains(is_toned) {
        return Vec::new();
    }
    let characters: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    for (at, pair) in characters.windows(2).enumerate() {
        let &[before, open] = pair else { continue };
        if !('\u{3400}'..='\u{9fff}').contains(&before) || !matches!(open, '(' | '（') {
            continue;
        }
        let inside = characters.iter().skip(at + 2).take_while(|c| c.is_ascii_lowercase() || is_toned(**c));
        let (length, toned) = inside.fold((0, false), |(length, toned), c| (length + 1, toned || is_toned(*c)));
        let end = at + 2 + length;
        if toned && matches!(characters.get(end), Some(')' | '）')) {
            found.push(at + 1..end + 1);
        }
    }
    found
}

/// A vowel with a tone, as readings are written.
fn is_toned(c: char) -> bool {
    matches!(
        c,
        'ā' | 'á'
            | 'ǎ'
            | 'à'
            | 'ē'
            | 'é'
            | 'ě'
            | 'è'
            | 'ī'
            | 'í'
            | 'ǐ'
            | 'ì'
            | 'ō'
            | 'ó'
            | 'ǒ'
            | 'ò'
            | 'ū'
            | 'ú'
            | 'ǔ'
            | 'ù'
    ) || matches!(c, 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' | 'ü' | 'ń' | 'ň' | 'ǹ' | 'ɡ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_radical_is_the_ideograph_that_it_is_printed_for() {
        let read: String = "公务⽤⻋、居⺠⽤⼾、增⻓、⻘少年".chars().map(ideograph).collect();
        assert_eq!(read, "公务用车、居民用户、增长、青少年");
        assert_eq!(ideograph('⺀'), '⺀');
    }

    #[test]
    fn a_document_is_traditional_by_most_of_its_characters() {
        let traditional = ["公務用車購置及運行維護費8.40萬元，與上年決算數相比增加1.20萬元", "会"];
        assert!(is_traditional(traditional));
        assert_eq!(simplified(traditional[0]), "公务用车购置及运行维护费8.40万元，与上年决算数相比增加1.20万元");
        // A name of old, and a form that both scripts have.
        assert!(!is_traditional(["乾县教育局本年度收入与支出决算说明，後街小学徵收办公室"]));
        assert!(!is_traditional(["收支"]));
    }

    #[test]
    fn only_a_word_with_a_tone_is_a_reading() {
        assert_eq!(readings("經(jīng)費與（yǔ）支"), [1..7, 9..13]);
        assert!(readings("里程(km)、国内生产总值(gdp)、café").is_empty());
    }
}

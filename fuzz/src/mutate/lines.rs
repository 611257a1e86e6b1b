//! Lines of a text, and the values of TOML.

use super::bytes;
use crate::random::Random;

/// Values that a key does not expect.
const VALUES: [&str; 12] = [
    "\"\"",
    "[]",
    "{}",
    "-1",
    "99999999999999999999",
    "1.5",
    "true",
    "[[]]",
    "2024-13-45",
    "\"\\u0000\"",
    "'''\na\n'''",
    "[\"\", \"，\"]",
];

/// One change.
pub fn change(text: &str, random: &mut Random) -> String {
    let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
    let (chosen, other) = (random.below(lines.len()), random.below(lines.len()));
    match random.below(8) {
        0 => drop(lines.remove(chosen)),
        1 => {
            let copies = vec![lines[chosen].clone(); random.times(5)];
            lines.splice(chosen..chosen, copies);
        }
        2 => lines.swap(chosen, other),
        3 => lines[chosen] = bytes::word(random).to_owned(),
        4 => {
            // A letter less in a name is a name that is not known.
            let mut letters: Vec<char> = lines[chosen].chars().collect();
            if !letters.is_empty() {
                letters.remove(random.below(letters.len()));
            }
            lines[chosen] = letters.into_iter().collect();
        }
        5 => lines[chosen] = lines[chosen].repeat(random.times(6)),
        _ => {
            if let Some((key, _)) = lines[chosen].split_once('=') {
                lines[chosen] = format!("{key}= {}", random.of(&VALUES).copied().unwrap_or_default());
            }
        }
    }
    lines.join("\n")
}

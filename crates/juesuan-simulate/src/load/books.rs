//! The folders of a mould, year after year: the books of a made department in another trade, with slots for its texts.

use crate::department;
use crate::folder::Folder;
use crate::load::words::{Trade, Words};
use crate::plan::Plan;
use crate::profile::Profile;

/// Files of texts, in the folder of a department and in those of its units.
const NARRATIVE: &str = "narrative.toml";
const PERFORMANCE: &str = "performance/";

/// First of the characters that stand for slots; nobody prints them.
const FIRST_SLOT: u32 = 0xe000;

/// The place of a text that is each body's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Key of the narrative.
    pub key: String,
    /// Number of the kind of text.
    pub wording: usize,
}

/// The character that stands for a slot.
pub fn slot_char(number: usize) -> char {
    u32::try_from(number).ok().and_then(|number| char::from_u32(FIRST_SLOT + number)).unwrap_or('\u{fffd}')
}

/// The slot that a character stands for.
pub fn slot_of(c: char) -> Option<usize> {
    let number = u32::from(c).checked_sub(FIRST_SLOT)?;
    (number < 0x1900).then(|| usize::try_from(number).ok()).flatten()
}

/// The folder of one year.
#[derive(Clone, Debug)]
pub struct Year {
    /// Fiscal year.
    pub year: u16,
    /// Its files; those of the year before only in the first year.
    pub folder: Folder,
    /// Slots in its texts.
    pub slots: Vec<Slot>,
}

/// The folders of `years` consecutive years from `first` on: each begins with what the one before left.
pub fn years(profile: &Profile, words: &Words, trade: &Trade, first: u16, years: u16) -> Vec<Year> {
    let mut out = Vec::new();
    let mut before: Option<Plan> = None;
    for year in first..first.saturating_add(years) {
        // Each year pays other amounts.
        let seed = profile.seed.wrapping_add(u64::from(year) << 32);
        let profile = Profile { seed, year, ..profile.clone() };
        let (plan, folder) = match &before {
            Some(before) => {
                let plan = department::plan_after(&profile, before);
                let folder = department::folder_of(&profile, &plan);
                (plan, folder)
            }
            // What was before the first year is made up.
            None => (department::plan(&profile), department::folder(&profile)),
        };
        let (folder, slots) = in_trade(&folder, words, trade);
        out.push(Year { year, folder, slots });
        before = Some(plan);
    }
    out
}

/// The folder of another trade in a county, with slots in place of its texts.
fn in_trade(folder: &Folder, words: &Words, trade: &Trade) -> (Folder, Vec<Slot>) {
    let pairs = pairs(words, trade);
    let translated = |text: &str| pairs.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to));
    let mut slots = Vec::new();
    let mut out = Folder::default();
    for (path, text) in &folder.files {
        let text = if path.ends_with(NARRATIVE) {
            narrative(text, words, &mut slots)
        } else if path.contains(PERFORMANCE) {
            performance(text, words, &mut slots)
        } else {
            text.clone()
        };
        out.put(&translated(path), translated(&text));
    }
    (out, slots)
}

/// What is replaced by what, the longer before what is inside of it.
fn pairs(words: &Words, trade: &Trade) -> Vec<(String, String)> {
    let base = &words.base;
    let mut pairs: Vec<(String, String)> = base.words.iter().cloned().zip(trade.words.iter().cloned()).collect();
    pairs.sort_by_key(|(from, _)| std::cmp::Reverse(from.len()));
    pairs.push((base.place.clone(), base.county.clone()));
    let [city, county] = base.level.clone();
    pairs.push((city, county));
    // A code stands alone in its field, or behind a dot or alone in the key of a text.
    let mut coded = |from: &str, to: &str, before: &str, behind: &str| {
        pairs.push((format!("{before}{from}{behind}"), format!("{before}{to}{behind}")));
    };
    for (from, to) in base.codes.iter().zip(&trade.codes) {
        coded(from, &format!("\u{1}{to}"), ",", ",");
        coded(from, &format!("\u{1}{to}"), ".", "\"");
    }
    coded(&base.class, &trade.class, "\"", "\" =");
    // What was replaced is not replaced again.
    pairs.push(("\u{1}".to_owned(), String::new()));
    pairs
}

/// The narrative with a slot for each text of a kind that is known.
fn narrative(text: &str, words: &Words, slots: &mut Vec<Slot>) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let key = line.split_once(" = ").map(|(key, _)| key.trim_matches('"'));
        match key.and_then(|key| Some((key, words.wording(key)?))) {
            Some((key, wording)) => out.push_str(&format!("\"{key}\" = \"{}\"", slot(slots, key, wording))),
            None => out.push_str(line),
        }
        out.push('\n');
    }
    out
}

/// The texts of projects with a slot for each.
fn performance(text: &str, words: &Words, slots: &mut Vec<Slot>) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let mut fields = line.splitn(3, ',');
        let (project, column) = (fields.next().unwrap_or_default(), fields.next().unwrap_or_default());
        match words.wording(column) {
            Some(wording) => {
                // Each project has texts of its own; the key before the point is what it is.
                let slot = slot(slots, &format!("{column}.{project}"), wording);
                out.push_str(&format!("{project},{column},{slot}"));
            }
            None => out.push_str(line),
        }
        out.push('\n');
    }
    out
}

/// The character of the slot of a key.
fn slot(slots: &mut Vec<Slot>, key: &str, wording: usize) -> char {
    let known = slots.iter().position(|slot| slot.key == key);
    slot_char(known.unwrap_or_else(|| {
        slots.push(Slot { key: key.to_owned(), wording });
        slots.len() - 1
    }))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop")]
    use super::*;
    use crate::closing;

    #[test]
    fn each_year_begins_with_what_the_year_before_left() {
        for seed in 0..8 {
            let mut profile = Profile::varied(seed);
            let mut before = department::plan(&profile);
            for _ in 0..3 {
                profile = Profile { year: profile.year + 1, seed: profile.seed + 100, ..profile };
                let plan = department::plan_after(&profile, &before);
                assert_eq!(plan.opening, closing::left(&before), "seed {seed}");
                // Money for projects is never overdrawn.
                let fiscal = closing::left(&plan);
                assert!(fiscal.iter().all(|b| b.account != "8101" || b.amount.fen() > 0), "seed {seed} {fiscal:#?}");
                before = plan;
            }
        }
    }

    #[test]
    fn nothing_of_the_first_trade_stands_in_the_folder_of_another() {
        let words = Words::load().unwrap();
        let trade = words.trades.iter().find(|trade| trade.key == "water").unwrap();
        let years = years(&Profile::full(1), &words, trade, 2022, 2);
        for year in &years {
            for (path, text) in year.folder.files.iter().filter(|(path, _)| !path.starts_with("registers")) {
                let left: Vec<&String> =
                    words.base.codes.iter().filter(|code| text.contains(&format!(",{code},"))).collect();
                assert!(
                    left.is_empty() && !text.contains(&words.base.place) && !path.contains(&words.base.place),
                    "{path} {left:?}"
                );
            }
            assert!(year.slots.len() > 30, "{}", year.slots.len());
        }
    }
}

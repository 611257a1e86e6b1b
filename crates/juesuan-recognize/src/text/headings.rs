//! Headings: which section of the catalogue one names, which line of a text is one, and a text cut at them.

use std::collections::BTreeSet;

use juesuan_catalog::{Catalog, Section};
use juesuan_model::Place;
use juesuan_text::ordinal::Style;
use juesuan_text::{Ordinal, Text, characters, plain};

use super::TextSection;

/// Longest heading, in characters.
const LONGEST: usize = 60;
/// Longest text that is looked at for a heading, in characters: its number, white space and marks behind it stand beside it.
const LOOKED_AT: usize = 4 * LONGEST;

/// The headings of every variant as they are compared, made once for a document.
#[derive(Clone, Debug)]
pub struct Headings<'a> {
    /// Of the variant expected, longest last.
    own: Vec<(String, &'a Section)>,
    /// Of all others, longest last.
    others: Vec<(String, &'a Section)>,
}

impl<'a> Headings<'a> {
    /// For a document of `variant`; an unknown one has no headings of its own.
    pub fn new(catalog: &'a Catalog, variant: &str) -> Headings<'a> {
        let of = |own: bool| {
            let texts = catalog.sections.variants.iter().filter(|(key, _)| (key.as_str() == variant) == own);
            let sections = texts.flat_map(|(_, text)| text.sections.values());
            // Most variants have most sections of their base.
            let mut seen = BTreeSet::new();
            let mut headings: Vec<(String, &'a Section)> = sections
                .flat_map(|section| section.headings.iter().map(move |name| (name, section)))
                .filter(|(name, section)| seen.insert((name.as_str(), section.key.as_str())))
                .map(|(name, section)| (plain(name), section))
                .collect();
            headings.sort_by_key(|(name, _): &(String, _)| name.len());
            headings
        };
        Headings { own: of(true), others: of(false) }
    }

    /// The section whose heading is the longest inside `heading`. Another variant's counts only where it fits better.
    pub fn section(&self, heading: &str) -> Option<&'a Section> {
        let heading: String = plain(heading);
        let best = |list: &[(String, &'a Section)]| {
            list.iter()
                .rev()
                .find(|(name, _)| heading.contains(name.as_str()))
                .map(|(name, section)| (name.len(), *section))
        };
        match (best(&self.own), best(&self.others)) {
            (Some((own, section)), Some((other, _))) if own >= other => Some(section),
            (Some((_, section)), None) | (_, Some((_, section))) => Some(section),
            (None, None) => None,
        }
    }

    /// True if `heading` ends as the heading of a section does: nothing of it can be missing.
    pub fn is_complete(&self, heading: &str) -> bool {
        let heading: String = plain(heading);
        self.own.iter().chain(&self.others).any(|(name, _)| heading.ends_with(name.as_str()))
    }
}

/// The text of a heading inside a section (（一）…), if a paragraph is one.
pub fn inner(paragraph: &str) -> Option<&str> {
    let text = paragraph.trim();
    numbered(text, Style::ChineseInBrackets).filter(|title| is_title(title))
}

/// The text of a section's heading (一、…, 第三部分 …), if a line is one.
pub fn outer(line: &str) -> Option<&str> {
    let text = line.trim();
    if part(text) {
        return Some(text);
    }
    numbered(text, Style::Chinese).filter(|title| is_title(title))
}

/// True for the title of a part: 第三部分 ….
pub fn part(line: &str) -> bool {
    let text = line.trim();
    text.starts_with('第')
        && !is_longer(text)
        && characters(text).windows(2).take(5).any(|pair| pair == ['部', '分'])
        && is_title(text)
}

/// True for a title with a number of the third level: `1.`, `2、`, `（3）`. Names of the classification are no titles.
pub fn third(line: &str) -> bool {
    if is_longer(line) {
        return false;
    }
    let chars = characters(line);
    let Some(own) = Ordinal::at(&chars) else { return false };
    let rest: String = chars.iter().skip(own.length).collect();
    !own.style.is_chinese()
        && is_title(&rest)
        && !rest.ends_with('；')
        // `1.因公出国（境）费支出0` of a page with a paragraph a line: the unit stands in the next.
        && !rest.ends_with(|last: char| last.is_ascii_digit())
        && !["(类)", "(款)", "(项)"].iter().any(|mark| rest.contains(mark))
}

/// A text cut at its section headings. Lines before the first heading make a section without one; sections without text
/// (contents pages, headings that stand alone) are left out.
pub fn split(lines: &[(String, Place)]) -> Vec<TextSection> {
    let mut sections = vec![TextSection::default()];
    for (text, place) in lines {
        if outer(text).is_some() {
            sections.push(TextSection { heading: text.trim().to_owned(), paragraphs: Vec::new() });
        } else if let Some(section) = sections.last_mut()
            && !text.trim().is_empty()
        {
            section.paragraphs.push((text.clone(), place.clone()));
        }
    }
    sections.retain(|section| !section.paragraphs.is_empty());
    sections
}

/// True for a line that is nothing but a page number.
pub fn page_number(line: &str) -> bool {
    let line = line.trim_matches(|c: char| c.is_whitespace() || c == '-' || c == '—');
    (1..=3).contains(&line.len()) && line.bytes().all(|b| b.is_ascii_digit())
}

/// True for what is too long for any heading; asked of a paragraph with every line that is added to it, so not by its length.
fn is_longer(text: &str) -> bool {
    text.chars().nth(LOOKED_AT).is_some()
}

/// What stands behind an item number in this style.
fn numbered(text: &str, style: Style) -> Option<&str> {
    if !Ordinal::may_begin(text) || is_longer(text) {
        return None;
    }
    let compared = Text::new(text);
    let own = Ordinal::at(compared.chars()).filter(|own| own.style == style)?;
    // What stands directly behind the number is kept, a quotation mark too, which is not compared.
    let last = compared.position(own.length.checked_sub(1)?);
    let from = text.char_indices().nth(last + 1)?.0;
    text.get(from..).map(str::trim_start)
}

/// True for what can be a title by its length and marks: no sentence, no amount.
pub fn is_title(text: &str) -> bool {
    if is_longer(text) {
        return false;
    }
    let body = text.trim_end_matches(['。', '：', ':']);
    let amount = |pair: &[char]| pair == ['万', '元'] || matches!(pair, [digit, '元'] if digit.is_ascii_digit());
    let sentence = body.contains(['。', '；', '，', '：', ':']) || characters(body).windows(2).any(amount);
    let sentence = sentence || super::label::ends_in_amount(body);
    !body.is_empty() && body.chars().count() <= LONGEST && !sentence && !text.ends_with(['：', ':'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_told_from_items_of_a_list() {
        assert_eq!(outer("十一、政府采购支出说明"), Some("政府采购支出说明"));
        assert_eq!(outer("一、负责全区财政工作，拟订制度。"), None);
        assert_eq!(outer("第三部分 2023 年度部门决算情况说明"), Some("第三部分 2023 年度部门决算情况说明"));
        assert_eq!(
            inner("（一）“三公”经费财政拨款支出决算总体情况说明。"),
            Some("“三公”经费财政拨款支出决算总体情况说明。")
        );
        assert_eq!(inner("（一）收入 12 万元"), None);
    }

    #[test]
    fn the_longest_heading_of_the_own_variant_names_the_section() {
        let catalog = Catalog::load(&[]).unwrap();
        let key = |variant: &str, heading: &str| {
            Headings::new(&catalog, variant).section(heading).map(|s| s.key.as_str().to_owned())
        };
        assert_eq!(key("hubei", "五、一般公共预算财政拨款支出决算情况说明").as_deref(), Some("general-budget"));
        assert_eq!(key("hubei", "三、支出决算情况说明").as_deref(), Some("expense"));
        assert_eq!(key("shanghai", "（一）机关运行经费支出情况").as_deref(), Some("operating"));
        assert_eq!(key("hubei", "名词"), None);
    }
}

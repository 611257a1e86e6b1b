//! Automatic numbers of paragraphs. Section numbers matter to what comes after, so they are put into the text.

use std::collections::{BTreeMap, BTreeSet};

use super::numeral::numeral;
use crate::xml::{self, Fault, Token, Xml};

/// Levels of a list.
const LEVELS: usize = 9;

#[derive(Clone, Debug, Default)]
struct Level {
    start: Option<u32>,
    format: String,
    /// `%1、`, `（%2）`, `%1.%2`.
    text: String,
    /// The level (from 1) whose step makes this one begin again; 0: never.
    restart: Option<usize>,
    /// All numbers in plain digits.
    plain: bool,
    style: Option<String>,
}

type Levels = [Level; LEVELS];

#[derive(Debug, Default)]
struct List {
    pattern: u32,
    starts: BTreeMap<usize, u32>,
    levels: BTreeMap<usize, Level>,
}

#[derive(Debug, Default)]
struct Pattern {
    levels: Levels,
    /// Name under which another pattern refers to this one.
    called: Option<String>,
    /// The pattern that stands for this one.
    stands_for: Option<String>,
}

/// The lists of a document and how far each has counted.
#[derive(Debug, Default)]
pub struct Numbering {
    patterns: BTreeMap<u32, Pattern>,
    lists: BTreeMap<u32, List>,
    counts: BTreeMap<u32, [Option<u32>; LEVELS]>,
    begun: BTreeSet<(u32, usize)>,
}

impl Numbering {
    /// From `word/numbering.xml`.
    pub fn parse(text: &str) -> Result<Numbering, Fault> {
        let mut xml = Xml::new(text);
        let mut numbering = Numbering::default();
        let mut pattern: Option<(u32, Pattern)> = None;
        let mut list: Option<(u32, List)> = None;
        let mut at = 0;
        let mut open: Vec<String> = Vec::new();
        loop {
            let (tag, opens) = match xml.read()? {
                Token::Open(tag) => (tag, true),
                Token::Empty(tag) => (tag, false),
                Token::Close => {
                    match open.pop().as_deref() {
                        Some("abstractNum") => numbering.patterns.extend(pattern.take()),
                        Some("num") => numbering.lists.extend(list.take()),
                        _ => {}
                    }
                    continue;
                }
                Token::Text(_) => continue,
                Token::End => return Ok(numbering),
            };
            let value = || xml::attribute(&tag, "val").map(|value| value.into_owned());
            match (xml::name(&tag), &mut pattern, &mut list) {
                ("abstractNum", ..) => {
                    pattern = Some((xml::number(&tag, "abstractNumId").unwrap_or(u32::MAX), Pattern::default()));
                }
                ("num", ..) => list = Some((xml::number(&tag, "numId").unwrap_or(0), List::default())),
                ("abstractNumId", _, Some((_, list))) => list.pattern = xml::number(&tag, "val").unwrap_or(u32::MAX),
                ("styleLink", Some((_, pattern)), _) => pattern.called = value(),
                ("numStyleLink", Some((_, pattern)), _) => pattern.stands_for = value(),
                ("lvl" | "lvlOverride", ..) => at = xml::number(&tag, "ilvl").unwrap_or(0),
                ("startOverride", _, Some((_, list))) => {
                    list.starts.insert(at, xml::number(&tag, "val").unwrap_or(1));
                }
                (name, _, Some((_, list))) if at < LEVELS && open.iter().any(|name| name == "lvl") => {
                    list.levels.entry(at).or_default().read(name, &tag);
                }
                (name, Some((_, pattern)), _) => {
                    if let Some(level) = pattern.levels.get_mut(at) {
                        level.read(name, &tag);
                    }
                }
                _ => {}
            }
            if opens {
                open.push(xml::name(&tag).to_owned());
            }
        }
    }

    /// The level of a list that belongs to a style.
    pub fn level_of_style(&self, list: u32, style: &str) -> Option<usize> {
        let (_, pattern) = self.pattern(self.lists.get(&list)?.pattern)?;
        pattern.levels.iter().position(|level| level.style.as_deref() == Some(style))
    }

    fn pattern(&self, id: u32) -> Option<(u32, &Pattern)> {
        let pattern = self.patterns.get(&id)?;
        let Some(name) = &pattern.stands_for else { return Some((id, pattern)) };
        let other = self.patterns.iter().find(|(_, other)| other.called.as_ref() == Some(name));
        Some(other.map_or((id, pattern), |(id, other)| (*id, other)))
    }

    /// Counts a paragraph and gives its number with all that stands around it; empty where nothing is printed.
    pub fn next(&mut self, list: u32, level: usize) -> String {
        self.count(list, level).unwrap_or_default()
    }

    fn count(&mut self, number: u32, at: usize) -> Option<String> {
        let list = self.lists.get(&number)?;
        let (id, pattern) = self.pattern(list.pattern)?;
        let level = |at: usize| list.levels.get(&at).filter(|l| !l.text.is_empty()).or(pattern.levels.get(at));
        let start = |at: usize| list.starts.get(&at).copied().or(level(at)?.start);
        let this = level(at)?.clone();
        let begins = list.starts.contains_key(&at) && !self.begun.contains(&(number, at));
        let mut counts = self.counts.get(&id).copied().unwrap_or_default();
        let first = start(at).unwrap_or(1);
        let own = counts.get_mut(at)?;
        *own = Some(if begins { first } else { own.map_or(first, |count| count.saturating_add(1)) });
        for (below, count) in counts.iter_mut().enumerate().skip(at + 1) {
            if level(below).and_then(|level| level.restart).is_none_or(|restart| at < restart) {
                *count = None;
            }
        }
        let mut out = String::new();
        let mut printed = false;
        let mut letters = this.text.chars();
        while let Some(letter) = letters.next() {
            if letter != '%' {
                out.push(letter);
                continue;
            }
            let Some(which) =
                letters.next().and_then(|digit| digit.to_digit(10)).and_then(|d| (d as usize).checked_sub(1))
            else {
                continue;
            };
            let Some(shown) = level(which) else { continue };
            let count = counts.get(which).copied().flatten().or(start(which)).unwrap_or(1);
            let format = if this.plain { "decimal" } else { shown.format.as_str() };
            if let Some(text) = numeral(format, count) {
                printed = true;
                out.push_str(&text);
            }
        }
        // Fixed text without a number is a bullet, unless it has words in it.
        printed |= this.format != "bullet" && out.chars().any(char::is_alphanumeric);
        self.counts.insert(id, counts);
        self.begun.insert((number, at));
        Some(if printed { out } else { String::new() })
    }
}

impl Level {
    fn read(&mut self, name: &str, tag: &xml::Tag<'_>) {
        let value = || xml::attribute(tag, "val").map(|value| value.into_owned());
        match name {
            "start" => self.start = xml::number(tag, "val"),
            "numFmt" => self.format = value().unwrap_or_default(),
            "lvlText" => self.text = value().unwrap_or_default(),
            "lvlRestart" => self.restart = xml::number(tag, "val"),
            "isLgl" => self.plain = xml::on(tag),
            "pStyle" => self.style = value(),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTS: &str = "<w:numbering><w:abstractNum w:abstractNumId='5'>\
        <w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='chineseCounting'/><w:lvlText w:val='%1、'/></w:lvl>\
        <w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='chineseCounting'/><w:lvlText w:val='（%2）'/></w:lvl>\
        <w:lvl w:ilvl='2'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:isLgl/><w:lvlText w:val='%1.%3'/></w:lvl>\
        </w:abstractNum>\
        <w:num w:numId='1'><w:abstractNumId w:val='5'/></w:num>\
        <w:num w:numId='2'><w:abstractNumId w:val='5'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='3'/></w:lvlOverride></w:num>\
        </w:numbering>";

    #[test]
    fn numbers_count_by_level_and_begin_again_below_a_new_one() {
        let mut lists = Numbering::parse(LISTS).unwrap();
        let numbers: Vec<String> = [0, 1, 1, 0, 1, 2].into_iter().map(|level| lists.next(1, level)).collect();
        assert_eq!(numbers, ["一、", "（一）", "（二）", "二、", "（一）", "2.1"]);
    }

    #[test]
    fn a_list_of_its_own_begins_where_it_says() {
        let mut lists = Numbering::parse(LISTS).unwrap();
        assert_eq!([lists.next(1, 0), lists.next(2, 0), lists.next(2, 0)], ["一、", "三、", "四、"]);
        assert_eq!(lists.next(7, 0), "");
        assert_eq!(lists.next(1, 8), "");
        assert_eq!(lists.next(1, 80), "");
    }
}

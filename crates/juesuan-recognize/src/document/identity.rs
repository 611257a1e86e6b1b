//! Whose document it is, of which year, and what it is.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_catalog::Catalog;
use juesuan_forms::{cells, title};
use juesuan_model::{DocumentKind, Scope};
use juesuan_text::{numeral, plain};

use super::tables::entity;

/// Years that a document can be of.
const YEARS: std::ops::Range<u16> = 2000..2100;
/// Longest name of an entity, in characters.
const NAME_MAX: usize = 40;
/// Placeholders from which on a document is a form that nobody has filled in.
const PLACEHOLDERS_OF_TEMPLATE: usize = 5;
/// Of ten headings that a variant lists, those that a document of it has, at least.
const HEADINGS_OF_TEN: usize = 7;

/// The texts of a document that tell what it is.
#[derive(Clone, Debug, Default)]
pub struct Clues {
    /// Lines of the cover.
    pub cover: Vec<String>,
    /// Titles of parts and headings.
    pub headings: Vec<String>,
    /// Lines above tables.
    pub captions: Vec<String>,
    /// First cells of tables, among which the entity may stand.
    pub frames: Vec<String>,
    /// Running text.
    pub paragraphs: Vec<String>,
    /// Name of the file, without folders and ending; asked where nothing inside tells.
    pub file: String,
    /// Cells of tables with digits in them.
    pub figures: usize,
}

/// What is known of the document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    /// What it is.
    pub kind: DocumentKind,
    /// Department or unit.
    pub scope: Scope,
    /// Full name.
    pub name: String,
    /// Name without its region.
    pub short: String,
    /// Year; 0 where none is printed.
    pub year: u16,
    /// Region as printed.
    pub region: String,
    /// Level of government.
    pub level: String,
    /// Key of the variant whose headings and places it has; `fallback` of [`identify`] where none fits.
    pub variant: String,
}

/// Tells what a document is. `fallback` is the variant of a province that the catalogue does not know.
pub fn identify(clues: &Clues, catalog: &Catalog, fallback: &str) -> Identity {
    let mut identity = Identity { kind: kind(clues, catalog), ..Identity::default() };
    identity.year = year(clues);
    if identity.year == 0 {
        identity.year = year_of_file(&clues.file, catalog);
    }
    identity.name = name(clues, catalog);
    let mut region = identity.name.clone();
    if region.is_empty() {
        region = clues.cover.iter().map(|line| plain(line)).collect();
    }
    (identity.region, identity.level) = self::region(&region, catalog);
    identity.short = identity.name.strip_prefix(&identity.region).unwrap_or("").to_owned();
    identity.scope = scope(clues, catalog);
    let place = format!("{}{}", identity.name, clues.cover.first().map(|line| plain(line)).unwrap_or_default());
    identity.variant = variant(clues, catalog, &place, identity.kind, fallback).unwrap_or_else(|| fallback.to_owned());
    identity
}

fn count(texts: &[String], words: &[String]) -> usize {
    texts.iter().filter(|text| words.iter().any(|word| plain(text).contains(word.as_str()))).count()
}

fn kind(clues: &Clues, catalog: &Catalog) -> DocumentKind {
    let words = &catalog.recognition;
    let placeholders: usize = clues
        .paragraphs
        .iter()
        .chain(&clues.headings)
        .chain(&clues.cover)
        .map(|text| plain(text))
        .map(|text| words.placeholders.iter().map(|mark| text.matches(mark.as_str()).count()).max().unwrap_or(0))
        .sum();
    let amounts = clues.paragraphs.iter().map(|text| amounts(text)).sum::<usize>() + clues.figures;
    if placeholders >= PLACEHOLDERS_OF_TEMPLATE && placeholders > 2 * amounts {
        return DocumentKind::Template;
    }
    // A title of final accounts may name a budget (政府性基金预算财政拨款收入支出决算表), never the other way round.
    let told = |texts: &[String]| {
        let finals = count(texts, &words.final_accounts);
        (finals, count(texts, &words.budget).saturating_sub(finals))
    };
    for texts in [&clues.cover, &clues.captions, &clues.headings] {
        let (finals, budgets) = told(texts);
        if finals + budgets > 0 {
            return if budgets > finals { DocumentKind::Budget } else { DocumentKind::Final };
        }
    }
    DocumentKind::Unknown
}

/// Numbers with 元 or % behind them.
fn amounts(text: &str) -> usize {
    let text = plain(text);
    let mut before = ' ';
    let mut count = 0;
    for c in text.chars() {
        count += usize::from(before.is_ascii_digit() && matches!(c, '万' | '元' | '%' | '％'));
        before = c;
    }
    count
}

/// Every `2023年` in a text, also `二〇二三年`.
fn years(text: &str) -> Vec<u16> {
    let digit = |c: char| numeral::digit(c).and_then(|digit| char::from_digit(digit, 10)).unwrap_or(c);
    let chars: Vec<char> = plain(text).chars().map(digit).collect();
    let year = |window: &[char]| {
        let [digits @ .., '年'] = window else { return None };
        digits.iter().collect::<String>().parse().ok().filter(|year| YEARS.contains(year))
    };
    chars.windows(5).filter_map(year).collect()
}

fn year(clues: &Clues) -> u16 {
    if let Some(year) = clues.cover.iter().flat_map(|line| years(line)).next() {
        return year;
    }
    for texts in [&clues.captions, &clues.frames, &clues.headings, &clues.paragraphs] {
        let mut seen: BTreeMap<u16, usize> = BTreeMap::new();
        for year in texts.iter().flat_map(|text| years(text)) {
            *seen.entry(year).or_default() += 1;
        }
        if let Some((year, _)) = seen.into_iter().max_by_key(|(year, count)| (*count, *year)) {
            return year;
        }
    }
    0
}

/// The year that the name of a file tells: `2023年`, or four digits alone in a name that tells of accounts or a budget.
fn year_of_file(file: &str, catalog: &Catalog) -> u16 {
    let words = &catalog.recognition;
    let told = [file.to_owned()];
    let of_accounts = count(&told, &words.final_accounts) + count(&told, &words.budget) > 0;
    let alone = || {
        let runs = file.split(|c: char| !c.is_ascii_digit()).filter(|run| run.len() == 4 && of_accounts);
        runs.filter_map(|run| run.parse().ok()).find(|year| YEARS.contains(year))
    };
    years(file).first().copied().or_else(alone).unwrap_or(0)
}

/// The name of an organisation at the beginning of the name of a file, behind `附件1：` and numbers.
fn name_of_file(file: &str, catalog: &Catalog) -> Option<String> {
    let file = plain(file);
    let own = file.rsplit('：').next()?.trim_start_matches(|c: char| c.is_ascii() && c != '(');
    let name = before_kind(own, catalog);
    let name = name.trim_end_matches(|c: char| c.is_ascii() && c != ')');
    is_name(name, catalog).then(|| name.to_owned())
}

/// What stands before the year or the kind of the document.
fn before_kind(text: &str, catalog: &Catalog) -> String {
    let text = plain(text);
    let words = &catalog.recognition;
    let cut = words.final_accounts.iter().chain(&words.budget).chain(&words.department).chain(&words.unit);
    let kind = cut.filter_map(|word| text.find(word.as_str())).min().unwrap_or(text.len());
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let year = chars.windows(5).find_map(|window| {
        let told: String = window.iter().map(|(_, c)| *c).collect();
        (!years(&told).is_empty()).then(|| window.first().map_or(0, |(at, _)| *at))
    });
    let end = year.unwrap_or(text.len()).min(kind);
    let head = text.get(..end).unwrap_or("");
    ["部门", "单位"].iter().fold(head, |head, word| head.strip_suffix(word).unwrap_or(head)).to_owned()
}

/// True for the name of an organisation, by its last word.
fn is_name(text: &str, catalog: &Catalog) -> bool {
    let bare = text.strip_suffix(')').and_then(|t| t.rsplit_once('(')).map_or(text, |(name, _)| name);
    let length = bare.chars().count();
    (3..=NAME_MAX).contains(&length)
        && !bare.contains(['，', '、', '。', '；', '：'])
        && !bare.starts_with('第')
        && catalog.recognition.organisations.iter().any(|word| bare.ends_with(word.as_str()))
}

/// The name on the cover, over as many lines as it takes.
fn on_cover(clues: &Clues, catalog: &Catalog) -> Option<String> {
    let lines: Vec<(String, bool)> = clues
        .cover
        .iter()
        .map(|line| {
            let head = before_kind(line, catalog);
            let whole = head == plain(line);
            (head, whole)
        })
        .collect();
    // A name that begins with its region is whole.
    let whole = |name: &&String| is_name(name, catalog) && !region(name, catalog).0.is_empty();
    if let Some(name) = lines.iter().map(|(head, _)| head).find(whole) {
        return Some(name.clone());
    }
    let mut best: Option<String> = None;
    for first in 0..lines.len() {
        let mut joined = String::new();
        for (head, whole) in lines.iter().skip(first) {
            joined.push_str(head);
            let known = best.as_ref().is_none_or(|best| best.chars().count() < joined.chars().count());
            if is_name(&joined, catalog) && known {
                best = Some(joined.clone());
            }
            if !whole {
                break;
            }
        }
        if best.is_some() {
            break;
        }
    }
    best
}

fn name(clues: &Clues, catalog: &Catalog) -> String {
    let words = &catalog.recognition;
    let is_unit = |line: &&String| cells::unit(line).is_some();
    let labelled = |lines: &[String]| lines.iter().filter(|l| !is_unit(l)).find_map(|line| entity(catalog, line));
    let cover = on_cover(clues, catalog);
    let overview = || {
        let titles = clues.headings.iter().filter(|text| crate::text::headings::part(text));
        titles.map(|text| plain(text)).find_map(|text| {
            let (_, behind) = text.split_once(plain(words.part.get(1)?).as_str())?;
            let name = words.overview.iter().find_map(|word| behind.strip_suffix(word.as_str()))?;
            let name = before_kind(name, catalog);
            (name.chars().count() >= 3).then_some(name)
        })
    };
    let titled = || clues.headings.iter().map(|text| before_kind(text, catalog)).find(|name| is_name(name, catalog));
    let captioned = || {
        let parts = clues.captions.iter().chain(&clues.frames).flat_map(|line| line.split([' ', '\u{3000}', '\t']));
        parts.map(str::to_owned).find_map(|part| entity(catalog, &part).filter(|name| is_name(name, catalog)))
    };
    let filed = || name_of_file(&clues.file, catalog);
    // A name that has no last word of the list is better than none.
    let any = || {
        let bare = clues.cover.iter().filter(|l| !is_unit(l) && title::form_of(catalog, l).is_none());
        let mut bare = bare.map(|line| before_kind(line, catalog));
        bare.find(|name| (4..=NAME_MAX).contains(&name.chars().count())).unwrap_or_default()
    };
    labelled(&clues.cover)
        .or(cover)
        .or_else(overview)
        .or_else(captioned)
        .or_else(titled)
        .or_else(filed)
        .unwrap_or_else(any)
}

/// The regions that a name begins with, and the level of the last of them.
fn region(name: &str, catalog: &Catalog) -> (String, String) {
    let mut rest = name;
    let mut level = String::new();
    while let Some((length, own)) = catalog
        .recognition
        .region
        .iter()
        .flat_map(|kind| kind.ends.iter().map(move |end| (end, kind)))
        .filter_map(|(end, kind)| {
            let at = rest.find(end.as_str())?;
            let before = rest.get(..at)?.chars().count();
            let behind = rest.get(at + end.len()..)?;
            let real = !kind.not_before.iter().any(|word| behind.starts_with(word.as_str()));
            let [least, most] = kind.length;
            ((least..=most).contains(&before) && real).then_some((at + end.len(), &kind.level))
        })
        .min_by_key(|(length, _)| *length)
    {
        level.clone_from(own);
        rest = rest.get(length..).unwrap_or("");
    }
    (name.strip_suffix(rest).unwrap_or("").to_owned(), level)
}

fn scope(clues: &Clues, catalog: &Catalog) -> Scope {
    let words = &catalog.recognition;
    for texts in [&clues.cover, &clues.headings, &clues.paragraphs, &vec![clues.file.clone()]] {
        let (departments, units) = (count(texts, &words.department), count(texts, &words.unit));
        if departments + units > 0 {
            return if units > departments { Scope::Unit } else { Scope::Department };
        }
    }
    Scope::Department
}

/// The variant whose place the document names, or whose headings it has nearly all.
fn variant(clues: &Clues, catalog: &Catalog, place: &str, kind: DocumentKind, fallback: &str) -> Option<String> {
    let fits = |key: &str| {
        let wanted = if kind == DocumentKind::Budget { DocumentKind::Budget } else { DocumentKind::Final };
        catalog.variants.iter().any(|variant| variant.key == key && variant.kind == wanted)
    };
    let places = &catalog.recognition.places;
    let named = places.iter().filter(|(key, _)| fits(key)).filter_map(|(key, places)| {
        let longest = places.iter().filter(|own| place.starts_with(own.as_str())).map(String::len).max()?;
        Some((longest, key))
    });
    if let Some((_, key)) = named.max() {
        return Some(key.clone());
    }
    let headings: BTreeSet<String> = clues.headings.iter().map(|text| plain(text)).collect();
    let share = |(key, text): (&'_ String, &juesuan_catalog::section::VariantText)| {
        let has = |names: &Vec<String>| {
            names.iter().map(|name| plain(name)).any(|name| headings.iter().any(|h| h.contains(&name)))
        };
        let found = text.sections.values().filter(|section| has(&section.headings)).count();
        let nearly_all = found * 10 >= text.sections.len() * HEADINGS_OF_TEN && found > 0;
        let ends = |name: String| headings.iter().any(|h| h.ends_with(&name));
        let printed = |names: &Vec<String>| names.iter().map(|name| plain(name)).any(ends);
        let word_for_word = text.sections.values().filter(|section| printed(&section.headings)).count();
        // Of two that fit, the one that has the headings to their end; of equals the one of no province.
        let own = (key == fallback, catalog.sections.writes(key));
        nearly_all.then(|| (found + word_for_word, own, key.clone()))
    };
    let closest = catalog.sections.variants.iter().filter(|(key, _)| fits(key)).filter_map(share).max();
    closest.map(|(_, _, key)| key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(cover: &[&str], headings: &[&str]) -> Identity {
        let owned = |texts: &[&str]| texts.iter().map(|t| (*t).to_owned()).collect();
        let clues = Clues { cover: owned(cover), headings: owned(headings), ..Clues::default() };
        identify(&clues, &Catalog::load(&[]).unwrap(), "state")
    }

    #[test]
    fn the_cover_tells_name_year_kind_and_level() {
        let one = told(&["长沙市芙蓉区文化旅游局", "2022年度部门决算公开"], &[]);
        assert_eq!(
            (one.name.as_str(), one.year, one.kind, one.level.as_str()),
            ("长沙市芙蓉区文化旅游局", 2022, DocumentKind::Final, "区")
        );
        assert_eq!((one.region.as_str(), one.short.as_str()), ("长沙市芙蓉区", "文化旅游局"));
        let two = told(&["某省二〇二五年省级部门预算", "预算主管部门：某省统计局"], &[]);
        assert_eq!((two.name.as_str(), two.year, two.kind), ("某省统计局", 2025, DocumentKind::Budget));
        let three = told(&["2023年度", "滑县人民医院（本级）单位决算"], &["第一部分 滑县人民医院（本级）概况"]);
        assert_eq!((three.name.as_str(), three.scope, three.level.as_str()), ("滑县人民医院(本级)", Scope::Unit, "县"));
    }

    #[test]
    fn the_name_of_the_file_tells_what_nothing_inside_tells() {
        let of_file = |file: &str, cover: &[&str]| {
            let cover = cover.iter().map(|t| (*t).to_owned()).collect();
            let clues = Clues { cover, file: file.to_owned(), ..Clues::default() };
            let told = identify(&clues, &Catalog::load(&[]).unwrap(), "state");
            (told.name, told.year)
        };
        let tables = &["收入支出决算总表", "单位：万元"];
        let known = ("云岭市林业局".to_owned(), 2024);
        assert_eq!(of_file("云岭市林业局2024年度部门决算", tables), known);
        assert_eq!(of_file("附件1：云岭市林业局2024部门决算公开表", tables), known);
        // A number of a system is no year, a title of a table no name.
        assert_eq!(of_file("P020240912345", tables), (String::new(), 0));
        assert_eq!(of_file("某某县水利局2021年度部门决算", &["云岭市林业局", "2024年度部门决算"]), known);
    }

    #[test]
    fn a_market_is_no_city() {
        let catalog = Catalog::load(&[]).unwrap();
        assert_eq!(region("某某市场监督管理局", &catalog).0, "");
        assert_eq!(region("云岭市市场监督管理局", &catalog), ("云岭市".to_owned(), "市".to_owned()));
        assert_eq!(region("云岭市青溪区新湖街道办事处", &catalog).1, "乡");
    }
}

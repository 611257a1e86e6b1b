//! Names of the function classification in running text: `一般公共服务支出（类）财政事务（款）行政运行（项）`.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use juesuan_catalog::Catalog;
use juesuan_text::{Ordinal, characters, part};

use super::EntityContext;

/// A path found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// First compared character.
    pub start: usize,
    /// Behind the last one.
    pub end: usize,
    /// The code that the names lead to; `None` if they lead nowhere.
    pub code: Option<String>,
}

/// Codes by name.
type Codes = BTreeMap<Vec<char>, Vec<String>>;

/// The codes of a document by name.
#[derive(Clone, Debug, Default)]
pub struct Paths {
    /// As the tables of the document print them.
    own: Codes,
    known: Arc<Known>,
    longest: usize,
}

/// The codes of the catalogue by name, those valid in one year first: the same for every document of that year.
#[derive(Clone, Debug, Default)]
pub struct Known {
    codes: Codes,
    /// Names by valid code, the codes of a level together.
    names: BTreeMap<(usize, String), Vec<char>>,
    longest: usize,
}

const LEVELS: [(char, usize); 3] = [('类', 3), ('款', 5), ('项', DIGITS_MOST)];
/// Digits of a code of the deepest level.
const DIGITS_MOST: usize = 7;
const ENDING: [char; 2] = ['支', '出'];

impl Known {
    /// The codes of all years, those of this one first: an old name is still read.
    pub fn new(catalog: &Catalog, year: u16) -> Known {
        let mut known = Known::default();
        let (now, then): (Vec<_>, Vec<_>) = catalog.functions.all().partition(|code| code.valid_in(year));
        for code in &now {
            known.names.entry((code.code.len(), code.code.clone())).or_insert_with(|| characters(&code.name));
        }
        for code in now.into_iter().chain(then) {
            let name = characters(&code.name);
            known.longest = known.longest.max(name.len());
            enter(&mut known.codes, name, &code.code);
        }
        known
    }
}

fn enter(codes: &mut Codes, name: Vec<char>, code: &str) {
    let codes = codes.entry(name).or_default();
    if !codes.iter().any(|known| known == code) {
        codes.push(code.to_owned());
    }
}

/// Digits of the codes of a level, by its index in [`LEVELS`].
fn digits_of(level: usize) -> usize {
    LEVELS.get(level).map_or(DIGITS_MOST, |(_, digits)| *digits)
}

impl Paths {
    /// Codes as the document's tables print them, then those of the catalogue.
    pub fn new(known: Arc<Known>, entity: &EntityContext) -> Paths {
        // A row that prints the name of its neighbour would make the text speak of another item.
        let of_sibling = |code: &str, name: &str| {
            let name = characters(name);
            let Some(above) = code.get(..code.len().saturating_sub(2)) else { return false };
            let from = known.names.range((code.len(), above.to_owned())..);
            let mut siblings =
                from.take_while(|((digits, other), _)| *digits == code.len() && other.starts_with(above));
            siblings.any(|((_, other), own)| other != code && *own == name)
        };
        let mut own = Codes::new();
        let printed = entity.functions.iter().filter(|(code, name)| !of_sibling(code, name));
        printed.for_each(|(code, name)| enter(&mut own, characters(name), code));
        let longest = own.keys().map(Vec::len).max().unwrap_or(0).max(known.longest);
        Paths { own, known, longest }
    }

    /// The codes of a name: those that the document prints, then the others.
    fn named<'a>(&'a self, name: &[char]) -> impl Iterator<Item = &'a str> {
        let own = self.own.get(name).map_or(&[][..], Vec::as_slice);
        let known = self.known.codes.get(name).map_or(&[][..], Vec::as_slice);
        own.iter().chain(known.iter().filter(|code| !own.contains(code))).map(String::as_str)
    }

    fn with_name<'a>(&'a self, name: &'a [char], digits: usize) -> impl Iterator<Item = &'a str> {
        self.named(name).filter(move |code| code.len() == digits)
    }

    /// The code of a class, whose name may lack its 支出.
    fn class(&self, name: &[char]) -> Option<&str> {
        let with = [name, &ENDING].concat();
        let without = name.strip_suffix(&ENDING).unwrap_or(name).to_vec();
        let one = |name: &Vec<char>| self.named(name).find(|code| code.len() == 3);
        [name.to_vec(), with, without].iter().find_map(one)
    }

    /// The code below `within`; a single one.
    fn below<'a>(&'a self, name: &'a [char], digits: usize, within: &'a str) -> Option<&'a str> {
        let mut fitting = self.with_name(name, digits).filter(|code| code.starts_with(within));
        let first = fitting.next()?;
        (!within.is_empty() || fitting.next().is_none()).then_some(first)
    }
}

/// Every path of a paragraph: names with their level behind them, and names joined by dashes.
pub fn find(chars: &[char], paths: &Paths) -> Vec<Path> {
    let marks: Vec<Mark> = (0..chars.len()).filter_map(|i| mark(chars, i)).collect();
    let mut found: Vec<Path> = Vec::new();
    let mut index = 0;
    while index < marks.len() {
        let group = group(chars, part(&marks, index..));
        let floor = found.last().map_or(0, |path| path.end);
        found.extend(resolve(chars, part(&marks, index..index + group), floor, paths));
        index += group;
    }
    let dashed = dashed(chars, paths);
    let marked = |path: &Path| {
        let first = marks.partition_point(|mark| mark.at < path.start);
        marks.get(first).is_some_and(|mark| mark.at < path.end)
    };
    found.extend(dashed.into_iter().chain(coded(chars, paths)).filter(|path| !marked(path)));
    found.sort_by_key(|path| path.start);
    found
}

/// `（款）`, or with the digits of the code before the level: `（06款）`.
#[derive(Clone, Copy, Debug)]
struct Mark {
    /// The opening bracket.
    at: usize,
    /// Index into [`LEVELS`].
    level: usize,
    /// Behind the closing bracket.
    end: usize,
}

fn mark(chars: &[char], at: usize) -> Option<Mark> {
    if *chars.get(at)? != '(' {
        return None;
    }
    let digits = part(chars, at + 1..).iter().take_while(|c| c.is_ascii_digit()).count();
    let [level, ')'] = chars.get(at + 1 + digits..at + 3 + digits)? else {
        return None;
    };
    let level = LEVELS.iter().position(|(c, _)| c == level).filter(|_| digits <= DIGITS_MOST)?;
    Some(Mark { at, level, end: at + 3 + digits })
}

/// `类-款-项`, each below the one before; the last may be a 款.
fn dashed(chars: &[char], paths: &Paths) -> Vec<Path> {
    let mut found: Vec<Path> = Vec::new();
    let mut at = 0;
    while let Some(dash) = part(chars, at..).iter().position(|c| *c == '-').map(|i| at + i) {
        at = dash + 1;
        let floor = found.last().map_or(0, |path| path.end);
        let least = dash.saturating_sub(paths.longest + 2).max(floor);
        let Some(start) = (least..dash).find(|start| paths.class(part(chars, *start..dash)).is_some()) else {
            continue;
        };
        let Some(mut code) = paths.class(part(chars, start..dash)).map(str::to_owned) else { continue };
        let mut end = dash;
        for (_, digits) in LEVELS.iter().skip(1) {
            if chars.get(end) != Some(&'-') {
                break;
            }
            let from = end + 1;
            let most = (from + paths.longest).min(chars.len());
            let step = (from + 1..=most).rev().find_map(|to| {
                let below = paths.below(part(chars, from..to), *digits, &code)?;
                Some((to, below.to_owned()))
            });
            let Some((to, below)) = step else { break };
            (end, code) = (to, below);
        }
        if end > dash {
            // A name that goes on with another dash leads to something that is in no list.
            let whole = chars.get(end) != Some(&'-') || code.len() == DIGITS_MOST;
            found.push(Path { start, end, code: Some(code).filter(|_| whole) });
            at = end;
        }
    }
    found
}

/// `20104-发展与改革事务`, `1.20104 发展与改革事务`, `发展与改革事务（20104）`: a code with its own name behind it, or before its brackets.
fn coded(chars: &[char], paths: &Paths) -> Vec<Path> {
    let mut found: Vec<Path> = Vec::new();
    let number = Ordinal::at(chars).map_or(0, |own| own.length);
    let mut at = number;
    while let Some(start) = part(chars, at..).iter().position(char::is_ascii_digit).map(|i| at + i) {
        let digits = part(chars, start..).iter().take_while(|c| c.is_ascii_digit()).count();
        at = start + digits;
        let before = start.checked_sub(1).filter(|_| start > number);
        let of_number = before.and_then(|i| chars.get(i)).is_some_and(|c| matches!(c, '.' | '-'));
        if of_number || !LEVELS.iter().any(|(_, level)| *level == digits) {
            continue;
        }
        let code: String = part(chars, start..at).iter().collect();
        let floor = found.last().map_or(number, |path| path.end);
        if let Some(from) = named_before(chars, start..at, floor, &code, paths) {
            at += 1;
            found.push(Path { start: from, end: at, code: Some(code) });
            continue;
        }
        let from = at + part(chars, at..).iter().take_while(|c| matches!(c, '-' | '—' | '–')).count();
        let most = (from + paths.longest).min(chars.len());
        let named = |to: &usize| paths.named(part(chars, from..*to)).any(|own| own == code);
        if let Some(end) = (from + 1..=most).rev().find(named) {
            found.push(Path { start, end, code: Some(code) });
            at = end;
        }
    }
    found
}

/// Where the name of a code in brackets begins, if its own name stands before them, and behind `floor`.
fn named_before(chars: &[char], digits: Range<usize>, floor: usize, code: &str, paths: &Paths) -> Option<usize> {
    let open = digits.start.checked_sub(1).filter(|at| chars.get(*at) == Some(&'('));
    let bracket = open.filter(|_| chars.get(digits.end) == Some(&')'))?;
    let least = bracket.saturating_sub(paths.longest).max(floor);
    (least..bracket).find(|from| paths.named(part(chars, *from..bracket)).any(|own| own == code))
}

/// How many marks from the first belong to one path: each one level deeper, names between them.
fn group(chars: &[char], marks: &[Mark]) -> usize {
    let mut count = 1;
    while let (Some(before), Some(next)) = (marks.get(count - 1), marks.get(count)) {
        let between = part(chars, before.end..next.at);
        let name = !between.iter().any(|c| matches!(c, '。' | '；' | '：' | '，') || c.is_ascii_digit());
        if next.level <= before.level || !name {
            break;
        }
        count += 1;
    }
    count
}

fn resolve(chars: &[char], marks: &[Mark], floor: usize, paths: &Paths) -> Option<Path> {
    let first = *marks.first()?;
    let start = first_name(chars, floor, first.at, first.level, paths)?;
    let end = marks.last()?.end;
    // 一般公共服务（类）支出: the ending may stand behind the mark.
    let end = if first.level == 0 && part(chars, end..).starts_with(&ENDING) { end + 2 } else { end };
    let mut code = String::new();
    let mut name_start = start;
    for (position, Mark { at, level, end: behind }) in marks.iter().copied().enumerate() {
        let name = trimmed(part(chars, name_start..at));
        name_start = behind;
        let digits = digits_of(level);
        let class = code.get(..3).unwrap_or("").to_owned();
        let step = match level {
            0 => paths.class(name),
            // A section that is none (住房保障支出（款）) does not hide the item below it.
            _ => paths.below(name, digits, &code).or_else(|| paths.below(name, digits, &class)),
        };
        match step {
            Some(step) => code = step.to_owned(),
            None if position + 1 < marks.len() => {}
            None => {
                return Some(Path { start, end, code: None });
            }
        }
    }
    let deepest = digits_of(marks.last()?.level);
    Some(Path { start, end, code: Some(code).filter(|code| code.len() == deepest) })
}

fn trimmed(name: &[char]) -> &[char] {
    let from = name.iter().position(|c| !matches!(c, '-' | '、' | ' ')).unwrap_or(name.len());
    let to = name.iter().rposition(|c| !matches!(c, '-' | '、' | ' ')).map_or(from, |i| i + 1);
    let name = part(name, from..to);
    name.strip_prefix(&ENDING).filter(|rest| !rest.is_empty()).unwrap_or(name)
}

/// Where the first name of a path begins: the longest known name that ends at the mark, else the text since the last
/// mark of punctuation.
fn first_name(chars: &[char], floor: usize, mark: usize, level: usize, paths: &Paths) -> Option<usize> {
    let least = mark.saturating_sub(paths.longest + 2).max(floor);
    let known = (least..mark).find(|start| {
        let name = part(chars, *start..mark);
        if level == 0 { paths.class(name).is_some() } else { paths.with_name(name, digits_of(level)).next().is_some() }
    });
    let bound = |c: &char| matches!(c, '。' | '；' | '：' | '，' | '、' | '.' | ')') || c.is_ascii_digit();
    known.or_else(|| {
        let from = part(chars, least..mark).iter().rposition(bound).map_or(least, |i| least + i + 1);
        (from < mark).then_some(from)
    })
}

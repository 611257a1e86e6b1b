//! Names of the function classification in running text: `一般公共服务支出（类）财政事务（款）行政运行（项）`.

use std::collections::BTreeMap;

use juesuan_catalog::Catalog;

use super::EntityContext;
use super::normal::normal;

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
#[derive(Clone, Debug, Default)]
pub struct Paths {
    /// Valid ones first.
    codes: BTreeMap<Vec<char>, Vec<String>>,
    longest: usize,
}

const LEVELS: [(char, usize); 3] = [('类', 3), ('款', 5), ('项', 7)];
const ENDING: [char; 2] = ['支', '出'];

impl Paths {
    /// Codes as the document's tables print them, then those of all years, those of its year first: an old name is still
    /// read.
    pub fn new(catalog: &Catalog, entity: &EntityContext) -> Paths {
        let mut paths = Paths::default();
        let (now, then): (Vec<_>, Vec<_>) = catalog.functions.all().partition(|code| code.valid_in(entity.year));
        let known = now.into_iter().chain(then).map(|code| (code.code.as_str(), code.name.as_str()));
        let printed = entity.functions.iter().map(|(code, name)| (code.as_str(), name.as_str()));
        for (code, name) in printed.chain(known) {
            let name = normal(name);
            paths.longest = paths.longest.max(name.len());
            let codes = paths.codes.entry(name).or_default();
            if !codes.iter().any(|known| known == code) {
                codes.push(code.to_owned());
            }
        }
        paths
    }

    fn with_name<'a>(&'a self, name: &'a [char], digits: usize) -> impl Iterator<Item = &'a str> {
        self.codes.get(name).into_iter().flatten().map(String::as_str).filter(move |code| code.len() == digits)
    }

    /// The code of a class, whose name may lack its 支出.
    fn class(&self, name: &[char]) -> Option<&str> {
        let with = [name, &ENDING].concat();
        let without = name.strip_suffix(&ENDING).unwrap_or(name).to_vec();
        let one = |name: &Vec<char>| self.codes.get(name)?.iter().map(String::as_str).find(|code| code.len() == 3);
        [name.to_vec(), with, without].iter().find_map(one)
    }

    /// The code below `within`; a single one.
    fn below<'a>(&'a self, name: &'a [char], digits: usize, within: &'a str) -> Option<&'a str> {
        let mut fitting = self.with_name(name, digits).filter(|code| code.starts_with(within));
        let first = fitting.next()?;
        (!within.is_empty() || fitting.next().is_none()).then_some(first)
    }
}

/// Every path of a paragraph.
pub fn find(chars: &[char], paths: &Paths) -> Vec<Path> {
    let marks: Vec<(usize, usize)> = (0..chars.len()).filter_map(|i| mark(chars, i).map(|level| (i, level))).collect();
    let mut found: Vec<Path> = Vec::new();
    let mut index = 0;
    while index < marks.len() {
        let group = group(chars, &marks[index..]);
        let floor = found.last().map_or(0, |path| path.end);
        found.extend(resolve(chars, &marks[index..index + group], floor, paths));
        index += group;
    }
    found
}

fn mark(chars: &[char], at: usize) -> Option<usize> {
    let [open, level, close] = chars.get(at..at + 3)? else {
        return None;
    };
    (*open == '(' && *close == ')').then(|| LEVELS.iter().position(|(c, _)| c == level)).flatten()
}

/// How many marks from the first belong to one path: each one level deeper, names between them.
fn group(chars: &[char], marks: &[(usize, usize)]) -> usize {
    let mut count = 1;
    while let (Some((before, level)), Some((at, next))) = (marks.get(count - 1), marks.get(count)) {
        let between = &chars[before + 3..*at];
        let name = !between.iter().any(|c| matches!(c, '。' | '；' | '：' | '，') || c.is_ascii_digit());
        if next <= level || !name {
            break;
        }
        count += 1;
    }
    count
}

fn resolve(chars: &[char], marks: &[(usize, usize)], floor: usize, paths: &Paths) -> Option<Path> {
    let (first, level) = *marks.first()?;
    let start = first_name(chars, floor, first, level, paths)?;
    let end = marks.last()?.0 + 3;
    // 一般公共服务（类）支出: the ending may stand behind the mark.
    let end = if level == 0 && chars[end..].starts_with(&ENDING) { end + 2 } else { end };
    let mut code = String::new();
    let mut name_start = start;
    for (position, (at, level)) in marks.iter().enumerate() {
        let name = trimmed(&chars[name_start..*at]);
        name_start = at + 3;
        let digits = LEVELS[*level].1;
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
    let deepest = LEVELS[marks.last()?.1].1;
    Some(Path { start, end, code: Some(code).filter(|code| code.len() == deepest) })
}

fn trimmed(name: &[char]) -> &[char] {
    let from = name.iter().position(|c| !matches!(c, '-' | '、' | ' ')).unwrap_or(name.len());
    let to = name.iter().rposition(|c| !matches!(c, '-' | '、' | ' ')).map_or(from, |i| i + 1);
    let name = &name[from..to];
    if name.starts_with(&ENDING) && name.len() > ENDING.len() { &name[ENDING.len()..] } else { name }
}

/// Where the first name of a path begins: the longest known name that ends at the mark, else the text since the last
/// mark of punctuation.
fn first_name(chars: &[char], floor: usize, mark: usize, level: usize, paths: &Paths) -> Option<usize> {
    let least = mark.saturating_sub(paths.longest + 2).max(floor);
    let known = (least..mark).find(|start| {
        let name = &chars[*start..mark];
        if level == 0 { paths.class(name).is_some() } else { paths.with_name(name, LEVELS[level].1).next().is_some() }
    });
    let bound = |c: &char| matches!(c, '。' | '；' | '：' | '，' | '、' | '.' | ')') || c.is_ascii_digit();
    known.or_else(|| {
        let from = chars[least..mark].iter().rposition(bound).map_or(least, |i| least + i + 1);
        (from < mark).then_some(from)
    })
}

//! The list of a department's units: numbered lines, lines of names, table rows or one sentence in the section on how the
//! department is made up. A list that disagrees with the number of units said beside it is no list.

use std::collections::BTreeSet;

use juesuan_catalog::Catalog;
use juesuan_model::{Block, Part, Table};
use juesuan_text::{Ordinal, characters, numeral, plain};

/// Shortest and longest name, in characters.
const LENGTH: [usize; 2] = [4, 40];
/// Longest heading that was taken for a paragraph.
const HEADING: usize = 40;
/// Characters between the number of units and the word for units.
const NEAR: usize = 8;
/// Level of a section that no heading begins: every heading ends it.
const NO_HEADING: u8 = u8::MAX;

/// The units that a department lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Listed {
    /// Those that have documents of their own, headquarters first.
    pub(super) names: Vec<String>,
    /// The blocks that name one and nothing else, by their numbers in the document.
    pub(super) lines: BTreeSet<usize>,
}

/// A name of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Item {
    name: String,
    /// The block that is nothing but this name.
    line: Option<usize>,
    /// The department's own office.
    headquarters: bool,
    /// It publishes no document of its own.
    merged: bool,
}

/// What one section lists and says.
#[derive(Debug, Default)]
struct Section {
    level: u8,
    /// Names are those of units here.
    open: bool,
    closed: bool,
    items: Vec<Item>,
    /// Numbers of units that are said.
    said: Vec<usize>,
    /// A numbered line of the list is no name.
    doubtful: bool,
}

/// The units that a department of this name lists.
pub(super) fn listed(parts: &[Part], entity: &str, catalog: &Catalog) -> Listed {
    let mut numbers = 0..;
    for part in parts {
        // The title of the part has a number of its own.
        numbers.next();
        let mut section = is_heading(&part.title, catalog).then(|| Section::of(1, &part.title, catalog));
        for (block, number) in part.blocks.iter().zip(&mut numbers) {
            match block {
                Block::Heading { level, text, .. } => {
                    let item = item(text, catalog).filter(|_| section.as_ref().is_some_and(Section::takes));
                    let item = item.map(|item| Item { line: Some(number), ..item });
                    let ends = section.as_ref().is_some_and(|section| *level <= section.level);
                    if let (Some(section), Some(item)) = (&mut section, item) {
                        section.items.push(item);
                    } else if ends || section.is_none() {
                        if let Some(names) = section.take().and_then(|section| section.names(entity)) {
                            return names;
                        }
                        section = is_heading(text, catalog).then(|| Section::of(*level, text, catalog));
                    } else if let Some(section) = &mut section {
                        section.turn(text, catalog);
                    }
                }
                Block::Paragraph { runs, .. } => {
                    let text: String = runs.iter().map(|run| run.text.as_str()).collect();
                    if section.is_none() && begins(&text, catalog) {
                        section = Some(Section::of(NO_HEADING, "", catalog));
                    }
                    if let Some(section) = &mut section {
                        section.paragraph(&text, number, catalog);
                    }
                }
                Block::Table(table) => {
                    if let Some(section) = section.as_mut().filter(|section| section.takes()) {
                        section.table(table, catalog);
                    }
                }
                Block::Chart(_) => {}
            }
        }
        if let Some(names) = section.and_then(|section| section.names(entity)) {
            return names;
        }
    }
    Listed::default()
}

fn holds(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| text.contains(word.as_str()))
}

fn is_heading(text: &str, catalog: &Catalog) -> bool {
    text.chars().count() <= HEADING && holds(text, &catalog.recognition.units.headings)
}

fn begins(text: &str, catalog: &Catalog) -> bool {
    let words = &catalog.recognition.units;
    let heading = text.chars().count() <= HEADING && words.headings.iter().any(|word| text.trim().ends_with(word));
    heading || holds(text, &words.begins) && holds(text, &words.body)
}

impl Section {
    fn of(level: u8, heading: &str, catalog: &Catalog) -> Section {
        let mut section = Section { level, ..Section::default() };
        section.turn(heading, catalog);
        section
    }

    fn takes(&self) -> bool {
        self.open && !self.closed
    }

    /// Whether the names that follow are those of units: by what was said last.
    fn turn(&mut self, text: &str, catalog: &Catalog) {
        let words = &catalog.recognition.units;
        let last = |words: &[String]| words.iter().filter_map(|word| text.rfind(word.as_str())).max();
        let (body, inner) = (last(&words.body), last(&words.inner));
        if body.is_some() || inner.is_some() {
            self.open = body > inner;
        }
    }

    fn paragraph(&mut self, text: &str, number: usize, catalog: &Catalog) {
        let numbered = Ordinal::at(&characters(text.trim())).is_some();
        if self.takes() {
            match item(text, catalog) {
                Some(item) => return self.items.push(Item { line: Some(number), ..item }),
                None if numbered && !self.items.is_empty() => return self.doubtful = true,
                None => self.closed = !self.items.is_empty(),
            }
        }
        if self.closed {
            return;
        }
        self.turn(text, catalog);
        self.said.extend(counts(&plain(text), catalog));
        if self.open {
            self.items.extend(sentence(text, catalog));
        }
    }

    /// Rows with a name; what else stands in them is said of it.
    fn table(&mut self, table: &Table, catalog: &Catalog) {
        for row in &table.rows {
            let named = row.cells.iter().find_map(|cell| item(&cell.text, catalog));
            let merged = row.cells.iter().any(|cell| holds(&cell.text, &catalog.recognition.units.merged));
            self.items.extend(named.map(|item| Item { merged: item.merged || merged, ..item }));
        }
    }

    /// The names, if the list can be trusted.
    fn names(self, entity: &str) -> Option<Listed> {
        let all = self.items.len();
        let entity = plain(entity);
        let own = |item: &Item| item.headquarters || plain(&item.name) == entity;
        let heads = self.items.iter().filter(|item| own(item)).count();
        let agrees = self.said.iter().any(|said| *said == all || *said == all - heads);
        if all == 0 || !agrees && (self.doubtful || !self.said.is_empty()) {
            return None;
        }
        // A department has an office of its own, also where it lists only what is below it.
        let head = (heads == 0 && !entity.is_empty()).then(|| entity.replace('(', "（").replace(')', "）"));
        let lines = self.items.iter().filter_map(|item| item.line).collect();
        let published = self.items.into_iter().filter(|item| !item.merged).map(|item| item.name);
        Some(Listed { names: head.into_iter().chain(published).collect(), lines })
    }
}

/// The name that a line is, without its number and what is said behind it.
fn item(text: &str, catalog: &Catalog) -> Option<Item> {
    let words = &catalog.recognition.units;
    let mut chars: Vec<char> = plain(text).chars().collect();
    if let Some(number) = Ordinal::at(&chars) {
        chars.drain(..number.length);
    }
    let whole: String = chars.into_iter().collect();
    let merged = holds(&whole, &words.merged);
    let head = whole.split([',', '，', '。', ';', '；', ':', '：']).next()?;
    let end = words.merged.iter().filter_map(|word| head.find(word.as_str())).min().unwrap_or(head.len());
    let mut name = head.get(..end)?;
    let headquarters = words.headquarters.iter().any(|word| name.ends_with(word.as_str()));
    if !headquarters && let Some((bare, _)) = name.strip_suffix(')').and_then(|name| name.rsplit_once('(')) {
        name = bare;
    }
    let ends = catalog.recognition.organisations.iter().chain(&words.ends);
    let [least, most] = LENGTH;
    let fits = (least..=most).contains(&name.chars().count())
        && !name.contains('、')
        && (headquarters || ends.into_iter().any(|word| name.ends_with(word.as_str())));
    fits.then(|| Item { name: name.replace('(', "（").replace(')', "）"), line: None, headquarters, merged })
}

/// The names behind the last colon of a sentence, if nothing else stands there.
fn sentence(text: &str, catalog: &Catalog) -> Vec<Item> {
    let Some((_, tail)) = text.rsplit_once(['：', ':']) else { return Vec::new() };
    let pieces = tail.split(['；', ';', '、', '，', ',', '。', '\n']).map(str::trim);
    let pieces = pieces.filter(|piece| !piece.chars().all(|c| c.is_ascii_digit()));
    pieces.map(|piece| item(piece, catalog)).collect::<Option<Vec<Item>>>().unwrap_or_default()
}

/// How many units a sentence says there are: `下属5个单位`, `单位共3家`; kinds of units are added up.
fn counts(text: &str, catalog: &Catalog) -> Vec<usize> {
    let words = &catalog.recognition.units;
    let chars: Vec<char> = text.chars().collect();
    let (mut out, mut kinds) = (Vec::new(), Vec::new());
    let mut at = 0;
    while at < chars.len() {
        let rest = chars.get(at..).unwrap_or(&[]);
        let (length, number) = number(rest);
        if length == 0 {
            at += 1;
            continue;
        }
        let behind: String = rest.iter().skip(length).take(NEAR + 1).collect();
        if let Some(behind) = words.counters.iter().find_map(|word| behind.strip_prefix(word.as_str())) {
            let before: String = chars.get(..at).unwrap_or(&[]).iter().collect();
            let behind = behind.split([',', '，', '。', ';', '；', '、', ':', '：', '(']).next().unwrap_or("");
            if words.body.iter().any(|word| before.trim_end_matches(['共', '有', '为', '计']).ends_with(word.as_str()))
            {
                kinds.push(number);
            } else if holds(behind, &words.body) {
                out.push(number);
            }
        }
        at += length;
    }
    if !kinds.is_empty() {
        out.push(kinds.iter().sum());
    }
    out
}

/// A number in digits or in words, with its length; 0 where there is none.
fn number(rest: &[char]) -> (usize, usize) {
    let digits: String = rest.iter().take_while(|c| c.is_ascii_digit()).collect();
    if let Ok(number) = digits.parse() {
        return (digits.len(), number);
    }
    let words = numeral::leading(rest).filter(|_| digits.is_empty());
    words.map_or((digits.len(), 0), |(number, length)| (length, usize::try_from(number).unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use juesuan_model::{Mark, Run};

    use super::*;

    fn list(lines: &[&str]) -> Vec<String> {
        let paragraph = |text: &&str| Block::Paragraph {
            runs: vec![Run { text: (*text).to_owned(), figure: None, mark: Mark::Plain }],
            origin: Vec::new(),
        };
        let heading = Block::Heading { level: 1, text: "二、机构设置".to_owned(), origin: Vec::new() };
        let blocks = std::iter::once(heading).chain(lines.iter().map(paragraph)).collect();
        let part = Part { title: "第一部分 概况".to_owned(), origin: Vec::new(), blocks };
        listed(&[part], "甲县林业局", &Catalog::load(&[]).unwrap()).names
    }

    #[test]
    fn numbered_lines_are_units_if_their_number_is_the_one_said() {
        let lines = ["纳入编制范围的预算单位共2个，包括：", "1.甲县林业局（本级）", "2.甲县林业科学研究所（公益一类）"];
        assert_eq!(list(&lines), ["甲县林业局（本级）", "甲县林业科学研究所"]);
        assert_eq!(list(&["部门由本级和1个下属单位组成，单位包括：", lines[1], lines[2]]).len(), 2);
        assert_eq!(list(&["部门由本级和三个下属单位组成，单位包括：", lines[1], lines[2]]), Vec::<String>::new());
    }

    #[test]
    fn offices_inside_a_unit_are_no_units() {
        let offices = ["我局内设机构包括：", "1.综合办公室", "2.行政审批办公室"];
        assert_eq!(list(&offices), Vec::<String>::new());
    }

    #[test]
    fn a_unit_without_a_document_of_its_own_is_not_listed_and_the_headquarters_always_are() {
        let lines = [
            "本部门中，行政单位1家，事业单位2家，具体包括：",
            "1.甲县林业局本部。",
            "2.甲县林场，不单列预算。",
            "3.甲县苗圃管理站。",
        ];
        assert_eq!(list(&lines), ["甲县林业局本部", "甲县苗圃管理站"]);
        let inline = ["下属单位包括：甲县林业科学研究所、甲县苗圃管理站。"];
        assert_eq!(list(&inline), ["甲县林业局", "甲县林业科学研究所", "甲县苗圃管理站"]);
    }

    #[test]
    fn a_numbered_line_that_is_no_name_spoils_a_list_without_a_number() {
        let lines = ["所属单位包括：", "1.甲县林业局（本级）", "2.负责森林防火工作"];
        assert_eq!(list(&lines), Vec::<String>::new());
    }
}

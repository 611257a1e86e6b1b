//! Names of the function classification in running text: `卫生健康支出（类）行政事业单位医疗（款）行政单位医疗（项）`.
//!
//! Each name has to be one of the year below the one before it. The tables of the document decide first, then the
//! catalogue; what neither knows is left alone, for a name may be missing from both.

use std::collections::BTreeSet;

use juesuan_catalog::Confidence;
use juesuan_catalog::names::item;
use juesuan_model::Dimension;
use rustc_hash::FxHashMap;

use crate::code_names::{bare, clipped, key, rows};
use crate::ledger::Ledger;
use crate::passages::{Passage, pattern};

/// The mark behind a name; the digits of its own level may stand inside.
const MARK: &str = "（[0-9]{0,3}(类|款|项)）";

/// The marks that a name cannot contain.
const BOUNDS: &str = "。；：，、.)0123456789";

/// A name of a path, with its bytes in the passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    /// Without its level.
    pub(crate) name: String,
    /// Digits of its code.
    pub(crate) digits: usize,
    /// First byte in the passage.
    pub(crate) from: usize,
    /// Byte behind it.
    pub(crate) to: usize,
}

/// A name that does not fit.
pub(crate) struct Wrong {
    /// Number of the passage.
    pub(crate) passage: usize,
    /// The name.
    pub(crate) step: Step,
    /// The name above it; empty for a class.
    pub(crate) above: String,
    /// It was a name in other years.
    pub(crate) obsolete: bool,
    /// Code and name that should stand there, where one can be told.
    pub(crate) right: Option<(String, String)>,
    /// Code and name of the section that it belongs to, where it stands below another.
    pub(crate) home: Option<(String, String)>,
}

/// An item that the text names by a right path.
pub(crate) struct Item {
    /// Number of the passage.
    pub(crate) passage: usize,
    /// Seven digits.
    pub(crate) code: String,
    /// Where its path ends, in bytes of the passage.
    pub(crate) end: usize,
}

/// The paths of a document, judged once.
pub(crate) struct Paths {
    /// How many names there are.
    pub(crate) seen: usize,
    /// Names that do not fit.
    pub(crate) wrong: Vec<Wrong>,
    /// Every item named by a right path.
    pub(crate) items: Vec<Item>,
    /// Codes of right paths whose amount is a placeholder.
    unfilled: BTreeSet<String>,
}

impl Paths {
    /// The codes that wrongly named paths probably mean, and those whose amount nobody filled in: the text speaks of them
    /// after all.
    pub(crate) fn meant(&self) -> BTreeSet<String> {
        let named = self.wrong.iter().filter_map(|wrong| Some(wrong.right.as_ref()?.0.clone()));
        named.chain(self.unfilled.iter().cloned()).collect()
    }

    /// Reads and judges every path.
    pub(crate) fn of(ledger: &Ledger<'_>, passages: &[Passage<'_>]) -> Paths {
        let found = found(passages);
        let seen = found.iter().map(|(_, path)| path.len()).sum();
        let mut out = Paths { seen, wrong: Vec::new(), items: Vec::new(), unfilled: BTreeSet::new() };
        if found.is_empty() {
            return out;
        }
        let names = Names::new(ledger, &found);
        let marks = &ledger.catalog.recognition.placeholders;
        for (at, (passage, path)) in found.iter().enumerate() {
            let Some(code) = out.judge(&names, *passage, path) else { continue };
            let next = found.get(at + 1).filter(|(other, _)| other == passage).and_then(|(_, path)| path.first());
            let text = passages.get(*passage).map_or("", Passage::text);
            let from = path.last().map_or(0, |step| step.to);
            let own = text.get(from..next.map_or(text.len(), |step| step.from)).unwrap_or_default();
            if marks.iter().any(|mark| own.contains(mark.as_str())) {
                out.unfilled.insert(code);
            }
        }
        out
    }

    /// Takes down what is wrong in a path; the code of a right one.
    fn judge(&mut self, names: &Names<'_>, passage: usize, path: &[Step]) -> Option<String> {
        let (mut code, mut above, mut right_so_far) = (String::new(), String::new(), true);
        for (at, step) in path.iter().enumerate() {
            // Without the class above it a name cannot be judged.
            if code.is_empty() && step.digits > 3 {
                return None;
            }
            if let Some(own) = names.code(&step.name, step.digits, &code) {
                (code, above) = (own, step.name.clone());
            } else if let Some(own) = names.elsewhere(step, &code) {
                right_so_far = false;
                let home = own.get(..code.len()).map(|home| (home.to_owned(), names.name(home)));
                let right = Some((own.clone(), names.name(&own)));
                self.wrong.push(Wrong {
                    passage,
                    step: step.clone(),
                    above: above.clone(),
                    obsolete: false,
                    right,
                    home,
                });
                (code, above) = (own, step.name.clone());
            } else {
                right_so_far = false;
                let Some((obsolete, right)) = names.fault(step, &code, path.get(at + 1)) else { continue };
                // The name below is judged below what should stand here.
                code = right.as_ref().map_or(code, |(right, _)| right.clone());
                self.wrong.push(Wrong {
                    passage,
                    step: step.clone(),
                    above: above.clone(),
                    obsolete,
                    right,
                    home: None,
                });
            }
        }
        if right_so_far && code.len() == 7 {
            self.items.push(Item { passage, code: code.clone(), end: path.last().map_or(0, |step| step.to) });
        }
        right_so_far.then_some(code)
    }
}

/// The word of a level.
pub(crate) const fn level(digits: usize) -> &'static str {
    match digits {
        3 => "类",
        5 => "款",
        _ => "项",
    }
}

/// Every path of the document with the number of its passage.
fn found(passages: &[Passage<'_>]) -> Vec<(usize, Vec<Step>)> {
    let texts = passages.iter().enumerate().filter(|(_, passage)| passage.is_paragraph() || passage.is_title());
    texts.flat_map(|(number, passage)| paths(passage).into_iter().map(move |path| (number, path))).collect()
}

/// What names there are, as compared, and the codes that have them.
struct Names<'a> {
    ledger: &'a Ledger<'a>,
    /// Code and name of the rows of the tables.
    printed: Vec<(String, &'a str)>,
    /// Codes that the tables print under a name.
    of_tables: FxHashMap<String, Vec<String>>,
    /// Codes of the classification under a name: those of the year, then old ones.
    of_year: FxHashMap<String, Vec<String>>,
    old: FxHashMap<String, Vec<String>>,
    /// Every name that some path has, with the number of its digits.
    mentioned: BTreeSet<(usize, String)>,
}

impl<'a> Names<'a> {
    fn new(ledger: &'a Ledger<'a>, found: &[(usize, Vec<Step>)]) -> Names<'a> {
        let rows = rows(ledger).into_iter().filter(|(dimension, ..)| *dimension == Dimension::Function);
        let printed: Vec<(String, &str)> = rows.map(|(_, code, row, _)| (code, row)).collect();
        let mentioned = found.iter().flat_map(|(_, path)| path).map(|step| (step.digits, key(&step.name)));
        let mut names = Names {
            ledger,
            printed,
            of_tables: FxHashMap::default(),
            of_year: FxHashMap::default(),
            old: FxHashMap::default(),
            mentioned: mentioned.collect(),
        };
        for (code, row) in &names.printed {
            names.of_tables.entry(key(row)).or_default().push(code.clone());
        }
        for row in ledger.catalog.functions.all().filter(|row| row.confidence < Confidence::C) {
            let valid = row.valid_in(ledger.package.entity.year);
            let list = if valid { &mut names.of_year } else { &mut names.old };
            list.entry(key(&row.name)).or_default().push(row.code.clone());
        }
        names
    }

    /// The code of a name below another, as the tables print it or the classification of the year has it.
    fn code(&self, name: &str, digits: usize, above: &str) -> Option<String> {
        let name = key(name);
        let lists = [self.of_tables.get(&name), self.of_year.get(&name)].into_iter().flatten().flatten();
        lists.into_iter().find(|code| code.len() == digits && code.starts_with(above)).cloned()
    }

    /// The code of an item that belongs to another section of the class: the tables, or else the classification of the year, have
    /// its name once in the class, and the classification knows what is below the section that the text names.
    fn elsewhere(&self, step: &Step, section: &str) -> Option<String> {
        let class = section.get(..3).filter(|_| step.digits == 7 && section.len() == 5)?;
        let name = key(&step.name);
        let once = |list: Option<&Vec<String>>| {
            let own: BTreeSet<&String> = list
                .into_iter()
                .flatten()
                .filter(|code| code.len() == step.digits && code.starts_with(class))
                .collect();
            let only = own.first().copied().cloned();
            only.filter(|_| own.len() == 1)
        };
        let known = || self.ledger.catalog.functions.children(section).next().is_some();
        once(self.of_tables.get(&name)).or_else(|| once(self.of_year.get(&name)).filter(|_| known()))
    }

    /// Whether an unknown name is a fault: it is an old name, or the tables have a code whose name no path gives. With it
    /// the code and name that should stand there.
    fn fault(&self, step: &Step, above: &str, next: Option<&Step>) -> Option<(bool, Option<(String, String)>)> {
        let below = |code: &str| code.len() == step.digits && code.starts_with(above);
        let obsolete = self.old.get(&key(&step.name)).is_some_and(|codes| codes.iter().any(|c| c.len() == step.digits));
        // The name below tells which one is meant.
        let by_next = next.and_then(|next| self.code(&next.name, next.digits, above));
        let by_next = by_next.and_then(|code| Some((code.get(..step.digits)?.to_owned(), String::new())));
        let named = |code: &str, row: &str| self.mentioned.contains(&(step.digits, key(self.whole(code, row))));
        let mut left: Vec<(String, String)> = self
            .printed
            .iter()
            .filter(|(code, row)| below(code) && !named(code, row))
            .map(|(code, row)| (code.clone(), (*row).to_owned()))
            .collect();
        left.dedup_by(|a, b| a.0 == b.0);
        let several = left.len() > 1;
        let left = left.into_iter().next().filter(|_| !several);
        let right = by_next.or(left);
        let right = right.map(|(code, _)| (code.clone(), self.name(&code)));
        (obsolete || right.is_some()).then_some((obsolete, right))
    }

    /// The name of a code as a table prints it; that of the year, where the table cuts it.
    fn whole<'n>(&'n self, code: &str, row: &'n str) -> &'n str {
        let of_year = self.ledger.catalog.functions.name(code, self.ledger.package.entity.year);
        of_year.filter(|name| clipped(row, name)).unwrap_or(row)
    }

    /// The name of a code as the tables print it, else that of the year.
    fn name(&self, code: &str) -> String {
        let printed = self.printed.iter().find(|(own, _)| own == code).map(|(_, row)| bare(self.whole(code, row)));
        let year = self.ledger.package.entity.year;
        printed.or_else(|| self.ledger.catalog.functions.name(code, year).map(str::to_owned)).unwrap_or_default()
    }
}

/// The paths of a passage; each name one level deeper than the one before.
fn paths(passage: &Passage<'_>) -> Vec<Vec<Step>> {
    let Some(mark) = pattern(MARK) else { return Vec::new() };
    let text = passage.text();
    let mut out: Vec<Vec<Step>> = Vec::new();
    let mut end_of_last = 0;
    for found in mark.captures_iter(text) {
        let (Some(whole), Some(word)) = (found.get(0), found.get(1)) else { continue };
        let digits = match word.as_str() {
            "类" => 3,
            "款" => 5,
            _ => 7,
        };
        let between = text.get(end_of_last..whole.start()).unwrap_or_default();
        let trimmed = between.trim_start_matches(item::EXPENSE).trim_start_matches(['-', '—', '、', '－']);
        let deeper = out.last().and_then(|path| path.last()).is_some_and(|step| step.digits < digits);
        let continues = deeper && !trimmed.is_empty() && !trimmed.contains(['。', '；', '：', '，', '.']);
        let from = if continues {
            whole.start() - trimmed.len()
        } else {
            // A path begins behind the last mark of punctuation.
            let start = between.rfind(|c| BOUNDS.contains(c));
            let next = start.and_then(|at| Some(at + between.get(at..)?.chars().next()?.len_utf8()));
            end_of_last + next.unwrap_or(0)
        };
        end_of_last = whole.end();
        let name = text.get(from..whole.start()).unwrap_or_default().to_owned();
        if name.is_empty() {
            continue;
        }
        let step = Step { name, digits, from, to: whole.end() };
        match out.last_mut().filter(|_| continues) {
            Some(path) => path.push(step),
            None => out.push(vec![step]),
        }
    }
    out
}

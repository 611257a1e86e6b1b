//! All words by which a sentence is read: the lexicon of the catalogue, the names of tree nodes, the names of
//! classification codes; the longest that fits a place counts.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use juesuan_catalog::names::{FINAL_ACCOUNTS, item, stage};
use juesuan_catalog::{Catalog, LexiconUnit, LexiconWord, Reach, WordKind};
use juesuan_model::{Dimension, Meaning};
use juesuan_text::{characters, part};

use super::EntityContext;

/// A word, with its spelling as compared.
#[derive(Clone, Debug)]
pub struct Word {
    /// Spellings, kind and what it means.
    pub entry: Arc<LexiconWord>,
    /// Codes of the economic classification that bear this name: what the word means below 基本支出.
    pub economic: Option<String>,
}

impl Word {
    /// A word of no code.
    fn of(entry: LexiconWord) -> Word {
        Word { entry: Arc::new(entry), economic: None }
    }
}

/// Spellings by first character, the longest first.
type Spelled = BTreeMap<char, Vec<(Vec<char>, Word)>>;

/// The words of a document.
#[derive(Clone, Debug, Default)]
pub struct Words {
    known: Arc<Known>,
    /// Names of the entity and its projects that are no words already.
    own: Spelled,
    /// Year of the accounts.
    pub year: u16,
}

/// What the catalogue names in one year: the same for every document of that year.
#[derive(Clone, Debug, Default)]
pub struct Known {
    words: Spelled,
    units: Vec<(Vec<char>, LexiconUnit)>,
    /// 区直, 全区.
    areas: Vec<Vec<char>>,
    /// 年初预算, 全年预算.
    budgets: Vec<Vec<char>>,
    /// 执行数.
    accounts: Vec<Vec<char>>,
    /// 原因是.
    causes: Vec<Vec<char>>,
    /// `以上`: behind a number that is a limit.
    limits: Vec<Vec<char>>,
}

impl Known {
    /// Everything the catalogue names.
    pub fn new(catalog: &Catalog, year: u16) -> Known {
        let mut all: BTreeMap<Vec<char>, Word> = BTreeMap::new();
        for entry in &catalog.lexicon.word {
            // Of dozens of spellings each is this one word.
            let shared = Arc::new(entry.clone());
            for word in &entry.words {
                all.entry(characters(word)).or_insert_with(|| Word { entry: Arc::clone(&shared), economic: None });
            }
        }
        for (spelling, means) in node_words(catalog) {
            // A word for several nodes (总计) says nothing by itself.
            if let [one] = means.as_slice() {
                let kind = kind_of(catalog, one);
                all.entry(spelling).or_insert_with(|| plain(kind, one.clone()));
            }
        }
        // The classes of other years too: a page that was made later has their names.
        let (now, then): (Vec<_>, Vec<_>) =
            catalog.functions.all().filter(|code| code.code.len() == 3).partition(|code| code.valid_in(year));
        for code in now.into_iter().chain(then) {
            let means = Meaning::new().with(Dimension::Function, code.code.as_str());
            all.entry(characters(&code.name)).or_insert_with(|| plain(WordKind::Subject, means));
        }
        // Of several codes with one name, the one of the year, then the one that the printed tables list.
        let lists = catalog.variants.iter().flat_map(|variant| variant.tables.lists.values());
        let printed: BTreeSet<&str> = lists.flatten().map(String::as_str).collect();
        let mut economics: Vec<_> = catalog.economics.all().collect();
        economics.sort_by_key(|code| (!code.valid_in(year), !printed.contains(code.code.as_str())));
        for code in economics {
            let word = all.entry(characters(&code.name)).or_insert_with(|| Word::of(unknown()));
            word.economic.get_or_insert_with(|| code.code.clone());
        }
        let mut words = Known { words: spelled(all), ..Known::default() };
        for unit in &catalog.lexicon.unit {
            words.units.extend(unit.words.iter().map(|word| (characters(word), unit.clone())));
        }
        words.units.sort_by_key(|(spelling, _)| std::cmp::Reverse(spelling.len()));
        let named = [stage::INITIAL, stage::FULL_YEAR];
        let budgets = catalog.lexicon.word.iter().filter(|entry| named.contains(&entry.stage.as_str()));
        words.budgets = budgets.flat_map(|entry| &entry.words).map(|word| characters(word)).collect();
        let accounts =
            catalog.lexicon.word.iter().filter(|entry| entry.stage == FINAL_ACCOUNTS && entry.means.is_empty());
        words.accounts = accounts.flat_map(|entry| &entry.words).map(|word| characters(word)).collect();
        let causes = catalog.lexicon.word.iter().filter(|entry| entry.kind == WordKind::Cause);
        words.causes = causes.flat_map(|entry| &entry.words).map(|word| characters(word)).collect();
        let areas = catalog.lexicon.word.iter().filter(|entry| entry.kind == WordKind::Area);
        words.areas = areas.flat_map(|entry| &entry.words).map(|word| characters(word)).collect();
        words.limits = catalog.performance.values.limits().map(characters).collect();
        words
    }
}

fn spelled(all: BTreeMap<Vec<char>, Word>) -> Spelled {
    let mut out = Spelled::new();
    for (spelling, word) in all.into_iter().rev() {
        if let Some(first) = spelling.first() {
            out.entry(*first).or_default().push((spelling, word));
        }
    }
    for list in out.values_mut() {
        list.sort_by_key(|(spelling, _)| std::cmp::Reverse(spelling.len()));
    }
    out
}

fn longest<'w>(words: &'w Spelled, chars: &[char]) -> Option<(&'w Word, usize)> {
    let list = words.get(chars.first()?)?;
    list.iter().find(|(spelling, _)| chars.starts_with(spelling)).map(|(spelling, word)| (word, spelling.len()))
}

impl Words {
    /// What the catalogue names in the year of the entity, and the names of the entity.
    pub fn new(known: Arc<Known>, entity: &EntityContext) -> Words {
        let mut own: BTreeMap<Vec<char>, Word> = BTreeMap::new();
        for project in &entity.projects {
            let means = Meaning::new().with(Dimension::Project, project.as_str());
            own.entry(characters(project)).or_insert_with(|| plain(WordKind::Subject, means));
        }
        for name in [&entity.name, &entity.short].into_iter().filter(|name| !name.is_empty()) {
            let glue = LexiconWord { kind: WordKind::Glue, ..unknown() };
            own.entry(characters(name)).or_insert_with(|| Word::of(glue));
        }
        Words { known, own: spelled(own), year: entity.year }
    }

    /// The same with other names of the entity.
    #[must_use]
    pub fn and_names(mut self, names: impl IntoIterator<Item = String>) -> Words {
        for name in names {
            let spelling = characters(&name);
            let word = Word::of(LexiconWord { kind: WordKind::Glue, ..unknown() });
            if let Some(first) = spelling.first() {
                let list = self.own.entry(*first).or_default();
                let at = list.partition_point(|(other, _)| other.len() >= spelling.len());
                list.insert(at, (spelling, word));
            }
        }
        self
    }

    /// The longest word at the beginning of `chars`, and its length; of equals that of the catalogue.
    pub fn at(&self, chars: &[char]) -> Option<(&Word, usize)> {
        let known = longest(&self.known.words, chars);
        let own = longest(&self.own, chars);
        own.filter(|(_, length)| known.is_none_or(|(_, other)| *length > other)).or(known)
    }

    /// True if a text has a word for one budget of the year, but for what it gives as causes.
    pub fn name_budgets(&self, chars: &[char]) -> bool {
        let is = |words: &[Vec<char>], at: usize| words.iter().any(|word| part(chars, at..).starts_with(word));
        let mut caused = false;
        (0..chars.len()).any(|at| {
            caused = (caused || is(&self.known.causes, at)) && chars.get(at) != Some(&'。');
            !caused && is(&self.known.budgets, at)
        })
    }

    /// True if a text has a word for what was carried out.
    pub fn name_accounts(&self, chars: &[char]) -> bool {
        (0..chars.len()).any(|at| self.known.accounts.iter().any(|word| part(chars, at..).starts_with(word)))
    }

    /// True if a text may have words that say whose an amount is.
    pub fn name_areas(&self, chars: &[char]) -> bool {
        chars.iter().enumerate().any(|(at, c)| {
            let mut begun = self.known.areas.iter().filter(|word| word.first() == Some(c));
            begun.any(|word| part(chars, at..).starts_with(word))
        })
    }

    /// The unit at the beginning of `chars`, and its length.
    pub fn unit_at(&self, chars: &[char]) -> Option<(&LexiconUnit, usize)> {
        self.known
            .units
            .iter()
            .find(|(spelling, _)| chars.starts_with(spelling))
            .map(|(spelling, unit)| (unit, spelling.len()))
    }

    /// The length of the words at the beginning of `chars` that make a limit of the number before them.
    pub fn limit_at(&self, chars: &[char]) -> Option<usize> {
        self.known.limits.iter().filter(|word| chars.starts_with(word)).map(Vec::len).max()
    }
}

fn node_words(catalog: &Catalog) -> BTreeMap<Vec<char>, Vec<Meaning>> {
    let mut words: BTreeMap<Vec<char>, Vec<Meaning>> = BTreeMap::new();
    for dimension in [Dimension::Item, Dimension::Fund, Dimension::Source, Dimension::Nature, Dimension::Theme] {
        for node in catalog.trees.nodes(dimension) {
            for word in std::iter::once(&node.name).chain(&node.words) {
                let meaning = Meaning::new().with(dimension, node.name.as_str());
                let list = words.entry(characters(word)).or_default();
                if !list.contains(&meaning) {
                    list.push(meaning);
                }
            }
        }
    }
    words
}

fn kind_of(catalog: &Catalog, meaning: &Meaning) -> WordKind {
    match meaning.get(Dimension::Item) {
        Some(item) if !is_money(catalog, item) => WordKind::Count,
        _ => WordKind::Subject,
    }
}

/// True for items of the two great sums; others are things.
pub fn is_money(catalog: &Catalog, item: &str) -> bool {
    [item::INCOME_TOTAL, item::EXPENSE_TOTAL].iter().any(|sum| catalog.trees.contains(Dimension::Item, sum, item))
}

fn plain(kind: WordKind, means: Meaning) -> Word {
    Word::of(LexiconWord { kind, means: vec![means], ..unknown() })
}

fn unknown() -> LexiconWord {
    LexiconWord {
        words: Vec::new(),
        kind: WordKind::Other,
        means: Vec::new(),
        reach: Reach::Own,
        stage: String::new(),
        then: false,
        inherits: false,
        among: Vec::new(),
        joined: false,
        below: None,
        tells: false,
    }
}

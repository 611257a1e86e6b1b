//! A province's (or the state's) way of printing the tables: `catalog/variants/*.toml`.
//!
//! A variant names its `base` and says only what differs from it: `[tables]` for all tables, `[tables.form.KEY]` for one.
//! `[year.2024]` holds what differs from that year on. Tables of a file are laid over each other key by key; a list takes
//! the place of a list. `places` belong to [`crate::recognition`], `[section.KEY]` to [`crate::section`].

mod slips;
mod texts;

use std::collections::BTreeMap;

use juesuan_model::{DocumentKind, Problem};
use serde::Deserialize;

use crate::form::{Form, ZeroPrint};
use crate::kept::Kept;
use crate::near::nearest;
use crate::source::{Source, Written, lay, stem};
use crate::template::Template;

use slips::Printed;

/// A form, and the layout and year that it is of.
type Placed<'a> = (&'a (String, u16), &'a Form);

/// What holds for all tables of a variant.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableStyle {
    /// Keys of the forms in the order of publication.
    pub order: Vec<String>,
    /// Line above at the left, with `{单位}` and `{决算主体}`; empty: none.
    #[serde(default)]
    pub entity: Template,
    /// Line above at the right, with `{金额单位}`.
    #[serde(default)]
    pub unit: Template,
    /// True if `公开0N表` is printed.
    #[serde(default)]
    pub numbers: bool,
    /// True if 行次 columns are printed.
    #[serde(default)]
    pub row_numbers: bool,
    /// True if 栏次 is printed.
    #[serde(default)]
    pub column_numbers: bool,
    /// Zero.
    #[serde(default)]
    pub zero: ZeroPrint,
    /// True for commas at every third digit.
    #[serde(default)]
    pub grouped: bool,
    /// Notes below every table, after its own.
    #[serde(default)]
    pub notes: Vec<Template>,
    /// Word before the notes, e.g. `注：`.
    #[serde(default)]
    pub note_lead: String,
    /// Fixed lists of codes that forms name.
    #[serde(default)]
    pub lists: BTreeMap<String, Vec<String>>,
}

/// One variant as it is from one year on.
#[derive(Clone, Debug, Default)]
pub struct Variant {
    /// Key: the name of its file.
    pub key: String,
    /// Name for people.
    pub name: String,
    /// First year of accounts this is for; 0: since ever.
    pub since: u16,
    /// What is published this way: 决算, or with `kind = "budget"` 预算.
    pub kind: DocumentKind,
    /// All tables.
    pub tables: TableStyle,
    /// The tables in the order of publication.
    pub forms: Vec<Form>,
    /// Keys of the files that it is made of, its own first.
    pub(crate) files: Vec<String>,
}

impl Variant {
    /// A fault of one of its files, in the nearest of them that says the last of these words in the table of one form.
    pub(crate) fn fault_of_form(&self, form: &str, word: &str, source: &Source, message: String) -> Problem {
        let paths = || self.files.iter().map(|key| format!("variants/{key}.toml"));
        match paths().find_map(|path| source.place_below(&path, &["tables", "form", form], word)) {
            Some(place) => Problem::fatal(place, message),
            None => source.fault(&format!("variants/{}.toml", self.key), &[form, word], message),
        }
    }

    /// A form by its key.
    pub fn form(&self, key: &str) -> Option<&Form> {
        self.forms.iter().find(|f| f.key == key)
    }

    /// Keys of the forms that accounts of `year` have, in the order of publication; of an unknown year (0) all.
    pub fn asked(&self, year: u16) -> impl Iterator<Item = &str> {
        let begun = move |form: &&Form| year == 0 || form.since <= year;
        let there = move |key: &&String| self.form(key).as_ref().is_some_and(begun);
        self.tables.order.iter().filter(there).map(String::as_str)
    }
}

/// All variants.
#[derive(Clone, Debug, Default)]
pub struct Variants {
    variants: BTreeMap<(String, u16), Variant>,
    /// By the key of a form, the first variant of each of its layouts.
    layouts: Kept<BTreeMap<String, Vec<(String, u16)>>>,
}

/// The files of `variants/` as they are written, by their names without ending.
pub(crate) struct VariantFiles<'s>(BTreeMap<String, Written<'s>>);

/// What a file of a variant may say, and what a year of it may.
const KEYS: &[&str] = &["name", "base", "kind", "places", "tables", "section", "year"];
const YEAR_KEYS: &[&str] = &["name", "kind", "tables"];
/// Years of accounts that a part of a variant can be for.
const YEARS: std::ops::Range<u16> = 2000..2100;

impl<'s> VariantFiles<'s> {
    /// Reads the files. Keys that nobody reads are problems.
    pub(crate) fn load(source: &'s Source, problems: &mut Vec<Problem>) -> VariantFiles<'s> {
        let files = VariantFiles(named(source, "variants/", problems));
        for (_, file) in files.iter() {
            only(source, file, KEYS, problems);
            for year in file.get("year").map(Written::table).into_iter().flatten() {
                only(source, &year.value, YEAR_KEYS, problems);
                if !year.key.parse::<u16>().is_ok_and(|year| YEARS.contains(&year)) {
                    let message = format!("“{}”不是四位年份；写作 [year.2025]", year.key);
                    problems.push(Problem::fatal(source.place(year.at), message));
                }
            }
        }
        files
    }

    /// Keys of the variants.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Each with its file.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Written<'s>)> {
        self.0.iter().map(|(key, file)| (key.as_str(), file))
    }

    /// The file and those it is based on with their keys, the lowest base first; or the word that leads nowhere, and what is
    /// wrong with it.
    pub(crate) fn chain(&self, key: &str) -> Result<Vec<(&str, &Written<'s>)>, (usize, String)> {
        let mut chain = Vec::new();
        let mut next = self.0.get_key_value(key);
        while let Some((key, file)) = next {
            chain.push((key.as_str(), file));
            let Some(base) = file.get("base") else { break };
            if chain.len() > self.0.len() {
                return Err((base.at, "base 绕成了圈".to_owned()));
            }
            let word = base.text().unwrap_or_default();
            next = self.0.get_key_value(word);
            if next.is_none() {
                return Err((base.at, format!("base 提到没有的地区“{word}”{}", nearest(word, self.keys()))));
            }
        }
        chain.reverse();
        Ok(chain)
    }
}

/// Names every key of a table that is none of these.
fn only(source: &Source, table: &Written<'_>, keys: &[&str], problems: &mut Vec<Problem>) {
    for entry in table.table().iter().filter(|entry| !keys.contains(&entry.key.as_ref())) {
        let near = nearest(&entry.key, keys.iter().copied());
        let message = format!("没有“{}”这一项{near}；可以写：{}", entry.key, keys.join("、"));
        problems.push(Problem::fatal(source.place(entry.at), message));
    }
}

impl Variants {
    /// Reads `forms/`; every variant is made for each year in which it changes.
    pub(crate) fn load(source: &Source, files: &VariantFiles<'_>, problems: &mut Vec<Problem>) -> Variants {
        let forms = named(source, "forms/", problems);
        let mut variants = BTreeMap::new();
        let mut plain = BTreeMap::new();
        let mut printed = Printed::default();
        for key in files.keys() {
            let chain = match files.chain(key) {
                Ok(chain) => chain,
                Err((at, message)) => {
                    problems.push(Problem::fatal(source.place(at), message));
                    continue;
                }
            };
            let mut years = vec![0];
            years.extend(chain.iter().flat_map(|(_, file)| overlays(file)).map(|(year, _)| year));
            years.sort_unstable();
            years.dedup();
            for year in years {
                let mut maker =
                    Maker { source, forms: &forms, plain: &mut plain, printed: &mut printed, key, problems };
                if let Some(variant) = maker.variant(year, &chain) {
                    variants.insert((key.to_owned(), year), variant);
                }
            }
        }
        let variants = Variants { variants, layouts: Kept::default() };
        texts::check(&variants, source, problems);
        printed.check(source, files, &forms, problems);
        variants
    }

    /// The variant as it is for the accounts of `year`.
    pub fn get(&self, key: &str, year: u16) -> Option<&Variant> {
        self.variants.range((key.to_owned(), 0)..=(key.to_owned(), year)).next_back().map(|(_, variant)| variant)
    }

    /// The layouts of a form that variants have of their own, each once: as the first variant prints it that has it.
    pub fn layouts(&self, key: &str) -> impl Iterator<Item = &Form> {
        let layouts = self.layouts.get(|| self.distinct());
        let first = layouts.get(key).map_or(&[][..], Vec::as_slice);
        first.iter().filter_map(move |of| self.variants.get(of)?.form(key))
    }

    fn distinct(&self) -> BTreeMap<String, Vec<(String, u16)>> {
        let mut out: BTreeMap<&str, Vec<Placed<'_>>> = BTreeMap::new();
        for (of, variant) in &self.variants {
            for form in variant.forms.iter().filter(|form| form.own) {
                let known = out.entry(&form.key).or_default();
                if !known.iter().any(|(_, own)| own.block == form.block) {
                    known.push((of, form));
                }
            }
        }
        let firsts = |known: Vec<(&(String, u16), &Form)>| known.into_iter().map(|(of, _)| of.clone()).collect();
        out.into_iter().map(|(key, known)| (key.to_owned(), firsts(known))).collect()
    }

    /// Every variant, by key and year.
    pub fn iter(&self) -> impl Iterator<Item = &Variant> {
        self.variants.values()
    }
}

/// Makes the variants of one file.
struct Maker<'m, 's> {
    source: &'s Source,
    forms: &'m BTreeMap<String, Written<'s>>,
    /// Forms that were read without anything laid over them; most variants take most of their forms so.
    plain: &'m mut BTreeMap<String, Option<Form>>,
    printed: &'m mut Printed,
    key: &'m str,
    problems: &'m mut Vec<Problem>,
}

impl<'s> Maker<'_, 's> {
    fn variant(&mut self, year: u16, chain: &[(&str, &Written<'s>)]) -> Option<Variant> {
        let mut merged = Written::nothing(chain.last()?.1.at);
        // The base with all its years comes before the variant: what a variant says holds against its base.
        for (_, file) in chain {
            for part in std::iter::once(*file).chain(overlays(file).filter(|(from, _)| *from <= year).map(|(_, t)| t)) {
                for entry in part.table().iter().filter(|e| matches!(e.key.as_ref(), "name" | "kind" | "tables")) {
                    lay(&mut merged, entry);
                }
            }
        }
        let Some(mut tables) = merged.take("tables") else {
            self.report(merged.at, "缺少 [tables]".to_owned());
            return None;
        };
        let over = tables.take("form").unwrap_or_else(|| Written::nothing(tables.at));
        for entry in over.table().iter().filter(|entry| !self.forms.contains_key(entry.key.as_ref())) {
            let near = nearest(&entry.key, self.forms.keys().map(String::as_str));
            self.report(entry.at, format!("没有名为“{}”的表{near}", entry.key));
        }
        // Fixed lists are rows of forms.
        let lists = |file: &Written<'s>| file.get("tables").is_some_and(|tables| tables.get("lists").is_some());
        let root = chain.len() == 1;
        let own =
            root || chain.iter().skip(1).any(|(_, file)| lists(file) || overlays(file).any(|(_, file)| lists(file)));
        let order = tables.get("order").map_or_else(Vec::new, |order| order.list().to_vec());
        let files: Vec<String> = chain.iter().rev().map(|(key, _)| (*key).to_owned()).collect();
        self.printed.add(&files, order.iter().filter_map(Written::text));
        let style: TableStyle = self.source.decode(&tables, self.problems)?;
        let mut made: Vec<Form> = Vec::new();
        for name in &order {
            let Some(key) = name.text() else { continue };
            if made.iter().any(|form| form.key == key) {
                self.report(name.at, format!("order 里“{key}”写了两次，请只留一处"));
                continue;
            }
            match self.forms.get(key) {
                Some(base) => {
                    let over = over.get(key);
                    let form = self.form(key, base, over, &style);
                    made.extend(form.map(|form| Form { own: own || over.is_some(), ..form }));
                }
                None => {
                    let near = nearest(key, self.forms.keys().map(String::as_str));
                    self.report(name.at, format!("order 提到没有的表“{key}”{near}"));
                }
            }
        }
        let name = merged.get("name").and_then(Written::text).unwrap_or(self.key).to_owned();
        let kind = match merged.take("kind") {
            Some(kind) => self.source.decode(&kind, self.problems)?,
            None => DocumentKind::Final,
        };
        Some(Variant { key: self.key.to_owned(), name, since: year, kind, tables: style, forms: made, files })
    }

    fn form(&mut self, key: &str, base: &Written<'s>, over: Option<&Written<'s>>, style: &TableStyle) -> Option<Form> {
        let mut form = self.read(key, base, over)?;
        key.clone_into(&mut form.key);
        // What a base renames may have gone with the blocks that this variant puts in their place.
        let plain = self.read(key, base, None);
        let forms: Vec<&Form> = std::iter::once(&form).chain(&plain).collect();
        slips::strange(&forms, over.into_iter().chain([base]), |at, message| self.report(at, message));
        for (word, message) in form.settle(&style.lists) {
            // Where a base says it, it is told once, however many variants take it over.
            let at = over.into_iter().chain([base]).find_map(|written| written.find(&[&word]));
            self.report(at.unwrap_or(base.at), format!("表 {key}：{message}"));
        }
        Some(form)
    }

    /// A form as it is written, with what the variant lays over it.
    fn read(&mut self, key: &str, base: &Written<'s>, over: Option<&Written<'s>>) -> Option<Form> {
        let Some(over) = over else {
            if !self.plain.contains_key(key) {
                let form = self.source.decode(base, self.problems);
                self.plain.insert(key.to_owned(), form);
            }
            return self.plain.get(key).cloned().flatten();
        };
        let mut form = base.clone();
        over.table().iter().for_each(|entry| lay(&mut form, entry));
        // A variant's title is one more title, never the only one.
        if let (Some(titles), Some(_)) = (base.get("titles"), over.get("titles")) {
            form.extend("titles", titles.list());
        }
        self.source.decode(&form, self.problems)
    }

    fn report(&mut self, at: usize, message: String) {
        self.problems.push(Problem::fatal(self.source.place(at), message));
    }
}

/// `[year.N]` parts in order of years.
fn overlays<'f, 's>(file: &'f Written<'s>) -> impl Iterator<Item = (u16, &'f Written<'s>)> {
    let years = file.get("year").map(Written::table).into_iter().flatten();
    let mut years: Vec<(u16, &Written<'s>)> =
        years.filter_map(|entry| Some((entry.key.parse().ok()?, &entry.value))).collect();
    years.sort_by_key(|(year, _)| *year);
    years.into_iter()
}

/// The files directly in `folder`, by name without ending.
fn named<'s>(source: &'s Source, folder: &str, problems: &mut Vec<Problem>) -> BTreeMap<String, Written<'s>> {
    source
        .below(folder, ".toml")
        .filter_map(|path| Some((stem(path, folder).to_owned(), source.written(path, problems)?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use juesuan_model::{CellRole, Dimension};

    fn load(source: &Source) -> Variants {
        let mut problems = Vec::new();
        let files = VariantFiles::load(source, &mut problems);
        let variants = Variants::load(source, &files, &mut problems);
        assert!(problems.is_empty(), "{problems:#?}");
        variants
    }

    fn embedded() -> Variants {
        load(&Source::embedded())
    }

    #[test]
    fn every_variant_has_the_nine_tables_and_shanghai_changes_only_what_differs() {
        let variants = embedded();
        for variant in variants.iter().filter(|variant| variant.kind.is_final()) {
            assert!(variant.forms.len() >= 9, "{}", variant.key);
        }
        let (hubei, shanghai) = (variants.get("hubei", 2023).unwrap(), variants.get("shanghai", 2024).unwrap());
        assert_eq!(hubei.forms[6].key, "government-fund");
        assert_eq!(shanghai.forms[6].key, "three-public");
        let classes = |v: &Variant| v.form("income-expense-summary").unwrap().block[1].row[0].codes.clone();
        assert_eq!(classes(hubei)[25], "234");
        assert_eq!(classes(shanghai)[23], "234");
        let column = |v: &Variant| v.form("income-expense-summary").unwrap().block[0].column[2].clone();
        assert_eq!(column(hubei).head[1], "金额");
        assert_eq!(column(shanghai).head[1], "决算数");
        assert_eq!(column(shanghai).kind, CellRole::Number);
    }

    #[test]
    fn the_budget_of_the_three_public_expenses_is_another_stage_in_another_variant() {
        let variants = embedded();
        let stage = |key: &str| {
            let form = variants.get(key, 2024).unwrap().form("three-public").unwrap();
            let (block, row) = (&form.block[0], &form.block[0].row[0]);
            form.meaning(block, row, None, &block.column[0]).get(Dimension::Stage).map(str::to_owned)
        };
        assert_eq!(stage("hubei").as_deref(), Some("全年预算"));
        assert_eq!(stage("shanghai").as_deref(), Some("年初预算"));
    }

    #[test]
    fn a_year_changes_a_variant_from_that_year_on() {
        let mut source = Source::embedded();
        let dir = std::env::temp_dir().join("juesuan-variant-years");
        std::fs::create_dir_all(dir.join("variants")).unwrap();
        std::fs::write(
            dir.join("variants/jiangnan.toml"),
            "name = \"江南\"\nbase = \"state\"\n[year.2025.tables]\ngrouped = true\n[year.2025.tables.form.three-public]\nnumber = \"公开10表\"\n",
        )
        .unwrap();
        let mut problems = Vec::new();
        source.overlay(&dir, &mut problems);
        assert!(problems.is_empty(), "{problems:?}");
        let variants = load(&source);
        assert!(!variants.get("jiangnan", 2024).unwrap().tables.grouped);
        let later = variants.get("jiangnan", 2026).unwrap();
        assert!(later.tables.grouped);
        assert_eq!(later.form("three-public").unwrap().number, "公开10表");
    }

    #[test]
    fn a_sum_over_a_row_that_does_not_exist_is_a_fault_of_the_form() {
        let mut form: Form = toml::from_str(
            "name = \"表\"\n[[block]]\ncolumn = [{ kind = \"number\", head = [\"数\"], width = 1 }]\nrow = [{ name = \"合计\", adds = [\"无\"] }]\n",
        )
        .unwrap();
        assert_eq!(form.settle(&BTreeMap::new()).len(), 1);
    }
}

//! A province's (or the state's) way of printing the tables: `catalog/variants/*.toml`.
//!
//! A variant names its `base` and says only what differs from it: `[tables]` for all tables, `[tables.form.KEY]` for one.
//! `[year.2024]` holds what differs from that year on. Tables of a file are laid over each other key by key; a list takes
//! the place of a list. Parts of the file that this module does not know belong to others.

mod texts;

use std::collections::BTreeMap;

use juesuan_model::{Kind, Place, Problem};
use serde::Deserialize;
use toml::{Table, Value};

use crate::form::{Form, ZeroPrint};
use crate::source::Source;
use crate::template::Template;

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
    pub kind: Kind,
    /// All tables.
    pub tables: TableStyle,
    /// The tables in the order of publication.
    pub forms: Vec<Form>,
}

impl Variant {
    /// A form by its key.
    pub fn form(&self, key: &str) -> Option<&Form> {
        self.forms.iter().find(|f| f.key == key)
    }
}

/// All variants.
#[derive(Clone, Debug, Default)]
pub struct Variants {
    variants: BTreeMap<(String, u16), Variant>,
}

impl Variants {
    /// Reads `forms/` and `variants/`; every variant is made for each year in which it changes.
    pub fn load(source: &Source, problems: &mut Vec<Problem>) -> Variants {
        let forms = named(source, "forms/", problems);
        let files = named(source, "variants/", problems);
        let mut variants = BTreeMap::new();
        for key in files.keys() {
            let path = format!("variants/{key}.toml");
            let chain = match chain(&files, key) {
                Ok(chain) => chain,
                Err(message) => {
                    problems.push(fault(&path, message));
                    continue;
                }
            };
            let mut years = vec![0];
            years.extend(chain.iter().flat_map(|file| overlays(file).map(|(year, _)| year)));
            years.sort_unstable();
            years.dedup();
            for year in years {
                match variant(key, year, &chain, &forms) {
                    Ok(variant) => {
                        variants.insert((key.clone(), year), variant);
                    }
                    Err(messages) => problems.extend(messages.into_iter().map(|m| fault(&path, m))),
                }
            }
        }
        let variants = Variants { variants };
        texts::check(&variants, source, problems);
        variants
    }

    /// The variant as it is for the accounts of `year`.
    pub fn get(&self, key: &str, year: u16) -> Option<&Variant> {
        self.variants.range((key.to_owned(), 0)..=(key.to_owned(), year)).next_back().map(|(_, variant)| variant)
    }

    /// Every variant, by key and year.
    pub fn iter(&self) -> impl Iterator<Item = &Variant> {
        self.variants.values()
    }
}

fn variant(key: &str, year: u16, chain: &[&Table], forms: &BTreeMap<String, Table>) -> Result<Variant, Vec<String>> {
    let mut merged = Table::new();
    // The base with all its years comes before the variant: what a variant says holds against its base.
    for file in chain {
        for part in std::iter::once(*file).chain(overlays(file).filter(|(from, _)| *from <= year).map(|(_, t)| t)) {
            for (name, value) in part.iter().filter(|(name, _)| matches!(name.as_str(), "name" | "kind" | "tables")) {
                lay(&mut merged, name, value);
            }
        }
    }
    let mut tables = match merged.remove("tables") {
        Some(Value::Table(tables)) => tables,
        _ => return Err(vec!["缺少 [tables]".to_owned()]),
    };
    let over = match tables.remove("form") {
        Some(Value::Table(over)) => over,
        _ => Table::new(),
    };
    let style: TableStyle = tables.try_into().map_err(|e| vec![format!("[tables] 写法有误：{}", message(&e))])?;
    let mut faults = Vec::new();
    faults.extend(over.keys().filter(|k| !forms.contains_key(*k)).map(|k| format!("没有名为“{k}”的表")));
    let mut made = Vec::new();
    for form_key in &style.order {
        let Some(form) = forms.get(form_key) else {
            faults.push(format!("order 提到没有的表“{form_key}”"));
            continue;
        };
        let mut form = form.clone();
        let titles = form.get("titles").cloned();
        if let Some(Value::Table(over)) = over.get(form_key) {
            for (name, value) in over {
                lay(&mut form, name, value);
            }
        }
        // A variant's title is one more title, never the only one.
        if let (Some(Value::Array(own)), Some(Value::Array(base))) = (form.get_mut("titles"), titles) {
            own.extend(base);
        }
        match form.try_into::<Form>() {
            Ok(mut form) => {
                form.key.clone_from(form_key);
                faults.extend(form.settle(&style.lists).into_iter().map(|m| format!("表 {form_key}：{m}")));
                made.push(form);
            }
            Err(error) => faults.push(format!("表 {form_key} 写法有误：{}", message(&error))),
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let name = merged.get("name").and_then(Value::as_str).unwrap_or(key).to_owned();
    let kind = match merged.remove("kind") {
        Some(kind) => kind.try_into().map_err(|_| vec!["kind 只能是 final 或 budget".to_owned()])?,
        None => Kind::Final,
    };
    Ok(Variant { key: key.to_owned(), name, since: year, kind, tables: style, forms: made })
}

/// Lays one value over a table: tables key by key, anything else in place of what was there.
pub(crate) fn lay(under: &mut Table, name: &str, value: &Value) {
    match (under.get_mut(name), value) {
        (Some(Value::Table(below)), Value::Table(above)) => {
            for (name, value) in above {
                lay(below, name, value);
            }
        }
        _ => {
            under.insert(name.to_owned(), value.clone());
        }
    }
}

/// The file and those it is based on, the lowest base first.
pub(crate) fn chain<'a>(files: &'a BTreeMap<String, Table>, key: &str) -> Result<Vec<&'a Table>, String> {
    let mut chain = Vec::new();
    let mut next = Some(key);
    while let Some(key) = next {
        let Some(file) = files.get(key) else {
            return Err(format!("base 提到没有的地区“{key}”"));
        };
        if chain.len() > files.len() {
            return Err("base 绕成了圈".to_owned());
        }
        chain.push(file);
        next = file.get("base").and_then(Value::as_str);
    }
    chain.reverse();
    Ok(chain)
}

/// `[year.N]` parts in order of years.
fn overlays(file: &Table) -> impl Iterator<Item = (u16, &Table)> {
    let mut years: Vec<(u16, &Table)> = file
        .get("year")
        .and_then(Value::as_table)
        .into_iter()
        .flatten()
        .filter_map(|(year, part)| Some((year.parse().ok()?, part.as_table()?)))
        .collect();
    years.sort_by_key(|(year, _)| *year);
    years.into_iter()
}

/// The files directly in `folder`, by name without ending.
pub(crate) fn named(source: &Source, folder: &str, problems: &mut Vec<Problem>) -> BTreeMap<String, Table> {
    source
        .tomls::<Table>(folder, problems)
        .into_iter()
        .filter_map(|(path, table)| {
            let name = path.strip_prefix(folder)?.strip_suffix(".toml")?;
            (!name.contains('/')).then(|| (name.to_owned(), table))
        })
        .collect()
}

fn message(error: &toml::de::Error) -> String {
    error.message().to_owned()
}

fn fault(path: &str, message: String) -> Problem {
    Problem::fatal(Place { file: Some(path.to_owned()), ..Place::default() }, message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use juesuan_model::{CellRole, Dimension};

    fn embedded() -> Variants {
        let mut problems = Vec::new();
        let variants = Variants::load(&Source::embedded(), &mut problems);
        assert!(problems.is_empty(), "{problems:#?}");
        variants
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
            "name = \"江南\"\nbase = \"state\"\n[sections]\nx = 1\n[year.2025.tables]\ngrouped = true\n[year.2025.tables.form.three-public]\nnumber = \"公开10表\"\n",
        )
        .unwrap();
        source.overlay(&dir).unwrap();
        let mut problems = Vec::new();
        let variants = Variants::load(&source, &mut problems);
        assert!(problems.is_empty(), "{problems:?}");
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

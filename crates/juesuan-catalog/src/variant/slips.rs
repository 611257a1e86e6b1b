//! Slips of the pen that would otherwise pass for something new: a form that no variant prints, changes to a table that a
//! variant does not print, words that a table does not have.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_model::Problem;

use super::{VariantFiles, overlays};
use crate::form::Form;
use crate::near::{choice, nearest};
use crate::source::{Source, Written};

/// Keys of the forms that the variants made of a file print, by the key of the file.
#[derive(Debug, Default)]
pub(super) struct Printed(BTreeMap<String, BTreeSet<String>>);

impl Printed {
    /// Adds the order of a variant that is made of these files.
    pub(super) fn add<'o>(&mut self, files: &[String], order: impl Iterator<Item = &'o str>) {
        let order: Vec<&str> = order.collect();
        for file in files {
            let own = self.0.entry(file.clone()).or_default();
            own.extend(order.iter().map(|key| (*key).to_owned()));
        }
    }

    /// Names the forms of no order, and changes to tables that nobody prints.
    pub(super) fn check(
        &self,
        source: &Source,
        files: &VariantFiles<'_>,
        forms: &BTreeMap<String, Written<'_>>,
        problems: &mut Vec<Problem>,
    ) {
        let all: BTreeSet<&str> = self.0.values().flatten().map(String::as_str).collect();
        for key in forms.keys().filter(|key| !all.contains(key.as_str())) {
            let near = nearest(key, all.iter().copied());
            let message = format!(
                "没有一个版式印“{key}”这张表{near}；改已有的表，文件名要与它的相同；新的表要写进 variants/ 里 [tables] 的 order"
            );
            problems.push(source.fault_of_file(&format!("forms/{key}.toml"), message));
        }
        lists(source, files, forms, problems);
        for (key, file) in files.iter() {
            let Some(own) = self.0.get(key) else { continue };
            for part in std::iter::once(file).chain(overlays(file).map(|(_, part)| part)) {
                let changed = part.get("tables").and_then(|tables| tables.get("form")).map(Written::table);
                let idle = changed.into_iter().flatten().filter(|entry| forms.contains_key(entry.key.as_ref()));
                for entry in idle.filter(|entry| !own.contains(entry.key.as_ref())) {
                    let listed = choice(&entry.key, own.iter().map(String::as_str));
                    let message = format!("版式 {key} 不印“{}”这张表{listed}", entry.key);
                    problems.push(Problem::fatal(source.place(entry.at), message));
                }
            }
        }
    }
}

/// Names the lists of codes that no row of a form is made from.
fn lists(
    source: &Source,
    files: &VariantFiles<'_>,
    forms: &BTreeMap<String, Written<'_>>,
    problems: &mut Vec<Problem>,
) {
    let mut used = BTreeSet::new();
    files.iter().map(|(_, file)| file).chain(forms.values()).for_each(|file| named_lists(file, &mut used));
    for (_, file) in files.iter() {
        for part in std::iter::once(file).chain(overlays(file).map(|(_, part)| part)) {
            let lists = part.get("tables").and_then(|tables| tables.get("lists")).map(Written::table);
            for entry in lists.into_iter().flatten().filter(|entry| !used.contains(entry.key.as_ref())) {
                let listed = choice(&entry.key, used.iter().copied());
                let message = format!("没有一张表用“{}”这个科目清单{listed}", entry.key);
                problems.push(Problem::fatal(source.place(entry.at), message));
            }
        }
    }
}

/// Lists that rows name, anywhere in a file.
fn named_lists<'w>(file: &'w Written<'_>, used: &mut BTreeSet<&'w str>) {
    used.extend(file.get("list").and_then(Written::text));
    let below = file.table().iter().map(|entry| &entry.value).chain(file.list());
    below.for_each(|value| named_lists(value, used));
}

/// Names the words in `rename` and `omit` of what is written of a form that none of `forms` has: what that comes to, before
/// it is settled.
pub(super) fn strange<'w, 's: 'w>(
    forms: &[&Form],
    written: impl Iterator<Item = &'w Written<'s>>,
    mut report: impl FnMut(usize, String),
) {
    let blocks = || forms.iter().flat_map(|form| &form.block);
    let columns = || blocks().flat_map(|block| &block.column);
    let rows = || blocks().flat_map(|block| &block.row);
    let name = forms.first().map_or("", |form| &form.key);
    let heads = columns().flat_map(|column| &column.head).chain(rows().map(|row| &row.name));
    let keys = columns()
        .map(|column| if column.key.is_empty() { column.head.last() } else { Some(&column.key) })
        .chain(rows().map(|row| Some(if row.key.is_empty() { &row.name } else { &row.key })));
    let heads: Vec<&str> = heads.map(String::as_str).filter(|word| !word.is_empty()).collect();
    let keys: Vec<&str> = keys.flatten().map(String::as_str).filter(|word| !word.is_empty()).collect();
    for file in written {
        let renamed = file.get("rename").map(Written::table).into_iter().flatten();
        let renamed = renamed.map(|entry| ("rename", entry.at, entry.key.as_ref(), &heads));
        let omitted = file.get("omit").map(Written::list).into_iter().flatten();
        let omitted = omitted.filter_map(|item| Some(("omit", item.at, item.text()?, &keys)));
        for (key, at, word, known) in renamed.chain(omitted).filter(|(_, _, word, known)| !known.contains(word)) {
            let listed = choice(word, known.iter().copied());
            report(at, format!("{key}：表 {name} 里没有“{word}”这个表头、行名或 key{listed}"));
        }
    }
}

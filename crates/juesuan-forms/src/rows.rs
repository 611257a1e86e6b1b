//! A row of a published table → the row of the form that it is.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_catalog::{Catalog, Codes, Form, FormBlock, FormRow};
use juesuan_model::Dimension;

use super::words::label;

/// Characters of a name that is cut short, at least.
const CLIPPED_MIN: usize = 4;

/// The row of a form that a published row is.
#[derive(Clone, Debug)]
pub struct Found<'a> {
    /// Block.
    pub block: usize,
    /// Row of the form.
    pub row: &'a FormRow,
    /// Code of a generated row.
    pub code: Option<String>,
}

/// Finds rows of one table from the top; of rows with one name (the three funds of the fiscal summary) the next one.
pub struct Finder<'a> {
    form: &'a Form,
    catalog: &'a Catalog,
    used: BTreeSet<(usize, usize)>,
    /// Generated rows that have no code of their own printed, per block: the row of the form, and names with their codes.
    names: Vec<Vec<(usize, &'a BTreeMap<String, String>)>>,
}

impl<'a> Finder<'a> {
    /// For one table.
    pub fn new(form: &'a Form, catalog: &'a Catalog) -> Finder<'a> {
        let names = form.block.iter().map(|block| names(catalog, block)).collect();
        Finder { form, catalog, used: BTreeSet::new(), names }
    }

    /// The row with this code or name, in `block` if it is known, else in any.
    pub fn find(&mut self, block: Option<usize>, code: Option<&str>, name: &str) -> Option<Found<'a>> {
        let form = self.form;
        let blocks: Vec<(usize, &'a FormBlock)> =
            form.block.iter().enumerate().filter(|(i, _)| block.is_none_or(|b| b == *i)).collect();
        if let Some(code) = code {
            return self.by_code(&blocks, code);
        }
        let name = label(name);
        for (index, block) in &blocks {
            if !block.column.iter().any(super::columns::is_label) {
                let row = block.row.first().filter(|_| self.used.insert((*index, 0)))?;
                return Some(Found { block: *index, row, code: None });
            }
            for (at, row) in block.row.iter().enumerate().filter(|(_, r)| r.by.is_none() && !r.joined) {
                if row.labels(label).contains(&name) && self.used.insert((*index, at)) {
                    return Some(Found { block: *index, row, code: None });
                }
            }
            let mut named = self.names.get(*index).into_iter().flatten();
            if let Some((at, code)) = named.find_map(|(at, names)| Some((*at, names.get(&name)?))) {
                return block.row.get(at).map(|row| Found { block: *index, row, code: Some(code.clone()) });
            }
        }
        self.clipped(&blocks, &name)
    }

    /// The only row of which `name` is the beginning: the next cell hides the rest of a long name.
    fn clipped(&mut self, blocks: &[(usize, &'a FormBlock)], name: &str) -> Option<Found<'a>> {
        if name.chars().count() < CLIPPED_MIN {
            return None;
        }
        let mut found: Vec<(usize, usize, Option<String>)> = Vec::new();
        for (index, block) in blocks {
            for (at, row) in block.row.iter().enumerate().filter(|(_, row)| row.by.is_none() && !row.joined) {
                if row.labels(label).iter().any(|word| word.starts_with(name)) {
                    found.push((*index, at, None));
                }
            }
            let mut seen: BTreeSet<&str> = BTreeSet::new();
            for (at, names) in self.names.get(*index).into_iter().flatten() {
                let generated = names.iter().filter(|(own, _)| own.starts_with(name) && seen.insert(own));
                found.extend(generated.map(|(_, code)| (*index, *at, Some(code.clone()))));
            }
        }
        let [(block, at, code)] = found.as_slice() else { return None };
        let row = self.form.block.get(*block)?.row.get(*at)?;
        let free = code.is_some() || self.used.insert((*block, *at));
        free.then(|| Found { block: *block, row, code: code.clone() })
    }

    /// The name of a code of which `name` is a part, if there is one in all years.
    pub fn whole_name(&self, found: &Found<'a>, code: &str, name: &str) -> Option<&'a str> {
        let part = label(name);
        let rows = classification(self.catalog, found.row).rows(code);
        let names: BTreeSet<&str> =
            rows.iter().map(|row| row.name.as_str()).filter(|whole| label(whole).contains(&part)).collect();
        names.first().copied().filter(|_| names.len() == 1)
    }

    /// True for the left part of a label that runs over two blocks; its figure stands under the next one.
    pub fn is_joined(&self, block: usize, name: &str) -> bool {
        let name = label(name);
        let rows = self.form.block.get(block).into_iter().flat_map(|b| &b.row);
        rows.filter(|r| r.joined).any(|r| r.labels(label).contains(&name))
    }

    /// True if a published row with this name could open the body of the table.
    pub fn knows(&self, name: &str) -> bool {
        let name = label(name);
        let mut fixed = self.form.block.iter().flat_map(|b| &b.row).filter(|r| r.by.is_none());
        let mut named = self.names.iter().flatten();
        fixed.any(|r| r.labels(label).contains(&name)) || named.any(|(_, names)| names.contains_key(&name))
    }

    fn by_code(&self, blocks: &[(usize, &'a FormBlock)], code: &str) -> Option<Found<'a>> {
        let generated =
            || blocks.iter().flat_map(|(i, b)| b.row.iter().map(move |r| (*i, r))).filter(|(_, r)| r.by.is_some());
        let class = code.get(..3).unwrap_or(code);
        let (block, row) = generated()
            .find(|(_, r)| r.codes.iter().any(|c| c == code))
            .or_else(|| generated().find(|(_, r)| r.codes.iter().any(|c| c == class)))
            .or_else(|| generated().rfind(|(_, r)| !classification(self.catalog, r).rows(class).is_empty()))?;
        Some(Found { block, row, code: Some(code.to_owned()) })
    }
}

fn classification<'a>(catalog: &'a Catalog, row: &FormRow) -> &'a Codes {
    if row.by == Some(Dimension::Economic) { &catalog.economics } else { &catalog.functions }
}

/// Names of the classes that a block lists by name only, of every year, with the row of the form.
fn names<'a>(catalog: &'a Catalog, block: &FormBlock) -> Vec<(usize, &'a BTreeMap<String, String>)> {
    if block.has_codes() {
        return Vec::new();
    }
    let generated = block.row.iter().enumerate().filter(|(_, row)| row.by.is_some());
    generated.map(|(at, row)| (at, classification(catalog, row).classes(label))).collect()
}

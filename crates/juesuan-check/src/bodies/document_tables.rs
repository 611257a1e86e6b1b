//! The statutory tables that a document announces, and the tables that it has.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use juesuan_catalog::Catalog;
use juesuan_model::{Block, DocumentKind, Message, Package, Place, Role, Said, Severity, Table, Verdict};
use juesuan_text::plain;
use regex::Regex;

use super::structure::numbered;
use super::{Bench, Quote};
use crate::docket::HOW_MANY;
use crate::passages::{Kind, Passage, pattern};

/// Longest number of a table, in characters.
const NUMBER_MAX: usize = 8;
/// Amounts below the title of a table, from which on its rows are there.
const ROWS_MIN: usize = 3;

/// What makes titles of a document comparable.
struct Core {
    /// Name of the body, as compared.
    name: String,
    front: Option<Arc<Regex>>,
}

impl Core {
    fn of(package: &Package) -> Core {
        let front = pattern("^(?:20[0-9]{2}年?度?)?(?:部门|单位)?");
        Core { name: plain(&package.entity.name), front }
    }

    /// A title without number, year, name and the marks that printers set at will.
    fn title(&self, text: &str) -> String {
        let text = plain(text);
        let text = numbered(&text).map_or(text.as_str(), |own| own.rest(&text));
        let text = if self.name.is_empty() { Cow::Borrowed(text) } else { Cow::Owned(text.replace(&self.name, "")) };
        let text = match &self.front {
            Some(regex) => regex.replace(&text, ""),
            None => Cow::Borrowed(&*text),
        };
        text.chars().filter(|c| c.is_alphanumeric()).collect()
    }

    /// The forms of all variants by their titles.
    fn forms<'c>(&self, catalog: &'c Catalog) -> Cow<'c, BTreeMap<String, String>> {
        let forms = || catalog.variants.iter().flat_map(|variant| &variant.forms);
        let titles = || forms().flat_map(|form| form.titles.iter().map(|title| (title, form.key.as_str())));
        let cores = |core: &Core| titles().map(|(title, key)| (core.title(title), key.to_owned())).collect();
        let nameless = Core { name: String::new(), front: self.front.clone() };
        let known = catalog.titles.cores(|| cores(&nameless));
        // A name that is a word of titles changes them.
        let within = !self.name.is_empty() && catalog.titles.hold(&self.name);
        if within { Cow::Owned(cores(self)) } else { Cow::Borrowed(known) }
    }
}

/// The tables of the document.
fn tables(package: &Package) -> impl Iterator<Item = &Table> {
    package.document.parts.iter().flat_map(|part| &part.blocks).filter_map(table)
}

fn table(block: &Block) -> Option<&Table> {
    match block {
        Block::Table(table) => Some(table),
        Block::Heading { .. } | Block::Paragraph { .. } | Block::Chart(_) => None,
    }
}

/// Where a table begins, by its title.
fn at(table: &Table) -> Place {
    Place { table: Some(table.title.clone()), quote: Some(table.title.clone()), ..table.place.clone() }
}

/// What the contents page lists is there: a table (missing: error) or a heading (missing: warning). The document has most of
/// what is listed, else its headings were not read. Without a contents page, the tables of the variant are looked for.
pub(crate) fn contents_are_there(bench: &mut Bench<'_, '_, '_>) {
    let passages = bench.passages();
    let (package, catalog) = (bench.docket.ledger.package, bench.docket.ledger.catalog);
    let core = Core::of(package);
    let forms: BTreeSet<&str> = tables(package).map(|table| table.form.as_str()).collect();
    let named = |p: &&Passage<'_>| p.is_title() || p.is_paragraph() && p.text().chars().count() < 50;
    let titles: BTreeSet<String> = passages.iter().filter(named).map(|p| core.title(p.text())).collect();
    let by_title = core.forms(catalog);
    let announced: BTreeSet<&str> = titles.iter().filter_map(|title| by_title.get(title)).map(String::as_str).collect();
    let there = |name: &str| {
        let form = by_title.get(name).map(String::as_str);
        titles.contains(name) || form.is_some_and(|form| forms.contains(form) || announced.contains(form))
    };
    let is_table = |name: &str| name.ends_with('表');
    let kind = |p: &Passage<'_>| numbered(p.text()).map(|own| own.style);
    let entries: Vec<(&Passage<'_>, String)> = passages
        .iter()
        .filter(|p| p.kind == Kind::Contents)
        .map(|p| (p, core.title(p.text())))
        .filter(|(_, name)| !name.is_empty())
        .collect();
    let listed: Vec<&(&Passage<'_>, String)> = entries.iter().filter(|(_, name)| is_table(name)).collect();
    let missing: Vec<&&(&Passage<'_>, String)> = listed.iter().filter(|(_, name)| !there(name)).collect();
    let tables_read = !listed.is_empty() && missing.len() * 2 < listed.len();
    let mut faults = 0;
    if tables_read {
        for (passage, _) in &missing {
            // 部门预算表 is the heading over the tables, and few print it.
            let next = entries.iter().skip_while(|(p, _)| !std::ptr::eq(*p, *passage)).nth(1);
            if !next.is_some_and(|(after, name)| is_table(name) && kind(after) != kind(passage)) {
                faults += 1;
                bench.report(&[Quote::of(passage, 0, passage.text().len())], Message::new("listed-only"));
                // Where it ought to be: behind the table that the contents page lists before it.
                let before = listed.iter().take_while(|(p, _)| !std::ptr::eq(*p, *passage)).last();
                let form = before.and_then(|(_, name)| by_title.get(name));
                let table = form.and_then(|form| tables(package).find(|table| table.form == *form));
                if let (Some(table), Some(case)) = (table, bench.docket.cases.last_mut()) {
                    let place = Place { page: table.pages.last().copied(), ..at(table) };
                    case.spots.push(juesuan_model::Spot::at(Role::Missing, place));
                }
            }
        }
    }
    let final_accounts = package.kind == DocumentKind::Final && listed.is_empty();
    let variant = catalog.variant(&package.entity.variant, package.entity.year).filter(|_| final_accounts);
    let order: Vec<&str> = variant.iter().flat_map(|v| v.asked(package.entity.year)).collect();
    let absent: Vec<&str> = order
        .iter()
        .copied()
        .filter(|key| {
            let titles = variant.and_then(|v| v.form(key)).map_or(&[][..], |form| form.titles.as_slice());
            !forms.contains(key) && !titles.iter().any(|title| there(&core.title(title)))
        })
        .collect();
    let variant_read = !order.is_empty() && absent.len() * 2 < order.len();
    if variant_read {
        faults += absent.len();
        let verdict = if nameless(package, &core) >= absent.len() { Verdict::Unreadable } else { Verdict::Broken };
        for key in &absent {
            let name = variant.and_then(|v| v.form(key)).map_or(*key, |form| form.name.as_str());
            let message = Message::new("no-such-table").with("表", Said::name(name));
            bench.state((*key).to_owned(), message, Vec::new(), verdict);
        }
    }
    bench.settle(usize::from(tables_read) + usize::from(variant_read), faults);
}

/// How many tables without a title of their own stand among the statutory ones: each may be one that seems to be missing.
fn nameless(package: &Package, core: &Core) -> usize {
    let lost = |table: &&Table| {
        table.form.is_empty() && table.rows.len() >= ROWS_MIN && !core.title(&table.title).ends_with('表')
    };
    let parts = package.document.parts.iter().map(|part| part.blocks.iter().filter_map(table));
    let statutory = parts.filter(|tables| tables.clone().any(|table| !table.form.is_empty()));
    statutory.flatten().filter(lost).count()
}

/// The parts that announce statutory tables whose data was not read: their lines are rows, not texts.
pub(super) fn parts_of_unread_tables(bench: &Bench<'_, '_, '_>) -> BTreeSet<usize> {
    let (package, catalog) = (bench.docket.ledger.package, bench.docket.ledger.catalog);
    let comparable = Core::of(package);
    let by_title = comparable.forms(catalog);
    let forms: BTreeSet<&str> = tables(package).map(|table| table.form.as_str()).collect();
    let passages = bench.passages();
    let announces = |p: &&Passage<'_>| {
        let is_short = (p.is_title() || p.is_paragraph()) && p.text().chars().count() < 50;
        let form = is_short.then(|| by_title.get(&comparable.title(p.text()))).flatten();
        form.is_some_and(|form| !forms.contains(form.as_str()))
    };
    passages.iter().filter(announces).map(|p| p.part).collect()
}

/// A heading that announces a statutory table has one below it, or a note that there is nothing to show.
pub(crate) fn announced_tables_have_data(bench: &mut Bench<'_, '_, '_>) {
    let (package, catalog) = (bench.docket.ledger.package, bench.docket.ledger.catalog);
    let passages = bench.passages();
    let notes = bench.words("notes");
    let comparable = Core::of(package);
    let by_title = comparable.forms(catalog);
    let forms: BTreeSet<&str> = tables(package).map(|table| table.form.as_str()).collect();
    // In a text without pages the list of contents may read as headings too: a table is there where one of its titles has data below.
    let (mut seen, mut bare, mut there) = (0usize, Vec::new(), forms.clone());
    for (at, passage) in passages.iter().enumerate().filter(|(_, p)| p.kind == Kind::Heading) {
        let Some(form) = by_title.get(&comparable.title(passage.text())).map(String::as_str) else { continue };
        seen += 1;
        // The number of the table (公开05表) may have been taken for a heading.
        let numbered = |p: &Passage<'_>| {
            p.kind == Kind::Heading
                && p.text().chars().count() <= NUMBER_MAX
                && p.text().contains(|c: char| c.is_ascii_digit())
        };
        let from = at + 1 + usize::from(passages.get(at + 1).is_some_and(numbered));
        let below: Vec<&Passage<'_>> =
            passages.iter().skip(from).take_while(|p| !matches!(p.kind, Kind::Heading | Kind::Part)).collect();
        let table = below.iter().any(|p| matches!(p.kind, Kind::Title | Kind::Cell | Kind::Entity));
        let noted = below.iter().any(|p| notes.iter().any(|word| p.text().contains(word.as_str())));
        // Rows without columns are there and were not read. Where each cell is a line, those of the first column read as headings.
        let cells = passages
            .iter()
            .skip(from)
            .take_while(|p| p.kind != Kind::Part && !by_title.contains_key(&comparable.title(p.text())));
        let rows = below.iter().map(|p| decimals(p.text())).sum::<usize>() >= ROWS_MIN
            || cells.filter(|p| is_cell(p.text())).count() >= ROWS_MIN;
        if table || noted || rows {
            there.insert(form);
        } else {
            bare.push((form, Quote::of(passage, 0, passage.text().len())));
        }
    }
    let spots: Vec<Quote> =
        bare.into_iter().filter(|(form, _)| !there.contains(form)).map(|(_, quote)| quote).collect();
    bench.report(&spots, Message::new("no-data").with(HOW_MANY, spots.len()));
    bench.settle(seen, spots.len());
}

/// How many amounts a text has: numbers with decimals, or longer than a year.
fn decimals(text: &str) -> usize {
    const YEAR: usize = 4;
    let numbers = text.split(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ','));
    let digits = |number: &str| number.chars().filter(char::is_ascii_digit).count();
    let amounts = numbers.filter(|number| number.trim_matches(['.', ',']).contains('.') || digits(number) > YEAR);
    amounts.count().max(usize::from(is_cell(text)))
}

/// A line that is a number is a cell.
fn is_cell(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '%'))
        && text.contains(|c: char| c.is_ascii_digit())
}

/// The contents page gives the headings as they stand in the document. Headings are compared where most were found.
pub(crate) fn contents_match_headings(bench: &mut Bench<'_, '_, '_>) {
    let package = bench.docket.ledger.package;
    let passages = bench.passages();
    let core = Core::of(package);
    let short =
        |p: &Passage<'_>| p.is_paragraph() && p.text().chars().count() < 50 && !p.text().ends_with(['。', '；']);
    let titles: Vec<String> =
        passages.iter().filter(|p| p.is_title() || short(p)).map(|p| core.title(p.text())).collect();
    // A sentence is no entry, whatever page it stands on.
    let is_entry = |p: &&Passage<'_>| {
        p.kind == Kind::Contents && !core.title(p.text()).ends_with('表') && !p.text().contains(['，', '。', '；'])
    };
    let entries: Vec<&Passage<'_>> = passages.iter().filter(is_entry).collect();
    // A heading may be broken over lines that were not put together.
    let whole: String = passages.iter().filter(|p| p.kind != Kind::Contents).map(|p| core.title(p.text())).collect();
    let there = |p: &Passage<'_>| {
        let name = core.title(p.text());
        name.chars().count() < 3
            || whole.contains(&name)
            || titles.iter().any(|title| common(title, &name) * 10 >= name.chars().count() * 7)
    };
    let missing: Vec<Quote> = entries.iter().filter(|p| !there(p)).map(|p| Quote::of(p, 0, p.text().len())).collect();
    if missing.len() * 4 > entries.len() {
        return bench.settle(0, 0);
    }
    bench.report_as(Severity::Warning, &missing, Message::new("no-heading"));
    bench.settle(entries.len(), missing.len());
}

/// Characters of `name` that stand in `title` in order.
fn common(title: &str, name: &str) -> usize {
    let mut rest = title.chars();
    name.chars().filter(|wanted| rest.clone().any(|c| c == *wanted) && rest.any(|c| c == *wanted)).count()
}

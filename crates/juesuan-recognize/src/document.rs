//! A published document → a package: who and what, parts, headings, paragraphs, tables with figures, and what the text says.
//!
//! In: the lines, tables and pictures of the pages, and the catalogue. Out: [`ReadDocument`]. What is not understood is told
//! with its place; nothing is given a meaning because it stands near one.
//!
//! - `script` traditional characters and radicals; `furniture` page numbers and running lines taken off, `site` what a web site puts around a page;
//!   `flat` forms and `stacked` tables that lost their cells; `sheets` the order of a workbook; `contents` cover and contents page
//! - `turned` pages on their side; `layout` how lines lie on their pages; `glued` lines that are two; `joined` lines put together; `outline` parts, headings, paragraphs, tables
//! - `above` what stands above tables; `join` tables over several pages; `total` a last row that is a table of its own; `tables` their figures and sums; `print` their rows and columns
//! - `identity` whose document it is, `kind` what and of which year, `choice` in which variant; `units` what a department lists as its units
//! - `owners` who reads which block, `trace` how that was decided; `passages` the running text, section by section

mod above;
mod beside;
mod choice;
mod coded;
mod contents;
mod ends;
mod flat;
mod furniture;
mod glued;
mod identity;
mod join;
mod joined;
mod kind;
mod labels;
mod layout;
mod narrower;
mod outline;
mod owners;
mod passages;
mod print;
mod row_names;
mod script;
mod sheets;
mod site;
mod stacked;
mod tables;
mod total;
mod trace;
mod turned;
mod units;

use std::collections::BTreeSet;
use std::ops::Range;

use juesuan_catalog::{Catalog, Variant};
use juesuan_forms::grid::stem;
use juesuan_forms::title;
use juesuan_model::package::{FORMAT, LaidOutSum};
use juesuan_model::{
    Block, Document, DocumentKind, Entity, Evaluation, FigureId, Package, PageSize, Part, Problem, Quantity, Run,
    Scope, Stands,
};
use juesuan_read::{Budget, Cost, Pages};

use crate::performance::{self, Walk};
use crate::text::{self, EntityContext, Unread, Vocabulary};
use identity::{Clues, Identity};
use joined::Joined;
use outline::{RawBlock, RawPart};
use tables::Tables;
use turned::Turned;
use units::Listed;

pub use crate::performance::Role;
pub use owners::Owner;
pub use trace::{BlockKind, BlockTrace, Trace};

/// The variant that has no province.
const NO_PROVINCE: &str = "state";

/// Digits between separators of thousands.
const GROUP: usize = 3;

/// Digits of a number that breaks off, at most: a longer one is the number of something.
const CUT_DIGITS_MAX: usize = 6;

/// The law of the sums that sentences lay out.
const SUM_LAW: &str = "sum";

/// Rows of a table above its headings, at most.
const FRAME_ROWS: usize = 4;

/// What was read of a document.
#[derive(Clone, Debug, Default)]
pub struct ReadDocument {
    /// Figures, claims, sums and the whole document.
    pub package: Package,
    /// Numbers of the running text that were given no meaning.
    pub unread: Vec<Unread>,
    /// What could not be read, and why.
    pub problems: Vec<Problem>,
    /// Number of pages; 0 for formats without pages.
    pub pages: u32,
    /// How large they are, as [`Pages::sizes`] has it.
    pub sizes: Vec<PageSize>,
}

/// Recognises a document. Never fails: what is no final accounts and no budget comes back as [`DocumentKind::Unknown`].
///
/// ```
/// use juesuan_catalog::Catalog;
/// use juesuan_model::DocumentKind;
///
/// let catalog = Catalog::load(&[]).unwrap();
/// let pages = juesuan_read::pages_of("通知.txt", "关于开会的通知".as_bytes()).unwrap();
/// assert_eq!(juesuan_recognize::document(&pages, &catalog).package.kind, DocumentKind::Unknown);
/// ```
pub fn document(pages: &Pages, catalog: &Catalog) -> ReadDocument {
    read(pages, &Vocabulary::new(catalog), Budget::recognizing(), None)
}

/// As [`document`], for one document after another: what is made of the catalogue is made once.
pub fn document_by(pages: &Pages, vocabulary: &Vocabulary<'_>) -> ReadDocument {
    read(pages, vocabulary, Budget::recognizing(), None)
}

/// As [`document_by`], with how everything came about.
pub fn traced(pages: &Pages, vocabulary: &Vocabulary<'_>) -> (ReadDocument, Trace) {
    let mut trace = Trace::default();
    let read = read(pages, vocabulary, Budget::recognizing(), Some(&mut trace));
    (read, trace)
}

fn read(pages: &Pages, vocabulary: &Vocabulary<'_>, mut budget: Budget, trace: Option<&mut Trace>) -> ReadDocument {
    let catalog = vocabulary.catalog;
    let written = script::written(pages);
    let pages = &*written;
    let (mut problems, sizes) = (pages.problems.clone(), pages.sizes.clone());
    let turned = Turned::of(pages);
    let pieces = site::without(pages, furniture::without(pages, &turned, catalog), catalog);
    let pieces = labels::restored(
        coded::restored(stacked::restored(flat::restored(pieces, catalog), catalog), catalog),
        catalog,
    );
    let pieces = sheets::ordered(pages, pieces, catalog);
    let front = contents::take(pieces, catalog);
    let layout = layout::Layout::of(pages, &front.rest, turned);
    let mut raw = outline::outline(&front.rest, &layout, vocabulary, &mut problems);
    problems.extend(cut_off(&mut raw));
    let cover: Vec<String> = front.cover.iter().map(|line| line.text.clone()).collect();
    let clues = Clues { file: stem(&pages.file), ..clues(cover.clone(), &raw) };
    let identity = identity::identify(&clues, catalog, NO_PROVINCE);
    let mut package = Package {
        format: FORMAT,
        kind: identity.kind,
        entity: entity(&identity),
        document: Document {
            title: cover,
            title_origin: front.cover.iter().map(|line| line.place.clone()).collect(),
            contents: front.contents,
            ..Document::default()
        },
        ..Package::default()
    };
    let Some(variant) = variant(catalog, &identity) else {
        return ReadDocument { package, unread: Vec::new(), problems, pages: pages.count, sizes };
    };
    let mut maker = Tables { catalog, variant, package: &mut package, problems: &mut problems, functions: Vec::new() };
    let parts: Vec<Part> = raw.iter().map(|part| made(part, &mut maker, &mut budget)).collect();
    let functions = maker.functions;
    missing_tables(&parts, catalog, &mut problems);
    problems.extend(budget.problem(&pages.file));
    let context = EntityContext {
        name: identity.name,
        short: identity.short,
        kind: identity.kind,
        year: identity.year,
        variant: identity.variant,
        functions,
        ..EntityContext::default()
    };
    let unread = say(parts, &context, vocabulary, trace, &mut package);
    if identity.by_sentences && package.figures.is_empty() {
        package.kind = DocumentKind::Unknown;
    }
    if package.kind == DocumentKind::Template {
        // Nothing is missing in a form that nobody has filled in.
        problems.clone_from(&pages.problems);
        return ReadDocument { package, unread: Vec::new(), problems, pages: pages.count, sizes };
    }
    ReadDocument { package, unread, problems, pages: pages.count, sizes }
}

/// Reads what the parts say, each block by its owner, into the package. Out: numbers of the running text without a meaning.
fn say(
    parts: Vec<Part>,
    context: &EntityContext,
    vocabulary: &Vocabulary<'_>,
    mut trace: Option<&mut Trace>,
    package: &mut Package,
) -> Vec<Unread> {
    let catalog = vocabulary.catalog;
    let units = match package.entity.scope {
        Scope::Department => units::listed(&parts, &package.entity.name, catalog),
        Scope::Unit | Scope::Government => Listed::default(),
    };
    let pieces = performance::pieces(&parts);
    let mut walk = Walk::new(&pieces, &package.entity, catalog);
    let owners = owners::assign(&parts, &pieces, &mut walk, &units.lines, vocabulary);
    let results = performance::Reading::of(walk, package.figures.len(), catalog);
    let stray = if package.document.title.is_empty() { stray(&parts, catalog) } else { 0..0 };
    let passages = passages::passages(&parts, &owners, &results.owned, &package.figures, &stray);
    let said = text::passages(&passages, context, vocabulary, trace.as_deref_mut().map(|trace| &mut trace.text));
    if let Some(trace) = trace {
        trace.blocks = trace::blocks(&parts, &owners);
    }
    let known = package.figures.len();
    let read = said.taken.iter().map(|(number, at)| (*number, figure_id(known + at))).collect();
    package.figures.extend(said.figures);
    let id = |at: usize| figure_id(known + at);
    package.sums.extend(said.sums.into_iter().map(|(total, parts)| LaidOutSum {
        total: id(total),
        parts: parts.into_iter().map(id).collect(),
        less: Vec::new(),
        law: SUM_LAW.to_owned(),
    }));
    package.claims = said.claims;
    results.settle(&read, package);
    tell_by_form(package);
    package.entity.listed_units = units.names;
    package.document.parts = parts;
    said.unread
}

/// The blocks before the title of a document that has no cover: the end of something else, of which nobody can say what it
/// speaks of.
fn stray(parts: &[Part], catalog: &Catalog) -> Range<usize> {
    let first = parts.first().filter(|part| part.title.is_empty());
    let titled = |block: &Block| match block {
        Block::Paragraph { runs, .. } => {
            identity::is_own_title(&runs.iter().map(|run| run.text.as_str()).collect::<String>(), catalog)
        }
        Block::Heading { .. } | Block::Table(_) | Block::Chart(_) => false,
    };
    // The title of the part has a number of its own.
    0..first.and_then(|part| part.blocks.iter().position(titled)).map_or(0, |at| at + 1)
}

/// A form of evaluation that tells what was spent stands with the accounts of its year, though nothing around it names them.
fn tell_by_form(package: &mut Package) {
    let told = |evaluation: &&Evaluation| {
        evaluation.stands == Stands::Form && evaluation.amounts.contains_key(&Quantity::Executed)
    };
    let Some(form) = package.performance.evaluations.iter().find(told) else { return };
    if package.kind == DocumentKind::Unknown {
        package.kind = DocumentKind::Final;
        package.entity.year = form.year.filter(|_| package.entity.year == 0).unwrap_or(package.entity.year);
    }
}

fn entity(identity: &Identity) -> Entity {
    Entity {
        name: identity.name.clone(),
        scope: identity.scope,
        year: identity.year,
        variant: identity.variant.clone(),
        variant_by: identity.variant_by,
        level: identity.level.clone(),
        region: identity.region.clone(),
        ..Entity::default()
    }
}

fn figure_id(at: usize) -> FigureId {
    FigureId(u32::try_from(at).unwrap_or(u32::MAX))
}

/// The variant that is expected: the one of the document, else any of its kind.
fn variant<'a>(catalog: &'a Catalog, identity: &Identity) -> Option<&'a Variant> {
    let budget = identity.kind == DocumentKind::Budget;
    let of_kind = |variant: &&Variant| (variant.kind == DocumentKind::Budget) == budget;
    catalog
        .variant(&identity.variant, identity.year)
        .filter(of_kind)
        .or_else(|| catalog.variants.iter().find(of_kind))
        .or_else(|| catalog.variants.iter().next())
}

fn clues(cover: Vec<String>, parts: &[RawPart]) -> Clues {
    let mut clues = Clues { cover, ..Clues::default() };
    for part in parts {
        clues.headings.push(part.title.text.clone());
        for block in &part.blocks {
            match block {
                RawBlock::Heading(_, joined) => clues.headings.push(joined.text.clone()),
                RawBlock::Paragraph(joined) => clues.paragraphs.push(joined.text.clone()),
                RawBlock::Table(table) => {
                    clues.frames.extend(table.notes.iter().map(|note| note.text.clone()));
                    clues.captions.extend(table.caption.iter().map(|line| line.text.clone()));
                    clues.captions.push(table.grid.sheet.clone());
                    let top = table.grid.rows.iter().take(FRAME_ROWS).flat_map(|row| &row.cells);
                    clues.frames.extend(top.map(|cell| cell.as_str().to_owned()).filter(|text| !text.is_empty()));
                    let cells = table.grid.rows.iter().flat_map(|row| &row.cells);
                    clues.figures += cells.filter(|cell| is_figure(cell.as_str())).count();
                }
            }
        }
    }
    clues
}

/// The last clause of a document that breaks off inside a number is taken out and told: `…，增长1`.
fn cut_off(parts: &mut [RawPart]) -> Option<Problem> {
    let RawBlock::Paragraph(joined) = parts.last_mut()?.blocks.last_mut()? else { return None };
    let at = joined.text.rfind(['，', '。', '；', '：', ':'])?;
    let (kept, last) = joined.text.split_at_checked(at)?;
    let mut letters = last.chars();
    let mark = letters.next()?;
    let words = letters.clone().take_while(|c| c.is_alphabetic()).count();
    let number = letters.clone().skip(words).all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
    let digits = letters.count() - words;
    // 1,2 and 18. are no numbers; 增长1 behind a colon may be one.
    let broken = last.ends_with(['.', ',']) || last.rsplit_once(',').is_some_and(|(_, rest)| rest.len() < GROUP);
    if (matches!(mark, '：' | ':') && !broken) || words == 0 || !number || !(1..=CUT_DIGITS_MAX).contains(&digits) {
        return None;
    }
    let message = format!("“{}”在数字中间断了，以后的内容没有；请提供完整的文件", last.trim_start_matches(mark));
    let end = if mark == '。' { at + mark.len_utf8() } else { at };
    joined.text = kept.to_owned();
    joined.text.extend((end > at).then_some(mark));
    joined.length = joined.text.chars().count();
    Some(Problem::doubt(joined.place(), message))
}

/// An amount with decimals.
fn is_figure(text: &str) -> bool {
    text.contains('.') && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-'))
}

/// The blocks of a part; what is beyond the budget is left out.
fn made(part: &RawPart, tables: &mut Tables<'_>, budget: &mut Budget) -> Part {
    let mut blocks = Vec::new();
    for block in &part.blocks {
        let enough = match block {
            RawBlock::Heading(_, joined) | RawBlock::Paragraph(joined) => budget.take(Cost::Characters, joined.length),
            RawBlock::Table(raw) => budget.take(Cost::Cells, raw.grid.rows.iter().map(|row| row.cells.len()).sum()),
        };
        if !enough {
            continue;
        }
        match block {
            RawBlock::Heading(level, joined) => {
                blocks.push(Block::Heading { level: *level, text: joined.text.clone(), origin: joined.origin.clone() })
            }
            RawBlock::Paragraph(joined) => blocks.push(paragraph(joined)),
            RawBlock::Table(raw) => {
                blocks.extend(above::titles_of_sheet(tables.catalog, raw).iter().map(paragraph));
                blocks.extend(tables.make(raw).into_iter().map(Block::Table));
            }
        }
    }
    Part { title: part.title.text.clone(), origin: part.title.origin.clone(), blocks }
}

fn paragraph(joined: &Joined) -> Block {
    Block::Paragraph {
        runs: vec![Run { text: joined.text.clone(), figure: None, mark: juesuan_model::Mark::Plain }],
        origin: joined.origin.clone(),
    }
}

/// A heading that names a statutory table, without that table anywhere: it was a picture, or it is not there.
fn missing_tables(parts: &[Part], catalog: &Catalog, problems: &mut Vec<Problem>) {
    let blocks = || parts.iter().flat_map(|part| &part.blocks);
    let forms = blocks().filter_map(|block| match block {
        Block::Table(table) => Some(table.form.as_str()),
        _ => None,
    });
    let read: BTreeSet<&str> = forms.collect();
    for block in blocks() {
        let Block::Heading { text, origin, .. } = block else { continue };
        let Some(key) = title::form_of(catalog, text) else { continue };
        if !read.contains(key.as_str()) {
            let place = origin.first().map(|origin| origin.place.clone()).unwrap_or_default();
            let message = format!("“{text}”下没有读到表格，表中的数没有核对；表格可能是图片，请提供文字版");
            problems.push(Problem::doubt(place, message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn within(name: &str, content: &str, budget: Budget) -> ReadDocument {
        let catalog = Catalog::load(&[]).unwrap();
        let pages = juesuan_read::pages_of(name, content.as_bytes()).unwrap();
        read(&pages, &Vocabulary::new(&catalog), budget, None)
    }

    #[test]
    fn what_is_beyond_the_budget_of_recognising_is_counted_and_what_stands_before_it_is_read() {
        let cover = "青溪区园林局2023年度部门决算";
        let text = format!("{cover}\n2023年度收入合计12.00万元。\n2023年度支出合计34.00万元。\n");
        let (all, some) = (within("a.txt", &text, Budget::of(0, 500)), within("a.txt", &text, Budget::of(0, 30)));
        assert!(all.problems.is_empty(), "{:?}", all.problems);
        assert!(some.package.figures.len() < all.package.figures.len());
        assert!(some.problems.iter().any(|p| p.message.starts_with("超过 30 个字")), "{:?}", some.problems);
        let table = "<table><tr><td>项目<td>决算数<tr><td>合计<td>56.00</table>";
        let page = format!("<h1>{cover}</h1><p>收入决算表</p>{table}<p>收入决算表</p>{table}");
        let some = within("a.html", &page, Budget::of(5, 500));
        assert!(some.problems.iter().any(|p| p.message.starts_with("超过 5 个单元格")), "{:?}", some.problems);
    }
}

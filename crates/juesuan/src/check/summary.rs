//! What is said of a document after its findings, and of all documents at the end.

use juesuan_catalog::Catalog;
use juesuan_model::{DocumentKind, Package, Severity, Tally, Verdict};
use juesuan_write::report::{Checked, LeftOut, Teller, covered, kind, too_little};

use crate::check::paint::{char_width, padded, width};
use crate::terminal;

/// Unread places that are listed; the others are counted.
const LISTED: usize = 12;
/// Longest name in the closing table, in columns.
const LONGEST: usize = 40;

/// `名称　2024年度　部门决算　版式 键（名称）　26页　812个数`.
pub fn identity(package: &Package, pages: u32, catalog: &Catalog) -> String {
    let entity = &package.entity;
    let mut parts = Vec::new();
    // Characters without a code in the file are no name.
    let named = entity.name.chars().any(|c| c.is_alphanumeric());
    parts.push(if named { entity.name.clone() } else { "（没有认出单位名称）".to_owned() });
    if entity.year > 0 {
        parts.push(format!("{}年度", entity.year));
    }
    parts.push(kind(package).to_owned());
    if !entity.variant.is_empty() && package.kind != DocumentKind::Unknown {
        let name = catalog.variant(&entity.variant, entity.year).map_or("", |variant| variant.name.as_str());
        let known = [name, catalog.report.variant.by(entity.variant_by)];
        let known: Vec<&str> = known.into_iter().filter(|words| !words.is_empty()).collect();
        let known = if known.is_empty() { String::new() } else { format!("（{}）", known.join("，")) };
        parts.push(format!("版式 {}{known}", entity.variant));
    }
    if pages > 0 {
        parts.push(format!("{pages}页"));
    }
    parts.push(format!("{}个数", package.figures.len()));
    parts.join("　")
}

/// Relations that should have been checked and could not be, with what is missing, on a line each.
fn undecided(checked: &Checked, teller: &Teller<'_>) -> Vec<String> {
    let relations = checked.report.relations.iter().filter(|relation| relation.verdict == Verdict::Unreadable);
    let mut out: Vec<String> =
        relations.map(|relation| format!("没有查成　{}　{}", relation.code, teller.relation(relation))).collect();
    let count = out.len();
    if count > LISTED {
        out.truncate(LISTED);
        out.push(format!("没有查成　另有 {} 条，见 --format json", count - LISTED));
    }
    out
}

/// What could not be read, on a line each.
pub fn unread(checked: &Checked) -> Vec<String> {
    let shown = |place: &juesuan_model::Place| {
        let place = juesuan_model::Place { file: None, ..place.clone() };
        let text = place.to_string();
        if text.is_empty() { text } else { format!("{text}：") }
    };
    let problems =
        checked.problems.iter().map(|problem| format!("没有读出　{}{}", shown(&problem.place), problem.message));
    let unread = checked.unread.iter().map(|(place, text)| format!("没有读懂　{}{text}", shown(place)));
    let mut out: Vec<String> = problems.chain(unread).collect();
    out.dedup();
    let count = out.len();
    if count > LISTED {
        out.truncate(LISTED);
        out.push(format!("没有读懂　另有 {} 处，juesuan read 列出全部", count - LISTED));
    }
    out
}

/// The last word on a document. One with unread parts is never said to be right.
pub fn verdict(checked: &Checked, complete: bool, catalog: &Catalog) -> String {
    let errors = checked.report.findings.iter().any(|finding| finding.severity == Severity::Error);
    let hidden = checked.left_out.is_some_and(|left_out| left_out.errors > 0);
    let enough = checked.report.coverage.is_enough();
    let words = &catalog.report.verdict;
    let said = match (checked.package.kind, errors, complete) {
        (_, false, _) if hidden => &words.hidden,
        (DocumentKind::Template, ..) => &words.template,
        (_, true, _) => &words.errors,
        (DocumentKind::Unknown, false, _) => &words.unknown,
        (_, false, _) if !enough => return too_little(catalog),
        (_, false, false) => &words.partly,
        (_, false, true) => &words.clean,
    };
    said.clone()
}

/// The closing table: a line a document with file, what it is, how many findings, how many relations unread.
pub struct Closing {
    rows: Vec<[String; 8]>,
}

impl Closing {
    /// The heads of the columns.
    pub fn new() -> Closing {
        Closing {
            rows: vec![["文件", "名称", "年度", "种类", "错误", "警告", "提示", "读不到"].map(str::to_owned)]
        }
    }

    /// The line of one more document.
    pub fn add(&mut self, document: &Checked) {
        let entity = &document.package.entity;
        let count = |severity| {
            document.report.findings.iter().filter(|finding| finding.severity == severity).count().to_string()
        };
        let year = if entity.year > 0 { entity.year.to_string() } else { String::new() };
        self.rows.push([
            shortened(&document.file),
            shortened(&entity.name),
            year,
            kind(&document.package).to_owned(),
            count(Severity::Error),
            count(Severity::Warning),
            count(Severity::Notice),
            Tally::of(&document.report.relations).unreadable.to_string(),
        ]);
    }

    /// The lines of the table.
    pub fn lines(&self) -> Vec<String> {
        let wide = |at: usize| self.rows.iter().filter_map(|row| row.get(at)).map(|cell| width(cell)).max();
        let widths: Vec<usize> = (0..8).map(|at| wide(at).unwrap_or(0)).collect();
        let line = |row: &[String; 8]| {
            let cells: Vec<String> = row.iter().zip(&widths).map(|(cell, width)| padded(cell, *width)).collect();
            cells.join("  ").trim_end().to_owned()
        };
        self.rows.iter().map(line).collect()
    }
}

/// The end of a long text.
fn shortened(text: &str) -> String {
    if width(text) <= LONGEST {
        return text.to_owned();
    }
    let mut room = LONGEST - 1;
    let fits = |c: &char| {
        let left = room.checked_sub(char_width(*c));
        room = left.unwrap_or(room);
        left.is_some()
    };
    let end: Vec<char> = text.chars().rev().take_while(fits).collect();
    std::iter::once('…').chain(end.into_iter().rev()).collect()
}

/// The lines behind the findings of a document.
pub fn document(checked: &Checked, complete: bool, catalog: &Catalog) -> Vec<String> {
    let mut out = vec![identity(&checked.package, checked.pages, catalog)];
    out.push(terminal::summary(checked.report.findings.iter().map(|finding| finding.severity)));
    out.push(terminal::tally(Tally::of(&checked.report.relations)));
    out.extend(covered(checked, catalog, LISTED));
    out.extend(undecided(checked, &Teller::of(catalog, checked)));
    out.extend(unread(checked));
    for waived in &checked.waived {
        let place = waived.finding.places().next().map(ToString::to_string).unwrap_or_default();
        out.push(format!(
            "已豁免　{}　{place}　{}（{}，至 {}）",
            waived.finding.code, waived.reason, waived.person, waived.until
        ));
    }
    if let Some(left_out) = checked.left_out.filter(|left_out| left_out.findings > 0) {
        let LeftOut { findings, errors } = left_out;
        out.push(format!("按所选的规则　没有列出 {findings} 条发现，其中错误 {errors}"));
    }
    out.push(verdict(checked, complete, catalog));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_without_end_costs_nothing_and_its_end_is_shown() {
        assert_eq!(shortened("决算.pdf"), "决算.pdf");
        let name = shortened(&("长".repeat(1_000_000) + "决算.pdf"));
        assert!(name.starts_with("…长") && name.ends_with("长决算.pdf") && width(&name) <= LONGEST, "{name}");
    }
}

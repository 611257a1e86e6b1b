//! What a package says of performance, without the accounts around it.

use juesuan_catalog::performance::AloneWords;
use juesuan_catalog::section::OutlinePart;
use juesuan_catalog::template::Piece;
use juesuan_catalog::{Catalog, Section};
use juesuan_model::package::Report;
use juesuan_model::{Block, DocumentKind, Package, Part};

/// Level of the heading of a section.
const SECTION_LEVEL: u8 = 1;

/// The document cut down to performance. Figures and evaluations stay, so that the numbers keep their meaning; it is no
/// final account any more.
pub fn package(package: &Package, catalog: &Catalog) -> Package {
    let words = &catalog.performance.alone;
    let entity = &package.entity;
    let year = entity.year.to_string();
    let titled = |line: &String| line.replace("{单位}", &entity.name).replace("{年}", &year);
    let mut alone = package.clone();
    alone.kind = DocumentKind::Unknown;
    alone.document.title = words.cover.iter().map(titled).collect();
    let [explained, documents] = blocks(package, catalog);
    alone.document.parts = [explained, documents]
        .into_iter()
        .zip(&words.parts)
        .filter(|(blocks, _)| !blocks.is_empty())
        .map(|(blocks, title)| Part { title: title.clone(), blocks, ..Part::default() })
        .collect();
    alone
}

/// The relations and findings about performance. What findings refer to by number is told from the whole report.
pub fn report(report: &Report, words: &AloneWords) -> Report {
    Report {
        relations: report.relations.iter().filter(|relation| words.concerns(&relation.code)).cloned().collect(),
        findings: report.findings.iter().filter(|finding| words.concerns(&finding.code)).cloned().collect(),
        readings: report.readings.clone(),
        coverage: report.coverage.clone(),
    }
}

/// Blocks of the explanations, and of reports and forms.
fn blocks(package: &Package, catalog: &Catalog) -> [Vec<Block>; 2] {
    let Some(text) = catalog.sections.variant(&package.entity.variant) else { return [Vec::new(), Vec::new()] };
    let words = &catalog.performance.alone;
    let (mut explained, mut documents) = (Vec::new(), Vec::new());
    for outline in &text.outline.part {
        let Some(part) = package.document.parts.iter().find(|part| is_titled(part, outline)) else { continue };
        if outline.performance {
            documents.extend(part.blocks.iter().cloned());
        } else if outline.sections.contains(&words.section) {
            let section = text.sections.get(&words.section);
            explained.extend(section.map(|section| of_section(part, outline, section)).unwrap_or_default());
        }
    }
    [explained, documents]
}

/// True if the part is the one that the outline describes: the words that end the title end its name.
fn is_titled(part: &Part, outline: &OutlinePart) -> bool {
    let words = outline.title.pieces().iter().rev().find_map(|piece| match piece {
        Piece::Text(text) => Some(text.as_str()),
        _ => None,
    });
    words.is_some_and(|words| part.title.ends_with(words))
}

/// The blocks below the heading of a section; where sections print none, all of the part.
fn of_section(part: &Part, outline: &OutlinePart, section: &Section) -> Vec<Block> {
    if !outline.headings {
        return part.blocks.clone();
    }
    let heading = |block: &Block| match block {
        Block::Heading { level: SECTION_LEVEL, text, .. } => Some(text.ends_with(section.heading())),
        _ => None,
    };
    let below = part.blocks.iter().skip_while(|block| heading(block) != Some(true)).skip(1);
    below.take_while(|block| heading(block).is_none()).cloned().collect()
}

//! What is missing, stands twice, or is another body's.

use juesuan_model::{Block, CellRole, Document, Run, Table};
use juesuan_text::numeral;

use super::scene::{Scene, paragraphs, pick};
use super::{Fault, Spot};
use crate::random::Random;

/// Sections that stand for themselves: nothing else refers to them.
const SECTIONS: [&str; 3] = ["机关运行经费", "政府采购支出", "国有资产占用"];

/// All kinds.
pub const FAULTS: [Fault; 12] = [
    Fault { name: "缺一张表", codes: &["DC102"], plant: without_table },
    Fault { name: "有标题无表", codes: &["DC102", "DC103"], plant: announced_table },
    Fault { name: "表重复", codes: &["DC104"], plant: table_twice },
    Fault { name: "表无金额单位", codes: &["DC105"], plant: table_without_unit },
    Fault { name: "缺一节说明", codes: &["DC101"], plant: without_section },
    Fault { name: "编号跳号", codes: &["DC107"], plant: number_skipped },
    Fault { name: "标题年度错", codes: &["DC110"], plant: title_of_another_year },
    Fault { name: "标题写他单位", codes: &["NM101"], plant: title_of_another_body },
    Fault { name: "表头写他单位", codes: &["NM101", "NM102"], plant: table_of_another_body },
    Fault { name: "空表缺说明", codes: &["NT101"], plant: without_note },
    Fault { name: "编码与名称不符", codes: &["CL102", "CL105"], plant: name_of_another_code },
    Fault { name: "文字漏列项级科目", codes: &["TX105"], plant: item_left_out },
];

/// Parts and blocks of the tables with data that the catalogue knows.
fn tables(document: &Document, wanted: impl Fn(&Table) -> bool) -> Vec<(usize, usize, String)> {
    let mut out = Vec::new();
    for (p, part) in document.parts.iter().enumerate() {
        for (b, block) in part.blocks.iter().enumerate() {
            if let Block::Table(table) = block
                && !table.form.is_empty()
                && wanted(table)
            {
                out.push((p, b, table.title.clone()));
            }
        }
    }
    out
}

fn table(document: &mut Document, part: usize, block: usize) -> Option<&mut Table> {
    match document.parts.get_mut(part)?.blocks.get_mut(block)? {
        Block::Table(table) => Some(table),
        _ => None,
    }
}

/// Numbers the headings of level 1 from `from` on anew.
fn renumber(document: &mut Document, part: usize) -> Option<()> {
    let mut number = 0;
    for block in &mut document.parts.get_mut(part)?.blocks {
        let Block::Heading { level: 1, text, .. } = block else { continue };
        let (_, name) = text.split_once('、')?;
        number += 1;
        *text = format!("{}、{name}", numeral::usual(number));
    }
    Some(())
}

fn without_table(document: &mut Document, scene: &Scene<'_>, random: &mut Random) -> Option<Spot> {
    let all = tables(document, |table| scene.tables && !table.rows.is_empty());
    let (part, block, name) = pick(random, &all)?;
    let blocks = &mut document.parts.get_mut(part)?.blocks;
    blocks.remove(block);
    if let Some(before) = block.checked_sub(1).filter(|at| matches!(blocks.get(*at), Some(Block::Heading { .. }))) {
        blocks.remove(before);
    }
    renumber(document, part)?;
    Some(Spot::Missing { name })
}

fn announced_table(document: &mut Document, scene: &Scene<'_>, random: &mut Random) -> Option<Spot> {
    let all = tables(document, |table| scene.tables && scene.texts && !table.rows.is_empty());
    let (part, block, name) = pick(random, &all)?;
    document.parts.get_mut(part)?.blocks.remove(block);
    Some(Spot::Missing { name })
}

fn table_twice(document: &mut Document, scene: &Scene<'_>, random: &mut Random) -> Option<Spot> {
    let all = tables(document, |table| scene.tables && table.rows.len() > 2);
    let (part, block, name) = pick(random, &all)?;
    let blocks = &mut document.parts.get_mut(part)?.blocks;
    let copies = blocks.get(block - 1..=block)?.to_vec();
    blocks.extend(copies);
    renumber(document, part)?;
    Some(Spot::Missing { name })
}

fn table_without_unit(document: &mut Document, scene: &Scene<'_>, random: &mut Random) -> Option<Spot> {
    let all = tables(document, |table| scene.tables && !table.rows.is_empty() && !table.unit.is_empty());
    let (part, block, name) = pick(random, &all)?;
    table(document, part, block)?.unit.clear();
    Some(Spot::Missing { name })
}

fn without_section(document: &mut Document, scene: &Scene<'_>, random: &mut Random) -> Option<Spot> {
    let wanted = |text: &str| SECTIONS.iter().any(|name| text.contains(name));
    let mut all = Vec::new();
    for (p, part) in document.parts.iter().enumerate() {
        for (b, block) in part.blocks.iter().enumerate() {
            if let Block::Heading { level: 1, text, .. } = block
                && scene.texts
                && wanted(text)
            {
                all.push((p, b, text.clone()));
            }
        }
    }
    let (part, block, text) = pick(random, &all)?;
    let blocks = &mut document.parts.get_mut(part)?.blocks;
    let rest = blocks.get(block + 1..)?;
    let length = rest.iter().position(|b| matches!(b, Block::Heading { level: 1, .. })).unwrap_or(rest.len());
    blocks.drain(block..=block + length);
    renumber(document, part)?;
    let name = SECTIONS.into_iter().find(|name| text.contains(name))?;
    Some(Spot::Missing { name: name.to_owned() })
}

fn number_skipped(document: &mut Document, scene: &Scene<'_>, random: &mut Random) -> Option<Spot> {
    let mut all = Vec::new();
    for part in document.parts.iter_mut().filter(|_| scene.texts) {
        for block in &mut part.blocks {
            // The last heading, so that no number stands twice.
            if let Block::Heading { level: 1, text, .. } = block {
                all.push(text);
            }
        }
    }
    let at = usize::try_from(random.between(0, i64::try_from(all.len()).ok()? - 1)).ok()?;
    let text = all.into_iter().nth(at)?;
    let (number, name) = text.split_once('、')?;
    let number = usize::try_from(numeral::parse(number)?).ok()?;
    *text = format!("{}、{name}", numeral::usual(number + 2));
    Some(Spot::Text { words: text.clone() })
}

fn title_of_another_year(document: &mut Document, scene: &Scene<'_>, random: &mut Random) -> Option<Spot> {
    let year = scene.package.entity.year;
    let from = format!("{year}年度");
    let mut all: Vec<&mut String> =
        document.parts.iter_mut().filter(|_| scene.texts).map(|p| &mut p.title).filter(|t| t.contains(&from)).collect();
    let at = usize::try_from(random.between(0, i64::try_from(all.len()).ok()? - 1)).ok()?;
    let title = all.get_mut(at)?;
    **title = title.replace(&from, &format!("{}年度", year - 1));
    Some(Spot::Text { words: title.clone() })
}

/// A body that no made department is.
pub const OTHER: &str = "云岭市水利局";

fn title_of_another_body(document: &mut Document, scene: &Scene<'_>, _: &mut Random) -> Option<Spot> {
    let name = &scene.package.entity.name;
    let part = document.parts.iter_mut().filter(|_| scene.texts).find(|part| part.title.contains(name))?;
    part.title = part.title.replace(name, OTHER);
    Some(Spot::Text { words: part.title.clone() })
}

fn table_of_another_body(document: &mut Document, scene: &Scene<'_>, random: &mut Random) -> Option<Spot> {
    let name = scene.package.entity.name.clone();
    let all = tables(document, |table| scene.tables && table.entity.contains(&name));
    let (part, block, title) = pick(random, &all)?;
    let table = table(document, part, block)?;
    table.entity = table.entity.replace(&name, OTHER);
    Some(Spot::Cell { table: title, row: Vec::new() })
}

fn without_note(document: &mut Document, scene: &Scene<'_>, random: &mut Random) -> Option<Spot> {
    let empty = |table: &Table| {
        let numbers = table.rows.iter().flat_map(|row| &row.cells).filter(|cell| cell.role == CellRole::Number);
        numbers.map(|cell| cell.text.as_str()).all(|text| matches!(text, "" | "0.00"))
    };
    let all = tables(document, |table| scene.tables && scene.texts && empty(table) && table.notes.len() > 1);
    let (part, block, title) = pick(random, &all)?;
    let notes = &mut table(document, part, block)?.notes;
    let before = notes.len();
    notes.retain(|note| !(note.contains("没有") || note.contains("无")));
    let gone = before - notes.len();
    (gone > 0).then_some(Spot::Cell { table: title, row: Vec::new() })
}

/// The name of the row below stands in a row of the lowest level.
fn name_of_another_code(document: &mut Document, scene: &Scene<'_>, random: &mut Random) -> Option<Spot> {
    let lowest = |row: &juesuan_model::TableRow| {
        row.cells.first().is_some_and(|cell| cell.role == CellRole::Code && cell.text.len() == 7)
    };
    let all = tables(document, |table| scene.tables && table.rows.windows(2).any(|w| w.iter().all(lowest)));
    let (part, block, title) = pick(random, &all)?;
    let rows = &mut table(document, part, block)?.rows;
    let pairs: Vec<usize> =
        rows.array_windows().enumerate().filter(|(_, [a, b])| lowest(a) && lowest(b)).map(|(at, _)| at).collect();
    let at = pick(random, &pairs)?;
    let name = rows.get(at + 1)?.cells.get(1)?.text.clone();
    let row = rows.get_mut(at)?;
    row.cells.get_mut(1)?.text = name.clone();
    let code = row.cells.first()?.text.clone();
    Some(Spot::Cell { table: title, row: vec![code, name] })
}

/// The last item of the list of general-budget items is gone.
fn item_left_out(document: &mut Document, scene: &Scene<'_>, _: &mut Random) -> Option<Spot> {
    let all = paragraphs(document);
    let is_item = |text: &str| text.contains("（项）。年初预算");
    let (part, block, text) = all.into_iter().rfind(|(_, _, text)| scene.texts && scene.tables && is_item(text))?;
    let blocks = &mut document.parts.get_mut(part)?.blocks;
    blocks.remove(block);
    let name = text.split("（款）").nth(1)?.split("（项）").next()?.to_owned();
    // What was last but one ends the list.
    if let Some(Block::Paragraph { runs, .. }) = block.checked_sub(1).and_then(|at| blocks.get_mut(at))
        && let Some(Run { text, .. }) = runs.last_mut()
        && text.ends_with('；')
    {
        text.pop();
        text.push('。');
    }
    Some(Spot::Missing { name })
}

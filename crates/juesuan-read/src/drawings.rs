//! Which pictures lie on which sheets of an XLSX file; relations of the parts of office files.

use std::collections::BTreeMap;

use juesuan_model::Problem;

use crate::archive::Archive;
use crate::xml::{self, Token, Xml};

/// What is drawn on a sheet.
#[derive(Default)]
pub struct Drawn {
    /// The paths of its pictures.
    pub pictures: Vec<String>,
    /// True if there are boxes with text in them.
    pub has_text: bool,
}

/// What is drawn on each sheet on which there is something, by its name.
pub fn sheets(name: &str, bytes: &[u8]) -> Result<BTreeMap<String, Drawn>, Problem> {
    let mut archive = Archive::open(name, bytes)?;
    let mut found: BTreeMap<String, Drawn> = BTreeMap::new();
    for (sheet, path) in worksheets(&mut archive)? {
        let drawings: Vec<String> = relations(&mut archive, &relations_of(&path))?
            .into_values()
            .filter(|(kind, _)| kind.ends_with("/drawing"))
            .map(|(_, target)| resolve(folder(&path), &target))
            .collect();
        for drawing in drawings {
            let related = relations(&mut archive, &relations_of(&drawing))?;
            let images = related.values().filter(|(kind, _)| kind.ends_with("/image"));
            let paths: Vec<String> = images.map(|(_, target)| resolve(folder(&drawing), target)).collect();
            let drawn = found.entry(sheet.clone()).or_default();
            drawn.pictures.extend(paths);
            drawn.has_text |= has_text(&mut archive, &drawing)?;
        }
    }
    Ok(found)
}

/// True if there is text in a box of a drawing.
fn has_text(archive: &mut Archive<&[u8]>, path: &str) -> Result<bool, Problem> {
    let bytes = archive.part(path)?.unwrap_or_default();
    let text = xml::decode(&bytes);
    let mut part = Xml::new(&text);
    let mut inside = false;
    while let Ok(token) = part.read() {
        match token {
            Token::Open(tag) => inside = xml::name(&tag) == "t",
            Token::Text(words) if inside && !words.trim().is_empty() => return Ok(true),
            Token::Close | Token::Empty(_) => inside = false,
            Token::Text(_) => {}
            Token::End => break,
        }
    }
    Ok(false)
}

/// The sheets of the workbook with the paths of their parts.
pub fn worksheets(archive: &mut Archive<&[u8]>) -> Result<Vec<(String, String)>, Problem> {
    let book = relations(archive, "xl/_rels/workbook.xml.rels")?;
    let path = |(sheet, id): (String, String)| Some((sheet, resolve("xl", &book.get(&id)?.1)));
    Ok(listed(archive)?.into_iter().filter_map(path).collect())
}

/// Sheets of the workbook with the ids of their relations.
fn listed(archive: &mut Archive<&[u8]>) -> Result<Vec<(String, String)>, Problem> {
    let mut sheets = Vec::new();
    each(archive, "xl/workbook.xml", &mut |tag| {
        if xml::name(tag) == "sheet"
            && let (Some(name), Some(id)) = (xml::attribute(tag, "name"), xml::attribute(tag, "id"))
        {
            sheets.push((name.into_owned(), id.into_owned()));
        }
    })?;
    Ok(sheets)
}

/// The paths of the pictures that a part of an office file refers to, by the ids that it uses.
pub fn of_part(archive: &mut Archive<&[u8]>, part: &str) -> Result<BTreeMap<String, String>, Problem> {
    let related = relations(archive, &relations_of(part))?.into_iter();
    let images = related.filter(|(_, (kind, _))| kind.ends_with("/image"));
    Ok(images.map(|(id, (_, target))| (id, resolve(folder(part), &target))).collect())
}

/// Kind and target of each relation by its id.
fn relations(archive: &mut Archive<&[u8]>, path: &str) -> Result<BTreeMap<String, (String, String)>, Problem> {
    let mut found = BTreeMap::new();
    each(archive, path, &mut |tag| {
        let of = |name| xml::attribute(tag, name).unwrap_or_default().into_owned();
        if xml::name(tag) == "Relationship" {
            found.insert(of("Id"), (of("Type"), of("Target")));
        }
    })?;
    Ok(found)
}

/// Visits every tag of a part.
pub fn each(archive: &mut Archive<&[u8]>, path: &str, visit: &mut dyn FnMut(&xml::Tag<'_>)) -> Result<(), Problem> {
    let bytes = archive.part(path)?.unwrap_or_default();
    let text = xml::decode(&bytes);
    let mut part = Xml::new(&text);
    while let Ok(token) = part.read() {
        match token {
            Token::Open(tag) | Token::Empty(tag) => visit(&tag),
            Token::Close | Token::Text(_) => {}
            Token::End => break,
        }
    }
    Ok(())
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn relations_of(path: &str) -> String {
    let file = path.rsplit('/').next().unwrap_or(path);
    format!("{}/_rels/{file}.rels", folder(path))
}

/// The path of a target that is named from a folder.
pub fn resolve(from: &str, target: &str) -> String {
    if let Some(path) = target.strip_prefix('/') {
        return path.to_owned();
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    for part in target.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_named_from_the_folder_of_their_part() {
        assert_eq!(resolve("xl/worksheets", "../drawings/drawing1.xml"), "xl/drawings/drawing1.xml");
        assert_eq!(resolve("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolve("xl", "/xl/worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(relations_of("xl/worksheets/sheet1.xml"), "xl/worksheets/_rels/sheet1.xml.rels");
    }
}

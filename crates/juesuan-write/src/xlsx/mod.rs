//! The tables as a workbook: one sheet a statutory table in the official layout with live sums, then the other tables and
//! the charts with their data. The relations that were checked are a workbook of their own.

pub(crate) mod amount;
mod charts;
mod checks;
pub(crate) mod form;
pub(crate) mod formats;
mod formula;
mod names;

use std::borrow::Cow;

use juesuan_model::{Block, Chart, Package, Table};
use juesuan_text::ordinal::Ordinal;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};

use crate::container::settled;
use crate::error::Error;
use crate::report::ToldRelation;

/// Writes the workbook. Numbers are numbers (blank stays blank); where the accounts give 分, a cell holds the exact amount
/// and shows the printed decimals.
pub fn xlsx(package: &Package) -> Result<Vec<u8>, Error> {
    let mut workbook = workbook(
        DocProperties::new().set_title(package.document.title.join(" ")).set_author(package.entity.name.clone()),
    )?;
    let mut names = names::SheetNames::default();
    let tables = tables(package);
    let (forms, others): (Vec<&Table>, Vec<&Table>) =
        tables.iter().map(Cow::as_ref).partition(|table| !table.form.is_empty());
    // A table with a title stands for itself: a form of performance has columns of its own.
    let (titled, others): (Vec<&Table>, Vec<&Table>) = others.into_iter().partition(|table| !table.title.is_empty());
    for table in forms.into_iter().chain(titled) {
        let sheet = workbook.add_worksheet();
        sheet.set_name(names.unique(&table.title))?;
        form::sheet(sheet, table, package)?;
    }
    if !others.is_empty() {
        let sheet = workbook.add_worksheet();
        sheet.set_name(names.unique("其他表"))?;
        form::stacked(sheet, &others, package)?;
    }
    let charts: Vec<&Chart> = charts_of(package).collect();
    if !charts.is_empty() {
        let sheet = workbook.add_worksheet();
        let name = names.unique("图表数据");
        sheet.set_name(&name)?;
        charts::sheet(sheet, &name, &charts, package)?;
    }
    Ok(settled(workbook.save_to_buffer()?))
}

/// Writes the workbook of the relations that were checked, as they are.
pub fn relations(relations: &[ToldRelation]) -> Result<Vec<u8>, Error> {
    let mut workbook = workbook(DocProperties::new().set_title(checks::TITLE))?;
    let sheet = workbook.add_worksheet();
    sheet.set_name(checks::TITLE)?;
    checks::sheet(sheet, relations)?;
    Ok(settled(workbook.save_to_buffer()?))
}

/// A workbook with a constant date: the same package gives the same bytes.
fn workbook(properties: DocProperties) -> Result<Workbook, Error> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties.set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?));
    Ok(workbook)
}

/// The tables in order; one without a title has that of the heading above it, without its number.
fn tables(package: &Package) -> Vec<Cow<'_, Table>> {
    let mut tables = Vec::new();
    for part in &package.document.parts {
        let mut heading = "";
        for block in &part.blocks {
            match block {
                Block::Heading { text, .. } => heading = Ordinal::of(text).map_or(text.as_str(), |own| own.rest(text)),
                Block::Table(table) if table.title.is_empty() && !heading.trim().is_empty() => {
                    tables.push(Cow::Owned(Table { title: heading.trim().to_owned(), ..table.clone() }));
                }
                Block::Table(table) => tables.push(Cow::Borrowed(table)),
                Block::Paragraph { .. } | Block::Chart(_) => {}
            }
        }
    }
    tables
}

fn charts_of(package: &Package) -> impl Iterator<Item = &Chart> {
    let blocks = package.document.parts.iter().flat_map(|part| &part.blocks);
    blocks.filter_map(|block| if let Block::Chart(chart) = block { Some(chart) } else { None })
}

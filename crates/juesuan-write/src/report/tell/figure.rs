//! A figure in words: what it is called, what stands there, where.

use juesuan_model::{Cell, FigureId, Place, Printed, Reading, ShownFigure, Subject};

use super::super::{Named, words as words_of};
use super::{Teller, subject};

/// A figure, of whichever package.
pub(super) struct Seen<'s> {
    subject: Option<Subject>,
    body: Option<&'s str>,
    cell: Cell,
    pub(super) reads: Reading,
    place: &'s Place,
}

impl<'s> Seen<'s> {
    /// A figure that brings everything with it.
    pub(super) fn shown(figure: &'s ShownFigure) -> Seen<'s> {
        Seen {
            subject: figure.subject.clone(),
            body: figure.body.as_deref(),
            cell: figure.cell,
            reads: figure.reads,
            place: &figure.place,
        }
    }

    /// A figure of the package that is told of.
    pub(super) fn own(id: FigureId, teller: &'s Teller<'s>) -> Option<Seen<'s>> {
        let figure = teller.package.figure(id)?;
        let (year, trees) = (teller.package.entity.year, &teller.catalog.trees);
        let subject = figure.meanings.first().map(|meaning| Subject {
            meaning: trees.canonical(meaning, year),
            measure: trees.canonical_measure(&figure.measure, year),
            year,
        });
        Some(Seen { subject, body: None, cell: figure.cell, reads: teller.reading(id), place: &figure.place })
    }

    /// A property by the word that templates use; without one the figure with its name and its place.
    pub(super) fn property(&self, teller: &Teller<'_>, word: &str) -> Option<String> {
        Some(match word {
            "" => format!("{}{}（{}）", self.label(teller), self.stands(teller), self.whereabouts(teller)),
            "名" => self.label(teller),
            "印" => self.stands(teller),
            "数" => self.digits(teller),
            "处" => self.whereabouts(teller),
            "印处" => format!("{}（{}）", self.stands(teller), self.whereabouts(teller)),
            "节" => self.place.section.clone()?,
            "表" => self.place.table.clone()?,
            "行" => self.place.row.clone()?,
            "列" => self.place.column.clone()?,
            "单位" => self.cell.number()?.unit.word().to_owned(),
            _ => return None,
        })
    }

    /// What it is called.
    pub(super) fn label(&self, teller: &Teller<'_>) -> String {
        self.subject.as_ref().map(|subject| subject::words(subject, teller)).unwrap_or_default()
    }

    /// Fiscal year of its document; 0 where it is not known.
    pub(super) fn year(&self) -> u16 {
        self.subject.as_ref().map_or(0, |subject| subject.year)
    }

    /// Digits and unit as they stand there.
    pub(super) fn stands(&self, teller: &Teller<'_>) -> String {
        let words = &teller.catalog.report.cell;
        match self.cell {
            Cell::Number(printed) => printed.to_string(),
            Cell::Blank => words.blank.clone(),
            Cell::Dash => words.dash.clone(),
            Cell::Unreadable => words.unreadable.clone(),
            Cell::Absent => words.absent.clone(),
        }
    }

    /// Digits as they are calculated with.
    pub(super) fn digits(&self, teller: &Teller<'_>) -> String {
        let words = &teller.catalog.report.cell;
        match self.reads {
            Reading::Known(printed) => printed.digits(),
            Reading::Unreadable => words.not_read.clone(),
            Reading::Absent => words.not_there.clone(),
        }
    }

    /// Where it stands.
    pub(super) fn whereabouts(&self, teller: &Teller<'_>) -> String {
        whereabouts(self.place, teller)
    }

    /// Name, digits and unit apart.
    pub(super) fn named(&self, teller: &Teller<'_>) -> Named {
        let printed = self.cell.number();
        Named {
            label: format!("{}{}", self.body.unwrap_or_default(), self.label(teller)),
            value: printed.map_or_else(|| self.stands(teller), Printed::digits),
            unit: printed.map_or_else(String::new, |printed| printed.unit.word().to_owned()),
        }
    }
}

/// `第24页 收入支出决算总表 “总计”行“支出”列`. The file of the document itself is left out, so are the folders of
/// others, and the parts of a column's heading that say nothing; the others follow each other from the top.
pub(super) fn whereabouts(place: &Place, teller: &Teller<'_>) -> String {
    let words = &teller.catalog.report.place;
    let plain = |text: &str| words.plain.iter().any(|word| word == text);
    let parts: Vec<&str> = place.column.iter().flat_map(|column| column.split('·')).collect();
    let telling = parts.iter().rposition(|part| !plain(part)).unwrap_or(0);
    let column = match parts.get(..=telling) {
        None | Some([]) => None,
        Some([only]) => Some((*only).to_owned()),
        Some([head, rest @ ..]) => Some(format!("{head}”中“{}", rest.concat())),
    };
    let row = place.row.clone().filter(|row| !plain(row));
    let own = teller.unfiled(place);
    // A form is a document of its own: its title is said once.
    let twice = |section: &&String| own.table.as_ref().is_some_and(|table| section.ends_with(table.as_str()));
    // A title that the text goes on behind ends in its mark.
    let section = own.section.as_ref().filter(|section| !twice(section));
    let section = section.map(|section| section.trim_end_matches('。').to_owned());
    let file = own.file.as_deref().map(|file| words_of::file_name(file).to_owned());
    let text = Place { file, section, row, column, ..own }.to_string();
    if text.is_empty() { words.nowhere.clone() } else { text }
}

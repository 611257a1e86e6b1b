//! Forms: one grid with the fields of the head, the money, the goal, the indicators, the total and the foot.

use juesuan_catalog::performance::documents::{CellLook, FormCell, FormElements, FormRow, FormTemplate, TextsTemplate};
use juesuan_evaluate::campaign::{self, Subject};
use juesuan_model::{Block, FigureId, Orientation, Table, TableBuilder, TableRow, Unit};

use super::cell::{Look, Spot, cell, entered};
use super::recorded::{Entry, Recorded};
use super::words::Words;
use super::{Known, Writer};
use crate::narrate::Written;
use crate::narrate::line::Bit;

/// What becomes of a value that is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Strict {
    /// It is asked for.
    Asked,
    /// Its cell stays blank.
    Blank,
    /// Its cell stays blank, and only what the row itself knows is printed.
    Alone,
}

/// A row to be written: what its template is, which of its elements it is of, and the names that are known there.
struct Row<'r> {
    template: &'r FormRow,
    at: usize,
    strict: Strict,
    /// Stands where the result of an indicator would stand that nobody could judge.
    unjudged: &'r str,
    words: &'r Words,
    known: Known<'r>,
}

/// A form while it is filled.
struct Filling<'f> {
    subject: &'f Subject,
    title: String,
    /// What it says.
    recorded: Recorded,
    /// Text of the head above each grid column.
    heads: Vec<String>,
    /// Points by grid column, for the total below.
    points: Vec<(usize, FigureId)>,
}

impl Writer<'_> {
    /// The form of a subject.
    pub(super) fn form(
        &self,
        template: &FormTemplate,
        subject: &Subject,
        known: Known,
        written: &mut Written,
    ) -> Block {
        let title = self.plain(known, &template.title);
        let heads = vec![String::new(); template.widths.len()];
        let recorded = Recorded::new(subject, &title);
        let mut filling = Filling { subject, title: title.clone(), recorded, heads, points: Vec::new() };
        let mut rows = Vec::new();
        for row in template.row.iter().filter(|row| self.stands(known, &row.when, &row.unless)) {
            let all: Vec<Words> = match row.each {
                None => vec![Words::default()],
                Some(FormElements::Indicator) => self.indicators(subject, subject.lines.iter()),
                Some(FormElements::Fund) => {
                    let funds = subject.funds.iter().enumerate();
                    funds.map(|(index, fund)| self.fund(subject, index, fund, &template.all_money)).collect()
                }
            };
            let first = rows.len();
            for (at, words) in all.iter().enumerate() {
                let strict = match row.each {
                    // What a part of the money was is often not known; of the whole it must be.
                    Some(FormElements::Fund) => Strict::of(at == 0, Strict::Alone),
                    // Where the reason says why nothing can be told, nothing is asked for.
                    Some(FormElements::Indicator) => Strict::of(!explained(words), Strict::Blank),
                    None => Strict::Asked,
                };
                let unjudged = if strict == Strict::Blank { template.unjudged.as_str() } else { "" };
                let row = Row { template: row, at, strict, unjudged, words, known };
                rows.push(self.form_row(&row, &mut filling, written));
            }
            join_down(row, rows.get_mut(first..).unwrap_or_default());
        }
        let mut table = TableBuilder::grid(template.widths.clone());
        rows.into_iter().for_each(|row| table.push(row));
        let notes = self.notes(template, &filling, known, written);
        written.package.performance.evaluations.push(filling.recorded.finish());
        Block::Table(Table {
            entity: self.plain(known, &template.entity),
            unit: self.plain(known, &template.unit),
            orientation: Orientation::Portrait,
            notes,
            title,
            ..table.finish()
        })
    }

    fn form_row(&self, row: &Row, filling: &mut Filling, written: &mut Written) -> TableRow {
        let Row { template: row, at, strict, unjudged, words, known } = *row;
        // A part of the money has words of its own only.
        let own: Vec<&Words> = match strict {
            Strict::Alone => vec![words],
            Strict::Asked | Strict::Blank => std::iter::once(words).chain(known.iter().copied()).collect(),
        };
        let texts = row.cell.iter().map(|cell| self.form_cell(cell, (strict, unjudged), &own, filling));
        let texts: Vec<Vec<Bit>> = texts.collect();
        let shown: Vec<String> = texts.iter().map(|bits| bits.iter().map(Bit::shown).collect()).collect();
        let name = match row.each {
            Some(FormElements::Indicator) => words.get("三级").into_iter().flatten().map(Bit::shown).collect(),
            _ => shown.first().cloned().unwrap_or_default(),
        };
        let mut said = filling.recorded.row(row.each, at, &name, filling.subject, &mut written.package);
        let (mut cells, mut column, mut label) = (Vec::new(), 0, String::new());
        for (template, bits) in row.cell.iter().zip(texts) {
            let head = filling.heads.get(column).cloned().unwrap_or_default();
            let spot = Spot { section: &filling.title, table: &filling.title, row: &name, column: &head };
            let columns = template.columns.max(1);
            let (mut made, figures) = cell(bits, Look::of(template.look), columns, &spot, written);
            made.rows = template.rows;
            let entry =
                Entry { text: &made.text, label: if label.is_empty() { &head } else { &label }, figures: &figures };
            filling.recorded.cell(&mut said, template, entry);
            if template.look == CellLook::Middle {
                label.clone_from(&made.text);
            }
            if template.look == CellLook::Number
                && let Some(figure) = made.figure
            {
                if row.total {
                    made.adds = filling.points.iter().filter(|(at, _)| *at == column).map(|(_, id)| *id).collect();
                } else if row.each == Some(FormElements::Indicator) {
                    filling.points.push((column, figure));
                }
            }
            cells.push(made);
            column += usize::from(columns);
        }
        filling.recorded.end(said);
        if row.each.is_none() {
            filling.remember(row, &shown);
        }
        TableRow { cells, total: row.total }
    }

    fn form_cell(
        &self,
        template: &FormCell,
        (strict, unjudged): (Strict, &str),
        known: Known,
        filling: &Filling,
    ) -> Vec<Bit> {
        if let Some(texts) = &template.texts {
            return self.told_in_cell(template, texts, known, filling);
        }
        let mut bits = self.say(known, &template.write);
        let missing = bits.iter().any(|bit| matches!(bit, Bit::Missing { .. }));
        if missing && (strict != Strict::Asked || template.blank) {
            return vec![Bit::Text(unjudged.to_owned())];
        }
        // The unit of a number stands above the form.
        if template.look == CellLook::Number
            && matches!(bits.last(), Some(Bit::Text(unit)) if unit == Unit::WanYuan.word())
        {
            bits.pop();
        }
        bits
    }

    /// Texts that were entered, what the list of the cell says, or one behind the other.
    fn told_in_cell(&self, template: &FormCell, texts: &TextsTemplate, known: Known, filling: &Filling) -> Vec<Bit> {
        let subject = filling.subject;
        let entered = subject.texts.get(&texts.topic);
        let said: String = entered.into_iter().flatten().map(|text| campaign::shown(text)).collect();
        let Some(list) = template.list.as_ref().filter(|_| entered.is_none() || template.further) else {
            return self.numbered_texts(texts, subject, known);
        };
        let named = |words: &Words| {
            let name: String = words.get("三级").into_iter().flatten().map(Bit::shown).collect();
            !name.is_empty() && said.contains(&name)
        };
        let listed = self.listed(list, Some(subject), known, &named);
        if listed.is_empty() {
            return self.numbered_texts(texts, subject, known);
        }
        let mut bits = Vec::new();
        if entered.is_some() {
            bits = self.numbered_texts(texts, subject, known);
            let stopped = bits.last().is_some_and(|bit| bit.shown().ends_with('。'));
            bits.extend((!stopped).then(|| Bit::Text(list.join.clone())));
        }
        bits.extend(listed);
        bits.push(Bit::Text(list.end.clone()));
        bits
    }

    /// The notes of the template, and one for each target that was changed after its approval.
    fn notes(&self, template: &FormTemplate, filling: &Filling, known: Known, written: &mut Written) -> Vec<String> {
        let mut notes = Vec::new();
        let changes = self.campaign.changes.iter().filter(|change| change.project == filling.subject.project);
        let changed = changes.map(|change| (self.changed(change), &template.changed));
        let fixed = template.note.iter().map(|note| (Words::default(), note));
        for (words, sentence) in fixed.chain(changed) {
            let own: Vec<&Words> = std::iter::once(&words).chain(known.iter().copied()).collect();
            let spot = Spot { section: &filling.title, table: &filling.title, ..Spot::default() };
            notes.push(entered(self.say(&own, sentence), &spot, written).0);
        }
        for below in &template.below {
            let listed = self.listed(&below.list, Some(filling.subject), known, &|_| false);
            if listed.is_empty() {
                continue;
            }
            let mut bits = self.say(known, &below.write);
            bits.extend(listed);
            bits.push(Bit::Text(below.list.end.clone()));
            let spot = Spot { section: &filling.title, table: &filling.title, ..Spot::default() };
            notes.push(entered(bits, &spot, written).0);
        }
        notes
    }
}

/// Makes blank cells one with the cell above them where the row is told to.
fn join_down(row: &FormRow, rows: &mut [TableRow]) {
    for at in (0..row.cell.len()).filter(|at| row.cell.get(*at).is_some_and(|cell| cell.down)) {
        let mut covered = 1;
        for row in rows.iter_mut().rev() {
            let Some(cell) = row.cells.get_mut(at) else { continue };
            if cell.text.is_empty() {
                covered += 1;
            } else {
                cell.rows = if covered > 1 { covered } else { 0 };
                covered = 1;
            }
        }
    }
}

/// True if a reason was entered, and not asked for.
fn explained(words: &Words) -> bool {
    let reason = words.get("偏差原因");
    reason.is_some_and(|bits| bits.iter().all(|bit| !matches!(bit, Bit::Missing { .. })))
}

impl Strict {
    /// Asked for, or else `other`.
    const fn of(asked: bool, other: Strict) -> Strict {
        if asked { Strict::Asked } else { other }
    }
}

impl Filling<'_> {
    /// A row of labels names the columns below it.
    fn remember(&mut self, row: &FormRow, shown: &[String]) {
        if !row.cell.iter().all(|cell| cell.look == CellLook::Middle) {
            return;
        }
        let mut column = 0;
        for (cell, text) in row.cell.iter().zip(shown) {
            for head in self.heads.iter_mut().skip(column).take(usize::from(cell.columns.max(1))) {
                head.clone_from(text);
            }
            column += usize::from(cell.columns.max(1));
        }
    }
}

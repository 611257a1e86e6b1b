//! Whether the documents name only what the writer knows, and their rows fit their forms.

use juesuan_model::Problem;

use super::super::Announced;
use super::names::{ALIKE, CHANGE, FIELDS, GENERAL, SUBJECT, TEXTS, USES};
use super::{DocumentSet, Elements, FormTemplate, ListTemplate, ReportTemplate};
use crate::input::InputFiles;
use crate::section::{Phrases, SHARE, Version, Wording, words as of_department};
use crate::source::Source;
use crate::template::{Allowed, Template};

/// The sheet of texts with its column of topics, and the sheet of projects.
const TEXT_SHEET: (&str, &str) = ("perf-texts", "topic");
const PROJECT_SHEET: &str = "perf-projects";

/// What a set is checked against.
pub(super) struct Around<'a> {
    pub(super) source: &'a Source,
    pub(super) inputs: &'a InputFiles,
    pub(super) phrases: &'a Phrases,
    /// Variants with documents of their own in another set.
    pub(super) others: &'a [&'a str],
}

pub(super) fn check(set: &DocumentSet, path: &str, around: &Around, problems: &mut Vec<Problem>) {
    Check { set, path, around, everywhere: everywhere(set, around), problems }.run();
}

/// Words of the department and figures of the whole: in sentences, not in conditions.
fn everywhere<'a>(set: &'a DocumentSet, around: &Around<'a>) -> Allowed<'a> {
    let slots = || set.section.slot.keys().map(String::as_str);
    let of_whole = set.section.slot.iter().filter(|(_, slot)| !slot.of.is_empty()).map(|(name, _)| name.as_str());
    let versions = Version::WORDS.iter().map(|(word, _)| *word);
    let words = Announced::allowed(Allowed::default().names(of_department()));
    words.with(slots(), versions.chain(phrases(set, around))).with(of_whole, [SHARE])
}

/// What is known of all projects.
fn general<'a>(set: &'a DocumentSet) -> Allowed<'a> {
    let reports = [&set.whole_report, &set.project_report, &set.summary];
    let lists = reports.into_iter().flat_map(|report| &report.item).filter_map(|item| item.list.as_ref());
    let kinds = lists.flat_map(|list| &list.kinds).map(String::as_str);
    Allowed::default().names(GENERAL.iter().copied()).only_with(USES, kinds)
}

/// What is known of the whole or of a project.
fn subject<'a>(around: &Around<'a>) -> Allowed<'a> {
    let (sheet, column) = TEXT_SHEET;
    let topics = around.inputs.get(sheet).and_then(|file| file.column(column));
    let topics = topics.into_iter().flat_map(|column| &column.choices).map(String::as_str);
    let fields = around.inputs.get(PROJECT_SHEET).into_iter().flat_map(|file| &file.column);
    Allowed::default()
        .names(SUBJECT.iter().copied())
        .only_with(TEXTS, topics)
        .only_with(FIELDS, fields.map(|column| column.key.as_str()))
}

/// The phrases of every variant whose documents these are.
fn phrases<'a>(set: &DocumentSet, around: &Around<'a>) -> impl Iterator<Item = &'a str> + use<'a> {
    let own = |key: &String| match set.variants.is_empty() {
        true => !around.others.contains(&key.as_str()),
        false => set.variants.contains(key),
    };
    let wordings = around.phrases.variant.iter().filter(|(key, _)| own(key));
    let wordings: Vec<&'a Wording> = wordings.map(|(_, wording)| wording).collect();
    let first = wordings.first().map(|wording| wording.phrase.keys()).into_iter().flatten();
    first.map(String::as_str).filter(move |name| wordings.iter().all(|wording| wording.phrase.contains_key(*name)))
}

struct Check<'a> {
    set: &'a DocumentSet,
    path: &'a str,
    around: &'a Around<'a>,
    everywhere: Allowed<'a>,
    problems: &'a mut Vec<Problem>,
}

impl<'a> Check<'a> {
    fn run(&mut self) {
        let set = self.set;
        let general = general(set);
        let subject = subject(self.around).and(&general);
        for heading in [&set.whole_heading, &set.projects_heading, &set.summary_heading] {
            self.sentence(heading, &general);
        }
        self.sentence(&set.unmet_execution, &subject);
        self.report(&set.whole_report, &subject);
        self.report(&set.project_report, &subject);
        self.report(&set.summary, &general);
        self.form(&set.whole_form, &subject);
        self.form(&set.project_form, &subject);
    }

    fn report(&mut self, report: &'a ReportTemplate, around: &Allowed<'a>) {
        self.sentence(&report.title, around);
        for item in &report.item {
            self.conditions(item.when.iter().chain(&item.unless), around);
            self.sentence(&item.heading, around);
            self.sentence(&item.write, around);
            item.list.iter().for_each(|list| self.list(list, around));
            if let Some(table) = &item.table {
                self.sentence(&table.title, around);
                let row = element(table.each.names(), around);
                table.column.iter().for_each(|column| self.sentence(&column.write, &row));
            }
            if let Some(chart) = &item.chart {
                self.sentence(&chart.caption, around);
                self.sentence(&chart.words, &element(Elements::Indicator.names(), around));
            }
        }
    }

    fn list(&mut self, list: &'a ListTemplate, around: &Allowed<'a>) {
        let own = element(list.each.names(), around);
        self.sentence(&list.write, &own);
        self.conditions(Some(&list.split).filter(|name| !name.is_empty()).into_iter(), &own);
        self.sentence(&list.alike, &element([ALIKE, &[]], around));
    }

    fn form(&mut self, form: &'a FormTemplate, around: &Allowed<'a>) {
        for sentence in [&form.title, &form.entity, &form.unit].into_iter().chain(&form.note) {
            self.sentence(sentence, around);
        }
        self.sentence(&form.changed, &element([CHANGE, &[]], around));
        for below in &form.below {
            self.sentence(&below.write, around);
            self.list(&below.list, around);
        }
        for row in &form.row {
            self.conditions(row.when.iter().chain(&row.unless), around);
            let own = element([row.each.map_or(&[][..], |each| each.names()), &[]], around);
            for cell in &row.cell {
                self.sentence(&cell.write, &own);
                cell.list.iter().for_each(|list| self.list(list, &own));
            }
            if row.width() != form.widths.len() {
                let (grid, own) = (form.widths.len(), row.width());
                self.fault("row", format!("表有 {grid} 栏，一行有 {own} 栏；请改这一行各格的 columns"));
            }
        }
    }

    fn sentence(&mut self, sentence: &Template, names: &Allowed<'a>) {
        if !sentence.is_empty() {
            let names = names.clone().and(&self.everywhere);
            names.check(sentence, self.path, self.around.source, self.problems);
        }
    }

    /// Names outside of sentences: whether they are known.
    fn conditions(&mut self, names: impl Iterator<Item = &'a String>, allowed: &Allowed<'a>) {
        for (name, fault) in names.filter_map(|name| Some((name, allowed.fault_of(name)?))) {
            self.fault(name, fault);
        }
    }

    fn fault(&mut self, word: &str, message: String) {
        self.problems.push(self.around.source.fault(self.path, &[word], message));
    }
}

/// The names of an element beside those around it.
fn element<'a>(names: [&'static [&'static str]; 2], around: &Allowed<'a>) -> Allowed<'a> {
    Allowed::default().names(names.concat()).and(around)
}

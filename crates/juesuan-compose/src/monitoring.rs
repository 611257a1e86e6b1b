//! The monitoring as a document for the writers: two tables, the warnings, and what nobody can say.

use std::collections::BTreeMap;

use juesuan_catalog::Catalog;
use juesuan_catalog::performance::{MonitorColumn, MonitorReport, MonitorTable};
use juesuan_catalog::template::{Filling, Lack, Name, Template, Values};
use juesuan_evaluate::campaign::monitor::{Monitoring, Warning, Watched, WatchedTarget};
use juesuan_facts::Amount;
use juesuan_model::package::FORMAT;
use juesuan_model::{
    Block, Document, DocumentKind, Entity, HeadColumn, Mark, Number, Package, Part, Run, Table, TableBuilder,
    TableCell, Unit,
};
use juesuan_text::ordinal::numbered;

use crate::even::even_out;

/// Number of the headings.
const HEADING_NUMBER: &str = "一、";
/// Digits behind the point of rates and amounts in 万元.
const DECIMALS: u8 = 2;

/// What places in sentences and cells stand for.
type Words = BTreeMap<&'static str, String>;

/// What sentences may name: here, else everywhere. What is empty is not known.
struct Named<'w> {
    here: &'w Words,
    everywhere: &'w Words,
}

impl Values for Named<'_> {
    type Filled = String;

    fn value(&self, name: &Name) -> Filling<String> {
        let value = [self.here, self.everywhere].into_iter().find_map(|words| words.get(name.name.as_str()));
        value.filter(|value| !value.is_empty()).map(|value| vec![value.clone()]).ok_or_else(Vec::new)
    }
}

/// The document of a monitoring. A warning without cause or measure, and money of which nobody
/// can say, make it a draft; what nobody can say of indicators is listed.
pub fn package(monitoring: &Monitoring, entity: &Entity, catalog: &Catalog) -> Package {
    let wording = &catalog.performance.monitor_report;
    let mut writer = Writer { wording, general: general(monitoring, entity), reasons: Vec::new() };
    let title = wording.title.iter().map(|line| writer.filled(line, &Words::new())).collect();
    let mut blocks = vec![writer.paragraph(&wording.intro, &Words::new())];
    let money: Vec<Words> = monitoring.subjects.iter().map(|subject| writer.of_subject(subject)).collect();
    blocks.extend(writer.table(1, &wording.money, &money));
    let with_targets = monitoring.subjects.iter().flat_map(|subject| subject.targets.iter().map(move |t| (subject, t)));
    // What nobody entered is told below by project.
    let with_targets = with_targets.filter(|(_, target)| target.reached.is_some());
    let targets: Vec<Words> = with_targets.map(|(subject, target)| writer.of_target(subject, target)).collect();
    blocks.extend(writer.table(2, &wording.target, &targets));
    blocks.extend(writer.warnings(monitoring));
    blocks.extend(writer.unknown(monitoring));
    let draft_reasons = writer.reasons;
    let part = Part { title: wording.part.clone(), blocks, ..Part::default() };
    let mut package = Package {
        format: FORMAT,
        kind: DocumentKind::Unknown,
        entity: entity.clone(),
        document: Document { title, parts: vec![part], draft_reasons, ..Document::default() },
        ..Package::default()
    };
    even_out(&mut package);
    package
}

fn general(monitoring: &Monitoring, entity: &Entity) -> Words {
    let projects = monitoring.subjects.iter().filter(|subject| !subject.project.is_empty()).count();
    let targets: usize = monitoring.subjects.iter().map(|subject| subject.targets.len()).sum();
    Words::from([
        ("单位", entity.name.clone()),
        ("年", entity.year.to_string()),
        ("月", monitoring.month.to_string()),
        ("时间进度", monitoring.time.digits(DECIMALS)),
        ("项目数", projects.to_string()),
        ("指标数", targets.to_string()),
    ])
}

struct Writer<'w> {
    wording: &'w MonitorReport,
    general: Words,
    reasons: Vec<String>,
}

impl Writer<'_> {
    fn of_subject(&self, subject: &Watched) -> Words {
        let name = if subject.project.is_empty() { &self.wording.whole } else { &subject.project };
        let amount = |amount: Option<Amount>| {
            amount.map(|amount| amount.printed(Unit::WanYuan, DECIMALS).digits()).unwrap_or_default()
        };
        Words::from([
            ("项目", name.clone()),
            ("全年预算", amount(subject.budget)),
            ("执行数", amount(subject.executed.map(Amount::Exact))),
            ("执行率", subject.rate.map_or_else(String::new, |rate: Number| rate.digits(DECIMALS))),
            ("灯", subject.light.word.clone()),
            ("算式", subject.light.steps.clone()),
            ("原因", clause(&subject.reason)),
            ("措施", clause(&subject.measure)),
        ])
    }

    fn of_target(&self, subject: &Watched, target: &WatchedTarget) -> Words {
        let mut values = self.of_subject(subject);
        values.extend([
            ("指标", target.name.clone()),
            ("指标值", target.aim.text.clone()),
            ("完成值", target.reached.as_ref().map_or_else(String::new, |reached| reached.text.clone())),
            ("灯", target.light.word.clone()),
            ("算式", target.light.steps.clone()),
            ("原因", clause(&target.reason)),
            ("措施", clause(&target.measure)),
        ]);
        values
    }

    fn of_warning(&self, warning: Warning) -> Words {
        match warning.target {
            Some(target) => self.of_target(warning.subject, target),
            None => self.of_subject(warning.subject),
        }
    }

    /// The text with its places filled; what has no value is the mark of the wording.
    fn filled(&self, text: &Template, words: &Words) -> String {
        let named = Named { here: words, everywhere: &self.general };
        text.text(&named, Lack::Word(&self.wording.absent)).unwrap_or_default()
    }

    fn paragraph(&self, text: &Template, values: &Words) -> Block {
        let run = Run { text: self.filled(text, values), figure: None, mark: Mark::Plain };
        Block::Paragraph { runs: vec![run], origin: Vec::new() }
    }

    fn heading(&self, number: usize, text: &Template) -> Block {
        let text = format!("{}{}", numbered(HEADING_NUMBER, number), self.filled(text, &Words::new()));
        Block::Heading { level: 1, text, origin: Vec::new() }
    }

    fn table(&self, number: usize, words: &MonitorTable, rows: &[Words]) -> Vec<Block> {
        let heading = self.heading(number, &words.heading);
        if rows.is_empty() {
            return vec![heading, self.paragraph(&words.none, &Words::new())];
        }
        let heads = words.column.iter().map(|column| HeadColumn::new(&column.head, column.width));
        let mut table = TableBuilder::new(&heads.collect::<Vec<_>>());
        for values in rows {
            let cell = |column: &MonitorColumn| {
                let text = self.filled(&column.value, values);
                if column.words { TableCell::words(text) } else { TableCell::number(text, None) }
            };
            table.row(words.column.iter().map(cell).collect());
        }
        let table =
            Table { title: self.filled(&words.heading, &Words::new()), unit: words.unit.clone(), ..table.finish() };
        vec![heading, Block::Table(table)]
    }

    fn warnings(&mut self, monitoring: &Monitoring) -> Vec<Block> {
        let words = &self.wording.warning;
        let mut blocks = vec![self.heading(3, &words.heading)];
        let mut owed = 0;
        let shown = |warning: &Warning| warning.key.is_some_and(|key| words.lights.contains(&key));
        for warning in monitoring.warnings().filter(shown) {
            let values = self.of_warning(warning);
            let about = if warning.target.is_some() { &words.target } else { &words.money };
            let mut runs = vec![Run { text: self.filled(about, &values), figure: None, mark: Mark::Plain }];
            let asked = [
                (warning.reason(), &words.cause, &words.cause_missing),
                (warning.measure(), &words.measure, &words.measure_missing),
            ];
            for (text, given, lacking) in asked {
                let lacks = text.trim().is_empty();
                let text = self.filled(if lacks { lacking } else { given }, &values);
                owed += usize::from(lacks);
                let mark = if lacks { Mark::Missing } else { Mark::Plain };
                runs.push(Run { text, figure: None, mark });
            }
            blocks.push(Block::Paragraph { runs, origin: Vec::new() });
        }
        if blocks.len() == 1 {
            blocks.push(self.paragraph(&words.none, &Words::new()));
        }
        if owed > 0 {
            self.reasons.push(self.filled(&words.owed, &Words::from([("个数", owed.to_string())])));
        }
        blocks
    }

    /// What nobody can say: the money of each, and its indicators with one reason together.
    fn unknown(&mut self, monitoring: &Monitoring) -> Vec<Block> {
        let words = &self.wording.unknown;
        let mut blocks = Vec::new();
        for subject in &monitoring.subjects {
            if subject.light.key.is_none() {
                let values = self.of_subject(subject);
                // Monitored are the projects: of the whole a place may enter nothing, and then nothing of it is owed.
                if !subject.is_whole_without_entries() {
                    self.reasons.push(self.filled(&words.money, &values));
                }
                blocks.push(self.paragraph(&words.money, &values));
            }
            let mut by_reason: BTreeMap<&str, Vec<&WatchedTarget>> = BTreeMap::new();
            for target in subject.targets.iter().filter(|target| target.light.key.is_none()) {
                by_reason.entry(&target.light.steps).or_default().push(target);
            }
            for (_, targets) in by_reason {
                let Some(first) = targets.first() else { continue };
                let names: Vec<&str> = targets.iter().map(|target| target.name.as_str()).collect();
                let mut values = self.of_target(subject, first);
                values.insert("指标", names.join(&words.join));
                blocks.push(self.paragraph(&words.target, &values));
            }
        }
        if !blocks.is_empty() {
            blocks.insert(0, self.heading(4, &words.heading));
        }
        blocks
    }
}

/// A text without its final stop.
fn clause(text: &str) -> String {
    crate::narrate::element::clause(text)
}

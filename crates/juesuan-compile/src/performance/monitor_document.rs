//! The monitoring as a document for the writers: two tables, the warnings, and what nobody can say.

use std::collections::BTreeMap;

use juesuan_catalog::{Catalog, LightKey};
use juesuan_evaluate::Number;
use juesuan_model::package::FORMAT;
use juesuan_model::{
    Align, Block, CellRole, Document, Entity, HeaderCell, Kind, Mark, Package, Part, Problem, Run, Table, TableCell,
    TableRow, Unit,
};
use serde::Deserialize;

use super::monitor::{Monitoring, Warning, Watched, WatchedTarget};
use crate::narrate::numeral::numbered;

/// Path of the wording in the catalogue.
const WORDING: &str = "performance/monitor-report.toml";
/// Number of the headings.
const HEADING_NUMBER: &str = "一、";
/// Digits behind the point of rates and amounts in 万元.
const DECIMALS: u8 = 2;

/// `catalog/performance/monitor-report.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wording {
    title: Vec<String>,
    part: String,
    absent: String,
    whole: String,
    intro: String,
    money: TableWords,
    target: TableWords,
    warning: WarningWords,
    unknown: UnknownWords,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct TableWords {
    heading: String,
    unit: String,
    none: String,
    column: Vec<ColumnWords>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct ColumnWords {
    head: String,
    value: String,
    width: u16,
    #[serde(default)]
    words: bool,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct WarningWords {
    heading: String,
    lights: Vec<LightKey>,
    none: String,
    money: String,
    target: String,
    cause: String,
    measure: String,
    cause_missing: String,
    measure_missing: String,
    owed: String,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct UnknownWords {
    heading: String,
    money: String,
    target: String,
    join: String,
}

/// What places in sentences and cells stand for.
type Values = BTreeMap<&'static str, String>;

/// The document of a monitoring. A warning without cause or measure, and money of which nobody
/// can say, make it a draft; what nobody can say of indicators is listed. `problems`
/// takes faults of the wording.
pub fn package(monitoring: &Monitoring, entity: &Entity, catalog: &Catalog, problems: &mut Vec<Problem>) -> Package {
    let wording: Wording = catalog.source.toml(WORDING, problems).unwrap_or_default();
    let mut writer = Writer { wording: &wording, general: general(monitoring, entity), reasons: Vec::new() };
    let title = wording.title.iter().map(|line| writer.filled(line, &Values::new())).collect();
    let mut blocks = vec![writer.paragraph(&wording.intro, &Values::new())];
    let money: Vec<Values> = monitoring.subjects.iter().map(|subject| writer.of_subject(subject)).collect();
    blocks.extend(writer.table(1, &wording.money, &money));
    let with_targets = monitoring.subjects.iter().flat_map(|subject| subject.targets.iter().map(move |t| (subject, t)));
    // What nobody entered is told below by project.
    let with_targets = with_targets.filter(|(_, target)| target.reached.is_some());
    let targets: Vec<Values> = with_targets.map(|(subject, target)| writer.of_target(subject, target)).collect();
    blocks.extend(writer.table(2, &wording.target, &targets));
    blocks.extend(writer.warnings(monitoring));
    blocks.extend(writer.unknown(monitoring));
    let draft_reasons = writer.reasons;
    let part = Part { title: wording.part.clone(), blocks, ..Part::default() };
    Package {
        format: FORMAT,
        kind: Kind::Unknown,
        entity: entity.clone(),
        document: Document { title, parts: vec![part], draft_reasons, ..Document::default() },
        ..Package::default()
    }
}

fn general(monitoring: &Monitoring, entity: &Entity) -> Values {
    let projects = monitoring.subjects.iter().filter(|subject| !subject.project.is_empty()).count();
    let targets: usize = monitoring.subjects.iter().map(|subject| subject.targets.len()).sum();
    Values::from([
        ("单位", entity.name.clone()),
        ("年", entity.year.to_string()),
        ("月", monitoring.month.to_string()),
        ("时间进度", monitoring.time.digits(DECIMALS)),
        ("项目数", projects.to_string()),
        ("指标数", targets.to_string()),
    ])
}

struct Writer<'w> {
    wording: &'w Wording,
    general: Values,
    reasons: Vec<String>,
}

impl Writer<'_> {
    fn of_subject(&self, subject: &Watched) -> Values {
        let name = if subject.project.is_empty() { &self.wording.whole } else { &subject.project };
        let amount = |amount: Option<crate::facts::Quantity>| {
            amount.map(|amount| amount.printed(Unit::WanYuan, DECIMALS).digits()).unwrap_or_default()
        };
        Values::from([
            ("项目", name.clone()),
            ("全年预算", amount(subject.budget)),
            ("执行数", amount(subject.executed.map(crate::facts::Quantity::Exact))),
            ("执行率", subject.rate.map_or_else(String::new, |rate: Number| rate.digits(DECIMALS))),
            ("灯", subject.light.word.clone()),
            ("算式", subject.light.steps.clone()),
            ("原因", clause(&subject.reason)),
            ("措施", clause(&subject.measure)),
        ])
    }

    fn of_target(&self, subject: &Watched, target: &WatchedTarget) -> Values {
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

    fn of_warning(&self, warning: Warning) -> Values {
        match warning.target {
            Some(target) => self.of_target(warning.subject, target),
            None => self.of_subject(warning.subject),
        }
    }

    /// The text with its places filled; what has no value is the mark of the wording.
    fn filled(&self, text: &str, values: &Values) -> String {
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, behind) = after.split_once('}').unwrap_or((after, ""));
            let value = values.get(name).or_else(|| self.general.get(name)).filter(|value| !value.is_empty());
            out.push_str(before);
            out.push_str(value.unwrap_or(&self.wording.absent));
            rest = behind;
        }
        out.push_str(rest);
        out
    }

    fn paragraph(&self, text: &str, values: &Values) -> Block {
        let run = Run { text: self.filled(text, values), figure: None, mark: Mark::Plain };
        Block::Paragraph { runs: vec![run], origin: Vec::new() }
    }

    fn heading(&self, number: usize, text: &str) -> Block {
        let text = format!("{}{}", numbered(HEADING_NUMBER, number), self.filled(text, &Values::new()));
        Block::Heading { level: 1, text, origin: Vec::new() }
    }

    fn table(&self, number: usize, words: &TableWords, rows: &[Values]) -> Vec<Block> {
        let heading = self.heading(number, &words.heading);
        if rows.is_empty() {
            return vec![heading, self.paragraph(&words.none, &Values::new())];
        }
        let header = (0u16..).zip(&words.column).map(|(column, of)| HeaderCell {
            text: of.head.clone(),
            column,
            columns: 1,
            rows: 1,
        });
        let cell = |column: &ColumnWords, values: &Values| TableCell {
            text: self.filled(&column.value, values),
            role: if column.words { CellRole::Label } else { CellRole::Number },
            align: if column.words { Align::Left } else { Align::Right },
            ..TableCell::default()
        };
        let rows = rows.iter().map(|values| TableRow {
            cells: words.column.iter().map(|column| cell(column, values)).collect(),
            total: false,
        });
        let table = Table {
            title: self.filled(&words.heading, &Values::new()),
            unit: words.unit.clone(),
            widths: words.column.iter().map(|column| column.width).collect(),
            header: vec![header.collect()],
            rows: rows.collect(),
            ..Table::default()
        };
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
            blocks.push(self.paragraph(&words.none, &Values::new()));
        }
        if owed > 0 {
            self.reasons.push(self.filled(&words.owed, &Values::from([("个数", owed.to_string())])));
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
                self.reasons.push(self.filled(&words.money, &values));
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

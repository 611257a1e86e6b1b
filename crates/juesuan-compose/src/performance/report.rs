//! Texts with headings: a report, or the summary of all results.

use juesuan_catalog::Announced;
use juesuan_catalog::performance::announced::topic_word;
use juesuan_catalog::performance::documents::names::PROJECT;
use juesuan_catalog::performance::documents::{ListTemplate, ReportItem, ReportTemplate, TextsTemplate};
use juesuan_evaluate::campaign::Subject;
use juesuan_evaluate::campaign::outcome::unmet;
use juesuan_evaluate::campaign::spoken::usable;
use juesuan_model::{Block, Mark, Run, Stands, TITLE_LEVEL, Topic};
use juesuan_text::ordinal::numbered;

use super::words::Words;
use super::{ITEM_LEVEL, Known, Writer, told};
use crate::narrate::Written;
use crate::narrate::line::{Bit, Line};
use crate::said::Saying;

/// Level of the headings that are bold before their text.
const STRONG_LEVEL: u8 = 2;
/// Numbers of the levels inside a report.
const NUMBERS: [&str; 3] = ["一、", "（一）", "1."];
/// Number of several texts about one thing.
const TEXT_NUMBER: &str = "（1）";
const STOP: &str = "。";

/// A report while it is written.
struct Writing<'w> {
    section: String,
    written: &'w mut Written,
    blocks: Vec<Block>,
    counts: [usize; 3],
    /// What it says of the whole or the project.
    saying: Option<Saying<'w>>,
}

impl Writer<'_> {
    /// The blocks of a report below the heading of its group, its title among them.
    pub(super) fn report(
        &self,
        template: &ReportTemplate,
        subject: Option<&Subject>,
        group: &str,
        known: Known,
        written: &mut Written,
    ) -> Vec<Block> {
        let title = self.plain(known, &template.title);
        let (section, counts) = (title.clone(), [0; 3]);
        let mut writing = Writing { section, written, blocks: Vec::new(), counts, saying: None };
        if title.is_empty() {
            writing.section = self.plain(known, &self.set.summary_heading);
        } else {
            writing.saying = subject.map(|subject| self.saying(&title, subject, group));
            writing.blocks.push(Block::Heading { level: TITLE_LEVEL, text: title, origin: Vec::new() });
        }
        for item in template.item.iter().filter(|item| self.stands(known, &item.when, &item.unless)) {
            self.item(item, subject, known, &mut writing);
        }
        if let Some(mut saying) = writing.saying {
            if template.item.iter().any(names_money) {
                saying.names_project();
            }
            writing.written.package.performance.evaluations.extend(saying.finish());
        }
        writing.blocks
    }

    /// What a report begins to say.
    fn saying(&self, title: &str, subject: &Subject, group: &str) -> Saying<'_> {
        let year = self.narrator.department.year;
        let causes = &self.narrator.catalog.performance.words.cause;
        let mut saying = Saying::new(Stands::Report, &subject.project, group, causes);
        saying.title(title, title, Some(year).filter(|year| title.starts_with(&year.to_string())));
        saying
    }

    fn item(&self, item: &ReportItem, subject: Option<&Subject>, known: Known, writing: &mut Writing) {
        if let Some(table) = &item.table {
            let table = self.table(table, subject, known, &writing.section, writing.written);
            writing.blocks.extend(table);
            return;
        }
        if let (Some(chart), Some(subject)) = (&item.chart, subject) {
            writing.blocks.extend(self.bars(chart, subject, known, &writing.section, writing.written));
            return;
        }
        let heading = self.plain(known, &item.heading);
        let number = writing.number(item.level);
        let mut bits = self.say(known, &item.write);
        let mut further = Vec::new();
        if let Some(list) = &item.list {
            let mut groups = self.groups(list, subject, known, &|_| false);
            match groups.len() {
                // Nothing to list, and nothing said before it: there is none.
                0 if bits.iter().all(|bit| bit.shown().is_empty()) => bits.push(Bit::Text(list.none.clone())),
                0 => {}
                1 => {
                    bits.extend(groups.remove(0));
                    bits.push(Bit::Text(list.end.clone()));
                }
                _ => further = groups,
            }
        }
        if let (Some(texts), Some(subject)) = (&item.texts, subject) {
            let mut all = self.texts(texts, subject, known);
            if all.len() == 1 {
                bits.extend(all.remove(0));
                bits.push(Bit::Text(STOP.to_owned()));
            } else {
                further = all;
            }
        }
        let empty = bits.iter().all(|bit| bit.shown().is_empty());
        // A heading without a mark behind it stands on a line of its own.
        let alone = !heading.is_empty() && (empty || item.colon.is_empty());
        let mut line = Vec::new();
        if alone {
            writing.heading(item.level, format!("{number}{heading}"), item.says);
        } else {
            if !heading.is_empty() {
                writing.saying.iter_mut().for_each(Saying::end);
                line.extend(before_text(item, format!("{number}{heading}")));
            }
            line.extend(item.says.map(|topic| Bit::Announced(Announced::Text(topic))));
        }
        if !empty {
            line.extend(bits);
            writing.paragraph(line);
        }
        for (index, text) in further.into_iter().enumerate() {
            let mut bits = vec![Bit::Text(numbered(TEXT_NUMBER, index + 1))];
            bits.extend(text);
            bits.push(Bit::Text(STOP.to_owned()));
            writing.paragraph(bits);
        }
    }

    /// A sentence for each element of a list that is not left out, without the end; nothing for none.
    pub(super) fn listed(
        &self,
        list: &ListTemplate,
        subject: Option<&Subject>,
        known: Known,
        left_out: &dyn Fn(&Words) -> bool,
    ) -> Vec<Bit> {
        let groups = self.groups(list, subject, known, left_out);
        let mut bits = Vec::new();
        for group in groups {
            if !bits.is_empty() {
                bits.push(Bit::Text(list.join.clone()));
            }
            bits.extend(group);
        }
        bits
    }

    /// The same, in the paragraphs that the list is split into.
    fn groups(
        &self,
        list: &ListTemplate,
        subject: Option<&Subject>,
        known: Known,
        left_out: &dyn Fn(&Words) -> bool,
    ) -> Vec<Vec<Bit>> {
        let mut groups: Vec<Vec<Bit>> = Vec::new();
        for words in self.elements(list, subject).iter().filter(|words| !left_out(words)) {
            let own: Vec<_> = std::iter::once(words).chain(known.iter().copied()).collect();
            let sentence = if words.get("各指标").is_some() { &list.alike } else { &list.write };
            let said = self.say(&own, sentence);
            match groups.last_mut().filter(|_| list.split.is_empty() || words.get(&list.split).is_none()) {
                Some(group) => {
                    group.push(Bit::Text(list.join.clone()));
                    group.extend(said);
                }
                None => groups.push(said),
            }
        }
        groups
    }

    /// The texts about a topic, each without its stop: what was entered, else what stands for none, else what is asked for.
    fn texts(&self, template: &TextsTemplate, subject: &Subject, known: Known) -> Vec<Vec<Bit>> {
        let owed = template.owed && !unmet(subject, self.decimals).is_empty();
        let usable = usable(subject, template.topic, owed, &self.narrator.catalog.performance);
        let all: Vec<Vec<Bit>> = told::each(usable).into_iter().filter(|bits| !bits.is_empty()).collect();
        if !all.is_empty() {
            return all;
        }
        if !owed && !template.none.is_empty() {
            return vec![vec![Bit::Text(template.none.clone())]];
        }
        vec![vec![self.asked_for(known, topic_word(template.topic))]]
    }

    /// The texts about a topic in one cell: several are numbered.
    pub(super) fn numbered_texts(&self, template: &TextsTemplate, subject: &Subject, known: Known) -> Vec<Bit> {
        let all = self.texts(template, subject, known);
        let many = all.len() > 1;
        let mut bits = Vec::new();
        for (index, text) in all.into_iter().enumerate() {
            if many {
                bits.push(Bit::Text(numbered(TEXT_NUMBER, index + 1)));
            }
            bits.extend(text);
            if many {
                bits.push(Bit::Text(STOP.to_owned()));
            }
        }
        bits
    }
}

/// A heading before its text: as bold as on a line of its own where its level is.
fn before_text(item: &ReportItem, heading: String) -> [Bit; 2] {
    let heading = if item.level == STRONG_LEVEL { Bit::Strong(heading) } else { Bit::Text(heading) };
    [heading, Bit::Text(item.colon.clone())]
}

/// True for the sentence that tells a project's money by its name.
fn names_money(item: &ReportItem) -> bool {
    item.says == Some(Topic::Execution) && item.write.names().iter().any(|name| name.name == PROJECT)
}

impl Writing<'_> {
    /// The number of an item, and those below it begin again.
    fn number(&mut self, level: u8) -> String {
        let at = usize::from(level).checked_sub(1);
        let Some((form, [count, below @ ..])) = at.and_then(|at| NUMBERS.get(at).zip(self.counts.get_mut(at..))) else {
            return String::new();
        };
        *count += 1;
        below.fill(0);
        numbered(form, *count)
    }

    /// A heading: the first level below a title is one of the document, what is below is a line of its own.
    fn heading(&mut self, level: u8, text: String, says: Option<Topic>) {
        self.saying.iter_mut().for_each(|saying| saying.heading(&text, says));
        self.blocks.push(if level == 1 {
            Block::Heading { level: ITEM_LEVEL, text, origin: Vec::new() }
        } else {
            let run = Run { text, figure: None, mark: Mark::Strong };
            Block::Paragraph { runs: vec![run], origin: Vec::new() }
        });
    }

    fn paragraph(&mut self, bits: Vec<Bit>) {
        let line = Line::commit(bits, &self.section, &mut self.written.package);
        self.saying.iter_mut().for_each(|saying| saying.paragraph(&line));
        self.written.asks.extend(line.asks);
        self.written.used.extend(line.used);
        if !line.runs.is_empty() {
            self.blocks.push(Block::Paragraph { runs: line.runs, origin: Vec::new() });
        }
    }
}

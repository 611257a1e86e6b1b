//! One section: its paragraphs in order, with lists, headings and sums.

use std::collections::BTreeMap;

use juesuan_catalog::Section;
use juesuan_catalog::section::{Each, Paragraph, SentenceEntry, SlotPath, TableSpec, Version};
use juesuan_model::package::LaidOutSum;
use juesuan_model::{Block, Dimension, FigureId, HeadColumn, Stands, Statement, TableBuilder, TableCell};
use juesuan_text::ordinal::numbered;

use super::line::{Bit, Line};
use super::sentence::Scene;
use super::{Narrator, Written, element};
use crate::said::Saying;

/// Law under which sums of a text are checked.
const SUM_LAW: &str = "sum";
/// Number of headings inside a section.
const HEADING_NUMBER: &str = "（一）";

/// A list that was printed.
struct PrintedList {
    /// What its figures add up to.
    adds_to: Vec<SlotPath>,
    /// Its amounts by version.
    figures: BTreeMap<Version, Vec<FigureId>>,
}

/// A section while it is written.
struct Writing<'a> {
    narrator: &'a Narrator<'a>,
    section: &'a Section,
    /// Heading with its number: the place of its figures.
    heading: &'a str,
    written: &'a mut Written,
    blocks: Vec<Block>,
    headings: usize,
    /// Figures by slot, as first printed.
    first: BTreeMap<SlotPath, FigureId>,
    /// Lists met so far.
    lists: Vec<PrintedList>,
    /// What is said of the whole or of a project, where performance is evaluated.
    saying: Option<Saying<'a>>,
}

impl Narrator<'_> {
    /// The blocks of a section, without its own heading; `heading` with its number is the place of the figures.
    pub fn section(&self, section: &Section, heading: &str, written: &mut Written) -> Vec<Block> {
        let mut writing = Writing {
            narrator: self,
            section,
            heading,
            written,
            blocks: Vec::new(),
            headings: 0,
            first: BTreeMap::new(),
            lists: Vec::new(),
            saying: None,
        };
        for paragraph in &section.paragraph {
            writing.paragraph(paragraph);
        }
        writing.sums();
        writing.said();
        writing.blocks
    }
}

impl Writing<'_> {
    fn paragraph(&mut self, paragraph: &Paragraph) {
        let scene = Scene { section: self.section, element: None };
        match &paragraph.each {
            Some(each) => {
                let list = self.list(each);
                for (index, element) in element::elements(self.narrator, self.section, each).iter().enumerate() {
                    let scene = Scene { section: self.section, element: Some((element, list)) };
                    if !self.stands(scene, paragraph) {
                        self.foreseen(scene, paragraph);
                        continue;
                    }
                    let number = match paragraph.number.as_str() {
                        "" => String::new(),
                        first => numbered(first, index + 1),
                    };
                    self.text(scene, paragraph, number);
                }
            }
            None if !self.stands(scene, paragraph) => self.foreseen(scene, paragraph),
            None => {
                if !paragraph.heading.is_empty() {
                    self.headings += 1;
                    let text = format!("{}{}", numbered(HEADING_NUMBER, self.headings), paragraph.heading);
                    self.saying.iter_mut().for_each(|saying| saying.heading(&text, None));
                    self.blocks.push(Block::Heading { level: 2, text, origin: Vec::new() });
                } else if let Some(spec) = &paragraph.chart {
                    let chart = self.narrator.chart(self.section, spec, self.heading, self.written);
                    self.blocks.extend(chart.map(Block::Chart));
                } else if let Some(spec) = &paragraph.table {
                    self.table(spec);
                } else {
                    self.text(scene, paragraph, String::new());
                }
            }
        }
    }

    fn stands(&self, scene: Scene, paragraph: &Paragraph) -> bool {
        self.narrator.all_hold(scene, &paragraph.when)
            && (paragraph.unless.is_empty() || !self.narrator.all_hold(scene, &paragraph.unless))
    }

    fn list(&mut self, each: &Each) -> usize {
        self.lists.push(PrintedList { adds_to: each.adds_to.clone(), figures: BTreeMap::new() });
        self.lists.len() - 1
    }

    fn text(&mut self, scene: Scene, paragraph: &Paragraph, number: String) {
        let mut bits = vec![Bit::Text(number)];
        bits.extend(self.narrator.sentence(scene, &paragraph.write));
        for entry in &paragraph.sentence {
            let stands = self.narrator.all_hold(scene, &entry.when)
                && (entry.unless.is_empty() || !self.narrator.all_hold(scene, &entry.unless));
            if stands {
                bits.extend(self.entry(scene, entry));
            } else if self.narrator.might_stand(scene, &entry.when, &entry.unless) {
                bits.extend(self.foreseen_entry(scene, entry));
            }
        }
        let line = self.commit(bits);
        self.say(scene, &line);
        let runs = line.runs;
        if !runs.is_empty() {
            self.blocks.push(Block::Paragraph { runs, origin: Vec::new() });
        }
    }

    /// What a paragraph would ask for that does not stand only because a value is not known yet.
    fn foreseen(&mut self, scene: Scene, paragraph: &Paragraph) {
        if !self.narrator.might_stand(scene, &paragraph.when, &paragraph.unless) {
            return;
        }
        let mut bits = self.narrator.foreseen(scene, &paragraph.write);
        for entry in &paragraph.sentence {
            if self.narrator.might_stand(scene, &entry.when, &entry.unless) {
                bits.extend(self.foreseen_entry(scene, entry));
            }
        }
        self.commit(bits);
    }

    fn foreseen_entry(&self, scene: Scene, entry: &SentenceEntry) -> Vec<Bit> {
        let Some(each) = &entry.each else {
            return self.narrator.foreseen(scene, &entry.write);
        };
        let elements = element::elements(self.narrator, self.section, each);
        let of = |element| {
            let scene = Scene { section: self.section, element: Some((element, 0)) };
            self.narrator.foreseen(scene, &entry.write)
        };
        elements.iter().flat_map(of).collect()
    }

    fn entry(&mut self, scene: Scene, entry: &SentenceEntry) -> Vec<Bit> {
        let mut bits = Vec::new();
        for name in &entry.absent {
            if let Some(slot) = self.section.slot.get(name) {
                bits.push(Bit::Claim(self.section.meanings(slot), Statement::Absent));
            }
        }
        let Some(each) = &entry.each else {
            bits.extend(self.narrator.sentence(scene, &entry.write));
            return bits;
        };
        let list = self.list(each);
        let elements = element::elements(self.narrator, self.section, each);
        for (index, element) in elements.iter().enumerate() {
            match index {
                0 => bits.extend(self.narrator.sentence(scene, &entry.start)),
                _ => bits.push(Bit::Text(entry.join.clone())),
            }
            let scene = Scene { section: self.section, element: Some((element, list)) };
            bits.extend(self.narrator.sentence(scene, &entry.write));
        }
        if !elements.is_empty() {
            bits.push(Bit::Text(entry.end.clone()));
        }
        bits
    }

    /// What a paragraph says of the whole, or of the project whose paragraph it is.
    fn say(&mut self, scene: Scene, line: &Line) {
        if self.narrator.campaign.is_none() {
            return;
        }
        let meanings = scene.element.map(|(element, _)| &element.meanings);
        let project = meanings.and_then(|all| all.iter().find_map(|meaning| meaning.get(Dimension::Project)));
        let project = project.unwrap_or_default();
        let goes_on = self.saying.as_ref().is_some_and(|saying| saying.is_of(project));
        if !goes_on && !line.announced.is_empty() {
            self.said();
            let causes = &self.narrator.catalog.performance.words.cause;
            let mut saying = Saying::new(Stands::Summary, project, self.heading, causes);
            match project {
                "" => saying.title(self.heading, self.heading, None),
                _ => saying.title(project, &line.printed(), None),
            }
            self.saying = Some(saying);
        }
        self.saying.iter_mut().for_each(|saying| saying.paragraph(line));
    }

    /// What was being said is complete.
    fn said(&mut self) {
        let said = self.saying.take().and_then(Saying::finish);
        self.written.package.performance.evaluations.extend(said);
    }

    fn commit(&mut self, bits: Vec<Bit>) -> Line {
        let mut line = Line::commit(bits, self.heading, &mut self.written.package);
        self.written.asks.append(&mut line.asks);
        self.written.used.extend(std::mem::take(&mut line.used));
        for (id, path, list) in std::mem::take(&mut line.figures) {
            let Some(path) = path else { continue };
            if let Some(PrintedList { figures, .. }) = list.and_then(|list| self.lists.get_mut(list)) {
                figures.entry(path.version).or_default().push(id);
            }
            self.first.entry(path).or_insert(id);
        }
        line
    }

    /// Sums of slots, and of lists that add up to a slot.
    fn sums(&mut self) {
        let sums = &mut self.written.package.sums;
        for spec in &self.section.sum {
            let total = self.first.get(&spec.total);
            let parts: Option<Vec<FigureId>> = spec.parts.iter().map(|part| self.first.get(part).copied()).collect();
            if let Some((&total, parts)) = total.zip(parts) {
                sums.push(LaidOutSum { total, parts, less: Vec::new(), law: SUM_LAW.to_owned() });
            }
        }
        for PrintedList { adds_to, figures } in &self.lists {
            for path in adds_to {
                let parts = figures.get(&path.version).filter(|parts| !parts.is_empty());
                if let Some((&total, parts)) = self.first.get(path).zip(parts) {
                    sums.push(LaidOutSum { total, parts: parts.clone(), less: Vec::new(), law: SUM_LAW.to_owned() });
                }
            }
        }
    }

    /// A table that is no statutory one: words only.
    fn table(&mut self, spec: &TableSpec) {
        let list = self.list(&spec.each);
        let elements = element::elements(self.narrator, self.section, &spec.each);
        let columns = spec.columns.iter().zip(&spec.widths).map(|(head, width)| HeadColumn::new(head, *width));
        let mut table = TableBuilder::new(&columns.collect::<Vec<_>>());
        for element in &elements {
            let scene = Scene { section: self.section, element: Some((element, list)) };
            let cells = spec.cells.iter().enumerate().map(|(column, sentence)| {
                let text = self.narrator.plain(scene, sentence);
                if column == 0 { TableCell::ordinal(text) } else { TableCell::words(text) }
            });
            table.row(cells.collect());
        }
        self.blocks.push(Block::Table(table.finish()));
    }
}

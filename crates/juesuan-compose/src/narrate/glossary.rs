//! The terms explained at the end, with the function items that the department uses.

use juesuan_catalog::Section;
use juesuan_catalog::section::Version;
use juesuan_model::{Block, Dimension};
use juesuan_text::ordinal::numbered;

use super::element::function_words;
use super::line::{Bit, Line};
use super::sentence::Scene;
use super::{Narrator, Written};

impl Narrator<'_> {
    /// One paragraph a term: those of the variant, then those of narrative.toml. `heading` is the place.
    pub fn glossary(&self, heading: &str, written: &mut Written) -> Vec<Block> {
        let nowhere = Section::default();
        let scene = Scene { section: &nowhere, element: None };
        let glossary = &self.text.glossary;
        let mut blocks = Vec::new();
        let mut count = 0;
        for term in &glossary.term {
            count += 1;
            let mut lead = vec![Bit::Text(numbered(&glossary.number, count))];
            lead.push(Bit::Strong(self.plain(scene, &term.term)));
            match &term.functions {
                None => {
                    lead.push(Bit::Text("：".to_owned()));
                    lead.extend(self.sentence(scene, &term.text));
                    blocks.push(paragraph(lead, heading, written));
                }
                Some(within) => {
                    lead.push(Bit::Text("：".to_owned()));
                    blocks.push(paragraph(lead, heading, written));
                    let own = self.values.nodes(&self.values.version(within, Version::Own), Dimension::Function);
                    for (index, code) in own.iter().filter(|code| code.len() == 7).enumerate() {
                        let words = function_words(self, code).words;
                        let word = |name| words.get(name).map_or("", String::as_str);
                        let text =
                            format!("{}.{}（类）{}（款）{}（项）", index + 1, word("类"), word("款"), word("项"));
                        blocks.push(paragraph(vec![Bit::Text(text)], heading, written));
                    }
                }
            }
        }
        for term in &self.narrative.glossary {
            count += 1;
            let bits = vec![
                Bit::Text(numbered(&glossary.number, count)),
                Bit::Strong(term.term.clone()),
                Bit::Text(format!("：{}", term.explanation)),
            ];
            blocks.push(paragraph(bits, heading, written));
        }
        blocks
    }
}

fn paragraph(bits: Vec<Bit>, heading: &str, written: &mut Written) -> Block {
    let line = Line::commit(bits, heading, &mut written.package);
    written.reasons.extend(line.reasons);
    written.used.extend(line.used);
    Block::Paragraph { runs: line.runs, origin: Vec::new() }
}

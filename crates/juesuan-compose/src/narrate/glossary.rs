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
        for (index, term) in glossary.term.iter().enumerate() {
            let name = self.plain(scene, &term.term);
            let text = self.sentence(scene, &term.text);
            blocks.push(paragraph(explained(&glossary.number, index, name, text), heading, written));
            let items = term
                .functions
                .iter()
                .flat_map(|within| self.values.nodes(&self.values.version(within, Version::Own), Dimension::Function));
            for (index, code) in items.filter(|code| code.len() == 7).enumerate() {
                let mut element = function_words(self, &code);
                element.number(index);
                let scene = Scene { section: &nowhere, element: Some((&element, 0)) };
                blocks.push(paragraph(self.sentence(scene, &term.each), heading, written));
            }
        }
        for (index, term) in self.narrative.glossary.iter().enumerate() {
            let text = vec![Bit::Text(term.explanation.clone())];
            let bits = explained(&glossary.number, glossary.term.len() + index, term.term.clone(), text);
            blocks.push(paragraph(bits, heading, written));
        }
        blocks
    }
}

/// The term with its number (`index` from 0, written like the `first`) and its explanation.
fn explained(first: &str, index: usize, term: String, text: Vec<Bit>) -> Vec<Bit> {
    let mut bits = vec![Bit::Text(numbered(first, index + 1)), Bit::Strong(term), Bit::Text("：".to_owned())];
    bits.extend(text);
    bits
}

fn paragraph(bits: Vec<Bit>, heading: &str, written: &mut Written) -> Block {
    let line = Line::commit(bits, heading, &mut written.package);
    written.asks.extend(line.asks);
    written.used.extend(line.used);
    Block::Paragraph { runs: line.runs, origin: Vec::new() }
}

//! What an amount of the books is of, as small numbers.

use std::sync::Arc;

use juesuan_text::element;
use rustc_hash::FxHashMap;

/// A text as a small number; 0 is the empty text.
pub type Symbol = u32;

/// Texts that occur many times, each kept once.
#[derive(Debug)]
pub struct Symbols {
    texts: Vec<Arc<str>>,
    index: FxHashMap<Arc<str>, Symbol>,
}

impl Default for Symbols {
    fn default() -> Symbols {
        let empty: Arc<str> = Arc::from("");
        Symbols { texts: vec![Arc::clone(&empty)], index: FxHashMap::from_iter([(empty, 0)]) }
    }
}

impl Symbols {
    /// The number of a text.
    pub fn intern(&mut self, text: &str) -> Symbol {
        if let Some(symbol) = self.index.get(text) {
            return *symbol;
        }
        let text: Arc<str> = Arc::from(text);
        let symbol = Symbol::try_from(self.texts.len()).unwrap_or(Symbol::MAX);
        self.texts.push(Arc::clone(&text));
        self.index.insert(text, symbol);
        symbol
    }

    /// The text of a number.
    pub fn text(&self, symbol: Symbol) -> &Arc<str> {
        element(&self.texts, if (symbol as usize) < self.texts.len() { symbol as usize } else { 0 })
    }

    /// All texts in the order of their numbers.
    pub fn texts(&self) -> &[Arc<str>] {
        &self.texts
    }
}

/// What an amount of the books is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// Index of the unit.
    pub unit: u32,
    /// Index of the account in the catalogue.
    pub account: u16,
    /// Fund.
    pub fund: Symbol,
    /// Nature.
    pub nature: Symbol,
    /// Function code.
    pub function: Symbol,
    /// Economic code.
    pub economic: Symbol,
    /// Project, of project expense and of carry-over.
    pub project: Symbol,
    /// The other unit of an internal flow.
    pub counterparty: Symbol,
}

impl Key {
    /// The same key with other numbers for its texts.
    #[must_use]
    pub fn renumbered(self, symbols: &[Symbol]) -> Key {
        let new = |symbol: Symbol| symbols.get(symbol as usize).copied().unwrap_or(0);
        Key {
            fund: new(self.fund),
            nature: new(self.nature),
            function: new(self.function),
            economic: new(self.economic),
            project: new(self.project),
            counterparty: new(self.counterparty),
            ..self
        }
    }
}

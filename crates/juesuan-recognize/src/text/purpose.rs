//! What money is used for, and words for what the accounts do not tell of.

use juesuan_catalog::{LexiconWord, WordKind};
use juesuan_model::{Dimension, Meaning};

use super::here::Here;
use super::lexicon::Word;
use super::sentence::Reader;
use super::state::Mode;
use super::token::{Piece, Token, is};

impl Reader<'_> {
    /// True for a word that counts only below, beside or among something that does not stand here.
    pub(super) fn is_elsewhere(&self, entry: &LexiconWord, here: Here<'_>) -> bool {
        let below = entry.below.as_ref().is_some_and(|below| !self.is_below(below));
        let last = self.state.last_counted.as_ref();
        let among = last.is_some_and(|item| entry.among.contains(item)) && here.is_before_things();
        let alone = if entry.joined { self.state.counts.is_empty() } else { !entry.among.is_empty() };
        below || alone && !among
    }

    /// A word for something else than the accounts tell of: what follows is not of what was named before.
    pub(super) fn other(&mut self, word: &Word) {
        self.close();
        self.state.gap = true;
        self.state.average |= word.entry.tells;
        self.state.foreign |= word.economic.is_some();
    }

    /// 加上, 等: what joins what was named before to what follows.
    pub(super) fn joint(&mut self, entry: &LexiconWord, here: Here<'_>) {
        match entry.kind {
            WordKind::Plus => self.plus(here),
            _ => self.rest(here),
        }
    }

    /// 基本工资、津贴补贴等人员经费 5 万元: what is made of such items is what is told of; of anything else nobody can say whether it is all of it.
    fn rest(&mut self, here: Here<'_>) {
        let trees = &self.catalog.trees;
        let made_of_items = |own: &Meaning| {
            let node = own.get(Dimension::Nature).and_then(|nature| trees.node(Dimension::Nature, nature));
            node.is_some_and(|node| node.defined.contains_key(&Dimension::Economic))
        };
        let made = matches!(here.next().map(|token| &token.piece), Some(Piece::Word(word)) if word.entry.means.iter().any(made_of_items));
        self.state.gap = !made;
        self.state.joins = false;
        self.state.row.clear();
        self.state.several.clear();
    }

    /// What follows describes what was named: nothing that is named in it is spoken of behind it.
    pub(super) fn aside(&mut self) {
        if self.state.aside.is_none() {
            self.state.aside = Some((self.state.subject.clone(), self.state.foreign));
        }
        self.state.mode = Mode::Purpose;
    }

    /// True for 为 and the like where a clause behind an amount begins with it and goes on with words: 收入 5 万元，为财政资金.
    pub(super) fn begins_description(&self, here: Here<'_>) -> bool {
        let mut before = here.tokens.get(..here.index).unwrap_or_default().iter().rev();
        let clause = matches!(before.next().map(|token| &token.piece), Some(Piece::Mark('，')));
        let amount = matches!(before.next().map(|token| &token.piece), Some(Piece::Number(_) | Piece::Close));
        let names = |token: &Token| match &token.piece {
            Piece::Unknown | Piece::Function(_) => true,
            Piece::Word(word) => matches!(word.entry.kind, WordKind::Subject | WordKind::Other),
            _ => false,
        };
        clause && amount && self.state.subject.is_some() && here.next().is_some_and(names)
    }

    /// `用于保障机构正常运转、完成日常工作任务的基本支出 80 万元`: before anything is told, and at the beginning of a part, a purpose only says of
    /// what kind that is which the heading or the part names and an amount follows. The first character of its name.
    pub(super) fn behind_attribute(&self, here: Here<'_>) -> Option<usize> {
        let heading = self.state.base.get(Dimension::Nature).filter(|_| self.state.given.is_empty());
        let first =
            |token: &Token<'_>| is(token, WordKind::Part) || matches!(token.piece, Piece::Mark(_) | Piece::Ordinal);
        let begins_part = !self.state.heads.is_empty() && here.before().is_some_and(first);
        let sentence = |token: &&Token<'_>| !matches!(token.piece, Piece::Mark('。' | '；') | Piece::Number(_));
        let ahead = here.rest().iter().take_while(sentence).count();
        let (ahead, behind) = here.rest().split_at_checked(ahead)?;
        let amount = matches!(behind.first()?.piece, Piece::Number(_));
        let filled = ahead.iter().rev().take_while(|token| is(token, WordKind::Glue)).count();
        let [.., of, name] = ahead.get(..ahead.len() - filled)? else { return None };
        let fits = |own: &Meaning| own.get(Dimension::Nature).is_some_and(|own| begins_part || heading == Some(own));
        let kind = matches!(&name.piece, Piece::Word(word) if word.entry.means.iter().any(fits));
        (amount && kind && is(of, WordKind::Glue)).then_some(name.start)
    }
}

//! Names and numbers that stand in rows: which number is whose, and what the names together are parts of.

use juesuan_catalog::WordKind;
use juesuan_model::{Dimension, Meaning, Unit};

use super::here::{Here, names_with_amount};
use super::sentence::Reader;
use super::subject::whole_of;
use super::token::{Piece, Token, is};

impl Reader<'_> {
    /// 分别: the numbers that follow go to the names before in turn.
    pub(super) fn respectively(&mut self, here: Here<'_>) {
        let rest = match here.rest() {
            [Token { piece: Piece::Mark('：'), .. }, rest @ ..] => rest,
            rest => rest,
        };
        if names_with_amount(rest) {
            // 合计 28 万元，分别为：接待费 5 万元、用车费 23 万元: each number has its name before it.
            if self.state.several.len() < 2 {
                self.part(false);
            }
            return;
        }
        self.state.turn = Some(0);
        let rates = rates_of_row(rest);
        let told = self.state.given.len();
        if self.state.several.is_empty() && rates > 1 && told >= rates {
            // 由甲 5 万元、乙 3 万元构成，分别占 62.5%、37.5%: of the amounts before.
            self.state.several = self.state.given.iter().skip(told - rates).map(|(means, _)| means.clone()).collect();
        }
    }

    /// Whose turn it is where numbers stand in a row.
    pub(super) fn takes_turn(&mut self, here: Here<'_>) {
        if self.state.each && here.goes_on_with_number() {
            // 各是 612.35、618.80 万元.
            self.state.each = false;
            self.state.turn = Some(0);
        } else if self.state.turn.is_some_and(|turn| turn > 0) && here.goes_on_with_number() && !here.goes_on_row() {
            // 分别增加 20.00、18.00 万元，增长 5.00%、4.50%: the next row begins with the first again.
            self.state.turn = Some(0);
        } else if self.state.turn == Some(0) && self.state.counts.len() < 2 && here.is_only_of_its_kind() {
            // 收入总计和支出总计分别增长 86.00 万元，增长率 7.17%: both grow by as much.
            self.state.turn = None;
            let all: Vec<Meaning> = self.state.several.iter().flatten().cloned().collect();
            if self.state.several.len() > 1 {
                self.state.subject = Some(all);
            }
        }
        let alone = self.state.turn.is_some() && self.is_alone() && self.state.counts.len() < 2;
        if alone && (here.goes_on_with_number() || here.goes_on_row()) {
            // 中央、地方采购规模分别为 5 亿元、9 亿元: names that are in no list have numbers of the row.
            self.state.gap = true;
        }
    }

    /// True where one thing alone was named since the last number.
    pub(super) fn is_alone(&self) -> bool {
        matches!(self.state.several.as_slice(), [means] if means.len() == 1)
    }

    /// `支出 312 万元，由基本支出和项目支出构成，其中：基本支出 252 万元`: names without numbers that lie in what was told last are its parts, and
    /// 其中 speaks of that.
    pub(super) fn whole_of_names(&self) -> Option<Vec<Meaning>> {
        let told = self.state.amounts.last()?;
        let [whole] = told.of.as_slice() else { return None };
        let inside = |part: &Meaning| part != whole && self.lies_in(whole, part);
        let parts = self.state.several.len() > 1 && self.state.several.iter().flatten().all(inside);
        parts.then(|| told.of.clone())
    }

    /// `采购 38 万元，其中：货物 21 万元、服务 17 万元；按资金来源分`: what is divided again is the whole, not the part that was named last.
    pub(super) fn whole_divided_again(&self) -> Option<Vec<Meaning>> {
        let [part] = self.state.subject.as_deref()? else { return None };
        part.get(Dimension::Theme)?;
        let inside = |whole: &[Meaning]| matches!(whole, [whole] if whole != part && self.lies_in(whole, part));
        if let Some(head) = self.state.heads.last() {
            return inside(&head.means).then(|| head.means.clone());
        }
        let told: Vec<Meaning> = self.state.given.iter().flat_map(|(means, _)| means.clone()).collect();
        let named = whole_of(self.catalog, &told).filter(|_| told.len() > 1).map(|whole| vec![whole]);
        // In a sentence of its own it is what the paragraph has told of.
        let before = || self.state.whole.as_ref().map(|(_, means, _)| means.clone()).filter(|means| inside(means));
        named.or_else(before)
    }

    /// True if a meaning lies in another on every dimension that this names.
    pub(super) fn lies_in(&self, whole: &Meaning, part: &Meaning) -> bool {
        whole.coordinates().all(|(dimension, node)| {
            let inside = |own: &str| own == node || self.catalog.trees.contains(dimension, node, own);
            part.get(dimension).is_some_and(inside)
        })
    }
}

/// How many rates stand in the row that begins in this clause: 占本年收入的 88%、9.6% 和 2.4%.
fn rates_of_row(tokens: &[Token<'_>]) -> usize {
    let rate = |token: &Token<'_>| matches!(&token.piece, Piece::Number(own) if own.unit() == Some(Unit::Percent));
    let number = |token: &Token<'_>| matches!(token.piece, Piece::Number(_));
    let ends = |token: &Token<'_>| matches!(token.piece, Piece::Mark('。' | '；' | '，'));
    let Some(first) = tokens.iter().position(|token| number(token) || ends(token)) else { return 0 };
    let row = tokens.get(first..).unwrap_or_default();
    let joins = |token: &Token<'_>| is(token, WordKind::And) || matches!(token.piece, Piece::Mark('、'));
    row.iter().take_while(|token| rate(token) || joins(token)).filter(|token| rate(token)).count()
}

//! Names of economic items, which are common words elsewhere: 办公费, 差旅费.

use juesuan_catalog::names::nature;
use juesuan_model::{Dimension, Meaning};

use super::lexicon::Word;
use super::sentence::Reader;
use super::subject::within;

impl Reader<'_> {
    /// An economic item where names of them are meant: below 基本支出, 人员经费, 公用经费, or a theme that is told of by them.
    pub(super) fn economic_item(&self, own: &Meaning) -> Option<Meaning> {
        let ground = self.state.ground();
        let theme = ground.get(Dimension::Theme).and_then(|name| self.catalog.trees.node(Dimension::Theme, name));
        match theme.is_some_and(|node| node.by_economic) {
            true => Some(ground.overlaid_by(own)),
            false => self.is_basic().then(|| within(self.catalog, &ground, own)),
        }
    }

    fn is_basic(&self) -> bool {
        let basic = |nature: &str| self.catalog.trees.contains(Dimension::Nature, nature::BASIC, nature);
        self.state.ground().get(Dimension::Nature).is_some_and(basic)
    }

    /// The name of an economic item.
    pub(super) fn economic(&mut self, word: &Word, directly: bool) {
        self.close();
        let code = word.economic.as_deref().unwrap_or_default();
        let own = Meaning::new().with(Dimension::Economic, code);
        let Some(item) = self.economic_item(&own).filter(|_| !directly) else {
            self.state.gap = true;
            return;
        };
        let subject = vec![item];
        if self.is_basic() {
            self.state.listed.push((subject.clone(), self.at.start));
        }
        self.name(subject, Some(self.at));
    }
}

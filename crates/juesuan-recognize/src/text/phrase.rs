//! What is being named: words joined to a phrase, and the phrase made the subject.

use juesuan_catalog::names::nature;
use juesuan_catalog::{LexiconWord, Reach, WordKind};
use juesuan_model::{Dimension, Meaning};

use super::here::Here;
use super::lexicon::Word;
use super::mark::Mark;
use super::path::Path;
use super::sentence::Reader;
use super::state::{Expected, Head, Mode, Stage};
use super::subject::{Counted, resolve, within};
use super::token::{Piece, Token};

impl Reader<'_> {
    /// True if the next word is a name on a dimension that the phrase has named already, or an item beside its item.
    pub(super) fn names_another(&self, next: Option<&Token>) -> bool {
        let Some(Token { piece: Piece::Word(word), .. }) = next else { return false };
        let Some(phrase) = &self.state.phrase else { return false };
        let named = |dimension| phrase.means.iter().any(|means| means.get(dimension).is_some());
        matches!(word.entry.kind, WordKind::Subject | WordKind::Stage)
            && word.entry.means.iter().flat_map(|means| means.coordinates()).any(|(dimension, _)| named(dimension))
    }

    /// True where names of economic items are meant: below 基本支出, 人员经费, 公用经费.
    pub(super) fn is_basic(&self) -> bool {
        let ground = self.state.ground();
        let nature = ground.get(Dimension::Nature);
        nature.is_some_and(|nature| self.catalog.trees.contains(Dimension::Nature, nature::BASIC, nature))
    }

    /// The name of an economic item.
    pub(super) fn economic(&mut self, word: &Word, directly: bool) {
        self.close();
        let Some(code) = &word.economic else { return };
        let own = Meaning::new().with(Dimension::Economic, code.as_str());
        let subject = vec![within(self.catalog, &self.state.ground(), &own)];
        if directly {
            self.state.gap = true;
            return;
        }
        self.state.listed.push((subject.clone(), self.at.start));
        self.name(subject, Some(self.at));
    }

    /// A word of a phrase.
    pub(super) fn subject_word(&mut self, entry: &LexiconWord, directly: bool) {
        let own_name = entry.reach == Reach::Own
            && entry.means.iter().all(|means| {
                [Dimension::Nature, Dimension::Source, Dimension::Function].iter().any(|d| means.get(*d).is_some())
                    && means.get(Dimension::Fund).is_none()
            });
        let weak = entry.reach == Reach::Weak || own_name;
        let open = self.state.phrase.is_some();
        let catalog = self.catalog;
        self.state.marks.goes_on(self.at);
        let phrase = self.state.phrase.get_or_insert_default();
        // 值班设备经费: a count noun inside a name.
        let inside = phrase.count.is_some() && entry.means.is_empty();
        phrase.doubtful |= (directly && weak && !open) || inside;
        phrase.spent |= !entry.stage.is_empty();
        if !entry.means.is_empty() {
            phrase.add(catalog, &entry.means, entry.reach);
        }
        if !weak {
            self.state.gap = false;
            phrase.doubtful = false;
        }
    }

    /// A count noun of a phrase.
    pub(super) fn count_noun(&mut self, entry: &LexiconWord) {
        let means = entry.means.first().cloned().unwrap_or_default();
        self.state.marks.goes_on(self.at);
        let phrase = self.state.phrase.get_or_insert_default();
        phrase.count = Some(Counted { means, inherits: entry.inherits });
        self.state.gap = false;
    }

    /// Ends the phrase that is being read: it is the subject now, or what a share is a share of, or a count noun.
    pub(super) fn close(&mut self) {
        let mark = self.state.marks.phrase.take();
        let Some(phrase) = self.state.phrase.take() else {
            return;
        };
        if let Some(mut counted) = phrase.count.clone() {
            let theme = phrase.means.iter().find_map(|means| means.get(Dimension::Theme).map(str::to_owned));
            if let Some(theme) = theme.filter(|_| counted.means.get(Dimension::Theme).is_none()) {
                counted.means = counted.means.with(Dimension::Theme, theme.as_str());
            }
            self.state.counted = Some(counted);
            self.state.marks.counted = mark;
            self.state.known = true;
            if phrase.means.is_empty() {
                return;
            }
        }
        let ground = match phrase.reach {
            Reach::Own => self.state.ground(),
            _ => self.state.base.clone(),
        };
        if matches!(self.state.expected, Expected::Share(_)) {
            let of = resolve(self.catalog, &phrase, &self.state.base, None).into_iter().next();
            self.state.expected = Expected::Share(of);
            return;
        }
        let means = resolve(self.catalog, &phrase, &ground, self.state.subject.as_deref());
        if phrase.doubtful {
            self.state.gap = true;
            return;
        }
        if phrase.means.iter().any(|means| means.get(Dimension::Theme).is_some()) {
            self.state.count_theme = None;
        }
        if phrase.spent || (matches!(phrase.reach, Reach::Weak | Reach::Year) && !phrase.means.is_empty()) {
            self.state.stage = Stage::Final;
        }
        if phrase.reach == Reach::Weak && self.state.foreign && phrase.means.is_empty() {
            return;
        }
        // A phrase that says nothing of its own (收入) goes on with what was named before it.
        let own = if phrase.means.is_empty() { self.state.marks.subject.or(mark) } else { mark };
        self.name(means, own);
    }

    /// What is spoken of from here on, by the words at `mark`.
    fn name(&mut self, means: Vec<Meaning>, mark: Option<Mark>) {
        self.state.several.push(means.clone());
        self.state.subject = Some(means);
        self.state.marks.subject = mark;
        self.state.foreign = self.state.foreign_head;
        self.state.gap = false;
        self.state.known = true;
        self.state.turn = self.state.turn.map(|_| 0);
    }

    /// A path of the function classification.
    pub(super) fn function(&mut self, path: &Path, here: Here<'_>) {
        self.close();
        let code = path.code.as_deref().filter(|_| !here.is_behind_unknown());
        match code {
            Some(code) => {
                let own = Meaning::new().with(Dimension::Function, code);
                let means = vec![within(self.catalog, &self.state.ground(), &own)];
                self.name(means, Some(self.at));
            }
            None => {
                self.state.foreign = true;
                self.state.known = true;
            }
        }
    }

    /// What stands before is the name of a project.
    pub(super) fn project(&mut self, here: Here<'_>) {
        let opens = |token: &Token| matches!(token.piece, Piece::Ordinal | Piece::Mark('。'));
        let before = here.tokens.get(..here.index).unwrap_or_default();
        let from = before.iter().rfind(|token| opens(token)).map_or(0, |token| token.end);
        let name = here.flow.printed(from..here.start());
        if !name.is_empty() {
            let means = vec![self.projects.clone().with(Dimension::Project, name.as_str())];
            self.name(means, Some(Mark { start: from, ..self.at }));
        }
    }

    /// 其中, or only 中: what was named last is the whole of what follows.
    pub(super) fn part(&mut self, only_subject: bool) {
        self.state.foreign_head |= self.state.foreign;
        if let Some(means) = self.state.subject.clone().filter(|_| !self.state.foreign) {
            self.state.heads.push(Head { means, lasting: false, mark: self.state.marks.subject });
        }
        self.state.several.clear();
        self.state.part_open = !only_subject;
        self.state.gap = false;
        self.state.mode = Mode::Statement;
    }
}

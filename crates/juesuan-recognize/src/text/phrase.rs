//! What is being named: words joined to a phrase, and the phrase made the subject.

use juesuan_catalog::{LexiconWord, Reach, WordKind};
use juesuan_model::{Dimension, Meaning, Printed};

use super::here::{Here, names_with_amount};
use super::mark::Mark;
use super::path::Path;
use super::sentence::Reader;
use super::state::{Amount, Expected, Head, Mode, Stage, State};
use super::subject::{Counted, Phrase, is_grand, is_row, resolve, whole_of, within};
use super::token::{Piece, Token};

impl Reader<'_> {
    /// True if the next word is a name on a dimension that the phrase has named already, or an item beside its item.
    pub(super) fn names_another(&self, next: Option<&Token>) -> bool {
        let Some(Token { piece: Piece::Word(word), .. }) = next else { return false };
        let Some(phrase) = &self.state.phrase else { return false };
        // 财政拨款收入和其他收入: funds and sources both say which income.
        let like = |dimension| match dimension {
            Dimension::Fund => Dimension::Source,
            Dimension::Source => Dimension::Fund,
            own => own,
        };
        let has = |dimension| phrase.means.iter().any(|means| means.get(dimension).is_some());
        let named = |dimension| has(dimension) || has(like(dimension));
        matches!(word.entry.kind, WordKind::Subject | WordKind::Stage)
            && word.entry.means.iter().flat_map(|means| means.coordinates()).any(|(dimension, _)| named(dimension))
    }

    /// True if the next word is another noun for things than that of the phrase: 购置数及保有量.
    pub(super) fn counts_another(&self, next: Option<&Token>) -> bool {
        let Some(Token { piece: Piece::Word(word), .. }) = next else { return false };
        word.entry.kind == WordKind::Count && self.state.phrase.as_ref().is_some_and(|phrase| phrase.count.is_some())
    }

    /// True where what is being divided, or what this sentence has told of last, lies inside this.
    pub(super) fn is_below(&self, whole: &Meaning) -> bool {
        let last = self.state.subject.iter().flatten().next_back().filter(|_| !self.state.given.is_empty());
        last.is_some_and(|own| self.lies_in(whole, own)) || self.lies_in(whole, &self.state.ground())
    }

    /// A word of a phrase.
    pub(super) fn subject_word(&mut self, entry: &LexiconWord, here: Here<'_>) {
        let own_name = entry.reach == Reach::Own
            && entry.means.iter().all(|means| {
                [Dimension::Nature, Dimension::Source, Dimension::Function].iter().any(|d| means.get(*d).is_some())
                    && means.get(Dimension::Fund).is_none()
            });
        let weak = entry.reach == Reach::Weak || own_name;
        let open = self.state.phrase.is_some();
        // Behind text that is in no list 支出 may speak of that.
        let doubtful = weak && !open && (here.is_behind_unknown() || self.state.gap);
        let catalog = self.catalog;
        self.state.marks.goes_on(self.at);
        let phrase = self.state.phrase.get_or_insert_default();
        // 值班设备经费: a count noun inside a name.
        let inside = phrase.count.is_some() && entry.means.is_empty();
        phrase.doubtful |= doubtful || inside;
        phrase.fresh |= !open && here.is_behind_ordinal();
        phrase.dated |= !open && here.before().is_some_and(|token| matches!(token.piece, Piece::Year(_)));
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
        if let Some(money) = entry.means.get(1) {
            // 购置公务用车 3 辆，支出 48 万元: what they cost.
            self.state.subject = Some(vec![within(self.catalog, &self.state.base, money)]);
            (self.state.marks.subject, self.state.foreign) = (Some(self.at), false);
            self.state.renamed = true;
        }
        self.state.marks.goes_on(self.at);
        let phrase = self.state.phrase.get_or_insert_default();
        phrase.count = Some(Counted { means, inherits: entry.inherits });
        self.state.gap = false;
    }

    /// Ends the phrase that is being read: it is the subject now, or what a share is a share of, or a count noun.
    pub(super) fn close(&mut self) {
        let mark = self.state.marks.phrase.take();
        let Some(phrase) = self.state.phrase.take() else { return };
        if let Some(counted) = phrase.count.clone() {
            self.takes_count(counted, &phrase.means, mark);
            if phrase.means.is_empty() {
                return;
            }
        }
        let ground = match phrase.reach {
            Reach::Own => self.ground_of_part(),
            _ => self.state.base.clone(),
        };
        if matches!(self.state.expected, Expected::Share(_)) {
            let of = resolve(self.catalog, &phrase, &self.state.base, None).into_iter().next();
            self.state.expected = Expected::Share(of);
            return;
        }
        // 2、支出：… speaks of the section, not of the item before.
        let before = if phrase.fresh { None } else { self.state.subject.as_deref() };
        let resolved = || resolve(self.catalog, &phrase, &ground, before);
        let means = self.dated_fund(&phrase).or_else(|| self.paid_by(&phrase)).unwrap_or_else(resolved);
        if let Some(sum) = self.sum_of_added(&phrase) {
            return self.name(sum, mark);
        }
        if phrase.doubtful || (self.state.added && phrase.reach == Reach::Whole && !is_grand(&phrase.means)) {
            self.state.gap = true;
            return;
        }
        if phrase.means.iter().any(|means| means.get(Dimension::Theme).is_some()) {
            self.state.count_theme = None;
        }
        let weak = matches!(phrase.reach, Reach::Weak | Reach::Year) && !phrase.means.is_empty();
        if phrase.spent {
            self.state.stage = if self.is_slip(&means) { self.state.usual } else { Stage::Final };
        } else if weak && !self.state.stage_here {
            self.state.stage = self.state.usual;
        }
        // 支出决算为 5 万元 behind a name that nobody knows is of that name.
        if phrase.reach == Reach::Weak && self.state.foreign && (phrase.means.is_empty() || phrase.spent) {
            return;
        }
        let nameless = phrase.reach == Reach::Weak && self.state.is_nameless_behind_list(&phrase.means);
        // 每生每天 5 元，全年支出 78 万元: for that alone.
        if !phrase.fresh && (nameless || weak && self.state.of_one) {
            self.state.gap = true;
            return;
        }
        // A phrase that says nothing of its own (资金) goes on with what was named before it.
        if phrase.means.is_empty() {
            let (renamed, row) = (self.state.renamed, self.state.row.clone());
            let (of_one, named_here) = (self.state.of_one, self.state.named_here);
            self.name(means, self.state.marks.subject.or(mark));
            (self.state.renamed, self.state.row) = (renamed, row);
            (self.state.of_one, self.state.named_here) = (of_one, named_here);
        } else {
            self.name(means, mark);
        }
    }

    /// What is counted, of the theme that the phrase names beside it.
    fn takes_count(&mut self, mut counted: Counted, means: &[Meaning], mark: Option<Mark>) {
        let theme = means.iter().find_map(|means| means.get(Dimension::Theme));
        if let Some(theme) = theme.filter(|_| counted.means.get(Dimension::Theme).is_none()) {
            counted.means = counted.means.with(Dimension::Theme, theme);
        }
        self.state.counts.push(counted.clone());
        self.state.counted = Some(counted);
        self.state.marks.counted = mark;
        self.state.known = true;
    }

    /// What the parts are parts of. `一般公共预算财政拨款支出 268 万元。基本支出 212 万元` below a heading that says 财政拨款: of the one fund
    /// that the paragraph has told of.
    fn ground_of_part(&self) -> Meaning {
        let ground = self.state.ground();
        let (Some(all), [fund], true) =
            (ground.get(Dimension::Fund), self.state.funds.as_slice(), self.state.heads.is_empty())
        else {
            return ground;
        };
        let inside = all != fund && self.catalog.trees.contains(Dimension::Fund, all, fund);
        if inside { ground.with(Dimension::Fund, fund.as_str()) } else { ground }
    }

    /// 公务接待费2013年度财政拨款决算数: with the year between, what was named before it is meant.
    fn dated_fund(&self, phrase: &Phrase) -> Option<Vec<Meaning>> {
        let subject = self.state.subject.as_ref().filter(|own| self.state.several.last() == Some(own))?;
        let theme = subject.iter().all(|own| own.get(Dimension::Theme).is_some());
        let pays = |(dimension, _)| matches!(dimension, Dimension::Fund | Dimension::Item);
        let fund = phrase.means.iter().all(|own| own.coordinates().all(pays));
        (phrase.dated && theme && fund && !phrase.means.is_empty() && !self.state.joins).then(|| subject.clone())
    }

    /// A fund or source that pays for a part of the whole that is being divided: 按资金来源划分, 政府采购 …，其中：财政拨款 ….
    fn paid_by(&self, phrase: &Phrase) -> Option<Vec<Meaning>> {
        let ([own], Reach::Own) = (phrase.means.as_slice(), phrase.reach) else { return None };
        let [whole] = self.state.heads.last()?.means.as_slice() else { return None };
        let theme = whole.get(Dimension::Theme).is_some();
        let pays = |dimension| match dimension {
            Dimension::Fund | Dimension::Source | Dimension::Item => true,
            // 某经费 5 万元，其中：基本支出 3 万元.
            Dimension::Nature => theme,
            _ => false,
        };
        let named = [Dimension::Fund, Dimension::Source, Dimension::Nature].iter().any(|d| own.get(*d).is_some());
        let pays = own.coordinates().all(|(dimension, _)| pays(dimension));
        let item = own.get(Dimension::Item).is_none_or(|item| whole.get(Dimension::Item) == Some(item));
        let divided = self.state.divided || theme;
        (pays && named && item && divided).then(|| vec![whole.overlaid_by(own)])
    }

    /// True if tokens begin with the amount of a theme that is part of the same whole as the one that was named last.
    pub(super) fn goes_on_with_list(&self, tokens: &[Token]) -> bool {
        let theme = |means: Option<&Vec<Meaning>>| {
            means.and_then(|means| means.first()).and_then(|m| m.get(Dimension::Theme)).map(str::to_owned)
        };
        let (whole, last) =
            (theme(self.state.heads.last().map(|head| &head.means)), theme(self.state.subject.as_ref()));
        let (Some(whole), Some(last)) = (whole, last) else { return false };
        let parts = self.catalog.trees.partition(Dimension::Theme, Some(&whole));
        let named =
            tokens.first().and_then(|token| if let Piece::Word(word) = &token.piece { Some(word) } else { None });
        let own = named.and_then(|word| theme(Some(&word.entry.means)));
        let other = own.is_some_and(|own| own != last && parts.contains(&own));
        other && parts.contains(&last) && names_with_amount(tokens)
    }

    /// What is spoken of from here on, by the words at `mark`.
    pub(super) fn name(&mut self, means: Vec<Meaning>, mark: Option<Mark>) {
        self.begins_adding(&means);
        let means = self.added(means);
        if !std::mem::take(&mut self.state.joins) {
            self.state.row.clear();
        }
        if self.state.turn.is_some_and(|turn| turn > 0) {
            // 分别为 5 万元、4 万元，财政拨款收入 3 万元: what is named behind the row has its own number.
            self.state.several.clear();
            self.state.turn = None;
        }
        // …支出 2.05 万元，年初预算 2.95 万元…；公务接待费支出 1 万元.
        if self.state.both_told() && !self.state.stage_here && self.state.subject.as_ref() != Some(&means) {
            self.state.stage = self.state.usual;
        }
        self.state.row.push(means.clone());
        self.state.several.push(means.clone());
        self.state.thing = None;
        self.state.after_list = false;
        self.state.after_parts = false;
        self.state.of_one = false;
        self.state.named_here = true;
        self.state.subject = Some(means);
        self.state.renamed = true;
        self.state.marks.subject = mark;
        self.state.foreign = self.state.foreign_head;
        self.state.gap = false;
        self.state.known = true;
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

    /// The number behind names that only 、 or 和 stands between speaks of what they are the parts of; of other names
    /// nobody can say which it speaks of.
    pub(super) fn together(&mut self) {
        if self.state.row.len() < 2 || self.state.turn.is_some() || self.state.each {
            return;
        }
        let row: Vec<Meaning> = std::mem::take(&mut self.state.row).into_iter().flatten().collect();
        match whole_of(self.catalog, &row) {
            Some(whole) => {
                self.state.subject = Some(vec![whole]);
                self.state.several.clear();
            }
            None if is_row(&row) => self.state.gap = true,
            None => {}
        }
    }

    /// Behind a bracket: `接待费、出国费（“三公”经费）` speaks of what stands in it, if that has the names before as its parts.
    pub(super) fn apposition(&mut self, inside: State) {
        let Some(([whole], parts)) = inside.several.split_last().map(|(last, parts)| (last.as_slice(), parts)) else {
            return;
        };
        let open = usize::from(self.state.phrase.is_some());
        let theme = |meaning: &Meaning| meaning.get(Dimension::Theme).map(str::to_owned);
        let part_of = |part: &Meaning| {
            let (Some(whole), Some(part)) = (theme(whole), theme(part)) else { return false };
            whole != part && self.catalog.trees.contains(Dimension::Theme, &whole, &part)
        };
        if parts.len() < 2 || parts.len() != self.state.several.len() + open || !parts.iter().flatten().all(part_of) {
            return;
        }
        self.close();
        self.state.marks.phrase = inside.marks.subject;
        self.state.phrase = Some(Phrase { means: vec![whole.clone()], reach: Reach::Own, ..Phrase::default() });
    }

    /// 按资金来源划分: what was named last, or what the word itself names, is the whole of what follows.
    pub(super) fn division(&mut self, entry: &LexiconWord) {
        if let Some(own) = entry.means.first() {
            let means = within(self.catalog, &self.state.base, own);
            self.name(vec![means], Some(self.at));
        } else {
            self.state.subject = self.whole_divided_again().or(self.state.subject.take());
        }
        self.part(true);
        self.state.divided = true;
    }

    /// 支出具体情况如下: what is broken down is expense, whatever was named last.
    pub(super) fn parts_of(&mut self, entry: &LexiconWord) {
        let (Some(own), Some(subject)) = (entry.means.first(), &self.state.subject) else { return };
        self.state.subject = Some(subject.iter().map(|named| within(self.catalog, named, own)).collect());
    }

    /// `收入 286 万元，上年为 262 万元，增加 24 万元，其中：…`: behind a change from last year's amount, the amount of this year is what is
    /// broken down.
    fn own_amount(&self, means: &[Meaning]) -> Option<Printed> {
        let last = self.state.amount_year.filter(|year| self.state.changed && Some(*year) == self.last_year())?;
        let own = |amount: &&Amount| amount.of == means && amount.stage.is_none() && amount.year != Some(last);
        self.state.amounts.iter().rev().find(own).map(|amount| amount.printed)
    }

    /// 其中, or only 中: what was named last is the whole of what follows.
    pub(super) fn part(&mut self, only_subject: bool) {
        self.state.foreign_head |= self.state.foreign;
        self.state.subject = self.whole_of_names().or(self.state.subject.take());
        if let Some(means) = self.state.subject.clone().filter(|_| !self.state.foreign) {
            let mark = self.state.marks.subject;
            let again = !self.state.known;
            let (year, amount, figure) = match self.own_amount(&means) {
                Some(own) => {
                    self.state.year = self.state.usual_year;
                    (self.state.usual_year, Some(own), None)
                }
                None => (self.state.amount_year.or(self.state.year), self.state.amount, self.state.figure),
            };
            self.state.heads.push(Head { means, lasting: false, year, amount, figure, again, mark });
        }
        if !self.state.known {
            // 比上年减少 3 万元。其中：公务接待费减少 1 万元: the parts compare with the same.
            self.state.against = self.state.against.or(self.state.compared_before);
        }
        self.state.several.clear();
        self.state.part_open = !only_subject;
        self.state.gap = false;
        self.state.mode = Mode::Statement;
    }
}

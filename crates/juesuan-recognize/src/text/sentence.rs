//! From one word to the next: what each changes in the state, and what is said without a number.

use juesuan_catalog::names::{item, nature};
use juesuan_catalog::{Catalog, LexiconWord, Reach, WordKind};
use juesuan_model::{Against, Claim, Dimension, Kind, Meaning, Place, Statement};
use juesuan_text::Text;

use super::lexicon::{Word, Words};
use super::path::{Path, Paths};
use super::state::{Direction, Expected, Head, Mode, Stage, State};
use super::subject::{Counted, resolve, within};
use super::token::{Piece, Token, cut, is};
use super::{EntityContext, Recognized};

/// Reads the paragraphs of one section.
pub struct Reader<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) entity: &'a EntityContext,
    words: &'a Words,
    paths: &'a Paths,
    pub(super) section: &'a str,
    /// Coordinates that projects have.
    pub projects: Meaning,
    pub(super) state: State,
    /// States outside the brackets that are open.
    pub(super) brackets: Vec<State>,
}

impl<'a> Reader<'a> {
    /// A reader for the section with this heading.
    pub fn new(
        catalog: &'a Catalog,
        entity: &'a EntityContext,
        words: &'a Words,
        paths: &'a Paths,
        section: &'a str,
    ) -> Reader<'a> {
        Reader {
            catalog,
            entity,
            words,
            paths,
            section,
            projects: Meaning::new().with(Dimension::Item, item::EXPENSE).with(Dimension::Nature, nature::PROJECT),
            state: State::default(),
            brackets: Vec::new(),
        }
    }

    /// Begins the section with its default coordinates.
    pub fn begin(&mut self, means: &Meaning) {
        self.state = State { base: means.clone(), ..State::default() };
    }

    /// Begins below a heading inside the section: `own` is what that heading names, `section` what a section of the
    /// catalogue with such a heading means.
    pub fn begin_inner(&mut self, outer: &Meaning, own: &Meaning, section: Option<Meaning>) {
        let base = if section.is_some() { own.clone() } else { within(self.catalog, outer, own) };
        let named = own.coordinates().next().is_some();
        let subject = named.then(|| vec![base.clone()]);
        self.state = State { base, subject, ..State::default() };
    }

    /// Reads one paragraph.
    pub fn paragraph(&mut self, flow: &Text<'_>, out: &mut Recognized) {
        self.state.paragraph();
        self.brackets.clear();
        let tokens = cut(flow, self.words, self.paths);
        for (index, token) in tokens.iter().enumerate() {
            self.token(token, index, &tokens, flow, out);
        }
        self.close();
        self.end_of_sentence(flow, flow.chars().len(), out);
        self.end_of_list(flow, out);
    }

    fn token(&mut self, token: &Token, index: usize, tokens: &[Token], flow: &Text<'_>, out: &mut Recognized) {
        let before = index.checked_sub(1).and_then(|before| tokens.get(before));
        if let Mode::Cause(_) = self.state.mode {
            match &token.piece {
                Piece::Mark('。') => self.end_of_sentence(flow, token.start, out),
                Piece::Mark('；') if names_with_amount(&tokens[index + 1..]) => {
                    // 原因是…；公务接待费 2 万元: the next thing of the list.
                    if let Mode::Cause(start) = self.state.mode {
                        self.cause(flow, start, token.start, out);
                    }
                    self.state.mode = Mode::Statement;
                    self.mark('；', token, flow, out);
                }
                Piece::Number(number) => self.number(number, token, tokens, index, flow, out),
                Piece::Word(word)
                    if word.entry.kind == WordKind::Part
                        && before.is_some_and(|t| matches!(t.piece, Piece::Mark(_)))
                        && tokens.get(index + 1).is_some_and(|t| matches!(t.piece, Piece::Mark('：'))) =>
                {
                    // 其中： after a cause without a full stop.
                    let end = token.start;
                    if let Mode::Cause(start) = self.state.mode {
                        self.cause(flow, start, end, out);
                    }
                    self.word(word, token, tokens, index, flow, out);
                }
                _ => {}
            }
            return;
        }
        let year_near = std::mem::take(&mut self.state.year_near);
        self.state.year_near = year_near && (is(token, WordKind::Than) || is(token, WordKind::Stage));
        match &token.piece {
            Piece::Number(number) => {
                self.close();
                self.number(number, token, tokens, index, flow, out);
                self.state.part_open = false;
            }
            Piece::Year(year) => {
                self.year(*year);
                self.state.year_near = true;
            }
            Piece::Word(word) => self.word(word, token, tokens, index, flow, out),
            Piece::Function(path) => self.function(path, before),
            Piece::Mark(mark) => self.mark(*mark, token, flow, out),
            Piece::Ordinal => {
                self.close();
                self.state.clause();
            }
            Piece::Open => {
                let outside = self.state.clone();
                self.brackets.push(outside);
            }
            Piece::Close => {
                self.close();
                if let Some(mut outside) = self.brackets.pop() {
                    // What was said inside stays inside, but for the end of a sentence.
                    outside.budget = self.state.budget;
                    self.state = outside;
                }
            }
            Piece::Unknown => {
                self.close();
                self.state.gap = true;
                self.state.absent = false;
                self.state.part_open = false;
                self.state.stage_near = false;
            }
        }
    }

    fn year(&mut self, year: u16) {
        self.close();
        self.state.gap = false;
        if year == self.entity.year {
            self.state.year = None;
        } else if self.state.than {
            self.state.than = false;
            self.state.against = (year + 1 == self.entity.year).then_some(Against::PriorYear);
        } else {
            self.state.year = Some(year);
        }
    }

    fn word(
        &mut self,
        word: &Word,
        token: &Token,
        tokens: &[Token],
        index: usize,
        flow: &Text<'_>,
        out: &mut Recognized,
    ) {
        let entry = &word.entry;
        let directly = index.checked_sub(1).is_some_and(|before| matches!(tokens[before].piece, Piece::Unknown));
        if entry.kind == WordKind::Stage && !entry.means.is_empty() {
            // 支出预算: a stage with its subject.
            self.subject_word(entry, directly);
            if self.entity.kind == Kind::Budget {
                self.state.known = true;
                return;
            }
        }
        let goes_on = matches!(
            entry.kind,
            WordKind::Subject | WordKind::Count | WordKind::Glue | WordKind::And | WordKind::Other
        );
        if !goes_on {
            self.close();
        }
        let was_part = std::mem::take(&mut self.state.part_open);
        match entry.kind {
            WordKind::Other if word.economic.is_some() && self.is_basic() => self.economic(word, directly, token),
            WordKind::Subject if word.economic.is_some() && self.is_basic() => self.economic(word, directly, token),
            WordKind::Other => {
                self.close();
                self.state.gap = true;
                self.state.foreign |= word.economic.is_some();
            }
            WordKind::Subject => self.subject_word(entry, directly),
            WordKind::Count => {
                let phrase = self.state.phrase.get_or_insert_default();
                let means = entry.means.first().cloned().unwrap_or_default();
                phrase.count = Some(Counted { means, inherits: entry.inherits });
                self.state.gap = false;
            }
            WordKind::Glue => self.state.part_open = was_part,
            WordKind::And => {
                self.state.part_open = was_part;
                if self.names_another(tokens.get(index + 1)) {
                    self.close();
                }
            }
            WordKind::Stage => self.stage(entry, out, flow, token),
            WordKind::Up if ends_here(tokens, index) => self.direction(Direction::Up, entry.then, flow, token, out),
            WordKind::Down if ends_here(tokens, index) => self.direction(Direction::Down, entry.then, flow, token, out),
            WordKind::Level => self.direction(Direction::Level, entry.then, flow, token, out),
            // 减少接待批次, 提高服务质量: what is done, not what the figure does.
            WordKind::Up | WordKind::Down => self.state.gap = true,
            WordKind::Share => self.state.expected = Expected::Share(None),
            WordKind::Completion => {
                let against = self.state.against.filter(|against| *against != Against::PriorYear);
                self.state.expected = Expected::Completion(against);
            }
            WordKind::Than => {
                self.state.than = true;
                // 和 2022 年相比: the year has been taken for that of an amount.
                let last = self.entity.year.checked_sub(1);
                if self.state.year_near && self.state.year == last {
                    self.state.year = None;
                    self.state.against = Some(Against::PriorYear);
                    self.state.than = false;
                }
            }
            WordKind::Prior => {
                // 上年 by itself is a year; with 比 or before a direction it is what is compared with.
                let next = tokens.get(index + 1);
                let compares = next.is_some_and(|t| {
                    [WordKind::Up, WordKind::Down, WordKind::Level, WordKind::Than].iter().any(|kind| is(t, *kind))
                });
                if std::mem::take(&mut self.state.than) || compares {
                    self.state.against = Some(Against::PriorYear);
                } else {
                    self.state.year = self.entity.year.checked_sub(1);
                }
                self.state.gap = false;
            }
            WordKind::Part => self.part(false),
            WordKind::Within => self.part(true),
            WordKind::Cause => {
                self.state.mode = Mode::Cause(token.end);
            }
            WordKind::Purpose => {
                if self.state.aside.is_none() {
                    self.state.aside = Some((self.state.subject.clone(), self.state.foreign));
                }
                self.state.mode = Mode::Purpose;
            }
            WordKind::Absent => {
                self.state.absent = true;
                let before = std::mem::take(&mut self.state.several);
                self.state.absent_before = if self.state.known { before } else { Vec::new() };
            }
            WordKind::Each => self.state.each = true,
            WordKind::Respectively => self.state.turn = Some(0),
            WordKind::Project => self.project(tokens, index, flow),
        }
    }

    /// True if the next word is a name on a dimension that the phrase has named already, or an item beside its item.
    fn names_another(&self, next: Option<&Token>) -> bool {
        let Some(Token { piece: Piece::Word(word), .. }) = next else { return false };
        let Some(phrase) = &self.state.phrase else { return false };
        let named = |dimension| phrase.means.iter().any(|means| means.get(dimension).is_some());
        matches!(word.entry.kind, WordKind::Subject | WordKind::Stage)
            && word.entry.means.iter().flat_map(|means| means.coordinates()).any(|(dimension, _)| named(dimension))
    }

    /// True where names of economic items are meant: below 基本支出, 人员经费, 公用经费.
    fn is_basic(&self) -> bool {
        let ground = self.state.ground();
        let nature = ground.get(Dimension::Nature);
        nature.is_some_and(|nature| self.catalog.trees.contains(Dimension::Nature, nature::BASIC, nature))
    }

    fn economic(&mut self, word: &Word, directly: bool, token: &Token) {
        self.close();
        let Some(code) = &word.economic else { return };
        let own = Meaning::new().with(Dimension::Economic, code.as_str());
        let subject = vec![within(self.catalog, &self.state.ground(), &own)];
        if directly {
            self.state.gap = true;
            return;
        }
        self.state.listed.push((subject.clone(), token.start));
        self.name(subject);
    }

    fn subject_word(&mut self, entry: &LexiconWord, directly: bool) {
        let own_name = entry.reach == Reach::Own
            && entry.means.iter().all(|means| {
                [Dimension::Nature, Dimension::Source, Dimension::Function].iter().any(|d| means.get(*d).is_some())
                    && means.get(Dimension::Fund).is_none()
            });
        let weak = entry.reach == Reach::Weak || own_name;
        let open = self.state.phrase.is_some();
        let catalog = self.catalog;
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

    /// Ends the phrase that is being read: it is the subject now, or what a share is a share of, or a count noun.
    pub(super) fn close(&mut self) {
        let Some(phrase) = self.state.phrase.take() else {
            return;
        };
        if let Some(mut counted) = phrase.count.clone() {
            let theme = phrase.means.iter().find_map(|means| means.get(Dimension::Theme).map(str::to_owned));
            if let Some(theme) = theme.filter(|_| counted.means.get(Dimension::Theme).is_none()) {
                counted.means = counted.means.with(Dimension::Theme, theme.as_str());
            }
            self.state.counted = Some(counted);
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
        self.name(means);
    }

    fn name(&mut self, means: Vec<Meaning>) {
        self.state.several.push(means.clone());
        self.state.subject = Some(means);
        self.state.foreign = self.state.foreign_head;
        self.state.gap = false;
        self.state.known = true;
        self.state.turn = self.state.turn.map(|_| 0);
    }

    fn function(&mut self, path: &Path, before: Option<&Token>) {
        self.close();
        let directly = before.is_some_and(|token| matches!(token.piece, Piece::Unknown));
        let code = path.code.as_deref().filter(|_| !directly);
        match code {
            Some(code) => {
                let own = Meaning::new().with(Dimension::Function, code);
                let means = vec![within(self.catalog, &self.state.ground(), &own)];
                self.name(means);
            }
            None => {
                self.state.foreign = true;
                self.state.known = true;
            }
        }
    }

    fn project(&mut self, tokens: &[Token], index: usize, flow: &Text<'_>) {
        let opens = |token: &Token| matches!(token.piece, Piece::Ordinal | Piece::Mark('。'));
        let from = tokens[..index].iter().rposition(opens).map_or(0, |at| tokens[at].end);
        let name = flow.printed(from..tokens[index].start);
        if !name.is_empty() {
            let means = vec![self.projects.clone().with(Dimension::Project, name.as_str())];
            self.name(means);
        }
    }

    fn part(&mut self, only_subject: bool) {
        self.state.foreign_head |= self.state.foreign;
        if let Some(means) = self.state.subject.clone().filter(|_| !self.state.foreign) {
            self.state.heads.push(Head { means, lasting: false });
        }
        self.state.several.clear();
        self.state.part_open = !only_subject;
        self.state.gap = false;
        self.state.mode = Mode::Statement;
    }

    fn mark(&mut self, mark: char, token: &Token, flow: &Text<'_>, out: &mut Recognized) {
        let was_part = self.state.part_open;
        self.close();
        match mark {
            '。' | '！' | '？' => self.end_of_sentence(flow, token.start, out),
            '；' => {
                self.end_of_absence(flow, token.start, out);
                self.state.clause();
                self.state.several.clear();
                self.state.end_aside();
                if self.state.heads.iter().filter(|head| !head.lasting).count() > 1 {
                    self.state.heads.pop();
                }
            }
            '、' => self.state.gap = false,
            _ => {
                self.end_of_absence(flow, token.start, out);
                let expected = std::mem::take(&mut self.state.expected);
                let (against, than) = (self.state.against, self.state.than);
                self.state.clause();
                self.state.against = against;
                self.state.than = than && mark == '：';
                if matches!(expected, Expected::Completion(_)) && mark == '：' {
                    self.state.expected = expected;
                }
            }
        }
        self.state.part_open = was_part && matches!(mark, '：' | '，');
    }

    fn end_of_sentence(&mut self, flow: &Text<'_>, end: usize, out: &mut Recognized) {
        if let Mode::Cause(start) = self.state.mode {
            self.cause(flow, start, end, out);
        }
        self.end_of_absence(flow, end, out);
        let part_open = self.state.part_open;
        if part_open {
            // 其中： may stand at the end of the paragraph.
            let heads = self.state.heads.clone();
            self.state.sentence();
            self.state.heads = heads;
        } else {
            self.state.sentence();
        }
        self.state.part_open = part_open;
    }

    fn cause(&mut self, flow: &Text<'_>, start: usize, end: usize, out: &mut Recognized) {
        let printed = flow.printed(start..end);
        let text = printed.trim_start_matches(['：', ':', '是', '，', '为']).trim().to_owned();
        // A budget is compared with the year before.
        let usual = (self.entity.kind == Kind::Budget).then_some(Against::PriorYear);
        let against = self.state.against.or(self.state.compared).or(usual);
        let (Some(meanings), Some(against)) = (self.state.subject.clone(), against) else {
            return;
        };
        if !text.is_empty() && !self.state.foreign {
            self.claim(meanings, Statement::Cause(against, text), flow, start, out);
        }
    }

    /// Place of a character, or of the number that begins there.
    pub(super) fn place(&self, flow: &Text<'_>, at: usize) -> Place {
        let place = flow.place_of_number(at);
        let section = place.section.clone().or_else(|| Some(self.section.to_owned()).filter(|own| !own.is_empty()));
        Place { section, ..place }
    }

    pub(super) fn claim(
        &self,
        meanings: Vec<Meaning>,
        statement: Statement,
        flow: &Text<'_>,
        at: usize,
        out: &mut Recognized,
    ) {
        let place = self.place(flow, at);
        let claim = Claim { meanings, statement, place };
        if !out.claims.contains(&claim) {
            out.claims.push(claim);
        }
    }

    /// 无…, 没有…: what was named behind it is said not to exist.
    fn end_of_absence(&mut self, flow: &Text<'_>, at: usize, out: &mut Recognized) {
        if !std::mem::take(&mut self.state.absent) || !self.brackets.is_empty() || self.state.mode != Mode::Statement {
            return;
        }
        let named: Vec<Vec<Meaning>> = std::mem::take(&mut self.state.several);
        let before = std::mem::take(&mut self.state.absent_before);
        let means: Vec<Meaning> = if named.is_empty() { before } else { named }.into_iter().flatten().collect();
        if !means.is_empty() && !self.state.foreign {
            self.claim(means, Statement::Absent, flow, at.saturating_sub(1), out);
        }
    }

    /// 主要包括：基本工资、津贴补贴: names without a number are said to be there.
    fn end_of_list(&mut self, flow: &Text<'_>, out: &mut Recognized) {
        for (means, at) in std::mem::take(&mut self.state.listed) {
            let printed = out.figures.iter().any(|figure| figure.meanings == means);
            if !printed {
                self.claim(means, Statement::Present, flow, at, out);
            }
        }
    }
}

/// True if a direction word ends what is said (增加。), or a number, a cause or the like follows; false where it governs text.
fn ends_here(tokens: &[Token], index: usize) -> bool {
    let next = tokens[index + 1..].iter().find(|token| !is(token, WordKind::Glue));
    next.is_none_or(|token| match &token.piece {
        Piece::Unknown | Piece::Function(_) => false,
        Piece::Word(word) => !matches!(word.entry.kind, WordKind::Subject | WordKind::Count | WordKind::Other),
        _ => true,
    })
}

/// True if the tokens begin with a name of its own and its amount.
fn names_with_amount(tokens: &[Token]) -> bool {
    let filling = |token: &&Token| {
        is(token, WordKind::Glue)
            || is(token, WordKind::Subject)
            || is(token, WordKind::Stage)
            || matches!(token.piece, Piece::Year(_) | Piece::Function(_) | Piece::Ordinal)
    };
    let phrase: Vec<&Token> = tokens.iter().take_while(filling).collect();
    let named = phrase.iter().any(|token| match &token.piece {
        Piece::Function(_) => true,
        Piece::Word(word) => word.entry.reach == Reach::Own && !word.entry.means.is_empty(),
        _ => false,
    });
    named && matches!(tokens.get(phrase.len()).map(|token| &token.piece), Some(Piece::Number(_)))
}

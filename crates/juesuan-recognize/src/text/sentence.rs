//! From one word to the next: what each changes in the state.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_catalog::names::{FINAL_ACCOUNTS, item, nature};
use juesuan_catalog::{Catalog, LexiconWord, WordKind};
use juesuan_model::{Against, Claim, Dimension, DocumentKind, Meaning, Place};
use juesuan_text::Text;

use super::here::{Here, names_with_amount, tells_on};
use super::lexicon::{Word, Words};
use super::mark::Mark;
use super::path::Paths;
use super::state::{Expected, Mode, Stage, State};
use super::subject::within;
use super::token::{Piece, Token, cut, is};
use super::trace::Tracer;
use super::whose::opens_cause_of_budget;
use super::{EntityContext, Heading, Owned, Recognized};

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
    /// The text tells both of an area and of its own government: words say whose an amount is.
    pub of_areas: bool,
    /// The text names no budget nearer than by the word.
    pub one_budget: bool,
    /// The text tells what was carried out: in a budget the budget of the year before is another amount.
    pub carried_out: bool,
    /// The paragraph is a row of a table whose columns nobody knows.
    pub in_row: bool,
    /// What comparisons of this section have compared with.
    pub(super) compared: BTreeSet<Against>,
    /// What of the paragraph has another reader.
    pub(super) taken: Owned,
    /// Claims of the paragraph by their place and what they are of.
    pub(super) filed: BTreeMap<(Place, Vec<Meaning>), Vec<Claim>>,
    /// Nothing of the paragraph is read before this character.
    pub(super) skipped: usize,
    /// The token that is being read.
    pub(super) at: Mark,
    /// Told how everything came about, if somebody wants to know.
    pub(super) trace: Option<Tracer>,
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
            of_areas: false,
            one_budget: false,
            carried_out: false,
            in_row: false,
            compared: BTreeSet::new(),
            taken: Owned::default(),
            filed: BTreeMap::new(),
            skipped: 0,
            at: Mark::default(),
            trace: None,
        }
    }

    /// Begins the section with what its heading says.
    pub fn begin(&mut self, heading: &Heading) {
        let Heading { base, stage, year, area, .. } = heading.clone();
        let (area, usual) = (area.unwrap_or_default(), stage.unwrap_or_default());
        let budget = if let Stage::Budget(against) = usual { Some(against) } else { None };
        let named = State { base, usual, stage: usual, budget, area, ..State::default() };
        self.state = State { heading_year: year, usual_year: year, of_year: year, year, ..named };
    }

    /// Begins below a heading inside the section: `own` is what that heading says.
    pub fn begin_inner(&mut self, outer: &Heading, own: &Heading) {
        let base = if own.is_section { own.base.clone() } else { within(self.catalog, &outer.base, &own.base) };
        let named = own.base.coordinates().next().is_some();
        let subject = named.then(|| vec![base.clone()]);
        let (stage, year) = (own.stage.or(outer.stage), own.year.or(outer.year));
        let area = own.area.clone().or_else(|| outer.area.clone());
        self.begin(&Heading { base, stage, year, area, is_section: own.is_section });
        self.state.subject = subject;
    }

    /// Reads one paragraph, but for what of it is `taken`. Its number is that among all that are read.
    pub fn paragraph(&mut self, number: usize, flow: &Text<'_>, taken: Owned, out: &mut Recognized) {
        self.taken = taken;
        self.filed.clear();
        self.skipped = 0;
        self.brackets.clear();
        let tokens = cut(flow, self.words, self.paths);
        if !self.goes_on(&tokens) {
            self.state.paragraph();
        }
        if let Some(trace) = &mut self.trace {
            trace.paragraph(number, self.section, flow, &tokens);
        }
        for (index, token) in tokens.iter().enumerate() {
            let here = Here { tokens: &tokens, index, flow };
            if let Some(trace) = self.trace.as_mut().filter(|_| here.begins_sentence()) {
                trace.sentence(number, self.section, here, &self.state);
            }
            self.at = Mark { paragraph: number, start: token.start, end: token.end };
            self.token(token, here, out);
        }
        self.end_of_paragraph(&tokens, flow, out);
    }

    fn token(&mut self, token: &Token, here: Here<'_>, out: &mut Recognized) {
        if token.start < self.skipped {
            return;
        }
        if self.is_beyond() {
            return self.in_what_is_beyond(token, here, out);
        }
        if let Mode::Cause(start) = self.state.mode {
            return self.in_cause(start, token, here, out);
        }
        let year_near = std::mem::take(&mut self.state.year_near);
        self.state.year_near = year_near && (is(token, WordKind::Than) || is(token, WordKind::Stage));
        let goes_on = [WordKind::Glue, WordKind::Stage, WordKind::Subject].map(|kind| is(token, kind));
        self.state.compared_near &= goes_on.contains(&true) || matches!(token.piece, Piece::Number(_));
        match &token.piece {
            Piece::Number(number) => {
                self.close();
                self.number(number, here, out);
                self.state.part_open = false;
                self.state.compared_near = false;
            }
            Piece::Year(year) => {
                self.year(*year);
                self.state.year_near = true;
            }
            Piece::Word(word) => self.word(word, here, out),
            Piece::Function(path) => self.function(path, here),
            Piece::Mark(mark) => self.mark(*mark, here, out),
            Piece::Ordinal => {
                self.close();
                self.state.clause();
            }
            Piece::Open => {
                let outside = self.state.clone();
                self.brackets.push(outside);
                self.close();
            }
            Piece::Close => {
                self.close();
                if let Some(mut outside) = self.brackets.pop() {
                    // What was said inside stays inside, but for the end of a sentence.
                    outside.budget = self.state.budget;
                    outside.marks.budget = self.state.marks.budget;
                    let inside = std::mem::replace(&mut self.state, outside);
                    self.amount_of_last_year(&inside);
                    self.apposition(inside);
                }
            }
            Piece::Unknown => {
                self.close();
                self.state.gap = true;
                self.state.row.clear();
                self.state.absent = false;
                self.state.part_open = false;
                self.state.stage_near = false;
            }
        }
    }

    /// Inside a cause, which began at a character: only its end matters, and numbers that somebody may miss.
    fn in_cause(&mut self, start: usize, token: &Token, here: Here<'_>, out: &mut Recognized) {
        match &token.piece {
            Piece::Mark('。') => self.end_of_sentence(here.flow, token.start, out),
            Piece::Mark('；') if names_with_amount(here.rest()) || tells_on(here.rest()) => {
                // 原因是…；公务接待费 2 万元: the next thing of the list.
                self.cause(here.flow, start, token.start, out);
                self.state.mode = Mode::Statement;
                self.mark('；', here, out);
            }
            Piece::Mark('，')
                if self.goes_on_with_list(here.rest())
                    || self.compares_again(here.rest())
                    || opens_cause_of_budget(here.rest()) =>
            {
                // 主要原因是…，公务用车购置费 0 万元: the other part of the whole that is being told.
                self.cause(here.flow, start, token.start, out);
                self.state.mode = Mode::Statement;
                self.mark('，', here, out);
            }
            Piece::Ordinal if names_with_amount(here.rest()) => {
                self.cause(here.flow, start, token.start, out);
                self.state.sentence();
            }
            Piece::Number(number) => self.number(number, here, out),
            Piece::Word(word)
                if word.entry.kind == WordKind::Part
                    && here.before().is_some_and(|t| matches!(t.piece, Piece::Mark(_)))
                    && here.next().is_some_and(|t| matches!(t.piece, Piece::Mark('：'))) =>
            {
                // 其中： after a cause without a full stop.
                self.cause(here.flow, start, token.start, out);
                self.word(word, here, out);
            }
            _ => {}
        }
    }

    fn word(&mut self, word: &Word, here: Here<'_>, out: &mut Recognized) {
        let entry = &word.entry;
        let directly = here.is_behind_unknown();
        if entry.kind == WordKind::Stage && !entry.means.is_empty() && !self.is_carried_out_of_income(entry, here) {
            // 支出预算: a stage with its subject.
            self.subject_word(entry, here);
            if self.entity.kind == DocumentKind::Budget && entry.stage != FINAL_ACCOUNTS {
                self.state.known = true;
                return;
            }
        }
        if !names_on(entry.kind) {
            self.close();
        }
        let was_part = std::mem::take(&mut self.state.part_open);
        match entry.kind {
            WordKind::Other | WordKind::Subject
                if word.economic.is_some() && self.economic_item(&Meaning::new()).is_some() =>
            {
                self.economic(word, directly);
            }
            WordKind::Other => self.other(word),
            WordKind::Subject | WordKind::Count if self.is_elsewhere(entry, here) => self.other(word),
            WordKind::Subject => self.subject_word(entry, here),
            WordKind::Count => self.counted(entry, directly, here),
            WordKind::Glue if entry.tells && self.begins_description(here) => self.aside(),
            WordKind::Glue => self.state.part_open = was_part,
            WordKind::Plus | WordKind::Rest => self.joint(entry, here),
            WordKind::Area => {
                self.state.part_open = was_part;
                self.area(entry);
            }
            WordKind::And => {
                self.state.part_open = was_part;
                if self.names_another(here.next()) || self.counts_another(here.next()) {
                    self.close();
                    self.state.joins = true;
                }
            }
            WordKind::Stage => self.stage(entry, here, out),
            WordKind::Up
            | WordKind::Down
            | WordKind::Level
            | WordKind::Difference
            | WordKind::Reaching
            | WordKind::Share
            | WordKind::Completion
            | WordKind::Than
            | WordKind::Prior => self.comparing(entry, here, out),
            WordKind::Part
            | WordKind::Within
            | WordKind::Cause
            | WordKind::Purpose
            | WordKind::Absent
            | WordKind::Each
            | WordKind::Respectively
            | WordKind::Division
            | WordKind::Project => self.ordering(entry, here),
        }
    }

    /// A word that orders what is said: parts, causes, purposes, what is absent, who has which number.
    fn ordering(&mut self, entry: &LexiconWord, here: Here<'_>) {
        match entry.kind {
            WordKind::Part => {
                self.parts_of(entry);
                self.part(false);
                self.parts_of_either(here);
            }
            WordKind::Within => self.part(true),
            WordKind::Division => self.division(entry),
            WordKind::Cause => self.state.mode = Mode::Cause(here.end()),
            // 主要用于：教育支出（类）76 万元，…: a list of classes is what the whole consists of.
            WordKind::Purpose if here.is_before_list_of_classes() => self.part(false),
            WordKind::Purpose => match self.behind_attribute(here) {
                Some(name) => self.skipped = name,
                None => self.aside(),
            },
            WordKind::Absent => {
                self.state.absent = true;
                let before = std::mem::take(&mut self.state.several);
                self.state.absent_before = if self.state.known { before } else { Vec::new() };
            }
            WordKind::Each => {
                self.state.each = true;
                self.state.turn = None;
            }
            WordKind::Respectively => self.respectively(here),
            WordKind::Project => self.project(here),
            _ => {}
        }
    }

    fn mark(&mut self, mark: char, here: Here<'_>, out: &mut Recognized) {
        let was_part = self.state.part_open;
        let (flow, at) = (here.flow, here.start());
        self.close();
        match mark {
            '。' | '！' | '？' => {
                self.titled(here);
                self.end_of_sentence(flow, at, out);
            }
            '；' => self.end_of_item(flow, at, out),
            '、' => {
                self.state.gap = false;
                self.state.joins = true;
            }
            // 各是 612.35，618.80 万元.
            '，' if self.state.turn.is_some() && here.is_between_numbers() => {}
            // 甲，、乙: marks that a page prints twice.
            '，' if here.next().is_some_and(|next| matches!(next.piece, Piece::Mark('、'))) => {}
            _ => {
                self.end_of_absence(flow, at, out);
                let compares = here.is_before(WordKind::Than) || here.is_before(WordKind::Prior);
                if compares || here.is_before_staged_amount() {
                    // 主要用于…，较上年减少; 主要用于…，年初预算为 5 万元: of what the money was used for nobody says that.
                    self.state.end_aside();
                }
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

    pub(super) fn end_of_sentence(&mut self, flow: &Text<'_>, end: usize, out: &mut Recognized) {
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
}

/// True for words that may stand within the name of what is told of: they do not close it.
fn names_on(kind: WordKind) -> bool {
    matches!(
        kind,
        WordKind::Subject
            | WordKind::Count
            | WordKind::Glue
            | WordKind::And
            | WordKind::Other
            | WordKind::Area
            | WordKind::Plus
    )
}

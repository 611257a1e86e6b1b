//! What is said without a number: a direction, a cause, that there is none, that there is some.

use juesuan_forms::title;
use juesuan_model::{Against, Claim, DocumentKind, Meaning, Place, Statement};
use juesuan_text::Text;

use super::Recognized;
use super::here::Here;
use super::measure::dated;
use super::sentence::Reader;
use super::state::{Direction, Expected, Mode};

impl Reader<'_> {
    /// A direction word.
    pub(super) fn direction(&mut self, direction: Direction, then: bool, here: Here<'_>, out: &mut Recognized) {
        if !self.brackets.is_empty() && matches!(self.state.expected, Expected::Change(_)) {
            // 增加（减少）: a word that the template offers and nobody took out.
            return;
        }
        if then && here.is_alternative() {
            return;
        }
        // 较年初预算数超出 84.20 万元: what it is compared with has been said.
        if then && !(self.state.compared_here && here.is_before_number()) {
            self.state.then = Some(direction);
            return;
        }
        self.state.than = false;
        self.state.known = true;
        self.end_of_parts(direction, here);
        self.said(direction, here, out);
        if self.state.against.is_some() {
            (self.state.compared, self.state.compared_year) = (self.state.against, self.state.of_year);
        }
        if direction != Direction::Level {
            self.expect(Expected::Change(direction));
        }
    }

    /// Files a direction.
    pub(super) fn said(&mut self, direction: Direction, here: Here<'_>, out: &mut Recognized) {
        if self.state.mode != Mode::Statement {
            return;
        }
        // What is said of something that is in no list goes on in the next clause.
        self.state.foreign |= self.state.gap && self.state.compared_here;
        let (Some(against), Some(means)) = (self.state.against, self.subjects()) else {
            return;
        };
        if self.state.gap || self.state.after_list || self.state.strange_base {
            return;
        }
        let means = means.iter().map(|meaning| dated(meaning, self.state.of_year)).collect();
        let statement = match direction {
            Direction::Up => Statement::Up(against),
            Direction::Down => Statement::Down(against),
            Direction::Level => Statement::Level(against),
        };
        self.claim(means, statement, here.flow, here.start(), out);
    }

    /// Files the cause between two characters.
    pub(super) fn cause(&mut self, flow: &Text<'_>, start: usize, end: usize, out: &mut Recognized) {
        let printed = flow.printed(start..end);
        let text = printed.trim_start_matches(['：', ':', '是', '，', '为']).trim().to_owned();
        // A budget is compared with the year before.
        let usual = (self.entity.kind == DocumentKind::Budget).then_some(Against::PriorYear);
        let against = self.state.against.or(self.state.compared).or(usual);
        let year = if self.state.against.is_some() { self.state.of_year } else { self.state.compared_year };
        let (Some(meanings), Some(against)) = (self.state.subject.as_ref(), against) else {
            return;
        };
        let meanings: Vec<Meaning> = meanings.iter().map(|meaning| dated(meaning, year)).collect();
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

    /// Files a claim, unless the words are another's.
    fn claim(
        &mut self,
        meanings: Vec<Meaning>,
        statement: Statement,
        flow: &Text<'_>,
        at: usize,
        out: &mut Recognized,
    ) {
        let printed = flow.position(at);
        if self.taken.is_aside(printed) || self.taken.is_scattered(printed) {
            return;
        }
        let meanings = self.of_area(meanings);
        let claim = Claim { meanings, statement, place: self.place(flow, at), seen: flow.seen(at..at + 1) };
        // A sentence says one thing once. Only claims of its place are compared: a text may say one thing thousands of times.
        let filed = self.filed.entry((claim.place.clone(), claim.meanings.clone())).or_default();
        if !filed.contains(&claim) {
            filed.push(claim.clone());
            out.claims.push(claim);
        }
    }

    /// 无…, 没有…: what was named behind it is said not to exist.
    pub(super) fn end_of_absence(&mut self, flow: &Text<'_>, at: usize, out: &mut Recognized) {
        if !std::mem::take(&mut self.state.absent) || !self.brackets.is_empty() || self.state.mode != Mode::Statement {
            return;
        }
        let named: Vec<Vec<Meaning>> = std::mem::take(&mut self.state.several);
        let before = std::mem::take(&mut self.state.absent_before);
        let means: Vec<Meaning> = if named.is_empty() { before } else { named }.into_iter().flatten().collect();
        if !means.is_empty() && !self.state.foreign && !self.is_of_lost_table(flow) {
            self.claim(means, Statement::Absent, flow, at.saturating_sub(1), out);
        }
    }

    /// 本表为空 below the title of a table that is not there: of a table that could not be read nobody knows what it says.
    fn is_of_lost_table(&self, flow: &Text<'_>) -> bool {
        let chars = flow.chars();
        let says = |word: &String| {
            let word: Vec<char> = word.chars().collect();
            chars.windows(word.len().max(1)).any(|own| own == word)
        };
        self.catalog.recognition.of_table.iter().any(says) && title::form_of(self.catalog, self.section).is_some()
    }

    /// 主要包括：基本工资、津贴补贴: names without a number are said to be there.
    pub(super) fn end_of_list(&mut self, flow: &Text<'_>, out: &mut Recognized) {
        for (means, at) in std::mem::take(&mut self.state.listed) {
            let printed = out.figures.iter().any(|figure| figure.meanings == means);
            if !printed {
                self.claim(means, Statement::Present, flow, at, out);
            }
        }
    }
}

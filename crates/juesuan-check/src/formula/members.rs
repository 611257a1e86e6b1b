//! The members of the sets that formulas go through.

use std::rc::Rc;
use std::sync::Arc;

use juesuan_catalog::formula::things::{Evaluations, Texts};
use juesuan_catalog::formula::{Condition, Field, Set};
use juesuan_catalog::{Rule, YEAR, pattern_and_right};
use juesuan_model::{
    Block, Dimension, DocumentKind, Evaluation, FigureId, FundLine, Indicator, Meaning, Measure, Place, Statement,
    Table, TargetChange,
};

use crate::docket::Docket;
use crate::ledger::{Key, Value};
use crate::passages::{Kind, Passage, sought_with_name};
use crate::patterns::{Pattern, Patterns, value};
use crate::sought::Sought;

/// A member of a set.
#[derive(Clone, Debug)]
pub(crate) enum Member<'a> {
    /// An evaluation.
    Evaluation(&'a Evaluation),
    /// A line of indicators.
    Indicator(&'a Indicator),
    /// A line of money.
    Fund(&'a FundLine),
    /// A change of a target.
    Change(&'a TargetChange),
    /// A text, by its number.
    Text(usize),
    /// What a pattern found.
    Hit(Hit<'a>),
    /// A table.
    Table(&'a Table),
    /// A line below a table, by its number.
    Note(&'a Table, usize),
    /// A figure, with what it is taken for.
    Figure(FigureId, Key),
    /// A row with a code, by a figure of it, and the code of the row before.
    Row(FigureId, Key, Option<String>),
    /// A cause, or a place that lacks one, by the number of the claim.
    Cause(usize),
    /// A section, by its heading.
    Section(&'a str),
}

/// What a pattern found in a text, in bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit<'a> {
    /// Number of the text.
    pub(crate) passage: usize,
    /// What is compared: the first group of the pattern, or all of it.
    pub(crate) value: (usize, usize),
    /// All that the pattern found.
    pub(crate) whole: (usize, usize),
    /// What is shown.
    pub(crate) shown: (usize, usize),
    /// What should stand instead, where the pattern says so.
    pub(crate) right: Option<&'a str>,
}

/// A place of the document at which a formula is asked: the members that it has gone into, the innermost last.
pub(crate) struct At<'q, 'l, 'a> {
    /// Package, and what was found so far.
    pub(crate) docket: &'q Docket<'l, 'a>,
    /// The rule.
    pub(crate) rule: Option<&'a Rule>,
    /// The members around it.
    pub(crate) members: Vec<Member<'a>>,
    /// What the placeholder 类, 款 or 项 stands for.
    pub(crate) code: Option<&'q str>,
}

impl<'q, 'l, 'a> At<'q, 'l, 'a> {
    /// The document as a whole.
    pub(crate) fn document(
        docket: &'q Docket<'l, 'a>,
        rule: Option<&'a Rule>,
        code: Option<&'q str>,
    ) -> At<'q, 'l, 'a> {
        At { docket, rule, members: Vec::new(), code }
    }

    /// By what the same fact is known again: the words of a cause, the title of a table.
    pub(crate) fn subject(&self) -> String {
        match self.members.last() {
            Some(Member::Table(table)) => table.title.clone(),
            Some(Member::Cause(_)) => self.telling(Field::Own).map(|text| text.words).unwrap_or_default(),
            _ => String::new(),
        }
    }

    /// The claim that one is at.
    pub(crate) fn claim(&self) -> Option<usize> {
        self.members.iter().find_map(|member| if let Member::Cause(number) = member { Some(*number) } else { None })
    }

    /// The section that one is in.
    pub(crate) fn section(&self) -> Option<&'a str> {
        self.members.iter().find_map(|member| if let Member::Section(name) = member { Some(*name) } else { None })
    }

    /// The texts of the document.
    pub(crate) fn passages(&self) -> Rc<Vec<Passage<'a>>> {
        self.docket.passages()
    }

    /// The same, one member further in.
    pub(crate) fn into(&self, member: Member<'a>) -> At<'q, 'l, 'a> {
        let mut inner = self.clone();
        inner.members.push(member);
        inner
    }

    /// The places that one gets to by going through sets, the one inside the other.
    pub(crate) fn through(&self, sets: &[Set]) -> Vec<At<'q, 'l, 'a>> {
        let Some((first, rest)) = sets.split_first() else { return vec![self.clone()] };
        if !self.docket.effort.take(self.cost(first)) {
            return Vec::new();
        }
        self.members_of(first).into_iter().flat_map(|member| self.into(member).through(rest)).collect()
    }

    /// How many things are looked at to find the members of a set.
    fn cost(&self, set: &Set) -> usize {
        let package = self.docket.ledger.package;
        match set {
            Set::Texts(_) | Set::Hits(..) => self.passages().len(),
            Set::Evaluations(_) | Set::Changes => package.performance.evaluations.len(),
            Set::Indicators | Set::Funds => self.evaluation().map_or(0, |own| own.indicators.len() + own.funds.len()),
            Set::Tables => package.document.parts.iter().map(|part| part.blocks.len()).sum(),
            Set::Notes => 1,
            Set::Causes | Set::Lacking => package.claims.len(),
            _ => package.figures.len(),
        }
    }

    /// Words or patterns of the rule.
    pub(crate) fn words(&self, key: &str) -> &'a [String] {
        self.rule.map_or(&[], |rule| rule.with.words(key))
    }

    /// Meanings of the rule.
    pub(super) fn meanings(&self, key: &str) -> &'a [Meaning] {
        self.rule.map_or(&[], |rule| rule.with.meanings(key))
    }

    /// The evaluation that one is in.
    pub(crate) fn evaluation(&self) -> Option<&'a Evaluation> {
        self.members.iter().find_map(|member| match member {
            Member::Evaluation(evaluation) => Some(*evaluation),
            _ => None,
        })
    }

    /// The members of a set, those of the member that one is in where the set belongs to it.
    pub(crate) fn members_of(&self, set: &Set) -> Vec<Member<'a>> {
        let performance = &self.docket.ledger.package.performance;
        let evaluation = self.evaluation();
        match set {
            Set::Evaluations(which) => {
                let wanted = performance.evaluations.iter().filter(|evaluation| is_wanted(evaluation, *which));
                wanted.map(Member::Evaluation).collect()
            }
            Set::Indicators => evaluation.into_iter().flat_map(|e| &e.indicators).map(Member::Indicator).collect(),
            // The first line is the total.
            Set::Funds => evaluation.into_iter().flat_map(|e| e.funds.iter().skip(1)).map(Member::Fund).collect(),
            Set::Changes => performance.changes.iter().map(Member::Change).collect(),
            Set::Texts(which) => {
                let passages = self.passages();
                let texts = passages.iter().enumerate().filter(|(_, passage)| looks_at(*which, passage.kind));
                texts.map(|(number, _)| Member::Text(number)).collect()
            }
            Set::Hits(which, key) => {
                let passages = self.passages();
                let texts = passages.iter().enumerate().filter(|(_, passage)| looks_at(*which, passage.kind));
                texts.flat_map(|(number, _)| self.hits_in(number, key)).map(Member::Hit).collect()
            }
            Set::Tables => self.tables().map(Member::Table).collect(),
            Set::Notes => self.notes(),
            Set::Within(key) => self.within(key),
            Set::Changed => self.figures(|measure| matches!(measure, Measure::Change(_)), Keys::All),
            Set::Growths => self.figures(|measure| matches!(measure, Measure::Growth(_)), Keys::All),
            Set::Shares => self.figures(|measure| matches!(measure, Measure::Share { .. }), Keys::First),
            Set::Completions => self.figures(|measure| matches!(measure, Measure::Completion(_)), Keys::All),
            Set::Items(key) => self.items(key),
            Set::Codes => self.codes(),
            Set::CodedAmounts => self.coded_amounts(),
            Set::Rows => self.rows(),
            Set::Causes => self.claims(|statement| matches!(statement, Statement::Cause(..))),
            Set::Lacking => self.claims(|statement| matches!(statement, Statement::CauseMissing(_))),
            Set::Sections => self.sections().into_iter().map(Member::Section).collect(),
        }
    }

    fn claims(&self, wanted: impl Fn(&Statement) -> bool) -> Vec<Member<'a>> {
        let here = |place: &Place| self.section().is_none_or(|section| place.section.as_deref() == Some(section));
        let claims = self.docket.ledger.package.claims.iter().enumerate();
        let claims = claims.filter(|(_, claim)| wanted(&claim.statement) && here(&claim.place));
        claims.map(|(number, _)| Member::Cause(number)).collect()
    }

    /// The headings under which the running text prints figures, in the order of the document.
    fn sections(&self) -> Vec<&'a str> {
        let mut out: Vec<&str> = Vec::new();
        for (_, figure, _) in self.docket.ledger.figures().filter(|(_, figure, _)| figure.place.table.is_none()) {
            out.extend(figure.place.section.as_deref().filter(|section| !out.contains(section)));
        }
        out
    }

    /// What the patterns of a parameter find in the text that one is in.
    pub(crate) fn hits(&self, key: &str) -> Vec<Hit<'a>> {
        let passage = self.members.iter().find_map(|member| match member {
            Member::Text(number) => Some(*number),
            _ => None,
        });
        passage.map(|number| self.hits_in(number, key)).unwrap_or_default()
    }

    /// What the patterns of a parameter find in a text; patterns that meet on the same words find them once, and a pattern of
    /// whose group nothing is there finds nothing.
    fn hits_in(&self, passage: usize, key: &str) -> Vec<Hit<'a>> {
        let passages = self.passages();
        let Some(text) = passages.get(passage) else { return Vec::new() };
        let mut out: Vec<Hit<'a>> = Vec::new();
        let patterns = self.patterns(key);
        for (Pattern { dated, number, .. }, regex) in patterns.within(text) {
            let right = self.words(key).get(*number).and_then(|text| pattern_and_right(text).1);
            for captures in regex.captures_iter(text.text()) {
                let (Some(all), Some(value)) = (captures.get(0), value(&captures)) else { continue };
                let (value, whole) = ((value.start(), value.end()), (all.start(), all.end()));
                let shown = if *dated { whole } else { value };
                if out.iter().all(|other| value.1 <= other.value.0 || other.value.1 <= value.0) {
                    out.push(Hit { passage, value, whole, shown, right });
                }
            }
        }
        out
    }

    /// The members of a set of which a condition is true.
    pub(crate) fn witnesses(&self, condition: &Condition) -> Vec<At<'_, '_, 'a>> {
        let (set, condition) = match condition {
            Condition::Some { set, condition, .. } => (set, condition),
            // Of several the first is the claim, the others are excuses or come on top.
            Condition::Any(parts) | Condition::All(parts) => {
                return parts.first().map(|first| self.witnesses(first)).unwrap_or_default();
            }
            _ => return Vec::new(),
        };
        let mut all = self.through(std::slice::from_ref(set));
        all.retain(|at| at.truth(condition) == Ok(true));
        all
    }

    /// The patterns of a parameter, made once for a document.
    pub(crate) fn patterns(&self, key: &str) -> Rc<Patterns> {
        let Some(rule) = self.rule else { return Rc::default() };
        self.docket.patterns(&rule.code, key, || {
            let made = |(number, text): (usize, &String)| {
                let sought = self.pattern(pattern_and_right(text).0)?;
                Some(Pattern::new(sought, text.contains(YEAR), number))
            };
            let each = self.words(key).iter().enumerate().filter_map(made).collect();
            Patterns::new(each, self.docket.letters())
        })
    }

    /// A pattern with the name of whoever files the document and years put in.
    pub(crate) fn pattern(&self, text: &str) -> Option<Arc<Sought>> {
        sought_with_name(text, &self.docket.ledger.package.entity.name)
    }

    /// The statutory tables of the document.
    fn tables(&self) -> impl Iterator<Item = &'a Table> + use<'a> {
        let package = self.docket.ledger.package;
        let filled = package.kind != DocumentKind::Template;
        let blocks = package.document.parts.iter().flat_map(|part| &part.blocks);
        blocks.filter_map(move |block| match block {
            Block::Table(table) if !table.form.is_empty() && filled => Some(table),
            _ => None,
        })
    }

    fn notes(&self) -> Vec<Member<'a>> {
        let tables = self.members.iter().filter_map(|member| match member {
            Member::Table(table) => Some(*table),
            _ => None,
        });
        tables.flat_map(|table| (0..table.notes.len()).map(move |number| Member::Note(table, number))).collect()
    }

    /// The amounts that lie in one of the regions of a parameter: same item, stage and year, inside on the other dimensions.
    fn within(&self, key: &str) -> Vec<Member<'a>> {
        let ledger = self.docket.ledger;
        let regions: Vec<_> =
            self.meanings(key).iter().map(|region| (ledger.trees().selector(region), region)).collect();
        let inside = |(inner, measure): &&Key| {
            *measure == Measure::Amount
                && regions.iter().any(|(selector, region)| {
                    [Dimension::Item, Dimension::Stage, Dimension::Year].iter().all(|d| inner.get(*d) == region.get(*d))
                        && (inner == *region || selector.selects(ledger.trees(), inner))
                })
        };
        let printed = ledger.figures().filter(|(_, _, entry)| !matches!(entry.value, Value::Absent));
        printed.filter_map(|(id, _, entry)| Some(Member::Figure(id, entry.keys.iter().find(inside)?.clone()))).collect()
    }

    /// The figures of a measure; one that is taken for several things comes once for each, or once only.
    fn figures(&self, wanted: impl Fn(&Measure) -> bool, keys: Keys) -> Vec<Member<'a>> {
        let most = if keys == Keys::First { 1 } else { usize::MAX };
        let mut out = Vec::new();
        let here = |place: &Place| {
            self.section().is_none_or(|own| place.table.is_none() && place.section.as_deref() == Some(own))
        };
        for (id, _, entry) in self.docket.ledger.figures().filter(|(_, figure, _)| here(&figure.place)) {
            let of = entry.keys.iter().take(most).filter(|(_, measure)| wanted(measure));
            out.extend(of.map(|key| Member::Figure(id, key.clone())));
        }
        out
    }
}

/// Whether a figure that is taken for several things comes once for each.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keys {
    First,
    All,
}

impl Clone for At<'_, '_, '_> {
    fn clone(&self) -> Self {
        At { members: self.members.clone(), ..*self }
    }
}

fn is_wanted(evaluation: &Evaluation, which: Evaluations) -> bool {
    which.whole.is_none_or(|whole| whole == evaluation.is_whole())
        && which.stands.is_none_or(|stands| stands == evaluation.stands)
}

const fn looks_at(texts: Texts, kind: Kind) -> bool {
    match texts {
        Texts::All => !matches!(kind, Kind::Contents),
        Texts::Everything => true,
        Texts::Paragraphs => matches!(kind, Kind::Paragraph),
        Texts::Explanations => !matches!(kind, Kind::Contents | Kind::Cell | Kind::Entity),
        Texts::Sentences => matches!(kind, Kind::Part | Kind::Heading | Kind::Paragraph | Kind::Note),
        Texts::ParagraphsAndNotes => matches!(kind, Kind::Paragraph | Kind::Note),
    }
}

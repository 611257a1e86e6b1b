//! The members of the sets that formulas go through.

use std::rc::Rc;

use juesuan_catalog::formula::things::{Evaluations, Texts};
use juesuan_catalog::formula::{Condition, Field, Set};
use juesuan_catalog::{NAME, Rule, YEAR};
use juesuan_model::{
    Block, Dimension, DocumentKind, Evaluation, FigureId, FundLine, Indicator, Meaning, Measure, Statement, Table,
    TargetChange,
};
use juesuan_text::plain;

use crate::docket::Docket;
use crate::ledger::{Key, Value};
use crate::passages::{Kind, Passage, pattern};
use crate::patterns::Patterns;

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
    Hit(Hit),
    /// A table.
    Table(&'a Table),
    /// A line below a table, by its number.
    Note(&'a Table, usize),
    /// A figure, with what it is taken for.
    Figure(FigureId, Key),
    /// A cause, by the number of the claim.
    Cause(usize),
}

/// What a pattern found in a text, in bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit {
    /// Number of the text.
    pub(crate) passage: usize,
    /// What is compared: the first group of the pattern, or all of it.
    pub(crate) value: (usize, usize),
    /// What is shown.
    pub(crate) shown: (usize, usize),
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
        self.members_of(first).into_iter().flat_map(|member| self.into(member).through(rest)).collect()
    }

    /// Words or patterns of the rule.
    pub(crate) fn words(&self, key: &str) -> &'a [String] {
        self.rule.map_or(&[], |rule| rule.with.words(key))
    }

    fn meanings(&self, key: &str) -> &'a [Meaning] {
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
            Set::Hits(key) => self.hits(key).into_iter().map(Member::Hit).collect(),
            Set::Tables => self.tables().map(Member::Table).collect(),
            Set::Notes => self.notes(),
            Set::Within(key) => self.within(key),
            Set::Changed => self.figures(|measure| matches!(measure, Measure::Change(_)), Keys::All),
            Set::Growths => self.figures(|measure| matches!(measure, Measure::Growth(_)), Keys::All),
            Set::Shares => self.figures(|measure| matches!(measure, Measure::Share { .. }), Keys::First),
            Set::Completions => self.figures(|measure| matches!(measure, Measure::Completion(_)), Keys::All),
            Set::Causes => {
                let claims = self.docket.ledger.package.claims.iter().enumerate();
                let causes = claims.filter(|(_, claim)| matches!(claim.statement, Statement::Cause(..)));
                causes.map(|(number, _)| Member::Cause(number)).collect()
            }
        }
    }

    /// What the patterns of a parameter find in the text that one is in; patterns that meet on the same words find them once.
    pub(crate) fn hits(&self, key: &str) -> Vec<Hit> {
        let passage = self.members.iter().find_map(|member| match member {
            Member::Text(number) => Some(*number),
            _ => None,
        });
        let passages = self.passages();
        let Some((passage, text)) = passage.and_then(|number| Some((number, passages.get(number)?.text()))) else {
            return Vec::new();
        };
        let mut out: Vec<Hit> = Vec::new();
        let patterns = self.patterns(key);
        let each = if patterns.any(text) { patterns.each.as_slice() } else { &[] };
        for (regex, dated) in each {
            for captures in regex.captures_iter(text) {
                let (Some(whole), value) = (captures.get(0), captures.get(1)) else { continue };
                let value = value.unwrap_or(whole);
                let shown = if *dated { whole } else { value };
                let hit = Hit { passage, value: (value.start(), value.end()), shown: (shown.start(), shown.end()) };
                if out.iter().all(|other| hit.value.1 <= other.value.0 || other.value.1 <= hit.value.0) {
                    out.push(hit);
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

    /// The patterns of a parameter, compiled once a run.
    pub(crate) fn patterns(&self, key: &str) -> Rc<Patterns> {
        let Some(rule) = self.rule else { return Rc::default() };
        self.docket.patterns(&rule.code, key, || {
            let words = self.words(key);
            let each: Vec<_> =
                words.iter().filter_map(|text| Some((pattern(&self.written(text))?, text.contains(YEAR)))).collect();
            let any = each.iter().map(|(regex, _)| format!("(?:{regex})")).collect::<Vec<_>>().join("|");
            Patterns { any: pattern(&any), each }
        })
    }

    /// A pattern with the name of whoever files the document and years put in.
    pub(crate) fn written(&self, text: &str) -> String {
        let name = regex::escape(&plain(&self.docket.ledger.package.entity.name));
        text.replace(YEAR, "(20[0-9]{2})").replace(NAME, if name.is_empty() { "本部门" } else { &name })
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
        for (id, _, entry) in self.docket.ledger.figures() {
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
        Texts::Paragraphs => matches!(kind, Kind::Paragraph),
        Texts::Explanations => !matches!(kind, Kind::Contents | Kind::Cell | Kind::Entity),
        Texts::Sentences => matches!(kind, Kind::Part | Kind::Heading | Kind::Paragraph | Kind::Note),
        Texts::ParagraphsAndNotes => matches!(kind, Kind::Paragraph | Kind::Note),
    }
}

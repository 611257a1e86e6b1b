//! Names of what lists and tables run over: indicators, money, steps, changes, uses, files.

use juesuan_catalog::performance::announced::topic_word;
use juesuan_catalog::performance::documents::names::{DATE, OBJECT, PERSON, RATE, REFERENCE, VERSION};
use juesuan_catalog::performance::documents::{Elements, ListTemplate};
use juesuan_evaluate::campaign::outcome::{Goal, lines, unmet};
use juesuan_evaluate::campaign::{Fund, IndicatorLine, Subject, UsePlan};
use juesuan_evaluate::{Aim, Met};
use juesuan_facts::Amount;
use juesuan_model::{Quantity, Step, TargetChange, Topic};

use super::subject::AMOUNTS;
use super::words::{Owned, Words};
use super::{Writer, told};
use crate::narrate::element::clause;
use crate::narrate::line::Bit;

/// What stands for the whole among projects.
const WHOLE: &str = "整体";
/// Stands in formulas of rates.
const DIVIDED: char = '÷';
/// What they are made of but digits.
const SIGNS: &str = ".,÷×+-=%|（）()";
/// Before what is missing, for those who fill in the files.
const UNREAD: &str = "读不到：";

impl Writer<'_> {
    /// The elements of a list.
    pub(super) fn elements(&self, list: &ListTemplate, subject: Option<&Subject>) -> Vec<Words> {
        let mut rows = self.rows(list.each, subject);
        if list.each == Elements::Use && !list.kinds.is_empty() {
            let wanted = |plan: &&UsePlan| list.kinds.iter().any(|kind| plan.kind.contains(kind.as_str()));
            rows = self.campaign.uses.iter().filter(wanted).map(|plan| self.used(plan)).collect();
        }
        match subject {
            Some(subject) if list.each == Elements::Met && !list.alike.is_empty() => {
                self.met_words(subject, !list.split.is_empty())
            }
            _ => rows,
        }
    }

    /// Indicators that were met: those that reached just what was aimed at, in words, are one element at the end, or at the
    /// end of each first level.
    fn met_words(&self, subject: &Subject, by_level: bool) -> Vec<Words> {
        let met: Vec<&IndicatorLine> = lines(subject, Met::Met).collect();
        let mut rows = Vec::new();
        for group in met.chunk_by(|one, next| !by_level || one.path[0] == next.path[0]) {
            let (alike, told): (Vec<&IndicatorLine>, Vec<&IndicatorLine>) =
                group.iter().copied().partition(|line| as_aimed(line));
            let mut own = self.indicators(subject, told.into_iter());
            if let Some(first) = alike.first() {
                let mut words = Words::default();
                let names: Vec<&str> = alike.iter().map(|line| line.name()).collect();
                words.text("各指标", &names.join("、"));
                words.set("项数", told::count(alike.len()).filter(|_| alike.len() > 1));
                if own.is_empty() {
                    words.text("新一级", &first.path[0]);
                }
                own.push(words);
            }
            rows.extend(own);
        }
        rows
    }

    /// What there is of a kind, for a subject or for all.
    pub(super) fn rows(&self, each: Elements, subject: Option<&Subject>) -> Vec<Words> {
        let campaign = self.campaign;
        let project = subject.map_or("", |subject| subject.project.as_str());
        match (each, subject) {
            (Elements::Project, _) => campaign.projects.iter().map(|own| self.subject_words(own)).collect(),
            (Elements::Indicator, Some(subject)) => self.indicators(subject, subject.lines.iter()),
            (Elements::Met, Some(subject)) => self.indicators(subject, lines(subject, Met::Met)),
            (Elements::Unknown, Some(subject)) => self.indicators(subject, lines(subject, Met::Unknown)),
            (Elements::Explained, Some(subject)) => {
                let mut rows = self.unmet_words(subject);
                let others = lines(subject, Met::Met).filter(|line| !line.reason.trim().is_empty());
                rows.extend(self.indicators(subject, others));
                rows
            }
            (Elements::Computed, Some(subject)) => {
                let mut rows = self.indicators(subject, subject.lines.iter());
                rows.retain(|words| words.get("算式").is_some());
                rows
            }
            (Elements::Compared, Some(subject)) => {
                let mut rows = self.indicators(subject, subject.lines.iter());
                rows.retain(|words| words.get("上年值").is_some() && words.get("完成值").is_some());
                rows
            }
            (Elements::Unmet, Some(subject)) => self.unmet_words(subject),
            (Elements::Step, Some(subject)) => self.steps_of(subject).into_iter().map(|step| self.step(step)).collect(),
            (Elements::Change, _) => {
                let own = campaign.changes.iter().filter(|change| subject.is_none() || change.project == project);
                own.map(|change| self.changed(change)).collect()
            }
            (Elements::Use, _) => campaign.uses.iter().map(|plan| self.used(plan)).collect(),
            (Elements::Evidence, Some(subject)) => evidence(subject),
            (_, None) => Vec::new(),
        }
    }

    /// Steps taken for a project, or for all at once; of the whole: all steps.
    pub(super) fn steps_of(&self, subject: &Subject) -> Vec<&Step> {
        let own = |step: &&Step| subject.is_whole() || step.project.is_empty() || step.project == subject.project;
        let has_own = |step: &Step| {
            let same = |other: &Step| other.stage == step.stage && other.project == subject.project;
            self.campaign.steps.iter().any(same)
        };
        let stands = |step: &&Step| own(step) && (subject.is_whole() || !step.project.is_empty() || !has_own(step));
        self.campaign.steps.iter().filter(stands).collect()
    }

    /// Words of indicators in order; levels that repeat are new only once.
    pub(super) fn indicators<'l>(
        &self,
        subject: &Subject,
        lines: impl Iterator<Item = &'l IndicatorLine>,
    ) -> Vec<Words> {
        let mut before: Option<&IndicatorLine> = None;
        let mut rows = Vec::new();
        for line in lines {
            let mut words = self.indicator(line);
            words.owner.told = match subject.is_whole() {
                true => format!("整体“{}”的", line.name()),
                false => format!("项目“{}”“{}”的", subject.project, line.name()),
            };
            words.owner.of = Owned::Indicator(subject.project.clone(), line.name().to_owned());
            let prior = subject.prior.as_ref().and_then(|prior| prior.reached.get(line.name()));
            words.text("上年值", prior.map_or("", String::as_str));
            if line.owes_reason(&self.narrator.catalog.performance.shares.nothing) {
                words.set("偏差原因", [self.asked_for(&[&words], "偏差原因")]);
            }
            let first = before.is_none_or(|before| before.path[0] != line.path[0]);
            if first {
                words.text("新一级", &line.path[0]);
            }
            if first || before.is_none_or(|before| before.path[1] != line.path[1]) {
                words.text("新二级", &line.path[1]);
            }
            before = Some(line);
            rows.push(words);
        }
        rows
    }

    /// Words of an indicator, without what depends on its subject.
    pub(super) fn indicator(&self, line: &IndicatorLine) -> Words {
        let mut words = Words::default();
        for (name, level) in ["一级", "二级", "三级"].iter().zip(&line.path) {
            words.text(name, level);
        }
        words.text("分类", &line.class);
        words.text("要点", &line.point);
        words.set("指标值", told::aim(&line.aim));
        words.set("批复值", line.approved.iter().flat_map(told::aim));
        words.set("完成值", line.reached.iter().flat_map(told::aim));
        words.set("分值", line.weight.and_then(|weight| told::points(weight, self.decimals, Vec::new())));
        words.set("得分", line.scored.points.and_then(|points| told::points(points, self.decimals, Vec::new())));
        let reason = clause(&line.reason);
        match &line.reached {
            Some(_) => words.text("算式", &arithmetic(&line.formula)),
            None if reason.is_empty() => {
                words.text("不评定原因", line.formula.strip_prefix(UNREAD).unwrap_or(&line.formula));
            }
            None => words.text("不评定原因", &reason),
        }
        words.text("偏差原因", &reason);
        words
    }

    fn unmet_words(&self, subject: &Subject) -> Vec<Words> {
        let goals = unmet(subject, self.decimals);
        let only = goals.iter().filter_map(|goal| match goal {
            Goal::Line(line) => Some(*line),
            Goal::Execution => None,
        });
        let mut rows = self.indicators(subject, only);
        if matches!(goals.first(), Some(Goal::Execution)) {
            let own = self.subject_words(subject);
            let mut words = Words::default();
            words.owner.clone_from(&own.owner);
            words.set("本行执行率", self.say(&[&own], &self.set.unmet_execution));
            let cause = [Topic::ExecutionCause, Topic::Deviation].iter().find_map(|topic| subject.texts.get(topic));
            match cause.map(|texts| told::joined(texts)).filter(|bits| !bits.is_empty()) {
                Some(bits) => words.set("偏差原因", bits),
                None => words.set("偏差原因", [self.asked_for(&[&words], topic_word(Topic::ExecutionCause))]),
            }
            rows.insert(0, words);
        }
        rows
    }

    /// A line of money. `all` is the name of the total.
    pub(super) fn fund(&self, subject: &Subject, index: usize, fund: &Fund, all: &str) -> Words {
        let total = index == 0;
        let mut words = if total { self.subject_words(subject) } else { Words::default() };
        words.text("来源", if total { all } else { &fund.name });
        if !total {
            for (name, quantity) in AMOUNTS {
                words.set(name, fund.amounts.get(&quantity).map(|amount| self.money(*amount, Vec::new())));
            }
            let number = |quantity| {
                let amount: Amount = *fund.amounts.get(&quantity)?;
                amount.money().map(|money| juesuan_model::Number::whole(money.fen()))
            };
            let rate = number(Quantity::Executed).zip(number(Quantity::FullYearBudget));
            let rate = rate.and_then(|(executed, budget)| executed.percent_of(budget));
            words.set(RATE, rate.and_then(|rate| self.rate(rate, self.rate_digits(subject), Vec::new())));
        }
        words
    }

    fn object(&self, project: &str) -> String {
        if project.is_empty() { WHOLE.to_owned() } else { project.to_owned() }
    }

    fn step(&self, step: &Step) -> Words {
        let mut words = Words::default();
        words.text("环节", step.stage.word());
        words.text(DATE, &told::day(&step.date));
        words.text(PERSON, &step.person);
        words.text(REFERENCE, &step.reference);
        let version = (step.version > 0).then(|| usize::try_from(step.version).ok()).flatten();
        words.set(VERSION, version.and_then(told::count));
        words.text("说明", &clause(&step.note));
        words.text(OBJECT, &self.object(&step.project));
        words
    }

    /// Words of a change of a target.
    pub(super) fn changed(&self, change: &TargetChange) -> Words {
        let mut words = Words::default();
        words.owner.told = format!("{}“{}”调整的", self.object(&change.project), change.indicator);
        words.text("指标", &change.indicator);
        words.text(DATE, &told::day(&change.date));
        let values = &self.narrator.catalog.performance.values;
        words.set("原值", told::aim(&Aim::parse(&change.before, values)));
        words.set("新值", told::aim(&Aim::parse(&change.after, values)));
        words.text("批准人", &change.approved_by);
        words.text(REFERENCE, &change.reference);
        words.text("原因", &clause(&change.reason));
        words.set(VERSION, usize::try_from(change.version).ok().and_then(told::count));
        words.text(OBJECT, &self.object(&change.project));
        words
    }

    fn used(&self, plan: &UsePlan) -> Words {
        let mut words = Words::default();
        words.owner.told = format!("{}“{}”的", self.object(&plan.project), plan.kind);
        words.text(OBJECT, &self.object(&plan.project));
        words.text("方式", &plan.kind);
        words.text("内容", &clause(&plan.content));
        words.text(PERSON, &plan.owner);
        let day = |day: Option<juesuan_text::Day>| day.map_or_else(String::new, juesuan_text::Day::in_words);
        words.text("期限", &day(plan.due));
        words.text("完成日期", &day(plan.done));
        words.set("下年预算", plan.next_budget.map(|budget| self.amount(budget)));
        words
    }
}

/// The figures at the end of a formula; how a register was counted, before them, is for those who keep it.
fn arithmetic(formula: &str) -> String {
    let sign = |c: char| c.is_ascii_digit() || SIGNS.contains(c);
    let figures = formula.rsplit(|c| !sign(c)).next().unwrap_or_default();
    if figures.contains(DIVIDED) { figures.replace('=', "＝") } else { String::new() }
}

/// True if what was reached is just what was aimed at, in words.
fn as_aimed(line: &IndicatorLine) -> bool {
    let reached = line.reached.as_ref().map(|reached| reached.text.trim());
    line.aim.printed.is_none() && line.reason.trim().is_empty() && reached == Some(line.aim.text.trim())
}

/// Files of a subject by their names as people say them, without ending, each once.
fn evidence(subject: &Subject) -> Vec<Words> {
    let mut names: Vec<&str> = Vec::new();
    for path in subject.lines.iter().flat_map(|line| &line.evidence) {
        let name = path.rsplit('/').next().unwrap_or(path);
        let name = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let row = |name: &str| {
        let mut words = Words::default();
        words.set("文件", [Bit::Text(name.to_owned())]);
        words
    };
    names.into_iter().map(row).collect()
}

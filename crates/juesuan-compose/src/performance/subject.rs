//! Names of the whole or of a project: money, points, texts, fields.

use juesuan_catalog::performance::announced::topic_word;
use juesuan_catalog::performance::documents::names::{
    EXECUTED, FIELDS, FULL_YEAR_BUDGET, INITIAL_BUDGET, PROJECT, RATE, RECEIVED, TEXTS, USES,
};
use juesuan_evaluate::Met;
use juesuan_evaluate::campaign::Subject;
use juesuan_evaluate::campaign::outcome::{lines, unmet};
use juesuan_model::{Dimension, Meaning, Number, Quantity, Topic};

use super::words::{Owned, Words};
use super::{Writer, bars, told};
use crate::narrate::line::Bit;

/// Amounts by their names in sentences.
pub(super) const AMOUNTS: [(&str, Quantity); 4] = [
    (INITIAL_BUDGET, Quantity::InitialBudget),
    (FULL_YEAR_BUDGET, Quantity::FullYearBudget),
    (RECEIVED, Quantity::Received),
    (EXECUTED, Quantity::Executed),
];

impl Writer<'_> {
    /// The words of a subject.
    pub(super) fn subject_words(&self, subject: &Subject) -> Words {
        let department = self.narrator.department;
        let project = subject.project.as_str();
        let mut words = Words::default();
        words.owner.told = match subject.is_whole() {
            true => "整体的".to_owned(),
            false => format!("项目“{project}”的"),
        };
        words.owner.of = Owned::Subject(project.to_owned());
        words.text(PROJECT, subject.name(department.short()));
        for (name, quantity) in AMOUNTS {
            let amount = subject.amount(quantity);
            words.set(name, amount.map(|amount| self.money(amount, told::meaning(project, quantity))));
        }
        let rate = subject
            .rate
            .and_then(|rate| self.rate(rate, self.rate_digits(subject), told::meaning(project, Quantity::Rate)));
        words.set(RATE, rate);
        self.points_of(subject, &mut words);
        for (topic, texts) in &subject.texts {
            words.set(&format!("{TEXTS}.{}", topic_word(*topic)), told::joined(texts));
        }
        for (key, entry) in &subject.fields {
            words.text(&format!("{FIELDS}.{key}"), &told::day(entry));
        }
        let duties: Vec<String> = department.duties.iter().map(|duty| crate::narrate::element::clause(duty)).collect();
        words.text("职责", &duties.join("；"));
        if let Some(own) = subject.texts.get(&Topic::Duties) {
            words.set("职责", told::joined(own));
        }
        self.prior_of(subject, &mut words);
        words
    }

    fn points_of(&self, subject: &Subject, words: &mut Words) {
        let decimals = self.decimals;
        let points = |number: Option<Number>, meanings| number.and_then(|n| told::points(n, decimals, meanings));
        words.set("得分", points(subject.total, told::meaning(&subject.project, Quantity::Score)));
        words.text("等级", subject.grade.as_deref().unwrap_or_default());
        words.set("执行分值", points(subject.execution_weight, Vec::new()));
        words.set("执行得分", points(subject.execution.as_ref().and_then(|scored| scored.points), Vec::new()));
        let weights = subject.lines.iter().map(|line| line.weight);
        let sum =
            weights.chain(subject.execution_weight.map(Some)).try_fold(Number::ZERO, |sum, weight| sum.plus(weight?));
        words.set("总分值", points(sum.filter(|sum| !sum.is_zero()), Vec::new()));
        words.set("计分", told::count(usize::from(subject.is_scored())));
        words.set("指标数", told::count(subject.lines.len()));
        words.set("已完成数", told::count(lines(subject, Met::Met).count()));
        words.set("未完成数", told::count(unmet(subject, decimals).len()));
        words.set("未评定数", told::count(lines(subject, Met::Unknown).count()));
        let changes = self.campaign.changes.iter().filter(|change| change.project == subject.project);
        words.set("调整数", told::count(changes.count()));
        words.set("环节数", told::count(self.steps_of(subject).len()));
        words.set("有图", told::count(bars::drawn(subject).len()).filter(|_| bars::drawn(subject).len() > 1));
    }

    fn prior_of(&self, subject: &Subject, words: &mut Words) {
        let Some(prior) = &subject.prior else { return };
        let of = |quantity| -> Vec<Meaning> {
            let own = told::meaning(&subject.project, quantity).into_iter();
            own.map(|meaning| meaning.with(Dimension::Year, prior.year.to_string())).collect()
        };
        words.set("上年执行数", prior.executed.map(|executed| self.money(executed, of(Quantity::Executed))));
        let score = prior.score.and_then(|score| told::points(score, self.decimals, of(Quantity::Score)));
        words.set("上年得分", score);
    }

    /// Words of the campaign: all projects together.
    pub(super) fn campaign_words(&self) -> Words {
        let campaign = self.campaign;
        let mut words = Words::default();
        words.set("项目数", told::count(campaign.projects.len()));
        for (name, quantity) in [("全年预算合计", Quantity::FullYearBudget), ("执行合计", Quantity::Executed)]
        {
            words.set(name, self.sum(quantity).map(|sum| self.amount(sum)));
        }
        words.set("平均得分", self.mean().and_then(|mean| told::points(mean, self.decimals, Vec::new())));
        words.set("各等级", self.grades());
        words.set("应用数", told::count(campaign.uses.len()));
        words.set("应用完成数", told::count(campaign.uses.iter().filter(|plan| plan.done.is_some()).count()));
        for plan in &campaign.uses {
            for kind in self.kinds() {
                if plan.kind.contains(kind) {
                    words.text(&format!("{USES}.{kind}"), &plan.kind);
                }
            }
        }
        words
    }

    /// The words by which lists of the templates choose uses.
    fn kinds(&self) -> impl Iterator<Item = &str> {
        let set = self.set;
        let items = [&set.whole_report, &set.project_report, &set.summary].into_iter().flat_map(|report| &report.item);
        items.filter_map(|item| item.list.as_ref()).flat_map(|list| list.kinds.iter().map(String::as_str))
    }

    /// An amount of all projects together, if it is known of each.
    pub(super) fn sum(&self, quantity: Quantity) -> Option<juesuan_model::Money> {
        let amounts = self.campaign.projects.iter().map(|project| project.amount(quantity)?.money());
        amounts.sum()
    }

    /// The mean of the points of all projects.
    pub(super) fn mean(&self) -> Option<Number> {
        let projects = &self.campaign.projects;
        let sum = projects.iter().try_fold(Number::ZERO, |sum, project| sum.plus(project.total?))?;
        sum.over(Number::whole(i64::try_from(projects.len()).ok()?))
    }

    /// 优9个、良2个: the grades that there are, from the best; nothing as long as a project has none.
    fn grades(&self) -> Vec<Bit> {
        let projects = &self.campaign.projects;
        if projects.iter().any(|project| project.grade.is_none()) {
            return Vec::new();
        }
        let mut bits = Vec::new();
        for band in self.narrator.catalog.performance.grades(&self.narrator.department.variant) {
            let same = projects.iter().filter(|project| project.grade.as_deref() == Some(band.word.as_str()));
            let Some(number) = told::count(same.count()) else { continue };
            let stop = if bits.is_empty() { "" } else { "、" };
            bits.extend([Bit::Text(format!("{stop}{}", band.word)), number, Bit::Text("个".to_owned())]);
        }
        bits
    }
}

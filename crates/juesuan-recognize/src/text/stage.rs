//! Which stage is spoken of: 决算, a budget that is named, or one that is not.

use juesuan_catalog::LexiconWord;
use juesuan_catalog::names::stage::{FULL_YEAR, INITIAL};
use juesuan_catalog::names::{FINAL_ACCOUNTS, item};
use juesuan_model::{Against, Dimension, DocumentKind, Meaning, Measure, Printed};

use super::here::Here;
use super::number::Said;
use super::sentence::Reader;
use super::state::{Expected, Stage};
use super::{Recognized, Unknown};

impl Reader<'_> {
    /// A stage word.
    pub(super) fn stage(&mut self, entry: &LexiconWord, here: Here<'_>, out: &mut Recognized) {
        if self.entity.kind == DocumentKind::Budget && entry.stage != FULL_YEAR {
            return self.stage_of_budget(entry, here, out);
        }
        let stage = match entry.stage.as_str() {
            INITIAL => Stage::Budget(Against::InitialBudget),
            FULL_YEAR => Stage::Budget(Against::FullYearBudget),
            "" => Stage::SomeBudget,
            _ => Stage::Final,
        };
        let named = match stage {
            Stage::Budget(against) => Some(against),
            Stage::SomeBudget => self.some_budget(),
            Stage::Final => None,
        };
        if let Some(direction) = self.state.then.take() {
            self.against(named);
            self.said(direction, here, out);
            // 大于预算数 36.20 万元.
            self.expect(Expected::Change(direction));
            self.state.compared_near = false;
        } else if std::mem::take(&mut self.state.than) {
            // 比 2022 年度决算数: the year has been taken already.
            if stage != Stage::Final {
                self.against(named);
            }
            if let Expected::Completion(against) = &mut self.state.expected {
                *against = named;
            }
        } else if let Expected::Completion(against) = &mut self.state.expected {
            *against = named;
        } else if self.state.expected == Expected::Share(None) && named.is_some() {
            // 占年初预算的 98%.
            self.expect(Expected::Completion(named));
        } else if stage != Stage::Final && self.state.compared_near && self.state.against == Some(Against::PriorYear) {
            // 比上年预算数下降: the budget of another year is nothing that final accounts tell of.
            self.state.strange_base = true;
        } else {
            let after_year = self.state.against.is_some() && stage == Stage::Final && self.state.stage_near;
            let subject = self.state.subject.as_deref().unwrap_or_default();
            let slip = stage == Stage::Final && self.is_slip(subject);
            if !after_year && !slip {
                self.state.stage = stage;
                self.state.stage_idle = true;
                self.state.stage_here = true;
                self.state.marks.stage = Some(self.at);
            }
            self.state.known = true;
        }
        if let Stage::Budget(against) = stage {
            self.state.budget = Some(against);
            self.state.marks.budget = Some(self.at);
        }
        self.state.stage_near = named.is_some();
    }

    /// 年初预算 64 万元，其中：接待费支出决算 42 万元 below a heading that names the budget: the parts are of the budget too, but for
    /// one whose budget has just been told.
    pub(super) fn is_slip(&self, of: &[Meaning]) -> bool {
        let told = self.state.amounts.last().is_some_and(|amount| amount.stage.is_some() && amount.of == of);
        self.state.usual != Stage::Final && !self.state.heads.is_empty() && !told
    }

    /// A stage word in a budget: 预算 is what everything speaks of, 执行数 what was carried out in the year before.
    fn stage_of_budget(&mut self, entry: &LexiconWord, here: Here<'_>, out: &mut Recognized) {
        let past = entry.stage == FINAL_ACCOUNTS;
        if let Some(direction) = self.state.then.take() {
            self.said(direction, here, out);
        } else if past && self.is_part_of_budget() {
            // 预算 64 万元，其中：接待费决算 42 万元: the parts are of the budget, whatever the writer calls them.
        } else if past && !self.state.than && self.state.year.is_none() && self.state.against.is_none() {
            self.state.year = self.last_year();
            self.state.marks.year = Some(self.at);
        }
        // 2025年度预算 3 万元 beside 2025年预算执行数 2 万元.
        let before = self.state.year.is_some() && self.state.year == self.last_year();
        let of_before = self.carried_out && !past && before && !self.state.than;
        self.state.stage = if of_before { Stage::Budget(Against::InitialBudget) } else { Stage::Final };
        self.state.known = true;
        self.state.stage_near = false;
    }

    /// True in a list of parts whose whole is of the year of the document.
    fn is_part_of_budget(&self) -> bool {
        let whole = self.state.heads.last().filter(|head| head.amount.is_some() && head.year.is_none());
        whole.is_some() && self.state.year.is_none() && self.state.against.is_none() && !self.state.than
    }

    /// `收入年初预算为 5 万元，支出决算为 7 万元，完成年初预算的 100%`: what fills the budget of an income is that income, though the
    /// form that was copied calls it expense.
    pub(super) fn is_carried_out_of_income(&self, entry: &LexiconWord, here: Here<'_>) -> bool {
        let expense =
            |means: &Meaning| means.get(Dimension::Item) == Some(item::EXPENSE) && means.coordinates().count() == 1;
        let income = |means: &Meaning| means.get(Dimension::Item) == Some(item::INCOME);
        let budget = self.state.amounts.last().filter(|amount| amount.stage.is_some());
        entry.stage == FINAL_ACCOUNTS
            && entry.means.iter().all(expense)
            && budget.is_some_and(|amount| amount.of.iter().all(income))
            && here.is_before_completed_amount()
    }

    /// A completion. Where the paragraph has compared with nothing else, a cause behind it speaks of that budget.
    pub(super) fn completed(&mut self, against: Against, printed: Printed) -> Result<Said, Unknown> {
        self.state.compared.get_or_insert(against);
        if std::mem::take(&mut self.state.stage_idle) {
            // 收入 86 亿元，为调整预算的 100.2%，其中：税收收入 60 亿元: the parts are of what came in.
            self.state.stage = self.state.usual;
        }
        Ok((self.dated_names()?, Measure::Completion(against), printed))
    }

    /// The budget that 预算 means where it is not said which: the one named last in this section, else, for the three
    /// public expenses, the one that the variant's table prints.
    pub(super) fn some_budget(&self) -> Option<Against> {
        let table = || {
            let theme = self.state.subject.as_ref()?.first()?.get(Dimension::Theme)?;
            let forms = &self.catalog.variant(&self.entity.variant, self.entity.year)?.forms;
            let columns = forms.iter().flat_map(|form| &form.block).flat_map(|block| &block.column);
            let stage = columns
                .filter(|column| column.means.get(Dimension::Theme) == Some(theme))
                .find_map(|column| column.means.get(Dimension::Stage))?;
            Some(if stage == INITIAL { Against::InitialBudget } else { Against::FullYearBudget })
        };
        // A text that names no budget anywhere means one by the word, whichever it is.
        let only = || self.one_budget.then_some(Against::FullYearBudget);
        self.state.budget.or_else(table).or_else(only)
    }
}

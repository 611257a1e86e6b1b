//! The budget accounts (科目 6–8) and what they mean: `catalog/accounts.toml`.

use std::collections::BTreeMap;

use juesuan_model::{Dimension, Meaning, Problem, UnitKind};
use serde::Deserialize;

use crate::names::item;
use crate::source::Source;
use crate::trees::Trees;

const PATH: &str = "accounts.toml";

/// How an account counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// Credit − debit of the year.
    Income,
    /// Debit − credit of the year.
    Expense,
    /// 资金结存: only balances the voucher.
    Cash,
    /// Counts in 年初/年末结转和结余; its movements outside the closing of the year adjust the opening balance.
    CarryOver,
    /// Counts in 年初/年末结转和结余; moves only in the closing of the year.
    Operating,
    /// Collects what the closing of the year passes on.
    Closing,
    /// Debits are 使用非财政拨款结余.
    SurplusUse,
    /// Debits are 结余分配.
    Distribution,
}

/// What an entry must carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Need {
    /// Budget that the money comes from.
    Fund,
    /// Function code.
    Function,
    /// Economic code.
    Economic,
    /// Nature of the expense.
    Nature,
    /// Project, for project expense.
    Project,
}

/// One account of the first level.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// Four digits.
    pub code: String,
    /// Official name.
    pub name: String,
    /// How it counts.
    pub side: Side,
    /// Item of the final accounts; empty for balances.
    #[serde(default)]
    pub item: Option<String>,
    /// Source of the income, outside 财政拨款.
    #[serde(default)]
    pub source: Option<String>,
    /// Fund or group of funds that the money belongs to; any if none.
    #[serde(default)]
    pub fund: Option<String>,
    /// Fixed nature of the expense.
    #[serde(default)]
    pub nature: Option<String>,
    /// What each entry must carry.
    #[serde(default)]
    pub needs: Vec<Need>,
}

/// A pair of accounts that cancel out inside a department.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EliminationRule {
    /// Name for people.
    pub name: String,
    /// Account of the payer.
    pub expense: String,
    /// Account of the receiver.
    pub income: String,
}

/// How 机关运行经费 follows from what is spent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunningCost {
    /// Theme it is stated under.
    pub theme: String,
    /// Fund it is paid from.
    pub fund: String,
    /// Nature of the expense.
    pub nature: String,
    /// Kinds of units that have it.
    pub kinds: Vec<UnitKind>,
    /// What is written where somebody asks where the figure is from.
    pub from: String,
}

impl RunningCost {
    /// What it is a figure of.
    pub fn meaning(&self) -> Meaning {
        Meaning::new().with(Dimension::Item, item::EXPENSE).with(Dimension::Theme, self.theme.as_str())
    }

    /// The expense that counts, of a unit that has it.
    pub fn counted(&self) -> Meaning {
        Meaning::new()
            .with(Dimension::Item, item::EXPENSE)
            .with(Dimension::Fund, self.fund.as_str())
            .with(Dimension::Nature, self.nature.as_str())
    }
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct AccountsFile {
    project_nature: String,
    #[serde(default)]
    financial: Vec<String>,
    account: Vec<Account>,
    #[serde(default)]
    fund_words: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    nature_words: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    elimination: Vec<EliminationRule>,
    #[serde(default)]
    running_cost: RunningCost,
}

/// All budget accounts, and the words in which books speak of them.
#[derive(Clone, Debug, Default)]
pub struct Accounts {
    /// In the order of the file.
    pub accounts: Vec<Account>,
    /// Word → node of [`Dimension::Fund`].
    pub fund_words: BTreeMap<String, String>,
    /// Word → node of [`Dimension::Nature`].
    pub nature_words: BTreeMap<String, String>,
    /// Nature whose expense names its project.
    pub project_nature: String,
    /// Flows that cancel out inside a department.
    pub eliminations: Vec<EliminationRule>,
    /// How 机关运行经费 follows.
    pub running_cost: RunningCost,
    /// Names of the accounts of 财务会计, classes 1 to 5.
    pub financial: Vec<String>,
}

impl Accounts {
    /// Reads `accounts.toml`; a node that the trees do not have, a code that is not four digits, and a word with two
    /// senses are problems.
    pub fn load(source: &Source, trees: &Trees, problems: &mut Vec<Problem>) -> Accounts {
        let Some(file) = source.toml::<AccountsFile>(PATH, problems) else {
            return Accounts::default();
        };
        let mut faults = faults(&file, trees);
        let mut fund_words = words(&file.fund_words, &mut faults);
        for node in trees.nodes(Dimension::Fund).filter(|node| node.children.is_empty()) {
            for word in &node.words {
                fund_words.entry(word.clone()).or_insert_with(|| node.name.clone());
            }
        }
        let nature_words = words(&file.nature_words, &mut faults);
        problems.extend(faults.iter().map(|(entry, word, message)| source.fault(PATH, &[entry, word], message)));
        Accounts {
            accounts: file.account,
            fund_words,
            nature_words,
            project_nature: file.project_nature,
            eliminations: file.elimination,
            running_cost: file.running_cost,
            financial: file.financial,
        }
    }

    /// The account of the first level that a code begins with.
    pub fn get(&self, code: &str) -> Option<&Account> {
        self.position(code).and_then(|index| self.accounts.get(index))
    }

    /// For each account the index of the first one with the same item and source: they count as one.
    pub fn first_alike(&self) -> Vec<u16> {
        let alike =
            |a: &Account| self.accounts.iter().zip(0..).find(|(b, _)| (&a.item, &a.source) == (&b.item, &b.source));
        self.accounts.iter().map(|a| alike(a).map_or(0, |(_, index)| index)).collect()
    }

    /// Index into [`Accounts::accounts`] of the account that a code begins with.
    pub fn position(&self, code: &str) -> Option<usize> {
        let first = code.get(..4)?;
        self.accounts.iter().position(|account| account.code == first)
    }
}

impl Account {
    /// True if each entry must carry this.
    pub fn needs(&self, need: Need) -> bool {
        self.needs.contains(&need)
    }
}

/// What is wrong with the accounts: nodes that no tree has, malformed codes, eliminations of accounts that are not there.
fn faults(file: &AccountsFile, trees: &Trees) -> Vec<Fault> {
    let mut faults: Vec<Fault> = Vec::new();
    let mut known = |entry: &str, dimension: Dimension, name: &str| {
        if let Some(message) = trees.unknown(dimension, name) {
            faults.push((entry.to_owned(), name.to_owned(), message));
        }
    };
    for account in &file.account {
        let named = [
            (Dimension::Item, &account.item),
            (Dimension::Source, &account.source),
            (Dimension::Fund, &account.fund),
            (Dimension::Nature, &account.nature),
        ];
        for (dimension, name) in named {
            if let Some(name) = name {
                known(&account.code, dimension, name);
            }
        }
    }
    for fund in file.fund_words.keys() {
        known("fund_words", Dimension::Fund, fund);
    }
    for nature in file.nature_words.keys() {
        known("nature_words", Dimension::Nature, nature);
    }
    let running_cost = &file.running_cost;
    known("running_cost", Dimension::Theme, &running_cost.theme);
    known("running_cost", Dimension::Fund, &running_cost.fund);
    known("running_cost", Dimension::Nature, &running_cost.nature);
    known("project_nature", Dimension::Nature, &file.project_nature);
    for account in &file.account {
        if account.code.len() != 4 || !account.code.bytes().all(|b| b.is_ascii_digit()) {
            faults.push((account.code.clone(), String::new(), format!("科目“{}”不是四位数字", account.code)));
        }
    }
    for rule in &file.elimination {
        for code in [&rule.expense, &rule.income] {
            if !file.account.iter().any(|a| &a.code == code) {
                let message = format!("抵销“{}”引用的科目 {code} 没有定义", rule.name);
                faults.push((rule.name.clone(), code.clone(), message));
            }
        }
    }
    faults
}

/// The entry, the word in it, and what is wrong with that.
type Fault = (String, String, String);

fn words(groups: &BTreeMap<String, Vec<String>>, faults: &mut Vec<Fault>) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    for (node, words) in groups {
        for word in words {
            if let Some(before) = out.insert(word.clone(), node.clone()) {
                let message = format!("“{word}”既是{before}又是{node}，请只留一处");
                faults.push((node.clone(), word.clone(), message));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_account_of_the_sixes_sevens_and_eights_has_its_meaning() {
        let (source, mut problems) = (Source::embedded(), Vec::new());
        let trees = Trees::load(&source, &mut problems);
        let accounts = Accounts::load(&source, &trees, &mut problems);
        assert!(problems.is_empty(), "{problems:#?}");
        assert_eq!(accounts.get("600101").map(|a| a.side), Some(Side::Income));
        assert_eq!(accounts.get("6602").and_then(|a| a.source.as_deref()), Some("其他收入"));
        assert_eq!(accounts.get("750199").and_then(|a| a.nature.as_deref()), Some("对附属单位补助支出"));
        assert!(accounts.get("7101").is_some_and(|a| a.needs(Need::Economic) && a.fund.is_none()));
        assert!(accounts.get("1001").is_none() && accounts.get("61").is_none());
        assert_eq!(accounts.fund_words.get("一般公共预算财政拨款").map(String::as_str), Some("一般公共预算"));
        assert_eq!(accounts.nature_words.get("人员经费").map(String::as_str), Some("基本支出"));
    }

    #[test]
    fn an_account_file_that_names_an_unknown_node_is_refused() {
        let mut source = Source::embedded();
        let folder = std::env::temp_dir().join(format!("juesuan-accounts-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let text = "[[account]]\ncode = \"6101\"\nsource = \"事业进账\"\n";
        std::fs::write(folder.join("accounts.toml"), text).unwrap();
        let mut problems = Vec::new();
        source.overlay(&folder, &mut problems);
        std::fs::remove_dir_all(&folder).unwrap();
        let trees = Trees::load(&source, &mut problems);
        Accounts::load(&source, &trees, &mut problems);
        let [problem] = problems.as_slice() else { panic!("{problems:?}") };
        assert!(problem.message.contains("事业进账") && problem.place.line == Some(3), "{problem}");
    }
}

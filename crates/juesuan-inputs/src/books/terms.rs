//! The words of an entry and what they stand for: units, accounts, funds, natures, codes.

use std::sync::Arc;

use juesuan_catalog::{Account, Catalog, Codes, Confidence, Need, Side};
use juesuan_facts::Department;
use juesuan_model::{Dimension, UnitKind};
use juesuan_text::{element, plain};
use rustc_hash::{FxHashMap, FxHashSet};

use super::cell_text::{code_in, first_name, without_code};
use super::column::Column;
use super::fault::FaultKind;
use super::key::{Key, Symbols};
use crate::words::is;

/// A unit with books of its own.
#[derive(Clone, Debug)]
pub struct UnitTerm {
    /// Name.
    pub name: Arc<str>,
    /// Kind.
    pub kind: UnitKind,
}

/// How an entry moves the books.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// An account of the catalogue.
    Budget(Side),
    /// 财务会计, classes 1 to 5: not looked at.
    Financial,
    /// Unknown.
    Unknown,
}

/// Side of an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// 借方.
    Debit,
    /// 贷方.
    Credit,
}

/// An entry's words as they stand.
#[derive(Clone, Copy, Debug, Default)]
pub struct Words<'a> {
    /// In the order of [`Column::DIMENSIONS`].
    pub fields: [&'a str; Column::DIMENSIONS.len()],
}

/// What an entry's words stand for.
#[derive(Debug)]
pub struct Sense {
    /// How it moves the books.
    pub class: Class,
    /// What its amount is of; meaningful only if `usable`.
    pub key: Key,
    /// True if the amount has a place in the accounts.
    pub usable: bool,
    /// What is wrong with the words.
    pub faults: Vec<(FaultKind, Column, String)>,
}

/// Everything that the words of books are understood by.
pub struct Terms<'c> {
    /// The catalogue.
    pub catalog: &'c Catalog,
    /// Fiscal year.
    pub year: u16,
    /// Units with books of their own, in the order of department.toml.
    pub units: Vec<UnitTerm>,
    unit_index: FxHashMap<String, u32>,
    accounts: FxHashMap<&'c str, u16>,
    /// Index of an account by its name in plain form.
    names: FxHashMap<String, u16>,
    /// Names of the accounts of 财务会计 in plain form.
    financial: FxHashSet<String>,
}

impl<'c> Terms<'c> {
    /// For the books of a department. Entries of a unit merged into another belong to the other; a department without
    /// units keeps one set of books under its own name.
    pub fn new(department: &Department, catalog: &'c Catalog) -> Terms<'c> {
        let mut units: Vec<UnitTerm> = department
            .units
            .iter()
            .filter(|unit| unit.merged_into.is_none())
            .map(|unit| UnitTerm { name: Arc::from(unit.name.as_str()), kind: unit.kind })
            .collect();
        if units.is_empty() {
            units.push(UnitTerm { name: Arc::from(department.name.as_str()), kind: UnitKind::Administrative });
        }
        let mut unit_index: FxHashMap<String, u32> = FxHashMap::default();
        for (unit, index) in units.iter().zip(0..) {
            unit_index.insert(plain(&unit.name), index);
        }
        for unit in &department.units {
            if let Some(index) = unit.merged_into.as_ref().and_then(|host| unit_index.get(&plain(host)).copied()) {
                unit_index.insert(plain(&unit.name), index);
            }
        }
        let all = || catalog.accounts.accounts.iter().zip(0..);
        let accounts = all().map(|(a, index)| (a.code.as_str(), index)).collect();
        let names = all().map(|(a, index)| (plain(&a.name), index)).collect();
        let financial = catalog.accounts.financial.iter().map(|name| plain(name)).collect();
        Terms { catalog, year: department.year, units, unit_index, accounts, names, financial }
    }

    /// Index of the account that a text without a code names: `事业支出`, `事业支出/基本支出/人员经费`.
    fn named(&self, text: &str) -> Option<u16> {
        self.names.get(&plain(first_name(text))).copied()
    }

    /// Index of the account that a code begins with, or that a word without a code names.
    fn account_index(&self, code: &str, word: &str) -> Option<u16> {
        let by_name = || if code.is_empty() { self.named(word) } else { None };
        code.get(..4).and_then(|first| self.accounts.get(first)).copied().or_else(by_name)
    }

    /// True for an account of 财务会计.
    fn is_financial(&self, code: &str, word: &str) -> bool {
        let by_name = || code.is_empty() && self.financial.contains(&plain(first_name(word)));
        (matches!(code.as_bytes().first(), Some(b'1'..=b'5')) && code.len() >= 4) || by_name()
    }

    /// The code of the account whose ledger a title is, without a label before it: `7201 事业支出明细账`, `行政支出`. Accounts of
    /// 财务会计 only with their code.
    pub fn account_of_title(&self, title: &str) -> Option<String> {
        let words = &self.catalog.sheet_words.ledger_titles;
        let title = title.trim();
        let bare = words.iter().filter_map(|word| title.strip_suffix(word.as_str())).min_by_key(|rest| rest.len());
        let bare = bare.unwrap_or(title).trim_end_matches(['-', '—', '_', ' ', '（', '(', '《']);
        let code = code_in(bare);
        let known = code.get(..4).is_some_and(|first| self.accounts.contains_key(first));
        let financial = || {
            matches!(code.as_bytes(), [b'1'..=b'5', _, _, _, ..])
                && self.financial.contains(&plain(first_name(without_code(bare))))
        };
        if known || financial() {
            return Some(code);
        }
        let account = self.catalog.accounts.accounts.get(usize::from(self.named(bare)?))?;
        Some(account.code.clone())
    }

    /// The whole code of an account, of a name its four digits; empty for what is none.
    pub fn account_code(&self, word: &str) -> String {
        match code_in(word) {
            code if code.is_empty() => {
                let account = self.named(word).and_then(|at| self.catalog.accounts.accounts.get(usize::from(at)));
                account.map_or_else(String::new, |account| account.code.clone())
            }
            code => code,
        }
    }

    /// Index of a unit by its name; brackets and white space may differ.
    pub fn unit(&self, name: &str) -> Option<u32> {
        self.unit_index.get(&plain(name)).copied()
    }

    /// The unit of a file without a column for it: the one whose name its file name holds, or the only one.
    pub fn unit_of_file(&self, file: &str) -> Option<u32> {
        let file = plain(file);
        let named = self.unit_index.iter().filter(|(name, _)| file.contains(name.as_str()));
        let named = named.max_by_key(|(name, _)| name.len()).map(|(_, index)| *index);
        named.or((self.units.len() == 1).then_some(0))
    }

    /// What a word in a column of directions says.
    pub fn direction(&self, word: &str) -> Option<Direction> {
        let words = &self.catalog.sheet_words;
        let says = |words: &[String]| is(word, words);
        match (says(&words.debit), says(&words.credit)) {
            (true, _) => Some(Direction::Debit),
            (_, true) => Some(Direction::Credit),
            _ => None,
        }
    }

    /// The account of a key.
    pub fn account(&self, key: Key) -> &'c Account {
        element(&self.catalog.accounts.accounts, usize::from(key.account))
    }

    /// True if the account is one side of an internal flow.
    fn is_internal(&self, account: &Account) -> bool {
        self.catalog.accounts.eliminations.iter().any(|e| e.expense == account.code || e.income == account.code)
    }

    /// What the words of an entry stand for. `unit` is that of the file if it has no column for it.
    pub fn sense(&self, words: &Words<'_>, unit: Option<u32>, symbols: &mut Symbols) -> Sense {
        let [unit_word, account_word, function, economic, nature, fund, project, counterparty] =
            words.fields.map(str::trim);
        let mut faults = Vec::new();
        let only_unit = (unit_word.is_empty() && self.units.len() == 1).then_some(0);
        let found_unit = unit.or_else(|| self.unit(unit_word)).or(only_unit);
        let code = code_in(account_word);
        let index = self.account_index(&code, account_word);
        let unknown = |class, faults| Sense {
            class,
            key: Key { unit: 0, account: 0, fund: 0, nature: 0, function: 0, economic: 0, project: 0, counterparty: 0 },
            usable: false,
            faults,
        };
        let Some(index) = index else {
            if self.is_financial(&code, account_word) {
                return unknown(Class::Financial, faults);
            }
            faults.push((FaultKind::Account, Column::Account, unknown_account(account_word)));
            return unknown(Class::Unknown, faults);
        };
        let account = element(&self.catalog.accounts.accounts, usize::from(index));
        if found_unit.is_none() {
            faults.push((FaultKind::Unit, Column::Unit, unknown_unit(unit_word)));
        }
        let nature_node = self.nature(account, nature, &mut faults);
        let is_project = nature_node == self.catalog.accounts.project_nature;
        let key = Key {
            unit: found_unit.unwrap_or(0),
            account: index,
            fund: symbols.intern(self.fund(account, fund, &mut faults)),
            nature: symbols.intern(nature_node),
            function: symbols.intern(&self.code(account, Column::Function, function, &mut faults)),
            economic: symbols.intern(&self.code(account, Column::Economic, economic, &mut faults)),
            project: if account.side != Side::Expense || is_project { symbols.intern(project) } else { 0 },
            counterparty: if self.is_internal(account) { symbols.intern(&plain(counterparty)) } else { 0 },
        };
        if is_project && project.is_empty() && account.needs(Need::Project) {
            faults.push(missing(account, Column::Project, "项目支出必须填项目名称"));
        }
        if self.is_internal(account) && counterparty.is_empty() && self.units.len() > 1 {
            let message = format!(
                "科目 {} {}没有往来单位，按与部门以外的往来处理；部门内部往来请填对方单位，合并时才能抵销",
                account.code, account.name
            );
            faults.push((FaultKind::Counterparty, Column::Counterparty, message));
        }
        let usable = faults.iter().all(|(kind, ..)| {
            matches!(
                kind,
                FaultKind::FundOverruled
                    | FaultKind::CodeDigits
                    | FaultKind::CodeNotValid
                    | FaultKind::CodeUnknown
                    | FaultKind::Counterparty
            )
        });
        Sense { class: Class::Budget(account.side), key, usable, faults }
    }

    fn fund<'a>(&'a self, account: &'a Account, word: &str, faults: &mut Vec<(FaultKind, Column, String)>) -> &'a str {
        let trees = &self.catalog.trees;
        let region = account.fund.as_deref();
        let single =
            region.filter(|name| trees.node(Dimension::Fund, name).is_some_and(|node| node.children.is_empty()));
        if word.is_empty() {
            if single.is_none() && account.needs(Need::Fund) {
                faults.push(missing(account, Column::Fund, "资金性质决定列入哪一本预算"));
            }
            return single.unwrap_or("");
        }
        let Some(node) = self
            .catalog
            .accounts
            .fund_words
            .get(word)
            .or_else(|| self.catalog.accounts.fund_words.get(without_code(word)))
        else {
            if let Some(single) = single {
                return single;
            }
            faults.push((FaultKind::Word, Column::Fund, unknown_word(word, "资金性质", "fund_words")));
            return "";
        };
        if region.is_some_and(|region| !trees.contains(Dimension::Fund, region, node)) {
            let region = region.unwrap_or_default();
            let what = format!("科目 {} {}只能是{region}，这里写“{word}”（{node}）", account.code, account.name);
            faults.push(match single {
                Some(_) => (FaultKind::FundOverruled, Column::Fund, format!("{what}；已按{region}处理，请核对科目")),
                None => (FaultKind::FundWrong, Column::Fund, format!("{what}；请改科目或资金性质")),
            });
            return single.unwrap_or("");
        }
        single.unwrap_or(node)
    }

    fn nature<'a>(
        &'a self,
        account: &'a Account,
        word: &str,
        faults: &mut Vec<(FaultKind, Column, String)>,
    ) -> &'a str {
        if let Some(nature) = &account.nature {
            return nature;
        }
        if account.side != Side::Expense {
            return "";
        }
        if word.is_empty() {
            if account.needs(Need::Nature) {
                faults.push(missing(account, Column::Nature, "应为基本支出或项目支出"));
            }
            return "";
        }
        let words = &self.catalog.accounts.nature_words;
        let node = words.get(word).or_else(|| words.get(without_code(word)));
        if node.is_none() {
            faults.push((FaultKind::Word, Column::Nature, unknown_word(word, "支出性质", "nature_words")));
        }
        node.map_or("", String::as_str)
    }

    /// A classification code: the digits that the word begins with.
    fn code(
        &self,
        account: &Account,
        column: Column,
        word: &str,
        faults: &mut Vec<(FaultKind, Column, String)>,
    ) -> String {
        let (need, digits, name, codes) = match column {
            Column::Economic => (Need::Economic, 5, "部门经济分类", &self.catalog.economics),
            _ => (Need::Function, 7, "功能分类", &self.catalog.functions),
        };
        if column == Column::Economic && account.side != Side::Expense {
            return String::new();
        }
        if word.is_empty() {
            if account.needs(need) {
                faults.push(missing(account, column, &format!("应为 {digits} 位{name}科目编码")));
            }
            return String::new();
        }
        let code = code_in(word);
        if code.is_empty() {
            let message = format!("“{word}”不是{name}科目编码；应为 {digits} 位数字");
            faults.push((FaultKind::Word, column, message));
            return String::new();
        }
        if code.len() != digits {
            let message = format!("{name}科目编码“{code}”是 {} 位，应为 {digits} 位；请改成末级科目", code.len());
            faults.push((FaultKind::CodeDigits, column, message));
        } else if let Some((kind, message)) = doubt_of(codes, &code, self.year, name) {
            faults.push((kind, column, message));
        }
        code
    }
}

/// Whether a code was in force. Rows of confidence C prove nothing.
fn doubt_of(codes: &Codes, code: &str, year: u16, name: &str) -> Option<(FaultKind, String)> {
    let rows = codes.rows(code);
    if rows.is_empty() {
        let message =
            format!("{name}科目“{code}”不在目录的科目表里，目录不一定齐全；请核对编码，或用 codes import 补充");
        return Some((FaultKind::CodeUnknown, message));
    }
    if rows.iter().any(|row| row.valid_in(year) || row.confidence == Confidence::C) {
        return None;
    }
    let named = rows.first().map_or("", |row| row.name.as_str());
    Some((
        FaultKind::CodeNotValid,
        format!("{name}科目“{code} {named}”在 {year} 年度不使用；请核对是否用了其他年度的科目"),
    ))
}

fn missing(account: &Account, column: Column, why: &str) -> (FaultKind, Column, String) {
    let name = match column {
        Column::Fund => "资金性质",
        Column::Nature => "支出性质",
        Column::Economic => "部门经济分类",
        Column::Project => "项目名称",
        _ => "功能分类",
    };
    let message = format!("科目 {} {}的分录缺少{name}；{why}，请补齐辅助核算", account.code, account.name);
    (FaultKind::Missing, column, message)
}

fn unknown_account(word: &str) -> String {
    if word.is_empty() {
        return "没有科目编码；每一行分录都要有以四位一级科目开头的编码".to_owned();
    }
    format!("科目“{word}”不在预算会计科目表里；应以四位一级科目开头（如 7101），请核对")
}

fn unknown_unit(word: &str) -> String {
    if word.is_empty() {
        return "没有单位名称；请补齐，或按单位分成几个文件并把单位名写进文件名".to_owned();
    }
    format!("单位“{word}”不在 department.toml 里；请改成那里的名称，或在那里补上这个单位")
}

fn unknown_word(word: &str, name: &str, table: &str) -> String {
    format!("{name}“{word}”不认识；请改成标准用语，或在目录 accounts.toml 的 [{table}] 里补充这个词")
}

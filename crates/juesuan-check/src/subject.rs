//! Meanings in the words of accountants: `一般公共预算财政拨款基本支出“30201办公费”年初预算`, not coordinates.

use juesuan_model::{Dimension, Meaning, Measure};

use crate::ledger::{Key, Ledger};
use crate::words::against_word;

/// Last characters of a theme that is an amount of money by its name.
const MONEY: [&str; 6] = ["费", "费用", "支出", "总额", "金额", "合同"];

impl Ledger<'_> {
    /// A meaning in words, with the names of its codes.
    pub(crate) fn meaning_words(&self, meaning: &Meaning) -> String {
        let mut out = String::new();
        if let Some(year) = meaning.get(Dimension::Year) {
            out.push_str(&format!("{year}年"));
        }
        if let Some(unit) = meaning.get(Dimension::Unit) {
            out.push_str(unit);
        }
        if let Some(project) = meaning.get(Dimension::Project) {
            out.push_str(&format!("“{project}”"));
        }
        if let Some(fund) = meaning.get(Dimension::Fund) {
            out.push_str(self.long(Dimension::Fund, fund));
        }
        let alone = out.is_empty() && !self.is_coded(meaning) && meaning.get(Dimension::Stage).is_none();
        out.push_str(&self.core(meaning, alone));
        for (dimension, codes) in
            [(Dimension::Function, &self.catalog.functions), (Dimension::Economic, &self.catalog.economics)]
        {
            if let Some(code) = meaning.get(dimension) {
                let name = codes.name(code, self.package.entity.year).unwrap_or("");
                out.push_str(&format!("“{code}{name}”"));
            }
        }
        if let Some(stage) = meaning.get(Dimension::Stage) {
            out.push_str(stage);
        }
        if out.is_empty() { "总计".to_owned() } else { out }
    }

    fn is_coded(&self, meaning: &Meaning) -> bool {
        meaning.get(Dimension::Function).or_else(|| meaning.get(Dimension::Economic)).is_some()
    }

    /// Item, nature, source and theme as one noun.
    fn core(&self, meaning: &Meaning, alone: bool) -> String {
        let item = meaning.get(Dimension::Item).unwrap_or("");
        let theme = meaning.get(Dimension::Theme).map(|theme| self.long(Dimension::Theme, theme));
        match (theme, meaning.get(Dimension::Source), meaning.get(Dimension::Nature)) {
            (Some(theme), ..) if item == "支出" => {
                let money = MONEY.iter().any(|end| theme.ends_with(end));
                if money { theme.to_owned() } else { format!("{theme}金额") }
            }
            (Some(theme), ..) if theme.ends_with(item) || theme.ends_with('车') => theme.to_owned(),
            (Some(theme), ..) => format!("{theme}{item}"),
            (None, Some(source), _) => source.to_owned(),
            (None, None, Some(nature)) if item == "支出" || item.is_empty() => nature.to_owned(),
            (None, None, Some(nature)) => format!("{nature}{item}"),
            (None, None, None) if alone => self.long(Dimension::Item, item).to_owned(),
            (None, None, None) => item.to_owned(),
        }
    }

    /// The name of a node as documents print it in full.
    fn long<'n>(&'n self, dimension: Dimension, name: &'n str) -> &'n str {
        self.trees().node(dimension, name).and_then(|node| node.words.first()).map_or(name, String::as_str)
    }

    /// A key: meaning and measure.
    pub(crate) fn key_words(&self, (meaning, measure): &Key) -> String {
        let meaning = self.meaning_words(meaning);
        match measure {
            Measure::Amount | Measure::Count => meaning,
            Measure::Change(against) => format!("{meaning}较{}增减额", against_word(*against)),
            Measure::Growth(against) => format!("{meaning}较{}增减率", against_word(*against)),
            Measure::Share { of } => format!("{meaning}占{}的比重", self.meaning_words(of)),
            Measure::Completion(against) => {
                format!("{meaning}完成{}的比例", against_word(*against))
            }
            Measure::Score => format!("{meaning}得分"),
        }
    }
}

//! Which rows of registers count in what is published, and what is nothing together: `catalog/registers.toml`.

use juesuan_model::{Dimension, Meaning, Money, Problem};
use serde::Deserialize;

use crate::input::InputFiles;
use crate::names::item;
use crate::near::nearest;
use crate::source::Source;
use crate::trees::Trees;

const PATH: &str = "registers.toml";

/// The file.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegisterRules {
    /// Equipment.
    pub equipment: EquipmentRule,
    /// Staff.
    pub staff: StaffRule,
    /// Kinds of receptions.
    pub reception: Vec<ReceptionRule>,
    /// Contracts.
    pub procurement: ProcurementRule,
    /// Expenses with what is nothing when they are.
    pub nothing: Vec<NothingRule>,
}

/// Which equipment is published.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EquipmentRule {
    from_yuan: i64,
}

impl EquipmentRule {
    /// Least value of one piece.
    pub fn from(&self) -> Money {
        Money::from_yuan(self.from_yuan)
    }
}

/// Which staff is published.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StaffRule {
    /// Kinds of staff that have posts.
    pub with_posts: Vec<String>,
}

/// A kind of receptions.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReceptionRule {
    /// As the register says it.
    pub kind: String,
    /// Theme under which it is stated.
    pub theme: String,
}

/// What contracts count as.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProcurementRule {
    /// Sizes of suppliers that are 中小企业.
    pub small: Vec<String>,
    /// Those of them that are 小微企业.
    pub micro: Vec<String>,
    /// What the register says of a contract reserved for 中小企业.
    pub reserved_small: String,
    /// The same of 小微企业.
    pub reserved_micro: String,
    /// Categories of contracts.
    pub category: Vec<CategoryRule>,
}

/// A category of contracts.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CategoryRule {
    /// As the register says it.
    pub name: String,
    /// Theme of all of them.
    pub theme: String,
    /// Theme of what went to 中小企业.
    pub to_small: String,
}

/// What is nothing together with an expense, or with a count.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NothingRule {
    /// Theme of the expense; empty where it is a count.
    #[serde(default)]
    pub theme: String,
    /// The count that is nothing.
    #[serde(default)]
    pub of: Option<CountedRule>,
    /// Themes of expenses.
    #[serde(default)]
    pub amounts: Vec<String>,
    /// Counts.
    #[serde(default)]
    pub counts: Vec<CountedRule>,
}

/// Something that is counted.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CountedRule {
    item: String,
    #[serde(default)]
    theme: Option<String>,
}

impl CountedRule {
    /// What it is a count of.
    pub fn meaning(&self) -> Meaning {
        let counted = Meaning::new().with(Dimension::Item, self.item.as_str());
        self.theme.iter().fold(counted, |meaning, theme| meaning.with(Dimension::Theme, theme.as_str()))
    }
}

impl RegisterRules {
    /// Reads the file. Nodes that no tree has, and words that no register can say, are problems.
    pub fn load(source: &Source, trees: &Trees, inputs: &InputFiles, problems: &mut Vec<Problem>) -> RegisterRules {
        let Some(rules) = source.toml::<RegisterRules>(PATH, problems) else { return RegisterRules::default() };
        let strange =
            |(dimension, name): &(Dimension, &str)| Some(((*name).to_owned(), trees.unknown(*dimension, name)?));
        let faults = rules.nodes().iter().filter_map(strange).collect::<Vec<_>>().into_iter();
        let unsaid = rules.words().into_iter().filter_map(|(file, column, word)| unsaid(inputs, file, column, word));
        problems.extend(faults.chain(unsaid).map(|(word, message)| source.fault(PATH, &[&word], message)));
        rules
    }

    fn nodes(&self) -> Vec<(Dimension, &str)> {
        let receptions = self.reception.iter().map(|rule| rule.theme.as_str());
        let categories = self.procurement.category.iter().flat_map(|rule| [rule.theme.as_str(), &rule.to_small]);
        let nothing = self.nothing.iter().flat_map(|rule| std::iter::once(&rule.theme).chain(&rule.amounts));
        let nothing = nothing.filter(|theme| !theme.is_empty());
        let counts = || self.nothing.iter().flat_map(|rule| rule.counts.iter().chain(&rule.of));
        let themes = receptions.chain(categories).chain(nothing.map(String::as_str));
        let themes = themes.chain(counts().filter_map(|counted| counted.theme.as_deref()));
        let items = counts().map(|counted| counted.item.as_str()).chain([item::EXPENSE]);
        themes.map(|name| (Dimension::Theme, name)).chain(items.map(|name| (Dimension::Item, name))).collect()
    }

    /// File, column, and a word that its rows must be able to say.
    fn words(&self) -> Vec<(&'static str, &'static str, &str)> {
        let procurement = &self.procurement;
        let staff = self.staff.with_posts.iter().map(|word| ("staff", "kind", word.as_str()));
        let receptions = self.reception.iter().map(|rule| ("receptions", "kind", rule.kind.as_str()));
        let sizes = procurement.small.iter().chain(&procurement.micro);
        let sizes = sizes.map(|word| ("contracts", "supplier_size", word.as_str()));
        let categories = procurement.category.iter().map(|rule| ("contracts", "category", rule.name.as_str()));
        let reserved = [&procurement.reserved_small, &procurement.reserved_micro];
        let reserved = reserved.into_iter().map(|word| ("contracts", "reserved", word.as_str()));
        staff.chain(receptions).chain(sizes).chain(categories).chain(reserved).collect()
    }
}

/// What is wrong with a word that the column of a register does not allow.
fn unsaid(inputs: &InputFiles, file: &str, column: &str, word: &str) -> Option<(String, String)> {
    let choices = &inputs.get(file)?.column(column)?.choices;
    let message = || {
        let near = nearest(word, choices.iter().map(String::as_str));
        format!("登记表 inputs/{file}.toml 的 {column} 不能填“{word}”{near}；可以填：{}", choices.join("、"))
    };
    (!choices.iter().any(|choice| choice == word)).then(|| (word.to_owned(), message()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(from: &str, to: &str) -> Vec<String> {
        let source = Source::embedded();
        let text = source.layers(PATH)[0].text.replacen(from, to, 1);
        let (mut problems, trees) = (Vec::new(), Trees::load(&source, &mut Vec::new()));
        let inputs = InputFiles::load(&source, &mut problems);
        RegisterRules::load(&Source::of(&[(PATH, &text)]), &trees, &inputs, &mut problems);
        problems.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_word_that_no_register_says_and_a_node_that_is_not_there_are_refused() {
        assert_eq!(faults("", ""), Vec::<String>::new());
        let told = faults("\"微型\"]", "\"微小\"]");
        assert!(told.len() == 1 && told[0].contains("supplier_size 不能填“微小”"), "{told:?}");
        let told = faults("item = \"团组\"", "item = \"团队\"");
        assert!(told.len() == 1 && told[0].contains("“团队”"), "{told:?}");
    }
}

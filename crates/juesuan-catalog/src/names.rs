//! The names of nodes that the program itself needs, in one place.
//!
//! Everything else of the field is data that the program only carries. A few nodes it must know by name: those that the
//! books, the budget and the registers are stated under, and the ends of a comparison. They are checked against the trees
//! of `meanings/` whenever the catalogue is loaded: a node that was renamed there is a problem, not a figure that is
//! silently missing.

use juesuan_model::{Against, Dimension, Problem};

use crate::source::Source;
use crate::trees::Trees;

/// Stands in the meanings of the catalogue for the year before that of the document.
pub const LAST_YEAR: &str = "上年";
/// Stands there for the stage of the final accounts, which is no node: it is the stage that is not named.
pub const FINAL_ACCOUNTS: &str = "决算";

/// One module per dimension, with its names and the list of them.
macro_rules! names {
    ($($(#[$of:meta])* $module:ident { $($name:ident = $text:literal),* $(,)? })*) => {
        $(
            $(#[$of])*
            #[expect(missing_docs, reason = "the name says it in Chinese")]
            pub mod $module {
                $(pub const $name: &str = $text;)*
                pub(super) const ALL: &[&str] = &[$($name),*];
            }
        )*
    };
}

names! {
    /// Money that comes, goes or stays, and things that are counted.
    item {
        INCOME_TOTAL = "收入总计",
        EXPENSE_TOTAL = "支出总计",
        INCOME = "收入",
        EXPENSE = "支出",
        OPENING = "年初结转和结余",
        CLOSING = "年末结转和结余",
        GROUPS = "团组",
        BATCHES = "批次",
        PERSONS = "人次",
        VEHICLES = "车辆",
        VEHICLES_BOUGHT = "购置车辆",
        EQUIPMENT = "设备",
        UNITS = "单位",
        PROJECTS = "项目",
        POSTS = "编制人数",
        STAFF = "在职人数",
    }

    /// Budgets; the final accounts are the stage that is not named.
    stage {
        INITIAL = "年初预算",
        FULL_YEAR = "全年预算",
    }

    /// Budgets that money comes from.
    fund {
        GENERAL = "一般公共预算",
        FISCAL = "财政拨款",
        OTHER = "非财政拨款",
    }

    /// Kinds of expense.
    nature {
        BASIC = "基本支出",
        PERSONNEL = "人员经费",
        PUBLIC = "公用经费",
        PROJECT = "项目支出",
    }

    /// Overlapping themes.
    theme {
        THREE_PUBLIC = "三公经费",
        ABROAD = "因公出国（境）费",
        VEHICLES = "公务用车购置及运行维护费",
        VEHICLES_BOUGHT = "公务用车购置费",
        VEHICLES_RUN = "公务用车运行维护费",
        RECEPTION = "公务接待费",
        RUNNING_COST = "机关运行经费",
        PROCUREMENT = "政府采购",
        GOODS = "货物采购",
        WORKS = "工程采购",
        SERVICES = "服务采购",
        TO_SMALL = "授予中小企业",
        TO_MICRO = "授予小微企业",
        FOR_SMALL = "面向中小企业预留",
        FOR_MICRO = "面向小微企业预留",
        RESERVED_TO_SMALL = "预留项目授予中小企业",
        RESERVED_TO_MICRO = "预留项目授予小微企业",
        OTHERS_TO_SMALL = "其他项目授予中小企业",
        FISCAL_VEHICLES = "财政拨款开支车辆",
        OTHER_VEHICLES = "其他用车",
        SELF_EVALUATION = "绩效自评",
        NON_TAX = "非税收入",
    }
}

/// What a change or a rate is compared with, in the words of the catalogue.
pub const fn compared_with(against: Against) -> &'static str {
    match against {
        Against::PriorYear => LAST_YEAR,
        Against::InitialBudget => stage::INITIAL,
        Against::FullYearBudget => stage::FULL_YEAR,
    }
}

/// Names every node that the program needs and the trees do not have.
pub(crate) fn check(source: &Source, trees: &Trees, problems: &mut Vec<Problem>) {
    let needed = [
        (Dimension::Item, "item", item::ALL),
        (Dimension::Stage, "stage", stage::ALL),
        (Dimension::Fund, "fund", fund::ALL),
        (Dimension::Nature, "nature", nature::ALL),
        (Dimension::Theme, "theme", theme::ALL),
    ];
    for (dimension, file, names) in needed {
        for name in names.iter().filter(|name| trees.node(dimension, name).is_none()) {
            let message = format!("缺少“{name}”；程序要用到它，请恢复这个名称，别的叫法写在 words 里");
            problems.push(source.fault(&format!("meanings/{file}.toml"), &[name], message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_needed_name_that_the_trees_lack_is_a_problem() {
        let mut problems = Vec::new();
        check(&Source::embedded(), &Trees::default(), &mut problems);
        let all = [item::ALL, stage::ALL, fund::ALL, nature::ALL, theme::ALL].concat();
        assert_eq!(problems.len(), all.len());
        assert!(problems[0].message.contains(item::INCOME_TOTAL) && problems[0].place.file.is_some());
    }
}

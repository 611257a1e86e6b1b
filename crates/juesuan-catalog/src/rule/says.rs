//! The sentences of bodies and laws: keys below `[says]`, and the names that the program gives to them.
//!
//! A body without an entry says only what all rules say (`report.toml`). A key that its body never says, a sentence that is
//! missing and a name that is not given are faults when the catalogue is loaded.

use std::collections::BTreeMap;

use super::Law;
use super::body::Body;
use crate::near::choice;
use crate::report::sayable;
use crate::template::Template;

/// Name of the body, keys, names; the latter two parted by blanks.
type Says = (&'static str, &'static str, &'static str);

/// By the name of the body, in order.
const SAYS: &[Says] = &[
    ("announced-tables-have-data", "no-data", HOW_MANY),
    ("attachments-are-there", "not-there", ""),
    ("averages-fit", "average highest lowest differs unknown graded", "写 几 应为 种类 等级 缺"),
    ("cause-fits-direction", "opposed", "原因"),
    ("cause-given", "missing change", "何 向 处"),
    ("cause-names-parts", "not-named", "何 处 所说 未说"),
    ("causes-of-their-own", "copied", COPIED),
    ("code-printed-whole", "short whole", "印 各行 数 编码"),
    ("contents-are-there", "no-such-table listed-only", "表"),
    ("contents-match-headings", "no-heading", ""),
    ("cost-is-what-was-spent", "as-aimed-at", "自评表 指标 完成值 执行数"),
    ("cycle-in-order", "no-day too-early change-without-day change-after-year", "前日 前步 年度 指标 日期 步骤 项目"),
    ("digits-as-last-year", "turned", RIGHT),
    ("duties-are-own", "of-another", "处 职责"),
    ("duties-of-their-own", "copied", COPIED),
    ("evaluated-projects", "listed sum-of-projects", "几 数"),
    ("execution-points-follow", "differs", "分值 应得 得分 执行率 自评"),
    ("fund-fits-code", "of-another-fund", "属于 数 编码 资金"),
    ("head-totals-agree", "basic-total project-total", "全部 数 财政"),
    ("heading-not-repeated", "repeated", ""),
    ("indicators-are-clear", "not-clear vague so-many", "几 各处 指标 自评 说明"),
    ("indicators-are-own", "of-another", "处 几 指标"),
    ("indicators-of-project-are-own", "alike of-another", "另项 指标 项目"),
    ("initial-budget-as-published", "unread as-published", AS_PUBLISHED),
    ("item-speaks-of-itself", "of-another", "另项 本项"),
    ("kinds-add-up", "kinds", "各类 合计"),
    ("layer-as-picture", "differs", "印 应为 数"),
    ("level-is-own", "other-level", RIGHT),
    ("listed-items-have-money", "without-money item", "列举 名称 处 数 漏列 编码"),
    ("marks-are-paired", "not-closed not-opened not-paired", "何 右 左"),
    ("name-fits-code", "other-name own-numbers item too-old", "名称 年度 应为 数 编码 几 各项"),
    ("no-doubled-words", "doubled", ""),
    ("numbers-run-on", "not-continuous", RIGHT),
    ("one-name-per-code", "two-names", "另一处 另名 名称 数 编码"),
    ("overall-rate-agrees", "rates-differ quotient", "各处 执行 整体 率 算式"),
    ("paragraphs-end", "no-end", ""),
    ("path-names-fit", "old-name no-such-name not-below elsewhere", "上级 年度 应为 级"),
    ("period-touches-year", "outside-year", YEAR),
    ("plans-are-in-force", "over", ""),
    ("points-fit-degree", "outside-degree span", "分值 区间 完成值 得分 指标 档 止 自评 起"),
    ("points-follow-execution", "against-nothing against-the-same", "多的 多的分 多的率 少的 少的分 少的率 未完成"),
    ("points-follow-share", "over-share", "完成值 得分 指标 指标值 算式 自评"),
    ("projects-are-all", "lacking unread differs", "几 原文 各数 合计 处 数 项目"),
    ("projects-keep-names", "other-name", "名称"),
    ("purpose-fits-nature", "of-other-nature", "性质 编码"),
    ("result-is-no-goal", "goal", ""),
    ("rows-have-codes", "of-no-item", "印 名称 应为 处"),
    ("sections-present", "missing unsaid", "节"),
    ("shares-add-up", "shares", "整体 节"),
    ("targets-as-published", "same different other-value so-many not-evaluated", "不同 写 几 定 指标 项目"),
    ("text-names-entity", "not-as-cover", "名称"),
    ("theme-budget-as-published", "unread as-published", AS_PUBLISHED),
    ("titles-are-whole", "broken-off", RIGHT),
    ("titles-name-entity", "left-out another", "应为 缺"),
    ("titles-name-year", "cover-of-another title-of-another", YEAR),
    ("total-is-possible", "impossible highest", "分值 各种分值 得分 执行率 最多 最高 满分 自评"),
    ("units-add-up", "lacking unread sum", ADDED_UP),
    ("units-add-up-before-elimination", "lacking unread sum", ADDED_UP),
    ("units-are-listed", "listed", HOW_MANY),
    ("units-are-not-more", "part", "何 单位 差 部门"),
    ("unspent-is-explained", "unspent", "余几 几 剩余 执行 率 项目 预算"),
    ("uses-add-up", "uses", "合计 印"),
    (
        "waiver-is-complete",
        "incomplete lacks-code lacks-document lacks-place lacks-reason lacks-person lacks-until",
        "缺",
    ),
    ("waiver-is-in-force", "expired", "到期日"),
    ("waiver-is-used", "unused", ""),
];

const RIGHT: &str = "应为";
const HOW_MANY: &str = "几";
const YEAR: &str = "年度";
const COPIED: &str = "几 单位 处 文字";
const AS_PUBLISHED: &str = "何 决算 差 预算";
const ADDED_UP: &str = "何 几 单位 单位数 差 部门";

/// What the laws say, by their keys. A law without an entry says only what all laws say.
const OF_LAWS: &[Says] = &[
    ("agreement", "denied affirmed", "处 何 数"),
    ("balance", "totals covered flows all-flows own-flows", "何"),
    ("order", "part-of-whole direction together", "部分 整体 处 何 向 数"),
];

/// What is wrong with the sentences of a rule with this body, each with the words that stand in the file.
pub(super) fn faults(says: &BTreeMap<String, Template>, body: Body) -> Vec<(String, String)> {
    let name = body.name();
    against(says, SAYS.iter().find(|own| own.0 == name).copied().unwrap_or((name, "", "")))
}

/// The same of a law.
pub(super) fn faults_of_law(law: &Law) -> Vec<(String, String)> {
    let key = law.key.as_str();
    against(&law.says, OF_LAWS.iter().find(|own| own.0 == key).copied().unwrap_or((key, "", "")))
}

fn against(says: &BTreeMap<String, Template>, (name, keys, names): (&str, &str, &str)) -> Vec<(String, String)> {
    let keys: Vec<&str> = keys.split_whitespace().collect();
    let mut out = Vec::new();
    let allowed = sayable(names);
    for (key, template) in says {
        if !keys.contains(&key.as_str()) {
            let known = choice(key, keys.iter().copied());
            out.push((key.clone(), format!("[says] 中的 {key} 没有用处{known}")));
        }
        out.extend(allowed.faults(template).into_iter().map(|fault| (template.source().to_owned(), fault)));
    }
    let missing = keys.iter().filter(|key| !says.contains_key(**key));
    out.extend(missing.map(|key| (name.to_owned(), format!("[says] 缺少句子 {key}"))));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_those_of_bodies_and_in_order() {
        assert!(SAYS.is_sorted_by_key(|(name, ..)| *name));
        for (name, ..) in SAYS {
            assert!(Body::named(name).is_some(), "{name}");
        }
    }
}

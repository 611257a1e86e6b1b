//! The commented text files of a new folder.

use std::collections::BTreeSet;
use std::fmt::Write;

use juesuan_catalog::Catalog;
use juesuan_catalog::section::{Section, VariantText};
use juesuan_catalog::template::{Directive, Need, Template};
use juesuan_model::BudgetUnit;

use super::{Answers, entered, kind_word, path_of};
use crate::validate::NAME_PLACEHOLDER;
use crate::words::quoted;

fn or<'a>(text: &'a str, placeholder: &'a str) -> &'a str {
    if text.is_empty() { placeholder } else { text }
}

/// The keys of variants and of levels that may be written.
fn known(catalog: &Catalog) -> (String, String) {
    let variants: BTreeSet<&str> = catalog.writable().map(|v| v.key.as_str()).collect();
    let variants: Vec<&str> = variants.into_iter().collect();
    let levels: Vec<&str> = catalog.sections.phrases.level.keys().map(String::as_str).collect();
    (variants.join("、"), levels.join("、"))
}

/// `department.toml`.
pub fn department(catalog: &Catalog, answers: &Answers) -> String {
    let (variants, levels) = known(catalog);
    let level = or(&answers.level, "县");
    let name = or(&answers.name, NAME_PLACEHOLDER);
    let begun = Answers { name: name.to_owned(), ..answers.clone() }.begun_units(&catalog.entry.words.headquarters);
    let units: Vec<String> = begun.iter().enumerate().map(|(number, unit)| self::unit(unit, number == 0)).collect();
    format!(
        r##"# 谁的决算、按什么格式印。以 # 开头的行是说明，或是可以去掉 # 再填的例子。

name = {name}
# short_name = "正文里的简称"
scope = "部门"                    # 部门（含所属单位），或 单位
year = {year}
variant = {variant}             # 地区模板：{variants}
level = {level}                     # 本级政府：{levels}
region = {region}                 # 例如 甲省乙市丙区
# origin = "由甲局、乙中心合并组建"   # 机构变动：新组建、合并、从丙局划出、划出丁中心、由戊局更名

# 主要职责，一条一行，照“三定”方案写。
duties = [
  # "负责……",
]

# 内设机构。
offices = [
  # "办公室",
]

# 预算单位，本级在先。kind：行政、参公、事业。
{units}
# [[unit]]
# name = "所属单位名称，与账上一致"
# kind = "事业"
# note = "单位表里的备注"
# merged_into = "不单列预算的单位：它的账并在哪个单位"
# origin = "新组建"                 # 这个单位的机构变动

# 批复：从这一天起 20 日内公开（预算法 第十四条）。
# [approval]
# number = "财决〔{next}〕1号"
# date = "{next}-09-01"

# [publication]
# place = "网站和栏目"
# date = "{next}-09-15"

# [secrecy]
# cleared_by = "谁做的保密审查"
# date = "{next}-09-10"

# 依法不公开的内容和依据，一项一段。
# [[withheld]]
# what = "内容"
# ground = "依据"

# [contact]
# "电话" = ""

# 表格怎么印，盖过地区模板。
[print]
# zero = "0.00"                   # 没有金额的格子：0.00、blank（空白）、dash（横线）
# grouped = true                  # 千分位逗号
# close_tail = false              # 把尾差并入最大的一项
"##,
        name = quoted(name),
        year = answers.year,
        variant = quoted(&answers.variant),
        level = quoted(level),
        region = quoted(&answers.region),
        units = units.join("\n"),
        next = answers.year.saturating_add(1),
    )
}

/// A unit in `department.toml`.
fn unit(unit: &BudgetUnit, is_headquarters: bool) -> String {
    let note = if unit.note.is_empty() { String::new() } else { format!("note = {}\n", quoted(&unit.note)) };
    let first = if is_headquarters { "headquarters = true\n" } else { "" };
    format!("[[unit]]\nname = {}\nkind = {}\n{first}{note}", quoted(&unit.name), quoted(&kind_word(unit.kind)))
}

/// `narrative.toml`: every cause and text that the sections of the variant ask for, as lines to fill in.
pub fn narrative(catalog: &Catalog, answers: &Answers) -> String {
    let mut causes = String::new();
    let mut texts = String::new();
    let mut seen = BTreeSet::new();
    if let Some(variant) = catalog.sections.variant(&answers.variant) {
        for section in in_order(variant) {
            let mut wanted = Vec::new();
            section.sentences().for_each(|sentence| wanted.extend(collect(sentence)));
            let (mut cause_lines, mut text_lines) = (String::new(), String::new());
            for (key, kind) in wanted {
                if seen.insert((key.clone(), kind == Wanted::Cause)) {
                    let line = if kind == Wanted::Cause { &mut cause_lines } else { &mut text_lines };
                    let _ = writeln!(line, "# {} = \"\"{}", quoted(&key), kind.remark(&key));
                }
            }
            for (lines, out) in [(cause_lines, &mut causes), (text_lines, &mut texts)] {
                if !lines.is_empty() {
                    let _ = write!(out, "\n# {}\n{lines}", section.heading());
                }
            }
        }
    }
    format!(
        r#"# 只有人知道的内容：增减原因和其他文字。程序不代写；该有而没有的，文件每页印“草稿”并列入核对结果。
# 去掉行首的 # 再填。句末不加句号。

# 增减原因：接在“主要原因是”后面。
[cause]
{causes}
# 其他文字。
[text]
{texts}
# 功能科目的用途：接在“主要用于”后面，以编码为名。
[purpose]
# "2010301" = "……"

# 模板没有的名词解释。
# [[glossary]]
# term = "名词"
# explanation = "解释"
"#
    )
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Cause,
    Demanded,
    Optional,
}

impl Wanted {
    fn remark(self, key: &str) -> &'static str {
        match self {
            _ if key.contains('<') => "    # 尖括号换成编码或名称，一个一行",
            Wanted::Optional => "    # 可以没有",
            Wanted::Cause | Wanted::Demanded => "",
        }
    }
}

fn collect(sentence: &Template) -> impl Iterator<Item = (String, Wanted)> {
    sentence.directives().into_iter().map(|directive| match directive {
        Directive::Cause { key, .. } => (key.source().to_owned(), Wanted::Cause),
        Directive::Text { key, need: Need::Demanded } => (key.source().to_owned(), Wanted::Demanded),
        Directive::Text { key, need: Need::Optional } => (key.source().to_owned(), Wanted::Optional),
    })
}

/// Sections in the order of the document.
fn in_order(variant: &VariantText) -> impl Iterator<Item = &Section> {
    variant.outline.part.iter().flat_map(|part| &part.sections).filter_map(|key| variant.sections.get(key))
}

/// `mapping.toml`, all commented out.
pub fn mapping(catalog: &Catalog) -> String {
    let kinds: Vec<String> =
        entered(catalog).map(|spec| format!("# [{}]  {}：{}", spec.key, spec.title, keys(spec))).collect();
    format!(
        r#"# 你的账务系统导出的列名与通常的不同时，在这里写明。例如科目编码那一列叫“科目号”：
#
# [vouchers]
# account = ["科目号"]
#
# 可以写的文件和列：
{}
"#,
        kinds.join("\n")
    )
}

fn keys(spec: &juesuan_catalog::InputFile) -> String {
    spec.column
        .iter()
        .map(|column| format!("{}（{}）", column.key, column.header.first().map_or("", String::as_str)))
        .collect::<Vec<_>>()
        .join(" ")
}

/// `README.md`: what to put where.
pub fn guide(catalog: &Catalog, answers: &Answers) -> String {
    let mut files = String::new();
    for spec in entered(catalog) {
        let _ = writeln!(files, "| `{}` | {} | {} |", path_of(spec), spec.title, spec.about);
    }
    format!(
        r#"# {} {} 年度决算：要放什么

1. 填 `department.toml`（谁、哪一年、哪些单位、批复和公开日期）。
2. 账：把预算会计凭证或带辅助核算的发生额及余额导出为 CSV 或 XLSX，放进 `books/`；或者把决算软件里的九张表放进 `tables/`
   （`juesuan import 工作簿 这个文件夹` 会代劳）。两样都有时互相核对。
3. 填其余录入表。文件名里要保留表中的词；列名可以用你自己的（见 `mapping.toml`）。金额一律以元为单位。
4. **不知道不是零。** 示例行还在的表视为没有填；确实没有发生的（例如没有因公出国），删去示例行，只留标题行。
5. 填 `narrative.toml`（增减原因和其他文字）和 `performance/` 里的表（各项目的产出、问题、改进措施，绩效目标和完成情况）。
   绩效指标表后面附有常用指标，可以整行复制，也可以用 `juesuan indicators 词` 查；`juesuan evaluate 这个文件夹` 先看得分。
6. 运行 `juesuan compile 这个文件夹 --out 输出文件夹`，按列出的问题逐条修改，直到没有错误。

| 文件 | 内容 | 说明 |
|---|---|---|
{files}
“样表”文件夹里的不会读入，只用来对照列名。CSV 可以是 UTF-8 或 GBK 编码。
"#,
        or(&answers.name, "某部门"),
        answers.year
    )
}

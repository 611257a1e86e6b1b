//! What `department.toml` says that cannot be, or that the law does not allow.

use std::collections::BTreeSet;

use juesuan_catalog::Catalog;
use juesuan_facts::department::{Department, UnitEntry};
use juesuan_model::{Place, Problem};
use juesuan_text::Day;
/// Days from approval to publication. Source: 预算法 第十四条.
pub const PUBLICATION_DAYS: i64 = 20;

/// Name of the file.
pub const DEPARTMENT_FILE: &str = "department.toml";

/// What `juesuan new` writes where the name is to be filled in.
pub const NAME_PLACEHOLDER: &str = "（部门全称）";

/// Characters of a name at most: the longest real one has forty, and what is looked for in every text costs by its length.
const NAME_MAX: usize = 200;
/// How many of a longer one are told.
const NAME_TOLD: usize = 20;
/// What is said of a department or unit without a name.
const NAMELESS: &str = "部门或单位的名称是空的；请填全称，与账上一致";

/// Characters that paths give a meaning: the files of a unit lie in a folder of its name.
const PATH_CHARACTERS: [char; 2] = ['/', '\\'];

/// Checks the department; `place` says where a key or an entry of it stands. Of the keys in `unfilled` it was said already that
/// nothing stands there.
pub fn department(
    department: &Department,
    place: &dyn Fn(&str) -> Place,
    unfilled: &[&str],
    catalog: &Catalog,
    problems: &mut Vec<Problem>,
) {
    let mut file = Checker { place, unfilled, problems };
    if department.name.trim().is_empty() {
        file.fatal("name", NAMELESS);
    }
    file.not_too_long("name", &department.name);
    if department.name == NAME_PLACEHOLDER {
        file.fatal("name", format!("“{NAME_PLACEHOLDER}”还没有换成部门的全称；请填写"));
    }
    if !matches!(department.scope.as_str(), "部门" | "单位") {
        file.fatal("scope", format!("范围（scope）只能是“部门”或“单位”，这里是“{}”", department.scope));
    }
    if !(2000..=2100).contains(&department.year) {
        file.fatal("year", format!("年度（year）{} 不是可能的决算年度；应为四位年份，例如 2023", department.year));
    }
    let levels = &catalog.sections.phrases.level;
    if !levels.is_empty() && !levels.contains_key(&department.level) {
        let known: Vec<&str> = levels.keys().map(String::as_str).collect();
        file.fatal("level", format!("没有“{}”这一级；可以填：{}", department.level, known.join("、")));
    }
    let year_known = !unfilled.contains(&"year");
    if year_known
        && catalog.variants.iter().next().is_some()
        && catalog.variant(&department.variant, department.year).is_none()
    {
        let known: BTreeSet<String> = catalog.writable().map(|v| format!("{}（{}）", v.key, v.name)).collect();
        let known: Vec<String> = known.into_iter().collect();
        let message = format!(
            "没有 {} 年度的“{}”模板；可以填括号前的词：{}",
            department.year,
            department.variant,
            known.join("、")
        );
        file.fatal("variant", message);
    }
    let profile = &department.performance_profile;
    if !profile.is_empty() && catalog.performance.profile(profile).is_none() {
        let known: Vec<String> =
            catalog.performance.profiles.iter().map(|p| format!("{}（{}）", p.key, p.name)).collect();
        let message = format!("没有计分方案“{profile}”；可以填括号前的词，或不写：{}", known.join("、"));
        file.fatal("performance_profile", message);
    }
    print_options(department, catalog, &mut file);
    units(department, &mut file);
    dates(department, &mut file);
    for withheld in department.withheld.iter().filter(|w| w.ground.trim().is_empty()) {
        let message = format!("“{}”不公开而没有写依据；依法不公开要说明依据", withheld.what);
        file.doubt(&withheld.what, message);
    }
}

/// Tables that print options name and the variant does not have.
fn print_options(department: &Department, catalog: &Catalog, file: &mut Checker<'_>) {
    let Some(variant) = catalog.variant(&department.variant, department.year) else { return };
    let is_table = |name: &str| {
        variant.forms.iter().any(|form| {
            [&form.key, &form.name].into_iter().chain(&form.titles).any(|title| {
                name.strip_prefix(title.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            })
        })
    };
    for name in department.print.zero_in.keys().chain(department.print.rows_in.keys()).filter(|name| !is_table(name)) {
        let known: Vec<&str> = variant.forms.iter().map(|form| form.name.as_str()).collect();
        let message = format!("没有“{name}”这张表，这一项不起作用；可以写：{}（列写作 表名.列名）", known.join("、"));
        file.doubt(name, message);
    }
}

fn units(department: &Department, file: &mut Checker<'_>) {
    if department.units.is_empty() {
        return file.doubt("name", "没有列出预算单位；请至少写一个单位（部门本级）");
    }
    let mut names = BTreeSet::new();
    for unit in &department.units {
        if !names.insert(unit.name.as_str()) {
            file.fatal(&unit.name, format!("单位“{}”列了两次；请只留一处", unit.name));
        }
        if unit.name.trim().is_empty() {
            file.fatal(&unit.name, NAMELESS);
        }
        file.not_too_long(&unit.name, &unit.name);
        let named_by_path =
            unit.name.starts_with('.') || unit.name.contains(|c: char| c.is_control() || PATH_CHARACTERS.contains(&c));
        if named_by_path {
            let message = format!("单位名称“{}”里不能有 / 和 \\，也不能以点开头；请写单位的全称", unit.name);
            file.fatal(&unit.name, message);
        }
        let Some(into) = &unit.merged_into else {
            continue;
        };
        match department.units.iter().find(|u| u.name == *into) {
            None => file.fatal(into, format!("“{}”并入的“{into}”不在单位之列", unit.name)),
            Some(host) if host.merged_into.is_some() || host.name == unit.name => {
                file.fatal(into, format!("“{}”并入的“{into}”自己也没有账；请写有账的单位", unit.name));
            }
            Some(_) => {}
        }
    }
    let headquarters: Vec<&UnitEntry> = department.units.iter().filter(|u| u.headquarters).collect();
    match headquarters.as_slice() {
        [] if department.scope == "部门" => file.doubt("name", "没有一个单位写明是本级；请标出部门本级"),
        [first, second, ..] => {
            file.fatal(&second.name, format!("“{}”和“{}”都标为本级；本级只有一个", first.name, second.name));
        }
        _ => {}
    }
}

fn dates(department: &Department, file: &mut Checker<'_>) {
    let approval = department.approval.as_ref().and_then(|a| file.day("批复日期", &a.date));
    let published =
        department.publication.as_ref().filter(|p| !p.date.is_empty()).and_then(|p| file.day("公开日期", &p.date));
    if let Some(secrecy) = department.secrecy.as_ref().filter(|s| !s.date.is_empty()) {
        file.day("保密审查日期", &secrecy.date);
    }
    let Some(approval) = approval else { return };
    if approval.year() <= department.year {
        let message = format!("批复日期 {approval} 不在 {} 年度结束之后；决算要到次年才批复", department.year);
        file.doubt(&approval.to_string(), message);
    }
    let Some(published) = published else { return };
    let days = published.serial() - approval.serial();
    if days < 0 {
        file.doubt(&published.to_string(), format!("公开日期 {published} 早于批复日期 {approval}；请核对"));
    } else if days > PUBLICATION_DAYS {
        file.doubt(
            &published.to_string(),
            format!(
                "公开日期 {published} 在批复日期 {approval} 之后第 {days} 天，应在批复后 {PUBLICATION_DAYS} 日内公开〔预算法 第十四条〕；\
                 请提前公开，或说明原因"
            ),
        );
    }
}

/// Where a word first stands in `department.toml`.
pub fn place_in(text: &str, word: &str) -> Place {
    let holds = |line: &&str| !line.trim_start().starts_with('#') && line.contains(word);
    let line = text.lines().zip(1..).find(|(line, _)| holds(line)).map(|(_, number)| number);
    Place { file: Some(DEPARTMENT_FILE.to_owned()), line, ..Place::default() }
}

/// Problems with the place where a word stands.
struct Checker<'a> {
    place: &'a dyn Fn(&str) -> Place,
    unfilled: &'a [&'a str],
    problems: &'a mut Vec<Problem>,
}

impl Checker<'_> {
    fn fatal(&mut self, word: &str, message: impl Into<String>) {
        if !self.unfilled.contains(&word) {
            self.problems.push(Problem::fatal((self.place)(word), message));
        }
    }

    /// A name must have an end.
    fn not_too_long(&mut self, word: &str, name: &str) {
        let count = name.chars().count();
        if count > NAME_MAX {
            let told: String = name.chars().take(NAME_TOLD).collect();
            self.fatal(word, format!("名称“{told}…”有 {count} 个字，最多 {NAME_MAX} 个；请填公章上的全称"));
        }
    }

    fn doubt(&mut self, word: &str, message: impl Into<String>) {
        self.problems.push(Problem::doubt((self.place)(word), message));
    }

    fn day(&mut self, name: &str, text: &str) -> Option<Day> {
        let day = Day::parse_iso(text);
        if day.is_none() {
            self.fatal(text, format!("{name}“{text}”不是真实的日期；应写成 2024-09-10 这样"));
        }
        day
    }
}

//! How all reports say it.

use juesuan_model::{DocumentKind, Package, Place, Scope, Severity, Tally, Verdict};

use super::Checked;

/// All severities, the gravest first.
pub(super) const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Notice];

/// Who the accounts belong to; the file where no name was found.
pub(super) fn name(checked: &Checked) -> &str {
    if checked.package.entity.name.is_empty() { &checked.file } else { &checked.package.entity.name }
}

/// `2023年度`, or nothing where the year was not found.
pub(super) fn year(checked: &Checked) -> String {
    match checked.package.entity.year {
        0 => String::new(),
        year => format!("{year}年度"),
    }
}

/// What a document is, with its scope: `部门决算`.
pub const fn kind(package: &Package) -> &'static str {
    match (package.kind, package.entity.scope) {
        (DocumentKind::Final, Scope::Department) => "部门决算",
        (DocumentKind::Final, Scope::Unit) => "单位决算",
        (DocumentKind::Budget, Scope::Department) => "部门预算",
        (DocumentKind::Budget, Scope::Unit) => "单位预算",
        (DocumentKind::Final | DocumentKind::Budget, Scope::Government) => "政府报告",
        (DocumentKind::Template, _) => "空白模板",
        (DocumentKind::Unknown, _) => "未能识别的文件",
    }
}

/// How many findings of a severity.
pub(super) fn count(checked: &Checked, severity: Severity) -> usize {
    checked.report.findings.iter().filter(|finding| finding.severity == severity).count()
}

/// The four counts of relations, as all reports call them.
pub(super) const HOLD: &str = "关系成立";
pub(super) const BROKEN: &str = "关系不成立";
pub(super) const NOT_APPLICABLE: &str = "关系不适用";
pub(super) const UNREADABLE: &str = "关系读不到";

/// What was not understood, as all reports call it.
pub(super) const NOT_READ: &str = "没有读懂";

/// The four counts of relations in a sentence.
pub(super) fn relations(tally: Tally) -> String {
    let count = |kind, number: usize| format!("{}{number}条", verdict(kind));
    let counts = [
        count(Verdict::Holds, tally.holds),
        count(Verdict::Broken, tally.broken),
        count(Verdict::NotApplicable, tally.not_applicable),
        count(Verdict::Unreadable, tally.unreadable),
    ];
    counts.join("，")
}

/// The name of a file without the folders that it lies in.
pub(super) fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// The word of a verdict.
pub const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Holds => "成立",
        Verdict::Broken => "不成立",
        Verdict::NotApplicable => "不适用",
        Verdict::Unreadable => "读不到",
    }
}

/// What the run says of a document in one sentence or two. What was not read is never passed over.
pub(super) fn judgement(checked: &Checked) -> String {
    let tally = Tally::of(&checked.report.relations);
    let [errors, warnings, notices] = SEVERITIES.map(|severity| count(checked, severity));
    let mut out = match (errors, warnings, notices) {
        (0, 0, 0) if tally.holds + tally.broken == 0 => "没有可以核对的内容。".to_owned(),
        (0, 0, 0) => format!("核对了{}条关系，没有发现问题。", tally.holds + tally.broken),
        (0, 0, notices) => format!("没有发现错误，有{notices}处提示。"),
        (0, warnings, _) => format!("没有发现错误，有{warnings}处警告，请核实或说明。"),
        (errors, 0, _) => format!("发现{errors}处错误，应当更正。"),
        (errors, warnings, _) => format!("发现{errors}处错误，应当更正；{warnings}处警告，请核实或说明。"),
    };
    match (checked.unread.len() + checked.problems.len(), tally.unreadable) {
        (0, 0) => {}
        (0, relations) => out.push_str(&format!("有{relations}条关系因有数读不到而没有核对，不代表无误。")),
        (places, 0) => out.push_str(&format!("有{places}处没有读懂，不代表无误。")),
        (places, relations) => {
            out.push_str(&format!("有{places}处没有读懂，{relations}条关系因有数读不到而没有核对，不代表无误。"));
        }
    }
    out
}

/// A place for people, without the document's own file, which is known, and without the folders of others; `（位置不明）` where nothing is.
pub(super) fn place(place: &Place, checked: &Checked) -> String {
    let own = place.file.as_deref().is_none_or(|file| is_file(checked, file));
    let file = place.file.as_deref().filter(|_| !own).map(|file| file_name(file).to_owned());
    match (Place { file, ..place.clone() }).to_string() {
        text if text.is_empty() => "（位置不明）".to_owned(),
        text => text,
    }
}

/// True if a place with this file name stands in the document.
pub(super) fn is_file(checked: &Checked, file: &str) -> bool {
    is_own_file(&checked.file, file)
}

/// The same by the name of the file of the document.
pub(super) fn is_own_file(own: &str, file: &str) -> bool {
    own == file || own.strip_suffix(file).is_some_and(|front| front.ends_with(['/', '\\']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_that_could_not_read_everything_is_never_called_clean() {
        let relation = |verdict| juesuan_model::Relation {
            code: "LW001".into(),
            message: juesuan_model::Message::title(),
            form: juesuan_model::relation::Form::Logic { figures: Vec::new() },
            verdict,
            tail: false,
        };
        let mut checked = Checked::default();
        checked.report.relations = vec![relation(Verdict::Holds)];
        assert_eq!(judgement(&checked), "核对了1条关系，没有发现问题。");
        checked.report.relations.push(relation(Verdict::Unreadable));
        assert!(judgement(&checked).contains("不代表无误"));
        checked.unread.push((Place::default(), "图片".into()));
        assert!(judgement(&checked).contains("1处没有读懂"));
    }
}

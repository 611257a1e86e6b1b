//! What came out, in a few lines.

use juesuan_model::{Severity, Tally};

use super::super::{covered, too_little, words};
use super::View;
use super::spots::{self, Shown};
use crate::markup::{Push, escape};

/// A table of the documents, where there are several.
pub(super) fn documents(views: &[View<'_>]) -> String {
    if views.len() < 2 {
        return String::new();
    }
    let mut out = String::from(
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"各文件汇总\"><table class=\"overview\"><thead><tr>\
         <th scope=\"col\">单位</th><th scope=\"col\">年度、类别</th><th scope=\"col\">文件</th><th scope=\"col\">错误</th>\
         <th scope=\"col\">警告</th><th scope=\"col\">提示</th><th scope=\"col\">关系成立</th><th scope=\"col\">关系不成立</th>\
         <th scope=\"col\">关系不适用</th><th scope=\"col\">关系读不到</th><th scope=\"col\">没有读懂</th></tr></thead>\n<tbody>\n",
    );
    for view in views {
        let checked = view.checked;
        let tally = Tally::of(&checked.report.relations);
        out.put(format_args!(
            "<tr><th scope=\"row\"><a href=\"#d{}\">{}</a></th><td>{}{}</td><td>{}</td>",
            view.number,
            escape(words::name(checked)),
            words::year(checked),
            words::kind(&checked.package),
            escape(&checked.file)
        ));
        let [errors, warnings, notices] = words::SEVERITIES.map(|severity| words::count(checked, severity));
        let unread = checked.unread.len() + checked.problems.len();
        let numbers =
            [errors, warnings, notices, tally.holds, tally.broken, tally.not_applicable, tally.unreadable, unread];
        for number in numbers {
            out.put(format_args!("<td class=\"amount\">{number}</td>"));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody></table></div>\n");
    out
}

/// Head of a document: who, what, the counts, and what was not read.
pub(super) fn document(view: &View<'_>, shown: &Shown) -> String {
    let checked = view.checked;
    let tally = Tally::of(&checked.report.relations);
    let mut out = format!(
        "<h2 id=\"d{}h\">{} {}{}</h2>\n<p class=\"source\">{}",
        view.number,
        escape(words::name(checked)),
        words::year(checked),
        words::kind(&checked.package),
        escape(&checked.file)
    );
    if checked.pages > 0 {
        out.put(format_args!("，{}页", checked.pages));
    }
    out.put(format_args!("，{}个数</p>\n", checked.package.figures.len()));
    let gravity = words::SEVERITIES
        .into_iter()
        .find(|severity| words::count(checked, *severity) > 0)
        .map_or("none", spots::class);
    let wrong = words::count(checked, Severity::Error) > 0;
    let judgement = match wrong || checked.report.coverage.is_enough() {
        true => words::judgement(checked),
        false => too_little(view.catalog),
    };
    out.put(format_args!("<p class=\"judgement {gravity}\">{}</p>\n", escape(&judgement)));
    out.push_str("<dl class=\"counts\">\n");
    for severity in words::SEVERITIES {
        tile(severity.word(), words::count(checked, severity), spots::class(severity), &mut out);
    }
    out.push_str("</dl>\n");
    let count: usize = tally.holds + tally.broken + tally.not_applicable + tally.unreadable;
    let told = escape(&view.catalog.report.overview.relations);
    out.put(format_args!("<details class=\"state\"><summary>{told} {count}</summary>\n"));
    for line in covered(checked, view.catalog, usize::MAX) {
        out.put(format_args!("<p class=\"covered\">{}</p>\n", escape(&line)));
    }
    out.push_str("<dl class=\"counts\">\n");
    for (word, number, class) in [
        (words::HOLD, tally.holds, "h"),
        (words::BROKEN, tally.broken, "b"),
        (words::NOT_APPLICABLE, tally.not_applicable, "n"),
        (words::UNREADABLE, tally.unreadable, "u"),
    ] {
        tile(word, number, class, &mut out);
    }
    out.push_str("</dl></details>\n");
    unread(view, shown, &mut out);
    out
}

fn tile(word: &str, number: usize, class: &str, out: &mut String) {
    out.put(format_args!("<div class=\"{class}\"><dt>{word}</dt><dd>{number}</dd></div>\n"));
}

fn unread(view: &View<'_>, shown: &Shown, out: &mut String) {
    let checked = view.checked;
    let number = checked.unread.len() + checked.problems.len();
    if number == 0 {
        return;
    }
    out.put(format_args!("<details class=\"unread\"><summary>没有读懂的 {number} 处</summary>\n<ul>\n"));
    let problems = checked.problems.iter().map(|problem| (&problem.place, &problem.message));
    for (place, what) in problems.chain(checked.unread.iter().map(|(place, what)| (place, what))) {
        let words = escape(&words::place(place, checked));
        let page = place.page.map(|page| spots::page_id(view.number, page)).filter(|page| shown.contains(page));
        match page {
            Some(page) => out.put(format_args!("<li><a href=\"#{page}\">{words}</a>：")),
            None => out.put(format_args!("<li>{words}：")),
        }
        out.put(format_args!("{}</li>\n", escape(what)));
    }
    out.push_str("</ul></details>\n");
}

//! Figures with their relations. Each relation is written once; figures link to it.

use juesuan_model::{Cell, Figure, FigureId, Measure, Verdict};

use super::super::standing::Standing;
use super::super::words;
use super::View;
use super::spots::Ground;
use crate::markup::{Push, escape};

/// The class of a standing.
pub(super) const fn class(standing: Standing) -> &'static str {
    match standing {
        Standing::Broken => "b",
        Standing::Unread => "u",
        Standing::Unchecked => "n",
        Standing::Holds => "h",
    }
}

/// Every figure that is marked, with its standing and relations.
pub(super) fn figures<'v>(view: &'v View<'_>) -> impl Iterator<Item = (FigureId, Standing, &'v [usize])> {
    (0..view.checked.package.figures.len()).filter_map(|i| {
        let id = FigureId(u32::try_from(i).ok()?);
        let (standing, relations) = view.standings.of(id, view.checked)?;
        Some((id, standing, relations))
    })
}

/// What stands there.
pub(super) fn value(figure: &Figure) -> String {
    match figure.cell {
        Cell::Number(printed) => printed.to_string(),
        Cell::Dash => "—".to_owned(),
        Cell::Unreadable => "（读不到）".to_owned(),
        Cell::Blank | Cell::Absent => "（空白）".to_owned(),
    }
}

/// Attributes of the mark of a figure: class, id, link to its relations, and what it says; on a picture also what it is called. In a
/// text only faults are stops of the tab key; the others are reached with the arrow keys and from the lists.
pub(super) fn mark(view: &View<'_>, id: FigureId, ground: Ground) -> Option<String> {
    let (standing, _) = view.standings.of(id, view.checked)?;
    let figure = view.checked.package.figure(id)?;
    let said = format!("{} {}", value(figure), standing.word());
    let mut out = format!(
        "class=\"m {}\" id=\"d{n}m{}\" href=\"#d{n}g{}\" title=\"{}\"",
        class(standing),
        id.0,
        id.0,
        escape(&said),
        n = view.number,
    );
    if ground == Ground::Picture {
        out.put(format_args!(" aria-label=\"{}\"", escape(&called(figure, &said))));
    }
    if ground == Ground::Picture || !matches!(standing, Standing::Broken | Standing::Unread) {
        out.push_str(" tabindex=\"-1\"");
    }
    Some(out)
}

/// Row and column of a figure, or its section, before what is said of it.
fn called(figure: &Figure, said: &str) -> String {
    let place = &figure.place;
    let within = if place.row.is_some() { [&place.row, &place.column] } else { [&place.section, &None] };
    let words: Vec<&str> = within.into_iter().flatten().map(String::as_str).chain([said]).collect();
    words.join(" ")
}

/// A closed list of figures; nothing for none. `marked` figures have a mark to go back to.
pub(super) fn list(view: &View<'_>, title: &str, ids: &[FigureId], marked: bool) -> String {
    if ids.is_empty() {
        return String::new();
    }
    let mut counts = String::new();
    for standing in Standing::ALL {
        let of = |id: &&FigureId| view.standings.of(**id, view.checked).is_some_and(|(known, _)| known == standing);
        let number = ids.iter().filter(of).count();
        if number > 0 {
            counts.put(format_args!("，{}{number}", standing.word()));
        }
    }
    let mut out = format!("<details class=\"figures\"><summary>{title}{}个数{counts}</summary>\n<ol>\n", ids.len());
    for id in ids {
        item(view, *id, marked, &mut out);
    }
    out.push_str("</ol></details>\n");
    out
}

fn item(view: &View<'_>, id: FigureId, marked: bool, out: &mut String) {
    let Some(((standing, relations), figure)) =
        view.standings.of(id, view.checked).zip(view.checked.package.figure(id))
    else {
        return;
    };
    let n = view.number;
    out.put(format_args!("<li id=\"d{n}g{}\">", id.0));
    let value = escape(&value(figure));
    if marked {
        out.put(format_args!("<a class=\"v\" href=\"#d{n}m{}\">{value}</a> ", id.0));
    } else {
        out.put(format_args!("<b class=\"v\">{value}</b> "));
    }
    out.put(format_args!("<span class=\"w\">{}</span> ", escape(&label(figure))));
    out.put(format_args!("<span class=\"s {}\">{}</span>", class(standing), standing.word()));
    if !relations.is_empty() {
        out.push_str("<span class=\"r\">关系");
        for number in relations {
            out.put(format_args!(" <a href=\"#d{n}r{0}\">{0}</a>", number + 1));
        }
        out.push_str("</span>");
    }
    out.push_str("</li>\n");
}

/// What it is a figure of, and its row and column or its section.
fn label(figure: &Figure) -> String {
    let meanings: Vec<String> = figure.meanings.iter().map(ToString::to_string).collect();
    let mut out = meanings.join("、");
    out.push_str(match figure.measure {
        Measure::Amount | Measure::Count => "",
        Measure::Change(_) => " 增减额",
        Measure::Growth(_) => " 增减率",
        Measure::Share { .. } => " 占比",
        Measure::Completion(_) => " 完成率",
        Measure::Score => " 得分",
    });
    let place = &figure.place;
    let within = [&place.table, &place.row, &place.column].into_iter().flatten().cloned().collect::<Vec<_>>();
    match (within.is_empty(), &place.section) {
        (false, _) => out.put(format_args!("（{}）", within.join("／"))),
        (true, Some(section)) => out.put(format_args!("（{section}）")),
        (true, None) => {}
    }
    out
}

/// All relations by verdict, each once.
pub(super) fn relations(view: &View<'_>) -> String {
    let all = &view.checked.report.relations;
    if all.is_empty() {
        return String::new();
    }
    let n = view.number;
    let mut out =
        format!("<section class=\"relations\" aria-labelledby=\"d{n}ledger\"><h3 id=\"d{n}ledger\">勾稽关系</h3>\n");
    for (verdict, class) in
        [(Verdict::Broken, "b"), (Verdict::Unreadable, "u"), (Verdict::Holds, "h"), (Verdict::NotApplicable, "n")]
    {
        let of = || all.iter().enumerate().filter(|(_, relation)| relation.verdict == verdict);
        let number = of().count();
        if number == 0 {
            continue;
        }
        let word = words::verdict(verdict);
        out.put(format_args!("<details><summary><span class=\"s {class}\">{word}</span> {number}条</summary>\n<ol>\n"));
        for (i, relation) in of() {
            let tail = if relation.tail { "<i>尾差</i>" } else { "" };
            out.put(format_args!(
                "<li id=\"d{n}r{0}\" value=\"{0}\" data-s=\"{class}\"><code>{1}</code> {2}{tail}</li>\n",
                i + 1,
                escape(&relation.code),
                escape(&view.teller.relation(relation)),
            ));
        }
        out.push_str("</ol></details>\n");
    }
    out.push_str("</section>\n");
    out
}

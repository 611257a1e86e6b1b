//! Findings for auditors: one page that needs nothing else. Left the findings, beside them the pages of the document
//! with the figures of each finding boxed, or its texts and tables where there are no pictures; every figure carries a
//! mark that says what the ledger found, and leads to its relations. All of it can be read without the script, which
//! only filters and brings things near.

use juesuan_catalog::Catalog;
use juesuan_model::Tally;

use super::standing::{Standing, Standings};
use super::{Checked, PagePictures, Teller, words};
use crate::markup::{Push, escape};

mod findings;
mod ledger;
mod pages;
mod spots;
mod summary;
mod text;

const STYLE: &str = include_str!("html/style.css");
const SCRIPT: &str = include_str!("html/script.js");

/// A document as the parts of the page see it.
struct View<'a> {
    /// Counted from 1; the front of all its ids.
    number: usize,
    checked: &'a Checked,
    catalog: &'a Catalog,
    teller: Teller<'a>,
    standings: Standings,
}

/// Writes the page. The catalogue explains the codes and says the sentences. `pictures` are asked once for each document.
pub fn html(checked: &[Checked], catalog: &Catalog, pictures: &dyn PagePictures) -> String {
    let views: Vec<View<'_>> = checked
        .iter()
        .enumerate()
        .map(|(i, checked)| View {
            number: i + 1,
            checked,
            catalog,
            teller: Teller::of(catalog, checked),
            standings: Standings::new(checked),
        })
        .collect();
    let spots = spots::spots(&views);
    let mut shown = spots::Shown::new();
    let bodies: Vec<String> =
        views.iter().zip(&spots).map(|(view, spots)| pages::pages(view, spots, pictures, &mut shown)).collect();
    let title = match checked {
        [one] => format!("{} {}核对报告", words::name(one), words::year(one)),
        many => format!("{}份文件核对报告", many.len()),
    };
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">跳到正文</a>\n\
         <header><h1>{}</h1>\n",
        if checked.len() == 1 { "核对报告".to_owned() } else { escape(&title) },
        title = escape(&title),
    );
    out.push_str(&summary::documents(&views));
    out.push_str("</header>\n<main id=\"main\">\n");
    for (view, body) in views.iter().zip(&bodies) {
        document(view, body, &shown, &mut out);
    }
    out.put(format_args!("</main>\n<aside id=\"panel\" aria-label=\"一个数的勾稽关系\" tabindex=\"-1\" hidden></aside>\n<script>\n{SCRIPT}</script>\n</body>\n</html>\n"));
    out
}

fn document(view: &View<'_>, body: &str, shown: &spots::Shown, out: &mut String) {
    let n = view.number;
    out.put(format_args!("<section class=\"document\" id=\"d{n}\" aria-labelledby=\"d{n}h\">\n"));
    out.push_str(&summary::document(view, shown));
    out.put(format_args!("<div class=\"panes\">\n<div class=\"list\">\n<h3 id=\"d{n}found\">发现的问题</h3>\n"));
    out.push_str(&findings::findings(view, shown));
    out.put(format_args!("</div>\n<div class=\"paper\">\n<h3 id=\"d{n}paper\">原文与各数的核对情况</h3>\n"));
    out.push_str(&legend(view));
    out.push_str(body);
    out.push_str("</div>\n</div>\n");
    out.push_str(&ledger::relations(view));
    out.push_str("</section>\n");
}

/// What the marks mean, with how many figures carry each.
fn legend(view: &View<'_>) -> String {
    let mut out = String::from("<ul class=\"legend\" aria-label=\"标记说明\">");
    for standing in Standing::ALL {
        let number = ledger::figures(view).filter(|(_, known, _)| *known == standing).count();
        let class = ledger::class(standing);
        out.put(format_args!("<li><span class=\"m {class}\">数</span> {}（{number}个）</li>", standing.word()));
    }
    if Tally::of(&view.checked.report.relations) != Tally::default() {
        out.push_str("<li>点击数字，查看它的勾稽关系</li>");
    }
    out.push_str("</ul>\n");
    out
}

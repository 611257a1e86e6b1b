//! Findings for auditors: one page that needs nothing else. Left the findings, beside them the pages of the document
//! with the figures of each finding boxed, or its texts and tables where there are no pictures; every figure carries a
//! mark that says what the ledger found, and leads to its relations. All of it can be read without the script, which
//! only filters and brings things near. Of many documents each has a page, and [`index`] leads to them.

use juesuan_catalog::Catalog;
use juesuan_catalog::report::PageWords;
use juesuan_model::{Finding, Tally};

use super::standing::{Standing, Standings};
use super::{Checked, Crops, PagePictures, Teller, words};
use crate::markup::{Push, encoded, escape};

mod findings;
mod index;
mod ledger;
mod pages;
mod seen;
mod spots;
mod summary;
mod text;

pub use index::{Overview, OverviewRow, index};

/// How a page looks, where it does not stand in the page itself.
pub const STYLE: &str = include_str!("html/style.css");
/// What a page does, where it does not stand in the page itself.
pub const SCRIPT: &str = include_str!("html/script.js");

/// What stands at the end of the card of a finding, as HTML.
type Below<'a> = &'a dyn Fn(&Finding) -> String;

/// A document as the parts of the page see it.
struct View<'a> {
    /// Counted from 1; the front of all its ids.
    number: usize,
    checked: &'a Checked,
    catalog: &'a Catalog,
    teller: Teller<'a>,
    standings: Standings,
    /// What is shown of pictures.
    crops: Crops,
    /// What stands at the end of the card of a finding.
    below: Below<'a>,
}

impl<'a> View<'a> {
    fn new(
        number: usize,
        checked: &'a Checked,
        catalog: &'a Catalog,
        (pictures, below): (&dyn PagePictures, Below<'a>),
    ) -> View<'a> {
        let (teller, standings) = (Teller::of(catalog, checked), Standings::new(checked));
        let crops = seen::crops(checked, pictures);
        View { number, checked, catalog, teller, standings, crops, below }
    }
}

/// Writes one page that needs nothing else. The catalogue explains the codes and says the sentences. `pictures` are asked once for
/// each document.
pub fn html(checked: &[Checked], catalog: &Catalog, pictures: &dyn PagePictures) -> String {
    written(checked, catalog, pictures, None)
}

/// Writes the page of one of many documents, beside [`STYLE`] as `style.css` and [`SCRIPT`] as `script.js`, with a link back to
/// `index`.
pub fn page(checked: &Checked, catalog: &Catalog, pictures: &dyn PagePictures, index: &str) -> String {
    written(std::slice::from_ref(checked), catalog, pictures, Some(index))
}

/// Writes what a page says of one document, for a page that has its own head, [`STYLE`] and [`SCRIPT`]: what came out, findings,
/// pages, relations, and the panel of a figure. Its headings begin with the second level. `below` gives what stands at the end of the
/// card of a finding, as HTML: who gives it escapes what is in it. Findings that somebody answers for have a card too.
pub fn body(
    checked: &Checked,
    catalog: &Catalog,
    pictures: &dyn PagePictures,
    below: &dyn Fn(&Finding) -> String,
) -> String {
    documents(&[View::new(1, checked, catalog, (pictures, below))], pictures, catalog)
}

/// A section for each document, and what the script brings out beside them.
fn documents(views: &[View<'_>], pictures: &dyn PagePictures, catalog: &Catalog) -> String {
    let spots = spots::spots(views);
    let mut shown = spots::Shown::new();
    let bodies: Vec<String> =
        views.iter().zip(&spots).map(|(view, spots)| pages::pages(view, spots, pictures, &mut shown)).collect();
    let mut out = String::new();
    for (view, body) in views.iter().zip(&bodies) {
        document(view, body, &shown, &mut out);
    }
    out.push_str(&beside(&catalog.report.page));
    out
}

/// Where the script lists the relations of a figure, and says which finding is chosen and what can be done of it.
fn beside(words: &PageWords) -> String {
    let mut out = format!(
        "<div id=\"panel\" role=\"dialog\" aria-label=\"{}\" data-close=\"{}\" data-alone=\"{}\" tabindex=\"-1\" hidden></div>\n\
         <svg id=\"lines\" aria-hidden=\"true\" focusable=\"false\"></svg>\n\
         <p id=\"said\" class=\"unseen\" role=\"status\" data-at=\"{}\"></p>\n\
         <div id=\"chosen\" role=\"group\" aria-label=\"{}\" hidden><span aria-hidden=\"true\"></span>",
        escape(&words.panel),
        escape(&words.close),
        escape(&words.alone),
        escape(&words.at),
        escape(&words.chosen)
    );
    let buttons = [
        ("previous", &words.previous),
        ("next", &words.next),
        ("place", &words.place),
        ("card", &words.card),
        ("leave", &words.leave),
    ];
    for (name, word) in buttons {
        out.put(format_args!("<button type=\"button\" name=\"{name}\">{}</button>", escape(word)));
    }
    out.push_str("</div>\n");
    out
}

fn written(checked: &[Checked], catalog: &Catalog, pictures: &dyn PagePictures, index: Option<&str>) -> String {
    let nothing = |_: &Finding| String::new();
    let view = |(number, checked)| View::new(number, checked, catalog, (pictures, &nothing));
    let views: Vec<View<'_>> = (1..).zip(checked).map(view).collect();
    let title = match checked {
        [one] => format!("{} {}核对报告", words::name(one), words::year(one)),
        many => format!("{}份文件核对报告", many.len()),
    };
    let look = match index {
        None => format!("<style>\n{STYLE}</style>"),
        Some(_) => "<link rel=\"stylesheet\" href=\"style.css\">".to_owned(),
    };
    let mut out = head(&title, &look);
    let heading = if checked.len() == 1 { "核对报告".to_owned() } else { escape(&title) };
    out.put(format_args!("<header><h1>{heading}</h1>\n"));
    if let Some(index) = index {
        let back = escape(&catalog.report.overview.back);
        out.put(format_args!("<p class=\"source\"><a href=\"{}\">{back}</a></p>\n", encoded(index)));
    }
    out.push_str(&summary::documents(&views));
    out.push_str("</header>\n<main id=\"main\">\n");
    out.push_str(&documents(&views, pictures, catalog));
    let script = match index {
        None => format!("<script>\n{SCRIPT}</script>"),
        Some(_) => "<script src=\"script.js\"></script>".to_owned(),
    };
    out.put(format_args!("</main>\n{script}\n</body>\n</html>\n"));
    out
}

/// All before the content of a page.
fn head(title: &str, look: &str) -> String {
    let title = escape(title);
    format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         {look}\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">跳到正文</a>\n"
    )
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

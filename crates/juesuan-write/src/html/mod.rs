//! The document as a site: one page, its style sheet, charts as SVG files, tables as CSV files. No script, nothing
//! from elsewhere. Written for phones, wide screens, paper and screen readers (WCAG 2.2 AA).

mod body;
mod chart;
mod csv;
mod links;
mod table;

use juesuan_model::{Block, Package, TITLE_LEVEL};

use crate::error::Error;
use crate::markup::{Push, escape};
use crate::outline::{self, Anchors};
use crate::output::Output;

pub use links::{DOWNLOADS, Links, Page};

const STYLE: &str = include_str!("style.css");

/// Folder of the tables as CSV inside the site.
const TABLES: &str = "tables";

/// Makes the site: `index.html`, `assets/style.css`, `charts/*.svg`, `tables/*.csv`. `links` are the other files
/// that the page offers for download. The signature leaves room for faults; today none can occur.
pub fn html(package: &Package, links: &Links) -> Result<Vec<Output>, Error> {
    let mut outputs = vec![Output::new("assets/style.css", STYLE)];
    let mut anchors = Anchors::default();
    let mut main = String::new();
    let mut statutory = 0;
    let mut figures = body::FigureIds::new(package);
    for part in &package.document.parts {
        let anchor = anchors.part();
        let mut rank = if part.title.is_empty() { 1 } else { 2 };
        if part.title.is_empty() {
            main.push_str("<section>\n");
        } else {
            main.put(format_args!(
                "<section aria-labelledby=\"{anchor}\">\n<h2 id=\"{anchor}\">{}</h2>\n",
                escape(&part.title)
            ));
        }
        for block in &part.blocks {
            match block {
                Block::Heading { level, text, .. } => {
                    // A rank is never skipped, whatever levels the plan uses.
                    let title = *level == TITLE_LEVEL;
                    let level = if title { 2 } else { *level };
                    rank = (level + 2).clamp(2, rank + 1).min(6);
                    let id = anchors.heading();
                    let class = if title { " class=\"report\"" } else { "" };
                    main.put(format_args!("<h{rank} id=\"{id}\"{class}>{}</h{rank}>\n", escape(text)));
                }
                Block::Paragraph { runs, .. } => main.push_str(&body::paragraph(runs, &mut figures)),
                Block::Table(data) => {
                    let anchor = anchors.table();
                    statutory += usize::from(!data.form.is_empty());
                    let file = format!("{TABLES}/{}.csv", table::stem(data, &anchor, statutory));
                    outputs.push(Output::new(file.clone(), csv::of_table(data)));
                    main.push_str(&table::block(data, &anchor, &file, &mut figures));
                }
                Block::Chart(data) => {
                    let anchor = anchors.chart();
                    let block = chart::block(data, package, &anchor, &mut figures);
                    main.push_str(&block.markup);
                    outputs.extend(block.files);
                }
            }
        }
        main.push_str("</section>\n");
    }
    outputs.push(Output::new("index.html", page(package, links, &main)));
    outputs.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(outputs)
}

fn page(package: &Package, links: &Links, main: &str) -> String {
    let document = &package.document;
    let mut out = String::from("<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n");
    let title = escape(&document.title.join(" "));
    let draft = if document.draft_reasons.is_empty() { "" } else { "【草稿】" };
    out.put(format_args!(
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{draft}{title}</title>\n\
         <link rel=\"stylesheet\" href=\"assets/style.css\">\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#content\">跳到正文</a>\n<header>\n<h1>"
    ));
    for line in &document.title {
        out.put(format_args!("<span>{}</span> ", escape(line)));
    }
    out.push_str("</h1>\n");
    if !document.draft_reasons.is_empty() {
        out.put(format_args!(
            "<div class=\"draft\" role=\"note\" aria-label=\"草稿\">\n<p><strong>{}</strong></p>\n<ol>\n",
            outline::DRAFT
        ));
        for reason in &document.draft_reasons {
            out.put(format_args!("<li>{}</li>\n", escape(reason)));
        }
        out.push_str("</ol>\n</div>\n");
    }
    out.push_str(
        "</header>\n<div class=\"layout\">\n<nav aria-label=\"目录\">\n<details>\n<summary>目录</summary>\n<ol>\n",
    );
    contents(document, &mut out);
    out.push_str("</ol>\n</details>\n</nav>\n<main id=\"content\" tabindex=\"-1\">\n");
    out.push_str(&links.markup());
    if let Some(notice) = &document.notice {
        out.push_str(&body::notice_head(notice));
    }
    out.push_str(main);
    if let Some(notice) = &document.notice {
        out.push_str(&body::signed(notice));
    }
    out.put(format_args!("</main>\n</div>\n<footer><p>{title}</p></footer>\n</body>\n</html>\n"));
    out
}

fn contents(document: &juesuan_model::Document, out: &mut String) {
    let mut inner = false;
    for (i, entry) in outline::contents(document).iter().enumerate() {
        let link = format!("<a href=\"#{}\">{}</a>", entry.anchor, escape(entry.text));
        if entry.depth == 0 {
            out.push_str(if inner {
                "</li>\n</ol>\n</li>\n"
            } else if i > 0 {
                "</li>\n"
            } else {
                ""
            });
            inner = false;
        } else {
            out.push_str(if inner { "</li>\n" } else { "\n<ol>\n" });
            inner = true;
        }
        out.put(format_args!("<li>{link}"));
    }
    out.push_str(if inner { "</li>\n</ol>\n</li>\n" } else { "</li>\n" });
}

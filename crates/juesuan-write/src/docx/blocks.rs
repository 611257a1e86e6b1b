//! The text of the document, from cover to last page.

use std::collections::BTreeMap;

use juesuan_catalog::Recognition;
use juesuan_model::{Block, Document, Mark, Orientation, Package, TITLE_LEVEL};
use juesuan_text::element;

use super::layout::{Content, Item, items};
use super::parts::{NAMES, XML};
use super::picture::Drawn;
use super::section::{Kind, Numbers, Sheet, end, ended, numbered};
use super::text::{PART_SIZE, TITLE_SIZE, bookmark_name, bookmarked, marked, paragraph, run, sized};
use super::{contents, notice, pages, picture, table, upright};
use crate::fonts::FontSource;
use crate::markup::escape;
use crate::outline::DRAFT;

/// What the main part needs.
pub(super) struct Body {
    pub(super) document: String,
    pub(super) pictures: Vec<Vec<u8>>,
}

pub(super) fn content(package: &Package, fonts: &FontSource, words: &Recognition) -> Body {
    let document = upright(&package.document);
    let document = document.as_ref();
    let items = items(document);
    let mut charts = BTreeMap::new();
    for item in &items {
        if let Content::Block(Block::Chart(chart)) = &item.content {
            charts.insert(item.anchor.clone(), Drawn::new(chart, package, fonts, words));
        }
    }
    let heights = charts.iter().map(|(anchor, drawn)| (anchor.clone(), drawn.height())).collect();
    let page_of = pages::estimate(document, &items, &heights);
    let mut out = format!("{XML}<w:document {NAMES}><w:body>");
    match &document.notice {
        Some(notice) => out.push_str(&notice::head(notice, &document.title)),
        None => {
            cover(document, &mut out);
            out.push_str(&contents::contents(document, |anchor| page_of.get(anchor).copied().unwrap_or(1)));
        }
    }

    let mut pictures = Vec::new();
    let numbers = if document.notice.is_some() { Numbers::Outer } else { Numbers::Middle };
    let (mut orientation, mut kind) = (Orientation::Portrait, Kind::First);
    for (i, item) in items.iter().enumerate() {
        let mut new_page = item.new_page;
        if item.orientation != orientation {
            out.push_str(&ended(&numbered(orientation, kind, numbers)));
            (orientation, kind, new_page) = (item.orientation, Kind::Further, false);
        }
        let break_before = if new_page { "<w:pageBreakBefore/>" } else { "" };
        out.push_str(&block(&items, i, break_before, charts.remove(&item.anchor), &mut pictures));
    }
    out.push_str(&document.notice.as_ref().map(notice::signed).unwrap_or_default());
    out.push_str(&numbered(orientation, kind, numbers));
    out.push_str("</w:body></w:document>");
    Body { document: out, pictures }
}

fn cover(document: &Document, out: &mut String) {
    for (i, line) in document.title.iter().enumerate() {
        let above = match (i, document.draft_reasons.is_empty()) {
            (0, true) => 3_100,
            (0, false) => 1_700,
            _ => 0,
        };
        let spacing = format!("<w:spacing w:before=\"{above}\" w:after=\"0\" w:line=\"800\" w:lineRule=\"exact\"/>");
        out.push_str(&paragraph("Title", &spacing, &run(line)));
    }
    if !document.draft_reasons.is_empty() {
        let red = |text: &str| {
            format!(
                "<w:r><w:rPr><w:color w:val=\"C00000\"/></w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r>",
                escape(text)
            )
        };
        out.push_str(&paragraph("DraftHeading", "", &red(DRAFT)));
        for (number, reason) in (1..).zip(&document.draft_reasons) {
            out.push_str(&paragraph("DraftReason", "", &red(&format!("{number}. {reason}"))));
        }
    }
    out.push_str(&end(Orientation::Portrait, Kind::Cover));
}

fn block(
    items: &[Item<'_>],
    index: usize,
    break_before: &str,
    drawn: Option<Drawn>,
    pictures: &mut Vec<Vec<u8>>,
) -> String {
    let item = element(items, index);
    let last = items.get(index + 1).is_none_or(|next| next.new_page || next.orientation != item.orientation);
    let set =
        |style: &str, run: &str| paragraph(style, break_before, &bookmarked(index, &bookmark_name(&item.anchor), run));
    let titled = |style: &str, text: &str| set(style, &run(text));
    match &item.content {
        Content::Part(title) => set("Heading1", &sized(title, PART_SIZE, Sheet::of(item.orientation).text_width())),
        Content::Block(Block::Heading { level: TITLE_LEVEL, text, .. }) => {
            set("ReportTitle", &sized(text, TITLE_SIZE, Sheet::of(item.orientation).text_width()))
        }
        Content::Block(Block::Heading { level, text, .. }) => {
            titled(&format!("Heading{}", (*level).clamp(1, 3) + 1), text)
        }
        Content::Block(Block::Paragraph { runs, .. }) => {
            // A heading that is a line of the text stands on the page of what follows, and so does what announces it.
            let before_table = matches!(
                items.get(index + 1).map(|next| &next.content),
                Some(Content::Block(Block::Table(next))) if next.title.is_empty()
            );
            let announces = before_table || runs.last().is_some_and(|run| run.text.ends_with('：'));
            let leads = announces || (!runs.is_empty() && runs.iter().all(|run| run.mark == Mark::Strong));
            let keep = if leads { "<w:keepNext/>" } else { "" };
            paragraph("Body", &format!("{keep}{break_before}"), &runs.iter().map(marked).collect::<String>())
        }
        Content::Block(Block::Table(data)) => {
            let room = table::room(item.orientation, pages::height_above(items, index), data);
            table::block(data, (&item.anchor, index), room, break_before, last)
        }
        Content::Block(Block::Chart(chart)) => match drawn {
            Some(Drawn::Picture(png)) => {
                pictures.push(png);
                let caption = bookmarked(index, &bookmark_name(&item.anchor), &run(&chart.caption));
                let png = pictures.last().map_or(&[][..], Vec::as_slice);
                picture::picture(chart, pictures.len(), png) + &paragraph("Caption", "", &caption)
            }
            Some(Drawn::Data(data)) => table::block(&data, (&item.anchor, index), u32::MAX, "", last),
            None => String::new(),
        },
    }
}

//! The pages of a document as pictures, each figure on them marked, the figures of findings boxed.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use juesuan_model::{FigureId, PageSize};

use super::super::{PagePicture, PagePictures, Wanted};
use super::spots::{self, Ground, Shown, Spot};
use super::{View, ledger, text};
use crate::markup::{Push, encoded, escape};

/// Space between a boxed figure and its box, in points.
const AROUND: i32 = 2;

/// A document of so many pages is drawn whole.
const FEW_PAGES: u32 = 3;

/// What the pages without a picture are called.
const WITHOUT: &str = "没有页面图的页";

/// A document: its pages that have a picture, the texts and tables of those that have none; without any picture its whole text.
/// What is marked is added to `shown`.
pub(super) fn pages(view: &View<'_>, spots: &[Spot<'_>], pictures: &dyn PagePictures, shown: &mut Shown) -> String {
    let mut drawn = pictures.pictures(&view.checked.file, &wanted(view, spots, pictures.wanted()));
    // Without its size nobody knows where on it anything stands.
    drawn.retain(|page, picture| picture.is_err() || size(view, *page).is_some());
    let note = undrawn(&drawn);
    if !drawn.values().any(Result::is_ok) {
        return note + &text::text(view, spots, shown);
    }
    let mut on_page: BTreeMap<u32, Vec<FigureId>> = BTreeMap::new();
    let mut elsewhere = Vec::new();
    for (id, _, _) in ledger::figures(view) {
        let place = view.checked.package.figure(id).map(|figure| &figure.place);
        match place.and_then(|place| place.page.zip(place.bounds)) {
            Some((page, _)) => on_page.entry(page).or_default().push(id),
            None => elsewhere.push(id),
        }
    }
    let mut out = String::new();
    let mut missing: BTreeSet<u32> = (1..=view.checked.pages).collect();
    for (page, picture) in &drawn {
        if let Some((picture, size)) = picture.as_ref().ok().zip(size(view, *page)) {
            missing.remove(page);
            let ids = on_page.remove(page).unwrap_or_default();
            out.push_str(&sheet(view, (*page, picture, size), &ids, spots, shown));
        }
    }
    elsewhere.extend(on_page.into_values().flatten());
    if !missing.is_empty() {
        out.push_str(&note);
        let (text, marked) = text::of_pages(view, spots, &missing, &elsewhere, shown);
        elsewhere.retain(|id| !marked.contains(id));
        out.push_str(&text);
        out.push_str(&ledger::list(view, WITHOUT, &marked, true));
    }
    out.push_str(&ledger::list(view, "没有标在页面上的", &elsewhere, false));
    out
}

/// The pages that are asked for.
fn wanted(view: &View<'_>, spots: &[Spot<'_>], wanted: Wanted) -> BTreeSet<u32> {
    let pages = view.checked.pages;
    let open = || spots.iter().filter(|spot| !spot.answered);
    let own = || open().filter_map(|spot| spot.place.page).filter(|page| (1..=pages).contains(page));
    if pages <= FEW_PAGES || wanted == Wanted::All { (1..=pages).collect() } else { own().collect() }
}

/// How large a page is, where that is known.
fn size(view: &View<'_>, page: u32) -> Option<PageSize> {
    let at = usize::try_from(page).ok()?.checked_sub(1)?;
    view.checked.sizes.get(at).copied().filter(|size| size.width > 0 && size.height > 0)
}

/// Which pages have no picture, and why; nothing where every page has one, or nobody says why not.
fn undrawn(drawn: &BTreeMap<u32, Result<PagePicture, &'static str>>) -> String {
    let mut reasons: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (page, picture) in drawn {
        if let Err(reason) = picture {
            reasons.entry(reason).or_default().push(page.to_string());
        }
    }
    let mut out = String::new();
    for (reason, pages) in reasons {
        out.put(format_args!("<p class=\"loose\">{WITHOUT}：{}（{}）</p>\n", pages.join("、"), escape(reason)));
    }
    out
}

fn sheet(
    view: &View<'_>,
    (page, picture, size): (u32, &PagePicture, PageSize),
    ids: &[FigureId],
    spots: &[Spot<'_>],
    shown: &mut Shown,
) -> String {
    let id = spots::page_id(view.number, page);
    let mut out =
        format!("<section class=\"page\" id=\"{id}\" aria-labelledby=\"{id}h\">\n<h4 id=\"{id}h\">第{page}页</h4>\n");
    shown.insert(id);
    let here = || spots.iter().filter(|spot| spot.place.page == Some(page));
    let mut loose = String::new();
    let mut boxes: BTreeMap<[i32; 4], Vec<&Spot<'_>>> = BTreeMap::new();
    for spot in here() {
        match spot.place.bounds {
            Some(bounds) => boxes.entry(bounds).or_default().push(spot),
            None => loose.put(format_args!(" {} {}", spot.tag(Ground::Text), escape(spot.title))),
        }
        shown.insert(spot.id.clone());
    }
    if !loose.is_empty() {
        out.put(format_args!("<p class=\"loose\">涉及整页：{loose}</p>\n"));
    }
    out.put(format_args!(
        "<div class=\"sheet\" style=\"--shape:{0}/{1}\"><img src=\"{2}\" width=\"{0}\" height=\"{1}\" alt=\"第{page}页的页面图\" loading=\"lazy\">\n",
        size.width,
        size.height,
        source(picture)
    ));
    for id in ids {
        let bounds = view.checked.package.figure(*id).and_then(|figure| figure.place.bounds);
        if let (Some(bounds), Some(mark)) = (bounds, ledger::mark(view, *id, Ground::Picture)) {
            out.put(format_args!("<a {mark} style=\"{}\"></a>\n", position(bounds, size)));
        }
    }
    for (bounds, spots) in boxes {
        let gravest = spots.iter().min_by_key(|spot| (spot.answered, spot.severity)).map_or("", |spot| spot.class());
        let [left, top, right, bottom] = bounds;
        let grown = [left - AROUND, top - AROUND, right + AROUND, bottom + AROUND];
        let tags: String = spots.iter().map(|spot| spot.tag(Ground::Picture)).collect();
        out.put(format_args!(
            "<div class=\"box {}\" style=\"{}\"><span>{tags}</span></div>\n",
            gravest,
            position(grown, size)
        ));
    }
    out.push_str("</div>\n");
    out.push_str(&ledger::list(view, "本页", ids, true));
    out.push_str("</section>\n");
    out
}

/// Where a picture lies.
fn source(picture: &PagePicture) -> String {
    match picture {
        PagePicture::Bytes(bytes) => format!("data:{};base64,{}", media_type(bytes), STANDARD.encode(bytes)),
        PagePicture::Address(path) => encoded(path),
    }
}

/// Kind of a picture by its first bytes.
fn media_type(bytes: &[u8]) -> &'static str {
    match bytes {
        [0xff, 0xd8, ..] => "image/jpeg",
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => "image/webp",
        _ => "image/png",
    }
}

/// Where bounds in points lie on the picture, in percent of it.
fn position([left, top, right, bottom]: [i32; 4], size: PageSize) -> String {
    let across = |points: i32| percent(points, size.width);
    let down = |points: i32| percent(points, size.height);
    format!(
        "left:{};top:{};width:{};height:{}",
        across(left),
        down(top),
        across(right.saturating_sub(left).max(1)),
        down(bottom.saturating_sub(top).max(1))
    )
}

/// `points` of `whole` in percent, two decimals.
fn percent(points: i32, whole: u32) -> String {
    let hundredths = i64::from(points.max(0)) * 10_000 / i64::from(whole.max(1));
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_shares_of_the_page_and_never_flat() {
        let size = PageSize { width: 600, height: 800 };
        assert_eq!(position([60, 200, 66, 200], size), "left:10.00%;top:25.00%;width:1.00%;height:0.12%");
        assert_eq!(percent(-5, 0), "0.00%");
    }

    #[test]
    fn pictures_say_what_they_are() {
        assert_eq!(media_type(&[0xff, 0xd8, 0xff]), "image/jpeg");
        assert_eq!(media_type(b"RIFF1234WEBPVP8 "), "image/webp");
        assert_eq!(media_type(b"\x89PNG"), "image/png");
    }
}

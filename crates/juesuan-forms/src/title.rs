//! Which form a title belongs to.

use juesuan_catalog::Catalog;
use juesuan_text::plain;

/// Most characters that may stand behind a title: the number of the form, the year.
const BEHIND: usize = 12;

/// The key of the form whose title is contained in `text`; of several the longest (`财政拨款收入支出决算总表` also contains
/// `收入支出决算总表`). A sentence about a table is no title: little may stand behind it, and `公开01表` and the like count.
pub fn form_of(catalog: &Catalog, text: &str) -> Option<String> {
    let text = plain(text);
    let fits = |title: &str| {
        text.rsplit_once(title)
            .is_some_and(|(_, behind)| behind.chars().count() <= BEHIND && !behind.contains(['。', '，', '、']))
    };
    // Most lines are no titles, and have nowhere near their end what titles end with.
    let may_fit = text.chars().rev().take(BEHIND + 1).any(|c| catalog.titles.end_with(c));
    let mut titles = catalog.titles.longest_first().filter(|(title, _)| title.len() <= text.len() && fits(title));
    let titled = may_fit.then(|| titles.next()).flatten();
    titled.map(|(_, key)| key).or_else(|| catalog.titles.numbered(&text)).map(str::to_owned)
}

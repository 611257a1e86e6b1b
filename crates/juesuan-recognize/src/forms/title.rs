//! Which form a title belongs to.

use juesuan_catalog::Catalog;

use super::words::plain;

/// The key of the form whose title is contained in `text`; of several the longest (`财政拨款收入支出决算总表` also contains
/// `收入支出决算总表`). A sentence about a table is no title: little may stand behind it, and `公开01表` and the like count.
pub fn form_of(catalog: &Catalog, text: &str) -> Option<String> {
    let text = plain(text);
    let mut best: Option<(usize, &str)> = None;
    for form in catalog.variants.iter().flat_map(|v| &v.forms) {
        for title in form.titles.iter().map(|t| plain(t)) {
            let Some((_, behind)) = text.rsplit_once(title.as_str()) else {
                continue;
            };
            if behind.chars().count() <= 12
                && !behind.contains(['。', ','])
                && best.is_none_or(|(length, _)| title.len() > length)
            {
                best = Some((title.len(), &form.key));
            }
        }
    }
    if best.is_none() {
        let numbered =
            catalog.variants.iter().flat_map(|v| &v.forms).find(|f| !f.number.is_empty() && text == plain(&f.number));
        return numbered.map(|f| f.key.clone());
    }
    best.map(|(_, key)| key.to_owned())
}

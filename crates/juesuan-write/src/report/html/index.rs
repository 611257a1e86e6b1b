//! The way to the pages of many documents: how they stand, the worst first, what each rule found, which were held against each
//! other, and which are the same.

use juesuan_catalog::Catalog;
use juesuan_model::{Compared, Tally};

use super::super::{Checked, words};
use super::{STYLE, head, spots};
use crate::markup::{Push, encoded, escape};

/// What the index says of one document.
#[derive(Clone, Debug)]
pub struct OverviewRow {
    /// Address of its page.
    pub page: String,
    file: String,
    name: String,
    kind: String,
    severities: [usize; 3],
    tally: Tally,
    unread: usize,
}

/// What is said of all documents together.
pub struct Overview<'o> {
    /// A row a document, in their order.
    pub rows: &'o [OverviewRow],
    /// What each rule found, as [`super::super::Statistics::rows`] has it.
    pub rules: &'o [[String; 5]],
    /// Documents that were held against each other, by their numbers from 0.
    pub compared: &'o [(usize, usize, Compared)],
    /// Documents of the same content, or almost (`false`), by their numbers from 0.
    pub alike: &'o [(Vec<usize>, bool)],
}

impl OverviewRow {
    /// Of a document with its page.
    pub fn of(checked: &Checked, page: String) -> OverviewRow {
        OverviewRow {
            page,
            file: checked.file.clone(),
            name: words::name(checked).to_owned(),
            kind: format!("{}{}", words::year(checked), words::kind(&checked.package)),
            severities: words::SEVERITIES.map(|severity| words::count(checked, severity)),
            tally: Tally::of(&checked.report.relations),
            unread: checked.unread.len() + checked.problems.len(),
        }
    }

    /// Errors, warnings, what was not read, notices.
    fn rank(&self) -> (usize, usize, usize, usize) {
        let [errors, warnings, notices] = self.severities;
        (errors, warnings, self.unread + self.tally.unreadable, notices)
    }

    fn link(&self) -> String {
        format!("<a href=\"{}\">{}</a>", encoded(&self.page), escape(&self.name))
    }
}

/// Writes the index.
pub fn index(overview: &Overview<'_>, catalog: &Catalog) -> String {
    let said = &catalog.report.overview;
    let mut out = head(&said.title, &format!("<style>\n{STYLE}</style>"));
    out.put(format_args!("<header><h1>{}</h1>\n", escape(&said.title)));
    let of = |count: fn(&OverviewRow) -> usize| overview.rows.iter().map(count).sum::<usize>();
    out.push_str("<dl class=\"counts\">\n");
    let tile = |word: &str, number: usize, class: &str, out: &mut String| {
        out.put(format_args!("<div class=\"{class}\"><dt>{}</dt><dd>{number}</dd></div>\n", escape(word)));
    };
    tile(&said.documents, overview.rows.len(), "", &mut out);
    let totals: [fn(&OverviewRow) -> usize; 3] =
        [|row| row.severities[0], |row| row.severities[1], |row| row.severities[2]];
    for (severity, total) in words::SEVERITIES.into_iter().zip(totals) {
        tile(severity.word(), of(total), spots::class(severity), &mut out);
    }
    out.push_str("</dl>\n</header>\n<main id=\"main\" class=\"document index\">\n");
    ranking(overview, catalog, &mut out);
    rules(overview, catalog, &mut out);
    compared(overview, catalog, &mut out);
    alike(overview, catalog, &mut out);
    out.push_str("<dl class=\"counts\">\n");
    tile(words::HOLD, of(|row| row.tally.holds), "h", &mut out);
    tile(words::BROKEN, of(|row| row.tally.broken), "b", &mut out);
    tile(words::NOT_APPLICABLE, of(|row| row.tally.not_applicable), "n", &mut out);
    tile(words::UNREADABLE, of(|row| row.tally.unreadable), "u", &mut out);
    tile(words::NOT_READ, of(|row| row.unread), "u", &mut out);
    out.push_str("</dl>\n</main>\n</body>\n</html>\n");
    out
}

/// The documents, those with the most errors first.
fn ranking(overview: &Overview<'_>, catalog: &Catalog, out: &mut String) {
    let said = &catalog.report.overview;
    let mut rows: Vec<&OverviewRow> = overview.rows.iter().collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.rank()));
    out.put(format_args!("<h2>{}</h2>\n<table class=\"ranking\"><thead><tr>", escape(&said.ranking)));
    for head in &said.heads {
        out.put(format_args!("<th scope=\"col\">{}</th>", escape(head)));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in rows {
        out.put(format_args!(
            "<tr><th scope=\"row\">{}<br><small>{}</small></th><td>{}</td>",
            row.link(),
            escape(&row.file),
            escape(&row.kind)
        ));
        for (severity, number) in words::SEVERITIES.into_iter().zip(row.severities) {
            let class = if number > 0 { spots::class(severity) } else { "" };
            out.put(format_args!("<td class=\"amount {class}\">{number}</td>"));
        }
        out.put(format_args!("<td class=\"amount\">{}</td></tr>\n", row.unread + row.tally.unreadable));
    }
    out.push_str("</tbody></table>\n");
}

fn rules(overview: &Overview<'_>, catalog: &Catalog, out: &mut String) {
    let said = &catalog.report.overview;
    out.put(format_args!("<details><summary>{}</summary>\n<table class=\"ranking rules\">\n", escape(&said.rules)));
    for (number, row) in overview.rules.iter().enumerate() {
        let cell = if number == 0 { "th" } else { "td" };
        out.push_str("<tr>");
        for text in row {
            out.put(format_args!("<{cell}>{}</{cell}>", escape(text)));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</table></details>\n");
}

fn compared(overview: &Overview<'_>, catalog: &Catalog, out: &mut String) {
    let said = &catalog.report.overview;
    if overview.compared.is_empty() {
        return;
    }
    out.put(format_args!("<details><summary>{} {}</summary>\n<ul>\n", escape(&said.compared), overview.compared.len()));
    for (one, other, how) in overview.compared {
        let (Some(one), Some(other)) = (overview.rows.get(*one), overview.rows.get(*other)) else { continue };
        let word = match how {
            Compared::YearBefore => &said.year_before,
            Compared::Budget => &said.budget,
            Compared::Department => &said.department,
            Compared::Texts => &said.texts,
        };
        out.put(format_args!(
            "<li>{} {} — {} {} <b>{}</b></li>\n",
            one.link(),
            escape(&one.kind),
            other.link(),
            escape(&other.kind),
            escape(word)
        ));
    }
    out.push_str("</ul></details>\n");
}

fn alike(overview: &Overview<'_>, catalog: &Catalog, out: &mut String) {
    let said = &catalog.report.overview;
    if overview.alike.is_empty() {
        return;
    }
    out.put(format_args!("<h2>{}</h2>\n<ul>\n", escape(&said.alike)));
    for (group, same) in overview.alike {
        let word = if *same { &said.same } else { &said.almost };
        let named = |number: &usize| overview.rows.get(*number).map(|row| (row.link(), escape(&row.file)));
        let links: Vec<String> =
            group.iter().filter_map(named).map(|(link, file)| format!("{link} <small>{file}</small>")).collect();
        out.put(format_args!("<li><b>{}</b> {}</li>\n", escape(word), links.join("、")));
    }
    out.push_str("</ul>\n");
}

#[cfg(test)]
mod tests {
    use juesuan_model::{Finding, Message, Severity};

    use super::*;

    #[test]
    fn the_worst_document_stands_first_and_every_document_has_its_link() {
        let catalog = Catalog::load(&[]).unwrap();
        let finding = Finding {
            code: "LW001".to_owned(),
            key: juesuan_model::FindingKey::default(),
            severity: Severity::Error,
            message: Message::title(),
            spots: Vec::new(),
            difference: None,
            cause: None,
            evidence: Vec::new(),
        };
        let mut documents = [Checked { file: "a.pdf".into(), ..Checked::default() }, Checked::default()];
        documents[1].file = "<b>.pdf".to_owned();
        documents[1].report.findings.push(finding);
        let rows: Vec<OverviewRow> =
            documents.iter().enumerate().map(|(at, one)| OverviewRow::of(one, format!("p/{at}.html"))).collect();
        let compared = [(0, 1, Compared::Budget)];
        let alike = [(vec![0, 1], true)];
        let page = index(&Overview { rows: &rows, rules: &[], compared: &compared, alike: &alike }, &catalog);
        let (worse, better) = (page.find("p/1.html").unwrap(), page.find("p/0.html").unwrap());
        assert!(worse < better && page.contains("&lt;b&gt;.pdf") && !page.contains("<b>.pdf"));
        assert!(page.contains(&catalog.report.overview.same) && page.contains(&catalog.report.overview.budget));
    }
}

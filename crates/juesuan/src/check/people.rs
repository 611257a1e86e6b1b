//! Findings as a good compiler prints them: what is wrong, the printed line with the figure underlined, why, what to do.

use juesuan_catalog::Catalog;
use juesuan_model::{Finding, Package, Place, Severity};

use crate::check::excerpt::excerpt;
use crate::check::paint::{Paint, Style, char_width, visible};

/// Places that one finding shows; the others are counted.
const PLACES: usize = 4;
/// Pieces of evidence that one finding shows.
const EVIDENCE: usize = 4;

/// What words of the text are called that are no figure; it says nothing beside the line itself.
const IN_TEXT: &str = "文中";

/// Where a finding is shown: the document and its neighbours by file, for excerpts.
pub struct Page<'a> {
    /// Name of the file of the document itself, left out of its places.
    pub file: &'a str,
    /// All documents of the run.
    pub packages: &'a [(&'a str, &'a Package)],
    /// For what to do.
    pub catalog: &'a Catalog,
    /// Colours or not.
    pub paint: Paint,
}

impl Page<'_> {
    /// The lines of a finding.
    pub fn finding(&self, finding: &Finding) -> String {
        let mut out = Lines { page: self, text: String::new() };
        let style = style(finding.severity);
        let head = self.paint.paint(style, &format!("{}[{}]", finding.severity.word(), finding.code));
        out.line(&format!("{head}　{}", self.paint.paint(Style::Strong, &finding.title)));
        for (number, place) in finding.places.iter().enumerate().take(PLACES) {
            let named = finding.figures.get(number);
            let value = named.map_or("", |named| named.value.as_str());
            let label = named.map_or_else(String::new, |named| match named.unit.as_str() {
                "" if named.label == IN_TEXT => String::new(),
                "" => named.label.clone(),
                unit => format!("{} {}{unit}", named.label, named.value),
            });
            out.place(number, place, value, &label, style);
        }
        if finding.places.len() > PLACES {
            out.note(&format!("另有 {} 处，见 --format json", finding.places.len() - PLACES));
        }
        self.notes(finding, &mut out);
        out.text
    }

    fn notes(&self, finding: &Finding, out: &mut Lines<'_, '_>) {
        let remedy = self.remedy(&finding.code);
        let core = core(finding, remedy);
        out.note(&core);
        if let Some(difference) = &finding.difference
            && !finding.message.contains(&format!("相差{difference}"))
        {
            out.note(&format!("相差：{difference}"));
        }
        // What the message says already, and what is said twice, is not said again.
        let mut evidence: Vec<&str> = Vec::new();
        for told in finding.evidence.iter().filter(|told| !core.contains(told.as_str())) {
            if !evidence.contains(&told.as_str()) {
                evidence.push(told);
            }
        }
        for told in evidence.iter().take(EVIDENCE) {
            out.note(&format!("佐证：{told}"));
        }
        if evidence.len() > EVIDENCE {
            out.note(&format!("佐证：另有 {} 条，见 --format json", evidence.len() - EVIDENCE));
        }
        if let Some(cause) = &finding.likely_cause {
            out.note(&format!("可能原因：{cause}"));
        }
        if !finding.basis.is_empty() {
            out.note(&format!("依据：{}", finding.basis.join("；")));
        }
        if !remedy.is_empty() {
            out.note(&format!("处理：{remedy}"));
        }
    }

    fn remedy(&self, code: &str) -> &str {
        let book = &self.catalog.rulebook;
        let law = book.laws().iter().find(|law| law.code == code).map(|law| law.remedy.as_str());
        let rule = || book.rules().iter().find(|rule| rule.code == code).map(|rule| rule.remedy.as_str());
        law.or_else(rule).unwrap_or("")
    }
}

/// The message without what is shown on lines of its own: place, cause, what to do, basis.
fn core(finding: &Finding, remedy: &str) -> String {
    let mut text = finding.message.as_str();
    if !finding.basis.is_empty() {
        text = text.strip_suffix(&format!("〔{}〕", finding.basis.join("；"))).unwrap_or(text);
    }
    text = text.strip_suffix(remedy).unwrap_or(text);
    if let Some(cause) = &finding.likely_cause {
        text = text.strip_suffix(&format!("{cause}。")).unwrap_or(text);
    }
    // The place at its beginning stands above already.
    let stands = |place: &str| {
        let first = finding.places.first();
        let page = first.and_then(|first| first.page).map(|page| format!("第{page}页"));
        let line = first.and_then(|first| first.line).map(|line| format!("第{line}行"));
        page.or(line).is_some_and(|word| place.contains(&word)) && !place.contains(['，', '。'])
    };
    if let Some((_, rest)) = text.split_once('：').filter(|(place, _)| stands(place)) {
        text = rest;
    }
    text.trim().to_owned()
}

const fn style(severity: Severity) -> Style {
    match severity {
        Severity::Error => Style::Error,
        Severity::Warning => Style::Warning,
        Severity::Notice => Style::Notice,
    }
}

/// Lines being written.
struct Lines<'l, 'a> {
    page: &'l Page<'a>,
    text: String,
}

impl Lines<'_, '_> {
    fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    /// A place with its printed line; the first is the wrong one.
    fn place(&mut self, number: usize, place: &Place, value: &str, label: &str, style: Style) {
        let paint = self.page.paint;
        let frame = |text: &str| paint.paint(Style::Frame, text);
        let file = place.file.as_deref().unwrap_or(self.page.file);
        let own = file == self.page.file;
        let shown = if own { Place { file: None, ..place.clone() } } else { place.clone() };
        let whereabouts = if shown == Place::default() { "全文".to_owned() } else { shown.to_string() };
        let arrow = if number == 0 { "  -->" } else { "  :::" };
        self.line(&format!("{} {}", frame(arrow), visible(&whereabouts)));
        let package = self.page.packages.iter().find(|(name, _)| *name == file).map(|(_, package)| *package);
        let unfiled = Place { file: None, ..place.clone() };
        let found =
            package.and_then(|package| excerpt(package, place, value).or_else(|| excerpt(package, &unfiled, value)));
        let Some(found) = found else {
            if !label.is_empty() {
                self.line(&format!("   {} {}", frame("="), visible(label)));
            }
            return;
        };
        let text = visible(&found.text);
        self.line(&format!("   {} {text}", frame("|")));
        let columns = |from: usize, to: usize| -> usize {
            text.chars().skip(from).take(to.saturating_sub(from)).map(char_width).sum()
        };
        if found.mark.is_empty() {
            return;
        }
        let lead = " ".repeat(columns(0, found.mark.start));
        let sign = if number == 0 { "^" } else { "-" };
        let under = sign.repeat(columns(found.mark.start, found.mark.end).max(1));
        let under = paint.paint(if number == 0 { style } else { Style::Frame }, &under);
        self.line(&format!("   {} {lead}{under} {}", frame("|"), visible(label)));
    }

    fn note(&mut self, text: &str) {
        if !text.is_empty() {
            let sign = self.page.paint.paint(Style::Frame, "=");
            self.line(&format!("   {sign} {}", visible(text)));
        }
    }
}

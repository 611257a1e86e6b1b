//! Findings as a good compiler prints them: what is wrong, the printed line with the figure underlined, why, what to do.

use juesuan_model::{Finding, Package, Place, Quoted, Severity, Voice};
use juesuan_write::report::Teller;

use crate::check::excerpt::excerpt;
use crate::check::paint::{Paint, Style, char_width, visible};

/// Places that one finding shows; the others are counted.
const PLACES: usize = 4;
/// Pieces of evidence that one finding shows.
const EVIDENCE: usize = 4;

/// Where a finding is shown: the document, and its neighbours by file, for excerpts.
pub struct Page<'a> {
    /// Name of the file of the document itself, left out of its places.
    pub file: &'a str,
    /// What it prints.
    pub package: &'a Package,
    /// What another document of the run prints, by its file.
    pub others: &'a dyn Fn(&str) -> Option<Package>,
    /// What is said.
    pub teller: Teller<'a>,
    /// Colours or not.
    pub paint: Paint,
}

impl Page<'_> {
    /// The lines of a finding.
    pub fn finding(&self, finding: &Finding) -> String {
        let mut out = Lines { page: self, text: String::new() };
        let style = style(finding.severity);
        let head = self.paint.paint(style, &format!("{}[{}]", finding.severity.word(), finding.code));
        out.line(&format!("{head}　{}", self.paint.paint(Style::Strong, self.teller.headline(finding))));
        let placed = finding.spots.iter().filter_map(|spot| Some((spot, spot.place.as_ref()?)));
        let all = placed.clone().count();
        for (number, (spot, place)) in placed.enumerate().take(PLACES) {
            let named = self.teller.named(spot);
            let value = named.as_ref().map_or("", |named| named.value.as_str());
            // Words of the text are called nothing: that would say no more than the line itself.
            let own = |words: &Quoted| words.from == Voice::Document;
            let label = match &named {
                None => String::new(),
                Some(_) if spot.words.as_ref().is_some_and(own) => String::new(),
                Some(named) if named.unit.is_empty() => named.label.clone(),
                Some(named) => format!("{} {}{}", named.label, named.value, named.unit),
            };
            out.place(number, place, value, &label, style);
        }
        if all > PLACES {
            out.note(&format!("另有 {} 处，见 --format json", all - PLACES));
        }
        self.notes(finding, &mut out);
        out.text
    }

    fn notes(&self, finding: &Finding, out: &mut Lines<'_, '_>) {
        let teller = &self.teller;
        let statement = teller.statement_at_its_place(finding);
        out.note(&statement);
        if let Some(difference) = finding.difference
            && finding.message.value("差").is_none()
        {
            out.note(&format!("相差：{}", teller.difference(difference)));
        }
        // What the statement says already, and what is said twice, is not said again.
        let mut evidence: Vec<String> = Vec::new();
        for told in teller.evidence(finding) {
            if !statement.contains(told.as_str()) && !evidence.contains(&told) {
                evidence.push(told);
            }
        }
        for told in evidence.iter().take(EVIDENCE) {
            out.note(&format!("佐证：{told}"));
        }
        if evidence.len() > EVIDENCE {
            out.note(&format!("佐证：另有 {} 条，见 --format json", evidence.len() - EVIDENCE));
        }
        if let Some(cause) = teller.cause(finding) {
            out.note(&format!("可能原因：{cause}"));
        }
        let (basis, remedy) = (teller.basis(finding), teller.remedy(&finding.code));
        if !basis.is_empty() {
            out.note(&format!("依据：{}", basis.join("；")));
        }
        if !remedy.is_empty() {
            out.note(&format!("处理：{remedy}"));
        }
    }
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
        let other = if own { None } else { (self.page.others)(file) };
        let package = if own { Some(self.page.package) } else { other.as_ref() };
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

//! What a document is and of which year: by its cover and titles, then by what its sentences say.

use std::collections::BTreeMap;

use juesuan_catalog::Catalog;
use juesuan_forms::title;
use juesuan_model::DocumentKind;
use juesuan_text::{numeral, plain};

use super::identity::Clues;
use crate::text::headings;

/// Years that a document can be of.
const YEARS: std::ops::Range<u16> = 2000..2100;
/// Placeholders from which on a document is a form that nobody has filled in.
const PLACEHOLDERS_OF_TEMPLATE: usize = 5;
/// Characters before a word or year among which that stands which compares.
const BEFORE_WORD: usize = 12;
const BEFORE_YEAR: usize = 2;
/// Paragraphs among which the title of a document without a cover stands.
const BEGINNING: usize = 20;
/// Words of budgets for each word of final accounts, from which on a page speaks of a budget.
const BUDGETS_TO_FINAL: usize = 3;

/// What a document is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Told {
    /// Its kind.
    pub(super) kind: DocumentKind,
    /// True if no title told it, only sentences: without a figure it is nothing.
    pub(super) by_sentences: bool,
}

/// Tells what a document is.
pub(super) fn kind(clues: &Clues, catalog: &Catalog) -> Told {
    let words = &catalog.recognition;
    let placeholders: usize = clues
        .paragraphs
        .iter()
        .chain(&clues.headings)
        .chain(&clues.cover)
        .map(|text| plain(text))
        .map(|text| words.placeholders.iter().map(|mark| text.matches(mark.as_str()).count()).max().unwrap_or(0))
        .sum();
    let amounts = clues.paragraphs.iter().map(|text| amounts(text)).sum::<usize>() + clues.figures;
    if placeholders >= PLACEHOLDERS_OF_TEMPLATE && placeholders > 2 * amounts {
        return Told { kind: DocumentKind::Template, by_sentences: false };
    }
    // A title of final accounts may name a budget (政府性基金预算财政拨款收入支出决算表), never the other way round.
    let told = |texts: &[String]| {
        let texts: Vec<String> = newest(texts, catalog).map(|text| without(plain(text), &words.neither)).collect();
        let finals = count(&texts, &words.final_accounts);
        (finals, count(&texts, &words.budget).saturating_sub(finals))
    };
    // The name of a fund or a law is in the headings of either.
    let named = |texts: &[String]| texts.iter().map(|text| without(plain(text), &words.sentences.names)).collect();
    let (titles, headings): (Vec<String>, Vec<String>) = (named(&titles(clues, catalog)), named(&clues.headings));
    // A table out of a workbook has its title in its first rows.
    let tables: Vec<String> =
        clues.frames.iter().filter(|text| title::form_of(catalog, text).is_some()).cloned().collect();
    for texts in [&clues.cover, &titles, &clues.captions, &tables, &headings] {
        let (finals, budgets) = told(texts);
        if finals + budgets > 0 {
            let spent = std::ptr::eq(texts, &headings) && tells_of_spending(&headings, catalog);
            let kind = if budgets > finals && !spent { DocumentKind::Budget } else { DocumentKind::Final };
            return Told { kind, by_sentences: false };
        }
    }
    Told { kind: by_sentences(clues, catalog), by_sentences: true }
}

/// True for statutory tables without any amount that call themselves something to be filled in.
pub(super) fn is_blank_form(clues: &Clues, catalog: &Catalog) -> bool {
    let words = &catalog.recognition.blank_forms;
    let texts = || {
        let [cover, headings] = [&clues.cover, &clues.headings];
        [cover, headings, &clues.captions, &clues.frames, &clues.paragraphs].into_iter().flatten()
    };
    let amounts = clues.figures + texts().map(|text| amounts(text)).sum::<usize>();
    let tables = clues.captions.iter().chain(&clues.frames);
    amounts == 0
        && tables.filter(|text| title::form_of(catalog, text).is_some()).count() > 0
        && texts().any(|text| words.iter().any(|word| plain(text).contains(word.as_str())))
}

/// True if headings name, beside the budget of a year, what was spent in that year.
fn tells_of_spending(headings: &[String], catalog: &Catalog) -> bool {
    let words = &catalog.recognition;
    let plain: Vec<String> = headings.iter().map(|text| plain(text)).collect();
    let (budgets, others): (Vec<&String>, Vec<&String>) =
        plain.iter().partition(|text| words.budget.iter().any(|word| text.contains(word.as_str())));
    let year = budgets.into_iter().flat_map(|text| years(text)).max();
    let spent = |text: &&&String| words.spent.iter().any(|word| text.ends_with(word.as_str()));
    year.is_some_and(|year| others.iter().filter(spent).any(|text| years(text).contains(&year)))
}

/// The texts without those that name accounts or a budget of an earlier year than another of them does: beside the budget of
/// 2022 a page tells the accounts of 2021.
fn newest<'t>(texts: &'t [String], catalog: &Catalog) -> impl Iterator<Item = &'t String> {
    let words = &catalog.recognition;
    let year = |text: &String| {
        let plain = plain(text);
        let named = words.final_accounts.iter().chain(&words.budget).any(|word| plain.contains(word.as_str()));
        years(text).into_iter().max().filter(|_| named)
    };
    let newest = texts.iter().filter_map(year).max();
    texts.iter().filter(move |text| year(text).is_none_or(|year| Some(year) == newest))
}

/// What sentences with amounts speak of.
fn by_sentences(clues: &Clues, catalog: &Catalog) -> DocumentKind {
    let words = &catalog.recognition.sentences;
    if reports_performance(clues, catalog) {
        return DocumentKind::Final;
    }
    let texts: Vec<String> = clues.paragraphs.iter().filter(|text| amounts(text) > 0).cloned().collect();
    let bare = |text: &String| without(plain(text), &words.names);
    // Beside the budget of a year the accounts of the year before say nothing of what the page is.
    let newest: Vec<String> = newest(&texts, catalog).map(bare).collect();
    let texts: Vec<String> = texts.iter().map(bare).collect();
    let said =
        |texts: &[String], list: &[String]| texts.iter().map(|text| said(text, list, &words.against)).sum::<usize>();
    let (finals, budgets) = (said(&newest, &words.final_accounts), said(&texts, &words.budget));
    if finals + budgets == 0 {
        return if said(&texts, &words.money) > 0 { DocumentKind::Final } else { DocumentKind::Unknown };
    }
    if budgets > finals * BUDGETS_TO_FINAL { DocumentKind::Budget } else { DocumentKind::Final }
}

/// True below the title of a report on what was achieved: whatever budgets it names, it tells of what was spent.
fn reports_performance(clues: &Clues, catalog: &Catalog) -> bool {
    let words = &catalog.performance.words;
    let ends = |text: &str| words.report.iter().chain(&words.form).any(|word| text.ends_with(word.as_str()));
    let mut beginning = clues.cover.iter().chain(clues.paragraphs.iter().take(BEGINNING)).map(|text| plain(text));
    beginning.any(|text| headings::is_title(&text) && ends(&text))
}

/// How often a text says one of the words of something that is not compared with.
fn said(text: &str, words: &[String], against: &[String]) -> usize {
    let found = words.iter().flat_map(|word| text.match_indices(word.as_str()));
    found.filter(|(at, _)| !is_compared(text.get(..*at).unwrap_or_default(), BEFORE_WORD, against)).count()
}

/// True if the last characters of `before`, up to a mark, hold a word that compares.
fn is_compared(before: &str, length: usize, against: &[String]) -> bool {
    let tail: Vec<char> = before.chars().rev().take(length).take_while(|c| c.is_alphanumeric()).collect();
    let tail: String = tail.into_iter().rev().collect();
    against.iter().any(|word| tail.contains(word.as_str()))
}

/// True if a title at the beginning, and nothing that names accounts of a department, has one of these words.
pub(super) fn of_government(clues: &Clues, words: &[String], catalog: &Catalog) -> bool {
    let known = &catalog.recognition;
    let titles = clues.paragraphs.iter().take(BEGINNING).filter(|text| headings::is_title(&plain(text)));
    let titles: Vec<String> = clues.cover.iter().chain(titles).cloned().collect();
    let others = [&titles, &clues.headings].map(|texts| count(texts, &known.department) + count(texts, &known.unit));
    count(&titles, words) > 0 && others == [0, 0]
}

/// True if texts that name no accounts of a department tell of money that only governments have.
pub(super) fn is_of_government(clues: &Clues, catalog: &Catalog) -> bool {
    const ENOUGH: usize = 2;
    let known = &catalog.recognition;
    let texts = [&clues.cover, &clues.headings, &clues.paragraphs];
    let others: usize = texts.map(|texts| count(texts, &known.department) + count(texts, &known.unit)).iter().sum();
    if others > 0 {
        return false;
    }
    let texts: Vec<String> = texts.into_iter().flatten().map(|text| plain(text)).collect();
    let told = |word: &&String| texts.iter().any(|text| text.contains(word.as_str()));
    known.government.only.iter().filter(told).count() >= ENOUGH
}

/// A text without some words.
fn without(text: String, words: &[String]) -> String {
    words.iter().fold(text, |text, word| text.replace(word.as_str(), " "))
}

/// How many texts hold one of the words.
pub(super) fn count(texts: &[String], words: &[String]) -> usize {
    let holds = |text: &String| {
        let text = plain(text);
        words.iter().any(|word| text.contains(word.as_str()))
    };
    texts.iter().filter(|text| holds(text)).count()
}

/// Paragraphs that are the title of a document.
pub(super) fn titles(clues: &Clues, catalog: &Catalog) -> Vec<String> {
    clues.paragraphs.iter().filter(|text| is_title(text, catalog)).cloned().collect()
}

/// True for the title of a document: a year and what it is, and no sentence.
pub(super) fn is_title(text: &str, catalog: &Catalog) -> bool {
    let words = &catalog.recognition;
    let text = plain(text);
    let bare = without(text.clone(), &words.sentences.names);
    headings::is_title(&text)
        && !text.ends_with(|c: char| !c.is_alphanumeric() && c != ')')
        && !years(&text).is_empty()
        && words.final_accounts.iter().chain(&words.budget).any(|word| bare.contains(word.as_str()))
        && amounts(&text) == 0
}

/// Numbers with 元 or % behind them.
pub(super) fn amounts(text: &str) -> usize {
    let text = plain(text);
    let mut before = ' ';
    let mut count = 0;
    for c in text.chars() {
        count += usize::from(before.is_ascii_digit() && matches!(c, '万' | '亿' | '元' | '%' | '％'));
        before = c;
    }
    count
}

/// A year in a text.
struct Year {
    year: u16,
    /// True if the statement is of this year: neither a day nor what something is compared with.
    own: bool,
    /// True for the year of a day.
    dated: bool,
}

/// Every `2023年` in a text, also `二〇二三年`.
fn told_years(text: &str, against: &[String]) -> Vec<Year> {
    let digit = |c: char| numeral::digit(c).and_then(|digit| char::from_digit(digit, 10)).unwrap_or(c);
    let text: Vec<char> = plain(text).chars().collect();
    let chars: Vec<char> = text.iter().copied().map(digit).collect();
    let year = |(at, window): (usize, &[char])| {
        let [digits @ .., '年'] = window else { return None };
        let year: u16 = digits.iter().collect::<String>().parse().ok().filter(|year| YEARS.contains(year))?;
        let behind: String = chars.iter().skip(at + window.len()).take(3).collect();
        let dated = behind.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with('月');
        let before: String = text.iter().take(at).collect();
        Some(Year { year, own: !dated && !is_compared(&before, BEFORE_YEAR, against), dated })
    };
    chars.windows(5).enumerate().filter_map(year).collect()
}

/// Every year that a text names.
pub(super) fn years(text: &str) -> Vec<u16> {
    told_years(text, &[]).into_iter().map(|told| told.year).collect()
}

/// The year that a document is of: that of its cover and titles, else the one that most of its statements carry.
pub(super) fn year(clues: &Clues, catalog: &Catalog) -> u16 {
    let against = &catalog.recognition.sentences.against;
    let titles = titles(clues, catalog);
    for own in [true, false] {
        let told = |texts: &[String]| -> Vec<u16> {
            let years = texts.iter().flat_map(|text| told_years(text, against));
            years.filter(|told| told.own || !own).map(|told| told.year).collect()
        };
        for texts in [&clues.cover, &titles] {
            if let Some(year) = told(texts).into_iter().next() {
                return year;
            }
        }
        for texts in [&clues.captions, &clues.frames, &clues.headings, &clues.paragraphs] {
            if let Some(year) = behind_compared(texts, against).filter(|_| own) {
                return year;
            }
            let mut seen: BTreeMap<u16, usize> = BTreeMap::new();
            for year in told(texts) {
                *seen.entry(year).or_default() += 1;
            }
            if let Some((year, _)) = seen.into_iter().max_by_key(|(year, count)| (*count, *year)) {
                return year;
            }
        }
    }
    0
}

/// The year behind the one that the most statements compare with, if it is the newest that a statement is of and fewer are of
/// the year before: what a text tells besides of that does not make it one of that year.
fn behind_compared(texts: &[String], against: &[String]) -> Option<u16> {
    let (own, compared): (Vec<Year>, Vec<Year>) =
        texts.iter().flat_map(|text| told_years(text, against)).filter(|told| !told.dated).partition(|told| told.own);
    let mut seen: BTreeMap<u16, usize> = BTreeMap::new();
    for told in compared {
        *seen.entry(told.year).or_default() += 1;
    }
    let (before, count) = seen.into_iter().max_by_key(|(year, count)| (*count, *year))?;
    let newest = own.iter().map(|told| told.year).max()?;
    let told = own.iter().filter(|told| told.year == before).count();
    (newest == before + 1 && count > told).then_some(newest)
}

/// The year that the name of a file tells: `2023年`, or four digits alone in a name that tells of accounts or a budget.
pub(super) fn year_of_file(file: &str, catalog: &Catalog) -> u16 {
    let words = &catalog.recognition;
    let told = [file.to_owned()];
    let of_accounts = count(&told, &words.final_accounts) + count(&told, &words.budget) > 0;
    let alone = || {
        let runs = file.split(|c: char| !c.is_ascii_digit()).filter(|run| run.len() == 4 && of_accounts);
        runs.filter_map(|run| run.parse().ok()).find(|year| YEARS.contains(year))
    };
    years(file).first().copied().or_else(alone).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(paragraphs: &[&str]) -> (DocumentKind, u16) {
        let paragraphs = paragraphs.iter().map(|text| (*text).to_owned()).collect();
        let clues = Clues { paragraphs, ..Clues::default() };
        let catalog = Catalog::load(&[]).unwrap();
        (kind(&clues, &catalog).kind, year(&clues, &catalog))
    }

    #[test]
    fn a_page_without_a_title_is_what_its_sentences_speak_of() {
        let budget = ["2024年全县“三公”经费支出预算安排812万元，与2023年决算数相比减少6万元。"];
        assert_eq!(said(&budget), (DocumentKind::Budget, 2024));
        let accounts = ["2022年“三公”经费支出决算为12.5万元，完成预算的80%，比2021年决算数减少2万元。"];
        assert_eq!(said(&accounts), (DocumentKind::Final, 2022));
        let spent = [
            "2019年县级一般公共预算“三公”经费支出310万元。",
            "（一）公务接待费40万元，较2018年下降3%，较2017年下降9%。",
        ];
        assert_eq!(said(&spent), (DocumentKind::Final, 2019));
        assert_eq!(said(&["会议定于2024年3月1日召开，地点另行通知。"]).0, DocumentKind::Unknown);
    }

    #[test]
    fn what_was_spent_beside_the_budget_of_the_year_is_accounts() {
        let of = |headings: [&str; 2]| {
            let headings = headings.map(str::to_owned).to_vec();
            kind(&Clues { headings, ..Clues::default() }, &Catalog::load(&[]).unwrap()).kind
        };
        assert_eq!(of(["一、2024年“三公”经费预算", "二、2024年“三公”经费支出"]), DocumentKind::Final);
        assert_eq!(of(["一、2024年“三公”经费预算", "二、2023年“三公”经费支出"]), DocumentKind::Budget);
    }

    #[test]
    fn a_title_inside_the_text_tells_before_its_sentences() {
        let text = ["基本支出预算300万元，占95%；", "清河县图书馆2021年度部门决算", "2021年度支出合计310万元。"];
        assert_eq!(said(&text), (DocumentKind::Final, 2021));
    }

    #[test]
    fn the_year_is_the_one_behind_what_is_compared_with_whatever_else_is_told_of_that() {
        let text = [
            "根据财政局批复，2018年度本部门“三公”经费支出决算18.6万元。",
            "公务用车费12.4万元，与2017年相比减少2.6万元。2017年更新车辆1辆，2017年的购置费为8万元。",
            "公务接待费6.2万元，与2017年相比减少0.8万元。",
            "因公出国（境）费0万元，与2017年持平。",
        ];
        assert_eq!(said(&text), (DocumentKind::Final, 2018));
        let one =
            ["2010年“三公”经费决算数88.79万元。", "2010年接待费6万元。", "2011年接待费5.88万元，较2010年压缩2%。"];
        assert_eq!(said(&one).1, 2010);
        let older = ["2017年“三公”经费预算5万元。", "2016年支出6万元，较2015年减少1万元。", "2017年接待费3万元。"];
        assert_eq!(said(&older).1, 2017);
        let both = [
            "2021年全县“三公”经费决算数为1860.5万元。",
            "2022年全县“三公”经费预算数为1824万元，与2021年决算数相比减少36.5万元。",
        ];
        assert_eq!(said(&both), (DocumentKind::Budget, 2022));
    }
}

//! The performance part of a document: what the explanations, the reports and the forms say of each project and of the whole.
//!
//! In: a package whose document, and the figures of its text, are known (read or compiled). Out: its evaluations, with
//! every number among its figures. A number that was read before is not added again; what a report says of a project is
//! told there by the project's name. Deliberately not here: judging.
//!
//! - `passage` blocks as text with places; `title` titles of reports; `prose` labels and numbers of a text; `number` numbers
//! - [`results`] stretches that tell results of work; `formula` how values came about
//! - `form` forms with their lines; `list` lists of projects; `plain` forms without; `target` values of indicators
//! - `link` one name for a project; `book` the figures

mod book;
mod form;
mod formula;
mod link;
mod list;
mod number;
mod passage;
mod plain;
mod prose;
pub mod results;
mod target;
mod title;

use std::collections::BTreeMap;

use juesuan_catalog::{Catalog, PerformanceWords};
use juesuan_model::package::LaidOutSum;
use juesuan_model::{Evaluation, Package, Performance, Printed, Quantity, Stands, Table, Told, Topic};
use juesuan_text::{Ordinal, characters, plain};

use book::{Book, Number};
use form::{Above, Grid};
use passage::{Passage, Piece, Stretch};
use prose::{Kind, Labelled};
use results::Results;
use title::Title;

/// Most lines of one title.
const TITLE_LINES: usize = 3;
/// Longest line of a title that goes on, in characters.
const TITLE_LINE: usize = 45;

/// An evaluation whose end has not been seen.
#[derive(Debug)]
struct Open<'p> {
    stands: Stands,
    project: String,
    year: Option<u16>,
    title: Told,
    parts: Vec<(&'p Passage<'p>, usize, usize)>,
}

/// True if a table without a form of the catalogue is one of performance: a form, a list of projects, or one that tells how
/// results were made and are used.
pub(crate) fn knows(table: &Table, catalog: &Catalog) -> bool {
    let words = &catalog.performance.words;
    let grid = Grid::new(table);
    grid.is_form(words) || grid.tells(words)
}

/// Reads the performance part of a package into `package.performance`, its numbers into `package.figures` and the sums of
/// its lists into `package.sums`. What was there before in `package.performance` is replaced. Out: the stretches that tell
/// results of work, whose numbers are none of the accounts.
pub fn read(package: &mut Package, catalog: &Catalog) -> Vec<Results> {
    let pieces = passage::pieces(&package.document);
    let words = &catalog.performance.words;
    let mut book = Book::new(&mut package.figures);
    let mut results: Vec<Results> = Vec::new();
    let mut sums: Vec<LaidOutSum> = Vec::new();
    // What stands below forms, with their projects; and the project of the form that was read last.
    let mut notes: Vec<(String, String)> = Vec::new();
    let mut form: Option<String> = None;
    let mut out: Vec<Evaluation> = Vec::new();
    let mut open: Option<Open<'_>> = None;
    let close =
        |open: &mut Option<Open<'_>>, out: &mut Vec<Evaluation>, results: &mut Vec<Results>, book: &mut Book<'_>| {
            let read = open.take().and_then(|open| evaluation(open, catalog, book, out, results));
            out.extend(read);
        };
    let mut index = 0;
    while let Some(piece) = pieces.get(index) {
        let at = index;
        index += 1;
        let passage = match piece {
            Piece::Text(passage) => passage,
            Piece::Table(table) if table.form.is_empty() => {
                let mut grid = Grid::new(table);
                if !grid.is_form(words) {
                    continue;
                }
                while let Some(Piece::Table(next)) = pieces.get(index)
                    && next.form.is_empty()
                    && grid.goes_on(&Grid::new(next), words)
                {
                    grid.add(next);
                    index += 1;
                }
                let before = open.as_ref().filter(|open| open.stands == Stands::Form && open.parts.is_empty());
                let above = before.map(|open| Above {
                    told: open.title.clone(),
                    year: open.year,
                    project: open.project.clone(),
                });
                if above.is_some() {
                    open = None;
                }
                // What is still open speaks of a project that the form may be about.
                let project =
                    |stands, project: &String| Evaluation { stands, project: project.clone(), ..Evaluation::default() };
                let before = out.iter().map(|e| project(e.stands, &e.project));
                let before: Vec<Evaluation> =
                    before.chain(open.iter().map(|open| project(open.stands, &open.project))).collect();
                let (read, totals) = grid.read(words, above.as_ref(), &before, &mut book);
                out.extend(read);
                form = out.last().filter(|last| last.stands == Stands::Form).map(|last| last.project.clone());
                if let Some(form) = &form {
                    notes.extend(grid.notes(words).map(|note| (form.clone(), note)));
                }
                if let Some(totals) = totals {
                    let above = pieces.get(..at).unwrap_or_default();
                    results.extend(totals_told(above, &totals.printed));
                    sums.extend(totals.sums);
                }
                continue;
            }
            Piece::Table(_) => continue,
        };
        let text = passage.text.as_str().to_owned();
        if passage.level.is_none() && is_chart(&text, words) {
            continue;
        }
        if let Some(form) = form.as_ref().filter(|_| is_note(&text, words)) {
            notes.push((form.clone(), text));
            results.push(Results { aside: true, ..passage.results(0, passage.text.chars().len()) });
            continue;
        }
        if let Some((title, told, lines)) = title_at(&pieces, index - 1, catalog, &package.entity) {
            close(&mut open, &mut out, &mut results, &mut book);
            if !title.group {
                let Title { stands, year, project, .. } = title;
                open = Some(Open { stands, project, year, title: told, parts: Vec::new() });
            }
            index += lines - 1;
            continue;
        }
        let explains = passage.level.is_some_and(|level| level <= 1);
        let stops = words.ends.iter().any(|word| text.contains(plain(word).as_str()));
        if passage.level.is_some() && stops || passage.level == Some(0) {
            close(&mut open, &mut out, &mut results, &mut book);
        }
        if explains && !stops {
            let about = words.explained.iter().any(|word| text.contains(plain(word).as_str()));
            if about || open.as_ref().is_some_and(|open| open.stands == Stands::Summary) {
                close(&mut open, &mut out, &mut results, &mut book);
            }
            if about {
                open = Some(explanation(passage));
            }
        }
        // A summary of a project begins wherever its lead stands; a sentence each.
        let leads = leads(passage, words);
        let mut from = 0;
        for (start, name_end, behind) in &leads {
            if let Some(open) = &mut open {
                open.parts.push((passage, from, *start));
            }
            close(&mut open, &mut out, &mut results, &mut book);
            let name: String = passage.text.slice(*start..*name_end).iter().collect();
            let title = Told { text: name.clone(), place: passage.place(*start, *behind) };
            let (stands, year) = (Stands::Summary, None);
            open = Some(Open { stands, project: name, year, title, parts: Vec::new() });
            from = *behind;
        }
        if let Some(open) = &mut open {
            open.parts.push((passage, from, passage.text.chars().len()));
        }
    }
    close(&mut open, &mut out, &mut results, &mut book);
    formula::complete(&mut out, notes);
    package.performance = Performance { evaluations: out, ..Performance::default() };
    let known = |sum: &LaidOutSum| package.sums.iter().any(|other| other.total == sum.total);
    sums.retain(|sum| !known(sum));
    package.sums.extend(sums);
    results
}

/// True for what stands below a chart; of several charts each has its number behind: `…绩效指标完成程度（1）`.
fn is_chart(text: &str, words: &PerformanceWords) -> bool {
    let text = text.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '(' | ')'));
    words.charts.iter().any(|word| text.ends_with(word.as_str()))
}

/// True for what stands below a form: `计算过程：…`, also behind a mark: `注：计算过程：…`.
fn is_note(text: &str, words: &PerformanceWords) -> bool {
    text.split('：').take(2).any(|label| words.notes.iter().any(|word| word == label))
}

/// Numbers of the paragraphs right above a list that are those of its last line.
fn totals_told(above: &[Piece<'_>], totals: &[Printed]) -> Vec<Results> {
    let texts = above.iter().rev().map_while(|piece| match piece {
        Piece::Text(passage) if passage.level.is_none() => Some(passage),
        Piece::Text(_) | Piece::Table(_) => None,
    });
    let mut out = Vec::new();
    for passage in texts {
        let stretch = Stretch::of([(passage, 0, passage.text.chars().len())]);
        for found in number::all(&stretch.chars) {
            let same = |total: &Printed| {
                total.unit == found.printed.unit && total.digits_trimmed() == found.printed.digits_trimmed()
            };
            if totals.iter().any(same) {
                out.extend(stretch.results(found.start, found.end));
            }
        }
    }
    out
}

/// The section that explains performance speaks of the whole until a project is named.
fn explanation<'p>(passage: &'p Passage<'p>) -> Open<'p> {
    let title = Told { text: passage.text.as_str().to_owned(), place: passage.place(0, passage.text.chars().len()) };
    Open { stands: Stands::Summary, project: String::new(), year: None, title, parts: Vec::new() }
}

/// The title that begins with a piece: of one line, or of several that end in no mark.
fn title_at(
    pieces: &[Piece<'_>],
    at: usize,
    catalog: &Catalog,
    entity: &juesuan_model::Entity,
) -> Option<(Title, Told, usize)> {
    let Some(Piece::Text(first)) = pieces.get(at) else { return None };
    let mut joined = String::new();
    for lines in 1..=TITLE_LINES {
        let Some(Piece::Text(passage)) = pieces.get(at + lines - 1) else { return None };
        let line = passage.text.as_str().to_owned();
        let another = !begins_title(&joined) || begins_title(&line) || Ordinal::at(passage.text.chars()).is_some();
        if lines > 1 && another {
            return None;
        }
        joined.push_str(&line);
        if let Some(title) = title::title(&joined, &catalog.performance.words, entity) {
            let place = first.place(0, first.text.chars().len());
            return Some((title, Told { text: joined, place }, lines));
        }
        if line.chars().count() > TITLE_LINE || line.contains(['。', '；', '：']) {
            return None;
        }
    }
    None
}

/// True if a line can be the first of a title: it begins with a year.
fn begins_title(line: &str) -> bool {
    line.split_once('年').is_some_and(|(year, _)| year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()))
}

/// Leads of summaries in a passage: where the name begins, where it ends, and where the text begins.
fn leads(passage: &Passage<'_>, words: &PerformanceWords) -> Vec<(usize, usize, usize)> {
    let spellings: Vec<Vec<char>> = words.summary.iter().map(|word| characters(word)).collect();
    let chars = passage.text.chars();
    let mut out: Vec<(usize, usize, usize)> = Vec::new();
    for at in 0..chars.len() {
        if out.last().is_some_and(|(_, _, behind)| at < *behind) {
            continue;
        }
        let found = spellings.iter().filter(|word| number::at(chars, at, word)).max_by_key(|word| word.len());
        let Some(end) = found.map(|word| at + word.len()).filter(|end| chars.get(*end) == Some(&'：')) else {
            continue;
        };
        let floor = out.last().map_or(0, |(_, _, behind)| *behind);
        let before = chars.get(floor..at).unwrap_or_default();
        let start = before.iter().rposition(|c| *c == '。').map_or(floor, |i| floor + i + 1);
        let start = start + chars.get(start..at).and_then(Ordinal::at).map_or(0, |own| own.length);
        if start < at {
            out.push((start, at, end + 1));
        }
    }
    out
}

/// Reads what was collected; `None`: nothing is said there.
fn evaluation(
    open: Open<'_>,
    catalog: &Catalog,
    book: &mut Book<'_>,
    before: &[Evaluation],
    results: &mut Vec<Results>,
) -> Option<Evaluation> {
    let words = &catalog.performance.words;
    let stretch = Stretch::of(open.parts.iter().copied());
    let kind = if open.stands == Stands::Form { Kind::Form } else { Kind::Prose };
    let mut out = Evaluation { stands: open.stands, title: open.title, year: open.year, ..Evaluation::default() };
    let (says, labelled) = prose::texts(&stretch, kind, words);
    out.says = says;
    let whole = open.project.is_empty();
    let found = prose::quantities(&stretch, kind, whole, words);
    // What is left of a form without its lines is no text in which a label could be trusted so far.
    if kind == Kind::Prose {
        results.extend(of_work(&stretch, &labelled, &found));
    }
    if !whole {
        out.names.push(Told { text: open.project.clone(), place: out.title.place.clone() });
        out.names.extend(names_inside(&stretch, &found, &out, words));
        let names: Vec<String> = out.names.iter().map(|told| told.text.clone()).collect();
        out.project = link::known(before, out.stands, &names).unwrap_or(open.project);
    }
    for (quantity, found) in &found {
        let own = if whole { None } else { book::meaning(&out.project, *quantity) };
        let measure = own.as_ref().map_or_else(|| book::measure(*quantity), |(_, measure)| measure.clone());
        let id = stretch.figure(found.start).unwrap_or_else(|| {
            let place = stretch.place(found.start, found.end);
            book.enter(Number { printed: found.printed, meaning: own.map(|(meaning, _)| meaning), measure, place })
        });
        if whole && *quantity == Quantity::Rate {
            book.disown(id);
        }
        out.amounts.insert(*quantity, id);
    }
    if kind == Kind::Form {
        let end = stretch.chars.len();
        book.disown_between(&stretch.place(0, 1), &stretch.place(end.saturating_sub(2), end));
        let head = [Quantity::BasicTotal, Quantity::ProjectTotal];
        let head = head.iter().filter_map(|quantity| found.get(quantity)).map(|found| found.end).max();
        plain::complete(&stretch, head, &catalog.performance, book, &mut out);
    }
    grade(&stretch, catalog, &mut out);
    (!out.says.is_empty() || !out.amounts.is_empty() || !out.indicators.is_empty()).then_some(out)
}

/// What is told of work; of the causes why money was not spent, the amount that was not spent.
fn of_work(stretch: &Stretch<'_>, labelled: &[Labelled], found: &BTreeMap<Quantity, number::Found>) -> Vec<Results> {
    let money = |quantity| found.get(&quantity).and_then(|found: &number::Found| found.printed.money());
    let left = money(Quantity::FullYearBudget).zip(money(Quantity::Executed)).map(|(budget, spent)| budget - spent);
    let mut out = Vec::new();
    for Labelled { topic, aside, at } in labelled {
        if topic.is_none_or(results::of_work) {
            let own = stretch.results(at.start, at.end).into_iter();
            out.extend(own.map(|own| Results { aside: *aside, ..own }));
        }
        if let (Some(Topic::ExecutionCause), Some(left)) = (topic, left) {
            let cause = stretch.chars.get(at.clone()).unwrap_or_default();
            let own = number::all(cause).into_iter().filter(|one| {
                let same = Printed::from_money(left, one.printed.unit, one.printed.decimals);
                one.printed.money().is_some() && same == one.printed
            });
            out.extend(own.flat_map(|one| stretch.results(at.start + one.start, at.start + one.end)));
        }
    }
    out
}

/// The project's name where the text gives its money and where it names what is attached.
fn names_inside(
    stretch: &Stretch<'_>,
    found: &BTreeMap<Quantity, number::Found>,
    evaluation: &Evaluation,
    words: &PerformanceWords,
) -> Vec<Told> {
    let mut out = Vec::new();
    let execution = evaluation.says.get(&Topic::Execution).zip(found.get(&Quantity::FullYearBudget));
    if let Some((told, budget)) = execution {
        // 2023年度值班设备经费预算数15万: from the year to the word that introduces the number.
        let from = (0..budget.start).rev().find(|i| stretch.chars.get(*i) == Some(&'：')).map_or(0, |i| i + 1);
        let text = stretch.text(from, budget.start);
        let name = without_year(&text);
        let mut name = name;
        while let Some(rest) = words.behind_name.iter().find_map(|word| name.strip_suffix(word.as_str())) {
            name = rest;
        }
        if !name.is_empty() && !name.contains(['。', '，', '；']) {
            out.push(Told { text: name.to_owned(), place: told.place.clone() });
        }
    }
    out
}

/// 2023年度值班设备 → 值班设备.
fn without_year(text: &str) -> &str {
    let Some((year, rest)) = text.split_once('年') else { return text };
    if year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()) {
        rest.strip_prefix('度').unwrap_or(rest)
    } else {
        text
    }
}

/// 自评结果为优: the grade that stands behind the score.
fn grade(stretch: &Stretch<'_>, catalog: &Catalog, out: &mut Evaluation) {
    let text = stretch.text(0, stretch.chars.len());
    let words = catalog.performance.words.grade.iter();
    let found = words.filter_map(|word| {
        let word: String = plain(word);
        let at = text.find(word.as_str())?;
        let behind = text.get(at + word.len()..)?.trim_start_matches(['“', '：', '为', '是', '(']);
        let grade: String = behind.chars().take_while(|c| c.is_alphabetic()).take(3).collect();
        Some((at, grade))
    });
    if let Some((_, grade)) = found.min_by_key(|(at, _)| *at) {
        let place = out.title.place.clone();
        out.says.entry(Topic::Grade).or_insert(Told { text: grade, place });
    }
}

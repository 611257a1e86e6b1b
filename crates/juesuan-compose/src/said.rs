//! What a text says of an evaluation, gathered while it is written: its numbers, and its texts by what they are about.
//!
//! In: each paragraph as it is printed, with what the marks of its sentences announced. Out: an [`Evaluation`] without
//! indicators, its texts in the form in which texts are compared.

use juesuan_catalog::performance::words::CauseWords;
use juesuan_model::{Evaluation, Place, Quantity, Stands, Told, Topic};
use juesuan_text::{Text, plain};

use crate::narrate::line::{Announcement, Line};

/// Longest quotation in a place, in characters.
pub(crate) const QUOTED: usize = 60;
/// Ends of sentences, as compared; a label stands behind one.
const STOPS: [char; 2] = ['。', '；'];
/// What a text does not begin with.
const BETWEEN: [char; 3] = ['：', '。', '，'];

/// An evaluation while its text is written.
#[derive(Debug)]
pub(crate) struct Saying<'c> {
    evaluation: Evaluation,
    /// Heading above the text.
    section: String,
    /// Which causes are texts inside others.
    causes: &'c [CauseWords],
    /// The text that is being written, and a cause inside it.
    open: Vec<Open>,
}

/// A text that is being written.
#[derive(Debug)]
struct Open {
    topic: Topic,
    text: String,
    /// Where its first word stands; before that, where it was announced.
    place: Place,
    begun: bool,
}

impl<'c> Saying<'c> {
    /// Of the whole (an empty name) or a project, below a heading.
    pub(crate) fn new(stands: Stands, project: &str, section: &str, causes: &'c [CauseWords]) -> Saying<'c> {
        let evaluation = Evaluation { stands, project: plain(project), ..Evaluation::default() };
        Saying { evaluation, section: section.to_owned(), causes, open: Vec::new() }
    }

    /// Its title, the year in it, and the name of its project as printed there.
    pub(crate) fn title(&mut self, title: &str, quoted: &str, year: Option<u16>) {
        let place = self.place(&Text::new(quoted), 0);
        let own = &mut self.evaluation;
        own.title = Told { text: plain(title), place };
        own.year = year;
        if !own.is_whole() {
            own.names.push(Told { text: own.project.clone(), place: own.title.place.clone() });
        }
    }

    /// True if it is what is said of this project; empty: of the whole.
    pub(crate) fn is_of(&self, project: &str) -> bool {
        self.evaluation.project == plain(project)
    }

    /// A heading: what was said before it ends; what stands below it may be about something.
    pub(crate) fn heading(&mut self, line: &str, topic: Option<Topic>) {
        self.end();
        let text = Text::new(line);
        self.open.extend(topic.map(|topic| self.announced(topic, &text, text.chars().len())));
    }

    /// A paragraph as it was printed.
    pub(crate) fn paragraph(&mut self, line: &Line) {
        let text = Text::new(&line.printed());
        let (mut from, mut led) = (0, true);
        for (at, announcement) in &line.announced {
            let at = text.compared_at(*at);
            match announcement {
                Announcement::Number(quantity, id) => {
                    self.evaluation.amounts.entry(*quantity).or_insert(*id);
                }
                Announcement::Word(topic, word) => {
                    let told = Told { text: plain(word), place: self.evaluation.title.place.clone() };
                    self.evaluation.says.entry(*topic).or_insert(told);
                }
                Announcement::Text(topic) if self.is_inside(*topic) => {
                    self.write(&text, from, at);
                    self.open.push(self.announced(*topic, &text, at));
                    from = at;
                }
                Announcement::Text(topic) => {
                    // What stands before the first label of a paragraph is no text; before the next, the label itself is none.
                    let sentences = text.slice(from..at.saturating_sub(1));
                    let stop = sentences.iter().rposition(|c| STOPS.contains(c)).map_or(from, |stop| from + stop + 1);
                    if !led {
                        self.write(&text, from, stop);
                    }
                    self.end();
                    self.open.push(self.announced(*topic, &text, at));
                    (from, led) = (at, false);
                }
            }
        }
        self.write(&text, from, text.chars().len());
    }

    /// The project's name once more, where its money is told.
    pub(crate) fn names_project(&mut self) {
        self.end();
        let own = &mut self.evaluation;
        let told = own.says.get(&Topic::Execution).filter(|_| own.amounts.contains_key(&Quantity::FullYearBudget));
        if let Some(told) = told {
            own.names.push(Told { text: own.project.clone(), place: told.place.clone() });
        }
    }

    /// The evaluation; `None`: nothing is said.
    pub(crate) fn finish(mut self) -> Option<Evaluation> {
        self.end();
        let own = self.evaluation;
        (!own.says.is_empty() || !own.amounts.is_empty()).then_some(own)
    }

    /// True for a cause of what the open text is about.
    fn is_inside(&self, topic: Topic) -> bool {
        let outer = self.open.first().map(|open| open.topic);
        self.causes.iter().any(|cause| cause.gives == topic && Some(cause.topic) == outer)
    }

    fn announced(&self, topic: Topic, text: &Text<'_>, at: usize) -> Open {
        Open { topic, text: String::new(), place: self.place(text, at), begun: false }
    }

    fn place(&self, text: &Text<'_>, at: usize) -> Place {
        let section = Some(self.section.clone()).filter(|section| !section.is_empty());
        Place { section, quote: Some(text.sentence(at, QUOTED)), ..Place::default() }
    }

    /// Adds compared characters to what is open.
    fn write(&mut self, text: &Text<'_>, from: usize, to: usize) {
        let chars = text.slice(from..to);
        let first = chars.iter().position(|c| c.is_alphanumeric()).map(|at| self.place(text, from + at));
        for open in &mut self.open {
            open.text.extend(chars);
            if let (false, Some(place)) = (open.begun, &first) {
                open.place.clone_from(place);
                open.begun = true;
            }
        }
    }

    /// What is open is complete; of several about one thing the first counts that says something.
    pub(crate) fn end(&mut self) {
        for Open { topic, text, place, .. } in std::mem::take(&mut self.open) {
            let told = Told { text: text.trim_start_matches(BETWEEN).to_owned(), place };
            let first = self.evaluation.says.get(&topic).is_none_or(|first| first.text.is_empty());
            if first {
                self.evaluation.says.insert(topic, told);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::narrate::line::Bit;
    use juesuan_catalog::Announced;
    use juesuan_model::Package;

    fn line(pieces: &[(Option<Topic>, &str)]) -> Line {
        let bits = pieces.iter().flat_map(|(topic, text)| {
            let mark = topic.map(|topic| Bit::Announced(Announced::Text(topic)));
            mark.into_iter().chain([Bit::Text((*text).to_owned())])
        });
        Line::commit(bits.collect(), "一、绩效", &mut Package::default())
    }

    fn said(causes: &[CauseWords], write: impl FnOnce(&mut Saying)) -> Vec<(Topic, String)> {
        let mut saying = Saying::new(Stands::Report, "甲", "一、绩效", causes);
        write(&mut saying);
        let evaluation = saying.finish().unwrap_or_default();
        evaluation.says.into_iter().map(|(topic, told)| (topic, told.text)).collect()
    }

    #[test]
    fn labels_are_no_part_of_the_texts_around_them() {
        let texts = said(&[], |saying| {
            saying.paragraph(&line(&[
                (None, "甲项目自评综述：执行数5万元。主要产出："),
                (Some(Topic::Output), "修路；修桥。问题："),
                (Some(Topic::Problems), "晚了。"),
            ]));
            saying.paragraph(&line(&[(None, "（2）又晚了。")]));
            saying.heading("二、其他", None);
            saying.paragraph(&line(&[(None, "无关。")]));
        });
        let expected = [(Topic::Output, "修路；修桥。"), (Topic::Problems, "晚了。(2)又晚了。")];
        assert_eq!(texts, expected.map(|(topic, text)| (topic, text.to_owned())));
    }

    #[test]
    fn a_cause_stands_inside_what_it_explains_and_the_first_text_that_says_something_counts() {
        let causes =
            [CauseWords {
                topic: Topic::Execution, gives: Topic::ExecutionCause, words: vec!["偏移原因".to_owned()]
            }];
        let texts = said(&causes, |saying| {
            saying.heading("一、结果应用", Some(Topic::Use));
            saying.heading("（一）预算", Some(Topic::Use));
            saying.paragraph(&line(&[(None, "核减预算。")]));
            saying.heading("（二）公开", Some(Topic::Use));
            saying.paragraph(&line(&[(None, "随决算公开。")]));
            saying.paragraph(&line(&[
                (None, "1.执行率情况："),
                (Some(Topic::Execution), "执行数5万元。偏移原因："),
                (Some(Topic::ExecutionCause), "节约。"),
            ]));
        });
        let expected = [
            (Topic::Execution, "执行数5万元。偏移原因：节约。"),
            (Topic::ExecutionCause, "节约。"),
            (Topic::Use, "核减预算。"),
        ];
        assert_eq!(texts, expected.map(|(topic, text)| (topic, text.to_owned())));
    }
}

//! What a name in a template is worth.

use juesuan_catalog::names::compared_with;
use juesuan_catalog::report::JOINTS;
use juesuan_model::{Cited, Difference, Message, Printed, Said, Subject};

use super::figure::{Seen, whereabouts};
use super::sentence::Sentence;
use super::{is_percent, subject, sum};

/// How several values are joined where the template does not say.
const USUAL_JOINT: &str = "、";
/// The joints of values that are put in quotation marks each.
const QUOTED: [&str; 2] = ["引号", "引号或"];

/// A property, and the way in which several values are joined.
pub(super) fn split(property: &str) -> (&str, Option<&str>) {
    let is_joint = |word: &str| JOINTS.iter().any(|(joint, _)| *joint == word);
    match property.rsplit_once('.') {
        Some((property, joint)) if is_joint(joint) => (property, Some(joint)),
        None if is_joint(property) => ("", Some(property)),
        _ => (property, None),
    }
}

/// A value in words; `None` where it has no such property.
pub(super) fn told(sentence: &Sentence<'_>, said: &Said, property: &str, joint: Option<&str>) -> Option<String> {
    let teller = sentence.teller;
    match said {
        Said::Figure(cited) => seen(sentence, cited)?.property(teller, property),
        Said::Subject(of) => of_subject(sentence, of, property),
        Said::Printed(printed) => of_printed(*printed, property),
        Said::Difference(Difference(gap)) => Some(apart(*gap)),
        Said::Count(count) => Some(count.to_string()),
        Said::Words(text) | Said::Name(text) => Some(text.clone()),
        Said::Place(place) => match property {
            "节" => place.section.clone(),
            "表" => place.table.clone(),
            "行" => place.row.clone(),
            "列" => place.column.clone(),
            _ => Some(whereabouts(place, teller)),
        },
        Said::Against(against) => Some(compared_with(*against).to_owned()),
        Said::Relation(id) => {
            let relation = teller.by_id(*id)?;
            Some(teller.sentence_of(relation).after(&before(sentence)))
        }
        Said::Message(message) => Some(nested(sentence, message).told()),
        Said::List(all) => {
            let each: Vec<String> = all.iter().filter_map(|said| told(sentence, said, property, None)).collect();
            if each.is_empty() {
                return None;
            }
            let word = JOINTS.iter().find(|(own, _)| Some(*own) == joint).map_or(USUAL_JOINT, |(_, word)| *word);
            let each: Vec<String> = match joint {
                Some(joint) if QUOTED.contains(&joint) => each.into_iter().map(|text| format!("“{text}”")).collect(),
                _ => each,
            };
            Some(each.join(word))
        }
    }
}

fn nested<'s>(sentence: &Sentence<'s>, message: &'s Message) -> Sentence<'s> {
    Sentence::new(sentence.teller, sentence.code, message, sentence.relation)
}

/// What a sentence about a figure has said when it comes to the relation: its place, its name, what stands there.
fn before(sentence: &Sentence<'_>) -> Vec<String> {
    let Some(Said::Figure(cited)) = sentence.message.value("数") else { return Vec::new() };
    let Some(figure) = seen(sentence, cited) else { return Vec::new() };
    let teller = sentence.teller;
    let (place, label) = (figure.whereabouts(teller), figure.label(teller));
    vec![format!("{place} {label}"), place, label, figure.stands(teller)]
}

fn seen<'s>(sentence: &Sentence<'s>, cited: &'s Cited) -> Option<Seen<'s>> {
    match cited {
        Cited::Own(id) => Seen::own(*id, sentence.teller),
        Cited::Shown(figure) => Some(Seen::shown(figure)),
    }
}

fn of_subject(sentence: &Sentence<'_>, of: &Subject, _property: &str) -> Option<String> {
    Some(subject::words(of, sentence.teller))
}

fn of_printed(printed: Printed, property: &str) -> Option<String> {
    Some(match property {
        "数" => printed.digits(),
        "单位" => printed.unit.word().to_owned(),
        _ => printed.to_string(),
    })
}

/// How far two values are apart: percentages by percentage points.
pub(super) fn apart(gap: Printed) -> String {
    if is_percent(gap.unit) { format!("{}个百分点", gap.digits()) } else { gap.to_string() }
}

/// What follows from the relation itself, and the title of its rule.
pub(super) fn of_relation(sentence: &Sentence<'_>, name: &str) -> Option<String> {
    if name == "规则" {
        return sentence.teller.entry(sentence.code).map(|entry| entry.title.to_owned());
    }
    sum::part(sentence.relation?, name, sentence.teller)
}

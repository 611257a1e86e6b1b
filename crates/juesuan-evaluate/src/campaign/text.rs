//! Texts with places for counts: `召开会议{会议次数}次`.

use std::collections::BTreeMap;

use juesuan_catalog::near::nearest;
use juesuan_catalog::template::{Filling, Lack, Name, Template, Values};
use juesuan_facts::Performance;
use juesuan_model::{Number, Place, Printed, Problem, Topic, Unit};
use juesuan_text::{plain, unit};

use super::compute::Computing;
use super::project::Projects;

/// A text with the counts that it quotes.
pub type Text = Vec<Piece>;

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "a text has few pieces")]
pub enum Piece {
    /// As it was entered.
    Text(String),
    /// A number that registers give.
    Count {
        /// Key of the count.
        key: String,
        /// The number.
        printed: Printed,
        /// The register.
        place: Place,
    },
}

impl From<&str> for Piece {
    fn from(text: &str) -> Piece {
        Piece::Text(text.to_owned())
    }
}

/// The text as it reads.
pub fn shown(text: &[Piece]) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Count { printed, .. } => printed.digits_trimmed(),
    };
    text.iter().map(piece).collect()
}

/// Digits behind the point of a count that is no whole number.
const DECIMALS: u8 = 2;

/// The texts of each subject by topic, in the order of the inputs; the whole has no name.
pub fn texts(
    rows: &Performance,
    projects: &Projects,
    computing: &Computing,
    problems: &mut Vec<Problem>,
) -> BTreeMap<String, BTreeMap<Topic, Vec<Text>>> {
    let mut texts: BTreeMap<String, BTreeMap<Topic, Vec<Text>>> = BTreeMap::new();
    for row in rows.texts.iter().flatten() {
        let name = projects.name(&row.project);
        if projects.secret.contains(&name) {
            continue;
        }
        let text = filled(&row.content, &row.place, computing, problems);
        texts.entry(name).or_default().entry(row.topic).or_default().push(text);
    }
    texts
}

/// What the counts in a text stand for.
struct Counts<'c>(&'c Computing<'c>);

impl Values for Counts<'_> {
    type Filled = Piece;

    fn value(&self, name: &Name) -> Filling<Piece> {
        let key = name.to_string();
        count(&key, self.0).map(|count| vec![count]).map_err(|_| vec![Piece::Text(format!("{{{key}}}"))])
    }
}

/// The text with its counts. What no count is called stays as it stands, and is named.
fn filled(content: &str, place: &Place, computing: &Computing, problems: &mut Vec<Problem>) -> Text {
    let (template, fault) = Template::entered(content);
    for name in template.names() {
        let key = name.to_string();
        if let Err(fault) = count(&key, computing) {
            problems.push(Problem::contradiction(place.clone(), format!("“{{{key}}}”{fault}")));
        }
    }
    problems.extend(fault.map(|fault| Problem::contradiction(place.clone(), fault)));
    template.fill(&Counts(computing), Lack::Marked).unwrap_or_default()
}

fn count(key: &str, computing: &Computing) -> Result<Piece, String> {
    match computing.count(key) {
        Some(count) => {
            let printed = printed(count.value, &count.unit).ok_or("的数大得不能印出；请核对登记表")?;
            Ok(Piece::Count { key: key.to_owned(), printed, place: count.place })
        }
        None if computing.is_count(key) => Err(format!("的数还不知道：{}", computing.why(key))),
        None => {
            let near = nearest(key, computing.count_names().iter().map(String::as_str));
            Err(format!("没有这个计数{near}；可以用 juesuan indicators 查找，或把数直接写进文字"))
        }
    }
}

/// A count as it is printed: whole numbers without a point.
pub fn printed(value: Number, unit: &str) -> Option<Printed> {
    let kind = unit::named(&plain(unit)).unwrap_or(Unit::Piece);
    let mut printed = value.printed(kind, DECIMALS)?;
    while printed.decimals > 0 && printed.mantissa % 10 == 0 {
        printed.mantissa /= 10;
        printed.decimals -= 1;
    }
    Some(printed)
}

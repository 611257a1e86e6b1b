//! A message by its template.

use juesuan_catalog::template::{Filling, Lack, Name, Piece, Template, Values};
use juesuan_model::{Message, Relation};

use super::Teller;
use super::value;

/// Stands where a template asks for what its message does not give.
const LACKING: &str = "……";

/// A message of a law or rule, with the relation that it is of.
#[derive(Clone, Copy)]
pub(super) struct Sentence<'t> {
    pub(super) teller: &'t Teller<'t>,
    pub(super) code: &'t str,
    pub(super) message: &'t Message,
    pub(super) relation: Option<&'t Relation>,
    /// Names that are left out, because what they say stands before the sentence.
    omitted: &'t [Name],
}

impl<'t> Sentence<'t> {
    pub(super) const fn new(
        teller: &'t Teller<'t>,
        code: &'t str,
        message: &'t Message,
        relation: Option<&'t Relation>,
    ) -> Sentence<'t> {
        Sentence { teller, code, message, relation, omitted: &[] }
    }

    /// The sentence.
    pub(super) fn told(self) -> String {
        self.after(&[])
    }

    /// The sentence without the stretches at its beginning that say what was said already.
    pub(super) fn after(self, said: &[String]) -> String {
        let entry = self.teller.entry(self.code);
        if self.message.says.is_empty() {
            return entry.map_or_else(String::new, |entry| entry.title.to_owned());
        }
        let own = entry.and_then(|entry| entry.says.get(self.message.says.as_ref()));
        let template = own.or_else(|| self.teller.catalog.report.says.get(self.message.says.as_ref()));
        let Some(template) = template else { return format!("{LACKING}（{}）", self.message.says) };
        let omitted = self.repeated(template, said);
        Sentence { omitted: &omitted, ..self }.by(template)
    }

    /// The message by a template of its own.
    pub(super) fn by(self, template: &Template) -> String {
        template.fill(&self, Lack::Word(LACKING)).map(|pieces| pieces.concat()).unwrap_or_default()
    }

    /// The names in the stretches at the beginning whose values were said already.
    fn repeated(&self, template: &Template, said: &[String]) -> Vec<Name> {
        let mut out = Vec::new();
        if said.is_empty() {
            return out;
        }
        for piece in template.pieces() {
            let Piece::Optional(inside) = piece else { break };
            let names =
                inside.iter().filter_map(|piece| if let Piece::Value(name) = piece { Some(name) } else { None });
            let repeats = |name: &&Name| self.value(name).is_ok_and(|pieces| said.contains(&pieces.concat()));
            match names.clone().find(repeats) {
                Some(name) => out.push(name.clone()),
                None if names.clone().any(|name| self.value(name).is_ok()) => break,
                None => {}
            }
        }
        out
    }
}

impl Values for Sentence<'_> {
    type Filled = String;

    fn value(&self, name: &Name) -> Filling<String> {
        if self.omitted.contains(name) {
            return Err(Vec::new());
        }
        let (property, joint) = value::split(&name.property);
        let text = match self.message.value(&name.name) {
            Some(said) => value::told(self, said, property, joint),
            None => value::of_relation(self, &name.name),
        };
        text.map(|text| vec![text]).ok_or_else(Vec::new)
    }
}

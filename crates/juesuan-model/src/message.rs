//! A sentence as data: the key of a template and the values that are put into it.
//!
//! The templates are words of the field and stand in the catalogue, under `[says]` of a rule, of a law, or of all of them;
//! the sentence is made where it is printed.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::figure::Cited;
use crate::finding::Difference;
use crate::meaning::Meaning;
use crate::measure::{Against, Measure};
use crate::place::Place;
use crate::printed::Printed;
use crate::relation::RelationId;

/// A key of a template, or a name in it.
pub type Word = Cow<'static, str>;

/// What a figure is a figure of, in a document of the year.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Subject {
    /// Of what; the year and the stage of the document are left out.
    pub meaning: Meaning,
    /// Which property of it.
    pub measure: Measure,
    /// Fiscal year of the document, which says what the codes are called; 0 where it is not known.
    pub year: u16,
}

/// A sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Key of the template; empty: the title of the rule.
    pub says: Word,
    /// What is put into it, by the names that the template uses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<(Word, Said)>,
}

/// A value of a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    /// A figure that is printed somewhere.
    Figure(Cited),
    /// What a figure is a figure of.
    Subject(Box<Subject>),
    /// A value that was computed.
    Printed(Printed),
    /// How far two values are apart.
    Difference(Difference),
    /// A number of things.
    Count(usize),
    /// Words of the document.
    Words(String),
    /// A name of the catalogue or of the document: a code, a table, a body, a project.
    Name(String),
    /// Where.
    Place(Box<Place>),
    /// What is compared with.
    Against(Against),
    /// A relation, in its own words.
    Relation(RelationId),
    /// Another sentence, or a part of this one.
    Message(Box<Message>),
    /// Several of them.
    List(Vec<Said>),
}

impl Message {
    /// The sentence with this key.
    pub fn new(says: impl Into<Word>) -> Message {
        Message { says: says.into(), values: Vec::new() }
    }

    /// The title of the rule.
    pub fn title() -> Message {
        Message::default()
    }

    /// The same with a value.
    #[must_use]
    pub fn with(mut self, name: impl Into<Word>, said: impl Into<Said>) -> Message {
        self.values.push((name.into(), said.into()));
        self
    }

    /// The same with a value, if there is one; a template has it in an optional stretch.
    #[must_use]
    pub fn with_some(self, name: impl Into<Word>, said: Option<impl Into<Said>>) -> Message {
        match said {
            Some(said) => self.with(name, said),
            None => self,
        }
    }

    /// The value of a name.
    pub fn value(&self, name: &str) -> Option<&Said> {
        self.values.iter().find(|(own, _)| own == name).map(|(_, said)| said)
    }
}

impl Said {
    /// Several values of one kind.
    pub fn list<T: Into<Said>>(all: impl IntoIterator<Item = T>) -> Said {
        Said::List(all.into_iter().map(Into::into).collect())
    }

    /// A name.
    pub fn name(name: impl Into<String>) -> Said {
        Said::Name(name.into())
    }

    /// Words of the document.
    pub fn words(words: impl Into<String>) -> Said {
        Said::Words(words.into())
    }
}

impl From<Cited> for Said {
    fn from(figure: Cited) -> Said {
        Said::Figure(figure)
    }
}

impl From<crate::figure::FigureId> for Said {
    fn from(id: crate::figure::FigureId) -> Said {
        Said::Figure(Cited::Own(id))
    }
}

impl From<Subject> for Said {
    fn from(subject: Subject) -> Said {
        Said::Subject(Box::new(subject))
    }
}

impl From<Printed> for Said {
    fn from(printed: Printed) -> Said {
        Said::Printed(printed)
    }
}

impl From<Difference> for Said {
    fn from(difference: Difference) -> Said {
        Said::Difference(difference)
    }
}

impl From<usize> for Said {
    fn from(count: usize) -> Said {
        Said::Count(count)
    }
}

impl From<Place> for Said {
    fn from(place: Place) -> Said {
        Said::Place(Box::new(place))
    }
}

impl From<&Place> for Said {
    fn from(place: &Place) -> Said {
        Said::Place(Box::new(place.clone()))
    }
}

impl From<Against> for Said {
    fn from(against: Against) -> Said {
        Said::Against(against)
    }
}

impl From<RelationId> for Said {
    fn from(relation: RelationId) -> Said {
        Said::Relation(relation)
    }
}

impl From<Message> for Said {
    fn from(message: Message) -> Said {
        Said::Message(Box::new(message))
    }
}

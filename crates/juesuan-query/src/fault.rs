//! What is wrong with a question: what the engine says, told in the words of the catalogue with its place.

use datafusion::common::SchemaError;
use datafusion::error::DataFusionError;
use datafusion::sql::sqlparser::parser::ParserError;
use juesuan_catalog::near::nearest;
use juesuan_catalog::{QueryWords, filled};

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What kind of fault.
    pub kind: Kind,
    /// Line and character, counted from 1.
    pub place: Option<(u64, u64)>,
}

/// Kinds of faults.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// No question at all.
    Nothing,
    /// More than one.
    Several,
    /// It would change something.
    ReadOnly,
    /// No SQL: what the parser says.
    Syntax(String),
    /// No such column: its name, and names that are near.
    Column(String, String),
    /// No such table.
    Table(String, String),
    /// No such function.
    Function(String, String),
    /// A name that stands for several columns.
    Ambiguous(String),
    /// Anything else that the engine says.
    Other(String),
}

/// What the engine writes before the names of tables.
const HOME: &str = "datafusion.public.";
/// What it says of plans that would change something.
const UNSUPPORTED: &str = " not supported: ";
/// What the parser writes before a place.
const AT: &str = " at Line: ";
const COLUMN: &str = ", Column: ";

impl Fault {
    /// A fault of the whole question.
    pub(crate) fn whole(kind: Kind) -> Fault {
        Fault { kind, place: None }
    }

    /// What the engine says of a question; `tables` are those that there are. `None` where the question is not at fault.
    pub(crate) fn of(error: &DataFusionError, tables: &[String]) -> Option<Fault> {
        let place = error.diagnostic().and_then(|told| told.span).map(|span| (span.start.line, span.start.column));
        let kind = match inner(error) {
            DataFusionError::SQL(fault, _) => return Some(Fault::syntax(fault)),
            DataFusionError::SchemaError(fault, _) => match fault.as_ref() {
                SchemaError::FieldNotFound { field, valid_fields } => {
                    let near = nearest(&field.name, valid_fields.iter().map(|field| field.name.as_str()));
                    Kind::Column(field.name.clone(), near)
                }
                SchemaError::AmbiguousReference { field } => Kind::Ambiguous(field.name.clone()),
                other => Kind::Other(other.to_string()),
            },
            DataFusionError::Plan(told) => planned(told, tables),
            DataFusionError::NotImplemented(told) | DataFusionError::Execution(told) => Kind::Other(told.clone()),
            DataFusionError::ArrowError(fault, _) => Kind::Other(fault.to_string()),
            _ => return None,
        };
        Some(Fault { kind, place })
    }

    fn syntax(fault: &ParserError) -> Fault {
        let told = match fault {
            ParserError::TokenizerError(told) | ParserError::ParserError(told) => told.clone(),
            ParserError::RecursionLimitExceeded => fault.to_string(),
        };
        let split = told.split_once(AT).and_then(|(told, place)| {
            let (line, column) = place.split_once(COLUMN)?;
            let column = column.split(|c: char| !c.is_ascii_digit()).next()?;
            Some((told.to_owned(), (line.parse().ok()?, column.parse().ok()?)))
        });
        match split {
            Some((told, place)) => Fault { kind: Kind::Syntax(told), place: Some(place) },
            None => Fault::whole(Kind::Syntax(told)),
        }
    }

    /// For people, in the words of the catalogue.
    pub fn told(&self, words: &QueryWords) -> String {
        let refused = &words.refused;
        let named = |text: &str, name: &str, near: &str| filled(text, &[("name", name), ("near", near)]);
        let told = match &self.kind {
            Kind::Nothing => refused.nothing.clone(),
            Kind::Several => refused.one.clone(),
            Kind::ReadOnly => refused.read_only.clone(),
            Kind::Syntax(fault) => filled(&refused.syntax, &[("fault", fault)]),
            Kind::Column(name, near) => named(&refused.column, name, near),
            Kind::Table(name, near) => named(&refused.table, name, near),
            Kind::Function(name, near) => named(&refused.function, name, near),
            Kind::Ambiguous(name) => named(&refused.ambiguous, name, ""),
            Kind::Other(fault) => filled(&refused.other, &[("fault", fault)]),
        };
        let place = self.place.map(|(line, column)| {
            filled(&refused.place, &[("line", &line.to_string()), ("column", &column.to_string())])
        });
        place.unwrap_or_default() + &told
    }
}

/// The error itself, without what stands around it.
fn inner(error: &DataFusionError) -> &DataFusionError {
    match error {
        DataFusionError::Context(_, inside) | DataFusionError::Diagnostic(_, inside) => inner(inside),
        DataFusionError::Shared(inside) => inner(inside),
        DataFusionError::Collection(all) => all.first().map_or(error, inner),
        _ => error,
    }
}

/// Faults that the planner has only in its own words.
fn planned(told: &str, tables: &[String]) -> Kind {
    let quoted = || told.split('\'').nth(1).unwrap_or_default().to_owned();
    if told.starts_with("table '") && told.contains("not found") {
        let name = quoted();
        let name = name.strip_prefix(HOME).unwrap_or(&name).to_owned();
        let near = nearest(&name, tables.iter().map(String::as_str));
        return Kind::Table(name, near);
    }
    if told.starts_with("Invalid function '") {
        let meant = told.split('\'').nth(3).unwrap_or_default();
        let near = nearest(meant, std::iter::once(meant));
        return Kind::Function(quoted(), near);
    }
    if told.contains(UNSUPPORTED) {
        return Kind::ReadOnly;
    }
    Kind::Other(told.lines().next().unwrap_or(told).to_owned())
}

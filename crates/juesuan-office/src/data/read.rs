//! What was recognised of documents as data.

use juesuan_model::{Claim, DocumentKind, Entity, Figure, Place, Problem};
use juesuan_recognize::Trace;
use serde::Serialize;

use super::tables::{TableData, tables};
use crate::documents::Seen;

/// All documents of a run, in the order in which they were found.
#[derive(Debug, Default, Serialize)]
pub struct ReadDocuments {
    documents: Vec<Document>,
}

impl ReadDocuments {
    /// Adds a document that was read.
    pub fn push(&mut self, seen: Seen) {
        self.documents.push(Document {
            file: seen.file,
            pages: seen.pages,
            kind: seen.package.kind,
            tables: tables(&seen.package),
            entity: seen.package.entity,
            figures: seen.package.figures,
            claims: seen.package.claims,
            unread: seen.unread.into_iter().map(|(place, message)| Unread { place, message }).collect(),
            problems: seen.problems,
            trace: seen.trace,
        });
    }

    /// Adds a document that could not be read.
    pub fn push_refused(&mut self, problem: Problem) {
        self.documents.push(Document {
            file: problem.place.file.clone().unwrap_or_default(),
            pages: 0,
            kind: DocumentKind::Unknown,
            entity: Entity::default(),
            tables: Vec::new(),
            figures: Vec::new(),
            claims: Vec::new(),
            unread: Vec::new(),
            problems: vec![problem],
            trace: None,
        });
    }
}

#[derive(Debug, Serialize)]
struct Document {
    file: String,
    pages: u32,
    kind: DocumentKind,
    entity: Entity,
    tables: Vec<TableData>,
    figures: Vec<Figure>,
    claims: Vec<Claim>,
    unread: Vec<Unread>,
    problems: Vec<Problem>,
    #[serde(skip_serializing_if = "Option::is_none")]
    trace: Option<Box<Trace>>,
}

#[derive(Debug, Serialize)]
struct Unread {
    place: Place,
    message: String,
}

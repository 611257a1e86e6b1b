//! What words of an account mean: the terms that are explained at its end.

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::{Query, State};
use axum::response::Html;
use juesuan_catalog::Catalog;
use juesuan_catalog::section::GlossaryTerm;
use juesuan_catalog::template::Piece;

use super::{Tab, Wanted, Words};
use crate::desk::Desk;
use crate::fault::Fault;
use crate::guard::Visitor;
use crate::page::{Frame, Room, filled};

/// A term with its explanation in each variant that has one.
pub struct Term<'c> {
    /// As it is written in the catalogue.
    pub written: &'c str,
    /// Pieces of the term itself.
    pub name: &'c [Piece],
    /// Names of the variants and what they say.
    pub explained: Vec<(&'c str, &'c GlossaryTerm)>,
}

/// Text with its places, for people: places stand as what is filled in there, stretches that may be left out are.
#[derive(Template)]
#[template(path = "look/pieces.html")]
struct Pieces<'c> {
    pieces: &'c [Piece],
}

impl Term<'_> {
    /// The term.
    pub fn named(&self) -> String {
        Pieces { pieces: self.name }.render().unwrap_or_default()
    }

    /// An explanation of it.
    pub fn text(&self, term: &GlossaryTerm) -> String {
        Pieces { pieces: term.text.pieces() }.render().unwrap_or_default()
    }
}

#[derive(Template)]
#[template(path = "look/terms.html")]
struct Page<'c> {
    frame: Frame,
    tab: Tab,
    wanted: Wanted,
    terms: Vec<Term<'c>>,
}

/// The page.
pub async fn list(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    Query(wanted): Query<Wanted>,
) -> Result<Html<String>, Fault> {
    let terms = found(&desk.catalog, &Words::of(&wanted.words));
    filled(&Page { frame: Frame::new(Room::LookUp, &visitor), tab: Tab::Terms, wanted, terms })
}

/// The terms in which the words stand, in the order of their first variant; a term that several variants explain is one.
pub fn found<'c>(catalog: &'c Catalog, words: &Words) -> Vec<Term<'c>> {
    let mut out: Vec<Term<'c>> = Vec::new();
    for (key, text) in &catalog.sections.variants {
        let variant = catalog.variants.iter().find(|variant| variant.key == *key);
        let variant = variant.map_or(key.as_str(), |variant| variant.name.as_str());
        for term in &text.glossary.term {
            let written = term.term.source();
            if !words.stand_in(&[written, term.text.source()]) {
                continue;
            }
            match out.iter_mut().find(|own| own.written == written) {
                Some(own) => own.explained.push((variant, term)),
                None => out.push(Term { written, name: term.term.pieces(), explained: vec![(variant, term)] }),
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_of_several_variants_is_one_and_shows_no_braces() {
        let catalog = Catalog::load(&[]).unwrap();
        let terms = found(&catalog, &Words::of("机关运行经费"));
        let own = terms.iter().find(|term| term.written == "机关运行经费").unwrap();
        assert!(own.explained.len() > 1, "{}", own.explained.len());
        for term in found(&catalog, &Words::of("")) {
            let texts = term.explained.iter().map(|(_, own)| term.text(own));
            for text in texts.chain([term.named()]) {
                assert!(!text.contains(['{', '}', '[', ']', '\n']), "{text}");
            }
        }
    }
}

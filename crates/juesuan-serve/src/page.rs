//! What stands around every page.

use askama::Template;
use axum::response::Html;

use crate::fault::Fault;
use crate::guard::Visitor;

/// The part of the window that a page belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// Checking documents.
    Check,
    /// Making accounts.
    Make,
    /// Evaluating performance.
    Evaluate,
    /// Rules, codes, words.
    LookUp,
    /// What was done, and the person at the desk.
    Desk,
}

/// What the layout needs to know.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Which part.
    pub room: Room,
    /// The secret of the session, for every form.
    pub csrf: String,
}

impl Frame {
    /// Around a page of this part.
    pub fn new(room: Room, visitor: &Visitor) -> Frame {
        Frame { room, csrf: visitor.csrf.clone() }
    }
}

/// A page, filled in.
///
/// # Errors
/// A template that cannot be filled, which is a fault of ours.
pub fn filled(template: &impl Template) -> Result<Html<String>, Fault> {
    Ok(Html(template.render()?))
}

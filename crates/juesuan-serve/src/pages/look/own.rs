//! A bureau's own catalogue: whether it is sound, with every fault at its file and line.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::{Multipart, State};
use axum::response::Html;
use juesuan_catalog::Source;
use juesuan_model::Problem;
use juesuan_office::sound::Counts;
use juesuan_office::sound_sent;
use juesuan_read::Files;

use super::Tab;
use crate::desk::Desk;
use crate::fault::{Fault, Refusal};
use crate::guard::Visitor;
use crate::page::{Frame, Room, filled};
use crate::stored::{Sent, Stored};
use crate::upload::received;
use crate::worker::apart;

/// Most bytes that are sent, and most bytes of all files of a catalogue: some twenty times the whole one of the program.
pub const BYTES_MAX: usize = 32 << 20;

/// What came of it.
enum Outcome {
    /// Nothing was sent yet.
    Asked,
    /// No fault.
    Sound(Counts),
    /// Faults by the file they stand in.
    Faulty { total: usize, files: BTreeMap<String, Vec<Problem>> },
}

#[derive(Template)]
#[template(path = "look/own.html")]
struct Page {
    frame: Frame,
    tab: Tab,
    /// What was sent.
    names: Vec<String>,
    outcome: Outcome,
}

/// The form.
pub async fn ask(Extension(visitor): Extension<Visitor>) -> Result<Html<String>, Fault> {
    let frame = Frame::new(Room::LookUp, &visitor);
    filled(&Page { frame, tab: Tab::Own, names: Vec::new(), outcome: Outcome::Asked })
}

/// What is wrong with what was sent.
pub async fn judge(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    form: Multipart,
) -> Result<Html<String>, Fault> {
    let received = received(&desk, &visitor, form).await?;
    if received.trees.is_empty() {
        return Err(Fault::Refused(Refusal::Nothing));
    }
    let names = received.trees.iter().map(|sent| sent.name.clone()).collect();
    let outcome = apart(move || judged(&desk, &received.trees)).await??;
    filled(&Page { frame: Frame::new(Room::LookUp, &visitor), tab: Tab::Own, names, outcome })
}

fn judged(desk: &Desk, trees: &[Sent]) -> Result<Outcome, Fault> {
    let contents = desk.store.contents();
    let files = trees.iter().flat_map(|sent| &sent.files);
    let mut bytes = 0;
    for (_, digest) in files.filter(|(path, _)| Source::reads(Path::new(path))) {
        bytes += contents.open(digest)?.metadata()?.len();
    }
    // An archive says little of how much comes out of it.
    if bytes > BYTES_MAX as u64 {
        return Err(Fault::Refused(Refusal::TooLarge));
    }
    let trees: Vec<Stored<'_>> = trees.iter().map(|sent| Stored::new(sent, contents)).collect();
    let sent: Vec<&dyn Files> = trees.iter().map(|tree| tree as &dyn Files).collect();
    Ok(match sound_sent(&sent)? {
        Ok(counts) => Outcome::Sound(counts),
        Err(problems) => {
            let total = problems.len();
            let mut files: BTreeMap<String, Vec<Problem>> = BTreeMap::new();
            for problem in problems {
                files.entry(problem.place.file.clone().unwrap_or_default()).or_default().push(problem);
            }
            Outcome::Faulty { total, files }
        }
    })
}

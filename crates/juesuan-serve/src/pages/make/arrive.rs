//! Files that are sent to a folder: each goes where it belongs, and what became of it is told.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::{Multipart, Path, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use juesuan_catalog::Catalog;
use juesuan_inputs::import::Imported;
use juesuan_inputs::{FOLDERS, columns};
use juesuan_model::{Gravity, Problem};
use juesuan_office::list::Given;
use juesuan_office::{Arrival, Standing};
use juesuan_store::{Contents, Digest, Edit, FolderId};

use super::files::looked_at;
use super::lacks;
use super::{Head, Tab};
use crate::desk::Desk;
use crate::fault::{Fault, Refusal};
use crate::folders::{Opened, standing};
use crate::guard::Visitor;
use crate::page::{Frame, Room, filled};
use crate::pages::conflict::told;
use crate::stored::{Sent, Stored};
use crate::upload::received;
use crate::worker::apart;

/// The choice that leaves the place to the program, and that of the folder itself.
const AUTOMATIC: &str = "auto";
const OUTERMOST: &str = ".";

/// What became of what was sent.
#[derive(Default)]
pub struct Arrived {
    /// New contents by path.
    pub files: BTreeMap<String, Digest>,
    /// Answers of lists that were filled in.
    pub given: Vec<Given>,
    /// What is to be told, by the name of the file.
    pub told: Vec<Told>,
}

/// What is told of a file.
pub struct Told {
    /// As it was sent.
    pub file: String,
    /// What became of it.
    pub became: Became,
}

/// What became of a file.
pub enum Became {
    /// It lies there now.
    Kept {
        /// Where.
        path: String,
        /// How many things are wrong with it as a table; `None`: nothing is, or it is none.
        faults: Option<Faults>,
    },
    /// It was a workbook of the ministry's software.
    Imported {
        /// Sheets with the tables that they became.
        sheets: Vec<(String, String)>,
        /// Sheets that nothing public needs, in words.
        aside: Vec<String>,
        /// What has no place.
        problems: Vec<Problem>,
    },
    /// It was a list: so many answers.
    Answers(usize),
    /// There is no place for it.
    Nothing,
}

/// What is wrong with a table.
#[derive(Clone, Copy)]
pub struct Faults {
    /// So many things.
    pub count: usize,
    /// One of them keeps anything from being made.
    pub is_fatal: bool,
}

impl Arrived {
    /// Takes in trees that were sent, for a folder that says `profile` of its department.
    pub fn of(desk: &Desk, trees: &[Sent], wish: Option<&str>, profile: &Sent) -> Result<Arrived, Fault> {
        let contents = desk.store.contents();
        let profile = Stored::new(profile, contents);
        let mut arrived = Arrived::default();
        for tree in trees {
            let stored = Stored::new(tree, contents);
            for (file, arrival) in juesuan_office::arrange(&stored, wish, &profile, &desk.catalog)? {
                let content = tree.files.get(&file).or_else(|| tree.files.get("")).ok_or(Fault::Broken)?;
                let became = arrived.take(arrival, content, contents)?;
                arrived.told.push(Told { file, became });
            }
        }
        Ok(arrived)
    }

    fn take(&mut self, arrival: Arrival, content: &Digest, contents: &Contents) -> Result<Became, Fault> {
        Ok(match arrival {
            Arrival::At(path) => {
                self.files.insert(path.clone(), content.clone());
                Became::Kept { path, faults: None }
            }
            Arrival::Imported(Imported { files, sheets, aside, problems }) => {
                for (path, bytes) in files {
                    self.files.insert(path, contents.put(&bytes)?);
                }
                let aside = aside.into_iter().map(|aside| aside.said).collect();
                Became::Imported { sheets, aside, problems }
            }
            Arrival::Answers(given) => {
                let count = given.len();
                self.given.extend(given);
                Became::Answers(count)
            }
            Arrival::Strange => Became::Nothing,
        })
    }

    /// Looks at what is wrong with the tables among the files now.
    pub fn look(&mut self, standing: &Standing, catalog: &Catalog) {
        for told in &mut self.told {
            let Became::Kept { path, faults } = &mut told.became else { continue };
            if columns::kinds(path, catalog).is_empty() {
                continue;
            }
            let own = standing.problems.iter().filter(|problem| columns::stands_in(&problem.place, path));
            let all: Vec<&Problem> = own.collect();
            let is_fatal = all.iter().any(|problem| problem.gravity == Gravity::Fatal);
            *faults = (!all.is_empty()).then_some(Faults { count: all.len(), is_fatal });
        }
    }

    /// True if more is to be told than that files lie where they were put.
    pub fn is_told(&self) -> bool {
        self.told.iter().any(|told| match &told.became {
            Became::Kept { faults, .. } => faults.is_some(),
            Became::Answers(_) => false,
            Became::Imported { .. } | Became::Nothing => true,
        })
    }
}

#[derive(Template)]
#[template(path = "make/arrived.html")]
struct Page {
    frame: Frame,
    head: Head,
    told: Vec<Told>,
}

/// Takes files in.
pub async fn arrive(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    Path(folder): Path<i64>,
    form: Multipart,
) -> Result<Response, Fault> {
    let received = received(&desk, &visitor, form).await?;
    if received.trees.is_empty() {
        return Err(Fault::Refused(Refusal::Nothing));
    }
    let wish = wish(received.fields.get("wish").map_or(AUTOMATIC, String::as_str))?;
    let opened = Opened::of(&desk, FolderId(folder)).await?;
    let (own, profile) = (Arc::clone(&desk), opened.sent());
    let mut arrived = apart(move || Arrived::of(&own, &received.trees, wish, &profile)).await??;
    put(&desk, &opened, &arrived).await?;
    looked_at(&desk, folder).await?;
    let opened = Opened::of(&desk, FolderId(folder)).await?;
    arrived.look(standing(&desk, &opened).await?.as_ref(), &desk.catalog);
    if !arrived.is_told() {
        return Ok(Redirect::to(&format!("/make/{folder}/files")).into_response());
    }
    let head = Head { id: folder, face: opened.folder.face, tab: Tab::Files };
    let page: Html<String> = filled(&Page { frame: Frame::new(Room::Make, &visitor), head, told: arrived.told })?;
    Ok(page.into_response())
}

/// Writes files as one step, and answers as another.
pub async fn put(desk: &Arc<Desk>, opened: &Opened, arrived: &Arrived) -> Result<(), Fault> {
    let edits = arrived.files.iter().map(|(path, content)| Edit {
        path: path.clone(),
        content: Some(content.clone()),
        expected: opened.version(path),
    });
    let edits: Vec<Edit> = edits.collect();
    let id = opened.folder.id;
    if !edits.is_empty() {
        desk.store.edit(&desk.stamp().await?, id, &edits).await.map_err(told)?;
    }
    if !arrived.given.is_empty() {
        let opened = Opened::of(desk, id).await?;
        let now = standing(desk, &opened).await?;
        lacks::put(desk, &opened, &now, arrived.given.clone()).await?;
    }
    Ok(())
}

/// Where a person wants files to be; `None` where the program is to find out.
fn wish(said: &str) -> Result<Option<&'static str>, Fault> {
    match said {
        AUTOMATIC => Ok(None),
        OUTERMOST => Ok(Some("")),
        folder => {
            let known = FOLDERS.into_iter().find(|known| *known == folder);
            known.map(Some).ok_or(Fault::Refused(Refusal::Form))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wish_is_a_folder_that_there_is() {
        assert_eq!(wish("auto").unwrap(), None);
        assert_eq!(wish(".").unwrap(), Some(""));
        assert_eq!(wish("books").unwrap(), Some("books"));
        assert!(wish("../etc").is_err());
    }
}

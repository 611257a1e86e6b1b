//! A new folder: from nothing, from a workbook of the ministry's software, after last year's accounts, or with what there is already.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::{Multipart, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use juesuan_catalog::Catalog;
use juesuan_inputs::arrangement::{FILES, PRIOR, is_workbook};
use juesuan_inputs::scaffold::Answers;
use juesuan_office::prepare::{self, Entry};
use juesuan_office::{Error, Job};
use juesuan_store::{Digest, FolderFace};

use super::arrive::{Arrived, Became, Told, put};
use super::files::looked_at;
use super::{Head, Tab};
use crate::desk::Desk;
use crate::fault::Fault;
use crate::folders::{Opened, standing};
use crate::guard::Visitor;
use crate::moment;
use crate::page::{Frame, Room, filled};
use crate::stored::{Sent, Stored};
use crate::upload::received;
use crate::worker::apart;

#[derive(Template)]
#[template(path = "make/new.html")]
struct Page {
    frame: Frame,
    /// Key and name of each variant that can be written.
    variants: Vec<(String, String)>,
    /// Key and name of each level.
    levels: Vec<(String, String)>,
    typed: Typed,
    /// Why no folder was made.
    refusal: Option<Refused>,
}

/// The fields of the form.
#[derive(Clone, Debug, Default)]
struct Typed {
    from: String,
    name: String,
    year: String,
    variant: String,
    level: String,
    region: String,
}

/// Why no folder was made.
enum Refused {
    /// Nobody has said whose accounts, of which year, or after which variant.
    Unsaid,
    /// No file came.
    NoFile,
    /// Of what was sent nothing says whose accounts it is.
    Unread,
    /// What was sent is no workbook of the software.
    Strange,
    /// The use case says it.
    Told(String),
}

#[derive(Template)]
#[template(path = "make/arrived.html")]
struct ArrivedPage {
    frame: Frame,
    head: Head,
    told: Vec<Told>,
}

impl Page {
    fn new(visitor: &Visitor, catalog: &Catalog, typed: Typed, refusal: Option<Refused>) -> Page {
        let mut variants: Vec<(String, String)> =
            catalog.writable().map(|variant| (variant.key.clone(), variant.name.clone())).collect();
        variants.dedup_by(|one, other| one.0 == other.0);
        let levels = catalog.sections.phrases.level.iter();
        let levels = levels.map(|(key, words)| (key.clone(), words.name.clone())).collect();
        Page { frame: Frame::new(Room::Make, visitor), variants, levels, typed, refusal }
    }
}

impl Typed {
    fn of(fields: &BTreeMap<String, String>) -> Typed {
        let said = |name: &str| fields.get(name).map(|text| text.trim().to_owned()).unwrap_or_default();
        Typed {
            from: said("from"),
            name: said("name"),
            year: said("year"),
            variant: said("variant"),
            level: said("level"),
            region: said("region"),
        }
    }

    /// What a folder begins with: what was typed, else what is `known`.
    fn over(&self, known: Answers) -> Answers {
        let or = |typed: &str, known: String| if typed.is_empty() { known } else { typed.to_owned() };
        // Units belong to the body that they were read of.
        let is_same = self.name.is_empty() || self.name == known.name;
        Answers {
            year: self.year.parse().unwrap_or(known.year),
            variant: or(&self.variant, known.variant),
            level: or(&self.level, known.level),
            region: or(&self.region, known.region),
            units: if is_same { known.units } else { Vec::new() },
            name: or(&self.name, known.name),
        }
    }
}

/// The form.
pub async fn form(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
) -> Result<Html<String>, Fault> {
    let last = moment::today().get(..4).and_then(|year| year.parse::<u16>().ok()).map(|year| year.saturating_sub(1));
    let year = last.map(|year| year.to_string()).unwrap_or_default();
    let typed = Typed { from: "nothing".to_owned(), year, ..Typed::default() };
    filled(&Page::new(&visitor, &desk.catalog, typed, None))
}

/// Makes the folder.
pub async fn begin(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    form: Multipart,
) -> Result<Response, Fault> {
    let received = received(&desk, &visitor, form).await?;
    let typed = Typed::of(&received.fields);
    let (own, said, trees) = (Arc::clone(&desk), typed.clone(), received.trees);
    let (face, mut arrived) = match apart(move || begun(&own, &said, &trees)).await?? {
        Ok(begun) => begun,
        Err(refusal) => {
            let page = filled(&Page::new(&visitor, &desk.catalog, typed, Some(refusal)))?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let folder = desk.store.add_folder(&desk.stamp().await?, &face).await?;
    put(&desk, &Opened::of(&desk, folder).await?, &arrived).await?;
    looked_at(&desk, folder.0).await?;
    let opened = Opened::of(&desk, folder).await?;
    arrived.look(standing(&desk, &opened).await?.as_ref(), &desk.catalog);
    if !arrived.is_told() {
        return Ok(Redirect::to(&format!("/make/{folder}")).into_response());
    }
    let head = Head { id: folder.0, face: opened.folder.face, tab: Tab::Files };
    let page = filled(&ArrivedPage { frame: Frame::new(Room::Make, &visitor), head, told: arrived.told })?;
    Ok(page.into_response())
}

/// What a folder begins with, or why there is none.
type Begun<T> = Result<T, Refused>;

fn begun(desk: &Desk, typed: &Typed, trees: &[Sent]) -> Result<Begun<(FolderFace, Arrived)>, Fault> {
    let needs_file = typed.from != "nothing";
    if needs_file && trees.is_empty() {
        return Ok(Err(Refused::NoFile));
    }
    let trees = if needs_file { trees } else { &[] };
    let said = typed.over(Answers::default());
    let workbook = if is_whole(&said) { workbook(desk, &said)? } else { Err(Refused::Unsaid) };
    let profile = Sent { name: said.name.clone(), files: workbook.as_ref().cloned().unwrap_or_default() };
    let wish = (typed.from == "prior" && !trees.iter().any(is_output)).then_some(PRIOR);
    let mut arrived = Arrived::of(desk, trees, wish, &profile)?;
    if typed.from == "software" && !arrived.told.iter().any(|told| matches!(told.became, Became::Imported { .. })) {
        return Ok(Err(Refused::Strange));
    }
    let (answers, workbook) = match typed.from.as_str() {
        "prior" => {
            let Some(known) = known(desk, &arrived)? else { return Ok(Err(Refused::Unread)) };
            let answers = typed.over(known);
            let workbook = if is_whole(&answers) { self::workbook(desk, &answers)? } else { Err(Refused::Unsaid) };
            (answers, workbook)
        }
        _ => (said, workbook),
    };
    let has_profile = arrived.files.keys().any(|path| is_workbook(path) || path == FILES[0]);
    if !has_profile {
        match workbook {
            Ok(files) => arrived.files.extend(files),
            Err(refusal) => return Ok(Err(refusal)),
        }
    }
    // Whose it is says the folder itself, once it is read; until then it is called as the first thing that was sent.
    let title = trees.first().map(|tree| tree.name.clone()).filter(|_| answers.name.is_empty());
    let face = FolderFace {
        title: title.unwrap_or_else(|| answers.name.clone()),
        year: Some(answers.year).filter(|year| *year > 0),
        variant: desk.catalog.variant_called(&answers.variant).unwrap_or_default().to_owned(),
        body: answers.name,
    };
    Ok(Ok((face, arrived)))
}

/// True if enough is said to make a workbook.
fn is_whole(answers: &Answers) -> bool {
    !answers.name.is_empty() && answers.year > 0 && !answers.variant.is_empty()
}

/// The workbook in which everything can be entered, among the contents.
fn workbook(desk: &Desk, answers: &Answers) -> Result<Begun<BTreeMap<String, Digest>>, Fault> {
    let made = match prepare::begin(answers, Entry::Workbook, &desk.catalog) {
        Ok(made) => made,
        Err(error @ (Error::NoVariant { .. } | Error::NoLevel { .. })) => {
            return Ok(Err(Refused::Told(error.to_string())));
        }
        Err(error) => return Err(error.into()),
    };
    let kept = made.files.into_iter().map(|(path, bytes)| Ok((path, desk.store.contents().put(&bytes)?)));
    Ok(Ok(kept.collect::<Result<_, juesuan_store::Error>>()?))
}

/// True for what this program has made: it says itself where its parts belong.
fn is_output(tree: &Sent) -> bool {
    tree.files.keys().any(|path| path == "package.json" || path.ends_with("/package.json"))
}

/// What last year's accounts say of the department.
fn known(desk: &Desk, arrived: &Arrived) -> Result<Option<Answers>, Fault> {
    let sent = Sent { name: String::new(), files: arrived.files.clone() };
    let job = Job::default().with_means(&desk.means);
    Ok(prepare::follow(&Stored::new(&sent, desk.store.contents()), &desk.catalog, job)?)
}

#[cfg(test)]
mod tests {
    use juesuan_model::{BudgetUnit, UnitKind};

    use super::*;

    fn last_year() -> Answers {
        let unit =
            BudgetUnit { name: "甲局（本级）".to_owned(), kind: UnitKind::Administrative, note: String::new() };
        Answers {
            name: "甲局".to_owned(),
            year: 2025,
            variant: "hubei".to_owned(),
            level: "县".to_owned(),
            region: "甲县".to_owned(),
            units: vec![unit],
        }
    }

    #[test]
    fn what_was_typed_counts_before_what_last_year_says() {
        assert_eq!(Typed::default().over(last_year()), last_year());
        let typed = Typed { year: "2024".to_owned(), region: "乙市".to_owned(), ..Typed::default() };
        let over = typed.over(last_year());
        assert_eq!((over.year, over.region.as_str(), over.units.len()), (2024, "乙市", 1));
    }

    #[test]
    fn units_of_another_body_are_not_taken_over() {
        let typed = Typed { name: "乙局".to_owned(), ..Typed::default() };
        assert_eq!(typed.over(last_year()).units, []);
    }
}

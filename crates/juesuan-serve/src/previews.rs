//! Documents as they would be printed now: set when somebody looks, the last few held with pictures of their pages. Nothing of it is kept.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::Bytes;
use juesuan_model::Problem;
use juesuan_office::preview::Page;
use juesuan_office::{DraftReason, Error, Job, Preview};
use juesuan_read::{Interpreter, pdf};

use crate::desk::Desk;
use crate::fault::Fault;
use crate::folders::Opened;
use crate::stored::Stored;
use crate::worker::apart;

/// How many documents are held.
const HELD: usize = 4;
/// Bytes of all pictures that are held.
const PICTURES_BYTES_MAX: usize = 48 << 20;
/// Dots an inch.
const DPI: u16 = 110;
/// Pages that are drawn in one go, and the bytes of their pictures.
const GROUP: usize = 4;
const GROUP_BYTES_MAX: usize = 16 << 20;

/// A document as it would be printed now.
pub struct Shown {
    /// By what its folder was known.
    pub digest: String,
    /// Whose was asked for.
    wish: String,
    /// The document, or why none can be made.
    pub made: Result<Printed, Vec<Problem>>,
}

/// A document that could be made.
pub struct Printed {
    /// The units of the folder that have documents of their own.
    pub units: Vec<String>,
    /// Whose document it is; `None`: the department's.
    pub unit: Option<String>,
    /// Why it would be a draft.
    pub draft_reasons: Vec<DraftReason>,
    /// Its pages, or why there are none.
    pub pages: Result<Vec<Page>, String>,
    pdf: Arc<Vec<u8>>,
}

impl From<Preview> for Printed {
    fn from(preview: Preview) -> Printed {
        let Preview { units, unit, pages, draft_reasons } = preview;
        let (pdf, pages) = match pages {
            Ok(set) => (set.pdf, Ok(set.pages)),
            Err(reason) => (Vec::new(), Err(reason)),
        };
        Printed { units, unit, draft_reasons, pages, pdf: Arc::new(pdf) }
    }
}

/// A page by its number, from 1, and by what is seen on it.
type Numbered = (u32, u128);

/// Documents and pictures that are held.
#[derive(Default)]
pub struct Previews {
    shown: Mutex<VecDeque<Arc<Shown>>>,
    pictures: Mutex<Pictures>,
    /// One is set at a time, and one group of pages drawn.
    setting: tokio::sync::Mutex<()>,
    drawing: tokio::sync::Mutex<()>,
}

impl Previews {
    fn find(&self, digest: &str, wish: &str) -> Option<Arc<Shown>> {
        lock(&self.shown).iter().find(|shown| shown.digest == digest && shown.wish == wish).cloned()
    }

    fn hold(&self, shown: &Arc<Shown>) {
        let mut held = lock(&self.shown);
        held.push_front(Arc::clone(shown));
        held.truncate(HELD);
    }

    /// The document on which there is a page that looks so, and the pages to draw with it.
    fn around(&self, look: u128) -> Option<(Arc<Shown>, Vec<Numbered>)> {
        lock(&self.shown).iter().find_map(|shown| {
            let pages = shown.made.as_ref().ok()?.pages.as_ref().ok()?;
            let first = pages.iter().position(|page| page.look == look)?;
            let pages = (1..).zip(pages).skip(first).take(GROUP).map(|(number, page)| (number, page.look));
            Some((Arc::clone(shown), pages.collect()))
        })
    }
}

/// Pictures by what is seen on them: a page that has not changed is not drawn again.
#[derive(Default)]
struct Pictures {
    held: VecDeque<(u128, Bytes)>,
    bytes: usize,
}

impl Pictures {
    fn find(&self, look: u128) -> Option<Bytes> {
        self.held.iter().find(|(own, _)| *own == look).map(|(_, png)| png.clone())
    }

    fn hold(&mut self, look: u128, png: Bytes) {
        if self.find(look).is_some() {
            return;
        }
        self.bytes += png.len();
        self.held.push_front((look, png));
        while self.bytes > PICTURES_BYTES_MAX {
            let Some((_, oldest)) = self.held.pop_back() else { break };
            self.bytes -= oldest.len();
        }
    }
}

/// The document of a unit as it would be printed now; of the department, where none is named that has one.
///
/// # Errors
/// A store that gives nothing.
pub async fn shown(desk: &Arc<Desk>, opened: &Opened, wish: &str) -> Result<Arc<Shown>, Fault> {
    let digest = opened.digest();
    let _turn = desk.previews.setting.lock().await;
    if let Some(shown) = desk.previews.find(&digest, wish) {
        return Ok(shown);
    }
    let (own, sent, wish) = (Arc::clone(desk), opened.sent(), wish.to_owned());
    apart(move || {
        let stored = Stored::new(&sent, own.store.contents());
        let job = Job::default().with_means(&own.means);
        let unit = Some(wish.as_str()).filter(|wish| !wish.is_empty());
        let faces = juesuan_office::preview::faces();
        let made = match juesuan_office::preview(&stored, unit, &faces, &own.catalog, job) {
            Ok(preview) => Ok(Printed::from(preview)),
            Err(Error::Stopped(stopped)) => Err(stopped.problems),
            Err(Error::Inputs(problems)) => Err(problems),
            Err(error) => return Err(error.into()),
        };
        let shown = Arc::new(Shown { digest, wish, made });
        own.previews.hold(&shown);
        Ok(shown)
    })
    .await?
}

/// The picture of a page of one of the documents that were looked at last.
///
/// # Errors
/// [`Fault::Missing`] where no such document is held any more, or the page cannot be drawn.
pub async fn picture(desk: &Arc<Desk>, look: u128) -> Result<Bytes, Fault> {
    let found = || lock(&desk.previews.pictures).find(look).ok_or(Fault::Missing);
    if let Ok(png) = found() {
        return Ok(png);
    }
    let _turn = desk.previews.drawing.lock().await;
    if let Ok(png) = found() {
        return Ok(png);
    }
    let (shown, mut wanted) = desk.previews.around(look).ok_or(Fault::Missing)?;
    wanted.retain(|(_, look)| lock(&desk.previews.pictures).find(*look).is_none());
    let own = Arc::clone(desk);
    apart(move || {
        let Ok(printed) = &shown.made else { return };
        for (look, png) in drawn(own.means.interpreter.as_ref(), &printed.pdf, &wanted) {
            lock(&own.previews.pictures).hold(look, png.into());
        }
    })
    .await?;
    found()
}

fn drawn(interpreter: &dyn Interpreter, file: &Arc<Vec<u8>>, wanted: &[Numbered]) -> Vec<(u128, Vec<u8>)> {
    let pages: Vec<u32> = wanted.iter().map(|(number, _)| *number).collect();
    let drawn = pdf::draw(interpreter, file, &pages, DPI, GROUP_BYTES_MAX);
    wanted.iter().zip(drawn).filter_map(|((_, look), png)| Some((*look, png.ok()?))).collect()
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_that_were_drawn_first_make_room_and_the_sum_of_their_bytes_stays_below_the_bound() {
        let mut pictures = Pictures::default();
        for look in 0..40_u128 {
            pictures.hold(look, vec![0; 2 << 20].into());
            pictures.hold(look, vec![0; 2 << 20].into());
        }
        assert_eq!(pictures.held.len(), 24, "a picture that is held is not held twice");
        assert!(pictures.bytes <= PICTURES_BYTES_MAX);
        assert!(pictures.find(39).is_some() && pictures.find(0).is_none());
    }
}

//! A file that is a picture: what somebody sees on it.

use std::sync::Arc;

use juesuan_model::{Place, Problem};

use crate::file::fault;
use crate::pages::{Format, Pages, Piece};
use crate::sight::{self, BROKEN, Handle, Picture, Shown, Sight};
use crate::tiff;

/// Reads a picture as `sight` sees it.
///
/// # Errors
/// Nobody looks, or nothing is written on it that could be read.
pub fn read(name: &str, bytes: &[u8], sight: &dyn Sight) -> Result<Pages, Problem> {
    let file: Arc<[u8]> = bytes.into();
    let place = Place { file: Some(name.to_owned()), ..Place::default() };
    let picture = |place, handle| Piece::Picture(Picture { place, cover: 100, handle: Some(handle) });
    let (several, is_whole) = tiff::pages(&file);
    let on_page = |(page, handle)| picture(Place { page: Some(page), ..place.clone() }, handle);
    let mut pieces: Vec<Piece> = (1..).zip(several).map(on_page).collect();
    let several = pieces.len();
    if pieces.is_empty() {
        pieces.push(picture(place.clone(), Handle::new(move || Ok(Shown::File(file.to_vec())))));
    }
    if sight::look(&mut pieces, sight).is_empty() {
        let barred = pieces.iter().any(|piece| matches!(piece, Piece::Picture(picture) if sight.is_barred(picture)));
        return Err(fault(name, if barred { BROKEN.to_owned() } else { sight::only_pictures(sight) }));
    }
    let mut problems: Vec<Problem> = sight::recognised(name, &pieces).into_iter().collect();
    if !is_whole {
        problems.push(Problem::doubt(place, sight::beyond(several)));
    }
    let count = u32::try_from(several).unwrap_or(u32::MAX);
    Ok(Pages { count, ..Pages::unpaged(name, Format::Picture, pieces, problems) })
}

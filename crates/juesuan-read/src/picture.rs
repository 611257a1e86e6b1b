//! A file that is a picture: what somebody sees on it.

use std::sync::Arc;

use juesuan_model::{Place, Problem};

use crate::file::fault;
use crate::pages::{Format, Pages, Piece};
use crate::sight::{self, Handle, Picture, Shown, Sight};

/// Reads a picture as `sight` sees it.
///
/// # Errors
/// Nobody looks, or nothing is written on it that could be read.
pub fn read(name: &str, bytes: &[u8], sight: &dyn Sight) -> Result<Pages, Problem> {
    let file: Arc<[u8]> = bytes.into();
    let handle = Handle::new(move || Ok(Shown::File(file.to_vec())));
    let place = Place { file: Some(name.to_owned()), ..Place::default() };
    let mut pieces = vec![Piece::Picture(Picture { place, cover: 100, handle: Some(handle) })];
    if sight::look(&mut pieces, sight).is_empty() {
        return Err(fault(name, sight::only_pictures(sight)));
    }
    let problems = sight::recognised(name, &pieces).into_iter().collect();
    Ok(Pages::unpaged(name, Format::Picture, pieces, problems))
}

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
        let message = "内容是图片，没有可以读取的文字；请提供文档本身，不要用截图或扫描件";
        return Err(fault(name, format!("{message}{}", sight::advice(sight))));
    }
    let problems = sight::recognised(name, &pieces).into_iter().collect();
    Ok(Pages::unpaged(name, Format::Picture, pieces, problems))
}

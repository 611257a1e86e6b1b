//! Pictures that lie below each other without a gap, as one: scanners cut a page into strips.

use juesuan_model::{Place, Problem};

use crate::pages::Piece;
use crate::sight::{BROKEN, Dots, Handle, Picture, Shown};

/// How far strips may lie apart or over each other, and their sides differ, in points.
const APART: i32 = 2;

/// Puts strips together, each where the first of them was.
pub(super) fn joined(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut groups: Vec<(usize, Vec<Picture>)> = Vec::new();
    for piece in pieces {
        let Piece::Picture(picture) = piece else {
            out.push(piece);
            continue;
        };
        let open = groups.iter_mut().find(|(_, strips)| strips.last().is_some_and(|last| goes_on(last, &picture)));
        match open {
            Some((_, strips)) => strips.push(picture),
            None => {
                groups.push((out.len(), vec![picture.clone()]));
                out.push(Piece::Picture(picture));
            }
        }
    }
    for (at, strips) in groups.into_iter().filter(|(_, strips)| strips.len() > 1) {
        if let (Some(place), Some(whole)) = (out.get_mut(at), whole(strips)) {
            *place = Piece::Picture(whole);
        }
    }
    out
}

/// True if a picture begins where another one ends, between the same sides.
fn goes_on(above: &Picture, below: &Picture) -> bool {
    let (Some([left, _, right, bottom]), Some([next_left, top, next_right, _])) =
        (above.place.bounds, below.place.bounds)
    else {
        return false;
    };
    let near = |one: i32, other: i32| (one - other).abs() <= APART;
    near(left, next_left) && near(right, next_right) && near(bottom, top)
}

/// Strips as one picture.
fn whole(strips: Vec<Picture>) -> Option<Picture> {
    let bounds = strips.iter().filter_map(|strip| strip.place.bounds);
    let bounds = bounds.reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]);
    let cover = strips.iter().map(|strip| strip.cover).fold(0u8, u8::saturating_add).min(100);
    let place = Place { bounds, ..strips.first()?.place.clone() };
    let handles: Vec<Handle> = strips.into_iter().map(|strip| strip.handle).collect::<Option<_>>()?;
    let handle = Handle::new(move || together(&handles));
    Some(Picture { place, cover, handle: Some(handle) })
}

/// The dots of strips one below the other; those of other widths are stretched to that of the first.
fn together(handles: &[Handle]) -> Result<Shown, Problem> {
    let mut whole = Dots::default();
    for handle in handles {
        let Shown::Dots(dots) = handle.open()? else {
            return Err(Problem::doubt(Place::default(), BROKEN));
        };
        if whole.width == 0 {
            whole.width = dots.width;
        }
        whole.height = whole.height.saturating_add(dots.height);
        let row_bytes = usize::try_from(dots.width).unwrap_or(0) * 3;
        for row in dots.rgb.chunks_exact(row_bytes.max(1)) {
            let source = |x: u32| usize::try_from(u64::from(x) * u64::from(dots.width) / u64::from(whole.width.max(1)));
            if dots.width == whole.width {
                whole.rgb.extend_from_slice(row);
            } else {
                let dot = |x: u32| row.get(source(x).ok()? * 3..)?.first_chunk::<3>();
                (0..whole.width).for_each(|x| whole.rgb.extend(dot(x).copied().unwrap_or([u8::MAX; 3])));
            }
        }
    }
    Ok(Shown::Dots(whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strip(bounds: [i32; 4], width: u32, value: u8) -> Piece {
        let rgb = vec![value; usize::try_from(width * 2 * 3).unwrap()];
        let handle = Handle::new(move || Ok(Shown::Dots(Dots { width, height: 2, rgb: rgb.clone() })));
        let place = Place { page: Some(1), bounds: Some(bounds), ..Place::default() };
        Piece::Picture(Picture { place, cover: 30, handle: Some(handle) })
    }

    #[test]
    fn strips_below_each_other_are_one_picture_and_others_are_not() {
        let strips = vec![
            strip([0, 0, 500, 200], 4, 10),
            strip([0, 200, 500, 400], 4, 20),
            strip([0, 401, 500, 600], 2, 30),
            strip([0, 650, 500, 700], 4, 40),
            strip([50, 700, 300, 800], 4, 50),
        ];
        let pieces = joined(strips);
        let [Piece::Picture(whole), Piece::Picture(apart), Piece::Picture(narrow)] = &pieces[..] else {
            panic!("{pieces:?}")
        };
        assert_eq!((whole.place.bounds, whole.cover), (Some([0, 0, 500, 600]), 90));
        assert_eq!((apart.cover, narrow.cover), (30, 30));
        let Shown::Dots(dots) = whole.handle.as_ref().unwrap().open().unwrap() else { panic!() };
        assert_eq!((dots.width, dots.height, dots.rgb.len()), (4, 6, 72));
        assert_eq!([dots.rgb[0], dots.rgb[24], dots.rgb[71]], [10, 20, 30]);
    }
}

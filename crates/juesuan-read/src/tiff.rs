//! Pages of a TIFF file: scanners put a whole document into one.

use std::sync::Arc;

use crate::sight::{Handle, Shown};

/// Pages of one file.
const PAGES_MAX: usize = 500;
/// Bytes of an entry in the directory of a page.
const ENTRY: usize = 12;

/// The way to each page of a file of several, and whether these are all; nothing for any other picture. Each is shown as the same file with
/// that page as its first.
pub fn pages(file: &Arc<[u8]>) -> (Vec<Handle>, bool) {
    let Some(order) = Order::of(file) else { return (Vec::new(), true) };
    let mut found: Vec<[u8; 4]> = Vec::new();
    let mut next = order.offset(file, 4);
    // A circle has no more pages than were found.
    let is_whole = loop {
        match next {
            Some((bytes, at)) if at > 0 && !found.contains(&bytes) => {
                let Some(entries) = order.count(file, at).filter(|_| found.len() < PAGES_MAX) else { break false };
                found.push(bytes);
                next = at.checked_add(2 + entries * ENTRY).and_then(|end| order.offset(file, end));
            }
            Some(_) => break true,
            None => break false,
        }
    };
    if found.len() < 2 && is_whole {
        return (Vec::new(), true);
    }
    (found.into_iter().map(|first| handle(file, first)).collect(), is_whole)
}

fn handle(file: &Arc<[u8]>, first: [u8; 4]) -> Handle {
    let file = Arc::clone(file);
    Handle::new(move || {
        let mut page = file.to_vec();
        if let Some(slot) = page.get_mut(4..8) {
            slot.copy_from_slice(&first);
        }
        Ok(Shown::File(page))
    })
}

/// Which byte of a number comes first.
#[derive(Clone, Copy)]
enum Order {
    Little,
    Big,
}

impl Order {
    /// That of a file; `None` if it is no TIFF of the usual kind.
    fn of(file: &[u8]) -> Option<Order> {
        match file.first_chunk()? {
            b"II*\0" => Some(Order::Little),
            b"MM\0*" => Some(Order::Big),
            _ => None,
        }
    }

    /// An offset as it stands in the file, and what it means.
    fn offset(self, file: &[u8], at: usize) -> Option<([u8; 4], usize)> {
        let bytes = *file.get(at..)?.first_chunk()?;
        let value = match self {
            Order::Little => u32::from_le_bytes(bytes),
            Order::Big => u32::from_be_bytes(bytes),
        };
        Some((bytes, usize::try_from(value).ok()?))
    }

    fn count(self, file: &[u8], at: usize) -> Option<usize> {
        let bytes = *file.get(at..)?.first_chunk()?;
        Some(usize::from(match self {
            Order::Little => u16::from_le_bytes(bytes),
            Order::Big => u16::from_be_bytes(bytes),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file of directories without entries at those places, each naming the next.
    fn file(places: &[u32]) -> Arc<[u8]> {
        let mut bytes = b"II*\0".to_vec();
        bytes.resize(64, 0);
        let mut slot = 4;
        for place in places {
            bytes[slot..slot + 4].copy_from_slice(&place.to_le_bytes());
            slot = usize::try_from(*place).unwrap() + 2;
        }
        bytes.into()
    }

    #[test]
    fn each_page_is_shown_as_the_first_of_its_file() {
        let (pages, is_whole) = pages(&file(&[8, 24, 40]));
        assert!(is_whole);
        let firsts: Vec<u8> = pages
            .iter()
            .map(|page| match page.open().unwrap() {
                Shown::File(bytes) => bytes[4],
                Shown::Dots(_) => 0,
            })
            .collect();
        assert_eq!(firsts, [8, 24, 40]);
    }

    #[test]
    fn one_page_other_pictures_and_pages_in_a_circle_are_no_several_pages() {
        let count = |file: &Arc<[u8]>| pages(file).0.len();
        assert_eq!(count(&file(&[8])), 0);
        assert_eq!(count(&b"\x89PNG\r\n\x1a\n".to_vec().into()), 0);
        assert_eq!(count(&file(&[8, 24, 8])), 2);
        assert!(pages(&file(&[8, 24, 8])).1);
    }

    #[test]
    fn pages_that_are_not_there_and_pages_beyond_those_that_are_read_are_told() {
        let counted = |file: &Arc<[u8]>| (pages(file).0.len(), pages(file).1);
        let mut outside = file(&[8, 24]).to_vec();
        outside[26..30].copy_from_slice(&4_000u32.to_le_bytes());
        assert_eq!(counted(&outside.into()), (2, false));
        assert_eq!(counted(&b"II*\0\x08\0\0\0\0\0".to_vec().into()), (1, false));
        // Directories without entries, each behind the other.
        let mut many = b"II*\0\x08\0\0\0".to_vec();
        for page in 2u32..=600 {
            many.extend([0, 0]);
            many.extend((2 + page * 6).to_le_bytes());
        }
        many.extend([0; 6]);
        assert_eq!(counted(&many.into()), (PAGES_MAX, false));
    }
}

//! Pages of a TIFF file: scanners put a whole document into one.

use std::sync::Arc;

use crate::sight::{Handle, Shown};

/// Pages of one file.
const PAGES_MAX: usize = 500;
/// Bytes of an entry in the directory of a page.
const ENTRY: usize = 12;

/// The way to each page of a file of several; nothing for any other picture. Each is shown as the same file with that page as its first.
pub fn pages(file: &Arc<[u8]>) -> Vec<Handle> {
    let Some(order) = Order::of(file) else { return Vec::new() };
    let mut found: Vec<[u8; 4]> = Vec::new();
    let mut next = order.offset(file, 4);
    while let Some((bytes, at)) = next.filter(|(bytes, at)| *at > 0 && !found.contains(bytes)) {
        found.push(bytes);
        if found.len() == PAGES_MAX {
            break;
        }
        let entries = order.count(file, at);
        next = entries.and_then(|entries| order.offset(file, at.checked_add(2 + entries * ENTRY)?));
    }
    if found.len() < 2 {
        return Vec::new();
    }
    found.into_iter().map(|first| handle(file, first)).collect()
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
        let pages = pages(&file(&[8, 24, 40]));
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
        assert!(pages(&file(&[8])).is_empty());
        assert!(pages(&b"\x89PNG\r\n\x1a\n".to_vec().into()).is_empty());
        assert_eq!(pages(&file(&[8, 24, 8])).len(), 2);
        assert!(pages(&file(&[8, 4_000])).len() <= 2);
    }
}

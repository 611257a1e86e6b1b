//! Files of which the interpreter shows a part without a word: pages whose packed drawing operations are damaged, files that enclose
//! others.

use flate2::{Decompress, FlushDecompress, Status};
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Stream};
use hayro_interpret::hayro_syntax::page::Page;

/// Streams of a page that are looked at, and how many bytes of each come out.
const STREAMS_MAX: usize = 1_000;
const UNPACKED_MAX: u64 = 8 << 20;

/// True for a file that is a collection of files, and whose pages only say so.
pub(super) fn encloses_files(pdf: &Pdf) -> bool {
    let root = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id());
    root.is_some_and(|root| root.contains_key("Collection"))
}

/// True if what a page draws cannot be unpacked to its end.
pub(super) fn is_damaged(page: &Page<'_>) -> bool {
    let entries = page.raw();
    if let Some(stream) = entries.get::<Stream<'_>>("Contents") {
        return is_broken(&stream);
    }
    let streams = entries.get::<Array<'_>>("Contents");
    let mut streams = streams.iter().flat_map(|all| all.iter::<Stream<'_>>()).take(STREAMS_MAX);
    streams.any(|stream| is_broken(&stream))
}

fn is_broken(stream: &Stream<'_>) -> bool {
    let named = stream.dict().get::<Name<'_>>("Filter");
    let listed = || {
        let mut all = stream.dict().get::<Array<'_>>("Filter")?.iter::<Name<'_>>();
        all.next().filter(|_| all.next().is_none())
    };
    let alone = named.or_else(listed).is_some_and(|name| matches!(name.as_ref(), b"FlateDecode" | b"Fl"));
    alone && breaks_off(&stream.raw_data())
}

/// True for packed bytes that are damaged somewhere. A missing end or a wrong sum behind them costs no content.
fn breaks_off(packed: &[u8]) -> bool {
    let with_head = |first: u8, second: u8| first & 15 == 8 && (u16::from(first) * 256 + u16::from(second)) % 31 == 0;
    let mut rest = match packed {
        [first, second, rest @ ..] if with_head(*first, *second) => rest,
        _ => packed,
    };
    let mut unpack = Decompress::new(false);
    let mut room = vec![0; 1 << 15];
    while unpack.total_out() < UNPACKED_MAX {
        let (before, made) = (unpack.total_in(), unpack.total_out());
        match unpack.decompress(rest, &mut room, FlushDecompress::None) {
            Err(_) => return true,
            Ok(Status::StreamEnd) => return false,
            Ok(Status::Ok | Status::BufError) => {}
        }
        let taken = usize::try_from(unpack.total_in() - before).unwrap_or(usize::MAX);
        if taken == 0 && unpack.total_out() == made {
            return false;
        }
        rest = rest.get(taken..).unwrap_or_default();
    }
    false
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn packed(text: &str) -> Vec<u8> {
        let mut pack = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        pack.write_all(text.as_bytes()).unwrap();
        pack.finish().unwrap()
    }

    #[test]
    fn damaged_bytes_are_seen_and_a_missing_end_or_sum_is_not_held_against_a_page() {
        let words: String =
            (0..400).map(|number| format!("BT 0 {number} Td ({}) Tj ET\n", number * 7919 % 1000)).collect();
        let whole = packed(&words);
        assert!(!breaks_off(&whole));
        assert!(!breaks_off(whole.get(..whole.len() - 4).unwrap()) && !breaks_off(&[]) && !breaks_off(&packed("")));
        assert!(!breaks_off(whole.get(2..).unwrap()), "without its head");
        let mut broken = whole.clone();
        let middle = broken.len() / 2;
        broken.get_mut(middle..middle + 40).unwrap().fill(0xff);
        assert!(breaks_off(&broken));
        let mut foreign = whole;
        foreign.get_mut(..2).unwrap().copy_from_slice(b"x\0");
        assert!(breaks_off(&foreign));
    }
}

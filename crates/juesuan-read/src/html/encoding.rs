//! Bytes of a web page to text.

use encoding_rs::{Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};
use juesuan_text::part;

/// How far into the page its own word on its encoding is looked for.
const HEAD_BYTES: usize = 4096;

/// The text, and whether every byte of it was understood. A mark at the beginning decides; then whether it is UTF-8 at all;
/// then what the page says; then GB18030.
pub fn decode(bytes: &[u8]) -> (String, bool) {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return with(encoding, part(bytes, mark..));
    }
    let head = part(bytes, ..HEAD_BYTES);
    let zeros = |first: usize| head.iter().skip(first).step_by(2).filter(|b| **b == 0).count() * 4 > head.len();
    if zeros(1) {
        return with(UTF_16LE, bytes);
    }
    if zeros(0) {
        return with(UTF_16BE, bytes);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (text.to_owned(), true);
    }
    let named = named(head).filter(|encoding| !matches!(*encoding, e if e == UTF_16LE || e == UTF_16BE));
    match named {
        Some(encoding) if encoding == GBK => with(GB18030, bytes),
        // A page that says UTF-8 and is cut inside a letter stays UTF-8; one that is not at all is not.
        Some(encoding) if encoding == UTF_8 => {
            let good = bytes.utf8_chunks().next().map_or(0, |chunk| chunk.valid().len());
            if good * 10 > bytes.len() * 9 { with(UTF_8, bytes) } else { with(GB18030, bytes) }
        }
        Some(encoding) => with(encoding, bytes),
        None => with(GB18030, bytes),
    }
}

fn with(encoding: &'static Encoding, bytes: &[u8]) -> (String, bool) {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    (text.into_owned(), !broken)
}

/// The encoding that `<meta charset=…>` or `<?xml encoding=…?>` names.
fn named(head: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(head).to_lowercase();
    let after = ["charset", "encoding"].iter().find_map(|word| head.split_once(word).map(|(_, rest)| rest))?;
    let label = after.trim_start().strip_prefix('=')?.trim_start_matches(['"', '\'', ' ']);
    let end = label.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_'))?;
    Encoding::for_label(part(label.as_bytes(), ..end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_in_the_encodings_of_china_are_read() {
        let page = "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=gb2312\"></head>决算公开㙍</html>";
        assert_eq!(decode(&GB18030.encode(page).0), (page.to_owned(), true));
        assert_eq!(decode("<p>决算</p>".as_bytes()), ("<p>决算</p>".to_owned(), true));
        let wide: Vec<u8> = "<table><td>决算</td></table>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&wide).0, "<table><td>决算</td></table>");
    }

    #[test]
    fn a_page_cut_inside_a_letter_says_so() {
        let page = "<meta charset=utf-8>决算公开决算公开决算公开决算公开决算公开".as_bytes();
        let (text, whole) = decode(&page[..page.len() - 1]);
        assert!(text.contains("决算公开") && !whole);
    }
}

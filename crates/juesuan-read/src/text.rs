//! Bytes to text. Chinese offices have files in UTF-8 and in GBK, and spreadsheets save "Unicode text" as UTF-16.

use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};
use juesuan_model::{Place, Problem};
use juesuan_text::part;

use crate::file::fault;

/// One line of a text file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Counts from 1.
    pub number: u32,
    /// The line without its end.
    pub text: String,
}

/// This many good multi-byte characters before a broken one prove UTF-8; GBK text fails on its first ones.
const PROOF_OF_UTF8: usize = 8;

/// Decodes a text: by its byte order mark, else UTF-8, else GB18030 (which contains GBK). A broken byte is a problem with
/// its line.
pub fn decode(name: &str, bytes: &[u8]) -> Result<String, Problem> {
    for (mark, encoding) in [(&b"\xFF\xFE"[..], UTF_16LE), (b"\xFE\xFF", UTF_16BE)] {
        if let Some(rest) = bytes.strip_prefix(mark) {
            let (text, broken) = encoding.decode_without_bom_handling(rest);
            return if broken {
                Err(fault(name, "UTF-16 文本中断或损坏；请重新导出"))
            } else {
                Ok(text.into_owned())
            };
        }
    }
    if bytes.contains(&0) {
        return Err(fault(name, "内容不是文本，也不是 XLSX、XLS；请另存为 XLSX 或 CSV"));
    }
    let marked = bytes.strip_prefix(b"\xEF\xBB\xBF");
    match std::str::from_utf8(marked.unwrap_or(bytes)) {
        Ok(text) if marked.is_some() || !could_be_gbk(text) => Ok(text.to_owned()),
        Ok(text) => Ok(gb18030(bytes).unwrap_or_else(|| text.to_owned())),
        Err(error) => {
            let good = String::from_utf8_lossy(part(bytes, ..error.valid_up_to()));
            let proven = marked.is_some() || good.chars().filter(|c| *c >= '\u{800}').count() >= PROOF_OF_UTF8;
            let text = if proven { None } else { gb18030(bytes) };
            text.ok_or_else(|| {
                let line = good.matches('\n').count() + 1;
                let cut = if error.error_len().is_none() { "，文件像是被截断" } else { "" };
                Problem::fatal(
                    Place { file: Some(name.to_owned()), line: u32::try_from(line).ok(), ..Place::default() },
                    format!("有不能识别的字符{cut}；文本应为 UTF-8 或 GBK 编码，请重新导出"),
                )
            })
        }
    }
}

/// Short GBK texts can happen to be UTF-8 of the range below Chinese characters (the character 通 is).
fn could_be_gbk(text: &str) -> bool {
    let mut foreign = text.chars().filter(|c| !c.is_ascii()).peekable();
    foreign.peek().is_some() && foreign.all(|c| c < '\u{800}')
}

fn gb18030(bytes: &[u8]) -> Option<String> {
    GB18030.decode_without_bom_handling_and_without_replacement(bytes).map(|text| text.into_owned())
}

/// The lines of a text, numbered from 1.
pub fn lines(text: &str) -> Vec<Line> {
    (1..).zip(text.lines()).map(|(number, text)| Line { number, text: text.to_owned() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::GBK;

    #[test]
    fn gbk_that_happens_to_be_utf8_is_read_as_gbk() {
        let bytes = GBK.encode("通").0;
        assert!(std::str::from_utf8(&bytes).is_ok());
        assert_eq!(decode("a.csv", &bytes).unwrap(), "通");
    }

    #[test]
    fn utf16_with_its_mark_is_read() {
        let bytes: Vec<u8> = "\u{feff}单位\t金额".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode("a.txt", &bytes).unwrap(), "单位\t金额");
    }

    #[test]
    fn a_broken_byte_in_utf8_is_named_with_its_line_and_not_guessed_as_gbk() {
        let mut bytes = "单位名称,凭证编号,金额\n".as_bytes().to_vec();
        bytes.extend([0xE5, 0x8D, b'\n']);
        let problem = decode("a.csv", &bytes).unwrap_err();
        assert_eq!(problem.place.line, Some(2));
        let cut = decode("a.csv", &"单位名称凭证编号金额".as_bytes()[..29]).unwrap_err();
        assert!(cut.message.contains("截断"), "{}", cut.message);
    }
}

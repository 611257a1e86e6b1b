//! A web page as the editors of a government site paste it from Word: GBK, headings that are bold paragraphs, tables with merged
//! cells and the title inside, spaces that do not break.

use std::fmt::Write;

use encoding_rs::GB18030;
use juesuan_model::{Block, CellRole, Document, Table};

use super::grid::{self, Laid};
use super::joined;
use super::wording::Wording;
use crate::random::Random;

/// The page in GBK; what GBK lacks stands as a reference.
pub fn web(document: &Document, random: &mut Random) -> Vec<u8> {
    let wording = Wording::by_chance(random);
    let title = document.title.join("");
    let mut out = format!(
        "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=gb2312\">\n<title>{title}</title></head>\n\
         <body><div class=nav><a href=/>首页</a> &gt; <a href=/zwgk>政务公开</a></div><div id=zoom>\n"
    );
    for line in &document.title {
        put(&mut out, format_args!("<p align=center><font size=6><b>{}</b></font></p>\n", escaped(line)));
    }
    for part in &document.parts {
        put(&mut out, format_args!("<p align=center><strong>{}</strong></p>\n", escaped(&part.title)));
        for block in &part.blocks {
            match block {
                Block::Heading { text, .. } => {
                    put(&mut out, format_args!("<p>&nbsp;&nbsp;&nbsp;&nbsp;<b>{}</b></p>\n", escaped(text)));
                }
                Block::Paragraph { runs, .. } => {
                    let words = wording.write(&joined(runs), random);
                    put(&mut out, format_args!("<p>　　{}</p><p>&nbsp;</p>\n", spanned(&words, random)));
                }
                Block::Table(table) => written(&mut out, table, random),
                Block::Chart(chart) => put(&mut out, format_args!("<p align=center>{}</p>\n", escaped(&chart.caption))),
            }
        }
    }
    out.push_str("</div></body></html>\n");
    GB18030.encode(&out).0.into_owned()
}

/// The words cut into spans, as an editor leaves them: also inside of numbers.
fn spanned(words: &str, random: &mut Random) -> String {
    let letters: Vec<char> = words.chars().collect();
    let mut rest = letters.as_slice();
    let mut out = String::new();
    while !rest.is_empty() {
        let at = usize::try_from(random.between(3, 40)).unwrap_or(1).min(rest.len());
        let (piece, after) = rest.split_at(at);
        let piece: String = piece.iter().collect();
        put(&mut out, format_args!("<span lang=EN-US style='font-size:16.0pt'>{}</span>", escaped(&piece)));
        rest = after;
    }
    out
}

fn written(out: &mut String, table: &Table, random: &mut Random) {
    let rows = grid::rows(table);
    let columns = grid::columns(&rows);
    let inside = random.between(0, 1) == 1;
    let frame = |out: &mut String, text: &str| {
        if inside {
            put(out, format_args!("<tr><td colspan={columns} align=center>{}</td></tr>\n", escaped(text)));
        } else {
            put(out, format_args!("<p align=center>{}</p>\n", escaped(text)));
        }
    };
    let open = "<table border=1 cellspacing=0>\n";
    if inside {
        out.push_str(open);
    }
    for line in [&table.title, &table.number, &table.entity, &table.unit] {
        if !line.is_empty() {
            frame(out, line);
        }
    }
    if !inside {
        out.push_str(open);
    }
    for row in &rows {
        out.push_str("<tr>");
        row.iter().for_each(|laid| cell(out, laid));
        out.push_str("</tr>\n");
    }
    if table.rows.is_empty() {
        put(out, format_args!("<tr>{}</tr>\n", "<td>&nbsp;</td>".repeat(columns)));
    }
    out.push_str("</table>\n");
    for note in &table.notes {
        put(out, format_args!("<p>{}</p>\n", escaped(note)));
    }
}

fn cell(out: &mut String, laid: &Laid) {
    out.push_str("<td");
    if laid.columns > 1 {
        put(out, format_args!(" colspan={}", laid.columns));
    }
    if laid.rows > 1 {
        put(out, format_args!(" rowspan={}", laid.rows));
    }
    let text = match (laid.role, laid.text.as_str()) {
        (CellRole::Number, "0.00") => "&nbsp;".to_owned(),
        (CellRole::Number, text) => format!("<p align=right>{}</p>", escaped(text)),
        (_, text) => format!("&nbsp;{}", escaped(text)),
    };
    put(out, format_args!(">{text}</td>"));
}

/// Writing to a string cannot fail.
fn put(out: &mut String, words: std::fmt::Arguments<'_>) {
    let _ = out.write_fmt(words);
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

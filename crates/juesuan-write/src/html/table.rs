//! Tables with captions, scopes and, for heads of several rows, explicit headers of each cell.

use juesuan_model::{Align, CellRole, HeaderCell, Table, TableCell, TableRow};
use juesuan_text::{file_name, part};

use super::body::FigureIds;
use crate::grid::{self, Spot, above, cover, covered, heading, is_covered, placed, span};
use crate::markup::{Push, encoded, escape};

/// File name of a table without its ending, as people know it: number among the statutory tables and title; of other tables
/// the title, if they have one, and their number among all.
pub(super) fn stem(table: &Table, anchor: &str, number: usize) -> String {
    if !table.form.is_empty() {
        return file_name(&format!("{number:0>2}{}", table.title));
    }
    let among_all = anchor.trim_start_matches(|c: char| !c.is_ascii_digit());
    let title = if table.title.is_empty() { "表格" } else { &table.title };
    format!("{}{among_all}", file_name(title))
}

/// The table in its scrolling region, with notes and the link to its data.
pub(super) fn block(table: &Table, anchor: &str, file: &str, figures: &mut FigureIds) -> String {
    let title = escape(&table.title);
    let mut out = format!(
        "<div class=\"table\" id=\"{anchor}\">\n<div class=\"scroll\" role=\"region\" tabindex=\"0\" \
         aria-label=\"{title}（表格，可左右滚动）\">\n<table{}>\n<caption><div><span class=\"title\">{title}</span>",
        match grid::columns(table) {
            0..=4 => "",
            5..=6 => " class=\"wide\"",
            _ => " class=\"wide widest\"",
        }
    );
    for (class, text) in [("number", &table.number), ("entity", &table.entity), ("unit", &table.unit)] {
        if !text.is_empty() {
            out.put(format_args!(" <span class=\"{class}\">{}</span>", escape(text)));
        }
    }
    out.push_str("</div></caption>\n");
    head(table, anchor, &mut out);
    body(table, anchor, figures, &mut out);
    out.push_str("</table>\n</div>\n");
    for note in &table.notes {
        // 2. stands below 1., not below 注.
        let counted = if note.starts_with(|first: char| first.is_ascii_digit()) { " counted" } else { "" };
        out.put(format_args!("<p class=\"note{counted}\">{}</p>\n", escape(note)));
    }
    out.put(format_args!(
        "<p class=\"csv\"><a href=\"{}\" download>下载CSV<span class=\"unseen\">：{title}</span></a></p>\n</div>\n",
        escape(&encoded(file))
    ));
    out
}

fn head_id(anchor: &str, spot: Spot) -> String {
    format!("{anchor}-h{}-{}", spot.row + 1, spot.index + 1)
}

fn head(table: &Table, anchor: &str, out: &mut String) {
    if table.header.is_empty() {
        return;
    }
    out.push_str("<thead>\n");
    for (row, cells) in table.header.iter().enumerate() {
        out.push_str("<tr>");
        for (index, cell) in cells.iter().enumerate() {
            head_cell(cell, &head_id(anchor, Spot { row, index }), out);
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</thead>\n");
}

fn head_cell(cell: &HeaderCell, id: &str, out: &mut String) {
    // The blank above 行次 in the line of column numbers heads nothing.
    if cell.text.is_empty() {
        out.push_str("<td");
        spans(span(cell.columns), span(cell.rows), out);
        out.push_str("></td>");
        return;
    }
    let scope = if cell.columns > 1 { "colgroup" } else { "col" };
    out.put(format_args!("<th scope=\"{scope}\" id=\"{id}\""));
    spans(span(cell.columns), span(cell.rows), out);
    out.put(format_args!(">{}</th>", escape(&cell.text)));
}

fn spans(columns: usize, rows: usize, out: &mut String) {
    if columns > 1 {
        out.put(format_args!(" colspan=\"{columns}\""));
    }
    if rows > 1 {
        out.put(format_args!(" rowspan=\"{rows}\""));
    }
}

fn body(table: &Table, anchor: &str, figures: &mut FigureIds, out: &mut String) {
    let (cover, covered) = (cover(table), covered(table));
    out.push_str("<tbody>\n");
    for (number, row) in table.rows.iter().enumerate() {
        out.push_str(if row.total { "<tr class=\"total\">" } else { "<tr>" });
        let mut row_head: Option<String> = None;
        for (index, (column, cell)) in placed(row).enumerate() {
            if is_covered(&covered, number, column) {
                continue;
            }
            if heads_row(row, index) {
                let id = format!("{anchor}-r{}-{}", number + 1, column + 1);
                out.put(format_args!("<th scope=\"row\" id=\"{id}\" class=\"{}\"", class(cell)));
                row_head = Some(id);
            } else {
                out.put(format_args!("<td class=\"{}\"", class(cell)));
            }
            let mut headers: Vec<String> = (column..column + span(cell.columns))
                .flat_map(|c| above(&cover, c))
                .filter(|spot| heading(table, *spot).is_some_and(|cell| !cell.text.is_empty()))
                .map(|spot| head_id(anchor, spot))
                .collect();
            let mut seen = Vec::new();
            headers.retain(|id| {
                !seen.contains(id) && {
                    seen.push(id.clone());
                    true
                }
            });
            if !heads_row(row, index) {
                headers.extend(row_head.clone());
            }
            if !headers.is_empty() {
                out.put(format_args!(" headers=\"{}\"", headers.join(" ")));
            }
            if let Some(id) = cell.figure {
                out.push_str(&figures.attribute(id));
            }
            spans(span(cell.columns), span(cell.rows), out);
            let end = if heads_row(row, index) { "th" } else { "td" };
            out.put(format_args!(">{}</{end}>", escape(&cell.text)));
        }
        out.push_str("</tr>\n");
    }
    if table.rows.is_empty() {
        out.put(format_args!("<tr><td colspan=\"{}\">（无数据）</td></tr>\n", grid::columns(table).max(1)));
    }
    out.push_str("</tbody>\n");
}

/// A label heads its row if it is the first, or if a figure follows it: a table of two sides has two in a row.
fn heads_row(row: &TableRow, index: usize) -> bool {
    let Some(cell) = row.cells.get(index) else {
        return false;
    };
    if cell.role != CellRole::Label || cell.text.is_empty() {
        return false;
    }
    let first = part(&row.cells, ..index).iter().all(|before| before.role != CellRole::Label);
    let next =
        part(&row.cells, index + 1..).iter().find(|after| !matches!(after.role, CellRole::Ordinal | CellRole::Code));
    first || next.is_some_and(|after| after.role == CellRole::Number)
}

fn class(cell: &TableCell) -> String {
    let role = match cell.role {
        CellRole::Label => "label",
        CellRole::Code => "code",
        CellRole::Ordinal => "ordinal",
        CellRole::Number => "amount",
    };
    let align = match cell.align {
        Align::Left => "",
        Align::Center => " center",
        Align::Right => " right",
    };
    let indent = if cell.indent > 0 { format!(" indent-{}", cell.indent.min(4)) } else { String::new() };
    format!("{role}{align}{indent}")
}

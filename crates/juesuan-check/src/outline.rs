//! The document of an example, a line for each of its texts: `部分|第三部分 …`, `标题|一、…`, `表|收入决算表`, `注|…`; a line
//! without a mark is a paragraph.

use juesuan_model::{Block, CellRole, ContentsEntry, Document, FigureId, Mark, Part, Run, Table, TableCell, TableRow};

/// The document that the lines of an example describe. A mark that is none of them is refused.
pub(crate) fn document(lines: &[String], forms: impl Fn(&str) -> String) -> Result<Document, String> {
    let mut out = Document::default();
    for line in lines {
        let (mark, text) = line.split_once('|').unwrap_or(("", line));
        let text = text.to_owned();
        match mark {
            "封面" => out.title.push(text),
            "目录" => out.contents.push(ContentsEntry { text, ..ContentsEntry::default() }),
            "部分" => out.parts.push(Part { title: text, ..Part::default() }),
            "标题" => push(&mut out, Block::Heading { level: 1, text, origin: Vec::new() }),
            "表" => {
                let form = forms(&text);
                push(&mut out, Block::Table(Table { form, title: text, unit: "万元".to_owned(), ..Table::default() }));
            }
            "填报" | "注" | "行" | "数行" | "无单位" => {
                let block = out.parts.last_mut().and_then(|part| part.blocks.last_mut());
                let Some(Block::Table(table)) = block else {
                    return Err(format!("“{line}”须在“表|…”之后"));
                };
                match mark {
                    "填报" => table.entity = text,
                    "注" => table.notes.push(text),
                    "无单位" => table.unit.clear(),
                    "数行" => table.rows.push(row_of_figures(&text)?),
                    _ => {
                        let cells =
                            text.split('|').map(|cell| TableCell { text: cell.to_owned(), ..TableCell::default() });
                        table.rows.push(TableRow { cells: cells.collect(), total: false });
                    }
                }
            }
            "" => {
                let run = Run { text, figure: None, mark: Mark::Plain };
                push(&mut out, Block::Paragraph { runs: vec![run], origin: Vec::new() });
            }
            other => return Err(format!("“{other}”不是封面、目录、部分、标题、表、填报、行、注或无单位")),
        }
    }
    Ok(out)
}

fn push(document: &mut Document, block: Block) {
    if document.parts.is_empty() {
        document.parts.push(Part::default());
    }
    if let Some(part) = document.parts.last_mut() {
        part.blocks.push(block);
    }
}

/// A code as printed and the numbers of the example's figures in its row, from 0.
fn row_of_figures(text: &str) -> Result<TableRow, String> {
    let (code, figures) = text.split_once('|').ok_or(format!("“数行|{text}”须写编码和数的序号"))?;
    let code = TableCell { text: code.to_owned(), role: CellRole::Code, ..TableCell::default() };
    let figures = figures.split('|').map(|number| {
        let id = number.parse().map_err(|_| format!("“{number}”不是例子里数的序号"))?;
        Ok(TableCell { figure: Some(FigureId(id)), role: CellRole::Number, ..TableCell::default() })
    });
    let cells = std::iter::once(Ok(code)).chain(figures).collect::<Result<Vec<TableCell>, String>>()?;
    Ok(TableRow { cells, total: false })
}

//! CSV files: cells divided by comma, semicolon or tab, with or without quotes.

use csv::{ByteRecord, ReaderBuilder};
use juesuan_model::{Place, Problem};

use crate::budget::{Budget, CELL_CHARACTERS_MAX, COLUMNS_MAX, Cost, ROWS_MAX};
use crate::file::fault;
use crate::grid::{Grid, Row, Value};
use crate::text;

/// Lines that are looked at to find the delimiter.
const LINES_LOOKED_AT: usize = 50;

/// Reads a CSV file.
pub fn grid(name: &str, bytes: &[u8], mut budget: Budget) -> Result<Grid, Problem> {
    let text = text::decode(name, bytes)?;
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter(&text)).from_reader(text.as_bytes());
    let mut rows: Vec<Row> = Vec::new();
    let mut record = ByteRecord::new();
    let mut last_line = 1;
    loop {
        match reader.read_byte_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {}
            Err(_) => return Err(at(name, last_line + 1, "读不了这一行；请另存为 CSV 或 XLSX".to_owned())),
        }
        last_line = record.position().map_or(last_line, |position| first_line(&text, position));
        if rows.len() >= ROWS_MAX as usize {
            return Err(fault(name, format!("超过 {ROWS_MAX} 行；请拆成几个文件")));
        }
        if record.len() > COLUMNS_MAX as usize {
            return Err(at(name, last_line, format!("超过 {COLUMNS_MAX} 列；请检查分隔符")));
        }
        budget.afford(name, Cost::Cells, record.len())?;
        budget.afford(name, Cost::Characters, record.as_slice().len())?;
        let mut cells = Vec::with_capacity(record.len());
        for field in &record {
            let field = std::str::from_utf8(field).map_err(|_| at(name, last_line, "引号切断了一个字".to_owned()))?;
            if field.len() > CELL_CHARACTERS_MAX * 4 {
                return Err(at(
                    name,
                    last_line,
                    format!("有一格超过 {CELL_CHARACTERS_MAX} 字，像是引号没有配对；请补上或删去引号，或把这一格改短"),
                ));
            }
            cells.push(Value::text(field));
        }
        rows.push(Row { line: last_line, cells, ..Row::default() });
    }
    let in_last_row = |row: &Row| row.cells.iter().any(|cell| cell.as_str().contains('\n'));
    if text.matches('"').count() % 2 == 1 && rows.last().is_some_and(in_last_row) {
        return Err(at(name, last_line, "有一个引号没有配对，后面的行都落进了同一格；请补上或删去引号".to_owned()));
    }
    Ok(Grid { file: name.to_owned(), rows, ..Grid::default() })
}

/// The line where a record begins: the reader's position stands before the blank lines that it skips.
fn first_line(text: &str, position: &csv::Position) -> u32 {
    let start = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let skipped = text.as_bytes().get(start..).unwrap_or_default().iter().take_while(|b| matches!(b, b'\r' | b'\n'));
    let lines = skipped.filter(|b| **b == b'\n').count();
    u32::try_from(position.line()).unwrap_or(u32::MAX).saturating_add(u32::try_from(lines).unwrap_or(u32::MAX))
}

/// The delimiter that divides most of the first lines into the same number of cells.
fn delimiter(text: &str) -> u8 {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(LINES_LOOKED_AT).collect();
    let mut best = (0, b',');
    for delimiter in [b',', b'\t', b';'] {
        let counts: Vec<usize> = lines.iter().map(|line| outside_quotes(line, delimiter)).collect();
        let score = counts
            .iter()
            .filter(|count| **count > 0)
            .map(|count| counts.iter().filter(|other| *other == count).count() * 100 + count.min(&99))
            .max()
            .unwrap_or(0);
        if score > best.0 {
            best = (score, delimiter);
        }
    }
    best.1
}

fn outside_quotes(line: &str, delimiter: u8) -> usize {
    let mut quoted = false;
    line.bytes()
        .filter(|byte| {
            quoted ^= *byte == b'"';
            !quoted && *byte == delimiter
        })
        .count()
}

fn at(name: &str, line: u32, message: String) -> Problem {
    Problem::fatal(Place { file: Some(name.to_owned()), line: Some(line), ..Place::default() }, message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::GBK;
    use proptest::prelude::*;

    fn cells(grid: &Grid) -> Vec<Vec<&str>> {
        grid.rows.iter().map(|row| row.cells.iter().map(Value::as_str).collect()).collect()
    }

    #[test]
    fn amounts_with_commas_do_not_make_a_tab_file_a_comma_file() {
        let grid = grid("a.txt", "单位\t金额\n甲\t1,234.50\n乙\t5,000,000.00\n".as_bytes(), Budget::sheets()).unwrap();
        assert_eq!(cells(&grid), [["单位", "金额"], ["甲", "1,234.50"], ["乙", "5,000,000.00"]]);
    }

    #[test]
    fn semicolons_divide_where_they_divide_every_line() {
        let grid = grid("a.csv", "单位;金额\n甲,乙;1\n丙;2\n".as_bytes(), Budget::sheets()).unwrap();
        assert_eq!(cells(&grid)[1], ["甲,乙", "1"]);
    }

    #[test]
    fn rows_know_their_lines_behind_blank_lines_and_quoted_line_ends() {
        let grid = grid("a.csv", "单位,金额\n\n\"甲\n乙\",1\n丙,2\n".as_bytes(), Budget::sheets()).unwrap();
        assert_eq!(grid.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [1, 3, 5]);
    }

    #[test]
    fn a_quote_nobody_closed_is_named_with_its_line() {
        let problem = grid("a.csv", "单位,金额\n甲,1\n\"乙,2\n丙,3\n".as_bytes(), Budget::sheets()).unwrap_err();
        assert_eq!(problem.place.line, Some(3));
        assert!(problem.message.contains("引号"));
    }

    proptest! {
        #[test]
        fn what_is_written_in_utf8_or_gbk_is_read_back(
            rows in prop::collection::vec(prop::collection::vec("[一-龥a-z0-9,;\" ]{0,8}", 3), 1..12),
            gbk in any::<bool>(),
        ) {
            let mut writer = csv::Writer::from_writer(Vec::new());
            writer.write_record(["单位名称", "凭证编号", "借方金额"]).unwrap();
            let encodable = |cell: &String| GBK.encode(cell).2;
            let rows: Vec<Vec<String>> = rows.into_iter().map(|r| r.into_iter().map(|c| if encodable(&c) { String::new() } else { c }).collect()).collect();
            for row in &rows {
                writer.write_record(row).unwrap();
            }
            let bytes = writer.into_inner().unwrap();
            let bytes = if gbk { GBK.encode(std::str::from_utf8(&bytes).unwrap()).0.into_owned() } else { bytes };
            let grid = grid("a.csv", &bytes, Budget::sheets()).unwrap();
            prop_assert_eq!(grid.rows.len(), rows.len() + 1);
            for (read, written) in grid.rows.iter().skip(1).zip(&rows) {
                let written: Vec<&str> = written.iter().map(|cell| cell.trim()).collect();
                prop_assert_eq!(read.cells.iter().map(Value::as_str).collect::<Vec<_>>(), written);
            }
        }

        #[test]
        fn no_bytes_crash_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let _ = crate::open::grids_of("a.csv", &bytes);
        }
    }
}

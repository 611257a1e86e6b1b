//! An input table as cells to be typed in: read from whatever file of the folder holds it, written as CSV.

use std::collections::BTreeMap;

use juesuan_catalog::{Catalog, ColumnKind, InputFile};
use juesuan_inputs::Mapping;
use juesuan_inputs::folder::kind_of;
use juesuan_inputs::header::{self, Header};
use juesuan_inputs::scaffold::{entry_sheet, path_of};
use juesuan_read::files::{FileKind, joined};
use juesuan_read::{Files, Grid};

/// The ending of files that are written.
const CSV: &str = "csv";
/// Endings of files in which a table may stand.
const ENDINGS: [&str; 5] = ["csv", "txt", "tsv", "xlsx", "xls"];
/// What office programs need in front to read a text as UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cells {
    /// The file from which it was read; `None`: there is none yet.
    pub path: Option<String>,
    /// The columns.
    pub heads: Vec<Head>,
    /// The rows, each with the number of its line in the file; as many cells as there are columns.
    pub rows: Vec<(u32, Vec<String>)>,
}

/// A column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// As it stands above the table.
    pub text: String,
    /// What to enter.
    pub help: String,
    /// Words that may stand there; none: anything.
    pub choices: Vec<String>,
    /// It holds numbers.
    pub is_number: bool,
    /// The table cannot be read without it.
    pub is_required: bool,
}

/// Files of a folder in which a table of this kind stands, in the order in which they are read.
pub fn files_of(folder: &dyn Files, kind: &InputFile, catalog: &Catalog) -> Vec<String> {
    let mut entries = folder.list(&kind.folder).unwrap_or_default();
    entries.retain(|entry| entry.kind == FileKind::File && !entry.name.starts_with(['.', '~']));
    entries.sort_by(|one, other| one.name.cmp(&other.name));
    let paths = entries.into_iter().map(|entry| joined(&kind.folder, &entry.name));
    paths
        .filter(|path| is_sheet(path) && kind_of(catalog, &kind.folder, path).is_some_and(|own| own.key == kind.key))
        .collect()
}

fn is_sheet(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.iter().any(|own| ending.eq_ignore_ascii_case(own)))
}

impl Cells {
    /// The table of this kind in a file of the folder, or an empty one. A file without the head of the kind gives none.
    pub fn read(folder: &dyn Files, kind: &InputFile, path: Option<&str>) -> Option<Cells> {
        let Some(path) = path else {
            return Some(Cells {
                heads: kind.column.iter().map(|column| head(kind, &column.key)).collect(),
                ..Cells::default()
            });
        };
        let bytes = juesuan_read::file::bytes_of(folder, path, path).ok()?;
        let grids = juesuan_read::grids_entered(path, &bytes).ok()?;
        let found = grids.iter().find_map(|grid| Some((grid, header::find(grid, kind, &Mapping::default())?)));
        let (grid, found) = found?;
        let keys: BTreeMap<usize, &String> = found.columns.iter().map(|(key, index)| (*index, key)).collect();
        let is_filled = |index: &usize| (found.top..grid.rows.len()).any(|row| !grid.cell(row, *index).is_blank());
        let columns: Vec<usize> = (0..grid.width()).filter(is_filled).collect();
        let heads = columns.iter().map(|index| match keys.get(index) {
            Some(key) => head(kind, key),
            // What nobody asks for stays as it is.
            None => Head { text: above(grid, found.top..found.data, *index), ..Head::default() },
        });
        let lacking = kind.column.iter().filter(|column| !found.columns.contains_key(&column.key));
        let lacking: Vec<Head> = lacking.map(|column| head(kind, &column.key)).collect();
        let rows = (found.data..grid.rows.len()).filter(|row| !is_example(grid, *row, kind, &found));
        let there = |row: usize| columns.iter().map(move |column| grid.cell(row, *column).as_str().to_owned());
        let cells = |row: usize| there(row).chain(lacking.iter().map(|_| String::new())).collect();
        let line = |row: usize| grid.place(row).line.unwrap_or_default();
        let rows: Vec<(u32, Vec<String>)> = rows.map(|row| (line(row), cells(row))).collect();
        let rows = rows.into_iter().filter(|(_, cells)| cells.iter().any(|cell: &String| !cell.is_empty()));
        Some(Cells { path: Some(path.to_owned()), heads: heads.chain(lacking.clone()).collect(), rows: rows.collect() })
    }

    /// The same columns with these cells, row by row; rows in which nothing stands are left out.
    pub fn with(&self, cells: Vec<String>) -> Cells {
        let width = self.heads.len().max(1);
        let rows =
            cells.chunks(width).map(|row| (0, row.iter().map(|cell| cell.trim().to_owned()).collect::<Vec<_>>()));
        let rows = rows.filter(|(_, row)| row.len() == width && row.iter().any(|cell| !cell.is_empty()));
        Cells { rows: rows.collect(), ..self.clone() }
    }

    /// Where the table is written.
    pub fn target(&self, kind: &InputFile) -> String {
        let path = self.path.clone().unwrap_or_else(|| joined(&kind.folder, last(&path_of(kind))));
        path.rsplit_once('.').map_or(path.clone(), |(stem, _)| format!("{stem}.{CSV}"))
    }

    /// The file.
    ///
    /// # Errors
    /// A library that cannot write it.
    pub fn csv(&self) -> Result<Vec<u8>, csv::Error> {
        let mut writer = csv::Writer::from_writer(MARK.to_vec());
        writer.write_record(self.heads.iter().map(|head| &head.text))?;
        for (_, row) in &self.rows {
            writer.write_record(row)?;
        }
        writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))
    }
}

fn head(kind: &InputFile, key: &str) -> Head {
    let Some(column) = kind.readable().find(|column| column.key == key) else {
        return Head { text: key.to_owned(), ..Head::default() };
    };
    Head {
        text: column.header.first().unwrap_or(&column.key).clone(),
        help: column.help.clone(),
        choices: column.choices.clone(),
        is_number: matches!(column.kind, ColumnKind::Yuan | ColumnKind::Count | ColumnKind::Number),
        is_required: column.required,
    }
}

/// True for the row of a new sheet that shows what to enter, as long as nobody has typed over it.
fn is_example(grid: &Grid, row: usize, kind: &InputFile, found: &Header) -> bool {
    let cell = |index: usize| grid.cell(row, index);
    let is_marked = (0..grid.width()).any(|index| cell(index).as_str() == entry_sheet::EXAMPLE);
    let mut columns = kind.column.iter().filter_map(|column| Some((column, *found.columns.get(&column.key)?)));
    is_marked
        && columns
            .all(|(column, index)| cell(index).is_blank() || entry_sheet::is_example(column, cell(index).as_str()))
}

/// The words of a head over several rows.
fn above(grid: &Grid, rows: std::ops::Range<usize>, column: usize) -> String {
    rows.map(|row| grid.cell(row, column).as_str()).collect::<Vec<_>>().concat()
}

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use juesuan_read::Memory;

    use super::*;

    fn kind<'c>(catalog: &'c Catalog, folder: &str) -> &'c InputFile {
        catalog.inputs.iter().find(|kind| kind.folder == folder && kind.column.len() > 3).unwrap()
    }

    #[test]
    fn an_empty_table_has_the_columns_of_its_kind_and_is_written_where_its_reader_looks() {
        let catalog = Catalog::load(&[]).unwrap();
        for kind in
            catalog.inputs.iter().filter(|kind| matches!(kind.folder.as_str(), "budget" | "registers" | "performance"))
        {
            let empty = Cells::read(&Memory::folder("甲"), kind, None).unwrap();
            assert_eq!(empty.heads.len(), kind.column.len(), "{}", kind.key);
            let mut folder = Memory::folder("甲");
            folder.put(&empty.target(kind), empty.csv().unwrap());
            assert_eq!(files_of(&folder, kind, &catalog), [empty.target(kind)], "{}", kind.key);
        }
    }

    #[test]
    fn what_was_typed_is_read_back_with_columns_that_nobody_asked_for() {
        let catalog = Catalog::load(&[]).unwrap();
        let kind = kind(&catalog, "registers");
        let heads: Vec<&str> = kind.column.iter().map(|column| column.header[0].as_str()).collect();
        let text = format!("某某登记表\n{},自己的\n{}x\n", heads.join(","), "一,".repeat(heads.len()));
        let mut folder = Memory::folder("甲");
        let path = format!("registers/{}.txt", kind.names[0]);
        folder.put(&path, text);
        let cells = Cells::read(&folder, kind, Some(&path)).unwrap();
        assert_eq!((cells.heads.len(), cells.rows.len()), (heads.len() + 1, 1));
        assert_eq!(cells.heads.last().unwrap().text, "自己的");
        let typed: Vec<String> = cells.rows[0].1.iter().cloned().chain(vec![String::new(); heads.len() + 1]).collect();
        let more = cells
            .with([typed.as_slice(), &["a,\"b\n"; 1].map(str::to_owned), &vec![String::new(); heads.len()]].concat());
        assert_eq!(more.rows.len(), 2, "a row in which nothing stands is none");
        let target = more.target(kind);
        assert!(target.ends_with(".csv"));
        folder.put(&target, more.csv().unwrap());
        let back = Cells::read(&folder, kind, Some(&target)).unwrap();
        let contents = |cells: &Cells| cells.rows.iter().map(|(_, row)| row.clone()).collect::<Vec<_>>();
        assert_eq!(contents(&back), contents(&more));
    }
}

//! One value as text.

use arrow::array::{Array, RecordBatch};
use arrow::datatypes::DataType;
use arrow::error::ArrowError;
use arrow::util::display::{ArrayFormatter, FormatOptions};
use juesuan_text::shown;

use crate::error::Error;

/// The columns of a stretch of rows, ready to be told.
pub(super) struct Cells<'b> {
    columns: Vec<Column<'b>>,
    /// How many rows.
    pub rows: usize,
}

struct Column<'b> {
    array: &'b dyn Array,
    formatter: ArrayFormatter<'b>,
}

/// What has no value is told as nothing.
const OPTIONS: FormatOptions<'static> = FormatOptions::new();

impl<'b> Cells<'b> {
    /// Those of a stretch.
    pub fn new(rows: &'b RecordBatch) -> Result<Cells<'b>, Error> {
        let column = |array: &'b std::sync::Arc<dyn Array>| {
            let formatter = ArrayFormatter::try_new(array.as_ref(), &OPTIONS)?;
            Ok(Column { array: array.as_ref(), formatter })
        };
        let columns = rows.columns().iter().map(column).collect::<Result<_, ArrowError>>();
        Ok(Cells { columns: columns.map_err(|fault| Error::Engine(fault.into()))?, rows: rows.num_rows() })
    }

    /// The values of a row as texts; `None` where there is none. Characters that steer a terminal are boxes.
    pub fn row(&self, row: usize) -> impl Iterator<Item = Option<String>> + '_ {
        self.columns.iter().map(move |column| {
            // A column of nothing but NULL has no marks of its own for what is missing.
            let known = !column.array.is_null(row) && *column.array.data_type() != DataType::Null;
            known.then(|| shown(&column.formatter.value(row).to_string()).into_owned())
        })
    }
}

/// True for values that stand right in a table, and without quotation marks in JSON.
pub(super) fn is_number(kind: &DataType) -> bool {
    kind.is_numeric()
}

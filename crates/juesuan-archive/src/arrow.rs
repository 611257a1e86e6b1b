//! Tables of the catalogue and rows of documents, as Arrow has them.

use std::sync::Arc;

use arrow_array::builder::{Int64Builder, ListBuilder};
use arrow_array::{ArrayRef, BooleanArray, Decimal128Array, Int64Array, RecordBatch, StringArray};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use juesuan_catalog::{ArchiveTable, ArchiveType};

use crate::column::Column;
use crate::rows::Columns;

/// Digits of an amount in 分, none of them behind the point: a hundred times what an `i64` holds.
const FEN: (u8, i8) = (20, 0);
/// Digits of other numbers, and those behind the point.
const NUMBER: (u8, i8) = (28, 8);
/// What the elements of a list are called.
const ITEM: &str = "item";

/// The columns of a table, without those that stand in the names of folders.
pub(crate) fn schema(table: &ArchiveTable) -> SchemaRef {
    let field = |column: &juesuan_catalog::ArchiveColumn| Field::new(&column.name, kind(column.kind), column.optional);
    Arc::new(Schema::new(table.columns.iter().map(field).collect::<Vec<_>>()))
}

fn kind(kind: ArchiveType) -> DataType {
    match kind {
        ArchiveType::Text => DataType::Utf8,
        ArchiveType::Int => DataType::Int64,
        ArchiveType::Bool => DataType::Boolean,
        ArchiveType::Fen => DataType::Decimal128(FEN.0, FEN.1),
        ArchiveType::Number => DataType::Decimal128(NUMBER.0, NUMBER.1),
        ArchiveType::Ints => DataType::List(Arc::new(item())),
    }
}

fn item() -> Field {
    Field::new(ITEM, DataType::Int64, false)
}

/// Rows as a batch of this schema.
///
/// # Errors
/// Columns that are not those of the schema, and nothing where something must be.
pub(crate) fn batch(schema: &SchemaRef, columns: &Columns) -> Result<RecordBatch, ArrowError> {
    let fields = schema.fields().iter().zip(&columns.0);
    let arrays = fields.map(|(field, column)| array(field.data_type(), column)).collect::<Result<Vec<_>, _>>()?;
    RecordBatch::try_new(Arc::clone(schema), arrays)
}

fn array(kind: &DataType, column: &Column) -> Result<ArrayRef, ArrowError> {
    Ok(match (column, kind) {
        (Column::Text(texts), _) => Arc::new(texts.iter().collect::<StringArray>()),
        (Column::Int(rows), _) => Arc::new(rows.iter().copied().collect::<Int64Array>()),
        (Column::Bool(rows), _) => Arc::new(BooleanArray::from(rows.clone())),
        (Column::Decimal(rows), DataType::Decimal128(precision, scale)) => {
            let array: Decimal128Array = rows.iter().copied().collect();
            Arc::new(array.with_precision_and_scale(*precision, *scale)?)
        }
        (Column::Decimal(_), other) => return Err(ArrowError::SchemaError(other.to_string())),
        (Column::Ints(rows), _) => {
            let mut list = ListBuilder::new(Int64Builder::new()).with_field(item());
            for row in rows {
                list.values().append_slice(row);
                list.append(true);
            }
            Arc::new(list.finish())
        }
    })
}

#[cfg(test)]
mod tests {
    use arrow_array::cast::AsArray;
    use arrow_array::types::Decimal128Type;
    use juesuan_catalog::ArchiveColumn;

    use super::*;
    use crate::rows::Sheet;

    fn table() -> ArchiveTable {
        let column = |name: &str, kind, optional| ArchiveColumn {
            name: name.to_owned(),
            kind,
            optional,
            ..ArchiveColumn::default()
        };
        let columns = vec![
            column("document", ArchiveType::Text, false),
            column("amount", ArchiveType::Fen, true),
            column("figures", ArchiveType::Ints, false),
        ];
        ArchiveTable { name: "t".to_owned(), columns, ..ArchiveTable::default() }
    }

    #[test]
    fn amounts_stay_exact_and_what_is_not_known_is_null() {
        let mut sheet = Sheet::new(&table());
        let large = i128::from(i64::MAX);
        sheet.row(["a".into(), large.into(), vec![1, 2].into()]);
        sheet.row(["b".into(), None::<i128>.into(), Vec::new().into()]);
        let batch = batch(&schema(&table()), &sheet.done("t").unwrap()).unwrap();
        let amounts = batch.column(1).as_primitive::<Decimal128Type>();
        assert_eq!(amounts.iter().collect::<Vec<_>>(), [Some(large), None]);
        assert_eq!(batch.column(2).as_list::<i32>().value(0).len(), 2);
    }

    #[test]
    fn a_row_without_what_must_be_there_is_refused() {
        let mut sheet = Sheet::new(&table());
        sheet.row([None::<&str>.into(), None::<i128>.into(), Vec::new().into()]);
        assert!(batch(&schema(&table()), &sheet.done("t").unwrap()).is_err());
    }
}

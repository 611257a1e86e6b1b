//! What the catalogue says of a table, as the engine has it.

use std::sync::Arc;

use arrow::datatypes::{DataType, Field, Schema};
use datafusion::catalog::TableProvider;
use datafusion::datasource::file_format::parquet::ParquetFormat;
use datafusion::datasource::listing::{ListingOptions, ListingTable, ListingTableConfig, ListingTableUrl};
use datafusion::error::DataFusionError;
use juesuan_catalog::archive::{ArchiveColumn, ArchiveTable, ArchiveType};

use crate::archive::ENDING;

/// A table over its parts below `store`.
pub(super) fn provider(
    table: &ArchiveTable,
    partitions: &[ArchiveColumn],
    store: &str,
) -> Result<Arc<dyn TableProvider>, DataFusionError> {
    let folders = partitions.iter().map(|column| (column.name.clone(), data_type(column.kind))).collect();
    let options = ListingOptions::new(Arc::new(ParquetFormat::default()))
        .with_file_extension(ENDING)
        .with_table_partition_cols(folders);
    let config = ListingTableConfig::new(ListingTableUrl::parse(format!("{store}{}/", table.name))?)
        .with_listing_options(options)
        .with_schema(Arc::new(schema(table)));
    Ok(Arc::new(ListingTable::try_new(config)?))
}

/// The columns of a part.
pub fn schema(table: &ArchiveTable) -> Schema {
    let field = |column: &ArchiveColumn| Field::new(&column.name, data_type(column.kind), column.optional);
    Schema::new(table.columns.iter().map(field).collect::<Vec<_>>())
}

fn data_type(kind: ArchiveType) -> DataType {
    match kind {
        ArchiveType::Text => DataType::Utf8,
        ArchiveType::Int => DataType::Int64,
        ArchiveType::Bool => DataType::Boolean,
        ArchiveType::Fen => DataType::Decimal128(20, 0),
        ArchiveType::Number => DataType::Decimal128(28, 8),
        ArchiveType::Ints => DataType::List(Arc::new(Field::new("item", DataType::Int64, false))),
    }
}

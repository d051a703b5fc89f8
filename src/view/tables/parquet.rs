//! A flat table as Apache Parquet, without Arrow.

use std::sync::Arc;

use ::parquet::basic::{Compression, ConvertedType, Repetition, Type as Physical};
use ::parquet::data_type::{ByteArray, ByteArrayType};
use ::parquet::errors::ParquetError;
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::writer::SerializedFileWriter;
use ::parquet::schema::types::Type;

use super::FlatTable;

/// Writes one row group with one string column for every column.
pub(super) fn bytes(table: &FlatTable) -> Result<Vec<u8>, ParquetError> {
    let mut fields = Vec::new();
    for column in &table.columns {
        let field = Type::primitive_type_builder(column, Physical::BYTE_ARRAY)
            .with_repetition(Repetition::OPTIONAL)
            .with_converted_type(ConvertedType::UTF8)
            .build()?;
        fields.push(Arc::new(field));
    }
    let schema = Arc::new(Type::group_type_builder("record").with_fields(fields).build()?);
    let properties = WriterProperties::builder()
        .set_compression(Compression::UNCOMPRESSED)
        .set_created_by("casebook".into())
        .build();
    let mut out = Vec::new();
    let mut writer = SerializedFileWriter::new(&mut out, schema, Arc::new(properties))?;
    let mut group = writer.next_row_group()?;
    let mut index = 0;
    while let Some(mut column) = group.next_column()? {
        let cells: Vec<Option<&String>> =
            table.rows.iter().map(|row| row.get(index).and_then(Option::as_ref)).collect();
        let values: Vec<ByteArray> =
            cells.iter().flatten().map(|text| ByteArray::from(text.as_bytes().to_vec())).collect();
        let levels: Vec<i16> = cells.iter().map(|cell| i16::from(cell.is_some())).collect();
        column.typed::<ByteArrayType>().write_batch(&values, Some(&levels), None)?;
        column.close()?;
        index += 1;
    }
    group.close()?;
    writer.close()?;
    Ok(out)
}

//! The fields of the index. Another set of fields is another version, and another folder.

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};

use super::tokenizer::ANALYZER;

/// Part of the folder's name; raised when the fields change.
pub(super) const VERSION: u32 = 1;

/// Handles of the fields.
#[derive(Debug, Clone)]
pub(super) struct Fields {
    pub schema: Schema,
    pub kind: Field,
    pub id: Field,
    pub title: Field,
    pub body: Field,
    pub path: Field,
    pub date: Field,
    pub first: Field,
    pub last: Field,
    pub condition: Field,
}

impl Fields {
    /// Builds the schema.
    pub(super) fn new() -> Self {
        let mut builder = Schema::builder();
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(ANALYZER)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        let text = TextOptions::default().set_indexing_options(indexing).set_stored();
        let kind = builder.add_text_field("kind", STRING | STORED);
        let id = builder.add_text_field("id", STRING | STORED);
        let title = builder.add_text_field("title", text.clone());
        let body = builder.add_text_field("body", text);
        let path = builder.add_text_field("path", STORED);
        let date = builder.add_text_field("date", STORED);
        // Days since 1 January 1970; the interval of days the happening may have fallen into.
        let first = builder.add_i64_field("first", INDEXED | FAST);
        let last = builder.add_i64_field("last", INDEXED | FAST);
        let condition = builder.add_text_field("condition", STRING);
        let schema = builder.build();
        Self { schema, kind, id, title, body, path, date, first, last, condition }
    }
}

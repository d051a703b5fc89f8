//! The fields of the index. Another set of fields is another version, and another folder.

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};

use super::tokenizer::ANALYZER;

/// Part of the folder's name; raised when the fields, or what stands in them, change.
pub(super) const VERSION: u32 = 2;

/// Handles of the fields.
#[derive(Debug, Clone)]
pub(super) struct Fields {
    pub schema: Schema,
    /// Id, as `explain` takes it.
    pub id: Field,
    /// Digest of everything the document holds: what has not changed is not written again.
    pub digest: Field,
    /// Number of the incident, of the document, and of the kind.
    pub group: Field,
    pub ordinal: Field,
    pub kind: Field,
    /// Searched: the headline, the words, the names of those concerned.
    pub title: Field,
    pub body: Field,
    pub names: Field,
    /// Shown: the line of a result, the words around a match, the record.
    pub card: Field,
    pub text: Field,
    pub record: Field,
    /// Values of the language's fields: `vendor=alibaba`.
    pub key: Field,
    /// Days since 1 January 1970: the interval of the happening, and the interval of knowledge.
    pub first: Field,
    pub last: Field,
    pub known: Field,
    pub changed: Field,
    pub gone: Field,
    /// Set where another state of the same thing holds today.
    pub past: Field,
    pub roots: Field,
}

impl Fields {
    /// Builds the schema.
    pub(super) fn new() -> Self {
        let mut builder = Schema::builder();
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(ANALYZER)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        let text = TextOptions::default().set_indexing_options(indexing);
        let id = builder.add_text_field("id", STRING | FAST);
        let digest = builder.add_u64_field("digest", FAST);
        let group = builder.add_u64_field("group", FAST);
        let ordinal = builder.add_u64_field("ordinal", FAST);
        let kind = builder.add_u64_field("kind", FAST);
        let title = builder.add_text_field("title", text.clone());
        let body = builder.add_text_field("body", text.clone());
        let names = builder.add_text_field("names", text);
        let card = builder.add_text_field("card", STORED);
        let shown = builder.add_text_field("text", STORED);
        let record = builder.add_text_field("record", STORED);
        let key = builder.add_text_field("key", STRING | FAST);
        let day = |builder: &mut tantivy::schema::SchemaBuilder, name: &str| {
            builder.add_i64_field(name, FAST | INDEXED)
        };
        let first = day(&mut builder, "first");
        let last = day(&mut builder, "last");
        let known = day(&mut builder, "known");
        let changed = builder.add_i64_field("changed", FAST);
        let gone = day(&mut builder, "gone");
        let past = builder.add_u64_field("past", INDEXED);
        let roots = day(&mut builder, "roots");
        Self {
            schema: builder.build(),
            id,
            digest,
            group,
            ordinal,
            kind,
            title,
            body,
            names,
            card,
            text: shown,
            record,
            key,
            first,
            last,
            known,
            changed,
            gone,
            past,
            roots,
        }
    }
}

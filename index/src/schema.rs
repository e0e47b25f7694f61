//! Every field of the index, and why it is there.
//!
//! One positional field holds all of a document's words. Its terms are written `bare ␁ marked`, so that one range of
//! the dictionary holds all that folds to a bare syllable, and one exact key holds the syllable with its marks: text
//! is indexed once and found both ways. Where a scan may say something else, the other readings stand at the same
//! position as `bare ␂ marked`.

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};

/// Raised whenever an index made before could no longer be read right: fields, keys, stored forms.
pub(crate) const FORMAT_VERSION: u32 = 4;

/// The name under which the engine knows the reader of encoded token streams.
pub(crate) const ENCODED: &str = "encoded";

/// Names of the columns that hold facet values, in the order of [`FACETS`].
pub(crate) const FACET_COLUMNS: [&str; FACETS] = ["issuer", "level", "province", "kind", "topic", "year", "section"];
/// How many facets there are.
pub(crate) const FACETS: usize = 7;
/// The place of the year among the facets.
pub(crate) const YEAR: usize = 5;
/// The value of the year facet for documents without a date.
pub(crate) const UNKNOWN_YEAR: &str = "không rõ";

/// The fields of one schema.
#[derive(Debug, Clone)]
pub(crate) struct Fields {
    /// The document's id as a term: replaced, deleted and fetched by it.
    pub id: Field,
    /// The same id as a number: breaks ties and marks where a page ended.
    pub key: Field,
    /// All words with their positions, best readings and alternatives.
    pub text: Field,
    /// Marks where sections begin and end, at the positions of `text`.
    pub sections: Field,
    /// The scan's own tokens, of documents whose text differs from their scan.
    pub scan: Field,
    /// Its own number, squashed (`69KHBTGTU`).
    pub number: Field,
    /// Numbers it cites, squashed.
    pub cites: Field,
    /// Facet values, read by column.
    pub facets: [Field; FACETS],
    /// Name, level and province of the issuing body in one value, see [`crate::facets::issuer_place`].
    pub place: Field,
    /// The least confidence of its fields, in millionths: the review page begins there.
    pub doubt: Field,
    /// Day issued, as days since 1970-01-01; nothing if unknown.
    pub day: Field,
    /// Bounds of an unknown day.
    pub earliest: Field,
    /// Bounds of an unknown day.
    pub latest: Field,
    /// Whether text and scan differ.
    pub scanned: Field,
    /// Its summary by column, so that the graph of citations is built without reading the texts.
    pub summary: Field,
    /// The document itself, see [`crate::stored`].
    pub stored: Field,
}

/// The schema and its fields.
pub(crate) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let positions = || {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer(ENCODED)
                .set_index_option(IndexRecordOption::WithFreqsAndPositions)
                .set_fieldnorms(true),
        )
    };
    let fields = Fields {
        id: builder.add_text_field("id", STRING),
        key: builder.add_u64_field("key", FAST),
        text: builder.add_text_field("text", positions()),
        sections: builder.add_text_field("sections", positions()),
        scan: builder.add_text_field("scan", positions()),
        number: builder.add_text_field("number", STRING),
        cites: builder.add_text_field("cites", STRING),
        facets: FACET_COLUMNS.map(|name| builder.add_text_field(name, TextOptions::from(FAST))),
        place: builder.add_text_field("place", TextOptions::from(FAST)),
        doubt: builder.add_u64_field("doubt", FAST),
        day: builder.add_i64_field("day", FAST),
        earliest: builder.add_i64_field("earliest", FAST),
        latest: builder.add_i64_field("latest", FAST),
        scanned: builder.add_bool_field("scanned", FAST | INDEXED),
        summary: builder.add_bytes_field("summary", FAST),
        stored: builder.add_bytes_field("stored", STORED),
    };
    (builder.build(), fields)
}

//! A document in the form that the engine takes.

use corpus::{Document, DocumentId};
use tantivy::TantivyDocument;

use crate::analysis::analyze;
use crate::doubts;
use crate::facets::{day, join_place, values};
use crate::plan::squash_number;
use crate::schema::Fields;
use crate::stored;

/// Room for the ids, numbers and facets of nearly every document.
const FACTS_BYTES: usize = 1 << 10;

/// The engine's form of a document.
pub(crate) fn build(fields: &Fields, document: &Document) -> TantivyDocument {
    let metadata = &document.metadata;
    let analysis = analyze(document);
    let summary = stored::write_summary(document);
    let stored = stored::write(document, &analysis.block_positions);
    let streams = analysis.text.len() + analysis.sections.len() + analysis.scan.len();
    let mut built = TantivyDocument::with_capacity(streams + summary.len() + stored.len() + FACTS_BYTES);
    built.add_text(fields.id, &document.id.0);
    built.add_u64(fields.key, key_of(&document.id));
    built.add_text(fields.text, &analysis.text);
    if !analysis.sections.is_empty() {
        built.add_text(fields.sections, &analysis.sections);
    }
    if !analysis.scan.is_empty() {
        built.add_text(fields.scan, &analysis.scan);
    }
    built.add_bool(fields.scanned, !analysis.scan.is_empty());
    if let Some(number) = &metadata.number {
        built.add_text(fields.number, squash_number(&number.value.0));
    }
    for citation in &document.citations {
        built.add_text(fields.cites, squash_number(&citation.number.0));
    }
    for (field, values) in fields.facets.iter().zip(values(document)) {
        values.iter().for_each(|value| built.add_text(*field, value));
    }
    if let Some(issuer) = &metadata.issuer {
        built.add_text(fields.place, join_place(&issuer.value));
    }
    let dates = [
        (fields.day, &metadata.date),
        (fields.earliest, &metadata.not_before),
        (fields.latest, &metadata.not_after),
    ];
    for (field, date) in dates {
        if let Some(date) = date {
            built.add_i64(field, day(date.value));
        }
    }
    if let Some(doubt) = doubts::least(metadata) {
        built.add_u64(fields.doubt, doubt);
    }
    built.add_bytes(fields.summary, &summary);
    built.add_bytes(fields.stored, &stored);
    built
}

/// A document's id as a number.
pub(crate) fn key_of(id: &DocumentId) -> u64 {
    u64::from_str_radix(&id.0, 16).unwrap_or_else(|_| {
        let hash = blake3::hash(id.0.as_bytes());
        u64::from_le_bytes(hash.as_bytes()[..8].try_into().expect("a hash has 32 bytes"))
    })
}

/// The id of a document whose key is `key`.
pub(crate) fn id_of(key: u64) -> DocumentId {
    DocumentId(format!("{key:016x}"))
}

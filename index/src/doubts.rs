//! The fields that were read with the least confidence.

use std::collections::BinaryHeap;

use corpus::metadata::{Fact, Metadata};
use vietnamese::restore::span_in_scan;

use crate::answer::Doubt;
use crate::error::SearchError;
use crate::snapshot::Snapshot;
use crate::stored::Stored;

/// The least confidence among the fields, in millionths; none if nothing was read or all was corrected.
pub(crate) fn least(metadata: &Metadata) -> Option<u64> {
    fields(metadata)
        .into_iter()
        .map(|field| (f64::from(field.confidence) * 1e6) as u64)
        .min()
}

/// The least sure fields of all documents, least sure first.
pub(crate) fn least_sure(snapshot: &Snapshot, limit: usize) -> Result<Vec<Doubt>, SearchError> {
    // The `limit` least sure fields stand in the `limit` documents with the least sure field.
    let mut documents = BinaryHeap::new();
    for (segment, columns) in snapshot.columns.iter().enumerate() {
        let Some(doubt) = &columns.doubt else {
            continue;
        };
        for doc in snapshot.segment(segment).doc_ids_alive() {
            let Some(confidence) = doubt.first(doc) else {
                continue;
            };
            let key = columns.key.first(doc).unwrap_or(0);
            documents.push((confidence, key, segment, doc));
            if documents.len() > limit {
                documents.pop();
            }
        }
    }
    let mut doubts = Vec::new();
    for (_, key, segment, doc) in documents.into_sorted_vec() {
        let bytes = snapshot.stored_bytes(segment, doc)?;
        let document = Stored::open(&bytes)?.document()?;
        let path = snapshot
            .paths
            .get(&key)
            .and_then(|paths| paths.first())
            .cloned()
            .unwrap_or_default();
        for field in fields(&document.metadata) {
            doubts.push(Doubt {
                id: document.id.0.clone(),
                path: path.clone(),
                field: field.name.to_owned(),
                value: Some(field.value),
                confidence: field.confidence,
                evidence: field
                    .evidence
                    .iter()
                    .map(|&span| document.scan[span_in_scan(&document.readings, span).range()].to_owned())
                    .collect(),
            });
        }
    }
    doubts.sort_by(|a, b| a.confidence.total_cmp(&b.confidence).then_with(|| a.path.cmp(&b.path)));
    doubts.truncate(limit);
    Ok(doubts)
}

struct Field<'a> {
    name: &'static str,
    value: String,
    confidence: f32,
    evidence: &'a [vietnamese::offsets::Span],
}

/// The fields that were read and not corrected.
fn fields(metadata: &Metadata) -> Vec<Field<'_>> {
    fn field<'a, T>(name: &'static str, fact: &'a Option<Fact<T>>, write: impl Fn(&T) -> String) -> Option<Field<'a>> {
        let fact = fact.as_ref().filter(|fact| !fact.corrected)?;
        Some(Field {
            name,
            value: write(&fact.value),
            confidence: fact.confidence,
            evidence: &fact.evidence,
        })
    }
    let text = |value: &String| value.clone();
    [
        field("number", &metadata.number, |number| number.0.clone()),
        field("kind", &metadata.kind, text),
        field("issuer", &metadata.issuer, |issuer| issuer.name.clone()),
        field("date", &metadata.date, ToString::to_string),
        field("place", &metadata.place, text),
        field("title", &metadata.title, text),
        field("signatory", &metadata.signatory, text),
        field("signatory_title", &metadata.signatory_title, text),
        field("signed_for", &metadata.signed_for, text),
        field("deadline", &metadata.deadline, ToString::to_string),
    ]
    .into_iter()
    .flatten()
    .collect()
}

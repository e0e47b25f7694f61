//! Documents of a snapshot by number: the two term lists that make the citation graph, and the summaries beside them.

use corpus::metadata::DocumentNumber;
use tantivy::columnar::BytesColumn;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, TERMINATED, TantivyError, Term};

use crate::error::SearchError;
use crate::graph::Entry;
use crate::plan::squash_number;
use crate::snapshot::Snapshot;
use crate::stored::{Summary, read_summary};

/// How many documents are read for one number: beyond that the newest commits alone would fill any page.
const MOST: usize = 20_000;

/// A document as the graph knows it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Known {
    /// What is stored of it.
    pub summary: Summary,
    /// Its first path.
    pub path: String,
}

impl Known {
    /// As others point to it.
    pub fn entry(&self) -> Entry {
        let summary = self.summary.clone();
        Entry {
            id: summary.id,
            path: self.path.clone(),
            number: summary.number,
            kind: summary.kind,
            title: summary.title,
            issuer: summary.issuer,
            date: summary.date,
        }
    }
}

/// The documents of a snapshot, looked up by number.
pub(crate) struct Shelf<'a> {
    snapshot: &'a Snapshot,
    columns: Vec<Option<BytesColumn>>,
}

impl<'a> Shelf<'a> {
    /// Opens the columns of `snapshot`.
    pub fn open(snapshot: &'a Snapshot) -> Result<Self, SearchError> {
        let columns = (0..snapshot.segment_count())
            .map(|segment| snapshot.segment(segment).fast_fields().bytes("summary"))
            .collect::<tantivy::Result<_>>()?;
        Ok(Self { snapshot, columns })
    }

    /// The documents that bear `number`.
    pub fn bearing(&self, number: &DocumentNumber) -> Result<Vec<Known>, SearchError> {
        self.with(self.snapshot.fields.number, &squash_number(&number.0))
    }

    /// The documents that cite `number`.
    pub fn citing(&self, number: &DocumentNumber) -> Result<Vec<Known>, SearchError> {
        self.with(self.snapshot.fields.cites, &squash_number(&number.0))
    }

    /// The document of this id.
    pub fn of_id(&self, id: &str) -> Result<Option<Known>, SearchError> {
        Ok(self.with(self.snapshot.fields.id, id)?.into_iter().next())
    }

    fn with(&self, field: Field, term: &str) -> Result<Vec<Known>, SearchError> {
        let term = Term::from_field_text(field, term);
        let mut found = Vec::new();
        for segment in 0..self.snapshot.segment_count() {
            let reader = self.snapshot.segment(segment);
            let inverted = reader.inverted_index(field)?;
            let postings = inverted
                .read_postings(&term, IndexRecordOption::Basic)
                .map_err(TantivyError::from)?;
            let Some(mut postings) = postings else { continue };
            while postings.doc() != TERMINATED && found.len() < MOST {
                if !reader.is_deleted(postings.doc()) {
                    found.extend(self.read(segment, postings.doc())?);
                }
                postings.advance();
            }
        }
        Ok(found)
    }

    fn read(&self, segment: usize, doc: DocId) -> Result<Option<Known>, SearchError> {
        let Some(column) = &self.columns[segment] else {
            return Ok(None);
        };
        let Some(ord) = column.ords().first(doc) else {
            return Ok(None);
        };
        let mut bytes = Vec::new();
        column.ord_to_bytes(ord, &mut bytes).map_err(TantivyError::from)?;
        let summary = read_summary(&bytes)?;
        let key = self.snapshot.columns[segment].key.first(doc).unwrap_or(0);
        let path = self
            .snapshot
            .paths
            .get(&key)
            .and_then(|paths| paths.first())
            .cloned()
            .unwrap_or_default();
        Ok(Some(Known { summary, path }))
    }
}

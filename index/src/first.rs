//! Who said it first: of all documents that hold a phrase, the one with the earliest date.

use tantivy::DocId;

use crate::answer::First;
use crate::error::SearchError;
use crate::graph::Entry;
use crate::snapshot::Snapshot;
use crate::stored::Stored;

/// The earliest of the documents seen so far; it comes first where they are sorted by date.
#[derive(Debug, Default)]
pub(crate) struct Earliest {
    /// Its day, its key to break ties, and where it is.
    found: Option<(i64, u64, usize, DocId)>,
    /// Documents without a date.
    undated: usize,
}

impl Earliest {
    /// Takes one more document that was found.
    pub fn see(&mut self, snapshot: &Snapshot, segment: usize, doc: DocId) {
        let columns = &snapshot.columns[segment];
        let Some(day) = columns.day(doc) else {
            self.undated += 1;
            return;
        };
        if self.found.is_none_or(|(earliest, ..)| day <= earliest) {
            let this = (day, columns.key.first(doc).unwrap_or(0), segment, doc);
            self.found = Some(self.found.map_or(this, |found| found.min(this)));
        }
    }

    /// What that document says of itself; none if no document has a date.
    pub fn document(&self, snapshot: &Snapshot) -> Result<Option<First>, SearchError> {
        let Some((_, key, segment, doc)) = self.found else {
            return Ok(None);
        };
        let bytes = snapshot.stored_bytes(segment, doc)?;
        let summary = Stored::open(&bytes)?.summary()?;
        let path = snapshot.paths.get(&key).and_then(|paths| paths.first().cloned());
        Ok(Some(First {
            document: Entry {
                id: summary.id,
                path: path.unwrap_or_default(),
                number: summary.number,
                kind: summary.kind,
                title: summary.title,
                issuer: summary.issuer,
                date: summary.date,
            },
            undated: self.undated,
        }))
    }
}

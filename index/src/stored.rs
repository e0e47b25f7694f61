//! The stored form of a document: parts that can be read one without the others.
//!
//! A page of hits needs the summary, the text and the blocks; only the document page needs the rest. The form is
//! compact and not self-describing: `FORMAT_VERSION` rises whenever a type in here changes.

use std::ops::Range;

use corpus::citations::Citation;
use corpus::metadata::{Issuer, Metadata};
use corpus::outline::{Section, Task};
use corpus::problem::Problem;
use corpus::{Block, BlockKind, Date, Document, DocumentId};
use serde::{Deserialize, Serialize};
use vietnamese::offsets::Span;
use vietnamese::restore::{Judgement, Reading};

/// What a hit tells of its document, and what the graph of citations needs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// The document's id.
    pub id: String,
    /// Its title.
    pub title: Option<String>,
    /// Its number, canonical.
    pub number: Option<String>,
    /// Its kind.
    pub kind: Option<String>,
    /// Who issued it.
    pub issuer: Option<Issuer>,
    /// When.
    pub date: Option<Date>,
    /// Not before this day.
    pub not_before: Option<Date>,
    /// Not after this day.
    pub not_after: Option<Date>,
    /// On what.
    pub topics: Vec<String>,
    /// Other documents that it names.
    pub citations: Vec<Citation>,
}

/// Citations beyond this many are left out of the column of summaries, whose values are bounded.
const COLUMN_CITATIONS: usize = 256;

/// Writes the summary for its column: without the places of the citations.
pub(crate) fn write_summary(document: &Document) -> Vec<u8> {
    let mut summary = Summary::of(document);
    summary.citations.truncate(COLUMN_CITATIONS);
    for citation in &mut summary.citations {
        citation.spans.clear();
    }
    to_bytes(&summary, Vec::new())
}

/// Reads a summary from its column.
pub(crate) fn read_summary(bytes: &[u8]) -> Result<Summary, Unreadable> {
    Ok(postcard::from_bytes(bytes)?)
}

impl Summary {
    fn of(document: &Document) -> Self {
        let metadata = &document.metadata;
        Self {
            id: document.id.0.clone(),
            title: metadata.title.as_ref().map(|fact| fact.value.clone()),
            number: metadata.number.as_ref().map(|fact| fact.value.0.clone()),
            kind: metadata.kind.as_ref().map(|fact| fact.value.clone()),
            issuer: metadata.issuer.as_ref().map(|fact| fact.value.clone()),
            date: metadata.date.as_ref().map(|fact| fact.value),
            not_before: metadata.not_before.as_ref().map(|fact| fact.value),
            not_after: metadata.not_after.as_ref().map(|fact| fact.value),
            topics: metadata.topics.iter().map(|fact| fact.value.clone()).collect(),
            citations: document.citations.clone(),
        }
    }
}

/// What highlighting needs beside the text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Passages {
    /// The blocks, each with the position of its first word.
    pub blocks: Vec<StoredBlock>,
    /// The headings that blocks point to.
    pub headings: Vec<String>,
    /// The readings.
    pub readings: Vec<Reading>,
}

/// A block and where its words stand in the index.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct StoredBlock {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands in the text.
    pub span: Span,
    /// The section it belongs to, as an index into the outline and into `headings`.
    pub section: Option<u32>,
    /// The position of its first word.
    pub position: u32,
}

/// Everything else, as it is written: by its parts in the order of [`Rest`].
type RestParts<'a> = (&'a [Judgement], &'a [Section], &'a [Task], &'a Metadata, &'a [Problem]);

/// Everything else.
#[derive(Debug, Serialize, Deserialize)]
struct Rest {
    judgements: Vec<Judgement>,
    outline: Vec<Section>,
    tasks: Vec<Task>,
    metadata: Metadata,
    problems: Vec<Problem>,
}

/// The bytes of a stored document, read part by part.
pub(crate) struct Stored<'a> {
    parts: [&'a [u8]; PARTS],
}

const PARTS: usize = 5;

/// A text as it was stored; of a page of hits little is looked at, and only that is checked to be text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct StoredText<'a>(&'a [u8]);

impl<'a> StoredText<'a> {
    /// A stretch of it.
    pub fn slice(self, range: Range<usize>) -> Result<&'a str, Unreadable> {
        let bytes = self.0.get(range).ok_or(Unreadable)?;
        // Vietnamese is checked some ten times faster this way, and a page of hits is checked passage by passage.
        simdutf8::basic::from_utf8(bytes).map_err(|_| Unreadable)
    }

    /// All of it.
    pub fn whole(self) -> Result<&'a str, Unreadable> {
        self.slice(0..self.0.len())
    }
}

/// The stored bytes could not be read: the index is damaged or of another version.
#[derive(Debug, thiserror::Error)]
#[error("a stored document cannot be read")]
pub(crate) struct Unreadable;

impl From<postcard::Error> for Unreadable {
    fn from(_: postcard::Error) -> Self {
        Self
    }
}

/// Writes a document; `block_positions` are those of [`crate::analysis::Analysis`].
pub(crate) fn write(document: &Document, block_positions: &[u32]) -> Vec<u8> {
    let passages = Passages {
        blocks: document
            .blocks
            .iter()
            .zip(block_positions)
            .map(|(block, &position)| StoredBlock {
                kind: block.kind,
                span: block.span,
                section: block.section,
                position,
            })
            .collect(),
        headings: document.outline.iter().map(heading).collect(),
        readings: document.readings.clone(),
    };
    let rest: RestParts<'_> = (
        &document.judgements,
        &document.outline,
        &document.tasks,
        &document.metadata,
        &document.problems,
    );
    let scan = if document.scan == document.text {
        ""
    } else {
        &document.scan
    };
    let mut ends: Vec<u32> = Vec::with_capacity(PARTS);
    let mut end_part = |bytes: &Vec<u8>| ends.push(u32::try_from(bytes.len()).expect("documents are far below 4 GiB"));
    let mut bytes = to_bytes(&Summary::of(document), Vec::with_capacity(document.text.len() * 2));
    end_part(&bytes);
    bytes.extend_from_slice(document.text.as_bytes());
    end_part(&bytes);
    bytes = to_bytes(&passages, bytes);
    end_part(&bytes);
    bytes.extend_from_slice(scan.as_bytes());
    end_part(&bytes);
    bytes = to_bytes(&rest, bytes);
    end_part(&bytes);
    ends.iter().for_each(|end| bytes.extend_from_slice(&end.to_le_bytes()));
    bytes
}

fn heading(section: &Section) -> String {
    if section.marker.is_empty() || section.title.is_empty() {
        format!("{}{}", section.marker, section.title)
    } else {
        format!("{} {}", section.marker, section.title)
    }
}

fn to_bytes<T: Serialize>(value: &T, bytes: Vec<u8>) -> Vec<u8> {
    postcard::to_extend(value, bytes).expect("writing to memory does not fail")
}

impl<'a> Stored<'a> {
    /// Finds the parts in `bytes`, which end with what [`write`] wrote.
    ///
    /// Where the parts end stands behind them, and what stands before them is skipped: so a document is read from the
    /// bytes of the engine's store as they are, and not byte by byte through the engine's own form.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Unreadable> {
        let (bytes, table) = bytes
            .split_at_checked(bytes.len().wrapping_sub(PARTS * 4))
            .ok_or(Unreadable)?;
        let mut ends = table
            .chunks_exact(4)
            .map(|end| u32::from_le_bytes([end[0], end[1], end[2], end[3]]) as usize);
        let ends: [usize; PARTS] = std::array::from_fn(|_| ends.next().unwrap_or(0));
        let bytes = bytes
            .len()
            .checked_sub(ends[PARTS - 1])
            .map(|before| &bytes[before..])
            .ok_or(Unreadable)?;
        let mut parts = [&bytes[..0]; PARTS];
        let mut start = 0;
        for (part, end) in parts.iter_mut().zip(ends) {
            *part = bytes.get(start..end).ok_or(Unreadable)?;
            start = end;
        }
        Ok(Self { parts })
    }

    /// The summary.
    pub fn summary(&self) -> Result<Summary, Unreadable> {
        Ok(postcard::from_bytes(self.parts[0])?)
    }

    /// The text.
    pub fn text(&self) -> StoredText<'a> {
        StoredText(self.parts[1])
    }

    /// Blocks, headings and readings.
    pub fn passages(&self) -> Result<Passages, Unreadable> {
        Ok(postcard::from_bytes(self.parts[2])?)
    }

    /// The scan; the text where they are the same.
    pub fn scan(&self) -> StoredText<'a> {
        match self.parts[3] {
            [] => self.text(),
            scan => StoredText(scan),
        }
    }

    /// The whole document.
    pub fn document(&self) -> Result<Document, Unreadable> {
        let summary = self.summary()?;
        let passages = self.passages()?;
        let rest: Rest = postcard::from_bytes(self.parts[4])?;
        Ok(Document {
            id: DocumentId(summary.id),
            scan: self.scan().whole()?.to_owned(),
            text: self.text().whole()?.to_owned(),
            readings: passages.readings,
            judgements: rest.judgements,
            blocks: passages
                .blocks
                .into_iter()
                .map(|block| Block {
                    kind: block.kind,
                    span: block.span,
                    section: block.section,
                })
                .collect(),
            outline: rest.outline,
            tasks: rest.tasks,
            metadata: rest.metadata,
            citations: summary.citations,
            problems: rest.problems,
        })
    }
}

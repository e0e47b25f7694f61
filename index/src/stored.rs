//! The stored form of a document: parts that can be read one without the others.
//!
//! A page of hits needs the summary, the text and the blocks; only the document page needs the rest. The form is
//! compact and not self-describing: `FORMAT_VERSION` rises whenever a type in here changes.

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
    let rest = Rest {
        judgements: document.judgements.clone(),
        outline: document.outline.clone(),
        tasks: document.tasks.clone(),
        metadata: document.metadata.clone(),
        problems: document.problems.clone(),
    };
    let scan = if document.scan == document.text {
        ""
    } else {
        &document.scan
    };
    let mut bytes = vec![0; PARTS * 4];
    let mut part = 0;
    let mut end_part = |bytes: &mut Vec<u8>| {
        let end = u32::try_from(bytes.len()).expect("documents are far below 4 GiB");
        bytes[part * 4..][..4].copy_from_slice(&end.to_le_bytes());
        part += 1;
    };
    bytes = to_bytes(&Summary::of(document), bytes);
    end_part(&mut bytes);
    bytes.extend_from_slice(document.text.as_bytes());
    end_part(&mut bytes);
    bytes = to_bytes(&passages, bytes);
    end_part(&mut bytes);
    bytes.extend_from_slice(scan.as_bytes());
    end_part(&mut bytes);
    bytes = to_bytes(&rest, bytes);
    end_part(&mut bytes);
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
    /// Finds the parts in `bytes`.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Unreadable> {
        let mut parts = [&bytes[..0]; PARTS];
        let mut start = PARTS * 4;
        for (at, part) in parts.iter_mut().enumerate() {
            let end = bytes.get(at * 4..at * 4 + 4).ok_or(Unreadable)?;
            let end = u32::from_le_bytes(end.try_into().map_err(|_| Unreadable)?) as usize;
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
    pub fn text(&self) -> Result<&'a str, Unreadable> {
        std::str::from_utf8(self.parts[1]).map_err(|_| Unreadable)
    }

    /// Blocks, headings and readings.
    pub fn passages(&self) -> Result<Passages, Unreadable> {
        Ok(postcard::from_bytes(self.parts[2])?)
    }

    /// The scan where it is not the text.
    pub fn scan(&self) -> Result<Option<&'a str>, Unreadable> {
        if self.parts[3].is_empty() {
            return Ok(None);
        }
        std::str::from_utf8(self.parts[3]).map(Some).map_err(|_| Unreadable)
    }

    /// The whole document.
    pub fn document(&self) -> Result<Document, Unreadable> {
        let summary = self.summary()?;
        let passages = self.passages()?;
        let rest: Rest = postcard::from_bytes(self.parts[4])?;
        let text = self.text()?;
        Ok(Document {
            id: DocumentId(summary.id),
            scan: self.scan()?.unwrap_or(text).to_owned(),
            text: text.to_owned(),
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

//! A document as data.

use serde::{Deserialize, Serialize};
use vietnamese::offsets::Span;
use vietnamese::restore::{Judgement, Reading, Restorer};

use crate::citations::Citation;
use crate::metadata::Metadata;
use crate::outline::{Section, Task};
use crate::problem::Problem;

/// What a document is called by other programs: 16 hexadecimal digits of the BLAKE3 hash of its file's bytes.
///
/// A moved file keeps it; a changed one is another document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DocumentId(pub String);

impl DocumentId {
    /// The name of a document whose file holds `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        let mut hex = blake3::hash(bytes).to_hex().to_string();
        hex.truncate(16);
        Self(hex)
    }
}

/// Everything that was read of one document.
///
/// Every [`Span`] here is in `text`; `vietnamese::restore::span_in_scan` leads back to the scan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Its name for other programs.
    pub id: DocumentId,
    /// The text as the file holds it, decoded to UTF-8.
    pub scan: String,
    /// The text as the paper said it, line for line with `scan`.
    pub text: String,
    /// Where `text` differs from `scan` or is in doubt.
    pub readings: Vec<Reading>,
    /// What condition each stretch was in.
    pub judgements: Vec<Judgement>,
    /// The text cut into headings, paragraphs and list items, in order.
    pub blocks: Vec<Block>,
    /// Its parts, sections, articles and points, in order, flat with levels.
    pub outline: Vec<Section>,
    /// Who must do what by when.
    pub tasks: Vec<Task>,
    /// What was read of its letterhead, end and wording.
    pub metadata: Metadata,
    /// Other documents that it names.
    pub citations: Vec<Citation>,
    /// What was doubtful, and where.
    pub problems: Vec<Problem>,
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BlockKind {
    /// A line of the letterhead: bodies, number, place and date, motto.
    Letterhead,
    /// The heading that names the kind (`KẾ HOẠCH`), and the subject below it.
    Title,
    /// The heading of a part, section, article or point.
    Heading,
    /// Running text.
    Paragraph,
    /// An item behind `-`, `+`, `a)`.
    ListItem,
    /// Signature block: formula, post, name.
    Signature,
    /// A line of `Nơi nhận`.
    Recipient,
    /// Page number, rule, web-page trimmings: kept, not searched first.
    Furniture,
}

/// Lines that belong together.
///
/// Its words are `text[span]` with line ends read as spaces, so that offsets stay true.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands in `text`, without leading Markdown signs and surrounding white space.
    pub span: Span,
    /// The section of the outline it belongs to, as an index into `outline`.
    pub section: Option<u32>,
}

/// What the readers of metadata and citations are given: a document while it is being read.
#[derive(Debug, Clone, Copy)]
pub struct Paper<'a> {
    /// Who restored it: knows what the scanner makes of letters.
    pub restorer: &'a Restorer,
    /// The text as the paper said it; every span they give back is in it.
    pub text: &'a str,
    /// The text as the file holds it, line for line with `text`.
    pub scan: &'a str,
    /// Where the two differ or are in doubt.
    pub readings: &'a [Reading],
    /// What condition each stretch was in.
    pub judgements: &'a [Judgement],
    /// The blocks of `text`, in order.
    pub blocks: &'a [Block],
    /// The sections of `text`, in order.
    pub outline: &'a [Section],
}

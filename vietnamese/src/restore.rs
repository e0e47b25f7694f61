//! Reads what the paper said out of what the scanner wrote.

pub mod candidates;
pub mod channel;
mod decode;
mod hand;
mod judge;
pub mod language;
mod lattice;
pub mod letters;
mod likeness;
pub mod model;
mod read;
#[cfg(test)]
mod tests;
pub mod words;

use std::sync::{Arc, LazyLock, Mutex};

pub use decode::Weights;
use hand::Evidence;
pub use hand::Hand;
use model::{Model, ModelError, Scanner};
use read::{Reference, Scratch, Stretch};
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

/// Reads scans, with the embedded model and what was learned of a folder's scanner.
///
/// Cheap to clone and shared between threads.
#[derive(Debug, Clone)]
pub struct Restorer {
    model: Option<Arc<Model>>,
    scanners: [Arc<Scanner>; 2],
    pool: Arc<Mutex<Vec<Scratch>>>,
    weights: Weights,
}

/// The model that is built in, read once.
static EMBEDDED: LazyLock<Result<Arc<Model>, ModelError>> =
    LazyLock::new(|| Model::parse(include_bytes!("../model/restore.bin")).map(Arc::new));

impl Default for Restorer {
    fn default() -> Self {
        Self::new()
    }
}

impl Restorer {
    /// A restorer with the embedded model and no knowledge of the scanner beyond it.
    ///
    /// Should the built-in model be damaged, texts are returned as they are; [`Restorer::from_model`] tells why.
    pub fn new() -> Self {
        Self::of(EMBEDDED.as_ref().ok().cloned())
    }

    /// A restorer with a model of one's own, as the trainer wrote it.
    ///
    /// # Errors
    /// Refuses bytes that are no model, of another version, or damaged.
    pub fn from_model(bytes: &[u8]) -> Result<Self, ModelError> {
        Model::parse(bytes).map(|model| Self::of(Some(Arc::new(model))))
    }

    fn of(model: Option<Arc<Model>>) -> Self {
        let scanners = model.as_ref().map(|m| m.scanners.clone()).unwrap_or_default();
        Self {
            model,
            scanners,
            pool: Arc::default(),
            weights: Weights::default(),
        }
    }

    /// The same restorer, weighing language and channel otherwise.
    pub fn with_weights(&self, weights: Weights) -> Self {
        Self {
            weights,
            ..self.clone()
        }
    }

    /// The same restorer, reading with what was learned of the scanner.
    pub fn with_hand(&self, hand: &Hand) -> Self {
        let Some(model) = &self.model else { return self.clone() };
        Self {
            scanners: hand.scanners(model),
            pool: Arc::default(),
            ..self.clone()
        }
    }

    /// Learns the scanner's hand from unlabelled texts; the same texts in the same order give the same hand.
    ///
    /// Reads what is noisy of them, takes the sure readings for true, and reads again with what they teach.
    /// Of large folders a part is read: what a scanner does is soon known.
    pub fn learn<'a>(&self, texts: impl IntoIterator<Item = &'a str>) -> Hand {
        const ROUNDS: usize = 2;
        const MOST_BYTES: usize = 400_000;
        let Some(model) = &self.model else {
            return Hand::default();
        };
        let mut noisy: Vec<(&str, Vec<Condition>)> = Vec::new();
        let mut bytes = 0;
        for text in texts {
            let lines: Vec<&str> = text.split_inclusive('\n').collect();
            let conditions = judge::judge(model, &lines);
            if conditions
                .iter()
                .any(|c| matches!(c, Condition::ScannedEnglish | Condition::ScannedVietnamese))
            {
                bytes += text.len();
                noisy.push((text, conditions));
            }
            if bytes > MOST_BYTES {
                break;
            }
        }
        let mut hand = Hand::default();
        if noisy.is_empty() {
            return hand;
        }
        for _ in 0..ROUNDS {
            let reader = self.with_hand(&hand);
            let mut evidence = Evidence::default();
            for (text, conditions) in &noisy {
                reader.read(model, text, conditions, Some(&mut evidence));
            }
            hand = Hand::learn(model, &reader.scanners, evidence);
        }
        hand
    }

    /// Restores a text that stands alone: long enough, it teaches its own scanner's hand first.
    pub fn restore_adapting(&self, scan: &str) -> Restored {
        const ENOUGH: usize = 1500;
        if scan.len() < ENOUGH {
            return self.restore(scan);
        }
        let hand = self.learn([scan]);
        if hand.is_empty() {
            self.restore(scan)
        } else {
            self.with_hand(&hand).restore(scan)
        }
    }

    /// Judges each stretch of `scan` and reads what needs it.
    ///
    /// Never fails: what cannot be read is returned as it stands.
    pub fn restore(&self, scan: &str) -> Restored {
        let Some(model) = &self.model else {
            return untouched(scan);
        };
        let lines: Vec<&str> = scan.split_inclusive('\n').collect();
        let conditions = judge::judge(model, &lines);
        if conditions.iter().all(|&c| c == Condition::Clean) {
            return untouched(scan);
        }
        self.read(model, scan, &conditions, None)
    }

    /// Reads a text whose lines were judged; what was read is evidence of the scanner's hand.
    fn read(
        &self,
        model: &Model,
        scan: &str,
        conditions: &[Condition],
        mut evidence: Option<&mut Evidence>,
    ) -> Restored {
        let lines: Vec<&str> = scan.split_inclusive('\n').collect();
        let mut scratch = self
            .pool
            .lock()
            .ok()
            .and_then(|mut pool| pool.pop())
            .unwrap_or_default();
        let mut restored = Restored {
            text: String::with_capacity(scan.len() * 5 / 4),
            ..Restored::default()
        };
        let mut first = 0;
        let mut start = 0;
        while first < lines.len() {
            let condition = conditions[first];
            let count = conditions[first..].iter().take_while(|&&c| c == condition).count();
            let len: usize = lines[first..first + count].iter().map(|l| l.len()).sum();
            let span = Span::new(start, start + len);
            let judged = Judgement {
                scan: span,
                text: Span::default(),
                condition,
            };
            self.stretch(
                model,
                &mut scratch,
                scan,
                judged,
                &mut restored,
                evidence.as_deref_mut(),
            );
            (first, start) = (first + count, start + len);
        }
        if let Ok(mut pool) = self.pool.lock() {
            pool.push(scratch);
        }
        restored
    }

    /// Reads one stretch in one condition.
    fn stretch(
        &self,
        model: &Model,
        scratch: &mut Scratch,
        scan: &str,
        judged: Judgement,
        restored: &mut Restored,
        mut evidence: Option<&mut Evidence>,
    ) {
        let begin = restored.text.len();
        let Judgement {
            scan: span, condition, ..
        } = judged;
        let scanner = match condition {
            Condition::ScannedEnglish => Some(0),
            Condition::ScannedVietnamese => Some(1),
            _ => None,
        };
        if matches!(condition, Condition::Clean | Condition::Garbage) {
            restored.text.push_str(&scan[span.range()]);
        } else {
            let reference = Reference {
                model,
                scanners: &self.scanners,
            };
            let stretch = Stretch { scan, span, scanner };
            read::read(
                reference,
                scratch,
                self.weights,
                stretch,
                &mut restored.text,
                &mut restored.readings,
                |(token, word, case, confidence)| {
                    if let (Some(evidence), Some(scanner)) = (evidence.as_deref_mut(), scanner) {
                        evidence.add(scanner, token, word, case, confidence);
                    }
                },
            );
        }
        restored.judgements.push(Judgement {
            scan: span,
            text: Span::new(begin, restored.text.len()),
            condition,
        });
    }
}

/// A text that needs no reading.
fn untouched(scan: &str) -> Restored {
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

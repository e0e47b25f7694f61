//! The reader of scans: judges each line, and reads what needs it.

use std::sync::{Arc, LazyLock, Mutex};

use rayon::prelude::*;

use super::decode::Weights;
use super::hand::{Evidence, Hand};
use super::judge::{self, Pieces};
use super::model::{Model, ModelError, Scanner};
use super::read::{self, Paragraph, Reference, Scratch, Seen, Stretch};
use super::ways::Finds;
use super::wording::{Lender, WordingCounts};
use super::{Condition, Judgement, Restored};
use crate::offsets::Span;

/// Reads scans, with the embedded model and what was learned of a folder's scanner.
///
/// Cheap to clone and shared between threads.
#[derive(Debug, Clone)]
pub struct Restorer {
    pub(super) model: Option<Arc<Model>>,
    pub(super) scanners: [Arc<Scanner>; 2],
    lender: Arc<Lender>,
    finds: Arc<Finds>,
    pool: Arc<Mutex<Vec<Scratch>>>,
    pieces: Arc<Mutex<Vec<Pieces>>>,
    weights: Weights,
}

/// The model that is built in, read once.
static EMBEDDED: LazyLock<Result<Arc<Model>, ModelError>> =
    LazyLock::new(|| Model::parse(include_bytes!("../../model/restore.bin")).map(Arc::new));

impl Default for Restorer {
    fn default() -> Self {
        Self::new()
    }
}

impl Restorer {
    /// What a hand is learned from at most, in bytes: more scanned text teaches nothing new.
    pub const LEARNED_BYTES: usize = 400_000;

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

    pub(super) fn of(model: Option<Arc<Model>>) -> Self {
        let scanners = model.as_ref().map(|m| m.scanners.clone()).unwrap_or_default();
        Self {
            model,
            scanners,
            lender: Arc::default(),
            finds: Arc::default(),
            pool: Arc::default(),
            pieces: Arc::default(),
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
            lender: Arc::new(hand.lender(model)),
            finds: Arc::default(),
            pool: Arc::default(),
            ..self.clone()
        }
    }

    /// What was done to each stretch of `text`; with `text` and `scan` at the same place, as nothing is read.
    pub fn judge(&self, text: &str) -> Vec<Judgement> {
        let Some(model) = &self.model else {
            return untouched(text).judgements;
        };
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let mut judged = stretches(&lines, &self.conditions(model, &lines));
        judged.iter_mut().for_each(|j| j.text = j.scan);
        judged
    }

    /// Learns the scanner's hand from unlabelled texts; the same texts in the same order give the same hand.
    ///
    /// Reads what is noisy of them, takes the sure readings for true, and reads again with what they teach. The clean
    /// texts lend their wording. Of large folders a part is read: what a scanner does is soon known.
    pub fn learn<'a>(&self, texts: impl IntoIterator<Item = &'a str>) -> Hand {
        let heads = texts.into_iter().map(|text| head(text, Self::LEARNED_BYTES));
        self.learn_judged(heads.map(|text| (text, self.judge(text))))
    }

    /// Learns as [`learn`](Self::learn) does, from texts that were [judged](Self::judge) before.
    pub fn learn_judged<'a>(&self, texts: impl IntoIterator<Item = (&'a str, Vec<Judgement>)>) -> Hand {
        const ROUNDS: usize = 2;
        const MOST_CLEAN_BYTES: usize = 1_000_000;
        let Some(model) = &self.model else {
            return Hand::default();
        };
        let (mut noisy, mut clean) = (Vec::new(), Vec::new());
        let (mut bytes, mut clean_bytes) = (0, 0);
        for (whole, judged) in texts {
            let text = head(whole, Self::LEARNED_BYTES);
            let judged = if text.len() < whole.len() {
                self.judge(text)
            } else {
                judged
            };
            let scanned =
                |j: &Judgement| matches!(j.condition, Condition::ScannedEnglish | Condition::ScannedVietnamese);
            if judged.iter().any(scanned) {
                bytes += text.len();
                noisy.push((text, judged));
            } else if clean_bytes < MOST_CLEAN_BYTES && judged.iter().all(|j| j.condition == Condition::Clean) {
                clean_bytes += text.len();
                clean.push(text);
            }
            if bytes > Self::LEARNED_BYTES {
                break;
            }
        }
        let mut hand = Hand::default();
        if noisy.is_empty() {
            return hand;
        }
        let mut known = Evidence::default();
        clean.iter().for_each(|text| known.add_clean(model, text));
        for _ in 0..ROUNDS {
            let reader = self.with_hand(&hand);
            let read = |(text, judged): &(&'a str, Vec<Judgement>)| reader.testimony(model, text, judged);
            let all: Vec<Vec<Seen<'a>>> = noisy.par_iter().map(read).collect();
            let mut evidence = known.clone();
            all.iter().flatten().for_each(|seen| evidence.add(seen));
            hand = Hand::learn(model, &reader.scanners, evidence);
        }
        hand
    }

    /// What one text tells of its scanner's hand and its wording.
    fn testimony<'a>(&self, model: &Model, text: &'a str, judged: &[Judgement]) -> Vec<Seen<'a>> {
        let mut seen = Vec::new();
        let mut scratch = self.scratch();
        for &judged in judged {
            self.ways(model, &mut scratch, text, judged, Some(&mut seen));
        }
        put_back(&self.pool, scratch);
        seen
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
        self.restore_judged(scan, &self.judge(scan))
    }

    /// Reads what needs it of `scan`, which was [judged](Self::judge) before.
    pub fn restore_judged(&self, scan: &str, judged: &[Judgement]) -> Restored {
        match &self.model {
            Some(model) if judged.iter().any(|j| j.condition != Condition::Clean) => {
                self.read_stretches(model, scan, judged)
            }
            _ => untouched(scan),
        }
    }

    /// Reads `scan` as an English engine wrote it, without judging whether one did: a few words are too few to tell.
    pub fn restore_scanned(&self, scan: &str) -> Restored {
        let Some(model) = &self.model else {
            return untouched(scan);
        };
        let conditions = vec![Condition::ScannedEnglish; scan.split_inclusive('\n').count()];
        self.read(model, scan, &conditions)
    }

    /// Judges each line; a Vietnamese engine that is only suspected must be proved.
    fn conditions(&self, model: &Model, lines: &[&str]) -> Vec<Condition> {
        let mut pieces = take(&self.pieces);
        let mut conditions = judge::judge(model, &mut pieces, lines);
        put_back(&self.pieces, pieces);
        if conditions.contains(&Condition::ScannedVietnamese) && !self.proves_engine(model, lines, &conditions) {
            for condition in &mut conditions {
                if *condition == Condition::ScannedVietnamese {
                    *condition = Condition::Clean;
                }
            }
        }
        judge::judge_garbage(model, lines, &mut conditions);
        conditions
    }

    /// Reads a text whose lines were judged, part by part.
    pub(super) fn read(&self, model: &Model, scan: &str, conditions: &[Condition]) -> Restored {
        let lines: Vec<&str> = scan.split_inclusive('\n').collect();
        self.read_stretches(model, scan, &stretches(&lines, conditions))
    }

    fn read_stretches(&self, model: &Model, scan: &str, stretches: &[Judgement]) -> Restored {
        let mut restored = Restored {
            text: String::with_capacity(scan.len() * 5 / 4),
            ..Restored::default()
        };
        let mut scratch = self.scratch();
        let mut left = stretches;
        while !left.is_empty() {
            let (part, rest) = left.split_at(part_len(left));
            self.read_part(model, &mut scratch, scan, part, &mut restored);
            left = rest;
        }
        put_back(&self.pool, scratch);
        restored
    }

    /// Reads a part of a text: once to learn what it says again and again itself, and again with that.
    fn read_part(&self, model: &Model, scratch: &mut Scratch, scan: &str, part: &[Judgement], restored: &mut Restored) {
        /// Less than so many bytes say nothing again and again.
        const ENOUGH: usize = 600;
        let to_read: usize = part.iter().filter(|j| is_read(j.condition)).map(|j| j.scan.len()).sum();
        let mut evidence = (to_read >= ENOUGH).then(Vec::new);
        let ways: Vec<Vec<Paragraph<'_>>> = part
            .iter()
            .map(|&judged| self.ways(model, scratch, scan, judged, evidence.as_mut()))
            .collect();
        let mut wording = WordingCounts::default();
        evidence.iter().flatten().for_each(|seen| wording.next(seen.sure()));
        let own = evidence.map(|_| Lender::new(&wording.finish())).unwrap_or_default();
        scratch.decoder.forget();
        let reference = self.reference(model, &own);
        for (judged, ways) in part.iter().zip(ways) {
            let begin = restored.text.len();
            if !is_read(judged.condition) {
                restored.text.push_str(&scan[judged.scan.range()]);
            }
            for paragraph in ways {
                let Restored { text, readings, .. } = restored;
                paragraph.read(reference, &mut scratch.decoder, self.weights, text, readings);
            }
            let text = Span::new(begin, restored.text.len());
            match restored.judgements.last_mut() {
                Some(last) if last.condition == judged.condition => {
                    (last.scan.end, last.text.end) = (judged.scan.end, text.end);
                }
                _ => restored.judgements.push(Judgement { text, ..*judged }),
            }
        }
    }

    /// The ways to read one stretch in one condition; what is read once already is evidence.
    fn ways<'a>(
        &self,
        model: &Model,
        scratch: &mut Scratch,
        scan: &'a str,
        judged: Judgement,
        evidence: Option<&mut Vec<Seen<'a>>>,
    ) -> Vec<Paragraph<'a>> {
        let scanner = match judged.condition {
            Condition::ScannedEnglish => Some(0),
            Condition::ScannedVietnamese => Some(1),
            Condition::Unmarked => None,
            Condition::Clean | Condition::Garbage => return Vec::new(),
        };
        let stretch = Stretch {
            scan,
            span: judged.scan,
            scanner,
        };
        let nothing = Lender::default();
        read::paragraphs(
            self.reference(model, &nothing),
            scratch,
            self.weights,
            stretch,
            evidence,
        )
    }

    fn reference<'a>(&'a self, model: &'a Model, own: &'a Lender) -> Reference<'a> {
        Reference {
            model,
            scanners: &self.scanners,
            finds: &self.finds,
            lenders: [&self.lender, own],
        }
    }

    /// Buffers that remember what was read with them, for one thread at a time.
    fn scratch(&self) -> Scratch {
        let mut scratch = take(&self.pool);
        scratch.decoder.forget();
        scratch
    }
}

/// Takes out of a pool what remembers, for one thread at a time.
fn take<T: Default>(pool: &Mutex<Vec<T>>) -> T {
    let pooled = pool.lock().ok().and_then(|mut pool| pool.pop());
    pooled.unwrap_or_default()
}

fn put_back<T>(pool: &Mutex<Vec<T>>, one: T) {
    if let Ok(mut pool) = pool.lock() {
        pool.push(one);
    }
}

/// Whether text in this condition is read, not left as it is.
fn is_read(condition: Condition) -> bool {
    !matches!(condition, Condition::Clean | Condition::Garbage)
}

/// More text than this, in bytes, is read part by part: the ways to read it take many times its room.
const LONGEST_PART: usize = 1 << 20;

/// How many stretches make a part.
fn part_len(stretches: &[Judgement]) -> usize {
    let mut bytes = 0;
    let within = stretches.iter().take_while(|judged| {
        bytes += judged.scan.len();
        bytes <= LONGEST_PART
    });
    within.count().max(1)
}

/// The stretches of lines in one condition, none much longer than a part.
fn stretches(lines: &[&str], conditions: &[Condition]) -> Vec<Judgement> {
    let mut all: Vec<Judgement> = Vec::new();
    let mut start = 0;
    for (line, &condition) in lines.iter().zip(conditions) {
        let span = Span::new(start, start + line.len());
        match all.last_mut() {
            Some(last) if last.condition == condition && last.scan.len() + line.len() <= LONGEST_PART => {
                last.scan.end = span.end;
            }
            _ => all.push(Judgement {
                scan: span,
                text: Span::default(),
                condition,
            }),
        }
        start += line.len();
    }
    all
}

/// The lines of `text` that begin within its first `bytes`, the last one cut at a whole character.
fn head(text: &str, bytes: usize) -> &str {
    match text.as_bytes().get(bytes..) {
        None => text,
        Some(rest) => {
            let line_end = rest.iter().take(LONGEST_LINE).position(|&b| b == b'\n');
            &text[..text.floor_char_boundary(bytes + line_end.map_or(LONGEST_LINE, |end| end + 1))]
        }
    }
}

/// A line longer than this, in bytes, is none.
const LONGEST_LINE: usize = 1 << 14;

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

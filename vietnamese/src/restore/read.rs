//! Reads a stretch of lines: the ways to read each paragraph, and the likeliest.

use std::sync::Arc;

use super::Reading;
use super::decode::{Decoded, Decoder, Reach, Spoken, Step, Weights};
use super::lattice::{Kind, Lattices, Reader};
use super::model::{Model, Scanner};
use super::ways::Finds;
use super::wording::Lender;
use super::words::{self, BOUNDARY, Case, Word};
use super::write::Writer;
use crate::offsets::Span;

/// Buffers for reading; remembers the readings of pieces.
#[derive(Debug, Default)]
pub struct Scratch {
    /// What pieces may be.
    pub lattices: Lattices,
    /// Finds the likeliest way.
    pub decoder: Decoder,
    steps: Vec<Step>,
}

/// What is read with: the model and the scanners' hands.
#[derive(Debug, Clone, Copy)]
pub struct Reference<'a> {
    /// The model.
    pub model: &'a Model,
    /// The hands, the model's own or learned ones.
    pub scanners: &'a [Arc<Scanner>; 2],
    /// What was found with them.
    pub finds: &'a Finds,
    /// The wording of the folder and of the document.
    pub lenders: [&'a Lender; 2],
}

impl<'a> Reference<'a> {
    fn spoken(self) -> Spoken<'a> {
        Spoken {
            model: &self.model.language,
            lenders: self.lenders,
        }
    }
}

/// The cost of taking two pieces for one.
const JOIN: f32 = -6.5;
/// A paragraph longer than this many pieces is cut.
const LONGEST_STRETCH: usize = 1500;

/// A reading that teaches the scanner's hand and the folder's wording.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    /// The scanner that wrote it; none where only marks were lost.
    pub scanner: Option<u8>,
    /// What was scanned.
    pub token: &'a str,
    /// What it was read as.
    pub word: Word,
    /// How the word is set.
    pub case: Case,
    /// How sure the reading is.
    pub confidence: f32,
    /// Whether letters were read, or left as they are.
    pub read: bool,
}

impl Seen<'_> {
    /// The word, as far as it is sure enough to teach.
    pub fn sure(&self) -> Option<Word> {
        const LEAST: f32 = 0.9;
        (self.confidence > LEAST).then_some(self.word)
    }
}

/// A stretch of lines to be read.
#[derive(Debug, Clone, Copy)]
pub struct Stretch<'a> {
    /// The whole scan.
    pub scan: &'a str,
    /// The bytes of the stretch.
    pub span: Span,
    /// How to read it; none reads with the Vietnamese or English scanner by line.
    pub scanner: Option<u8>,
}

/// A paragraph, and all ways to read it that are worth looking at.
#[derive(Debug)]
pub struct Paragraph<'a> {
    stretch: Stretch<'a>,
    from: usize,
    to: usize,
    nodes: usize,
    steps: Vec<Step>,
}

/// Finds the ways to read the paragraphs of a stretch.
///
/// Where evidence is wanted, each is read once: what was surely read is evidence, and what surely was not is left out.
pub fn paragraphs<'a>(
    reference: Reference<'_>,
    scratch: &mut Scratch,
    weights: Weights,
    stretch: Stretch<'a>,
    mut evidence: Option<&mut Vec<Seen<'a>>>,
) -> Vec<Paragraph<'a>> {
    /// What is less likely is not looked at again, whatever the document says again and again.
    const LEAST: f32 = 1e-5;
    let mut paragraphs = Vec::new();
    let mut from = stretch.span.start as usize;
    let end = stretch.span.end as usize;
    while from < end {
        let to = paragraph_end(&stretch.scan[..end], from);
        let nodes = collect(reference, scratch, stretch, from, to);
        let steps = match &mut evidence {
            None => scratch.steps.clone(),
            Some(evidence) => {
                let Decoded { path, posteriors } = scratch.decoder.decode(
                    reference.spoken(),
                    weights.for_scanner(stretch.scanner),
                    Reach::FIRST,
                    &scratch.steps,
                    nodes,
                );
                testify(evidence, stretch, &scratch.steps, &path, &posteriors);
                let likely = scratch.steps.iter().zip(&posteriors).filter(|(_, p)| **p > LEAST);
                likely.map(|(step, _)| *step).collect()
            }
        };
        paragraphs.push(Paragraph {
            stretch,
            from,
            to,
            nodes,
            steps,
        });
        from = to;
    }
    paragraphs
}

/// Gives the words of the likeliest path as evidence.
fn testify<'a>(evidence: &mut Vec<Seen<'a>>, stretch: Stretch<'a>, steps: &[Step], path: &[u32], posteriors: &[f32]) {
    for &at in path {
        let Step { start, end, edge, .. } = steps[at as usize];
        // Punctuation says nothing, but for what ends a sentence.
        if edge.kind == Kind::Mark && edge.word != BOUNDARY {
            continue;
        }
        evidence.push(Seen {
            scanner: stretch.scanner,
            token: &stretch.scan[start as usize..end as usize],
            word: edge.word,
            case: edge.case,
            confidence: posteriors[at as usize],
            read: edge.kind == Kind::Word,
        });
    }
}

impl Paragraph<'_> {
    /// Reads the paragraph; the restored text is appended to `text`, the readings to `readings`.
    pub fn read(
        &self,
        reference: Reference<'_>,
        decoder: &mut Decoder,
        weights: Weights,
        text: &mut String,
        readings: &mut Vec<Reading>,
    ) {
        let weights = weights.for_scanner(self.stretch.scanner);
        let decoded = decoder.decode(reference.spoken(), weights, Reach::LAST, &self.steps, self.nodes);
        let writer = Writer {
            least: match self.stretch.scanner {
                Some(0) => 0.0,
                Some(_) => 0.75,
                None => 0.5,
            },
            is_marked: self.stretch.scanner.is_some(),
            model: reference.model,
            scan: self.stretch.scan,
            steps: &self.steps,
            posteriors: &decoded.posteriors,
        };
        writer.write(&decoded.path, self.from, self.to, text, readings);
    }
}

/// Where the paragraph that begins at `from` ends: behind a blank line, or where a new item follows a full stop.
fn paragraph_end(scan: &str, from: usize) -> usize {
    let mut at = from;
    let mut pieces = 0;
    let mut seen = false;
    for line in scan[from..].split_inclusive('\n') {
        let blank = line.trim().is_empty();
        if blank && seen {
            return at + line.len();
        }
        seen |= !blank;
        for piece in line.split_whitespace() {
            pieces += 1;
            if pieces > LONGEST_STRETCH {
                // Cut before this piece: also a line may be endless.
                return piece.as_ptr() as usize - scan.as_ptr() as usize;
            }
        }
        at += line.len();
    }
    at
}

/// Gathers the steps of a paragraph; returns how many nodes it has.
fn collect(reference: Reference<'_>, scratch: &mut Scratch, stretch: Stretch<'_>, from: usize, to: usize) -> usize {
    let steps = &mut scratch.steps;
    steps.clear();
    let mut node = 0u32;
    for line in stretch.scan[from..to].split_inclusive('\n') {
        let line_start = line.as_ptr() as usize - stretch.scan.as_ptr() as usize;
        let reader = match stretch.scanner {
            Some(scanner) => Reader::Scanned {
                scanner,
                upper: words::is_upper_line(line),
            },
            None => Reader::Unmarked,
        };
        let mut before: Option<(u32, &str, usize, bool)> = None;
        for piece in line.split_whitespace() {
            let start = line_start + (piece.as_ptr() as usize - line.as_ptr() as usize);
            let ways = scratch
                .lattices
                .piece(reference.model, reference.scanners, reference.finds, reader, piece);
            let torn = ways.torn;
            let last = node + u32::from(ways.nodes) - 1;
            let base = steps.len();
            steps.extend(ways.edges.iter().map(|&edge| {
                let end = if edge.end == u8::MAX {
                    start + piece.len()
                } else {
                    start + edge.end as usize
                };
                Step {
                    from: node + u32::from(edge.from),
                    to: node + u32::from(edge.to),
                    start: (start + edge.start as usize) as u32,
                    end: end as u32,
                    edge,
                }
            }));
            if let Some((first, earlier, earlier_start, earlier_torn)) = before
                && (torn || earlier_torn)
                && earlier.len() + piece.len() <= 12
            {
                let joined = format!("{earlier}{piece}");
                let ways =
                    scratch
                        .lattices
                        .piece(reference.model, reference.scanners, reference.finds, reader, &joined);
                let nodes = ways.nodes;
                let whole = ways
                    .edges
                    .iter()
                    .filter(|e| e.from == 0 && e.to + 1 == nodes && e.kind == Kind::Word);
                let joins: Vec<Step> = whole
                    .map(|&edge| Step {
                        from: first,
                        to: last,
                        start: earlier_start as u32,
                        end: (start + piece.len()) as u32,
                        edge: super::lattice::Edge {
                            channel: edge.channel + JOIN,
                            ..edge
                        },
                    })
                    .collect();
                // Steps stand in order of the nodes they leave.
                let place = steps[..base].partition_point(|s| s.from <= first);
                steps.splice(place..place, joins);
            }
            before = Some((node, piece, start, torn));
            node = last;
        }
    }
    node as usize + 1
}

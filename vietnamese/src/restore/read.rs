//! Reads a stretch of lines: lattice, decoding, and the text that comes of it.

use std::sync::Arc;

use super::decode::{Decoded, Decoder, Spoken, Step, Weights};
use super::hand::Evidence;
use super::lattice::{Kind, Lattices, Reader};
use super::letters;
use super::model::{Model, Scanner};
use super::wording::Lender;
use super::words::{self, BOUNDARY, Case, Word};
use super::{Alternative, Reading};
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

/// Alternatives less likely than this are not kept.
const LEAST_ALTERNATIVE: f32 = 0.03;
/// A reading that stays as it was scanned is only told of when it is less sure than this.
const SURE: f32 = 0.995;
/// The cost of taking two pieces for one.
const JOIN: f32 = -6.5;
/// A paragraph longer than this many pieces is cut.
const LONGEST_STRETCH: usize = 1500;

/// A reading that teaches the scanner's hand and the folder's wording.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
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
    mut evidence: Option<&mut Evidence>,
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
                let Decoded { path, posteriors } =
                    scratch
                        .decoder
                        .decode(reference.spoken(), weights, &scratch.steps, nodes);
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
fn testify(evidence: &mut Evidence, stretch: Stretch<'_>, steps: &[Step], path: &[u32], posteriors: &[f32]) {
    for &at in path {
        let Step { start, end, edge, .. } = steps[at as usize];
        // Punctuation says nothing, but for what ends a sentence.
        if edge.kind == Kind::Mark && edge.word != BOUNDARY {
            continue;
        }
        let reading = Seen {
            token: &stretch.scan[start as usize..end as usize],
            word: edge.word,
            case: edge.case,
            confidence: posteriors[at as usize],
            read: edge.kind == Kind::Word,
        };
        evidence.add(stretch.scanner, reading);
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
        let decoded = decoder.decode(reference.spoken(), weights, &self.steps, self.nodes);
        let writer = Writer {
            least: match self.stretch.scanner {
                Some(0) => 0.0,
                Some(_) => 0.9,
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
                .piece(reference.model, reference.scanners, reader, piece);
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
                let ways = scratch
                    .lattices
                    .piece(reference.model, reference.scanners, reader, &joined);
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

/// Writes the best path as text, with its readings.
struct Writer<'a> {
    /// How sure a reading must be to change what stands there: where most is right already, a guess does harm.
    least: f32,
    /// Whether the scan has its marks.
    is_marked: bool,
    model: &'a Model,
    scan: &'a str,
    steps: &'a [Step],
    posteriors: &'a [f32],
}

impl Writer<'_> {
    fn write(&self, path: &[u32], from: usize, to: usize, text: &mut String, readings: &mut Vec<Reading>) {
        let mut at = from;
        let mut index = 0;
        while index < path.len() {
            // Words that stand in one token without a sign between them share its bytes.
            let mut last = index;
            while last + 1 < path.len() && self.touch(path[last], path[last + 1]) {
                last += 1;
            }
            let (first, end) = (self.steps[path[index] as usize], self.steps[path[last] as usize]);
            let scan = Span {
                start: first.start,
                end: end.end,
            };
            text.push_str(&self.scan[at..scan.start as usize]);
            // Where most is right, words are hardly ever run together: what looks so was written so.
            if self.least > 0.0 && (last > index || self.is_doubtful_change(path[index])) {
                let begin = text.len();
                text.push_str(&self.scan[scan.range()]);
                if last == index {
                    readings.extend(self.doubt(path[index], scan, Span::new(begin, text.len())));
                }
                at = scan.end as usize;
                index = last + 1;
                continue;
            }
            for (place, &step) in path[index..=last].iter().enumerate() {
                if place > 0 {
                    text.push(' ');
                }
                self.word(step, scan, last > index, text, readings);
            }
            at = scan.end as usize;
            index = last + 1;
        }
        text.push_str(&self.scan[at..to]);
    }

    /// Whether a step changes what stands there without being sure of it.
    fn is_doubtful_change(&self, step: u32) -> bool {
        let Step { start, end, edge, .. } = self.steps[step as usize];
        let scanned = &self.scan[start as usize..end as usize];
        edge.kind == Kind::Word
            && !self.is_same_word(edge.word, edge.case, scanned)
            && (self.posteriors[step as usize] <= self.least && self.may_stand(step)
                || self.is_foreign(edge.word, scanned))
    }

    /// Whether what was typed without marks may be the word itself: where it hardly is, a guess does no harm.
    fn may_stand(&self, step: u32) -> bool {
        const LEAST: f32 = 0.1;
        self.is_marked || self.as_scanned(step, &self.alternatives(step, true)) >= LEAST
    }

    /// How likely the bytes of a step say what they are.
    fn as_scanned(&self, step: u32, readings: &[Alternative]) -> f32 {
        let Step { start, end, .. } = self.steps[step as usize];
        let scanned = words::canonical(&self.scan[start as usize..end as usize]);
        let same = readings.iter().filter(|a| a.text == scanned);
        same.map(|a| a.confidence).sum::<f32>().min(1.0)
    }

    /// Whether a number, a name, an abbreviation or another spelling would go: an engine that knows marks errs in marks.
    fn is_foreign(&self, word: Word, scanned: &str) -> bool {
        const NUMERAL: usize = 3;
        let spelled = self.model.vocabulary.spelling(word).unwrap_or_default();
        let name = spelled.is_ascii() && scanned.len() > NUMERAL;
        let abbreviation = spelled.chars().all(char::is_uppercase);
        scanned.chars().any(char::is_numeric)
            || (scanned.is_ascii() && (name || abbreviation && spelled.len() >= NUMERAL))
            || with_one_i(spelled) == with_one_i(scanned)
    }

    /// Whether the word stands there already, be it with the other placement of the tone mark.
    fn is_same_word(&self, word: Word, case: Case, scanned: &str) -> bool {
        let spelled = self.model.vocabulary.spelling(word);
        spelled == Some(scanned) || (words::case_of(scanned) == case && spelled == Some(&words::canonical(scanned)))
    }

    fn touch(&self, a: u32, b: u32) -> bool {
        let (a, b) = (self.steps[a as usize], self.steps[b as usize]);
        a.end == b.start && a.edge.kind != Kind::Mark && b.edge.kind != Kind::Mark
    }

    /// Writes one step, and its reading when it is not plainly what stands there.
    fn word(&self, step: u32, scan: Span, split: bool, text: &mut String, readings: &mut Vec<Reading>) {
        let Step { start, end, edge, .. } = self.steps[step as usize];
        let scanned = &self.scan[start as usize..end as usize];
        let begin = text.len();
        match edge.kind {
            Kind::Word if !self.is_same_word(edge.word, edge.case, scanned) => self.spell(edge.word, edge.case, text),
            _ => text.push_str(scanned),
        }
        if edge.kind == Kind::Mark {
            return;
        }
        let confidence = self.posteriors[step as usize].min(1.0);
        let alternatives = self.alternatives(step, false);
        let same = text[begin..] == *scanned;
        if split || !same || !alternatives.is_empty() || (confidence < SURE && edge.kind == Kind::Word) {
            readings.push(Reading {
                scan,
                text: Span::new(begin, text.len()),
                confidence,
                alternatives,
            });
        }
    }

    /// What may stand in place of a token that was left as it was scanned; nothing where nothing else is likely.
    fn doubt(&self, step: u32, scan: Span, text: Span) -> Option<Reading> {
        let scanned = words::canonical(&self.scan[scan.range()]);
        let mut alternatives = self.alternatives(step, true);
        let confidence = self.as_scanned(step, &alternatives);
        alternatives.retain(|a| a.text != scanned);
        (!alternatives.is_empty()).then_some(Reading {
            scan,
            text,
            confidence,
            alternatives,
        })
    }

    /// Other readings of the bytes of a step, likeliest first: other words, two for one, and one for this and its
    /// neighbors; with the reading of the step `itself` if that is asked for.
    fn alternatives(&self, step: u32, itself: bool) -> Vec<Alternative> {
        /// How many nodes before a step another may begin that reads the same bytes.
        const REACH: u32 = 4;
        let Step { from, to, .. } = self.steps[step as usize];
        let mut found: Vec<Alternative> = Vec::new();
        let own = self.said(step);
        let mut add = |text: String, confidence: f32| match found.iter_mut().find(|known| known.text == text) {
            Some(known) => known.confidence = (known.confidence + confidence).min(1.0),
            None if text == own && !itself => {}
            None => found.push(Alternative { text, confidence }),
        };
        let likely = |at: &u32| {
            let kind = self.steps[*at as usize].edge.kind;
            self.posteriors[*at as usize] >= LEAST_ALTERNATIVE && kind != Kind::Mark
        };
        for at in self.leaving(from.saturating_sub(REACH)..from + 1).filter(likely) {
            let other = self.steps[at as usize];
            let confidence = self.posteriors[at as usize].min(1.0);
            if other.to >= to {
                add(self.said(at), confidence);
            } else if other.from == from && other.to < to {
                for behind in self.leaving(other.to..other.to + 1).filter(likely) {
                    if self.steps[behind as usize].to == to {
                        let confidence = confidence.min(self.posteriors[behind as usize]);
                        add(format!("{} {}", self.said(at), self.said(behind)), confidence);
                    }
                }
            }
        }
        found.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
        found
    }

    /// The steps that leave these nodes.
    fn leaving(&self, nodes: std::ops::Range<u32>) -> impl Iterator<Item = u32> {
        let first = self.steps.partition_point(|s| s.from < nodes.start);
        let behind = self.steps.partition_point(|s| s.from < nodes.end);
        first as u32..behind as u32
    }

    /// What a step says, in lower case.
    fn said(&self, step: u32) -> String {
        let Step { start, end, edge, .. } = self.steps[step as usize];
        let text = match edge.kind {
            Kind::Word => self.model.vocabulary.spelling(edge.word).unwrap_or_default(),
            _ => &self.scan[start as usize..end as usize],
        };
        text.to_lowercase()
    }

    fn spell(&self, word: Word, case: Case, text: &mut String) {
        debug_assert_ne!(word, BOUNDARY);
        let spelling = self.model.vocabulary.spelling(word).unwrap_or_default();
        for (index, c) in spelling.chars().enumerate() {
            let upper = case == Case::Upper || (case == Case::Title && index == 0);
            match letters::letter(c).filter(|&l| upper && l < letters::LETTERS) {
                Some(letter) => text.push(letters::letter_char(letter + letters::LETTERS)),
                None => text.push(c),
            }
        }
    }
}

/// A word with `i` for `y`: `lý` and `lí` are one word.
fn with_one_i(word: &str) -> String {
    let one = |c| match c {
        'y' => 'i',
        'ỳ' => 'ì',
        'ý' => 'í',
        'ỷ' => 'ỉ',
        'ỹ' => 'ĩ',
        'ỵ' => 'ị',
        c => c,
    };
    words::canonical(word).chars().map(one).collect()
}

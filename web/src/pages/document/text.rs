//! The text of a document, cut into pieces that a template draws: in both layers with the same marks at the same places.

use std::borrow::Cow;
use std::collections::BTreeSet;

use corpus::{BlockKind, Document};
use vietnamese::offsets::Span;
use vietnamese::restore::{Condition, Reading, span_in_scan};

use super::facts::evidence;
use crate::language::Language;

/// Readings below this are marked as doubtful.
const DOUBTFUL: f32 = 0.8;

/// What is marked in a text; each list in order of its spans.
pub struct Marks<'a> {
    /// Where the query matches.
    pub hits: Vec<Span>,
    /// What was read with doubt, and the note that says how.
    pub doubts: Vec<(Span, Cow<'a, str>)>,
    /// What facts were read from, and of which field.
    pub evidence: Vec<(Span, &'static str)>,
    /// Where other documents are named, and their pages.
    pub links: Vec<(Span, String)>,
}

/// A block, ready to draw.
pub struct BlockView<'a> {
    /// The element that draws it.
    pub tag: &'static str,
    /// Its kind, as the style sheet names it.
    pub class: &'static str,
    /// Where the outline jumps to.
    pub anchor: Option<String>,
    /// As the paper said it.
    pub restored: Vec<TextPiece<'a>>,
    /// As the file holds it.
    pub scanned: Vec<TextPiece<'a>>,
}

/// A stretch of text with all its marks the same.
pub struct TextPiece<'a> {
    /// The characters.
    pub text: &'a str,
    /// Whether the query matches here.
    pub hit: bool,
    /// Where a link to this place jumps to: the place of a match or of a field's evidence.
    pub anchor: Option<String>,
    /// Why it is in doubt.
    pub doubt: Option<String>,
    /// Which field was read from it.
    pub evidence: Option<&'static str>,
    /// The page of the document that is named here.
    pub href: Option<String>,
}

/// The anchor of the section at `place` of the outline.
pub fn section_anchor(place: usize) -> String {
    format!("s{place}")
}

impl<'a> Marks<'a> {
    /// The marks that a document brings itself; hits and links come from the index.
    pub fn of(document: &'a Document, language: Language) -> Self {
        let doubtful = document.readings.iter().filter(|reading| reading.confidence < DOUBTFUL);
        let mut evidence = evidence(&document.metadata);
        evidence.sort();
        Self {
            hits: Vec::new(),
            doubts: doubtful
                .map(|reading| (reading.text, note(document, reading, language).into()))
                .collect(),
            evidence,
            links: Vec::new(),
        }
    }

    /// The same marks at their places in the scan.
    fn in_scan(&self, readings: &[Reading]) -> Marks<'_> {
        let there = |span: &Span| span_in_scan(readings, *span);
        Marks {
            hits: self.hits.iter().map(there).collect(),
            doubts: self
                .doubts
                .iter()
                .map(|(span, note)| (there(span), Cow::Borrowed(note.as_ref())))
                .collect(),
            evidence: self
                .evidence
                .iter()
                .map(|(span, field)| (there(span), *field))
                .collect(),
            links: self
                .links
                .iter()
                .map(|(span, href)| (there(span), href.clone()))
                .collect(),
        }
    }
}

/// What a reader is told of a doubtful place: the scan, how sure the reading is, what else it may be.
fn note(document: &Document, reading: &Reading, language: Language) -> String {
    let words = language.words();
    let scanned = document.scan.get(reading.scan.range()).unwrap_or_default();
    let mut note = format!(
        "{}: {scanned} · {}",
        words.layer_scan,
        language.percent(reading.confidence)
    );
    for other in reading.alternatives.iter().take(3) {
        note.push_str(&format!(" · {} {}", other.text, language.percent(other.confidence)));
    }
    note
}

/// Cuts a document into its blocks, each in both layers.
pub fn blocks<'a>(document: &'a Document, marks: &Marks<'_>) -> Vec<BlockView<'a>> {
    let scan_marks = marks.in_scan(&document.readings);
    let garbage: Vec<Span> = document
        .judgements
        .iter()
        .filter(|judged| judged.condition == Condition::Garbage)
        .map(|judged| judged.text)
        .collect();
    let view = |span: Span, kind: BlockKind, section: Option<usize>| {
        let in_garbage = garbage.iter().any(|stretch| stretch.holds(span));
        let level = section
            .and_then(|place| document.outline.get(place))
            .map_or(1, |section| section.level);
        BlockView {
            tag: tag(kind, level),
            class: if in_garbage { "garbage" } else { class(kind) },
            anchor: section.map(section_anchor),
            restored: cut(&document.text, span, marks),
            scanned: cut(&document.scan, span_in_scan(&document.readings, span), &scan_marks),
        }
    };
    if document.blocks.is_empty() {
        return vec![view(Span::new(0, document.text.len()), BlockKind::Paragraph, None)];
    }
    let mut begun = BTreeSet::new();
    let blocks = document.blocks.iter().map(|block| {
        // The outline jumps to the first block of a section, which is its heading.
        let section = block
            .section
            .map(|place| place as usize)
            .filter(|place| begun.insert(*place));
        view(block.span, block.kind, section)
    });
    blocks.collect()
}

fn tag(kind: BlockKind, level: u8) -> &'static str {
    match (kind, level) {
        (BlockKind::Heading, 0 | 1) => "h3",
        (BlockKind::Heading, 2) => "h4",
        (BlockKind::Heading, 3) => "h5",
        (BlockKind::Heading, _) => "h6",
        _ => "p",
    }
}

fn class(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Letterhead => "letterhead",
        BlockKind::Title => "title",
        BlockKind::Heading => "heading",
        BlockKind::Paragraph => "paragraph",
        BlockKind::ListItem => "item",
        BlockKind::Signature => "signature",
        BlockKind::Recipient => "recipient",
        BlockKind::Furniture => "furniture",
    }
}

/// Cuts `within` of `text` wherever a mark begins or ends.
fn cut<'a>(text: &'a str, within: Span, marks: &Marks<'_>) -> Vec<TextPiece<'a>> {
    let (first_hit, hits) = reaching(&marks.hits, |span| *span, within);
    let (_, doubts) = reaching(&marks.doubts, |(span, _)| *span, within);
    let (_, links) = reaching(&marks.links, |(span, _)| *span, within);
    // Evidence is little, and may overlap: a title is read from words that a date is read from.
    let evidence: Vec<&(Span, &'static str)> = marks
        .evidence
        .iter()
        .filter(|(span, _)| span.overlaps(within))
        .collect();

    let mut ends = BTreeSet::from([within.start, within.end]);
    let spans = hits
        .iter()
        .copied()
        .chain(doubts.iter().map(|mark| mark.0))
        .chain(links.iter().map(|mark| mark.0));
    for span in spans.chain(evidence.iter().map(|mark| mark.0)) {
        ends.extend(
            [span.start, span.end]
                .into_iter()
                .filter(|end| within.start < *end && *end < within.end),
        );
    }
    let ends: Vec<u32> = ends
        .into_iter()
        .filter(|end| text.is_char_boundary(*end as usize))
        .collect();

    let pieces = ends.windows(2).filter_map(|ends| {
        let piece = Span {
            start: ends[0],
            end: ends[1],
        };
        let hit = hits.iter().position(|span| span.holds(piece));
        let field = evidence.iter().find(|(span, _)| span.holds(piece));
        let at_hit = hit.filter(|place| hits[*place].start == piece.start);
        let at_field = field.filter(|mark| mark.0.start == piece.start && is_first(&marks.evidence, mark));
        Some(TextPiece {
            text: text.get(piece.range())?,
            hit: hit.is_some(),
            anchor: at_field
                .map(|(_, field)| evidence_anchor(field))
                .or(at_hit.map(|place| format!("m{}", first_hit + place + 1))),
            doubt: doubts
                .iter()
                .find(|(span, _)| span.holds(piece))
                .map(|(_, note)| note.to_string()),
            evidence: field.map(|(_, field)| *field),
            href: links
                .iter()
                .find(|(span, _)| span.holds(piece))
                .map(|(_, href)| href.clone()),
        })
    });
    pieces.collect()
}

/// The anchor of the first words that a field was read from.
pub fn evidence_anchor(field: &str) -> String {
    format!("e-{field}")
}

fn is_first(evidence: &[(Span, &'static str)], mark: &(Span, &'static str)) -> bool {
    evidence.iter().find(|(_, field)| *field == mark.1) == Some(mark)
}

/// Those of `marks`, in order and not overlapping, that share a byte with `within`; and the place of the first.
fn reaching<T>(marks: &[T], span: impl Fn(&T) -> Span, within: Span) -> (usize, &[T]) {
    let first = marks.partition_point(|mark| span(mark).end <= within.start);
    let behind = marks.partition_point(|mark| span(mark).start < within.end);
    (first, marks.get(first..behind).unwrap_or_default())
}

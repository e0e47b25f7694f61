//! Chooses the passages of a document that show best why it was found.

use std::ops::Range;

use corpus::BlockKind;
use vietnamese::offsets::Span;
use vietnamese::restore::span_in_text;
use vietnamese::tokens::tokens;

use crate::analyzer::TEXT_START;
use crate::matcher::tier;
use crate::plan::{Layer, Unit};
use crate::stored::{Passages, StoredBlock, StoredText, Unreadable};

/// So many passages stand below a hit.
pub(crate) const PASSAGES: usize = 3;

/// A place where a phrase of the query stands, by positions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Occurrence {
    /// The position of its first syllable.
    pub position: u32,
    /// How many syllables it has.
    pub len: u32,
    /// Which unit of the plan it is.
    pub unit: usize,
    /// Its best tier.
    pub tier: u8,
    /// The ways it matches in, of those that were asked for.
    pub ways: u8,
    /// Whether it was typed without marks.
    pub bare: bool,
}

impl Occurrence {
    /// An occurrence of a unit that was typed with or without marks.
    pub fn new(position: u32, len: u32, unit: usize, ways: u8, bare: bool) -> Self {
        Self {
            position,
            len,
            unit,
            tier: tier(ways, bare),
            ways,
            bare,
        }
    }
}

/// A block with the occurrences that begin in it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Passage<'a> {
    /// The block.
    pub block: &'a StoredBlock,
    /// The occurrences, in order.
    pub occurrences: Vec<Occurrence>,
}

/// Where the words of a stretch stand in the text, in which it begins at `offset`.
pub(crate) fn word_ranges(stretch: &str, offset: usize) -> Vec<Range<usize>> {
    word_ranges_around(stretch, offset, usize::MAX..usize::MAX)
}

/// The same, but only as far as a window around the words `matched` may reach.
pub(crate) fn word_ranges_around(stretch: &str, offset: usize, matched: Range<usize>) -> Vec<Range<usize>> {
    let mut tokens = tokens(stretch);
    let mut ranges: Vec<Range<usize>> = Vec::new();
    while let Some(span) = tokens.next_span() {
        let span = span.range();
        ranges.push(offset + span.start..offset + span.end);
        if ranges.len() > matched.end && offset + span.start > ranges[matched.start].start + WINDOW_BYTES {
            break;
        }
    }
    ranges
}

/// The same occurrences by positions of the text: those found in the scan's own words stand where these were read.
pub(crate) fn in_text(
    occurrences: &[Occurrence],
    units: &[Unit],
    text: StoredText<'_>,
    scan: StoredText<'_>,
    passages: &Passages,
) -> Result<Vec<Occurrence>, Unreadable> {
    let is_scan = |occurrence: &Occurrence| units[occurrence.unit].layer == Layer::Scan;
    if !occurrences.iter().any(is_scan) {
        return Ok(occurrences.to_vec());
    }
    let text = text.whole()?;
    let scan_words = word_ranges(scan.whole()?, 0);
    let carry = |occurrence: &Occurrence| {
        if !is_scan(occurrence) {
            return Some(*occurrence);
        }
        let first = scan_words.get(occurrence.position as usize)?;
        let last = scan_words.get((occurrence.position + occurrence.len) as usize - 1)?;
        let span = span_in_text(&passages.readings, Span::new(first.start, last.end));
        let block = passages.blocks.iter().find(|block| block.span.overlaps(span))?;
        let words = word_ranges(text.get(block.span.range())?, block.span.start as usize);
        let start = words.partition_point(|word| word.end <= span.start as usize);
        let len = words[start..]
            .iter()
            .take_while(|word| word.start < span.end as usize)
            .count();
        (len > 0).then(|| Occurrence {
            position: block.position + start as u32,
            len: len as u32,
            ..*occurrence
        })
    };
    let mut carried: Vec<Occurrence> = occurrences.iter().filter_map(carry).collect();
    carried.sort_unstable();
    Ok(carried)
}

/// Sorts occurrences (by position) into the blocks where they begin, in the order of the text.
pub(crate) fn by_block<'a>(passages: &'a Passages, occurrences: &[Occurrence]) -> Vec<Passage<'a>> {
    let mut blocks: Vec<&StoredBlock> = passages.blocks.iter().collect();
    // Furniture stands behind all else among the positions.
    blocks.sort_by_key(|block| block.position);
    let mut found: Vec<Passage<'a>> = Vec::new();
    for &occurrence in occurrences
        .iter()
        .filter(|occurrence| occurrence.position >= TEXT_START)
    {
        // Of blocks at one position only the last holds words.
        let behind = blocks.partition_point(|block| block.position <= occurrence.position);
        let Some(&block) = behind.checked_sub(1).and_then(|at| blocks.get(at)) else {
            continue;
        };
        match found.last_mut() {
            Some(passage) if std::ptr::eq(passage.block, block) => passage.occurrences.push(occurrence),
            _ => found.push(Passage {
                block,
                occurrences: vec![occurrence],
            }),
        }
    }
    found.sort_by_key(|passage| passage.block.span);
    found
}

/// The passages that show the match best, in the order of the text.
pub(crate) fn choose(mut passages: Vec<Passage<'_>>) -> Vec<Passage<'_>> {
    passages.sort_by_cached_key(|passage| std::cmp::Reverse(worth(passage)));
    passages.truncate(PASSAGES);
    passages.sort_by_key(|passage| passage.block.span);
    passages
}

/// How much a passage shows: more different words first, better ways of matching next, then running text.
fn worth(passage: &Passage<'_>) -> (usize, u8, u8, usize) {
    let mut units: Vec<usize> = passage.occurrences.iter().map(|occurrence| occurrence.unit).collect();
    units.sort_unstable();
    units.dedup();
    let best = passage
        .occurrences
        .iter()
        .map(|occurrence| occurrence.tier)
        .min()
        .unwrap_or(u8::MAX);
    let kind = match passage.block.kind {
        BlockKind::Title => 4,
        BlockKind::Paragraph | BlockKind::ListItem => 3,
        BlockKind::Heading => 2,
        BlockKind::Letterhead | BlockKind::Signature | BlockKind::Recipient => 1,
        BlockKind::Furniture => 0,
    };
    (units.len(), u8::MAX - best, kind, passage.occurrences.len())
}

/// Longer passages are cut to a window of about this many bytes around what matched.
const WINDOW_BYTES: usize = 420;
/// So much of it may stand before the first match.
const WINDOW_BEFORE_BYTES: usize = 140;

/// The part of a block to show: `words` are the bytes of its words, `matched` the range of the first match among them.
pub(crate) fn window(block: Range<usize>, words: &[Range<usize>], matched: Range<usize>) -> Range<usize> {
    if block.len() <= WINDOW_BYTES + WINDOW_BEFORE_BYTES || words.is_empty() {
        return block;
    }
    let first = words[matched.start].start;
    let begin = if first - block.start <= WINDOW_BEFORE_BYTES {
        block.start
    } else {
        let at = words.partition_point(|word| word.start + WINDOW_BEFORE_BYTES < first);
        words[at].start
    };
    if block.end - begin <= WINDOW_BYTES {
        return begin..block.end;
    }
    let last = words[matched.end - 1].end;
    let fits = words.partition_point(|word| word.end <= (begin + WINDOW_BYTES).max(last));
    begin..words[fits - 1].end
}

//! A document as token streams: its words, titles and headings once more, section marks, the scan's own words.

use std::ops::Range;

use corpus::{Block, BlockKind, Document};
use vietnamese::tokens::tokens;

use crate::analyzer::{BEST, HEADINGS_END, TEXT_START, TITLE_END, cut, place_in, words};
use crate::sections;
use crate::stream::Encoder;

/// The token streams of a document, ready for the engine, and where its blocks begin among the positions.
#[derive(Debug, Default)]
pub(crate) struct Analysis {
    /// Words, titles, headings, names of the issuing body.
    pub text: String,
    /// The marks of its sections.
    pub sections: String,
    /// The scan's own words; empty where text and scan are the same.
    pub scan: String,
    /// The position of the first word of each block.
    pub block_positions: Vec<u32>,
}

/// Analyzes a document for indexing.
pub(crate) fn analyze(document: &Document) -> Analysis {
    let mut stream = Encoder::of(document.text.len());
    write_zone(&mut stream, document, BlockKind::Title, 0..TITLE_END);
    write_zone(&mut stream, document, BlockKind::Heading, TITLE_END..HEADINGS_END);
    write_names(&mut stream, document);
    let mut block_positions = vec![0; document.blocks.len()];
    let mut starts = Vec::with_capacity(document.text.len() / 5);
    let mut position = TEXT_START;
    let mut running = 0;
    // Page numbers and rules come last, so that a phrase is found across the end of a page.
    for furniture in [false, true] {
        for (at, block) in document.blocks.iter().enumerate() {
            if (block.kind == BlockKind::Furniture) == furniture {
                block_positions[at] = position;
                position = write_block(&mut stream, document, block, position..u32::MAX, &mut starts);
            }
        }
        if !furniture {
            running = starts.len();
        }
    }
    let mut marks = Encoder::default();
    for (position, mark) in sections::marks(&document.outline, &starts[..running], TEXT_START) {
        marks.term(position, &mark);
    }
    Analysis {
        text: stream.out,
        sections: marks.out,
        scan: scan_words(document),
        block_positions,
    }
}

/// Writes the blocks of one kind a second time, at the positions of their zone.
fn write_zone(stream: &mut Encoder, document: &Document, kind: BlockKind, zone: Range<u32>) {
    let mut position = zone.start;
    for block in document.blocks.iter().filter(|block| block.kind == kind) {
        if position >= zone.end {
            break;
        }
        // A gap, so that no phrase runs from one heading into the next.
        position = write_block(stream, document, block, position..zone.end, &mut Vec::new()) + 1;
    }
}

/// Writes the words of a block from a position on; gives the position behind them, and where each begins in the text.
fn write_block(
    stream: &mut Encoder,
    document: &Document,
    block: &Block,
    positions: Range<u32>,
    starts: &mut Vec<u32>,
) -> u32 {
    let mut position = positions.start;
    let readings = &document.readings;
    let first = readings.partition_point(|reading| reading.text.end <= block.span.start);
    if readings
        .get(first)
        .is_none_or(|reading| reading.text.start >= block.span.end)
    {
        // Most text is clean: nothing is kept of its words but their terms.
        let mut tokens = tokens(&document.text[block.span.range()]);
        while position < positions.end && tokens.advance() {
            let token = tokens.token();
            stream.key(position, cut(token.bare), BEST, cut(token.marked));
            starts.push(block.span.start + token.span.start);
            position += 1;
        }
        return position;
    }
    let stretch = &document.text[block.span.range()];
    for placed in place_in(stretch, block.span.start as usize, readings) {
        if position >= positions.end {
            break;
        }
        stream.word(position, &placed);
        starts.push(placed.word.start as u32);
        position += 1;
    }
    position
}

/// Writes the names of the issuing body that the text may not say: its canonical name, predecessors, successors.
fn write_names(stream: &mut Encoder, document: &Document) {
    let Some(issuer) = &document.metadata.issuer else {
        return;
    };
    let mut position = HEADINGS_END;
    for name in std::iter::once(&issuer.value.name).chain(&issuer.value.aliases) {
        for word in words(name) {
            if position >= TEXT_START {
                return;
            }
            stream.key(position, &word.bare, BEST, &word.marked);
            position += 1;
        }
        position += 1;
    }
}

fn scan_words(document: &Document) -> String {
    let mut stream = Encoder::default();
    if document.scan != document.text {
        let mut tokens = tokens(&document.scan);
        let mut position = 0;
        while tokens.advance() {
            let token = tokens.token();
            stream.key(position, cut(token.bare), BEST, cut(token.marked));
            position += 1;
        }
    }
    stream.out
}

//! Text to terms, the same way for documents and for queries.

use corpus::{BlockKind, Document};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use vietnamese::restore::Reading;

use crate::sections;

/// Stands between the bare and the marked form of a best reading.
pub(crate) const BEST: char = '\u{1}';
/// Stands between the bare and the marked form of another reading.
pub(crate) const OTHER: char = '\u{2}';
/// Titles are indexed a second time at positions below this one, so that a match there is known by its position.
pub(crate) const TITLE_END: u32 = 64;
/// Headings are indexed a second time at positions from [`TITLE_END`] to this one.
pub(crate) const HEADINGS_END: u32 = 208;
/// Other names of the issuing body stand at positions from [`HEADINGS_END`] to this one; the text itself begins here.
pub(crate) const TEXT_START: u32 = 256;

/// Longer tokens (base64, a line without spaces) are cut: they are never typed.
const TOKEN_MAX_CHARS: usize = 48;
/// Other readings less likely than this are not indexed: they cost precision and find nothing.
const OTHER_MIN_CONFIDENCE: f32 = 0.02;

/// One syllable, number or foreign word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// Its bytes in the text.
    pub start: usize,
    /// The byte behind it.
    pub end: usize,
    /// Its normal form in lower case, with marks.
    pub marked: String,
    /// The same without marks.
    pub bare: String,
}

/// Cuts `text` into words, one a position.
pub(crate) fn words(text: &str) -> Vec<Word> {
    vietnamese::tokens::tokens(text)
        .map(|token| Word {
            start: token.span.start as usize,
            end: token.span.end as usize,
            marked: cut(&token.marked).to_owned(),
            bare: cut(&token.bare).to_owned(),
        })
        .collect()
}

fn cut(word: &str) -> &str {
    match word.char_indices().nth(TOKEN_MAX_CHARS) {
        Some((end, _)) => &word[..end],
        None => word,
    }
}

/// Writes the term of a word into `term`.
pub(crate) fn write_key(term: &mut String, bare: &str, layer: char, marked: &str) {
    term.push_str(bare);
    term.push(layer);
    if marked != bare {
        term.push_str(marked);
    }
}

/// Other readings of the words `[first, first + count)` of one reading, as (word, marked form, confidence).
///
/// A reading of several words gives word for word, and only where both have the same number; one word that may be two
/// gives the second at the next position, so that the pair is found as a phrase.
pub(crate) fn other_readings(reading: &Reading, count: usize) -> Vec<(usize, Word, f32)> {
    let mut found = Vec::new();
    for other in &reading.alternatives {
        if other.confidence < OTHER_MIN_CONFIDENCE {
            continue;
        }
        let words = words(&other.text);
        if words.len() == count || (count == 1 && words.len() == 2) {
            found.extend(
                words
                    .into_iter()
                    .enumerate()
                    .map(|(at, word)| (at, word, other.confidence)),
            );
        }
    }
    found
}

/// The token streams of a document, ready for the engine, and where its blocks begin among the positions.
#[derive(Debug, Default)]
pub(crate) struct Analysis {
    /// Words, titles, headings, section marks.
    pub text: String,
    /// The scan's own words; empty where text and scan are the same.
    pub scan: String,
    /// The position of the first word of each block.
    pub block_positions: Vec<u32>,
}

/// Analyzes a document for indexing.
pub(crate) fn analyze(document: &Document) -> Analysis {
    let mut stream = Encoder::default();
    let blocks: Vec<(BlockKind, Vec<Placed>)> = document
        .blocks
        .iter()
        .map(|block| (block.kind, place(document, block.span.range())))
        .collect();
    for (zone, start, end) in [
        (BlockKind::Title, 0, TITLE_END),
        (BlockKind::Heading, TITLE_END, HEADINGS_END),
    ] {
        let mut position = start;
        for (_, placed) in blocks.iter().filter(|(kind, _)| *kind == zone) {
            for word in placed {
                if position >= end {
                    break;
                }
                stream.word(position, word);
                position += 1;
            }
            // A gap, so that no phrase runs from one heading into the next.
            position += 1;
        }
    }
    write_aliases(&mut stream, document);
    let mut block_positions = vec![0; blocks.len()];
    let mut position = TEXT_START;
    let running = blocks.iter().filter(|(kind, _)| *kind != BlockKind::Furniture);
    let starts: Vec<usize> = running
        .flat_map(|(_, placed)| placed.iter().map(|one| one.word.start))
        .collect();
    let mut marks = sections::marks(&document.outline, &starts, TEXT_START)
        .into_iter()
        .peekable();
    // Page numbers and rules come last, so that a phrase is found across the end of a page.
    for furniture in [false, true] {
        for (at, (kind, placed)) in blocks.iter().enumerate() {
            if (*kind == BlockKind::Furniture) != furniture {
                continue;
            }
            block_positions[at] = position;
            for word in placed {
                while let Some((_, mark)) = marks.next_if(|(at, _)| *at <= position) {
                    stream.term(position, &mark);
                }
                stream.word(position, word);
                position += 1;
            }
        }
        for (_, mark) in marks.by_ref() {
            stream.term(position, &mark);
        }
    }
    let mut scan = Encoder::default();
    if document.scan != document.text {
        for (at, word) in words(&document.scan).iter().enumerate() {
            scan.key(at as u32, &word.bare, BEST, &word.marked);
        }
    }
    Analysis {
        text: stream.out,
        scan: scan.out,
        block_positions,
    }
}

/// Writes the names of the issuing body that the text does not say: its canonical name, predecessors, successors.
fn write_aliases(stream: &mut Encoder, document: &Document) {
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

/// A word at its place, with what the scanner may have meant instead.
#[derive(Debug, Clone)]
pub(crate) struct Placed {
    /// The best reading.
    pub word: Word,
    /// How sure it is.
    pub confidence: f32,
    /// Other readings, likeliest first.
    pub others: Vec<(Word, f32)>,
}

/// The words of a stretch of a document's text, with their other readings; offsets are in the whole text.
pub(crate) fn place(document: &Document, range: std::ops::Range<usize>) -> Vec<Placed> {
    place_in(&document.text, &document.readings, range)
}

/// [`place`] for a text and its readings.
pub(crate) fn place_in(text: &str, readings: &[Reading], range: std::ops::Range<usize>) -> Vec<Placed> {
    let offset = range.start;
    let mut placed: Vec<Placed> = words(&text[range.clone()])
        .into_iter()
        .map(|mut word| {
            word.start += offset;
            word.end += offset;
            Placed {
                word,
                confidence: 1.0,
                others: Vec::new(),
            }
        })
        .collect();
    let first = readings.partition_point(|reading| reading.text.end as usize <= range.start);
    let mut at = 0;
    for reading in readings[first..]
        .iter()
        .take_while(|reading| (reading.text.start as usize) < range.end)
    {
        while at < placed.len() && placed[at].word.end <= reading.text.start as usize {
            at += 1;
        }
        let count = placed[at..]
            .iter()
            .take_while(|placed| placed.word.start < reading.text.end as usize)
            .count();
        for one in &mut placed[at..at + count] {
            one.confidence = one.confidence.min(reading.confidence);
        }
        for (skip, word, confidence) in other_readings(reading, count) {
            if let Some(one) = placed.get_mut(at + skip)
                && one.word.marked != word.marked
            {
                one.others.push((word, confidence));
            }
        }
    }
    placed
}

/// Writes token streams: each token is one character that tells how far it stands behind the one before, its term, and
/// a line end.
#[derive(Debug, Default)]
struct Encoder {
    out: String,
    position: u32,
}

/// The character that stands for an advance of 0; those behind it stand for 1, 2, …
const ADVANCE_ZERO: u32 = 0x100;

impl Encoder {
    fn word(&mut self, position: u32, placed: &Placed) {
        self.key(position, &placed.word.bare, BEST, &placed.word.marked);
        for (other, _) in &placed.others {
            self.key(position, &other.bare, OTHER, &other.marked);
        }
    }

    fn key(&mut self, position: u32, bare: &str, layer: char, marked: &str) {
        self.advance_to(position);
        write_key(&mut self.out, bare, layer, marked);
        self.out.push('\n');
    }

    /// A term that is no word.
    fn term(&mut self, position: u32, term: &str) {
        self.advance_to(position);
        self.out.push_str(term);
        self.out.push('\n');
    }

    fn advance_to(&mut self, position: u32) {
        let advance = position - self.position;
        self.position = position;
        let advance = char::from_u32(ADVANCE_ZERO + advance).expect("advances are shorter than the heading zone");
        self.out.push(advance);
    }
}

/// Reads token streams that [`analyze`] wrote, for the engine.
#[derive(Debug, Clone, Default)]
pub(crate) struct Encoded;

/// The tokens of one encoded stream.
pub(crate) struct EncodedStream<'a> {
    rest: &'a str,
    token: Token,
}

impl Tokenizer for Encoded {
    type TokenStream<'a> = EncodedStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> EncodedStream<'a> {
        let token = Token {
            position: 0,
            ..Token::default()
        };
        EncodedStream { rest: text, token }
    }
}

impl TokenStream for EncodedStream<'_> {
    fn advance(&mut self) -> bool {
        let Some((line, rest)) = self.rest.split_once('\n') else {
            return false;
        };
        let mut chars = line.chars();
        let Some(advance) = chars.next() else {
            return false;
        };
        self.token.position += (advance as u32 - ADVANCE_ZERO) as usize;
        self.token.text.clear();
        self.token.text.push_str(chars.as_str());
        self.rest = rest;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

//! Token streams as text: written when a document is analyzed, read back by the engine.
//!
//! So the analysis runs where documents are read, on all threads, and the engine takes tokens with any positions.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::analyzer::{BEST, OTHER, Placed, write_key};

/// Writes token streams: each token is one character that tells how far it stands behind the one before, its term, and
/// a line end.
#[derive(Debug, Default)]
pub(crate) struct Encoder {
    /// What was written so far.
    pub out: String,
    position: u32,
}

/// The character that stands for an advance of 0; those behind it stand for 1, 2, …
const ADVANCE_ZERO: u32 = 0x100;

impl Encoder {
    /// A word with its other readings.
    pub fn word(&mut self, position: u32, placed: &Placed) {
        self.key(position, &placed.word.bare, BEST, &placed.word.marked);
        for (other, _) in &placed.others {
            self.key(position, &other.bare, OTHER, &other.marked);
        }
    }

    /// A word, as a best or another reading.
    pub fn key(&mut self, position: u32, bare: &str, layer: char, marked: &str) {
        self.advance_to(position);
        write_key(&mut self.out, bare, layer, marked);
        self.out.push('\n');
    }

    /// A term that is no word.
    pub fn term(&mut self, position: u32, term: &str) {
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

/// Reads token streams that [`Encoder`] wrote, for the engine.
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

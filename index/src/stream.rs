//! Token streams as text: written when a document is analyzed, read back by the engine.
//!
//! So the analysis runs where documents are read, on all threads, and the engine takes tokens with any positions.

use std::str::Chars;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::analyzer::{BEST, OTHER, Placed, key_len, write_key};

/// Writes token streams: of each token how far it stands behind the one before, how many bytes its term has, and the
/// term.
#[derive(Debug, Default)]
pub(crate) struct Encoder {
    /// What was written so far.
    pub out: String,
    position: u32,
}

impl Encoder {
    /// Room for the words of a text of so many bytes.
    pub fn of(bytes: usize) -> Self {
        Self {
            out: String::with_capacity(bytes * 2),
            position: 0,
        }
    }

    /// A word with its other readings.
    pub fn word(&mut self, position: u32, placed: &Placed) {
        self.key(position, &placed.word.bare, BEST, &placed.word.marked);
        for (other, _) in &placed.others {
            self.key(position, &other.bare, OTHER, &other.marked);
        }
    }

    /// A word, as a best or another reading.
    pub fn key(&mut self, position: u32, bare: &str, layer: char, marked: &str) {
        self.begin(position, key_len(bare, layer, marked));
        write_key(&mut self.out, bare, layer, marked);
    }

    /// A term that is no word.
    pub fn term(&mut self, position: u32, term: &str) {
        self.begin(position, term.len());
        self.out.push_str(term);
    }

    fn begin(&mut self, position: u32, length: usize) {
        let advance = position - self.position;
        self.position = position;
        write_number(&mut self.out, advance);
        write_number(&mut self.out, length as u32);
    }
}

/// Larger numbers, and this one, are written as three characters, smaller ones as one: a long section has its marks far
/// apart, and not all numbers are characters.
const LARGE: u32 = 0xD7FF;
/// How many bits of a large number its last character says.
const LOW_BITS: u32 = 15;

fn write_number(out: &mut String, number: u32) {
    // Nearly all are below 128.
    if let Ok(small) = u8::try_from(number)
        && small.is_ascii()
    {
        out.push(char::from(small));
        return;
    }
    let mut push = |code| out.push(char::from_u32(code).expect("documents are far below 2^30 words"));
    if number < LARGE {
        push(number);
    } else {
        push(LARGE);
        push(number >> LOW_BITS);
        push(number & ((1 << LOW_BITS) - 1));
    }
}

fn read_number(chars: &mut Chars<'_>) -> Option<u32> {
    match u32::from(chars.next()?) {
        LARGE => Some(u32::from(chars.next()?) << LOW_BITS | u32::from(chars.next()?)),
        number => Some(number),
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
        let mut chars = self.rest.chars();
        let (Some(advance), Some(length)) = (read_number(&mut chars), read_number(&mut chars)) else {
            return false;
        };
        let Some((term, rest)) = chars.as_str().split_at_checked(length as usize) else {
            return false;
        };
        self.token.position += advance as usize;
        self.token.text.clear();
        self.token.text.push_str(term);
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

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    #[test]
    fn a_stream_is_read_as_it_was_written() {
        let mut encoder = Encoder::default();
        encoder.key(0, "doi", BEST, "đối");
        encoder.key(0, "doi", OTHER, "đội");
        encoder.key(200, "kh", BEST, "kh");
        encoder.term(201, "mục\n");
        encoder.term(60_000, "end");
        encoder.term(3_000_000, "end");
        let mut encoded = Encoded;
        let mut stream = encoded.token_stream(&encoder.out);
        let mut told = Vec::new();
        while stream.advance() {
            let Token { position, text, .. } = stream.token();
            told.push(format!("{position} {}", text.escape_debug()));
        }
        expect![[r#"
            0 doi\u{1}đối
            0 doi\u{2}đội
            200 kh\u{1}
            201 mục\n
            60000 end
            3000000 end"#]]
        .assert_eq(&told.join("\n"));
    }
}

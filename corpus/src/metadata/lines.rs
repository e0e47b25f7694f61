//! Lines and words of a stretch of the text, with their bare letters.

use std::ops::Range;

use vietnamese::offsets::Span;

use crate::bare::{Bare, bare};

/// A word: letters and digits without anything between them.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    /// Its first byte in the text.
    pub start: usize,
    /// The byte behind it.
    pub end: usize,
    /// Whether it has a capital and no small letter.
    pub caps: bool,
    /// Whether it begins with a capital.
    pub capital: bool,
    bare: Range<usize>,
}

/// A line that is not empty, without the white space around it.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    /// Its first byte in the text.
    pub start: usize,
    /// The byte behind it.
    pub end: usize,
    /// Its words.
    pub words: Range<usize>,
}

/// Whether `c` is a capital letter; letters of the language are told without a table.
fn is_capital(c: char) -> bool {
    match u32::from(c) {
        0..0x80 => c.is_ascii_uppercase(),
        0xC0..=0xDE | 0x1A0 | 0x1AF => true,
        0xDF..=0xFF | 0x1A1 | 0x1B0 => false,
        code @ 0x1EA0..=0x1EF9 => code % 2 == 0,
        _ => c.is_uppercase(),
    }
}

/// Whether `c` is a small letter.
fn is_small(c: char) -> bool {
    match u32::from(c) {
        0..0x80 => c.is_ascii_lowercase(),
        0xC0..=0xDE | 0x1A0 | 0x1AF => false,
        0xDF..=0xFF | 0x1A1 | 0x1B0 => true,
        code @ 0x1EA0..=0x1EF9 => code % 2 == 1,
        _ => c.is_lowercase(),
    }
}

/// Lines of a text, cut into words once and asked many times.
#[derive(Debug)]
pub(crate) struct Lines<'a> {
    /// The whole text, in which all offsets are.
    pub text: &'a str,
    /// The lines that are not empty.
    pub lines: Vec<Line>,
    words: Vec<Word>,
    letters: String,
}

impl<'a> Lines<'a> {
    /// Cuts the part `range` of `text`; its ends are moved to character boundaries.
    pub fn of(text: &'a str, range: Range<usize>) -> Self {
        let start = text.floor_char_boundary(range.start.min(text.len()));
        let end = text.floor_char_boundary(range.end.min(text.len()));
        let mut lines = Self {
            text,
            lines: Vec::new(),
            words: Vec::new(),
            letters: String::new(),
        };
        lines.letters.reserve(end.saturating_sub(start) * 3 / 5);
        lines.words.reserve(end.saturating_sub(start) / 6);
        let mut at = start;
        for line in text[start..end.max(start)].split_inclusive('\n') {
            lines.add(at, line);
            at += line.len();
        }
        lines
    }

    fn add(&mut self, at: usize, line: &str) {
        let trimmed = line.trim();
        if trimmed.is_empty() {
            return;
        }
        let start = at + (line.len() - line.trim_start().len());
        let first = self.words.len();
        let mut open: Option<Word> = None;
        for (offset, c) in trimmed.char_indices() {
            let here = start + offset;
            match bare(c) {
                Bare::Letter(letter) => {
                    let word = open.get_or_insert_with(|| Word {
                        start: here,
                        end: here,
                        caps: false,
                        capital: is_capital(c),
                        bare: self.letters.len()..self.letters.len(),
                    });
                    self.letters.push(char::from(letter));
                    // `caps` holds as long as capitals stand alone: a small letter settles it below.
                    word.caps = (word.caps || word.start == here) && !is_small(c);
                    word.end = here + c.len_utf8();
                    word.bare.end = self.letters.len();
                }
                Bare::Mark => {
                    if let Some(word) = &mut open {
                        word.end = here + c.len_utf8();
                    }
                }
                Bare::Gap => self.words.extend(open.take()),
            }
        }
        self.words.extend(open);
        for word in &mut self.words[first..] {
            // Digits alone are no capitals.
            word.caps &= word.capital || self.text[word.start..word.end].chars().any(is_capital);
        }
        self.lines.push(Line {
            start,
            end: start + trimmed.len(),
            words: first..self.words.len(),
        });
    }

    /// The bare letters of word `index`; empty behind the last.
    pub fn bare(&self, index: usize) -> &str {
        self.words
            .get(index)
            .map_or("", |word| &self.letters[word.bare.clone()])
    }

    /// Word `index`.
    pub fn word(&self, index: usize) -> Option<&Word> {
        self.words.get(index)
    }

    /// Word `index` as the text writes it.
    pub fn written(&self, index: usize) -> &'a str {
        self.words
            .get(index)
            .map_or("", |word| &self.text[word.start..word.end])
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// The bare letters of some words without anything between them.
    pub fn squeezed(&self, words: Range<usize>) -> &str {
        match (
            self.words.get(words.start),
            words.end.checked_sub(1).and_then(|last| self.words.get(last)),
        ) {
            (Some(first), Some(last)) if words.start < words.end => &self.letters[first.bare.start..last.bare.end],
            _ => "",
        }
    }

    /// The place of some words in the text.
    pub fn span(&self, words: Range<usize>) -> Span {
        match (
            self.words.get(words.start),
            words.end.checked_sub(1).and_then(|last| self.words.get(last)),
        ) {
            (Some(first), Some(last)) if words.start < words.end => Span::new(first.start, last.end),
            _ => Span::default(),
        }
    }

    /// Line `index` as the text writes it.
    pub fn line(&self, index: usize) -> &'a str {
        self.lines
            .get(index)
            .map_or("", |line| &self.text[line.start..line.end])
    }

    /// The line that holds word `index`.
    pub fn line_of(&self, index: usize) -> usize {
        self.lines.partition_point(|line| line.words.end <= index)
    }

    /// Whether most letters of the words are in capital words.
    pub fn in_capitals(&self, words: Range<usize>) -> bool {
        let (mut capital, mut all) = (0, 0);
        for word in self.words.get(words).unwrap_or_default() {
            let length = word.bare.len();
            if self.letters[word.bare.clone()]
                .bytes()
                .all(|letter| letter.is_ascii_digit())
            {
                continue;
            }
            all += length;
            if word.caps {
                capital += length;
            }
        }
        all > 0 && capital * 10 >= all * 8
    }

    /// What stands between word `index` and the one before it, on the same line or not.
    pub fn gap_before(&self, index: usize) -> &'a str {
        match (
            index.checked_sub(1).and_then(|before| self.words.get(before)),
            self.words.get(index),
        ) {
            (Some(before), Some(word)) => &self.text[before.end..word.start],
            (None, Some(word)) => {
                let line = self.lines.first().map_or(0, |line| line.start);
                &self.text[line.min(word.start)..word.start]
            }
            _ => "",
        }
    }

    /// What stands between word `index` and the next one.
    pub fn gap_after(&self, index: usize) -> &'a str {
        match (self.words.get(index), self.words.get(index + 1)) {
            (Some(word), Some(next)) => &self.text[word.end..next.start],
            (Some(word), None) => {
                let end = self.lines.last().map_or(word.end, |line| line.end);
                &self.text[word.end..end.max(word.end)]
            }
            _ => "",
        }
    }
}

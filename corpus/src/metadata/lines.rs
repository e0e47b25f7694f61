//! Lines and words of a stretch of the text, with their bare letters.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memchr;
use vietnamese::offsets::Span;

use crate::bare::{Bare, bare};

/// A word: letters and digits without anything between them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Word {
    /// Its first byte in the text.
    pub start: usize,
    /// The byte behind it.
    pub end: usize,
    /// Whether it has a capital and no small letter.
    pub caps: bool,
    /// Whether it begins with a capital.
    pub capital: bool,
    /// Where its bare letters begin and end.
    bare: (u32, u32),
    /// Its bare letters as one number, see [`key`].
    key: u64,
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

/// How many bare letters make a number.
const KEY_BYTES: usize = 8;

/// The bare letters of a word as one number, to be looked up and compared at once; 0 for more than eight of them.
pub(crate) fn key(letters: &str) -> u64 {
    let mut bytes = [0; KEY_BYTES];
    match bytes.get_mut(..letters.len()) {
        Some(room) => room.copy_from_slice(letters.as_bytes()),
        None => return 0,
    }
    u64::from_le_bytes(bytes)
}

/// What a character is to a reader of words: its bare letter, [`GAP`] or [`MARK`], and whether it is a capital or small.
fn sign(c: char) -> u16 {
    let letter = match bare(c) {
        Bare::Letter(letter) => u16::from(letter),
        Bare::Mark => MARK,
        Bare::Gap => GAP,
    };
    letter | if is_capital(c) { CAPITAL } else { 0 } | if is_small(c) { SMALL } else { 0 }
}

const GAP: u16 = 0;
const MARK: u16 = 1;
const LETTER: u16 = 0xFF;
const CAPITAL: u16 = 0x100;
const SMALL: u16 = 0x200;

/// The signs of the characters that Vietnamese is written with, and of all of lower code points.
static SIGNS: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let signs = (0..0x1F00).map(char::from_u32);
    signs.map(|c| c.map_or(GAP, sign)).collect()
});

/// The sign of the character of several bytes at byte `at` of `bytes`, and how many it takes.
fn wide_sign(signs: &[u16], bytes: &[u8], at: usize) -> (u16, usize) {
    let bits = |behind: usize| bytes.get(at + behind).map_or(0, |byte| usize::from(byte & 0x3F));
    let first = usize::from(bytes[at]);
    // Which of these it is nothing foretells: both are reckoned, so that none has to be guessed.
    let (two, three) = (
        (first & 0x1F) << 6 | bits(1),
        (first & 0x0F) << 12 | bits(1) << 6 | bits(2),
    );
    let (code, length) = match first {
        0xF0.. => (usize::MAX, 4),
        0xE0.. => (three, 3),
        _ => (two, 2),
    };
    let rare = || u32::try_from(code).ok().and_then(char::from_u32).map_or(GAP, sign);
    (signs.get(code).copied().unwrap_or_else(rare), length)
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
    /// The bytes of the text that were cut.
    range: Range<usize>,
}

impl<'a> Lines<'a> {
    /// Cuts the part `range` of `text`; its ends are moved to character boundaries.
    pub fn of(text: &'a str, range: Range<usize>) -> Self {
        let mut lines = Self::none(text, range);
        let mut letters = lines.room();
        lines.add(lines.range.clone(), &mut letters);
        lines.with(letters)
    }

    /// Cuts the part `range` of the text; what was cut before is taken over.
    pub fn part(&self, range: Range<usize>) -> Self {
        let mut part = Self::none(self.text, range);
        let Range { start, end } = part.range.clone();
        if start < self.range.start || self.range.end < end {
            return Self::of(self.text, start..end);
        }
        let text = self.text;
        let first = match text[self.range.start..start].ends_with('\n') || start == self.range.start {
            true => start,
            false => text[start..end].find('\n').map_or(end, |at| start + at + 1),
        };
        let behind = match end == self.range.end {
            true => end,
            false => text[first..end].rfind('\n').map_or(first, |at| first + at + 1),
        };
        let mut letters = part.room();
        part.add(start..first, &mut letters);
        part.take_over(self, first..behind, &mut letters);
        part.add(behind..end, &mut letters);
        part.with(letters)
    }

    /// None of the lines in the part `range` of `text` yet.
    fn none(text: &'a str, range: Range<usize>) -> Self {
        let start = text.floor_char_boundary(range.start.min(text.len()));
        let end = text.floor_char_boundary(range.end.min(text.len())).max(start);
        Self {
            text,
            lines: Vec::new(),
            words: Vec::with_capacity((end - start) / 5),
            letters: String::new(),
            range: start..end,
        }
    }

    /// Room for the bare letters of the words.
    fn room(&self) -> Vec<u8> {
        Vec::with_capacity(self.range.len() + KEY_BYTES)
    }

    /// The lines with the bare letters of their words.
    fn with(self, letters: Vec<u8>) -> Self {
        let letters = String::from_utf8(letters).expect("bare letters are ASCII");
        Self { letters, ..self }
    }

    /// Takes over whole lines that were cut before.
    fn take_over(&mut self, cut: &Self, range: Range<usize>, letters: &mut Vec<u8>) {
        let place = |at: usize| cut.lines.partition_point(|line| line.start < at);
        let lines = &cut.lines[place(range.start)..place(range.end)];
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else {
            return;
        };
        let words = first.words.start..last.words.end;
        let before = self.words.len();
        let begin = cut.words.get(words.start).map_or(0, |word| word.bare.0);
        let lettered = letters.len() as u32;
        letters.extend_from_slice(cut.squeezed(words.clone()).as_bytes());
        let taken = &cut.words[words.clone()];
        if begin == lettered {
            self.words.extend_from_slice(taken);
        } else {
            self.words.extend(taken.iter().map(|word| Word {
                bare: (word.bare.0 - begin + lettered, word.bare.1 - begin + lettered),
                ..*word
            }));
        }
        self.lines.extend(lines.iter().map(|line| Line {
            words: line.words.start - words.start + before..line.words.end - words.start + before,
            ..*line
        }));
    }

    /// Cuts lines that stand behind those cut before.
    fn add(&mut self, range: Range<usize>, letters: &mut Vec<u8>) {
        let text = self.text;
        let mut count = letters.len();
        // No letter has less than a byte of the text.
        letters.resize(count + range.len() + KEY_BYTES, 0);
        let mut at = range.start;
        while at < range.end {
            let end = memchr(b'\n', &text.as_bytes()[at..range.end]).map_or(range.end, |end| at + end);
            let line = text[at..end].trim();
            if !line.is_empty() {
                let start = line.as_ptr() as usize - text.as_ptr() as usize;
                count = self.add_line(start, line.as_bytes(), letters, count);
            }
            at = end + 1;
        }
        letters.truncate(count);
    }

    /// Cuts a line whose bare letters begin at place `count` of `letters`; gives where they end.
    fn add_line(&mut self, start: usize, line: &[u8], letters: &mut [u8], mut count: usize) -> usize {
        let signs = SIGNS.as_slice();
        let ascii: &[u16; 128] = signs.first_chunk().expect("the table begins with ASCII");
        let sign_at = |at: usize| match line[at] {
            byte @ 0..0x80 => (ascii[usize::from(byte)], 1),
            _ => wide_sign(signs, line, at),
        };
        let words = self.words.len();
        let mut at = 0;
        while at < line.len() {
            let (first, length) = sign_at(at);
            let (from, begin) = (at, count);
            at += length;
            if first & LETTER <= MARK {
                continue;
            }
            let mut seen = first;
            let mut end = line.len();
            letters[count] = first as u8;
            count += 1;
            while at < line.len() {
                let (sign, length) = sign_at(at);
                if sign & LETTER == GAP {
                    (end, at) = (at, at + length);
                    break;
                }
                at += length;
                if sign & LETTER != MARK {
                    letters[count] = sign as u8;
                    count += 1;
                    seen |= sign;
                }
            }
            self.words.push(Word {
                start: start + from,
                end: start + end,
                // Digits alone are no capitals.
                caps: seen & (CAPITAL | SMALL) == CAPITAL,
                capital: first & CAPITAL != 0,
                bare: (begin as u32, count as u32),
                key: 0,
            });
        }
        // Letters that were just put down one by one are slow to be taken up at once: that waits for the end of the line.
        for word in &mut self.words[words..] {
            let (begin, end) = word.bare;
            let bytes = letters[begin as usize..].first_chunk().copied().unwrap_or_default();
            let unused = 8 * (KEY_BYTES as u32).saturating_sub(end - begin);
            let is_short = (end - begin) as usize <= KEY_BYTES;
            word.key = if is_short {
                u64::from_le_bytes(bytes) << unused >> unused
            } else {
                0
            };
        }
        self.lines.push(Line {
            start,
            end: start + line.len(),
            words: words..self.words.len(),
        });
        count
    }

    /// The bare letters of word `index`; empty behind the last.
    pub fn bare(&self, index: usize) -> &str {
        self.words
            .get(index)
            .map_or("", |word| &self.letters[word.bare.0 as usize..word.bare.1 as usize])
    }

    /// The bare letters of word `index` as one number, see [`key`].
    pub fn key(&self, index: usize) -> u64 {
        self.words.get(index).map_or(0, |word| word.key)
    }

    /// The words that begin in a part of the text; none where it was not cut so far.
    pub fn words_in(&self, range: Range<usize>) -> Option<Range<usize>> {
        let at = |place: usize| self.words.partition_point(|word| word.start < place);
        (range.end.min(self.text.len()) <= self.range.end).then(|| at(range.start)..at(range.end))
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
            (Some(first), Some(last)) if words.start < words.end => {
                &self.letters[first.bare.0 as usize..last.bare.1 as usize]
            }
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
            let length = word.bare.1 - word.bare.0;
            if self.letters.as_bytes()[word.bare.0 as usize..word.bare.1 as usize]
                .iter()
                .all(u8::is_ascii_digit)
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

#[cfg(test)]
mod tests {
    use expect_test::expect;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_are_letters_and_their_marks() {
        let text = "Số: 69-KH/BTGTU ĐẶC  khu\n\n a\u{302}\u{301}y";
        let lines = Lines::of(text, 0..text.len());
        let told: Vec<String> = (0..lines.len())
            .map(|at| {
                let word = lines.word(at).unwrap();
                let signs = [(word.capital, "^"), (word.caps, "^")].map(|(set, sign)| if set { sign } else { "" });
                format!("{} {}{}", lines.written(at), lines.bare(at), signs.concat())
            })
            .collect();
        expect![[r#"
            Số so^
            69 69
            KH kh^^
            BTGTU btgtu^^
            ĐẶC dac^^
            khu khu
            ấy ay"#]]
        .assert_eq(&told.join("\n").replace("a\u{302}\u{301}", "ấ"));
    }

    proptest! {
        #[test]
        fn a_part_is_what_cutting_it_alone_gives(
            text in "([a-cđĐ ]|Nghiêng|\\n|\u{301}|-|TRUONGNGHIENG){0,60}",
            cut in 0usize..40,
            ends in (0usize..120, 0usize..120),
        ) {
            let (start, end) = (ends.0.min(ends.1), ends.0.max(ends.1));
            let part = Lines::of(&text, cut..text.len()).part(start..end);
            let alone = Lines::of(&text, start..end);
            prop_assert_eq!(format!("{part:?}"), format!("{alone:?}"));
            for at in 0..alone.len() {
                prop_assert_eq!(alone.key(at), key(alone.bare(at)));
            }
        }
    }
}

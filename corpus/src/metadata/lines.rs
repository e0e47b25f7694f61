//! Lines and words of a stretch of the text, with their bare letters.

use std::ops::Range;
use std::sync::LazyLock;

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

/// The bare letters of a word as one number, to be looked up and compared at once; 0 for more than eight of them.
pub(crate) fn key(letters: &str) -> u64 {
    let mut bytes = [0; 8];
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

/// A word that is being read.
#[derive(Debug, Clone, Copy, Default)]
struct Open {
    start: usize,
    /// The sign of its first letter, and those of all.
    first: u16,
    seen: u16,
    /// How many letters it has, and the last eight of them or fewer.
    length: u32,
    key: u64,
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
        Vec::with_capacity(self.range.len() * 4 / 5 + 8)
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
        self.words.extend(cut.words[words.clone()].iter().map(|word| Word {
            bare: (word.bare.0 - begin + lettered, word.bare.1 - begin + lettered),
            ..*word
        }));
        self.lines.extend(lines.iter().map(|line| Line {
            words: line.words.start - words.start + before..line.words.end - words.start + before,
            ..*line
        }));
    }

    /// Cuts lines that stand behind those cut before.
    fn add(&mut self, range: Range<usize>, letters: &mut Vec<u8>) {
        for line in self.text[range].split_inclusive('\n').map(str::trim) {
            if !line.is_empty() {
                self.add_line(line.as_ptr() as usize - self.text.as_ptr() as usize, line, letters);
            }
        }
    }

    fn add_line(&mut self, start: usize, line: &str, letters: &mut Vec<u8>) {
        let signs = SIGNS.as_slice();
        let first = self.words.len();
        let mut word = Open::default();
        for (offset, c) in line.char_indices() {
            let sign = signs.get(c as usize).copied().unwrap_or_else(|| sign(c));
            match sign & LETTER {
                GAP if word.length > 0 => self.close(std::mem::take(&mut word), start + offset, letters),
                GAP | MARK => {}
                letter => {
                    let at = word.length % 8;
                    if word.length == 0 {
                        (word.start, word.first) = (start + offset, sign);
                    } else if at == 0 {
                        letters.extend_from_slice(&std::mem::take(&mut word.key).to_le_bytes());
                    }
                    word.key |= u64::from(letter) << (8 * at);
                    word.length += 1;
                    word.seen |= sign;
                }
            }
        }
        if word.length > 0 {
            self.close(word, start + line.len(), letters);
        }
        self.lines.push(Line {
            start,
            end: start + line.len(),
            words: first..self.words.len(),
        });
    }

    /// Takes a word that ends before byte `end`.
    fn close(&mut self, word: Open, end: usize, letters: &mut Vec<u8>) {
        let behind = letters.len() + (word.length as usize - 1) % 8 + 1;
        letters.extend_from_slice(&word.key.to_le_bytes());
        letters.truncate(behind);
        let behind = behind as u32;
        self.words.push(Word {
            start: word.start,
            end,
            // Digits alone are no capitals.
            caps: word.seen & (CAPITAL | SMALL) == CAPITAL,
            capital: word.first & CAPITAL != 0,
            bare: (behind - word.length, behind),
            key: if word.length <= 8 { word.key } else { 0 },
        });
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

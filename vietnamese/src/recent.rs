//! Remembers what was made of short words a moment ago: a text says the same few thousand again and again.
//!
//! Sixteen bytes are looked at as one number, so that a word is cut off, compared and found without a step for each of
//! its letters.

/// How many bytes are looked at as one number; a word that is remembered is shorter.
pub(crate) const AHEAD: usize = 16;

/// The lowest bit of each byte.
const ONES: u128 = u128::MAX / 0xFF;
/// The highest bit of each byte.
const HIGH: u128 = ONES << 7;

/// The first bytes of a text as one number, the first of them lowest; behind the end stand zeros.
#[inline]
pub(crate) fn ahead(bytes: &[u8]) -> u128 {
    match bytes.first_chunk::<AHEAD>() {
        Some(bytes) => u128::from_le_bytes(*bytes),
        None => bytes.iter().rev().fold(0, |ahead, &byte| ahead << 8 | u128::from(byte)),
    }
}

/// How many of these bytes stand before the first blank or control character.
#[inline]
pub(crate) fn until_blank(ahead: u128) -> usize {
    until(((ahead & !HIGH) + at_least(0x21)) | ahead)
}

/// How many of these bytes stand before the first in ASCII that is neither letter nor digit.
#[inline]
pub(crate) fn until_sign(ahead: u128) -> usize {
    let low = ahead & !HIGH;
    let small = low | ONES << 5;
    let digit = (low + at_least(b'0')) & !(low + at_least(b'9' + 1));
    let letter = (small + at_least(b'a')) & !(small + at_least(b'z' + 1));
    until(digit | letter | ahead)
}

/// What, added to bytes in ASCII, lifts those of this value and above to their highest bit.
const fn at_least(value: u8) -> u128 {
    (0x80 - value as u128) * ONES
}

/// How many bytes stand before the first whose highest bit is not set.
#[inline]
fn until(marked: u128) -> usize {
    (!marked & HIGH).trailing_zeros() as usize / 8
}

/// The first of these bytes, fewer than all.
#[inline]
pub(crate) fn head(ahead: u128, length: usize) -> u128 {
    ahead & ((1 << (8 * length)) - 1)
}

/// What was made of words, in so many lines of the processor's memory; its letters give the line of a word.
///
/// A place once taken stays so, as what is said often is said early; all is forgotten where too much is missed.
#[derive(Debug)]
pub(crate) struct Recent<T, const LINES: usize> {
    lines: Vec<Line<T>>,
    missed: usize,
}

/// Two words, and what was made of them.
#[derive(Debug, Clone, Copy, Default)]
#[repr(align(64))]
struct Line<T>([(u128, T); 2]);

impl<T, const LINES: usize> Default for Recent<T, LINES> {
    fn default() -> Self {
        let lines = Vec::new();
        Self { lines, missed: 0 }
    }
}

impl<T: Copy + Default, const LINES: usize> Recent<T, LINES> {
    fn line(word: u128) -> usize {
        // Fibonacci hashing (Knuth, TAOCP 3, 6.4).
        let mixed = (word as u64 ^ (word >> 64) as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (mixed >> 32) as usize % LINES
    }

    /// What was made of a word.
    #[inline]
    pub fn known(&self, word: u128) -> Option<T> {
        let Line([first, second]) = self.lines.get(Self::line(word))?;
        if first.0 == word {
            return Some(first.1);
        }
        (second.0 == word).then_some(second.1)
    }

    /// Keeps what is made of a word that is not empty and not known, where there is a place for it.
    pub fn keep(&mut self, word: u128, make: impl FnOnce() -> T) {
        if self.lines.is_empty() {
            self.lines.resize(LINES, Line::default());
        }
        self.missed += 1;
        let Line(places) = &mut self.lines[Self::line(word)];
        if let Some(free) = places.iter_mut().find(|place| place.0 == 0) {
            *free = (word, make());
        }
    }

    /// Whether so much was missed that other words should have the places.
    pub fn is_outdated(&self) -> bool {
        self.missed > 32 * LINES
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_as_byte_by_byte() {
        let blank = |b: &u8| *b < 0x21;
        let sign = |b: &u8| b.is_ascii() && !b.is_ascii_alphanumeric();
        for byte in 0..=u8::MAX {
            for at in 0..AHEAD {
                let mut bytes = *"đốingoạiViệt1234".as_bytes().first_chunk::<AHEAD>().unwrap();
                bytes[at] = byte;
                let before = |ends: fn(&u8) -> bool| bytes.iter().position(ends).unwrap_or(AHEAD);
                assert_eq!(until_blank(ahead(&bytes)), before(blank), "{bytes:?}");
                assert_eq!(until_sign(ahead(&bytes)), before(sign), "{bytes:?}");
            }
        }
    }

    #[test]
    fn behind_the_end_stands_nothing() {
        assert_eq!(ahead(b"ab"), u128::from(u16::from_le_bytes(*b"ab")));
        assert_eq!(head(ahead(b"ab c"), 2), ahead(b"ab"));
        assert_eq!(head(ahead(b"ab c"), 0), 0);
    }

    #[test]
    fn the_first_words_keep_their_places() {
        let mut recent = Recent::<u8, 1>::default();
        let words = ["đảng", "tỉnh", "huyện"].map(|word| ahead(word.as_bytes()));
        assert_eq!(recent.known(words[0]), None);
        for (word, number) in words.into_iter().zip(1..) {
            recent.keep(word, || number);
        }
        assert_eq!(words.map(|word| recent.known(word)), [Some(1), Some(2), None]);
        (0..32).for_each(|_| recent.keep(words[2], || 3));
        assert!(recent.is_outdated());
    }
}

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
    until((ahead & !HIGH) + at_least(0x21) | ahead)
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

/// What was made of words, each at one of so many places, which its letters give; the later of two takes the place.
#[derive(Debug, Clone)]
pub(crate) struct Recent<T, const PLACES: usize>(Vec<(u128, T)>);

impl<T, const PLACES: usize> Default for Recent<T, PLACES> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Clone + Default, const PLACES: usize> Recent<T, PLACES> {
    /// The place of a word that is not empty. What stands there is made anew where it is of another word.
    #[inline]
    pub fn find(&mut self, word: u128, make: impl FnOnce(&mut T)) -> usize {
        if self.0.is_empty() {
            self.0.resize(PLACES, Default::default());
        }
        let mixed = (word as u64 ^ (word >> 64) as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let place = (mixed >> 32) as usize % PLACES;
        let (known, made) = &mut self.0[place];
        if *known != word {
            // Half made, it is of no word.
            *known = 0;
            make(made);
            *known = word;
        }
        place
    }

    /// What stands at a place that was found.
    #[inline]
    pub fn at(&self, place: usize) -> &T {
        &self.0[place].1
    }

    /// The same, to be changed.
    #[inline]
    pub fn at_mut(&mut self, place: usize) -> &mut T {
        &mut self.0[place].1
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
    fn a_word_is_made_once() {
        let mut recent = Recent::<u32, 64>::default();
        let mut say = |word: &[u8]| {
            let place = recent.find(ahead(word), |times| *times += 1);
            *recent.at(place)
        };
        assert_eq!([say("đảng".as_bytes()), say("đảng".as_bytes())], [1, 1]);
    }
}

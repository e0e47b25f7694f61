//! Bare letters with their places, and likeness to fixed wording through the errors of a scanner.

use std::cell::OnceCell;
use std::ops::Range;

use crate::bare::{self, Bare, nearest_prefix};

/// The bare letters of a text, each with its place.
pub(crate) struct Letters {
    /// The letters and digits, in lower case, without what stands between.
    pub bare: Vec<u8>,
    /// Where each of them stands in the text, in bytes.
    pub at: Vec<usize>,
    /// Whether each begins a word.
    pub begins: Vec<bool>,
    /// Where each letter stands at most [`NEAR`] places away; made when asked for.
    around: OnceCell<Around>,
}

/// How far from its place a letter may have been moved by others lost or put in before it.
const NEAR: usize = 2;

impl Letters {
    /// The letters of `text`.
    pub fn of(text: &str) -> Self {
        let mut letters = Self {
            bare: Vec::with_capacity(text.len()),
            at: Vec::with_capacity(text.len()),
            begins: Vec::with_capacity(text.len()),
            around: OnceCell::new(),
        };
        let mut begins = true;
        for (at, c) in text.char_indices() {
            match bare::bare(c) {
                Bare::Letter(letter) => {
                    letters.bare.push(letter);
                    letters.at.push(at);
                    letters.begins.push(begins);
                    begins = false;
                }
                Bare::Mark => {}
                Bare::Gap => begins = true,
            }
        }
        letters
    }

    /// Whether they begin with something like `wanted`; then how many letters it takes.
    pub fn start_like(&self, wanted: &str) -> Option<usize> {
        like(&self.bare, wanted).map(|like| like.taken)
    }

    /// Where, at the beginning of a word, something like `wanted` stands: the likest, of equals the first.
    pub fn find_like(&self, wanted: &str) -> Option<Range<usize>> {
        let around = self.around.get_or_init(|| Around::of(&self.bare));
        let may_begin = around.may_begin(wanted.as_bytes());
        let starts = (0..self.bare.len()).filter(|&from| self.begins[from] && may_begin.holds(from));
        let found = starts.filter_map(|from| like(&self.bare[from..], wanted).map(|like| (from, like)));
        found
            .min_by_key(|(_, like)| like.cost)
            .map(|(from, like)| from..from + like.taken)
    }
}

/// Letters that read like wanted ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Like {
    /// How many letters they are.
    pub taken: usize,
    /// How far they are from the wanted ones.
    pub cost: u32,
}

/// The letters at the beginning that read like `wanted`, if any do: at most about every fifth wrong.
pub(super) fn like(letters: &[u8], wanted: &str) -> Option<Like> {
    let wanted = wanted.as_bytes();
    if letters.starts_with(wanted) {
        return Some(Like {
            taken: wanted.len(),
            cost: 0,
        });
    }
    let allowed = u32::try_from(wanted.len()).unwrap_or(u32::MAX) * 2;
    let slack = 2 + wanted.len() / 8;
    let window = &letters[..letters.len().min(wanted.len() + slack)];
    if !may_be_like(window, wanted) {
        return None;
    }
    nearest_prefix(window, wanted, allowed).map(|(taken, cost)| Like { taken, cost })
}

/// Whether enough letters agree at or near their places: a cheap look before the costly one.
fn may_be_like(window: &[u8], wanted: &[u8]) -> bool {
    let near = |at: usize, letter: u8| {
        let around = at.saturating_sub(NEAR)..(at + NEAR + 1).min(window.len());
        // A search in so few costs more than looking at each.
        let near = window.get(around);
        near.is_some_and(|near| near.iter().fold(false, |some, &near| some | (near == letter)))
    };
    let mut strange = wanted.iter().enumerate().filter(|(at, letter)| !near(*at, **letter));
    strange.nth(most_strange(wanted)).is_none()
}

/// How many letters may stand nowhere near their places: at least five of eight do.
fn most_strange(wanted: &[u8]) -> usize {
    wanted.len() * 3 / 8
}

/// For each letter, the places near which it stands, a bit each; letter and digit may share theirs.
struct Around {
    places: [u128; 64],
    /// Whether there are too many letters for bits.
    is_long: bool,
}

impl Around {
    /// So many letters have places for themselves and those behind the last.
    const MOST: usize = u128::BITS as usize - 2 * NEAR;

    fn of(letters: &[u8]) -> Self {
        let mut places = [0; 64];
        for (at, letter) in letters.iter().take(Self::MOST).enumerate() {
            let near = (1 << (2 * NEAR + 1)) - 1;
            places[usize::from(letter & 63)] |= near << at >> NEAR;
        }
        Self {
            places,
            is_long: letters.len() > Self::MOST,
        }
    }

    /// The places from which [`may_be_like`] may hold of letters; of no other it does.
    ///
    /// All places are asked at once: how many letters are strange is counted in planes, one for each binary digit.
    fn may_begin(&self, wanted: &[u8]) -> Places {
        if self.is_long || wanted.len() > 31 {
            return Places(u128::MAX);
        }
        let mut planes = [0; 5];
        for (at, letter) in wanted.iter().enumerate() {
            let mut carry = !(self.places[usize::from(letter & 63)] >> at);
            for plane in &mut planes {
                (*plane, carry) = (*plane ^ carry, *plane & carry);
            }
        }
        let most = most_strange(wanted);
        let (mut more, mut same) = (0, u128::MAX);
        for (digit, plane) in planes.into_iter().enumerate().rev() {
            if most >> digit & 1 == 1 {
                same &= plane;
            } else {
                more |= same & plane;
                same &= !plane;
            }
        }
        Places(!more)
    }
}

/// Places of letters, a bit each; all behind the last bit.
#[derive(Debug, Clone, Copy)]
struct Places(u128);

impl Places {
    fn holds(self, at: usize) -> bool {
        at >= u128::BITS as usize || self.0 >> at & 1 == 1
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_look_around_misses_nothing(text in "([a-d06]{0,5} ){0,40}", wanted in "[a-d06]{1,12}") {
            let letters = Letters::of(&text);
            let starts = (0..letters.bare.len()).filter(|&from| letters.begins[from]);
            let found = starts.filter_map(|from| like(&letters.bare[from..], &wanted).map(|like| (from, like)));
            let likest = found.min_by_key(|(_, like)| like.cost).map(|(from, like)| from..from + like.taken);
            prop_assert_eq!(letters.find_like(&wanted), likest);
        }
    }
}

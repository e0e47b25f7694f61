//! Bare letters with their places, and likeness to fixed wording through the errors of a scanner.

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
}

impl Letters {
    /// The letters of `text`.
    pub fn of(text: &str) -> Self {
        let mut letters = Self {
            bare: Vec::new(),
            at: Vec::new(),
            begins: Vec::new(),
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
        let starts = (0..self.bare.len()).filter(|&from| self.begins[from]);
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
        let around = at.saturating_sub(2)..(at + 3).min(window.len());
        window.get(around).is_some_and(|near| near.contains(&letter))
    };
    // At least five letters of eight.
    let mut strange = wanted.iter().enumerate().filter(|(at, letter)| !near(*at, **letter));
    strange.nth(wanted.len() * 3 / 8).is_none()
}

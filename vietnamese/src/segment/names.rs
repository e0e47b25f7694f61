//! Names of people and places: words of capitals that stand together.

use std::ops::Range;

/// How a token is capitalized.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Case {
    /// Small letters, or digits.
    #[default]
    Small,
    /// A capital, then small letters; or one capital alone.
    Capital,
    /// Capitals only: an abbreviation, or a heading.
    AllCapitals,
}

impl Case {
    pub fn of(typed: &str) -> Self {
        let mut chars = typed.chars();
        if !chars.next().is_some_and(char::is_uppercase) {
            return Self::Small;
        }
        // Marks that stand alone count as part of the letter before them.
        let rest = || chars.clone().filter(|c| c.is_alphanumeric());
        let abbreviation = rest().all(char::is_uppercase) || rest().any(char::is_numeric);
        if abbreviation && rest().next().is_some() {
            Self::AllCapitals
        } else {
            Self::Capital
        }
    }
}

/// The most syllables of a name: where more stand together, every word has its capital, as in titles, and says nothing.
const MAX_NAME: usize = 6;

/// Joins neighboring words whose syllables all begin with a capital; the first word of a sentence stays apart, since there
/// every word begins with one.
pub(super) fn join(words: &mut Vec<Range<usize>>, opens_sentence: bool, case: impl Fn(usize) -> Case) {
    let first = usize::from(opens_sentence);
    let is_name = |word: &Range<usize>| word.start >= first && word.clone().all(|at| case(at) == Case::Capital);
    let cut = std::mem::take(words);
    for run in cut.chunk_by(|word, next| is_name(word) && is_name(next)) {
        match run {
            [from, .., to] if to.end - from.start <= MAX_NAME => words.push(from.start..to.end),
            _ => words.extend_from_slice(run),
        }
    }
}

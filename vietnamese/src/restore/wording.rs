//! What the documents of a folder say again and again: names, titles, whole sentences of a campaign.
//!
//! A language model that was trained once knows nothing of the folder at hand. Words that were surely read there, and
//! those of its clean documents, are counted in pairs and lend their weight to what follows (R. Kuhn and R. De Mori, A
//! cache-based natural language model for speech recognition, 1990).

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::words::{BOUNDARY, FIRST_SPELLED, Word};

/// How often words followed each other.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Wording {
    /// Pairs in order, with how often they stood.
    pairs: Vec<(Word, Word, f32)>,
}

/// Gathers the words of texts, one after the other.
#[derive(Debug, Clone, Default)]
pub(super) struct WordingCounts {
    pairs: FxHashMap<(Word, Word), f32>,
    before: Option<Word>,
}

impl WordingCounts {
    /// Takes the next word; none where it is not known what stands there.
    pub fn next(&mut self, word: Option<Word>) {
        if let (Some(before), Some(word)) = (self.before, word)
            && (before == BOUNDARY || before >= FIRST_SPELLED)
            && word >= FIRST_SPELLED
        {
            *self.pairs.entry((before, word)).or_default() += 1.0;
        }
        self.before = word;
    }

    /// What was counted, the commonest pairs if there are too many.
    pub fn finish(self) -> Wording {
        const MOST: usize = 200_000;
        let mut pairs: Vec<_> = self.pairs.into_iter().map(|((a, b), n)| (a, b, n)).collect();
        if pairs.len() > MOST {
            pairs.sort_unstable_by(|a, b| b.2.total_cmp(&a.2).then((a.0, a.1).cmp(&(b.0, b.1))));
            pairs.truncate(MOST);
        }
        pairs.sort_unstable_by_key(|&(a, b, _)| (a, b));
        Wording { pairs }
    }
}

/// A wording laid out to be asked.
#[derive(Debug, Clone, Default)]
pub struct Lender {
    pairs: FxHashMap<(Word, Word), f32>,
    words: FxHashMap<Word, f32>,
}

impl Lender {
    /// Lays out a wording: what each pair and each word adds to the probability that the language gives.
    pub fn new(wording: &Wording) -> Self {
        /// How much a well-known pair counts against the language.
        const PAIRS: f32 = 0.2;
        /// How much a word counts wherever it stands.
        const WORDS: f32 = 0.02;
        /// What is taken from each count: what stood once may not stand again.
        const DISCOUNT: f32 = 0.6;
        /// How often a word must be followed at all for its pairs to be well known.
        const KNOWN: f32 = 3.0;
        let mut followed: FxHashMap<Word, f32> = FxHashMap::default();
        let mut words: FxHashMap<Word, f32> = FxHashMap::default();
        for &(before, word, times) in &wording.pairs {
            *followed.entry(before).or_default() += times;
            *words.entry(word).or_default() += times;
        }
        let all: f32 = words.values().sum();
        words.values_mut().for_each(|n| *n *= WORDS / all);
        let pairs = wording
            .pairs
            .iter()
            .map(|&(before, word, times)| {
                let share = (times - DISCOUNT).max(0.1) / (followed[&before] + KNOWN);
                ((before, word), PAIRS * share)
            })
            .collect();
        Self { pairs, words }
    }

    /// What is added to the probability of `word` behind `before`.
    pub fn lent(&self, before: Word, word: Word) -> f32 {
        if self.words.is_empty() {
            return 0.0;
        }
        let pair = self.pairs.get(&(before, word)).copied().unwrap_or(0.0);
        pair + self.words.get(&word).copied().unwrap_or(0.0)
    }
}

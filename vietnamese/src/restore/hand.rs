//! What was learned of a folder's scanner, without being told what its pages say.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::channel::{Aligner, Channel, Chunk, EmissionCounts, chunk_len};
use super::letters::{ALL_LETTERS, LETTERS};
use super::model::{Model, Scanner};
use super::read;
use super::spellings::spell;
use super::wording::{Lender, Wording, WordingCounts};
use super::words::{self, BOUNDARY, Case, Word};

/// What was learned of a folder's scanner without labels: how it misreads letters.
///
/// Serializable, so that the index can keep it. It belongs to the model it was learned with: another model
/// leaves it aside.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Hand {
    model: u64,
    scanners: [Habits; 2],
    wording: Wording,
}

/// The habits of one scanner: letters and whole tokens, with how often each was read so.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
struct Habits {
    letters: Vec<(u8, Chunk, f32)>,
    tokens: Vec<(String, Word, Case, f32)>,
}

/// A token, and what it was read as.
type Seen = (Box<str>, Word, Case);

/// Gathers readings to learn from.
#[derive(Debug, Clone, Default)]
pub(super) struct Evidence {
    /// For each scanner, how often a token was read as a word, weighted by confidence.
    seen: [FxHashMap<Seen, f32>; 2],
    wording: WordingCounts,
}

impl Evidence {
    /// Takes one reading, as far as it is sure enough to teach; what no scanner wrote teaches words alone.
    pub fn add(&mut self, seen: &read::Seen<'_>) {
        let sure = seen.sure();
        self.wording.next(sure);
        if let (Some(scanner), Some(word), true) = (seen.scanner, sure, seen.read) {
            let token = (seen.token.into(), word, seen.case);
            *self.seen[scanner as usize & 1].entry(token).or_default() += seen.confidence;
        }
    }

    /// Takes the words of a clean text.
    pub fn add_clean(&mut self, model: &Model, text: &str) {
        for line in text.lines() {
            self.wording.next(Some(BOUNDARY));
            words::for_words(&model.vocabulary, line, |word| self.wording.next(Some(word)));
        }
        self.wording.next(None);
    }
}

impl Hand {
    /// Whether nothing was learned.
    pub fn is_empty(&self) -> bool {
        self.scanners.iter().all(|h| h.letters.is_empty())
    }

    /// How the letters of one scanner were read: letter, what for, and how often.
    pub fn letters(&self, scanner: usize) -> &[(u8, Chunk, f32)] {
        self.scanners.get(scanner).map_or(&[], |h| &h.letters)
    }

    /// Which tokens of one scanner were read as which words, and how often.
    pub fn tokens(&self, scanner: usize) -> &[(String, Word, Case, f32)] {
        self.scanners.get(scanner).map_or(&[], |h| &h.tokens)
    }

    /// Learns from readings made with `scanners`.
    pub(super) fn learn(model: &Model, scanners: &[Arc<Scanner>; 2], evidence: Evidence) -> Self {
        let mut hand = Self {
            model: model.fingerprint,
            ..Self::default()
        };
        for ((seen, scanner), habits) in evidence.seen.into_iter().zip(scanners).zip(&mut hand.scanners) {
            *habits = Habits::learn(model, scanner, seen);
        }
        hand.wording = evidence.wording.finish();
        hand
    }

    /// What the folder says again and again, laid out to be asked.
    pub(super) fn lender(&self, model: &Model) -> Lender {
        if self.model == model.fingerprint {
            Lender::new(&self.wording)
        } else {
            Lender::default()
        }
    }

    /// The model's scanners, with these habits added.
    pub(super) fn scanners(&self, model: &Model) -> [Arc<Scanner>; 2] {
        let mut scanners = model.scanners.clone();
        if self.model == model.fingerprint {
            for (scanner, habits) in scanners.iter_mut().zip(&self.scanners) {
                if !habits.letters.is_empty() {
                    *scanner = Arc::new(habits.apply(model, scanner));
                }
            }
        }
        scanners
    }
}

impl Habits {
    fn learn(model: &Model, scanner: &Scanner, seen: FxHashMap<(Box<str>, Word, Case), f32>) -> Self {
        const MOST_TOKENS: usize = 20_000;
        let mut readings: Vec<_> = seen.into_iter().collect();
        readings.sort_by(|((a, v, c), _), ((b, w, d), _)| (a, v, *c as u8).cmp(&(b, w, *d as u8)));
        let mut counts = EmissionCounts::default();
        let mut aligner = Aligner::default();
        for ((token, word, case), times) in &readings {
            let Some(letters) = model.vocabulary.spelling(*word).and_then(|s| cased(s, *case)) else {
                continue;
            };
            let symbols: Vec<u8> = token.chars().map(|c| model.symbols.symbol(c)).collect();
            aligner.count(&scanner.channel, &letters, &symbols, times.sqrt(), &mut counts);
        }
        let letters = counts.sorted().into_iter().filter(|&(_, _, n)| n > 0.05).collect();
        let mut tokens: Vec<_> = readings
            .into_iter()
            .filter(|(_, times)| *times > 1.5)
            .map(|((token, word, case), times)| (String::from(token), word, case, times))
            .collect();
        if tokens.len() > MOST_TOKENS {
            tokens.sort_by(|a, b| b.3.total_cmp(&a.3).then_with(|| (&a.0, a.1).cmp(&(&b.0, b.1))));
            tokens.truncate(MOST_TOKENS);
        }
        Self { letters, tokens }
    }

    /// A scanner that writes as the model knows, and as was seen.
    fn apply(&self, model: &Model, scanner: &Scanner) -> Scanner {
        /// How many readings of a letter the model's knowledge of it is worth.
        const PRIOR: f32 = 20.0;
        /// The most that what was seen is worth: a folder may teach itself its errors.
        const MOST: f32 = 30.0;
        /// How much of the model's own count of whole tokens still counts.
        const OLD_TOKENS: f32 = 0.5;
        let mut totals = vec![0.0f32; ALL_LETTERS];
        for &(letter, _, count) in &self.letters {
            if let Some(total) = totals.get_mut(letter as usize) {
                *total += count;
            }
        }
        let mut merged: FxHashMap<(u8, Chunk), f32> = FxHashMap::default();
        for (letter, chunk, log) in scanner.channel.emissions() {
            let total = totals[letter as usize];
            let seen = total.min(MOST);
            merged.insert((letter, chunk), PRIOR * log.exp() / (PRIOR + seen));
        }
        for &(letter, chunk, count) in &self.letters {
            if (letter as usize) < ALL_LETTERS && chunk_len(chunk) <= 3 {
                let total = totals[letter as usize];
                let seen = total.min(MOST);
                *merged.entry((letter, chunk)).or_default() += count / total * seen / (PRIOR + seen);
            }
        }
        let mut emissions: Vec<(u8, Chunk, f32)> =
            merged.into_iter().map(|((l, c), p)| (l, c, p.max(1e-9).ln())).collect();
        emissions.sort_unstable_by_key(|e| (e.0, e.1));
        let mut tokens = scanner.tokens.clone();
        let mut words = scanner.words.clone();
        for seen in tokens.values_mut().flatten() {
            seen.2 *= OLD_TOKENS;
        }
        for count in words.values_mut() {
            *count *= OLD_TOKENS;
        }
        for (token, word, case, count) in &self.tokens {
            if *word as usize >= model.vocabulary.len() {
                continue;
            }
            *words.entry((*word, *case)).or_default() += count;
            let seen = tokens.entry(token.as_str().into()).or_default();
            match seen.iter_mut().find(|(w, c, _)| w == word && c == case) {
                Some(known) => known.2 += count,
                None => seen.push((*word, *case, *count)),
            }
        }
        Scanner::new(Channel::new(emissions), tokens, words)
    }
}

/// The letters of a spelling as they stand in a case.
fn cased(spelling: &str, case: Case) -> Option<Vec<u8>> {
    let mut letters = spell(spelling)?;
    for (index, letter) in letters.iter_mut().enumerate() {
        if *letter < LETTERS && (case == Case::Upper || (case == Case::Title && index == 0)) {
            *letter += LETTERS;
        }
    }
    Some(letters)
}

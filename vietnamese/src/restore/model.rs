//! The trained model: words, language, and the scanners' hands.

use std::sync::Arc;

use super::channel::{Channel, EmissionCounts, Symbols};
use super::file;
use super::language::Language;
use super::letters::{self, LETTERS};
use super::lookalikes::Lookalikes;
use super::spellings::{Spellings, spell};
use super::words::{Case, Vocabulary, Word};
use crate::tone::other_style;

use rustc_hash::{FxHashMap, FxHashSet};
use thiserror::Error;

/// Why a model file is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ModelError {
    /// It does not begin as a model does.
    #[error("this is no model for restoring scans; train one with `train model`, or use the one that is built in")]
    NotAModel,
    /// Another version of the program wrote it.
    #[error(
        "the model is of version {found}, this program reads version {}; train it anew",
        file::VERSION
    )]
    Version {
        /// The version the file names.
        found: u32,
    },
    /// It is shorter or other than it was written.
    #[error("the model is damaged near byte {at}; fetch or train it anew")]
    Damaged {
        /// Where reading failed.
        at: usize,
    },
}

/// What was counted of one kind of scanner.
#[derive(Debug, Clone, Default)]
pub struct ScannerCounts {
    /// How letters were read.
    pub emissions: EmissionCounts,
    /// How often whole words were read as whole tokens.
    pub tokens: Vec<(String, Word, Case, f32)>,
    /// How often each word was seen, in each case.
    pub words: Vec<(Word, Case, f32)>,
}

/// All that the trainer found.
#[derive(Debug, Clone)]
pub struct Trained {
    /// The words.
    pub vocabulary: Vec<Box<str>>,
    /// The n-grams.
    pub language: Language,
    /// The characters of scans.
    pub symbols: Vec<char>,
    /// The scanners: an English engine, a Vietnamese one.
    pub scanners: [ScannerCounts; 2],
}

/// One scanner's hand as the reader asks it.
#[derive(Debug, Clone, Default)]
pub struct Scanner {
    /// Letter by letter.
    pub channel: Channel,
    /// Tokens that were seen as a whole: what they were read from, and how often.
    pub tokens: FxHashMap<Box<str>, Vec<(Word, Case, f32)>>,
    /// How often each word was seen at all.
    pub words: FxHashMap<(Word, Case), f32>,
    /// How likely, at best, each symbol is part of what a letter was read as.
    pub inner_signs: Vec<f32>,
}

impl Scanner {
    /// A scanner's hand from its letters and the tokens seen as a whole.
    pub fn new(
        channel: Channel,
        tokens: FxHashMap<Box<str>, Vec<(Word, Case, f32)>>,
        words: FxHashMap<(Word, Case), f32>,
    ) -> Self {
        let mut inner_signs = vec![f32::NEG_INFINITY; 256];
        for (_, chunk, log) in channel.emissions() {
            for symbol in chunk.to_le_bytes().into_iter().filter(|&s| s != 0) {
                let best = &mut inner_signs[symbol as usize];
                *best = best.max(log);
            }
        }
        Self {
            channel,
            tokens,
            words,
            inner_signs,
        }
    }

    /// The log probability of a token for a word: what was seen as a whole, and what its letters say.
    pub fn blend(&self, word: Word, case: Case, times: f32, letters: f32) -> f32 {
        /// How many times a word must be seen for its own counts to weigh as much as its letters.
        const EVEN: f32 = 20.0;
        /// The most that whole tokens may weigh: another scanner has other habits.
        const MOST: f32 = 0.7;
        let seen = self.words.get(&(word, case)).copied().unwrap_or(0.0);
        if seen == 0.0 {
            return letters;
        }
        let share = (seen / (seen + EVEN)).min(MOST);
        (share * times / seen + (1.0 - share) * letters.exp()).max(1e-20).ln()
    }
}

/// The model in memory.
#[derive(Debug, Clone)]
pub struct Model {
    /// The words.
    pub vocabulary: Vocabulary,
    /// Their spellings as a trie.
    pub spellings: Spellings,
    /// The n-grams.
    pub language: Language,
    /// The characters of scans.
    pub symbols: Symbols,
    /// The scanners: an English engine, a Vietnamese one.
    pub scanners: [Arc<Scanner>; 2],
    /// The words that are written with the same ASCII letters, by these.
    pub bare: FxHashMap<Box<[u8]>, Vec<Word>>,
    /// A number of its own, by what it holds.
    pub fingerprint: u64,
    /// The words spelled in small letters by hashes of their letters, with either placement of the tone mark.
    pub spelling_hashes: FxHashMap<u64, Word>,
    /// What a Vietnamese engine takes for what.
    pub lookalikes: Lookalikes,
    /// The ASCII letters under words that have marks.
    pub bare_marked: FxHashSet<Box<[u8]>>,
}

impl Model {
    /// Reads a model file; refuses what is damaged, of another version, or no model.
    pub fn parse(bytes: &[u8]) -> Result<Self, ModelError> {
        let file::Contents {
            vocabulary,
            symbols,
            language,
            scanners,
            checksum,
        } = file::read(bytes)?;
        let spellings = Spellings::new(&vocabulary, |word| language.unigram(word));
        let mut spelling_hashes = FxHashMap::default();
        let mut bare_marked: FxHashSet<Box<[u8]>> = FxHashSet::default();
        let mut bare: FxHashMap<Box<[u8]>, Vec<Word>> = FxHashMap::default();
        for (word, spelling) in vocabulary.spelled() {
            if let Some(letters) = spell(spelling).filter(|l| l.iter().all(|&l| l < LETTERS)) {
                let other = other_style(spelling).and_then(|s| spell(&s));
                for letters in [Some(&letters), other.as_ref()].into_iter().flatten() {
                    let hash = letters.iter().fold(SPELLING_SEED, |hash, &l| spelling_hash(hash, l));
                    spelling_hashes.insert(hash, word);
                }
                if !spelling.is_ascii() {
                    bare_marked.insert(letters.iter().map(|&l| letters::bare(l)).collect());
                }
                bare.entry(letters.into_iter().map(letters::bare).collect())
                    .or_default()
                    .push(word);
            }
        }
        let symbols = Symbols::new(symbols);
        let lookalikes = Lookalikes::new(&vocabulary, &bare, &scanners[1].channel, &symbols, |word| {
            language.unigram(word)
        });
        Ok(Self {
            vocabulary,
            spellings,
            language,
            symbols,
            lookalikes,
            scanners: scanners.map(Arc::new),
            bare,
            bare_marked,
            spelling_hashes,
            fingerprint: checksum,
        })
    }
}

impl Trained {
    /// Writes the model file.
    pub fn write(&self) -> Vec<u8> {
        file::write(self)
    }
}

/// The hash of no letters.
pub const SPELLING_SEED: u64 = 0xcbf2_9ce4_8422_2325;

/// The hash of a spelling with one letter more.
pub fn spelling_hash(hash: u64, letter: u8) -> u64 {
    (hash ^ u64::from(letter))
        .wrapping_mul(0x9E37_79B9_7F4A_7C15)
        .rotate_left(23)
}

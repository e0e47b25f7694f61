//! Which words a Vietnamese engine takes for which others: the same letters under other marks.

use rustc_hash::FxHashMap;

use super::channel::{Channel, Symbols};
use super::letters::{self, LETTERS};
use super::spellings::spell;
use super::words::{UNKNOWN, Vocabulary, Word};

/// How much the language weighs against the engine's error, as in reading.
pub const LANGUAGE: f32 = 0.8;

/// How much likelier, as a logarithm, words are made by their neighbors on both sides at best.
pub const TIED: f32 = 8.0;

/// How much less likely they are made at worst.
const LOOSE: f32 = -4.0;

/// Another word that may be meant where a word stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lookalike {
    /// The other word.
    pub word: Word,
    /// How likely, as a logarithm, the engine writes the one for the other.
    pub error: f32,
}

/// Words by the ASCII letters under their marks.
type Bare = FxHashMap<Box<[u8]>, Vec<Word>>;

/// What a Vietnamese engine takes for what.
#[derive(Debug, Clone, Default)]
pub struct Lookalikes {
    /// How likely, as a logarithm, each small letter is written for each: the one that stands there, then the one meant.
    letters: Vec<f32>,
    /// See [`Lookalikes::temptation`].
    temptations: Vec<f32>,
    /// Where the look-alikes of each word begin; one more at the end.
    begins: Vec<u32>,
    all: Vec<Lookalike>,
}

impl Lookalikes {
    /// Finds the look-alikes of all words of a vocabulary.
    pub fn new(
        vocabulary: &Vocabulary,
        bare: &Bare,
        channel: &Channel,
        symbols: &Symbols,
        unigram: impl Fn(Word) -> f32,
    ) -> Self {
        let letters = letters(channel, symbols);
        let mut temptations = vec![f32::NEG_INFINITY; vocabulary.len()];
        let mut all: Vec<(Word, Lookalike)> = Vec::new();
        for kin in bare.values() {
            let spelled = |&word: &Word| Some((word, spell(vocabulary.spelling(word)?)?));
            let kin: Vec<_> = kin.iter().filter_map(spelled).collect();
            for (word, scan) in &kin {
                for (other, meant) in kin.iter().filter(|(other, _)| other != word) {
                    let Some(error) = error(&letters, scan, meant) else {
                        continue;
                    };
                    let commoner = unigram(*other) - unigram(*word) + error / LANGUAGE;
                    // What is much rarer is never meant.
                    if commoner + TIED > LOOSE {
                        let temptation = &mut temptations[usize::from(*word)];
                        *temptation = temptation.max(commoner);
                        all.push((*word, Lookalike { word: *other, error }));
                    }
                }
            }
        }
        // What is no word is always looked at.
        temptations[usize::from(UNKNOWN)] = f32::INFINITY;
        all.sort_unstable_by_key(|(word, other)| (*word, other.word));
        let begin = |word| all.partition_point(|(of, _)| usize::from(*of) < word) as u32;
        Self {
            letters,
            temptations,
            begins: (0..=vocabulary.len()).map(begin).collect(),
            all: all.into_iter().map(|(_, other)| other).collect(),
        }
    }

    /// How much commoner, as a logarithm, the commonest word is that the engine writes this one for, with the error
    /// reckoned in; minus infinity where there is none that is common enough to be meant.
    pub fn temptation(&self, word: Word) -> f32 {
        self.temptations[usize::from(word)]
    }

    /// The words that may be meant where a word stands.
    pub fn of(&self, word: Word) -> &[Lookalike] {
        let index = usize::from(word);
        &self.all[self.begins[index] as usize..self.begins[index + 1] as usize]
    }

    /// The words that may be meant where something stands that is no word.
    pub fn find(&self, vocabulary: &Vocabulary, bare: &Bare, scan: &str) -> Vec<Lookalike> {
        let Some(scan) = spell(scan) else { return Vec::new() };
        let scan: Vec<u8> = scan.into_iter().map(letters::lower).collect();
        let key: Vec<u8> = scan.iter().map(|&letter| letters::bare(letter)).collect();
        let kin = bare.get(&key[..]).map_or(&[][..], |kin| kin);
        let meant = |&word: &Word| {
            let error = error(&self.letters, &scan, &spell(vocabulary.spelling(word)?)?)?;
            Some(Lookalike { word, error })
        };
        kin.iter().filter_map(meant).collect()
    }
}

/// How likely each small letter is written for each.
fn letters(channel: &Channel, symbols: &Symbols) -> Vec<f32> {
    let small = usize::from(LETTERS);
    let mut all = vec![f32::NEG_INFINITY; small * small];
    for (seen, row) in (0..LETTERS).zip(all.chunks_mut(small)) {
        let symbol = symbols.symbol(letters::letter_char(seen));
        for &(meant, log) in channel.emitters(u32::from(symbol)) {
            if let Some(likely) = row.get_mut(usize::from(meant)) {
                *likely = log;
            }
        }
        row[usize::from(seen)] = 0.0;
    }
    all
}

/// How likely, as a logarithm, letters are written for others; none where they hardly are.
fn error(likely: &[f32], scan: &[u8], meant: &[u8]) -> Option<f32> {
    const LEAST: f32 = -7.0;
    let mut error = 0.0;
    for (&seen, &meant) in scan.iter().zip(meant) {
        error += likely.get(usize::from(seen) * usize::from(LETTERS) + usize::from(meant))?;
        if error < LEAST {
            return None;
        }
    }
    Some(error)
}

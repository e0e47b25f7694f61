//! The trained model as a file: what was counted, packed small, with a checksum.

use std::sync::Arc;

use super::candidates::{Spellings, spell};
use super::channel::{Channel, Chunk, EmissionCounts, Symbols, log_probabilities};
use super::language::{Language, Level, ORDER};
use super::letters::{self, LETTERS};
use super::words::{Case, Vocabulary, Word, other_tone};

use rustc_hash::{FxHashMap, FxHashSet};
use thiserror::Error;

const MAGIC: &[u8; 8] = b"VKRESTO\0";
const VERSION: u32 = 1;

/// Why a model file is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ModelError {
    /// It does not begin as a model does.
    #[error("this is no model for restoring scans; train one with `train model`, or use the one that is built in")]
    NotAModel,
    /// Another version of the program wrote it.
    #[error("the model is of version {found}, this program reads version {VERSION}; train it anew")]
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
    /// Hashes of all spellings in small letters, with either placement of the tone mark.
    pub spelling_hashes: FxHashSet<u64>,
    /// The ASCII letters under words that have marks.
    pub bare_marked: FxHashSet<Box<[u8]>>,
}

impl Model {
    /// Reads a model file; refuses what is damaged, of another version, or no model.
    pub fn parse(bytes: &[u8]) -> Result<Self, ModelError> {
        let head = bytes.get(..24).ok_or(ModelError::NotAModel)?;
        if &head[..8] != MAGIC {
            return Err(ModelError::NotAModel);
        }
        let mut reader = Reader { bytes, at: 8 };
        let version = reader.fixed()?;
        if version != VERSION {
            return Err(ModelError::Version { found: version });
        }
        if reader.fixed()? != 0 {
            return Err(reader.damaged());
        }
        let sum = u64::from(reader.fixed()?) | u64::from(reader.fixed()?) << 32;
        if checksum(&bytes[24..]) != sum {
            return Err(ModelError::Damaged { at: bytes.len() });
        }
        let vocabulary = Vocabulary::new(reader.strings(u16::MAX as usize - 16)?);
        let symbols = reader.chars()?;
        let language = reader.language(vocabulary.len())?;
        let scanners = [reader.scanner(vocabulary.len())?, reader.scanner(vocabulary.len())?];
        if reader.at != bytes.len() {
            return Err(reader.damaged());
        }
        let spellings = Spellings::new(&vocabulary, |word| language.unigram(word));
        let mut spelling_hashes = FxHashSet::default();
        let mut bare_marked: FxHashSet<Box<[u8]>> = FxHashSet::default();
        let mut bare: FxHashMap<Box<[u8]>, Vec<Word>> = FxHashMap::default();
        for (word, spelling) in vocabulary.spelled() {
            if let Some(letters) = spell(spelling).filter(|l| l.iter().all(|&l| l < LETTERS)) {
                let other = other_tone(spelling).and_then(|s| spell(&s));
                for letters in [Some(&letters), other.as_ref()].into_iter().flatten() {
                    spelling_hashes.insert(letters.iter().fold(SPELLING_SEED, |hash, &l| spelling_hash(hash, l)));
                }
                if !spelling.is_ascii() {
                    bare_marked.insert(letters.iter().map(|&l| letters::bare(l)).collect());
                }
                bare.entry(letters.into_iter().map(letters::bare).collect())
                    .or_default()
                    .push(word);
            }
        }
        Ok(Self {
            vocabulary,
            spellings,
            language,
            symbols: Symbols::new(symbols),
            scanners: scanners.map(Arc::new),
            bare,
            bare_marked,
            spelling_hashes,
            fingerprint: sum,
        })
    }
}

impl Trained {
    /// Writes the model file.
    pub fn write(&self) -> Vec<u8> {
        let mut body = Vec::new();
        number(&mut body, self.vocabulary.len());
        for word in &self.vocabulary {
            string(&mut body, word);
        }
        string(&mut body, &self.symbols.iter().collect::<String>());
        language(&mut body, &self.language);
        for scanner in &self.scanners {
            write_scanner(&mut body, scanner);
        }
        let mut bytes = MAGIC.to_vec();
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend([0; 4]);
        bytes.extend(checksum(&body).to_le_bytes());
        bytes.extend(body);
        bytes
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

/// A quick checksum over eight bytes at a time: guards against damage, not against malice.
fn checksum(bytes: &[u8]) -> u64 {
    const PRIME: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut sum = bytes.len() as u64;
    for piece in bytes.chunks(8) {
        let mut word = [0; 8];
        word[..piece.len()].copy_from_slice(piece);
        sum = (sum ^ u64::from_le_bytes(word)).wrapping_mul(PRIME);
        sum ^= sum >> 29;
    }
    sum
}

fn number(out: &mut Vec<u8>, mut n: usize) {
    while n >= 0x80 {
        out.push(n as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

fn string(out: &mut Vec<u8>, s: &str) {
    number(out, s.len());
    out.extend(s.as_bytes());
}

/// Words of one parent stand in order: their differences are small.
fn language(out: &mut Vec<u8>, language: &Language) {
    number(out, language.levels.len());
    let mut parents: Vec<usize> = vec![language.levels.first().map_or(0, |l| l.words.len())];
    for level in &language.levels {
        let mut at = 0;
        for &count in &parents {
            let mut last = -1;
            for &word in &level.words[at..at + count] {
                number(out, (i32::from(word) - last - 1) as usize);
                last = i32::from(word);
            }
            at += count;
        }
        out.extend(&level.logs);
        number(out, usize::from(!level.children.is_empty()));
        parents = level
            .children
            .windows(2)
            .map(|pair| (pair[1] - pair[0]) as usize)
            .collect();
        for (&count, &backoff) in parents.iter().zip(&level.backoffs) {
            number(out, count);
            if count > 0 {
                out.push(backoff);
            }
        }
    }
}

fn write_scanner(out: &mut Vec<u8>, scanner: &ScannerCounts) {
    let logs = log_probabilities(&scanner.emissions);
    number(out, logs.len());
    for (letter, chunk, log) in logs {
        out.push(letter);
        out.extend(&chunk.to_le_bytes()[..3]);
        out.push((-log * 16.0).round().clamp(0.0, 255.0) as u8);
    }
    number(out, scanner.tokens.len());
    for (token, word, case, count) in &scanner.tokens {
        string(out, token);
        number(out, *word as usize);
        out.push(*case as u8);
        number(out, count.round() as usize);
    }
    number(out, scanner.words.len());
    for (word, case, count) in &scanner.words {
        number(out, *word as usize);
        out.push(*case as u8);
        number(out, count.round() as usize);
    }
}

/// Reads a model's bytes, never beyond the end.
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn damaged(&self) -> ModelError {
        ModelError::Damaged { at: self.at }
    }

    fn take(&mut self, len: usize) -> Result<&[u8], ModelError> {
        let end = self.at.checked_add(len).ok_or(self.damaged())?;
        let bytes = self
            .bytes
            .get(self.at..end)
            .ok_or(ModelError::Damaged { at: self.at })?;
        self.at = end;
        Ok(bytes)
    }

    fn byte(&mut self) -> Result<u8, ModelError> {
        let byte = *self.bytes.get(self.at).ok_or(self.damaged())?;
        self.at += 1;
        Ok(byte)
    }

    fn fixed(&mut self) -> Result<u32, ModelError> {
        let at = self.at;
        let bytes = self.take(4)?.try_into().map_err(|_| ModelError::Damaged { at })?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn number(&mut self) -> Result<usize, ModelError> {
        let mut n = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            n |= ((byte & 0x7F) as usize) << shift;
            if byte < 0x80 {
                return Ok(n);
            }
        }
        Err(self.damaged())
    }

    /// A count of things that take at least a byte each.
    fn count(&mut self) -> Result<usize, ModelError> {
        let count = self.number()?;
        if count > self.bytes.len() - self.at {
            return Err(self.damaged());
        }
        Ok(count)
    }

    fn string(&mut self) -> Result<&str, ModelError> {
        let len = self.number()?;
        let at = self.at;
        std::str::from_utf8(self.take(len)?).map_err(|_| ModelError::Damaged { at })
    }

    fn strings(&mut self, most: usize) -> Result<Vec<Box<str>>, ModelError> {
        let count = self.count()?;
        if count > most {
            return Err(self.damaged());
        }
        (0..count).map(|_| Ok(Box::from(self.string()?))).collect()
    }

    fn chars(&mut self) -> Result<Vec<char>, ModelError> {
        Ok(self.string()?.chars().collect())
    }

    fn language(&mut self, words: usize) -> Result<Language, ModelError> {
        let levels = self.number()?;
        if levels == 0 || levels > ORDER {
            return Err(self.damaged());
        }
        let mut parents = vec![words];
        let mut language = Language::default();
        for _ in 0..levels {
            let level = self.level(&parents, words)?;
            parents = level
                .children
                .windows(2)
                .map(|pair| (pair[1] - pair[0]) as usize)
                .collect();
            language.levels.push(level);
        }
        let whole = language.levels[0].words.len() == words && language.levels[levels - 1].children.is_empty();
        if whole { Ok(language) } else { Err(self.damaged()) }
    }

    fn level(&mut self, parents: &[usize], vocabulary: usize) -> Result<Level, ModelError> {
        let total = parents
            .iter()
            .try_fold(0usize, |sum, &n| sum.checked_add(n))
            .ok_or(self.damaged())?;
        if total > self.bytes.len() - self.at {
            return Err(self.damaged());
        }
        let mut words = Vec::with_capacity(total);
        for &count in parents {
            let mut next = 0;
            for _ in 0..count {
                let word = next + self.number()?;
                if word >= vocabulary {
                    return Err(self.damaged());
                }
                words.push(word as u16);
                next = word + 1;
            }
        }
        let logs = self.take(total)?.to_vec();
        let (mut backoffs, mut children) = (Vec::new(), Vec::new());
        if self.number()? == 1 {
            backoffs.reserve(total);
            children.reserve(total + 1);
            let mut place = 0u32;
            children.push(0);
            for _ in 0..total {
                let count = self.number()?;
                let backoff = if count > 0 { self.byte()? } else { 0 };
                place = u32::try_from(count)
                    .ok()
                    .and_then(|count| place.checked_add(count))
                    .ok_or(self.damaged())?;
                children.push(place);
                backoffs.push(backoff);
            }
        }
        Ok(Level {
            words,
            logs,
            backoffs,
            children,
        })
    }

    fn scanner(&mut self, words: usize) -> Result<Scanner, ModelError> {
        let mut emissions: Vec<(u8, Chunk, f32)> = Vec::new();
        for _ in 0..self.count()? {
            let bytes = self.take(5)?;
            let chunk = u32::from_le_bytes([bytes[1], bytes[2], bytes[3], 0]);
            emissions.push((bytes[0], chunk, -f32::from(bytes[4]) / 16.0));
        }
        let mut tokens: FxHashMap<Box<str>, Vec<(Word, Case, f32)>> = FxHashMap::default();
        for _ in 0..self.count()? {
            let token = Box::from(self.string()?);
            let seen = self.counted_word(words)?;
            tokens.entry(token).or_default().push(seen);
        }
        let mut counts = FxHashMap::default();
        for _ in 0..self.count()? {
            let (word, case, count) = self.counted_word(words)?;
            counts.insert((word, case), count);
        }
        Ok(Scanner::new(Channel::new(emissions), tokens, counts))
    }

    fn counted_word(&mut self, words: usize) -> Result<(Word, Case, f32), ModelError> {
        let word = self.number()?;
        let case = match self.byte()? {
            0 => Case::Lower,
            1 => Case::Title,
            2 => Case::Upper,
            _ => return Err(self.damaged()),
        };
        let count = self.number()? as f32;
        if word >= words {
            return Err(self.damaged());
        }
        Ok((word as Word, case, count))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The built-in model.
    const WHOLE: &[u8] = include_bytes!("../../model/restore.bin");

    #[test]
    fn a_flipped_bit_is_found_wherever_it_is() {
        let mut bytes = WHOLE.to_vec();
        let body = (24..bytes.len()).step_by(bytes.len() / 40);
        for at in (0..24).chain(body).chain([WHOLE.len() - 1]) {
            bytes[at] ^= 4;
            let refused = Model::parse(&bytes)
                .expect_err("a damaged model is refused")
                .to_string();
            assert!(refused.contains("train"), "the sentence says what to do: {refused}");
            bytes[at] ^= 4;
        }
    }

    #[test]
    fn a_model_that_was_cut_is_refused() {
        for len in [0, 7, 8, 23, 24, 25, 1000, WHOLE.len() / 2, WHOLE.len() - 1] {
            assert!(Model::parse(&WHOLE[..len]).is_err(), "{len} bytes");
        }
    }

    #[test]
    fn damage_that_the_checksum_does_not_show_is_no_panic() {
        let mut bytes = WHOLE.to_vec();
        for step in 0..24 {
            let at = 24 + step * (bytes.len() - 25) / 23;
            let kept = bytes[at];
            bytes[at] = kept.wrapping_add(0x81);
            let sum = checksum(&bytes[24..]);
            bytes[16..24].copy_from_slice(&sum.to_le_bytes());
            // Some of it only changes a count; none of it may read beyond what is there.
            let _ = Model::parse(&bytes);
            bytes[at] = kept;
        }
    }
}

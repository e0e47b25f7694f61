//! The model as a file: what was counted, packed small, with a checksum.
//!
//! A head of 24 bytes (magic, version, checksum of the rest), then frames, each compressed by itself so that they are
//! unpacked side by side: first the words and the scanners, then one frame for the n-grams of each length but one.

use std::io;

use rustc_hash::FxHashMap;

use super::channel::{Channel, Chunk, log_probabilities};
use super::language::{Language, Level, MOST_GRAMS, ORDER};
use super::model::{ModelError, Scanner, ScannerCounts, Trained};
use super::words::{Case, Vocabulary, Word};

const MAGIC: &[u8; 8] = b"VKRESTO\0";
/// The version this program writes and reads.
pub(super) const VERSION: u32 = 2;

/// The length of the head, in bytes.
const HEAD: usize = 24;
/// The frames: words and scanners, and the n-grams of two words and more.
const FRAMES: usize = ORDER;
/// The most a frame may hold unpacked, in bytes: more is damage.
const LONGEST_FRAME: usize = 1 << 28;

/// What a model file holds.
pub(super) struct Contents {
    pub vocabulary: Vocabulary,
    pub symbols: Vec<char>,
    pub language: Language,
    pub scanners: [Scanner; 2],
    pub checksum: u64,
}

/// Reads a model file; refuses what is damaged, of another version, or no model.
pub(super) fn read(bytes: &[u8]) -> Result<Contents, ModelError> {
    let head = bytes.get(..HEAD).ok_or(ModelError::NotAModel)?;
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
    if checksum(&bytes[HEAD..]) != sum {
        return Err(ModelError::Damaged { at: bytes.len() });
    }
    let mut frames = [Frame::default(); FRAMES];
    for frame in &mut frames {
        let (packed, length) = (reader.fixed()? as usize, reader.fixed()? as usize);
        let at = reader.at;
        *frame = Frame {
            packed: reader.take(packed)?,
            length,
            at,
        };
    }
    if reader.at != bytes.len() {
        return Err(reader.damaged());
    }
    let [first, pairs, triples, fours] = frames;
    let damaged = |frame: Frame<'_>| ModelError::Damaged { at: frame.at };
    std::thread::scope(|scope| {
        let triples = scope.spawn(move || triples.grams());
        let others = (|| Ok((first.unpack()?, pairs.grams()?, fours.grams()?)))();
        let triples = triples.join().map_err(|_| damaged(first))??;
        let (start, pairs, fours) = others?;
        let mut reader = Reader { bytes: &start, at: 0 };
        let whole = |reader: &Reader<'_>| (reader.at == reader.bytes.len()).then_some(()).ok_or(damaged(first));
        let vocabulary = Vocabulary::new(reader.strings(u16::MAX as usize - 16)?);
        let symbols = reader.chars()?;
        let words = vocabulary.len();
        let unigrams = reader.take(words)?.to_vec();
        let scanners = [reader.scanner(words)?, reader.scanner(words)?];
        whole(&reader)?;
        let language = language(words, unigrams, [pairs, triples, fours]).ok_or(damaged(first))?;
        Ok(Contents {
            vocabulary,
            symbols,
            language,
            scanners,
            checksum: sum,
        })
    })
}

/// Lays the n-grams out; none if they do not fit each other.
fn language(words: usize, unigrams: Vec<u8>, grams: [Grams; ORDER - 1]) -> Option<Language> {
    let mut inner: [Level; ORDER - 1] = Default::default();
    let mut shorter = ((0..words).map(|word| word as Word).collect::<Vec<Word>>(), unigrams);
    for (grams, level) in grams.into_iter().zip(&mut inner) {
        let fits = grams.followers.len() == shorter.0.len() && grams.words.iter().all(|&word| (word as usize) < words);
        if !fits {
            return None;
        }
        let (own, logs) = std::mem::replace(&mut shorter, (grams.words, grams.logs));
        *level = Level::new(own, &logs, grams.backoffs, grams.followers.into_iter());
    }
    let (longest, logs) = shorter;
    Some(Language::new(inner, longest, logs))
}

/// Writes the model file.
pub(super) fn write(trained: &Trained) -> Vec<u8> {
    let language = &trained.language;
    let mut first = Vec::new();
    number(&mut first, trained.vocabulary.len());
    for word in &trained.vocabulary {
        string(&mut first, word);
    }
    string(&mut first, &trained.symbols.iter().collect::<String>());
    let inner = language.inner();
    first.extend((0..inner[0].len()).map(|word| inner[0].log(word)));
    for scanner in &trained.scanners {
        write_scanner(&mut first, scanner);
    }
    let mut body = Vec::new();
    pack(&mut body, &first);
    for (at, parents) in inner.iter().enumerate() {
        let frame = match inner.get(at + 1) {
            Some(level) => {
                let logs: Vec<u8> = (0..level.len()).map(|at| level.log(at)).collect();
                write_grams(parents, level.words(), &logs)
            }
            None => write_grams(parents, language.longest().0, language.longest().1),
        };
        pack(&mut body, &frame);
    }
    let mut bytes = MAGIC.to_vec();
    bytes.extend(VERSION.to_le_bytes());
    bytes.extend([0; 4]);
    bytes.extend(checksum(&body).to_le_bytes());
    bytes.extend(body);
    bytes
}

/// A compressed part of the file.
#[derive(Debug, Clone, Copy, Default)]
struct Frame<'a> {
    packed: &'a [u8],
    /// How long it is unpacked.
    length: usize,
    /// Where it stands in the file.
    at: usize,
}

/// The n-grams of one length, and of those one shorter how many begin with them and what it costs that none does.
struct Grams {
    followers: Vec<u32>,
    backoffs: Vec<u8>,
    words: Vec<Word>,
    logs: Vec<u8>,
}

impl Frame<'_> {
    fn unpack(&self) -> Result<Vec<u8>, ModelError> {
        let damaged = ModelError::Damaged { at: self.at };
        if self.length > LONGEST_FRAME {
            return Err(damaged);
        }
        let bytes = zstd::bulk::decompress(self.packed, self.length).map_err(|_: io::Error| damaged)?;
        (bytes.len() == self.length).then_some(bytes).ok_or(damaged)
    }

    fn grams(&self) -> Result<Grams, ModelError> {
        let bytes = self.unpack()?;
        let mut reader = Reader { bytes: &bytes, at: 0 };
        let parents = reader.count()?;
        let mut followers = Vec::with_capacity(parents);
        let mut total = 0;
        for _ in 0..parents {
            let count = reader.number()?;
            total += count;
            followers.push(count as u32);
        }
        if total >= MOST_GRAMS {
            return Err(reader.damaged());
        }
        let followed = followers.iter().filter(|&&n| n > 0).count();
        let mut known = reader.take(followed)?.iter();
        let backoffs = followers
            .iter()
            .map(|&n| if n > 0 { known.next().copied().unwrap_or(0) } else { 0 })
            .collect();
        let mut gaps = {
            let low = reader.take(total)?;
            let high = reader.take(total)?;
            low.iter()
                .zip(high)
                .map(|(&low, &high)| u16::from_le_bytes([low, high]))
        };
        let mut words = Vec::with_capacity(total);
        for &count in &followers {
            let mut next: Word = 0;
            words.extend(gaps.by_ref().take(count as usize).map(|gap| {
                let word = next.saturating_add(gap);
                next = word.saturating_add(1);
                word
            }));
        }
        let logs = reader.take(total)?.to_vec();
        if reader.at != bytes.len() {
            return Err(reader.damaged());
        }
        Ok(Grams {
            followers,
            backoffs,
            words,
            logs,
        })
    }
}

/// Words of one parent stand in order, so the gaps between them are written: all low bytes, then all high ones.
fn write_grams(parents: &Level, words: &[Word], logs: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    number(&mut out, parents.len());
    for at in 0..parents.len() {
        number(&mut out, parents.children(at).len());
    }
    let followed = (0..parents.len()).filter(|&at| !parents.children(at).is_empty());
    out.extend(followed.map(|at| parents.backoffs()[at]));
    let gaps: Vec<[u8; 2]> = (0..parents.len())
        .flat_map(|at| {
            let mut next = 0;
            words[parents.children(at)].iter().map(move |&word| {
                let gap = word - next;
                next = word + 1;
                gap.to_le_bytes()
            })
        })
        .collect();
    out.extend(gaps.iter().map(|gap| gap[0]));
    out.extend(gaps.iter().map(|gap| gap[1]));
    out.extend(logs);
    out
}

/// Adds a frame: how long it is packed and unpacked, and its bytes.
fn pack(out: &mut Vec<u8>, frame: &[u8]) {
    const LEVEL: i32 = 19;
    let packed = zstd::bulk::compress(frame, LEVEL).expect("memory holds the packed frame");
    out.extend((packed.len() as u32).to_le_bytes());
    out.extend((frame.len() as u32).to_le_bytes());
    out.extend(packed);
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

impl<'a> Reader<'a> {
    fn damaged(&self) -> ModelError {
        ModelError::Damaged { at: self.at }
    }

    fn take(&mut self, len: usize) -> Result<&'a [u8], ModelError> {
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

    fn string(&mut self) -> Result<&'a str, ModelError> {
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
            let refused = read(&bytes).map(|_| ()).expect_err("a damaged model is refused");
            let refused = refused.to_string();
            assert!(refused.contains("train"), "the sentence says what to do: {refused}");
            bytes[at] ^= 4;
        }
    }

    #[test]
    fn a_model_that_was_cut_is_refused() {
        for len in [0, 7, 8, 23, 24, 25, 1000, WHOLE.len() / 2, WHOLE.len() - 1] {
            assert!(read(&WHOLE[..len]).is_err(), "{len} bytes");
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
            let _ = read(&bytes);
            bytes[at] = kept;
        }
    }
}

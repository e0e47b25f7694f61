//! The noisy channel: how likely a scanner writes these characters for that letter.

use rustc_hash::FxHashMap;

use super::letters::{self, ALL_LETTERS, LETTERS};

/// What a true letter was read as: none to three scanned symbols, packed a byte each.
pub type Chunk = u32;

/// The most symbols one letter is read as.
pub const LONGEST_CHUNK: usize = 3;

/// The symbol of every character that is too rare to have its own.
pub const OTHER_SYMBOL: u8 = 1;

/// The log probability of a chunk never seen for a letter, by its length.
pub const UNSEEN: [f32; LONGEST_CHUNK + 1] = [-8.0, -9.5, -13.5, -18.0];

/// The characters that scans are written with, numbered from 2.
#[derive(Debug, Clone)]
pub struct Symbols {
    chars: Vec<char>,
    ascii: [u8; 128],
    others: FxHashMap<char, u8>,
}

impl Symbols {
    /// Numbers `chars` in order; no more than 250 of them.
    pub fn new(chars: Vec<char>) -> Self {
        let mut ascii = [OTHER_SYMBOL; 128];
        let mut others = FxHashMap::default();
        for (&c, number) in chars.iter().zip(2u8..=252) {
            match ascii.get_mut(c as usize) {
                Some(slot) => *slot = number,
                None => {
                    others.insert(c, number);
                }
            }
        }
        Self { chars, ascii, others }
    }

    /// The characters in order.
    pub fn chars(&self) -> &[char] {
        &self.chars
    }

    /// The number of a character.
    pub fn symbol(&self, c: char) -> u8 {
        match self.ascii.get(c as usize) {
            Some(&symbol) => symbol,
            None => self.others.get(&c).copied().unwrap_or(OTHER_SYMBOL),
        }
    }
}

/// Packs symbols into a chunk.
pub fn chunk(symbols: &[u8]) -> Chunk {
    symbols.iter().rev().fold(0, |chunk, &s| chunk << 8 | u32::from(s))
}

/// How many symbols a chunk holds.
pub fn chunk_len(chunk: Chunk) -> usize {
    match chunk {
        0 => 0,
        1..=0xFF => 1,
        0x100..=0xFFFF => 2,
        _ => 3,
    }
}

/// How often each letter was read as each chunk; expected counts, so not whole numbers.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EmissionCounts {
    counts: FxHashMap<(u8, Chunk), f32>,
}

impl EmissionCounts {
    /// Adds `count` readings of `letter` as `chunk`.
    pub fn add(&mut self, letter: u8, chunk: Chunk, count: f32) {
        *self.counts.entry((letter, chunk)).or_default() += count;
    }

    /// Adds `weight` times the counts of `other`.
    pub fn add_all(&mut self, other: &Self, weight: f32) {
        for (&(letter, chunk), &count) in &other.counts {
            self.add(letter, chunk, count * weight);
        }
    }

    /// The counts in a fixed order.
    pub fn sorted(&self) -> Vec<(u8, Chunk, f32)> {
        let mut all: Vec<_> = self.counts.iter().map(|(&(l, c), &n)| (l, c, n)).collect();
        all.sort_unstable_by_key(|&(l, c, _)| (l, c));
        all
    }
}

/// The emission probabilities of one scanner, laid out to be asked by what was scanned.
#[derive(Debug, Clone, Default)]
pub struct Channel {
    chunks: FxHashMap<Chunk, (u32, u32)>,
    entries: Vec<(u8, f32)>,
    deletion: Vec<f32>,
}

impl Channel {
    /// A channel from log probabilities; chunks of no symbols are deletions.
    pub fn new(emissions: impl IntoIterator<Item = (u8, Chunk, f32)>) -> Self {
        let mut deletion = vec![UNSEEN[0]; ALL_LETTERS];
        let mut sorted: Vec<_> = emissions.into_iter().collect();
        sorted.sort_unstable_by_key(|&(letter, chunk, _)| (chunk, letter));
        let mut chunks: FxHashMap<Chunk, (u32, u32)> = FxHashMap::default();
        let mut entries = Vec::with_capacity(sorted.len());
        for (letter, chunk, log) in sorted {
            if letter as usize >= ALL_LETTERS {
                continue;
            }
            if chunk == 0 {
                deletion[letter as usize] = log;
                continue;
            }
            let end = entries.len() as u32;
            let span = chunks.entry(chunk).or_insert((end, end));
            entries.push((letter, log));
            span.1 = end + 1;
        }
        Self {
            chunks,
            entries,
            deletion,
        }
    }

    /// Estimates the channel from counts, smoothed towards the same letter with fewer marks and towards the other case.
    pub fn estimate(counts: &EmissionCounts) -> Self {
        Self::new(log_probabilities(counts))
    }

    /// The log probability that `letter` is not read at all.
    pub fn deletion(&self, letter: u8) -> f32 {
        self.deletion[letter as usize]
    }

    /// The log probability of each letter that it is not read at all.
    pub fn deletions(&self) -> &[f32] {
        &self.deletion
    }

    /// The letters that are read as `chunk`, with log probabilities.
    pub fn emitters(&self, chunk: Chunk) -> &[(u8, f32)] {
        match self.chunks.get(&chunk) {
            Some(&(start, end)) => &self.entries[start as usize..end as usize],
            None => &[],
        }
    }

    /// Every log probability there is, deletions included.
    pub fn emissions(&self) -> impl Iterator<Item = (u8, Chunk, f32)> {
        let deletions = (0..).zip(&self.deletion).map(|(letter, &log)| (letter, 0, log));
        let chunks = self.chunks.iter().flat_map(|(&chunk, &(start, end))| {
            self.entries[start as usize..end as usize]
                .iter()
                .map(move |&(letter, log)| (letter, chunk, log))
        });
        deletions.chain(chunks)
    }
}

/// Log probabilities of each letter's chunks, out of counts.
///
/// A letter seldom seen leans on what is always likely: itself, and the letters under its marks.
pub fn log_probabilities(counts: &EmissionCounts) -> Vec<(u8, Chunk, f32)> {
    /// How many readings the smoothing is worth.
    const PRIOR: f32 = 4.0;
    /// Rarer than this is not worth keeping.
    const LEAST: f32 = 2e-5;
    let mut by_letter: Vec<Vec<(Chunk, f32)>> = vec![Vec::new(); ALL_LETTERS];
    for (letter, chunk, count) in counts.sorted() {
        by_letter[letter as usize].push((chunk, count));
    }
    let mut all = Vec::new();
    for (letter, seen) in (0u8..).zip(&by_letter) {
        let total: f32 = seen.iter().map(|(_, n)| n).sum();
        for &(chunk, count) in seen {
            let p = count / (total + PRIOR);
            if p > LEAST {
                all.push((letter, chunk, p.ln()));
            }
        }
    }
    all
}

/// Scores and counts the ways a scanner turns letters into symbols.
#[derive(Debug, Default)]
pub struct Aligner {
    forward: Vec<f32>,
    backward: Vec<f32>,
    emission: Vec<f32>,
}

impl Aligner {
    /// Adds to `counts` what each letter was expectedly read as, `weight` times; returns the log likelihood.
    pub fn count(
        &mut self,
        channel: &Channel,
        word: &[u8],
        symbols: &[u8],
        weight: f32,
        counts: &mut EmissionCounts,
    ) -> f32 {
        let (n, m) = (word.len(), symbols.len());
        let width = m + 1;
        let at = |i: usize, j: usize| i * width + j;
        self.fill(channel, word, symbols);
        let emission = |i: usize, j: usize, len: usize| self.emission[(i * width + j) * 4 + len];
        self.forward.clear();
        self.forward.resize((n + 1) * width, f32::NEG_INFINITY);
        self.backward.clear();
        self.backward.resize((n + 1) * width, f32::NEG_INFINITY);
        self.forward[0] = 0.0;
        for i in 0..n {
            for j in 0..=m {
                let f = self.forward[at(i, j)];
                if f == f32::NEG_INFINITY {
                    continue;
                }
                for len in 0..=LONGEST_CHUNK.min(m - j) {
                    let to = &mut self.forward[at(i + 1, j + len)];
                    *to = log_add(*to, f + emission(i, j, len));
                }
            }
        }
        let whole = self.forward[at(n, m)];
        if whole == f32::NEG_INFINITY {
            return whole;
        }
        self.backward[at(n, m)] = 0.0;
        for i in (0..n).rev() {
            for j in 0..=m {
                let mut b = f32::NEG_INFINITY;
                for len in 0..=LONGEST_CHUNK.min(m - j) {
                    b = log_add(b, emission(i, j, len) + self.backward[at(i + 1, j + len)]);
                }
                self.backward[at(i, j)] = b;
            }
        }
        for (i, &letter) in word.iter().enumerate() {
            for j in 0..=m {
                for len in 0..=LONGEST_CHUNK.min(m - j) {
                    let log = self.forward[at(i, j)] + emission(i, j, len) + self.backward[at(i + 1, j + len)] - whole;
                    if log > -7.0 {
                        counts.add(letter, chunk(&symbols[j..j + len]), weight * log.exp());
                    }
                }
            }
        }
        whole
    }

    /// Looks up every emission once.
    fn fill(&mut self, channel: &Channel, word: &[u8], symbols: &[u8]) {
        let (n, m) = (word.len(), symbols.len());
        let width = m + 1;
        self.emission.clear();
        self.emission.resize(n * width * 4, f32::NEG_INFINITY);
        for j in 0..=m {
            for len in 0..=LONGEST_CHUNK.min(m - j) {
                let emitters = channel.emitters(chunk(&symbols[j..j + len]));
                for (i, &letter) in word.iter().enumerate() {
                    let log = if len == 0 {
                        channel.deletion(letter)
                    } else {
                        emitters
                            .binary_search_by_key(&letter, |e| e.0)
                            .map_or(UNSEEN[len], |found| emitters[found].1)
                    };
                    self.emission[(i * width + j) * 4 + len] = log;
                }
            }
        }
    }
}

/// The log of the sum of two probabilities given as logs.
pub fn log_add(a: f32, b: f32) -> f32 {
    let (high, low) = if a > b { (a, b) } else { (b, a) };
    if low == f32::NEG_INFINITY || high - low > 16.0 {
        high
    } else {
        high + (low - high).exp().ln_1p()
    }
}

/// A channel to begin learning from: letters look like themselves, with fewer marks, in either case.
pub fn naive(symbols: &Symbols) -> Channel {
    let mut emissions = Vec::new();
    for letter in 0..ALL_LETTERS as u8 {
        for (&c, number) in symbols.chars().iter().zip(2u8..) {
            let p: f32 = match letters::letter(c) {
                Some(l) if l == letter => 0.45,
                Some(l) if letters::bare(l) == letters::bare(letter) && (l < LETTERS) == (letter < LETTERS) => 0.12,
                Some(l) if letters::bare(l) == letters::bare(letter) => 0.02,
                _ => 0.0012,
            };
            emissions.push((letter, u32::from(number), p.ln()));
        }
        emissions.push((letter, 0, -4.6));
    }
    Channel::new(emissions)
}

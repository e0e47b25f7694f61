//! The language model: how likely a word follows those before it.
//!
//! A trie of counts turned into probabilities: one sorted array a level. A word's children stand together, so a
//! look-up is a binary search in a short stretch; what is not found costs the context's back-off (S. Katz, Estimation
//! of probabilities from sparse data, 1987).

use super::wording::Lender;
use super::words::{BOUNDARY, Word};

/// The longest n-gram.
pub const ORDER: usize = 4;

/// How finely log probabilities are kept: steps of a twelfth.
pub const STEP: f32 = 1.0 / 12.0;

/// One level of the trie: all n-grams of one length, in order of their words.
#[derive(Debug, Clone, Default)]
pub struct Level {
    /// The last word of each n-gram.
    words: Vec<Word>,
    /// Where its children begin on the next level, and in the lowest byte its log probability after the words before
    /// it, in steps: what is asked together stands together. One more at the end.
    facts: Vec<u32>,
    /// What it costs not to be followed by a known word, in steps.
    backoffs: Vec<u8>,
}

/// The most n-grams of one length.
pub const MOST_GRAMS: usize = 1 << 24;

impl Level {
    /// Lays out n-grams: their last words, log probabilities and back-offs, and how many begin with each.
    ///
    /// All have the same length, and there are fewer than [`MOST_GRAMS`] of them and of what they count.
    pub fn new(words: Vec<Word>, logs: &[u8], backoffs: Vec<u8>, followers: impl Iterator<Item = u32>) -> Self {
        let mut facts = Vec::with_capacity(words.len() + 1);
        let mut children = 0u32;
        for (&log, followers) in logs.iter().zip(followers) {
            facts.push(children << 8 | u32::from(log));
            children += followers;
        }
        facts.push(children << 8);
        Self { words, facts, backoffs }
    }

    /// How many n-grams there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The last words, in order.
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    /// The log probability of an n-gram, in steps.
    pub fn log(&self, at: usize) -> u8 {
        self.facts[at] as u8
    }

    /// The back-offs, in steps.
    pub fn backoffs(&self) -> &[u8] {
        &self.backoffs
    }

    /// Where the n-grams stand on the next level that begin with the one at `at`.
    pub fn children(&self, at: usize) -> std::ops::Range<usize> {
        match self.facts.get(at..at + 2) {
            Some(pair) => (pair[0] >> 8) as usize..(pair[1] >> 8) as usize,
            None => 0..0,
        }
    }
}

/// The n-grams of the language.
#[derive(Debug, Clone, Default)]
pub struct Language {
    /// Those that others begin with: of one word, two, three.
    inner: [Level; ORDER - 1],
    /// The last words of the longest n-grams.
    words: Vec<Word>,
    /// The log probabilities of the longest n-grams, in steps.
    logs: Vec<u8>,
    /// Of words that many follow, which do.
    crowds: Vec<Option<Crowd>>,
}

/// The words that follow one, as a set of bits: most questions are answered by one look into memory.
#[derive(Debug, Clone, Default)]
struct Crowd {
    /// Sixty-four words each: which of them follow, and how many do before these.
    blocks: Vec<(u64, u32)>,
}

impl Crowd {
    fn new(followers: &[Word]) -> Self {
        let last = followers.last().copied().unwrap_or(0);
        let mut blocks = vec![(0, 0); last as usize / 64 + 1];
        for &word in followers {
            blocks[word as usize / 64].0 |= 1 << (word % 64);
        }
        let mut before = 0;
        for (bits, rank) in &mut blocks {
            *rank = before;
            before += u64::count_ones(*bits);
        }
        Self { blocks }
    }

    /// How many of them stand before `word`, if it is one of them.
    fn rank(&self, word: Word) -> Option<usize> {
        let &(bits, before) = self.blocks.get(word as usize / 64)?;
        let bit = 1u64 << (word % 64);
        (bits & bit != 0).then(|| (before + (bits & (bit - 1)).count_ones()) as usize)
    }
}

/// What of the words before still matters: the n-grams they are the beginning of.
///
/// `nodes[k]` is the place of the last `k + 1` words on level `k`; `len` of them are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Context {
    nodes: [u32; ORDER - 1],
    len: u8,
}

impl Context {
    /// The context at the beginning of a sentence.
    pub fn start() -> Self {
        let mut nodes = [0; ORDER - 1];
        nodes[0] = u32::from(BOUNDARY);
        Self { nodes, len: 1 }
    }

    /// A number equal for equal contexts.
    pub fn key(&self) -> u64 {
        u64::from(self.len) << 60 | u64::from(self.nodes[self.len as usize - 1])
    }
}

/// Pairs of words that were looked up, remembered: the same stand beside each other again and again.
#[derive(Debug)]
pub struct Pairs {
    /// By a hash.
    seen: Vec<Pair>,
    /// The first places that were taken.
    taken: Vec<u32>,
}

#[derive(Debug, Clone, Copy)]
struct Pair {
    /// Both words.
    key: u32,
    /// The place of its bigram.
    bigram: u32,
    /// The log probability of the second behind the first, in steps.
    steps: u32,
    /// What the wording of the folder and the document adds to its probability.
    lent: f32,
}

/// What a look at two words tells.
#[derive(Debug, Clone, Copy)]
pub struct Glance {
    word: Word,
    pair: Pair,
}

impl Glance {
    /// The log probability of the word behind the one before it.
    pub fn log(&self) -> f32 {
        let log = -(self.pair.steps as f32) * STEP;
        // Lent probabilities only add; at least the larger of both is right.
        if self.pair.lent == 0.0 {
            log
        } else {
            log.max(self.pair.lent.ln())
        }
    }
}

impl Pairs {
    const BITS: u32 = 14;
    /// So many places are forgotten one by one.
    const FEW: usize = 1 << 10;
    /// The place of a bigram that is not known.
    const NONE: u32 = u32::MAX;
    // No pair begins with such a word: nothing is found before it is looked up.
    const EMPTY: Pair = Pair {
        key: u32::MAX,
        bigram: Self::NONE,
        steps: 0,
        lent: 0.0,
    };

    /// Forgets what was looked up; little, where little was: a query is a few words.
    pub fn forget(&mut self) {
        if self.taken.len() < Self::FEW {
            self.taken
                .iter()
                .for_each(|&place| self.seen[place as usize] = Self::EMPTY);
        } else {
            self.seen.fill(Self::EMPTY);
        }
        self.taken.clear();
    }

    fn look_up(&mut self, language: &Language, lenders: [&Lender; 2], before: Word, word: Word) -> Pair {
        let key = u32::from(before) << 16 | u32::from(word);
        let place = key.wrapping_mul(0x9E37_79B1) >> (32 - Self::BITS);
        let seen = &mut self.seen[place as usize];
        if seen.key != key {
            let (bigram, steps) = match language.bigram(before, word) {
                Some(at) => (at as u32, u32::from(language.log(1, at))),
                None => {
                    let [unigrams, ..] = &language.inner;
                    let backoff = unigrams.backoffs[before as usize];
                    (Self::NONE, u32::from(backoff) + u32::from(unigrams.log(word as usize)))
                }
            };
            if self.taken.len() < Self::FEW {
                self.taken.push(place);
            }
            *seen = Pair {
                key,
                bigram,
                steps,
                lent: lenders.iter().map(|lender| lender.lent(before, word)).sum(),
            };
        }
        *seen
    }
}

impl Default for Pairs {
    fn default() -> Self {
        Self {
            seen: vec![Self::EMPTY; 1 << Self::BITS],
            taken: Vec::new(),
        }
    }
}

impl Language {
    /// A language of its n-grams: those that others begin with, and the longest with their log probabilities.
    pub fn new(inner: [Level; ORDER - 1], words: Vec<Word>, logs: Vec<u8>) -> Self {
        /// So many followers are worth a set of their own.
        const MANY: usize = 100;
        let crowd = |at| {
            let followers = inner[0].children(at);
            (followers.len() >= MANY).then(|| Crowd::new(&inner[1].words[followers]))
        };
        let crowds = (0..inner[0].len()).map(crowd).collect();
        Self {
            inner,
            words,
            logs,
            crowds,
        }
    }

    /// The n-grams that others begin with, by length.
    pub fn inner(&self) -> &[Level] {
        &self.inner
    }

    /// The last words of the longest n-grams, and their log probabilities in steps.
    pub fn longest(&self) -> (&[Word], &[u8]) {
        (&self.words, &self.logs)
    }

    /// How many n-grams there are of each length.
    pub fn sizes(&self) -> Vec<usize> {
        let inner = self.inner.iter().map(Level::len);
        inner.chain([self.words.len()]).collect()
    }

    /// The log probability of `word` by itself.
    pub fn unigram(&self, word: Word) -> f32 {
        -f32::from(self.inner[0].log(word as usize)) * STEP
    }

    /// The log probability of `word` behind `before` alone.
    pub fn pair(&self, before: Word, word: Word) -> f32 {
        self.pair_at(before, word, self.bigram(before, word))
    }

    /// The log probabilities of words behind those before them: all are looked up before the first is asked for, so
    /// that none waits for the memory alone.
    pub fn pairs(&self, pairs: impl Iterator<Item = (Word, Word)>) -> Vec<f32> {
        let found: Vec<_> = pairs
            .map(|(before, word)| (before, word, self.bigram(before, word)))
            .collect();
        let log = |(before, word, bigram)| self.pair_at(before, word, bigram);
        found.into_iter().map(log).collect()
    }

    fn pair_at(&self, before: Word, word: Word, bigram: Option<usize>) -> f32 {
        let steps = match bigram {
            Some(bigram) => u32::from(self.inner[1].log(bigram)),
            None => u32::from(self.inner[0].backoffs[before as usize]) + u32::from(self.inner[0].log(word as usize)),
        };
        -(steps as f32) * STEP
    }

    /// What is known of `word` behind the last word of `context` alone, with what is lent to it.
    pub fn glance(&self, lenders: [&Lender; 2], pairs: &mut Pairs, context: &Context, word: Word) -> Glance {
        let pair = pairs.look_up(self, lenders, context.nodes[0] as Word, word);
        Glance { word, pair }
    }

    /// The log probability of the word of a glance after the whole `context`, and the context behind it.
    pub fn follow(&self, context: &Context, glance: Glance) -> (f32, Context) {
        let Glance { word, pair } = glance;
        let mut nodes = [0u32; ORDER - 1];
        nodes[0] = u32::from(word);
        let mut len = 1;
        if pair.bigram != Pairs::NONE {
            nodes[1] = pair.bigram;
            if !self.inner[1].children(pair.bigram as usize).is_empty() {
                len = 2;
            }
        }
        // From the longest context down: the first that knows the word tells, those that do not cost their back-off.
        let mut told = None;
        let mut unknown = 0;
        for k in (1..context.len as usize).rev() {
            let node = context.nodes[k] as usize;
            let Some(child) = self.child(k, node, word) else {
                unknown += u32::from(self.inner[k].backoffs[node]);
                continue;
            };
            told = told.or(Some(unknown + u32::from(self.log(k + 1, child))));
            if let Some(level) = self.inner.get(k + 1) {
                nodes[k + 1] = child as u32;
                if !level.children(child).is_empty() {
                    len = len.max(k + 2);
                }
            }
        }
        let log = -(told.unwrap_or(unknown + pair.steps) as f32) * STEP;
        let context = Context { nodes, len: len as u8 };
        if pair.lent == 0.0 {
            return (log, context);
        }
        ((log.exp() + pair.lent).ln(), context)
    }

    /// The log probability, in steps, of an n-gram of `level + 1` words.
    fn log(&self, level: usize, at: usize) -> u8 {
        match self.inner.get(level) {
            Some(level) => level.log(at),
            None => self.logs[at],
        }
    }

    /// The place of the bigram of two words.
    fn bigram(&self, before: Word, word: Word) -> Option<usize> {
        match self.crowds.get(before as usize) {
            Some(Some(crowd)) => Some(self.inner[0].children(before as usize).start + crowd.rank(word)?),
            _ => self.child(0, before as usize, word),
        }
    }

    /// The place on the next level of the n-gram at `node`, `word` added.
    fn child(&self, level: usize, node: usize, word: Word) -> Option<usize> {
        let children = self.inner[level].children(node);
        let words = self.inner.get(level + 1).map_or(&self.words, |level| &level.words);
        let start = children.start;
        words[children].binary_search(&word).ok().map(|found| start + found)
    }
}

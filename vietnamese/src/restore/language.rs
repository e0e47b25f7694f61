//! The language model: how likely a word follows those before it.
//!
//! A trie of counts turned into probabilities: one sorted array a level. A word's children stand together,
//! so a look-up is a binary search in a short stretch; what is not found costs the context's back-off.

use super::words::{BOUNDARY, Word};

/// The longest n-gram.
pub const ORDER: usize = 4;

/// How finely log probabilities are kept: steps of a twelfth.
pub const STEP: f32 = 1.0 / 12.0;

/// One level of the trie: all n-grams of one length, in order of their words.
#[derive(Debug, Clone, Default)]
pub struct Level {
    /// The last word of each n-gram.
    pub words: Vec<u16>,
    /// Its log probability after the words before it, in steps.
    pub logs: Vec<u8>,
    /// What it costs not to be followed by a known word, in steps; empty on the last level.
    pub backoffs: Vec<u8>,
    /// Where its children begin on the next level, with one more at the end; empty on the last level.
    pub children: Vec<u32>,
}

/// The n-grams of the language.
#[derive(Debug, Clone, Default)]
pub struct Language {
    /// Levels of one word, two, and so on.
    pub levels: Vec<Level>,
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

impl Language {
    /// How many n-grams there are of each length.
    pub fn sizes(&self) -> Vec<usize> {
        self.levels.iter().map(|level| level.words.len()).collect()
    }

    /// The log probability of `word` by itself.
    pub fn unigram(&self, word: Word) -> f32 {
        -f32::from(self.levels[0].logs[word as usize]) * STEP
    }

    /// The log probability of `word` after `context`, and the context behind it.
    pub fn follow(&self, context: &Context, word: Word) -> (f32, Context) {
        let mut log = 0.0;
        let mut found = false;
        let mut nodes = [0u32; ORDER - 1];
        let mut len = 0;
        for k in (0..context.len as usize).rev() {
            let node = context.nodes[k] as usize;
            if let Some(child) = self.child(k, node, word) {
                if !found {
                    log -= f32::from(self.levels[k + 1].logs[child]) * STEP;
                    found = true;
                }
                if k + 1 < ORDER - 1 {
                    nodes[k + 1] = child as u32;
                    if len == 0 && self.has_children(k + 1, child) {
                        len = k + 2;
                    }
                }
            } else if !found {
                log -= f32::from(self.levels[k].backoffs[node]) * STEP;
            }
        }
        if !found {
            log += self.unigram(word);
        }
        nodes[0] = u32::from(word);
        (
            log,
            Context {
                nodes,
                len: len.max(1) as u8,
            },
        )
    }

    /// Whether anything is known to follow the n-gram at `node`.
    fn has_children(&self, level: usize, node: usize) -> bool {
        self.levels[level]
            .children
            .get(node..node + 2)
            .is_some_and(|pair| pair[0] < pair[1])
    }

    /// The place on the next level of the n-gram at `node`, `word` added.
    fn child(&self, level: usize, node: usize, word: Word) -> Option<usize> {
        let children = &self.levels[level].children;
        let (start, end) = (*children.get(node)? as usize, *children.get(node + 1)? as usize);
        let words = &self.levels.get(level + 1)?.words[start..end];
        words.binary_search(&word).ok().map(|found| start + found)
    }
}

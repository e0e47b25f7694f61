//! Which words a scanned token may be: a search through all spellings at once.

use super::channel::{Channel, LONGEST_CHUNK, UNSEEN, chunk};
use super::letters::{self, ALL_LETTERS, LETTERS};
use super::words::{Case, Vocabulary, Word};

/// The longest token that is read as one syllable, in characters.
pub const LONGEST_TOKEN: usize = 14;

/// A word that a token may be, and the log probability that the scanner wrote the token for it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    /// The word.
    pub word: Word,
    /// The channel's log probability.
    pub channel: f32,
}

/// All spellings as a trie, in preorder.
#[derive(Debug, Clone, Default)]
pub struct Spellings {
    nodes: Vec<Node>,
    /// Where the capital spellings (abbreviations, numerals) begin.
    capitals: usize,
    /// How common the commonest word is.
    commonest: f32,
}

#[derive(Debug, Clone, Copy)]
struct Node {
    letter: u8,
    depth: u8,
    word: Word,
    /// The node after the last one below this.
    skip: u32,
    /// How common its word is, as far as that weighs in a search.
    prior: f32,
    /// How common the commonest word here and below is.
    commonest: f32,
}

/// How much a word's frequency weighs in the search for candidates.
const FREQUENCY: f32 = 0.6;

impl Spellings {
    /// Builds the trie of a vocabulary; words with other characters than letters are left out.
    pub fn new(vocabulary: &Vocabulary, unigram: impl Fn(Word) -> f32) -> Self {
        let mut small = Vec::new();
        let mut capital = Vec::new();
        for (word, spelling) in vocabulary.spelled() {
            let Some(letters) = spell(spelling) else { continue };
            if letters.iter().any(|&l| l >= LETTERS) {
                capital.push((letters, word));
            } else {
                small.push((letters, word));
            }
        }
        let mut nodes = Vec::new();
        grow(&mut nodes, &mut small);
        let capitals = nodes.len();
        grow(&mut nodes, &mut capital);
        for at in (0..nodes.len()).rev() {
            let Node { word, skip, .. } = nodes[at];
            let prior = if word == 0 {
                f32::NEG_INFINITY
            } else {
                FREQUENCY * unigram(word)
            };
            let mut commonest = prior;
            let mut child = at + 1;
            while child < skip as usize {
                commonest = commonest.max(nodes[child].commonest);
                child = nodes[child].skip as usize;
            }
            (nodes[at].prior, nodes[at].commonest) = (prior, commonest);
        }
        let commonest = nodes.iter().map(|n| n.prior).fold(f32::NEG_INFINITY, f32::max);
        Self {
            nodes,
            capitals,
            commonest,
        }
    }
}

/// The letters of a spelling, or none if it has other characters.
pub fn spell(spelling: &str) -> Option<Vec<u8>> {
    spelling.chars().map(letters::letter).collect()
}

fn grow(nodes: &mut Vec<Node>, words: &mut [(Vec<u8>, Word)]) {
    words.sort();
    let mut open: Vec<usize> = Vec::new();
    let mut path: Vec<u8> = Vec::new();
    for (spelling, word) in words.iter() {
        let shared = path.iter().zip(spelling).take_while(|(a, b)| a == b).count();
        close(nodes, &mut open, shared);
        path.truncate(shared);
        for &letter in &spelling[shared..] {
            path.push(letter);
            open.push(nodes.len());
            nodes.push(Node {
                letter,
                depth: path.len() as u8,
                word: 0,
                skip: 0,
                prior: 0.0,
                commonest: 0.0,
            });
        }
        if let Some(&last) = open.last() {
            nodes[last].word = *word;
        }
    }
    close(nodes, &mut open, 0);
}

fn close(nodes: &mut [Node], open: &mut Vec<usize>, keep: usize) {
    let end = nodes.len() as u32;
    for node in open.drain(keep..) {
        nodes[node].skip = end;
    }
}

/// Searches the spellings for what a token may be; keeps its buffers between searches.
#[derive(Debug, Default)]
pub struct Finder {
    emission: Vec<f32>,
    rows: Vec<f32>,
    optimistic: Vec<f32>,
    /// The best that is to be hoped for when a letter is read from a place on.
    promise: Vec<f32>,
    found: Vec<(f32, Candidate)>,
}

/// What a search is for.
#[derive(Debug, Clone, Copy)]
pub struct Search {
    /// How the token's letters are cased.
    pub case: Case,
    /// How far, in log probability, a candidate may be behind the best.
    pub beam: f32,
    /// The most candidates wanted.
    pub most: usize,
    /// Whether only good candidates are wanted: none at all is a fair answer.
    pub narrow: bool,
}

impl Finder {
    /// The words that `symbols` may be, best first by channel and frequency.
    pub fn find(
        &mut self,
        spellings: &Spellings,
        channel: &Channel,
        symbols: &[u8],
        search: Search,
    ) -> &[(f32, Candidate)] {
        /// How far below hope the best is looked for, step by step: a short walk nearly always finds it.
        const REACHES: [f32; 3] = [4.5, 9.0, 15.0];
        self.found.clear();
        let n = symbols.len();
        if n == 0 || n > LONGEST_TOKEN {
            return &self.found;
        }
        self.fill(channel, symbols);
        let hope = self.optimistic[0] + spellings.commonest;
        let reaches = if search.narrow { &REACHES[..2] } else { &REACHES[..] };
        for &reach in reaches {
            self.walk(spellings, channel, n, search, hope - reach);
            let best = self.found.iter().map(|f| f.0).fold(f32::NEG_INFINITY, f32::max);
            if best == f32::NEG_INFINITY {
                continue;
            }
            // Only now it is known how far down the rest may stand.
            if best - search.beam < hope - reach {
                self.found.clear();
                self.walk(spellings, channel, n, search, best - search.beam);
            }
            break;
        }
        self.found
            .sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.word.cmp(&b.1.word)));
        let best = self.found.first().map_or(0.0, |f| f.0);
        let keep = self
            .found
            .iter()
            .take(search.most)
            .take_while(|f| f.0 > best - search.beam)
            .count();
        self.found.truncate(keep);
        &self.found
    }

    /// Looks up every emission of every stretch of the token, and the best that is to be hoped for from each place on.
    fn fill(&mut self, channel: &Channel, symbols: &[u8]) {
        let n = symbols.len();
        self.emission
            .resize((LONGEST_TOKEN + 1) * LONGEST_CHUNK * ALL_LETTERS, f32::NEG_INFINITY);
        self.optimistic.clear();
        self.optimistic.resize(n + 1, f32::NEG_INFINITY);
        self.optimistic[n] = 0.0;
        for start in (0..n).rev() {
            for len in 1..=LONGEST_CHUNK.min(n - start) {
                let row = &mut self.emission[(start * LONGEST_CHUNK + len - 1) * ALL_LETTERS..][..ALL_LETTERS];
                row.fill(UNSEEN[len]);
                let mut best = UNSEEN[len];
                for &(letter, log) in channel.emitters(chunk(&symbols[start..start + len])) {
                    row[letter as usize] = log;
                    best = best.max(log);
                }
                self.optimistic[start] = self.optimistic[start].max(best + self.optimistic[start + len]);
            }
        }
        self.promise
            .resize((LONGEST_TOKEN + 1) * ALL_LETTERS, f32::NEG_INFINITY);
        for start in 0..=n {
            let promise = &mut self.promise[start * ALL_LETTERS..][..ALL_LETTERS];
            for (promise, &deletion) in promise.iter_mut().zip(channel.deletions()) {
                *promise = deletion + self.optimistic[start];
            }
            for len in 1..=LONGEST_CHUNK.min(n - start) {
                let rest = self.optimistic[start + len];
                let row = &self.emission[(start * LONGEST_CHUNK + len - 1) * ALL_LETTERS..][..ALL_LETTERS];
                for (promise, &emission) in promise.iter_mut().zip(row) {
                    *promise = promise.max(emission + rest);
                }
            }
        }
    }

    /// Walks the trie from the first letter on; whole branches that cannot come within reach are skipped.
    fn walk(&mut self, spellings: &Spellings, channel: &Channel, n: usize, search: Search, floor: f32) {
        const DEEPEST: usize = LONGEST_TOKEN * 2;
        const WIDTH: usize = LONGEST_TOKEN + 1;
        self.rows.resize((DEEPEST + 2) * WIDTH, f32::NEG_INFINITY);
        // Of each row only the places that can still come within reach are kept: from the first to behind the last.
        let mut live = [(0usize, 0usize); DEEPEST + 2];
        self.rows[0] = 0.0;
        live[0] = (0, 1);
        let whole_trie = search.case != Case::Lower || n <= 3;
        let to = if whole_trie {
            spellings.nodes.len()
        } else {
            spellings.capitals
        };
        let mut at = 0;
        let mut floor = floor;
        while at < to {
            let node = spellings.nodes[at];
            let depth = node.depth as usize;
            let (first, behind) = live[depth.min(DEEPEST + 1) - 1];
            if depth > DEEPEST || first == behind {
                at = node.skip as usize;
                continue;
            }
            let letter = match search.case {
                _ if node.letter >= LETTERS => node.letter,
                Case::Upper => node.letter + LETTERS,
                Case::Title if depth == 1 => node.letter + LETTERS,
                _ => node.letter,
            };
            let (above, below) = self.rows.split_at_mut(depth * WIDTH);
            let above = &above[(depth - 1) * WIDTH..];
            let least = floor - node.commonest;
            let promising = |j: usize| above[j] + self.promise[j * ALL_LETTERS + letter as usize] >= least;
            if !(first..behind).any(promising) {
                at = node.skip as usize;
                continue;
            }
            let last = (behind - 1 + LONGEST_CHUNK).min(n);
            let below = &mut below[..=last];
            below[first..].fill(f32::NEG_INFINITY);
            let deletion = channel.deletion(letter);
            for j in first..behind {
                let from = above[j];
                below[j] = below[j].max(from + deletion);
                let emission = &self.emission[j * LONGEST_CHUNK * ALL_LETTERS + letter as usize..];
                for len in 1..=LONGEST_CHUNK.min(n - j) {
                    let reached = &mut below[j + len];
                    *reached = reached.max(from + emission[(len - 1) * ALL_LETTERS]);
                }
            }
            let alive = |j: &usize| below[*j] + self.optimistic[*j] >= least;
            let Some(new_first) = (first..=last).find(alive) else {
                at = node.skip as usize;
                continue;
            };
            let new_behind = (new_first..=last).rfind(alive).map_or(new_first, |j| j + 1);
            live[depth] = (new_first, new_behind);
            if node.word != 0 && new_behind == n + 1 {
                let score = below[n] + node.prior;
                if score > floor {
                    self.found.push((
                        score,
                        Candidate {
                            word: node.word,
                            channel: below[n],
                        },
                    ));
                    floor = floor.max(score - search.beam);
                }
            }
            at += 1;
        }
    }
}

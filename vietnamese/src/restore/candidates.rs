//! Which words a scanned token may be: a search through all spellings at once.

use std::ops::Range;

use super::channel::{Channel, LONGEST_CHUNK, UNSEEN, chunk};
use super::letters::{ALL_LETTERS, LETTERS};
use super::spellings::{CAPITALS, Children, FAMILIES, FAMILY, Node, Spellings};
use super::words::{Case, Word};

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

/// Searches the spellings for what a token may be; keeps its buffers between searches.
#[derive(Debug, Default)]
pub struct Finder {
    /// Of tokens of up to seven symbols, and of longer ones.
    short: Table<8>,
    long: Table<16>,
    found: Vec<(f32, Candidate)>,
}

/// A number for each place of a token: before its first symbol, and behind each. `W` is wider than the longest token, so
/// that all places are reckoned at once.
type Places<const W: usize> = [f32; W];

/// What may come of one letter.
#[derive(Debug, Clone, Copy)]
struct Cells<const W: usize> {
    /// The log probability that it was read as the one, two, three symbols that end at a place.
    ending: [Places<W>; LONGEST_CHUNK],
    /// The best that is to be hoped for when it is read from a place on, whatever it was read as.
    promise: Places<W>,
}

/// What may come of every letter, for one token.
#[derive(Debug)]
struct Table<const W: usize> {
    cells: Vec<Cells<W>>,
    /// The best promise among the letters of each family.
    families: Vec<Places<W>>,
    /// The best that is to be hoped for from each place on.
    optimistic: Places<W>,
}

impl<const W: usize> Default for Table<W> {
    fn default() -> Self {
        Self {
            cells: Vec::new(),
            families: Vec::new(),
            optimistic: [NEVER; W],
        }
    }
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

impl Search {
    /// Whether words in capitals are looked for too: in small letters they are hardly scanned but short ones.
    fn is_for_capitals(&self, n: usize) -> bool {
        self.case != Case::Lower || n <= 3
    }

    /// The letters that words set like this are written with.
    fn letters(&self, n: usize) -> Range<usize> {
        let small = usize::from(LETTERS);
        match self.case {
            Case::Upper => small..ALL_LETTERS,
            _ if self.is_for_capitals(n) => 0..ALL_LETTERS,
            _ => 0..small,
        }
    }
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
        self.found.clear();
        let n = symbols.len();
        if n == 0 || n > LONGEST_TOKEN {
            return &self.found;
        }
        let letters = search.letters(n);
        if n < 8 {
            self.short.fill(channel, symbols, letters);
            self.short.search(spellings, channel, n, search, &mut self.found);
        } else {
            self.long.fill(channel, symbols, letters);
            self.long.search(spellings, channel, n, search, &mut self.found);
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
}

impl<const W: usize> Table<W> {
    /// Looks up every emission of every stretch of the token, and the best that is to be hoped for from each place on.
    ///
    /// Of letters that the search does not ask for nothing is reckoned.
    fn fill(&mut self, channel: &Channel, symbols: &[u8], asked: Range<usize>) {
        let n = symbols.len();
        let unseen = |len: usize| std::array::from_fn(|end| if (len..=n).contains(&end) { UNSEEN[len] } else { NEVER });
        let nothing = Cells {
            ending: [unseen(1), unseen(2), unseen(3)],
            promise: [NEVER; W],
        };
        self.cells.resize(ALL_LETTERS, nothing);
        self.cells[asked.clone()].fill(nothing);
        self.optimistic = [NEVER; W];
        self.optimistic[n] = 0.0;
        for start in (0..n).rev() {
            for len in 1..=LONGEST_CHUNK.min(n - start) {
                let mut best = UNSEEN[len];
                for &(letter, log) in channel.emitters(chunk(&symbols[start..start + len])) {
                    self.cells[letter as usize].ending[len - 1][start + len] = log;
                    best = best.max(log);
                }
                self.optimistic[start] = self.optimistic[start].max(best + self.optimistic[start + len]);
            }
        }
        self.families.clear();
        self.families.resize(FAMILIES, [NEVER; W]);
        let optimistic = self.optimistic;
        for letter in asked {
            let cells = &mut self.cells[letter];
            let deletion = channel.deletion(letter as u8);
            let mut promise = optimistic.map(|rest| deletion + rest);
            for (len, ending) in (1..).zip(&cells.ending) {
                let ahead: Places<W> = std::array::from_fn(|end| ending[end] + optimistic[end]);
                for start in 0..W - len {
                    promise[start] = larger(promise[start], ahead[start + len]);
                }
            }
            cells.promise = promise;
            let family = &mut self.families[FAMILY[letter] as usize];
            *family = std::array::from_fn(|place| larger(family[place], promise[place]));
        }
    }

    /// Finds at least the best words there are, as many as are wanted; others may be among them.
    fn search(
        &self,
        spellings: &Spellings,
        channel: &Channel,
        n: usize,
        search: Search,
        found: &mut Vec<(f32, Candidate)>,
    ) {
        /// How far below hope the best is looked for at most.
        const FARTHEST: f32 = 15.0;
        /// The same where only a good one is wanted.
        const FAR: f32 = 9.0;
        /// How far is looked first, and how much farther each time: few walks, and none much too long.
        const FIRST: f32 = 6.0;
        const STEP: f32 = 3.0;
        let hope = self.optimistic[0] + spellings.commonest;
        let farthest = hope - if search.narrow { FAR } else { FARTHEST };
        let mut floor = hope - FIRST;
        loop {
            found.clear();
            let mut walk = Walk {
                spellings,
                deletions: channel.deletions(),
                cells: &self.cells,
                families: &self.families,
                optimistic: self.optimistic,
                found,
                n,
                search,
                floor,
            };
            let mut start = [NEVER; W];
            start[0] = 0.0;
            walk.below(spellings.roots[0], &start, 1);
            if search.is_for_capitals(n) {
                walk.below(spellings.roots[1], &start, 1);
            }
            let best = found.iter().map(|f| f.0).fold(NEVER, f32::max);
            let least = if found.is_empty() { farthest } else { best - search.beam };
            if found.len() >= search.most || floor <= least {
                break;
            }
            floor = least.max(floor - STEP);
        }
    }
}

/// The log probability of what cannot be.
const NEVER: f32 = f32::NEG_INFINITY;

/// The larger of two numbers that are never NaN; compiles to one instruction for many places.
fn larger(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

/// The least score among the `most` best of what was found; nothing where fewer were.
fn least_of_best(found: &mut [(f32, Candidate)], most: usize) -> f32 {
    if most == 0 || found.len() < most {
        return f32::NEG_INFINITY;
    }
    found.select_nth_unstable_by(most - 1, |a, b| b.0.total_cmp(&a.0)).1.0
}

/// One walk through the trie; branches that cannot come within reach are skipped.
struct Walk<'a, const W: usize> {
    spellings: &'a Spellings,
    deletions: &'a [f32],
    cells: &'a [Cells<W>],
    families: &'a [Places<W>],
    optimistic: Places<W>,
    found: &'a mut Vec<(f32, Candidate)>,
    n: usize,
    search: Search,
    /// What scores less is not wanted.
    floor: f32,
}

impl<const W: usize> Walk<'_, W> {
    /// Walks the children of a node whose letters explain the token up to each place as well as `above` tells.
    fn below(&mut self, children: Children, above: &Places<W>, depth: usize) {
        let capitals = match self.search.case {
            Case::Upper => true,
            Case::Title => depth == 1,
            Case::Lower => false,
        };
        let nodes = self.spellings.children(children);
        let mut at = 0;
        let mut family_behind = 0;
        while let Some(node) = nodes.get(at) {
            if at >= family_behind && node.relatives > 1 {
                family_behind = at + node.relatives as usize;
                let family = usize::from(
                    node.family
                        + if capitals && node.family < CAPITALS {
                            CAPITALS
                        } else {
                            0
                        },
                );
                if !reaches(above, &self.families[family], self.floor - node.family_commonest) {
                    at = family_behind;
                    continue;
                }
            }
            at += 1;
            let letter = usize::from(node.letter + if capitals && node.letter < LETTERS { LETTERS } else { 0 });
            let least = self.floor - node.commonest;
            if !reaches(above, &self.cells[letter].promise, least) {
                continue;
            }
            let places = self.step(letter, above);
            if node.word != 0 {
                self.take(node, places[self.n]);
            }
            if node.children.first < node.children.behind && reaches(&places, &self.optimistic, least) {
                self.below(node.children, &places, depth + 1);
            }
        }
    }

    /// How well the token is explained with one letter more.
    fn step(&self, letter: usize, above: &Places<W>) -> Places<W> {
        let Cells { ending, .. } = &self.cells[letter];
        let deletion = self.deletions[letter];
        let mut places = above.map(|score| score + deletion);
        for (len, ending) in (1..).zip(ending) {
            for ((place, from), emission) in places[len..].iter_mut().zip(above).zip(&ending[len..]) {
                *place = larger(*place, from + emission);
            }
        }
        places
    }

    /// Keeps a word whose letters explain the whole token.
    fn take(&mut self, node: &Node, channel: f32) {
        let score = channel + node.prior;
        if score <= self.floor {
            return;
        }
        let candidate = Candidate {
            word: node.word,
            channel,
        };
        self.found.push((score, candidate));
        self.floor = self.floor.max(score - self.search.beam);
        if self.found.len() >= 2 * self.search.most {
            self.floor = self.floor.max(least_of_best(self.found, self.search.most));
            self.found.truncate(self.search.most);
        }
    }
}

/// Whether from any place on what is promised comes up to `least`.
fn reaches<const W: usize>(scores: &Places<W>, promises: &Places<W>, least: f32) -> bool {
    let mut any = false;
    for (score, promise) in scores.iter().zip(promises) {
        any |= score + promise >= least;
    }
    any
}

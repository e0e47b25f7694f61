//! Which words a scanned token may be: a search through all spellings at once.

use std::ops::Range;
use std::sync::LazyLock;

use super::channel::{Channel, LONGEST_CHUNK, UNSEEN, chunk};
use super::letters::{self, ALL_LETTERS, LETTERS};
use super::words::{Case, Vocabulary, Word};

/// The longest token that is read as one syllable, in characters.
pub const LONGEST_TOKEN: usize = 14;

/// The longest spelling that is looked for, in letters.
const LONGEST_SPELLING: usize = 24;

/// A word that a token may be, and the log probability that the scanner wrote the token for it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    /// The word.
    pub word: Word,
    /// The channel's log probability.
    pub channel: f32,
}

/// All spellings as a trie; the children of a node stand together, those of one family (`a`, `ă`, `ấ`, …) side by side.
#[derive(Debug, Clone, Default)]
pub struct Spellings {
    nodes: Vec<Node>,
    /// The children of the empty spelling: of words in small letters, and of words in capitals (abbreviations, numerals).
    roots: [Children; 2],
    /// How common the commonest word is.
    commonest: f32,
}

#[derive(Debug, Clone, Copy, Default)]
struct Children {
    first: u32,
    behind: u32,
}

#[derive(Debug, Clone, Copy)]
struct Node {
    letter: u8,
    /// See [`family`].
    family: u8,
    /// How many siblings from here on are of the same family.
    relatives: u8,
    word: Word,
    children: Children,
    /// How common its word is, as far as that weighs in a search.
    prior: f32,
    /// How common the commonest word here and below is.
    commonest: f32,
    /// The same of all relatives from here on.
    family_commonest: f32,
}

/// How many families of letters there are: small ones, and from [`CAPITALS`] on capitals.
const FAMILIES: usize = 52;
/// The first family of capitals.
const CAPITALS: u8 = 26;

/// The family of a letter: the ASCII letter under its marks, small or capital, numbered.
fn family(letter: u8) -> u8 {
    letters::bare(letter) - b'a' + if letter < LETTERS { 0 } else { CAPITALS }
}

/// The family of every letter.
static FAMILY: LazyLock<[u8; ALL_LETTERS]> = LazyLock::new(|| std::array::from_fn(|letter| family(letter as u8)));

/// How much a word's frequency weighs in the search for candidates.
const FREQUENCY: f32 = 0.6;

impl Spellings {
    /// Builds the trie of a vocabulary; words with other characters than letters are left out.
    pub fn new(vocabulary: &Vocabulary, unigram: impl Fn(Word) -> f32) -> Self {
        let mut small = Vec::new();
        let mut capital = Vec::new();
        for (word, spelling) in vocabulary.spelled() {
            let Some(letters) = spell(spelling).filter(|l| !l.is_empty() && l.len() <= LONGEST_SPELLING) else {
                continue;
            };
            let prior = FREQUENCY * unigram(word);
            if letters.iter().any(|&l| l >= LETTERS) {
                capital.push((letters, word, prior));
            } else {
                small.push((letters, word, prior));
            }
        }
        small.sort_by(|a, b| a.0.cmp(&b.0));
        capital.sort_by(|a, b| a.0.cmp(&b.0));
        let mut nodes = Vec::new();
        let roots = [grow(&mut nodes, &small, 0), grow(&mut nodes, &capital, 0)];
        let commonest = nodes.iter().map(|n| n.prior).fold(f32::NEG_INFINITY, f32::max);
        Self {
            nodes,
            roots,
            commonest,
        }
    }

    fn children(&self, children: Children) -> &[Node] {
        &self.nodes[children.first as usize..children.behind as usize]
    }
}

/// The letters of a spelling, or none if it has other characters.
pub fn spell(spelling: &str) -> Option<Vec<u8>> {
    spelling.chars().map(letters::letter).collect()
}

/// The letters of a word, the word, and how common it is.
type Spelled = (Vec<u8>, Word, f32);

/// Adds the nodes of sorted spellings that share their first `depth` letters; gives where the children stand.
fn grow(nodes: &mut Vec<Node>, words: &[Spelled], depth: usize) -> Children {
    let mut groups: Vec<(f32, &[Spelled])> = words
        .chunk_by(|a, b| a.0.get(depth) == b.0.get(depth))
        .filter(|group| group[0].0.len() > depth)
        .map(|group| (group.iter().map(|w| w.2).fold(f32::NEG_INFINITY, f32::max), group))
        .collect();
    groups.sort_by(|a, b| {
        let kin = |group: &[Spelled]| family(group[0].0[depth]);
        kin(a.1).cmp(&kin(b.1)).then(b.0.total_cmp(&a.0))
    });
    let first = nodes.len();
    for &(commonest, group) in &groups {
        let own = group.iter().find(|w| w.0.len() == depth + 1);
        nodes.push(Node {
            letter: group[0].0[depth],
            family: family(group[0].0[depth]),
            relatives: 1,
            word: own.map_or(0, |w| w.1),
            children: Children::default(),
            prior: own.map_or(f32::NEG_INFINITY, |w| w.2),
            commonest,
            family_commonest: commonest,
        });
    }
    let behind = nodes.len();
    for at in (first..behind.max(first + 1) - 1).rev() {
        let next = nodes[at + 1];
        if nodes[at].family == next.family {
            nodes[at].relatives = next.relatives + 1;
            nodes[at].family_commonest = nodes[at].commonest.max(next.family_commonest);
        }
    }
    for (at, (_, group)) in (first..behind).zip(groups) {
        nodes[at].children = grow(nodes, group, depth + 1);
    }
    Children {
        first: first as u32,
        behind: behind as u32,
    }
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

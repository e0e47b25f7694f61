//! All words of the vocabulary by their letters.

use std::ops::Range;
use std::sync::LazyLock;

use super::candidates::{LOST, Loss, loss};
use super::letters::{self, ALL_LETTERS, LETTERS};
use super::words::{Vocabulary, Word};

/// The longest spelling that is looked for, in letters.
const LONGEST_SPELLING: usize = 24;

/// All spellings as a trie; the children of a node stand together by families (`a`, `ă`, `ấ`, …).
#[derive(Debug, Clone, Default)]
pub struct Spellings {
    nodes: Vec<Node>,
    families: Vec<Family>,
    /// The children of the empty spelling: of words in small letters, and of words in capitals (abbreviations, numerals).
    pub(super) roots: [Span; 2],
    /// How common the commonest word is.
    pub(super) commonest: f32,
}

/// A stretch of families, or of the members of one: where it begins, and in the lowest byte how many there are.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Span(u32);

impl Span {
    /// None is longer than the number of letters, and there are fewer than 2^24 nodes.
    fn new(first: usize, count: usize) -> Self {
        Self((first as u32) << 8 | count as u32)
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.0 & 0xFF == 0
    }

    fn range(self) -> Range<usize> {
        let first = (self.0 >> 8) as usize;
        first..first + (self.0 & 0xFF) as usize
    }
}

/// The children of a node that are of one family.
#[derive(Debug, Clone, Copy)]
pub(super) struct Family {
    /// See [`family`].
    pub family: u8,
    /// The children, the commonest first.
    members: Span,
    /// How common the commonest word below them is.
    pub commonest: Loss,
}

/// A letter behind those above it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    pub letter: u8,
    pub word: Word,
    /// The families of its children.
    pub below: Span,
    /// How common its word is, as far as that weighs in a search.
    pub prior: Loss,
    /// How common the commonest word here and below is.
    pub commonest: Loss,
}

/// How many families of letters there are: small ones, and from [`CAPITALS`] on capitals.
pub(super) const FAMILIES: usize = 52;
/// The first family of capitals.
pub(super) const CAPITALS: u8 = 26;

/// The family of a letter: the ASCII letter under its marks, small or capital, numbered.
fn family(letter: u8) -> u8 {
    letters::bare(letter) - b'a' + if letter < LETTERS { 0 } else { CAPITALS }
}

/// The family of every letter.
pub(super) static FAMILY: LazyLock<[u8; ALL_LETTERS]> =
    LazyLock::new(|| std::array::from_fn(|letter| family(letter as u8)));

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
        let mut spellings = Self {
            commonest: small
                .iter()
                .chain(&capital)
                .map(|w| w.2)
                .fold(f32::NEG_INFINITY, f32::max),
            ..Self::default()
        };
        spellings.roots = [spellings.grow(&small, 0), spellings.grow(&capital, 0)];
        spellings
    }

    /// Adds what is below spellings that share their first `depth` letters; `words` are sorted.
    fn grow(&mut self, words: &[Spelled], depth: usize) -> Span {
        let mut groups: Vec<(f32, &[Spelled])> = words
            .chunk_by(|a, b| a.0.get(depth) == b.0.get(depth))
            .filter(|group| group[0].0.len() > depth)
            .map(|group| (group.iter().map(|w| w.2).fold(f32::NEG_INFINITY, f32::max), group))
            .collect();
        let kin = |group: &[Spelled]| family(group[0].0[depth]);
        groups.sort_by(|a, b| kin(a.1).cmp(&kin(b.1)).then(b.0.total_cmp(&a.0)));
        let first = self.families.len();
        for members in groups.chunk_by(|a, b| kin(a.1) == kin(b.1)) {
            self.families.push(Family {
                family: kin(members[0].1),
                members: Span::new(self.nodes.len(), members.len()),
                commonest: loss(members[0].0),
            });
            self.nodes.extend(members.iter().map(|&(commonest, group)| {
                let own = group.iter().find(|w| w.0.len() == depth + 1);
                Node {
                    letter: group[0].0[depth],
                    word: own.map_or(0, |w| w.1),
                    below: Span::default(),
                    prior: own.map_or(LOST, |w| loss(w.2)),
                    commonest: loss(commonest),
                }
            }));
        }
        let below = Span::new(first, self.families.len() - first);
        let node = self.nodes.len() - groups.len();
        for (node, (_, group)) in (node..).zip(groups) {
            self.nodes[node].below = self.grow(group, depth + 1);
        }
        below
    }

    /// Families of children.
    pub(super) fn families(&self, span: Span) -> &[Family] {
        &self.families[span.range()]
    }

    /// The children of one family.
    pub(super) fn members(&self, family: &Family) -> &[Node] {
        &self.nodes[family.members.range()]
    }
}

/// The letters of a spelling, or none if it has other characters.
pub fn spell(spelling: &str) -> Option<Vec<u8>> {
    spelling.chars().map(letters::letter).collect()
}

/// The letters of a word, the word, and how common it is.
type Spelled = (Vec<u8>, Word, f32);

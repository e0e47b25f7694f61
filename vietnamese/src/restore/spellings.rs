//! All words of the vocabulary by their letters.

use std::sync::LazyLock;

use super::candidates::{LOST, Loss, loss};
use super::letters::{self, ALL_LETTERS, LETTERS};
use super::words::{Vocabulary, Word};

/// The longest spelling that is looked for, in letters.
const LONGEST_SPELLING: usize = 24;

/// All spellings as a trie; the children of a node stand together, those of one family (`a`, `ă`, `ấ`, …) side by side.
#[derive(Debug, Clone, Default)]
pub struct Spellings {
    pub(super) nodes: Vec<Node>,
    /// The children of the empty spelling: of words in small letters, and of words in capitals (abbreviations, numerals).
    pub(super) roots: [Children; 2],
    /// How common the commonest word is.
    pub(super) commonest: f32,
}

/// Where the children of a node stand.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Children {
    pub first: u32,
    pub behind: u32,
}

/// A letter behind those above it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    pub letter: u8,
    /// See [`family`].
    pub family: u8,
    /// How many siblings from here on are of the same family.
    pub relatives: u8,
    pub word: Word,
    pub children: Children,
    /// How common its word is, as far as that weighs in a search.
    pub prior: Loss,
    /// How common the commonest word here and below is.
    pub commonest: Loss,
    /// The same of all relatives from here on.
    pub family_commonest: Loss,
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
        let mut nodes = Vec::new();
        let roots = [grow(&mut nodes, &small, 0), grow(&mut nodes, &capital, 0)];
        let commonest = small.iter().chain(&capital).map(|w| w.2).fold(f32::NEG_INFINITY, f32::max);
        Self {
            nodes,
            roots,
            commonest,
        }
    }

    /// The children of a node.
    pub(super) fn children(&self, children: Children) -> &[Node] {
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
            prior: own.map_or(LOST, |w| loss(w.2)),
            commonest: loss(commonest),
            family_commonest: loss(commonest),
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

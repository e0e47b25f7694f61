//! Which words a scanned token may be: a search through all spellings at once.

use std::ops::Range;

use super::channel::{Channel, LONGEST_CHUNK, UNSEEN, chunk};
use super::letters::{ALL_LETTERS, LETTERS};
use super::spellings::{CAPITALS, FAMILIES, FAMILY, Node, Span, Spellings};
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
    /// How many symbols the token at hand has.
    len: usize,
    found: Vec<(f32, Candidate)>,
}

/// A loss for each place of a token: before its first symbol, and behind each. `W` is wider than the longest token, so
/// that all places are reckoned at once.
///
/// A loss is how far a log probability stays behind the best that was to be hoped for, see [`loss`]; so what is ahead of
/// a place need not be reckoned with again (the reduced costs of A*: Hart, Nilsson and Raphael 1968).
type Places<const W: usize> = [Loss; W];

/// A log probability in 1024ths that is at most zero; sums of them saturate at [`LOST`].
pub(super) type Loss = i16;

/// The loss of what cannot be, or is too unlikely ever to be looked for: 32 in log probability.
pub(super) const LOST: Loss = Loss::MIN;

/// How many losses make up one of a natural logarithm.
const SCALE: f32 = 1024.0;

/// A log probability, at most zero, as a loss.
pub(super) fn loss(log: f32) -> Loss {
    // A conversion saturates.
    (log * SCALE) as Loss
}

/// What is lost when a letter was read as the one, two, three symbols that end at a place.
type Endings<const W: usize> = [Places<W>; LONGEST_CHUNK];

/// What may come of every letter, for one token.
#[derive(Debug)]
struct Table<const W: usize> {
    endings: [Endings<W>; ALL_LETTERS],
    /// What is lost when a letter is not read at all.
    deletions: [Loss; ALL_LETTERS],
    /// The least that is lost when a letter is read from a place on, whatever it was read as; the capitals twice, so that
    /// a word is walked as set in capitals by the numbers of its letters and so many more.
    promises: [Places<W>; ALL_LETTERS + LETTERS as usize],
    /// The same of the best of the letters of each family.
    families: [Places<W>; FAMILIES + CAPITALS as usize],
    /// The best log probability that is to be hoped for from each place on.
    optimistic: [f32; W],
}

impl<const W: usize> Default for Table<W> {
    fn default() -> Self {
        Self {
            endings: [[[LOST; W]; LONGEST_CHUNK]; ALL_LETTERS],
            deletions: [LOST; ALL_LETTERS],
            promises: [[LOST; W]; ALL_LETTERS + LETTERS as usize],
            families: [[LOST; W]; FAMILIES + CAPITALS as usize],
            optimistic: [0.0; W],
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
    /// What a candidate's score must exceed, whatever the best is.
    pub floor: f32,
}

/// Whether words in capitals are looked for too: in small letters they are hardly scanned but short ones.
fn is_for_capitals(case: Case, len: usize) -> bool {
    case != Case::Lower || len <= 3
}

/// The letters that words set like this are written with.
fn letters(cases: impl Iterator<Item = Case> + Clone, len: usize) -> Range<usize> {
    let small = usize::from(LETTERS);
    let capitals = cases.clone().any(|case| is_for_capitals(case, len));
    let first = if cases.clone().all(|case| case == Case::Upper) {
        small
    } else {
        0
    };
    first..if capitals { ALL_LETTERS } else { small }
}

impl Finder {
    /// Takes a token of at most [`LONGEST_TOKEN`] symbols, to be looked for in words set in any of `cases`.
    pub fn take(&mut self, channel: &Channel, symbols: &[u8], cases: impl Iterator<Item = Case> + Clone) {
        self.len = symbols.len().min(LONGEST_TOKEN);
        let symbols = &symbols[..self.len];
        let letters = letters(cases, self.len);
        if self.len < 8 {
            self.short.fill(channel, symbols, letters);
        } else {
            self.long.fill(channel, symbols, letters);
        }
    }

    /// The words that the token at hand may be, best first by channel and frequency.
    pub fn find(&mut self, spellings: &Spellings, search: Search) -> &[(f32, Candidate)] {
        self.found.clear();
        match self.len {
            0 => return &self.found,
            1..8 => self.short.search(spellings, self.len, search, &mut self.found),
            _ => self.long.search(spellings, self.len, search, &mut self.found),
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
        self.optimistic = [0.0; W];
        for start in (0..n).rev() {
            let ahead = (1..=LONGEST_CHUNK.min(n - start)).map(|len| {
                let emitters = channel.emitters(chunk(&symbols[start..start + len]));
                let best = emitters.iter().map(|e| e.1).fold(UNSEEN[len], f32::max);
                best + self.optimistic[start + len]
            });
            self.optimistic[start] = ahead.fold(f32::NEG_INFINITY, f32::max);
        }
        let optimistic = self.optimistic;
        let unseen = |len: usize| {
            std::array::from_fn(|end| match end.checked_sub(len) {
                Some(start) if end <= n => loss(UNSEEN[len] + optimistic[end] - optimistic[start]),
                _ => LOST,
            })
        };
        self.endings[asked.clone()].fill([unseen(1), unseen(2), unseen(3)]);
        for start in 0..n {
            for len in 1..=LONGEST_CHUNK.min(n - start) {
                let end = start + len;
                let gained = optimistic[end] - optimistic[start];
                for &(letter, log) in channel.emitters(chunk(&symbols[start..end])) {
                    self.endings[letter as usize][len - 1][end] = loss(log + gained);
                }
            }
        }
        self.families.fill([LOST; W]);
        for letter in asked {
            let deletion = loss(channel.deletion(letter as u8));
            self.deletions[letter] = deletion;
            let [one, two, three] = &self.endings[letter];
            let promise: Places<W> = std::array::from_fn(|start| {
                let read = |ending: &Places<W>, len: usize| ending.get(start + len).copied().unwrap_or(LOST);
                deletion.max(read(one, 1)).max(read(two, 2)).max(read(three, 3))
            });
            let family = &mut self.families[FAMILY[letter] as usize];
            *family = std::array::from_fn(|place| family[place].max(promise[place]));
            self.promises[letter] = promise;
        }
        self.promises
            .copy_within(usize::from(LETTERS)..ALL_LETTERS, ALL_LETTERS);
        self.families.copy_within(usize::from(CAPITALS)..FAMILIES, FAMILIES);
    }

    /// Finds at least the best words there are, as many as are wanted; others may be among them.
    fn search(&self, spellings: &Spellings, n: usize, search: Search, found: &mut Vec<(f32, Candidate)>) {
        /// How far below hope the best is looked for at most.
        const FARTHEST: f32 = 15.0;
        /// The same where only a good one is wanted.
        const FAR: f32 = 9.0;
        /// How far is looked first, and how much farther each time: few walks, and none much too long.
        const FIRST: f32 = 6.0;
        const STEP: f32 = 3.0;
        let hope = self.optimistic[0] + spellings.commonest;
        let farthest = (hope - if search.narrow { FAR } else { FARTHEST }).max(search.floor);
        let mut floor = (hope - FIRST).max(search.floor);
        loop {
            found.clear();
            let mut walk = Walk {
                spellings,
                table: self,
                found,
                n,
                search,
                floor: loss(floor - self.optimistic[0]),
            };
            let mut start = [LOST; W];
            start[0] = 0;
            walk.below(spellings.roots[0], &start, 1);
            if is_for_capitals(search.case, n) {
                walk.below(spellings.roots[1], &start, 1);
            }
            let best = found.iter().map(|f| f.0).fold(f32::NEG_INFINITY, f32::max);
            let least = if found.is_empty() {
                farthest
            } else {
                search.floor.max(best - search.beam)
            };
            if found.len() >= search.most || floor <= least {
                break;
            }
            floor = least.max(floor - STEP);
        }
    }
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
    table: &'a Table<W>,
    found: &'a mut Vec<(f32, Candidate)>,
    n: usize,
    search: Search,
    /// What loses more, a word's frequency counted, is not wanted.
    floor: Loss,
}

impl<const W: usize> Walk<'_, W> {
    /// Walks the children of a node whose letters explain the token up to each place as well as `above` tells.
    fn below(&mut self, children: Span, above: &Places<W>, depth: usize) {
        let capitals = match self.search.case {
            Case::Upper => true,
            Case::Title => depth == 1,
            Case::Lower => false,
        };
        let (letters, kin) = if capitals {
            (usize::from(LETTERS), usize::from(CAPITALS))
        } else {
            (0, 0)
        };
        let promised = &self.table.families[kin..kin + FAMILIES];
        let families = self.spellings.families(children);
        // Which may come within reach is reckoned without a branch for each: they could not be foretold.
        let reached = mask(families, |family| {
            reaches(
                above,
                &promised[usize::from(family.family)],
                self.least(family.commonest),
            )
        });
        let promised = &self.table.promises[letters..letters + ALL_LETTERS];
        for family in chosen(families, reached) {
            let nodes = self.spellings.members(family);
            // One alone was asked for with its family.
            let reached = match nodes {
                [_] => 1,
                _ => mask(nodes, |node| {
                    reaches(above, &promised[usize::from(node.letter)], self.least(node.commonest))
                }),
            };
            for node in chosen(nodes, reached) {
                let letter = usize::from(node.letter) + letters;
                let letter = if letter < ALL_LETTERS {
                    letter
                } else {
                    letter - usize::from(LETTERS)
                };
                let places = step(above, self.table.deletions[letter], &self.table.endings[letter]);
                if node.word != 0 {
                    self.take(node, places[self.n]);
                }
                let least = self.least(node.commonest);
                if !node.below.is_empty() && places.iter().any(|&lost| lost >= least) {
                    self.below(node.below, &places, depth + 1);
                }
            }
        }
    }

    /// What may be lost on the way to a word as common as this; as neither is above zero, it cannot overflow.
    fn least(&self, common: Loss) -> Loss {
        self.floor.wrapping_sub(common)
    }

    /// Keeps a word whose letters explain the whole token.
    fn take(&mut self, node: &Node, lost: Loss) {
        if lost <= self.least(node.prior) {
            return;
        }
        let hope = self.table.optimistic[0];
        let channel = hope + f32::from(lost) / SCALE;
        let score = channel + f32::from(node.prior) / SCALE;
        let candidate = Candidate {
            word: node.word,
            channel,
        };
        self.found.push((score, candidate));
        let mut floor = score - self.search.beam;
        if self.found.len() >= 2 * self.search.most {
            floor = floor.max(least_of_best(self.found, self.search.most));
            self.found.truncate(self.search.most);
        }
        self.floor = self.floor.max(loss(floor - hope));
    }
}

/// A bit for each of the first 64 that is asked for.
fn mask<T>(all: &[T], asked: impl Fn(&T) -> bool) -> u64 {
    (0..64)
        .zip(all)
        .fold(0, |mask, (at, one)| mask | u64::from(asked(one)) << at)
}

/// Those whose bit is set, in order.
fn chosen<T>(all: &[T], mut mask: u64) -> impl Iterator<Item = &T> {
    std::iter::from_fn(move || {
        let at = mask.trailing_zeros() as usize;
        mask &= mask.wrapping_sub(1);
        all.get(at)
    })
}

/// What is lost up to each place with one letter more.
fn step<const W: usize>(above: &Places<W>, deletion: Loss, endings: &Endings<W>) -> Places<W> {
    let [one, two, three] = endings;
    let (by_one, by_two, by_three) = (shifted::<W, 1>(above), shifted::<W, 2>(above), shifted::<W, 3>(above));
    std::array::from_fn(|end| {
        let read = by_one[end].saturating_add(one[end]);
        let read = read.max(by_two[end].saturating_add(two[end]));
        let read = read.max(by_three[end].saturating_add(three[end]));
        read.max(above[end].saturating_add(deletion))
    })
}

/// The same, `BY` places later; what comes round from the end meets only what is [`LOST`].
fn shifted<const W: usize, const BY: usize>(places: &Places<W>) -> Places<W> {
    std::array::from_fn(|place| places[(place + W - BY) % W])
}

/// Whether from any place on what is promised loses no more than `least`.
fn reaches<const W: usize>(places: &Places<W>, promises: &Places<W>, least: Loss) -> bool {
    let mut any = false;
    for (lost, promise) in places.iter().zip(promises) {
        any |= lost.saturating_add(*promise) >= least;
    }
    any
}

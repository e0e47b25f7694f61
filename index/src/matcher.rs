//! Looks a phrase up in one segment: document after document, with the places of each match and how it matches.

use std::ops::Range;

use tantivy::{DocId, TERMINATED};

use crate::analyzer::{HEADINGS_END, TEXT_START, TITLE_END};
use crate::plan::{Layer, Unit, way};
use crate::slots::{JOIN, SlotLists};

/// What a check found in one document.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Verdict {
    /// A set of [`level`]s: at which strictness the document is found.
    pub levels: u8,
    /// How good the way of matching is, 0 the best; a better tier always stands above.
    pub tier: u8,
    /// How well it matches within its tier.
    pub score: f32,
}

/// Strictness levels as bits of [`Verdict::levels`].
pub(crate) mod level {
    /// With marks.
    pub(crate) const MARKED: u8 = 1;
    /// With marks ignored.
    pub(crate) const BARE: u8 = 1 << 1;
    /// With other readings too.
    pub(crate) const SCAN: u8 = 1 << 2;
    /// As the query decides by itself.
    pub(crate) const TYPED: u8 = 1 << 3;
    /// At the strictness that was asked for.
    pub(crate) const ASKED: u8 = 1 << 4;
    /// All of them.
    pub(crate) const ALL: u8 = 0b11111;
}

/// The tier of a document that the query names by its number.
pub(crate) const TIER_ITSELF: u8 = 0;
/// The tier of what matches as it was typed.
pub(crate) const TIER_EXACT: u8 = 1;

/// So many tiers are there of what was typed; readings of it come behind them.
pub(crate) const TIERS: u8 = 5;

/// Term frequency saturates here (BM25).
const BM25_K1: f32 = 1.2;
/// How much length counts against a document (BM25): half, since long documents of this kind say more, not the same
/// at length.
const BM25_B: f32 = 0.5;
/// A match in the title counts as so many in the text.
const TITLE_WEIGHT: f32 = 5.0;
/// A match in a heading counts as so many in the text.
const HEADING_WEIGHT: f32 = 2.0;

/// How the length of documents counts.
#[derive(Clone)]
pub(crate) struct Lengths {
    /// The factor of each length class of the engine: `k1 · (1 − b + b · length / average)`.
    pub factors: std::sync::Arc<[f32; 256]>,
    /// The length class of each document.
    pub classes: tantivy::fieldnorm::FieldNormReader,
}

/// The factors of [`Lengths`] for an average length.
pub(crate) fn length_factors(average: f32) -> [f32; 256] {
    std::array::from_fn(|class| {
        let length = tantivy::fieldnorm::FieldNormReader::id_to_fieldnorm(class as u8) as f32;
        BM25_K1 * (1.0 - BM25_B + BM25_B * length / average.max(1.0))
    })
}

/// A phrase being looked up in one segment.
pub(crate) struct UnitMatcher {
    /// Its index in the plan.
    pub unit: usize,
    slots: Vec<SlotLists>,
    /// Slots from the rarest to the most frequent.
    order: Vec<usize>,
    /// Slots but the rarest, in the order in which they are looked for beside it.
    others: Vec<usize>,
    lengths: Lengths,
    idf: f32,
    accepts: u8,
    typed: u8,
    bare: bool,
    quoted: bool,
    /// The current candidate.
    pub doc: DocId,
    /// Where the phrase begins in the checked document, with the set of its ways there.
    starts: Vec<(u32, u8)>,
    buffer: Vec<u32>,
    joined: Vec<u8>,
}

impl UnitMatcher {
    pub fn new(at: usize, unit: &Unit, slots: Vec<SlotLists>, lengths: Lengths, idf: f32) -> Self {
        let mut order: Vec<usize> = (0..slots.len()).collect();
        order.sort_by_key(|&slot| slots[slot].cost());
        Self {
            unit: at,
            slots,
            others: order.get(1..).unwrap_or_default().to_vec(),
            order,
            lengths,
            idf,
            accepts: unit.accepts,
            typed: unit.typed,
            bare: unit.bare,
            quoted: unit.quoted && unit.layer == Layer::Text,
            doc: 0,
            starts: Vec::new(),
            buffer: Vec::new(),
            joined: Vec::new(),
        }
    }

    /// How many syllables it has.
    pub fn len(&self) -> u32 {
        self.slots.len() as u32
    }

    /// In how many documents it may stand, at most.
    pub fn cost(&self) -> u32 {
        self.order.first().map_or(0, |&rarest| self.slots[rarest].cost())
    }

    pub fn seek(&mut self, mut target: DocId) -> DocId {
        if self.order.is_empty() {
            self.doc = TERMINATED;
        }
        'candidates: while self.doc != TERMINATED {
            let first = self.slots[self.order[0]].seek(target);
            if first == TERMINATED {
                self.doc = TERMINATED;
                break;
            }
            for &slot in &self.order[1..] {
                let doc = self.slots[slot].seek(first);
                if doc > first {
                    target = doc;
                    continue 'candidates;
                }
            }
            self.doc = first;
            break;
        }
        self.doc
    }

    /// Finds where the phrase stands in the current document.
    pub fn find(&mut self) -> &[(u32, u8)] {
        // The rarest syllable has the fewest places to look behind and before.
        let rarest = self.order[0];
        self.slots[rarest].places(&mut self.buffer, &mut self.starts);
        self.starts.retain_mut(|(place, _)| {
            let start = place.checked_sub(rarest as u32);
            *place = start.unwrap_or_default();
            start.is_some_and(|start| !self.quoted || !(HEADINGS_END..TEXT_START).contains(&start))
        });
        for at in 0..self.others.len() {
            if self.starts.is_empty() {
                break;
            }
            let slot = self.others[at];
            self.slots[slot].follow(&mut self.starts, slot as u32, &mut self.buffer, &mut self.joined);
            // What refuses a document is asked earlier next time: syllables of one word seldom stand without each other.
            if self.starts.is_empty() && at > 0 {
                self.others.swap(at, at - 1);
            }
        }
        &self.starts
    }

    /// Where [`UnitMatcher::find`] found the phrase.
    pub fn starts(&self) -> &[(u32, u8)] {
        &self.starts
    }

    /// The ways that count as found.
    pub fn accepts(&self) -> u8 {
        self.accepts
    }

    /// Finds where the phrase stands in the current document, within `stretches` if there are any.
    pub fn find_within(&mut self, stretches: Option<&[Range<u32>]>) {
        self.find();
        if let Some(stretches) = stretches {
            let len = self.len();
            self.starts.retain(|(start, _)| {
                stretches
                    .iter()
                    .any(|one| one.start <= *start && start + len <= one.end)
            });
        }
    }

    /// What [`UnitMatcher::check`] will say, the score at its highest, where that can be told without reading positions:
    /// of a single syllable.
    pub fn glance(&mut self) -> Option<Verdict> {
        let [slot] = &mut self.slots[..] else {
            return None;
        };
        // Of a quoted word only those in the text count, and where they stand tell the positions.
        if self.quoted {
            return None;
        }
        let (ways, frequency) = slot.glance(self.accepts);
        let highest = match frequency {
            ..=1 => HEADING_WEIGHT,
            // What stands in the title stands there a second time, as text.
            frequency => frequency as f32 * (TITLE_WEIGHT + 1.0) / 2.0,
        };
        Some(self.verdict(ways, highest))
    }

    /// Checks the current candidate; only what stands within `stretches` counts, if there are any.
    pub fn check(&mut self, stretches: Option<&[Range<u32>]>) -> Option<Verdict> {
        self.find_within(stretches);
        let mut ways = 0;
        let mut frequency = 0.0;
        for &(start, found) in &self.starts {
            ways |= found;
            if found & self.accepts != 0 {
                frequency += match start {
                    ..TITLE_END => TITLE_WEIGHT,
                    TITLE_END..HEADINGS_END => HEADING_WEIGHT,
                    _ => 1.0,
                };
            }
        }
        (ways != 0).then(|| self.verdict(ways, frequency))
    }

    /// What ways of matching and a weighed frequency amount to in the current document.
    fn verdict(&self, ways: u8, frequency: f32) -> Verdict {
        let mut levels = level::SCAN;
        if ways & way::EXACT != 0 {
            levels |= level::MARKED | level::BARE;
        } else if ways & way::FOLDED != 0 {
            levels |= level::BARE;
        }
        if ways & self.typed != 0 {
            levels |= level::TYPED;
        }
        if ways & self.accepts != 0 {
            levels |= level::ASKED;
        }
        let class = self.lengths.classes.fieldnorm_id(self.doc);
        let saturation = frequency / (frequency + self.lengths.factors[class as usize]);
        Verdict {
            levels,
            tier: tier(ways & self.accepts, self.bare),
            score: self.idf * saturation * (BM25_K1 + 1.0),
        }
    }
}

/// The tier of a set of ways; a query without marks does not ask for them.
pub(crate) fn tier(ways: u8, bare: bool) -> u8 {
    let best = if bare { way::EXACT | way::FOLDED } else { way::EXACT };
    TIER_EXACT
        + if ways & best != 0 {
            0
        } else if ways & way::EXACT_OTHER != 0 {
            1
        } else if ways & way::FOLDED != 0 {
            2
        } else {
            3
        }
}

/// Keeps of `starts` those with a place `distance` behind them.
pub(crate) fn follow(starts: &mut Vec<(u32, u8)>, places: &[(u32, u8)], distance: u32) {
    let (mut kept, mut at) = (0, 0);
    for index in 0..starts.len() {
        let (start, ways) = starts[index];
        while at < places.len() && places[at].0 < start + distance {
            at += 1;
        }
        let Some(&(place, next)) = places.get(at) else {
            break;
        };
        if place == start + distance {
            starts[kept] = (start, JOIN[ways as usize][next as usize]);
            kept += 1;
        }
    }
    starts.truncate(kept);
}

//! Looks a plan up in one segment: document after document, with the places of each match.
//!
//! A node first offers candidates (documents that hold all syllables somewhere), then checks one (do they stand one
//! behind the other?). Only candidates that all parts of a query offer are checked, so positions are read late.

use std::ops::Range;

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::{DocId, DocSet, TERMINATED};

use crate::analyzer::{HEADINGS_END, TEXT_START, TITLE_END};
use crate::plan::{Layer, Unit, way};
use crate::sections;

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
    /// At the strictness that was asked for.
    pub(crate) const ASKED: u8 = 1 << 3;
    /// All of them.
    pub(crate) const ALL: u8 = 0b1111;
}

/// The tier of a document that the query names by its number.
pub(crate) const TIER_ITSELF: u8 = 0;
/// The tier of what matches as it was typed.
const TIER_EXACT: u8 = 1;

/// Term frequency saturates here (BM25).
const BM25_K1: f32 = 1.2;
/// How much length counts against a document (BM25): half, since long documents of this kind say more, not the same
/// at length.
const BM25_B: f32 = 0.5;
/// A match in the title counts as so many in the text.
const TITLE_WEIGHT: f32 = 5.0;
/// A match in a heading counts as so many in the text.
const HEADING_WEIGHT: f32 = 2.0;

/// The postings of one term, and the way it matches its slot: bit 0 another reading, bit 1 folded.
pub(crate) struct List {
    pub postings: SegmentPostings,
    pub way: u8,
}

/// All terms that match one syllable.
pub(crate) struct SlotLists {
    lists: Vec<List>,
    doc: DocId,
    cost: u32,
}

impl SlotLists {
    pub fn new(lists: Vec<List>) -> Self {
        Self {
            doc: lists.iter().map(|list| list.postings.doc()).min().unwrap_or(TERMINATED),
            cost: lists
                .iter()
                .map(|list| list.postings.doc_freq())
                .fold(0, u32::saturating_add),
            lists,
        }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target {
            return self.doc;
        }
        let mut least = TERMINATED;
        for list in &mut self.lists {
            let doc = list.postings.doc();
            let doc = if doc < target { list.postings.seek(target) } else { doc };
            least = least.min(doc);
        }
        self.doc = least;
        least
    }

    /// Writes the positions in the current document, in order, each with the set of its ways.
    fn places(&mut self, buffer: &mut Vec<u32>, places: &mut Vec<(u32, u8)>) {
        places.clear();
        let mut lists = 0;
        for list in &mut self.lists {
            if list.postings.doc() != self.doc {
                continue;
            }
            lists += 1;
            list.postings.positions(buffer);
            places.extend(buffer.iter().map(|&position| (position, 1 << list.way)));
        }
        if lists > 1 {
            places.sort_unstable();
            places.dedup_by(|next, kept| {
                let same = next.0 == kept.0;
                if same {
                    kept.1 |= next.1;
                }
                same
            });
        }
    }
}

/// Ways of a phrase from the ways of its parts: the union of their bits, for every choice.
const JOIN: [[u8; 16]; 16] = {
    let mut table = [[0; 16]; 16];
    let mut left = 0;
    while left < 16 {
        let mut right = 0;
        while right < 16 {
            let (mut joined, mut i) = (0, 0);
            while i < 4 {
                let mut j = 0;
                while j < 4 {
                    if left >> i & 1 == 1 && right >> j & 1 == 1 {
                        joined |= 1 << (i | j);
                    }
                    j += 1;
                }
                i += 1;
            }
            table[left][right] = joined;
            right += 1;
        }
        left += 1;
    }
    table
};

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
    lengths: Lengths,
    idf: f32,
    accepts: u8,
    bare: bool,
    quoted: bool,
    doc: DocId,
    /// Where the phrase begins in the checked document, with the set of its ways there.
    starts: Vec<(u32, u8)>,
    buffer: Vec<u32>,
    places: Vec<(u32, u8)>,
}

impl UnitMatcher {
    pub fn new(at: usize, unit: &Unit, slots: Vec<SlotLists>, lengths: Lengths, idf: f32) -> Self {
        let mut order: Vec<usize> = (0..slots.len()).collect();
        order.sort_by_key(|&slot| slots[slot].cost);
        Self {
            unit: at,
            slots,
            order,
            lengths,
            idf,
            accepts: unit.accepts,
            bare: unit.bare,
            quoted: unit.quoted && unit.layer == Layer::Text,
            doc: 0,
            starts: Vec::new(),
            buffer: Vec::new(),
            places: Vec::new(),
        }
    }

    /// How many syllables it has.
    pub fn len(&self) -> u32 {
        self.slots.len() as u32
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
        let (first, rest) = self.slots.split_first_mut().expect("a unit has a syllable");
        first.places(&mut self.buffer, &mut self.starts);
        if self.quoted {
            self.starts
                .retain(|(start, _)| !(HEADINGS_END..TEXT_START).contains(start));
        }
        for (at, slot) in rest.iter_mut().enumerate() {
            if self.starts.is_empty() {
                break;
            }
            slot.places(&mut self.buffer, &mut self.places);
            follow(&mut self.starts, &self.places, at as u32 + 1);
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

    fn check(&mut self, stretches: Option<&[Range<u32>]>) -> Option<Verdict> {
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
        if ways == 0 {
            return None;
        }
        let mut levels = level::SCAN;
        if ways & way::EXACT != 0 {
            levels |= level::MARKED | level::BARE;
        } else if ways & way::FOLDED != 0 {
            levels |= level::BARE;
        }
        if ways & self.accepts != 0 {
            levels |= level::ASKED;
        }
        let class = self.lengths.classes.fieldnorm_id(self.doc);
        let saturation = frequency / (frequency + self.lengths.factors[class as usize]);
        Some(Verdict {
            levels,
            tier: tier(ways & self.accepts, self.bare),
            score: self.idf * saturation * (BM25_K1 + 1.0),
        })
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
fn follow(starts: &mut Vec<(u32, u8)>, places: &[(u32, u8)], distance: u32) {
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

/// A plan's step being looked up in one segment.
pub(crate) enum Node {
    /// All documents below a bound.
    All { doc: DocId, bound: DocId },
    /// A phrase.
    Unit(UnitMatcher),
    /// The document of a number, and those that cite it.
    Number {
        own: SlotLists,
        cites: SlotLists,
        doc: DocId,
    },
    /// All of `must`, none of `not`; a run counts more where its units stand one behind the other.
    And {
        must: Vec<Node>,
        not: Vec<Node>,
        run: bool,
        doc: DocId,
    },
    /// At least one.
    Or { choices: Vec<Node>, doc: DocId },
    /// Its documents, where the scan is the text.
    Unscanned {
        inner: Box<Node>,
        scanned: tantivy::fastfield::Column<bool>,
    },
    /// Documents with a section of a heading, and `inner` in it.
    Within(Box<Within>),
}

/// What [`Node::Within`] looks at.
pub(crate) struct Within {
    /// The heading's words.
    pub heading: UnitMatcher,
    /// Where sections of the role begin that the heading names.
    pub role: SlotLists,
    /// Where sections begin, where their headings end, where they end.
    pub marks: [SlotLists; 3],
    /// What is sought there; nothing if the section alone is.
    pub inner: Option<Node>,
    /// The current candidate.
    pub doc: DocId,
}

impl Within {
    fn seek(&mut self, mut target: DocId) -> DocId {
        loop {
            target = self.heading.seek(target).min(self.role.seek(target));
            let Some(inner) = &mut self.inner else {
                break;
            };
            let doc = if inner.doc() < target {
                inner.seek(target)
            } else {
                inner.doc()
            };
            if doc == target {
                break;
            }
            target = doc;
        }
        self.doc = target;
        target
    }

    /// The stretches of the sections in the current document, as far as they lie in `outer`.
    fn stretches(&mut self, outer: Option<&[Range<u32>]>) -> Vec<Range<u32>> {
        let mut buffer = Vec::new();
        let mut positions = |lists: &mut SlotLists| -> Vec<u32> {
            if lists.seek(self.doc) != self.doc {
                return Vec::new();
            }
            let mut places = Vec::new();
            lists.places(&mut buffer, &mut places);
            places.into_iter().map(|(position, _)| position).collect()
        };
        let roles = positions(&mut self.role);
        let [starts, heading_ends, ends] = &mut self.marks;
        let places = sections::places(&positions(starts), &positions(heading_ends), &positions(ends));
        let accepts = self.heading.accepts;
        let phrases: Vec<(u32, u8)> = if self.heading.doc == self.doc {
            let found = self.heading.find().iter();
            found.filter(|(_, ways)| ways & accepts != 0).copied().collect()
        } else {
            Vec::new()
        };
        let stretches = sections::stretches(&places, &phrases, self.heading.len(), &roles);
        match outer {
            Some(outer) => sections::common(&stretches, outer),
            None => stretches,
        }
    }

    fn check(&mut self, outer: Option<&[Range<u32>]>) -> Option<Verdict> {
        let stretches = self.stretches(outer);
        if stretches.is_empty() {
            return None;
        }
        match &mut self.inner {
            Some(inner) => inner.check(Some(&stretches)),
            None => Some(Verdict {
                levels: level::ALL,
                tier: TIER_EXACT,
                score: 0.0,
            }),
        }
    }
}

impl Node {
    /// The first candidate at `target` or behind it.
    pub fn seek(&mut self, target: DocId) -> DocId {
        match self {
            Self::All { doc, bound } => {
                *doc = if target < *bound { target } else { TERMINATED };
                *doc
            }
            Self::Unit(unit) => unit.seek(target),
            Self::Number { own, cites, doc } => {
                *doc = own.seek(target).min(cites.seek(target));
                *doc
            }
            Self::And { must, doc, .. } => {
                *doc = seek_all(must, target);
                *doc
            }
            Self::Or { choices, doc } => {
                *doc = choices
                    .iter_mut()
                    .map(|choice| {
                        if choice.doc() < target {
                            choice.seek(target)
                        } else {
                            choice.doc()
                        }
                    })
                    .min()
                    .unwrap_or(TERMINATED);
                *doc
            }
            Self::Unscanned { inner, .. } => inner.seek(target),
            Self::Within(within) => within.seek(target),
        }
    }

    /// The current candidate.
    fn doc(&self) -> DocId {
        match self {
            Self::All { doc, .. } | Self::Number { doc, .. } | Self::And { doc, .. } | Self::Or { doc, .. } => *doc,
            Self::Unit(unit) => unit.doc,
            Self::Unscanned { inner, .. } => inner.doc(),
            Self::Within(within) => within.doc,
        }
    }

    /// Checks the current candidate; only what stands within `stretches` counts, if there are any.
    pub fn check(&mut self, stretches: Option<&[Range<u32>]>) -> Option<Verdict> {
        match self {
            Self::All { .. } => Some(Verdict {
                levels: level::ALL,
                tier: TIER_EXACT,
                score: 0.0,
            }),
            Self::Unit(unit) => unit.check(stretches),
            Self::Number { own, doc, .. } => Some(Verdict {
                levels: level::ALL,
                tier: if own.doc == *doc { TIER_ITSELF } else { TIER_EXACT },
                score: 0.0,
            }),
            Self::And { must, not, run, doc } => {
                let doc = *doc;
                let mut verdict = check_all(must, stretches)?;
                for node in not {
                    let found = if node.doc() < doc { node.seek(doc) } else { node.doc() };
                    if found == doc
                        && node
                            .check(stretches)
                            .is_some_and(|verdict| verdict.levels & level::ASKED != 0)
                    {
                        return None;
                    }
                }
                if *run {
                    verdict.score += run_bonus(must, verdict.score);
                }
                Some(verdict)
            }
            Self::Or { choices, doc } => {
                let doc = *doc;
                choices
                    .iter_mut()
                    .filter(|choice| choice.doc() == doc)
                    .filter_map(|choice| choice.check(stretches))
                    .reduce(|a, b| Verdict {
                        levels: a.levels | b.levels,
                        tier: a.tier.min(b.tier),
                        score: a.score + b.score,
                    })
            }
            Self::Unscanned { inner, scanned } => {
                if scanned.first(inner.doc()) == Some(true) {
                    return None;
                }
                inner.check(stretches)
            }
            Self::Within(within) => within.check(stretches),
        }
    }

    /// Calls `see` with every phrase that stands in `doc` and must not be absent, its places found.
    pub fn phrases_in(&mut self, doc: DocId, stretches: Option<&[Range<u32>]>, see: &mut dyn FnMut(&UnitMatcher)) {
        match self {
            Self::All { .. } | Self::Number { .. } => {}
            Self::Unit(unit) => {
                if unit.seek(doc) == doc {
                    unit.find_within(stretches);
                    see(unit);
                }
            }
            Self::And { must: nodes, .. } | Self::Or { choices: nodes, .. } => {
                nodes.iter_mut().for_each(|node| node.phrases_in(doc, stretches, see));
            }
            Self::Unscanned { inner, .. } => inner.phrases_in(doc, stretches, see),
            Self::Within(within) => {
                if within.seek(doc) != doc {
                    return;
                }
                let stretches = within.stretches(stretches);
                match &mut within.inner {
                    Some(inner) => inner.phrases_in(doc, Some(&stretches), see),
                    None if within.heading.doc == doc => {
                        within.heading.find_within(Some(&stretches));
                        see(&within.heading);
                    }
                    None => {}
                }
            }
        }
    }
}

fn seek_all(nodes: &mut [Node], mut target: DocId) -> DocId {
    'candidates: loop {
        for node in nodes.iter_mut() {
            let doc = if node.doc() < target {
                node.seek(target)
            } else {
                node.doc()
            };
            if doc > target {
                if doc == TERMINATED {
                    return TERMINATED;
                }
                target = doc;
                continue 'candidates;
            }
        }
        return target;
    }
}

fn check_all(nodes: &mut [Node], stretches: Option<&[Range<u32>]>) -> Option<Verdict> {
    let mut all = Verdict {
        levels: level::ALL,
        tier: TIER_ITSELF,
        score: 0.0,
    };
    for node in nodes {
        let verdict = node.check(stretches)?;
        all.levels &= verdict.levels;
        all.tier = all.tier.max(verdict.tier);
        all.score += verdict.score;
    }
    Some(all)
}

/// What a run gains where its units stand one behind the other, up to as much as it had: half for pairs, half for all.
fn run_bonus(units: &[Node], score: f32) -> f32 {
    let units: Vec<&UnitMatcher> = units
        .iter()
        .filter_map(|node| match node {
            Node::Unit(unit) => Some(unit),
            _ => None,
        })
        .collect();
    let Some((first, rest)) = units.split_first() else {
        return 0.0;
    };
    let mut pairs = 0;
    let mut starts = Vec::new();
    for pair in units.windows(2) {
        starts.clone_from(&pair[0].starts);
        follow(&mut starts, &pair[1].starts, pair[0].len());
        pairs += usize::from(!starts.is_empty());
    }
    starts.clone_from(&first.starts);
    let mut distance = first.len();
    for unit in rest {
        follow(&mut starts, &unit.starts, distance);
        distance += unit.len();
    }
    let all = starts.len() as f32;
    score * 0.5 * (pairs as f32 / rest.len().max(1) as f32 + all / (all + 1.0))
}

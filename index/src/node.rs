//! Looks a plan up in one segment.
//!
//! A node first offers candidates (documents that hold all syllables somewhere), then checks one (do they stand one
//! behind the other?). Only candidates that all parts of a query offer are checked, so positions are read late.

use std::ops::Range;

use tantivy::{DocId, TERMINATED};

use crate::matcher::{TIER_EXACT, TIER_ITSELF, TIERS, UnitMatcher, Verdict, follow, level};
use crate::sections;
use crate::slots::SlotLists;

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
        /// `must` from the rarest to the most frequent: what refuses most documents is checked first.
        order: Vec<usize>,
        /// What each of `must` says of the checked document.
        verdicts: Vec<Option<Verdict>>,
    },
    /// At least one.
    Or { choices: Vec<Node>, doc: DocId },
    /// Its documents, below those of what was typed.
    Reading(Box<Node>),
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
        let accepts = self.heading.accepts();
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
    /// All of `must`, none of `not`.
    pub fn all(must: Vec<Self>, not: Vec<Self>, run: bool) -> Self {
        let mut order: Vec<usize> = (0..must.len()).collect();
        order.sort_by_key(|&at| must[at].cost());
        Self::And {
            verdicts: vec![None; must.len()],
            must,
            not,
            run,
            doc: 0,
            order,
        }
    }

    /// How many documents it may offer, at most.
    fn cost(&self) -> u32 {
        match self {
            Self::All { bound, .. } => *bound,
            Self::Unit(unit) => unit.cost(),
            Self::Number { own, cites, .. } => own.cost().saturating_add(cites.cost()),
            Self::And { must, .. } => must.iter().map(Self::cost).min().unwrap_or(0),
            Self::Or { choices, .. } => choices.iter().map(Self::cost).fold(0, u32::saturating_add),
            Self::Unscanned { inner, .. } | Self::Reading(inner) => inner.cost(),
            Self::Within(within) => within.heading.cost().saturating_add(within.role.cost()),
        }
    }

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
            Self::Unscanned { inner, .. } | Self::Reading(inner) => inner.seek(target),
            Self::Within(within) => within.seek(target),
        }
    }

    /// The current candidate.
    fn doc(&self) -> DocId {
        match self {
            Self::All { doc, .. } | Self::Number { doc, .. } | Self::And { doc, .. } | Self::Or { doc, .. } => *doc,
            Self::Unit(unit) => unit.doc,
            Self::Unscanned { inner, .. } | Self::Reading(inner) => inner.doc(),
            Self::Within(within) => within.doc,
        }
    }

    /// What [`Node::check`] will say of the current candidate, the score at its highest, where that is cheap to tell.
    pub fn glance(&mut self) -> Option<Verdict> {
        match self {
            Self::All { .. } => Some(Verdict {
                levels: level::ALL,
                tier: TIER_EXACT,
                score: 0.0,
            }),
            Self::Unit(unit) => unit.glance(),
            Self::And { must, not, run, .. } if not.is_empty() => {
                let mut all = all_of(must.iter_mut().map(Self::glance))?;
                if *run {
                    all.score += RUN_BONUS * all.score;
                }
                Some(all)
            }
            _ => None,
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
            Self::And {
                must,
                not,
                run,
                doc,
                order,
                verdicts,
            } => {
                let doc = *doc;
                for &at in &*order {
                    verdicts[at] = Some(must[at].check(stretches)?);
                }
                let mut verdict = all_of(verdicts.iter().copied())?;
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
            Self::Reading(read) => {
                let verdict = read.check(stretches)?;
                Some(Verdict {
                    tier: verdict.tier + TIERS,
                    ..verdict
                })
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
            Self::And { must, .. } => must.iter_mut().for_each(|node| node.phrases_in(doc, stretches, see)),
            // A choice that the document is not found by shows nothing in it.
            Self::Or { choices, .. } => choices.iter_mut().for_each(|choice| {
                if choice.seek(doc) == doc
                    && choice
                        .check(stretches)
                        .is_some_and(|verdict| verdict.levels & level::ASKED != 0)
                {
                    choice.phrases_in(doc, stretches, see);
                }
            }),
            Self::Unscanned { inner, .. } | Self::Reading(inner) => inner.phrases_in(doc, stretches, see),
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

/// The verdict on a document that must match all; none if one does not.
fn all_of(verdicts: impl Iterator<Item = Option<Verdict>>) -> Option<Verdict> {
    let mut all = Verdict {
        levels: level::ALL,
        tier: TIER_ITSELF,
        score: 0.0,
    };
    for verdict in verdicts {
        let verdict = verdict?;
        all.levels &= verdict.levels;
        all.tier = all.tier.max(verdict.tier);
        all.score += verdict.score;
    }
    Some(all)
}

/// The most that a run gains, as a part of what it had.
const RUN_BONUS: f32 = 1.0;

/// What a run gains where its units stand one behind the other: half for pairs, half for all.
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
        starts.clear();
        starts.extend_from_slice(pair[0].starts());
        follow(&mut starts, pair[1].starts(), pair[0].len());
        pairs += usize::from(!starts.is_empty());
    }
    starts.clear();
    starts.extend_from_slice(first.starts());
    let mut distance = first.len();
    for unit in rest {
        follow(&mut starts, unit.starts(), distance);
        distance += unit.len();
    }
    let all = starts.len() as f32;
    score * RUN_BONUS * 0.5 * (pairs as f32 / rest.len().max(1) as f32 + all / (all + 1.0))
}

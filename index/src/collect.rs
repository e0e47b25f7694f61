//! One pass over all matches: the count, every facet's counts, and the best hits behind a cursor.

use std::collections::BinaryHeap;

use corpus::metadata::topics::TOPICS;
use tantivy::DocId;
use tantivy::columnar::Column;

use crate::error::SearchError;
use crate::facets::{ROLES, day, level_of, role_name};
use crate::matcher::{Verdict, level};
use crate::request::{Filters, Sort};
use crate::schema::{FACET_COLUMNS, FACETS, UNKNOWN_YEAR, YEAR};
use crate::snapshot::Snapshot;

/// Where a hit stands in the order: the smaller, the earlier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Rank {
    /// By score or date.
    pub first: u64,
    /// The document's key, to break ties.
    pub key: u64,
}

/// One of the best hits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Found {
    /// Where it stands in the order.
    pub rank: Rank,
    /// Its segment.
    pub segment: usize,
    /// Its place in the segment.
    pub doc: DocId,
    /// How well it matches.
    pub score: f32,
    /// In which tier.
    pub tier: u8,
}

impl Eq for Found {}

impl PartialOrd for Found {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Found {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.rank.cmp(&other.rank)
    }
}

/// The filters of a request, by the places of their values.
pub(crate) struct Filter {
    /// For each facet with a selection: whether each of its values is selected.
    selected: [Option<Vec<bool>>; FACETS],
    from: i64,
    to: i64,
    by_day: bool,
}

/// The filter values of each facet, as asked.
pub(crate) fn asked(filters: &Filters) -> [&[String]; FACETS] {
    [
        &filters.issuer,
        &filters.level,
        &filters.province,
        &filters.kind,
        &filters.topic,
        &filters.year,
        &filters.section,
    ]
}

impl Filter {
    /// Checks the filters and finds their values.
    pub fn new(filters: &Filters, snapshot: &Snapshot) -> Result<Self, SearchError> {
        let refuse = |filter, value: &str| SearchError::Filter {
            filter,
            value: value.to_owned(),
        };
        let asked = asked(filters);
        if let Some(year) = asked[YEAR]
            .iter()
            .find(|year| *year != UNKNOWN_YEAR && year.parse::<u16>().is_err())
        {
            return Err(refuse("year", year));
        }
        if let Some(level) = asked[1].iter().find(|level| level_of(level).is_none()) {
            return Err(refuse("level", level));
        }
        // Topics and roles are fixed lists: another value is a mistake, not a search without hits.
        if let Some(topic) = filters.topic.iter().find(|topic| !TOPICS.contains(&topic.as_str())) {
            return Err(refuse("topic", topic));
        }
        if let Some(role) = filters
            .section
            .iter()
            .find(|role| !ROLES.iter().any(|known| role_name(*known) == *role))
        {
            return Err(refuse("section", role));
        }
        for (values, name) in asked.iter().zip(FACET_COLUMNS) {
            if let Some(value) = values.iter().find(|value| value.trim().is_empty()) {
                return Err(refuse(name, value));
            }
        }
        if let (Some(from), Some(to)) = (filters.from, filters.to)
            && from > to
        {
            return Err(refuse("to", &to.to_string()));
        }
        let selected = std::array::from_fn(|facet| {
            let values = asked[facet];
            (!values.is_empty()).then(|| {
                snapshot.facets[facet]
                    .values
                    .iter()
                    .map(|value| values.contains(value))
                    .collect()
            })
        });
        Ok(Self {
            selected,
            from: filters.from.map_or(i64::MIN, day),
            to: filters.to.map_or(i64::MAX, day),
            by_day: filters.from.is_some() || filters.to.is_some(),
        })
    }
}

/// What the pass has found so far.
pub(crate) struct Collected {
    /// Documents found at the strictness asked for, whatever the filters.
    pub unfiltered: usize,
    /// Documents found at the strictness asked for.
    pub total: usize,
    /// Documents found with marks, with marks ignored, with other readings.
    pub counts: [usize; 3],
    /// Documents by facet and value.
    pub facets: [Vec<u32>; FACETS],
    best: BinaryHeap<Found>,
    keep: usize,
    behind: Option<Rank>,
    sort: Sort,
}

impl Collected {
    /// Nothing yet; keeps the best `keep` hits that stand behind `behind`.
    pub fn new(snapshot: &Snapshot, sort: Sort, keep: usize, behind: Option<Rank>) -> Self {
        Self {
            unfiltered: 0,
            total: 0,
            counts: [0; 3],
            facets: std::array::from_fn(|facet| vec![0; snapshot.facets[facet].values.len()]),
            best: BinaryHeap::with_capacity(keep + 1),
            keep,
            behind,
            sort,
        }
    }

    /// The best hits, in order.
    pub fn into_best(self) -> Vec<Found> {
        self.best.into_sorted_vec()
    }
}

/// The pass over one segment.
pub(crate) struct SegmentPass<'a> {
    snapshot: &'a Snapshot,
    filter: &'a Filter,
    segment: usize,
    columns: [Option<(&'a Column<u64>, &'a [u32])>; FACETS],
    places: Vec<u32>,
}

impl<'a> SegmentPass<'a> {
    /// Begins the pass over `segment`.
    pub fn new(snapshot: &'a Snapshot, filter: &'a Filter, segment: usize) -> Self {
        Self {
            snapshot,
            filter,
            segment,
            columns: std::array::from_fn(|facet| {
                let column = snapshot.facets[facet].segments[segment].as_ref();
                column.map(|(column, places)| (column, places.as_slice()))
            }),
            places: Vec::new(),
        }
    }

    /// Takes one match.
    pub fn take(&mut self, collected: &mut Collected, doc: DocId, verdict: Verdict) {
        let asked = verdict.levels & level::ASKED != 0;
        collected.unfiltered += usize::from(asked);
        if self.filter.by_day && !self.in_days(doc) {
            return;
        }
        // A document outside one facet's selection still counts among that facet's own values: they are alternatives.
        self.places.clear();
        let mut ends = [0; FACETS];
        let mut outside = None;
        for (facet, end) in ends.iter_mut().enumerate() {
            let begin = self.places.len();
            if let Some((column, places)) = self.columns[facet] {
                self.places
                    .extend(column.values_for_doc(doc).map(|ord| places[ord as usize]));
            }
            *end = self.places.len();
            if let Some(selected) = &self.filter.selected[facet]
                && !self.places[begin..].iter().any(|&place| selected[place as usize])
            {
                if outside.is_some() {
                    return;
                }
                outside = Some(facet);
            }
        }
        if outside.is_none() {
            for (count, level) in collected
                .counts
                .iter_mut()
                .zip([level::MARKED, level::BARE, level::SCAN])
            {
                *count += usize::from(verdict.levels & level != 0);
            }
        }
        if !asked {
            return;
        }
        let counted = outside.map_or(0..FACETS, |facet| facet..facet + 1);
        for facet in counted {
            let begin = if facet == 0 { 0 } else { ends[facet - 1] };
            for &place in &self.places[begin..ends[facet]] {
                collected.facets[facet][place as usize] += 1;
            }
        }
        if outside.is_none() {
            collected.total += 1;
            self.keep(collected, doc, verdict);
        }
    }

    fn keep(&self, collected: &mut Collected, doc: DocId, verdict: Verdict) {
        let columns = &self.snapshot.columns[self.segment];
        let score = shown_score(verdict);
        let first = match collected.sort {
            Sort::Relevance => u64::from(!score.to_bits()),
            Sort::Newest => columns.day(doc).map_or(u64::MAX, |day| !ordered(day)),
            Sort::Oldest => columns.day(doc).map_or(u64::MAX, ordered),
        };
        if let Some(worst) = collected.best.peek()
            && collected.best.len() == collected.keep
            && first > worst.rank.first
        {
            return;
        }
        let rank = Rank {
            first,
            key: columns.key.first(doc).unwrap_or(0),
        };
        if collected.behind.is_some_and(|behind| rank <= behind) {
            return;
        }
        collected.best.push(Found {
            rank,
            segment: self.segment,
            doc,
            score,
            tier: verdict.tier,
        });
        if collected.best.len() > collected.keep {
            collected.best.pop();
        }
    }

    fn in_days(&self, doc: DocId) -> bool {
        let columns = &self.snapshot.columns[self.segment];
        match columns.day(doc) {
            Some(day) => (self.filter.from..=self.filter.to).contains(&day),
            // An unknown day may be any between its bounds.
            None => {
                let bound = |column: &Option<Column<i64>>| column.as_ref().and_then(|column| column.first(doc));
                bound(&columns.earliest).is_none_or(|earliest| earliest <= self.filter.to)
                    && bound(&columns.latest).is_none_or(|latest| latest >= self.filter.from)
            }
        }
    }
}

/// Keeps the order of signed numbers among unsigned ones.
fn ordered(day: i64) -> u64 {
    (day as u64) ^ (1 << 63)
}

/// A tier and a score in one number between 0 and 20: a better tier is always above.
fn shown_score(verdict: Verdict) -> f32 {
    let within = 0.5 + 0.5 * verdict.score / (verdict.score + 8.0);
    20.0 * within * 0.5f32.powi(i32::from(verdict.tier))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_better_tier_stands_above_any_score() {
        let verdict = |tier, score| Verdict { levels: 0, tier, score };
        assert!(shown_score(verdict(1, 0.0)) >= shown_score(verdict(2, 1e6)));
        assert!(shown_score(verdict(1, 3.0)) > shown_score(verdict(1, 2.0)));
    }
}

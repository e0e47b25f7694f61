//! One pass over all matches: the count, every facet's counts, and the best hits behind a cursor.

use std::collections::BinaryHeap;

use corpus::metadata::Level;
use corpus::metadata::topics::TOPICS;
use tantivy::DocId;
use tantivy::columnar::Column;

use crate::error::SearchError;
use crate::facets::{LEVELS, ROLES, day, role_name};
use crate::first::Earliest;
use crate::matcher::{Verdict, level};
use crate::node::Node;
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

/// The filters of a request, by the numbers of their values.
pub(crate) struct Filter {
    /// The facets with a selection, as bits of a set.
    facets: u32,
    /// For each selected value of the index the bit of its facet; nothing if no facet has a selection.
    selected: Vec<u32>,
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
        let refuse = |filter, value: &str, allowed: String| SearchError::Filter {
            filter,
            value: value.to_owned(),
            allowed,
        };
        let asked = asked(filters);
        if let Some(year) = asked[YEAR]
            .iter()
            .find(|year| *year != UNKNOWN_YEAR && year.parse::<u16>().is_err())
        {
            let allowed = format!("it is a year, as 2024, or {UNKNOWN_YEAR}");
            return Err(refuse("year", year, allowed));
        }
        // Levels, topics and roles are fixed lists: another value is a mistake, not a search without hits.
        for (name, values, known) in [
            ("level", &filters.level, &LEVELS.map(Level::name)[..]),
            ("topic", &filters.topic, &TOPICS[..]),
            ("section", &filters.section, &ROLES.map(role_name)[..]),
        ] {
            if let Some(value) = values.iter().find(|value| !known.contains(&value.as_str())) {
                let allowed = format!("it is one of: {}", known.join(" · "));
                return Err(refuse(name, value, allowed));
            }
        }
        for (values, name) in asked.iter().zip(FACET_COLUMNS) {
            if let Some(value) = values.iter().find(|value| value.trim().is_empty()) {
                let allowed = format!("the facet {name} of a search without filters lists its values");
                return Err(refuse(name, value, allowed));
            }
        }
        if let (Some(from), Some(to)) = (filters.from, filters.to)
            && from > to
        {
            return Err(refuse("to", &to.to_string(), format!("it is {from} or later")));
        }
        let (mut facets, mut selected) = (0, Vec::new());
        for (facet, values) in asked.iter().enumerate().filter(|(_, values)| !values.is_empty()) {
            let known = snapshot.facets.values[facet].iter();
            selected.resize(snapshot.facets.count(), 0);
            for (number, value) in snapshot.facets.numbers(facet).zip(known) {
                selected[number] = u32::from(values.contains(value)) << facet;
            }
            facets |= 1 << facet;
        }
        Ok(Self {
            facets,
            selected,
            from: filters.from.map_or(i64::MIN, day),
            to: filters.to.map_or(i64::MAX, day),
            by_day: filters.from.is_some() || filters.to.is_some(),
        })
    }

    /// The facets in whose selection a document with these values is not, as bits of a set.
    fn outside(&self, row: &[u32]) -> u32 {
        if self.facets == 0 {
            return 0;
        }
        let inside = row
            .iter()
            .fold(0, |bits, &number| bits | self.selected[number as usize]);
        self.facets & !inside
    }
}

/// What the pass has found so far.
pub(crate) struct Collected {
    /// Documents found at the loosest strictness, whatever the filters.
    pub unfiltered: usize,
    /// Documents found at the strictness asked for.
    pub total: usize,
    /// Documents found with marks, with marks ignored, with other readings, and as the query decides.
    pub counts: [usize; 4],
    /// Documents by the number of their values.
    pub facets: Vec<u32>,
    /// The earliest document, if that is asked for.
    pub earliest: Option<Earliest>,
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
            counts: [0; 4],
            facets: vec![0; snapshot.facets.count()],
            earliest: None,
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
}

impl<'a> SegmentPass<'a> {
    /// Begins the pass over `segment`.
    pub fn new(snapshot: &'a Snapshot, filter: &'a Filter, segment: usize) -> Self {
        Self {
            snapshot,
            filter,
            segment,
        }
    }

    /// Takes one match; where the score of its `verdict` is only the highest it may be, it is checked at the node
    /// `unsure` if that makes it one of the best.
    pub fn take(&self, collected: &mut Collected, doc: DocId, verdict: Verdict, unsure: Option<&mut Node>) {
        let asked = verdict.levels & level::ASKED != 0;
        collected.unfiltered += 1;
        if self.filter.by_day && !self.in_days(doc) {
            return;
        }
        let row = self.snapshot.rows[self.segment].of(doc);
        let outside = self.filter.outside(row);
        if outside == 0 {
            for (count, level) in
                collected
                    .counts
                    .iter_mut()
                    .zip([level::MARKED, level::BARE, level::SCAN, level::TYPED])
            {
                *count += usize::from(verdict.levels & level != 0);
            }
        }
        if !asked {
            return;
        }
        match outside.count_ones() {
            0 => {
                row.iter().for_each(|&number| collected.facets[number as usize] += 1);
                collected.total += 1;
                if let Some(earliest) = &mut collected.earliest {
                    earliest.see(self.snapshot, self.segment, doc);
                }
                if !self.is_beaten(collected, doc, verdict)
                    && let Some(verdict) = unsure.map_or(Some(verdict), |node| node.check(None))
                {
                    self.keep(collected, doc, verdict);
                }
            }
            // A document outside one facet's selection still counts among that facet's own values: they are alternatives.
            1 => {
                let own = self.snapshot.facets.numbers(outside.trailing_zeros() as usize);
                let own = row
                    .iter()
                    .map(|&number| number as usize)
                    .filter(|number| own.contains(number));
                own.for_each(|number| collected.facets[number] += 1);
            }
            _ => {}
        }
    }

    /// Whether so many better ones are known that this one is not among the best.
    fn is_beaten(&self, collected: &Collected, doc: DocId, verdict: Verdict) -> bool {
        let full = collected.best.len() == collected.keep;
        let worst = collected.best.peek().filter(|_| full);
        worst.is_some_and(|worst| self.first(collected.sort, doc, verdict) > worst.rank.first)
    }

    /// Where a match stands in the order, ties aside.
    fn first(&self, sort: Sort, doc: DocId, verdict: Verdict) -> u64 {
        let day = || self.snapshot.columns[self.segment].day(doc);
        match sort {
            Sort::Relevance => u64::from(!shown_score(verdict).to_bits()),
            Sort::Newest => day().map_or(u64::MAX, |day| !ordered(day)),
            Sort::Oldest => day().map_or(u64::MAX, ordered),
        }
    }

    fn keep(&self, collected: &mut Collected, doc: DocId, verdict: Verdict) {
        let rank = Rank {
            first: self.first(collected.sort, doc, verdict),
            key: self.snapshot.columns[self.segment].key.first(doc).unwrap_or(0),
        };
        if collected.behind.is_some_and(|behind| rank <= behind) {
            return;
        }
        collected.best.push(Found {
            rank,
            segment: self.segment,
            doc,
            score: shown_score(verdict),
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

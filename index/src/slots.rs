//! Looks one syllable up in one segment: all terms that match it, as one list of documents.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::{DocId, DocSet, TERMINATED};

/// The postings of one term, and the way it matches its slot: bit 0 another reading, bit 1 folded.
pub(crate) struct List {
    pub postings: SegmentPostings,
    pub way: u8,
}

/// All terms that match one syllable.
pub(crate) struct SlotLists {
    lists: Vec<List>,
    /// The current document.
    pub doc: DocId,
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

    /// In how many documents the terms stand, at most.
    pub fn cost(&self) -> u32 {
        self.cost
    }

    /// The ways in which the current document matches, and how often in those of `accepts`; no positions are read.
    pub fn glance(&self, accepts: u8) -> (u8, u32) {
        let here = self.lists.iter().filter(|list| list.postings.doc() == self.doc);
        here.fold((0, 0), |(ways, frequency), list| {
            let way = 1 << list.way;
            let counted = if way & accepts != 0 {
                list.postings.term_freq()
            } else {
                0
            };
            (ways | way, frequency + counted)
        })
    }

    /// The first document at `target` or behind it that holds one of the terms.
    pub fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target {
            return self.doc;
        }
        let mut least = TERMINATED;
        for list in &mut self.lists {
            let doc = list.postings.doc();
            let doc = if doc >= target {
                doc
            } else if doc + 1 == target {
                // The next one is cheaper to take than to seek, and frequent syllables stand in nearly every document.
                list.postings.advance()
            } else {
                list.postings.seek(target)
            };
            least = least.min(doc);
        }
        self.doc = least;
        least
    }

    /// Writes the positions in the current document, in order, each with the set of its ways.
    pub fn places(&mut self, buffer: &mut Vec<u32>, places: &mut Vec<(u32, u8)>) {
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

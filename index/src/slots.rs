//! Looks one syllable up in one segment: all terms that match it, as one list of documents.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::{DocId, DocSet, TERMINATED};

/// Ways of a phrase from the ways of its parts: the union of their bits, for every choice.
pub(crate) const JOIN: [[u8; 16]; 16] = {
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

/// The postings of one term, and the way it matches its slot: bit 0 another reading, bit 1 folded.
pub(crate) struct List {
    pub postings: SegmentPostings,
    pub way: u8,
}

/// All terms that match one syllable.
pub(crate) struct SlotLists {
    /// The most frequent first: rare ones stand far ahead, and are passed over without being touched.
    lists: Vec<List>,
    /// Where each list stands.
    docs: Vec<DocId>,
    /// The first document of each list and those behind it, and at the end none.
    least: Vec<DocId>,
    /// The current document.
    pub doc: DocId,
    cost: u32,
}

impl SlotLists {
    /// `lists` begin at their first documents; seeking is fastest where the most frequent come first.
    pub fn new(lists: Vec<List>) -> Self {
        let docs: Vec<DocId> = lists.iter().map(|list| list.postings.doc()).collect();
        let mut slot = Self {
            least: vec![TERMINATED; docs.len() + 1],
            doc: TERMINATED,
            cost: lists
                .iter()
                .map(|list| list.postings.doc_freq())
                .fold(0, u32::saturating_add),
            docs,
            lists,
        };
        slot.settle(slot.lists.len());
        slot
    }

    /// Notes what stands first, when the first `moved` of the lists have.
    fn settle(&mut self, moved: usize) {
        let mut least = self.least[moved];
        for at in (0..moved).rev() {
            least = least.min(self.docs[at]);
            self.least[at] = least;
        }
        self.doc = least;
    }

    /// In how many documents the terms stand, at most.
    pub fn cost(&self) -> u32 {
        self.cost
    }

    /// The lists that stand at the current document.
    fn here(&mut self) -> impl Iterator<Item = &mut List> {
        let current = self.doc;
        self.lists
            .iter_mut()
            .zip(self.docs.iter().zip(&self.least))
            .take_while(move |(_, (_, least))| **least == current)
            .filter(move |(_, (doc, _))| **doc == current)
            .map(|(list, _)| list)
    }

    /// The ways in which the current document matches, and how often in those of `accepts`; no positions are read.
    pub fn glance(&mut self, accepts: u8) -> (u8, u32) {
        self.here().fold((0, 0), |(ways, frequency), list| {
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
        let mut moved = 0;
        while self.least[moved] < target {
            let doc = &mut self.docs[moved];
            if *doc < target {
                *doc = self.lists[moved].postings.seek(target);
            }
            moved += 1;
        }
        self.settle(moved);
        self.doc
    }

    /// Writes the positions in the current document, in order, each with the set of its ways.
    pub fn places(&mut self, buffer: &mut Vec<u32>, places: &mut Vec<(u32, u8)>) {
        places.clear();
        let mut lists = 0;
        for list in self.here() {
            list.postings.positions(buffer);
            places.extend(buffer.iter().map(|&position| (position, 1 << list.way)));
            lists += 1;
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

    /// Keeps of `starts`, which are in order, those with a place `distance` behind them in the current document.
    ///
    /// The lists are gone through one by one: what a syllable without marks folds to need not be put in order.
    pub fn follow(&mut self, starts: &mut Vec<(u32, u8)>, distance: u32, buffer: &mut Vec<u32>, joined: &mut Vec<u8>) {
        joined.clear();
        joined.resize(starts.len(), 0);
        for list in self.here() {
            list.postings.positions(buffer);
            let (mut at, mut next) = (0, 0);
            while let (Some(&(start, ways)), Some(&place)) = (starts.get(at), buffer.get(next)) {
                let sought = start + distance;
                if sought == place {
                    joined[at] |= JOIN[ways as usize][1 << list.way];
                }
                // Which of the two steps on is a matter of chance: no branch is taken on it.
                at += usize::from(sought <= place);
                next += usize::from(place <= sought);
            }
        }
        let mut joined = joined.iter();
        starts.retain_mut(|(_, ways)| {
            *ways = joined.next().copied().unwrap_or_default();
            *ways != 0
        });
    }
}

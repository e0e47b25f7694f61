//! The hits of a page: what each document says of itself, and where the query stands in it.

use tantivy::DocId;

use crate::answer::Hit;
use crate::collect::Found;
use crate::error::SearchError;
use crate::highlight;
use crate::lookup::Lookup;
use crate::node::Node;
use crate::passages::Occurrence;
use crate::plan::{Layer, Plan, Step, way};
use crate::snapshot::Snapshot;
use crate::stored::Stored;

/// The hits of a page, in order.
pub(crate) fn hits(
    snapshot: &Snapshot,
    lookup: &Lookup<'_>,
    plan: &Plan,
    found: &[Found],
) -> Result<Vec<Hit>, SearchError> {
    // Postings go forward only: look the hits up in the order of the index, then give them back in theirs.
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by_key(|&at| (found[at].segment, found[at].doc));
    let mut node: Option<(usize, Node)> = None;
    let mut hits: Vec<Option<Hit>> = found.iter().map(|_| None).collect();
    for at in order {
        let one = &found[at];
        if node.as_ref().is_none_or(|(segment, _)| *segment != one.segment) {
            node = Some((one.segment, lookup.node(one.segment)?));
        }
        let (_, node) = node.as_mut().expect("made just before");
        let occurrences = occurrences(node, plan, one.doc);
        hits[at] = Some(hit(snapshot, plan, one, &occurrences)?);
    }
    Ok(hits.into_iter().flatten().collect())
}

/// Where the phrases of the plan stand in `doc`, as far as they are asked for, in order.
pub(crate) fn occurrences(node: &mut Node, plan: &Plan, doc: DocId) -> Vec<Occurrence> {
    let mut found = Vec::new();
    node.phrases_in(doc, None, &mut |unit| {
        let (at, len, accepts) = (unit.unit, unit.len(), unit.accepts());
        let typed = &plan.units[at];
        let starts = unit.starts().iter().filter(|(_, ways)| ways & accepts != 0);
        found.extend(starts.map(|&(position, ways)| {
            // The scan's own letters are no reading of the paper.
            let ways = if typed.layer == Layer::Scan {
                way::EXACT_OTHER
            } else {
                ways & accepts
            };
            Occurrence::new(position, len, at, ways, typed.bare)
        }));
    });
    found.sort_unstable();
    found
}

fn hit(snapshot: &Snapshot, plan: &Plan, found: &Found, occurrences: &[Occurrence]) -> Result<Hit, SearchError> {
    let bytes = snapshot.stored_bytes(found.segment, found.doc)?;
    let stored = Stored::open(&bytes)?;
    let summary = stored.summary()?;
    let key = snapshot.columns[found.segment].key.first(found.doc).unwrap_or(0);
    let mut paths = snapshot.paths.get(&key).cloned().unwrap_or_default().into_iter();
    let highlights = highlight::highlights(&stored, occurrences, &plan.units)?;
    let matched = match plan.root {
        Step::All => None,
        // The strictest comes first among the variants.
        _ => highlights.iter().filter_map(|highlight| highlight.matched).min(),
    };
    Ok(Hit {
        id: summary.id,
        path: paths.next().unwrap_or_default(),
        other_paths: paths.collect(),
        title: summary.title,
        number: summary.number,
        kind: summary.kind,
        issuer: summary.issuer,
        date: summary.date,
        topics: summary.topics,
        score: found.score,
        matched,
        highlights,
    })
}

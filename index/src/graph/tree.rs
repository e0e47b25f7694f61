//! The implementation tree: from what is carried out down to those who carry it out, each standing once.

use corpus::Date;
use corpus::citations::CitationRole;
use corpus::metadata::{DocumentNumber, Level};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::error::SearchError;
use crate::graph::identity::means;
use crate::graph::shelf::{Known, Shelf};
use crate::graph::{Branch, sisters};
use crate::stored::Summary;

/// How many documents a tree holds at most.
const MOST_DOCUMENTS: usize = 2_000;

/// What stands at the top of a tree: a document, or a number that the corpus lacks.
#[derive(Debug, Clone)]
pub(crate) struct Root {
    /// The number.
    pub number: DocumentNumber,
    /// The document, if the corpus has it.
    pub document: Option<Known>,
    /// The day the number is cited with, where the document is missing.
    pub date: Option<Date>,
}

/// Everything that carries out a root, directly or through others.
pub(crate) struct Tree {
    root: Root,
    /// Those that carry it out, in the order in which they were found.
    nodes: Vec<Known>,
    /// By node: the node it stands under, or none for the root.
    parents: Vec<Option<usize>>,
}

impl Tree {
    /// Gathers what carries out `root`; cycles and numbers cited thousands of times end.
    pub fn grow(shelf: &Shelf<'_>, root: Root) -> Result<Self, SearchError> {
        let mut nodes: Vec<Known> = Vec::new();
        let mut links: Vec<(usize, Option<usize>)> = Vec::new();
        let mut places: FxHashMap<String, usize> = FxHashMap::default();
        let top = root.document.as_ref().map(|known| known.summary.id.clone());
        let mut open: Vec<Option<usize>> = vec![None];
        while let Some(parent) = open.pop() {
            let children = match parent {
                None => carrying_out(shelf, &root)?,
                Some(node) => match root_of(&nodes[node]) {
                    Some(inner) => carrying_out(shelf, &inner)?,
                    None => continue,
                },
            };
            for child in children {
                if Some(&child.summary.id) == top.as_ref() {
                    continue;
                }
                let place = match places.get(&child.summary.id) {
                    Some(&place) => place,
                    None if nodes.len() >= MOST_DOCUMENTS => continue,
                    None => {
                        places.insert(child.summary.id.clone(), nodes.len());
                        nodes.push(child);
                        open.push(Some(nodes.len() - 1));
                        nodes.len() - 1
                    }
                };
                links.push((place, parent));
            }
        }
        let parents = nearest_parents(&nodes, &links);
        Ok(Self { root, nodes, parents })
    }

    /// All documents of the tree, the earliest first, unknown dates last.
    pub fn into_documents(mut self) -> Vec<Known> {
        self.nodes.sort_by_key(|known| order(&known.summary));
        self.nodes
    }

    /// The root and how it has been cited, with the documents below it.
    pub fn branch(&self, sisters: &sisters::Sisters) -> Branch {
        let mut below: FxHashMap<Option<usize>, Vec<usize>> = FxHashMap::default();
        for (node, parent) in self.parents.iter().enumerate() {
            below.entry(*parent).or_default().push(node);
        }
        for children in below.values_mut() {
            children.sort_by_key(|&node| order(&self.nodes[node].summary));
        }
        let there: FxHashSet<&str> = self
            .nodes
            .iter()
            .chain(&self.root.document)
            .filter_map(|known| known.summary.issuer.as_ref().map(|issuer| issuer.name.as_str()))
            .collect();
        let root = Branch {
            number: Some(self.root.number.clone()),
            document: self.root.document.as_ref().map(Known::entry),
            carried_out_by: Vec::new(),
            absent: Vec::new(),
        };
        self.with_children(root, None, &below, &there, sisters)
    }

    fn with_children(
        &self,
        mut branch: Branch,
        at: Option<usize>,
        below: &FxHashMap<Option<usize>, Vec<usize>>,
        there: &FxHashSet<&str>,
        sisters: &sisters::Sisters,
    ) -> Branch {
        let children = below.get(&at).map_or(&[][..], Vec::as_slice);
        let summaries: Vec<&Summary> = children.iter().map(|&child| &self.nodes[child].summary).collect();
        branch.absent = sisters.absent(&summaries, there);
        for &child in children {
            let known = &self.nodes[child];
            let inner = Branch {
                number: known.summary.number.clone().map(DocumentNumber),
                document: Some(known.entry()),
                carried_out_by: Vec::new(),
                absent: Vec::new(),
            };
            branch
                .carried_out_by
                .push(self.with_children(inner, Some(child), below, there, sisters));
        }
        branch
    }
}

/// The document as the top of a tree of its own.
pub(crate) fn root_of(known: &Known) -> Option<Root> {
    let number = known.summary.number.clone().map(DocumentNumber)?;
    Some(Root {
        number,
        date: known.summary.date,
        document: Some(known.clone()),
    })
}

/// The documents that carry out `root` and say so themselves.
fn carrying_out(shelf: &Shelf<'_>, root: &Root) -> Result<Vec<Known>, SearchError> {
    let mut found = shelf.citing(&root.number)?;
    found.retain(|known| {
        known.summary.citations.iter().any(|citation| {
            let carries = matches!(citation.role, CitationRole::Implements | CitationRole::Basis);
            let issuer = known.summary.issuer.as_ref();
            let meant = match &root.document {
                Some(document) => means(citation, issuer, &document.summary),
                None => {
                    citation.number == root.number
                        && (root.date.is_none() || citation.date.is_none() || citation.date == root.date)
                }
            };
            carries && meant
        })
    });
    Ok(found)
}

/// Hangs each document under the lowest of those it carries out: a district's plan under the province's, not under both.
///
/// A parent is higher, or as high and earlier, than its child, so that a cycle of citations cannot become one of the tree.
fn nearest_parents(nodes: &[Known], links: &[(usize, Option<usize>)]) -> Vec<Option<usize>> {
    let mut parents: Vec<Option<usize>> = vec![None; nodes.len()];
    for &(child, parent) in links {
        let Some(parent) = parent else { continue };
        let higher = rank(&nodes[parent].summary) < rank(&nodes[child].summary);
        let nearer = parents[child].is_none_or(|known| rank(&nodes[parent].summary) > rank(&nodes[known].summary));
        if higher && nearer {
            parents[child] = Some(parent);
        }
    }
    parents
}

/// How far down a document stands: by level, then by day, then by id.
fn rank(summary: &Summary) -> (u8, bool, Option<Date>, &str) {
    let level = match summary.issuer.as_ref().and_then(|issuer| issuer.level) {
        Some(Level::Central) => 0,
        Some(Level::Province) => 1,
        Some(Level::District) => 2,
        Some(Level::Commune) => 3,
        None => 4,
    };
    let date = summary.date.or(summary.not_before);
    (level, date.is_none(), date, &summary.id)
}

/// The earliest first, unknown dates last.
fn order(summary: &Summary) -> (bool, Option<Date>, String) {
    (summary.date.is_none(), summary.date, summary.id.clone())
}

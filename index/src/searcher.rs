//! Reads one snapshot of the index.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use corpus::Document;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, TERMINATED, Term};
use vietnamese::restore::Restorer;

use crate::answer::{Doubt, Facet, FacetValue, Facets, Match, MatchCounts, SearchPage};
use crate::collect::{Collected, Filter, Rank, SegmentPass, asked};
use crate::error::{IndexError, SearchError};
use crate::first::Earliest;
use crate::highlight;
use crate::hits::{hits, occurrences};
use crate::lookup::Lookup;
use crate::node::Node;
use crate::pasted::{self, Which};
use crate::plan;
use crate::query::{self, Query};
use crate::request::{Matching, SearchRequest, Sort};
use crate::schema::{FACETS, UNKNOWN_YEAR, YEAR};
use crate::snapshot::Snapshot;
use crate::store::Store;
use crate::stored::{Stored, Summary, Unreadable, read_summary};

/// At most so many hits stand on a page.
pub const LIMIT_MAX: usize = 100;

/// Answers questions from a snapshot of the index; cheap to clone and shared between threads.
#[derive(Clone)]
pub struct Searcher {
    inner: Arc<Inner>,
}

struct Inner {
    path: PathBuf,
    store: Store,
    snapshot: RwLock<Arc<Snapshot>>,
    restorer: OnceLock<Restorer>,
}

impl From<tantivy::TantivyError> for SearchError {
    fn from(error: tantivy::TantivyError) -> Self {
        Self::Engine {
            reason: error.to_string(),
        }
    }
}

impl From<Unreadable> for SearchError {
    fn from(error: Unreadable) -> Self {
        Self::Engine {
            reason: error.to_string(),
        }
    }
}

impl Searcher {
    /// Opens the index at `path` to read; later commits are seen after [`Searcher::reload`].
    pub fn open(path: &Path) -> Result<Self, IndexError> {
        let store = Store::open(path)?;
        // The word list is made ready now, so that no reader waits for it.
        vietnamese::segment::Segmenter::embedded();
        let snapshot = RwLock::new(Arc::new(store.snapshot()?));
        let path = path.to_owned();
        Ok(Self {
            inner: Arc::new(Inner {
                path,
                store,
                snapshot,
                restorer: OnceLock::new(),
            }),
        })
    }

    /// Takes the newest commit as the snapshot; cheap where there is none newer.
    pub fn reload(&self) -> Result<(), IndexError> {
        if self.inner.store.is_newest(&self.snapshot())? {
            return Ok(());
        }
        let snapshot = Arc::new(self.inner.store.snapshot()?);
        *self.inner.snapshot.write().unwrap_or_else(PoisonError::into_inner) = snapshot;
        Ok(())
    }

    /// Where the index lies.
    pub fn path(&self) -> &Path {
        &self.inner.path
    }

    /// How many documents the index holds.
    pub fn document_count(&self) -> usize {
        self.snapshot().document_count()
    }

    /// The same searcher, reading pasted queries with a model that is already loaded.
    pub fn with_restorer(self, restorer: Restorer) -> Self {
        // A model that was loaded in the meantime reads as well.
        let _ = self.inner.restorer.set(restorer);
        self
    }

    /// Answers one question.
    ///
    /// Words that look pasted from a scan are read, and their readings sought beside them; where nothing is found, all
    /// words are.
    pub fn search(&self, request: &SearchRequest) -> Result<SearchPage, SearchError> {
        sound(|| self.ask(request))
    }

    fn ask(&self, request: &SearchRequest) -> Result<SearchPage, SearchError> {
        if !(1..=LIMIT_MAX).contains(&request.limit) {
            return Err(SearchError::Limit { limit: request.limit });
        }
        let query = query::parse(&request.query)?;
        let behind = crate::cursor::read(request)?;
        let snapshot = self.snapshot();
        let restore = |text: &str| self.restorer().restore(text).text;
        let ask = |query: &Query| answer(&snapshot, request, query, behind, &restore);
        if request.literal {
            return Ok(ask(&query)?.0);
        }
        if let Some((query, read)) = pasted::read(&query, Which::Scanned, &|| self.restorer()) {
            return Ok(ask(&query)?.0.read_as(read));
        }
        let (page, unfiltered) = ask(&query)?;
        // What only the filters or the strictness hide was understood.
        if unfiltered > 0 {
            return Ok(page);
        }
        if let Some((query, read)) = pasted::read(&query, Which::Any, &|| self.restorer()) {
            let (again, unfiltered) = ask(&query)?;
            if unfiltered > 0 {
                return Ok(again.read_as(read));
            }
        }
        Ok(page)
    }

    fn restorer(&self) -> &Restorer {
        self.inner.restorer.get_or_init(Restorer::new)
    }

    /// The document of this id and its paths, or none.
    pub fn document(&self, id: &str) -> Result<Option<(Document, Vec<String>)>, SearchError> {
        let snapshot = self.snapshot();
        sound(|| {
            let Some((segment, doc)) = address(&snapshot, id)? else {
                return Ok(None);
            };
            let bytes = snapshot.stored_bytes(segment, doc)?;
            let document = Stored::open(&bytes)?.document()?;
            let key = snapshot.columns[segment].key.first(doc).unwrap_or(0);
            let paths = snapshot.paths.get(&key).cloned().unwrap_or_default();
            Ok(Some((document, paths)))
        })
    }

    /// Every place of a document that a query matches, in order, not overlapping; none if there is no such document.
    ///
    /// A query that looks pasted from a scan is read as in [`Searcher::search`], unless it is `literal`.
    pub fn matches(
        &self,
        id: &str,
        query: &str,
        matching: Option<Matching>,
        literal: bool,
    ) -> Result<Vec<Match>, SearchError> {
        let query = query::parse(query)?;
        let snapshot = self.snapshot();
        let Some((segment, doc)) = address(&snapshot, id)? else {
            return Ok(Vec::new());
        };
        let restore = |text: &str| self.restorer().restore(text).text;
        let bytes = snapshot.stored_bytes(segment, doc)?;
        let stored = Stored::open(&bytes)?;
        let find = |query: &Query| {
            let plan = plan::plan(query, matching, &restore)?;
            let lookup = Lookup::new(&plan, &snapshot)?;
            let occurrences = occurrences(&mut lookup.node(segment)?, &plan, doc);
            Ok(highlight::matches(&stored, &occurrences, &plan.units)?)
        };
        if literal {
            return find(&query);
        }
        let read = |which| pasted::read(&query, which, &|| self.restorer()).map(|(query, _)| query);
        let found = find(read(Which::Scanned).as_ref().unwrap_or(&query))?;
        if found.is_empty()
            && let Some(query) = read(Which::Any)
        {
            return find(&query);
        }
        Ok(found)
    }

    /// The fields of all documents that were read with the least confidence, least sure first, at most `limit`.
    ///
    /// Fields that a person corrected are not among them.
    pub fn doubts(&self, limit: usize) -> Result<Vec<Doubt>, SearchError> {
        crate::doubts::least_sure(&self.snapshot(), limit)
    }

    /// Calls `see` with the summary and the paths of every document, without reading texts.
    ///
    /// Citations come without their places; a document with more than 256 of them gives the first.
    pub fn each_summary(&self, see: &mut dyn FnMut(Summary, &[String])) -> Result<(), SearchError> {
        let snapshot = self.snapshot();
        for segment in 0..snapshot.segment_count() {
            snapshot.each_summary(segment, |doc, bytes| {
                let key = snapshot.columns[segment].key.first(doc).unwrap_or(0);
                let paths = snapshot.paths.get(&key).map_or(&[][..], Vec::as_slice);
                see(read_summary(bytes)?, paths);
                Ok(())
            })?;
        }
        Ok(())
    }

    pub(crate) fn snapshot(&self) -> Arc<Snapshot> {
        self.inner
            .snapshot
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

/// Runs `read`; where the engine panics over damaged bytes, says so.
fn sound<T>(read: impl FnOnce() -> Result<T, SearchError>) -> Result<T, SearchError> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| {
        let reason = "its files do not fit together; `verify` tells which are damaged".to_owned();
        Err(SearchError::Engine { reason })
    })
}

/// One page of a query that was parsed, and how many documents it would find without filters.
fn answer(
    snapshot: &Snapshot,
    request: &SearchRequest,
    query: &Query,
    behind: Option<Rank>,
    restore: &dyn Fn(&str) -> String,
) -> Result<(SearchPage, usize), SearchError> {
    let filter = Filter::new(&request.filters, snapshot)?;
    let plan = plan::plan(query, request.matching, restore)?;
    let lookup = Lookup::new(&plan, snapshot)?;
    // Without words nothing is more relevant than another: the latest come first.
    let sort = match request.sort {
        Sort::Relevance if *query == Query::All => Sort::Newest,
        sort => sort,
    };
    let mut collected = Collected::new(snapshot, sort, request.limit + 1, behind);
    collected.earliest = (behind.is_none() && query.asks_for_phrase()).then(Earliest::default);
    for segment in 0..snapshot.segment_count() {
        let mut node = lookup.node(segment)?;
        let pass = SegmentPass::new(snapshot, &filter, segment);
        each_alive(snapshot, segment, &mut node, &mut |node, doc| {
            if let Some(verdict) = node.glance() {
                pass.take(&mut collected, doc, verdict, Some(node));
            } else if let Some(verdict) = node.check(None) {
                pass.take(&mut collected, doc, verdict, None);
            }
        });
    }
    let (total, unfiltered) = (collected.total, collected.unfiltered);
    let [marked, bare, scan, typed] = collected.counts;
    let facets = facets(snapshot, &collected, request);
    let earliest = collected.earliest.as_ref();
    let first = earliest
        .map(|earliest| earliest.document(snapshot))
        .transpose()?
        .flatten();
    let mut found = collected.into_best();
    let next = (found.len() > request.limit).then(|| {
        found.truncate(request.limit);
        crate::cursor::write(request, found[request.limit - 1].rank)
    });
    let page = SearchPage {
        query: request.query.clone(),
        read_as: None,
        total,
        counts: MatchCounts {
            typed,
            marked,
            bare,
            scan,
        },
        matching: request.matching,
        hits: hits(snapshot, &lookup, &plan, &found)?,
        facets,
        first,
        next,
    };
    Ok((page, unfiltered))
}

/// Calls `see` with every candidate that was not deleted.
fn each_alive(snapshot: &Snapshot, segment: usize, node: &mut Node, see: &mut dyn FnMut(&mut Node, DocId)) {
    let alive = snapshot.segment(segment).alive_bitset();
    let mut doc = node.seek(0);
    while doc != TERMINATED {
        if alive.is_none_or(|alive| alive.is_alive(doc)) {
            see(node, doc);
        }
        doc = node.seek(doc + 1);
    }
}

fn address(snapshot: &Snapshot, id: &str) -> Result<Option<(usize, DocId)>, SearchError> {
    let term = Term::from_field_text(snapshot.fields.id, id);
    for segment in 0..snapshot.segment_count() {
        let reader = snapshot.segment(segment);
        let inverted = reader.inverted_index(snapshot.fields.id)?;
        let postings = inverted
            .read_postings(&term, IndexRecordOption::Basic)
            .map_err(tantivy::TantivyError::from)?;
        let Some(mut postings) = postings else {
            continue;
        };
        while postings.doc() != TERMINATED {
            if !reader.is_deleted(postings.doc()) {
                return Ok(Some((segment, postings.doc())));
            }
            postings.advance();
        }
    }
    Ok(None)
}

fn facets(snapshot: &Snapshot, collected: &Collected, request: &SearchRequest) -> Facets {
    let asked = asked(&request.filters);
    let facet = |facet: usize| -> Facet {
        let known = &snapshot.facets.values[facet];
        let counts = &collected.facets[snapshot.facets.numbers(facet)];
        let mut values: Vec<FacetValue> = known
            .iter()
            .zip(counts)
            .enumerate()
            .filter(|(_, (value, count))| **count > 0 || asked[facet].contains(value))
            .map(|(place, (value, &count))| FacetValue {
                value: value.clone(),
                count: count as usize,
                selected: asked[facet].contains(value),
                place: (facet == 0).then(|| snapshot.places[place].clone()),
            })
            .collect();
        for value in asked[facet].iter().filter(|value| !known.contains(value)) {
            values.push(FacetValue {
                value: value.clone(),
                count: 0,
                selected: true,
                place: None,
            });
        }
        if facet == YEAR {
            let order = |value: &FacetValue| value.value == UNKNOWN_YEAR;
            values.sort_by(|a, b| order(a).cmp(&order(b)).then_with(|| a.value.cmp(&b.value)));
        } else {
            values.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
        }
        values
    };
    let [issuer, level, province, kind, topic, year, section]: [Facet; FACETS] = std::array::from_fn(facet);
    Facets {
        issuer,
        level,
        province,
        kind,
        topic,
        year,
        section,
    }
}

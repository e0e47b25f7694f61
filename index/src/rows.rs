//! The facet values of every document of a segment, row by row.
//!
//! Facets are counted for every match of every query, so their columns are read once a commit: a document's values of
//! all facets stand one behind the other as numbers that run through all facets, and counting is one addition a value.

use std::ops::Range;

use rustc_hash::FxHashMap;
use tantivy::columnar::Column;
use tantivy::{DocId, Searcher as EngineSearcher, SegmentReader};

use crate::schema::{FACET_COLUMNS, FACETS};

/// The values of all facets, facet by facet, each known by its number.
pub(crate) struct FacetValues {
    /// The values of each facet, in no order.
    pub values: [Vec<String>; FACETS],
    /// The number of the first value of each facet, and behind the last.
    begins: [u32; FACETS + 1],
}

/// The numbers of the values that each document of a segment has.
pub(crate) struct Rows {
    ends: Vec<u32>,
    numbers: Vec<u32>,
}

/// The column of one facet in one segment, and the place of each of its ordinals among the facet's values.
type Places = Option<(Column<u64>, Vec<u32>)>;

impl FacetValues {
    /// The numbers of the values of `facet`.
    pub fn numbers(&self, facet: usize) -> Range<usize> {
        self.begins[facet] as usize..self.begins[facet + 1] as usize
    }

    /// How many values all facets have.
    pub fn count(&self) -> usize {
        self.begins[FACETS] as usize
    }
}

impl Rows {
    /// The values of one document, facet by facet.
    pub fn of(&self, doc: DocId) -> &[u32] {
        let doc = doc as usize;
        let begin = doc.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.numbers[begin as usize..self.ends[doc] as usize]
    }

    fn read(reader: &SegmentReader, begins: &[u32], columns: &[Places]) -> Self {
        let mut rows = Self {
            ends: Vec::with_capacity(reader.max_doc() as usize),
            numbers: Vec::new(),
        };
        for doc in 0..reader.max_doc() {
            for (begin, column) in begins.iter().zip(columns) {
                if let Some((column, places)) = column {
                    let places = column.values_for_doc(doc).map(|ord| places[ord as usize]);
                    rows.numbers.extend(places.map(|place| begin + place));
                }
            }
            rows.ends.push(rows.numbers.len() as u32);
        }
        rows.numbers.shrink_to_fit();
        rows
    }
}

/// Reads the facets of all segments.
pub(crate) fn read(engine: &EngineSearcher) -> tantivy::Result<(FacetValues, Vec<Rows>)> {
    let mut values: [Vec<String>; FACETS] = Default::default();
    let mut begins = [0; FACETS + 1];
    let mut columns: Vec<Vec<Places>> = engine.segment_readers().iter().map(|_| Vec::new()).collect();
    for (facet, name) in FACET_COLUMNS.into_iter().enumerate() {
        let (found, places) = read_values(engine, name)?;
        begins[facet + 1] = begins[facet] + found.len() as u32;
        values[facet] = found;
        columns.iter_mut().zip(places).for_each(|(all, one)| all.push(one));
    }
    let rows = engine.segment_readers().iter().zip(&columns);
    let rows = rows
        .map(|(reader, columns)| Rows::read(reader, &begins, columns))
        .collect();
    Ok((FacetValues { values, begins }, rows))
}

/// All values of a column of words, and by segment where each of its ordinals stands among them.
pub(crate) fn read_values(engine: &EngineSearcher, name: &str) -> tantivy::Result<(Vec<String>, Vec<Places>)> {
    let mut values: Vec<String> = Vec::new();
    let mut segments = Vec::new();
    let mut known: FxHashMap<String, u32> = FxHashMap::default();
    for reader in engine.segment_readers() {
        let Some(column) = reader.fast_fields().str(name)? else {
            segments.push(None);
            continue;
        };
        let mut places = Vec::with_capacity(column.num_terms());
        let mut terms = column.dictionary().stream()?;
        while terms.advance() {
            let value = String::from_utf8_lossy(terms.key()).into_owned();
            let next = values.len() as u32;
            let place = *known.entry(value.clone()).or_insert_with(|| {
                values.push(value);
                next
            });
            places.push(place);
        }
        segments.push(Some((column.ords().clone(), places)));
    }
    Ok((values, segments))
}

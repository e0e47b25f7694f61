//! One commit of the index, opened to be read.

use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;
use tantivy::columnar::Column;
use tantivy::directory::OwnedBytes;
use tantivy::store::StoreReader;
use tantivy::{DocId, Searcher as EngineSearcher, SegmentReader, TantivyError};

use crate::answer::Place;
use crate::error::SearchError;
use crate::facets::{issuer_place, split_place};
use crate::graph::tally::{self, Cited};
use crate::matcher::length_factors;
use crate::plan::Layer;
use crate::rows::{self, FacetValues, Rows};
use crate::schema::Fields;

/// So many blocks of stored documents are kept unpacked: pages rarely ask for the same document twice.
const STORE_BLOCKS: usize = 4;

/// What searching needs of one commit, read once.
pub(crate) struct Snapshot {
    /// Which commit it is.
    pub opstamp: u64,
    /// The engine's view.
    pub engine: EngineSearcher,
    /// The fields.
    pub fields: Fields,
    /// The values of each facet.
    pub facets: FacetValues,
    /// Which of them each document has, by segment.
    pub rows: Vec<Rows>,
    /// Where each issuing body stands, by its place among the facet's values.
    pub places: Vec<Place>,
    /// Columns that are not facets, by segment.
    pub columns: Vec<Columns>,
    /// The paths of each document.
    pub paths: FxHashMap<u64, Vec<String>>,
    stores: Vec<StoreReader>,
    text_lengths: Arc<[f32; 256]>,
    scan_lengths: Arc<[f32; 256]>,
    cited: OnceLock<Vec<Cited>>,
}

/// The columns of one segment that are not facets.
pub(crate) struct Columns {
    pub key: Column<u64>,
    pub day: Option<Column<i64>>,
    pub earliest: Option<Column<i64>>,
    pub latest: Option<Column<i64>>,
    pub doubt: Option<Column<u64>>,
}

impl Snapshot {
    /// Opens what the engine sees.
    pub fn open(
        engine: EngineSearcher,
        fields: Fields,
        paths: FxHashMap<u64, Vec<String>>,
        opstamp: u64,
    ) -> tantivy::Result<Self> {
        let (facets, rows) = rows::read(&engine)?;
        let places = places(&engine, &facets.values[0])?;
        let columns = engine
            .segment_readers()
            .iter()
            .map(Columns::open)
            .collect::<tantivy::Result<_>>()?;
        let stores = engine
            .segment_readers()
            .iter()
            .map(|reader| reader.get_store_reader(STORE_BLOCKS))
            .collect::<std::io::Result<_>>()?;
        let text_lengths = Arc::new(length_factors(average_length(&engine, fields.text)?));
        let scan_lengths = Arc::new(length_factors(average_length(&engine, fields.scan)?));
        Ok(Self {
            opstamp,
            engine,
            fields,
            facets,
            rows,
            places,
            columns,
            stores,
            paths,
            text_lengths,
            scan_lengths,
            cited: OnceLock::new(),
        })
    }

    /// The most cited numbers, counted when first asked for.
    pub fn cited(&self) -> Result<&[Cited], SearchError> {
        if let Some(cited) = self.cited.get() {
            return Ok(cited);
        }
        let counted = tally::count(self)?;
        Ok(self.cited.get_or_init(|| counted))
    }

    /// How many segments there are.
    pub fn segment_count(&self) -> usize {
        self.engine.segment_readers().len()
    }

    /// One segment.
    pub fn segment(&self, ord: usize) -> &SegmentReader {
        &self.engine.segment_readers()[ord]
    }

    /// How many documents there are.
    pub fn document_count(&self) -> usize {
        self.engine.num_docs() as usize
    }

    /// The bytes of a stored document, see [`crate::stored::Stored`].
    pub fn stored_bytes(&self, segment: usize, doc: DocId) -> tantivy::Result<OwnedBytes> {
        self.stores[segment].get_document_bytes(doc)
    }

    /// How length counts in a layer.
    pub fn length_factors(&self, layer: Layer) -> Arc<[f32; 256]> {
        match layer {
            Layer::Text | Layer::Unscanned => self.text_lengths.clone(),
            Layer::Scan => self.scan_lengths.clone(),
        }
    }
}

impl Snapshot {
    /// Calls `see` with the stored summary of every living document of a segment.
    pub fn each_summary(
        &self,
        segment: usize,
        mut see: impl FnMut(DocId, &[u8]) -> Result<(), SearchError>,
    ) -> Result<(), SearchError> {
        let reader = self.segment(segment);
        let Some(column) = reader.fast_fields().bytes("summary")? else {
            return Ok(());
        };
        // Values lie in the order of their bytes, not of their documents.
        let mut documents: Vec<(u64, DocId)> = reader
            .doc_ids_alive()
            .filter_map(|doc| Some((column.ords().first(doc)?, doc)))
            .collect();
        documents.sort_unstable();
        let mut documents = documents.into_iter().peekable();
        let mut values = column.dictionary().stream().map_err(TantivyError::from)?;
        while let Some((ord, _)) = documents.peek() {
            if !values.advance() {
                break;
            }
            if values.term_ord() < *ord {
                continue;
            }
            let ord = *ord;
            while let Some((_, doc)) = documents.next_if(|(other, _)| *other == ord) {
                see(doc, values.key())?;
            }
        }
        Ok(())
    }
}

impl Columns {
    fn open(reader: &SegmentReader) -> tantivy::Result<Self> {
        let fast = reader.fast_fields();
        Ok(Self {
            key: fast.u64("key")?,
            day: fast.column_opt("day")?,
            earliest: fast.column_opt("earliest")?,
            latest: fast.column_opt("latest")?,
            doubt: fast.column_opt("doubt")?,
        })
    }
}

impl Columns {
    /// The day a document was issued, if known.
    pub fn day(&self, doc: DocId) -> Option<i64> {
        self.day.as_ref().and_then(|column| column.first(doc))
    }
}

fn places(engine: &EngineSearcher, issuers: &[String]) -> tantivy::Result<Vec<Place>> {
    let (values, _) = rows::read_values(engine, issuer_place::COLUMN)?;
    let by_name: FxHashMap<&str, Place> = values.iter().map(|value| split_place(value)).collect();
    Ok(issuers
        .iter()
        .map(|name| by_name.get(name.as_str()).cloned().unwrap_or_default())
        .collect())
}

fn average_length(engine: &EngineSearcher, field: tantivy::schema::Field) -> tantivy::Result<f32> {
    let (mut tokens, mut documents) = (0, 0);
    for reader in engine.segment_readers() {
        tokens += reader.inverted_index(field)?.total_num_tokens();
        documents += u64::from(reader.max_doc());
    }
    Ok(tokens as f32 / documents.max(1) as f32)
}

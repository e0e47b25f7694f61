//! The wire types: what programs are told, and by which names.
//!
//! Apart from the types of the index, so that those may change while these keep their names and meaning.

pub mod document;
pub mod graph;

use corpus::metadata;
use index::{FacetValue, Highlight, Hit, MatchCounts, Matching};
use serde::Serialize;
use utoipa::ToSchema;

use self::graph::EntryView;
use crate::parameters::SearchParameters;

/// One page of hits.
#[derive(Debug, Serialize, ToSchema)]
pub struct SearchPage {
    /// The query as typed.
    #[schema(example = "\"đối ngoại\"")]
    pub query: String,
    /// How a query pasted from a scan was read, where it was read at all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub read_as: Option<String>,
    /// How many documents match; exact.
    pub total: usize,
    /// How long the index took, in milliseconds.
    pub took_ms: u64,
    /// The strictness that was used; its count is `total`.
    pub r#match: Strictness,
    /// How many documents match at each strictness, with the same filters.
    pub counts: Counts,
    /// The hits of this page, in order.
    pub hits: Vec<SearchHit>,
    /// How the hits divide.
    pub facets: Facets,
    /// Who said it first, where a phrase is asked for; absent behind a cursor and where no date is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<First>,
    /// Where the next page is; absent at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "/api/v1/search?q=%C4%91%E1%BB%91i+ngo%E1%BA%A1i&cursor=…")]
    pub next: Option<String>,
}

/// The earliest of the documents that were found.
#[derive(Debug, Serialize, ToSchema)]
pub struct First {
    /// The document.
    #[serde(flatten)]
    pub document: EntryView,
    /// How many others have no date, and may be earlier.
    pub undated: usize,
}

/// How strictly words are sought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Strictness {
    /// As the query decides: a phrase typed with marks keeps them, and is found in other readings of the scan too.
    Typed,
    /// With its marks.
    Marked,
    /// With marks ignored.
    Bare,
    /// Also what the scanner may have meant.
    Scan,
}

/// How words matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum MatchName {
    /// With its marks.
    Marked,
    /// With marks ignored.
    Bare,
    /// Only through what the scanner may have meant.
    Scan,
}

/// Numbers of documents at each strictness: `marked` are among `bare`, and these among `scan`.
#[derive(Debug, Serialize, ToSchema)]
pub struct Counts {
    /// As the query decides, where no strictness is asked for.
    pub typed: usize,
    /// With marks.
    pub marked: usize,
    /// With marks ignored.
    pub bare: usize,
    /// With what the scanner may have meant.
    pub scan: usize,
}

/// One document that was found; what is unknown of it is null.
#[derive(Debug, Serialize, ToSchema)]
pub struct SearchHit {
    /// Names it in `/api/v1/documents/{id}`.
    pub id: String,
    /// Where it lies, relative to the crawled folder.
    pub path: String,
    /// Other files that hold the same text.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub other_paths: Vec<String>,
    /// Trích yếu.
    pub title: Option<String>,
    /// Số, ký hiệu.
    #[schema(example = "69-KH/BTGTU")]
    pub number: Option<String>,
    /// Loại văn bản.
    #[schema(example = "Kế hoạch")]
    pub kind: Option<String>,
    /// Cơ quan ban hành.
    pub issuer: Option<Issuer>,
    /// Ngày ban hành (ISO).
    #[schema(example = "2024-04-16")]
    pub date: Option<String>,
    /// On what, of the fixed list.
    pub topics: Vec<String>,
    /// How well it matches; comparable within one search only.
    pub score: f32,
    /// How its best passage matched; null for a query without words.
    pub r#match: Option<MatchName>,
    /// Its best passages.
    pub highlights: Vec<Passage>,
}

/// A body that issues documents.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Issuer {
    /// Its canonical name.
    #[schema(example = "Ban Tuyên giáo Tỉnh ủy Lâm Đồng")]
    pub name: String,
    /// `trung ương`, `tỉnh`, `huyện` or `xã`.
    #[schema(example = "tỉnh")]
    pub level: Option<&'static str>,
    /// The province in force on the date; null for central bodies.
    #[schema(example = "Lâm Đồng")]
    pub province: Option<String>,
}

/// A passage that matches.
#[derive(Debug, Serialize, ToSchema)]
pub struct Passage {
    /// The passage as restored.
    pub text: String,
    /// What matched: character (Unicode scalar) offsets into `text`.
    pub ranges: Vec<[usize; 2]>,
    /// The same passage as scanned.
    pub scan: String,
    /// The same matches in `scan`.
    pub scan_ranges: Vec<[usize; 2]>,
    /// Syllables read with doubt: character offsets into `text`.
    pub doubtful: Vec<[usize; 2]>,
    /// The heading it stands under.
    pub section: Option<String>,
    /// How sure the reading of the matched words is, 0 to 1.
    pub confidence: f32,
    /// How this passage matched.
    pub r#match: Option<MatchName>,
}

/// How the hits divide; the counts of a facet ignore its own selection.
#[derive(Debug, Serialize, ToSchema)]
pub struct Facets {
    /// By issuing body.
    pub issuer: Vec<Value>,
    /// By level.
    pub level: Vec<Value>,
    /// By province.
    pub province: Vec<Value>,
    /// By kind.
    pub kind: Vec<Value>,
    /// By topic.
    pub topic: Vec<Value>,
    /// By year; `không rõ` for documents without a date.
    pub year: Vec<Value>,
    /// By role of a top section.
    pub section: Vec<Value>,
}

/// One value of a facet.
#[derive(Debug, Serialize, ToSchema)]
pub struct Value {
    /// As it is given to the filter.
    pub value: String,
    /// In how many documents.
    pub count: usize,
    /// Whether the filter holds it.
    pub selected: bool,
}

impl SearchPage {
    /// The wire form of an answer to `asked`.
    pub fn new(page: index::SearchPage, asked: &SearchParameters, took_ms: u64) -> Self {
        let next = page.next.map(|cursor| {
            let further = SearchParameters {
                cursor: Some(cursor),
                ..asked.clone()
            };
            further.address("/api/v1/search")
        });
        Self {
            query: page.query,
            read_as: page.read_as,
            total: page.total,
            took_ms,
            r#match: page.matching.into(),
            counts: page.counts.into(),
            hits: page.hits.into_iter().map(SearchHit::from).collect(),
            facets: page.facets.into(),
            first: page.first.map(First::from),
            next,
        }
    }
}

impl From<index::First> for First {
    fn from(first: index::First) -> Self {
        Self {
            document: first.document.into(),
            undated: first.undated,
        }
    }
}

impl From<Option<Matching>> for Strictness {
    fn from(asked: Option<Matching>) -> Self {
        match asked {
            None => Self::Typed,
            Some(Matching::Marked) => Self::Marked,
            Some(Matching::Bare) => Self::Bare,
            Some(Matching::Scan) => Self::Scan,
        }
    }
}

impl From<Matching> for MatchName {
    fn from(matching: Matching) -> Self {
        match matching {
            Matching::Marked => Self::Marked,
            Matching::Bare => Self::Bare,
            Matching::Scan => Self::Scan,
        }
    }
}

impl From<MatchCounts> for Counts {
    fn from(counts: MatchCounts) -> Self {
        Self {
            typed: counts.typed,
            marked: counts.marked,
            bare: counts.bare,
            scan: counts.scan,
        }
    }
}

impl From<Hit> for SearchHit {
    fn from(hit: Hit) -> Self {
        Self {
            id: hit.id,
            path: hit.path,
            other_paths: hit.other_paths,
            title: hit.title,
            number: hit.number,
            kind: hit.kind,
            issuer: hit.issuer.as_ref().map(Issuer::from),
            date: hit.date.map(|date| date.to_string()),
            topics: hit.topics,
            score: hit.score,
            r#match: hit.matched.map(MatchName::from),
            highlights: hit.highlights.into_iter().map(Passage::from).collect(),
        }
    }
}

impl From<&metadata::Issuer> for Issuer {
    fn from(issuer: &metadata::Issuer) -> Self {
        Self {
            name: issuer.name.clone(),
            level: issuer.level.map(metadata::Level::name),
            province: issuer.province.clone(),
        }
    }
}

impl From<Highlight> for Passage {
    fn from(highlight: Highlight) -> Self {
        let pairs = |ranges: Vec<(usize, usize)>| ranges.into_iter().map(|(start, end)| [start, end]).collect();
        Self {
            text: highlight.text,
            ranges: pairs(highlight.ranges),
            scan: highlight.scan,
            scan_ranges: pairs(highlight.scan_ranges),
            doubtful: pairs(highlight.doubtful),
            section: highlight.section,
            confidence: highlight.confidence,
            r#match: highlight.matched.map(MatchName::from),
        }
    }
}

impl From<index::Facets> for Facets {
    fn from(facets: index::Facets) -> Self {
        let values = |values: Vec<FacetValue>| values.into_iter().map(Value::from).collect();
        Self {
            issuer: values(facets.issuer),
            level: values(facets.level),
            province: values(facets.province),
            kind: values(facets.kind),
            topic: values(facets.topic),
            year: values(facets.year),
            section: values(facets.section),
        }
    }
}

impl From<FacetValue> for Value {
    fn from(value: FacetValue) -> Self {
        Self {
            value: value.value,
            count: value.count,
            selected: value.selected,
        }
    }
}

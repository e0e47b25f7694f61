//! What is answered.

use corpus::Date;
use corpus::metadata::{Issuer, Level};
use vietnamese::offsets::Span;

use crate::graph::Entry;
use crate::request::Matching;

/// One page of hits, with exact counts.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchPage {
    /// The query as typed.
    pub query: String,
    /// How a query pasted from a scan was read (`đối ngoại` for `d6i ngoai`), where it was.
    pub read_as: Option<String>,
    /// How many documents match.
    pub total: usize,
    /// How many would, at each strictness, with the same filters; that of the strictness used is `total`.
    pub counts: MatchCounts,
    /// The strictness that was asked for; none where the query decides, as typed.
    pub matching: Option<Matching>,
    /// The hits of this page, in order.
    pub hits: Vec<Hit>,
    /// The facets.
    pub facets: Facets,
    /// Who said it first, where a phrase is asked for; none behind a cursor.
    pub first: Option<First>,
    /// The cursor of the next page; none at the end.
    pub next: Option<String>,
}

impl SearchPage {
    /// The same page, of a query that was read so.
    pub(crate) fn read_as(self, read: String) -> Self {
        Self {
            read_as: Some(read),
            ..self
        }
    }
}

/// Numbers of documents that match at each strictness: `marked` are among `bare`, and these among `scan`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MatchCounts {
    /// As the query decides by itself: words typed with marks keep them in quotes and are ignored outside, and both are
    /// found in other readings of the scan; words typed without marks are found at the loosest.
    pub typed: usize,
    /// With marks.
    pub marked: usize,
    /// With marks ignored.
    pub bare: usize,
    /// With what the scanner may have meant.
    pub scan: usize,
}

/// The earliest of the documents that were found.
#[derive(Debug, Clone, PartialEq)]
pub struct First {
    /// The document.
    pub document: Entry,
    /// How many others have no date, and may be earlier.
    pub undated: usize,
}

/// One document that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The document's id.
    pub id: String,
    /// Its path, relative to the crawled folder.
    pub path: String,
    /// Other paths that hold the same text.
    pub other_paths: Vec<String>,
    /// Its title (trích yếu).
    pub title: Option<String>,
    /// Its number.
    pub number: Option<String>,
    /// Its kind.
    pub kind: Option<String>,
    /// Who issued it.
    pub issuer: Option<Issuer>,
    /// When.
    pub date: Option<Date>,
    /// On what.
    pub topics: Vec<String>,
    /// How well it matches; comparable within one page sequence only.
    pub score: f32,
    /// How its best passage matched; none for a query without words.
    pub matched: Option<Matching>,
    /// Its best passages.
    pub highlights: Vec<Highlight>,
}

/// One passage of a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Highlight {
    /// The passage as restored, line ends read as spaces.
    pub text: String,
    /// What matched: character (Unicode scalar) offsets into `text`, in order.
    pub ranges: Vec<(usize, usize)>,
    /// The same passage as scanned; equal to `text` where nothing was restored.
    pub scan: String,
    /// The same matches in `scan`.
    pub scan_ranges: Vec<(usize, usize)>,
    /// Syllables read with doubt: character offsets into `text`.
    pub doubtful: Vec<(usize, usize)>,
    /// The heading it stands under.
    pub section: Option<String>,
    /// How sure the reading of the matched words is, 0 to 1.
    pub confidence: f32,
    /// How this passage matched.
    pub matched: Option<Matching>,
}

/// One value of a facet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetValue {
    /// The value, as it is given to the filter.
    pub value: String,
    /// In how many matching documents it stands, this facet's own selection left aside.
    pub count: usize,
    /// Whether the filter holds it.
    pub selected: bool,
    /// Where an issuing body stands; none for the values of other facets.
    pub place: Option<Place>,
}

/// Where an issuing body stands, so that a page can show issuer under province under level.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// How high.
    pub level: Option<Level>,
    /// In which province; none for central bodies.
    pub province: Option<String>,
}

/// The values of one facet, most frequent first (years in order).
pub type Facet = Vec<FacetValue>;

/// All facets.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facets {
    /// By issuing body.
    pub issuer: Facet,
    /// By level.
    pub level: Facet,
    /// By province.
    pub province: Facet,
    /// By kind.
    pub kind: Facet,
    /// By topic.
    pub topic: Facet,
    /// By year, `không rõ` last.
    pub year: Facet,
    /// By role of a top section.
    pub section: Facet,
}

/// One place of a document that a query matches, for the page of the whole document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match {
    /// Where, in the restored text.
    pub span: Span,
    /// How it matched.
    pub matched: Matching,
}

/// One field that was read with doubt, for the review page.
#[derive(Debug, Clone, PartialEq)]
pub struct Doubt {
    /// The document's id.
    pub id: String,
    /// Its path, relative to the crawled folder.
    pub path: String,
    /// The field as the API names it: `number`, `date`, `issuer`.
    pub field: String,
    /// What was read; none where nothing was found.
    pub value: Option<String>,
    /// How sure that is, 0 to 1.
    pub confidence: f32,
    /// The scanned words it was read from.
    pub evidence: Vec<String>,
}

//! What may be asked.

use corpus::Date;

/// How strictly words must match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Matching {
    /// `marked`: the best reading, with its marks (đúng dấu).
    Marked,
    /// `bare`: the best reading, marks ignored (không dấu).
    Bare,
    /// `scan`: also what the scanner may have meant (có thể do lỗi quét).
    Scan,
}

/// In which order hits come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Sort {
    /// Best first.
    #[default]
    Relevance,
    /// Latest date first, unknown dates last.
    Newest,
    /// Earliest date first, unknown dates last.
    Oldest,
}

/// Which documents may be found; values of one facet are alternatives, facets restrict each other.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Filters {
    /// Canonical names of bodies.
    pub issuer: Vec<String>,
    /// `trung ương`, `tỉnh`, `huyện`, `xã`.
    pub level: Vec<String>,
    /// Provinces, old or new.
    pub province: Vec<String>,
    /// `Kế hoạch`, …
    pub kind: Vec<String>,
    /// Topics of the fixed list.
    pub topic: Vec<String>,
    /// `2024`, or `không rõ` for documents without a date.
    pub year: Vec<String>,
    /// Roles of top sections that the document has (`tổ chức thực hiện`).
    pub section: Vec<String>,
    /// Issued on this day or later.
    pub from: Option<Date>,
    /// Issued on this day or earlier.
    pub to: Option<Date>,
}

/// One question.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchRequest {
    /// What was typed; empty asks for all documents.
    pub query: String,
    /// Which documents may be found.
    pub filters: Filters,
    /// In which order.
    pub sort: Sort,
    /// How many hits, 1 to 100.
    pub limit: usize,
    /// Where the page before ended: [`crate::SearchPage::next`].
    pub cursor: Option<String>,
    /// How strictly words match; `None` lets the query decide.
    pub matching: Option<Matching>,
    /// Whether words are sought as typed even if they look pasted from a scan.
    pub literal: bool,
}

//! Who cites whom: the documents of the index as a graph, from a directive down to the plans that carry it out.

use corpus::Date;
use corpus::citations::CitationRole;
use corpus::metadata::{DocumentNumber, Issuer};

use crate::error::SearchError;
use crate::searcher::Searcher;

/// A document, as others point to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// Its path, relative to the crawled folder.
    pub path: String,
    /// Its number.
    pub number: Option<String>,
    /// Its kind.
    pub kind: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Who issued it.
    pub issuer: Option<Issuer>,
    /// When.
    pub date: Option<Date>,
}

/// A document that cites another, and to what end.
#[derive(Debug, Clone, PartialEq)]
pub struct Citing {
    /// The document.
    pub document: Entry,
    /// What it does with the one it cites.
    pub role: CitationRole,
}

/// What a number stands for.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Resolved {
    /// The number in canonical form; none if nothing in the text reads as one.
    pub number: Option<DocumentNumber>,
    /// The documents of this number; several where numbers repeat.
    pub documents: Vec<Entry>,
    /// The documents that cite it, the newest first.
    pub cited_by: Vec<Citing>,
}

/// A document of an implementation tree, with those that carry it out.
///
/// A document that (through others) carries out itself stands in the tree once.
#[derive(Debug, Clone, PartialEq)]
pub struct Branch {
    /// Its number, as it is cited or as it says itself.
    pub number: Option<DocumentNumber>,
    /// The document; none if the corpus lacks it.
    pub document: Option<Entry>,
    /// Those that carry it out, the earliest first, unknown dates last.
    pub carried_out_by: Vec<Branch>,
    /// Sister bodies of those that carried it out, known to the corpus at its date, of which no such document is there.
    pub absent: Vec<String>,
}

/// All documents that carry out the same one.
#[derive(Debug, Clone, PartialEq)]
pub struct Campaign {
    /// The number of what is carried out.
    pub number: DocumentNumber,
    /// The document itself; none if the corpus lacks it.
    pub basis: Option<Entry>,
    /// Its title, from the document or as it is cited.
    pub title: Option<String>,
    /// Those that carry it out, directly or through one another, the earliest first, unknown dates last.
    pub documents: Vec<Entry>,
}

/// A document that is cited, but is not in the corpus.
#[derive(Debug, Clone, PartialEq)]
pub struct Missing {
    /// Its number.
    pub number: DocumentNumber,
    /// Its kind, as most of those that cite it say.
    pub kind: Option<String>,
    /// Its date, as most of those that cite it say.
    pub date: Option<Date>,
    /// Its issuer, as most of those that cite it say.
    pub issuer: Option<String>,
    /// Its title, as most of those that cite it say.
    pub title: Option<String>,
    /// How many documents cite it.
    pub count: usize,
}

impl Searcher {
    /// What `typed` stands for: a document number in any spelling (`69 kh btgtu`, `S6 69-KH/BTGTU`).
    pub fn resolve(&self, typed: &str) -> Result<Resolved, SearchError> {
        let _ = typed;
        Ok(Resolved::default())
    }

    /// The documents that each citation of a document stands for, in the order of `Document::citations`.
    ///
    /// Number, issuer and date are compared together, since numbers repeat; an empty list where the corpus lacks it.
    pub fn cited(&self, id: &str) -> Result<Vec<Vec<Entry>>, SearchError> {
        let _ = id;
        Ok(Vec::new())
    }

    /// The documents that cite a document, the newest first.
    pub fn cited_by(&self, id: &str) -> Result<Vec<Citing>, SearchError> {
        let _ = id;
        Ok(Vec::new())
    }

    /// The implementation tree below a document; none if there is no such document.
    pub fn implementation(&self, id: &str) -> Result<Option<Branch>, SearchError> {
        let _ = id;
        Ok(None)
    }

    /// What at least two documents carry out, the most followed first, at most `limit`.
    pub fn campaigns(&self, limit: usize) -> Result<Vec<Campaign>, SearchError> {
        let _ = limit;
        Ok(Vec::new())
    }

    /// The campaign of one number in canonical form; none if no document carries it out.
    pub fn campaign(&self, number: &str) -> Result<Option<Campaign>, SearchError> {
        let _ = number;
        Ok(None)
    }

    /// Documents that are cited but missing, the most cited first, at most `limit`.
    pub fn missing(&self, limit: usize) -> Result<Vec<Missing>, SearchError> {
        let _ = limit;
        Ok(Vec::new())
    }
}

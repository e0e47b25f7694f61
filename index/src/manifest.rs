//! Which files the index was made from, so that only what changed is read again.
//!
//! The manifest is a file of its own, named by the hash of its bytes; the commit that belongs to it carries that name.
//! So the two change together or not at all.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use corpus::crawl::Stamp;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::error::IndexError;
use crate::schema::FORMAT_VERSION;

/// The files of the folders that were crawled, in crawling order.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub(crate) struct Manifest {
    /// The crawled folders.
    pub folders: Vec<PathBuf>,
    /// Every file that was met, also those that could not be read.
    pub files: Vec<FileEntry>,
}

/// One file as it was when it was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct FileEntry {
    /// Its folder, as an index into `folders`.
    pub folder: u32,
    /// Its path in the folder, with `/`.
    pub path: String,
    /// What it looked like when it was read.
    pub stamp: Stamp,
    /// What was made of it.
    pub outcome: Outcome,
}

/// What was made of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Outcome {
    /// It holds a document; several files may hold the same.
    Document {
        /// The document's id as a number.
        key: u64,
        /// How much of it was read from paper.
        scanned_bytes: u64,
        /// The fingerprint of what a person corrected in it; 0 for nothing.
        corrected: u64,
    },
    /// It holds none, and why.
    Failed(String),
}

impl FileEntry {
    /// The key of the document it holds, if it holds one.
    pub fn key(&self) -> Option<u64> {
        match self.outcome {
            Outcome::Document { key, .. } => Some(key),
            Outcome::Failed(_) => None,
        }
    }
}

impl Outcome {
    /// The fingerprint of what a person corrected in the document.
    pub fn corrected(&self) -> u64 {
        match self {
            Self::Document { corrected, .. } => *corrected,
            Self::Failed(_) => 0,
        }
    }

    /// How much of the document was read from paper.
    pub fn scanned_bytes(&self) -> u64 {
        match self {
            Self::Document { scanned_bytes, .. } => *scanned_bytes,
            Self::Failed(_) => 0,
        }
    }
}

impl Manifest {
    /// The folder and the path of one of its files.
    pub fn place<'a>(&'a self, file: &'a FileEntry) -> (&'a Path, &'a str) {
        (&self.folders[file.folder as usize], &file.path)
    }

    /// Adds files of other folders.
    pub fn keep(&mut self, files: Vec<(PathBuf, FileEntry)>) {
        for (folder, mut file) in files {
            let at = self.folders.iter().position(|one| *one == folder).unwrap_or_else(|| {
                self.folders.push(folder);
                self.folders.len() - 1
            });
            file.folder = at as u32;
            self.files.push(file);
        }
    }

    /// Paths by document key, in crawling order.
    pub fn paths(&self) -> FxHashMap<u64, Vec<String>> {
        let mut paths: FxHashMap<u64, Vec<String>> = FxHashMap::default();
        for file in &self.files {
            if let Some(key) = file.key() {
                paths.entry(key).or_default().push(file.path.clone());
            }
        }
        paths
    }
}

/// What a commit says of the files that belong to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Payload {
    /// The format of the index, see [`FORMAT_VERSION`].
    pub format: u32,
    /// The name of the manifest's file.
    pub manifest: String,
    /// The name of the file with the scanner's hand, once there is one.
    pub hand: Option<String>,
}

impl Payload {
    /// Reads what a commit carries; `None` for a commit of another format.
    pub fn read(payload: Option<&str>) -> Option<Self> {
        let payload: Self = serde_json::from_str(payload?).ok()?;
        (payload.format == FORMAT_VERSION).then_some(payload)
    }
}

/// Writes `bytes` durably into `folder` under a name that holds their hash; returns the name.
pub(crate) fn write_hashed(folder: &Path, stem: &str, bytes: &[u8]) -> Result<String, IndexError> {
    let name = format!("{stem}-{}.bin", &blake3::hash(bytes).to_hex()[..32]);
    let path = folder.join(&name);
    let write = || -> std::io::Result<()> {
        let part = folder.join(format!("{name}.part"));
        let mut file = File::create(&part)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&part, &path)
    };
    if !path.exists() {
        write().map_err(|source| IndexError::io("cannot write", &path, source))?;
    }
    Ok(name)
}

/// Reads a file of [`write_hashed`] and checks its hash.
pub(crate) fn read_hashed(folder: &Path, name: &str) -> Result<Vec<u8>, IndexError> {
    let path = folder.join(name);
    let bytes = fs::read(&path).map_err(|source| IndexError::Io {
        action: "cannot read",
        path,
        source,
    })?;
    let hash = blake3::hash(&bytes).to_hex();
    if name.ends_with(&format!("-{}.bin", &hash[..32])) {
        Ok(bytes)
    } else {
        Err(IndexError::Damaged {
            path: folder.to_owned(),
            detail: format!("{name} does not hold what was written"),
        })
    }
}

/// Reads the manifest that `payload` names.
pub(crate) fn read(folder: &Path, payload: &Payload) -> Result<Manifest, IndexError> {
    let bytes = read_hashed(folder, &payload.manifest)?;
    postcard::from_bytes(&bytes).map_err(|_| IndexError::Damaged {
        path: folder.to_owned(),
        detail: format!("{} is no list of files", payload.manifest),
    })
}

/// Writes the manifest; returns its name.
pub(crate) fn write(folder: &Path, manifest: &Manifest) -> Result<String, IndexError> {
    let bytes = postcard::to_stdvec(manifest).expect("writing to memory does not fail");
    write_hashed(folder, "files", &bytes)
}

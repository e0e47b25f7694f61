//! From folders to files: which files hold documents, in an order that never changes.
//!
//! Taken are regular files that end in `.txt`, `.text` or `.md`. Hidden files and folders are left alone and symbolic links
//! are not followed, so that a loop cannot trap the crawl and nothing outside the folder is read. What cannot be read is
//! handed out as [`Skipped`], with a reason for the person who owns the folder, and the crawl goes on.
//!
//! A crawl reads no file: it hands out a [`FoundFile`] with a [`Stamp`], and who knows the stamp from an earlier run need
//! not read the file again. Only the entries of one folder at a time are held in memory.

use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};
use walkdir::{DirEntry, WalkDir};

/// How much a crawl may take in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Larger files are skipped; 32 MB unless told otherwise.
    pub file_size_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_size_bytes: 32 * 1024 * 1024,
        }
    }
}

/// What tells, without reading it, that a file was not touched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Stamp {
    /// Its size.
    pub size_bytes: u64,
    /// When its bytes last changed, in nanoseconds since 1970.
    pub modified_ns: i64,
    /// Its number in the file system; 0 where there is none.
    pub inode: u64,
}

impl Stamp {
    fn of(metadata: &Metadata) -> Self {
        let modified = metadata
            .modified()
            .ok()
            .and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        Self {
            size_bytes: metadata.len(),
            modified_ns: modified.and_then(|age| i64::try_from(age.as_nanos()).ok()).unwrap_or(0),
            inode: inode(metadata),
        }
    }
}

#[cfg(unix)]
fn inode(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(metadata)
}

#[cfg(not(unix))]
fn inode(_: &Metadata) -> u64 {
    0
}

/// A file that may hold a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundFile {
    /// Which of the crawled folders holds it, counted from 0 in the order they were given.
    pub folder: usize,
    /// Its path inside that folder, with `/` on every system: `2024/ke-hoach.txt`.
    pub path: String,
    /// Where to open it.
    pub location: PathBuf,
    /// What it looked like when it was found.
    pub stamp: Stamp,
}

impl FoundFile {
    /// Reads its bytes, and what it looked like when they were read.
    ///
    /// # Errors
    ///
    /// When it has gone, may not be read, has become something else than a file, or has grown over the bound.
    pub fn read(&self, limits: Limits) -> Result<(Vec<u8>, Stamp), FileError> {
        let kind = fs::symlink_metadata(&self.location)?;
        if !kind.is_file() {
            return Err(FileError::NotAFile);
        }
        let file = File::open(&self.location)?;
        let stamp = Stamp::of(&file.metadata()?);
        limits.check(stamp.size_bytes)?;
        let mut bytes = Vec::with_capacity(usize::try_from(stamp.size_bytes).unwrap_or(0));
        // The file may grow while it is read: the bound holds for what comes in, not for what was promised.
        file.take(limits.file_size_bytes.saturating_add(1))
            .read_to_end(&mut bytes)?;
        limits.check(bytes.len() as u64)?;
        Ok((bytes, stamp))
    }
}

impl Limits {
    fn check(self, size_bytes: u64) -> Result<(), FileError> {
        if size_bytes > self.file_size_bytes {
            return Err(FileError::TooLarge {
                size_bytes,
                limit_bytes: self.file_size_bytes,
            });
        }
        Ok(())
    }
}

/// Why a file or a folder inside the crawled one was not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FileError {
    /// Over the bound.
    #[error("the file has {size_bytes} bytes, and at most {limit_bytes} are read; split it or raise the bound")]
    TooLarge {
        /// Its size.
        size_bytes: u64,
        /// The bound.
        limit_bytes: u64,
    },
    /// A pipe, socket or device with a name that promises text.
    #[error("this is not a regular file but a pipe, a socket or a device, and is left alone")]
    NotAFile,
    /// It went away between being found and being read.
    #[error("the file has gone since it was found; the next run sees what is there then")]
    Vanished,
    /// The system does not let us read it.
    #[error("reading is not allowed; give the user who runs this program the right to read it")]
    NotAllowed,
    /// Another fault of the file system.
    #[error("the system cannot read it: {kind}; check the disk or the network share")]
    Unreadable {
        /// What the system says.
        kind: ErrorKind,
    },
}

impl From<io::Error> for FileError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            ErrorKind::NotFound => Self::Vanished,
            ErrorKind::PermissionDenied => Self::NotAllowed,
            kind => Self::Unreadable { kind },
        }
    }
}

/// Something that the crawl could not take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// Which of the crawled folders holds it.
    pub folder: usize,
    /// Its path inside that folder, with `/`; empty for the folder itself.
    pub path: String,
    /// Whether it is a folder: then nothing is known of the files below it, and they are not to be taken for deleted.
    pub is_folder: bool,
    /// Why.
    pub reason: FileError,
}

/// Why a crawl cannot begin.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CrawlError {
    /// Nothing at this path.
    #[error("there is no folder {}; check the path, or whether its disk is connected", .path.display())]
    Missing {
        /// The path as it was given.
        path: PathBuf,
    },
    /// A file stands there.
    #[error("{} is not a folder; give the folder that holds the documents", .path.display())]
    NotAFolder {
        /// The path as it was given.
        path: PathBuf,
    },
    /// The folder is there but closed to us.
    #[error("the folder {} cannot be opened: {kind}; give the user who runs this program the right to read it", .path.display())]
    Closed {
        /// The path as it was given.
        path: PathBuf,
        /// What the system says.
        kind: ErrorKind,
    },
}

/// Crawls `folders` in the order given, each in the order of its names.
///
/// A folder that is given twice, or lies inside another one given, is crawled once.
///
/// ```no_run
/// use corpus::crawl::{Limits, crawl};
/// for found in crawl(&["văn bản".into()], Limits::default())? {
///     match found {
///         Ok(file) => println!("{} {}", file.path, file.stamp.size_bytes),
///         Err(skipped) => eprintln!("{}: {}", skipped.path, skipped.reason),
///     }
/// }
/// # Ok::<(), corpus::crawl::CrawlError>(())
/// ```
///
/// # Errors
///
/// When a folder is missing, is no folder, or cannot be opened: before anything is read, so that a disk that is not
/// connected is never taken for an emptied one.
pub fn crawl(folders: &[PathBuf], limits: Limits) -> Result<Crawl, CrawlError> {
    let real = folders
        .iter()
        .map(|folder| open_folder(folder))
        .collect::<Result<Vec<_>, _>>()?;
    let is_inside_another = |at: usize| {
        real.iter()
            .enumerate()
            .any(|(other, folder)| other != at && real[at].starts_with(folder) && (real[at] != *folder || other < at))
    };
    let walks = real
        .iter()
        .enumerate()
        .filter(|(at, _)| !is_inside_another(*at))
        .map(|(at, folder)| Walk::new(at, folder.clone()))
        .collect::<Vec<_>>();
    Ok(Crawl {
        walks: walks.into_iter(),
        current: None,
        limits,
    })
}

fn open_folder(path: &Path) -> Result<PathBuf, CrawlError> {
    let closed = |error: io::Error| match error.kind() {
        ErrorKind::NotFound => CrawlError::Missing { path: path.to_owned() },
        kind => CrawlError::Closed {
            path: path.to_owned(),
            kind,
        },
    };
    let real = path.canonicalize().map_err(closed)?;
    if !real.is_dir() {
        return Err(CrawlError::NotAFolder { path: path.to_owned() });
    }
    fs::read_dir(&real).map_err(closed)?;
    Ok(real)
}

/// The files of the crawled folders, and what of them cannot be read; see [`crawl`].
pub struct Crawl {
    walks: std::vec::IntoIter<Walk>,
    current: Option<Walk>,
    limits: Limits,
}

struct Walk {
    folder: usize,
    root: PathBuf,
    entries: walkdir::FilterEntry<walkdir::IntoIter, fn(&DirEntry) -> bool>,
}

impl Walk {
    fn new(folder: usize, root: PathBuf) -> Self {
        let entries = WalkDir::new(&root).min_depth(1).sort_by_file_name().into_iter();
        Self {
            folder,
            root,
            entries: entries.filter_entry(is_visible),
        }
    }

    /// Tells of one entry, or nothing where it is none of ours.
    fn look_at(&self, entry: walkdir::Result<DirEntry>, limits: Limits) -> Option<Result<FoundFile, Skipped>> {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => return Some(Err(self.skip_unreadable(error))),
        };
        let kind = entry.file_type();
        if kind.is_dir() || kind.is_symlink() || !promises_text(entry.path()) {
            return None;
        }
        let path = relative(&self.root, entry.path());
        let skip = |reason| Skipped {
            folder: self.folder,
            path: path.clone(),
            is_folder: false,
            reason,
        };
        if !kind.is_file() {
            return Some(Err(skip(FileError::NotAFile)));
        }
        let stamp = match entry.metadata() {
            Ok(metadata) => Stamp::of(&metadata),
            Err(error) => return Some(Err(skip(reason_of(error)))),
        };
        if let Err(reason) = limits.check(stamp.size_bytes) {
            return Some(Err(skip(reason)));
        }
        Some(Ok(FoundFile {
            folder: self.folder,
            path,
            location: entry.into_path(),
            stamp,
        }))
    }

    fn skip_unreadable(&self, error: walkdir::Error) -> Skipped {
        let path = error.path().map(|path| relative(&self.root, path)).unwrap_or_default();
        let is_folder = error.path().is_none_or(|path| path.is_dir());
        Skipped {
            folder: self.folder,
            path,
            is_folder,
            reason: reason_of(error),
        }
    }
}

fn is_visible(entry: &DirEntry) -> bool {
    !entry.file_name().as_encoded_bytes().starts_with(b".")
}

fn promises_text(path: &Path) -> bool {
    path.extension().is_some_and(|extension| {
        ["txt", "text", "md"]
            .iter()
            .any(|known| extension.eq_ignore_ascii_case(known))
    })
}

fn relative(root: &Path, path: &Path) -> String {
    let inner = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = inner.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

fn reason_of(error: walkdir::Error) -> FileError {
    error
        .into_io_error()
        .map_or(FileError::Unreadable { kind: ErrorKind::Other }, FileError::from)
}

impl Iterator for Crawl {
    type Item = Result<FoundFile, Skipped>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if self.current.is_none() {
                self.current = Some(self.walks.next()?);
            }
            let walk = self.current.as_mut()?;
            match walk.entries.next() {
                None => self.current = None,
                Some(entry) => {
                    let told = self.current.as_ref()?.look_at(entry, self.limits);
                    if told.is_some() {
                        return told;
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;

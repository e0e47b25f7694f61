//! The folder that holds an index: opened to read, locked to write, checked, swept.
//!
//! It holds the engine's files (`meta.json` names those that count), the manifest and the scanner's hand of
//! [`crate::manifest`], and `writer.lock`.

use std::fs::{self, File, TryLockError};
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use tantivy::directory::MmapDirectory;
use tantivy::directory::error::{OpenDirectoryError, OpenWriteError};
use tantivy::{Index, IndexMeta, IndexReader, IndexSettings, ReloadPolicy, TantivyError};
use vietnamese::restore::Hand;

use crate::error::IndexError;
use crate::hand;
use crate::manifest::{self, Manifest, Payload};
use crate::schema::{ENCODED, Fields, schema};
use crate::snapshot::Snapshot;
use crate::stream::Encoded;

/// The name of the lock file.
const LOCK: &str = "writer.lock";
/// The engine's list of what counts.
const META: &str = "meta.json";

/// Stored documents are packed in blocks of at least so many bytes: mostly one by one, as pages of hits read them.
const STORED_BLOCK_BYTES: usize = 4 << 10;

/// An index opened to read.
pub(crate) struct Store {
    path: PathBuf,
    index: Index,
    reader: IndexReader,
    fields: Fields,
}

impl Store {
    /// Opens the index at `path`.
    pub fn open(path: &Path) -> Result<Self, IndexError> {
        if !path.join(META).exists() {
            return Err(IndexError::Missing { path: path.to_owned() });
        }
        let index = open_engine(path)?;
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            // Stored documents are read by the snapshot.
            .doc_store_cache_num_blocks(1);
        let reader = unbroken(path, || reader.try_into())?.map_err(|error| engine_error(path, error))?;
        let (_, fields) = schema();
        let path = path.to_owned();
        Ok(Self {
            path,
            index,
            reader,
            fields,
        })
    }

    /// Whether `snapshot` is the newest commit: a look at one small file.
    pub fn is_newest(&self, snapshot: &Snapshot) -> Result<bool, IndexError> {
        let meta = self
            .index
            .load_metas()
            .map_err(|error| engine_error(&self.path, error))?;
        Ok(meta.opstamp == snapshot.opstamp)
    }

    /// The newest commit.
    pub fn snapshot(&self) -> Result<Snapshot, IndexError> {
        let error = |error| engine_error(&self.path, error);
        loop {
            let meta = self.index.load_metas().map_err(error)?;
            let manifest = read_manifest(&self.path, &meta);
            unbroken(&self.path, || self.reader.reload())?.map_err(error)?;
            // A commit in between would pair documents with the paths of another commit.
            if self.index.load_metas().map_err(error)?.opstamp == meta.opstamp {
                let paths = manifest?.map(|(_, manifest)| manifest.paths()).unwrap_or_default();
                let open = || Snapshot::open(self.reader.searcher(), self.fields.clone(), paths, meta.opstamp);
                return unbroken(&self.path, open)?.map_err(error);
            }
        }
    }
}

/// Runs `read`; where the engine panics over damaged bytes, says that they are damaged.
fn unbroken<T>(path: &Path, read: impl FnOnce() -> T) -> Result<T, IndexError> {
    catch_unwind(AssertUnwindSafe(read)).map_err(|_| IndexError::Damaged {
        path: path.to_owned(),
        detail: "its files do not fit together".to_owned(),
    })
}

/// The lock that only one writer of an index holds; released when dropped.
pub(crate) struct WriterLock {
    _file: File,
}

/// Takes the writer's lock of the index folder `path`, which exists.
pub(crate) fn lock(path: &Path) -> Result<WriterLock, IndexError> {
    let place = path.join(LOCK);
    let io = |source| IndexError::Io {
        action: "cannot lock",
        path: place.clone(),
        source,
    };
    let mut file = File::options()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(&place)
        .map_err(io)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let holder = fs::read_to_string(&place).unwrap_or_default();
            let holder = match holder.trim() {
                "" => "unknown".to_owned(),
                pid => pid.to_owned(),
            };
            return Err(IndexError::Locked {
                path: path.to_owned(),
                holder,
            });
        }
        Err(TryLockError::Error(source)) => return Err(io(source)),
    }
    file.set_len(0).map_err(io)?;
    write!(file, "{}", std::process::id()).map_err(io)?;
    Ok(WriterLock { _file: file })
}

/// An index opened to write, under the lock.
pub(crate) struct Opened {
    /// The engine.
    pub index: Index,
    /// The last commit's state, if there is one of this format.
    pub last: Option<(Payload, Manifest)>,
    /// What the person should know: why an index was rebuilt.
    pub notes: Vec<String>,
}

/// Opens or makes the index at `path`; the caller holds the lock.
pub(crate) fn open_to_write(path: &Path) -> Result<Opened, IndexError> {
    let mut notes = Vec::new();
    if path.join(META).exists() {
        let opened = open_engine(path).and_then(|index| {
            let meta = index.load_metas().map_err(|error| engine_error(path, error))?;
            Ok((read_manifest(path, &meta)?, index))
        });
        match opened {
            Ok((last, index)) => {
                sweep(path, last.as_ref().map(|(payload, _)| payload));
                return Ok(Opened { index, last, notes });
            }
            Err(IndexError::Version { .. }) => {
                notes.push(format!(
                    "the index in {} was made by another version of this program and is made anew",
                    path.display()
                ));
                clear(path)?;
            }
            Err(error) => return Err(error),
        }
    }
    sweep(path, None);
    let (schema, _) = schema();
    let directory = open_directory(path)?;
    let settings = IndexSettings {
        docstore_blocksize: STORED_BLOCK_BYTES,
        ..IndexSettings::default()
    };
    let mut index = Index::create(directory, schema, settings).map_err(|error| engine_error(path, error))?;
    register(&mut index);
    Ok(Opened {
        index,
        last: None,
        notes,
    })
}

fn open_directory(path: &Path) -> Result<MmapDirectory, IndexError> {
    MmapDirectory::open(path).map_err(|error| match error {
        OpenDirectoryError::IoError { io_error, .. } => IndexError::Io {
            action: "cannot open",
            path: path.to_owned(),
            source: std::io::Error::new(io_error.kind(), io_error.to_string()),
        },
        error => IndexError::Damaged {
            path: path.to_owned(),
            detail: error.to_string(),
        },
    })
}

fn open_engine(path: &Path) -> Result<Index, IndexError> {
    let mut index = Index::open(open_directory(path)?).map_err(|error| engine_error(path, error))?;
    if index.schema() != schema().0 {
        return Err(IndexError::Version { path: path.to_owned() });
    }
    register(&mut index);
    Ok(index)
}

fn register(index: &mut Index) {
    index.tokenizers().register(ENCODED, Encoded);
}

fn read_manifest(path: &Path, meta: &IndexMeta) -> Result<Option<(Payload, Manifest)>, IndexError> {
    if meta.payload.is_none() && meta.segments.is_empty() {
        return Ok(None);
    }
    let payload =
        Payload::read(meta.payload.as_deref()).ok_or_else(|| IndexError::Version { path: path.to_owned() })?;
    let manifest = manifest::read(path, &payload)?;
    Ok(Some((payload, manifest)))
}

/// Checks every file of the index at `path`: all that was written is there and unchanged.
///
/// # Errors
///
/// [`IndexError::Missing`] where there is none, [`IndexError::Version`] for one of another version,
/// [`IndexError::Damaged`] with the names of what is not as it was written.
pub fn verify(path: &Path) -> Result<(), IndexError> {
    if !path.join(META).exists() {
        return Err(IndexError::Missing { path: path.to_owned() });
    }
    let error = |error| engine_error(path, error);
    let index = open_engine(path)?;
    let meta = index.load_metas().map_err(error)?;
    let damaged = unbroken(path, || index.validate_checksum())?.map_err(error)?;
    if !damaged.is_empty() {
        let mut names: Vec<String> = damaged.iter().map(|path| path.display().to_string()).collect();
        names.sort();
        return Err(IndexError::Damaged {
            path: path.to_owned(),
            detail: format!("not as written: {}", names.join(", ")),
        });
    }
    if let Some((payload, _)) = read_manifest(path, &meta)?
        && let Some(hand) = &payload.hand
    {
        manifest::read_hashed(path, hand)?;
    }
    Store::open(path)?.snapshot().map(|_| ())
}

/// The scanner's hand that was learned for the index at `path`; none where too little of its text was scanned.
///
/// # Errors
///
/// As [`verify`]; only what is needed is read.
pub fn learned_hand(path: &Path) -> Result<Option<Hand>, IndexError> {
    if !path.join(META).exists() {
        return Err(IndexError::Missing { path: path.to_owned() });
    }
    let metas = open_engine(path)?.load_metas();
    let meta = metas.map_err(|error| engine_error(path, error))?;
    let hand = read_manifest(path, &meta)?.and_then(|(payload, _)| payload.hand);
    let learned = hand.map(|name| hand::read(path, &name)).transpose()?;
    Ok(learned.map(|learned| learned.hand))
}

/// Makes what was renamed into `path` outlive a power cut.
pub(crate) fn sync_folder(path: &Path) -> Result<(), IndexError> {
    let sync = File::open(path).and_then(|folder| folder.sync_all());
    sync.map_err(|source| IndexError::io("cannot make durable", path, source))
}

/// Removes what killed runs left behind and what no commit names any more; the caller holds the lock.
pub(crate) fn sweep(path: &Path, payload: Option<&Payload>) {
    let counts =
        |name: &str| payload.is_some_and(|payload| payload.manifest == name || payload.hand.as_deref() == Some(name));
    for name in names(path) {
        let ours = (name.starts_with("files-") || name.starts_with("hand-")) && name.ends_with(".bin");
        if name.starts_with(".tmp") || name.ends_with(".bin.part") || (ours && !counts(&name)) {
            // What cannot be removed now is removed next time; it is in nobody's way.
            let _ = fs::remove_file(path.join(name));
        }
    }
}

/// Removes all files of an index, and nothing else.
fn clear(path: &Path) -> Result<(), IndexError> {
    for name in names(path) {
        let segment = name.len() > 33 && name.as_bytes()[..32].iter().all(u8::is_ascii_hexdigit);
        let ours = segment || [META, ".managed.json"].contains(&name.as_str()) || name.starts_with(".tantivy");
        if ours {
            fs::remove_file(path.join(&name)).map_err(|source| IndexError::Io {
                action: "cannot remove",
                path: path.join(&name),
                source,
            })?;
        }
    }
    Ok(())
}

fn names(path: &Path) -> Vec<String> {
    let entries = fs::read_dir(path).into_iter().flatten().flatten();
    entries
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect()
}

/// What an engine's failure means to the person.
pub(crate) fn engine_error(path: &Path, error: TantivyError) -> IndexError {
    let io = |source: &std::io::Error| {
        let source = std::io::Error::new(source.kind(), source.to_string());
        IndexError::io("cannot read or write the index in", path, source)
    };
    match &error {
        TantivyError::IoError(source) => io(source),
        TantivyError::OpenWriteError(OpenWriteError::IoError { io_error, .. }) => io(io_error),
        TantivyError::IncompatibleIndex(_) | TantivyError::SchemaError(_) => {
            IndexError::Version { path: path.to_owned() }
        }
        _ => match system_error(&error.to_string()) {
            Some(source) => io(&source),
            None => IndexError::Damaged {
                path: path.to_owned(),
                detail: error.to_string(),
            },
        },
    }
}

/// The system's error that a message of the engine ends with: from its threads only the words come back.
fn system_error(message: &str) -> Option<std::io::Error> {
    let (_, code) = message.rsplit_once("(os error ")?;
    let code = code.split(')').next()?.parse().ok()?;
    Some(std::io::Error::from_raw_os_error(code))
}

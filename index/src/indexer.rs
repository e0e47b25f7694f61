//! Writes the index: crawls folders, reads what changed, commits all or nothing.

use std::fs;
use std::path::{Path, PathBuf};

use corpus::crawl::{FoundFile, Limits, Skipped, crawl};
use corpus::{Document, DocumentId};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::{Index, IndexWriter, TantivyDocument, Term};
use vietnamese::restore::Restorer;

use crate::analyzer;
use crate::doubts;
use crate::error::IndexError;
use crate::facets::{day, join_place, values};
use crate::manifest::{self, FileEntry, Manifest, Outcome, Payload};
use crate::plan::squash_number;
use crate::schema::{FORMAT_VERSION, Fields, schema};
use crate::store::{self, WriterLock, engine_error};
use crate::stored;

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

/// So many bytes of files are read into memory at a time.
const BATCH_BYTES: u64 = 32 << 20;
/// So many files are read at a time.
const BATCH_FILES: usize = 256;
/// What the engine may hold in memory before it writes, a thread.
const WRITER_BYTES: usize = 96 << 20;

/// The one writer of an index.
pub struct Indexer {
    path: PathBuf,
    restorer: Restorer,
    limits: Limits,
    index: Index,
    fields: Fields,
    last: Option<(Payload, Manifest)>,
    notes: Vec<String>,
    pool: rayon::ThreadPool,
    _lock: WriterLock,
}

impl Indexer {
    /// Opens the index at `path` to write, makes it where there is none, and takes its lock.
    ///
    /// # Errors
    ///
    /// [`IndexError::Locked`] if another writer holds it; an index of another version is made anew, with a note in the
    /// next [`Report`].
    pub fn open(path: &Path, restorer: Restorer) -> Result<Self, IndexError> {
        fs::create_dir_all(path).map_err(|source| IndexError::Io {
            action: "cannot make the folder",
            path: path.to_owned(),
            source,
        })?;
        let lock = store::lock(path)?;
        let opened = store::open_to_write(path)?;
        let (_, fields) = schema();
        Ok(Self {
            path: path.to_owned(),
            restorer,
            limits: Limits::default(),
            index: opened.index,
            fields,
            last: opened.last,
            notes: opened.notes,
            pool: pool(0),
            _lock: lock,
        })
    }

    /// The same indexer, refusing files over other bounds.
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// The same indexer, reading on `threads` threads instead of one a core.
    pub fn with_threads(mut self, threads: usize) -> Self {
        self.pool = pool(threads);
        self
    }

    /// Brings the index up to date with `folders` and commits.
    ///
    /// Files of folders that were indexed before and are not named now stay as they are.
    ///
    /// # Errors
    ///
    /// When a folder cannot be crawled, or the disk fails; the last commit then stands untouched.
    pub fn update(&mut self, folders: &[PathBuf], progress: &mut dyn FnMut(Progress)) -> Result<Report, IndexError> {
        let mut report = Report {
            notes: std::mem::take(&mut self.notes),
            ..Report::default()
        };
        let (found, skipped) = self.crawl(folders, progress)?;
        let old = self
            .last
            .as_ref()
            .map(|(_, manifest)| manifest.clone())
            .unwrap_or_default();
        let mut run = Run::new(folders, &old, found, &skipped, &mut report);
        let threads = self.pool.current_num_threads();
        let mut writer: IndexWriter = self
            .index
            .writer_with_num_threads(threads, threads * WRITER_BYTES)
            .map_err(|error| engine_error(&self.path, error))?;
        self.read_changed(&mut run, &mut writer, progress)?;
        let (manifest, removed) = run.finish(&skipped, &mut report);
        for key in &removed {
            writer.delete_term(self.id_term(*key));
        }
        if manifest != old || self.last.is_none() {
            progress(Progress::Committing);
            self.commit(writer, manifest)?;
        }
        Ok(report)
    }

    fn crawl(
        &self,
        folders: &[PathBuf],
        progress: &mut dyn FnMut(Progress),
    ) -> Result<(Vec<FoundFile>, Vec<Skipped>), IndexError> {
        let (mut found, mut skipped) = (Vec::new(), Vec::new());
        for file in crawl(folders, self.limits)? {
            match file {
                Ok(file) => found.push(file),
                Err(skip) => skipped.push(skip),
            }
            if found.len() % 100 == 0 {
                progress(Progress::Crawling { files: found.len() });
            }
        }
        progress(Progress::Crawling { files: found.len() });
        Ok((found, skipped))
    }

    /// Reads the files whose stamp is not known, batch by batch, and hands new documents to the engine.
    fn read_changed(
        &self,
        run: &mut Run<'_>,
        writer: &mut IndexWriter,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<(), IndexError> {
        let total = run.unread.len();
        let mut done = 0;
        while !run.unread.is_empty() {
            let batch = run.next_batch();
            let read: Vec<_> = self
                .pool
                .install(|| batch.par_iter().map(|file| file.read(self.limits)).collect());
            let mut fresh = Vec::new();
            for (file, read) in batch.iter().zip(read) {
                match read {
                    Ok((bytes, stamp)) => {
                        let id = DocumentId::of(&bytes);
                        let key = key_of(&id);
                        run.entry(file, stamp, Outcome::Document(key));
                        if run.known.insert(key) {
                            fresh.push((file, stamp, bytes, key));
                        }
                    }
                    Err(reason) => run.entry(file, file.stamp, Outcome::Failed(reason.to_string())),
                }
            }
            let documents: Vec<_> = self.pool.install(|| {
                fresh
                    .par_iter()
                    .map(|(_, _, bytes, _)| corpus::read(bytes, &self.restorer).map(|document| self.build(&document)))
                    .collect()
            });
            for ((file, stamp, _, key), document) in fresh.iter().zip(documents) {
                match document {
                    Ok(document) => {
                        writer
                            .add_document(document)
                            .map_err(|error| engine_error(&self.path, error))?;
                    }
                    Err(reason) => {
                        run.known.remove(key);
                        run.entry(file, *stamp, Outcome::Failed(reason.to_string()));
                    }
                }
            }
            done += batch.len();
            progress(Progress::Reading { done, total });
        }
        Ok(())
    }

    /// The engine's form of a document.
    fn build(&self, document: &Document) -> TantivyDocument {
        let fields = &self.fields;
        let metadata = &document.metadata;
        let analysis = analyzer::analyze(document);
        let mut built = TantivyDocument::default();
        built.add_text(fields.id, &document.id.0);
        built.add_u64(fields.key, key_of(&document.id));
        built.add_text(fields.text, &analysis.text);
        if !analysis.scan.is_empty() {
            built.add_text(fields.scan, &analysis.scan);
        }
        built.add_bool(fields.scanned, !analysis.scan.is_empty());
        if let Some(number) = &metadata.number {
            built.add_text(fields.number, squash_number(&number.value.0));
        }
        for citation in &document.citations {
            built.add_text(fields.cites, squash_number(&citation.number.0));
        }
        for (field, values) in fields.facets.iter().zip(values(document)) {
            values.iter().for_each(|value| built.add_text(*field, value));
        }
        if let Some(issuer) = &metadata.issuer {
            built.add_text(fields.place, join_place(&issuer.value));
        }
        let dates = [
            (fields.day, &metadata.date),
            (fields.earliest, &metadata.not_before),
            (fields.latest, &metadata.not_after),
        ];
        for (field, date) in dates {
            if let Some(date) = date {
                built.add_i64(field, day(date.value));
            }
        }
        if let Some(doubt) = doubts::least(metadata) {
            built.add_u64(fields.doubt, doubt);
        }
        built.add_bytes(fields.stored, &stored::write(document, &analysis.block_positions));
        built
    }

    fn commit(&mut self, mut writer: IndexWriter, manifest: Manifest) -> Result<(), IndexError> {
        let error = |error| engine_error(&self.path, error);
        let payload = Payload {
            format: FORMAT_VERSION,
            manifest: manifest::write(&self.path, &manifest)?,
            hand: None,
        };
        let mut prepared = writer.prepare_commit().map_err(error)?;
        prepared.set_payload(&serde_json::to_string(&payload).expect("a payload is plain data"));
        prepared.commit().map_err(error)?;
        store::sync_folder(&self.path)?;
        writer.wait_merging_threads().map_err(error)?;
        store::sync_folder(&self.path)?;
        store::sweep(&self.path, Some(&payload));
        self.last = Some((payload, manifest));
        Ok(())
    }

    fn id_term(&self, key: u64) -> Term {
        Term::from_field_text(self.fields.id, &format!("{key:016x}"))
    }
}

fn pool(threads: usize) -> rayon::ThreadPool {
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .expect("the system gives threads")
}

/// A document's id as a number.
fn key_of(id: &DocumentId) -> u64 {
    u64::from_str_radix(&id.0, 16).unwrap_or_else(|_| {
        let hash = blake3::hash(id.0.as_bytes());
        u64::from_le_bytes(hash.as_bytes()[..8].try_into().expect("a hash has 32 bytes"))
    })
}

/// One run: what was there, what was found, what is still to be read.
struct Run<'a> {
    old: &'a Manifest,
    /// Old entries by folder and path.
    before: FxHashMap<(&'a Path, &'a str), &'a FileEntry>,
    folders: Vec<PathBuf>,
    /// New entries, in crawling order once sorted; the first number is the place in that order.
    entries: Vec<(usize, FileEntry)>,
    unread: Vec<(usize, FoundFile)>,
    /// Keys of documents that the index holds or is being given.
    known: FxHashSet<u64>,
    order: FxHashMap<(usize, String), usize>,
    unchanged: usize,
}

impl<'a> Run<'a> {
    fn new(
        folders: &[PathBuf],
        old: &'a Manifest,
        found: Vec<FoundFile>,
        skipped: &[Skipped],
        report: &mut Report,
    ) -> Self {
        let folders: Vec<PathBuf> = folders
            .iter()
            .map(|folder| folder.canonicalize().unwrap_or_else(|_| folder.clone()))
            .collect();
        let before: FxHashMap<(&Path, &str), &FileEntry> = old
            .files
            .iter()
            .map(|file| ((old.folders[file.folder as usize].as_path(), file.path.as_str()), file))
            .collect();
        let _ = (skipped, &report);
        let known = old
            .files
            .iter()
            .filter_map(|file| match file.outcome {
                Outcome::Document(key) => Some(key),
                Outcome::Failed(_) => None,
            })
            .collect();
        let mut run = Self {
            old,
            before,
            folders,
            entries: Vec::with_capacity(found.len()),
            unread: Vec::new(),
            known,
            order: FxHashMap::default(),
            unchanged: 0,
        };
        for (at, file) in found.into_iter().enumerate() {
            match run
                .before
                .get(&(run.folders[file.folder].as_path(), file.path.as_str()))
            {
                Some(entry) if entry.stamp == file.stamp => {
                    let entry = FileEntry {
                        folder: file.folder as u32,
                        ..(*entry).clone()
                    };
                    run.entries.push((at, entry));
                    run.unchanged += 1;
                }
                _ => {
                    run.order.insert((file.folder, file.path.clone()), at);
                    run.unread.push((at, file));
                }
            }
        }
        // Batches are taken from the end.
        run.unread.reverse();
        run
    }

    fn next_batch(&mut self) -> Vec<FoundFile> {
        let (mut batch, mut bytes) = (Vec::new(), 0);
        while batch.len() < BATCH_FILES && bytes < BATCH_BYTES {
            let Some((_, file)) = self.unread.pop() else {
                break;
            };
            bytes += file.stamp.size_bytes;
            batch.push(file);
        }
        batch
    }

    /// Notes what was made of a file; the last note counts.
    fn entry(&mut self, file: &FoundFile, stamp: corpus::crawl::Stamp, outcome: Outcome) {
        let at = self.order[&(file.folder, file.path.clone())];
        let entry = FileEntry {
            folder: file.folder as u32,
            path: file.path.clone(),
            stamp,
            outcome,
        };
        match self.entries.iter_mut().rev().find(|(known, _)| *known == at) {
            Some((_, known)) => *known = entry,
            None => self.entries.push((at, entry)),
        }
    }

    /// The new manifest, and the keys of documents that no file holds any more.
    fn finish(mut self, skipped: &[Skipped], report: &mut Report) -> (Manifest, Vec<u64>) {
        self.entries.sort_by_key(|(at, _)| *at);
        let mut manifest = Manifest {
            folders: self.folders.clone(),
            files: self.entries.into_iter().map(|(_, entry)| entry).collect(),
        };
        let mut first_paths: FxHashMap<u64, String> = FxHashMap::default();
        let mut seen: FxHashSet<(&Path, &str)> = FxHashSet::default();
        let mut appeared: FxHashSet<u64> = FxHashSet::default();
        let old_keys: FxHashSet<u64> = self.old.files.iter().filter_map(key_of_entry).collect();
        let mut fresh_paths = Vec::new();
        for file in &manifest.files {
            let place = (self.folders[file.folder as usize].as_path(), file.path.as_str());
            seen.insert(place);
            let before = self.before.get(&place);
            match (&file.outcome, before.map(|entry| &entry.outcome)) {
                (Outcome::Failed(reason), _) => report.failed.push((file.path.clone(), reason.clone())),
                (new, Some(before)) if new == before => {}
                (Outcome::Document(key), Some(_)) => {
                    report.changed += 1;
                    appeared.insert(*key);
                }
                (Outcome::Document(key), None) => {
                    fresh_paths.push(*key);
                    appeared.insert(*key);
                }
            }
            if let Outcome::Document(key) = file.outcome {
                match first_paths.get(&key) {
                    Some(first) => report.duplicates.push((file.path.clone(), first.clone())),
                    None => {
                        first_paths.insert(key, file.path.clone());
                    }
                }
            }
        }
        for skip in skipped {
            report.failed.push((skip.path.clone(), skip.reason.to_string()));
        }
        // Files that are gone: in the folders of this run, not below a folder that could not be read.
        let mut gone_keys: FxHashMap<u64, usize> = FxHashMap::default();
        let mut kept = Vec::new();
        for file in &self.old.files {
            let folder = self.old.folders[file.folder as usize].as_path();
            if seen.contains(&(folder, file.path.as_str())) {
                continue;
            }
            let at = self.folders.iter().position(|one| one == folder);
            let hidden = skipped.iter().any(|skip| {
                Some(skip.folder) == at
                    && skip.is_folder
                    && (skip.path.is_empty() || file.path.starts_with(&format!("{}/", skip.path)))
            });
            let emptied = at.is_some_and(|at| !manifest.files.iter().any(|file| file.folder as usize == at));
            let elsewhere = at.is_none()
                && !(key_of_entry(file).is_some_and(|key| appeared.contains(&key))
                    && !folder.join(&file.path).exists());
            if hidden || emptied || elsewhere {
                kept.push((folder.to_owned(), file.clone()));
                if emptied && at.is_some() {
                    let note = format!(
                        "{} holds no documents any more; those indexed from it are kept",
                        folder.display()
                    );
                    if !report.notes.contains(&note) {
                        report.notes.push(note);
                    }
                }
                continue;
            }
            match key_of_entry(file) {
                Some(key) => *gone_keys.entry(key).or_default() += 1,
                None => report.gone += 1,
            }
        }
        for key in fresh_paths {
            match gone_keys.get_mut(&key) {
                Some(left) if *left > 0 => {
                    *left -= 1;
                    report.moved += 1;
                }
                _ => report.new += 1,
            }
        }
        report.gone += gone_keys.values().sum::<usize>();
        report.unchanged = self.unchanged;
        for (folder, mut file) in kept {
            let at = manifest
                .folders
                .iter()
                .position(|one| *one == folder)
                .unwrap_or_else(|| {
                    manifest.folders.push(folder);
                    manifest.folders.len() - 1
                });
            file.folder = at as u32;
            manifest.files.push(file);
        }
        let held: FxHashSet<u64> = manifest.files.iter().filter_map(key_of_entry).collect();
        let mut removed: Vec<u64> = old_keys.difference(&held).copied().collect();
        removed.sort_unstable();
        (manifest, removed)
    }
}

fn key_of_entry(file: &FileEntry) -> Option<u64> {
    match file.outcome {
        Outcome::Document(key) => Some(key),
        Outcome::Failed(_) => None,
    }
}

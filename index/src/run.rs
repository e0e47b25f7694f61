//! What one run of the indexer finds, has to read, and did.

use std::path::{Path, PathBuf};

use corpus::corrections::Corrections;
use corpus::crawl::{FoundFile, Skipped, Stamp};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::build::id_of;
use crate::hand::Teacher;
use crate::indexer::Report;
use crate::manifest::{FileEntry, Manifest, Outcome};

/// So many bytes of files are read into memory at a time.
const BATCH_BYTES: u64 = 32 << 20;
/// So many files are read at a time.
const BATCH_FILES: usize = 256;

/// Where a file stands: its folder and its path in it.
type Place<'a> = (&'a Path, &'a str);

/// One run: what the index was made from, what was found, what is still to be read.
pub(crate) struct Run<'a> {
    old: &'a Manifest,
    before: FxHashMap<Place<'a>, &'a FileEntry>,
    folders: Vec<PathBuf>,
    files: Vec<Found>,
    skipped: Vec<Skipped>,
    /// Files to be read, by place in `files`, the next one last.
    unread: Vec<usize>,
    /// What people corrected, by folder.
    corrections: Vec<Corrections>,
    /// Documents that the index holds or was given.
    known: FxHashMap<u64, Outcome>,
    /// Keys of documents that the index was given in this run.
    added: FxHashSet<u64>,
    /// Keys of documents that a file met in this run holds: by that file's path they are corrected.
    held: FxHashSet<u64>,
    /// Keys of documents that were judged, and are to be read later.
    put_off: FxHashSet<u64>,
}

/// A file that was found, and what is known of it.
struct Found {
    file: FoundFile,
    entry: Option<FileEntry>,
}

impl<'a> Run<'a> {
    /// Compares what was found with what the index was made from.
    pub fn new(
        folders: &[PathBuf],
        corrections: Vec<Corrections>,
        old: &'a Manifest,
        found: Vec<FoundFile>,
        skipped: Vec<Skipped>,
    ) -> Self {
        let before: FxHashMap<Place<'a>, &'a FileEntry> =
            old.files.iter().map(|file| (old.place(file), file)).collect();
        let mut run = Self {
            old,
            before,
            folders: folders
                .iter()
                .map(|folder| folder.canonicalize().unwrap_or_else(|_| folder.clone()))
                .collect(),
            files: Vec::with_capacity(found.len()),
            skipped,
            unread: Vec::new(),
            corrections,
            known: old
                .files
                .iter()
                .filter_map(|file| Some((file.key()?, file.outcome.clone())))
                .collect(),
            added: FxHashSet::default(),
            held: FxHashSet::default(),
            put_off: FxHashSet::default(),
        };
        for file in found {
            let before = run
                .before
                .get(&(run.folders[file.folder].as_path(), file.path.as_str()));
            let entry = before.filter(|entry| entry.stamp == file.stamp && run.is_corrected_so(&file, entry));
            let entry = entry.map(|entry| FileEntry {
                folder: file.folder as u32,
                ..(*entry).clone()
            });
            run.held.extend(entry.as_ref().and_then(FileEntry::key));
            if entry.is_none() {
                run.unread.push(run.files.len());
            }
            run.files.push(Found { file, entry });
        }
        run.unread.reverse();
        run
    }

    /// How many files are still to be read.
    pub fn unread(&self) -> usize {
        self.unread.len()
    }

    /// Up to `count` of the files still to be read, evenly spread, by their places.
    pub fn sample(&self, count: usize) -> Vec<usize> {
        let step = self.unread.len().div_ceil(count).max(1);
        self.unread.iter().rev().step_by(step).copied().collect()
    }

    /// The files at these places, to be looked at for scanned text.
    pub fn teachers(&self, places: &[usize]) -> Vec<Teacher<'_>> {
        places.iter().map(|&at| (&self.files[at].file, None)).collect()
    }

    /// The next files to read, by their places, within bounds of number and size.
    pub fn next_batch(&mut self) -> Vec<usize> {
        let (mut batch, mut bytes) = (Vec::new(), 0);
        while batch.len() < BATCH_FILES && bytes < BATCH_BYTES {
            let Some(at) = self.unread.pop() else {
                break;
            };
            bytes += self.files[at].file.stamp.size_bytes;
            batch.push(at);
        }
        batch
    }

    /// The file at a place.
    pub fn file(&self, at: usize) -> &FoundFile {
        &self.files[at].file
    }

    /// Notes what was made of a file; the last note counts.
    pub fn note(&mut self, at: usize, stamp: Stamp, outcome: Outcome) {
        if let Outcome::Document { key, .. } = outcome {
            self.known.insert(key, outcome.clone());
            self.held.insert(key);
        }
        let Found { file, entry } = &mut self.files[at];
        *entry = Some(FileEntry {
            folder: file.folder as u32,
            path: file.path.clone(),
            stamp,
            outcome,
        });
    }

    /// What was made of the document of `key`, if the index holds or was given it as it would be read from this file.
    pub fn outcome_of(&self, key: u64, at: usize) -> Option<Outcome> {
        let outcome = self.known.get(&key)?;
        let current = self.added.contains(&key)
            || self.held.contains(&key)
            || outcome.corrected() == self.fingerprint(&self.files[at].file, key);
        current.then(|| outcome.clone())
    }

    /// Notes that the index is given the document of `key`; says whether it held it before.
    pub fn add(&mut self, key: u64) -> bool {
        self.added.insert(key);
        self.known.contains_key(&key)
    }

    /// What people corrected in the folder of a file.
    pub fn corrections(&self, at: usize) -> &Corrections {
        &self.corrections[self.files[at].file.folder]
    }

    /// The fingerprint of what people corrected in the document that a file holds.
    pub fn fingerprint(&self, file: &FoundFile, key: u64) -> u64 {
        let corrections = &self.corrections[file.folder];
        if corrections.is_empty() {
            return 0;
        }
        corrections.fingerprint(&file.path, &id_of(key))
    }

    /// Whether a file's document was indexed with what people say of it now; by the first file that holds it.
    fn is_corrected_so(&self, file: &FoundFile, entry: &FileEntry) -> bool {
        entry
            .key()
            .is_none_or(|key| self.held.contains(&key) || entry.outcome.corrected() == self.fingerprint(file, key))
    }

    /// Bytes of scanned text in all files.
    pub fn scanned_bytes(&self) -> u64 {
        let mut seen = FxHashSet::default();
        let entries = self.files.iter().filter_map(|found| found.entry.as_ref());
        entries
            .filter(|entry| entry.key().is_some_and(|key| seen.insert(key)))
            .map(|entry| entry.outcome.scanned_bytes())
            .sum()
    }

    /// The files that hold scanned text, each with how much.
    pub fn scanned_files(&self) -> Vec<Teacher<'_>> {
        let scanned = |found: &Found| found.entry.as_ref().map_or(0, |entry| entry.outcome.scanned_bytes());
        let files = self.files.iter().filter(|found| scanned(found) > 0);
        files.map(|found| (&found.file, Some(scanned(found)))).collect()
    }

    /// Puts off the document of `key`: it was judged, and is to be read when all are.
    pub fn put_off(&mut self, key: u64) {
        self.put_off.insert(key);
    }

    /// Has what was put off read.
    pub fn read_put_off(&mut self) {
        let put_off = std::mem::take(&mut self.put_off);
        self.read_again(|entry| entry.key().is_some_and(|key| put_off.contains(&key)));
    }

    /// Has all scanned files read again.
    pub fn read_scanned_again(&mut self) {
        self.put_off.clear();
        self.read_again(|entry| entry.outcome.scanned_bytes() > 0);
    }

    fn read_again(&mut self, is_meant: impl Fn(&FileEntry) -> bool) {
        self.added.clear();
        self.held.clear();
        for (at, found) in self.files.iter_mut().enumerate().rev() {
            let Some(entry) = found.entry.as_ref().filter(|entry| is_meant(entry)) else {
                continue;
            };
            if let Some(Outcome::Document { corrected, .. }) = entry.key().and_then(|key| self.known.get_mut(&key)) {
                // No correction has this fingerprint: what is known of the document no longer holds.
                *corrected = u64::MAX;
            }
            found.entry = None;
            self.unread.push(at);
        }
    }

    /// The new manifest, and the keys of documents that no file holds any more.
    pub fn finish(mut self, report: &mut Report) -> (Manifest, Vec<u64>) {
        let files: Vec<FileEntry> = self.files.iter_mut().filter_map(|found| found.entry.take()).collect();
        let mut manifest = Manifest {
            folders: self.folders.clone(),
            files,
        };
        let fresh = self.count_found(&manifest, report);
        let (gone, kept) = self.sort_missing(&manifest, &fresh, report);
        count_moves(fresh, gone, report);
        manifest.keep(kept);
        let held: FxHashSet<u64> = manifest.files.iter().filter_map(FileEntry::key).collect();
        let mut removed: Vec<u64> = self.known.into_keys().filter(|key| !held.contains(key)).collect();
        removed.sort_unstable();
        (manifest, removed)
    }

    /// Counts what was found; gives the keys of documents at places where no file stood before.
    fn count_found(&self, manifest: &Manifest, report: &mut Report) -> Vec<u64> {
        let mut firsts: FxHashMap<u64, &str> = FxHashMap::default();
        let mut fresh = Vec::new();
        for file in &manifest.files {
            let before = self.before.get(&manifest.place(file)).map(|entry| entry.key());
            match (&file.outcome, before) {
                (Outcome::Failed(reason), _) => report.failed.push((file.path.clone(), reason.clone())),
                (Outcome::Document { key, .. }, Some(before)) if before == Some(*key) => report.unchanged += 1,
                (Outcome::Document { .. }, Some(_)) => report.changed += 1,
                (Outcome::Document { key, .. }, None) => fresh.push(*key),
            }
            if let Some(key) = file.key() {
                match firsts.get(&key) {
                    Some(first) => report.duplicates.push((file.path.clone(), (*first).to_owned())),
                    None => {
                        firsts.insert(key, &file.path);
                    }
                }
            }
        }
        for skipped in &self.skipped {
            report.failed.push((skipped.path.clone(), skipped.reason.to_string()));
        }
        fresh
    }

    /// Sorts the files of the index that were not found: keys of those gone, and those to keep with their folders.
    fn sort_missing(
        &self,
        manifest: &Manifest,
        fresh: &[u64],
        report: &mut Report,
    ) -> (Vec<Option<u64>>, Vec<(PathBuf, FileEntry)>) {
        let found: FxHashSet<Place<'_>> = manifest.files.iter().map(|file| manifest.place(file)).collect();
        let filled: FxHashSet<u32> = manifest.files.iter().map(|file| file.folder).collect();
        let fresh: FxHashSet<u64> = fresh.iter().copied().collect();
        for (at, folder) in self.folders.iter().enumerate() {
            let inner = |other: &PathBuf| other != folder && folder.starts_with(other);
            if !filled.contains(&(at as u32)) && !self.folders.iter().any(inner) {
                let folder = folder.display();
                report.notes.push(format!(
                    "{folder} holds no .txt, .text or .md file; what was indexed from it before is kept"
                ));
            }
        }
        let (mut gone, mut kept) = (Vec::new(), Vec::new());
        for file in &self.old.files {
            let (folder, path) = self.old.place(file);
            if found.contains(&(folder, path)) {
                continue;
            }
            let keep = match self.folders.iter().position(|one| one == folder) {
                // An emptied folder is more likely a disk that is not connected.
                Some(at) => !filled.contains(&(at as u32)) || self.is_hidden(at, path),
                // Another folder is left alone, unless its file was met elsewhere and stands there no more.
                None => !file.key().is_some_and(|key| fresh.contains(&key)) || folder.join(path).exists(),
            };
            if keep {
                kept.push((folder.to_owned(), file.clone()));
            } else {
                gone.push(file.key());
            }
        }
        (gone, kept)
    }

    /// Whether a file lies below a folder that could not be read.
    fn is_hidden(&self, folder: usize, path: &str) -> bool {
        self.skipped.iter().any(|skipped| {
            let below = |rest: &str| rest.is_empty() || rest.starts_with('/') || skipped.path.is_empty();
            skipped.folder == folder && skipped.is_folder && path.strip_prefix(&skipped.path).is_some_and(below)
        })
    }
}

/// A document that is gone from one place and new at another has moved.
fn count_moves(fresh: Vec<u64>, gone: Vec<Option<u64>>, report: &mut Report) {
    let mut left: FxHashMap<u64, usize> = FxHashMap::default();
    for key in gone.iter().flatten() {
        *left.entry(*key).or_default() += 1;
    }
    report.gone = gone.len();
    for key in fresh {
        match left.get_mut(&key) {
            Some(count) if *count > 0 => {
                *count -= 1;
                report.gone -= 1;
                report.moved += 1;
            }
            _ => report.new += 1,
        }
    }
}

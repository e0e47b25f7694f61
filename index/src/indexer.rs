//! Writes the index: crawls folders, reads what changed, commits all or nothing.

use std::fs;
use std::path::{Path, PathBuf};

use corpus::corrections::Corrections;
use corpus::crawl::{FileError, FoundFile, Limits, Skipped, Stamp, crawl};
use corpus::signers::{Signer, Signers};
use corpus::{DocumentId, Draft};
use rayon::prelude::*;
use tantivy::{Index, IndexWriter, Term};
use vietnamese::restore::Restorer;

use crate::build::{build, key_of};
use crate::error::IndexError;
use crate::hand::{self, Learned, Lesson, SAMPLE_FILES, Teacher, scanned_bytes};
use crate::manifest::{self, Manifest, Outcome, Payload};
use crate::run::Run;
use crate::schema::{FORMAT_VERSION, Fields, schema};
use crate::store::{self, WriterLock, engine_error};

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

/// What the engine may hold in memory before it writes, for each thread that reads.
const WRITER_BYTES: usize = 96 << 20;
/// One thread of the engine keeps up with so many that read, and each holds all words of its documents for itself.
const READERS: usize = 4;

/// The bytes of a document that the index does not hold.
struct Fresh {
    /// The files that hold it, by their places in the run.
    places: Vec<(usize, Stamp)>,
    bytes: Vec<u8>,
    key: u64,
    /// Whether the index holds it as it was read before.
    replaces: bool,
}

/// The one writer of an index.
pub struct Indexer {
    path: PathBuf,
    restorer: Restorer,
    limits: Limits,
    index: Index,
    fields: Fields,
    last: Option<(Payload, Manifest)>,
    learned: Option<Learned>,
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
        let hand = opened.last.as_ref().and_then(|(payload, _)| payload.hand.as_deref());
        let learned = hand.map(|name| hand::read(path, name)).transpose()?;
        Ok(Self {
            path: path.to_owned(),
            restorer,
            limits: Limits::default(),
            index: opened.index,
            fields,
            last: opened.last,
            learned,
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
        let corrections = load_corrections(folders, &mut report)?;
        let mut run = Run::new(folders, corrections, &old, found, skipped);
        let threads = self.pool.current_num_threads();
        let mut writer: IndexWriter = self
            .index
            .writer_with_num_threads(threads.div_ceil(READERS), threads * WRITER_BYTES)
            .map_err(|error| engine_error(&self.path, error))?;
        self.read_all(&mut run, &mut writer, progress)?;
        let (manifest, removed) = run.finish(&mut report);
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

    /// Reads what is to be read: what was typed, and then what was scanned, with all that the former and the hand teach.
    fn read_all(
        &mut self,
        run: &mut Run<'_>,
        writer: &mut IndexWriter,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<(), IndexError> {
        let mut taught = self.learned.as_ref().map(|learned| learned.bytes);
        let mut sample = Vec::new();
        if self.learned.is_none() && run.unread() > 0 {
            progress(Progress::Learning);
            sample = run.sample(SAMPLE_FILES);
            taught = self.lesson(&run.teachers(&sample)).bytes();
        }
        let signers = self.read_changed(run, writer, true, progress)?;
        let outgrown = hand::is_outgrown(taught, run.scanned_bytes());
        if outgrown || self.learned.is_none() && taught.is_some() {
            progress(Progress::Learning);
            let lesson = if outgrown {
                self.lesson(&run.scanned_files())
            } else {
                self.lesson(&run.teachers(&sample))
            };
            let known = self.learned.take().map(|learned| learned.signers);
            self.learned = self.learn(lesson, known.unwrap_or_default());
        }
        if let Some(learned) = &mut self.learned {
            learned.signers.add(signers);
        }
        if outgrown {
            run.read_scanned_again();
        } else {
            run.read_put_off();
        }
        self.read_changed(run, writer, false, progress).map(|_| ())
    }

    /// Reads what is to be read, batch by batch, and hands new documents to the engine; puts off scanned ones if asked to.
    /// Returns who signed what was typed.
    fn read_changed(
        &self,
        run: &mut Run<'_>,
        writer: &mut IndexWriter,
        puts_off: bool,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Vec<Signer>, IndexError> {
        let restorer = match &self.learned {
            Some(learned) => self.restorer.with_hand(&learned.hand),
            None => self.restorer.clone(),
        };
        let total = run.unread();
        let mut done = 0;
        let mut signers = Vec::new();
        while run.unread() > 0 {
            let batch = run.next_batch();
            let fresh = self.read_files(run, &batch);
            let take = |file: &Fresh| self.take(file, run, &restorer, puts_off, writer);
            let outcomes: Vec<_> = self.pool.install(|| fresh.par_iter().map(take).collect());
            for (file, outcome) in fresh.iter().zip(outcomes) {
                let (outcome, signer) = match outcome {
                    Ok(taken) => taken,
                    Err(error) => {
                        // The engine says only that it gave up; preparing to commit says why.
                        let error = writer.prepare_commit().err().unwrap_or(error);
                        return Err(engine_error(&self.path, error));
                    }
                };
                signers.extend(signer);
                if puts_off && outcome.scanned_bytes() > 0 {
                    run.put_off(file.key);
                }
                for &(at, stamp) in &file.places {
                    run.note(at, stamp, outcome.clone());
                }
            }
            done += batch.len();
            progress(Progress::Reading { done, total });
        }
        Ok(signers)
    }

    /// Reads a document and hands it to the engine, or only judges it if it is to be put off.
    fn take(
        &self,
        file: &Fresh,
        run: &Run<'_>,
        restorer: &Restorer,
        puts_off: bool,
        writer: &IndexWriter,
    ) -> tantivy::Result<(Outcome, Option<Signer>)> {
        let draft = match Draft::of(&file.bytes, restorer) {
            Ok(draft) => draft,
            Err(reason) => return Ok((Outcome::Failed(reason.to_string()), None)),
        };
        let at = file.places[0].0;
        let outcome = Outcome::Document {
            key: file.key,
            scanned_bytes: scanned_bytes(draft.judgements()),
            corrected: run.fingerprint(run.file(at), file.key),
        };
        if puts_off && outcome.scanned_bytes() > 0 {
            return Ok((outcome, None));
        }
        let mut document = draft.read(restorer);
        if let Some(learned) = &self.learned {
            learned.signers.lend(&mut document, restorer);
        }
        run.corrections(at).apply(&run.file(at).path, &mut document);
        if file.replaces {
            writer.delete_term(self.id_term(file.key));
        }
        writer.add_document(build(&self.fields, &document))?;
        Ok((outcome, Signer::of(&document)))
    }

    fn lesson(&self, files: &[Teacher<'_>]) -> Lesson {
        self.pool.install(|| Lesson::of(&self.restorer, files, self.limits))
    }

    fn learn(&self, lesson: Lesson, signers: Signers) -> Option<Learned> {
        self.pool.install(|| lesson.learn(&self.restorer, signers))
    }

    /// Reads the bytes of files, and notes what is known of those that hold no new document.
    fn read_files(&self, run: &mut Run<'_>, batch: &[usize]) -> Vec<Fresh> {
        let read_one = |file: &&FoundFile| {
            let (bytes, stamp) = file.read(self.limits)?;
            Ok((key_of(&DocumentId::of(&bytes)), bytes, stamp))
        };
        let files: Vec<&FoundFile> = batch.iter().map(|&at| run.file(at)).collect();
        let read: Vec<Result<_, FileError>> = self.pool.install(|| files.par_iter().map(read_one).collect());
        let mut fresh: Vec<Fresh> = Vec::new();
        for (&at, read) in batch.iter().zip(read) {
            let (key, bytes, stamp) = match read {
                Ok(read) => read,
                Err(reason) => {
                    let stamp = run.file(at).stamp;
                    run.note(at, stamp, Outcome::Failed(reason.to_string()));
                    continue;
                }
            };
            if let Some(same) = fresh.iter_mut().find(|one| one.key == key) {
                same.places.push((at, stamp));
            } else if let Some(outcome) = run.outcome_of(key, at) {
                run.note(at, stamp, outcome);
            } else {
                let replaces = run.add(key);
                fresh.push(Fresh {
                    replaces,
                    places: vec![(at, stamp)],
                    bytes,
                    key,
                });
            }
        }
        fresh
    }

    fn commit(&mut self, mut writer: IndexWriter, manifest: Manifest) -> Result<(), IndexError> {
        let error = |error| engine_error(&self.path, error);
        let payload = Payload {
            format: FORMAT_VERSION,
            manifest: manifest::write(&self.path, &manifest)?,
            hand: self
                .learned
                .as_ref()
                .map(|learned| hand::write(&self.path, learned))
                .transpose()?,
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

/// What people corrected, by folder; lines that correct nothing are told.
fn load_corrections(folders: &[PathBuf], report: &mut Report) -> Result<Vec<Corrections>, IndexError> {
    let load = |folder: &PathBuf| {
        Corrections::load(folder).map_err(|source| IndexError::Corrections {
            folder: folder.clone(),
            source,
        })
    };
    let corrections: Vec<Corrections> = folders.iter().map(load).collect::<Result<_, _>>()?;
    for wrong in corrections.iter().flat_map(Corrections::wrong_lines) {
        report.notes.push(wrong.to_string());
    }
    Ok(corrections)
}

fn pool(threads: usize) -> rayon::ThreadPool {
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .expect("the system gives threads")
}

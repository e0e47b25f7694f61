//! Plain text to count: gzip files of documents, each paragraph once.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use flate2::read::MultiGzDecoder;
use rustc_hash::FxHashSet;
use std::hash::{BuildHasher, BuildHasherDefault};

use vietnamese::restore::letters::is_vietnamese;
use vietnamese::restore::words::canonical;

/// A file of text and how much one of its words counts.
#[derive(Debug, Clone)]
pub struct Source {
    /// The file, gzip or plain.
    pub path: PathBuf,
    /// How many words of ordinary text one of its words is worth, 1 to 7.
    pub weight: u8,
}

impl std::str::FromStr for Source {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (path, weight) = text.rsplit_once('=').unwrap_or((text, "1"));
        let weight = weight.parse().ok().filter(|w| (1..=7).contains(w));
        let weight = weight.ok_or_else(|| format!("{text}: a weight is a number from 1 to 7, as in news.txt.gz=2"))?;
        Ok(Self {
            path: path.into(),
            weight,
        })
    }
}

/// One document: what it is called, and its paragraphs.
#[derive(Debug, Default)]
pub struct Document {
    /// Its name in the file.
    pub id: String,
    /// Its paragraphs.
    pub paragraphs: Vec<String>,
}

/// The documents of a file.
pub fn documents(path: &Path) -> Result<Vec<Document>> {
    let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    let reader: Box<dyn BufRead> = if path.extension().is_some_and(|e| e == "gz") {
        Box::new(BufReader::new(MultiGzDecoder::new(file)))
    } else {
        Box::new(BufReader::new(file))
    };
    let mut all: Vec<Document> = Vec::new();
    for line in reader.lines() {
        let line = line.with_context(|| format!("cannot read {}", path.display()))?;
        if let Some(head) = line.strip_prefix("#DOC\t") {
            let id = head.split('\t').next().unwrap_or_default().to_owned();
            all.push(Document {
                id,
                paragraphs: Vec::new(),
            });
        } else if !line.trim().is_empty() {
            if all.is_empty() {
                all.push(Document::default());
            }
            let last = all.len() - 1;
            all[last].paragraphs.push(line);
        }
    }
    Ok(all)
}

/// Whether a document is kept out of counting, to measure on: one in fifty, by its name.
pub fn is_held_out(id: &str) -> bool {
    let name = id.rsplit(':').next().unwrap_or(id);
    let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, b| {
        (hash ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3)
    });
    hash % 50 == 7
}

/// The twelve-word runs of texts that the model must not have seen.
#[derive(Debug, Default)]
pub struct Apart {
    runs: FxHashSet<u64>,
}

const RUN: usize = 12;

fn run_hashes(text: &str) -> Vec<u64> {
    let words: Vec<u64> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(|w| BuildHasherDefault::<rustc_hash::FxHasher>::default().hash_one(canonical(w)))
        .collect();
    words
        .windows(RUN)
        .map(|run| {
            run.iter()
                .fold(0u64, |h, w| (h.rotate_left(5) ^ w).wrapping_mul(0x9E37_79B9_7F4A_7C15))
        })
        .collect()
}

impl Apart {
    /// Keeps apart every text file of a folder, or one file.
    pub fn read(paths: &[PathBuf]) -> Result<Self> {
        let mut apart = Self::default();
        for path in paths {
            let files: Vec<PathBuf> = if path.is_dir() {
                std::fs::read_dir(path)?.map(|e| Ok(e?.path())).collect::<Result<_>>()?
            } else {
                vec![path.clone()]
            };
            for file in files {
                let text = std::fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
                apart.runs.extend(run_hashes(&text));
            }
        }
        Ok(apart)
    }

    /// The share of the text's twelve-word runs that stand in what is kept apart.
    pub fn share(&self, text: &str) -> f32 {
        let runs = run_hashes(text);
        if runs.is_empty() || self.runs.is_empty() {
            return 0.0;
        }
        runs.iter().filter(|run| self.runs.contains(run)).count() as f32 / runs.len() as f32
    }
}

/// Text to count, joined, one paragraph a line.
#[derive(Debug)]
pub struct Text {
    /// The lines.
    pub lines: String,
    /// What one word counts.
    pub weight: u8,
}

/// What reading found.
#[derive(Debug, Default)]
pub struct Tally {
    /// Documents read.
    pub documents: usize,
    /// Documents kept out to measure on.
    pub held_out: usize,
    /// Documents or paragraphs left out since they stand in texts kept apart.
    pub apart: usize,
    /// Paragraphs typed without marks, or not Vietnamese.
    pub unmarked: usize,
    /// Paragraphs that stood elsewhere already.
    pub repeated: usize,
}

/// Whether a paragraph has no letter that only Vietnamese has, though it is long enough to need one.
fn lost_marks(paragraph: &str) -> bool {
    let letters = paragraph.chars().filter(|c| c.is_alphabetic()).count();
    letters > 11
        && !paragraph
            .chars()
            .any(|c| is_vietnamese(c) || ('\u{C0}'..='\u{FF}').contains(&c))
}

/// Reads all sources, each paragraph once, without what is held out or kept apart.
pub fn read(sources: &[Source], apart: &Apart) -> Result<(Vec<Text>, Tally)> {
    let mut seen: FxHashSet<u64> = FxHashSet::default();
    let mut tally = Tally::default();
    let mut texts = Vec::new();
    for source in sources {
        let mut lines = String::new();
        for document in documents(&source.path)? {
            tally.documents += 1;
            if is_held_out(&document.id) {
                tally.held_out += 1;
                continue;
            }
            if apart.share(&document.paragraphs.join("\n")) > 0.2 {
                tally.apart += 1;
                continue;
            }
            for paragraph in document.paragraphs {
                let hash = BuildHasherDefault::<rustc_hash::FxHasher>::default().hash_one(&paragraph);
                if lost_marks(&paragraph) {
                    tally.unmarked += 1;
                } else if paragraph.len() > 60 && !seen.insert(hash) {
                    tally.repeated += 1;
                } else if paragraph.len() > 150 && apart.share(&paragraph) > 0.5 {
                    tally.apart += 1;
                } else {
                    lines.push_str(&paragraph);
                    lines.push('\n');
                }
            }
        }
        texts.push(Text {
            lines,
            weight: source.weight,
        });
    }
    Ok((texts, tally))
}

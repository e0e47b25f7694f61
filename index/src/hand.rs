//! When the scanner's hand is learned, and from what.
//!
//! The hand is learned before the first scanned document is read, and again once there is twice as much scanned text as
//! it was learned from; then all scanned documents are read again. In between it stays, so that the same folder gives
//! the same readings run after run. In each run the scanned documents are put off until all of them are known, so that
//! none is read twice. With the hand stand the names of those who signed the typed documents, which help to read the same
//! names in scans that come later.

use std::path::Path;

use corpus::crawl::{FoundFile, Limits};
use corpus::signers::Signers;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use vietnamese::restore::{Condition, Hand, Judgement, Restorer};

use crate::error::IndexError;
use crate::manifest::{read_hashed, write_hashed};

/// Less scanned text teaches nothing.
const LEARN_MIN_BYTES: u64 = 4 << 10;
/// More teaches nothing new.
const LEARN_MAX_BYTES: u64 = Restorer::LEARNED_BYTES as u64;
/// So many files are looked at for scanned text before the first is read.
pub(crate) const SAMPLE_FILES: usize = 96;

/// The scanner's hand, and how much it was learned from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Learned {
    /// What was learned.
    pub hand: Hand,
    /// Bytes of scanned text in the texts it was learned from.
    pub bytes: u64,
    /// Who signed the typed documents that were read before.
    pub signers: Signers,
}

/// Whether there is so much more scanned text now that the hand, learned from `learned` bytes, should be learned anew.
pub(crate) fn is_outgrown(learned: Option<u64>, scanned_bytes: u64) -> bool {
    let teaches = scanned_bytes.min(LEARN_MAX_BYTES);
    teaches >= LEARN_MIN_BYTES && learned.is_none_or(|learned| teaches >= 2 * learned)
}

/// A file that may teach the hand, and how much of it was read from paper, where that is known.
pub(crate) type Teacher<'a> = (&'a FoundFile, Option<u64>);

/// Texts that may teach the hand.
#[derive(Debug)]
pub(crate) struct Lesson {
    texts: Vec<(String, Vec<Judgement>)>,
    bytes: u64,
}

impl Lesson {
    /// Reads and judges `files`, as far as they teach anything new.
    pub fn of(restorer: &Restorer, files: &[Teacher<'_>], limits: Limits) -> Self {
        /// So many are read at a time: what is read beyond the bound is read in vain.
        const AT_A_TIME: usize = 32;
        let read = |&(file, known): &Teacher<'_>| -> Option<(String, Vec<Judgement>, u64)> {
            // A file that cannot be read is told of when its turn comes.
            let (bytes, _) = file.read(limits).ok()?;
            let text = corpus::extract::text(&bytes).ok()?;
            let judged = restorer.judge(&text);
            let scanned = known.unwrap_or_else(|| scanned_bytes(&judged));
            Some((text, judged, scanned))
        };
        let (mut texts, mut bytes) = (Vec::new(), 0);
        for some in files.chunks(AT_A_TIME) {
            let read: Vec<_> = some.par_iter().map(read).collect();
            for (text, judged, scanned) in read.into_iter().flatten() {
                // Clean texts lend their wording.
                if bytes < LEARN_MAX_BYTES {
                    bytes += scanned;
                    texts.push((text, judged));
                }
            }
            if bytes >= LEARN_MAX_BYTES {
                break;
            }
        }
        Self { texts, bytes }
    }

    /// How much scanned text it holds, if it is enough to learn from.
    pub fn bytes(&self) -> Option<u64> {
        (self.bytes >= LEARN_MIN_BYTES).then_some(self.bytes.min(LEARN_MAX_BYTES))
    }

    /// Learns the hand, if there is enough scanned text; who signs is known from elsewhere.
    pub fn learn(self, restorer: &Restorer, signers: Signers) -> Option<Learned> {
        let bytes = self.bytes()?;
        let texts = self.texts.iter().map(|(text, judged)| (text.as_str(), judged.clone()));
        Some(Learned {
            hand: restorer.learn_judged(texts),
            bytes,
            signers,
        })
    }
}

/// How many bytes an engine read from paper.
pub(crate) fn scanned_bytes(judgements: &[Judgement]) -> u64 {
    judgements
        .iter()
        .filter(|judgement| {
            matches!(
                judgement.condition,
                Condition::ScannedEnglish | Condition::ScannedVietnamese
            )
        })
        .map(|judgement| judgement.scan.len() as u64)
        .sum()
}

/// Writes what was learned; returns the file's name.
pub(crate) fn write(folder: &Path, learned: &Learned) -> Result<String, IndexError> {
    let bytes = postcard::to_stdvec(learned).expect("writing to memory does not fail");
    write_hashed(folder, "hand", &bytes)
}

/// Reads what [`write`] wrote.
pub(crate) fn read(folder: &Path, name: &str) -> Result<Learned, IndexError> {
    let bytes = read_hashed(folder, name)?;
    postcard::from_bytes(&bytes).map_err(|_| IndexError::Version {
        path: folder.to_owned(),
    })
}

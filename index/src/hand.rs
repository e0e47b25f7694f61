//! When the scanner's hand is learned, and from what.
//!
//! The hand is learned before the first scanned document is read, and again once there is twice as much scanned text as
//! it was learned from; then all scanned documents are read again. In between it stays, so that the same folder gives
//! the same readings run after run. With it stand the names of those who signed the folder's typed documents, which help
//! to read the same names in its scans.

use std::path::Path;

use corpus::DocumentId;
use corpus::crawl::{FoundFile, Limits};
use corpus::signers::{Signer, Signers};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use vietnamese::restore::{Condition, Hand, Judgement, Restorer};

use crate::error::IndexError;
use crate::manifest::{read_hashed, write_hashed};

/// Less scanned text teaches nothing.
const LEARN_MIN_BYTES: u64 = 4 << 10;
/// More scanned text teaches nothing new: [`Restorer::learn`] reads no more.
const LEARN_MAX_BYTES: u64 = 400_000;
/// So many files are looked at for scanned text before the first is read.
pub(crate) const SAMPLE_FILES: usize = 96;

/// The scanner's hand, and how much it was learned from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Learned {
    /// What was learned.
    pub hand: Hand,
    /// Bytes of scanned text in the texts it was learned from.
    pub bytes: u64,
    /// Who signs, by the documents that need no scanner.
    pub signers: Signers,
}

/// Whether there is so much more scanned text now that the hand should be learned anew.
pub(crate) fn is_outgrown(learned: Option<&Learned>, scanned_bytes: u64) -> bool {
    let teaches = scanned_bytes.min(LEARN_MAX_BYTES);
    teaches >= LEARN_MIN_BYTES && learned.is_none_or(|learned| teaches >= 2 * learned.bytes)
}

/// A file that may teach the hand, and how much of it was read from paper, where that is known.
pub(crate) type Teacher<'a> = (&'a FoundFile, Option<u64>);

/// Learns the hand from `files`, if there is enough scanned text among them.
pub(crate) fn learn(restorer: &Restorer, files: &[Teacher<'_>], limits: Limits) -> Option<Learned> {
    /// So many are read at a time: what is read beyond the bound is read in vain.
    const AT_A_TIME: usize = 32;
    let read = |&(file, known): &Teacher<'_>| -> Option<Text> {
        // A file that cannot be read is told of when its turn comes.
        let (bytes, _) = file.read(limits).ok()?;
        let text = corpus::extract::text(&bytes).ok()?;
        let english = |judged: &Judgement| judged.condition == Condition::ScannedEnglish;
        let (scanned, typed) = match known {
            Some(scanned) => (scanned, false),
            None => {
                let judged = restorer.judge(&text);
                (scanned_bytes(&judged), !judged.iter().any(english))
            }
        };
        Some(Text {
            id: DocumentId::of(&bytes),
            text,
            scanned,
            typed,
        })
    };
    let mut texts: Vec<Text> = Vec::new();
    let mut bytes = 0;
    for some in files.chunks(AT_A_TIME) {
        let read: Vec<_> = some.par_iter().map(read).collect();
        for text in read.into_iter().flatten() {
            // Clean texts lend their wording.
            if bytes < LEARN_MAX_BYTES {
                bytes += text.scanned;
                texts.push(text);
            }
        }
        if bytes >= LEARN_MAX_BYTES {
            break;
        }
    }
    (bytes >= LEARN_MIN_BYTES).then(|| Learned {
        hand: restorer.learn(texts.iter().map(|text| text.text.as_str())),
        bytes: bytes.min(LEARN_MAX_BYTES),
        signers: signers(restorer, &texts),
    })
}

/// A text that teaches.
struct Text {
    id: DocumentId,
    text: String,
    /// Bytes of scanned text in it.
    scanned: u64,
    /// Whether it may be typed: no engine made for English wrote it.
    typed: bool,
}

/// Who signed the documents that were typed.
fn signers(restorer: &Restorer, texts: &[Text]) -> Signers {
    let typed = texts.par_iter().filter(|text| text.typed);
    let signer = |text: &Text| Signer::of(&corpus::read_text(text.id.clone(), text.text.clone(), restorer));
    let found: Vec<Signer> = typed.filter_map(signer).collect();
    let mut signers = Signers::default();
    signers.add(found);
    signers
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

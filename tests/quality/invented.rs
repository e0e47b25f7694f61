//! How often a fact is invented: numbers, days and issuers that are read out of texts that are no documents.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use corpus::DocumentId;
use flate2::read::MultiGzDecoder;
use vietnamese::restore::Restorer;

use crate::scoreboard::{Line, aimed};

/// How much of each file of texts is looked at.
const LOOKED_AT: u64 = 6_000_000;

/// Reads each text by itself and counts those that bear a number, a day or an issuer.
pub fn measure(name: &str, texts: &[String]) -> Vec<Line> {
    let restorer = Restorer::new();
    let mut counts = [0usize; 3];
    for text in texts {
        let document = corpus::read_text(DocumentId::of(text.as_bytes()), text.clone(), &restorer);
        let read = &document.metadata;
        let invented = [
            read.number.as_ref().map(|fact| fact.value.0.clone()),
            read.date.as_ref().map(|fact| fact.value.to_string()),
            read.issuer.as_ref().map(|fact| fact.value.name.clone()),
        ];
        for (count, fact) in counts.iter_mut().zip(invented) {
            if let Some(fact) = fact {
                println!(
                    "invented in {name}: {fact:?} of {:?}",
                    text.chars().take(90).collect::<String>()
                );
                *count += 1;
            }
        }
    }
    let share = |count: usize| count as f64 / texts.len().max(1) as f64;
    ["numbers", "days", "issuers"]
        .into_iter()
        .zip(counts)
        .map(|(what, count)| aimed(format!("{name}, invented {what}"), share(count), "<= 0.02"))
        .collect()
}

/// `most` paragraphs out of files of texts (gzip, a paragraph a line, `#DOC` before each text), chosen by their hash.
pub fn paragraphs(files: &[&Path], most: usize) -> Vec<String> {
    files
        .iter()
        .flat_map(|file| {
            let opened = File::open(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            let lines = BufReader::new(MultiGzDecoder::new(opened).take(LOOKED_AT)).lines();
            // The last line is cut where the looking ends, perhaps within a character.
            let by_hash: BTreeMap<DocumentId, String> = lines
                .map_while(Result::ok)
                .filter(|line| !line.starts_with("#DOC") && (80..=3000).contains(&line.len()))
                .map(|line| (DocumentId::of(line.as_bytes()), line))
                .collect();
            by_hash.into_values().take(most / files.len())
        })
        .collect()
}

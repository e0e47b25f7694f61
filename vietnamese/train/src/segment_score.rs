//! Measures word segmentation against a treebank whose words were cut by hand.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use anyhow::Context;
use flate2::read::MultiGzDecoder;
use rustc_hash::{FxHashMap, FxHashSet};
use vietnamese::segment::{Costs, Segmenter};

use crate::dictionary::marked;

/// Prints precision, recall and F1 of the words found in a treebank's sentences.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The treebank (CoNLL-U, gzip).
    treebank: PathBuf,
    /// A word list to measure in the place of the embedded one.
    #[arg(long)]
    words: Option<PathBuf>,
    /// Prints the words found and missed most often.
    #[arg(long, default_value_t = 0)]
    errors: usize,
}

/// Measures and prints.
///
/// A sentence is given as the treebank's tokens with a space between them. A word counts as found where both its ends are
/// right; punctuation counts like words, as in the CoNLL shared tasks.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let segmenter = match &arguments.words {
        Some(path) => Segmenter::new(&Costs::read(&std::fs::read_to_string(path)?)?)?,
        None => Segmenter::embedded().clone(),
    };
    let (mut gold, mut found, mut right) = (0, 0, 0);
    let mut errors: FxHashMap<String, usize> = FxHashMap::default();
    for sentence in sentences(&arguments.treebank)? {
        let text = sentence.join(" ");
        let expected = spans_of(&sentence);
        let pieces = segmenter.segment(&text).into_iter().flat_map(|piece| {
            let range = piece.span.range();
            if piece.is_word { vec![range] } else { runs(&text, range) }
        });
        let pieces: BTreeSet<(usize, usize)> = pieces.map(|range| (range.start, range.end)).collect();
        gold += expected.len();
        found += pieces.len();
        right += expected.intersection(&pieces).count();
        let mut note =
            |sign, span: &(usize, usize)| *errors.entry(format!("{sign} {}", &text[span.0..span.1])).or_default() += 1;
        pieces.difference(&expected).for_each(|span| note('+', span));
        expected.difference(&pieces).for_each(|span| note('-', span));
    }
    let (precision, recall) = (right as f64 / found as f64, right as f64 / gold as f64);
    let f1 = 2.0 * precision * recall / (precision + recall);
    println!("words {gold}  precision {precision:.4}  recall {recall:.4}  f1 {f1:.4}");
    let mut errors: Vec<(String, usize)> = errors.into_iter().collect();
    errors.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    errors
        .iter()
        .take(arguments.errors)
        .for_each(|(what, count)| println!("{count:5} {what}"));
    Ok(())
}

/// The stretches of a range that are not white space.
fn runs(text: &str, range: std::ops::Range<usize>) -> Vec<std::ops::Range<usize>> {
    let base = range.start;
    let between = &text[range];
    let start_of = |run: &str| base + (run.as_ptr() as usize - between.as_ptr() as usize);
    between
        .split_whitespace()
        .map(|run| start_of(run)..start_of(run) + run.len())
        .collect()
}

fn spans_of(sentence: &[String]) -> BTreeSet<(usize, usize)> {
    let mut at = 0;
    let mut spans = BTreeSet::new();
    for word in sentence {
        spans.insert((at, at + word.len()));
        at += word.len() + 1;
    }
    spans
}

/// The sentences of a treebank, each the forms of its tokens.
fn sentences(path: &Path) -> anyhow::Result<Vec<Vec<String>>> {
    let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    let mut sentences = vec![Vec::new()];
    for line in BufReader::new(MultiGzDecoder::new(file)).lines() {
        let line = line?;
        let mut columns = line.split('\t');
        let (id, form) = (columns.next().unwrap_or_default(), columns.next());
        match form {
            Some(form) if id.bytes().all(|byte| byte.is_ascii_digit()) => {
                sentences
                    .last_mut()
                    .expect("there is always a last sentence")
                    .push(form.to_owned());
            }
            None if line.is_empty() => sentences.push(Vec::new()),
            _ => {}
        }
    }
    sentences.retain(|sentence| !sentence.is_empty());
    Ok(sentences)
}

/// The candidates that a treebank writes as several words more often than as one.
pub fn split_words(treebank: &Path, candidates: &FxHashSet<String>) -> anyhow::Result<FxHashSet<String>> {
    let mut balance: FxHashMap<String, i32> = FxHashMap::default();
    for sentence in sentences(treebank)? {
        let words: Vec<String> = sentence.iter().map(|word| marked(word)).collect();
        for (at, word) in words.iter().enumerate() {
            *balance.entry(word.clone()).or_default() += 1;
            let mut joined = word.clone();
            for next in words[at + 1..].iter().take(4).take_while(|next| !next.is_empty()) {
                joined = format!("{joined} {next}");
                if candidates.contains(&joined) {
                    *balance.entry(joined.clone()).or_default() -= 1;
                }
            }
        }
    }
    Ok(balance
        .into_iter()
        .filter(|(_, sum)| *sum < 0)
        .map(|(word, _)| word)
        .collect())
}

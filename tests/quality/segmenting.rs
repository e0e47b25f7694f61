//! How many words of a treebank, cut by hand, are cut at the same places.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use flate2::read::MultiGzDecoder;
use vietnamese::segment::segment;

use crate::scoreboard::{Line, aimed, figure};

/// Cuts the sentences of a treebank (CoNLL-U, gzip), given as its tokens with a space between them.
///
/// A word is right where both its ends are. Punctuation counts like words, as in the CoNLL shared tasks; the figure without it
/// is the harder one.
pub fn measure(name: &str, treebank: &Path) -> Vec<Line> {
    let (mut all, mut words) = (Count::default(), Count::default());
    for sentence in sentences(treebank) {
        let text = sentence.join(" ");
        let gold = spans(&sentence);
        let pieces = segment(&text);
        let signs = pieces.iter().filter(|piece| !piece.is_word).flat_map(|piece| {
            let between = &text[piece.span.range()];
            let place = |run: &str| piece.span.range().start + (run.as_ptr().addr() - between.as_ptr().addr());
            between
                .split_whitespace()
                .map(place)
                .zip(between.split_whitespace())
                .collect::<Vec<_>>()
        });
        let signs = signs.map(|(start, run)| (start, start + run.len()));
        let found: BTreeSet<(usize, usize)> = pieces
            .iter()
            .filter(|piece| piece.is_word)
            .map(|piece| (piece.span.range().start, piece.span.range().end))
            .collect();
        let is_word = |&(start, end): &(usize, usize)| text[start..end].chars().any(char::is_alphanumeric);
        words.add(&gold.iter().copied().filter(is_word).collect(), &found);
        all.add(&gold, &found.iter().copied().chain(signs).collect());
    }
    vec![
        aimed(format!("{name}, words and punctuation (F1)"), all.f1(), ">= 0.93"),
        figure(format!("{name}, words alone (F1)"), words.f1()),
    ]
}

/// Words of the truth, words found, words in both.
#[derive(Default)]
struct Count {
    gold: usize,
    found: usize,
    common: usize,
}

impl Count {
    fn add(&mut self, gold: &BTreeSet<(usize, usize)>, found: &BTreeSet<(usize, usize)>) {
        self.gold += gold.len();
        self.found += found.len();
        self.common += gold.intersection(found).count();
    }

    fn f1(&self) -> f64 {
        2.0 * self.common as f64 / (self.gold + self.found).max(1) as f64
    }
}

/// The tokens of each sentence.
fn sentences(treebank: &Path) -> Vec<Vec<String>> {
    let file = File::open(treebank).unwrap_or_else(|error| panic!("{}: {error}", treebank.display()));
    let mut all = vec![Vec::new()];
    for line in BufReader::new(MultiGzDecoder::new(file)).lines() {
        let line = line.expect("a treebank is text");
        let mut columns = line.split('\t');
        match (columns.next(), columns.next()) {
            (Some(number), Some(form)) if number.parse::<u32>().is_ok() => {
                all.last_mut()
                    .expect("there is always a sentence")
                    .push(form.to_owned());
            }
            _ if line.is_empty() => all.push(Vec::new()),
            _ => {}
        }
    }
    all.retain(|sentence| !sentence.is_empty());
    all
}

/// Where the tokens of a sentence stand in it.
fn spans(sentence: &[String]) -> BTreeSet<(usize, usize)> {
    let mut at = 0;
    sentence
        .iter()
        .map(|token| {
            let start = at;
            at += token.len() + 1;
            (start, start + token.len())
        })
        .collect()
}

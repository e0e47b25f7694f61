//! Learns a scanner's hand from pages whose truth is known.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use flate2::read::MultiGzDecoder;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use vietnamese::restore::Hand;
use vietnamese::restore::candidates::LONGEST_TOKEN;
use vietnamese::restore::channel::{Aligner, Channel, EmissionCounts, Symbols, naive};
use vietnamese::restore::letters;
use vietnamese::restore::model::{Model, ScannerCounts};
use vietnamese::restore::spellings::spell;
use vietnamese::restore::words::{Case, Vocabulary, Word, canonical, case_of, is_code, word_of};

/// A page as drawn and as read.
#[derive(Debug, Deserialize)]
pub struct Page {
    /// The lines as drawn.
    pub truth: Vec<String>,
    /// The lines as read.
    pub ocr: Vec<String>,
}

/// The pages of a folder (`NAME.truth.txt` beside `NAME.ocr.txt`) or of a JSON Lines file.
pub fn pages(path: &Path) -> Result<Vec<Page>> {
    let lines = |text: String| text.lines().map(str::to_owned).collect();
    if path.is_dir() {
        let mut names: Vec<_> = fs::read_dir(path)?.map(|e| Ok(e?.path())).collect::<Result<_>>()?;
        names.sort();
        let mut all = Vec::new();
        for scan in names {
            let name = scan.to_string_lossy().into_owned();
            let Some(stem) = name.strip_suffix(".ocr.txt") else {
                continue;
            };
            let Ok(truth) = fs::read_to_string(format!("{stem}.truth.txt")) else {
                continue;
            };
            all.push(Page {
                truth: lines(truth),
                ocr: lines(fs::read_to_string(&scan)?),
            });
        }
        return Ok(all);
    }
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let text = if path.extension().is_some_and(|e| e == "gz") {
        std::io::read_to_string(MultiGzDecoder::new(&bytes[..]))?
    } else {
        String::from_utf8(bytes)?
    };
    text.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
}

/// A word as drawn and the token it was read as.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Pair {
    /// The word in lower case or, for abbreviations, capitals.
    pub word: Word,
    /// How it was drawn.
    pub case: Case,
    /// What was read.
    pub token: String,
}

/// Pairs up the pieces of a page: those that stand in the same place.
pub fn pairs(vocabulary: &Vocabulary, page: &Page) -> Vec<Pair> {
    let truth: Vec<&str> = page.truth.iter().flat_map(|l| l.split_whitespace()).collect();
    let ocr: Vec<&str> = page.ocr.iter().flat_map(|l| l.split_whitespace()).collect();
    let mut all = Vec::new();
    for (drawn, read) in align(&truth, &ocr) {
        pair_pieces(vocabulary, drawn, read, &mut all);
    }
    all
}

/// Splits a piece of truth and its reading at the punctuation both have.
fn pair_pieces(vocabulary: &Vocabulary, drawn: &str, read: &str, all: &mut Vec<Pair>) {
    let code = is_code(drawn);
    let runs: Vec<&str> = drawn.split(|c: char| !c.is_alphanumeric()).collect();
    let separators: Vec<char> = drawn.chars().filter(|c| !c.is_alphanumeric()).collect();
    let mut rest = read;
    let mut tokens = Vec::new();
    for &separator in &separators {
        let Some((head, tail)) = rest.split_once(separator) else {
            return;
        };
        tokens.push(head);
        rest = tail;
    }
    tokens.push(rest);
    let mut buffer = String::new();
    for (run, token) in runs.iter().zip(tokens) {
        if run.is_empty() || token.is_empty() || token.chars().count() > LONGEST_TOKEN {
            continue;
        }
        let word = word_of(vocabulary, run, code, true, &mut buffer);
        if vocabulary.spelling(word).is_some() {
            let case = if vocabulary.spelling(word) == Some(*run) {
                Case::Lower
            } else {
                case_of(run)
            };
            all.push(Pair {
                word,
                case,
                token: token.to_owned(),
            });
        }
    }
}

/// Aligns two rows of pieces; returns those that stand for one another.
fn align<'a>(truth: &[&'a str], ocr: &[&'a str]) -> Vec<(&'a str, &'a str)> {
    let fold = |s: &str| -> Vec<u8> {
        canonical(s)
            .chars()
            .map(|c| letters::letter(c).map_or(c as u8, letters::bare))
            .collect()
    };
    let (a, b): (Vec<_>, Vec<_>) = (
        truth.iter().map(|s| fold(s)).collect(),
        ocr.iter().map(|s| fold(s)).collect(),
    );
    let (n, m) = (a.len(), b.len());
    let width = m + 1;
    let mut cost = vec![f32::INFINITY; (n + 1) * width];
    let mut step = vec![0u8; (n + 1) * width];
    for i in 0..=n {
        for j in 0..=m {
            let at = i * width + j;
            if i == 0 && j == 0 {
                cost[at] = 0.0;
                continue;
            }
            if i > 0 && cost[at - width] + 0.7 < cost[at] {
                (cost[at], step[at]) = (cost[at - width] + 0.7, 1);
            }
            if j > 0 && cost[at - 1] + 0.7 < cost[at] {
                (cost[at], step[at]) = (cost[at - 1] + 0.7, 2);
            }
            if i > 0 && j > 0 {
                let c = cost[at - width - 1] + distance(&a[i - 1], &b[j - 1]);
                if c < cost[at] {
                    (cost[at], step[at]) = (c, 3);
                }
            }
        }
    }
    let (mut i, mut j) = (n, m);
    let mut all = Vec::new();
    while i > 0 || j > 0 {
        match step[i * width + j] {
            1 => i -= 1,
            2 => j -= 1,
            _ => {
                (i, j) = (i - 1, j - 1);
                if distance(&a[i], &b[j]) < 0.85 {
                    all.push((truth[i], ocr[j]));
                }
            }
        }
    }
    all.reverse();
    all
}

/// The edit distance as a share of the longer length.
fn distance(a: &[u8], b: &[u8]) -> f32 {
    if a == b {
        return 0.0;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let best = (diagonal + usize::from(x != y)).min(row[j] + 1).min(row[j + 1] + 1);
            diagonal = row[j + 1];
            row[j + 1] = best;
        }
    }
    row[b.len()] as f32 / a.len().max(b.len()).max(1) as f32
}

/// The characters that scans use often enough to be told apart.
pub fn symbols<'a>(pairs: impl IntoIterator<Item = &'a Pair>) -> Symbols {
    let mut counts: FxHashMap<char, usize> = FxHashMap::default();
    for pair in pairs {
        for c in pair.token.chars() {
            *counts.entry(c).or_default() += 1;
        }
    }
    let mut chars: Vec<char> = (' '..='~').filter(|c| *c != ' ').collect();
    let mut rare: Vec<(usize, char)> = counts
        .into_iter()
        .filter(|(c, n)| !c.is_ascii() && *n >= 3)
        .map(|(c, n)| (n, c))
        .collect();
    rare.sort_by(|a, b| b.cmp(a));
    chars.extend(rare.into_iter().map(|(_, c)| c).take(250 - 94));
    Symbols::new(chars)
}

/// The letters of a word as drawn in a case.
pub fn drawn(vocabulary: &Vocabulary, word: Word, case: Case) -> Option<Vec<u8>> {
    let mut letters = spell(vocabulary.spelling(word)?)?;
    for (index, letter) in letters.iter_mut().enumerate() {
        if (case == Case::Upper || (case == Case::Title && index == 0)) && *letter < letters::LETTERS {
            *letter += letters::LETTERS;
        }
    }
    Some(letters)
}

/// Learns how letters are read, by expectation and maximization.
pub fn learn(vocabulary: &Vocabulary, symbols: &Symbols, pairs: &[Pair]) -> ScannerCounts {
    let mut counted: FxHashMap<&Pair, f32> = FxHashMap::default();
    for pair in pairs {
        *counted.entry(pair).or_default() += 1.0;
    }
    let mut different: Vec<(&Pair, f32)> = counted.into_iter().collect();
    different.sort_by(|a, b| (&a.0.token, a.0.word, a.0.case as u8).cmp(&(&b.0.token, b.0.word, b.0.case as u8)));
    let mut channel: Channel = naive(symbols);
    let mut aligner = Aligner::default();
    let mut emissions = EmissionCounts::default();
    for round in 0..6 {
        emissions = EmissionCounts::default();
        let mut likelihood = 0.0;
        for (pair, times) in &different {
            let Some(letters) = drawn(vocabulary, pair.word, pair.case) else {
                continue;
            };
            let scanned: Vec<u8> = pair.token.chars().map(|c| symbols.symbol(c)).collect();
            // Often seen pairs would drown the rare ones: a word stands for its letters, not for its frequency.
            let weight = times.sqrt();
            likelihood += weight
                * aligner
                    .count(&channel, &letters, &scanned, weight, &mut emissions)
                    .max(-50.0);
        }
        eprintln!("round {round}: log likelihood {likelihood:.0}");
        channel = Channel::estimate(&emissions);
    }
    confuse_strokes(symbols, &mut emissions);
    let mut words: FxHashMap<(Word, u8), (Case, f32)> = FxHashMap::default();
    for (pair, times) in &different {
        words.entry((pair.word, pair.case as u8)).or_insert((pair.case, 0.0)).1 += times;
    }
    let mut words: Vec<(Word, Case, f32)> = words
        .into_iter()
        .map(|((word, _), (case, n))| (word, case, n))
        .collect();
    words.sort_by_key(|&(word, case, _)| (word, case as u8));
    let tokens = different
        .iter()
        .filter(|(_, times)| *times >= 2.0)
        .map(|(pair, times)| (pair.token.clone(), pair.word, pair.case, *times))
        .collect();
    ScannerCounts {
        emissions,
        tokens,
        words,
    }
}

/// Lets the single stroke be any other: `I`, `l`, `1` and `|` look alike in every font, however few pages show it.
fn confuse_strokes(symbols: &Symbols, emissions: &mut EmissionCounts) {
    const SHARE: f32 = 0.01;
    let sorted = emissions.sorted();
    for (stroke, likeness) in [('I', ['1', 'l', '|']), ('l', ['1', 'I', '|'])] {
        let Some(letter) = letters::letter(stroke) else {
            continue;
        };
        let total: f32 = sorted.iter().filter(|e| e.0 == letter).map(|e| e.2).sum();
        for like in likeness {
            emissions.add(letter, u32::from(symbols.symbol(like)), total.max(10.0) * SHARE);
        }
    }
}

/// The hands of a model's scanners, their words numbered as in another vocabulary; words it lacks are left out.
pub fn taken_over(model: &Model, vocabulary: &Vocabulary) -> [ScannerCounts; 2] {
    /// So often was every letter read, as far as its probabilities tell: they alone matter.
    const TIMES: f32 = 1e6;
    let number = |word| model.vocabulary.spelling(word).and_then(|s| vocabulary.number(s));
    std::array::from_fn(|which| {
        let scanner = &model.scanners[which];
        let mut counts = ScannerCounts::default();
        for (letter, chunk, log) in scanner.channel.emissions() {
            counts.emissions.add(letter, chunk, log.exp() * TIMES);
        }
        let tokens = scanner
            .tokens
            .iter()
            .flat_map(|(token, seen)| seen.iter().map(move |s| (token, s)));
        counts.tokens = tokens
            .filter_map(|(token, &(word, case, times))| Some((String::from(&**token), number(word)?, case, times)))
            .collect();
        counts
            .tokens
            .sort_by(|a, b| (&a.0, a.1, a.2 as u8).cmp(&(&b.0, b.1, b.2 as u8)));
        let words = scanner.words.iter();
        counts.words = words
            .filter_map(|(&(word, case), &times)| Some((number(word)?, case, times)))
            .collect();
        counts.words.sort_by_key(|w| (w.0, w.1 as u8));
        counts
    })
}

/// Adds what was learned from real scans to what drawn pages taught.
///
/// There are far fewer real pages: each letter's real readings are given a fixed share, as far as there are enough of them.
pub fn add_hand(counts: &mut ScannerCounts, hand: &Hand) {
    const SHARE: f32 = 0.35;
    const ENOUGH: f32 = 10.0;
    /// How many drawn tokens a real one is worth.
    const TOKEN_WORTH: f32 = 5.0;
    let mut drawn: FxHashMap<u8, f32> = FxHashMap::default();
    for (letter, _, count) in counts.emissions.sorted() {
        *drawn.entry(letter).or_default() += count;
    }
    let mut real: FxHashMap<u8, f32> = FxHashMap::default();
    for &(letter, _, count) in hand.letters(0) {
        *real.entry(letter).or_default() += count;
    }
    for &(letter, chunk, count) in hand.letters(0) {
        let (drawn, real) = (drawn.get(&letter).copied().unwrap_or(1.0), real[&letter]);
        let share = SHARE * (real / ENOUGH).min(1.0);
        counts
            .emissions
            .add(letter, chunk, count / real * drawn * share / (1.0 - share));
    }
    for (token, word, case, count) in hand.tokens(0) {
        let worth = count * TOKEN_WORTH;
        match counts.words.iter_mut().find(|(w, c, _)| w == word && c == case) {
            Some(known) => known.2 += worth,
            None => counts.words.push((*word, *case, worth)),
        }
        match counts
            .tokens
            .iter_mut()
            .find(|(t, w, c, _)| t == token && w == word && c == case)
        {
            Some(known) => known.3 += worth,
            None => counts.tokens.push((token.clone(), *word, *case, worth)),
        }
    }
}

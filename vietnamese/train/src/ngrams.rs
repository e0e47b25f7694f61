//! Counts n-grams and makes the language model of them: discounted, interpolated, pruned.

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use vietnamese::restore::language::{Language, Level, ORDER, STEP};
use vietnamese::restore::words::{
    BOUNDARY, FIRST_SPELLED, Vocabulary, canonical, for_words, is_code, is_roman, is_upper_line,
};

use crate::corpus::Text;

const BITS: u32 = 14;

/// An n-gram with its counts: the packed words, how often it stands, and how much that counts.
#[derive(Debug, Clone, Copy)]
struct Gram {
    key: u64,
    times: u32,
    weight: u32,
}

/// The words worth knowing: by how often they stand in the texts.
pub fn vocabulary(texts: &[Text]) -> Vocabulary {
    let pieces: Vec<(&str, u32)> = texts
        .iter()
        .flat_map(|t| chunks(&t.lines).into_iter().map(|c| (c, u32::from(t.weight))))
        .collect();
    let (small, capital) = pieces
        .par_iter()
        .map(|(piece, weight)| count_spellings(piece, *weight))
        .reduce(Default::default, |(mut a, mut b), (c, d)| {
            for (word, n) in c {
                *a.entry(word).or_default() += n;
            }
            for (word, n) in d {
                *b.entry(word).or_default() += n;
            }
            (a, b)
        });
    let marked = |w: &str| !w.is_ascii();
    let mut spelled: Vec<(String, u32)> = small
        .iter()
        .filter(|(w, n)| **n >= if marked(w) { 25 } else { 150 } && w.chars().count() <= 12)
        .map(|(w, n)| (w.clone(), *n))
        .collect();
    spelled.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    spelled.truncate(13_500);
    let mut capitals: Vec<(String, u32)> = capital
        .into_iter()
        .filter(|(w, n)| {
            *n >= 20
                && (is_roman(w) || !small.contains_key(&canonical(w)) || small[&canonical(w)] < 8 * n)
                && w.chars().count() <= 10
        })
        .collect();
    capitals.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    capitals.truncate((1 << BITS) - FIRST_SPELLED as usize - spelled.len());
    Vocabulary::new(
        spelled
            .into_iter()
            .chain(capitals)
            .map(|(w, _)| w.into_boxed_str())
            .collect(),
    )
}

/// Cuts lines into stretches of about a megabyte, to share among threads.
fn chunks(lines: &str) -> Vec<&str> {
    let mut rest = lines;
    let mut all = Vec::new();
    while rest.len() > 1 << 20 {
        let cut = rest.as_bytes()[1 << 20..]
            .iter()
            .position(|&b| b == b'\n')
            .map_or(rest.len(), |p| (1 << 20) + p + 1);
        let (head, tail) = rest.split_at(cut);
        all.push(head);
        rest = tail;
    }
    all.push(rest);
    all
}

type Spellings = FxHashMap<String, u32>;

fn count_spellings(lines: &str, weight: u32) -> (Spellings, Spellings) {
    let (mut small, mut capital) = (Spellings::default(), Spellings::default());
    for line in lines.lines() {
        let upper_line = is_upper_line(line);
        for (index, piece) in line.split_whitespace().enumerate() {
            let code = is_code(piece);
            for run in piece.split(|c: char| !c.is_alphanumeric()) {
                if run.is_empty() || run.len() > 30 || vietnamese::restore::spellings::spell(run).is_none() {
                    continue;
                }
                let all_upper = run.chars().all(char::is_uppercase);
                let roman = is_roman(run) && (!upper_line || index == 0);
                if all_upper && (code || roman || (!upper_line && run.chars().count() > 1)) {
                    *capital.entry(run.to_owned()).or_default() += weight;
                } else {
                    *small.entry(canonical(run)).or_default() += weight;
                }
            }
        }
    }
    (small, capital)
}

/// How many n-grams of each length to keep.
#[derive(Debug, Clone, Copy)]
pub struct Sizes {
    /// Pairs.
    pub bigrams: usize,
    /// Runs of three.
    pub trigrams: usize,
    /// Runs of four.
    pub fourgrams: usize,
}

/// The texts as word numbers; paragraphs end with a boundary.
fn encode(texts: &[Text], vocabulary: &Vocabulary) -> Vec<(Vec<u16>, u8)> {
    texts
        .iter()
        .flat_map(|text| {
            chunks(&text.lines)
                .par_iter()
                .map(|piece| {
                    let mut words = vec![BOUNDARY];
                    for line in piece.lines() {
                        for_words(vocabulary, line, |word| {
                            if word != BOUNDARY || words.last() != Some(&BOUNDARY) {
                                words.push(word);
                            }
                        });
                        if words.last() != Some(&BOUNDARY) {
                            words.push(BOUNDARY);
                        }
                    }
                    (words, text.weight)
                })
                .collect::<Vec<_>>()
        })
        .collect()
}

/// Counts all runs of `order` words; no run goes over a boundary but to end with it or begin with it.
fn count(encoded: &[(Vec<u16>, u8)], order: usize) -> Vec<Gram> {
    const SHARDS: u64 = 4;
    let mut grams: Vec<Gram> = Vec::new();
    let vocabulary_shard = |first: u16| u64::from(first) % SHARDS;
    for shard in 0..SHARDS {
        let mut keys: Vec<u64> = encoded
            .par_iter()
            .flat_map_iter(|(words, weight)| {
                words.windows(order).filter_map(move |run| {
                    let inner = &run[1..order - 1];
                    if vocabulary_shard(run[0]) != shard || inner.contains(&BOUNDARY) {
                        return None;
                    }
                    let key = run.iter().fold(0u64, |key, &w| key << BITS | u64::from(w));
                    Some(key << 3 | u64::from(*weight))
                })
            })
            .collect();
        keys.par_sort_unstable();
        for key in keys {
            let (key, weight) = (key >> 3, (key & 7) as u32);
            match grams.last_mut() {
                Some(last) if last.key == key => {
                    last.times += 1;
                    last.weight += weight;
                }
                _ => grams.push(Gram { key, times: 1, weight }),
            }
        }
    }
    grams.par_sort_unstable_by_key(|g| g.key);
    grams
}

/// What is taken from a count for what was never seen.
fn discount(gram: &Gram) -> f64 {
    let share = match gram.times {
        1 => 0.65,
        2 => 1.0,
        _ => 1.35,
    };
    share * f64::from(gram.weight) / f64::from(gram.times)
}

/// Interpolated probabilities of one length, sorted by key.
struct Estimated {
    keys: Vec<u64>,
    logs: Vec<f32>,
    weights: Vec<u32>,
}

impl Estimated {
    fn find(&self, key: u64) -> Option<usize> {
        self.keys.binary_search(&key).ok()
    }
}

const fn mask(words: usize) -> u64 {
    (1 << (BITS as usize * words)) - 1
}

/// Gives each n-gram its probability: its discounted share, and what the shorter one gives.
fn estimate(grams: &[Gram], order: usize, lower: &Estimated, least: u32) -> Estimated {
    let mut starts = vec![];
    let mut last = u64::MAX;
    for (index, gram) in grams.iter().enumerate() {
        if gram.key >> BITS != last {
            starts.push(index);
            last = gram.key >> BITS;
        }
    }
    starts.push(grams.len());
    let parts: Vec<Vec<(u64, f32, u32)>> = starts
        .par_windows(2)
        .with_min_len(4096)
        .map(|pair| {
            let group = &grams[pair[0]..pair[1]];
            let total: f64 = group.iter().map(|g| f64::from(g.weight)).sum();
            let taken: f64 = group.iter().map(discount).sum();
            group
                .iter()
                .filter(|g| g.times >= least)
                .filter_map(|g| {
                    let short = lower.find(g.key & mask(order - 1))?;
                    let p = ((f64::from(g.weight) - discount(g)) + taken * f64::from(lower.logs[short].exp())) / total;
                    Some((g.key, p.ln() as f32, g.weight))
                })
                .collect()
        })
        .collect();
    let mut all = Estimated {
        keys: vec![],
        logs: vec![],
        weights: vec![],
    };
    for (key, log, weight) in parts.into_iter().flatten() {
        all.keys.push(key);
        all.logs.push(log);
        all.weights.push(weight);
    }
    all
}

fn unigrams(encoded: &[(Vec<u16>, u8)], words: usize) -> Estimated {
    let mut weights = vec![0u64; words];
    for (text, weight) in encoded {
        for &word in text {
            weights[word as usize] += u64::from(*weight);
        }
    }
    let total: f64 = weights.iter().map(|&w| w as f64 + 0.5).sum();
    Estimated {
        keys: (0..words as u64).collect(),
        logs: weights
            .iter()
            .map(|&w| ((w as f64 + 0.5) / total).ln() as f32)
            .collect(),
        weights: weights.iter().map(|&w| w.min(u64::from(u32::MAX)) as u32).collect(),
    }
}

/// Trains the language model.
pub fn language(texts: &[Text], vocabulary: &Vocabulary, sizes: Sizes) -> Language {
    let encoded = encode(texts, vocabulary);
    let total: usize = encoded.iter().map(|(words, _)| words.len()).sum();
    eprintln!("{total} words of text, {} words known", vocabulary.len());
    let mut estimated = vec![unigrams(&encoded, vocabulary.len())];
    for (order, least) in (2..=ORDER).zip([1, 2, 2]) {
        let grams = count(&encoded, order);
        eprintln!("{} different runs of {order} words", grams.len());
        let lower = &estimated[order - 2];
        let next = estimate(&grams, order, lower, least);
        estimated.push(next);
    }
    drop(encoded);
    let kept = prune(&estimated, [sizes.bigrams, sizes.trigrams, sizes.fourgrams]);
    assemble(&estimated, &kept)
}

/// Marks the n-grams to keep: those that tell most beyond the shorter ones, and all that they rest on.
fn prune(estimated: &[Estimated], sizes: [usize; ORDER - 1]) -> Vec<Vec<bool>> {
    let mut kept: Vec<Vec<bool>> = estimated.iter().map(|e| vec![false; e.keys.len()]).collect();
    kept[0].fill(true);
    for order in (2..=ORDER).rev() {
        let (level, lower) = (&estimated[order - 1], &estimated[order - 2]);
        let gains: Vec<f32> = level
            .keys
            .par_iter()
            .enumerate()
            .map(|(index, &key)| {
                let short = lower.find(key & mask(order - 1)).map_or(-20.0, |s| lower.logs[s]);
                level.weights[index] as f32 * (level.logs[index] - short).abs()
            })
            .collect();
        let mut order_of_gain: Vec<f32> = gains.clone();
        let size = sizes[order - 2].min(order_of_gain.len());
        let least = if size == 0 {
            f32::INFINITY
        } else if size == order_of_gain.len() {
            f32::NEG_INFINITY
        } else {
            *order_of_gain.select_nth_unstable_by(size, |a, b| b.total_cmp(a)).1
        };
        for (index, &gain) in gains.iter().enumerate() {
            if gain > least {
                kept[order - 1][index] = true;
            }
        }
        if order > 2 {
            let needed: Vec<usize> = (0..level.keys.len())
                .filter(|&index| kept[order - 1][index])
                .flat_map(|index| {
                    let key = level.keys[index];
                    [lower.find(key >> BITS), lower.find(key & mask(order - 1))]
                })
                .flatten()
                .collect();
            let lower_kept = &mut kept[order - 2];
            for index in needed {
                lower_kept[index] = true;
            }
        }
        // An n-gram whose beginning is not known at all cannot be reached.
        if order > 2 {
            for (keep, key) in kept[order - 1].iter_mut().zip(&level.keys) {
                *keep &= lower.find(key >> BITS).is_some();
            }
        }
    }
    kept
}

fn steps(log: f32) -> u8 {
    (-log / STEP).round().clamp(0.0, 255.0) as u8
}

/// Lays the kept n-grams out as a trie and gives each context its back-off.
fn assemble(estimated: &[Estimated], kept: &[Vec<bool>]) -> Language {
    let mut all: Vec<Grams> = estimated
        .iter()
        .zip(kept)
        .map(|(level, kept)| {
            let kept = (0..level.keys.len()).filter(|&at| kept[at]);
            let (keys, logs) = kept.map(|at| (level.keys[at], steps(level.logs[at]))).unzip();
            Grams { keys, logs }
        })
        .collect();
    let mut inner: [Level; ORDER - 1] = Default::default();
    for (order, level) in (1..).zip(&mut inner) {
        let (shorter, longer) = (&all[order - 1], &all[order]);
        let ends: Vec<usize> = shorter
            .keys
            .iter()
            .map(|context| longer.keys.partition_point(|key| key >> BITS <= *context))
            .collect();
        let starts = std::iter::once(0).chain(ends.iter().copied());
        let ranges: Vec<_> = starts.zip(&ends).map(|(start, &end)| start..end).collect();
        let backoffs = ranges
            .par_iter()
            .map(|range| backoff(shorter, longer, range.clone(), mask(order)))
            .collect();
        let followers = ranges.iter().map(|range| range.len() as u32);
        *level = Level::new(shorter.words(), &shorter.logs, backoffs, followers);
    }
    let longest = all.pop().expect("there is a length for every level");
    Language::new(inner, longest.words(), longest.logs)
}

/// The n-grams of one length that were kept, in order, with log probabilities in steps.
struct Grams {
    keys: Vec<u64>,
    logs: Vec<u8>,
}

impl Grams {
    fn words(&self) -> Vec<u16> {
        self.keys.iter().map(|key| (key & mask(1)) as u16).collect()
    }
}

/// What it costs that a context is followed by none of the `range` of longer n-grams: their mass that is left, over
/// what the shorter n-grams give to other words. `below` masks the words of the shorter ones.
fn backoff(shorter: &Grams, longer: &Grams, range: std::ops::Range<usize>, below: u64) -> u8 {
    if range.is_empty() {
        return 0;
    }
    let p = |log: u8| f64::from(-f32::from(log) * STEP).exp();
    let (mut own, mut short) = (0.0f64, 0.0f64);
    for (key, &log) in longer.keys[range.clone()].iter().zip(&longer.logs[range]) {
        own += p(log);
        short += shorter
            .keys
            .binary_search(&(key & below))
            .map_or(0.0, |at| p(shorter.logs[at]));
    }
    steps(((1.0 - own).max(1e-4) / (1.0 - short).max(1e-4)).ln() as f32)
}

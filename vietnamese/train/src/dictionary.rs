//! Learns what each word costs, for the segmenter's word list.
//!
//! Word lists say which syllables may join; running text says how often they do. The text is cut into words by the cheapest
//! path, the words are counted, the counts give new costs, and so on (hard expectation and maximization) until little changes. Only
//! words that the text attests are written, each with the cost that was learned from it.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use anyhow::Context;
use flate2::read::MultiGzDecoder;
use rustc_hash::{FxHashMap, FxHashSet};
use vietnamese::segment::Costs;
use vietnamese::tokens::tokens;

/// Learns the segmenter's word list from plain text.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Candidate words: gzip, a line of word, tab, number, tab and names of the lists that have it.
    #[arg(long)]
    words: PathBuf,
    /// Lists whose words are candidates; a candidate of any of them is taken.
    #[arg(long, value_delimiter = ',')]
    lists: Vec<String>,
    /// Folder of plain text, gzip, a paragraph on each line.
    #[arg(long)]
    corpora: PathBuf,
    /// A word-segmented text (CoNLL-U, gzip) for the choice of words that lists disagree on.
    #[arg(long)]
    treebank: Option<PathBuf>,
    /// The fewest times that a run of capitalized syllables must stand in the text to be taken for a name.
    #[arg(long, default_value_t = 150)]
    names: u32,
    /// The most syllables read from each file.
    #[arg(long, default_value_t = 12_000_000)]
    syllables: usize,
    /// How often the text is cut anew.
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// The fewest times a word must be found.
    #[arg(long, default_value_t = 3)]
    attested: u32,
    /// The word list to write.
    #[arg(long)]
    out: PathBuf,
}

/// The most syllables of a word.
const MAX_WORD: usize = 6;

/// Learns and writes the word list.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let mut candidates = read_candidates(&arguments.words, &arguments.lists)?;
    eprintln!("{} candidates", candidates.len());
    if let Some(treebank) = &arguments.treebank {
        let rejected = crate::segment_score::split_words(treebank, &candidates)?;
        eprintln!("{} of them are never one word in the treebank", rejected.len());
        candidates.retain(|word| !rejected.contains(word));
    }
    let mut model = Model::new(&candidates);
    let text = read_text(&arguments.corpora, arguments.syllables, &mut model)?;
    eprintln!("{} syllables of text", text.len());
    let names = model.take_names(arguments.names);
    eprintln!("{names} names that no list has");
    let mut counts = model.count_all(&text);
    for round in 1..=arguments.rounds {
        model.learn(&counts);
        let (cut, cost) = model.cut_and_count(&text);
        eprintln!("round {round}: {:.4} nats a syllable", cost / text.len() as f64);
        counts = cut;
    }
    let costs = model.costs(&counts, arguments.attested);
    let syllables = text.iter().filter(|id| **id != 0).count();
    let note = format!(
        "# What each word costs the segmenter: -100 ln p, learned from {syllables} syllables of official, legal, political, \
         encyclopedic and news text\n\
         # by `train dictionary`. Counts only: a word stands here because that text has it at least {} times.\n",
        arguments.attested
    );
    std::fs::write(&arguments.out, note + &costs.write())
        .with_context(|| format!("cannot write {}", arguments.out.display()))?;
    eprintln!("{} words written to {}", costs.words.len(), arguments.out.display());
    Ok(())
}

fn lines(path: &Path) -> anyhow::Result<impl Iterator<Item = std::io::Result<String>>> {
    let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    Ok(BufReader::new(MultiGzDecoder::new(file)).lines())
}

/// The marked form of a word: its tokens with a space between them.
pub fn marked(word: &str) -> String {
    tokens(word).map(|token| token.marked).collect::<Vec<_>>().join(" ")
}

fn read_candidates(path: &Path, lists: &[String]) -> anyhow::Result<FxHashSet<String>> {
    let mut candidates = FxHashSet::default();
    for line in lines(path)? {
        let line = line?;
        let mut columns = line.split('\t');
        let (word, sources) = (columns.next().unwrap_or_default(), columns.nth(1).unwrap_or_default());
        let wanted = sources.split(',').any(|source| lists.iter().any(|list| list == source));
        let spelled = word.chars().all(|c| c.is_alphabetic() || c == ' ');
        let word = marked(word);
        if wanted && spelled && !word.is_empty() && word.split(' ').count() <= MAX_WORD {
            candidates.insert(word);
        }
    }
    Ok(candidates)
}

/// Reads up to `most` syllables of each file, as ids; 0 ends a clause.
fn read_text(folder: &Path, most: usize, model: &mut Model) -> anyhow::Result<Vec<u32>> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)?
        .map(|entry| Ok(entry?.path()))
        .collect::<std::io::Result<_>>()?;
    files.sort();
    let mut text = vec![0];
    for file in files
        .iter()
        .filter(|file| file.extension().is_some_and(|end| end == "gz"))
    {
        let begin = text.len();
        for line in lines(file)? {
            let line = line?;
            if line.starts_with("#DOC\t") {
                continue;
            }
            model.read_line(&line, &mut text);
            if text.len() - begin > most {
                break;
            }
        }
    }
    Ok(text)
}

/// Whether a token is written as a name: a capital, then small letters.
fn is_capitalized(typed: &str) -> bool {
    let mut chars = typed.chars();
    chars.next().is_some_and(char::is_uppercase) && typed.chars().count() > 1 && chars.all(char::is_lowercase)
}

/// A unigram model of words over syllable ids.
struct Model {
    ids: FxHashMap<String, u32>,
    names: Vec<String>,
    /// The trie of candidate words: a node and a syllable lead to a node; the root is 0.
    edges: FxHashMap<(u32, u32), u32>,
    /// What each node costs as a word, in nats; infinite where it is none.
    cost: Vec<f64>,
    is_word: Vec<bool>,
    /// Runs of capitalized syllables inside sentences, and how often each was read.
    names_read: FxHashMap<Vec<u32>, u32>,
}

impl Model {
    fn new(candidates: &FxHashSet<String>) -> Self {
        let mut model = Self {
            ids: FxHashMap::default(),
            names: vec![String::new()],
            edges: FxHashMap::default(),
            cost: vec![f64::INFINITY],
            is_word: vec![false],
            names_read: FxHashMap::default(),
        };
        let mut sorted: Vec<&String> = candidates.iter().collect();
        sorted.sort();
        for word in sorted {
            let mut node = 0;
            for syllable in word.split(' ') {
                let id = model.id(syllable);
                node = model.step_or_add(node, id);
            }
            model.is_word[node as usize] = true;
        }
        model
    }

    fn id(&mut self, syllable: &str) -> u32 {
        if let Some(id) = self.ids.get(syllable) {
            return *id;
        }
        let id = u32::try_from(self.names.len()).expect("fewer than four billion syllables");
        self.ids.insert(syllable.to_owned(), id);
        self.names.push(syllable.to_owned());
        // Every syllable may stand alone.
        let node = self.step_or_add(0, id);
        self.is_word[node as usize] = true;
        id
    }

    fn step_or_add(&mut self, node: u32, id: u32) -> u32 {
        let next = u32::try_from(self.cost.len()).expect("fewer than four billion nodes");
        let found = *self.edges.entry((node, id)).or_insert(next);
        if found == next {
            self.cost.push(f64::INFINITY);
            self.is_word.push(false);
        }
        found
    }

    fn read_line(&mut self, line: &str, text: &mut Vec<u32>) {
        let mut all = tokens(line);
        let mut end = 0;
        let mut name: Vec<u32> = Vec::new();
        let mut begins = true;
        while all.advance() {
            let token = all.token();
            let range = token.span.range();
            let between = &line[end..range.start];
            let apart = between.chars().any(|c| !c.is_whitespace());
            if apart && text.last() != Some(&0) {
                text.push(0);
            }
            begins |= between.contains(['.', '!', '?', ':', '…', '“', '"', '-', '–']);
            end = range.end;
            let id = self.id(token.marked);
            text.push(id);
            let capital = is_capitalized(&line[range]);
            if apart || !capital {
                // `Ban Thường vụ` is no name `Ban Thường`: the last capital begins a word that goes on.
                if !apart && name.last().is_some_and(|last| self.is_pair(*last, id)) {
                    name.clear();
                }
                self.note_name(&mut name);
            }
            // The first word of a sentence has its capital from the place, not from what it means.
            if capital && !begins {
                name.push(id);
            }
            begins = false;
        }
        self.note_name(&mut name);
        if text.last() != Some(&0) {
            text.push(0);
        }
    }

    fn is_pair(&self, first: u32, second: u32) -> bool {
        let step = |node: u32, id: u32| self.edges.get(&(node, id)).copied();
        step(0, first)
            .and_then(|node| step(node, second))
            .is_some_and(|node| self.is_word[node as usize])
    }

    fn note_name(&mut self, name: &mut Vec<u32>) {
        if (2..=4).contains(&name.len()) {
            *self.names_read.entry(std::mem::take(name)).or_default() += 1;
        }
        name.clear();
    }

    /// Makes words of the names read at least `fewest` times; says how many were new.
    fn take_names(&mut self, fewest: u32) -> usize {
        let names = std::mem::take(&mut self.names_read);
        let mut new = 0;
        for (name, _) in names.into_iter().filter(|(_, count)| *count >= fewest) {
            let node = name.into_iter().fold(0, |node, id| self.step_or_add(node, id));
            new += usize::from(!std::mem::replace(&mut self.is_word[node as usize], true));
        }
        new
    }

    /// The words that begin at the head of `rest`: node and length.
    fn words_at<'m>(&'m self, rest: &'m [u32]) -> impl Iterator<Item = (u32, usize)> + 'm {
        let mut node = 0;
        let nodes = rest.iter().take(MAX_WORD).map_while(move |id| {
            node = *self.edges.get(&(node, *id))?;
            Some(node)
        });
        nodes
            .enumerate()
            .filter(|(_, node)| self.is_word[*node as usize])
            .map(|(at, node)| (node, at + 1))
    }

    /// Counts every candidate wherever it stands, overlapping or not: where learning begins.
    fn count_all(&self, text: &[u32]) -> Vec<u32> {
        let mut counts = vec![0; self.cost.len()];
        for at in 0..text.len() {
            if text[at] != 0 {
                self.words_at(&text[at..])
                    .for_each(|(node, _)| counts[node as usize] += 1);
            }
        }
        counts
    }

    /// Costs from counts, each word's surprise; a word not seen keeps half a count, so that it may be seen next time.
    fn learn(&mut self, counts: &[u32]) {
        let total: f64 = counts.iter().map(|count| f64::from(*count)).sum();
        for (node, cost) in self.cost.iter_mut().enumerate() {
            if self.is_word[node] {
                *cost = (total / f64::from(counts[node]).max(0.5)).ln();
            }
        }
    }

    /// Cuts the text by the cheapest path; the counts of the words found, and what the whole costs.
    fn cut_and_count(&self, text: &[u32]) -> (Vec<u32>, f64) {
        let mut counts = vec![0; self.cost.len()];
        let mut whole = 0.0;
        for clause in text.split(|id| *id == 0) {
            // Best cost of the first n syllables, and the word that ends there.
            let mut best = vec![(f64::INFINITY, 0_u32, 0_usize); clause.len() + 1];
            best[0].0 = 0.0;
            for at in 0..clause.len() {
                for (node, length) in self.words_at(&clause[at..]) {
                    let cost = best[at].0 + self.cost[node as usize];
                    if cost < best[at + length].0 {
                        best[at + length] = (cost, node, length);
                    }
                }
            }
            whole += best[clause.len()].0;
            let mut at = clause.len();
            while at > 0 {
                counts[best[at].1 as usize] += 1;
                at -= best[at].2;
            }
        }
        (counts, whole)
    }

    /// The word list: candidates found at least `attested` times, each with its cost in hundredths of a nat.
    fn costs(&self, counts: &[u32], attested: u32) -> Costs {
        let total: f64 = counts.iter().map(|count| f64::from(*count)).sum();
        let mut words = BTreeMap::new();
        let mut open = vec![(0_u32, String::new())];
        let mut children: FxHashMap<u32, Vec<(u32, u32)>> = FxHashMap::default();
        for ((node, id), next) in &self.edges {
            children.entry(*node).or_default().push((*id, *next));
        }
        while let Some((node, prefix)) = open.pop() {
            for (id, next) in children.get(&node).into_iter().flatten() {
                let name = &self.names[*id as usize];
                let word = if prefix.is_empty() {
                    name.clone()
                } else {
                    format!("{prefix} {name}")
                };
                let count = counts[*next as usize];
                // Numbers and foreign words alone teach nothing: what is not listed is a word anyway.
                let foreign = prefix.is_empty() && !vietnamese::syllable::is_syllable(name);
                if self.is_word[*next as usize] && count >= attested && !foreign {
                    let cost = (100.0 * (total / f64::from(count)).ln())
                        .round()
                        .clamp(1.0, f64::from(i16::MAX));
                    words.insert(word.clone(), cost as i16);
                }
                open.push((*next, word));
            }
        }
        Costs { words }
    }
}

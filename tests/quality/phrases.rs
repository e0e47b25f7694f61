//! How many of the documents that hold a phrase are found by it, and how many of those found hold it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use index::{Filters, Indexer, SearchRequest, Searcher, Sort};
use vietnamese::restore::Restorer;

use crate::metric::{bare, words};
use crate::scoreboard::{Line, aimed};

/// A phrase and the names of all documents that hold it.
pub struct Query {
    /// The words, without quotes.
    pub phrase: String,
    /// Whether it was typed with its marks.
    pub marked: bool,
    /// The documents that hold it.
    pub relevant: BTreeSet<String>,
}

/// Makes `count` phrases of 2 to 5 syllables out of the truth, each asked with marks and without.
///
/// Runs with digits, or standing in more than a third of the documents, are left out. The same truth gives the same phrases.
pub fn make(truth: &[(String, String)], count: usize) -> Vec<Query> {
    let marked: Vec<(&str, Vec<String>)> = truth.iter().map(|(name, text)| (name.as_str(), words(text))).collect();
    let folded: Vec<(&str, Vec<String>)> = marked
        .iter()
        .map(|(name, words)| (*name, words.iter().map(|word| bare(word)).collect()))
        .collect();
    let mut random = Random(1);
    let mut seen = BTreeSet::new();
    let mut queries = Vec::new();
    for _ in 0..count * 50 {
        if queries.len() >= count {
            break;
        }
        let (_, text) = &marked[random.below(marked.len())];
        let length = [2, 2, 3, 3, 4, 5][random.below(6)];
        if text.len() <= length {
            continue;
        }
        let start = random.below(text.len() - length);
        let phrase = &text[start..start + length];
        let plain = |word: &String| word.chars().all(char::is_alphabetic) && word.chars().count() < 8;
        if !phrase.iter().all(plain) || !seen.insert(phrase.to_vec()) {
            continue;
        }
        let relevant = holders(&marked, phrase);
        if relevant.len() * 3 > truth.len() {
            continue;
        }
        let without: Vec<String> = phrase.iter().map(|word| bare(word)).collect();
        queries.push(Query {
            phrase: phrase.join(" "),
            marked: true,
            relevant,
        });
        queries.push(Query {
            phrase: without.join(" "),
            marked: false,
            relevant: holders(&folded, &without),
        });
    }
    queries
}

fn holders(documents: &[(&str, Vec<String>)], phrase: &[String]) -> BTreeSet<String> {
    let holds = |text: &Vec<String>| text.windows(phrase.len()).any(|run| run == phrase);
    documents
        .iter()
        .filter(|(_, text)| holds(text))
        .map(|(name, _)| (*name).to_owned())
        .collect()
}

/// Numbers without rhyme, the same on every machine (splitmix64).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % bound as u64).expect("the rest is below a usize")
    }
}

/// Indexes `folder` and asks all queries; gives recall and precision, summed over queries, under `name`.
pub fn measure(name: &str, folder: &Path, queries: &[Query]) -> Vec<Line> {
    let store = tempfile::tempdir().expect("there is room for an index");
    let mut indexer = Indexer::open(store.path(), Restorer::new()).expect("an index can be made");
    indexer
        .update(&[PathBuf::from(folder)], &mut |_| {})
        .expect("the folder can be indexed");
    drop(indexer);
    let searcher = Searcher::open(store.path()).expect("the index can be opened");
    let mut lines = Vec::new();
    for (kind, marked) in [("marked", true), ("bare", false)] {
        let (mut common, mut relevant, mut found) = (0, 0, 0);
        for query in queries.iter().filter(|query| query.marked == marked) {
            let names = ask(&searcher, &query.phrase);
            if names != query.relevant {
                let missed: Vec<_> = query.relevant.difference(&names).collect();
                let extra: Vec<_> = names.difference(&query.relevant).collect();
                println!("{name}, {kind} {:?}: missed {missed:?}, extra {extra:?}", query.phrase);
            }
            common += names.intersection(&query.relevant).count();
            relevant += query.relevant.len();
            found += names.len();
        }
        let share = |of: usize| common as f64 / of.max(1) as f64;
        lines.push(aimed(
            format!("{name}, {kind} phrases, recall"),
            share(relevant),
            ">= 0.97",
        ));
        lines.push(aimed(
            format!("{name}, {kind} phrases, precision"),
            share(found),
            ">= 0.97",
        ));
    }
    lines
}

/// The names of all documents that a quoted phrase finds, through all pages.
fn ask(searcher: &Searcher, phrase: &str) -> BTreeSet<String> {
    let mut request = SearchRequest {
        query: format!("\"{phrase}\""),
        filters: Filters::default(),
        sort: Sort::Relevance,
        limit: 100,
        cursor: None,
        matching: None,
        literal: false,
    };
    let mut names = BTreeSet::new();
    loop {
        let page = searcher.search(&request).expect("a quoted phrase is answered");
        for hit in page.hits {
            let paths = hit.other_paths.into_iter().chain([hit.path]);
            names.extend(paths.filter_map(|path| {
                let file = Path::new(&path).file_name()?.to_string_lossy().into_owned();
                Some(file.split('.').next()?.to_owned())
            }));
        }
        match page.next {
            Some(cursor) => request.cursor = Some(cursor),
            None => return names,
        }
    }
}

#[test]
fn phrases_know_their_documents() {
    let truth = vec![
        ("a".to_owned(), "công tác đối ngoại nhân dân".to_owned()),
        ("b".to_owned(), "công tác đôi ngoại kết nghĩa".to_owned()),
        ("c".to_owned(), "thanh niên tình nguyện hè".to_owned()),
        ("d".to_owned(), "phòng chống thiên tai bão lũ".to_owned()),
    ];
    let queries = make(&truth, 60);
    assert!(queries.len() >= 20);
    for query in &queries {
        assert!(!query.relevant.is_empty());
        if query.phrase == "doi ngoai" {
            assert_eq!(query.relevant.len(), 2);
        }
    }
}

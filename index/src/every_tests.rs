//! “Every document” means every one: what a query finds, against a reader who goes through all texts.

use std::collections::BTreeSet;

use corpus::{Block, BlockKind, Document, DocumentId};
use proptest::prelude::*;
use vietnamese::fold::fold;
use vietnamese::restore::{Alternative, Reading, Restorer};

use crate::law_tests::index;
use crate::{Filters, Matching, SearchRequest, Sort};

const MARKED: [&str; 7] = ["đối", "đội", "ngoại", "ngoài", "năm", "kỳ", "mỹ"];
const BARE: [&str; 5] = ["doi", "ngoai", "nam", "ky", "my"];

/// A syllable of a text, and what the scanner may have meant instead.
type Written = (&'static str, Option<&'static str>);

/// What is asked, as a tree.
#[derive(Debug, Clone)]
enum Asked {
    Phrase(Vec<&'static str>),
    Not(Box<Asked>),
    All(Vec<Asked>),
    Any(Vec<Asked>),
}

impl Asked {
    fn typed(&self) -> String {
        let join = |parts: &[Self], between: &str| {
            let parts: Vec<String> = parts.iter().map(Self::typed).collect();
            format!("({})", parts.join(between))
        };
        match self {
            Self::Phrase(words) => format!("\"{}\"", words.join(" ")),
            Self::Not(inner) => format!("-({})", inner.typed()),
            Self::All(parts) => join(parts, " "),
            Self::Any(parts) => join(parts, " OR "),
        }
    }

    /// Whether the text says it as it was typed; typed without marks, whatever its marks.
    fn surely_in(&self, text: &[Written]) -> bool {
        match self {
            Self::Phrase(words) if words.iter().all(|word| BARE.contains(word)) => self.finds(text, Matching::Bare),
            Self::Phrase(_) => self.finds(text, Matching::Marked),
            Self::Not(inner) => !inner.surely_in(text),
            Self::All(parts) => parts.iter().all(|part| part.surely_in(text)),
            Self::Any(parts) => parts.iter().any(|part| part.surely_in(text)),
        }
    }

    fn finds(&self, text: &[Written], matching: Matching) -> bool {
        match self {
            Self::Phrase(words) => text.windows(words.len()).any(|window| {
                let mut pairs = window.iter().zip(words);
                pairs.all(|((read, other), word)| match matching {
                    Matching::Marked => read == word,
                    Matching::Bare => fold(read) == fold(word),
                    Matching::Scan => fold(read) == fold(word) || other.is_some_and(|other| fold(other) == fold(word)),
                })
            }),
            // What is excluded does not depend on how strictly the rest is sought.
            Self::Not(inner) => !inner.surely_in(text),
            Self::All(parts) => parts.iter().all(|part| part.finds(text, matching)),
            Self::Any(parts) => parts.iter().any(|part| part.finds(text, matching)),
        }
    }
}

fn any_asked() -> impl Strategy<Value = Asked> {
    // Marked and unmarked syllables in one phrase may stand for others: that is asked elsewhere.
    let phrase = prop_oneof![
        prop::collection::vec(prop::sample::select(&MARKED[..]), 1..4),
        prop::collection::vec(prop::sample::select(&BARE[..]), 1..4),
    ];
    phrase.prop_map(Asked::Phrase).prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|one| Asked::Not(Box::new(one))),
            prop::collection::vec(inner.clone(), 1..4).prop_map(Asked::All),
            prop::collection::vec(inner, 1..4).prop_map(Asked::Any),
        ]
    })
}

/// What is typed: words, phrases, fields, letters of a scanner, joined in every way.
fn any_typed() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        4 => prop::sample::select(&MARKED[..]),
        4 => prop::sample::select(&BARE[..]),
        1 => Just("d6i"),
    ];
    let words = prop::collection::vec(word, 1..4).prop_map(|words| words.join(" "));
    let leaf = prop_oneof![
        4 => words.clone(),
        4 => words.clone().prop_map(|words| format!("\"{words}\"")),
        1 => words.clone().prop_map(|words| format!("scan:\"{words}\"")),
        1 => words.prop_map(|words| format!("mục:\"{words}\"")),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|one| format!("-({one})")),
            prop::collection::vec(inner.clone(), 1..4).prop_map(|all| format!("({})", all.join(" "))),
            prop::collection::vec(inner, 1..4).prop_map(|any| format!("({})", any.join(" OR "))),
        ]
    })
}

fn request(query: String, matching: Option<Matching>) -> SearchRequest {
    SearchRequest {
        query,
        filters: Filters::default(),
        sort: Sort::Relevance,
        limit: 100,
        cursor: None,
        matching,
        literal: false,
    }
}

fn any_text() -> impl Strategy<Value = Vec<Written>> {
    let other = prop::option::weighted(0.3, prop::sample::select(&MARKED[..]));
    let read = prop_oneof![3 => prop::sample::select(&MARKED[..]), 1 => prop::sample::select(&BARE[..])];
    prop::collection::vec((read, other), 1..14)
}

/// A document of these syllables, each third one a block of its own.
fn document(at: usize, written: &[Written]) -> Document {
    let mut document = corpus::read_text(DocumentId::of(&at.to_le_bytes()), String::new(), &Restorer::new());
    document.blocks.clear();
    for (at, (read, other)) in written.iter().enumerate() {
        let start = document.text.len();
        document.text.push_str(read);
        let span = (start..document.text.len()).into();
        document.text.push(if at % 3 == 2 { '\n' } else { ' ' });
        document.readings.extend(other.map(|other| Reading {
            scan: span,
            text: span,
            confidence: 0.7,
            alternatives: vec![Alternative {
                text: other.to_owned(),
                confidence: 0.2,
            }],
        }));
        match document.blocks.last_mut() {
            Some(block) if at % 3 > 0 => block.span.end = span.end,
            _ => document.blocks.push(Block {
                kind: BlockKind::Paragraph,
                span,
                section: None,
            }),
        }
    }
    document.scan = document.text.clone();
    document
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn every_document_that_matches_is_found_and_no_other(
        texts in prop::collection::vec(any_text(), 1..20),
        questions in prop::collection::vec(any_asked(), 1..8),
    ) {
        let documents: Vec<Document> = texts.iter().enumerate().map(|(at, text)| document(at, text)).collect();
        let (_folder, searcher) = index(&documents);
        for asked in &questions {
            for matching in [Matching::Marked, Matching::Bare, Matching::Scan] {
                let request = request(asked.typed(), Some(matching));
                let page = searcher.search(&request).unwrap();
                // A query that finds nothing is read as if it were pasted, which is another question.
                if page.read_as.is_some() {
                    continue;
                }
                let found: BTreeSet<usize> = page.hits.iter().map(|hit| hit.path[..hit.path.len() - 4].parse().unwrap()).collect();
                let expected: BTreeSet<usize> = (0..texts.len()).filter(|&at| asked.finds(&texts[at], matching)).collect();
                prop_assert_eq!(page.total, expected.len(), "{} {:?}", &request.query, matching);
                prop_assert_eq!(found, expected, "{} {:?}", &request.query, matching);
            }
        }
    }

    #[test]
    fn a_count_is_the_total_at_that_strictness(
        texts in prop::collection::vec(any_text(), 1..20),
        questions in prop::collection::vec(any_typed(), 1..8),
    ) {
        let documents: Vec<Document> = texts.iter().enumerate().map(|(at, text)| document(at, text)).collect();
        let (_folder, searcher) = index(&documents);
        for typed in &questions {
            let counts = searcher.search(&request(typed.clone(), None)).unwrap().counts;
            for (matching, count) in [
                (None, counts.typed),
                (Some(Matching::Marked), counts.marked),
                (Some(Matching::Bare), counts.bare),
                (Some(Matching::Scan), counts.scan),
            ] {
                let page = searcher.search(&request(typed.clone(), matching)).unwrap();
                prop_assert_eq!(page.total, count, "{} {:?}", typed, matching);
                prop_assert_eq!(page.counts, counts, "{} {:?}", typed, matching);
            }
        }
    }
}

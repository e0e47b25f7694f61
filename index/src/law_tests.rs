//! Laws that hold for any documents and any question, against a search without an index.

use std::collections::BTreeMap;

use corpus::metadata::topics::TOPICS;
use corpus::metadata::{Fact, Issuer, Level};
use corpus::{Date, Document, DocumentId};
use proptest::prelude::*;
use tempfile::TempDir;
use vietnamese::restore::{Alternative, Reading, Restorer};

use crate::build::build;
use crate::manifest::{self, FileEntry, Manifest, Outcome, Payload};
use crate::schema::{FORMAT_VERSION, schema};
use crate::{Facet, Filters, Matching, SearchPage, SearchRequest, Searcher, Sort, store};

/// Indexes documents without files.
pub(crate) fn index(documents: &[Document]) -> (TempDir, Searcher) {
    let folder = TempDir::new().unwrap();
    let opened = store::open_to_write(folder.path()).unwrap();
    let (_, fields) = schema();
    let mut writer = opened.index.writer_with_num_threads(1, 15 << 20).unwrap();
    let mut manifest = Manifest {
        folders: vec!["/".into()],
        files: Vec::new(),
    };
    for (at, document) in documents.iter().enumerate() {
        writer.add_document(build(&fields, document)).unwrap();
        manifest.files.push(FileEntry {
            folder: 0,
            path: format!("{at}.txt"),
            stamp: corpus::crawl::Stamp {
                size_bytes: 0,
                modified_ns: 0,
                inode: 0,
            },
            outcome: Outcome::Document {
                key: crate::build::key_of(&document.id),
                scanned_bytes: 0,
                corrected: 0,
            },
        });
        // Several segments, as after several runs.
        if at % 7 == 6 {
            writer.commit().unwrap();
        }
    }
    let payload = Payload {
        format: FORMAT_VERSION,
        manifest: manifest::write(folder.path(), &manifest).unwrap(),
        hand: None,
    };
    let mut prepared = writer.prepare_commit().unwrap();
    prepared.set_payload(&serde_json::to_string(&payload).unwrap());
    prepared.commit().unwrap();
    let searcher = Searcher::open(folder.path()).unwrap();
    (folder, searcher)
}

fn fact<T>(value: T) -> Fact<T> {
    Fact {
        value,
        confidence: 0.9,
        evidence: Vec::new(),
        corrected: false,
    }
}

/// A small text of few words, so that phrases meet by chance.
fn any_text() -> impl Strategy<Value = String> {
    let word = prop_oneof!["đối", "đội", "doi", "ngoại", "ngoài", "ngoai", "Nam", "năm"];
    prop::collection::vec(word, 1..9).prop_map(|words| words.join(" "))
}

fn any_document() -> impl Strategy<Value = (String, Option<u8>, Option<u8>, Option<u8>, Vec<u8>)> {
    (
        any_text(),
        prop::option::of(0..3u8),
        prop::option::of(0..3u8),
        prop::option::of(0..3u8),
        prop::collection::btree_set(0..3u8, 0..3).prop_map(|topics| topics.into_iter().collect()),
    )
}

fn any_documents() -> impl Strategy<Value = Vec<Document>> {
    prop::collection::vec(any_document(), 1..24).prop_map(|parts| {
        let documents = parts.into_iter().enumerate();
        documents
            .map(|(at, (text, issuer, kind, year, topics))| {
                let id = DocumentId::of(&at.to_le_bytes());
                let mut document = corpus::read_text(id, text, &Restorer::new());
                let metadata = &mut document.metadata;
                metadata.issuer = issuer.map(|at| {
                    fact(Issuer {
                        name: format!("Tỉnh ủy {at}"),
                        level: Some([Level::Province, Level::District, Level::Commune][usize::from(at)]),
                        province: Some(format!("P{}", at / 2)),
                        province_today: (at == 2).then(|| "P9".to_owned()),
                        aliases: Vec::new(),
                    })
                });
                metadata.kind = kind.map(|at| fact(format!("Loại {at}")));
                metadata.date = year.map(|at| fact(Date::constant(2020 + i16::from(at), 3, 1)));
                metadata.topics = topics
                    .iter()
                    .map(|at| fact(TOPICS[usize::from(*at)].to_owned()))
                    .collect();
                document
            })
            .collect()
    })
}

fn any_request() -> impl Strategy<Value = SearchRequest> {
    let filter = |name: &'static str| {
        prop::collection::btree_set(0..3u8, 0..3)
            .prop_map(move |at| at.into_iter().map(|at| format!("{name} {at}")).collect::<Vec<_>>())
    };
    let query = prop_oneof![
        Just(String::new()),
        any_text().prop_map(|text| text.split(' ').take(2).collect::<Vec<_>>().join(" ")),
        any_text().prop_map(|text| format!("\"{}\"", text.split(' ').take(2).collect::<Vec<_>>().join(" "))),
        any_text().prop_map(|text| format!("-\"{}\"", text.split(' ').take(2).collect::<Vec<_>>().join(" "))),
        (any_text(), any_text()).prop_map(|(a, b)| format!("\"{a}\" OR {b}")),
    ];
    let matching = prop_oneof![
        Just(None),
        Just(Some(Matching::Marked)),
        Just(Some(Matching::Bare)),
        Just(Some(Matching::Scan))
    ];
    let sort = prop_oneof![Just(Sort::Relevance), Just(Sort::Newest), Just(Sort::Oldest)];
    (
        query,
        filter("Tỉnh ủy"),
        filter("Loại"),
        prop::collection::btree_set(0..3usize, 0..3)
            .prop_map(|at| at.into_iter().map(|at| TOPICS[at].to_owned()).collect()),
        matching,
        sort,
    )
        .prop_map(|(query, issuer, kind, topic, matching, sort)| SearchRequest {
            query,
            filters: Filters {
                issuer,
                kind,
                topic,
                ..Filters::default()
            },
            sort,
            limit: 100,
            cursor: None,
            matching,
            literal: false,
        })
}

fn ids(page: &SearchPage) -> Vec<String> {
    page.hits.iter().map(|hit| hit.id.clone()).collect()
}

fn counts(facet: &Facet) -> BTreeMap<String, usize> {
    let held = facet.iter().filter(|value| value.count > 0);
    held.map(|value| (value.value.clone(), value.count)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn pages_join_to_one_and_counts_are_exact(documents in any_documents(), request in any_request()) {
        let (_folder, searcher) = index(&documents);
        let whole = searcher.search(&request).unwrap();
        prop_assert_eq!(whole.total, whole.hits.len());
        let mut paged = Vec::new();
        let mut next = SearchRequest { limit: 2, ..request.clone() };
        loop {
            let page = searcher.search(&next).unwrap();
            prop_assert_eq!(page.total, whole.total);
            paged.extend(ids(&page));
            match page.next {
                Some(cursor) => next.cursor = Some(cursor),
                None => break,
            }
        }
        prop_assert_eq!(&paged, &ids(&whole));
        let mut summaries = 0;
        searcher.each_summary(&mut |summary, paths| {
            summaries += 1;
            assert!(documents[paths[0].trim_end_matches(".txt").parse::<usize>().unwrap()].id.0 == summary.id);
        }).unwrap();
        prop_assert_eq!(summaries, documents.len());
        // Every facet's counts are those of the same question without that facet's own selection.
        for (facet, free) in [
            (&whole.facets.issuer, Filters { issuer: Vec::new(), ..request.filters.clone() }),
            (&whole.facets.kind, Filters { kind: Vec::new(), ..request.filters.clone() }),
            (&whole.facets.topic, Filters { topic: Vec::new(), ..request.filters.clone() }),
        ] {
            let page = searcher.search(&SearchRequest { filters: free, ..request.clone() }).unwrap();
            let found: Vec<&Document> = documents.iter().filter(|one| ids(&page).contains(&one.id.0)).collect();
            let mut expected: BTreeMap<String, usize> = BTreeMap::new();
            for document in found {
                let metadata = &document.metadata;
                let values: Vec<String> = if std::ptr::eq(facet, &whole.facets.issuer) {
                    metadata.issuer.iter().map(|fact| fact.value.name.clone()).collect()
                } else if std::ptr::eq(facet, &whole.facets.kind) {
                    metadata.kind.iter().map(|fact| fact.value.clone()).collect()
                } else {
                    metadata.topics.iter().map(|fact| fact.value.clone()).collect()
                };
                for value in values {
                    *expected.entry(value).or_default() += 1;
                }
            }
            prop_assert_eq!(counts(facet), expected);
        }
    }

    #[test]
    fn a_phrase_is_found_where_it_stands(documents in any_documents(), text in any_text()) {
        let (_folder, searcher) = index(&documents);
        let phrase: Vec<_> = crate::analyzer::words(&text).into_iter().take(2).collect();
        let query = format!("\"{}\"", phrase.iter().map(|word| word.marked.clone()).collect::<Vec<_>>().join(" "));
        let count = |marked: bool| {
            let form = |word: &crate::analyzer::Word| if marked { word.marked.clone() } else { word.bare.clone() };
            let phrase: Vec<String> = phrase.iter().map(form).collect();
            let holds = |text: &str| {
                let words: Vec<String> = crate::analyzer::words(text).iter().map(form).collect();
                words.windows(phrase.len()).any(|window| window == phrase)
            };
            documents.iter().filter(|document| holds(&document.text)).count()
        };
        let page = searcher.search(&SearchRequest { query, ..ask("") }).unwrap();
        // What finds nothing is read as if it were pasted, and counts are of what was read.
        prop_assume!(page.read_as.is_none());
        // A syllable typed without marks beside marked ones may stand for others: exact counts are of what was typed.
        let mixed = phrase.iter().any(|word| word.is_unmarked()) && phrase.iter().any(|word| !word.is_unmarked());
        if !mixed {
            prop_assert_eq!(page.counts.marked, count(true));
        }
        prop_assert_eq!(page.counts.bare, count(false));
        prop_assert!(page.counts.bare <= page.counts.scan);
        for hit in &page.hits {
            for highlight in &hit.highlights {
                let chars = highlight.text.chars().count();
                for &(start, end) in &highlight.ranges {
                    prop_assert!(start < end && end <= chars);
                    let shown: String = highlight.text.chars().skip(start).take(end - start).collect();
                    let words = crate::analyzer::words(&shown);
                    prop_assert!(!words.is_empty());
                    // Where a scan may say something else, that is not what is shown.
                    let at: usize = hit.path.trim_end_matches(".txt").parse().unwrap();
                    let typed = |word: &crate::analyzer::Word| phrase.iter().any(|one| one.bare == word.bare);
                    prop_assert!(!documents[at].readings.is_empty() || words.iter().all(typed));
                }
            }
        }
    }

    #[test]
    fn no_question_panics(query in any::<String>(), cursor in prop::option::of("[0-9a-f]{48}")) {
        let (_folder, searcher) = index(&[]);
        let _ = searcher.search(&SearchRequest { cursor, ..ask(&query) });
    }
}

fn ask(query: &str) -> SearchRequest {
    SearchRequest {
        query: query.to_owned(),
        filters: Filters::default(),
        sort: Sort::Relevance,
        limit: 100,
        cursor: None,
        matching: None,
        literal: false,
    }
}

#[test]
fn what_the_scanner_may_have_meant_is_found_below_what_it_read() {
    let read = |id: &[u8], text: &str| corpus::read_text(DocumentId::of(id), text.to_owned(), &Restorer::new());
    let sure = read(b"sure", "Công tác đối ngoại của tỉnh ta trong năm.");
    let mut doubtful = read(b"doubtful", "Công tác đội ngoại của tỉnh ta trong năm.");
    let at = doubtful.text.find("đội").unwrap();
    let span = (at..at + "đội".len()).into();
    doubtful.scan = doubtful.text.replace("đội", "d6i");
    doubtful.readings.push(Reading {
        scan: (at..at + 3).into(),
        text: span,
        confidence: 0.6,
        alternatives: vec![Alternative {
            text: "đối".to_owned(),
            confidence: 0.35,
        }],
    });
    let (_folder, searcher) = index(&[doubtful, sure]);
    let found = |query: &str, matching| {
        let page = searcher.search(&SearchRequest { matching, ..ask(query) }).unwrap();
        let hits: Vec<_> = page.hits.iter().map(|hit| (hit.path.clone(), hit.matched)).collect();
        (hits, page.counts)
    };
    let (hits, counts) = found("\"đối ngoại\"", None);
    assert_eq!(
        hits,
        [
            ("1.txt".to_owned(), Some(Matching::Marked)),
            ("0.txt".to_owned(), Some(Matching::Scan))
        ]
    );
    assert_eq!((counts.marked, counts.bare, counts.scan), (1, 2, 2));
    assert_eq!(found("\"đối ngoại\"", Some(Matching::Marked)).0.len(), 1);
    assert_eq!(
        found("scan:\"d6i ngoại\"", None).0,
        [("0.txt".to_owned(), Some(Matching::Scan))]
    );
    let page = searcher.search(&ask("scan:\"d6i ngoại\"")).unwrap();
    let highlight = &page.hits[0].highlights[0];
    let shown =
        |text: &str, (start, end): (usize, usize)| text.chars().skip(start).take(end - start).collect::<String>();
    assert_eq!(shown(&highlight.text, highlight.ranges[0]), "đội ngoại");
    assert_eq!(shown(&highlight.scan, highlight.scan_ranges[0]), "d6i ngoại");
    assert_eq!(found("scan:\"đối ngoại\"", None).0[0].0, "1.txt");
    assert_eq!(found("scan:\"đội ngoại\"", None).0, []);
    // Only what surely is there is excluded.
    assert_eq!(found("\"đội ngoại\" -\"đối ngoại\"", None).0[0].0, "0.txt");
}

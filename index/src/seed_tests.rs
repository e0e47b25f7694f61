//! Four real documents, where they are at hand.

use std::path::PathBuf;

use tempfile::TempDir;
use vietnamese::restore::Restorer;

use crate::search_tests::request;
use crate::{Indexer, Searcher};

#[test]
fn seeds_are_found_with_and_without_marks() {
    let seeds = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/seeds");
    if !seeds.exists() {
        return;
    }
    let store = TempDir::new().unwrap();
    let mut indexer = Indexer::open(store.path(), Restorer::new()).unwrap();
    indexer.update(&[seeds], &mut |_| {}).unwrap();
    let searcher = Searcher::open(store.path()).unwrap();
    let found = |query: &str| -> Vec<String> {
        let page = searcher.search(&request(query)).unwrap();
        let mut found: Vec<String> = page.hits.iter().map(|hit| hit.path[..3].to_owned()).collect();
        found.sort();
        found
    };
    for query in ["đối ngoại", "doi ngoai"] {
        assert_eq!(found(query), ["000", "001", "002", "004"], "{query}");
    }
    for query in ["“cây tre Việt Nam”", "\"cay tre viet nam\""] {
        assert_eq!(found(query), ["000", "001"], "{query}");
    }
}

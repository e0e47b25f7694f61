//! Whole collections: the sample that comes with the repository, and the first real documents where they lie beside it.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::program::{Server, encode, run};

/// An index of `folder`, and the server that answers from it.
fn served(folder: &Path) -> (tempfile::TempDir, Server) {
    let store = tempfile::tempdir().expect("there is room for an index");
    run([Path::new("index"), folder, Path::new("--index"), store.path()]).ends_with(0);
    let server = Server::start(store.path(), &[]);
    (store, server)
}

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The tree of a document as indented numbers.
fn tree(branch: &Value, depth: usize) -> String {
    let number = branch["number"].as_str().unwrap_or("?");
    let below = branch["carried_out_by"].as_array().expect("a branch has branches");
    let below: String = below.iter().map(|branch| tree(branch, depth + 1)).collect();
    format!("{}{number}\n{below}", "  ".repeat(depth))
}

#[test]
fn a_campaign_is_followed_from_the_center_to_the_commune() {
    let (_store, server) = served(&repository().join("corpus/sample"));
    // Any spelling of a number finds its document.
    for spelling in ["118-HD/BTGTW", "118 hd btgtw", "S6 118-HD/BTGTW"] {
        let found = server
            .get(&format!("/api/v1/resolve?number={}", encode(spelling)))
            .json();
        assert_eq!(
            found["documents"][0]["path"], "trung-uong/118-hd-btgtw.txt",
            "{spelling}"
        );
    }
    let found = server.get("/api/v1/resolve?number=118-HD%2FBTGTW").json();
    let id = found["documents"][0]["id"].as_str().expect("a document has an id");
    let whole = server.get(&format!("/api/v1/documents/{id}/implementation")).json();
    expect_test::expect![[r#"
        118-HD/BTGTW
          85-KH/BTGTU
            178-KH/HU
          212-KH/TU
            156-KH/HU
              41-KH/ĐU
          402-BC/TU
    "#]]
    .assert_eq(&tree(&whole, 0));
    // What all three campaigns rest on is cited most and not there.
    let missing = server.get("/api/v1/missing").json();
    let missing: Vec<&str> = missing["missing"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|document| document["number"].as_str())
        .take(3)
        .collect();
    assert_eq!(missing, ["05-CT/TW", "57-KL/TW", "57-NQ/TW"]);
}

#[test]
fn a_typed_document_lends_the_name_of_who_signed_it_to_scans() {
    let store = tempfile::tempdir().expect("there is room for an index");
    let sample = repository().join("corpus/sample");
    run([Path::new("index"), &sample, Path::new("--index"), store.path()]).ends_with(0);
    let searcher = index::Searcher::open(store.path()).expect("the index was made");
    let mut ids = Vec::new();
    searcher
        .each_summary(&mut |summary, _| ids.push(summary.id))
        .expect("the index is read");
    let lent = ids.iter().filter(|id| {
        let (document, _) = searcher.document(id).expect("it is read").expect("it is there");
        document.metadata.signatory_lent_by.is_some()
    });
    assert!(lent.count() > 0);
}

#[test]
fn the_first_real_documents_are_found() {
    let seeds: PathBuf = repository().join("../shared/seeds");
    if !seeds.is_dir() {
        return;
    }
    let (_store, server) = served(&seeds);
    let found = |query: &str| {
        let page = server.search(&[("q", query)]).json();
        let hits = page["hits"].as_array().expect("a page has hits").clone();
        let mut names: Vec<String> = hits
            .iter()
            .map(|hit| {
                hit["path"]
                    .as_str()
                    .expect("a hit has a path")
                    .chars()
                    .take(3)
                    .collect()
            })
            .collect();
        names.sort();
        names
    };
    for query in ["đối ngoại", "doi ngoai"] {
        assert_eq!(found(query), ["000", "001", "002", "004"], "{query}");
    }
    for query in ["\"cây tre Việt Nam\"", "\"cay tre viet nam\""] {
        assert_eq!(found(query), ["000", "001"], "{query}");
    }
}

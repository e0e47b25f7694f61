//! Folders in, answers out: the whole crate by its public face.

use std::fs;
use std::path::PathBuf;

use expect_test::{Expect, expect};
use tempfile::TempDir;
use vietnamese::restore::Restorer;

use crate::{Filters, Indexer, Report, SearchPage, SearchRequest, Searcher, Sort};

/// A folder of files and the index made from it.
struct Fixture {
    folder: TempDir,
    store: TempDir,
}

impl Fixture {
    fn new(files: &[(&str, &str)]) -> Self {
        let fixture = Self {
            folder: TempDir::new().unwrap(),
            store: TempDir::new().unwrap(),
        };
        for (path, text) in files {
            fixture.write(path, text);
        }
        fixture.update();
        fixture
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn update(&self) -> Report {
        let mut indexer = Indexer::open(self.store.path(), Restorer::new()).unwrap();
        indexer.update(&[self.folder.path().to_owned()], &mut |_| {}).unwrap()
    }

    fn searcher(&self) -> Searcher {
        Searcher::open(self.store.path()).unwrap()
    }

    fn page(&self, query: &str) -> SearchPage {
        self.searcher().search(&request(query)).unwrap()
    }

    /// The paths of all hits, in order, with how they matched.
    fn check(&self, query: &str, expected: Expect) {
        let page = self.page(query);
        let lines: Vec<String> = page
            .hits
            .iter()
            .map(|hit| format!("{} {:?}\n", hit.path, hit.matched))
            .collect();
        expected.assert_eq(&lines.concat());
    }
}

fn request(query: &str) -> SearchRequest {
    SearchRequest {
        query: query.to_owned(),
        filters: Filters::default(),
        sort: Sort::Relevance,
        limit: 20,
        cursor: None,
        matching: None,
    }
}

fn plans() -> Fixture {
    Fixture::new(&[
        (
            "marked.txt",
            "Công tác đối ngoại nhân dân của tỉnh.\n\nTăng cường đối ngoại.\n",
        ),
        ("other.txt", "Đội ngoại viện đã đến sân từ đầu mùa giải năm nay.\n"),
        ("bare.txt", "Cong tac doi ngoai nhan dan cua tinh nha trong nam qua.\n"),
        ("far.txt", "Người đối diện đã đi ra ngoài, còn ngoại thành thì vắng.\n"),
    ])
}

#[test]
fn marks_come_first_and_what_folds_to_them_below() {
    plans().check(
        "đối ngoại",
        expect![[r#"
        marked.txt Some(Marked)
        far.txt Some(Marked)
        other.txt Some(Marked)
        bare.txt Some(Bare)
    "#]],
    );
}

#[test]
fn a_bare_query_finds_every_spelling() {
    plans().check(
        "\"doi ngoai\"",
        expect![[r#"
            marked.txt Some(Bare)
            other.txt Some(Bare)
            bare.txt Some(Bare)
        "#]],
    );
}

#[test]
fn a_marked_phrase_is_exact() {
    plans().check(
        "\"đối ngoại\"",
        expect![[r#"
        marked.txt Some(Marked)
    "#]],
    );
}

#[test]
fn seeds_are_found_with_and_without_marks() {
    let seeds = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/seeds");
    if !seeds.exists() {
        return;
    }
    let store = TempDir::new().unwrap();
    let mut indexer = Indexer::open(store.path(), Restorer::new()).unwrap();
    let report = indexer.update(&[seeds], &mut |_| {}).unwrap();
    eprintln!("{report:?}");
    let searcher = Searcher::open(store.path()).unwrap();
    for query in [
        "đối ngoại",
        "doi ngoai",
        "\"cây tre Việt Nam\"",
        "\"cay tre viet nam\"",
        "",
    ] {
        let page = searcher.search(&request(query)).unwrap();
        eprintln!("== {query} {:?} {:?}", page.counts, page.matching);
        for hit in page.hits {
            eprintln!("{} {:?} {}", hit.path, hit.matched, hit.score);
            for highlight in hit.highlights {
                eprintln!("   {highlight:?}");
            }
        }
    }
}

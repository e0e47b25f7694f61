//! Folders in, answers out: the whole crate by its public face.

use std::fs;

use expect_test::{Expect, expect};
use tempfile::TempDir;
use vietnamese::restore::Restorer;

use crate::{Filters, Indexer, Report, SearchPage, SearchRequest, Searcher, Sort};

/// A folder of files and the index made from it.
pub(crate) struct Fixture {
    folder: TempDir,
    store: TempDir,
}

impl Fixture {
    pub fn new(files: &[(&str, &str)]) -> Self {
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
    pub fn check(&self, query: &str, expected: Expect) {
        let page = self.page(query);
        let lines: Vec<String> = page
            .hits
            .iter()
            .map(|hit| format!("{} {:?}\n", hit.path, hit.matched))
            .collect();
        expected.assert_eq(&lines.concat());
    }
}

pub(crate) fn request(query: &str) -> SearchRequest {
    SearchRequest {
        query: query.to_owned(),
        filters: Filters::default(),
        sort: Sort::Relevance,
        limit: 20,
        cursor: None,
        matching: None,
        literal: false,
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
            bare.txt Some(Marked)
            other.txt Some(Bare)
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
fn a_bare_query_with_y_finds_every_spelling_too() {
    let fixture = Fixture::new(&[
        (
            "marked.txt",
            "Hội nghị có ý nghĩa lớn đối với ngành y tế tỉnh, diễn ra tại Kỳ đài.",
        ),
        (
            "i.txt",
            "Cuộc họp của ngành i tế có í nghĩa trong năm nay và các năm sau.",
        ),
    ]);
    for (query, found) in [
        ("\"co y nghia\"", 2),
        ("\"y te\"", 2),
        ("ky dai", 1),
        ("\"ý nghĩa\"", 1),
    ] {
        let page = fixture.page(query);
        assert_eq!((page.total, page.read_as), (found, None), "{query}");
    }
}

#[test]
fn a_query_pasted_from_a_scan_is_read_beside_what_was_typed() {
    let fixture = Fixture::new(&[
        ("read.txt", "Công tác đối ngoại nhân dân của tỉnh trong năm qua."),
        (
            "garble.txt",
            "Máy d6i ngoai là một từ lạ trong tài liệu này của tỉnh ta.",
        ),
        ("other.txt", "Đội bóng của tỉnh ta đã đá ở ngoài sân từ đầu mùa giải."),
    ]);
    for query in ["d6i ngoai", "\"d6i ngoai\""] {
        fixture.check(
            query,
            expect![[r#"
                garble.txt Some(Bare)
                read.txt Some(Marked)
            "#]],
        );
        let page = fixture.page(query);
        assert_eq!(page.read_as.as_deref(), Some("đối ngoại"));
        let literal = SearchRequest {
            literal: true,
            ..request(query)
        };
        let page = fixture.searcher().search(&literal).unwrap();
        assert_eq!((page.total, page.read_as), (1, None));
    }
    let hit = &fixture.page("d6i ngoai").hits[1];
    let matches = fixture.searcher().matches(&hit.id, "d6i ngoai", None, false).unwrap();
    assert_eq!(matches.len(), 1, "the document shows what the reading found");
}

#[test]
fn a_word_typed_without_marks_is_found_and_shown_as_a_whole() {
    let fixture = Fixture::new(&[(
        "a.txt",
        "Công tác đối ngoại của tỉnh. Sau 40 năm đổi mới, đội ngũ cán bộ ở trong và ngoài nước đã trưởng thành.",
    )]);
    let highlight = &fixture.page("doi ngoai").hits[0].highlights[0];
    let shown: Vec<String> = highlight
        .ranges
        .iter()
        .map(|&(start, end)| highlight.text.chars().skip(start).take(end - start).collect())
        .collect();
    assert_eq!(shown, ["đối ngoại"]);
}

#[test]
fn who_said_a_phrase_first_comes_first_among_the_oldest() {
    let dated = |day: &str| {
        format!(
            "TỈNH ỦY LÂM ĐỒNG\nSố 12-KH/TU\nLâm Đồng, {day}\n\nKẾ HOẠCH\nvề công tác năm\n\nTăng cường đối ngoại nhân dân.\n"
        )
    };
    let fixture = Fixture::new(&[
        ("later.txt", &dated("ngày 05 tháng 3 năm 2025")),
        ("first.txt", &dated("ngày 12 tháng 5 năm 2023")),
        (
            "undated.txt",
            "Công tác đối ngoại nhân dân của tỉnh trong những năm qua.",
        ),
    ]);
    let page = fixture.page("\"đối ngoại nhân dân\"");
    let first = page.first.unwrap();
    assert_eq!((first.document.path.as_str(), first.undated), ("first.txt", 1));
    let oldest = SearchRequest {
        sort: Sort::Oldest,
        ..request("\"đối ngoại nhân dân\"")
    };
    assert_eq!(fixture.searcher().search(&oldest).unwrap().hits[0].path, "first.txt");
    assert_eq!(fixture.page("đối ngoại").first, None);
}

#[test]
fn a_dash_excludes_a_word_of_several_syllables_as_a_whole() {
    let fixture = Fixture::new(&[
        (
            "economy.txt",
            "Nghị quyết của Đảng về phát triển kinh tế của tỉnh trong năm nay.",
        ),
        (
            "foreign.txt",
            "Nghị quyết của Đảng về công tác đối ngoại của tỉnh trong năm nay.",
        ),
    ]);
    for query in [
        "đảng -kinh tế",
        "dang -kinh te",
        "-kinh tế",
        "đảng NOT kinh tế tỉnh",
        "đảng -\"kinh tế\"",
    ] {
        let found: Vec<String> = fixture.page(query).hits.into_iter().map(|hit| hit.path).collect();
        assert_eq!(found, ["foreign.txt"], "{query}");
    }
}

#[test]
fn a_marked_phrase_is_exact() {
    plans().check(
        "\"đối ngoại\"",
        expect![[r#"
        marked.txt Some(Marked)
        bare.txt Some(Marked)
    "#]],
    );
}

#[test]
fn only_what_changed_is_read_again() {
    let fixture = plans();
    fixture.write("new.txt", "Nghị quyết mới về đối ngoại.");
    fixture.write("bare.txt", "Cong tac nay da doi khac truoc nhieu lam.");
    fixture.write("copy.txt", "Nghị quyết mới về đối ngoại.");
    fs::rename(
        fixture.folder.path().join("far.txt"),
        fixture.folder.path().join("moved.txt"),
    )
    .unwrap();
    fs::remove_file(fixture.folder.path().join("other.txt")).unwrap();
    let report = fixture.update();
    expect![[r#"Report { new: 2, changed: 1, unchanged: 1, moved: 1, gone: 1, duplicates: [("new.txt", "copy.txt")], failed: [], notes: [] }"#]].assert_eq(&format!("{report:?}"));
    fixture.check(
        "",
        expect![[r#"
        copy.txt None
        moved.txt None
        marked.txt None
        bare.txt None
    "#]],
    );
    let hits = fixture.page("nghị quyết").hits;
    assert_eq!((hits[0].path.as_str(), hits[0].other_paths.len()), ("copy.txt", 1));
    let again = fixture.update();
    assert_eq!(
        (again.unchanged, again.new, again.changed, again.moved, again.gone),
        (5, 0, 0, 0, 0)
    );
}

#[test]
fn a_correction_wins_and_only_its_document_is_read_again() {
    let fixture = plans();
    fixture.write(
        "corrections.tsv",
        "marked.txt\tissuer\tHuyện ủy Ninh Hải\nmarked.txt\tdate\t2023-10-04\nx\ty\n",
    );
    let report = fixture.update();
    assert!(report.notes[0].contains("line 3"), "{report:?}");
    let hit = &fixture.page("đối ngoại").hits[0];
    assert_eq!(hit.issuer.as_ref().unwrap().name, "Huyện ủy Ninh Hải");
    assert_eq!(hit.date.unwrap().to_string(), "2023-10-04");
    assert_eq!(fixture.page("").total, 4);
    fixture.write("corrections.tsv", "# none\n");
    fixture.update();
    assert_eq!(fixture.page("đối ngoại").hits[0].issuer, None);
    assert_eq!(fixture.page("").total, 4);
}

#[test]
fn an_emptied_folder_loses_nothing() {
    let fixture = plans();
    for name in ["marked.txt", "other.txt", "bare.txt", "far.txt"] {
        fs::remove_file(fixture.folder.path().join(name)).unwrap();
    }
    let report = fixture.update();
    assert_eq!(report.gone, 0);
    assert!(report.notes[0].contains("is kept"), "{report:?}");
    assert_eq!(fixture.page("").total, 4);
}

#[test]
fn a_file_that_is_gone_is_no_longer_found() {
    let fixture = plans();
    fs::remove_file(fixture.folder.path().join("marked.txt")).unwrap();
    assert_eq!(fixture.update().gone, 1);
    assert_eq!(fixture.page("\"đối ngoại\"").total, 1);
    assert_eq!(fixture.page("").total, 3);
}

#[test]
fn another_folder_is_added_and_a_renamed_one_is_followed() {
    let fixture = plans();
    let second = TempDir::new().unwrap();
    let inner = second.path().join("a");
    fs::create_dir(&inner).unwrap();
    fs::write(inner.join("x.txt"), "Công tác phụ nữ tỉnh.").unwrap();
    let update = |folder: &std::path::Path| {
        let mut indexer = Indexer::open(fixture.store.path(), Restorer::new()).unwrap();
        indexer.update(&[folder.to_owned()], &mut |_| {}).unwrap()
    };
    assert_eq!(update(&inner).new, 1);
    assert_eq!(fixture.page("").total, 5);
    let renamed = second.path().join("b");
    fs::rename(&inner, &renamed).unwrap();
    let report = update(&renamed);
    assert_eq!((report.moved, report.new, report.gone), (1, 0, 0));
    assert_eq!(fixture.page("").total, 5);
}

#[test]
fn a_second_writer_is_told_who_holds_the_lock() {
    let fixture = plans();
    let _first = Indexer::open(fixture.store.path(), Restorer::new()).unwrap();
    let error = Indexer::open(fixture.store.path(), Restorer::new()).err().unwrap();
    assert!(
        error.to_string().contains(&format!("process {}", std::process::id())),
        "{error}"
    );
}

#[test]
fn a_flipped_bit_is_found_and_an_untouched_index_is_sound() {
    let fixture = plans();
    crate::verify(fixture.store.path()).unwrap();
    for entry in fs::read_dir(fixture.store.path()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let checked = [".store", ".pos", ".idx", ".term", ".fast", ".fieldnorm", ".bin"];
        if !checked.iter().any(|ending| name.ends_with(ending)) {
            continue;
        }
        let bytes = fs::read(&path).unwrap();
        for at in [0, bytes.len() / 8, bytes.len() - 1] {
            let mut flipped = bytes.clone();
            flipped[at] ^= 4;
            fs::write(&path, &flipped).unwrap();
            assert!(crate::verify(fixture.store.path()).is_err(), "{name} at {at}");
            // Whoever searches all the same gets an answer or an error.
            let searcher = Searcher::open(fixture.store.path());
            let _ = searcher.map(|searcher| searcher.search(&request("đối ngoại")));
        }
        fs::write(&path, &bytes).unwrap();
    }
    crate::verify(fixture.store.path()).unwrap();
}

#[test]
fn an_index_of_another_version_is_made_anew() {
    let fixture = plans();
    let meta = fixture.store.path().join("meta.json");
    let text = fs::read_to_string(&meta).unwrap();
    fs::write(&meta, text.replace("\\\"format\\\":", "\\\"format\\\":9")).unwrap();
    assert!(matches!(
        Searcher::open(fixture.store.path()),
        Err(crate::IndexError::Version { .. })
    ));
    let report = fixture.update();
    assert!(report.notes[0].contains("another version"), "{report:?}");
    assert_eq!(report.new, 4);
}

#[test]
fn what_a_killed_run_left_is_swept() {
    let fixture = plans();
    let left = fixture.store.path().join(".tmpA1b2C3");
    fs::write(&left, "half a segment").unwrap();
    fs::write(fixture.store.path().join("files-00.bin"), "of no commit").unwrap();
    fixture.update();
    assert!(!left.exists() && !fixture.store.path().join("files-00.bin").exists());
    assert_eq!(fixture.page("").total, 4);
}

#[test]
fn words_are_sought_in_sections_of_a_heading() {
    let fixture = Fixture::new(&[
        (
            "a.txt",
            "KẾ HOẠCH\n\nI. MỤC ĐÍCH, YÊU CẦU\n\nĐoàn Thanh niên tuyên truyền sâu rộng.\n\nII. TỔ CHỨC THỰC HIỆN\n\nBan Tuyên giáo theo dõi, đôn đốc.\n",
        ),
        (
            "b.txt",
            "KẾ HOẠCH\n\nI. MỤC ĐÍCH, YÊU CẦU\n\nNâng cao nhận thức của cán bộ.\n\nII. TỔ CHỨC THỰC HIỆN\n\nĐoàn Thanh niên tuyên truyền sâu rộng.\n",
        ),
    ]);
    fixture.check(
        "mục:\"tổ chức thực hiện\" \"thanh niên\"",
        expect![[r#"
        b.txt Some(Marked)
    "#]],
    );
    fixture.check(
        "mục:\"mục đích\" \"thanh niên\"",
        expect![[r#"
        a.txt Some(Marked)
    "#]],
    );
    fixture.check(
        "mục:\"to chuc thuc hien\"",
        expect![[r#"
        a.txt Some(Bare)
        b.txt Some(Bare)
    "#]],
    );
}

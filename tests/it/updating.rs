//! A folder that changes between two runs.

use crate::program::{DIRECTIVE, Desk, LETTER, PLAN};

fn id_of(desk: &Desk, query: &str) -> String {
    let hits = desk.search(query).ends_with(0).json_lines();
    hits[0]["id"].as_str().expect("a hit has an id").to_owned()
}

#[test]
fn what_did_not_change_is_not_read_again() {
    let desk = Desk::indexed();
    desk.index()
        .ends_with(0)
        .says(&["0 new", "0 changed", "3 unchanged", "0 gone"]);
    assert_eq!(desk.found("đối ngoại"), ["lam-dong/ke-hoach.txt"]);
}

#[test]
fn a_changed_file_replaces_what_it_said() {
    let desk = Desk::indexed();
    desk.write(
        "lam-dong/ke-hoach.txt",
        PLAN.replace("đối ngoại nhân dân", "cải cách hành chính"),
    );
    desk.index().ends_with(0).says(&["1 changed", "2 unchanged"]);
    assert_eq!(desk.found("\"đối ngoại nhân dân\""), [""; 0]);
    assert_eq!(desk.found("\"cải cách hành chính\""), ["lam-dong/ke-hoach.txt"]);
}

#[test]
fn a_deleted_file_is_gone() {
    let desk = Desk::indexed();
    std::fs::remove_file(desk.folder().join("cao-bang/chi-thi.txt")).expect("a file can be removed");
    desk.index().ends_with(0).says(&["1 gone", "2 unchanged"]);
    assert_eq!(desk.found("\"bảo vệ rừng\""), [""; 0]);
    assert_eq!(desk.found("đối ngoại"), ["lam-dong/ke-hoach.txt"]);
}

#[test]
fn a_moved_file_keeps_its_identity() {
    let desk = Desk::indexed();
    let before = id_of(&desk, "\"bảo vệ rừng\"");
    std::fs::create_dir(desk.folder().join("2022")).expect("a folder can be made");
    std::fs::rename(
        desk.folder().join("cao-bang/chi-thi.txt"),
        desk.folder().join("2022/chi-thi.txt"),
    )
    .expect("a file can be moved");
    desk.index().ends_with(0).says(&["0 new", "1 moved", "0 gone"]);
    assert_eq!(desk.found("\"bảo vệ rừng\""), ["2022/chi-thi.txt"]);
    assert_eq!(id_of(&desk, "\"bảo vệ rừng\""), before);
}

#[test]
fn the_same_text_twice_is_one_document_with_two_paths() {
    let desk = Desk::indexed();
    desk.write("copies/ke-hoach.txt", PLAN);
    desk.index().ends_with(0).says(&["1 duplicates"]);
    let hits = desk.search("đối ngoại").ends_with(0).json_lines();
    assert_eq!(hits.len(), 1);
    let all = hits[0].to_string();
    assert!(
        all.contains("copies/ke-hoach.txt") && all.contains("lam-dong/ke-hoach.txt"),
        "{all}"
    );
    // When one of the two goes, the other stands for the document.
    let shown = hits[0]["path"].as_str().expect("a hit has a path").to_owned();
    std::fs::remove_file(desk.folder().join(shown)).expect("a file can be removed");
    desk.index().ends_with(0);
    assert_eq!(desk.found("đối ngoại").len(), 1);
}

#[test]
fn an_index_that_is_deleted_is_made_again_with_the_same_identities() {
    let desk = Desk::indexed();
    let before = id_of(&desk, "\"nhà trọ\"");
    std::fs::remove_dir_all(desk.store()).expect("an index can be deleted");
    desk.index().ends_with(0).says(&["3 new"]);
    assert_eq!(id_of(&desk, "\"nhà trọ\""), before);
}

#[test]
fn a_server_answers_from_the_new_folder_after_it_was_indexed_anew() {
    let desk = Desk::new();
    desk.write("a.txt", DIRECTIVE);
    desk.index().ends_with(0);
    let server = crate::program::Server::start(&desk.store(), &[]);
    assert_eq!(server.search(&[("q", "\"nhà trọ\"")]).json()["total"], 0);
    drop(server);
    desk.write("b.txt", LETTER);
    let server = crate::program::Server::start(&desk.store(), &[&desk.folder()]);
    assert_eq!(server.search(&[("q", "\"nhà trọ\"")]).json()["total"], 1);
}

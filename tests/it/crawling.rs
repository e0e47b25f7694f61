//! What lies in a folder: good files, odd files, and files that cannot be read.

use std::path::Path;
use std::process::Command;

use crate::program::{Desk, PLAN, run};

#[test]
fn a_missing_folder_is_an_error_that_names_it() {
    let desk = Desk::new();
    let missing = desk.folder().join("no-such-folder");
    run([Path::new("index"), &missing, Path::new("--index"), &desk.store()])
        .ends_with(2)
        .says(&["no-such-folder"]);
}

#[test]
fn an_empty_folder_holds_nothing_and_says_so() {
    let desk = Desk::new();
    desk.index().ends_with(1).says(&["0 new"]);
}

#[test]
fn files_that_are_no_texts_are_told_and_the_rest_is_indexed() {
    let desk = Desk::new();
    desk.write("ke-hoach.txt", PLAN);
    desk.write("zero.txt", b"");
    desk.write(
        "binary.txt",
        b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0\x01\0\0\0".repeat(40),
    );
    let run = desk
        .index()
        .ends_with(0)
        .says(&["zero.txt", "binary.txt", "1 new", "2 failed"]);
    assert!(!run.stderr.contains("ke-hoach.txt:"), "{}", run.stderr);
    assert_eq!(desk.found("đối ngoại"), ["ke-hoach.txt"]);
}

#[test]
fn a_truncated_character_costs_a_character_not_the_document() {
    let desk = Desk::new();
    let mut bytes = PLAN.as_bytes().to_vec();
    // The last character of the file is half there, as after a broken download.
    bytes.extend_from_slice(&"Thủ trưởng cơ quan đ".as_bytes()[..6]);
    bytes.extend_from_slice(&[0xE1, 0xBB]);
    desk.write("cut.txt", bytes);
    desk.index().ends_with(0).says(&["1 new", "0 failed"]);
    assert_eq!(desk.found("\"cây tre Việt Nam\""), ["cut.txt"]);
}

#[test]
fn pipes_loops_hidden_files_and_other_endings_are_left_alone() {
    let desk = Desk::new();
    desk.write("ke-hoach.txt", PLAN);
    desk.write(".hidden.txt", "đối ngoại ẩn");
    desk.write("table.csv", "đối ngoại,1");
    let made = Command::new("mkfifo")
        .arg(desk.folder().join("pipe.txt"))
        .status()
        .expect("mkfifo runs");
    assert!(made.success());
    std::os::unix::fs::symlink(desk.folder(), desk.folder().join("loop")).expect("a link can be made");
    std::os::unix::fs::symlink(desk.folder().join("ke-hoach.txt"), desk.folder().join("link.txt"))
        .expect("a link can be made");
    desk.index().ends_with(0).says(&["1 new"]);
    assert_eq!(desk.found("đối ngoại"), ["ke-hoach.txt"]);
}

#[test]
fn a_file_over_the_bound_is_told_with_its_bound() {
    let desk = Desk::new();
    desk.write("ke-hoach.txt", PLAN);
    let mut large = "công tác đối ngoại nhân dân ".repeat(1_300_000);
    large.truncate(33 * 1024 * 1024 + large.len() % 2);
    desk.write("large.txt", large.trim_end_matches(char::REPLACEMENT_CHARACTER));
    desk.index().ends_with(0).says(&["large.txt", "1 failed"]);
    assert_eq!(desk.found("đối ngoại"), ["ke-hoach.txt"]);
}

#[test]
fn a_file_that_may_not_be_read_is_told_and_the_rest_is_indexed() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    desk.write("ke-hoach.txt", PLAN);
    desk.write("closed.txt", PLAN.replace("311", "312"));
    let closed = desk.folder().join("closed.txt");
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o000)).expect("rights can be taken");
    if std::fs::File::open(&closed).is_ok() {
        // The superuser reads everything: there is no such file for it.
        desk.index().ends_with(0).says(&["2 new"]);
        return;
    }
    desk.index().ends_with(0).says(&["closed.txt", "1 new", "1 failed"]);
}

#[test]
fn every_encoding_that_was_in_use_is_read() {
    let desk = Desk::new();
    let utf16 = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let marked: Vec<u8> = [vec![0xFF, 0xFE], utf16(PLAN)].concat();
    desk.write("utf16.txt", marked);
    // Windows-1258: the vowel as one byte, its tone as another behind it.
    desk.write(
        "windows-1258.txt",
        b"K\xea\xec hoa\xf2ch s\xf4\xec 12-KH/TU v\xea\xcc c\xf4ng t\xe1c \xf0\xf4\xeci ngoa\xf2i nh\xe2n d\xe2n trong t\xecnh h\xecnh m\xf5\xeci, ban h\xe0nh k\xe8m theo quy ch\xea\xec la\xcc vi\xea\xf2c cu\xd2a Ban Th\xfd\xf5\xccng vu\xf2 Ti\xd2nh u\xd2y.\r\n".repeat(8),
    );
    desk.index().ends_with(0).says(&["2 new", "0 failed"]);
    assert_eq!(desk.found("\"đối ngoại nhân dân\""), ["utf16.txt", "windows-1258.txt"]);
}

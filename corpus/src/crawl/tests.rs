use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::Command;

use expect_test::{Expect, expect};
use tempfile::TempDir;

use super::*;

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn crawled(folders: &[&Path], limits: Limits) -> String {
    let folders: Vec<PathBuf> = folders.iter().map(|folder| folder.to_path_buf()).collect();
    let lines = crawl(&folders, limits).unwrap().map(|found| match found {
        Ok(file) => format!("{} {} ({} bytes)\n", file.folder, file.path, file.stamp.size_bytes),
        Err(skipped) => format!("{} {}: {}\n", skipped.folder, skipped.path, skipped.reason),
    });
    lines.collect()
}

fn check(folder: &TempDir, expected: Expect) {
    expected.assert_eq(&crawled(&[folder.path()], Limits::default()));
}

#[test]
fn texts_are_found_in_the_order_of_their_names() {
    let folder = folder(&[
        ("b/ke-hoach.TXT", "Kế hoạch"),
        ("a.md", "#"),
        ("b/a.text", ""),
        ("c.pdf", "%PDF"),
        ("không đuôi", "x"),
    ]);
    check(
        &folder,
        expect![[r#"
            0 a.md (1 bytes)
            0 b/a.text (0 bytes)
            0 b/ke-hoach.TXT (12 bytes)
        "#]],
    );
}

#[test]
fn hidden_files_and_links_are_left_alone() {
    let folder = folder(&[(".git/a.txt", "x"), (".ẩn.txt", "x"), ("thấy.txt", "x")]);
    symlink(folder.path(), folder.path().join("vòng")).unwrap();
    symlink(folder.path().join("thấy.txt"), folder.path().join("link.txt")).unwrap();
    check(
        &folder,
        expect![[r#"
            0 thấy.txt (1 bytes)
        "#]],
    );
}

#[test]
fn a_pipe_and_a_large_file_are_told_and_the_crawl_goes_on() {
    let folder = folder(&[("a.txt", "dài quá"), ("z.txt", "ngắn")]);
    let made = Command::new("mkfifo").arg(folder.path().join("ống.txt")).status();
    assert!(made.unwrap().success());
    let limits = Limits { file_size_bytes: 8 };
    expect![[r#"
        0 a.txt: the file has 9 bytes, and at most 8 are read; split it or raise the bound
        0 z.txt (6 bytes)
        0 ống.txt: this is not a regular file but a pipe, a socket or a device, and is left alone
    "#]]
    .assert_eq(&crawled(&[folder.path()], limits));
}

#[test]
fn a_folder_inside_another_is_crawled_once() {
    let folder = folder(&[("a/1.txt", "x"), ("b/2.txt", "x")]);
    let inner = folder.path().join("a");
    expect![[r#"
        1 a/1.txt (1 bytes)
        1 b/2.txt (1 bytes)
    "#]]
    .assert_eq(&crawled(&[&inner, folder.path(), folder.path()], Limits::default()));
}

#[test]
fn a_missing_folder_stops_before_anything_is_read() {
    let folder = folder(&[("a.txt", "x")]);
    let refusal = |path: &str| {
        crawl(&[folder.path().to_owned(), path.into()], Limits::default())
            .err()
            .unwrap()
    };
    expect!["there is no folder /không/có; check the path, or whether its disk is connected"]
        .assert_eq(&refusal("/không/có").to_string());
    let file = folder.path().join("a.txt");
    assert_eq!(refusal(file.to_str().unwrap()), CrawlError::NotAFolder { path: file });
}

#[test]
fn a_file_that_went_away_or_turned_into_something_else_is_told() {
    let folder = folder(&[("a.txt", "còn"), ("b.txt", "mất")]);
    let files: Vec<_> = crawl(&[folder.path().to_owned()], Limits::default())
        .unwrap()
        .flatten()
        .collect();
    fs::remove_file(&files[1].location).unwrap();
    assert_eq!(files[1].read(Limits::default()), Err(FileError::Vanished));
    fs::create_dir(&files[1].location).unwrap();
    assert_eq!(files[1].read(Limits::default()), Err(FileError::NotAFile));
    assert_eq!(
        files[0].read(Limits::default()).unwrap(),
        ("còn".into(), files[0].stamp)
    );
    fs::write(&files[0].location, "lớn lên trong lúc đọc").unwrap();
    let grown = files[0].read(Limits { file_size_bytes: 5 });
    assert_eq!(
        grown,
        Err(FileError::TooLarge {
            size_bytes: 28,
            limit_bytes: 5
        })
    );
}

#[test]
fn what_may_not_be_read_is_told() {
    let folder = folder(&[("đóng/a.txt", "x"), ("kín.txt", "x")]);
    let forbid = |path: &str, mode| {
        fs::set_permissions(folder.path().join(path), fs::Permissions::from_mode(mode)).unwrap();
    };
    forbid("đóng", 0o000);
    forbid("kín.txt", 0o000);
    // The superuser may read everything: then there is nothing to tell.
    if fs::read_dir(folder.path().join("đóng")).is_err() {
        check(
            &folder,
            expect![[r#"
                0 kín.txt (1 bytes)
                0 đóng: reading is not allowed; give the user who runs this program the right to read it
            "#]],
        );
    }
    forbid("đóng", 0o755);
}

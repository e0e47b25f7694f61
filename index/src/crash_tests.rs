//! Killed writers and full disks: the last commit stands.
//!
//! The writer runs in a process of its own: this test program, started again with [`WRITER`] set.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;
use vietnamese::restore::Restorer;

use crate::{Filters, Indexer, SearchRequest, Searcher, Sort};

/// Set for the process that writes: the index, a line end, the folder.
const WRITER: &str = "VANKIEN_TEST_WRITER";

/// Writes if it is told to; as a test by itself it does nothing.
#[test]
fn writer() {
    let Ok(places) = std::env::var(WRITER) else {
        return;
    };
    let (store, folder) = places.split_once('\n').unwrap();
    let mut indexer = Indexer::open(Path::new(store), Restorer::new())
        .unwrap()
        .with_threads(1);
    if let Err(error) = indexer.update(&[folder.into()], &mut |_| {}) {
        println!("told: {error}");
    }
}

fn start_writer(store: &Path, folder: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["crash_tests::writer", "--exact", "--nocapture"])
        .env(WRITER, format!("{}\n{}", store.display(), folder.display()))
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    command
}

fn write_texts(folder: &Path, round: usize, count: usize) {
    for at in 0..count {
        let text = format!("Kế hoạch số {at} của đợt {round} về công tác đối ngoại nhân dân.\n\n").repeat(20);
        fs::write(folder.join(format!("{at}.txt")), text).unwrap();
    }
}

fn total(store: &Path) -> usize {
    let request = SearchRequest {
        query: "đối ngoại".to_owned(),
        filters: Filters::default(),
        sort: Sort::Relevance,
        limit: 5,
        cursor: None,
        matching: None,
        literal: false,
    };
    let page = Searcher::open(store).unwrap().search(&request).unwrap();
    assert!(
        page.hits.iter().all(|hit| !hit.path.is_empty()),
        "every hit has its file"
    );
    page.total
}

#[test]
fn a_killed_writer_leaves_the_last_commit() {
    let (store, folder) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    write_texts(folder.path(), 0, 40);
    assert!(start_writer(store.path(), folder.path()).status().unwrap().success());
    for round in 1..6 {
        // Every round changes every file: a half-written commit would show.
        write_texts(folder.path(), round, 40);
        let mut child = start_writer(store.path(), folder.path()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(60 * round as u64));
        child.kill().unwrap();
        child.wait().unwrap();
        crate::verify(store.path()).unwrap();
        assert_eq!(total(store.path()), 40, "round {round}");
    }
    assert!(start_writer(store.path(), folder.path()).status().unwrap().success());
    assert_eq!(total(store.path()), 40);
    let left = fs::read_dir(store.path()).unwrap().flatten();
    assert!(
        left.into_iter()
            .all(|entry| !entry.file_name().to_string_lossy().starts_with(".tmp"))
    );
}

/// The shell refuses files over 64 blocks, as a full disk would.
#[cfg(unix)]
#[test]
fn a_full_disk_is_told_and_leaves_the_last_commit() {
    let (store, folder) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    write_texts(folder.path(), 0, 5);
    assert!(start_writer(store.path(), folder.path()).status().unwrap().success());
    for at in 0..60 {
        let words: String = (0..4000)
            .map(|word| format!("{} ", word * 7919 + at * 104_729))
            .collect();
        fs::write(folder.path().join(format!("big-{at}.txt")), words).unwrap();
    }
    let writer = start_writer(store.path(), folder.path());
    let mut shell = Command::new("sh");
    shell
        .args(["-c", "trap '' XFSZ; ulimit -f 64; exec \"$0\" \"$@\""])
        .arg(writer.get_program());
    shell
        .args(writer.get_args())
        .envs(writer.get_envs().filter_map(|(key, value)| Some((key, value?))));
    let told = String::from_utf8(shell.output().unwrap().stdout).unwrap();
    assert!(told.contains("told: no space is left"), "{told}");
    crate::verify(store.path()).unwrap();
    assert_eq!(total(store.path()), 5);
}

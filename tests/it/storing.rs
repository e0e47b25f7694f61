//! The index on its disk: locked, damaged, of another version, killed while written, without room.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::program::{Desk, PLAN, command, run};

/// Adds so many documents that indexing them takes a while.
fn fill(desk: &Desk, count: usize) {
    for number in 1000..1000 + count {
        let text = format!(
            "{}\n{}",
            PLAN.replace("311-KH", &format!("{number}-KH")),
            "Tăng cường công tác kiểm tra, giám sát. ".repeat(200)
        );
        desk.write(&format!("many/{number}.txt"), text);
    }
}

/// The files of a folder and the folders in it.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            all.extend(files(&path));
        } else {
            all.push(path);
        }
    }
    all
}

#[test]
fn there_is_no_index_yet() {
    let desk = Desk::new();
    desk.search("đối ngoại")
        .ends_with(2)
        .says(&["no index", "vankien index"]);
    desk.verify().ends_with(2).says(&["no index"]);
}

#[test]
fn an_undamaged_index_is_verified() {
    let desk = Desk::indexed();
    desk.verify().ends_with(0);
}

#[test]
fn a_flipped_bit_is_found() {
    let desk = Desk::indexed();
    let data = files(&desk.store())
        .into_iter()
        .filter(|path| {
            path.extension()
                .is_some_and(|end| end == "store" || end == "term" || end == "idx")
        })
        .max_by_key(|path| fs::metadata(path).map(|file| file.len()).unwrap_or(0))
        .expect("an index has files");
    let mut bytes = fs::read(&data).expect("a file of the index can be read");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x10;
    fs::write(&data, bytes).expect("a file of the index can be written");
    desk.verify().ends_with(2).says(&["damaged"]);
}

#[test]
fn a_torn_index_is_told_and_made_again_by_deleting_it() {
    let desk = Desk::indexed();
    fs::write(desk.store().join("meta.json"), "{").expect("a file of the index can be written");
    desk.search("đối ngoại").ends_with(2).says(&["damaged"]);
    fs::remove_dir_all(desk.store()).expect("an index can be deleted");
    desk.index().ends_with(0).says(&["3 new"]);
}

#[test]
fn a_second_writer_is_told_who_holds_the_lock() {
    let desk = Desk::indexed();
    fill(&desk, 3000);
    let mut first = desk
        .indexing()
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    // The first must be at work, or the second takes the lock before it.
    let began = Instant::now();
    let at_work =
        || fs::read_to_string(desk.store().join("writer.lock")).is_ok_and(|pid| pid.trim() == first.id().to_string());
    while !at_work() {
        assert!(
            began.elapsed() < Duration::from_secs(60),
            "the first writer never took the lock"
        );
        std::thread::sleep(Duration::from_millis(2));
    }
    let mut told = false;
    while first.try_wait().expect("the child can be asked").is_none() && began.elapsed() < Duration::from_secs(60) {
        let second = desk.index();
        if second.code == Some(2) {
            assert!(
                second.stderr.contains(&first.id().to_string()),
                "who holds it: {}",
                second.stderr
            );
            told = true;
            break;
        }
    }
    assert!(told, "the second writer was never refused");
    // Reading goes on while another process writes.
    assert_eq!(desk.found("\"bảo vệ rừng\""), ["cao-bang/chi-thi.txt"]);
    first.wait().expect("the first writer ends");
    desk.index().ends_with(0);
}

#[test]
fn a_killed_run_leaves_the_last_commit() {
    let desk = Desk::indexed();
    fill(&desk, 1500);
    for wait in [30, 150, 400, 900] {
        let mut child = desk
            .indexing()
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        std::thread::sleep(Duration::from_millis(wait));
        let alive = child.try_wait().expect("the child can be asked").is_none();
        child.kill().expect("a child can be killed");
        child.wait().expect("a killed child ends");
        if !alive {
            break;
        }
        assert_eq!(
            desk.found("\"bảo vệ rừng\""),
            ["cao-bang/chi-thi.txt"],
            "killed after {wait} ms"
        );
        desk.verify().ends_with(0);
    }
    desk.index().ends_with(0);
    assert_eq!(desk.found("311-KH/BTGTU").len(), 1);
    let left: Vec<_> = files(&desk.store())
        .into_iter()
        .filter(|path| {
            path.file_name()
                .is_some_and(|name| name.to_string_lossy().contains(".tmp"))
        })
        .collect();
    assert!(left.is_empty(), "killed runs leave nothing behind: {left:?}");
}

#[test]
fn without_room_the_last_commit_stays() {
    let desk = Desk::indexed();
    fill(&desk, 40);
    // A bound on the size of files fails a write as a full disk does.
    let full = std::process::Command::new("bash")
        .args(["-c", "trap '' XFSZ; ulimit -f 2; exec \"$@\"", "bash"])
        .arg(command().get_program())
        .arg("index")
        .arg(desk.folder())
        .arg("--index")
        .arg(desk.store())
        .output()
        .expect("bash starts");
    let said = String::from_utf8_lossy(&full.stderr);
    assert_eq!(full.status.code(), Some(2), "{said}");
    assert!(!said.contains("panicked"), "{said}");
    assert_eq!(desk.found("\"bảo vệ rừng\""), ["cao-bang/chi-thi.txt"]);
    desk.index().ends_with(0).says(&["40 new"]);
}

#[test]
fn a_taken_port_is_told() {
    let desk = Desk::indexed();
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = taken.local_addr().expect("it has an address").to_string();
    let store = desk.store();
    run([
        Path::new("serve"),
        Path::new("--index"),
        &store,
        Path::new("--listen"),
        Path::new(&address),
    ])
    .ends_with(2)
    .says(&[&address]);
}

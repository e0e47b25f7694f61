//! The house keeps its plan: who may know whom, which package lives where, how long a file may grow.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms, each after those it may use.
const ROOMS: [&str; 5] = ["vietnamese", "corpus", "index", "web", "."];

/// Packages from outside that define a room, and the one manifest that may depend on them.
const AT_HOME: [(&str, &[&str]); 7] = [
    ("lindera", &["vietnamese"]),
    ("walkdir", &["corpus"]),
    ("tantivy", &["index"]),
    ("axum", &["web"]),
    ("tokio", &["web"]),
    ("clap", &[".", "vietnamese/train"]),
    ("indicatif", &[".", "vietnamese/train"]),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The packages that a manifest names, by table (`dependencies`, `dev-dependencies`, `build-dependencies`).
fn manifest(room: &str) -> BTreeMap<String, BTreeSet<String>> {
    let text = fs::read_to_string(root().join(room).join("Cargo.toml")).expect("a room has a manifest");
    let mut tables: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut table = String::new();
    for line in text.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix('[') {
            table = name.trim_end_matches(']').to_owned();
        } else if let Some((name, _)) = line.split_once('=')
            && table.ends_with("dependencies")
        {
            let package = name.trim().trim_matches('"').split('.').next().unwrap_or_default();
            tables.entry(table.clone()).or_default().insert(package.to_owned());
        }
    }
    tables
}

/// The source files of the house, with their paths inside it.
fn sources() -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, into: &mut Vec<(PathBuf, String)>) {
        for entry in fs::read_dir(folder).expect("a folder of the house can be read") {
            let path = entry.expect("a folder of the house can be read").path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if path.is_dir() && !name.starts_with('.') && name != "target" {
                walk(&path, into);
            } else if name.ends_with(".rs") {
                let inside = path.strip_prefix(root()).expect("the file is in the house").to_owned();
                into.push((inside, fs::read_to_string(&path).expect("a source file is text")));
            }
        }
    }
    let mut all = Vec::new();
    walk(root(), &mut all);
    all.sort();
    all
}

#[test]
fn arrows_point_to_the_left() {
    for (place, room) in ROOMS.iter().enumerate() {
        let used: BTreeSet<String> = manifest(room).into_values().flatten().collect();
        for later in &ROOMS[place..] {
            assert!(!used.contains(*later), "{room} must not depend on {later}");
        }
    }
    let train: BTreeSet<String> = manifest("vietnamese/train").into_values().flatten().collect();
    for room in ["index", "web"] {
        assert!(!train.contains(room), "vietnamese/train must not depend on {room}");
    }
}

#[test]
fn packages_stay_at_home() {
    for room in ROOMS.iter().copied().chain(["vietnamese/train"]) {
        for (table, used) in manifest(room) {
            // The workspace names the version of every package; benchmarks and tests may compare with what a user would pick.
            if table == "workspace.dependencies" || table == "dev-dependencies" {
                continue;
            }
            for (package, homes) in AT_HOME {
                let strange = used
                    .iter()
                    .find(|name| *name == package || name.starts_with(&format!("{package}-")));
                assert!(
                    strange.is_none() || homes.contains(&room),
                    "{package} belongs to {homes:?}, not to {room}"
                );
            }
        }
    }
}

#[test]
fn versions_stand_once() {
    for room in ROOMS
        .iter()
        .copied()
        .chain(["vietnamese/train"])
        .filter(|room| *room != ".")
    {
        let text = fs::read_to_string(root().join(room).join("Cargo.toml")).expect("a room has a manifest");
        let mut inside = false;
        for line in text
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
        {
            if line.starts_with('[') {
                inside = line.ends_with("dependencies]");
            } else if inside {
                assert!(
                    line.contains("workspace = true") || line.starts_with('"') || line.starts_with(']'),
                    "{room}: {line}"
                );
            }
        }
    }
}

#[test]
fn no_type_of_the_engine_leaves_the_index() {
    for (path, text) in sources() {
        if path.starts_with("index") || path.starts_with("benches") || path.starts_with("tests/it/house.rs") {
            continue;
        }
        assert!(!text.contains("tantivy::"), "{} speaks of the engine", path.display());
    }
}

#[test]
fn a_file_is_one_idea() {
    const BOUND: usize = 450;
    for (path, text) in sources() {
        let body = text.split("#[cfg(test)]").next().unwrap_or_default();
        let lines = body.lines().count();
        assert!(
            lines <= BOUND,
            "{} has {lines} lines without its tests; split it",
            path.display()
        );
    }
}

#[test]
fn nothing_is_left_undone() {
    // Written apart, so that this file does not find itself.
    let marks = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("to", "do!("),
        concat!("unimple", "mented!("),
    ];
    for (path, text) in sources() {
        for mark in marks {
            assert!(!text.contains(mark), "{} holds {mark}", path.display());
        }
    }
}

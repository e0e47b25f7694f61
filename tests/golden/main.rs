//! Tests as data: `stage/case.in.txt` beside `stage/case.out.txt`, to be read and corrected by whoever knows the documents.
//!
//! `UPDATE_EXPECT=1 cargo test --test golden` writes the outputs anew; the diff shows what changed.

// What cannot happen here fails the test, where it stands.
#![allow(clippy::unwrap_used)]

mod shown;

use std::path::{Path, PathBuf};

use vietnamese::restore::Restorer;

/// Runs `stage` over all its cases.
fn check(stage: &str, run: impl Fn(&str) -> String) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(stage);
    let mut inputs: Vec<PathBuf> = std::fs::read_dir(&folder)
        .expect("a stage has a folder")
        .map(|entry| entry.expect("the folder can be read").path())
        .filter(|path| path.to_string_lossy().ends_with(".in.txt"))
        .collect();
    inputs.sort();
    assert!(!inputs.is_empty(), "{stage} has no case");
    for input in inputs {
        let text = std::fs::read_to_string(&input).expect("a case is text");
        let output = input.to_string_lossy().replace(".in.txt", ".out.txt");
        expect_test::expect_file![PathBuf::from(output)].assert_eq(&run(&text));
    }
}

#[test]
fn normalize() {
    check("normalize", |text| vietnamese::normalize::normalize(text).into_owned());
}

#[test]
fn fold() {
    check("fold", vietnamese::fold::fold);
}

#[test]
fn restore() {
    let restorer = Restorer::new();
    check("restore", |scan| restorer.restore(scan).text);
}

#[test]
fn facts() {
    let restorer = Restorer::new();
    check("facts", |text| shown::facts(&shown::document(text, &restorer)));
}

#[test]
fn outline() {
    let restorer = Restorer::new();
    check("outline", |text| shown::outline(&shown::document(text, &restorer)));
}

//! The documents whose truth is known: the sample that comes with the repository, and the folder `../shared` where it is.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;

/// A document of the sample, beside its truth.
pub struct Sample {
    /// What is known of it.
    pub gold: Gold,
    /// The bytes of its file.
    pub bytes: Vec<u8>,
    /// What the paper says.
    pub truth: String,
}

/// The facts of a document as a person read them; a line of `metadata.jsonl`, in the forms of the outer contract.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Gold {
    /// Its file without ending.
    pub name: String,
    /// Its path in the corpus.
    pub path: String,
    /// How the file came about: `eng` and `vie` (scanned, read by that model), `clean`, `md`, `bare`, `tcvn3`, `utf16`,
    /// `cp1258`, `mixed` (scanned, then typed).
    pub form: String,
    pub number: Option<String>,
    pub kind: Option<String>,
    pub issuer: GoldIssuer,
    pub date: Option<String>,
    pub place: Option<String>,
    pub title: Option<String>,
    pub signatory: Option<String>,
    pub signatory_title: Option<String>,
    pub signed_for: Option<String>,
    pub basis: Vec<String>,
    pub cites: Vec<String>,
    pub topics: Vec<String>,
    pub deadline: Option<String>,
    pub not_before: Option<String>,
    pub not_after: Option<String>,
}

/// Who issued a document.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct GoldIssuer {
    pub name: Option<String>,
    pub level: Option<String>,
    pub province: Option<String>,
}

impl Gold {
    /// Whether a scanner stood between the paper and the file.
    pub fn is_scanned(&self) -> bool {
        matches!(self.form.as_str(), "eng" | "vie" | "mixed")
    }
}

/// The folder of the repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The folder of the sample corpus.
pub fn sample_folder() -> PathBuf {
    root().join("corpus/sample")
}

/// All documents of the sample, in the order of `metadata.jsonl`.
pub fn sample() -> Vec<Sample> {
    let here = root().join("tests/quality");
    lines(&here.join("metadata.jsonl"))
        .into_iter()
        .map(|line| {
            let gold: Gold = serde_json::from_value(line).expect("a line of metadata.jsonl holds facts");
            Sample {
                bytes: std::fs::read(sample_folder().join(&gold.path)).expect("the sample document is there"),
                truth: read(&here.join(format!("truth/{}.truth.txt", gold.name))),
                gold,
            }
        })
        .collect()
}

/// The folder of shared data beside the repository, on machines that have it.
pub fn shared() -> Option<PathBuf> {
    let folder = root().parent()?.join("shared");
    folder.join("dev").is_dir().then_some(folder)
}

/// The text of a file that must be there.
pub fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The lines of a JSON Lines file that must be there.
pub fn lines(path: &Path) -> Vec<Value> {
    read(path)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
        .collect()
}

/// The texts of a folder of `.txt` files, with their names, sorted; names end before the first dot.
pub fn texts(folder: &Path) -> Vec<(String, String)> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.expect("the folder can be read").path())
        .filter(|path| path.extension().is_some_and(|end| end == "txt"))
        .collect();
    files.sort();
    files
        .iter()
        .map(|path| {
            let name = path.file_name().expect("a listed file has a name").to_string_lossy();
            let name = name.split('.').next().unwrap_or_default().to_owned();
            (name, read(path))
        })
        .collect()
}

//! How fast scans are read, in megabytes (10^6 bytes) of scan a second of processor time on one thread.
//!
//! ```text
//! cargo bench -p vietnamese --bench restoring              the scans among the sample documents of the repository
//! cargo bench -p vietnamese --bench restoring -- SCANS     a file, or a folder with all its .txt files
//! ```
//!
//! Readings come with alternatives and confidences. What a token may be is found once and remembered: the longer a
//! folder, the more of its tokens are known. So the same texts are read twice: by a reader that knows none of them, and
//! again by the same reader.
//!
//! Clean texts among them pass as they are: as paragraphs, and in lines of a page, where they must
//! show that no engine wrote them.

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Instant;

use vietnamese::restore::{Condition, Restorer};

fn main() {
    let one_thread = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread();
    one_thread.build_global().expect("no pool was made before");
    let started = Instant::now();
    let restorer = Restorer::new();
    black_box(restorer.restore("Số 69-KH/BTGTU"));
    println!(
        "{:36} {:8.0} ms",
        "loading the model",
        started.elapsed().as_secs_f64() * 1e3
    );
    println!("{:36} {:>8}", "memory with the model", memory());

    let given = std::env::args().skip(1).find(|argument| !argument.starts_with("--"));
    let folder = given.map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../corpus/sample"),
        PathBuf::from,
    );
    let scans: Vec<String> = texts(&folder)
        .into_iter()
        .filter(|text| is_scanned(&restorer, text))
        .collect();
    println!("{} scans, {:.2} MB", scans.len(), size(&scans));
    if !scans.is_empty() {
        read(&restorer, &scans);
    }
    println!("{:36} {:>8}", "memory at the end", memory());
    pass(&restorer, &texts(&folder));
}

/// Reads scans.
fn read(restorer: &Restorer, scans: &[String]) {
    let megabytes = size(scans);
    let measure = |name: &str, work: &dyn Fn()| rate(name, megabytes, work);
    let read_all = |restorer: &Restorer| {
        for scan in scans {
            black_box(restorer.restore(scan));
        }
    };
    let hand = restorer.learn(scans.iter().map(String::as_str));
    let reader = restorer.with_hand(&hand);
    measure("learning the hand of the folder", &|| {
        black_box(restorer.learn(scans.iter().map(String::as_str)));
    });
    measure("reading", &|| read_all(&reader));
    measure("reading the same again", &|| read_all(&reader));
    measure("each by itself, its hand learned", &|| {
        for scan in scans {
            black_box(Restorer::new().restore_adapting(scan));
        }
    });
}

/// Lets the clean ones of these texts pass.
fn pass(restorer: &Restorer, texts: &[String]) {
    /// So many megabytes are enough to take the time of.
    const ENOUGH: f64 = 20.0;
    let is_clean = |text: &str| restorer.judge(text).iter().all(|j| j.condition == Condition::Clean);
    let clean = texts.iter().filter(|text| is_clean(text));
    let paragraphs = clean.map(|text| in_paragraphs(text));
    let paragraphs: Vec<String> = paragraphs.filter(|text| is_clean(text)).collect();
    if paragraphs.is_empty() {
        return;
    }
    let lines: Vec<String> = paragraphs.iter().map(|text| in_lines(text)).collect();
    let changed = lines
        .iter()
        .filter(|text| restorer.restore(text).text != **text)
        .count();
    println!(
        "{} clean texts, {:.2} MB; {changed} of them changed",
        lines.len(),
        size(&lines)
    );
    for (name, texts) in [
        ("clean paragraphs", &paragraphs),
        ("clean text in lines of a page", &lines),
    ] {
        let times = (ENOUGH / size(texts)).ceil();
        rate(name, size(texts) * times, &|| {
            for text in texts.iter().cycle().take(texts.len() * times as usize) {
                black_box(restorer.restore(text));
            }
        });
    }
}

/// The text with each paragraph in one line.
fn in_paragraphs(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let within = line.starts_with(char::is_lowercase) && !joined.is_empty();
        joined.push(if within { ' ' } else { '\n' });
        joined.push_str(line);
    }
    joined
}

/// The text in lines as they are set on a page.
fn in_lines(text: &str) -> String {
    const LONGEST: usize = 85;
    let mut set = String::with_capacity(text.len());
    for paragraph in text.lines() {
        let mut length = 0;
        for word in paragraph.split_whitespace() {
            let letters = word.chars().count();
            set.push(if length > 0 && length + letters < LONGEST {
                ' '
            } else {
                '\n'
            });
            length = if set.ends_with(' ') {
                length + 1 + letters
            } else {
                letters
            };
            set.push_str(word);
        }
    }
    set
}

/// Millions of bytes.
fn size(texts: &[String]) -> f64 {
    texts.iter().map(String::len).sum::<usize>() as f64 / 1e6
}

/// Prints how fast so many megabytes are worked through.
fn rate(name: &str, megabytes: f64, work: &dyn Fn()) {
    let started = processor_seconds();
    work();
    println!("{name:36} {:8.2} MB/s", megabytes / (processor_seconds() - started));
}

/// The texts of a file or of a folder and those below it, in order of their names.
fn texts(path: &Path) -> Vec<String> {
    if path.is_file() {
        return fs::read_to_string(path).into_iter().collect();
    }
    let entries = fs::read_dir(path).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    paths
        .iter()
        .filter(|path| path.is_dir() || path.extension().is_some_and(|ending| ending == "txt"))
        .flat_map(|path| texts(path))
        .collect()
}

/// Whether most of a text was scanned by an engine made for English.
fn is_scanned(restorer: &Restorer, text: &str) -> bool {
    let judgements = restorer.restore(text).judgements;
    let scanned = judgements.iter().filter(|j| j.condition == Condition::ScannedEnglish);
    2 * scanned.map(|j| j.scan.range().len()).sum::<usize>() > text.len()
}

/// What the process holds in memory, where the kernel tells it.
fn memory() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS"));
    line.map_or_else(String::new, |line| line.trim_start_matches("VmRSS:").trim().to_owned())
}

/// The processor time of this thread, in seconds, where the kernel tells it; else the time on the wall.
fn processor_seconds() -> f64 {
    static STARTED: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|line| line.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(
        || STARTED.get_or_init(Instant::now).elapsed().as_secs_f64(),
        |ns| ns / 1e9,
    )
}

//! Measures a model: how much it reads rightly, what it harms, how honest its confidence is, how fast it is.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::corpus;
use unicode_normalization::UnicodeNormalization;
use vietnamese::restore::letters;
use vietnamese::restore::words::canonical;
use vietnamese::restore::{Restored, Restorer, Weights};

/// What is measured.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Clean text to measure on instead, as the trainer reads it: its documents held out of training are restored as
    /// they are, and with their marks taken off.
    #[arg(long, conflicts_with_all = ["scans", "truths"])]
    clean: Vec<PathBuf>,
    /// A scan, or a folder of scans: `NAME.txt` or `NAME.ocr.txt`.
    #[arg(required_unless_present = "clean")]
    scans: Option<PathBuf>,
    /// Its truth, or the folder of `NAME.truth.txt`.
    #[arg(required_unless_present = "clean")]
    truths: Option<PathBuf>,
    /// The model; the built-in one unless told.
    #[arg(long)]
    model: Option<PathBuf>,
    /// Compares line by line: scan and truth have the same lines.
    #[arg(long)]
    lines: bool,
    /// How many of the commonest errors to print.
    #[arg(long, default_value_t = 0)]
    errors: usize,
    /// Learns the scanner's hand from all scans first.
    #[arg(long)]
    adapt: bool,
    /// Restores each document with what it teaches itself.
    #[arg(long)]
    alone: bool,
    /// Weights of language and channel, and the temperature, as in `0.9,0.9,0.75`.
    #[arg(long, value_delimiter = ',')]
    weights: Vec<f32>,
    /// Prints the figure of each document.
    #[arg(long)]
    each: bool,
    /// Takes only documents whose name ends so.
    #[arg(long, default_value = "")]
    ending: String,
}

/// Measures and prints.
pub fn run(args: &Arguments) -> Result<()> {
    let started = std::time::Instant::now();
    let mut restorer = match &args.model {
        Some(path) => Restorer::from_model(&std::fs::read(path)?)?,
        None => Restorer::new(),
    };
    println!("model ready in {} ms", started.elapsed().as_millis());
    if let &[language, channel, temperature] = &args.weights[..] {
        restorer = restorer.with_weights(Weights {
            language,
            channel,
            temperature,
        });
    }
    let mut score = Score::default();
    let mut cases = match (&args.scans, &args.truths) {
        (Some(scans), Some(truths)) => cases(scans, truths)?,
        _ => unmarked(&restorer, &args.clean)?,
    };
    cases.retain(|case| case.name.ends_with(&args.ending));
    if args.adapt {
        let started = Instant::now();
        restorer = restorer.with_hand(&restorer.learn(cases.iter().map(|c| c.scan.as_str())));
        println!("hand learned in {} ms", started.elapsed().as_millis());
    }
    for case in cases {
        let accuracy = score.add(&restorer, &case, args);
        if args.each {
            println!("{accuracy:.4}  {}", case.name);
        }
    }
    score.print(args.errors);
    Ok(())
}

/// A scan and what its page says.
#[derive(Debug)]
pub struct Case {
    /// Its name.
    pub name: String,
    /// What was scanned.
    pub scan: String,
    /// What the page says.
    pub truth: String,
}

/// The scans of a folder that have a truth: `NAME.txt` or `NAME.ocr.txt`, and `NAME.truth.txt`.
pub fn cases(scans: &Path, truths: &Path) -> Result<Vec<Case>> {
    if scans.is_file() {
        let read = |path: &Path| fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()));
        return Ok(vec![Case {
            name: scans.display().to_string(),
            scan: read(scans)?,
            truth: read(truths)?,
        }]);
    }
    let mut paths: Vec<_> = fs::read_dir(scans)
        .with_context(|| format!("cannot read {}", scans.display()))?
        .map(|e| Ok(e?.path()))
        .collect::<Result<_>>()?;
    paths.sort();
    let mut all = Vec::new();
    for path in paths {
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if file.ends_with(".truth.txt") {
            continue;
        }
        let Some(name) = file.strip_suffix(".ocr.txt").or_else(|| file.strip_suffix(".txt")) else {
            continue;
        };
        let Ok(truth) = fs::read_to_string(truths.join(format!("{name}.truth.txt"))) else {
            continue;
        };
        all.push(Case {
            name: name.to_owned(),
            scan: fs::read_to_string(&path)?,
            truth,
        });
    }
    if all.is_empty() {
        bail!(
            "no NAME.txt of {} has a NAME.truth.txt in {}",
            scans.display(),
            truths.display()
        );
    }
    Ok(all)
}

/// Restores clean text as it is and prints what changed and how fast; returns it with its marks taken off.
fn unmarked(restorer: &Restorer, sources: &[PathBuf]) -> Result<Vec<Case>> {
    let (mut documents, mut changed, mut bytes) = (0, 0, 0);
    let mut took = Duration::ZERO;
    let mut cases = Vec::new();
    for source in sources {
        for document in corpus::documents(source)? {
            if !corpus::is_held_out(&document.id) {
                continue;
            }
            let truth = document.paragraphs.join("\n\n");
            let started = busy();
            let restored = restorer.restore(&truth);
            took += busy() - started;
            documents += 1;
            bytes += truth.len();
            if restored.text != truth {
                changed += 1;
                println!("changed: {}", document.id);
            }
            let scan: String = truth.nfc().map(bare).collect();
            for (number, (scan, truth)) in scan.split("\n\n").zip(truth.split("\n\n")).enumerate().take(40) {
                if scan.len() > 200 && scan.len() < 20_000 && scan.is_ascii() {
                    cases.push(Case {
                        name: format!("{}-{number}", document.id),
                        scan: scan.into(),
                        truth: truth.into(),
                    });
                }
            }
        }
    }
    let speed = bytes as f64 / 1e6 / took.as_secs_f64();
    println!("clean text: {documents} documents, {changed} changed, {speed:.1} MB/s");
    Ok(cases)
}

/// A letter without its marks, in the same case.
fn bare(c: char) -> char {
    match letters::letter(c) {
        Some(letter) if c.is_uppercase() => letters::bare(letter).to_ascii_uppercase() as char,
        Some(letter) => letters::bare(letter) as char,
        None => match c {
            '“' | '”' => '"',
            '‘' | '’' => '\'',
            '–' | '—' => '-',
            '…' => '.',
            '\u{A0}' => ' ',
            c => c,
        },
    }
}

/// The syllables of a text, as they are scored: runs of letters or digits, with where they stand.
pub fn syllables(text: &str) -> Vec<(String, usize, usize)> {
    let mut all = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                all.push((canonical(&text[from..at]), from, at));
                start = None;
            }
            _ => {}
        }
    }
    all
}

/// How long this thread has computed, or, where the system does not tell, how long the program has run.
///
/// On a busy machine only the first is the program's own speed.
fn busy() -> Duration {
    static STARTED: LazyLock<Instant> = LazyLock::new(Instant::now);
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|t| t.split(' ').next().and_then(|n| n.parse().ok()));
    nanoseconds.map_or_else(|| STARTED.elapsed(), Duration::from_nanos)
}

/// The edit distance of two rows of syllables, and for each of `b` whether it is matched by an equal one, and by which.
pub fn align(a: &[&str], b: &[&str]) -> (usize, Vec<(usize, usize)>) {
    let (n, m) = (a.len(), b.len());
    let width = m + 1;
    let mut cost = vec![0u32; (n + 1) * width];
    for (j, first) in cost[..width].iter_mut().enumerate() {
        *first = j as u32;
    }
    for i in 1..=n {
        cost[i * width] = i as u32;
        for j in 1..=m {
            let change = cost[(i - 1) * width + j - 1] + u32::from(a[i - 1] != b[j - 1]);
            cost[i * width + j] = change
                .min(cost[(i - 1) * width + j] + 1)
                .min(cost[i * width + j - 1] + 1);
        }
    }
    let (mut i, mut j) = (n, m);
    let mut pairs = Vec::new();
    while i > 0 && j > 0 {
        let here = cost[i * width + j];
        if here == cost[(i - 1) * width + j - 1] + u32::from(a[i - 1] != b[j - 1]) {
            if a[i - 1] == b[j - 1] {
                pairs.push((i - 1, j - 1));
            }
            (i, j) = (i - 1, j - 1);
        } else if here == cost[(i - 1) * width + j] + 1 {
            i -= 1;
        } else {
            j -= 1;
        }
    }
    pairs.reverse();
    (cost[n * width + m] as usize, pairs)
}

/// Sums over cases.
#[derive(Debug, Default)]
pub struct Score {
    syllables: usize,
    edits: usize,
    scan_edits: usize,
    harmed: usize,
    /// Readings by tenths of confidence (the last tenth in hundredths): right and all.
    bins: Vec<(usize, usize)>,
    /// How often the truth stands among reading and alternatives where the best is wrong.
    rescued: usize,
    alternatives: usize,
    took: Duration,
    bytes: usize,
    confusions: Confusions,
    /// The same of what was right in the scan.
    harms: Confusions,
}

/// How often something was read as something else.
type Confusions = std::collections::BTreeMap<(String, String), usize>;

const EDGES: [f32; 11] = [0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.999];

impl Score {
    /// Adds one case.
    pub fn add(&mut self, restorer: &Restorer, case: &Case, args: &Arguments) -> f64 {
        let started = busy();
        let restored = if args.alone {
            restorer.restore_adapting(&case.scan)
        } else {
            restorer.restore(&case.scan)
        };
        self.took += busy() - started;
        self.bytes += case.scan.len();
        self.bins.resize(EDGES.len(), (0, 0));
        let before = (self.edits, self.syllables);
        if args.lines {
            let mut at = 0;
            let rows = case
                .truth
                .split('\n')
                .zip(restored.text.split('\n'))
                .zip(case.scan.split('\n'));
            for ((truth, read), scan) in rows {
                self.compare(truth, read, at, scan, &restored);
                at += read.len() + 1;
            }
        } else {
            self.compare(&case.truth, &restored.text, 0, &case.scan, &restored);
        }
        1.0 - (self.edits - before.0) as f64 / (self.syllables - before.1).max(1) as f64
    }

    fn compare(&mut self, truth: &str, read: &str, offset: usize, scan: &str, restored: &Restored) {
        let (gold, got, raw) = (syllables(truth), syllables(read), syllables(scan));
        let words = |row: &[(String, usize, usize)]| row.iter().map(|s| s.0.clone()).collect::<Vec<_>>();
        let (gold_words, got_words, raw_words) = (words(&gold), words(&got), words(&raw));
        fn views(row: &[String]) -> Vec<&str> {
            row.iter().map(String::as_str).collect()
        }
        let (edits, pairs) = align(&views(&gold_words), &views(&got_words));
        let (scan_edits, was) = align(&views(&gold_words), &views(&raw_words));
        self.syllables += gold.len();
        self.edits += edits;
        self.scan_edits += scan_edits;
        let right: HashSet<usize> = pairs.iter().map(|p| p.0).collect();
        self.harmed += was.iter().filter(|p| !right.contains(&p.0)).count();
        for &(i, _) in was.iter().filter(|p| !right.contains(&p.0)) {
            let gap = pairs.partition_point(|p| p.0 < i);
            let from = gap.checked_sub(1).map_or(0, |before| pairs[before].1 + 1);
            let to = pairs.get(gap).map_or(got.len(), |behind| behind.1);
            let wrong = got_words[from..to]
                .iter()
                .take(5)
                .cloned()
                .collect::<Vec<_>>()
                .join(" ");
            *self.harms.entry((gold_words[i].clone(), wrong)).or_default() += 1;
        }
        let matched: HashSet<usize> = pairs.iter().map(|p| p.1).collect();
        let mut last = (0, 0);
        for &(i, j) in pairs.iter().chain([&(gold.len(), got.len())]) {
            let (missed, wrong) = (gold_words[last.0..i].join(" "), got_words[last.1..j].join(" "));
            if (!missed.is_empty() || !wrong.is_empty()) && i - last.0 < 6 {
                *self.confusions.entry((missed, wrong)).or_default() += 1;
            }
            last = (i + 1, j + 1);
        }
        let mut next = 0;
        for reading in &restored.readings {
            let (start, end) = (reading.text.start as usize, reading.text.end as usize);
            if start < offset || end > offset + read.len() {
                continue;
            }
            while next < got.len() && got[next].2 + offset <= start {
                next += 1;
            }
            let inside: Vec<usize> = (next..got.len()).take_while(|&k| got[k].1 + offset < end).collect();
            if inside.is_empty() {
                continue;
            }
            let good = inside.iter().all(|k| matched.contains(k));
            let bin = EDGES.iter().rposition(|&edge| reading.confidence >= edge).unwrap_or(0);
            self.bins[bin].0 += usize::from(good);
            self.bins[bin].1 += 1;
            self.alternatives += reading.alternatives.len();
            if !good {
                let anywhere = |text: &str| {
                    let near = gold_words.iter().any(|g| g == text);
                    near && self
                        .confusions
                        .keys()
                        .any(|(missed, _)| missed.split(' ').any(|m| m == text))
                };
                self.rescued += usize::from(reading.alternatives.iter().any(|a| anywhere(&canonical(&a.text))));
            }
        }
    }

    /// Prints what was found.
    pub fn print(&self, errors: usize) {
        let n = self.syllables.max(1) as f64;
        println!(
            "syllables {}  restored {:.4}  scan {:.4}  harm {:.4}",
            self.syllables,
            1.0 - self.edits as f64 / n,
            1.0 - self.scan_edits as f64 / n,
            self.harmed as f64 / n
        );
        let (mut sure, mut sure_right) = (0, 0);
        for (edge, &(right, all)) in EDGES.iter().zip(&self.bins) {
            if all > 0 {
                println!(
                    "  confidence from {edge:<5}: {all:6} readings, {:.4} right",
                    right as f64 / all as f64
                );
            }
            if *edge >= 0.9 {
                sure += all;
                sure_right += right;
            }
        }
        let wrong: usize = self.bins.iter().map(|(right, all)| all - right).sum();
        println!(
            "  from 0.9: {sure} readings, {:.4} right",
            sure_right as f64 / sure.max(1) as f64
        );
        println!(
            "  {} alternatives; {} of {wrong} wrong readings have the truth among them",
            self.alternatives, self.rescued
        );
        let seconds = self.took.as_secs_f64();
        println!(
            "  {} bytes in {seconds:.3} s: {:.2} MB/s",
            self.bytes,
            self.bytes as f64 / 1e6 / seconds
        );
        for (name, all) in [("read", &self.confusions), ("right in the scan, read", &self.harms)] {
            let mut worst: Vec<_> = all.iter().collect();
            worst.sort_by(|a, b| b.1.cmp(a.1));
            for ((truth, wrong), times) in worst.into_iter().take(errors) {
                println!("  {times:4} × '{truth}' {name} as '{wrong}'");
            }
        }
    }
}

//! How fast papers are read, stage by stage, on one thread.
//!
//! ```text
//! cargo bench -p corpus                    the sample documents of the repository
//! cargo bench -p corpus -- TEXTS           a file of texts, each behind a line that begins with #DOC
//! ```
//!
//! Speeds are in megabytes (10^6 bytes) of text a second; the last column is the stage's share of the whole.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use corpus::crawl::{Limits, crawl};
use corpus::layout::{Layout, layout};
use corpus::{Paper, extract, metadata, outline};
use vietnamese::restore::{Restored, Restorer};

/// The sample is small: it is read so many times over.
const SAMPLE_ROUNDS: usize = 8;

fn main() {
    let given = std::env::args().skip(1).find(|argument| !argument.starts_with("--"));
    let files: Vec<Vec<u8>> = match &given {
        Some(path) => texts(&fs::read_to_string(path).expect("the file of texts can be read")),
        None => sample(),
    };
    let megabytes = files.iter().map(Vec::len).sum::<usize>() as f64 / 1e6;
    println!("{} documents, {megabytes:.1} MB", files.len());

    let restorer = Restorer::new();
    let (texts, extracting) = timed(|| {
        files
            .iter()
            .filter_map(|bytes| extract::text(bytes).ok())
            .collect::<Vec<_>>()
    });
    let (mut layouts, laying) = timed(|| texts.iter().map(|text| layout(text, &[])).collect::<Vec<Layout>>());
    let (outlines, outlining) = timed(|| {
        let pairs = texts.iter().zip(&mut layouts);
        pairs
            .map(|(text, layout)| outline::sections(text, &mut layout.blocks))
            .collect::<Vec<_>>()
    });
    let (_, working) = timed(|| {
        let parts = texts.iter().zip(&layouts).zip(&outlines);
        parts
            .map(|((text, layout), outline)| outline::tasks(text, &layout.blocks, outline).len())
            .sum::<usize>()
    });
    let (_, restoring) = timed(|| {
        texts
            .iter()
            .map(|text| restorer.restore(text).text.len())
            .sum::<usize>()
    });
    let (_, understanding) = facts(&texts, &restorer);
    let (_, whole) = timed(|| {
        files
            .iter()
            .filter_map(|bytes| corpus::read(bytes, &restorer).ok())
            .count()
    });

    let stages = [
        ("extract", extracting),
        ("restore", restoring),
        ("layout", laying),
        ("outline", outlining),
        ("tasks", working),
        ("facts and citations", understanding),
        ("all", whole),
    ];
    for (name, took) in stages {
        let speed = megabytes / took.as_secs_f64();
        let share = took.as_secs_f64() / whole.as_secs_f64() * 100.0;
        println!("{name:<30} {speed:>8.1} MB/s {share:>6.1} %");
    }
    let ratio = understanding.as_secs_f64() / restoring.as_secs_f64();
    println!("facts and citations take {ratio:.3} of the time of restoring");
}

/// Reads facts and citations out of texts that were restored, laid out and outlined before.
fn facts(texts: &[String], restorer: &Restorer) -> (usize, Duration) {
    let restored: Vec<Restored> = texts.iter().map(|text| restorer.restore(text)).collect();
    let cut: Vec<(Layout, Vec<outline::Section>)> = restored
        .iter()
        .map(|restored| {
            let mut layout = layout(&restored.text, &restored.judgements);
            let outline = outline::sections(&restored.text, &mut layout.blocks);
            (layout, outline)
        })
        .collect();
    timed(|| {
        let papers = texts.iter().zip(&restored).zip(&cut);
        papers
            .map(|((scan, restored), (layout, outline))| {
                let paper = Paper {
                    restorer,
                    text: &restored.text,
                    scan,
                    readings: &restored.readings,
                    judgements: &restored.judgements,
                    blocks: &layout.blocks,
                    outline,
                };
                metadata::read_with_citations(&paper).1.len()
            })
            .sum::<usize>()
    })
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let begin = Instant::now();
    let done = work();
    (done, begin.elapsed())
}

fn texts(all: &str) -> Vec<Vec<u8>> {
    let behind_title = |text: &str| {
        text.split_once('\n')
            .map_or_else(Vec::new, |(_, text)| text.as_bytes().to_vec())
    };
    all.split("#DOC\t")
        .map(behind_title)
        .filter(|text| !text.is_empty())
        .collect()
}

fn sample() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample");
    let files = crawl(&[folder], Limits::default()).expect("the sample is part of the repository");
    let once: Vec<Vec<u8>> = files
        .flatten()
        .filter_map(|file| file.read(Limits::default()).ok())
        .map(|(bytes, _)| bytes)
        .collect();
    std::iter::repeat_n(once, SAMPLE_ROUNDS).flatten().collect()
}

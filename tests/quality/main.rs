//! Quality as a golden file: what the engine reads and finds, measured on documents whose truth is known.
//!
//! `scoreboard.txt` keeps the figures. The sample comes with the repository; the other sections are measured where a folder
//! `shared` lies beside it. What was wrong is printed: `cargo test --test quality -- --nocapture`.

// What cannot happen here fails the test, where it stands.
#![allow(clippy::unwrap_used)]

mod data;
mod invented;
mod metadata;
mod metric;
mod outline;
mod phrases;
mod restoring;
mod scoreboard;
mod segmenting;

use std::path::Path;

use corpus::Document;
use corpus::signers::{Signer, Signers};
use vietnamese::restore::Restorer;

use data::{Gold, Sample};
use restoring::Pair;
use scoreboard::{Line, Section};

#[test]
fn the_scoreboard_stands() {
    let sample = data::sample();
    // Each section by itself takes seconds: all at once they take as long as the longest.
    let sections = std::thread::scope(|scope| {
        let sample = &sample;
        let shared = |title, measure: fn(&Path) -> Vec<Line>| {
            let folder = data::shared();
            scope.spawn(move || Section::new(title, folder.as_deref().map(measure)))
        };
        let own = |title, measure: fn(&[Sample]) -> Vec<Line>| {
            scope.spawn(move || Section::new(title, Some(measure(sample))))
        };
        [
            own("sample, restoring", sample_restoring),
            own("sample, facts", sample_facts),
            own("sample, outline and tasks", sample_outline),
            own("texts that are no documents", own_texts),
            own("sample, phrase search", sample_phrases),
            shared("shared, restoring", shared_restoring),
            shared("shared, facts", shared_facts),
            shared("shared, texts that are no documents", shared_texts),
            shared("shared, phrase search", shared_phrases),
            shared("shared, words", shared_words),
        ]
        .map(|section| section.join().expect("a section is measured"))
    });
    scoreboard::check(&data::root().join("tests/quality/scoreboard.txt"), &sections);
}

/// The scans of the sample in the two hands, and the clean texts that must stay as they are.
fn sample_restoring(sample: &[Sample]) -> Vec<Line> {
    let pairs = |forms: &[&str]| -> Vec<Pair> {
        sample
            .iter()
            .filter(|document| forms.contains(&document.gold.form.as_str()))
            .map(|document| Pair {
                scan: decoded(document),
                truth: document.truth.clone(),
                by_line: false,
            })
            .collect()
    };
    let (english, vietnamese) = (pairs(&["eng", "mixed"]), pairs(&["vie"]));
    let restorer = Restorer::new();
    let noisy = english.iter().chain(&vietnamese).map(|pair| pair.scan.as_str());
    let adapted = restorer.with_hand(&restorer.learn(noisy));
    let mut lines = vec![restoring::measure_alone("English scans", &english, &restorer)];
    lines.extend(restoring::measure("English scans", &english, &adapted, Some(">= 0.97")));
    lines.extend(restoring::measure(
        "Vietnamese scans",
        &vietnamese,
        &adapted,
        Some("more than in the scan"),
    ));
    lines.extend(restoring::measure(
        "typed without marks",
        &pairs(&["bare"]),
        &adapted,
        Some(">= 0.97"),
    ));
    lines.push(unchanged(&pairs(&["clean", "tcvn3", "utf16", "cp1258"]), &adapted));
    lines
}

/// The text of a file of the sample as the corpus decodes it.
fn decoded(document: &Sample) -> String {
    corpus::extract::text(&document.bytes).unwrap_or_else(|error| panic!("{}: {error}", document.gold.path))
}

/// The share of clean texts that restoring leaves byte for byte as they are.
fn unchanged(pairs: &[Pair], restorer: &Restorer) -> Line {
    let same = pairs
        .iter()
        .filter(|pair| {
            let restored = restorer.restore(&pair.scan).text;
            for (after, before) in restored
                .lines()
                .zip(pair.scan.lines())
                .filter(|(after, before)| after != before)
            {
                println!("clean text changed: {before:?} -> {after:?}");
            }
            restored == pair.scan
        })
        .count();
    scoreboard::aimed(
        "clean texts left as they are",
        same as f64 / pairs.len().max(1) as f64,
        ">= 1",
    )
}

/// The facts of the sample, clean and scanned apart.
fn sample_facts(sample: &[Sample]) -> Vec<Line> {
    let adapted = adapted_to(sample);
    let (mut clean, mut scanned) = (metadata::Score::default(), metadata::Score::default());
    let documents = sample
        .iter()
        .map(|document| read(&document.bytes, &adapted, &document.gold.path));
    let mut documents: Vec<Document> = documents.collect();
    for (Sample { gold, .. }, document) in sample.iter().zip(&documents) {
        let score = if gold.is_scanned() { &mut scanned } else { &mut clean };
        score.count(gold, document);
    }
    let mut lines = clean.lines("clean", ">= 0.99");
    lines.extend(scanned.lines("scanned", ">= 0.97"));

    let mut signers = Signers::default();
    signers.add(documents.iter().filter_map(Signer::of));
    let mut by_folder = metadata::Score::default();
    for (Sample { gold, .. }, document) in sample
        .iter()
        .zip(&mut documents)
        .filter(|(one, _)| one.gold.is_scanned())
    {
        signers.lend(document, &adapted);
        by_folder.count_signatory(gold, document);
    }
    lines.extend(by_folder.lines("scanned, by folder", ">= 0.97"));
    lines
}

/// A restorer that knows the hands of the sample's scanners.
fn adapted_to(sample: &[Sample]) -> Restorer {
    let restorer = Restorer::new();
    let scanned = sample.iter().filter(|document| document.gold.is_scanned());
    let noisy: Vec<String> = scanned.map(decoded).collect();
    restorer.with_hand(&restorer.learn(noisy.iter().map(String::as_str)))
}

/// The sections and tasks of the sample, clean and scanned apart.
fn sample_outline(sample: &[Sample]) -> Vec<Line> {
    let adapted = adapted_to(sample);
    let (mut clean, mut scanned) = (outline::Score::default(), outline::Score::default());
    for line in data::lines(&data::root().join("tests/quality/outline.jsonl")) {
        let gold: outline::Gold =
            serde_json::from_value(line).expect("a line of outline.jsonl holds sections and tasks");
        let document = sample
            .iter()
            .find(|document| document.gold.name == gold.name)
            .expect("the document is in the sample");
        let score = if document.gold.is_scanned() {
            &mut scanned
        } else {
            &mut clean
        };
        score.count(&gold, &read(&document.bytes, &adapted, &document.gold.path));
    }
    let mut lines = clean.lines("clean");
    lines.extend(scanned.lines("scanned"));
    lines
}

/// A shopping list, a poem and their like: our own writing.
fn own_texts(_: &[Sample]) -> Vec<Line> {
    let texts: Vec<String> = data::texts(&data::root().join("tests/quality/other"))
        .into_iter()
        .map(|(_, text)| text)
        .collect();
    invented::measure("own texts", &texts)
}

/// Five hundred paragraphs of news, law, encyclopedia and journals.
fn shared_texts(folder: &Path) -> Vec<Line> {
    let names = [
        "news-general",
        "legal-articles",
        "legal-laws",
        "wiki-2025",
        "political-journal",
    ];
    let files = names.map(|name| folder.join(format!("corpora/{name}.txt.gz")));
    let files: Vec<&Path> = files.iter().map(std::path::PathBuf::as_path).collect();
    invented::measure("paragraphs", &invented::paragraphs(&files, 500))
}

fn read(bytes: &[u8], restorer: &Restorer, path: &str) -> Document {
    corpus::read(bytes, restorer).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Phrases out of the truth of the sample, asked of its index.
fn sample_phrases(sample: &[Sample]) -> Vec<Line> {
    let truth: Vec<(String, String)> = sample
        .iter()
        .map(|document| (document.gold.name.clone(), document.truth.clone()))
        .collect();
    phrases::measure("sample", &data::sample_folder(), &phrases::make(&truth, 300))
}

/// The real scan whose gold is known, and the drawn State documents.
fn shared_restoring(folder: &Path) -> Vec<Line> {
    let restorer = Restorer::new();
    let seeds = data::texts(&folder.join("seeds"));
    let gold = data::read(&folder.join("dev/seed-000/gold.txt"));
    let real: Vec<Pair> = seeds
        .iter()
        .filter(|(name, _)| name.starts_with("000_"))
        .map(|(_, scan)| Pair {
            scan: scan.clone(),
            truth: gold.clone(),
            by_line: true,
        })
        .collect();
    let of_seeds = restorer.with_hand(&restorer.learn(seeds.iter().map(|(_, scan)| scan.as_str())));
    let mut lines = vec![restoring::measure_alone("seed 000", &real, &restorer)];
    lines.extend(restoring::measure("seed 000", &real, &of_seeds, Some(">= 0.98")));

    let official = official(folder);
    let of_official = restorer.with_hand(&restorer.learn(official.iter().map(|pair| pair.scan.as_str())));
    lines.extend(restoring::measure(
        "dev/official",
        &official,
        &of_official,
        Some(">= 0.97"),
    ));
    lines
}

fn official(folder: &Path) -> Vec<Pair> {
    let truth = data::texts(&folder.join("dev/official/truth"));
    data::texts(&folder.join("dev/official/scans"))
        .into_iter()
        .zip(truth)
        .map(|((name, scan), (same, truth))| {
            assert_eq!(name, same, "each scan has its truth");
            Pair {
                scan,
                truth,
                by_line: false,
            }
        })
        .collect()
}

/// The four seeds as the outer contract names their facts, and the headers of the State documents.
fn shared_facts(folder: &Path) -> Vec<Line> {
    let restorer = Restorer::new();
    let seeds = data::texts(&folder.join("seeds"));
    let adapted = restorer.with_hand(&restorer.learn(seeds.iter().map(|(_, scan)| scan.as_str())));
    let mut score = metadata::Score::default();
    for line in data::lines(&data::root().join("tests/quality/seeds.jsonl")) {
        let gold: Gold = serde_json::from_value(line).expect("a line of seeds.jsonl holds facts");
        let (_, scan) = seeds
            .iter()
            .find(|(name, _)| name.starts_with(&gold.name))
            .expect("the seed is there");
        score.count(&gold, &read(scan.as_bytes(), &adapted, &gold.name));
    }
    let mut lines = score.lines("seeds", ">= 1");

    let official = data::texts(&folder.join("dev/official/scans"));
    let adapted = restorer.with_hand(&restorer.learn(official.iter().map(|(_, scan)| scan.as_str())));
    let mut score = metadata::Score::default();
    for line in data::lines(&folder.join("dev/official/metadata.jsonl")) {
        let gold: Gold = serde_json::from_value(line).expect("a line of metadata.jsonl holds facts");
        let (_, scan) = official
            .iter()
            .find(|(name, _)| *name == gold.name)
            .expect("the document is there");
        score.count_header(&gold, &read(scan.as_bytes(), &adapted, &gold.name));
    }
    lines.extend(score.lines("dev/official", ">= 0.97"));
    lines
}

/// Phrases with known answers, asked of an index of each folder of scans.
fn shared_phrases(folder: &Path) -> Vec<Line> {
    let mut lines = Vec::new();
    for name in ["dev/seed-000", "dev/official"] {
        let queries: Vec<phrases::Query> = data::lines(&folder.join(name).join("queries.jsonl"))
            .into_iter()
            .map(|line| phrases::Query {
                phrase: line["q"].as_str().expect("a query has words").to_owned(),
                marked: line["kind"] == "marked",
                relevant: serde_json::from_value(line["relevant"].clone()).expect("a query has answers"),
            })
            .collect();
        lines.extend(phrases::measure(name, &folder.join(name).join("scans"), &queries));
    }
    lines
}

/// Words cut by hand in the test part of a treebank.
fn shared_words(folder: &Path) -> Vec<Line> {
    segmenting::measure(
        "treebank",
        &folder.join("lists/treebank-ud-vtb/vi_vtb-ud-test.conllu.gz"),
    )
}

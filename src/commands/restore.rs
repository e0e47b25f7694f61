//! `vankien restore`: scanned text in, restored text out, line for line.

use std::fs::File;
use std::io::{IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use corpus::crawl::{FoundFile, Limits, crawl};
use serde_json::json;
use vietnamese::restore::{Condition, Reading, Restored, Restorer};

use crate::cli;

/// Runs the verb.
pub fn run(options: &cli::Restore) -> Result<ExitCode> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let restorer = Restorer::new();
    let known = options
        .index
        .as_deref()
        .map(|index| hand_of(index, &restorer))
        .transpose()?
        .flatten();
    match &options.source {
        Some(folder) if folder.is_dir() => {
            let texts = texts_of(folder)?;
            if texts.is_empty() {
                eprintln!("{} holds no .txt, .text or .md file that can be read", folder.display());
                return Ok(super::found(false));
            }
            let restorer = known.unwrap_or_else(|| learned(&restorer, &texts));
            for (path, scan) in &texts {
                if !options.json {
                    writeln!(out, "==> {path} <==")?;
                }
                print(&mut out, Some(path), scan, &restorer.restore(scan), options.json)?;
            }
        }
        source => {
            let scan = read(source.as_deref())?;
            let restored = match (known, &options.learn_from) {
                (Some(restorer), _) => restorer.restore(&scan),
                (None, Some(folder)) => learned(&restorer, &texts_of(folder)?).restore(&scan),
                (None, None) => restorer.restore_adapting(&scan),
            };
            print(&mut out, None, &scan, &restored, options.json)?;
        }
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// The restorer, reading with the hand that the index has learned; none if it has learned none, and says so.
fn hand_of(index: &Path, restorer: &Restorer) -> Result<Option<Restorer>> {
    let hand = index::learned_hand(index)?;
    if hand.is_none() {
        eprintln!(
            "the index in {} has too little scanned text to have learned from",
            index.display()
        );
    }
    Ok(hand.map(|hand| restorer.with_hand(&hand)))
}

/// The restorer, reading with what the texts tell of their scanner.
fn learned(restorer: &Restorer, texts: &[(String, String)]) -> Restorer {
    restorer.with_hand(&restorer.learn(texts.iter().map(|(_, text)| text.as_str())))
}

/// The texts of a folder with their paths; what cannot be read is told and left out.
fn texts_of(folder: &Path) -> Result<Vec<(String, String)>> {
    let limits = Limits::default();
    let mut texts = Vec::new();
    for found in crawl(&[folder.to_owned()], limits)? {
        match found {
            Ok(file) => match text_of(&file, limits) {
                Ok(text) => texts.push((file.path, text)),
                Err(error) => eprintln!("not read: {}: {error:#}", file.path),
            },
            Err(skipped) => eprintln!("not read: {}: {}", skipped.path, skipped.reason),
        }
    }
    Ok(texts)
}

fn text_of(file: &FoundFile, limits: Limits) -> Result<String> {
    let (bytes, _) = file.read(limits)?;
    Ok(corpus::extract::text(&bytes)?)
}

/// The text of one file, or of standard input.
fn read(source: Option<&Path>) -> Result<String> {
    let mut bytes = Vec::new();
    match source {
        Some(path) => File::open(path).and_then(|mut file| file.read_to_end(&mut bytes)),
        None => {
            let mut input = std::io::stdin().lock();
            if input.is_terminal() {
                eprintln!("reading from the terminal; end the text with Ctrl+D");
            }
            input.read_to_end(&mut bytes)
        }
    }
    .with_context(|| format!("cannot read {}", name(source).display()))?;
    corpus::extract::text(&bytes).with_context(|| format!("cannot read {}", name(source).display()))
}

fn name(source: Option<&Path>) -> PathBuf {
    source.map_or_else(|| PathBuf::from("standard input"), Path::to_owned)
}

/// Writes the text as it is, or a line of JSON for each reading.
fn print(out: &mut impl Write, path: Option<&str>, scan: &str, restored: &Restored, as_json: bool) -> Result<()> {
    if !as_json {
        out.write_all(restored.text.as_bytes())?;
        return Ok(());
    }
    for reading in &restored.readings {
        let mut line = json!({
            "scan": &scan[reading.scan.range()],
            "text": &restored.text[reading.text.range()],
            "confidence": reading.confidence,
            "condition": condition_of(restored, reading),
            "bytes": [reading.scan.start, reading.scan.end],
            "alternatives": reading.alternatives,
        });
        if let Some(path) = path {
            line["path"] = json!(path);
        }
        serde_json::to_writer(&mut *out, &line)?;
        writeln!(out)?;
    }
    Ok(())
}

fn condition_of(restored: &Restored, reading: &Reading) -> Option<Condition> {
    restored
        .judgements
        .iter()
        .find(|judgement| judgement.scan.holds(reading.scan))
        .map(|judgement| judgement.condition)
}

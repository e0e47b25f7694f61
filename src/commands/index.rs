//! `vankien index`: crawls folders and indexes what changed.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Result;
use indicatif::{ProgressBar, ProgressStyle};

use ::index::{Indexer, Progress, Report};
use vietnamese::restore::Restorer;

use crate::cli;

/// Runs the verb.
pub fn run(options: &cli::Index) -> Result<ExitCode> {
    let report = update(&options.store.index, &options.folders)?;
    print_report(&report);
    Ok(super::found(
        report.new + report.changed + report.unchanged + report.moved > 0,
    ))
}

/// Brings the index at `store` up to date with `folders`, showing how far it is.
pub fn update(store: &Path, folders: &[PathBuf]) -> Result<Report> {
    let mut indexer = Indexer::open(store, Restorer::new())?;
    let shown = Shown::new();
    let report = indexer.update(folders, &mut |progress| shown.show(&progress));
    shown.bar.finish_and_clear();
    Ok(report?)
}

/// A progress bar on a terminal; elsewhere a line a stage, so that a log stays readable.
struct Shown {
    bar: ProgressBar,
}

impl Shown {
    fn new() -> Self {
        let bar = ProgressBar::new(0).with_style(
            ProgressStyle::with_template("{msg:<12} {wide_bar} {pos}/{len} {eta}")
                .expect("the template is well-formed"),
        );
        bar.enable_steady_tick(Duration::from_millis(200));
        Self { bar }
    }

    fn show(&self, progress: &Progress) {
        match progress {
            Progress::Crawling { files } => {
                self.stage("crawling");
                self.bar.set_length(*files as u64);
            }
            Progress::Learning => self.stage("learning the scanner's hand"),
            Progress::Reading { done, total } => {
                self.stage("reading");
                self.bar.set_length(*total as u64);
                self.bar.set_position(*done as u64);
            }
            Progress::Committing => self.stage("committing"),
        }
    }

    fn stage(&self, name: &'static str) {
        if self.bar.message() == name {
            return;
        }
        if self.bar.is_hidden() {
            eprintln!("{name} …");
        }
        self.bar.set_message(name);
    }
}

/// Tells what the run did, on stderr: it is talk, not data.
pub fn print_report(report: &Report) {
    for note in &report.notes {
        eprintln!("{note}");
    }
    for (path, first) in &report.duplicates {
        eprintln!("same text: {path} is {first}");
    }
    for (path, reason) in &report.failed {
        eprintln!("not read: {path}: {reason}");
    }
    eprintln!(
        "{} new, {} changed, {} unchanged, {} moved, {} gone, {} duplicates, {} failed",
        report.new,
        report.changed,
        report.unchanged,
        report.moved,
        report.gone,
        report.duplicates.len(),
        report.failed.len(),
    );
}

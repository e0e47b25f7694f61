//! `vankien serve`: indexes the folders, if any, then serves page and API.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Result, bail};
use index::{IndexError, Searcher};

use crate::cli;

/// The documents that a fresh clone shows.
const SAMPLE: &str = "corpus/sample";

/// Runs the verb.
pub fn run(options: &cli::Serve) -> Result<ExitCode> {
    let searcher = searcher(&options.store.index, &options.folders)?;
    web::serve(searcher, options.listen, |address| println!("http://{address}"))?;
    Ok(ExitCode::SUCCESS)
}

/// Opens the index, made or brought up to date first where that is asked for.
fn searcher(store: &Path, folders: &[PathBuf]) -> Result<Searcher> {
    if !folders.is_empty() {
        index_first(store, folders)?;
    }
    match Searcher::open(store) {
        Err(IndexError::Missing { .. }) if Path::new(SAMPLE).is_dir() => {
            eprintln!(
                "There is no index in {} yet: indexing the sample documents of {SAMPLE}.",
                store.display()
            );
            index_first(store, &[PathBuf::from(SAMPLE)])?;
            Ok(Searcher::open(store)?)
        }
        Err(IndexError::Missing { .. }) => bail!(
            "there is no index in {}, and no folder to index was given; run `vankien serve FOLDER` or `vankien index FOLDER`",
            store.display()
        ),
        opened => Ok(opened?),
    }
}

fn index_first(store: &Path, folders: &[PathBuf]) -> Result<()> {
    let report = super::index::update(store, folders)?;
    super::index::print_report(&report);
    Ok(())
}

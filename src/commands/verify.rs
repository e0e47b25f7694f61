//! `vankien verify`: checks every file of the index.

use std::process::ExitCode;

use anyhow::Result;

use crate::cli;

/// Runs the verb.
pub fn run(options: &cli::Verify) -> Result<ExitCode> {
    index::verify(&options.store.index)?;
    println!("{}: every file is undamaged", options.store.index.display());
    Ok(ExitCode::SUCCESS)
}

//! `vankien verify`: checks every file of the index.

use std::process::ExitCode;

use anyhow::Result;

use crate::cli;

/// Runs the verb.
pub fn run(options: &cli::Verify) -> Result<ExitCode> {
    let verified = index::verify(&options.store.index)?;
    println!(
        "{}: {} files checked, {} documents, undamaged",
        options.store.index.display(),
        verified.files,
        verified.documents
    );
    Ok(ExitCode::SUCCESS)
}

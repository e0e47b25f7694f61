//! Finds Vietnamese Party documents, whatever the scanner did to them.

use std::process::ExitCode;

use clap::Parser;

mod cli;
mod commands;

use cli::{Cli, Command};

fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_max_level(tracing_subscriber::filter::LevelFilter::WARN)
        .init();
    let done = match Cli::parse().command {
        Command::Serve(options) => commands::serve::run(&options),
        Command::Index(options) => commands::index::run(&options),
        Command::Search(options) => commands::search::run(&options),
        Command::Inspect(options) => commands::inspect::run(&options),
        Command::Restore(options) => commands::restore::run(&options),
        Command::Verify(options) => commands::verify::run(&options),
    };
    match done {
        Ok(code) => code,
        // A reader that has enough (`vankien search … | head`) is no error.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("vankien: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| {
            let written = cause.downcast_ref::<std::io::Error>().map(std::io::Error::kind);
            written.or_else(|| cause.downcast_ref::<serde_json::Error>()?.io_error_kind())
        })
        .any(|kind| kind == std::io::ErrorKind::BrokenPipe)
}

//! The command line as data.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

/// Finds Vietnamese Party documents, whatever the scanner did to them.
#[derive(Debug, Parser)]
#[command(name = "vankien", version, about, arg_required_else_help = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Index the folders, if any, then serve the page and the JSON API
    Serve(Serve),
    /// Crawl folders and index what changed
    Index(Index),
    /// Search the index from the terminal
    Search(Search),
    /// Show one document as the engine understands it, with its evidence
    Inspect(Inspect),
    /// Read scanned text: what the paper said, line for line
    Restore(Restore),
    /// Check every file of the index
    Verify(Verify),
}

/// Where the index stands.
#[derive(Debug, Args)]
pub struct Store {
    /// The folder of the index
    #[arg(long = "index", value_name = "DIR", default_value = "index/store")]
    pub index: PathBuf,
}

/// `vankien serve`
#[derive(Debug, Args)]
pub struct Serve {
    /// Folders to index first
    pub folders: Vec<PathBuf>,
    #[command(flatten)]
    pub store: Store,
    /// Where to listen
    #[arg(long, value_name = "ADDR:PORT", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
}

/// `vankien index`
#[derive(Debug, Args)]
pub struct Index {
    /// Folders of .txt, .text and .md files
    #[arg(required = true)]
    pub folders: Vec<PathBuf>,
    #[command(flatten)]
    pub store: Store,
}

/// `vankien search`
#[derive(Debug, Args)]
pub struct Search {
    /// What to search: the same language as the page
    #[arg(required = true)]
    pub query: Vec<String>,
    #[command(flatten)]
    pub store: Store,
    /// Print one hit a line as JSON
    #[arg(long)]
    pub json: bool,
    /// How many hits, 1 to 100
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub limit: usize,
}

/// `vankien inspect`
#[derive(Debug, Args)]
pub struct Inspect {
    /// The document
    pub file: PathBuf,
    /// Print the object of the API
    #[arg(long)]
    pub json: bool,
}

/// `vankien restore`
#[derive(Debug, Args)]
pub struct Restore {
    /// A text file, or a folder whose scanner is learned first (standard input without it)
    pub source: Option<PathBuf>,
    /// Learn the scanner's hand from this folder instead of the text alone
    #[arg(long, value_name = "FOLDER")]
    pub learn_from: Option<PathBuf>,
    /// Read with the hand that this index has learned from its scans
    #[arg(long, value_name = "DIR", conflicts_with = "learn_from")]
    pub index: Option<PathBuf>,
    /// Print one reading a line as JSON, with confidence and alternatives
    #[arg(long)]
    pub json: bool,
}

/// `vankien verify`
#[derive(Debug, Args)]
pub struct Verify {
    #[command(flatten)]
    pub store: Store,
}

//! Trains what the crate `vietnamese` ships, and measures it: `cargo run --release -p train -- help`.

mod dictionary;
mod segment_score;

use clap::Parser;

/// Trains what the crate `vietnamese` ships, and measures it.
#[derive(Debug, Parser)]
enum Command {
    /// Learns the segmenter's word list from plain text.
    Dictionary(dictionary::Arguments),
    /// Measures word segmentation against a treebank.
    SegmentScore(segment_score::Arguments),
}

fn main() -> anyhow::Result<()> {
    match Command::parse() {
        Command::Dictionary(arguments) => dictionary::run(&arguments),
        Command::SegmentScore(arguments) => segment_score::run(&arguments),
    }
}

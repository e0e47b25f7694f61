//! Trains what the crate `vietnamese` ships, and measures it: `cargo run --release -p train -- help`.

mod corpus;
mod dictionary;
mod measure;
mod model;
mod names;
mod ngrams;
mod noise;
mod segment_score;

use clap::Parser;

/// Trains what the crate `vietnamese` ships, and measures it.
#[derive(Debug, Parser)]
enum Command {
    /// Learns the segmenter's word list from plain text.
    Dictionary(dictionary::Arguments),
    /// Measures word segmentation against a treebank.
    SegmentScore(segment_score::Arguments),
    /// Trains the model that scans are read with.
    Model(model::Arguments),
    /// Counts what names of persons are made of.
    Names(names::Arguments),
    /// Measures restoring on scans whose truth is known.
    Measure(measure::Arguments),
}

fn main() -> anyhow::Result<()> {
    match Command::parse() {
        Command::Dictionary(arguments) => dictionary::run(&arguments),
        Command::SegmentScore(arguments) => segment_score::run(&arguments),
        Command::Model(arguments) => model::run(&arguments),
        Command::Names(arguments) => names::run(&arguments),
        Command::Measure(arguments) => measure::run(&arguments),
    }
}

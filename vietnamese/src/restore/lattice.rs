//! All ways to read what stands between two blanks.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::candidates::Finder;
use super::model::{Model, Scanner};
use super::ways::{Builder, Finds};
use super::words::{Case, Word};

/// What becomes of the bytes an edge stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// They are read as a word.
    Word,
    /// They are read as a number: letters among them are the digits they look like.
    Number,
    /// They stay, and count as a word of some class.
    Stay,
    /// They stay, and count as nothing: punctuation.
    Mark,
}

/// One way to read one part of a piece.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Edge {
    /// The node it leaves.
    pub from: u8,
    /// The node it comes to.
    pub to: u8,
    /// Its first byte in the piece.
    pub start: u8,
    /// The byte behind its last.
    pub end: u8,
    /// What becomes of it.
    pub kind: Kind,
    /// The word for the language model.
    pub word: Word,
    /// How the word is to be written.
    pub case: Case,
    /// The log probability that it was scanned like this.
    pub channel: f32,
}

/// The ways to read one stretch between blanks, from node 0 to the last.
#[derive(Debug, Clone, Default)]
pub struct Piece {
    /// How many nodes there are.
    pub nodes: u8,
    /// The edges, in order of the nodes they leave.
    pub edges: Vec<Edge>,
    /// Whether no reading is good: it may be half of a torn syllable.
    pub torn: bool,
}

/// How a piece is to be read: by which scanner, and how its line is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reader {
    /// Through a scanner's channel.
    Scanned {
        /// Which one of the model.
        scanner: u8,
        /// Whether the line is set in capitals.
        upper: bool,
    },
    /// The letters are right, marks are to be put on them.
    Unmarked,
}

impl Reader {
    /// Whether the line is set in capitals.
    pub fn is_upper(self) -> bool {
        matches!(self, Self::Scanned { upper: true, .. })
    }
}

/// The ways that were found, and where they stand by what is read.
#[derive(Debug, Default)]
struct Known {
    places: FxHashMap<Box<str>, u32>,
    pieces: Vec<Piece>,
}

/// Finds the ways to read pieces and remembers them.
#[derive(Debug, Default)]
pub struct Lattices {
    known: FxHashMap<Reader, Known>,
    finder: Finder,
    symbols: Vec<u8>,
}

impl Lattices {
    /// The ways to read `text`; bounded in number whatever it is.
    pub fn piece(
        &mut self,
        model: &Model,
        scanners: &[Arc<Scanner>; 2],
        finds: &Finds,
        reader: Reader,
        text: &str,
    ) -> &Piece {
        const MOST_REMEMBERED: usize = 200_000;
        let known = self.known.entry(reader).or_default();
        if let Some(&place) = known.places.get(text) {
            return &known.pieces[place as usize];
        }
        if known.pieces.len() > MOST_REMEMBERED {
            *known = Known::default();
        }
        let mut builder = Builder {
            model,
            scanner: match reader {
                Reader::Scanned { scanner, .. } => &scanners[scanner as usize & 1],
                Reader::Unmarked => &scanners[0],
            },
            reader,
            finder: &mut self.finder,
            symbols: &mut self.symbols,
            finds,
            text,
            edges: Vec::new(),
        };
        let piece = builder.build();
        let place = known.pieces.len();
        known.places.insert(text.into(), place as u32);
        known.pieces.push(piece);
        &known.pieces[place]
    }
}

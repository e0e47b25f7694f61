//! The word list as it is shipped, and how the lattice engine is fed with it.

use std::collections::BTreeMap;

use thiserror::Error;

/// What each known word costs: one hundred times its surprise, `-100 ln p`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Costs {
    /// The words: marked forms, with a space between syllables.
    pub words: BTreeMap<String, i16>,
}

/// Why a word list cannot be used.
#[derive(Debug, Error)]
pub enum DictionaryError {
    /// A line is not `word, tab, cost`.
    #[error("line {line} of the word list is not a word, a tab and a cost from 1 to 32767")]
    Line {
        /// The line, counted from 1.
        line: usize,
    },
    /// The lattice engine refuses the words.
    #[error("the word list cannot be made into a dictionary")]
    Build(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Costs {
    /// Reads a word list: a word, a tab and its cost on each line; lines that begin with `#` are notes.
    ///
    /// # Errors
    ///
    /// [`DictionaryError::Line`] for any other line.
    pub fn read(list: &str) -> Result<Self, DictionaryError> {
        let mut words = BTreeMap::new();
        for (number, line) in list.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
            let bad = || DictionaryError::Line { line: number + 1 };
            let (word, cost) = line.split_once('\t').ok_or_else(bad)?;
            let cost = cost.parse().ok().filter(|cost| *cost > 0).ok_or_else(bad)?;
            if word.is_empty() || word.contains('\0') {
                return Err(bad());
            }
            words.insert(word.to_owned(), cost);
        }
        Ok(Self { words })
    }

    /// Writes the word list as [`read`](Self::read) reads it, in the order of code points.
    pub fn write(&self) -> String {
        self.words
            .iter()
            .map(|(word, cost)| format!("{word}\t{cost}\n"))
            .collect()
    }
}

//! The lattice engine behind the words: lindera, with a dictionary built in memory from the word list.
//!
//! The engine knows neither spaces nor syllables. It is given each clause in lower case with one space *behind* every syllable,
//! and every dictionary word ends in that space: so a word always ends where a syllable ends. A syllable that
//! no word begins with is an unknown word of letters, then a space that costs nothing.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use lindera::dictionary::{Dictionary, Lattice, Metadata, WordId};
use lindera::mode::Mode;
use lindera_dictionary::dictionary::character_definition::{
    CategoryData, CategoryId, CharacterDefinition, LookupTable,
};
use lindera_dictionary::dictionary::connection_cost_matrix::ConnectionCostMatrix;
use lindera_dictionary::dictionary::prefix_dictionary::PrefixDictionary;
use lindera_dictionary::dictionary::unknown_dictionary::UnknownDictionary;
use lindera_dictionary::viterbi::{LatticeOptions, LexType, WordEntry};

use super::dictionary::{Costs, DictionaryError};

/// What a syllable costs that no word of the list begins with: dearer than any word.
const UNKNOWN_COST: i16 = 4_000;

/// Finds words by the cheapest path; cheap to clone and shared between threads.
#[derive(Clone)]
pub struct Segmenter {
    dictionary: Arc<Dictionary>,
}

impl std::fmt::Debug for Segmenter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Segmenter").finish_non_exhaustive()
    }
}

impl Segmenter {
    /// The segmenter with the embedded word list, built once.
    pub fn embedded() -> &'static Self {
        static EMBEDDED: LazyLock<Segmenter> = LazyLock::new(|| {
            let costs =
                Costs::read(include_str!("../../model/words.tsv")).expect("the embedded word list is well formed");
            Segmenter::new(&costs).expect("the embedded word list makes a dictionary")
        });
        &EMBEDDED
    }

    /// A segmenter with a word list of its own.
    ///
    /// # Errors
    ///
    /// [`DictionaryError::Build`] where the engine refuses a word.
    pub fn new(costs: &Costs) -> Result<Self, DictionaryError> {
        let entries: BTreeMap<String, Vec<WordEntry>> = costs
            .words
            .iter()
            .enumerate()
            .map(|(id, (word, cost))| (format!("{word} "), vec![entry(id, *cost, LexType::System)]))
            .collect();
        // One row, one column, no cost: words do not know their neighbors.
        let matrix: Vec<u8> = [-1_i16, 1, 1, 0].iter().flat_map(|value| value.to_le_bytes()).collect();
        let build = || {
            lindera::LinderaResult::Ok(Dictionary {
                prefix_dictionary: Arc::new(PrefixDictionary::from_word_entry_map(&entries)?),
                connection_cost_matrix: Arc::new(ConnectionCostMatrix::load(matrix)?),
                character_definition: Arc::new(character_definition()),
                unknown_dictionary: Arc::new(unknown_dictionary()),
                metadata: Arc::new(Metadata::default()),
            })
        };
        let dictionary = build().map_err(|error| DictionaryError::Build(error.into()))?;
        Ok(Self {
            dictionary: Arc::new(dictionary),
        })
    }

    /// What a word of the list costs: one hundred times its surprise; `None` for other words.
    ///
    /// The word is in its marked form, with one space between syllables.
    ///
    /// ```
    /// use vietnamese::segment::Segmenter;
    /// let segmenter = Segmenter::embedded();
    /// assert!(segmenter.cost("đối ngoại") > segmenter.cost("của"));
    /// assert_eq!(segmenter.cost("của và"), None);
    /// ```
    pub fn cost(&self, word: &str) -> Option<i16> {
        let entries = self.dictionary.prefix_dictionary.find_surface(&format!("{word} "));
        entries.first().map(WordEntry::word_cost)
    }

    pub(super) fn cutter(&self) -> Cutter<'_> {
        Cutter {
            dictionary: &self.dictionary,
            lattice: Lattice::default(),
            starts: Vec::new(),
            ends: Vec::new(),
        }
    }
}

fn entry(id: usize, cost: i16, kind: LexType) -> WordEntry {
    let id = u32::try_from(id).expect("a word list has fewer than four billion words");
    WordEntry::new(WordId::new(kind, id), cost, 0, 0)
}

/// Two categories of characters: the space that ends syllables, and everything else.
fn character_definition() -> CharacterDefinition {
    let grouped = CategoryData {
        invoke: false,
        group: true,
        length: 0,
    };
    let of_code = |code: u32, categories: &mut Vec<CategoryId>| {
        categories.push(CategoryId(usize::from(code == u32::from(' '))));
    };
    let boundaries = vec![0, u32::from(' '), u32::from(' ') + 1];
    CharacterDefinition::new(
        vec![grouped, grouped],
        vec!["DEFAULT".to_owned(), "GAP".to_owned()],
        LookupTable::from_fn(boundaries, &of_code),
    )
}

/// An unknown syllable is dear; the space behind it costs nothing.
fn unknown_dictionary() -> UnknownDictionary {
    UnknownDictionary {
        category_references: vec![vec![0], vec![1]],
        costs: vec![entry(0, UNKNOWN_COST, LexType::Unknown), entry(1, 0, LexType::Unknown)],
        words_idx_data: Vec::new(),
        words_data: Vec::new(),
    }
}

/// The engine at work, with the memory that it uses again for each clause.
pub(super) struct Cutter<'d> {
    dictionary: &'d Dictionary,
    lattice: Lattice,
    starts: Vec<(usize, WordId)>,
    ends: Vec<usize>,
}

/// The longest stretch given to the engine at once, in bytes: its sums of costs must not overflow.
const MAX_LINE: usize = 16 * 1024;

impl Cutter<'_> {
    /// Where words end in a line of syllables that each end in a space; a line break in it ends a word, too.
    pub fn word_ends(&mut self, line: &str) -> &[usize] {
        self.ends.clear();
        let mut from = 0;
        while from < line.len() {
            let end = stretch_end(line, from);
            self.cut(&line[from..end], from);
            from = end;
        }
        &self.ends
    }

    fn cut(&mut self, stretch: &str, from: usize) {
        if stretch.len() > MAX_LINE {
            self.ends.push(from + stretch.len());
            return;
        }
        self.lattice.set_text_with_options(
            &self.dictionary.prefix_dictionary,
            &None,
            &self.dictionary.character_definition,
            &self.dictionary.unknown_dictionary,
            &self.dictionary.connection_cost_matrix,
            stretch.trim_end_matches('\n'),
            &LatticeOptions::new(&Mode::Normal),
        );
        self.lattice.tokens_offset_into(&mut self.starts);
        self.ends
            .extend(self.starts.iter().skip(1).map(|(start, _)| from + start));
        self.ends.push(from + stretch.len());
    }
}

/// The end of the stretch from `from`: behind the next line break, or behind a syllable before it gets too long. One
/// token that is too long in itself is a stretch alone.
fn stretch_end(line: &str, from: usize) -> usize {
    let rest = &line.as_bytes()[from..];
    let window = &rest[..rest.len().min(MAX_LINE)];
    if let Some(at) = window.iter().position(|byte| *byte == b'\n') {
        return from + at + 1;
    }
    if window.len() == rest.len() {
        return line.len();
    }
    let last_space = window.iter().rposition(|byte| *byte == b' ');
    let end = last_space.map_or_else(|| rest.iter().position(|byte| *byte == b' '), Some);
    end.map_or(line.len(), |at| from + at + 1)
}

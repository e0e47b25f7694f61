//! Text to terms, the same way for documents and for queries.

use vietnamese::restore::Reading;

/// Stands between the bare and the marked form of a best reading.
pub(crate) const BEST: char = '\u{1}';
/// Stands between the bare and the marked form of another reading.
pub(crate) const OTHER: char = '\u{2}';
/// Titles are indexed a second time at positions below this one, so that a match there is known by its position.
pub(crate) const TITLE_END: u32 = 64;
/// Headings are indexed a second time at positions from [`TITLE_END`] to this one.
pub(crate) const HEADINGS_END: u32 = 208;
/// Other names of the issuing body stand at positions from [`HEADINGS_END`] to this one; the text itself begins here.
pub(crate) const TEXT_START: u32 = 256;

/// Longer tokens (base64, a line without spaces) are cut: they are never typed.
const TOKEN_MAX_CHARS: usize = 48;
/// Other readings less likely than this are not indexed: they cost precision and find nothing.
const OTHER_MIN_CONFIDENCE: f32 = 0.02;

/// One syllable, number or foreign word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// Its bytes in the text.
    pub start: usize,
    /// The byte behind it.
    pub end: usize,
    /// Its normal form in lower case, with marks.
    pub marked: String,
    /// The same without marks.
    pub bare: String,
}

impl Word {
    /// Whether it was written without marks; `y` is, though it folds to `i`.
    pub fn is_unmarked(&self) -> bool {
        is_unmarked(&self.marked, &self.bare)
    }
}

/// Whether the form `marked` of a word has no marks, which its form `bare` has lost in any case.
pub(crate) fn is_unmarked(marked: &str, bare: &str) -> bool {
    marked == bare || marked.is_ascii()
}

/// Cuts `text` into words, one a position.
pub(crate) fn words(text: &str) -> Vec<Word> {
    vietnamese::tokens::tokens(text)
        .map(|token| Word {
            start: token.span.start as usize,
            end: token.span.end as usize,
            marked: cut(&token.marked).to_owned(),
            bare: cut(&token.bare).to_owned(),
        })
        .collect()
}

/// A word as long as a term may be.
pub(crate) fn cut(word: &str) -> &str {
    if word.len() <= TOKEN_MAX_CHARS {
        return word;
    }
    match word.char_indices().nth(TOKEN_MAX_CHARS) {
        Some((end, _)) => &word[..end],
        None => word,
    }
}

/// Writes the term of a word into `term`.
pub(crate) fn write_key(term: &mut String, bare: &str, layer: char, marked: &str) {
    term.push_str(bare);
    term.push(layer);
    if marked != bare {
        term.push_str(marked);
    }
}

/// How many bytes the term of a word has.
pub(crate) fn key_len(bare: &str, layer: char, marked: &str) -> usize {
    bare.len() + layer.len_utf8() + if marked == bare { 0 } else { marked.len() }
}

/// Other readings of the words `[first, first + count)` of one reading, as (word, marked form, confidence).
///
/// A reading of several words gives word for word where both have the same number. One word that may be two gives the
/// second at the next position, so that the pair is found as a phrase; two that may be one give it at both positions, so
/// that it is found behind the word before them and before the word behind.
pub(crate) fn other_readings(reading: &Reading, count: usize) -> Vec<(usize, Word, f32)> {
    let mut found = Vec::new();
    for other in &reading.alternatives {
        if other.confidence < OTHER_MIN_CONFIDENCE {
            continue;
        }
        let mut words = words(&other.text);
        if words.len() == 1 && count == 2 {
            words.extend_from_within(..);
        }
        if words.len() == count || (count == 1 && words.len() == 2) {
            let words = words.into_iter().enumerate();
            found.extend(words.map(|(at, word)| (at, word, other.confidence)));
        }
    }
    found
}

/// A word at its place, with what the scanner may have meant instead.
#[derive(Debug, Clone)]
pub(crate) struct Placed {
    /// The best reading.
    pub word: Word,
    /// How sure it is.
    pub confidence: f32,
    /// Other readings, likeliest first.
    pub others: Vec<(Word, f32)>,
}

/// The words of a stretch of a text that begins at `offset`, with their other readings; offsets are in the whole text.
pub(crate) fn place_in(stretch: &str, offset: usize, readings: &[Reading]) -> Vec<Placed> {
    let range = offset..offset + stretch.len();
    let mut placed: Vec<Placed> = words(stretch)
        .into_iter()
        .map(|mut word| {
            word.start += offset;
            word.end += offset;
            Placed {
                word,
                confidence: 1.0,
                others: Vec::new(),
            }
        })
        .collect();
    let first = readings.partition_point(|reading| reading.text.end as usize <= range.start);
    let mut at = 0;
    for reading in readings[first..]
        .iter()
        .take_while(|reading| (reading.text.start as usize) < range.end)
    {
        while at < placed.len() && placed[at].word.end <= reading.text.start as usize {
            at += 1;
        }
        let count = placed[at..]
            .iter()
            .take_while(|placed| placed.word.start < reading.text.end as usize)
            .count();
        for one in &mut placed[at..at + count] {
            one.confidence = one.confidence.min(reading.confidence);
        }
        for (skip, word, confidence) in other_readings(reading, count) {
            if let Some(one) = placed.get_mut(at + skip)
                && one.word.marked != word.marked
            {
                one.others.push((word, confidence));
            }
        }
    }
    placed
}

#[cfg(test)]
mod tests {
    use vietnamese::offsets::Span;
    use vietnamese::restore::Alternative;

    use super::*;

    /// The other readings of each word of `text`, all of which was read as one that may be `other`.
    fn others(text: &str, other: &str) -> Vec<Vec<String>> {
        let all = Span::new(0, text.len());
        let reading = Reading {
            scan: all,
            text: all,
            confidence: 0.6,
            alternatives: vec![Alternative {
                text: other.to_owned(),
                confidence: 0.3,
            }],
        };
        let marked = |placed: Placed| placed.others.into_iter().map(|(word, _)| word.marked).collect();
        place_in(text, 0, &[reading]).into_iter().map(marked).collect()
    }

    #[test]
    fn another_reading_stands_beside_each_word_it_replaces() {
        assert_eq!(others("đội ngoài", "đối ngoại"), [["đối"], ["ngoại"]]);
        assert_eq!(others("ti ếng", "tiếng"), [["tiếng"], ["tiếng"]]);
        assert_eq!(others("một hai ba", "tiếng"), [[""; 0]; 3]);
    }
}

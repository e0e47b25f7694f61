//! Cuts a text into pieces that are marked or not, for a template to draw.

use std::collections::BTreeSet;
use std::ops::Range;

use vietnamese::offsets::Span;

/// A stretch of text with all its marks the same.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Piece<'a> {
    /// The characters.
    pub text: &'a str,
    /// Whether the query matches here.
    pub hit: bool,
    /// Whether it was read with doubt.
    pub doubt: bool,
}

/// Joins ranges with nothing but white space between them, so that the words of a phrase are drawn as one mark.
///
/// `between` says whether what stands from the end of one range to the start of the next is blank.
pub fn joined<T: Copy + PartialOrd>(ranges: &[(T, T)], between: impl Fn(T, T) -> bool) -> Vec<(T, T)> {
    let mut joined: Vec<(T, T)> = Vec::with_capacity(ranges.len());
    for &(start, end) in ranges {
        match joined.last_mut() {
            Some(last) if last.1 <= start && between(last.1, start) => last.1 = end,
            _ => joined.push((start, end)),
        }
    }
    joined
}

/// Cuts `text` at the ends of `hits` and `doubts`, both in characters (Unicode scalars).
///
/// What lies outside the text is left aside: a range can never break a page.
pub fn pieces<'a>(text: &'a str, hits: &[(usize, usize)], doubts: &[(usize, usize)]) -> Vec<Piece<'a>> {
    let bytes: Vec<usize> = text.char_indices().map(|(byte, _)| byte).chain([text.len()]).collect();
    let in_bytes = |ranges: &[(usize, usize)]| -> Vec<Range<usize>> {
        let inside = ranges.iter().filter(|(start, end)| start < end && *end < bytes.len());
        inside.map(|&(start, end)| bytes[start]..bytes[end]).collect()
    };
    let (hits, doubts) = (in_bytes(hits), in_bytes(doubts));
    let hits: Vec<(usize, usize)> = hits.iter().map(|range| (range.start, range.end)).collect();
    let blank = |end: usize, start: usize| text[end..start].trim().is_empty();
    let hits: Vec<Range<usize>> = joined(&hits, blank)
        .into_iter()
        .map(|(start, end)| start..end)
        .collect();
    let mut cuts = BTreeSet::from([0, text.len()]);
    cuts.extend(hits.iter().chain(&doubts).flat_map(|range| [range.start, range.end]));
    let cuts: Vec<usize> = cuts.into_iter().collect();
    let covered = |ranges: &[Range<usize>], at: usize| ranges.iter().any(|range| range.contains(&at));
    cuts.windows(2)
        .map(|ends| Piece {
            text: &text[ends[0]..ends[1]],
            hit: covered(&hits, ends[0]),
            doubt: covered(&doubts, ends[0]),
        })
        .collect()
}

/// Where the characters of a text begin, to tell programs of places in characters instead of bytes.
pub struct Characters {
    starts: Vec<usize>,
}

impl Characters {
    /// Walks `text` once.
    pub fn of(text: &str) -> Self {
        Self {
            starts: text.char_indices().map(|(byte, _)| byte).collect(),
        }
    }

    /// The first character of `span` and the one behind its last.
    pub fn range(&self, span: Span) -> [usize; 2] {
        [span.start, span.end].map(|byte| self.starts.partition_point(|start| *start < byte as usize))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(text: &str, hits: &[(usize, usize)], doubts: &[(usize, usize)]) -> String {
        let draw = |piece: Piece<'_>| match (piece.hit, piece.doubt) {
            (true, true) => format!("[{}?]", piece.text),
            (true, false) => format!("[{}]", piece.text),
            (false, true) => format!("({}?)", piece.text),
            (false, false) => piece.text.to_owned(),
        };
        pieces(text, hits, doubts).into_iter().map(draw).collect()
    }

    #[test]
    fn ranges_are_characters() {
        assert_eq!(drawn("về đối ngoại", &[(3, 12)], &[]), "về [đối ngoại]");
    }

    #[test]
    fn words_of_a_phrase_are_one_mark() {
        assert_eq!(
            drawn("về đối ngoại, ngoại giao", &[(3, 6), (7, 12), (14, 19)], &[]),
            "về [đối ngoại], [ngoại] giao"
        );
    }

    #[test]
    fn hits_and_doubts_may_cross() {
        assert_eq!(
            drawn("về đối ngoại", &[(3, 12)], &[(0, 2), (7, 12)]),
            "(về?) [đối ][ngoại?]"
        );
    }

    #[test]
    fn what_lies_outside_is_left_aside() {
        assert_eq!(drawn("Đảng", &[(3, 9), (2, 1)], &[(4, 5)]), "Đảng");
    }
}

//! Places in a text, and the way back from a rewritten text to the one it was made from.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A stretch of a text, as byte offsets at character boundaries, end excluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte behind the last one.
    pub end: u32,
}

impl Span {
    /// Makes a span from byte offsets; texts over 4 GiB are refused long before they come here.
    pub fn new(start: usize, end: usize) -> Self {
        let narrow = |offset: usize| u32::try_from(offset).expect("texts are shorter than 4 GiB");
        Self {
            start: narrow(start),
            end: narrow(end),
        }
    }

    /// The same stretch as a range, to slice with.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the stretch holds nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether the two stretches share a byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies within this stretch.
    pub fn holds(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// A text that remembers what it was rewritten from.
///
/// Every rewriting step returns one, so that what is found in the rewritten text can be shown in the text as given.
///
/// ```
/// use vietnamese::normalize::normalize_mapped;
/// use vietnamese::offsets::Span;
/// let scan = "Ba\u{301}o ca\u{301}o";
/// let report = normalize_mapped(scan);
/// assert_eq!(report.text, "Báo cáo");
/// assert_eq!(&scan[report.map.source(Span::new(0, 4)).range()], "Ba\u{301}o");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Mapped {
    /// The text as rewritten.
    pub text: String,
    /// The way back.
    pub map: OffsetMap,
}

impl Mapped {
    /// A text that was not rewritten at all.
    pub fn unchanged(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            map: OffsetMap::default(),
        }
    }

    /// Appends a rewritten piece of the same source, which begins at byte `from` of it.
    pub(crate) fn append(&mut self, from: usize, piece: &Self) {
        let at = self.text.len();
        let shifted = |span: Span, by: usize| Span::new(span.start as usize + by, span.end as usize + by);
        for edit in &piece.map.edits {
            self.map.push(Edit {
                source: shifted(edit.source, from),
                text: shifted(edit.text, at),
            });
        }
        self.text.push_str(&piece.text);
    }

    /// Rewrites the text once more, and leads back to the first input.
    pub fn then(self, rewrite: impl FnOnce(&str) -> Mapped) -> Self {
        let next = rewrite(&self.text);
        Self {
            text: next.text,
            map: next.map.after(&self.map),
        }
    }
}

/// A place where a rewritten text differs from its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Edit {
    /// What was rewritten, in the source; empty where something was put in.
    pub source: Span,
    /// What stands there now, in the rewritten text; empty where something was taken out.
    pub text: Span,
}

/// The places where a rewritten text differs from its source, in order; between them the bytes are the same.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct OffsetMap {
    edits: Vec<Edit>,
}

impl OffsetMap {
    /// Adds an edit behind all others.
    pub fn push(&mut self, edit: Edit) {
        self.edits.push(edit);
    }

    /// Makes room for `more` bytes at `place` of the rewritten text: the edit that holds the place grows.
    pub(crate) fn widen(&mut self, place: usize, more: usize) {
        let more = Span::new(0, more).end;
        for edit in self
            .edits
            .iter_mut()
            .rev()
            .take_while(|edit| edit.text.end as usize > place)
        {
            edit.text.end += more;
            if edit.text.start as usize > place {
                edit.text.start += more;
            }
        }
    }

    /// The edits, in order.
    pub fn edits(&self) -> &[Edit] {
        &self.edits
    }

    /// Whether the text is its source, byte for byte.
    pub fn is_identity(&self) -> bool {
        self.edits.is_empty()
    }

    /// Where `span` of the rewritten text stood in the source.
    ///
    /// A span that cuts an edit grows to the whole of it, so that the answer always falls on whole characters; what was
    /// taken out at its edge stays out.
    pub fn source(&self, span: Span) -> Span {
        project(&self.edits, span, |edit| (edit.text, edit.source))
    }

    /// Where `span` of the source stands in the rewritten text; see [`source`](Self::source).
    pub fn rewritten(&self, span: Span) -> Span {
        project(&self.edits, span, |edit| (edit.source, edit.text))
    }

    /// The map of two steps in one: `self` was rewritten from the text that `first` leads back from.
    pub fn after(self, first: &Self) -> Self {
        if first.is_identity() {
            return self;
        }
        if self.is_identity() {
            return first.clone();
        }
        // Edits of the two steps that share a place in the middle text grow together.
        let mut places: Vec<Span> = first.edits.iter().map(|edit| edit.text).collect();
        places.extend(self.edits.iter().map(|edit| edit.source));
        places.sort_unstable();
        let mut merged: Vec<Span> = Vec::with_capacity(places.len());
        // What was taken out between two places belongs to both: all three grow together.
        let mut ends_empty = false;
        for place in places {
            match merged.last_mut() {
                Some(last) if place.start < last.end || place.start == last.end && (place.is_empty() || ends_empty) => {
                    last.end = last.end.max(place.end);
                }
                _ => merged.push(place),
            }
            ends_empty = place.is_empty();
        }
        let whole = |edits: &[Edit], middle: Span, side: fn(&Edit) -> (Span, Span)| {
            let touched = |edit: &&Edit| {
                let place = side(edit).0;
                middle.start <= place.start && place.end <= middle.end
            };
            // What was taken out just where the place begins belongs to it.
            let is_before = |place: Span| place.end < middle.start || place.end == middle.start && !place.is_empty();
            let from = edits.partition_point(|edit| is_before(side(edit).0));
            let shift = edits[..from].last().map_or(0, |edit| shift(side(edit)));
            let inside = edits[from..]
                .iter()
                .take_while(touched)
                .last()
                .map_or(shift, |edit| self::shift(side(edit)));
            Span {
                start: moved(middle.start, shift),
                end: moved(middle.end, inside),
            }
        };
        let edits = merged.into_iter().map(|middle| Edit {
            source: whole(&first.edits, middle, |edit| (edit.text, edit.source)),
            text: whole(&self.edits, middle, |edit| (edit.source, edit.text)),
        });
        Self { edits: edits.collect() }
    }
}

/// How far what follows an edit is moved, from its first side to its second.
fn shift((from, to): (Span, Span)) -> i64 {
    i64::from(to.end) - i64::from(from.end)
}

fn moved(offset: u32, shift: i64) -> u32 {
    u32::try_from(i64::from(offset) + shift).expect("an offset map leads into its own text")
}

/// Leads `span` from one side of the edits to the other.
fn project(edits: &[Edit], span: Span, side: impl Fn(&Edit) -> (Span, Span)) -> Span {
    // The edits before the span, up to those that end where it begins.
    let before = edits.partition_point(|edit| side(edit).0.end <= span.start);
    let mut shifted = edits[..before].last().map_or(0, |edit| shift(side(edit)));
    let mut start = moved(span.start, shifted);
    let mut end = None;
    for edit in edits[before..].iter().take_while(|edit| side(edit).0.start < span.end) {
        let (from, to) = side(edit);
        if from.start < span.start {
            start = to.start;
        }
        shifted = shift((from, to));
        end = (from.end >= span.end).then_some(to.end);
    }
    let end = end.unwrap_or_else(|| moved(span.end, shifted));
    Span {
        start,
        end: end.max(start),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Takes out every `x`, writes `ab` for each `y`, and `z` for each pair `qq`.
    fn rewrite(text: &str) -> Mapped {
        let mut mapped = Mapped::default();
        let mut at = 0;
        while at < text.len() {
            let (length, by) = match &text.as_bytes()[at..] {
                [b'x', ..] => (1, ""),
                [b'y', ..] => (1, "ab"),
                [b'q', b'q', ..] => (2, "z"),
                [b'a', b'b', ..] => (2, "x"),
                _ => {
                    mapped.text.push_str(&text[at..=at]);
                    at += 1;
                    continue;
                }
            };
            let begin = mapped.text.len();
            mapped.text.push_str(by);
            mapped.map.push(Edit {
                source: Span::new(at, at + length),
                text: Span::new(begin, mapped.text.len()),
            });
            at += length;
        }
        mapped
    }

    proptest! {
        #[test]
        fn two_steps_in_one_lead_back_as_far_as_both(text in "[abxyqz]{0,20}") {
            let first = rewrite(&text);
            let second = rewrite(&first.text);
            let both = first.clone().then(rewrite);
            prop_assert_eq!(&both.text, &second.text);
            for start in 0..both.text.len() {
                let span = Span::new(start, start + 1);
                let apart = first.map.source(second.map.source(span));
                let together = both.map.source(span);
                prop_assert!(together.holds(apart), "{span:?}: {together:?}, {apart:?}");
            }
            for pair in both.map.edits().windows(2) {
                prop_assert!(pair[0].source.end <= pair[1].source.start && pair[0].text.end <= pair[1].text.start);
            }
            // Between the edits the bytes are the same.
            let (mut source, mut place) = (0, 0);
            for edit in both.map.edits() {
                prop_assert_eq!(&text[source..edit.source.range().start], &both.text[place..edit.text.range().start]);
                (source, place) = (edit.source.range().end, edit.text.range().end);
            }
            prop_assert_eq!(&text[source..], &both.text[place..]);
        }
    }
}

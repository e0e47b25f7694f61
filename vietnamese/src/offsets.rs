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
    /// Adds an edit behind all others; edits that touch become one.
    pub fn push(&mut self, edit: Edit) {
        match self.edits.last_mut() {
            Some(last) if last.source.end == edit.source.start && last.text.end == edit.text.start => {
                last.source.end = edit.source.end;
                last.text.end = edit.text.end;
            }
            _ => self.edits.push(edit),
        }
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
        for place in places {
            match merged.last_mut() {
                Some(last) if place.start <= last.end => last.end = last.end.max(place.end),
                _ => merged.push(place),
            }
        }
        let whole = |edits: &[Edit], middle: Span, side: fn(&Edit) -> (Span, Span)| {
            let touched = |edit: &&Edit| {
                let place = side(edit).0;
                middle.start <= place.start && place.end <= middle.end
            };
            let from = edits.partition_point(|edit| side(edit).0.end < middle.start);
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

//! Where the sections of a document stand among its positions, so that words can be sought in sections of a heading.
//!
//! Each section leaves three marks in a field of their own, at the positions of the word that opens its heading,
//! of the first word behind the heading, and of the first word behind the section; one with a known role leaves a mark
//! of that too. A query with `mục:` reads the marks back, other queries never touch them.

use std::ops::Range;

use corpus::outline::Section;

use crate::facets::role_name;

/// The mark where a section's heading begins.
pub(crate) const START: &str = "start";
/// The mark behind a section's heading.
pub(crate) const HEADING_END: &str = "heading";
/// The mark behind a section.
pub(crate) const END: &str = "end";
/// Stands before the role in the mark of a section with one.
const ROLE: &str = "role ";

/// The mark of a role.
pub(crate) fn role_mark(name: &str) -> String {
    format!("{ROLE}{name}")
}

/// The marks of all sections as (position, term), in order.
///
/// `starts` holds where each word begins in the text, in order; the first stands at the position `first`.
pub(crate) fn marks(outline: &[Section], starts: &[u32], first: u32) -> Vec<(u32, String)> {
    let position = |byte: u32| first + starts.partition_point(|&start| start < byte) as u32;
    let mut marks = Vec::new();
    for section in outline {
        let start = position(section.heading.start.max(section.span.start));
        let heading_end = position(section.heading.end);
        let end = position(section.span.end);
        if start < heading_end && heading_end <= end {
            marks.push((start, START.to_owned()));
            marks.push((heading_end, HEADING_END.to_owned()));
            marks.push((end, END.to_owned()));
            marks.extend(section.role.map(|role| (start, role_mark(role_name(role)))));
        }
    }
    marks.sort_by_key(|(position, _)| *position);
    marks
}

/// A section by positions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// The words of its heading.
    pub heading: Range<u32>,
    /// All its words.
    pub whole: Range<u32>,
}

/// Reads the places of all sections back from the positions of their marks.
pub(crate) fn places(starts: &[u32], heading_ends: &[u32], ends: &[u32]) -> Vec<Place> {
    // At one position sections end before headings end, and headings end before sections begin.
    let mut marks: Vec<(u32, u8)> = Vec::with_capacity(starts.len() * 3);
    marks.extend(ends.iter().map(|&position| (position, 0)));
    marks.extend(heading_ends.iter().map(|&position| (position, 1)));
    marks.extend(starts.iter().map(|&position| (position, 2)));
    marks.sort_unstable();
    let mut open: Vec<usize> = Vec::new();
    let mut places: Vec<Place> = Vec::with_capacity(starts.len());
    for (position, mark) in marks {
        match (mark, open.last()) {
            (0, Some(_)) => {
                let last = open.pop().expect("it is not empty");
                places[last].whole.end = position;
            }
            (1, Some(&last)) => places[last].heading.end = position,
            (2, _) => {
                open.push(places.len());
                places.push(Place {
                    heading: position..position,
                    whole: position..u32::MAX,
                });
            }
            _ => {}
        }
    }
    places
}

/// The stretches of the sections whose heading holds one of `phrases` (each of `len` words) or that begin at one of
/// `roles`; joined and in order.
pub(crate) fn stretches(places: &[Place], phrases: &[(u32, u8)], len: u32, roles: &[u32]) -> Vec<Range<u32>> {
    let mut found: Vec<Range<u32>> = places
        .iter()
        .filter(|place| {
            let heading = &place.heading;
            roles.contains(&heading.start)
                || phrases
                    .iter()
                    .any(|(start, _)| heading.start <= *start && start + len <= heading.end)
        })
        .map(|place| place.whole.clone())
        .collect();
    found.sort_by_key(|stretch| stretch.start);
    found.dedup_by(|next, kept| {
        let touch = next.start <= kept.end;
        if touch {
            kept.end = kept.end.max(next.end);
        }
        touch
    });
    found
}

/// What lies in both lists of stretches.
pub(crate) fn common(left: &[Range<u32>], right: &[Range<u32>]) -> Vec<Range<u32>> {
    let pairs = left
        .iter()
        .flat_map(|a| right.iter().map(move |b| a.start.max(b.start)..a.end.min(b.end)));
    pairs.filter(|both| both.start < both.end).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nested_sections_come_back_from_their_marks() {
        // I. (0..3) holds 1. (5..7, to 12) and 2. (12..14, to 20); II. (20..22) goes to 30.
        let places = places(&[0, 5, 12, 20], &[3, 7, 14, 22], &[12, 20, 20, 30]);
        let whole: Vec<_> = places.iter().map(|place| place.whole.clone()).collect();
        assert_eq!(whole, [0..20, 5..12, 12..20, 20..30]);
        let heading: Vec<_> = places.iter().map(|place| place.heading.clone()).collect();
        assert_eq!(heading, [0..3, 5..7, 12..14, 20..22]);
        assert_eq!(
            stretches(&places, &[(12, 1), (20, 1)], 2, &[]),
            [Range { start: 12, end: 30 }]
        );
        assert_eq!(stretches(&places, &[(13, 1)], 2, &[5]), [Range { start: 5, end: 12 }]);
    }
}

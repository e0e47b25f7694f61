//! Marks on a document: confidentiality, urgency, draft.

use std::ops::Range;

use vietnamese::offsets::Span;

use crate::bare::alike;
use crate::metadata::header::Header;
use crate::metadata::lines::{Line, Lines};

/// A mark and where it stands.
pub(crate) type Mark = (&'static str, Span);

/// The marks found around the letterhead.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    /// `Mật`, `Tối mật`, `Tuyệt mật`.
    pub confidentiality: Option<Mark>,
    /// `Khẩn`, `Thượng khẩn`, `Hỏa tốc`.
    pub urgency: Option<Mark>,
    /// `Dự thảo`.
    pub draft: Option<Mark>,
}

const CONFIDENTIALITY: &[(&str, &[&str])] = &[
    ("Tuyệt mật", &["tuyet", "mat"]),
    ("Tối mật", &["toi", "mat"]),
    ("Mật", &["mat"]),
];
const URGENCY: &[(&str, &[&str])] = &[
    ("Thượng khẩn", &["thuong", "khan"]),
    ("Hỏa tốc", &["hoa", "toc"]),
    ("Khẩn", &["khan"]),
];
const DRAFT: &[(&str, &[&str])] = &[("Dự thảo", &["du", "thao"])];

/// Reads the marks: words in capitals that fill a line of the header, or stand at its end.
pub(crate) fn read(header: &Header<'_>) -> Marks {
    let lines = &header.lines;
    let mut marks = Marks::default();
    for (at, end) in places(lines, header.zone.start..header.zone.end + 1) {
        let find = |list| found(lines, at, end, list).map(|(name, words)| (name, lines.span(words)));
        marks.confidentiality = marks.confidentiality.or_else(|| find(CONFIDENTIALITY));
        marks.urgency = marks.urgency.or_else(|| find(URGENCY));
        marks.draft = marks.draft.or_else(|| find(DRAFT));
    }
    marks
}

/// The words of the marks in some lines, with the count behind a draft: no body is called so.
pub(crate) fn runs(lines: &Lines<'_>, zone: Range<usize>) -> Vec<Range<usize>> {
    let lists = [CONFIDENTIALITY, URGENCY, DRAFT];
    places(lines, zone)
        .filter_map(|(at, end)| {
            let (_, words) = lists.iter().find_map(|list| found(lines, at, end, list))?;
            let counted = lines.bare(words.end) == "lan" && words.end + 1 < end;
            Some(words.start..words.end + if counted { 2 } else { 0 })
        })
        .collect()
}

/// Words in capitals that begin a line or a column of it, each with the word behind its line.
fn places<'l>(lines: &'l Lines<'_>, zone: Range<usize>) -> impl Iterator<Item = (usize, usize)> + 'l {
    let zone = zone.start..zone.end.min(lines.lines.len());
    let columns = |line: &'l Line| {
        let begins = |at: &usize| *at == line.words.start || lines.gap_before(*at).len() > 1;
        let capital = |at: &usize| lines.word(*at).is_some_and(|word| word.caps);
        let heads = line.words.clone().take(16).filter(begins).filter(capital);
        heads.map(|at| (at, line.words.end))
    };
    lines.lines.get(zone).unwrap_or_default().iter().flat_map(columns)
}

/// The mark of a list that stands at `at`, in a line that ends before word `end`.
fn found(
    lines: &Lines<'_>,
    at: usize,
    end: usize,
    list: &[(&'static str, &[&str])],
) -> Option<(&'static str, Range<usize>)> {
    let mark = list.iter().find(|(_, words)| stands(lines, at, words, end));
    mark.map(|&(name, words)| (name, at..at + words.len()))
}

/// Whether the mark stands at `at` in capitals, and nothing else in its column.
fn stands(lines: &Lines<'_>, at: usize, words: &[&str], end: usize) -> bool {
    let behind = at + words.len();
    let alone = behind >= end
        || lines.gap_before(behind).len() > 1
        || lines.bare(behind).bytes().all(|byte| byte.is_ascii_digit())
        || lines.bare(behind) == "lan";
    let exact = words.iter().enumerate().all(|(offset, word)| {
        let got = lines.bare(at + offset);
        if word.len() <= 3 {
            got == *word
        } else {
            alike(got, word)
        }
    });
    exact && alone && lines.in_capitals(at..behind)
}

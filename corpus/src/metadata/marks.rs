//! Marks on a document: confidentiality, urgency, draft.

use vietnamese::offsets::Span;

use crate::bare::alike;
use crate::metadata::header::Header;
use crate::metadata::lines::Lines;

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
    let end = header.zone.end + 1;
    for line in lines
        .lines
        .get(header.zone.start..end.min(lines.lines.len()))
        .unwrap_or_default()
    {
        for at in line.words.clone().take(16) {
            let stands_apart = at == line.words.start || lines.gap_before(at).len() > 1;
            if !stands_apart || !lines.word(at).is_some_and(|word| word.caps) {
                continue;
            }
            let find = |list: &[(&'static str, &[&str])]| {
                list.iter()
                    .find(|(_, words)| stands(lines, at, words, line.words.end))
                    .map(|&(name, words)| (name, lines.span(at..at + words.len())))
            };
            marks.confidentiality = marks.confidentiality.or_else(|| find(CONFIDENTIALITY));
            marks.urgency = marks.urgency.or_else(|| find(URGENCY));
            marks.draft = marks.draft.or_else(|| find(DRAFT));
        }
    }
    marks
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

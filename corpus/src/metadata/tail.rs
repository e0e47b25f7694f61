//! The end of a document: `Nơi nhận` in the left column, signature in the right one.

use memchr::memchr;

use crate::bare::alike;
use crate::metadata::lines::Lines;

/// How much of the text is read around `Nơi nhận`.
const BEFORE_BYTES: usize = 900;
const BEHIND_BYTES: usize = 3_500;
/// How much of the end is read where there is no `Nơi nhận`.
const END_BYTES: usize = 1_500;

/// The lines in which recipients and signature stand.
#[derive(Debug)]
pub(crate) struct Tail<'a> {
    /// The lines around the end of the document.
    pub lines: Lines<'a>,
    /// The line of `Nơi nhận`, as an index into `lines`.
    pub recipients: Option<usize>,
}

impl<'a> Tail<'a> {
    /// Finds the end of the document that begins at byte `from` of the text whose lines are `cut`; what was printed
    /// behind it as an annex is left out.
    pub fn of(cut: &Lines<'a>, from: usize) -> Self {
        let text = cut.text;
        let Some(at) = recipients_line(text, from) else {
            let lines = cut.part(text.len().saturating_sub(END_BYTES).max(from)..text.len());
            return Self {
                lines,
                recipients: None,
            };
        };
        let start = text.floor_char_boundary(at.saturating_sub(BEFORE_BYTES).max(from));
        let start = text[start..at].find('\n').map_or(start, |end| start + end + 1);
        let lines = cut.part(start..at + BEHIND_BYTES);
        let recipients = lines.lines.iter().position(|line| line.end > at);
        Self { lines, recipients }
    }
}

/// The byte at which the line of `Nơi nhận` begins.
fn recipients_line(text: &str, from: usize) -> Option<usize> {
    let mut at = text.floor_char_boundary(from);
    while at < text.len() {
        let end = memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |end| at + end + 1);
        let line = &text[at..end];
        let trimmed = line.trim_start_matches(|c: char| !c.is_alphanumeric());
        if trimmed.starts_with(['N', 'n'])
            && trimmed.len() >= 7
            && line.len() - trimmed.len() < 12
            && is_recipients(trimmed)
        {
            return Some(at);
        }
        at = end;
    }
    None
}

fn is_recipients(line: &str) -> bool {
    let end = line.char_indices().nth(24).map_or(line.len(), |(offset, _)| offset);
    let lines = Lines::of(line, 0..end);
    let (first, second) = (lines.bare(0), lines.bare(1));
    let joined = alike(first, "noinhan");
    if !(joined || first.len() <= 4 && alike(first, "noi") && alike(second, "nhan")) {
        return false;
    }
    let behind = lines.gap_after(usize::from(!joined)).trim_start();
    let next = lines.word(if joined { 1 } else { 2 });
    behind.starts_with([':', '-', '*'])
        || next.is_none_or(|word| word.caps && word.end - word.start > 1)
        || behind.starts_with('.')
}

//! The heading of the kind: where it stands, and what only looks like one.

use std::ops::Range;

use super::Header;
use crate::bare::alike;
use crate::gazetteer::{self, PlaceKind};
use crate::metadata::lines::Lines;
use crate::metadata::{kind, motto, number};

/// The line that names the kind.
#[derive(Debug, Clone)]
pub(crate) struct Heading {
    /// The kind: `Kế hoạch`.
    pub kind: &'static str,
    /// The words that name it.
    pub words: Range<usize>,
    /// Its line.
    pub line: usize,
}

impl Header<'_> {
    /// Finds the heading of the kind, or the line of `Kính gửi` where that comes first.
    pub(super) fn find_heading(&mut self) {
        let mut seen_header = false;
        for line in self.card.behind..self.lines.lines.len() {
            let words = self.lines.lines[line].words.clone();
            if words.is_empty() {
                continue;
            }
            if self.addressed.is_none() && is_addressed(&self.lines, words.start) {
                self.addressed = Some(line);
                return;
            }
            if let Some(heading) = self.heading_at(line, seen_header) {
                self.heading = Some(heading);
                return;
            }
            if words.len() <= 14 {
                seen_header |= motto::begins_in(&self.lines, words.clone());
                seen_header |= number::is_so(self.lines.bare(words.start)) && self.lines.line(line).contains('/');
            }
        }
    }

    /// The heading at the start of `line`: in capitals, or alone on its line below a letterhead.
    fn heading_at(&self, line: usize, below_letterhead: bool) -> Option<Heading> {
        let words = self.lines.lines[line].words.clone();
        // Scanned letters are read in capitals only: no prose begins with a word that merely resembles a kind.
        let capital = self.lines.word(words.start).is_some_and(|word| word.caps);
        let exact = !capital || self.is_typed(line..line + 1);
        let (kind, count) = kind::at(&self.lines, words.start, words.end, exact)?;
        let named = words.start..words.start + count;
        let alone = named.end == words.end;
        let marked = self.lines.line(line).starts_with(['#', '*']);
        let capitals = self.lines.in_capitals(named.clone());
        if !(capitals || alone && (marked || below_letterhead)) {
            return None;
        }
        // A body may be called by a word that is a kind too: SỞ KẾ HOẠCH VÀ ĐẦU TƯ, broken behind SỞ.
        let behind = self.lines.bare(named.end);
        let body = line > 0
            && matches!(
                self.lines.squeezed(self.lines.lines[line - 1].words.clone()),
                "so" | "bo" | "phong" | "ban"
            );
        // The stamp of who received it: CÔNG VĂN ĐẾN.
        let stamp = matches!(kind, "Công văn") && matches!(behind, "den" | "di");
        if body
            || stamp
            || self.names_ward(&named)
            || (kind == "Kế hoạch" && behind == "va" && self.lines.bare(named.end + 1) == "dau")
        {
            return None;
        }
        Some(Heading {
            kind,
            words: named,
            line,
        })
    }

    /// Whether the words are a ward that begins with An: bare, PHƯỜNG AN KHÊ begins as PHƯƠNG ÁN does.
    fn names_ward(&self, named: &Range<usize>) -> bool {
        let line = self.lines.lines[self.lines.line_of(named.start)].words.clone();
        let name = named.start + 1..line.end.min(named.start + 6);
        self.lines.bare(named.start) == "phuong"
            && (named.end + 1..=name.end).any(|end| {
                let letters = self.lines.squeezed(name.start..end);
                gazetteer::named(letters).any(|place| place.kind == PlaceKind::Ward)
            })
    }
}

fn is_addressed(lines: &Lines<'_>, at: usize) -> bool {
    alike(lines.bare(at), "kinh")
        && alike(lines.bare(at + 1), "gui")
        && lines.gap_after(at + 1).trim_start().starts_with([':', '-', '.'])
        || lines.squeezed(at..at + 2) == "kinhgui"
}

//! The numbers of a header: its own, and those of documents that it names.

use std::ops::Range;

use vietnamese::offsets::Span;

use super::{Header, OwnNumber};
use crate::metadata::{kind, number};

impl Header<'_> {
    /// The document's own number in `line`, if the line bears one.
    pub fn number_in(&self, line: usize) -> Option<OwnNumber> {
        let found = self.lines.lines.get(line)?;
        let first = self.all.partition_point(|number| number.start < found.start);
        let numbers = self.all[first..]
            .iter()
            .take_while(|number| number.start < found.end)
            .take(4);
        numbers.cloned().find_map(|number| {
            let before = &self.lines.text[found.start..number.start];
            // The word `Số` in a line of its own stands before a number that begins its line.
            let at_start = !before.chars().any(char::is_alphanumeric);
            let labelled = number.labelled;
            let cited = labelled && !at_start && self.is_cited(found.words.clone(), number.start, number.end);
            ((labelled || at_start) && !cited).then_some(OwnNumber {
                found: number,
                labelled,
            })
        })
    }

    /// The number that stands at `span`.
    pub fn number_at(&self, span: Span) -> Option<number::Found> {
        let overlaps = |number: &&number::Found| Span::new(number.start, number.end.max(number.start)).overlaps(span);
        self.all.iter().find(overlaps).cloned()
    }

    /// Whether the number belongs to a document named before it (`Thực hiện Kế hoạch số …`).
    fn is_cited(&self, line: Range<usize>, start: usize, stop: usize) -> bool {
        let first = line.start;
        let end = (first..)
            .find(|&word| self.lines.word(word).is_none_or(|word| word.start >= start))
            .unwrap_or(first);
        let basis = matches!(
            self.lines.bare(first),
            "can" | "thuc" | "theo" | "kem" | "ban" | "xet" | "trien"
        );
        // `Pháp lệnh số: 02/2020/UBTVQH14` alone in its line names the document itself.
        let alone = self.lines.word(line.end - 1).is_some_and(|last| last.end <= stop);
        let named = end > first
            && kind::before(&self.lines, first..end - 1)
                .is_some_and(|(kind, at)| !(at == first && (alone || matches!(kind, "Luật" | "Nghị quyết"))));
        // The label is the last word before the number; `QĐ số 22/2013/QĐ-TTg` names the kind by its code.
        let label = end.saturating_sub(1).max(first);
        let coded = label > first
            && matches!(
                self.lines.written(label - 1),
                "QĐ" | "NQ" | "NĐ" | "CT" | "KL" | "KH" | "TT" | "CV" | "HD" | "TB" | "BC" | "TTr" | "QH"
            );
        // Before its number a letterhead has capitals; prose has small words.
        let small = (first..label)
            .filter(|&word| {
                self.lines
                    .word(word)
                    .is_some_and(|found| !found.capital && found.end - found.start > 1)
            })
            .count();
        named || coded || small >= 2 && !alone || basis && end > first + 3 && !self.lines.in_capitals(first..first + 2)
    }
}

//! Writes the likeliest path as text, and each reading with its confidence and what else it may be.

use super::decode::Step;
use super::lattice::Kind;
use super::letters;
use super::model::Model;
use super::words::{self, BOUNDARY, Case, Word};
use super::{Alternative, Reading};
use crate::offsets::Span;

/// Alternatives less likely than this are not kept.
const LEAST_ALTERNATIVE: f32 = 0.03;
/// A reading that stays as it was scanned is only told of when it is less sure than this.
const SURE: f32 = 0.995;
/// Writes the best path as text, with its readings.
pub(super) struct Writer<'a> {
    /// How sure a reading must be to change what stands there: where most is right already, a guess does harm.
    pub least: f32,
    /// Whether the scan has its marks.
    pub is_marked: bool,
    pub model: &'a Model,
    pub scan: &'a str,
    pub steps: &'a [Step],
    pub posteriors: &'a [f32],
}

impl Writer<'_> {
    /// Writes the bytes from `from` to `to`, those on the path as they are read.
    pub fn write(&self, path: &[u32], from: usize, to: usize, text: &mut String, readings: &mut Vec<Reading>) {
        let mut at = from;
        let mut index = 0;
        while index < path.len() {
            // Words that stand in one token without a sign between them share its bytes.
            let mut last = index;
            while last + 1 < path.len() && self.touch(path[last], path[last + 1]) {
                last += 1;
            }
            let (first, end) = (self.steps[path[index] as usize], self.steps[path[last] as usize]);
            let scan = Span {
                start: first.start,
                end: end.end,
            };
            text.push_str(&self.scan[at..scan.start as usize]);
            // Where most is right, words are hardly ever run together: what looks so was written so.
            if self.least > 0.0 && (last > index || self.is_doubtful_change(path[index])) {
                let begin = text.len();
                text.push_str(&self.scan[scan.range()]);
                if last == index {
                    readings.extend(self.doubt(path[index], scan, Span::new(begin, text.len())));
                }
                at = scan.end as usize;
                index = last + 1;
                continue;
            }
            for (place, &step) in path[index..=last].iter().enumerate() {
                if place > 0 {
                    text.push(' ');
                }
                self.word(step, scan, last > index, text, readings);
            }
            at = scan.end as usize;
            index = last + 1;
        }
        text.push_str(&self.scan[at..to]);
    }

    /// Whether a step changes what stands there without being sure of it.
    fn is_doubtful_change(&self, step: u32) -> bool {
        let Step { start, end, edge, .. } = self.steps[step as usize];
        let scanned = &self.scan[start as usize..end as usize];
        edge.kind == Kind::Word
            && !self.is_same_word(edge.word, edge.case, scanned)
            && (self.posteriors[step as usize] <= self.least && self.may_stand(step)
                || self.is_foreign(edge.word, scanned))
    }

    /// Whether what was typed without marks may be the word itself: where it hardly is, a guess does no harm.
    fn may_stand(&self, step: u32) -> bool {
        const LEAST: f32 = 0.1;
        self.is_marked || self.as_scanned(step, &self.alternatives(step, true)) >= LEAST
    }

    /// How likely the bytes of a step say what they are.
    fn as_scanned(&self, step: u32, readings: &[Alternative]) -> f32 {
        let Step { start, end, .. } = self.steps[step as usize];
        let scanned = words::canonical(&self.scan[start as usize..end as usize]);
        let same = readings.iter().filter(|a| a.text == scanned);
        same.map(|a| a.confidence).sum::<f32>().min(1.0)
    }

    /// Whether a number, a name, an abbreviation or another spelling would go: an engine that knows marks errs in marks.
    fn is_foreign(&self, word: Word, scanned: &str) -> bool {
        const NUMERAL: usize = 3;
        let spelled = self.model.vocabulary.spelling(word).unwrap_or_default();
        let name = spelled.is_ascii() && scanned.len() > NUMERAL;
        let abbreviation = spelled.chars().all(char::is_uppercase);
        scanned.chars().any(char::is_numeric)
            || (scanned.is_ascii() && (name || abbreviation && spelled.len() >= NUMERAL))
            || with_one_i(spelled) == with_one_i(scanned)
    }

    /// Whether the word stands there already, be it with the other placement of the tone mark.
    fn is_same_word(&self, word: Word, case: Case, scanned: &str) -> bool {
        let spelled = self.model.vocabulary.spelling(word);
        spelled == Some(scanned) || (words::case_of(scanned) == case && spelled == Some(&words::canonical(scanned)))
    }

    fn touch(&self, a: u32, b: u32) -> bool {
        let (a, b) = (self.steps[a as usize], self.steps[b as usize]);
        a.end == b.start && a.edge.kind != Kind::Mark && b.edge.kind != Kind::Mark
    }

    /// Writes one step, and its reading when it is not plainly what stands there.
    fn word(&self, step: u32, scan: Span, split: bool, text: &mut String, readings: &mut Vec<Reading>) {
        let Step { start, end, edge, .. } = self.steps[step as usize];
        let scanned = &self.scan[start as usize..end as usize];
        let begin = text.len();
        match edge.kind {
            Kind::Word if !self.is_same_word(edge.word, edge.case, scanned) => {
                self.spell(edge.word, self.case(step), text);
            }
            Kind::Number => text.push_str(words::as_number(scanned).as_deref().unwrap_or(scanned)),
            _ => text.push_str(scanned),
        }
        if edge.kind == Kind::Mark {
            return;
        }
        let confidence = self.posteriors[step as usize].min(1.0);
        let alternatives = self.alternatives(step, false);
        let same = text[begin..] == *scanned;
        if split || !same || !alternatives.is_empty() || (confidence < SURE && edge.kind != Kind::Stay) {
            readings.push(Reading {
                scan,
                text: Span::new(begin, text.len()),
                confidence,
                alternatives,
            });
        }
    }

    /// What may stand in place of a token that was left as it was scanned; nothing where nothing else is likely.
    fn doubt(&self, step: u32, scan: Span, text: Span) -> Option<Reading> {
        let scanned = words::canonical(&self.scan[scan.range()]);
        let mut alternatives = self.alternatives(step, true);
        let confidence = self.as_scanned(step, &alternatives);
        alternatives.retain(|a| a.text != scanned);
        (!alternatives.is_empty()).then_some(Reading {
            scan,
            text,
            confidence,
            alternatives,
        })
    }

    /// Other readings of the bytes of a step, likeliest first: other words, two for one, and one for this and its
    /// neighbors; with the reading of the step `itself` if that is asked for.
    fn alternatives(&self, step: u32, itself: bool) -> Vec<Alternative> {
        /// How many nodes before a step another may begin that reads the same bytes.
        const REACH: u32 = 4;
        let Step { from, to, .. } = self.steps[step as usize];
        let mut found: Vec<Alternative> = Vec::new();
        let own = self.said(step);
        let mut add = |text: String, confidence: f32| match found.iter_mut().find(|known| known.text == text) {
            Some(known) => known.confidence = (known.confidence + confidence).min(1.0),
            None if text == own && !itself => {}
            None => found.push(Alternative { text, confidence }),
        };
        let likely = |at: &u32| {
            let kind = self.steps[*at as usize].edge.kind;
            self.posteriors[*at as usize] >= LEAST_ALTERNATIVE && kind != Kind::Mark
        };
        for at in self.leaving(from.saturating_sub(REACH)..from + 1).filter(likely) {
            let other = self.steps[at as usize];
            let confidence = self.posteriors[at as usize].min(1.0);
            if other.to >= to {
                add(self.said(at), confidence);
            } else if other.from == from && other.to < to {
                for behind in self.leaving(other.to..other.to + 1).filter(likely) {
                    if self.steps[behind as usize].to == to {
                        let confidence = confidence.min(self.posteriors[behind as usize]);
                        add(format!("{} {}", self.said(at), self.said(behind)), confidence);
                    }
                }
            }
        }
        found.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
        found
    }

    /// The steps that leave these nodes.
    fn leaving(&self, nodes: std::ops::Range<u32>) -> impl Iterator<Item = u32> {
        let first = self.steps.partition_point(|s| s.from < nodes.start);
        let behind = self.steps.partition_point(|s| s.from < nodes.end);
        first as u32..behind as u32
    }

    /// What a step says, in lower case.
    fn said(&self, step: u32) -> String {
        let Step { start, end, edge, .. } = self.steps[step as usize];
        let scanned = &self.scan[start as usize..end as usize];
        match edge.kind {
            Kind::Word => self
                .model
                .vocabulary
                .spelling(edge.word)
                .unwrap_or_default()
                .to_lowercase(),
            Kind::Number => words::as_number(scanned).unwrap_or_default(),
            _ => scanned.to_lowercase(),
        }
    }

    /// How a word is set: `BO` is `Bộ` or `BỘ`, for engines give both as `O`; the words beside it tell.
    fn case(&self, step: u32) -> Case {
        let Step { start, end, edge, .. } = self.steps[step as usize];
        let spelling = self.model.vocabulary.spelling(edge.word).unwrap_or_default();
        let marked = |c: char| c.is_lowercase() && !c.is_ascii() && c != 'đ';
        if edge.case != Case::Upper || spelling.chars().count() != 2 || !spelling.ends_with(marked) {
            return edge.case;
        }
        let sign = |c: char| !c.is_alphanumeric();
        let capitals = |word: &str| words::case_of(word) == Case::Upper && !word.contains(char::is_lowercase);
        let before = self.scan[..start as usize].rsplit('\n').next();
        let behind = self.scan[end as usize..].split('\n').next();
        let before = before.and_then(|line| line.rsplit(sign).find(|word| !word.is_empty()));
        let behind = behind.and_then(|line| line.split(sign).find(|word| !word.is_empty()));
        let mut beside = before.into_iter().chain(behind).peekable();
        if beside.peek().is_none() || beside.any(capitals) {
            Case::Upper
        } else {
            Case::Title
        }
    }

    fn spell(&self, word: Word, case: Case, text: &mut String) {
        debug_assert_ne!(word, BOUNDARY);
        let spelling = self.model.vocabulary.spelling(word).unwrap_or_default();
        for (index, c) in spelling.chars().enumerate() {
            let upper = case == Case::Upper || (case == Case::Title && index == 0);
            match letters::letter(c).filter(|&l| upper && l < letters::LETTERS) {
                Some(letter) => text.push(letters::letter_char(letter + letters::LETTERS)),
                None => text.push(c),
            }
        }
    }
}

/// A word with `i` for `y`: `lý` and `lí` are one word.
fn with_one_i(word: &str) -> String {
    let one = |c| match c {
        'y' => 'i',
        'ỳ' => 'ì',
        'ý' => 'í',
        'ỷ' => 'ỉ',
        'ỹ' => 'ĩ',
        'ỵ' => 'ị',
        c => c,
    };
    words::canonical(word).chars().map(one).collect()
}

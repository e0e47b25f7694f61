//! The top of a document: letterhead in two columns, number, place and date, down to the heading of the kind.
//!
//! A scan reads both columns as one line (`TINH UY PONG NAI PANG CONG SAN VIET NAM`); here they are taken apart again.

mod heading;
mod numbers;

use std::ops::Range;

use vietnamese::offsets::Span;
use vietnamese::restore::{Condition, Judgement};

use crate::Date;
use crate::bare::alike;
use crate::document::Paper;
use crate::gazetteer;
use crate::metadata::card::{self, Card};
use crate::metadata::lines::Lines;
use crate::metadata::{body, date, marks, motto, number};

pub(crate) use heading::Heading;

/// How much of a text is searched for its header: web pages put a summary before it.
const HEAD_BYTES: usize = 10 * 1024;
/// How many lines a letterhead takes at most, in both columns.
const LETTERHEAD_LINES: usize = 9;

/// Of how many words a symbol consists at most: `-CTr/BDVTU-BCHQS`.
const SYMBOL_WORDS: usize = 4;

/// The document's own number in the header.
#[derive(Debug, Clone)]
pub(crate) struct OwnNumber {
    /// What was read.
    pub found: number::Found,
    /// Whether the word `Số` stands before it.
    pub labelled: bool,
}

/// A date whose day was left to be filled in.
#[derive(Debug, Clone)]
pub(crate) struct Blank {
    /// The words of the place before it.
    pub place: Range<usize>,
    /// The first and the last day it may be, where the month or the year is written.
    pub days: Option<(Date, Date)>,
    /// Where it stands.
    pub span: Span,
}

/// What stands above the subject.
#[derive(Debug)]
pub(crate) struct Header<'a> {
    /// The lines of the head of the text.
    pub lines: Lines<'a>,
    /// What the card of a web page says.
    pub card: Card,
    /// The heading of the kind.
    pub heading: Option<Heading>,
    /// The line of `Kính gửi`, if it comes before any heading.
    pub addressed: Option<usize>,
    /// The lines from the letterhead to the heading, heading excluded.
    pub zone: Range<usize>,
    /// Whether the motto of the State or the name of the Party stands there.
    pub motto: bool,
    /// The words of both, run by run.
    pub mottos: Vec<Range<usize>>,
    /// The words of marks: secret, urgent, draft.
    pub marks: Vec<Range<usize>>,
    /// The words of the left column: the issuing body and those above it.
    pub letterhead: Vec<usize>,
    /// The days written there, with the words of their places.
    pub dates: Vec<(date::Found, Range<usize>)>,
    /// Place, month and year of a day left blank: `Thổ Châu, ngày    tháng 10 năm 2025`.
    pub blank: Option<Blank>,
    /// The numbers written there.
    pub numbers: Vec<OwnNumber>,
    /// Whether its letters are those that were typed, and no scanner's.
    pub typed: bool,
    /// All numbers of the text.
    all: &'a [number::Found],
    judgements: &'a [Judgement],
}

impl<'a> Header<'a> {
    /// Reads the top of `paper`, whose lines are `cut` and which bears the document numbers `all`.
    pub fn of(paper: &Paper<'a>, cut: &Lines<'a>, all: &'a [number::Found]) -> Self {
        let lines = cut.part(0..HEAD_BYTES);
        let card = card::read(&lines);
        let mut header = Self {
            heading: None,
            addressed: None,
            zone: card.behind..card.behind,
            motto: false,
            mottos: Vec::new(),
            marks: Vec::new(),
            letterhead: Vec::new(),
            dates: Vec::new(),
            blank: None,
            numbers: Vec::new(),
            typed: false,
            all,
            judgements: paper.judgements,
            card,
            lines,
        };
        header.find_heading();
        header.find_zone();
        header.typed = header.is_typed(header.zone.clone());
        header.take_apart();
        header
    }

    /// Whether lines have the letters that were typed, and no scanner's.
    fn is_typed(&self, lines: Range<usize>) -> bool {
        let lines = self.lines.lines.get(lines).unwrap_or_default();
        let Some((first, last)) = lines.first().zip(lines.last()) else {
            return false;
        };
        let span = Span::new(first.start, last.end);
        let mut judged = self.judgements.iter().filter(|judged| judged.text.overlaps(span));
        judged.all(|judged| judged.condition == Condition::Clean)
    }

    /// The header begins a few lines above the first sign of one.
    fn find_zone(&mut self) {
        let end = match (&self.heading, self.addressed) {
            (Some(heading), _) => heading.line,
            (None, Some(line)) => line,
            (None, None) => (self.card.behind + LETTERHEAD_LINES).min(self.lines.lines.len()),
        };
        let earliest = end.saturating_sub(2 * LETTERHEAD_LINES).max(self.card.behind);
        let earliest = self.behind_stamp(earliest..end).unwrap_or(earliest);
        let sign = (earliest..end).find(|&line| {
            let words = self.lines.lines[line].words.clone();
            motto::begins_in(&self.lines, words.clone())
                || date::begins_in(&self.lines, words.start..words.end.min(words.start + 18))
                || self.number_in(line).is_some()
        });
        if let Some(below) = sign.is_none().then(|| self.letterhead_below()).flatten() {
            self.zone = below;
            return;
        }
        let start = match sign {
            Some(sign) => sign.saturating_sub(4).max(earliest),
            None => end.saturating_sub(4).max(earliest),
        };
        // Prose above a letterhead belongs to the page, not to the letterhead.
        let start = (start..sign.unwrap_or(end))
            .rev()
            .find(|&line| {
                let words = self.lines.lines[line].words.clone();
                words.len() > 1 && !self.lines.in_capitals(words)
            })
            .map_or(start, |prose| prose + 1);
        self.zone = start..end;
    }

    /// The lines of a letterhead that stands below the subject: a body in capitals, then a number of its own.
    fn letterhead_below(&self) -> Option<Range<usize>> {
        let heading = self.heading.as_ref()?.line;
        let words = |line: usize| self.lines.lines[line].words.clone();
        let begins = |line: &usize| {
            let line = words(*line);
            let bare: Vec<&str> = line.clone().take(8).map(|word| self.lines.bare(word)).collect();
            body::spelled_at(&bare).is_some_and(|(_, count)| count > 1) && self.lines.in_capitals(line)
        };
        let lines = self.lines.lines.len();
        let start = (heading + 1..lines.min(heading + LETTERHEAD_LINES)).find(begins)?;
        let numbered = (start + 1..lines.min(start + LETTERHEAD_LINES))
            .find(|&line| self.number_in(line).is_some_and(|own| own.labelled))?;
        let dated = |line: &usize| date::begins_in(&self.lines, words(*line));
        let end = (start..lines.min(numbered + 3))
            .rfind(dated)
            .map_or(numbered, |dated| dated.max(numbered));
        Some(start..end + 1)
    }

    /// The line behind the stamp of who received the paper: CÔNG VĂN ĐẾN, with a number and a day of its own.
    fn behind_stamp(&self, lines: Range<usize>) -> Option<usize> {
        let words = |line: usize| self.lines.lines[line].words.clone();
        let stamp = lines
            .clone()
            .find(|&line| matches!(self.lines.squeezed(words(line)), "congvanden" | "vanbanden" | "den"))?;
        let filled = |line: &usize| {
            matches!(
                self.lines.bare(words(*line).start),
                "so" | "ngay" | "gio" | "chuyen" | "luu"
            ) && self.number_in(*line).is_none()
        };
        Some((stamp + 1..lines.end).find(|line| !filled(line)).unwrap_or(lines.end))
    }

    /// Sorts the words of the header: motto, place and date, number; what is left is the letterhead.
    fn take_apart(&mut self) {
        let zone = self.zone.clone();
        let Some((first, last)) = self.words_of(zone.clone()) else {
            return;
        };
        let mut taken = vec![false; last - first];
        let mark = |taken: &mut Vec<bool>, words: Range<usize>| {
            for word in words.start.max(first)..words.end.min(last) {
                taken[word - first] = true;
            }
        };
        for motto in [&motto::STATE, &motto::PARTY, &motto::MOTTO_ONLY] {
            for run in motto::runs(&self.lines, motto, zone.clone(), &taken, first, self.typed) {
                // `Độc lập - Tự do - Hạnh phúc` is never prose; the names of State and Party are.
                let line = self.lines.lines[self.lines.line_of(run.start)].words.len();
                self.motto |= std::ptr::eq(motto, &motto::MOTTO_ONLY) && line <= 14 || motto::stands(&self.lines, &run);
                mark(&mut taken, run.clone());
                self.mottos.push(run);
            }
        }
        self.marks = marks::runs(&self.lines, zone.clone());
        for run in self.marks.clone() {
            mark(&mut taken, run);
        }
        for line in zone.clone() {
            if let Some(own) = self.number_in(line) {
                let words = self.words_between(line, own.found.start, own.found.end);
                let labelled = words.start > self.lines.lines[line].words.start && own.labelled;
                mark(&mut taken, words.start - usize::from(labelled)..words.end);
                self.numbers.push(own);
            }
        }
        for line in zone.clone() {
            mark(&mut taken, self.blank_number(line));
        }
        self.find_dates(first..last, &mut taken, first);
        let bearing: Vec<bool> = zone
            .clone()
            .map(|line| self.bears_letterhead(line, &taken, first))
            .collect();
        self.letterhead = (first..last)
            .filter(|&word| {
                !taken[word - first] && self.is_letterhead(word) && bearing[self.lines.line_of(word) - zone.start]
            })
            .collect();
        if self.letterhead.is_empty() && (self.motto || !self.numbers.is_empty()) {
            // Fonts of the nineties lose their capitals when read: short lines above the number are a letterhead too.
            let number = self.numbers.first().map_or(usize::MAX, |own| own.found.start);
            let end = (first..last)
                .find(|&word| self.lines.word(word).is_some_and(|word| word.start >= number))
                .unwrap_or(last);
            self.letterhead = (first..last.min(end))
                .filter(|&word| self.lines.lines[self.lines.line_of(word)].words.len() <= 14)
                .filter(|&word| {
                    !taken[word - first] && self.lines.bare(word).bytes().all(|byte| byte.is_ascii_alphabetic())
                })
                .filter(|&word| self.lines.bare(word) != "so")
                .collect();
        }
    }

    /// The words of a number left blank, empty where there is none: `Số:     -HD/ĐUCA`.
    fn blank_number(&self, line: usize) -> Range<usize> {
        let words = self.lines.lines[line].words.clone();
        let part = |word: usize| self.lines.gap_before(word).contains(['-', '–', '/']);
        let symbol = words.start + 1..words.end.min(words.start + 1 + SYMBOL_WORDS);
        let behind = symbol.clone().find(|&word| !part(word)).unwrap_or(symbol.end);
        let slash = symbol.start < behind && self.lines.gap_before(behind - 1).contains('/');
        let blank = slash && number::is_so(self.lines.bare(words.start)) && self.number_in(line).is_none();
        if blank {
            words.start..behind
        } else {
            words.start..words.start
        }
    }

    fn find_dates(&mut self, words: Range<usize>, taken: &mut [bool], first: usize) {
        let mut at = words.start;
        while let Some(found) = date::in_words(&self.lines, at..words.end) {
            let line = self.lines.lines[self.lines.line_of(found.word)].words.start;
            if alike(self.lines.bare(line), "can") && alike(self.lines.bare(line + 1), "cu") && found.word > line + 1 {
                // `Căn cứ Luật Giáo dục ngày …`: the day of another document.
                at = found.next;
                continue;
            }
            let place = self.place_before(found.word, &taken[..], first);
            // Between two runs of it, in two lines, stand words of the left column: they stay.
            let [begun, rest] = found.runs();
            for word in (place.start..begun.end).chain(rest) {
                taken[word - first] = true;
            }
            at = found.next;
            self.dates.push((found, place));
        }
        // A day left blank: `ngày    tháng 9 năm 2025`.
        for word in words.clone() {
            if taken[word - first] || self.lines.bare(word) != "ngay" {
                continue;
            }
            let line = self.lines.lines[self.lines.line_of(word)].words.clone();
            if let Some(month) = (word + 1..(word + 3).min(line.end)).find(|&next| self.lines.bare(next) == "thang") {
                let place = self.place_before(word, taken, first);
                let end = line.end.min(words.end);
                taken[place.start - first..end - first].fill(true);
                self.blank = Some(Blank {
                    days: date::month_or_year(&self.lines, month..end),
                    span: self.lines.span(word..end),
                    place,
                });
            }
        }
    }

    /// The words of the place before `ngày`: on the same line, not in capitals, behind the left column.
    fn place_before(&self, ngay: usize, taken: &[bool], first: usize) -> Range<usize> {
        let line = self.lines.lines[self.lines.line_of(ngay)].words.clone();
        let mut start = ngay;
        while start > line.start.max(first) && ngay - start < 7 {
            let Some(word) = self.lines.word(start - 1) else { break };
            let gap = self.lines.gap_before(start);
            let wide = gap.len() >= 2 && gap.bytes().all(|byte| byte == b' ') && start < ngay;
            let begun = start < ngay && self.lines.word(start).is_some_and(|word| word.capital);
            let apart = wide || start < ngay && gap.contains(['|', ';', ':', '/']);
            // `Buôn HO`: two letters alone do not show the case of the second.
            let last = start == ngay && self.lines.bare(start - 1).len() == 2;
            let slip = last
                && start > 1
                && self
                    .lines
                    .word(start - 2)
                    .is_some_and(|word| word.capital && !word.caps);
            if taken[start - 1 - first]
                || (word.caps && word.end - word.start > 1 && !slip)
                || !word.capital && !self.is_place_word(start - 1, begun)
                || apart
            {
                break;
            }
            start -= 1;
        }
        start..ngay
    }

    /// Whether a small word may belong to a place: one for its kind, or a misread one behind its first.
    fn is_place_word(&self, word: usize, begun: bool) -> bool {
        matches!(self.lines.bare(word), "tp" | "pho" | "thanh" | "xa" | "phuong" | "tinh")
            // `la Grai`: an I read as l.
            || begun && self.lines.bare(word) == "la"
            || !begun && self.lines.bare(word).len() >= 3
    }

    fn is_letterhead(&self, word: usize) -> bool {
        let Some(found) = self.lines.word(word) else {
            return false;
        };
        let caps = |index: usize| self.lines.word(index).is_some_and(|word| word.caps);
        // `QUAN Uy LE CHAN`: a scanner's slip between capitals.
        if !found.caps
            && found.capital
            && word > 0
            && caps(word - 1)
            && caps(word + 1)
            && self.lines.bare(word).len() <= 4
        {
            return self.lines.line_of(word - 1) == self.lines.line_of(word + 1);
        }
        // `Uy BAN NHAN DAN`: the same at the beginning of a line.
        let begins = self.lines.lines[self.lines.line_of(word)].words.start == word;
        let number = number::is_so(self.lines.bare(word));
        let slip = begins && !number && found.capital && !found.caps && self.lines.bare(word).len() <= 3;
        if slip && caps(word + 1) && caps(word + 2) && self.lines.line_of(word + 2) == self.lines.line_of(word) {
            return true;
        }
        let digits = self.lines.bare(word).bytes().all(|byte| byte.is_ascii_digit());
        if self.is_blot(self.lines.line_of(word)) {
            return false;
        }
        let behind_capitals = word > 0 && self.lines.word(word - 1).is_some_and(|before| before.caps);
        found.caps && (found.end - found.start > 1 || self.lines.bare(word) == "y" || self.is_in_place_name(word))
            || digits && behind_capitals && self.lines.bare(word).len() <= 2
    }

    /// Whether a line is the star below a body, read as letters: `3K`, `X4`, `Rokk`, `2K KK`.
    fn is_blot(&self, line: usize) -> bool {
        let words = self.lines.lines[line].words.clone();
        let letter = |byte: u8| byte.is_ascii_alphabetic();
        let syllable = |byte: u8| matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
        let mut bare = words.clone().map(|word| self.lines.bare(word).as_bytes());
        let mixed = |word: &[u8]| word.iter().any(|&byte| letter(byte)) && word.iter().any(u8::is_ascii_digit);
        let meaningless = |word: &[u8]| word.len() <= 2 && !word.iter().any(|&byte| syllable(byte));
        match words.len() {
            1 => bare.clone().all(mixed) || bare.any(|word| word.ends_with(b"kk")),
            2 | 3 => bare.clone().all(meaningless) && bare.any(|word| word.iter().any(|&byte| letter(byte))),
            _ => false,
        }
    }

    /// Whether a single letter belongs to the name of a place behind its kind: XÃ A LƯỚI 1, HUYỆN CHÂU THÀNH A.
    fn is_in_place_name(&self, word: usize) -> bool {
        (word.saturating_sub(2)..=word).any(|start| {
            let introduced = start > 0
                && (body::place_word(self.lines.bare(start - 1)).is_some()
                    || matches!(self.lines.bare(start - 1), "uy" | "pho" | "tran" | "khu"));
            introduced
                && (word + 1..=word + 3).any(|end| gazetteer::named(self.lines.squeezed(start..end)).next().is_some())
        })
    }

    fn words_of(&self, lines: Range<usize>) -> Option<(usize, usize)> {
        let lines = self.lines.lines.get(lines)?;
        Some((lines.first()?.words.start, lines.last()?.words.end))
    }

    fn words_between(&self, line: usize, start: usize, end: usize) -> Range<usize> {
        let words = self.lines.lines[line].words.clone();
        let first = words
            .clone()
            .find(|&word| self.lines.word(word).is_some_and(|word| word.end > start))
            .unwrap_or(words.end);
        let last = (first..self.lines.len()).find(|&word| self.lines.word(word).is_none_or(|word| word.start >= end));
        first..last.unwrap_or(self.lines.len())
    }

    /// Whether what is left of a line, motto and date taken away, is written in capitals as a letterhead is.
    fn bears_letterhead(&self, line: usize, taken: &[bool], first: usize) -> bool {
        let (mut capital, mut all) = (0, 0);
        for word in self.lines.lines[line]
            .words
            .clone()
            .filter(|&word| !taken[word - first])
        {
            let length = self.lines.bare(word).len();
            all += length;
            if self.is_letterhead(word) {
                capital += length;
            }
        }
        capital * 10 >= all * 7
    }

    /// The words of the place before the first date that has one.
    pub fn place(&self) -> Option<Range<usize>> {
        let places = self.dates.iter().map(|(_, place)| place);
        let mut places = places.chain(self.blank.iter().map(|blank| &blank.place));
        places.find(|place| !place.is_empty()).cloned()
    }

    /// Where some words of the header stand.
    pub fn span(&self, words: Range<usize>) -> Span {
        self.lines.span(words)
    }
}

//! The ways to read one piece: as words, numbers, signs, whole or divided.

use std::sync::{Arc, RwLock};

use rustc_hash::FxHashMap;

use super::atoms::{Atom, atoms, is_punctuation, last_ender, settings, sign_log};
use super::candidates::{Candidate, Finder, LONGEST_TOKEN, Search};
use super::channel::OTHER_SYMBOL;
use super::lattice::{Edge, Kind, Piece, Reader};
use super::letters;
use super::model::{Model, Scanner};
use super::words::{self, BOUNDARY, Case, MIXED, UNKNOWN, Word};
use crate::syllable::is_syllable;

/// The longest stretch between blanks that is read; a longer one stays as it is.
pub const LONGEST_PIECE: usize = 60;

/// The most runs and signs in one stretch that are read.
const MOST_ATOMS: usize = 14;

/// What it costs to take one run of letters for two words.
const SPLIT: f32 = -6.0;

/// What it costs to take a part of a number and symbol for a word that is no abbreviation.
const NO_ABBREVIATION: f32 = -5.0;

/// How far below its own length a reading may lie before other divisions are tried.
const POOR: f32 = -7.0;

/// A way to read some bytes of a piece.
#[derive(Debug, Clone, Copy)]
struct Way {
    start: usize,
    end: usize,
    kind: Kind,
    word: Word,
    case: Case,
    channel: f32,
}

impl Way {
    /// The bytes from `start` to `end` read as a word.
    fn word([start, end]: [usize; 2], word: Word, case: Case, channel: f32) -> Self {
        let kind = Kind::Word;
        Self {
            start,
            end,
            kind,
            word,
            case,
            channel,
        }
    }
}

/// A word that some letters may be, however the place they stand at is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    word: Word,
    case: Case,
    channel: f32,
}

/// The words that tokens may be, remembered for all threads that read with one hand.
#[derive(Debug, Default)]
pub(super) struct Finds([RwLock<FoundByToken>; 8]);

type FoundByToken = FxHashMap<Box<str>, Arc<[Found]>>;

impl Finds {
    /// The words that a token may be: by the second scanner or the first, set in capitals or not, only good ones or all.
    fn of(&self, by: [bool; 3], token: &str, find: impl FnOnce() -> Arc<[Found]>) -> Arc<[Found]> {
        const MOST: usize = 50_000;
        let known = &self.0[by.into_iter().fold(0, |at, yes| 2 * at + usize::from(yes))];
        let found = known.read().ok().and_then(|known| known.get(token).cloned());
        found.unwrap_or_else(|| {
            let found = find();
            if let Ok(mut known) = known.write() {
                if known.len() > MOST {
                    known.clear();
                }
                known.insert(token.into(), Arc::clone(&found));
            }
            found
        })
    }
}

/// Gathers the ways to read one piece.
pub(super) struct Builder<'a> {
    pub model: &'a Model,
    pub scanner: &'a Scanner,
    pub reader: Reader,
    pub finder: &'a mut Finder,
    pub symbols: &'a mut Vec<u8>,
    pub finds: &'a Finds,
    pub text: &'a str,
    pub edges: Vec<Edge>,
}

impl Builder<'_> {
    /// All ways, from the first byte to the last; bounded in number whatever the piece is.
    pub fn build(&mut self) -> Piece {
        if self.text.len() > LONGEST_PIECE || words::is_address(self.text) {
            return self.whole();
        }
        let atoms = atoms(self.text);
        if atoms.len() > MOST_ATOMS {
            return self.whole();
        }
        // Nodes: the places between atoms first get even numbers of their own; splits come in between.
        let mut places: Vec<usize> = atoms.iter().map(|a| a.start).collect();
        places.push(self.text.len());
        let mut torn = false;
        let mut raw: Vec<Way> = Vec::new();
        let last_end = last_ender(self.text);
        for (index, atom) in atoms.iter().enumerate() {
            if let Some(sign) = atom.sign {
                let word = if Some(atom.start) == last_end {
                    BOUNDARY
                } else {
                    UNKNOWN
                };
                raw.push(Way {
                    start: atom.start,
                    end: atom.end,
                    kind: Kind::Mark,
                    word,
                    case: Case::Lower,
                    channel: sign_log(sign),
                });
            }
            let best = self.runs(&atoms, index, &mut raw).max(self.numeral(*atom, &mut raw));
            let number = self.text[atom.start..atom.end].bytes().all(|b| b.is_ascii_digit());
            if atom.sign.is_none() && best < POOR && !(number && atom.end - atom.start > 3) {
                torn |= atoms
                    .iter()
                    .all(|a| a.sign.is_none_or(|c| !matches!(c, '.' | ',' | '/' | '-')));
                self.splits(*atom, best, &mut raw, &mut places);
            }
        }
        places.sort_unstable();
        places.dedup();
        let node = |place: usize| places.binary_search(&place).unwrap_or_default() as u8;
        for &Way {
            start,
            end,
            kind,
            word,
            case,
            channel,
        } in &raw
        {
            self.edges.push(Edge {
                from: node(start),
                to: node(end),
                start: start as u8,
                end: end as u8,
                kind,
                word,
                case,
                channel,
            });
        }
        self.edges.sort_by(|a, b| {
            (a.from, a.to)
                .cmp(&(b.from, b.to))
                .then(b.channel.total_cmp(&a.channel))
                .then(a.word.cmp(&b.word))
        });
        Piece {
            nodes: places.len() as u8,
            edges: std::mem::take(&mut self.edges),
            torn,
        }
    }

    /// A piece that is not looked into.
    fn whole(&self) -> Piece {
        let end = self.text.len().min(u8::MAX as usize) as u8;
        Piece {
            nodes: 2,
            edges: vec![Edge {
                from: 0,
                to: 1,
                start: 0,
                end,
                kind: Kind::Stay,
                word: UNKNOWN,
                case: Case::Lower,
                channel: 0.0,
            }],
            torn: false,
        }
    }

    /// Reads the stretches of atoms that begin at `index` as words; returns the best of the first atom alone.
    fn runs(&mut self, atoms: &[Atom], index: usize, raw: &mut Vec<Way>) -> f32 {
        let mut best = f32::NEG_INFINITY;
        for last in index..atoms.len().min(index + 5) {
            let stretch = &atoms[index..=last];
            let (start, end) = (stretch[0].start, atoms[last].end);
            if !stretch.iter().all(|a| a.sign.is_none_or(|c| self.may_be_letter(c))) {
                break;
            }
            if stretch.iter().all(|a| a.sign.is_some()) && self.text.len() > 2 {
                continue;
            }
            if matches!(self.reader, Reader::Unmarked) && last > index {
                break;
            }
            // A word that reads well does not need the comma behind it.
            if last > index && best > POOR && stretch.iter().any(|a| a.sign.is_some_and(is_punctuation)) {
                break;
            }
            let score = self.word(start, end, 0.0, false, raw);
            if last == index && stretch[0].sign.is_none() {
                best = score.max(self.stay(start, end, 0.0, raw));
            }
        }
        best
    }

    /// Whether the scanner writes this sign for letters at all.
    fn may_be_letter(&self, sign: char) -> bool {
        const LIKELY: f32 = -6.5;
        let symbol = self.model.symbols.symbol(sign);
        symbol != OTHER_SYMBOL && self.scanner.inner_signs[symbol as usize] > LIKELY
    }

    /// Reads one stretch as one word; returns the best channel.
    fn word(&mut self, start: usize, end: usize, cost: f32, narrow: bool, raw: &mut Vec<Way>) -> f32 {
        let all = self.text;
        let text = &all[start..end];
        let Reader::Scanned { scanner, upper } = self.reader else {
            return self.unmarked(start, end, raw);
        };
        // Longer numbers are numbers; only `111` may be a numeral.
        let is_number = text.len() > 2 && text.bytes().all(|b| b.is_ascii_digit()) && text != "111";
        if is_number || text.chars().nth(LONGEST_TOKEN).is_some() {
            return f32::NEG_INFINITY;
        }
        // What stands in a number and symbol is an abbreviation.
        let code = all.contains('/') && words::is_code(all);
        let vocabulary = &self.model.vocabulary;
        let small = |word| {
            let spelling = vocabulary.spelling(word);
            spelling.is_some_and(|s| s.chars().any(char::is_lowercase))
        };
        let mut best = f32::NEG_INFINITY;
        for &Found { word, case, channel } in &*self.found(text, scanner, upper, narrow) {
            let channel = channel + if code && small(word) { NO_ABBREVIATION } else { 0.0 };
            best = best.max(channel);
            raw.push(Way::word([start, end], word, case, channel + cost));
        }
        best
    }

    /// The words that `text` may be, each set as it is likeliest; looked for once, wherever it stands.
    fn found(&mut self, text: &str, scanner: u8, upper: bool, narrow: bool) -> Arc<[Found]> {
        let finds = self.finds;
        finds.of([scanner == 1, upper, narrow], text, || self.find(text, upper, narrow))
    }

    /// Looks for them.
    fn find(&mut self, text: &str, upper: bool, narrow: bool) -> Arc<[Found]> {
        self.symbols.clear();
        self.symbols.extend(text.chars().map(|c| self.model.symbols.symbol(c)));
        // The longer a token, the fewer words it may be.
        let (beam, most) = match self.symbols.len() {
            _ if narrow => (3.5, 5),
            ..5 => (7.5, 16),
            _ => (7.0, 14),
        };
        let seen = self.scanner.tokens.get(text).map_or(&[][..], |s| s);
        let mut all: Vec<Found> = Vec::new();
        let mut add = |word: Word, case: Case, channel: f32| match all.iter_mut().find(|found| found.word == word) {
            Some(known) if known.channel >= channel => {}
            Some(known) => (known.channel, known.case) = (channel, case),
            None => all.push(Found { word, case, channel }),
        };
        let mut top = f32::NEG_INFINITY;
        let settings = settings(text, upper);
        self.finder
            .take(&self.scanner.channel, self.symbols, settings.iter().map(|s| s.0));
        for &(case, prior) in settings {
            let search = Search {
                case,
                beam,
                most,
                narrow,
                floor: top - beam - prior,
            };
            let found = self.finder.find(&self.model.spellings, search);
            top = found.first().map_or(top, |best| top.max(prior + best.0));
            for &(_, Candidate { word, channel }) in found {
                let times = seen
                    .iter()
                    .find(|&&(w, c, _)| w == word && c == case)
                    .map_or(0.0, |s| s.2);
                add(word, case, prior + self.scanner.blend(word, case, times, channel));
            }
            for &(word, as_case, times) in seen.iter().filter(|s| s.1 == case) {
                add(word, as_case, prior + self.scanner.blend(word, as_case, times, -20.0));
            }
        }
        all.into()
    }

    /// Puts marks on letters that are right.
    fn unmarked(&mut self, start: usize, end: usize, raw: &mut Vec<Way>) -> f32 {
        let text = &self.text[start..end];
        let bare: Option<Vec<u8>> = text.chars().map(|c| letters::letter(c).map(letters::bare)).collect();
        let Some(words) = bare.and_then(|b| self.model.bare.get(&b[..])) else {
            return f32::NEG_INFINITY;
        };
        let case = words::case_of(text);
        raw.extend(words.iter().map(|&word| Way::word([start, end], word, case, 0.0)));
        0.0
    }

    /// Lets a run stay as it is: a number, a code, a foreign word.
    fn stay(&mut self, start: usize, end: usize, cost: f32, raw: &mut Vec<Way>) -> f32 {
        let text = &self.text[start..end];
        let (mut digits, mut others) = (0usize, 0usize);
        for c in text.chars() {
            if c.is_ascii_digit() {
                digits += 1;
            } else {
                others += 1;
            }
        }
        let (word, log) = match (digits, others) {
            (_, 0) => (
                words::number_class(text),
                match words::number_class(text) {
                    words::YEAR => -3.5,
                    _ => -2.2 * digits as f32,
                },
            ),
            // Capitals alone are an abbreviation more often than a syllable.
            (0, 2..=8) if !self.reader.is_upper() && text.bytes().all(|b| b.is_ascii_uppercase()) => {
                (UNKNOWN, -1.5 - 3.0 * others as f32)
            }
            (0, _) => (UNKNOWN, -2.0 - 3.8 * others as f32),
            _ => (MIXED, -2.0 - 3.8 * (digits + others) as f32),
        };
        let mut push = |kind: Kind, word: Word, log: f32| {
            raw.push(Way {
                start,
                end,
                kind,
                word,
                case: Case::Lower,
                channel: log + cost,
            });
        };
        push(Kind::Stay, word, log);
        // An engine that knows the marks knows the digits too.
        if let (Reader::Scanned { scanner: 0, .. }, Some(number)) = (self.reader, words::as_number(text)) {
            push(
                Kind::Number,
                words::number_class(&number),
                -1.5 - 1.2 * number.len() as f32,
            );
        }
        if others == 0 { log } else { f32::NEG_INFINITY }
    }

    /// Reads the mark of a section before a heading in capitals: `111-` and `HI.` are III.
    fn numeral(&mut self, atom: Atom, raw: &mut Vec<Way>) -> f32 {
        const SURE: f32 = -0.5;
        let numeral = (self.reader.is_upper() && atom.start == 0)
            .then(|| words::section_numeral(self.text))
            .flatten();
        let Some(word) = numeral.and_then(|numeral| self.model.vocabulary.number(&numeral)) else {
            return f32::NEG_INFINITY;
        };
        raw.push(Way::word([atom.start, atom.end], word, Case::Upper, SURE));
        SURE
    }

    /// Divides a run that makes no good word.
    fn splits(&mut self, atom: Atom, best: f32, raw: &mut Vec<Way>, places: &mut Vec<usize>) {
        const MOST: usize = 16;
        let text = &self.text[atom.start..atom.end];
        let length = text.chars().count();
        if !(3..=MOST).contains(&length) || matches!(self.reader, Reader::Unmarked) {
            return;
        }
        for (at, _) in text.char_indices().skip(1) {
            let place = atom.start + at;
            let (mut head, mut tail) = (Vec::new(), Vec::new());
            let left = self.word(atom.start, place, 0.0, true, &mut head);
            let left = left.max(self.stay(atom.start, place, 0.0, &mut head));
            if left + SPLIT < best {
                continue;
            }
            let right = self.word(place, atom.end, SPLIT, true, &mut tail);
            let right = right.max(self.stay(place, atom.end, SPLIT, &mut tail));
            if left + right + SPLIT > best.max(-22.0) && !self.is_one_word(&head, &tail) {
                raw.append(&mut head);
                raw.append(&mut tail);
                places.push(place);
            }
        }
    }

    /// Whether two parts stand there as they would be read, and are no two syllables: a foreign word, a code.
    ///
    /// `hydrocarbon` and `UBTVQH15` are not divided; `theoquy` may be.
    fn is_one_word(&self, head: &[Way], tail: &[Way]) -> bool {
        let best = |ways: &[Way]| ways.iter().copied().max_by(|a, b| a.channel.total_cmp(&b.channel));
        let (Some(head), Some(tail)) = (best(head), best(tail)) else {
            return false;
        };
        let text = |way: Way| &self.text[way.start..way.end];
        let stands = |way: Way| {
            way.kind == Kind::Stay || self.model.vocabulary.spelling(way.word) == Some(&words::canonical(text(way)))
        };
        stands(head) && stands(tail) && !(is_syllable(text(head)) && is_syllable(text(tail)))
    }
}

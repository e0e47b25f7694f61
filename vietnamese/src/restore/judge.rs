//! Judges what was done to each line before it came to us.

mod garbage;

use super::Condition;
use super::letters;
use super::model::{self, Model};
use crate::recent::{self, AHEAD, Recent};

/// What a line shows of its condition.
#[derive(Debug, Clone, Copy, Default)]
struct Signs {
    /// Letters.
    letters: u32,
    /// Letters that only Vietnamese has.
    vietnamese: u32,
    /// Letters with marks that other languages have too.
    accented: u32,
    /// Small letters: engines put few marks on capitals.
    small: u32,
    /// Letters that are not Latin.
    foreign: u32,
    /// Tokens of letters.
    tokens: u32,
    /// Tokens that are a Vietnamese syllable when marks are ignored.
    syllables: u32,
    /// Tokens with signs or digits among their letters.
    odd: u32,
    /// Tokens that other languages are full of and Vietnamese has not even without marks.
    abroad: u32,
    /// What stands between blanks.
    pieces: u32,
    /// Pieces that are short words in small letters with marks, and that no Vietnamese ever wrote.
    misread: u32,
}

impl Signs {
    /// Takes what one or more characters count.
    fn take(&mut self, counts: u64) {
        let of = |kind: u64| (counts >> kind.trailing_zeros()) as u32 & ((1 << COUNT_BITS) - 1);
        self.letters += of(LETTER);
        self.vietnamese += of(VIETNAMESE);
        self.accented += of(ACCENTED);
        self.small += of(SMALL);
        self.foreign += of(FOREIGN);
        self.misread += of(MISREAD);
    }

    fn add(&mut self, other: &Self) {
        self.letters += other.letters;
        self.vietnamese += other.vietnamese;
        self.accented += other.accented;
        self.small += other.small;
        self.foreign += other.foreign;
        self.tokens += other.tokens;
        self.syllables += other.syllables;
        self.odd += other.odd;
        self.abroad += other.abroad;
        self.pieces += other.pieces;
        self.misread += other.misread;
    }

    /// Whether this is another language, though many of its words could be Vietnamese without marks (`can`, `the`, `to`).
    fn is_abroad(&self) -> bool {
        self.abroad >= 2 && self.abroad * 12 >= self.tokens
    }

    /// Whether marks stand as densely as in Vietnamese that lost none.
    fn is_marked(&self) -> bool {
        self.vietnamese * 12 > self.letters
    }

    /// Whether there are marks at all that an engine made for English would not write.
    fn has_marks(&self) -> bool {
        self.vietnamese * 40 > self.letters
    }

    /// Whether a text with marks was written by an engine: too many of its small words are none.
    ///
    /// Clean text has abbreviations and run-together words, but hardly a short word in small letters that no
    /// Vietnamese ever wrote.
    fn is_misread(&self) -> bool {
        const FEWEST: u32 = 2;
        self.misread >= FEWEST && u64::from(self.misread) * 300 >= u64::from(self.pieces)
    }

    fn condition(&self) -> Condition {
        let tokens = self.tokens.max(1) as f32;
        if self.letters == 0 || self.foreign * 4 > self.letters || self.is_marked() || self.is_abroad() {
            return Condition::Clean;
        }
        if (self.syllables as f32) < 0.55 * tokens {
            return if self.accented + self.odd > 0 && self.syllables as f32 > 0.4 * tokens {
                Condition::ScannedEnglish
            } else {
                Condition::Clean
            };
        }
        if (self.accented as f32) < 0.02 * tokens && (self.odd as f32) < 0.03 * tokens {
            Condition::Unmarked
        } else {
            Condition::ScannedEnglish
        }
    }
}

/// Judges lines; each leans on its neighbors as far as it is too short to speak for itself.
pub fn judge(model: &Model, recent: &mut Pieces, lines: &[&str]) -> Vec<Condition> {
    /// A line of this many letters speaks for itself.
    const ENOUGH: u32 = 60;
    if recent.is_outdated() {
        *recent = Pieces::default();
    }
    let mut signs: Vec<Signs> = lines.iter().map(|line| count(model, recent, line)).collect();
    let mut whole = Signs::default();
    signs.iter().for_each(|s| whole.add(s));
    // In a text that kept its marks, a line with fewer is still a line with marks.
    let marked = whole.is_marked();
    let is_marked = |s: &Signs| s.is_marked() || (marked && s.has_marks());
    let kept = if marked && (is_set_in_lines(lines) || whole.is_misread()) {
        Condition::ScannedVietnamese
    } else {
        Condition::Clean
    };
    let doubtful = signs.iter().any(|s| s.letters > 0 && !is_marked(s));
    if !doubtful {
        return vec![kept; lines.len()];
    }
    let mut buffer = Vec::new();
    for (line, signs) in lines.iter().zip(&mut signs) {
        if is_marked(signs) {
            continue;
        }
        if garbage::is_garbage(model, line) {
            // Scraps say nothing of the lines around them.
            *signs = Signs::default();
        } else {
            weigh(model, line, signs, &mut buffer);
        }
    }
    let mut all = Signs::default();
    signs.iter().filter(|s| !is_marked(s)).for_each(|s| all.add(s));
    let scanned = all.condition() == Condition::ScannedEnglish && all.accented * 8 > all.tokens;
    (0..lines.len())
        .map(|at| {
            if signs[at].is_abroad() {
                return Condition::Clean;
            }
            if is_marked(&signs[at]) || (marked && !lost_in_marked(&signs, at, is_marked)) {
                return kept;
            }
            let mut sum = signs[at];
            let mut reach = 1;
            while sum.letters < ENOUGH * 3 && reach < 12 && (at >= reach || at + reach < lines.len()) {
                if sum.letters >= ENOUGH && (signs[at].is_marked() == sum.is_marked()) {
                    break;
                }
                if let Some(before) = at.checked_sub(reach) {
                    sum.add(&signs[before]);
                }
                if let Some(after) = signs.get(at + reach) {
                    sum.add(after);
                }
                reach += 1;
            }
            // Few letters without marks may be capitals of a scan: the whole text tells.
            match sum.condition() {
                Condition::Unmarked
                    if scanned || sum.small < ENOUGH && all.condition() == Condition::ScannedEnglish =>
                {
                    Condition::ScannedEnglish
                }
                condition => condition,
            }
        })
        .collect()
}

/// Marks the lines of scans that hold no words.
pub fn judge_garbage(model: &Model, lines: &[&str], conditions: &mut [Condition]) {
    for (line, condition) in lines.iter().zip(conditions) {
        let scanned = matches!(condition, Condition::ScannedEnglish | Condition::ScannedVietnamese);
        if scanned && garbage::is_garbage(model, line) {
            *condition = Condition::Garbage;
        }
    }
}

/// Whether the lines around `at` that have no marks are a stretch of Vietnamese that lost them.
///
/// A text that kept its marks has lines without any: names, addresses, formulas. Only a longer stretch, nearly all
/// syllables, is taken for a scan or for typing without marks.
fn lost_in_marked(signs: &[Signs], at: usize, is_marked: impl Fn(&Signs) -> bool) -> bool {
    const ENOUGH: u32 = 150;
    let open = |s: &&Signs| s.letters == 0 || !is_marked(s);
    let mut sum = Signs::default();
    signs[..at]
        .iter()
        .rev()
        .take(40)
        .take_while(open)
        .for_each(|s| sum.add(s));
    signs[at..].iter().take(40).take_while(open).for_each(|s| sum.add(s));
    sum.letters >= ENOUGH && sum.syllables * 10 >= sum.tokens * 7
}

/// What stood between blanks a moment ago, and what it counts.
pub type Pieces = Recent<u64, 4096>;

/// Counts the letters of a line by their kinds, and its pieces: all text that comes in passes here.
fn count(model: &Model, recent: &mut Pieces, line: &str) -> Signs {
    let bytes = line.as_bytes();
    let mut signs = Signs::default();
    let (mut counts, mut short, mut at) = (0, 0, 0);
    while let Some(byte) = bytes.get(at) {
        if byte.is_ascii_whitespace() {
            at += 1;
            continue;
        }
        signs.pieces += 1;
        let ahead = recent::ahead(&bytes[at..]);
        let length = recent::until_blank(ahead);
        let ends = bytes.get(at + length).is_none_or(u8::is_ascii_whitespace);
        if ends && (1..AHEAD).contains(&length) {
            let piece = &line[at..at + length];
            let key = recent::head(ahead, length);
            counts += recent.known(key).unwrap_or_else(|| {
                let counts = counts_of(model, piece);
                recent.keep(key, || counts);
                counts
            });
            at += length;
        } else {
            let piece = line[at..]
                .split(|c: char| c.is_ascii_whitespace())
                .next()
                .unwrap_or_default();
            piece.chars().for_each(|c| signs.take(kind(c)));
            signs.misread += u32::from(is_misread(model, piece));
            at += piece.len();
        }
        short += 1;
        if short == AT_ONCE {
            signs.take(counts);
            (counts, short) = (0, 0);
        }
    }
    signs.take(counts);
    signs
}

/// So many short pieces overflow no count.
const AT_ONCE: usize = (1 << COUNT_BITS) / AHEAD - 1;
/// Five counts stand side by side in one number, of so many bits each, and above them whether a piece looks misread.
const COUNT_BITS: u32 = 11;
const LETTER: u64 = 1;
const VIETNAMESE: u64 = LETTER << COUNT_BITS;
const ACCENTED: u64 = VIETNAMESE << COUNT_BITS;
const SMALL: u64 = ACCENTED << COUNT_BITS;
const FOREIGN: u64 = SMALL << COUNT_BITS;
const MISREAD: u64 = FOREIGN << COUNT_BITS;

/// What a short piece counts.
fn counts_of(model: &Model, piece: &str) -> u64 {
    let misread = if is_misread(model, piece) { MISREAD } else { 0 };
    piece.chars().map(kind).sum::<u64>() + misread
}

/// What a character counts.
fn kind(c: char) -> u64 {
    match c {
        'a'..='z' => LETTER + SMALL,
        'A'..='Z' => LETTER,
        // Marks that stand after their letter: the text is decomposed, not scanned.
        '\u{300}'..='\u{323}' | '\u{D0}' | '\u{F0}' => VIETNAMESE,
        '\u{1E80}'..='\u{1EFF}' => LETTER + VIETNAMESE,
        c if letters::is_vietnamese(c) => LETTER + VIETNAMESE,
        '\u{C0}'..='\u{24F}' => LETTER + ACCENTED,
        c if !c.is_ascii() && c.is_alphabetic() => LETTER + FOREIGN,
        _ => 0,
    }
}

/// Whether a text stands in the lines of a page: many of them begin within a sentence.
fn is_set_in_lines(lines: &[&str]) -> bool {
    const FEWEST: usize = 2;
    let (mut filled, mut within) = (0, 0);
    for line in lines {
        let mut chars = line.trim_start().chars();
        let (first, second) = (chars.next(), chars.next());
        filled += usize::from(first.is_some());
        // `a) …` is an item of its own.
        let item = second.is_none_or(|c| c.is_ascii_punctuation());
        within += usize::from(!item && first.is_some_and(char::is_lowercase));
    }
    within >= FEWEST && within * 6 >= filled
}

/// Whether a piece is a short word in small letters with marks, and no word at all.
fn is_misread(model: &Model, piece: &str) -> bool {
    let word = piece.trim_end_matches([',', '.', ';', ':', ')', '”', '"']);
    let (mut hash, mut length, mut marked) = (model::SPELLING_SEED, 0, false);
    for c in word.chars() {
        match letters::letter(c) {
            Some(letter) if letter < letters::LETTERS => hash = model::spelling_hash(hash, letter),
            _ => return false,
        }
        marked |= letters::is_vietnamese(c);
        length += 1;
    }
    marked && (2..=7).contains(&length) && !model.spelling_hashes.contains_key(&hash)
}

/// Counts tokens by what they could be.
fn weigh(model: &Model, line: &str, signs: &mut Signs, buffer: &mut Vec<u8>) {
    for piece in line.split_whitespace() {
        let piece = piece.trim_matches(|c: char| !c.is_alphanumeric());
        buffer.clear();
        let mut other = false;
        for c in piece.chars() {
            match letters::letter(c).map(letters::bare).or_else(|| folded(c)) {
                Some(letter) => buffer.push(letter),
                None => other = true,
            }
        }
        if buffer.is_empty() || piece.len() > 40 {
            continue;
        }
        signs.tokens += 1;
        if other {
            signs.odd += u32::from(!is_code(piece));
        } else if model.bare_marked.contains(&buffer[..]) {
            signs.syllables += 1;
        } else {
            signs.abroad += u32::from(ABROAD.iter().any(|word| word.as_bytes() == buffer.as_slice()));
        }
    }
}

/// Small words of English, French, Spanish and German that are no Vietnamese syllable, whatever marks are put on them.
const ABROAD: [&str; 36] = [
    "of", "is", "and", "for", "with", "are", "was", "were", "have", "has", "will", "from", "this", "which", "by", "or",
    "as", "its", "their", "les", "des", "est", "une", "dans", "pour", "aux", "sur", "los", "las", "el", "para", "del",
    "und", "der", "das", "ist",
];

/// Whether a token is a number of a document, an address, an expression: no engine's error makes words look so.
fn is_code(piece: &str) -> bool {
    piece.contains([
        '/', '-', '.', '@', '_', '&', '+', ',', '{', '}', '=', '<', '>', '\\', '#',
    ]) || piece.contains("::")
}

/// The ASCII letter under marks that Vietnamese does not use.
fn folded(c: char) -> Option<u8> {
    Some(match c {
        'ä' | 'å' | 'Ä' | 'Å' => b'a',
        'ë' | 'Ë' | '€' => b'e',
        'ï' | 'î' | 'Ï' | 'Î' => b'i',
        'ö' | 'Ö' => b'o',
        'ü' | 'û' | 'Ü' | 'Û' => b'u',
        'ÿ' | 'Ÿ' => b'y',
        'ç' | '¢' => b'c',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_from_abroad_are_no_syllables() {
        let restorer = crate::restore::Restorer::new();
        let model = restorer.model.as_deref().expect("the model that is built in is whole");
        let syllables: Vec<_> = ABROAD
            .into_iter()
            .filter(|word| model.bare_marked.contains(word.as_bytes()))
            .collect();
        assert_eq!(syllables, [""; 0]);
    }
}

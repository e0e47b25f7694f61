//! What every letter is, looked up once: its lower case, its bare letter, its tone.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::tone::{Tone, VOWELS};

/// One character of Latin text, taken apart.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Letter {
    /// The character in lower case, eth read as đ.
    pub lower: char,
    /// The lower-case letter without its tone, other marks kept: `ế` -> `ê`.
    pub base: char,
    /// The lower-case letter without any mark, in ASCII.
    pub bare: u8,
    /// The tone it carries.
    pub tone: Tone,
    /// What a tokenizer does at this character.
    pub class: Class,
}

/// What a tokenizer does at a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// Ends a token.
    Gap,
    /// Belongs to a token, and is described in full by its [`Letter`].
    Plain,
    /// Belongs to a token, but only normalizing the whole token tells what it says.
    Knotty,
    /// Belongs to the token it stands in and starts none: combining marks and what is not seen.
    Joining,
}

impl Letter {
    /// What is no letter.
    pub const NONE: Self = Self {
        lower: '\0',
        base: '\0',
        bare: 0,
        tone: Tone::Ngang,
        class: Class::Gap,
    };

    fn read(c: char) -> Self {
        let class = class_of(c);
        let mut lower = c.to_lowercase();
        let (Some(small), None, Class::Knotty) = (lower.next(), lower.next(), class) else {
            return Self { class, ..Self::NONE };
        };
        let small = real_d(small).unwrap_or(small);
        let mut bare = std::iter::once(small).nfkd().filter(|c| !is_combining_mark(*c));
        let bare = match (small, bare.next(), bare.next()) {
            ('đ', ..) => b'd',
            (_, Some(first), None) if first.is_ascii_alphanumeric() => first as u8,
            _ => return Self { class, ..Self::NONE },
        };
        if std::iter::once(c).nfc().next() != Some(c) {
            return Self { class, ..Self::NONE };
        }
        let (base, tone) = VOWELS
            .iter()
            .find_map(|row| row.iter().position(|&v| v == small).map(|at| (row[0], Tone::ALL[at])))
            .unwrap_or((small, Tone::Ngang));
        Self {
            lower: small,
            base,
            bare,
            tone,
            class: Class::Plain,
        }
    }
}

/// Whether the character is drawn as nothing: soft hyphen, zero widths, bidi controls, byte order mark.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206F}' | '\u{FEFF}')
}

/// The real `Đ` for its look-alikes: Icelandic eth and African D, drawn alike and typed by old keyboards.
pub(crate) fn real_d(c: char) -> Option<char> {
    match c {
        '\u{D0}' | '\u{189}' => Some('Đ'),
        '\u{F0}' | '\u{256}' => Some('đ'),
        _ => None,
    }
}

/// Blocks up to IPA Extensions, then Latin Extended Additional, where the toned letters live.
const LOW: usize = 0x250;
const HIGH: std::ops::Range<usize> = 0x1E00..0x1F00;

static TABLE: LazyLock<Vec<Letter>> = LazyLock::new(|| {
    let codes = (0..LOW).chain(HIGH);
    codes
        .map(|code| char::from_u32(code as u32).map_or(Letter::NONE, Letter::read))
        .collect()
});

/// The letters by code point; kept at hand by loops that look one up at each step.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Table(&'static [Letter]);

impl Table {
    /// The one table there is.
    pub fn new() -> Self {
        Self(&TABLE)
    }

    /// What is known of a code point; `None` outside the two Latin ranges.
    pub fn entry(self, code: usize) -> Option<&'static Letter> {
        match code {
            ..LOW => self.0.get(code),
            _ if HIGH.contains(&code) => self.0.get(LOW + code - HIGH.start),
            _ => None,
        }
    }

    /// The letter that a vowel becomes with one more combining mark, where both are Vietnamese and the vowel has no mark of that sort.
    pub fn with_mark(self, vowel: &Letter, mark: usize) -> Option<&'static Letter> {
        let (base, tone) = match (vowel.base, mark) {
            ('a', 0x306) => ('ă', vowel.tone),
            ('a', 0x302) => ('â', vowel.tone),
            ('e', 0x302) => ('ê', vowel.tone),
            ('o', 0x302) => ('ô', vowel.tone),
            ('o', 0x31B) => ('ơ', vowel.tone),
            ('u', 0x31B) => ('ư', vowel.tone),
            (base, 0x300) => (base, Tone::Huyen),
            (base, 0x301) => (base, Tone::Sac),
            (base, 0x303) => (base, Tone::Nga),
            (base, 0x309) => (base, Tone::Hoi),
            (base, 0x323) => (base, Tone::Nang),
            _ => return None,
        };
        if base == vowel.base && vowel.tone != Tone::Ngang {
            return None;
        }
        let row = VOWELS.iter().find(|row| row[0] == base)?;
        self.entry(row[tone as usize] as usize)
    }
}

/// The description of `c` where it is a plain letter or digit.
pub(crate) fn letter(c: char) -> Option<&'static Letter> {
    Table::new()
        .entry(c as usize)
        .filter(|letter| letter.class == Class::Plain)
}

/// What a tokenizer does at `c`.
pub(crate) fn class(c: char) -> Class {
    Table::new()
        .entry(c as usize)
        .map_or_else(|| class_of(c), |letter| letter.class)
}

fn class_of(c: char) -> Class {
    if is_combining_mark(c) || is_invisible(c) {
        Class::Joining
    } else if c.is_alphanumeric() {
        Class::Knotty
    } else {
        Class::Gap
    }
}

//! What a piece between blanks is made of, and how its letters may have been set.

use super::words::{self, Case};

/// One run of letters and digits, or one sign.
#[derive(Debug, Clone, Copy)]
pub struct Atom {
    /// Its first byte in the piece.
    pub start: usize,
    /// The byte behind its last.
    pub end: usize,
    /// The sign, if it is one.
    pub sign: Option<char>,
}

/// How a token may have been set, and the log probability of each.
///
/// Engines write capitals for small letters (`Iy` for `lý`, `tAm` for `tâm`) and small letters for capitals (`banh` for `Đánh`).
pub fn settings(text: &str, upper_line: bool) -> &'static [(Case, f32)] {
    const UPPER: &[(Case, f32)] = &[(Case::Upper, 0.0)];
    const LOWER: &[(Case, f32)] = &[(Case::Lower, 0.0)];
    const MAYBE_TITLE: &[(Case, f32)] = &[(Case::Lower, 0.0), (Case::Title, -4.5)];
    const TITLE: &[(Case, f32)] = &[(Case::Title, 0.0), (Case::Lower, -1.0)];
    const TITLE_OR_UPPER: &[(Case, f32)] = &[(Case::Title, 0.0), (Case::Upper, -0.5)];
    const MIXED: &[(Case, f32)] = &[(Case::Upper, -1.5), (Case::Title, 0.0), (Case::Lower, -0.5)];
    let small = text.chars().any(char::is_lowercase);
    let case = words::case_of(text);
    if upper_line {
        return match case {
            Case::Lower if small => LOWER,
            Case::Title if small => TITLE_OR_UPPER,
            _ => UPPER,
        };
    }
    match case {
        Case::Lower if text.starts_with(['b', 'p', 'd']) => MAYBE_TITLE,
        Case::Lower => LOWER,
        Case::Title => TITLE,
        Case::Upper if small || text.chars().any(|c| c.is_ascii_digit()) => MIXED,
        Case::Upper => UPPER,
    }
}

/// Cuts a piece into runs of letters and digits, and signs.
pub fn atoms(text: &str) -> Vec<Atom> {
    let mut atoms: Vec<Atom> = Vec::new();
    for (start, c) in text.char_indices() {
        let end = start + c.len_utf8();
        if !c.is_alphanumeric() {
            atoms.push(Atom {
                start,
                end,
                sign: Some(c),
            });
            continue;
        }
        match atoms.last_mut() {
            Some(last) if last.sign.is_none() => last.end = end,
            _ => atoms.push(Atom { start, end, sign: None }),
        }
    }
    atoms
}

/// The sign that ends the sentence, if the piece ends one.
pub fn last_ender(text: &str) -> Option<usize> {
    if !words::ends_sentence(text) {
        return None;
    }
    text.rfind(['.', '!', '?', ';', ':', '…'])
}

/// Whether a sign is common as punctuation.
pub fn is_punctuation(sign: char) -> bool {
    matches!(
        sign,
        ',' | '.' | ';' | ':' | '(' | ')' | '-' | '/' | '"' | '“' | '”' | '…' | '–' | '%' | '+'
    )
}

/// The log probability that a sign is just that.
pub fn sign_log(sign: char) -> f32 {
    match sign {
        sign if is_punctuation(sign) => -2.5,
        '*' | '?' | '!' | '[' | ']' | '=' => -5.0,
        _ => -8.0,
    }
}

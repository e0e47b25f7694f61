//! The letters that syllables are written with, numbered: what the channel speaks of.

use std::sync::LazyLock;

/// Lower-case letters with their marks: twelve vowels in six tones, then the consonants.
const LOWER: &str = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵbcdđghklmnpqrstvxfjwz";

/// How many lower-case letters there are; the capitals follow in the same order.
pub const LETTERS: u8 = 93;

/// How many letters there are in all.
pub const ALL_LETTERS: usize = 2 * LETTERS as usize;

/// The plain letter of each of the twelve vowels, in the order of [`LOWER`].
const VOWELS: &[u8; 12] = b"aaaeeiooouuy";

/// Code points below this are numbered by one look-up.
const SPAN: usize = 0x1F00;

struct Table {
    number: Vec<u8>,
    lower: Vec<char>,
    upper: Vec<char>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let lower: Vec<char> = LOWER.chars().collect();
    let upper: Vec<char> = lower.iter().map(|c| c.to_uppercase().next().unwrap_or(*c)).collect();
    let mut number = vec![u8::MAX; SPAN];
    for (index, (small, capital)) in lower.iter().zip(&upper).enumerate() {
        number[*small as usize] = index as u8;
        number[*capital as usize] = index as u8 + LETTERS;
    }
    Table { number, lower, upper }
});

/// The number of a letter, capital or not; none for what is no letter of Vietnamese or English.
pub fn letter(c: char) -> Option<u8> {
    let number = *TABLE.number.get(c as usize)?;
    (number != u8::MAX).then_some(number)
}

/// The letter of a number.
pub fn letter_char(letter: u8) -> char {
    if letter < LETTERS {
        TABLE.lower[letter as usize]
    } else {
        TABLE.upper[(letter - LETTERS) as usize]
    }
}

/// The same letter in lower case.
pub fn lower(letter: u8) -> u8 {
    if letter < LETTERS { letter } else { letter - LETTERS }
}

/// The ASCII letter under all marks, in lower case.
pub fn bare(letter: u8) -> u8 {
    let letter = lower(letter);
    match letter {
        0..72 => VOWELS[(letter / 6) as usize],
        _ => match letter_char(letter) {
            'đ' => b'd',
            c => c as u8,
        },
    }
}

/// Whether only Vietnamese writes this letter: a fair sign that marks were not lost.
pub fn is_vietnamese(c: char) -> bool {
    matches!(
        c,
        '\u{1EA0}'..='\u{1EF9}' | 'ơ' | 'Ơ' | 'ư' | 'Ư' | 'đ' | 'Đ' | 'ă' | 'Ă' | 'ĩ' | 'Ĩ' | 'ũ' | 'Ũ'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_comes_back() {
        for number in 0..ALL_LETTERS as u8 {
            assert_eq!(letter(letter_char(number)), Some(number));
        }
    }

    #[test]
    fn marks_fall_off() {
        let bared: String = "Đường lối"
            .chars()
            .filter_map(letter)
            .map(|l| bare(l) as char)
            .collect();
        assert_eq!(bared, "duongloi");
    }
}

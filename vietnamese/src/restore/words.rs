//! Words as the language model counts them: syllables, abbreviations, and classes for numbers.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::letters;
use crate::tone;

/// The number of a word in the vocabulary.
pub type Word = u16;

/// The end of a sentence or paragraph, and what stands before the first.
pub const BOUNDARY: Word = 0;
/// A word of letters that is not in the vocabulary: a foreign word, a name, noise.
pub const UNKNOWN: Word = 1;
/// Letters and digits mixed: `QH15`, `Covid19`.
pub const MIXED: Word = 2;
/// A digit alone.
pub const DIGIT: Word = 3;
/// Two digits.
pub const TWO_DIGITS: Word = 4;
/// A year of the last or this century.
pub const YEAR: Word = 5;
/// Any other number.
pub const NUMBER: Word = 6;
/// The first word that is spelled.
pub const FIRST_SPELLED: Word = 7;

/// The spelled words the model knows, and their numbers.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    spelled: Vec<Box<str>>,
    numbers: FxHashMap<Box<str>, Word>,
}

impl Vocabulary {
    /// Numbers `spelled` in order, from [`FIRST_SPELLED`].
    ///
    /// Syllables and words stand in lower case, abbreviations and Roman numerals in capitals.
    pub fn new(spelled: Vec<Box<str>>) -> Self {
        let numbers = spelled
            .iter()
            .zip(FIRST_SPELLED..)
            .map(|(word, number)| (word.clone(), number))
            .collect();
        Self { spelled, numbers }
    }

    /// How many words there are, classes included.
    pub fn len(&self) -> usize {
        self.spelled.len() + FIRST_SPELLED as usize
    }

    /// Whether no word is spelled.
    pub fn is_empty(&self) -> bool {
        self.spelled.is_empty()
    }

    /// The number of a word exactly as spelled.
    pub fn number(&self, word: &str) -> Option<Word> {
        self.numbers.get(word).copied()
    }

    /// The spelling of a word; none for a class.
    pub fn spelling(&self, word: Word) -> Option<&str> {
        let index = word.checked_sub(FIRST_SPELLED)?;
        self.spelled.get(index as usize).map(|s| &**s)
    }

    /// All spelled words with their numbers.
    pub fn spelled(&self) -> impl Iterator<Item = (Word, &str)> {
        (FIRST_SPELLED..).zip(self.spelled.iter().map(|s| &**s))
    }
}

/// How a piece of letters and digits is cased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Case {
    /// `đảng`
    Lower,
    /// `Đảng`
    Title,
    /// `ĐẢNG`
    Upper,
}

/// A word in lower case with one placement of the tone mark, as the vocabulary spells it.
pub fn canonical(word: &str) -> String {
    let lower: String = word
        .chars()
        .flat_map(char::to_lowercase)
        .map(|c| if c == 'ð' { 'đ' } else { c })
        .collect();
    tone::unify(&lower).unwrap_or(lower)
}

/// Whether `word` is a Roman numeral in capitals below 40, as chapters and congresses are numbered.
pub fn is_roman(word: &str) -> bool {
    let rest = word.trim_start_matches('X');
    word.len() - rest.len() <= 3
        && !word.is_empty()
        && matches!(
            rest,
            "" | "I" | "II" | "III" | "IV" | "V" | "VI" | "VII" | "VIII" | "IX"
        )
}

/// The Roman numeral of a section's mark, as engines write it: `Il.` is II, `111-` and `HI.` are III.
pub fn section_numeral(piece: &str) -> Option<String> {
    let strokes = |c: char| match c {
        'I' | 'l' | '1' => Some("I"),
        'H' => Some("II"),
        'V' => Some("V"),
        'X' => Some("X"),
        _ => None,
    };
    let mark = piece.strip_suffix(['.', '-'])?;
    let numeral: String = mark.chars().map(strokes).collect::<Option<_>>()?;
    (numeral.len() > 1 && numeral.len() <= 5 && is_roman(&numeral)).then_some(numeral)
}

/// The class of a number.
pub fn number_class(digits: &str) -> Word {
    match digits.len() {
        1 => DIGIT,
        2 => TWO_DIGITS,
        4 if digits.starts_with("19") || digits.starts_with("20") => YEAR,
        _ => NUMBER,
    }
}

/// The number that a piece of digits and letters that look like digits may be: `O1` is 01, `2O24` 2024.
///
/// None without a digit, or without a letter: that is a number already.
pub fn as_number(piece: &str) -> Option<String> {
    let digit = |c: char| match c {
        '0'..='9' => Some(c),
        'O' | 'o' => Some('0'),
        'l' | 'I' => Some('1'),
        _ => None,
    };
    let digits = piece.bytes().filter(u8::is_ascii_digit).count();
    (digits > 0 && digits < piece.len() && piece.len() <= 4)
        .then(|| piece.chars().map(digit).collect())
        .flatten()
}

/// Whether most letters of a line are capitals, as headings are set.
pub fn is_upper_line(line: &str) -> bool {
    let (mut upper, mut lower) = (0usize, 0usize);
    // A document number is set in capitals whatever stands around it.
    let words = line.split_whitespace().filter(|piece| !is_code(piece));
    for c in words.flat_map(str::chars) {
        if c.is_uppercase() {
            upper += 1;
        } else if c.is_lowercase() {
            lower += 1;
        }
    }
    upper > 4 && upper > 3 * lower
}

/// Whether a piece between blanks looks like a document number or a code: `37-KH/TU`, `UBND-VX`.
pub fn is_code(piece: &str) -> bool {
    piece.contains(['/', '-'])
        && !piece
            .chars()
            .any(|c| c.is_lowercase() && c != 'r' && c != 'đ' && c != 'y' && c != 'i' && c != 'g')
        && piece.chars().any(char::is_uppercase)
}

/// Whether a piece between blanks is a web or mail address or a file name: `www.binhdinh.gov.vn`, `bantuyengiao.rar`.
pub fn is_address(piece: &str) -> bool {
    const ENDINGS: [&str; 14] = [
        "vn", "com", "org", "net", "gov", "html", "htm", "aspx", "pdf", "doc", "docx", "xlsx", "rar", "zip",
    ];
    let piece = piece.trim_matches(|c: char| !c.is_alphanumeric());
    if piece.contains("://") || piece.starts_with("www.") || piece.split('@').filter(|part| part.len() > 1).count() == 2
    {
        return true;
    }
    // The host, or the name of the file, without what stands behind it.
    let name = piece.split(['/', '?', '#']).next().unwrap_or_default();
    let Some((rest, ending)) = name.rsplit_once('.') else {
        return false;
    };
    rest.len() > 1
        && ENDINGS.contains(&ending)
        && rest.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
}

/// Calls `each` with the words of a clean line, boundaries included.
///
/// Runs of letters and digits are words; `Số 37-KH/TU` is `số`, a number, `KH`, `TU`.
pub fn for_words(vocabulary: &Vocabulary, line: &str, mut each: impl FnMut(Word)) {
    let upper_line = is_upper_line(line);
    let mut buffer = String::new();
    for (index, piece) in line.split_whitespace().enumerate() {
        let code = is_code(piece);
        for run in piece
            .split(|c: char| !c.is_alphanumeric())
            .filter(|run| !run.is_empty())
        {
            let capitals = code || !upper_line || index == 0;
            each(word_of(vocabulary, run, code, capitals, &mut buffer));
        }
        if ends_sentence(piece) {
            each(BOUNDARY);
        }
    }
}

/// The word that a clean run of letters or digits is.
pub fn word_of(vocabulary: &Vocabulary, run: &str, code: bool, capitals: bool, buffer: &mut String) -> Word {
    if run.bytes().all(|b| b.is_ascii_digit()) {
        return number_class(run);
    }
    if run.chars().any(|c| c.is_ascii_digit()) {
        return MIXED;
    }
    let all_upper = run.chars().all(|c| c.is_uppercase());
    if all_upper
        && (code || (capitals && is_roman(run)))
        && let Some(word) = vocabulary.number(run)
    {
        return word;
    }
    buffer.clear();
    buffer.push_str(&canonical(run));
    if let Some(word) = vocabulary.number(buffer) {
        return word;
    }
    if run.chars().any(char::is_uppercase)
        && let Some(word) = vocabulary.number(run)
    {
        return word;
    }
    UNKNOWN
}

/// Whether a piece between blanks ends a sentence or a clause that the model counts as one.
pub fn ends_sentence(piece: &str) -> bool {
    piece
        .trim_end_matches(['"', '”', '’', ')', '\''])
        .ends_with(['.', '!', '?', ';', ':', '…'])
}

/// How a run is cased: by its letters alone.
pub fn case_of(run: &str) -> Case {
    let (mut upper, mut lower) = (0, 0);
    let mut first_upper = false;
    for (index, c) in run.chars().enumerate() {
        if c.is_uppercase() {
            upper += 1;
            first_upper |= index == 0;
        } else if c.is_lowercase() && letters::letter(c).is_some() {
            lower += 1;
        }
    }
    match (upper, lower) {
        (0, _) => Case::Lower,
        (1, 0) if run.chars().count() <= 2 => Case::Title,
        (u, l) if u > l => Case::Upper,
        _ if first_upper => Case::Title,
        _ => Case::Lower,
    }
}

//! The six tones, and the one place in a syllable where each tone mark is written.
//!
//! Two styles stand side by side in print: `hòa, hòe, thúy` and `hoà, hoè, thuý`. They sound alike and mean the
//! same, so one of them has to win before anything is counted or compared. Here it is the first, the style of the
//! keyboards and of the regulations on official documents (Nghị định 30/2020/NĐ-CP writes `hòa`, `ủy`): in the open
//! rimes `oa`, `oe` and `uy` the mark stands on the first vowel. Everywhere else both styles agree:
//! `hoàn`, `quý`, `giá`, `khuỷu`, `nghĩa`.

use crate::alphabet::{self, Letter};
use crate::syllable;

/// One of the six tones (thanh) of a syllable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Tone {
    /// Level, without a mark: `ma`.
    #[default]
    Ngang,
    /// Falling, the grave: `mà`.
    Huyen,
    /// Rising, the acute: `má`.
    Sac,
    /// Dipping, the hook above: `mả`.
    Hoi,
    /// Broken, the tilde: `mã`.
    Nga,
    /// Heavy, the dot below: `mạ`.
    Nang,
}

impl Tone {
    /// All six, in the order of Vietnamese dictionaries before sorting by mark: ngang, huyền, sắc, hỏi, ngã, nặng.
    pub const ALL: [Self; 6] = [Self::Ngang, Self::Huyen, Self::Sac, Self::Hoi, Self::Nga, Self::Nang];
}

/// The twelve vowel letters in lower case, each with its six tones in the order of [`Tone::ALL`].
pub(crate) const VOWELS: [[char; 6]; 12] = [
    ['a', 'à', 'á', 'ả', 'ã', 'ạ'],
    ['ă', 'ằ', 'ắ', 'ẳ', 'ẵ', 'ặ'],
    ['â', 'ầ', 'ấ', 'ẩ', 'ẫ', 'ậ'],
    ['e', 'è', 'é', 'ẻ', 'ẽ', 'ẹ'],
    ['ê', 'ề', 'ế', 'ể', 'ễ', 'ệ'],
    ['i', 'ì', 'í', 'ỉ', 'ĩ', 'ị'],
    ['o', 'ò', 'ó', 'ỏ', 'õ', 'ọ'],
    ['ô', 'ồ', 'ố', 'ổ', 'ỗ', 'ộ'],
    ['ơ', 'ờ', 'ớ', 'ở', 'ỡ', 'ợ'],
    ['u', 'ù', 'ú', 'ủ', 'ũ', 'ụ'],
    ['ư', 'ừ', 'ứ', 'ử', 'ữ', 'ự'],
    ['y', 'ỳ', 'ý', 'ỷ', 'ỹ', 'ỵ'],
];

/// Takes a composed letter apart into the letter without its tone, in the same case, and the tone.
///
/// Letters that carry no tone, and characters that are no letters, come back as they are.
///
/// ```
/// use vietnamese::tone::{Tone, split};
/// assert_eq!(split('ế'), ('ê', Tone::Sac));
/// assert_eq!(split('Đ'), ('Đ', Tone::Ngang));
/// ```
pub fn split(c: char) -> (char, Tone) {
    match alphabet::letter(c) {
        Some(letter) if letter.tone != Tone::Ngang => (in_case_of(c, letter.base), letter.tone),
        _ => (c, Tone::Ngang),
    }
}

/// Puts `tone` on a vowel letter that carries none; `None` where the letter is no vowel.
///
/// ```
/// use vietnamese::tone::{Tone, put};
/// assert_eq!(put('ơ', Tone::Nang), Some('ợ'));
/// assert_eq!(put('đ', Tone::Nang), None);
/// ```
pub fn put(letter: char, tone: Tone) -> Option<char> {
    let lower = alphabet::letter(letter)?.lower;
    let row = VOWELS.iter().find(|row| row[0] == lower)?;
    Some(in_case_of(letter, row[tone as usize]))
}

/// Moves the tone mark of a word to its one place; `None` where it already stands there.
///
/// A word is a run of composed letters, in any case. One that can be read as a syllable gets the mark where the rules
/// put it, so that slips of the typing hand meet too (`tóan`, `qúy`); another one is changed only where it ends in an open
/// `oa`, `oe` or `uy`. Tone and letters stay; the length in characters as well.
///
/// ```
/// use vietnamese::tone::unify;
/// assert_eq!(unify("Hoà").as_deref(), Some("Hòa"));
/// assert_eq!(unify("UỶ").as_deref(), Some("ỦY"));
/// assert_eq!(unify("qúy").as_deref(), Some("quý"));
/// assert_eq!(unify("quý"), None);
/// ```
pub fn unify(word: &str) -> Option<String> {
    let mut plain = [Letter::NONE; syllable::MAX_LETTERS];
    let mut count = 0;
    let mut toned = None;
    for c in word.chars() {
        let letter = *alphabet::letter(c)?;
        if letter.tone != Tone::Ngang {
            if toned.is_some() {
                return None;
            }
            toned = Some((count, letter.tone));
        }
        if count < plain.len() {
            plain[count] = letter;
        }
        count += 1;
    }
    let (from, tone) = toned?;
    let to = plain
        .get(..count)
        .and_then(syllable::tone_place)
        .or_else(|| open_place(word))?;
    (from != to).then(|| moved(word, from, to, tone))
}

/// Moves the tone mark of an open `oa`, `oe` or `uy` to where the other style writes it; `None` for any other word.
///
/// ```
/// use vietnamese::tone::other_style;
/// assert_eq!(other_style("hòa").as_deref(), Some("hoà"));
/// assert_eq!(other_style("quý"), None);
/// ```
pub fn other_style(word: &str) -> Option<String> {
    let from = word.chars().count().checked_sub(2)?;
    let mut rime = word.chars().skip(from);
    let (first, last) = (alphabet::letter(rime.next()?)?, alphabet::letter(rime.next()?)?);
    let open = matches!((first.base, last.base), ('o', 'a' | 'e') | ('u', 'y'));
    (open && first.tone != Tone::Ngang).then(|| moved(word, from, from + 1, first.tone))
}

/// The place of the mark in a word that ends in `oa`, `oe` or `uy` and need not be a syllable (`Đăkhoà`).
fn open_place(word: &str) -> Option<usize> {
    let mut back = word
        .chars()
        .rev()
        .map(|c| alphabet::letter(c).copied().unwrap_or(Letter::NONE));
    let (last, before) = (back.next()?, back.next()?);
    let open = matches!((before.base, last.base), ('o', 'a' | 'e') | ('u', 'y'));
    let after_q = word.starts_with(['q', 'Q']) && word[1..].starts_with(['u', 'U']);
    let here = last.tone != Tone::Ngang && open && !after_q;
    here.then(|| word.chars().count() - 2)
}

/// Whether the tone mark of two neighboring letters may stand on the wrong one.
///
/// `false` is sure: it spares most syllables the way through [`unify`].
#[inline]
pub(crate) fn is_doubtful(letter: &Letter, next: &Letter) -> bool {
    let left = letter.tone != Tone::Ngang
        && match letter.base {
            'o' => matches!(next.base, 'a' | 'ă' | 'e' | 'o'),
            'u' => matches!(next.base, 'a' | 'ă' | 'â' | 'e' | 'ê' | 'i' | 'ô' | 'ơ' | 'y'),
            'i' => matches!(next.base, 'a' | 'ă' | 'â' | 'e' | 'ê' | 'o' | 'ô' | 'ơ' | 'u' | 'ư'),
            'ư' => next.base == 'ơ',
            'y' => matches!(next.base, 'a' | 'ê' | 'u'),
            _ => false,
        };
    // A letter with a mark of shape carries the tone too, wherever it stands.
    let right = next.tone != Tone::Ngang
        && matches!(next.base, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'ư')
        && syllable::is_vowel(letter.base);
    left || right
}

fn moved(word: &str, from: usize, to: usize, tone: Tone) -> String {
    word.chars()
        .enumerate()
        .map(|(at, c)| match at {
            _ if at == to => put(c, tone).unwrap_or(c),
            _ if at == from => split(c).0,
            _ => c,
        })
        .collect()
}

fn in_case_of(model: char, lower: char) -> char {
    if model.is_uppercase() {
        lower.to_uppercase().next().unwrap_or(lower)
    } else {
        lower
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, expected: &str) {
        let unified: Vec<String> = words
            .split(' ')
            .map(|word| unify(word).unwrap_or_else(|| word.to_owned()))
            .collect();
        assert_eq!(unified.join(" "), expected);
    }

    #[test]
    fn open_rimes_carry_the_mark_on_their_first_vowel() {
        check("hoà hoè thuý uỷ khoá toả Thuỷ HOÀ", "hòa hòe thúy ủy khóa tỏa Thủy HÒA");
    }

    #[test]
    fn closed_rimes_and_glides_before_the_nucleus_are_left_alone() {
        check(
            "hoàn toàn quý quả giá già khuỷu thuở ngoài nghĩa của chứa",
            "hoàn toàn quý quả giá già khuỷu thuở ngoài nghĩa của chứa",
        );
    }

    #[test]
    fn slips_of_the_typing_hand_meet_the_right_spelling() {
        check(
            "tóan qúy qủa gìa hịên thừơng ngòai tiếu khúyu",
            "toán quý quả già hiện thường ngoài tiếu khuýu",
        );
    }

    #[test]
    fn only_doubtful_words_ever_change() {
        for onset in ["", "t", "gi", "qu"] {
            for rime in syllable::RIMES.iter().copied().flatten() {
                for at in 0..rime.chars().count() {
                    let toned = |(n, c)| if n == at { put(c, Tone::Sac).unwrap_or(c) } else { c };
                    let word: String = onset.chars().chain(rime.chars().enumerate().map(toned)).collect();
                    let letters: Vec<&Letter> = word.chars().filter_map(alphabet::letter).collect();
                    let doubtful = letters.windows(2).any(|pair| is_doubtful(pair[0], pair[1]));
                    assert!(doubtful || unify(&word).is_none(), "{word}");
                }
            }
        }
    }

    #[test]
    fn words_of_other_languages_keep_their_marks() {
        check("café São Perú Córdoba Río naïve", "café São Perú Córdoba Río naïve");
    }

    #[test]
    fn a_word_that_is_no_syllable_still_has_one_style_at_its_end() {
        check("đăkhoà quoà", "đăkhòa quoà");
    }
}

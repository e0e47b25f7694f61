//! What a Vietnamese syllable (tiếng) is made of, and what cannot be one.
//!
//! A written syllable is an onset (`ngh`), a rime (`iêng`) and a tone. There are 28 onsets with the empty one, some 170
//! rimes and six tones; the spelling rules (`k`, `gh`, `ngh` before front vowels, `qu`, `gi`) and one law of sound (rimes
//! that end in a stop `c`, `ch`, `p`, `t` carry only sắc or nặng) leave about 18,000 possible syllables, of which some
//! 7,000 are in use.
//!
//! Sources: Đoàn Thiện Thuật, *Ngữ âm tiếng Việt* (1977), for the system; Hoàng Phê, *Từ điển vần* (1996), for the rimes in use.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::alphabet::{self, Letter};
use crate::tone::{Tone, put};

/// The most letters a syllable has: `nghiêng`.
pub const MAX_LETTERS: usize = 7;

/// The onsets (âm đầu) as written; the first is the empty one.
pub const ONSETS: [&str; 28] = [
    "", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph", "qu",
    "r", "s", "t", "th", "tr", "v", "x",
];

/// The rimes (vần) as written, without tone, by their last sound. The last row stands only behind `qu`: `quýt`, `quỳnh`.
pub const RIMES: [&[&str]; 11] = [
    // Open, with a single vowel or a rounded one.
    &[
        "a", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y", "oa", "oe", "uê", "uơ", "uy", "ia", "ua", "ưa", "uya",
    ],
    // Ending in the glide i/y.
    &[
        "ai", "ay", "ây", "oi", "ôi", "ơi", "ui", "ưi", "oai", "oay", "uây", "uôi", "ươi",
    ],
    // Ending in the glide o/u.
    &[
        "ao", "au", "âu", "eo", "êu", "iu", "ưu", "oao", "oau", "oeo", "uêu", "uyu", "iêu", "yêu", "ươu",
    ],
    &[
        "am", "ăm", "âm", "em", "êm", "im", "om", "ôm", "ơm", "um", "ưm", "oam", "oăm", "oem", "iêm", "yêm", "uôm",
        "ươm",
    ],
    &[
        "an", "ăn", "ân", "en", "ên", "in", "on", "ôn", "ơn", "un", "ưn", "oan", "oăn", "oen", "uân", "uên", "uyn",
        "uyên", "iên", "yên", "uôn", "ươn",
    ],
    &[
        "ang", "ăng", "âng", "eng", "êng", "ong", "ông", "ung", "ưng", "oong", "oang", "oăng", "uâng", "oeng", "iêng",
        "yêng", "uông", "ương",
    ],
    &["anh", "ênh", "inh", "oanh", "uênh", "uynh"],
    &[
        "ac", "ăc", "âc", "ec", "oc", "ôc", "uc", "ưc", "ooc", "oac", "oăc", "iêc", "uôc", "ươc",
    ],
    &["ach", "êch", "ich", "oach", "uêch", "uych"],
    &[
        "ap", "ăp", "âp", "ep", "êp", "ip", "op", "ôp", "ơp", "up", "oap", "oăp", "oep", "uyp", "iêp", "ươp", "at",
        "ăt", "ât", "et", "êt", "it", "ot", "ôt", "ơt", "ut", "ưt", "oat", "oăt", "oet", "uât", "uêt", "uyt", "uyêt",
        "iêt", "yêt", "uôt", "ươt",
    ],
    &["yt", "ych", "ynh"],
];

/// A syllable taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Syllable {
    /// The consonants before the rime, as written: `ngh`, `qu`, `gi`, or nothing.
    pub onset: &'static str,
    /// The vowels and the final consonant, without tone. After `gi` it is the sounded rime: `giếng` is `gi` + `iêng`.
    pub rime: &'static str,
    /// The tone.
    pub tone: Tone,
}

impl Syllable {
    /// Takes a word apart, in any case and with the mark in either style; `None` where it cannot be a syllable.
    ///
    /// Letters must be composed (NFC). What is no syllable may still be a word: names, abbreviations, loan words.
    ///
    /// ```
    /// use vietnamese::syllable::Syllable;
    /// use vietnamese::tone::Tone;
    /// let nghieng = Syllable::parse("Nghiêng").expect("a syllable");
    /// assert_eq!((nghieng.onset, nghieng.rime, nghieng.tone), ("ngh", "iêng", Tone::Ngang));
    /// assert_eq!(Syllable::parse("nhgĩa"), None);
    /// assert_eq!(Syllable::parse("viêc"), None, "a stop needs sắc or nặng");
    /// ```
    pub fn parse(word: &str) -> Option<Self> {
        let mut letters = [Letter::NONE; MAX_LETTERS];
        let mut count = 0;
        let mut tone = Tone::Ngang;
        for c in word.chars() {
            let letter = *alphabet::letter(c)?;
            if letter.tone != Tone::Ngang && std::mem::replace(&mut tone, letter.tone) != Tone::Ngang {
                return None;
            }
            *letters.get_mut(count)? = letter;
            count += 1;
        }
        let (onset, rime, _) = parts(&letters[..count])?;
        (!stopped(rime) || matches!(tone, Tone::Sac | Tone::Nang)).then_some(Self { onset, rime, tone })
    }

    /// Writes the syllable in lower case, the mark at its one place.
    ///
    /// ```
    /// use vietnamese::syllable::Syllable;
    /// let spelled = |word| Syllable::parse(word).expect("a syllable").spell();
    /// assert_eq!(spelled("Thuỷ"), "thủy");
    /// assert_eq!(spelled("giếng"), "giếng");
    /// ```
    pub fn spell(&self) -> String {
        let onset = if shares_its_i(self.onset, self.rime) {
            "g"
        } else {
            self.onset
        };
        let at = mark_in_rime(self.rime);
        let toned = |(place, letter)| {
            if place == at {
                put(letter, self.tone).unwrap_or(letter)
            } else {
                letter
            }
        };
        onset.chars().chain(self.rime.chars().enumerate().map(toned)).collect()
    }
}

/// Whether a word can be a Vietnamese syllable; see [`Syllable::parse`].
///
/// ```
/// use vietnamese::syllable::is_syllable;
/// assert!(is_syllable("khuya") && is_syllable("Đảng") && is_syllable("quyết"));
/// assert!(!is_syllable("dbi") && !is_syllable("kà") && !is_syllable("UBND"));
/// ```
pub fn is_syllable(word: &str) -> bool {
    Syllable::parse(word).is_some()
}

/// Whether letters without any mark can be a syllable once marks are put on: `nguoi`, `dang`, but not `ngwoi`.
///
/// ```
/// use vietnamese::syllable::is_bare_syllable;
/// assert!(is_bare_syllable("nguoi") && is_bare_syllable("Dang"));
/// assert!(!is_bare_syllable("ngwoi") && !is_bare_syllable("plan"));
/// ```
pub fn is_bare_syllable(word: &str) -> bool {
    static BARE: LazyLock<FxHashSet<u64>> = LazyLock::new(|| {
        let spelled = ONSETS.iter().flat_map(|onset| {
            let met = rimes().filter(|rime| may_meet(onset, rime));
            met.map(|rime| {
                Syllable {
                    onset,
                    rime,
                    tone: Tone::Ngang,
                }
                .spell()
            })
        });
        spelled
            .filter_map(|word| key(word.chars().map(|c| alphabet::letter(c).map(|l| char::from(l.bare)))))
            .collect()
    });
    word.is_ascii() && key(word.chars().map(|c| Some(c.to_ascii_lowercase()))).is_some_and(|key| BARE.contains(&key))
}

/// Whether a rime ends in a stop, after which only sắc and nặng are sounded.
fn stopped(rime: &str) -> bool {
    rime.ends_with(['c', 'p', 't']) || rime.ends_with("ch")
}

fn rimes() -> impl Iterator<Item = &'static str> {
    RIMES.iter().flat_map(|row| row.iter().copied())
}

/// Letters packed six bits each; `None` for what is no Vietnamese letter, or too long.
fn key(letters: impl Iterator<Item = Option<char>>) -> Option<u64> {
    letters.enumerate().try_fold(0, |key, (at, letter)| {
        let code = match letter? {
            c @ 'a'..='z' => c as u64 - 'a' as u64 + 1,
            'ă' => 27,
            'â' => 28,
            'đ' => 29,
            'ê' => 30,
            'ô' => 31,
            'ơ' => 32,
            'ư' => 33,
            _ => return None,
        };
        (at < MAX_LETTERS).then_some(key << 6 | code)
    })
}

fn known(pieces: impl Iterator<Item = &'static str>) -> FxHashMap<u64, &'static str> {
    pieces
        .map(|piece| {
            (
                key(piece.chars().map(Some)).expect("pieces are short and Vietnamese"),
                piece,
            )
        })
        .collect()
}

/// The index, in letters, of the one that carries the tone mark; `None` for no syllable, and for `gíu` and `giú`,
/// which the place of the mark alone tells apart.
pub(crate) fn tone_place(letters: &[Letter]) -> Option<usize> {
    let (_, rime, start) = parts(letters)?;
    if letters.iter().map(|l| l.base).eq("giu".chars()) {
        return None;
    }
    // A rime that shares its i with `gi` begins one letter before the end of the onset.
    let hidden = rime.chars().count() - (letters.len() - start);
    Some(start + mark_in_rime(rime) - hidden)
}

/// Onset, rime, and the index of the first letter behind the onset.
fn parts(letters: &[Letter]) -> Option<(&'static str, &'static str, usize)> {
    static ONSET_BY_KEY: LazyLock<FxHashMap<u64, &str>> = LazyLock::new(|| known(ONSETS.into_iter()));
    static RIME_BY_KEY: LazyLock<FxHashMap<u64, &str>> = LazyLock::new(|| known(rimes()));

    let start = match letters {
        [a, b, ..] if matches!((a.base, b.base), ('g', 'i') | ('q', 'u')) => 2,
        _ => letters.iter().take_while(|l| !is_vowel(l.base)).count(),
    };
    let packed = |from: usize, to: usize| key(letters[from..to].iter().map(|l| Some(l.base)));
    let onset = *ONSET_BY_KEY.get(&packed(0, start)?)?;
    let rime_from = |from| RIME_BY_KEY.get(&packed(from, letters.len())?).copied();
    let own = rime_from(start).filter(|rime| may_meet(onset, rime));
    let shared = || rime_from(start - 1).filter(|rime| shares_its_i(onset, rime));
    let rime = if onset == "gi" { own.or_else(shared) } else { own }?;
    Some((onset, rime, start))
}

pub(crate) fn is_vowel(base: char) -> bool {
    matches!(
        base,
        'a' | 'ă' | 'â' | 'e' | 'ê' | 'i' | 'o' | 'ô' | 'ơ' | 'u' | 'ư' | 'y'
    )
}

/// `gi` and a rime with i share it: `giếng`, `gì`, `gìn`.
fn shares_its_i(onset: &str, rime: &str) -> bool {
    onset == "gi" && rime.starts_with('i') && !matches!(rime, "ia" | "iu")
}

/// Whether the spelling rules let the rime stand behind the onset.
fn may_meet(onset: &str, rime: &str) -> bool {
    let front = rime.starts_with(['e', 'ê', 'i', 'y']);
    let rounded = rime.starts_with('o') && rime.len() > 1 && rime[1..].starts_with(['a', 'ă', 'e'])
        || rime.starts_with('u') && rime[1..].starts_with(['â', 'ê', 'y', 'ơ']);
    match onset {
        "qu" => {
            !rounded && !rime.starts_with(['u', 'ư', 'o', 'i']) || matches!(rime, "i" | "in" | "it" | "inh" | "ich")
        }
        _ if RIMES[10].contains(&rime) => false,
        "k" => front && !rime.starts_with("yê"),
        "gh" | "ngh" => front && !rime.starts_with('y'),
        "c" => !front && !rounded,
        "g" | "ng" => !front,
        // The i is the onset's own: a rime that begins with i shares it, and ê always comes with it.
        "gi" => !rime.starts_with(['y', 'ê']) && !rounded && !matches!(rime, "ia" | "iu"),
        "" => !rime.starts_with("iê"),
        // y alone is the other spelling of i; within a rime it begins only syllables without onset.
        _ => !rime.starts_with("yê"),
    }
}

/// The index of the letter of a rime that carries the mark, by the style that [`crate::tone`] chooses.
fn mark_in_rime(rime: &str) -> usize {
    let vowels = rime.chars().take_while(|c| is_vowel(*c)).count();
    let shaped = rime
        .chars()
        .take(vowels)
        .enumerate()
        .filter(|(_, c)| matches!(c, 'ă' | 'â' | 'ê' | 'ô' | 'ơ' | 'ư'))
        .last();
    let closed = rime.chars().count() > vowels;
    match (shaped, vowels) {
        (Some((at, _)), _) => at,
        (None, 0 | 1) => 0,
        (None, 2) if !closed => 0,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    fn check(word: &str, expected: expect_test::Expect) {
        let read = Syllable::parse(word);
        expected.assert_eq(&read.map_or("-".to_owned(), |s| format!("{}|{}|{:?}", s.onset, s.rime, s.tone)));
    }

    #[test]
    fn gi_and_qu_are_onsets() {
        check("gì", expect!["gi|i|Huyen"]);
        check("giếng", expect!["gi|iêng|Sac"]);
        check("gia", expect!["gi|a|Ngang"]);
        check("giữ", expect!["gi|ư|Nga"]);
        check("quốc", expect!["qu|ôc|Sac"]);
        check("quyết", expect!["qu|yêt|Sac"]);
        check("quý", expect!["qu|y|Sac"]);
        check("quả", expect!["qu|a|Hoi"]);
    }

    #[test]
    fn what_breaks_the_spelling_rules_is_no_syllable() {
        for word in [
            "kà", "cể", "nghà", "ngề", "gế", "viêc", "việcc", "q", "qu", "tt", "ngwời", "đốị", "iên", "thyền", "b",
        ] {
            check(word, expect!["-"]);
        }
    }

    #[test]
    fn the_longest_and_the_rarest_rimes_are_known() {
        for word in [
            "nghiêng", "khuỷu", "khuya", "ngoằn", "ngoèo", "xoong", "huỵch", "yểng", "khuếch", "chuếnh", "hươu",
        ] {
            assert!(is_syllable(word), "{word}");
        }
    }

    #[test]
    fn every_syllable_that_can_be_spelled_reads_back_as_itself() {
        let mut count = 0;
        for onset in ONSETS {
            for rime in rimes().filter(|rime| may_meet(onset, rime)) {
                for tone in Tone::ALL {
                    if stopped(rime) && !matches!(tone, Tone::Sac | Tone::Nang) {
                        continue;
                    }
                    let spelled = Syllable { onset, rime, tone }.spell();
                    let read = Syllable::parse(&spelled);
                    assert_eq!(read.map(|s| s.spell()), Some(spelled.clone()), "{onset}|{rime}");
                    assert_eq!(crate::tone::unify(&spelled), None, "{spelled}");
                    count += 1;
                }
            }
        }
        expect!["17960"].assert_eq(&count.to_string());
    }
}

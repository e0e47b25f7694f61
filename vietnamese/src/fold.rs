//! Loses on purpose: the bare letters under which marked and unmarked spellings meet.
//!
//! “đối ngoại”, “doi ngoai” and “ĐỐI NGOẠI” fold to the same letters, and so do the two spellings of the vowel i
//! (`kỹ`, `kĩ`; `lý`, `lí`; `quý`, `quí`), which stay apart everywhere else because they are a writer's choice. The fold
//! stands beside the word, never in its place.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::alphabet;
use crate::tokens;

/// Rewrites `text` in bare lower-case letters, token by token; what stands between tokens is kept.
///
/// Folding a folded text changes nothing more.
///
/// ```
/// use vietnamese::fold::fold;
/// assert_eq!(fold("Đối ngoại nhân dân"), "doi ngoai nhan dan");
/// assert_eq!(fold("Kỹ sư, kĩ sư"), "ki su, ki su");
/// ```
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut tokens = tokens::tokens(text);
    let mut done = 0;
    while tokens.advance() {
        let token = tokens.token();
        folded.push_str(&text[done..token.span.range().start]);
        folded.push_str(token.bare);
        done = token.span.range().end;
    }
    folded.push_str(&text[done..]);
    folded
}

/// Takes every mark off a letter and lowers its case: `Ậ` -> `a`, `Đ` -> `d`; other characters come back as they are.
///
/// The letters i and y stay apart here: where they meet is a matter of the whole syllable.
///
/// ```
/// use vietnamese::fold::bare_letter;
/// assert_eq!("Kỹ".chars().map(bare_letter).collect::<String>(), "ky");
/// ```
pub fn bare_letter(c: char) -> char {
    alphabet::letter(c).map_or(c, |letter| char::from(letter.bare))
}

/// Writes the bare form of a token that the letter table alone cannot tell.
pub(crate) fn fold_knotty(marked: &str, bare: &mut String) {
    for c in marked.chars() {
        // Compatibility forms are spelled out (`ﬁ`, `²`), unless that would cut the token: `½` is `1⁄2`.
        let whole = std::iter::once(c)
            .nfkd()
            .all(|c| c.is_alphanumeric() || is_combining_mark(c));
        let parts = std::iter::once(c).nfkd().filter(|_| whole).chain((!whole).then_some(c));
        let letters = parts.filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
        bare.extend(letters.map(|c| bare_letter(alphabet::real_d(c).unwrap_or(c))));
    }
    if bare.is_empty() {
        bare.push_str(marked);
    }
}

/// Lets i and y meet in a token of bare letters: y is written i where it is the only vowel, and behind `qu`.
pub(crate) fn meet_i(bare: &mut String) {
    let bytes = bare.as_bytes();
    let at = match bytes {
        [b'q', b'u', b'y', rest @ ..] if rest.first() != Some(&b'e') => 2,
        [onset @ .., b'y'] if onset.len() <= 3 && is_bare_onset(onset) => onset.len(),
        _ => return,
    };
    bare.replace_range(at..=at, "i");
}

fn is_bare_onset(onset: &[u8]) -> bool {
    matches!(
        onset,
        [] | [b'b' | b'c' | b'd' | b'g' | b'h' | b'k' | b'l' | b'm' | b'n' | b'p' | b'r' | b's' | b't' | b'v' | b'x']
            | [b'c' | b'g' | b'k' | b'n' | b'p' | b't', b'h']
            | [b'n', b'g']
            | [b't', b'r']
            | [b'n', b'g', b'h']
    )
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check(text: &str, expected: Expect) {
        expected.assert_eq(&fold(text));
    }

    #[test]
    fn marks_and_case_are_lost() {
        check(
            "NGHỊ QUYẾT số 08-NQ/TW, Ðảng ủy",
            expect!["nghi quyet so 08-nq/tw, dang uy"],
        );
    }

    #[test]
    fn i_and_y_meet_where_they_spell_one_vowel() {
        check(
            "lý lí · quý quí · quỳnh quình · Mỹ · y tế",
            expect!["li li · qui qui · quinh quinh · mi · i te"],
        );
    }

    #[test]
    fn i_and_y_stay_apart_where_they_are_two_sounds() {
        check(
            "thúy thúi · hay hai · tuy tui · yêu",
            expect!["thuy thui · hay hai · tuy tui · yeu"],
        );
    }

    proptest::proptest! {
        #[test]
        fn folding_twice_changes_nothing_more(text in proptest::prelude::any::<String>()) {
            let once = fold(&text);
            proptest::prop_assert_eq!(fold(&once), once);
        }
    }

    #[test]
    fn letters_of_other_languages_lose_what_can_be_taken_off() {
        check(
            "Müller · œuvre · km² · ﬁlm · Łódź · ΑΘΉΝΑ · 𐞋",
            expect!["muller · œuvre · km2 · film · łodz · αθηνα · d"],
        );
    }
}

//! Loses nothing: one spelling for what is written in several ways and means one thing.
//!
//! What is unified: composed letters (NFC), whatever order their marks were typed in; the look-alikes of `Đ`; the place of the tone
//! mark (see [`crate::tone`]); odd spaces and quotes; ends of lines. What nobody sees is taken out: soft hyphens, zero-width
//! characters, bidi controls, byte order marks. What a writer chose stays: capitals, `i` or `y`, the
//! number of spaces, the letters themselves, right or wrong.
//!
//! Texts that are normal already are lent back, not copied.

use std::borrow::Cow;

use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::alphabet::{self, Class, Letter, Table, is_invisible, real_d};
use crate::offsets::{Edit, Mapped, OffsetMap, Span};
use crate::tone;

/// Rewrites `text` in its one spelling.
///
/// Applying it twice changes nothing more.
///
/// ```
/// use vietnamese::normalize::normalize;
/// assert_eq!(normalize("Ðảng uỷ\u{a0}khoá XV"), "Đảng ủy khóa XV");
/// assert_eq!(normalize("kĩ sư Nguyễn Thị Mỹ"), "kĩ sư Nguyễn Thị Mỹ");
/// ```
pub fn normalize(text: &str) -> Cow<'_, str> {
    if is_normal(text) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(rewrite(text).text)
    }
}

/// Rewrites `text` in its one spelling, and remembers where each piece came from; see [`normalize`].
pub fn normalize_mapped(text: &str) -> Mapped {
    if is_normal(text) {
        Mapped::unchanged(text)
    } else {
        rewrite(text)
    }
}

/// Rewrites line by line, since one odd character is no reason to take every line apart.
fn rewrite(text: &str) -> Mapped {
    let mut rewritten = Mapped {
        text: String::with_capacity(text.len()),
        map: OffsetMap::default(),
    };
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if is_normal(line) {
            rewritten.text.push_str(line);
        } else {
            let normal = substitute(line).then(compose).then(place_tones);
            rewritten.append(start, &normal);
        }
        start += line.len();
    }
    rewritten
}

/// Whether `text` is normal already, as most clean text of our days is: one pass, without a copy.
fn is_normal(text: &str) -> bool {
    let table = Table::new();
    let mut word_start = 0;
    let mut before = &Letter::NONE;
    let mut doubt = false;
    for (at, c) in text.char_indices() {
        let letter = table.entry(c as usize);
        let class = letter.map_or_else(|| alphabet::class(c), |letter| letter.class);
        match (class, letter) {
            (Class::Plain, Some(letter)) => {
                if real_d(c).is_some() {
                    return false;
                }
                doubt |= tone::is_doubtful(before, letter);
                before = letter;
                continue;
            }
            (Class::Joining, _) => return false,
            _ if c.is_ascii() => {
                if c == '\r' {
                    return false;
                }
            }
            _ => {
                if substitute_for(c).is_some() || !is_boundary(c) {
                    return false;
                }
            }
        }
        before = &Letter::NONE;
        if class == Class::Gap {
            if doubt && tone::unify(&text[word_start..at]).is_some() {
                return false;
            }
            doubt = false;
            word_start = at + c.len_utf8();
        }
    }
    !doubt || tone::unify(&text[word_start..]).is_none()
}

/// What stands for a character that is written oddly; the empty string for what nobody sees.
fn substitute_for(c: char) -> Option<&'static str> {
    Some(match c {
        _ if is_invisible(c) => "",
        '\u{D0}' | '\u{189}' => "Đ",
        '\u{F0}' | '\u{256}' => "đ",
        '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => " ",
        '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => "\n",
        '\u{201F}' | '\u{275D}' | '\u{301D}' | '\u{201E}' => "“",
        '\u{275E}' | '\u{301E}' | '\u{301F}' => "”",
        '\u{FF02}' => "\"",
        '\u{201B}' | '\u{275B}' => "‘",
        '\u{275C}' | '\u{2BC}' => "’",
        '\u{FF07}' => "'",
        _ => return None,
    })
}

/// Puts the usual character in the place of each odd one.
fn substitute(text: &str) -> Mapped {
    let mut writer = Writer::new(text);
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c == '\r' && chars.next_if(|(_, next)| *next == '\n').is_some() {
            writer.replace(at..at + 2, "\n");
        } else if let Some(usual) = substitute_for(c) {
            writer.replace(at..at + c.len_utf8(), usual);
        }
    }
    writer.finish()
}

/// Composes letters with their marks (NFC); marks of shape before marks of tone, in whatever order they were typed.
fn compose(text: &str) -> Mapped {
    let mut writer = Writer::new(text);
    let mut chars = text.char_indices().peekable();
    while let Some((start, first)) = chars.next() {
        let mut end = start + first.len_utf8();
        let alone = is_boundary(first);
        let mut marks = 0;
        while let Some((at, c)) = chars.next_if(|(_, c)| !is_boundary(*c)) {
            end = at + c.len_utf8();
            marks += 1;
        }
        if marks == 0 && alone {
            continue;
        }
        let cluster = &text[start..end];
        let composed = compose_cluster(cluster);
        if composed != cluster {
            writer.replace(start..end, &composed);
        }
    }
    writer.finish()
}

/// Whether the character never joins the one before it, and is composed itself.
fn is_boundary(c: char) -> bool {
    c.is_ascii() || canonical_combining_class(c) == 0 && is_nfc_quick(std::iter::once(c)) == IsNormalized::Yes
}

fn compose_cluster(cluster: &str) -> String {
    let is_shape = |c: &char| matches!(c, '\u{302}' | '\u{306}' | '\u{31B}');
    let mut parts: Vec<char> = cluster.nfd().collect();
    let vowel = parts
        .first()
        .is_some_and(|c| matches!(c.to_ascii_lowercase(), 'a' | 'e' | 'o' | 'u'));
    if vowel && parts[1..].iter().all(|c| canonical_combining_class(*c) != 0) {
        parts[1..].sort_by_key(|c| !is_shape(c));
    }
    parts.into_iter().nfc().collect()
}

/// Moves each tone mark to its one place.
fn place_tones(text: &str) -> Mapped {
    let mut writer = Writer::new(text);
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let class = alphabet::class(c);
        match start {
            None if matches!(class, Class::Plain | Class::Knotty) => start = Some(at),
            Some(from) if class == Class::Gap => {
                if let Some(unified) = tone::unify(&text[from..at]) {
                    writer.replace_differing(from..at, &unified);
                }
                start = None;
            }
            _ => {}
        }
    }
    writer.finish()
}

/// Writes a text anew with some stretches replaced, and keeps the map.
struct Writer<'t> {
    source: &'t str,
    copied: usize,
    text: String,
    map: OffsetMap,
}

impl<'t> Writer<'t> {
    fn new(source: &'t str) -> Self {
        Self {
            source,
            copied: 0,
            text: String::new(),
            map: OffsetMap::default(),
        }
    }

    /// Replaces a stretch behind all that were replaced before.
    fn replace(&mut self, range: std::ops::Range<usize>, by: &str) {
        self.text.push_str(&self.source[self.copied..range.start]);
        let start = self.text.len();
        self.text.push_str(by);
        self.copied = range.end;
        self.map.push(Edit {
            source: range.into(),
            text: Span::new(start, self.text.len()),
        });
    }

    /// Replaces a stretch by as many characters, of which those at both ends may be the same.
    fn replace_differing(&mut self, range: std::ops::Range<usize>, by: &str) {
        let old = &self.source[range.clone()];
        let pairs = || {
            old.char_indices()
                .zip(by.char_indices())
                .filter(|((_, a), (_, b))| a != b)
        };
        let (Some((from, by_from)), Some((to, by_to))) = (pairs().next(), pairs().last()) else {
            return;
        };
        let end = range.start + to.0 + to.1.len_utf8();
        self.replace(range.start + from.0..end, &by[by_from.0..by_to.0 + by_to.1.len_utf8()]);
    }

    fn finish(mut self) -> Mapped {
        self.text.push_str(&self.source[self.copied..]);
        Mapped {
            text: self.text,
            map: self.map,
        }
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expected: Expect) {
        expected.assert_eq(&normalize(text));
    }

    #[test]
    fn look_alikes_of_d_become_the_real_one() {
        check("Ðảng Cộng sản, ðối ngoại", expect!["Đảng Cộng sản, đối ngoại"]);
    }

    #[test]
    fn marks_are_composed_in_whatever_order_they_were_typed() {
        check(
            "Đo\u{302}\u{301}i, tie\u{301}\u{302}ng, tu\u{31b}o\u{31b}\u{323}ng, vi\u{1ec7}\u{302}",
            expect!["Đối, tiếng, tượng, việ̂"],
        );
    }

    #[test]
    fn the_tone_mark_has_one_place_in_any_case() {
        check(
            "HOÀ BÌNH, Uỷ viên, thuý, toán, tóan, quý, qúy",
            expect!["HÒA BÌNH, Ủy viên, thúy, toán, toán, quý, quý"],
        );
    }

    #[test]
    fn what_nobody_sees_goes_and_odd_spaces_are_spaces() {
        check(
            "\u{feff}Kế\u{a0}hoạch  tuyên\u{ad} truyền\u{200b}\u{200e},\u{3000}„đối ngoại‟\r\nhết",
            expect![[r#"
            Kế hoạch  tuyên truyền, “đối ngoại“
            hết"#]],
        );
    }

    #[test]
    fn a_writers_choices_stay() {
        let text = "Kĩ sư, kỹ sư; “ngoặc” và \"ngoặc\"; THỂ  THAO\tvà thể thao\n\u{c}– hết…";
        assert!(matches!(normalize(text), Cow::Borrowed(_)));
    }

    proptest! {
        #[test]
        fn normalizing_twice_changes_nothing_more(text in any_text()) {
            let once = normalize(&text).into_owned();
            prop_assert_eq!(normalize(&once), once.as_str());
        }

        #[test]
        fn every_place_leads_back_to_what_it_was_made_from(text in any_text()) {
            let mapped = normalize_mapped(&text);
            prop_assert_eq!(normalize(&text), mapped.text.as_str());
            let mut end = 0;
            for (at, c) in mapped.text.char_indices() {
                let source = mapped.map.source(Span::new(at, at + c.len_utf8())).range();
                prop_assert!(end <= source.end && source.start < source.end);
                end = source.end;
                let piece = text.get(source.clone());
                prop_assert!(piece.is_some(), "{:?} cuts a character", source);
                let again = normalize(piece.unwrap()).into_owned();
                let letter = |c: char| crate::fold::bare_letter(c);
                prop_assert!(again.chars().any(|found| letter(found) == letter(c)), "{piece:?} makes no {c:?}");
            }
            let whole = mapped.map.source(Span::new(0, mapped.text.len())).range();
            let outside = format!("{}{}", &text[..whole.start], &text[whole.end..]);
            prop_assert!(outside.chars().all(is_invisible));
        }
    }

    fn any_text() -> impl Strategy<Value = String> {
        prop_oneof![
            any::<String>(),
            "[a-eg-iopqtuyOAUĐÐăâêôơưáàếộỳỷ \u{301}\u{302}\u{306}\u{309}\u{323}\u{31b}\u{ad}\u{200b}\r\n.-]{0,40}"
        ]
    }
}

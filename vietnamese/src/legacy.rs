//! Reads text in the font encodings of the nineties: TCVN3 (ABC fonts) and VNI-Windows.
//!
//! Such text holds Latin-1 characters that only a special font drew as Vietnamese: `Ban ChÊp hµnh Trung ¬ng` (TCVN3) and
//! `Coäng hoøa xaõ hoäi` (VNI-Windows) fill the files of offices up to about 2005. It must be read *before* anything else
//! looks at the text: the `ư` of TCVN3 is the byte of the soft hyphen, which [`crate::normalize`] takes out.
//!
//! Detecting is conservative: nearly every word with such a character must become a possible syllable, and nearly none may be
//! one as it stands. Clean text, scans of it and other languages do not pass.
//!
//! Sources: TCVN 5712:1993, third character set (VN3); the VNI character tables of VNI Software (1987).

use crate::alphabet;
use crate::normalize::normalize;
use crate::offsets::{Edit, Mapped, OffsetMap, Span};
use crate::syllable::{is_bare_syllable, is_syllable};
use crate::tone::{Tone, put};

/// A font encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// TCVN 5712 VN3, of the ABC fonts (`.VnTime`): one byte a letter. Capitals with a tone have no codes of their own.
    Tcvn3,
    /// VNI-Windows (`VNI-Times`): a letter, and a second character for its marks.
    VniWindows,
}

/// The most words that are looked at.
const LOOKED_AT: usize = 2_000;

/// Says which font encoding `text` is in; `None` for text that is what it seems, or too short to tell.
///
/// ```
/// use vietnamese::legacy::{Encoding, detect};
/// assert_eq!(detect("Ban ChÊp hµnh Trung ¬ng §¶ng Céng s¶n ViÖt Nam"), Some(Encoding::Tcvn3));
/// assert_eq!(detect("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam"), Some(Encoding::VniWindows));
/// assert_eq!(detect("Ban Chấp hành Trung ương"), None);
/// assert_eq!(detect("Déclaration à la première conférence"), None);
/// ```
pub fn detect(text: &str) -> Option<Encoding> {
    // Text with real Vietnamese letters is no font text; a look at its beginning spares the rest.
    let mut evidence = [Evidence::default(); 2];
    let mut as_it_stands = 0;
    let mut signs = Signs::default();
    let mut other = Evidence::default();
    for word in text.split(is_separator).filter(|word| !word.is_empty()).take(LOOKED_AT) {
        if word.is_ascii() {
            // A letter alone is the mark of an item.
            if word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_alphabetic()) && !is_abbreviation(word) {
                other.note(is_bare_syllable(word));
            }
            continue;
        }
        as_it_stands += usize::from(is_syllable(&normalize(word)));
        signs.note(word);
        for (encoding, evidence) in [Encoding::Tcvn3, Encoding::VniWindows].into_iter().zip(&mut evidence) {
            let decoded = decode(word, encoding).text;
            // An abbreviation (`H§ND`) is no syllable in any encoding.
            if is_syllable(&decoded) || !is_abbreviation(&decoded) {
                evidence.note(is_syllable(&decoded));
            }
        }
    }
    let of = |encoding, evidence: &Evidence| {
        let enough = evidence.words >= 3 && evidence.right * 10 >= evidence.words * 9;
        let strange = as_it_stands * 2 <= evidence.words;
        // A language with few marks is no Vietnamese: there, two words of three have some.
        let dense = evidence.words * 4 >= other.words && other.right * 2 >= other.words;
        (enough && strange && dense && signs.fit(encoding)).then_some(encoding)
    };
    of(Encoding::Tcvn3, &evidence[0]).or_else(|| of(Encoding::VniWindows, &evidence[1]))
}

/// Which characters stand in for letters: a scanner that knows only French vowels uses few of them, a font many.
#[derive(Debug, Clone, Copy, Default)]
struct Signs {
    /// One bit for each byte from 0x80 on.
    seen: u128,
}

impl Signs {
    fn note(&mut self, word: &str) {
        self.seen |= word
            .chars()
            .filter_map(byte_of)
            .fold(0, |seen, byte| seen | 1 << (byte & 0x7F));
    }

    fn fit(self, encoding: Encoding) -> bool {
        // `®` is the đ of TCVN3, `µ¶·¸¹` the toned a: no text of some length is without any.
        const NO_LETTERS: u128 = 0xFFFF_FFFF << 0x20;
        self.seen.count_ones() >= 3 && (encoding == Encoding::VniWindows || self.seen & NO_LETTERS != 0)
    }
}

/// How many words were seen, and how many of them can be syllables.
#[derive(Debug, Clone, Copy, Default)]
struct Evidence {
    words: usize,
    right: usize,
}

impl Evidence {
    fn note(&mut self, right: bool) {
        self.words += 1;
        self.right += usize::from(right);
    }
}

/// Whether a word is a few capitals and nothing else.
fn is_abbreviation(word: &str) -> bool {
    const LONGEST: usize = 6;
    word.chars().all(char::is_uppercase) && word.chars().count() <= LONGEST
}

/// What stands between words: white space (without the no-break space) and ASCII punctuation. Other signs may be letters of a font.
fn is_separator(c: char) -> bool {
    c.is_ascii_whitespace() || c.is_ascii_punctuation() || matches!(c, '“' | '”' | '‘' | '’' | '–' | '…')
}

/// Rewrites font text in real letters, and remembers where each came from; lines stay lines.
///
/// A word of TCVN3 whose plain letters are capitals gets capitals throughout, as its font drew it.
///
/// ```
/// use vietnamese::legacy::{Encoding, decode};
/// assert_eq!(decode("Ban ChÊp hµnh Trung ¬ng", Encoding::Tcvn3).text, "Ban Chấp hành Trung ương");
/// assert_eq!(decode("NGHÞ QUYÕT", Encoding::Tcvn3).text, "NGHỊ QUYẾT");
/// assert_eq!(decode("Tænh uûy Ñoàng Nai", Encoding::VniWindows).text, "Tỉnh ủy Đồng Nai");
/// ```
pub fn decode(text: &str, encoding: Encoding) -> Mapped {
    let mut decoded = Mapped {
        text: String::with_capacity(text.len() * 3 / 2),
        map: OffsetMap::default(),
    };
    let mut start = 0;
    for (at, c) in text
        .char_indices()
        .filter(|(_, c)| is_separator(*c))
        .chain([(text.len(), ' ')])
    {
        decode_word(text, start..at, encoding, &mut decoded);
        if at < text.len() {
            decoded.text.push(c);
        }
        start = at + c.len_utf8();
    }
    decoded
}

fn decode_word(text: &str, word: std::ops::Range<usize>, encoding: Encoding, decoded: &mut Mapped) {
    let begin = decoded.text.len();
    decode_letters(text, word.clone(), encoding, decoded);
    if encoding == Encoding::Tcvn3 {
        restore_lost_u(decoded, begin);
    }
}

/// Puts back the `ư` before an `ơ` where only that makes a syllable (`Trung ơng`): its byte is the soft hyphen's, and editors drop it.
fn restore_lost_u(decoded: &mut Mapped, begin: usize) {
    let word = &decoded.text[begin..];
    let is_o = |c: char| matches!(crate::tone::split(c).0, 'ơ' | 'Ơ');
    let Some((at, o)) = word.char_indices().find(|(_, c)| is_o(*c)) else {
        return;
    };
    let u = if o.is_uppercase() { 'Ư' } else { 'ư' };
    let with_u = format!("{}{u}{}", &word[..at], &word[at..]);
    if is_syllable(&with_u) && !is_syllable(word) {
        let place = begin + at;
        decoded.text.truncate(begin);
        decoded.text.push_str(&with_u);
        decoded.map.widen(place, u.len_utf8());
    }
}

fn decode_letters(text: &str, word: std::ops::Range<usize>, encoding: Encoding, decoded: &mut Mapped) {
    let shouted = encoding == Encoding::Tcvn3 && is_shouted(&text[word.clone()]);
    let mut chars = text[word.clone()].char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().and_then(|(_, next)| byte_of(*next));
        let found = match encoding {
            Encoding::Tcvn3 => byte_of(c).and_then(tcvn3).map(|letter| (letter, 1)),
            Encoding::VniWindows => vni(c, next),
        };
        let Some((letter, length)) = found else {
            decoded.text.push(c);
            continue;
        };
        let last = if length == 2 {
            chars.next().unwrap_or((at, c))
        } else {
            (at, c)
        };
        let source = Span::new(word.start + at, word.start + last.0 + last.1.len_utf8());
        let begin = decoded.text.len();
        if shouted {
            decoded.text.extend(letter.to_uppercase());
        } else {
            decoded.text.push(letter);
        }
        decoded.map.push(Edit {
            source,
            text: Span::new(begin, decoded.text.len()),
        });
    }
}

/// Whether the plain letters of a word are capitals, all of them and more than a beginning one.
fn is_shouted(word: &str) -> bool {
    let capital = |c: char| c.is_ascii_uppercase() || matches!(c, '¡'..='§');
    let begins_plain = word.chars().next().is_some_and(|c| c.is_ascii_alphabetic());
    let plain = word
        .chars()
        .filter(|c| c.is_ascii_alphabetic() || matches!(c, '¡'..='§'));
    let lower = word.chars().any(|c| c.is_ascii_lowercase() || matches!(c, '¨'..='®'));
    let count = plain.filter(|c| capital(*c)).count();
    !lower && (count >= 2 || count == 1 && !begins_plain && word.chars().count() > 1)
}

/// The byte that a character was read from, by whichever of Latin-1, Windows-1252 and Windows-1258 the reader took it for.
fn byte_of(c: char) -> Option<u8> {
    Some(match c {
        '\u{A0}'..='\u{FF}' => c as u8,
        'Œ' => 0x8C,
        'œ' => 0x9C,
        'Ÿ' => 0x9F,
        'Ă' => 0xC3,
        'ă' => 0xE3,
        '\u{300}' => 0xCC,
        'Đ' => 0xD0,
        'đ' => 0xF0,
        '\u{309}' => 0xD2,
        'Ơ' => 0xD5,
        'ơ' => 0xF5,
        'Ư' => 0xDD,
        'ư' => 0xFD,
        '\u{303}' => 0xDE,
        '\u{301}' => 0xEC,
        '\u{323}' => 0xF2,
        _ => return None,
    })
}

/// The letters of TCVN3 from 0xA1 on; a space where there is none.
const TCVN3: [char; 94] = [
    'Ă', 'Â', 'Ê', 'Ô', 'Ơ', 'Ư', 'Đ', 'ă', 'â', 'ê', 'ô', 'ơ', 'ư', 'đ', ' ', // A1..AF
    ' ', ' ', ' ', ' ', ' ', 'à', 'ả', 'ã', 'á', 'ạ', ' ', 'ằ', 'ẳ', 'ẵ', 'ắ', ' ', // B0..BF
    ' ', ' ', ' ', ' ', ' ', ' ', 'ặ', 'ầ', 'ẩ', 'ẫ', 'ấ', 'ậ', 'è', ' ', 'ẻ', 'ẽ', // C0..CF
    'é', 'ẹ', 'ề', 'ể', 'ễ', 'ế', 'ệ', 'ì', 'ỉ', ' ', ' ', ' ', 'ĩ', 'í', 'ị', 'ò', // D0..DF
    ' ', 'ỏ', 'õ', 'ó', 'ọ', 'ồ', 'ổ', 'ỗ', 'ố', 'ộ', 'ờ', 'ở', 'ỡ', 'ớ', 'ợ', 'ù', // E0..EF
    ' ', 'ủ', 'ũ', 'ú', 'ụ', 'ừ', 'ử', 'ữ', 'ứ', 'ự', 'ỳ', 'ỷ', 'ỹ', 'ý', 'ỵ', // F0..FE
];

fn tcvn3(byte: u8) -> Option<char> {
    let letter = *TCVN3.get(usize::from(byte.checked_sub(0xA1)?))?;
    (letter != ' ').then_some(letter)
}

/// The letter that a character of VNI-Windows begins, and how many characters it takes.
fn vni(c: char, next: Option<u8>) -> Option<(char, usize)> {
    let alone = match byte_of(c).map(|byte| byte | 0x20) {
        Some(0xEC) => Some('ì'),
        Some(0xED) => Some('í'),
        Some(0xE6) => Some('ỉ'),
        Some(0xF3) => Some('ĩ'),
        Some(0xF2) => Some('ị'),
        Some(0xEE) => Some('ỵ'),
        Some(0xF1) => Some('đ'),
        Some(0xF4) => Some('ơ'),
        Some(0xF6) => Some('ư'),
        _ => c.is_ascii_alphabetic().then(|| c.to_ascii_lowercase()),
    }?;
    let capital = c.is_ascii_uppercase() || byte_of(c).is_some_and(|byte| byte & 0x20 == 0);
    let cased = |letter: char| {
        if capital {
            letter.to_uppercase().next().unwrap_or(letter)
        } else {
            letter
        }
    };
    if let Some(marked) = next.and_then(|byte| vni_marked(alone, byte | 0x20)) {
        return Some((cased(marked), 2));
    }
    (!c.is_ascii()).then(|| (cased(alone), 1))
}

/// A vowel of VNI-Windows with the character of marks behind it.
fn vni_marked(vowel: char, mark: u8) -> Option<char> {
    let hat = |base| match base {
        'a' => Some('â'),
        'e' => Some('ê'),
        'o' => Some('ô'),
        _ => None,
    };
    let breve = |base| (base == 'a').then_some('ă');
    let (base, tone) = match mark {
        0xF8 => (vowel, Tone::Huyen),
        0xF9 => (vowel, Tone::Sac),
        0xFB => (vowel, Tone::Hoi),
        0xF5 => (vowel, Tone::Nga),
        0xEF => (vowel, Tone::Nang),
        0xE2 => (hat(vowel)?, Tone::Ngang),
        0xE0 => (hat(vowel)?, Tone::Huyen),
        0xE1 => (hat(vowel)?, Tone::Sac),
        0xE5 => (hat(vowel)?, Tone::Hoi),
        0xE3 => (hat(vowel)?, Tone::Nga),
        0xE4 => (hat(vowel)?, Tone::Nang),
        0xEA => (breve(vowel)?, Tone::Ngang),
        0xE8 => (breve(vowel)?, Tone::Huyen),
        0xE9 => (breve(vowel)?, Tone::Sac),
        0xFA => (breve(vowel)?, Tone::Hoi),
        0xFC => (breve(vowel)?, Tone::Nga),
        0xEB => (breve(vowel)?, Tone::Nang),
        _ => return None,
    };
    alphabet::letter(base).and_then(|_| put(base, tone))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expected: Expect) {
        let read = detect(text).map(|encoding| format!("{encoding:?}: {}", decode(text, encoding).text));
        expected.assert_eq(read.as_deref().unwrap_or("no font text"));
    }

    #[test]
    fn abc_fonts_are_read() {
        check(
            "Ban ChÊp hµnh Trung ¬ng §¶ng Céng s¶n ViÖt Nam, sè 05-NQ/TW, ngµy 15 th¸ng 3 n¨m 1999",
            expect!["Tcvn3: Ban Chấp hành Trung ương Đảng Cộng sản Việt Nam, số 05-NQ/TW, ngày 15 tháng 3 năm 1999"],
        );
        check(
            "NGHÞ QUYÕT cña Bé ChÝnh trÞ vÒ c«ng t¸c ®èi ngo¹i nh©n d©n, t\u{ad} t\u{ad}ëng Hå ChÝ Minh",
            expect!["Tcvn3: NGHỊ QUYẾT của Bộ Chính trị về công tác đối ngoại nhân dân, tư tưởng Hồ Chí Minh"],
        );
    }

    #[test]
    fn vni_fonts_are_read() {
        check(
            "COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM, Ñoäc laäp - Töï do - Haïnh phuùc",
            expect!["VniWindows: CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM, Độc lập - Tự do - Hạnh phúc"],
        );
        check(
            "thöïc hieän toát coâng taùc ñoái ngoaïi, naêm 2001, ngaøy kyû nieäm ôû ñòa phöông",
            expect!["VniWindows: thực hiện tốt công tác đối ngoại, năm 2001, ngày kỷ niệm ở địa phương"],
        );
    }

    #[test]
    fn bytes_taken_for_windows_1258_are_read_too() {
        // 0xD2 and 0xEC were taken for combining marks, 0xD0 for Đ.
        check(
            "v\u{309} c«ng t¸c tuyªn truy\u{309}n, th\u{301}i ®iÓm, thĐ, nhiÖm vô",
            expect!["Tcvn3: về công tác tuyên truyền, thỡi điểm, thé, nhiệm vụ"],
        );
    }

    #[test]
    fn abbreviations_and_items_do_not_hide_a_font() {
        check(
            "b) LÊy phiÕu tÝn nhiÖm ®èi víi Chñ tÞch UBND, H§ND",
            expect!["Tcvn3: b) Lấy phiếu tín nhiệm đối với Chủ tịch UBND, HĐND"],
        );
        check(
            "c) Chuû tòch UBND quaän, HÑND phöôøng",
            expect!["VniWindows: c) Chủ tịch UBND quận, HĐND phường"],
        );
    }

    #[test]
    fn what_is_no_font_text_stays() {
        check(
            "Kế hoạch tuyên truyền công tác đối ngoại năm 2024",
            expect!["no font text"],
        );
        check(
            "K6 hoach tuyén truyén c6ng tac d6i ngoai nam 2024, Ban Thuéng vu Tinh ty",
            expect!["no font text"],
        );
        check(
            "Huéng dan sé 143-HD/BTGTW, ngay 28/02/2024; phuong phap “cay tre”, §6, h¢ v& c§c",
            expect!["no font text"],
        );
        check(
            "Cac néi dung cia VB nay dugc VB khac thay déi, huéng dan sé duoc lam néi bat",
            expect!["no font text"],
        );
        check(
            "Ke hoach tuyen truyen cong tac doi ngoai nam 2024",
            expect!["no font text"],
        );
        check(
            "Les élèves étaient là, près du château, à côté de la forêt",
            expect!["no font text"],
        );
        check("El señor Núñez está aquí, ¿no? Así es, mañana", expect!["no font text"]);
        check("", expect!["no font text"]);
    }

    proptest! {
        #[test]
        fn every_letter_leads_back_to_whole_characters(text in "[a-zA-Z ¡-þ\n]{0,40}") {
            for encoding in [Encoding::Tcvn3, Encoding::VniWindows] {
                let decoded = decode(&text, encoding);
                prop_assert_eq!(decoded.text.lines().count(), text.lines().count());
                for (at, c) in decoded.text.char_indices() {
                    let source = decoded.map.source(Span::new(at, at + c.len_utf8())).range();
                    prop_assert!(text.get(source).is_some_and(|piece| !piece.is_empty()));
                }
            }
        }
    }
}

//! The signs that sections are counted by: `Phần I`, `Điều 5.`, `II-`, `1.1.`, `a)`, `-`.
//!
//! Scanners write `I` as `l`, `|`, `1` or `H`: a token that may be a Roman number is told with all the numbers it may be,
//! and the outline, which knows what came before, decides.

use memchr::memchr;

/// What kind of section a sign opens, from the outermost to the innermost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Style {
    /// `PHỤ LỤC II`.
    Appendix,
    /// `Phần thứ nhất`, `PHẦN I`.
    Part,
    /// `Chương II`.
    Chapter,
    /// `Mục 3`.
    Division,
    /// `A.` before a heading in capitals.
    Letter,
    /// `IV.`
    Roman,
    /// `Điều 5.`
    Article,
    /// `1.`, `1.1.`, `1.1.1.`: one for each number of dots.
    Number(u8),
    /// `a)`
    Point,
    /// `-`, `+`, `•`.
    Bullet,
}

/// A sign at the beginning of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Marker {
    /// What it opens.
    pub style: Style,
    /// Its bytes, with what separates it from the title.
    pub len: usize,
    /// Its last number: 3 for `III.` and for `1.3.`; 0 for bullets and where it cannot be told.
    pub number: u32,
    /// Whether it stands as the typist wrote it; otherwise its letters only resemble it.
    pub exact: bool,
    /// What stands behind the number: `.`, `-`, `/`, `)`; a full stop where nothing does.
    pub separator: char,
}

/// Reads the sign that `text` begins with.
pub(crate) fn parse(text: &str) -> Option<Marker> {
    let first = text.chars().next()?;
    match first {
        '-' | '–' | '—' | '+' | '•' | '●' | '▪' | '·' | '*' | '\u{f0b7}' | '‐' | '−' => {
            bullet(text, first)
        }
        '0'..='9' => number(text).or_else(|| roman(text)),
        'P' | 'p' | 'C' | 'M' | 'Đ' | 'Ð' | 'D' => named(text).or_else(|| roman(text)).or_else(|| letter(text)),
        _ => roman(text).or_else(|| letter(text)).or_else(|| spoiled_point(text)),
    }
}

fn bullet(text: &str, sign: char) -> Option<Marker> {
    let rest = text.trim_start_matches(sign);
    // Several in a row are a rule, and a minus leans on its number.
    let one = text.len() - rest.len() == sign.len_utf8();
    let title = rest.trim_start();
    (one && title
        .chars()
        .next()
        .is_some_and(|c| !c.is_ascii_digit() || rest.starts_with(' '))
        && !title.is_empty())
    .then(|| Marker {
        style: Style::Bullet,
        len: text.len() - title.len(),
        number: 0,
        exact: true,
        separator: sign,
    })
}

/// `1.`, `2)`, `1.1`, `1.1.1.`, with a title behind it.
fn number(text: &str) -> Option<Marker> {
    let mut depth = 0;
    let mut number = 0;
    let mut rest = text;
    loop {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if !(1..=3).contains(&digits) {
            break;
        }
        number = rest[..digits].parse().ok()?;
        depth += 1;
        rest = &rest[digits..];
        match rest.strip_prefix('.') {
            Some(behind) if behind.starts_with(|c: char| c.is_ascii_digit()) && depth < 5 => rest = behind,
            _ => break,
        }
    }
    if depth == 0 || number == 0 || number > 199 {
        return None;
    }
    let mut rest = rest.strip_prefix('\\').unwrap_or(rest);
    let separator = rest
        .chars()
        .next()
        .filter(|c| matches!(c, '.' | ')' | '/' | '-' | '–' | ',' | ':' | '_'));
    if let Some(separator) = separator {
        rest = &rest[separator.len_utf8()..];
    }
    let title = rest.trim_start_matches([' ', '\u{a0}', '\t', '*', '_']);
    let spaced = title.len() < rest.len();
    let starts_high = title
        .chars()
        .next()
        .is_some_and(|c| c.is_uppercase() || matches!(c, '“' | '"'));
    // `69-KH/BTGTU` and `104/BC-BVHXH` are numbers of documents.
    let leans_on_symbol = !spaced && title.split(' ').next().is_some_and(|word| word.contains(['/', '-']));
    if leans_on_symbol {
        return None;
    }
    let fits = match separator {
        Some('.' | ')') => spaced || starts_high || title.is_empty(),
        Some(_) => starts_high,
        None => depth >= 2 && spaced && starts_high,
    };
    fits.then(|| Marker {
        style: Style::Number(depth),
        len: text.len() - title.len(),
        number,
        exact: !matches!(separator, Some(',' | '_' | ':')),
        separator: separator.filter(|c| !matches!(c, ',' | '_' | ':')).unwrap_or('.'),
    })
}

/// `II.`, `I-`, and what scanners make of it: `Il.`, `|.`, `HI.`, `111-`.
fn roman(text: &str) -> Option<Marker> {
    let end = text.find(|c: char| !is_roman_like(c))?;
    let (token, rest) = text.split_at(end);
    let count = token.chars().count();
    if !(1..=6).contains(&count) {
        return None;
    }
    let exact = token.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X'));
    let separator = rest.chars().next()?;
    let (behind, separator) = match separator {
        '.' | '-' | '/' | '–' | ')' | ',' | ':' | '—' => (&rest[separator.len_utf8()..], separator),
        // `L MUC DICH`: the full stop was lost together with the letter.
        ' ' => (rest, '.'),
        _ => return None,
    };
    let title = behind.trim_start_matches([' ', '\u{a0}', '\t', '*', '_']);
    let lost_separator = rest.starts_with(' ');
    if title.is_empty() || (lost_separator && !starts_in_capitals(title)) {
        return None;
    }
    if !exact && !starts_in_capitals(title) {
        return None;
    }
    if !title
        .chars()
        .next()
        .is_some_and(|c| c.is_uppercase() || matches!(c, '“' | '"'))
    {
        return None;
    }
    let number = roman_value(token);
    if exact && number == 0 {
        return None;
    }
    Some(Marker {
        style: Style::Roman,
        len: text.len() - title.len(),
        number,
        exact: exact && !lost_separator,
        separator: if matches!(separator, ',' | ':') { '.' } else { separator },
    })
}

fn is_roman_like(c: char) -> bool {
    matches!(
        c,
        'I' | 'V'
            | 'X'
            | 'l'
            | '|'
            | '1'
            | 'H'
            | 'i'
            | '!'
            | 'L'
            | 'T'
            | 'J'
            | 'Í'
            | 'Ì'
            | 'Y'
            | 'U'
            | 'v'
            | 'x'
            | 'M'
            | 'N'
            | 'f'
    )
}

/// The number that a token of Roman look may be; 0 where it is none.
///
/// `H` is two strokes, `M` and `N` are three, `U` and `Y` are a five.
fn roman_value(token: &str) -> u32 {
    let mut strokes = String::new();
    for c in token.chars() {
        strokes.push_str(match c {
            'V' | 'v' | 'U' | 'Y' => "V",
            'X' | 'x' => "X",
            'H' | 'N' => "II",
            'M' => "III",
            _ => "I",
        });
    }
    (1..=30).find(|&number| to_roman(number) == strokes).unwrap_or(0)
}

/// Writes 1 to 39 in Roman figures.
pub(crate) fn to_roman(number: u32) -> String {
    const ONES: [&str; 10] = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    let tens = "X".repeat((number / 10) as usize);
    format!("{tens}{}", ONES[(number % 10) as usize])
}

/// Whether the first words are in capitals: `MỤC ĐÍCH`.
fn starts_in_capitals(title: &str) -> bool {
    let (mut capitals, mut small) = (0, 0);
    for c in title.chars().take(24) {
        capitals += u32::from(c.is_uppercase());
        small += u32::from(c.is_lowercase());
    }
    capitals >= 3 && capitals >= small * 4
}

/// `Phần`, `Chương`, `Mục`, `Điều`, `Phụ lục`, each with its number.
fn named(text: &str) -> Option<Marker> {
    const NAMES: [(&str, &str, Style); 5] = [
        ("Phụ lục", "PHỤ LỤC", Style::Appendix),
        ("Phần", "PHẦN", Style::Part),
        ("Chương", "CHƯƠNG", Style::Chapter),
        ("Mục", "MỤC", Style::Division),
        ("Điều", "ĐIỀU", Style::Article),
    ];
    let (style, rest) = NAMES.iter().find_map(|(small, high, style)| {
        let rest = strip_word(text, small).or_else(|| strip_word(text, high))?;
        Some((*style, rest))
    })?;
    let rest = rest.trim_start();
    let (number, behind) = ordinal(rest);
    if number == 0 && style != Style::Appendix {
        return None;
    }
    let title = behind.trim_start_matches(['.', ':', '-', '–', '/']);
    let has_sign = title.len() < behind.len();
    let words = title.trim_start_matches([' ', '\u{a0}', '\t', '*', '_']);
    let alone = words.is_empty();
    let starts_high = words
        .chars()
        .next()
        .is_some_and(|c| c.is_uppercase() || matches!(c, '“' | '"' | '('));
    let in_capitals = text.chars().nth(1).is_some_and(char::is_uppercase);
    let fits = match style {
        Style::Article => alone || (has_sign && starts_high),
        // `Phần I Mở đầu` and `PHỤ LỤC II (kèm theo …)`; but not `Phần lớn`, `Mục 3 của Quy chế`.
        _ => alone || (starts_high && (has_sign || in_capitals)),
    };
    fits.then(|| Marker {
        style,
        len: text.len() - words.len(),
        number,
        exact: true,
        separator: '.',
    })
}

fn strip_word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    // The eth of old fonts is drawn like Đ.
    let rest = text.strip_prefix(word).or_else(|| {
        let tail = word.strip_prefix('Đ')?;
        text.strip_prefix('Ð')?.strip_prefix(tail)
    })?;
    (rest.is_empty() || rest.starts_with([' ', '\u{a0}', ':', '.', '*'])).then_some(rest)
}

/// `5`, `IV`, `thứ nhất`, and what stands behind it.
fn ordinal(text: &str) -> (u32, &str) {
    const WORDS: [&str; 10] = ["nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười"];
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if (1..=3).contains(&digits) {
        let behind = &text[digits..];
        // `Điều 5a`
        let behind = behind.strip_prefix(|c: char| c.is_ascii_lowercase()).unwrap_or(behind);
        let ends = !behind.starts_with(char::is_alphanumeric);
        return if ends {
            (text[..digits].parse().unwrap_or(0), behind)
        } else {
            (0, text)
        };
    }
    let end = text.find(|c: char| !matches!(c, 'I' | 'V' | 'X')).unwrap_or(text.len());
    if end > 0 && !text[end..].starts_with(char::is_alphanumeric) {
        return (roman_value(&text[..end]), &text[end..]);
    }
    let Some(rest) = strip_word(text, "thứ").or_else(|| strip_word(text, "THỨ")) else {
        return (0, text);
    };
    let rest = rest.trim_start();
    for (number, word) in (1..).zip(WORDS) {
        if let Some(behind) = strip_word(rest, word).or_else(|| strip_word(rest, &word.to_uppercase())) {
            return (number, behind);
        }
    }
    (0, text)
}

/// The letters that points are counted by.
const POINTS: &str = "abcdđeghiklmnopqrstuvxy";

/// The letter of the point with this number: `đ` for 5.
pub(crate) fn point_letter(number: u32) -> Option<char> {
    POINTS.chars().nth(usize::try_from(number).ok()?.checked_sub(1)?)
}

/// `a)`, `đ)`, `b.`; `A.` before capitals.
fn letter(text: &str) -> Option<Marker> {
    let mut chars = text.chars();
    let letter = chars
        .next()
        .filter(|c| c.is_ascii_alphabetic() || matches!(c, 'đ' | 'Đ'))?;
    let rest = chars.as_str().strip_prefix('\\').unwrap_or(chars.as_str());
    let separator = rest.chars().next().filter(|c| matches!(c, ')' | '.' | '/' | '-'))?;
    let rest = &rest[1..];
    let title = rest.trim_start_matches([' ', '\u{a0}', '\t', '*', '_']);
    let spaced = title.len() < rest.len();
    let starts_high = title.chars().next().is_some_and(char::is_uppercase);
    let style = match (letter.is_lowercase(), separator) {
        (true, ')') if !title.is_empty() => Style::Point,
        (true, '.' | '/') if spaced && starts_high => Style::Point,
        (false, '.' | '-' | '/') if starts_in_capitals(title) => Style::Letter,
        _ => return None,
    };
    let small = letter.to_lowercase().next().unwrap_or(letter);
    let number = POINTS
        .chars()
        .zip(1..)
        .find_map(|(c, number)| (c == small).then_some(number))
        .unwrap_or(0);
    Some(Marker {
        style,
        len: text.len() - title.len(),
        number,
        exact: true,
        separator,
    })
}

/// `và) Hình thức`, `ă) Kinh phí`: a point whose letter the scanner spoiled.
fn spoiled_point(text: &str) -> Option<Marker> {
    // Three characters take twelve bytes at most.
    let at = memchr(b')', &text.as_bytes()[..text.len().min(13)])?;
    let (token, rest) = (&text[..at], &text[at + 1..]);
    let is_token = (1..=3).contains(&token.chars().count()) && token.chars().all(char::is_lowercase);
    let title = rest.trim_start();
    let fits = is_token && title.len() < rest.len() && title.chars().next().is_some_and(char::is_uppercase);
    fits.then(|| Marker {
        style: Style::Point,
        len: text.len() - title.len(),
        number: 0,
        exact: false,
        separator: ')',
    })
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check(lines: &[&str], expected: Expect) {
        let told: Vec<String> = lines
            .iter()
            .map(|line| match parse(line) {
                Some(m) => {
                    let sure = if m.exact { "" } else { "?" };
                    format!("{line} => {:?}{sure} {} «{}»", m.style, m.number, &line[m.len..])
                }
                None => format!("{line} => none"),
            })
            .collect();
        expected.assert_eq(&told.join("\n"));
    }

    #[test]
    fn signs_as_they_are_typed() {
        check(
            &[
                "I. MỤC ĐÍCH",
                "II- Nội dung",
                "IV/ TỔ CHỨC",
                "1. Mục đích",
                "1.1. Cấp huyện",
                "2.1 Yêu cầu",
                "3/ Thời gian",
                "a) Nhiệm vụ",
                "đ) Kinh phí",
                "- Giúp cán bộ",
                "+ Thời gian",
                "Điều 5. Hiệu lực",
                "Phần thứ nhất",
                "PHẦN II",
                "Chương III. QUY ĐỊNH",
                "Mục 2",
                "PHỤ LỤC I",
                "A. BỔ SUNG QUY ĐỊNH",
                "**1. Hình thức",
                "1\\. Mục đích",
            ],
            expect![[r#"
                I. MỤC ĐÍCH => Roman 1 «MỤC ĐÍCH»
                II- Nội dung => Roman 2 «Nội dung»
                IV/ TỔ CHỨC => Roman 4 «TỔ CHỨC»
                1. Mục đích => Number(1) 1 «Mục đích»
                1.1. Cấp huyện => Number(2) 1 «Cấp huyện»
                2.1 Yêu cầu => Number(2) 1 «Yêu cầu»
                3/ Thời gian => Number(1) 3 «Thời gian»
                a) Nhiệm vụ => Point 1 «Nhiệm vụ»
                đ) Kinh phí => Point 5 «Kinh phí»
                - Giúp cán bộ => Bullet 0 «Giúp cán bộ»
                + Thời gian => Bullet 0 «Thời gian»
                Điều 5. Hiệu lực => Article 5 «Hiệu lực»
                Phần thứ nhất => Part 1 «»
                PHẦN II => Part 2 «»
                Chương III. QUY ĐỊNH => Chapter 3 «QUY ĐỊNH»
                Mục 2 => Division 2 «»
                PHỤ LỤC I => Appendix 1 «»
                A. BỔ SUNG QUY ĐỊNH => Letter 1 «BỔ SUNG QUY ĐỊNH»
                **1. Hình thức => none
                1\. Mục đích => Number(1) 1 «Mục đích»"#]],
        );
    }

    #[test]
    fn signs_as_scanners_write_them() {
        check(
            &[
                "|. MỤC ĐÍCH",
                "l. MỤC ĐÍCH",
                "Il. NỘI DUNG",
                "HI. HÌNH THỨC",
                "111-TỔ CHỨC THỰC HIỆN",
                "I11. HÌNH THỨC",
                "L MỤC ĐÍCH",
                "1V. TỔ CHỨC",
                "và) Hình thức khen thưởng",
                "4, Tài liệu",
            ],
            expect![[r#"
                |. MỤC ĐÍCH => Roman? 1 «MỤC ĐÍCH»
                l. MỤC ĐÍCH => Roman? 1 «MỤC ĐÍCH»
                Il. NỘI DUNG => Roman? 2 «NỘI DUNG»
                HI. HÌNH THỨC => Roman? 3 «HÌNH THỨC»
                111-TỔ CHỨC THỰC HIỆN => Number(1) 111 «TỔ CHỨC THỰC HIỆN»
                I11. HÌNH THỨC => Roman? 3 «HÌNH THỨC»
                L MỤC ĐÍCH => Roman? 1 «MỤC ĐÍCH»
                1V. TỔ CHỨC => Roman? 4 «TỔ CHỨC»
                và) Hình thức khen thưởng => Point? 0 «Hình thức khen thưởng»
                4, Tài liệu => Number(1)? 4 «Tài liệu»"#]],
        );
    }

    #[test]
    fn what_only_looks_like_a_sign() {
        check(
            &[
                "2025. Trong năm",
                "1.000 đồng",
                "3,5 tỷ đồng",
                "22/12/2024",
                "Điều 3 Nghị quyết này",
                "Phần lớn cán bộ",
                "Mục 3 của Quy chế",
                "-----",
                "-5 độ",
                "Hội nghị",
                "Trong tỉnh",
                "1",
                "I",
                "Luật Báo chí",
                "Lưu: VT",
            ],
            expect![[r#"
                2025. Trong năm => none
                1.000 đồng => none
                3,5 tỷ đồng => none
                22/12/2024 => none
                Điều 3 Nghị quyết này => none
                Phần lớn cán bộ => none
                Mục 3 của Quy chế => none
                ----- => none
                -5 độ => none
                Hội nghị => none
                Trong tỉnh => none
                1 => none
                I => none
                Luật Báo chí => none
                Lưu: VT => none"#]],
        );
    }
}

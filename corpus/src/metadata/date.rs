//! Days as documents write them: `ngày 29 tháng 9 năm 2025`, `28/02/2024`, and as scanners read them.

use std::ops::Range;

use jiff::civil::Date;
use vietnamese::offsets::Span;

use crate::bare::alike;
use crate::metadata::lines::Lines;

/// A day found in a text, whether or not the calendar has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found {
    /// The day; none for 31 tháng 2 or the year 2204.
    pub date: Option<Date>,
    /// Where it stands, from `ngày` to the year.
    pub span: Span,
    /// The index of its first word.
    pub word: usize,
    /// The index of the word behind it.
    pub next: usize,
    /// The index of the word with which it goes on in another line, behind words of the left column.
    pub broken: Option<usize>,
}

impl Found {
    /// Its words: two runs where words of the left column stand between.
    pub fn runs(&self) -> [Range<usize>; 2] {
        match self.broken {
            Some(at) => [self.word..at.min(self.word + 5), at..self.next],
            None => [self.word..self.next, self.next..self.next],
        }
    }
}

/// Years that a document of the corpus may bear or cite.
const YEARS: std::ops::RangeInclusive<i16> = 1930..=2060;

/// The day, if the calendar has it and the year is plausible.
pub(crate) fn valid(year: i16, month: i8, day: i8) -> Option<Date> {
    if !YEARS.contains(&year) {
        return None;
    }
    Date::new(year, month, day).ok()
}

/// The first day written out in words among `words`: `ngày 29 tháng 9 năm 2025`.
///
/// The year may stand in the next line behind words of the left column: two columns are often woven together.
pub(crate) fn in_words(lines: &Lines<'_>, words: Range<usize>) -> Option<Found> {
    words.clone().find_map(|at| {
        written_out(lines, at, words.end).or_else(|| in_figures(lines, at).filter(|found| found.next <= words.end))
    })
}

/// `ngày 14/11/2022` behind the name of a place: without one it may be the day of a stamp.
fn in_figures(lines: &Lines<'_>, at: usize) -> Option<Found> {
    if lines.bare(at) != "ngay" || at == 0 || lines.gap_before(at).contains('\n') {
        return None;
    }
    let apart = |index: usize| matches!(lines.gap_before(index).trim(), "/" | "-" | ".");
    let figures = (at + 1..at + 4).all(|index| lines.bare(index).bytes().all(|byte| byte.is_ascii_digit()));
    if !figures || !apart(at + 2) || !apart(at + 3) || !lines.word(at - 1).is_some_and(|word| word.capital) {
        return None;
    }
    let (day, month) = (lines.bare(at + 1).parse().ok()?, lines.bare(at + 2).parse().ok()?);
    let year = lines.bare(at + 3).parse().ok()?;
    Some(Found {
        date: valid(year, month, day),
        span: lines.span(at..at + 4),
        word: at,
        next: at + 4,
        broken: None,
    })
}

fn written_out(lines: &Lines<'_>, at: usize, end: usize) -> Option<Found> {
    let (day, next) = label_and_number(lines, at, "ngay", 2)?;
    let below = month_below(lines, next);
    let (month, behind) = label_and_number(lines, below.unwrap_or(next), "thang", 2)?;
    let (year, next) = year_behind(lines, behind, end)?;
    if next > end {
        return None;
    }
    let year_apart = (next - at > 6).then(|| next - 1);
    let date = i8::try_from(day)
        .ok()
        .zip(i8::try_from(month).ok())
        .zip(i16::try_from(year).ok())
        .and_then(|((day, month), year)| valid(year, month, day));
    Some(Found {
        date,
        span: lines.span(at..next),
        word: at,
        next,
        broken: below.or(year_apart),
    })
}

/// Where `tháng 4 năm 2022` ends the line that begins at word `next`, behind words of the left column.
fn month_below(lines: &Lines<'_>, next: usize) -> Option<usize> {
    if !lines.gap_before(next).contains('\n') || next >= lines.len() {
        return None;
    }
    let line = lines.lines[lines.line_of(next)].words.clone();
    line.clone().skip(1).find(|&month| {
        alike(lines.bare(month), "thang")
            && label_and_number(lines, month, "thang", 2)
                .and_then(|(_, behind)| label_and_number(lines, behind, "nam", 4))
                .is_some_and(|(_, behind)| behind == line.end)
    })
}

/// Whether a day and its month stand among `words`: `ngày 29 tháng 9`, the year in another line.
pub(crate) fn begins_in(lines: &Lines<'_>, words: Range<usize>) -> bool {
    words.clone().any(|at| {
        label_and_number(lines, at, "ngay", 2)
            .and_then(|(_, next)| label_and_number(lines, next, "thang", 2))
            .is_some_and(|(_, next)| next <= words.end)
    })
}

/// The days of the month, or of the year where the month is blank too, that `tháng 10 năm 2025` names among `words`.
pub(crate) fn month_or_year(lines: &Lines<'_>, words: Range<usize>) -> Option<(Date, Date)> {
    let month = label_and_number(lines, words.start, "thang", 2);
    let next = month.map_or(words.start + 1, |(_, next)| next);
    let (year, _) = label_and_number(lines, next, "nam", 4)?;
    let year = i16::try_from(year).ok()?;
    let Some((month, _)) = month else {
        return valid(year, 1, 1).zip(valid(year, 12, 31));
    };
    let first = valid(year, i8::try_from(month).ok()?, 1)?;
    Some((first, first.last_of_month()))
}

/// `năm 2025` at `at`, or the year alone at the end of one of the next two lines.
fn year_behind(lines: &Lines<'_>, at: usize, end: usize) -> Option<(u32, usize)> {
    if let Some(found) = label_and_number(lines, at, "nam", 4) {
        return Some(found);
    }
    let word = lines.bare(at);
    let labelled = alike(word, "nam") || (word.len() == 2 && word.starts_with('n'));
    let behind = if labelled { at + 1 } else { at };
    let line = lines.line_of(at.min(lines.len().saturating_sub(1)));
    for later in lines.lines.iter().skip(line + usize::from(labelled)).take(2) {
        if let Some(last) = later
            .words
            .clone()
            .next_back()
            .filter(|&last| last >= behind && last < end)
            && (labelled
                || lines.gap_before(last).contains('\n')
                || last == at + 1
                || last > behind && later.words.contains(&(last - 1)) && like_label(lines.bare(last - 1), "nam"))
            && let Some(year) = number(lines.bare(last), 4).filter(|year| (1900..2100).contains(year))
        {
            return Some((year, last + 1));
        }
        if labelled {
            continue;
        }
    }
    None
}

/// A label and a number of at most `digits` digits, also when the scanner joined them (`ngdy29`) or split the number.
fn label_and_number(lines: &Lines<'_>, at: usize, label: &str, digits: usize) -> Option<(u32, usize)> {
    let word = lines.bare(at);
    if word.len() < 2 {
        return None;
    }
    if let Some(split) = word.find(|c: char| c.is_ascii_digit()).filter(|&split| split >= 2)
        && like_label(&word[..split], label)
        && let Some(value) = number(&word[split..], digits)
    {
        return Some((value, at + 1));
    }
    // `thangi! nam`: the strokes of an 11 that stuck to their label.
    if digits == 2
        && word
            .strip_prefix(label)
            .is_some_and(|stroke| matches!(stroke, "i" | "l"))
    {
        return Some((with_stroke(lines, at, 1), at + 1));
    }
    if !like_label(word, label) {
        return None;
    }
    // `ngày ngày 08`: a doubled label.
    let at = if word == label && lines.bare(at + 1) == label {
        at + 1
    } else {
        at
    };
    let first = lines.bare(at + 1);
    if first.len() < digits && lines.gap_before(at + 2).chars().all(|c| matches!(c, ' ' | '-')) {
        let joined = format!("{first}{}", lines.bare(at + 2));
        let is_figure = |byte: u8| byte.is_ascii_digit() || digits == 2 && matches!(byte, b'i' | b'l');
        let both = joined.bytes().all(is_figure) && !first.is_empty() && joined.len() > first.len();
        if both
            && joined.len() <= digits
            && let Some(value) = number(&joined, digits)
        {
            return Some((value, at + 3));
        }
    }
    let value = number(first, digits)?;
    let value = if digits == 2 {
        with_stroke(lines, at + 1, value)
    } else {
        value
    };
    Some((value, at + 2))
}

/// The number with a 1 behind it where a scanner read that as a sign: `1!` is 11.
fn with_stroke(lines: &Lines<'_>, word: usize, value: u32) -> u32 {
    if value < 10 && lines.gap_after(word).starts_with(['!', '|']) {
        value * 10 + 1
    } else {
        value
    }
}

/// Whether scanned letters may be `ngày`, `tháng`, `năm`: between numbers much is forgiven.
fn like_label(letters: &str, label: &str) -> bool {
    if alike(letters, label) {
        return true;
    }
    match label {
        "nam" => {
            matches!(letters.len(), 2..=5) && letters.starts_with(['n', 'm', 'r']) && letters.ends_with(['m', 'n', 'i'])
        }
        "thang" => letters.len() >= 3 && letters.len() <= 7 && (letters.starts_with('t') || letters.ends_with("ng")),
        _ => {
            letters.len() >= 4 && letters.len() <= 6 && letters.starts_with(['n', 'r']) && letters.ends_with(['y', 'v'])
        }
    }
}

/// A number of at most `digits` digits, with letters that scanners read for digits.
fn number(letters: &str, digits: usize) -> Option<u32> {
    // `O05`, `S8`: a blot before the digits of a day or month.
    let blotted = digits == 2 && letters.len() >= 2 && letters.starts_with(|c: char| c.is_ascii_alphabetic());
    let behind = letters.get(1..).unwrap_or_default();
    if blotted && behind.bytes().all(|byte| byte.is_ascii_digit()) && !letters.starts_with(['o', 'l', 'i', 'z', 'j']) {
        return number(behind, digits);
    }
    let letters = if letters.len() == digits + 1 && digits == 2 {
        letters.strip_prefix('o').unwrap_or(letters)
    } else {
        letters
    };
    if letters.is_empty() || letters.len() > digits || (digits == 4 && letters.len() != 4) {
        return None;
    }
    let mut value = 0;
    for byte in letters.bytes() {
        let digit = match byte {
            b'0'..=b'9' => byte - b'0',
            b'o' | b'd' | b'q' => 0,
            b'l' | b'i' | b'j' => 1,
            b'z' => 2,
            b's' => 5,
            b'b' => 8,
            b'g' => 9,
            _ => return None,
        };
        value = value * 10 + u32::from(digit);
    }
    Some(value)
}

/// A day at byte `at` of `text`, in digits (`28/02/2024`, `28.02.2024`, `28-2-2024`) or in words.
///
/// `at` stands on the first digit, or on the word `ngày`. Gives the day and the byte behind it.
pub(crate) fn at(text: &str, at: usize) -> Option<(Option<Date>, usize)> {
    let rest = text.get(at..)?;
    let skipped = rest.len() - rest.trim_start_matches(|c: char| !c.is_ascii_digit()).len();
    let mut reader = Digits {
        bytes: text.as_bytes(),
        at: at + skipped,
    };
    let day = reader.run(2)?;
    let separator = reader.skip_to_digit(text)?;
    let month = reader.run(2)?;
    let second = reader.skip_to_digit(text)?;
    let year = reader.run(4)?;
    let numeric = |s: &str| matches!(s.trim(), "/" | "." | "-" | "–");
    let in_words = |s: &str, initial: char| {
        let s = s.trim();
        s.len() <= 12 && crate::bare::squeeze(s).starts_with(initial)
    };
    let numeric = numeric(separator) && numeric(second);
    let worded = in_words(separator, 't') && in_words(second, 'n');
    if !(numeric || worded) || year < 1000 {
        return None;
    }
    let date = valid(
        i16::try_from(year).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    );
    Some((date, reader.at))
}

struct Digits<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Digits<'_> {
    fn run(&mut self, most: usize) -> Option<u32> {
        let start = self.at;
        let mut value = 0;
        while self.at - start < most && self.bytes.get(self.at).is_some_and(u8::is_ascii_digit) {
            value = value * 10 + u32::from(self.bytes[self.at] - b'0');
            self.at += 1;
        }
        // `01/1 1/2024`: a scanner's blank inside a number.
        if let (1, Some([b' ', digit @ b'0'..=b'9', b'/'])) = (self.at - start, self.bytes.get(self.at..self.at + 3)) {
            value = value * 10 + u32::from(digit - b'0');
            self.at += 2;
        }
        let whole = !self.bytes.get(self.at).is_some_and(u8::is_ascii_digit);
        (self.at > start && whole).then_some(value)
    }

    /// Steps to the next digit and gives what stands between; none if it is far.
    fn skip_to_digit<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        let start = self.at;
        while self.at - start < 16 {
            match self.bytes.get(self.at) {
                Some(byte) if byte.is_ascii_digit() => return text.get(start..self.at),
                Some(_) => self.at += 1,
                None => return None,
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, want: Option<&str>) {
        let lines = Lines::of(text, 0..text.len());
        let got = in_words(&lines, 0..lines.len())
            .and_then(|found| found.date)
            .map(|date| date.to_string());
        assert_eq!(got.as_deref(), want, "{text}");
    }

    #[test]
    fn scanned_days_are_read() {
        check("Đồng Nai, ngày 29 tháng 9 năm 2025", Some("2025-09-29"));
        check(") * Pong Nai, ngdy29  thang 9 ndam 2025", Some("2025-09-29"));
        check("Ldam béng, ngay 16 thang 4 ndam 2024", Some("2024-04-16"));
        check("Hà Tĩnh, ngày 24 tháng11 năm 2025", Some("2025-11-24"));
        check("Phu Tho, ngay 20 thang I 1 nam 2025", Some("2025-11-20"));
        check("Ha Tinh, ngay 24 thangi! nam 2025", Some("2025-11-24"));
        check("Ha Noi, ngay O05 thang S8 nam 2020", Some("2020-08-05"));
        check(
            "QUẬN ỦY  Thanh Khê, ngày 15 tháng 12\nSố 185-NQ/QU  năm 2024",
            Some("2024-12-15"),
        );
        check("Hà Nội, ngày 27 tháng 11 năm\n2025", Some("2025-11-27"));
        check(
            "THANH PHO HO CHI MINH Thanh phé Tht Dic, ngay 19\nBAN CHAP HANH DANG BO thang 4 ndm 2022",
            Some("2022-04-19"),
        );
        check(
            "BAN TUYÊN GIÁO  Huế, ngày 05 tháng 11 năm\n*  2025\nSố 12-KH/BTGTU",
            Some("2025-11-05"),
        );
    }

    #[test]
    fn impossible_days_are_found_but_not_read() {
        let text = "Huế, ngày 31 tháng 2 năm 2025";
        let lines = Lines::of(text, 0..text.len());
        let found = in_words(&lines, 0..lines.len()).unwrap();
        assert_eq!(found.date, None);
        check("Huế, ngày 3 tháng 2 năm 2204", None);
    }

    #[test]
    fn days_in_digits() {
        assert_eq!(at("ngày 28/02/2024 của", 0).unwrap().0, valid(2024, 2, 28));
        assert_eq!(at("ngày 16 tháng 6 năm 2025", 0).unwrap().0, valid(2025, 6, 16));
        assert_eq!(at("ngày 26/3", 0), None);
    }
}
